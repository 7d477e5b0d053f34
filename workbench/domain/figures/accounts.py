# SPDX-License-Identifier: MIT
"""The newest accounts of the platform company and the newest appraisal of an asset."""

from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope, in_order
from workbench.domain.records.ledger import Record
from workbench.domain.workings.choosing import Choice
from workbench.domain.workings.numbers import At


def latest_finance(scope: Scope, reading: Reading, *fields: str) -> Record | None:
    """Return the platform company's newest figures up to the as-of date; else name what lacks.

    Without a named platform company the only company of a ledger of one park is taken.
    """
    rows = in_order(scope.ledger.all("finance"))
    owner = scope.park.text("platform_entity") if scope.park else None
    companies = {row.text("enterprise") for row in rows}
    if owner is None and (len(companies) > 1 or len(scope.ledger.all("park")) > 1):
        reading.lacks("park", "platform_entity", scope.park_key)
        return None
    found: tuple[tuple[str, str], Record] | None = None
    for row in rows:
        day = reading.day(row, "as_of")
        if day is None or day > scope.as_of or (owner and row.text("enterprise") != owner):
            continue
        if found is None or (day.isoformat(), row.key) > found[0]:
            found = ((day.isoformat(), row.key), row)
    taken = reading.chosen(
        lambda: _accounts(scope, rows, owner), found[1] if found else None, scope.as_of
    )
    if taken is None:
        for field in fields:
            reading.lacks("finance", field)
    return taken


def _accounts(scope: Scope, rows: Records, owner: str | None) -> Choice | None:
    """Return the choice among the figures of the platform company."""
    own = tuple(row for row in rows if not owner or row.text("enterprise") == owner)
    return Choice(own, "as_of", At("park", scope.park_key, "")) if own else None


def latest_value(scope: Scope, reading: Reading, asset: Record) -> Decimal | None:
    """Return the newest appraised value (元) of an asset up to the as-of date, or None."""
    dated = []
    rows = scope.valuations_of(asset)
    for row in rows:
        day, value = reading.day(row, "base_date"), reading.number(row, "value")
        if day is not None and value is not None and day <= scope.as_of:
            dated.append((day, row.key, row))
    newest = max(dated)[2] if dated else None
    of = At(asset.entity, asset.key, "")
    taken = reading.chosen(
        lambda: Choice(rows, "base_date", of, ("value",)) if rows else None, newest, scope.as_of
    )
    return None if taken is None else reading.number(taken, "value")
