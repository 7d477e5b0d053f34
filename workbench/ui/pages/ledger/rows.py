# SPDX-License-Identifier: MIT
"""What is done to the cells and rows of a ledger table, each deed one step that a toast names."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu

from workbench.application.imports.preview import Outcome, Preview
from workbench.application.ledger.pasting import read_block
from workbench.application.ports import Progress
from workbench.domain.findings import UserError
from workbench.domain.tables.copied.block import to_tsv
from workbench.ui.context import UiContext
from workbench.ui.models.asset_register import AssetRegister
from workbench.ui.models.ledger_table import LedgerTable
from workbench.ui.pages.ledger.replace import ReplaceDialog
from workbench.ui.texts import ended, language, t
from workbench.ui.widgets.grid.copy_run import Copied
from workbench.ui.widgets.grid.protocol import CellText, PasteOutcome
from workbench.ui.widgets.grid.view import GridView

_MOST_REASONS = 3


class RowDeeds(QObject):
    """Follows one table; ``inserted`` carries entity and keys of new rows."""

    new_asked = Signal()
    inserted = Signal(str, list)

    def __init__(self, context: UiContext, key: str, grid: GridView, model: LedgerTable) -> None:
        super().__init__(grid)
        self._context = context
        self._key = key
        self._grid = grid
        self._model = model
        self._left_over: PasteOutcome | None = None
        grid.block_written.connect(self._on_written)
        grid.edit_refused.connect(self._on_refused)
        grid.delete_rows_asked.connect(self._on_delete)
        grid.insert_row_asked.connect(self._on_insert)
        grid.menu_opening.connect(self._on_menu)
        self._copying = False
        grid.copying.copying.connect(self._on_copying)
        grid.copying.copied.connect(self._on_copied)
        grid.copying.dropped.connect(self._on_copy_dropped)

    def undo(self) -> None:
        """Take the last step back."""
        self._context.rewinding.undo()

    # ---- cells

    @Slot(float)
    def _on_copying(self, _share: float) -> None:
        """Say that a large block is not on the clipboard yet."""
        if not self._copying:
            self._copying = True
            self._context.shell.show_toast(t("ledger.copying"))

    @Slot(object)
    def _on_copied(self, copied: Copied) -> None:
        was_long, self._copying = self._copying, False
        if was_long:
            rows, columns = f"{copied.rows:,}", copied.columns
            words = t("ledger.copied", rows=rows, columns=columns)
            words += "" if copied.styled else t("ledger.copied_plain")
            self._context.shell.show_toast(words)

    @Slot()
    def _on_copy_dropped(self) -> None:
        self._copying = False
        self._context.shell.show_toast(t("ledger.copy_dropped"))

    @Slot(object)
    def _on_written(self, outcome: PasteOutcome) -> None:
        """Say what became of a block; the whole of it is one step of undo."""
        if outcome.nothing:
            self._context.shell.show_toast(t("ledger_paste.nothing"))
            return
        words = t("ledger.written", n=outcome.applied) if outcome.applied else ""
        words += outcome.note
        if outcome.applied and outcome.among_shown:
            words += t("ledger.among_shown")
        if outcome.applied and outcome.exact:
            words += t("ledger.exact", n=outcome.exact)
        if outcome.refused:
            key = "ledger.refused" if outcome.applied else "ledger.refused_all"
            words += t(key, n=len(outcome.refused), why=self._reasons(outcome))
        if outcome.unknown:
            names = t("ledger.and").join(outcome.unknown)
            words += t("ledger_paste.unknown", names=names)
        rows = len(outcome.left_over) - outcome.left_over_headings
        if rows and not isinstance(self._model, AssetRegister):
            self._left_over = outcome
            words += t("ledger.rows_beyond", n=rows)
            self._context.shell.show_toast(words, t("ledger.add_rows", n=rows), self.add_left_over)
            return
        if outcome.beyond:
            words += t("ledger.beyond", n=outcome.beyond)
        self._context.shell.show_toast(words, t("ui.undo") if outcome.applied else "", self.undo)

    def add_left_over(self) -> None:
        """Make records of the pasted rows that had no row to go to, by the rules of an import."""
        outcome, self._left_over = self._left_over, None
        if outcome is None:
            return
        services, park = self._context.services, self._context.park
        text = to_tsv(outcome.left_over)
        block = read_block(text, self._key, outcome.left_over_columns, services.catalogue)
        name = t("ledger.pasted")
        importing = services.importing
        try:
            preview = importing.preview_block(block, name, park=park.label if park else "")
            result = importing.commit(preview)
        except UserError as error:
            self._context.shell.show_error(error)
            return
        added = result.created.get(self._key, 0)
        words = t("ledger.rows_added", n=added)
        if reasons := _not_added(preview):
            words += t("ledger.rows_not_added", n=preview.counts()["read"] - added, why=reasons)
        self._context.shell.show_toast(words, t("ui.undo") if added else "", self.undo)

    @Slot(object)
    def _on_refused(self, outcome: PasteOutcome) -> None:
        words = self._reasons(outcome)
        waits = not self._grid.edits_again and self._model.begun(*outcome.refused[0][:2])
        key = "ledger.refused_kept" if waits else "ledger.refused_one"
        self._context.shell.show_toast(t(key, why=words))

    def _reasons(self, outcome: PasteOutcome) -> str:
        """Return the first reasons with their places."""
        said = []
        for row, column, why in outcome.refused[:_MOST_REASONS]:
            record = self._model.record_at(row)
            name = record.label if record is not None else str(row + 1)
            title = self._model.columns()[column].title
            said.append(ended(t("ledger.refusal", record=name, column=title, why=why)))
        return ("" if language() == "zh_CN" else " ").join(said)

    def open_replace(self, words: str = "") -> ReplaceDialog:
        """Ask what to replace by what; the preview shows each cell before and after."""
        dialog = ReplaceDialog(self._context.shell.dialog_host, self._grid, self._model, words)
        dialog.accepted.connect(self._on_replace)
        dialog.closed.connect(self._grid.finding.let_go_soon)
        dialog.open()
        return dialog

    @Slot(list)
    def _on_replace(self, cells: list[CellText]) -> None:
        self._grid.written(self._model.set_cells(cells, "ledger_replace.step"))

    # ---- rows

    @Slot(QMenu)
    def _on_menu(self, menu: QMenu) -> None:
        menu.addSeparator()
        insert = menu.addAction(f"{t('ledger.insert_rows')}\tCtrl+Shift+=")
        insert.triggered.connect(self._insert_here)
        menu.addAction(t("ledger.new_record")).triggered.connect(self.new_asked)
        delete = menu.addAction(f"{t('ledger.delete_records')}\tCtrl+-")
        delete.triggered.connect(self._delete_selected)

    @Slot()
    def _insert_here(self) -> None:
        self._on_insert(max(self._grid.current_cell()[0], 0))

    @Slot(int)
    def _on_insert(self, _row: int) -> None:
        """Insert as many blank rows above the selection as it has rows."""
        rows: Sequence[int] = self._grid.selected_rows()
        before = self._model.record_at(rows[0]) if rows else None
        entity = before.entity if before is not None else self._key
        if before is None and isinstance(self._model, AssetRegister):
            self.new_asked.emit()
            return
        count = max(sum(1 for row in rows if self._model.record_at(row) is not None), 1)
        try:
            keys = self._context.services.row_inserting.insert(
                entity, count, before, self._context.park_key
            )
        except UserError as error:
            self._context.shell.show_error(error)
            return
        self.inserted.emit(entity, list(keys))
        self._context.shell.show_toast(t("ledger.inserted", n=count), t("ui.undo"), self.undo)

    @Slot()
    def _delete_selected(self) -> None:
        self._on_delete(self._grid.selected_rows())

    @Slot(list)
    def _on_delete(self, rows: list[int]) -> None:
        """Delete records as one step; what others refer to stays, and says so."""
        doomed: dict[str, list[str]] = {}
        for source in map(self._model.source_row, rows):
            if source >= 0:
                record = self._model.records[source]
                doomed.setdefault(record.entity, []).append(record.key)
        count = sum(map(len, doomed.values()))
        editing = self._context.services.editing

        def work(progress: Progress) -> int:
            return editing.delete_all(doomed, progress=progress)

        words = t("ledger.deleting", n=f"{count:,}")
        self._context.rewinding.write(work, count, words, self._on_deleted)

    def _on_deleted(self, deleted: int) -> None:
        if deleted:
            words = t("ledger.deleted", n=deleted)
            self._context.shell.show_toast(words, t("ui.undo"), self.undo)


def _not_added(preview: Preview) -> str:
    """Return why pasted rows made no record, each reason once."""
    reasons = [
        t(f"importing.reason.{item.words}") for table in preview.tables() for item in table.rejected
    ]
    reasons += [
        t(f"importing.outcome.{outcome.value}")
        for table in preview.tables()
        for outcome in table.outcomes
        if outcome not in (Outcome.NEW, Outcome.REJECTED)
    ]
    return t("import_dialog.semicolon").join(dict.fromkeys(reasons))
