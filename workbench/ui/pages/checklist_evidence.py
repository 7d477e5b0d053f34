# SPDX-License-Identifier: MIT
"""The evidence of one checklist item: drop or choose files, open, export, remove."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalMapper, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from workbench.domain.ledger import Record
from workbench.ui import theme
from workbench.ui.desktop import choose_files
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.drop_zone import DropZone
from workbench.ui.widgets.label import IconLabel, Label

_KIB, _MIB = 1024, 1024 * 1024


class EvidenceBox(Box):
    """Asks with ``attach_asked`` (paths); the other signals carry a file's record key."""

    attach_asked = Signal(list)
    open_asked = Signal(str)
    export_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("plain", spacing=8)
        self._shown: list[str] = []
        self.zone = DropZone(t("checklist.drop"), t("checklist.drop_hint"))
        self.zone.files_dropped.connect(self._on_dropped)
        self.zone.clicked.connect(self.choose)
        self._choose = Button(t("checklist.choose_files"), icon="folder-open")
        self._choose.clicked.connect(self.choose)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.current().px(2))
        self._openers, self._exporters, self._removers = (QSignalMapper(self) for _ in range(3))
        self._openers.mappedString.connect(self.open_asked)
        self._exporters.mappedString.connect(self.export_asked)
        self._removers.mappedString.connect(self.remove_asked)
        self.add(self.zone)
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addStretch(1)
        self.add(row)
        self.add(self._list)

    def set_evidence(self, evidence: Sequence[Record]) -> None:
        """Show the files of an item."""
        if (keys := [record.key for record in evidence]) == self._shown:
            return
        self._shown = keys
        clear_layout(self._list)
        for record in evidence:
            self._list.addLayout(self._line(record))

    @Slot()
    def choose(self) -> None:
        """Ask for files to attach."""
        if files := choose_files(self, t("checklist.choose_files")):
            self.attach_asked.emit(list(files))

    def _line(self, record: Record) -> QHBoxLayout:
        """Return one file: name, size, and what can be done with it."""
        line = QHBoxLayout()
        line.setSpacing(theme.current().px(4))
        line.addWidget(IconLabel("file-text", "text2", 14))
        name = Button(record.label, "link", tip=t("checklist.open_file", name=record.label))
        name.setMinimumWidth(0)
        self._connect(name, self._openers, record)
        line.addWidget(name, 1)
        size = record.number("size")
        line.addWidget(Label("" if size is None else shown_size(int(size)), "hint"))
        for icon, key, mapper in (
            ("download", "checklist.export_file", self._exporters),
            ("trash-2", "checklist.remove_file", self._removers),
        ):
            button = IconButton(icon, t(key, name=record.label), compact=True)
            self._connect(button, mapper, record)
            line.addWidget(button)
        return line

    def _connect(self, button: Button | IconButton, mapper: QSignalMapper, record: Record) -> None:
        mapper.setMapping(button, record.key)
        button.clicked.connect(mapper.map)

    @Slot(list)
    def _on_dropped(self, files: list[Path]) -> None:
        self.attach_asked.emit([str(path) for path in files])


def shown_size(size: int) -> str:
    """Return a file size in B, KB or MB."""
    if size < _KIB:
        return f"{size} B"
    return f"{size / _KIB:,.0f} KB" if size < _MIB else f"{size / _MIB:,.1f} MB"
