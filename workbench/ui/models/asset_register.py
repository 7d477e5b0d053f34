# SPDX-License-Identifier: MIT
"""Land, buildings and facilities of a park in one table (资产台账)."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

from PySide6.QtCore import QObject

from workbench.application.ledger.editing import CellEdit
from workbench.domain.display import editable, grouped
from workbench.domain.fields import Field
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.subtotals import is_summed, subtotal
from workbench.domain.values import ValueState
from workbench.ui.context import UiContext
from workbench.ui.models.asset_columns import ASSET_ENTITIES, AssetColumn, register_columns
from workbench.ui.models.asset_figures import computed_subtotal
from workbench.ui.models.field_cells import (
    cell_of,
    raw_of,
    stored_text,
)
from workbench.ui.models.field_columns import (
    bound_key,
    column_edits,
    column_keys,
    column_sum,
    column_tokens,
    column_words,
    token_title,
)
from workbench.ui.models.group_cells import (
    EMPTY_HEADING,
    heading_cell,
    number_cell,
    subtotal_cell,
)
from workbench.ui.models.headed_block import ShownFields
from workbench.ui.models.kept_figures import (
    FigureKey,
    Figures,
    NoFigures,
    burdens_of,
    scaled,
    unscaled,
)
from workbench.ui.models.ledger_table import LedgerTable
from workbench.ui.models.problems import ProblemIndex
from workbench.ui.models.search_texts import column_search_texts
from workbench.ui.texts import language, t
from workbench.ui.widgets.grid.finding import plain
from workbench.ui.widgets.grid.model import sortable
from workbench.ui.widgets.grid.protocol import Cell, CellText, Group, PasteOutcome
from workbench.ui.widgets.grid.stats import ColumnSum

ReadColumn = Callable[[Sequence[Record], Field, Ledger], list[Any]]
_HUNDRED = Decimal(100)


class AssetRegister(LedgerTable):
    """Parcels with their buildings, then other buildings, then facilities."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        self._catalogue = context.services.catalogue
        self._shown = register_columns(self._catalogue)
        super().__init__(context, [column.grid_column() for column in self._shown], parent)
        self._figures: Figures = NoFigures()
        self._waits = False

    def show_assets(
        self, records: Sequence[Record], ledger: Ledger, problems: ProblemIndex, figures: Figures
    ) -> None:
        """Show these assets with what is computed of them.

        What had to wait for the figures of a large park, a sort or a filter, is done then.
        """
        self._figures = figures
        self.show_records(records, ledger, problems)
        for at, column in enumerate(self._shown):
            if column.compute is not None or column.key == "burdens":
                self.finder.forget_column(at)
        if self._waits and figures.figure_keys("floor_area", ()) is not None:
            self._waits = False
            self._arranger.forget()
            self.arrange()

    @override
    def make_row(self, source: int) -> tuple[Cell, ...]:
        record = self.records[source]
        return tuple(self._cell(record, column) for column in self._shown)

    @override
    def columns_ordered(self, order: Sequence[int]) -> None:
        self._shown = tuple(self._shown[at] for at in order)

    @override
    def raw(self, source: int, column: int) -> object:
        record, shown = self.records[source], self._shown[column]
        if shown.key == "entity":
            return ASSET_ENTITIES.index(record.entity)
        if shown.key == "burdens":
            return self._burdens(record) or None
        if shown.compute is not None:
            return self._computed(record, shown)
        name = shown.fields.get(record.entity)
        return None if name is None else self._field_raw(record, name)

    @override
    def keys(self, column: int, sources: Sequence[int]) -> list[Any]:
        shown = self._shown[column]
        if shown.key == "entity":
            return [ASSET_ENTITIES.index(self.records[source].entity) for source in sources]
        if shown.key == "burdens":
            words: dict[FigureKey, Any] = {None: None}
            found = self._figure_keys(shown, sources)
            for mask in set(found) - {None}:
                words[mask] = sortable(_burden_words(burdens_of(mask or 0)))
            return [words[mask] for mask in found]
        if shown.compute is not None or not shown.fields:
            return list(self._figure_keys(shown, sources))
        return self._by_entity(shown, sources, column_keys, None)

    def _waits_for(self, shown: AssetColumn) -> bool:
        """Tell whether the worker is still at the figures of a column."""
        return self._figures.figure_keys(shown.key, ()) is None

    def _figure_keys(self, shown: AssetColumn, sources: Sequence[int]) -> list[FigureKey]:
        """Return what sorts a computed column; unknown while the worker is still at it."""
        records = [self.records[source] for source in sources]
        found = self._figures.figure_keys(shown.key, records)
        if found is None:
            if not self._waits:
                self.context.shell.show_toast(t("ledger.figures_later"))
            self._waits = True
            return [None] * len(records)
        return [
            key if shown.computes(record.entity) else None
            for key, record in zip(found, records, strict=True)
        ]

    @override
    def tokens(self, column: int, sources: Sequence[int]) -> list[str]:
        shown = self._shown[column]
        if shown.key == "entity":
            return [self.records[source].entity for source in sources]
        if shown.compute is not None or not shown.fields:
            return self._figure_tokens(shown, sources)
        return self._by_entity(shown, sources, column_tokens, "")

    def _figure_tokens(self, shown: AssetColumn, sources: Sequence[int]) -> list[str]:
        """Return computed cells as they are shown, each different one written once."""
        found = self._figure_keys(shown, sources)
        words: dict[FigureKey, str] = {None: ""}
        for key in set(found) - {None}:
            number = unscaled(key or 0) * (_HUNDRED if shown.kind == "bar" else 1)
            burdens = shown.key == "burdens"
            words[key] = (
                _burden_words(burdens_of(key or 0)) if burdens else grouped(number, shown.decimals)
            )
        return [words[key] for key in found]

    @override
    def token_title(self, column: int, token: str) -> str:
        shown = self._shown[column]
        if shown.key == "entity":
            return self._catalogue[token].title(language())
        for entity, name in shown.fields.items():
            if (title := token_title(self._catalogue[entity][name], token)) != token:
                return title
        return token

    @override
    def word_columns(self) -> Sequence[int]:
        return [at for at, c in enumerate(self._shown) if c.fields and c.kind != "number"]

    @override
    def words_in(self, column: int, sources: Sequence[int]) -> list[str]:
        return self._by_entity(self._shown[column], sources, column_words, "")

    @override
    def search_texts(self, column: int, sources: Sequence[int]) -> list[str]:
        shown = self._shown[column]
        found = self._by_entity(shown, sources, column_search_texts, "")
        if shown.key == "entity":
            return [self._catalogue[self.records[at].entity].title(language()).casefold()
                    for at in sources]  # fmt: skip
        if (shown.compute is None and shown.fields) or self._waits_for(shown):
            return found
        computed = self._figure_tokens(shown, sources)
        return [plain(new) or before for before, new in zip(found, computed, strict=True)]

    @override
    def edits(self, column: int, sources: Sequence[int]) -> list[str]:
        shown = self._shown[column]
        if shown.key == "entity" or self._waits_for(shown):
            return super().edits(column, sources)
        found = self._by_entity(shown, sources, column_edits, "")
        if shown.compute is None and shown.key != "burdens":
            return found
        computed = self._figure_tokens(shown, sources)
        records = (self.records[source] for source in sources)
        return [
            (self._kept_text(record, shown) or plain(new))
            if shown.computes(record.entity)
            else before
            for record, before, new in zip(records, found, computed, strict=True)
        ]

    @override
    def summed(self, column: int, sources: Sequence[int]) -> ColumnSum:
        shown = self._shown[column]
        if shown.compute is not None and not self._waits_for(shown):
            records = [self.records[source] for source in sources]
            keys = self._figure_keys(shown, sources)
            known = [key for key in keys if key is not None]
            total = unscaled(sum(known)) * (_HUNDRED if shown.kind == "bar" else 1)
            unknown = sum(map(shown.computes, (r.entity for r in records))) - len(known)
            kinds = {r.entity for r, key in zip(records, keys, strict=True) if key is not None}
            # a parcel's figure is that of its buildings: together they have no sum
            measures = {shown.unit} if len(kinds) == 1 else kinds
            return ColumnSum(len(known), len(known), total, unknown, frozenset(measures))
        if shown.compute is not None or not shown.fields:
            return super().summed(column, sources)
        records = [self.records[source] for source in sources]
        parts = [
            column_sum([r for r in records if r.entity == entity], self._catalogue[entity][name])
            for entity, name in shown.fields.items()
        ]
        return reduce(ColumnSum.plus, parts)

    def _by_entity(
        self, shown: AssetColumn, sources: Sequence[int], read: ReadColumn, unknown: object
    ) -> list[Any]:
        """Read a column entity by entity, each as the field that it is there."""
        found: list[Any] = [unknown] * len(sources)
        for entity, name in shown.fields.items():
            places = [at for at, row in enumerate(sources) if self.records[row].entity == entity]
            records = [self.records[sources[at]] for at in places]
            values = read(records, self._catalogue[entity][name], self.ledger)
            for at, value in zip(places, values, strict=True):
                found[at] = value
        return found

    @override
    def bound_key(self, column: int, bound: Decimal | date) -> Any:
        shown = self._shown[column]
        if shown.compute is not None or not shown.fields:
            return scaled(bound) if isinstance(bound, Decimal) else bound
        entity, name = next(iter(shown.fields.items()))
        return bound_key(self._catalogue[entity][name], bound)

    def _field_raw(self, record: Record, name: str) -> object:
        return raw_of(record, self._catalogue[record.entity][name], self.ledger)

    @override
    def shown_fields(self, keys: Sequence[str]) -> ShownFields:
        fields = {
            entity: {c.key: c.fields[entity] for c in self._shown if entity in c.fields}
            for entity in ASSET_ENTITIES
        }
        titles = {column.title: column.key for column in self._shown}
        return ShownFields(self._catalogue, fields, titles, keys)

    @override
    def field_of(self, source: int, column: int) -> str | None:
        return self._written_field(self.records[source], self._shown[column])

    @override
    def write(self, cells: Sequence[CellText], label: str) -> PasteOutcome:
        edits, refused = {}, {}
        for source, number, text in cells:
            record, name = self.records[source], self.field_of(source, number)
            if name is None:
                refused[source, number] = self.why_closed(source, number)
                continue
            typed = stored_text(self._catalogue[record.entity][name], text)
            edits[source, number] = CellEdit(record.entity, record.key, name, typed)
        return self.store(edits, label, refused)

    @override
    def group_row(self, group: Group) -> tuple[Cell, ...]:
        records = [self.records[source] for source in group.rows]
        cells = [self._subtotal(records, column) for column in self._shown]
        return (heading_cell(self, group), *cells[1:])

    def _subtotal(self, records: Sequence[Record], column: AssetColumn) -> Cell:
        """Return a subtotal; a parcel's floor area is its buildings', so only those count."""
        if column.compute is not None:
            found = computed_subtotal(column.key, records, self._figures.number_figures_of)
            if found is None:
                return EMPTY_HEADING
            value = found.value
            if value is not None and column.kind == "bar":
                value *= _HUNDRED
            return number_cell(None if value is None else grouped(value, column.decimals), found)
        for entity, name in column.fields.items():
            rows = [record for record in records if record.entity == entity]
            if rows and is_summed(self._catalogue[entity][name]):
                return subtotal_cell(
                    subtotal(rows, self._catalogue[entity][name]), self._catalogue[entity][name]
                )
        return EMPTY_HEADING

    def _cell(self, record: Record, column: AssetColumn) -> Cell:
        entity = record.entity
        if column.key == "entity":
            words = self._catalogue[entity].title(language())
            return Cell(words, ASSET_ENTITIES.index(entity), words)
        if column.key == "burdens":
            words = self._burdens(record)
            return Cell(words, words or None, words)
        if column.compute is not None and entity in column.computed_for:
            return self._computed_cell(record, column)
        name = column.fields.get(entity)
        if name is None:
            return Cell("")
        problem = self.problems.of_cell(entity, record.key, name)
        return cell_of(record, self._catalogue[entity][name], self.ledger, problem)

    def _computed_cell(self, record: Record, column: AssetColumn) -> Cell:
        names = _CHECKED.get((record.entity, column.key), ())
        problem = None
        for name in names:
            problem = problem or self.problems.of_cell(record.entity, record.key, name)
        value = self._computed(record, column)
        if value is None:
            needed = record.entity == "building" and column.key in _NEEDED
            applies = record.state("rentable_area") is not ValueState.NOT_APPLICABLE
            return Cell("", None, "", problem, missing=needed and applies)
        shown = value * _HUNDRED if column.kind == "bar" else value
        text = grouped(shown, column.decimals)
        edit = self._kept_text(record, column) or text.replace(",", "").replace("−", "-")
        return Cell(
            text, value, edit, problem, tone=_bar_tone(value) if column.kind == "bar" else ""
        )

    def _kept_text(self, record: Record, column: AssetColumn) -> str:
        """Return what an edit of a computed cell replaces, every decimal of it; "" for nothing."""
        name = self._written_field(record, column)
        value = None if name is None else record.get(name)
        if name is None or value is None:
            return ""
        return editable(value, self._catalogue[record.entity][name])

    def _computed(self, record: Record, column: AssetColumn) -> Decimal | None:
        figures = self._figures.figures_of(record)
        return column.compute(figures) if column.compute is not None else None

    def _burdens(self, record: Record) -> str:
        return _burden_words(self._figures.figures_of(record).burdens)

    @staticmethod
    def _written_field(record: Record, column: AssetColumn) -> str | None:
        """Return the field that an edit goes to; the floor area that is known is the one edited."""
        name = column.fields.get(record.entity)
        if name == "gfa_actual" and record.get(name) is None and record.get("gfa_cert") is not None:
            return "gfa_cert"
        return name

    @override
    def why_closed(self, source: int, column: int) -> str:
        if self.field_of(source, column) is not None:
            return ""
        record, shown = self.records[source], self._shown[column]
        params = {
            "entity": self._catalogue[record.entity].title(language()),
            "column": shown.title,
        }
        if shown.compute is not None and record.entity in shown.computed_for:
            return t("ledger.refused_computed", **params)
        return t("ledger.refused_not_applicable", **params)


def _burden_words(burdens: Sequence[str]) -> str:
    return t("ledger.and").join(t(f"ledger.burden.{name}") for name in burdens)


# Which typed figures a computed cell stands for: their complaints are shown there.
_CHECKED = {
    ("building", "occupancy"): ("occupancy", "leased_area", "rentable_area"),
    ("building", "floor_area"): ("gfa_actual", "gfa_cert"),
    ("parcel", "far"): ("far",),
    ("parcel", "years_left"): ("remaining_years", "end_on"),
}
_NEEDED = frozenset({"floor_area", "occupancy"})
_WEAK = Decimal("0.6")


def _bar_tone(share: Decimal) -> str:
    return "c2" if share < _WEAK else "c1"
