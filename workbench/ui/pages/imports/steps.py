# SPDX-License-Identifier: MIT
"""The line of steps at the top of the import, and the step that chooses the files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.application.imports.choices import OnExisting
from workbench.ui import file_dialogs
from workbench.ui.look import theme
from workbench.ui.pages.imports.park_line import ParkLine
from workbench.ui.pages.imports.past import PastImports
from workbench.ui.texts import t
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.drop_zone import DropZone
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import IconLabel, Label

STEPS = ("files", "columns", "check", "done")


class StepLine(Box):
    """Four steps: done ones ticked, the current one strong."""

    def __init__(self) -> None:
        super().__init__(horizontal=True, margins=(20, 10, 20, 10), spacing=8)
        self._marks: list[tuple[IconLabel, Label]] = []
        for at, step in enumerate(STEPS):
            if at:
                line = Hairline()
                line.setFixedWidth(theme.current().px(40))
                self.content.addWidget(line)
            icon, label = IconLabel("circle", "text3"), Label(t(f"import_dialog.step_{step}"))
            self._marks.append((icon, label))
            self.content.addWidget(icon)
            self.content.addWidget(label)
        self.content.addStretch(1)
        self._where = Label("", "caption")
        self.content.addWidget(self._where)

    def set_step(self, step: str, where: str = "") -> None:
        """Show which step it is, and of what."""
        current = STEPS.index(step)
        last = len(STEPS) - 1
        for at, (icon, label) in enumerate(self._marks):
            done = at < current or current == last
            name = "circle-check" if done else "circle-dot" if at == current else "circle"
            icon.set_icon(name, "success" if done else "accent" if at == current else "text3")
            label.set_role("strong" if at == current else "body")
            label.set_tone("" if at <= current else "text2")
        self._where.setText(where)


class FilesStep(QWidget):
    """Drop or choose ledgers; ``files_changed`` tells that there are other ones."""

    files_changed = Signal()

    def __init__(self, parks: Sequence[str] = ()) -> None:
        super().__init__()
        px = theme.current().px
        self.files: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        self._trouble = Banner("", "danger")
        self._trouble.hide()
        column.addWidget(self._trouble)
        suffixes = " ".join(file_dialogs.WORKBOOK_SUFFIXES)
        self.zone = DropZone(
            t("import_dialog.drop"), t("import_dialog.drop_hint", suffixes=suffixes)
        )
        self.zone.clicked.connect(self._choose)
        self.zone.files_dropped.connect(self._on_dropped)
        self.zone.setMinimumHeight(px(128))
        column.addWidget(self.zone)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(4))
        column.addLayout(self._list)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        label = Label(t("import_dialog.on_existing"), "caption")
        self.on_existing = ChoiceBox(
            t("import_dialog.on_existing"),
            [(mode.value, t(f"import_dialog.existing_{mode.value}")) for mode in OnExisting],
            OnExisting.REVIEW.value,
        )
        label.setBuddy(self.on_existing)
        row.addWidget(label)
        row.addWidget(self.on_existing)
        row.addStretch(1)
        column.addLayout(row)
        self.park = ParkLine(parks)
        column.addWidget(self.park)
        column.addWidget(Label(t("import_dialog.safe"), "hint", wrap=True))
        column.addStretch(1)
        self.past = PastImports()
        column.addWidget(self.past)

    def set_files(self, files: Sequence[str]) -> None:
        """Show other files."""
        self.files = list(dict.fromkeys(files))
        self.set_trouble("")
        clear_layout(self._list)
        for path in self.files:
            self._list.addLayout(self._line(path))
        self.park.propose(self.files)
        self.files_changed.emit()

    def set_trouble(self, sentence: str) -> None:
        """Say why the files could not be read."""
        self._trouble.set_notice(sentence)
        self._trouble.setVisible(bool(sentence))

    def _line(self, path: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        name = Path(path).name
        row.addWidget(IconLabel("file-spreadsheet", "accent"))
        row.addWidget(Label(name))
        row.addWidget(Label(str(Path(path).parent), "hint"), 1)
        remove = IconButton("x", t("import_dialog.remove", name=name), compact=True)
        remove.setProperty("path", path)
        remove.clicked.connect(self._on_remove)
        row.addWidget(remove)
        return row

    @Slot()
    def _choose(self) -> None:
        if chosen := file_dialogs.choose_workbooks(self.window()):
            self.set_files([*self.files, *chosen])

    @Slot(list)
    def _on_dropped(self, files: list[Path]) -> None:
        known = [f for f in files if f.suffix.lower() in file_dialogs.WORKBOOK_SUFFIXES]
        others = [f.name for f in files if f not in known]
        if known:
            self.set_files([*self.files, *map(str, known)])
        if known and others:
            self.set_trouble(t("import_dialog.others_dropped", names=t("ledger.and").join(others)))
        elif others:
            self.set_trouble(t("import_dialog.not_a_ledger", name=others[0]))

    @Slot()
    def _on_remove(self) -> None:
        sender = self.sender()
        if isinstance(sender, IconButton):
            gone = sender.property("path")
            self.set_files([path for path in self.files if path != gone])
