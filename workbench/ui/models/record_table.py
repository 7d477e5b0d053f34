# SPDX-License-Identifier: MIT
"""One entity's records as a table: columns from the field catalogue, edits through the services."""

import unicodedata
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from workbench.application.ledger.editing import CellEdit, EditOutcome
from workbench.application.ledger.pasting import read_block
from workbench.application.ports import Progress
from workbench.domain.fields import Entity, Field, FieldType, Need
from workbench.domain.findings import UserError
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.subtotals import subtotal
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.models.field_cells import RecordNames, cell_of, column_of, raw_of, stored_text
from workbench.ui.models.field_columns import (
    bound_key,
    column_edits,
    column_keys,
    column_sum,
    column_tokens,
    column_words,
    has_words,
    token_title,
)
from workbench.ui.models.group_cells import heading_cell, subtotal_cell
from workbench.ui.models.problems import ProblemIndex, finding_text
from workbench.ui.models.search_texts import column_search_texts
from workbench.ui.steps import step_name
from workbench.ui.texts import t
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.protocol import Cell, CellText, GridColumn, Group, PasteOutcome
from workbench.ui.widgets.grid.stats import ColumnSum

_TYPED = "editing.edit_cell"
_MOST_FROZEN = 2
_FEWEST_SHOWN = 12
WRITTEN_AT_ONCE = 10_000
"""So many cells are there when Ctrl+V returns, within a second; more are written beside the window,
where they take longer because the window draws meanwhile, and may be stopped."""


class LedgerTable(GridModel):
    """What both ledger tables share: records in rows, a snapshot, problems, and writing."""

    def __init__(self, context: UiContext, columns: Sequence[GridColumn], parent: QObject) -> None:
        super().__init__(columns, parent)
        self.context = context
        self.records: Sequence[Record] = []
        self.ledger = Ledger({})
        self.problems = ProblemIndex()

    def show_records(
        self, records: Sequence[Record], ledger: Ledger, problems: ProblemIndex
    ) -> None:
        """Show these records; rows that were there keep their place on screen."""
        before, self.records = self.records, records
        self.ledger, self.problems = ledger, problems
        changed = _changed(before, records)
        same = len(before) == len(records)
        if not same or any(before[at].key != records[at].key for at in changed):
            self.reload()
            return
        self.rows_changed(changed)
        self.values_changed()

    def record_at(self, view: int) -> Record | None:
        """Return the record of a shown row."""
        source = self.source_row(view) if 0 <= view < self.rowCount() else -1
        return self.records[source] if source >= 0 else None

    def row_of(self, entity: str, key: str) -> int | None:
        """Return where a record is shown, or None while it is not."""
        # one walk over a large table costs a tenth of an index of it, which must be kept too
        walk = enumerate(self.records)
        source = next((at for at, r in walk if r.key == key and r.entity == entity), None)
        return None if source is None else self.view_row(source)

    @override
    def source_count(self) -> int:
        return len(self.records)

    def store(
        self,
        edits: Mapping[tuple[int, int], CellEdit],
        label: str,
        refused: Mapping[tuple[int, int], str],
    ) -> PasteOutcome:
        """Write edits as one step; ``refused`` holds cells that were not even tried."""
        if len(edits) > WRITTEN_AT_ONCE:
            self._store_later(edits, label, refused)
            return PasteOutcome(label=label, later=True)
        failures = [(row, column, why) for (row, column), why in refused.items()]
        outcome = EditOutcome()
        if edits:
            try:
                outcome = self.context.services.editing.edit_cells(list(edits.values()), label)
            except UserError as error:
                if label == _TYPED and error.code == "project.locked":
                    failures += self._kept_for_later(edits, sentence(error))
                else:
                    self.context.shell.show_error(error)
                return PasteOutcome(0, tuple(failures), label=label)
        if label == _TYPED:
            self._keep_refused(edits, outcome)
        failures += _refusals(edits, outcome)
        if not failures and outcome.changed:
            words = [finding_text(notice) for notice in outcome.notices[:1]]
            if len(edits) == 1:
                [((source, column), edit)] = edits.items()
                words += how_read(edit.text, self.columns()[column], self._made(source)[column])
            if words:
                self.context.shell.show_toast(" ".join(words))
        return PasteOutcome(outcome.changed, tuple(failures), label=label)

    def _kept_for_later(
        self, edits: Mapping[tuple[int, int], CellEdit], why: str
    ) -> list[tuple[int, int, str]]:
        """Keep what was typed while another program held the project; Enter tries it again."""
        for (source, column), edit in edits.items():
            place = _place(edit.entity, edit.key, edit.field)
            self.context.drafts.put(place, self._draft_title(source, column), edit.text)
        return [(*cell, why) for cell in edits]

    def _store_later(
        self,
        edits: Mapping[tuple[int, int], CellEdit],
        label: str,
        refused: Mapping[tuple[int, int], str],
    ) -> None:
        """Write very many cells beside the window; ``finished`` tells how it ended."""
        cells, editing = list(edits.values()), self.context.services.editing

        def work(progress: Progress) -> EditOutcome:
            return editing.edit_cells(cells, label, progress=progress)

        def tell(outcome: EditOutcome) -> None:
            failures = [(*cell, why) for cell, why in refused.items()]
            failures += _refusals(edits, outcome)
            shown = [(self.view_row(row) or 0, column, why) for row, column, why in failures]
            self.finished.emit(PasteOutcome(outcome.changed, shown, label=label))

        name = step_name(label, {"count": str(len(cells))})
        words = t("rewinding.writing_step", step=name)
        self.context.rewinding.write(work, len(cells), words, tell)

    def _keep_refused(
        self, edits: Mapping[tuple[int, int], CellEdit], outcome: EditOutcome
    ) -> None:
        """Keep typed texts that were refused as drafts; forget those of cells that took one."""
        refused = {item.edit for item in outcome.refused}
        for (source, column), edit in edits.items():
            place = _place(edit.entity, edit.key, edit.field)
            if edit in refused:
                self.context.drafts.put(place, self._draft_title(source, column), edit.text)
            else:
                self.context.drafts.drop(place)

    def _draft_title(self, source: int, column: int) -> str:
        record, title = self.records[source].label, self.columns()[column].title
        return t("drafts.cell", record=record, column=title)

    @abstractmethod
    def field_of(self, source: int, column: int) -> str | None:
        """Return the field of a record that an edit of a cell goes to, None for none."""

    @override
    def begun(self, view: int, column: int) -> str:
        draft = self.context.drafts.get(self._place_of(view, column))
        return draft.state if draft is not None and isinstance(draft.state, str) else ""

    @override
    def keep_begun(self, view: int, column: int, text: str) -> None:
        if not (place := self._place_of(view, column)):
            return
        if text == self.cell(view, column).edit:
            self.context.drafts.drop(place)
        else:
            title = self._draft_title(self.source_row(view), column)
            self.context.drafts.put(place, title, text)

    @override
    def forget_begun(self, view: int, column: int) -> None:
        self.context.drafts.drop(self._place_of(view, column))

    def _place_of(self, view: int, column: int) -> str:
        source = self.source_row(view)
        if source < 0 or (name := self.field_of(source, column)) is None:
            return ""
        record = self.records[source]
        return _place(record.entity, record.key, name)


