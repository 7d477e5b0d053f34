# SPDX-License-Identifier: MIT
"""Evidence files of the checklist: attach off the window's thread, open a copy, export."""

from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.checklist_sheet import ChecklistSheet
from workbench.application.ports import Progress
from workbench.domain.checklist.state import ItemState
from workbench.domain.findings import OutputError, UserError
from workbench.domain.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.desktop import open_file
from workbench.ui.file_dialogs import choose_target
from workbench.ui.texts import t


class EvidenceFiles(QObject):
    """What a checklist page does with files; copies that were opened go with the page."""

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._copies = QTemporaryDir()

    def attach(self, sheet: ChecklistSheet, item_id: str, paths: list[str]) -> None:
        """Copy files into the project as evidence of an item; its status stays as it is."""
        services = self._context.services
        state = sheet.state(item_id)

        def work(_progress: Progress) -> ItemState:
            return services.ticking.set_state(sheet.assessment, item_id, state, paths)

        self._context.run(t("checklist.attaching", n=len(paths)), work)

    @Slot(str)
    def open(self, key: str) -> None:
        """Open a copy of a file; the kept one is never touched."""
        if (record := self._find(key)) is None:
            return
        target = Path(self._copies.filePath(key))
        target.mkdir(exist_ok=True)
        copy = target / Path(record.label).name
        if self._write(record, copy) and not open_file(copy):
            self._context.shell.show_toast(t("checklist.cannot_open", name=record.label))

    @Slot(str)
    def export(self, key: str) -> None:
        """Write a copy of a file where the user wants it."""
        if (record := self._find(key)) is None:
            return
        name = Path(record.label).name
        kind = f"{Path(name).suffix[1:].upper()} (*{Path(name).suffix})" if "." in name else ""
        target = choose_target(self._page, t("checklist.export_file", name=name), name, kind)
        if target and self._write(record, Path(target)):
            self._context.shell.show_toast(t("checklist.exported", path=target))

    def _find(self, key: str) -> Record | None:
        return self._context.services.querying.record("evidence", key)

    def _write(self, record: Record, target: Path) -> bool:
        """Write the content; a place that cannot be written is said in words."""
        try:
            content = self._context.services.ticking.evidence_content(record)
            try:
                target.write_bytes(content)
            except OSError as error:
                raise OutputError(
                    "project.cannot_write", path=str(target), reason=error.strerror or ""
                ) from error
        except UserError as error:
            self._context.shell.show_error(error)
            return False
        return True
