# SPDX-License-Identifier: MIT
"""What can be done with one record beyond its cells: form, split, join, new related records."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.pages.ledger.record_form import RecordForm
from workbench.ui.pages.ledger.sheet import LedgerSheet
from workbench.ui.texts import t

ACTIONS = frozenset({"form", "split", "join", "bulk", "duplicates", "expiries"})
"""What a target may ask for."""


class RecordActions(QObject):
    """Opens the dialogs of one record; ``target_asked`` carries ``entity:key:field``."""

    target_asked = Signal(str)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self.form: RecordForm | None = None

    @staticmethod
    def of(record: Record) -> tuple[tuple[str, str, str], ...]:
        """Return what can be done with a record: key, icon, words."""
        form = ("form", "pencil", t("record_form.open"))
        if record.entity != "parcel":
            return (form,)
        return (
            form,
            ("split", "scissors", t("splitting.open")),
            ("join", "layers", t("splitting.open_join")),
        )

    def follow(self, action: str, place: str, sheet: LedgerSheet) -> None:
        """Do what a target asks for: with ``entity:key:field``, else with what a table shows."""
        entity, _, rest = place.partition(":")
        key, _, field = rest.partition(":")
        if action == "bulk":
            self.open_bulk(self._chosen(sheet), sheet.current_field())
        elif action == "duplicates":
            self.open_duplicates()
        elif action == "expiries":
            self.open_expiries()
        elif entity:
            record = self._context.services.querying.ledger().find(entity, key)
            if record is not None:
                self.run(action, record, field)
        elif (current := sheet.current_record()) is not None:
            self.run(action, current, "", self._chosen(sheet))

    @staticmethod
    def _chosen(sheet: LedgerSheet) -> list[Record]:
        rows = (sheet.model.record_at(row) for row in sheet.grid.selected_rows())
        return [record for record in rows if record is not None]

    def extend_menu(self, menu: QMenu, record: Record | None) -> None:
        """Add what is done with whole records to the menu of a table, at the current record."""
        menu.addSeparator()
        deeds = [
            ("form", t("record_form.open"), "Shift+F4"),
            ("bulk", t("bulk_editing.open"), "Ctrl+Shift+E"),
        ]
        if record is not None:
            deeds += [(key, words, "") for key, _, words in self.of(record) if key != "form"]
        for action, words, keys in deeds:
            added = menu.addAction(f"{words}\t{keys}" if keys else words)
            added.triggered.connect(partial(self.target_asked.emit, action))

    def run(
        self, action: str, record: Record, field: str = "", chosen: Sequence[Record] = ()
    ) -> None:
        """Do one of them, with what is chosen beside the record."""
        if action == "form":
            self.open_form(record, field)
        elif action == "split":
            self._open_split(record)
        elif action == "join":
            self._open_join(record, chosen)

    def open_form(self, record: Record, field: str = "") -> RecordForm:
        """Open the form of a record, at a field."""
        self.leave()
        form = RecordForm(self._context, self._context.shell.dialog_host, record)
        self.form = form
        form.target_asked.connect(self.target_asked)
        form.new_asked.connect(self.open_new)
        form.closed.connect(self._on_form_closed)
        form.open()
        if field:
            form.show_field(field)
        return form

    def leave(self) -> bool:
        """Keep what is typed in an open form; False when it cannot be read, which it then says."""
        return self.form is None or self.form.save()

    @Slot(str, dict)
    def open_new(self, entity: str, preset: Mapping[str, str]) -> None:
        """Begin a record that belongs to another."""
        host = self._context.shell.dialog_host
        dialog = NewRecordDialog(self._context, host, (entity,), preset)
        dialog.added.connect(self._on_added)
        dialog.open()

    def open_bulk(self, records: Sequence[Record], field: str = "") -> None:
        """Change records of one kind at once, beginning with a field."""
        from workbench.ui.pages.ledger.bulk_dialog import BulkDialog

        if not records or len({record.entity for record in records}) > 1:
            self._context.shell.show_toast(t("bulk_editing.one_kind"))
            return
        dialog = BulkDialog(self._context, self._context.shell.dialog_host, records, field)
        dialog.done.connect(self._on_bulk)
        dialog.open()

    def open_duplicates(self) -> None:
        """List the records that may be one."""
        from workbench.ui.pages.ledger.duplicates_dialog import DuplicatesDialog

        DuplicatesDialog(self._context, self._context.shell.dialog_host).open()

    def open_expiries(self) -> None:
        """List the encumbrances by end date."""
        from workbench.ui.pages.home.expiries_card import ExpiriesDialog

        dialog = ExpiriesDialog(self._context, self._context.shell.dialog_host)
        dialog.target_asked.connect(self.target_asked)
        dialog.open()

    @Slot(int)
    def _on_bulk(self, count: int) -> None:
        self._context.shell.show_toast(
            t("bulk_editing.was_done", n=count), t("ui.undo"), self._undo
        )

    def _open_split(self, record: Record) -> None:
        from workbench.ui.pages.ledger.split_dialog import SplitDialog

        dialog = SplitDialog(self._context, self._context.shell.dialog_host, record)
        dialog.done.connect(self._on_split)
        dialog.open()

    def _open_join(self, record: Record, chosen: Sequence[Record]) -> None:
        from workbench.ui.pages.ledger.join_dialog import JoinDialog

        others = {row.key for row in chosen if row.entity == record.entity}
        dialog = JoinDialog(self._context, self._context.shell.dialog_host, record, others)
        dialog.done.connect(self._on_joined)
        dialog.open()

    @Slot()
    def _on_form_closed(self) -> None:
        self.form = None

    @Slot(str, str)
    def _on_added(self, _entity: str, _key: str) -> None:
        self._context.shell.show_toast(t("ledger.added"), t("ui.undo"), self._undo)

    @Slot(list)
    def _on_split(self, keys: list[str]) -> None:
        self.target_asked.emit(f"parcel:{keys[0]}:")
        self._context.shell.show_toast(
            t("splitting.was_split", n=len(keys)), t("ui.undo"), self._undo
        )

    @Slot(str)
    def _on_joined(self, key: str) -> None:
        self.target_asked.emit(f"parcel:{key}:")
        self._context.shell.show_toast(t("splitting.was_joined"), t("ui.undo"), self._undo)

    def _undo(self) -> None:
        self._context.rewinding.undo()
