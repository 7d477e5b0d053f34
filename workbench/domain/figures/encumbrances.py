# SPDX-License-Identifier: MIT
"""Encumbrances (权利限制) at an as-of date: which are in force, their rank, what they burden."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.records.ledger import Record

SEIZURES = frozenset({"查封", "轮候查封", "预查封", "冻结"})
MORTGAGES = frozenset({"抵押", "最高额抵押"})
DISPUTES = frozenset({"诉讼", "异议登记"})
RELEASED = frozenset({"已解除", "到期未续"})
_LAST = Decimal(10**6)


def is_in_force(reading: Reading, row: Record, as_of: date) -> bool | None:
    """Tell whether an encumbrance burdens its asset at the as-of date; None when not known.

    Only the register releases an encumbrance: a row marked 有效 counts although its end date has
    passed, and one whose status nobody knows has then neither ended nor does it count (V15, §0.2).
    """
    start = reading.day(row, "start_on")
    if start is not None and start > as_of:
        return False
    status = reading.text(row, "status")
    if status in RELEASED:
        return False
    if status == "有效":
        return True
    end = reading.day(row, "end_on")
    if status is None and end is not None and end >= as_of:
        return True
    reading.lacks("encumbrance", "status", row.key)
    return None


def of_kinds(reading: Reading, rows: Iterable[Record], kinds: frozenset[str]) -> list[Record]:
    """Return the rows of some kinds."""
    return [row for row in rows if reading.need_text(row, "kind") in kinds]


def by_rank(rows: Iterable[Record]) -> list[Record]:
    """Return rows in their order of rank; rows without a rank come last, by start date."""
    return sorted(
        rows,
        key=lambda r: (
            _LAST if (rank := r.number("rank")) is None else rank,
            r.day("start_on") or date.max,
            r.position,
            r.key,
        ),
    )


def is_burdened(
    reading: Reading,
    scope: Scope,
    asset: Record,
    kinds: frozenset[str],
    flag: str,
    *,
    ask: bool = True,
) -> bool | None:
    """Tell whether an asset is under an encumbrance of some kinds at the as-of date.

    Rows decide; without one in force the ledger's own flag (``seizure``, ``mortgage`` or
    ``litigation``) does; with neither it is not known, and named missing if ``ask``.
    """
    rows = of_kinds(reading, scope.encumbrances_on(asset), kinds)
    states = [is_in_force(reading, row, scope.as_of) for row in rows]
    if True in states:
        return True
    stated = reading.flag(asset, flag)
    if stated is not None:
        return stated
    if None in states:
        return None
    if rows:
        return False
    if ask:
        reading.lacks(asset.entity, flag, asset.key)
    return None
