# SPDX-License-Identifier: MIT
"""Yearly records: the newest one, not after the as-of date, that has what a figure needs."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope, in_order
from workbench.domain.records.ledger import Record
from workbench.domain.workings.choosing import YEAR, Choice
from workbench.domain.workings.numbers import At

Preferred = Sequence[tuple[str, ...]]
ANY: Preferred = ((),)


def newest(
    reading: Reading,
    rows: Iterable[Record],
    scope: Scope,
    *fields: str,
    preferred: Preferred = ANY,
    owner: Record | None = None,
    open_too: bool = False,
) -> Record | None:
    """Return the newest row up to the as-of year in which every field is known, or None.

    Of ``preferred`` sets of further fields the first that some row knows decides. ``owner`` is
    whose rows they are, if not the park's; ``open_too`` asks for what would count, see ``chosen``.
    """
    known = in_order(rows)
    found = next(
        (row for wanted in preferred if (row := _newest(reading, known, scope, *fields, *wanted))),
        None,
    )
    return reading.chosen(
        lambda: _choice(known, scope, fields, preferred, owner),
        found,
        scope.as_of,
        open_too=open_too,
    )


def _newest(reading: Reading, rows: Records, scope: Scope, *fields: str) -> Record | None:
    dated: list[tuple[Decimal, str, Record]] = []
    for row in rows:
        year = reading.number(row, YEAR)
        if year is not None and year <= scope.as_of.year:
            dated.append((year, row.key, row))
    for _, _, row in sorted(dated, key=lambda item: item[:2], reverse=True):
        values = [reading.number(row, field) for field in fields]
        if None not in values:
            return row
    return None


def _choice(
    rows: Records,
    scope: Scope,
    fields: tuple[str, ...],
    preferred: Preferred,
    owner: Record | None,
) -> Choice | None:
    """Return the choice among some rows, which ends when a firm leaves; None without rows."""
    if not rows:
        return None
    of = At("park", scope.park_key, "") if owner is None else At(owner.entity, owner.key, "")
    is_firm = owner is not None and owner.entity == "enterprise"
    return Choice(
        rows,
        YEAR,
        of,
        fields,
        tuple(preferred),
        left=At(of.entity, of.key, "moved_out_on") if is_firm else None,
        left_on=owner.day("moved_out_on") if owner is not None and is_firm else None,
    )


def latest_year(
    reading: Reading,
    scope: Scope,
    *fields: str,
    preferred: Preferred = ANY,
    open_too: bool = False,
) -> Record | None:
    """Return the park's newest year in which every field is known, or None."""
    rows = scope.park_years
    return newest(reading, rows, scope, *fields, preferred=preferred, open_too=open_too)
