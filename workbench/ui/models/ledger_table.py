# SPDX-License-Identifier: MIT
"""What both ledger tables share: records in rows, problems, and writing through the services."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from PySide6.QtCore import QObject

from workbench.application.ledger.editing import CellEdit, EditOutcome
from workbench.application.ports import Progress
from workbench.domain.findings import UserError
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.models.headed_block import ShownFields, read_headed
from workbench.ui.models.problems import ProblemIndex, finding_text
from workbench.ui.models.read_as import how_read
from workbench.ui.steps import step_name
from workbench.ui.texts import language, t
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.protocol import GridColumn, PasteOutcome

_TYPED = "editing.edit_cell"
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
            strays = {(before[at].entity, before[at].key) for at in self.stray_rows()}
            self.reload()
            if strays:  # a row that came or went asks no filter anew
                self.let_in(at for at, r in enumerate(records) if (r.entity, r.key) in strays)
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

    def let_in_records(self, entity: str, keys: Collection[str]) -> None:
        """Show records whatever the filters ask for, until they are asked anew."""
        wanted = set(keys)
        self.let_in(
            at for at, r in enumerate(self.records) if r.entity == entity and r.key in wanted
        )

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
        words: list[str] = []
        if not failures and outcome.changed:
            words = [finding_text(notice) for notice in outcome.notices[:1]]
            if len(edits) == 1:
                [((source, column), edit)] = edits.items()
                if self._holds(source, edit.key):  # the edit itself may have moved the rows
                    cell = self._made(source)[column]
                    words += how_read(edit.text, self.columns()[column], cell)
            if words and label == _TYPED:
                self.context.shell.show_toast(" ".join(words))
                words = []
        note = " ".join(words)
        return PasteOutcome(outcome.changed, tuple(failures), label=label, note=note)

    def _holds(self, source: int, key: str) -> bool:
        return source < len(self.records) and self.records[source].key == key

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

    @abstractmethod
    def shown_fields(self, keys: Sequence[str]) -> ShownFields:
        """Return which fields the columns show; ``keys`` are the columns from a target on."""

    @override
    def paste_headed(self, text: str, row: int, keys: Sequence[str]) -> PasteOutcome | None:
        block = read_headed(text, self.shown_fields(keys))
        if block is None:
            return None
        sources = (self.source_row(view) for view in range(row, self.rowCount()))
        rows = [*islice((s for s in sources if s >= 0), text.count("\n") + 1)]
        edits: dict[tuple[int, int], CellEdit] = {}
        misplaced: dict[tuple[int, int], str] = {}
        for at, source in enumerate(rows):
            record = self.records[source]
            for key, edit in block.edits(at, record):
                cell = source, self.column_number(key)
                if isinstance(edit, CellEdit):
                    edits[cell] = edit
                    continue
                entity = self.ledger.catalogue[record.entity].title(language())
                misplaced[cell] = t("ledger_paste.not_of", heading=edit, entity=entity)
        outcome = self.store(edits, "ui.step_paste", misplaced)
        refused = [(self.view_row(source) or 0, at, why) for source, at, why in outcome.refused]
        left_over = block.rows_after(len(rows))
        return PasteOutcome(
            outcome.applied,
            refused,
            sum(map(len, left_over[block.heading_rows :])),
            outcome.label,
            left_over=left_over,
            left_over_headings=block.heading_rows if left_over else 0,
            left_over_columns=keys,
            unknown=block.unknown,
            later=outcome.later,
        )

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
