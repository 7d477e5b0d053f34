# SPDX-License-Identifier: MIT
"""Formulas of ledger cells and policy parameters, in the units in which the program counts."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from workbench.domain.display import FACTORS, choice_title
from workbench.domain.fields import Field
from workbench.domain.parameters import PolicyParam
from workbench.domain.records.ledger import Record
from workbench.domain.report.sections.annex_layout import Listing
from workbench.domain.report.sections.cells import NUMBERS
from workbench.domain.report.sections.links import (
    AS_OF_TABLE,
    BURDENED,
    CALC_LEASES,
    IN_FORCE,
    PARAMETERS,
)
from workbench.domain.report.sections.live.chosen import Chosen
from workbench.domain.report.sections.live.formulas import constant
from workbench.domain.report.sections.steps.step_words import quoted
from workbench.domain.values import ValueState
from workbench.domain.workings.choosing import Choice, ChoiceKey
from workbench.domain.workings.numbers import AS_OF, At, Judged, Kept, Made, Worded

_JUDGED_IN: Mapping[str, str] = {
    Judged.RUNS: CALC_LEASES,
    Judged.IN_FORCE: IN_FORCE,
    Judged.SEIZED: BURDENED,
    Judged.PLEDGED: BURDENED,
}
"""The tables that count what is judged of records, one row per record in the annex's order.

