# SPDX-License-Identifier: MIT
"""What the window can be told to do: by key, from the palette, or from a menu."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from workbench.ui.pages import PAGES
from workbench.ui.texts import t


@dataclass(frozen=True, slots=True)
class Command:
    """One command; ``section`` says where the palette lists it, "" keeps it out of the palette."""

    key: str
    icon: str
    shortcut: str = ""
    section: str = "actions"
    needs_project: bool = True
    more_shortcuts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the command in words."""
        return t(f"window.command.{self.key}")


COMMANDS = (
    Command("import", "upload", "Ctrl+I"),
    Command("new_asset", "file-plus-2", "Ctrl+N"),
    Command("export_report", "download", "Ctrl+E"),
    Command("undo", "undo-2", "Ctrl+Z"),
    Command("redo", "redo-2", "Ctrl+Y", more_shortcuts=("Ctrl+Shift+Z",)),
    Command("save", "save", "Ctrl+S"),
    Command("recalculate", "refresh-cw", "F5"),
    Command("record_form", "pencil", "Shift+F4"),
    Command("bulk_edit", "list-checks", "Ctrl+Shift+E"),
    Command("duplicates", "copy"),
    Command("expiries", "clock"),
    Command("next_problem", "circle-alert", "F8"),
    Command("open_project", "folder-open", "Ctrl+O", needs_project=False),
    Command("new_project", "plus", "Ctrl+Shift+N", needs_project=False),
    Command("open_sample", "sparkles", needs_project=False),
    Command("merge_copy", "git-compare"),
    Command("detail", "panel-right", "Ctrl+."),
    Command("focus_detail", "panel-right", "F4", ""),
    Command("next_pane", "layers", "F6", "", needs_project=False),
    Command("palette", "search", "Ctrl+K", "", needs_project=False),
    Command("toggle_theme", "moon", "", "settings", needs_project=False),
    Command("toggle_language", "languages", "", "settings", needs_project=False),
    Command("zoom_in", "plus", "Ctrl+=", "settings", False, ("Ctrl++",)),
    Command("zoom_out", "minus", "Ctrl+-", "settings", needs_project=False),
    Command("zoom_reset", "monitor", "Ctrl+0", "settings", needs_project=False),
    Command("shortcuts", "keyboard", "Ctrl+/", "settings", needs_project=False),
)


class CommandKeys(QObject):
    """The window's shortcuts: ``commanded`` carries a command's key, ``page_wanted`` a page's."""

    commanded = Signal(str)
    page_wanted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for command in COMMANDS:
            shortcuts = (command.shortcut, *command.more_shortcuts)
            self._add(window, command.key, [keys for keys in shortcuts if keys])
        for page in PAGES:
            self._add(window, f"page:{page.key}", [page.shortcut])

    def _add(self, window: QWidget, key: str, shortcuts: list[str]) -> None:
        if not shortcuts:
            return
        action = QAction(window)
        action.setData(key)
        action.setShortcuts([QKeySequence(keys) for keys in shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(self._on_triggered)
        window.addAction(action)

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            kind, _, page = str(action.data()).partition(":")
            if page:
                self.page_wanted.emit(page)
            else:
                self.commanded.emit(kind)
