# SPDX-License-Identifier: MIT
"""The sheet of all shortcuts (Ctrl+/)."""

from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui.frame.commands import COMMANDS
from workbench.ui.look import theme
from workbench.ui.pages import PAGES
from workbench.ui.texts import t
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.keycap import KeyCap
from workbench.ui.widgets.label import Label

_COLUMNS = 3
GRID_KEYS = (
    ("edit", "F2"),
    ("list", "Alt+↓"),
    ("find", "Ctrl+F"),
    ("replace", "Ctrl+H"),
    ("filter", "Ctrl+Shift+L"),
    ("fill_down", "Ctrl+D"),
    ("fill_right", "Ctrl+R"),
    ("fill_selection", "Ctrl+Enter"),
    ("select_row", "Shift+Space"),
    ("select_column", "Ctrl+Space"),
    ("today", "Ctrl+;"),
    ("copy_above", "Ctrl+'"),
    ("screen_aside", "Alt+PgUp/PgDn"),
    ("freeze", "Ctrl+Shift+F"),
    ("move_column", "Alt+Shift+←→"),
    ("column_width", "Alt+←→"),
    ("insert", "Ctrl+Shift+="),
    ("delete", "Ctrl+-"),
    ("take_fix", "Alt+Enter"),
)
"""The table's own keys that people look up."""


class ShortcutSheet(Dialog):
    """Lists the window's and the table's shortcuts in columns."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, t("window.command.shortcuts"), width=1040)
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        entries = [(t(page.title_key), page.shortcut) for page in PAGES]
        entries += [(command.title, command.shortcut) for command in COMMANDS if command.shortcut]
        entries += [(t(f"window.grid_key.{key}"), shortcut) for key, shortcut in GRID_KEYS]
        rows = -(-len(entries) // _COLUMNS)
        for at, (title, shortcut) in enumerate(entries):
            column, row = divmod(at, rows)
            grid.addWidget(Label(title), row, column * 2)
            grid.addWidget(KeyCap(shortcut), row, column * 2 + 1)
            grid.setColumnStretch(column * 2, 1)
        self.body.addLayout(grid)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)