def _refusals(
    edits: Mapping[tuple[int, int], CellEdit], outcome: EditOutcome
) -> list[tuple[int, int, str]]:
    """Return the cells that refused their text, with the reason."""
    if not outcome.refused:
        return []
    place = {(edit.entity, edit.key, edit.field): cell for cell, edit in edits.items()}
    return [
        (*place[item.edit.entity, item.edit.key, item.edit.field], finding_text(item.finding))
        for item in outcome.refused
    ]


def _place(entity: str, key: str, field: str) -> str:
    """Return the name under which a refused text of a cell is kept."""
    return f"cell:{entity}:{key}:{field}"


def _changed(before: Sequence[Record], after: Sequence[Record]) -> list[int]:
    """Return the places that hold another record now."""
    if before is after:
        return []
    pairs = enumerate(zip(before, after, strict=False))
    return [at for at, (old, new) in pairs if old is not new]


def how_read(typed: str, column: GridColumn, cell: Cell) -> list[str]:
    """Return how a typed text was understood, nothing when it is shown as it was typed."""
    plain = unicodedata.normalize("NFKC", typed.strip()).replace(",", "")
    if not plain or plain in (cell.edit, cell.text):
        return []
    bare = plain.removesuffix("%") if column.unit == "%" else plain
    try:
        if Decimal(bare) == Decimal(cell.edit):
            return []
    except InvalidOperation:
        pass
    value = f"{_exactly(cell)} {column.unit}".strip()
    return [t("ledger.read_as", text=typed.strip(), value=value)]


def _exactly(cell: Cell) -> str:
    """Return a cell's text, or with all its decimals where the column rounds them away."""
    try:
        rounded = Decimal(cell.text.replace(",", "").replace("−", "-")) != Decimal(cell.edit)
    except InvalidOperation:
        return cell.text
    return cell.edit if rounded else cell.text