Among the assets that may be burdened, the buildings follow the parcels.
"""
_LEASE_DATES = ("start_on", "end_on", "terminated_on")
_DATES = frozenset({*(("lease", each) for each in _LEASE_DATES), ("parcel", "end_on")})
"""The dates that formulas ask whenever a figure depends on them."""
_SHOWN = (ValueState.KNOWN, ValueState.ESTIMATED)


class AnnexCells:
    """Finds the cells of the annexes."""

    def __init__(
        self,
        listings: Mapping[str, Listing],
        params: Mapping[str, Decimal],
        listed: Collection[PolicyParam],
        language: str,
    ) -> None:
        """``params`` are the parameters in force, ``listed`` those of the report in its order."""
        self.listings = listings
        self._language = language
        self._params = params
        self._listed = tuple(listed)
        self._found: dict[At, str | None] = {}
        self.chosen = Chosen(listings, self._parameter)
        """What is read from the newest records that count."""
        self.counted: dict[str, tuple[str, int]] = {}
        """How many numbers there are in the ranges and totals that formulas name."""

    def cell(self, at: At) -> str | None:
        """Return the formula of one cell, None when no sheet shows it as a number or date."""
        if at not in self._found:
            self._found[at] = self._cell(at)
        return self._found[at]

    def _cell(self, at: At) -> str | None:
        if at == AS_OF:
            return f"{{{AS_OF_TABLE}!day@1}}"
        if not at.entity:
            return self._parameter(at.field)
        if at.field in _JUDGED_IN:
            return self._judged(at)
        if isinstance(at.key, ChoiceKey):
            return self._taken(at.key.choice, at.field)
        listing = self.listings.get(at.entity)
        place = listing and listing.place(at.key, at.field)
        if listing is None or place is None:
            return None
        record = listing.records[listing.rows[at.key] - 1]
        known = _is_number(record, at.field) or isinstance(record.get(at.field), date)
        if not known and not self.can_be_filled(at):
            return None
        return f"{{{place}}}{scale(listing.entity[at.field])}"

    def _taken(self, choice: Choice, field: str) -> str | None:
        """Return the cell of a field of the newest record that counts."""
        found = self.chosen.value(choice, field)
        return f"{found}{scale(self.listings[choice.entity].entity[field])}" if found else None

    def can_be_filled(self, at: At) -> bool:
        """Tell whether an annex has room for a number or a lease's date that is not known."""
        if isinstance(at.key, ChoiceKey):
            rows = at.key.choice.rows
            return any(self.can_be_filled(At(row.entity, row.key, at.field)) for row in rows)
        listing = self.listings.get(at.entity)
        if listing is None or listing.place(at.key, at.field) is None:
            return False
        record = listing.records[listing.rows[at.key] - 1]
        if record.state(at.field) is not ValueState.UNKNOWN:
            return False
        kind = listing.entity[at.field].type
        return kind in NUMBERS or (at.entity, at.field) in _DATES

    def _judged(self, at: At) -> str | None:
        """Return where the report counts a judgement of a record."""
        listing = self.listings.get(at.entity)
        row = listing.rows.get(at.key) if listing is not None else None
        if row is None:
            return None
        table, parcels = _JUDGED_IN[at.field], self.listings.get("parcel")
        if table == BURDENED and at.entity == "building" and parcels is not None:
            row += len(parcels.records)
        return f"{{{table}!{at.field}@{row}}}"

    def given(self, number: Kept) -> str | None:
        """Return the cell of an area that is let while a lease runs, None for anything else."""
        condition, amount = number.parts
        if not isinstance(condition, At) or condition.field != Judged.RUNS:
            return None
        area = At(condition.entity, condition.key, "area")
        is_area = isinstance(amount, Kept) and amount.made is Made.CELL and amount.parts == (area,)
        row = self.listings[condition.entity].rows.get(condition.key)
        return f"{{{CALC_LEASES}!area@{row}}}" if is_area and row else None

    def can_be_said(self, at: At) -> bool:
        """Tell whether an annex shows a word as it is, without the mark of an estimate."""
        listing = self.listings.get(at.entity)
        if listing is None or listing.place(at.key, at.field) is None:
            return False
        record = listing.records[listing.rows[at.key] - 1]
        origin = record.origins.get(at.field)
        is_marked = origin is not None and bool(origin.qualifier)
        return record.state(at.field) is not ValueState.ESTIMATED and not is_marked

    def meaning(self, word: Worded, today: Decimal) -> str | None:
        """Return what a word of the annex stands for, as a formula that knows all its words."""
        at = word.at
        if not self.can_be_said(at):
            return None
        listing = self.listings[at.entity]
        place, field = f"{{?{listing.place(at.key, at.field)}}}", listing.entity[at.field]
        found = "NA()"
        for said, value in sorted(word.options, key=lambda each: each[1] == today):
            title = choice_title(said, field, self._language)
            found = f"IF({place}={quoted(title)},{constant(value)},{found})"
        return found

    def column(self, entity: str, field: str, rows: Collection[str]) -> str | None:
        """Return the sum of a column whose numbers are those of ``rows``, else None."""
        found = self.range_of(entity, field, rows)
        if found is None:
            return None
        whole, factor = found
        self.counted[whole] = whole, len(set(rows))
        return f"SUM({whole}){factor}"

    def range_of(self, entity: str, field: str, rows: Collection[str]) -> tuple[str, str] | None:
        """Return a column whose numbers are those of ``rows``, and how they are counted."""
        listing = self.listings.get(entity)
        if listing is None:
            return None
        numbers = {record.key for record in listing.records if _is_number(record, field)}
        ends = [listing.place(listing.records[at].key, field) for at in (0, -1)]
        if numbers != set(rows) or None in ends:
            return None
        return f"{{{ends[0]}}}:{{{ends[1]}}}", scale(listing.entity[field])

    def _parameter(self, code: str) -> str | None:
        for row, param in enumerate(self._listed, start=1):
            if param.code == code and param.value == self._params.get(code):
                return f"{{{PARAMETERS}!value@{row}}}{'/100' if param.unit == '%' else ''}"
        return None


def _is_number(record: Record, field: str) -> bool:
    return record.state(field) in _SHOWN and record.number(field) is not None


def scale(field: Field) -> str:
    """Return how a shown number becomes a counted one."""
    factor = FACTORS.get(field.display_unit, Decimal(1))
    if factor == 1:
        return ""
    if factor < 1:
        return f"/{(1 / factor).normalize():f}"
    return "*(2000/3)" if field.display_unit == "亩" else f"*{factor.normalize():f}"
