# SPDX-License-Identifier: MIT
"""The settings tab of the backups: where they lie, how many stay, what each is worth."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.application.ports import Progress
from workbench.application.project.safekeeping import USABLE, Backup, Health, Made
from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.desktop import open_folder
from workbench.ui.file_dialogs import choose_folder
from workbench.ui.look import theme
from workbench.ui.pages.settings.clean_button import CleanButton
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, Segments
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Confirmation
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_GENERATIONS = (3, 5, 10, 20, 50)
_TONES = {Health.GOOD: "success", Health.ALTERED: "danger", Health.EMPTY: "danger"}
_MIB = 1024 * 1024


class BackupsView(Box):
    """Lists the backups of the open project; each is read before its health is said."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("surface")
        self._context = context
        self._found: dict[str, Backup] = {}
        self._pressed = False
        self.folder = Label("", "caption", wrap=True, selectable=True)
        self.state = Label(t("backups.reading"), "caption", wrap=True)
        self.table = ReadTable(
            t("settings.tab_backups"),
            (
                Column(t("safekeeping.column.at"), width=150),
                Column(t("safekeeping.column.size"), width=96, right=True),
                Column(t("safekeeping.column.health"), share=3),
                Column(t("safekeeping.column.name"), share=5),
            ),
            fits=False,
            opens=True,
        )
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.add(self._head())
        self.add(self._choices())
        self.add(Hairline())
        self._sheet = Box("surface", margins=(14, 0, 0, 0))
        self._sheet.add(self.table)
        self.add(self._sheet, 1)
        self._nothing = EmptyState(t("backups.none"), t("backups.none_text"), ground="surface")
        self._nothing.hide()
        self.add(self._nothing, 1)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        row = _row((24, 12, 24, 4))
        row.addWidget(self.folder, 1)
        self.choose = Button(t("backups.choose_folder"))
        self.open = Button(t("settings.open_folder"))
        self.clean = CleanButton(self._context)
        self.restore = Button(t("backups.restore"))
        self.make = Button(t("backups.now"), "primary", icon="plus")
        row.addWidget(self.clean)
        acts = (self._on_folder, self._on_open, self._on_restore, self._on_make)
        for button, act in zip(
            (self.choose, self.open, self.restore, self.make), acts, strict=True
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        return row

    def _choices(self) -> QHBoxLayout:
        settings = self._context.program.settings
        row = _row((24, 4, 24, 12))
        counts = sorted({*_GENERATIONS, settings.backup_generations})
        self.generations = ChoiceBox(
            t("backups.generations"),
            [(str(count), t("backups.keep_n", n=count)) for count in counts],
            str(settings.backup_generations),
        )
        self.generations.activated.connect(self._on_generations)
        pairs = [(key, t(f"backups.at_close_{key}")) for key in ("yes", "no")]
        self.at_close = Segments(pairs, "yes" if settings.backup_at_close else "no")
        self.at_close.chosen.connect(self._on_at_close)
        former = sorted({*_GENERATIONS, settings.former_files})
        self.former = ChoiceBox(
            t("backups.former"),
            [(str(count), t("backups.former_n", n=count)) for count in former],
            str(settings.former_files),
        )
        self.former.activated.connect(self._on_former)
        row.addWidget(self.generations)
        row.addWidget(self.former)
        row.addWidget(self.at_close)
        row.addWidget(self.state, 1)
        return row

    def place(self) -> str:
        """Return the folder in which the backups lie."""
        return self._context.program.backup_folder(self._context.services.project)

    def chosen(self) -> Backup | None:
        """Return the backup that the restore button acts on."""
        return self._found.get(self.table.chosen())

    def _on_server(self) -> bool:
        """Tell whether the project is on a server: it is backed up here, restored elsewhere."""
        return "://" in self._context.services.project

    def refresh(self) -> None:
        """Read the folder anew."""
        program, project = self._context.program, self._context.services.project
        self._on_chosen()
        folder = self.place()
        self.folder.setText(t("backups.folder", folder=folder))

        def work(progress: Progress) -> Sequence[Backup]:
            return program.safekeeping.backups(project, folder, progress)

        task = self._context.run(t("backups.reading"), work)
        task.succeeded.connect(self._on_read)

    @Slot(object)
    def _on_read(self, found: Sequence[Backup]) -> None:
        self._found = {backup.path: backup for backup in found}
        self.table.set_rows([_line(backup) for backup in found])
        if found and self.chosen() is None:
            self.table.choose(found[0].path)
        self.state.setText(t("backups.count", n=len(found)) if found else "")
        self._sheet.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        backup = self.chosen()
        usable = backup is not None and backup.health in USABLE
        self.restore.setEnabled(usable and not self._on_server())

    @Slot()
    def _on_make(self) -> None:
        program, project = self._context.program, self._context.services.project
        self._pressed = self.make.hasFocus()
        self.make.setEnabled(False)

        def work(progress: Progress) -> Made:
            return program.back_up(project, progress=progress)

        task = self._context.run(t("backups.now"), work)
        task.succeeded.connect(self._on_made)
        task.finished.connect(self._on_make_ended)

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        troubles = len(made.verification.troubles)
        code = "backups.made_issues" if troubles else "backups.made"
        words = t(code, name=made.backup.name, n=troubles)
        self._context.shell.show_toast(words)
        self.refresh()

    @Slot()
    def _on_make_ended(self) -> None:
        self.make.setEnabled(True)
        if self._pressed:  # a button that is off gives the focus away
            self.make.setFocus()

    @Slot()
    def _on_restore(self) -> None:
        backup = self.chosen()
        if backup is None:
            return
        at = f"{backup.at:%Y-%m-%d %H:%M}"
        Confirmation(
            self._context.shell.dialog_host,
            t("backups.restore_title", at=at),
            t("backups.restore_text", at=at, project=Path(self._context.services.project).name),
            t("backups.restore_this"),
            lambda: self._context.shell.restore_backup(backup.path),
            danger=True,
        ).open()

    @Slot()
    def _on_folder(self) -> None:
        if chosen := choose_folder(self.window(), t("backups.choose_folder"), self.place()):
            self._change(backup_folder=chosen)
            self.refresh()

    @Slot()
    def _on_open(self) -> None:
        place = Path(self.place())
        if not place.is_dir() or not open_folder(place):
            self._context.shell.show_toast(t("settings.cannot_open", path=str(place)))

    @Slot()
    def _on_generations(self) -> None:
        self._change(backup_generations=int(self.generations.chosen()))

    @Slot()
    def _on_former(self) -> None:
        self._change(former_files=int(self.former.chosen()))

    @Slot(str)
    def _on_at_close(self, chosen: str) -> None:
        self._change(backup_at_close=chosen == "yes")

    def _change(self, **changes: Any) -> None:
        settings = self._context.program.settings
        wanted = replace(settings, **{"language": language(), **changes})
        try:
            self._context.shell.change_settings(wanted)
        except UserError as error:
            self._context.shell.show_error(error)


def _row(margins: tuple[int, int, int, int]) -> QHBoxLayout:
    px = theme.current().px
    row = QHBoxLayout()
    row.setContentsMargins(*(px(each) for each in margins))
    row.setSpacing(px(8))
    return row


def _line(backup: Backup) -> Row:
    size = backup.size
    words = f"{size / _MIB:.1f} MB" if size >= _MIB else f"{-(-size // 1024)} KB"
    return Row(backup.path, (
        Cell(f"{backup.at:%Y-%m-%d %H:%M}"),
        Cell(words),
        Cell(t(f"safekeeping.health.{backup.health}"), tone=_TONES.get(backup.health, "text")),
        Cell(backup.name),
    ))  # fmt: skip