class RecordTable(LedgerTable):
    """The records of one entity, every field a column."""

    def __init__(self, context: UiContext, entity: Entity, parent: QObject) -> None:
        self.entity = entity
        frozen = frozen_fields(entity)
        self._fields = (*frozen, *(field for field in entity if field not in frozen))
        columns = [
            column_of(field, frozen=field in frozen, choices=self._names(context, field))
            for field in self._fields
        ]
        super().__init__(context, columns, parent)

    @override
    def columns_ordered(self, order: Sequence[int]) -> None:
        self._fields = tuple(self._fields[at] for at in order)

    @override
    def make_row(self, source: int) -> tuple[Cell, ...]:
        record = self.records[source]
        of_cell = partial(self.problems.of_cell, record.entity, record.key)
        return tuple(
            cell_of(record, field, self.ledger, of_cell(field.key)) for field in self._fields
        )

    @override
    def raw(self, source: int, column: int) -> object:
        return raw_of(self.records[source], self._fields[column], self.ledger)

    @override
    def keys(self, column: int, sources: Sequence[int]) -> list[Any]:
        chosen = [self.records[source] for source in sources]
        return column_keys(chosen, self._fields[column], self.ledger)

    @override
    def tokens(self, column: int, sources: Sequence[int]) -> list[str]:
        chosen = [self.records[source] for source in sources]
        return column_tokens(chosen, self._fields[column], self.ledger)

    @override
    def token_title(self, column: int, token: str) -> str:
        return token_title(self._fields[column], token)

    @override
    def word_columns(self) -> Sequence[int]:
        return [at for at, field in enumerate(self._fields) if has_words(field)]

    @override
    def words_in(self, column: int, sources: Sequence[int]) -> list[str]:
        chosen = [self.records[source] for source in sources]
        return column_words(chosen, self._fields[column], self.ledger)

    @override
    def search_texts(self, column: int, sources: Sequence[int]) -> list[str]:
        chosen = [self.records[source] for source in sources]
        return column_search_texts(chosen, self._fields[column], self.ledger)

    @override
    def edits(self, column: int, sources: Sequence[int]) -> list[str]:
        chosen = [self.records[source] for source in sources]
        return column_edits(chosen, self._fields[column], self.ledger)

    @override
    def summed(self, column: int, sources: Sequence[int]) -> ColumnSum:
        return column_sum([self.records[source] for source in sources], self._fields[column])

    @override
    def has_problem(self, source: int, column: int) -> bool:
        record, name = self.records[source], self._fields[column].key
        found = self.problems.of_record(record.entity, record.key)
        return any(finding.field == name for finding in found)

    @override
    def bound_key(self, column: int, bound: Decimal | date) -> Any:
        return bound_key(self._fields[column], bound)

    @override
    def field_of(self, source: int, column: int) -> str | None:
        return self._fields[column].key

    @override
    def write(self, cells: Sequence[CellText], label: str) -> PasteOutcome:
        edits = {}
        for source, column, text in cells:
            record, field = self.records[source], self._fields[column]
            typed = stored_text(field, text)
            edits[source, column] = CellEdit(record.entity, record.key, field.key, typed)
        return self.store(edits, label, {})

    @override
    def paste_headed(self, text: str, row: int, keys: Sequence[str]) -> PasteOutcome | None:
        block = read_block(text, self.entity.key, keys, self.ledger.catalogue)
        if not block.headed:
            return None
        shown = range(row, min(row + len(block.rows), self.rowCount()))
        sources = [source for view in shown if (source := self.source_row(view)) >= 0]
        place = {self.records[source].key: source for source in sources}
        edits = {
            (place[edit.key], self.column_number(edit.field)): edit
            for edit in block.edits(list(place))
            if edit.text.strip()  # a gap in a table with headings is a gap, not an order to clear
        }
        outcome = self.store(edits, "ui.step_paste", {})
        refused = [(self.view_row(source) or 0, at, why) for source, at, why in outcome.refused]
        beyond = sum(map(len, block.rows[len(sources) :]))
        return PasteOutcome(outcome.applied, refused, beyond, outcome.label, later=outcome.later)

    @override
    def group_row(self, group: Group) -> tuple[Cell, ...]:
        records = [self.records[source] for source in group.rows]
        cells = [subtotal_cell(subtotal(records, field), field) for field in self._fields]
        return (heading_cell(self, group), *cells[1:])

    @staticmethod
    def _names(context: UiContext, field: Field) -> Sequence[str]:
        if field.type is not FieldType.REF:
            return ()
        return RecordNames(partial(record_names, context, field.target))


def record_names(context: UiContext, entity: str) -> list[str]:
    """Return the labels of an entity's records, as a list of choices offers them."""
    return [record.label for record in context.services.querying.records(entity)]


def frozen_fields(entity: Entity) -> tuple[Field, ...]:
    """Return the one or two fields by which a person knows a record."""
    known_by = {*entity.label, *(entity.identity[0] if entity.identity else ())}
    named = [f for f in entity if f.key in known_by and f.type is not FieldType.REF]
    return tuple(named[:_MOST_FROZEN])


def default_columns(entity: Entity) -> tuple[str, ...]:
    """Return the columns shown at first: names, needed fields, then more until it is a table."""
    chosen = [field.key for field in frozen_fields(entity)]
    chosen += [f.key for f in entity if f.need is not Need.OPTIONAL and f.key not in chosen]
    rest = [f.key for f in entity if f.key not in chosen and not f.check_only]
    rest = rest[: max(_FEWEST_SHOWN - len(chosen), 0)]
    return (*chosen, *rest, *(f.key for f in entity if f.own and f.key not in rest))
