# SPDX-License-Identifier: MIT
"""Which record another belongs to, in formulas: a reader may write another name into the annex."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from workbench.domain.fields import Field, FieldType
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Cell, CellState
from workbench.domain.report.sections.annex_layout import Listing
from workbench.domain.report.sections.cells import of_field
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.live.judged import place_of
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import to_verify

ROWS_AT_ONCE = 100
"""So many rows are held against their names in one formula."""
_NAMED_BY = ("name", "code", "contract_no", "unit_no", "report_no", "case_no")
_TEXTS = frozenset({FieldType.TEXT, FieldType.CODE})
_ASSETS = frozenset({"parcel", "building", "unit"})
_OWNED = frozenset({"park_year", "enterprise_year", "valuation", "finance"})
"""Of these a figure takes the newest of each owner, so that their owner always decides."""
_THROUGH = {("lease", "unit"): "building"}
"""What a reference also leads to when it is followed further."""


_BESIDE = {("park", "platform_entity"): "finance"}
"""The references that decide what is taken of records of which they name the owner."""


def deciding(m: Material, touched: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield the references that decide a figure made of records of some entities.

    That is where both ends of one are in it, or where it leads to the assets that are assessed.
    """
    for entity, listing in m.annex.items():
        for field in listing.entity.references():
            if field.key in listing.tables and _decides(m, entity, field, touched):
                yield entity, field.key


def _decides(m: Material, entity: str, field: Field, touched: Set[str]) -> bool:
    if entity == "unit":
        return "building" in touched and bool({"lease", "unit"} & touched)
    if entity not in touched:
        return False
    is_of_scope = field.target in _ASSETS and not m.scope.whole_park
    if field.target == "park" or entity in _OWNED or is_of_scope:
        return True
    return bool({field.target, *_further((entity, field.key))} & touched)


def _further(reference: tuple[str, str]) -> Iterator[str]:
    yield from (found[reference] for found in (_THROUGH, _BESIDE) if reference in found)


def label_place(m: Material, record: Record | None) -> str:
    """Return where an annex shows what a record is called, "" where none does as it is."""
    if record is None:
        return ""
    fields = m.whole.ledger.catalogue[record.entity]
    for key in _NAMED_BY:
        if record.text(key):
            is_text = key in fields and fields[key].type in _TEXTS
            return place_of(m, record, key) if is_text else ""
    return ""


def told_by_rows(m: Material, listing: Listing, key: str, rows: Iterable[int]) -> tuple[int, str]:
    """Return the sum of some rows, and the formula that adds up those that say the same today."""
    unknown, total, parts = to_verify(m), 0, list[str]()
    for row in rows:
        record = listing.records[row - 1]
        cell = f"{{{listing.tables[key]}!{key}@{row}}}"
        name = label_place(m, m.whole.ledger.find(listing.entity[key].target, record.text(key)))
        total += row
        blank = record.text(key) is None
        shown = of_field(record, key, m.whole.ledger, m.language).state if blank else None
        if shown is CellState.UNKNOWN:
            parts.append(f'(({cell}={unknown})+({cell}=""))*{row}')
        elif shown is CellState.NOT_APPLICABLE:
            parts.append(f'({cell}="—")*{row}')
        elif name:
            parts.append(f"({cell}={name})*{row}")
        else:
            parts.append(f'({cell}<>"")*({cell}<>{unknown})*{row}')
    return total, "+".join(parts)


class Pointing:
    """Knows which rows of the annexes name an asset, so that one that is moved is noticed."""

    def __init__(self, m: Material) -> None:
        self._m = m
        self._rows: dict[tuple[str, str], Mapping[str, int]] = {}

    def while_named(self, asset: Record, entity: str, formula: str) -> str:
        """Return a formula that is 待核 once other rows of an entity name an asset than today."""
        place, listing = label_place(self._m, asset), self._m.annex.get(entity)
        key = asset.entity
        if not formula or not place or listing is None or key not in listing.tables:
            return formula
        today = self._named(listing, key).get(asset.label.casefold(), 0)
        cells = column_range(listing.tables[key], key, len(listing.records))
        numbers = column_range(listing.table(0), "no", len(listing.records))
        same = f"SUMPRODUCT(({cells}={place})*{numbers})={today}"
        return f"IF({same},{formula},{to_verify(self._m)})"

    def cell(self, asset: Record, entity: str, cell: Cell) -> Cell:
        """Return a cell with such a formula."""
        return replace(cell, formula=self.while_named(asset, entity, cell.formula))

    def _named(self, listing: Listing, key: str) -> Mapping[str, int]:
        """Return by what an asset is called the sum of the rows that name it."""
        found = self._rows.get((listing.entity.key, key))
        if found is None:
            sums: dict[str, int] = {}
            for row, record in enumerate(listing.records, start=1):
                target = self._m.whole.ledger.find(key, record.text(key))
                if target is not None:
                    name = target.label.casefold()
                    sums[name] = sums.get(name, 0) + row
            found = self._rows[listing.entity.key, key] = sums
        return found
