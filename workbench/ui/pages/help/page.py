# SPDX-License-Identifier: MIT
"""The help page: guide, shortcuts, the project's change log, what the program is made of."""

import platform
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Slot, qVersion
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from workbench import __version__
from workbench.application.store_ports import Operation, OperationKind
from workbench.domain.overriding import override
from workbench.ui.context import UiContext
from workbench.ui.desktop import open_folder
from workbench.ui.frame.commands import COMMANDS
from workbench.ui.frame.shortcut_sheet import GRID_KEYS
from workbench.ui.look import theme
from workbench.ui.pages import PAGES
from workbench.ui.pages.help.guide import GuidePage
from workbench.ui.pages.page import Page
from workbench.ui.steps import step_name
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, ScrollPage
from workbench.ui.widgets.buttons import Button, Tabs
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.key_values import KeyValue, KeyValues
from workbench.ui.widgets.keycap import KeyCap
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_NEWEST = 300
_CARD_WIDTH = 720
_TABS = ("guide", "shortcuts", "log", "about")
_CHECKLIST_KEYS = (("status", "Space"), ("done", "Ctrl+Enter"))


class HelpPage(Page):
    """Four tabs; the change log follows the project."""

    KEY = "help"
    ICON = "circle-help"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.tabs = Tabs([(key, t(f"help.tab_{key}")) for key in _TABS])
        self.tabs.chosen.connect(self._on_tab)
        self.log = ReadTable(
            t("help.tab_log"),
            (
                Column(t("help.when"), width=160),
                Column(t("help.who"), width=140),
                Column(t("help.what"), share=1),
                Column(t("help.state"), width=110),
            ),
            fits=False,
        )
        self._stack = QStackedWidget()
        sheet = Box("surface", margins=(14, 0, 0, 0))
        sheet.add(self.log)
        self.guide = GuidePage()
        self.guide.page_asked.connect(context.shell.go)
        for part in (self.guide, self._shortcuts(), sheet, self._about()):
            self._stack.addWidget(part)
        head = Box("surface", margins=(24, 10, 24, 10))
        head.add(self.tabs)
        self.column.addWidget(head)
        self.column.addWidget(Hairline())
        self.column.addWidget(self._stack, 1)
        context.changed.connect(self._on_changed)

    @override
    def show_target(self, target: str) -> None:
        """Show a tab: ``guide`` or ``guide:PAGE``, ``shortcuts``, ``log``, ``about``."""
        tab, _, page = target.partition(":")
        self.tabs.set_current(tab)
        self.guide.show_page(page)
        self._on_tab(self.tabs.current())

    def _shortcuts(self) -> QWidget:
        page = ScrollPage()
        groups = (
            ("pages", [(t(entry.title_key), entry.shortcut) for entry in PAGES]),
            ("window", [(c.title, c.shortcut) for c in COMMANDS if c.shortcut]),
            ("grid", [(t(f"window.grid_key.{key}"), keys) for key, keys in GRID_KEYS]),
            ("checklist", [(t(f"help.key_{key}"), keys) for key, keys in _CHECKLIST_KEYS]),
        )
        for name, entries in groups:
            card = Card(t(f"help.keys_{name}"))
            card.setMaximumWidth(theme.current().px(_CARD_WIDTH))
            card.add(_keys(entries))
            page.add(card)
        page.content.addStretch(1)
        return page

    def _about(self) -> QWidget:
        page = ScrollPage()
        about = Card(t("ui.product"), t("help.purpose"))
        about.add(
            KeyValues(
                [
                    KeyValue(t("help.version"), __version__),
                    KeyValue("Qt / PySide6", f"{qVersion()} / {pyside_version}"),
                    KeyValue("Python", platform.python_version()),
                    KeyValue(t("help.content_edition"), self.context.services.content.edition),
                    KeyValue(t("help.parameter_set"), self.context.services.content.parameters.id),
                    KeyValue(t("help.log_file"), str(self.context.program.log_path())),
                ],
                label_width=120,
            )
        )
        folder = Button(t("help.open_log_folder"), icon="folder-open")
        folder.clicked.connect(self._on_folder)
        row = Box("plain", horizontal=True)
        row.add(folder)
        row.add_stretch()
        about.add(row)
        licences = Card(t("help.licences"))
        for key in ("own", "qt", "font", "icons", "others"):
            words = t(f"help.licence_{key}", qt=qVersion())
            licences.add(Label(words, wrap=True, selectable=True))
        sources = Card(t("help.sources"))
        for key in ("article", "figures", "forecast"):
            sources.add(Label(t(f"help.source_{key}"), wrap=True, selectable=True))
        for card in (about, licences, sources):
            card.setMaximumWidth(theme.current().px(_CARD_WIDTH))
            page.add(card)
        page.content.addStretch(1)
        return page

    @Slot(str)
    def _on_tab(self, tab: str) -> None:
        self._stack.setCurrentIndex(_TABS.index(tab))
        if tab == "log":
            self._read_log()

    @Slot()
    def _on_changed(self) -> None:
        if self.tabs.current() == "log":
            self._read_log()

    def _read_log(self) -> None:
        newest = self.context.services.querying.operations(_NEWEST)
        self.log.set_rows([_row(operation) for operation in newest])

    @Slot()
    def _on_folder(self) -> None:
        path = Path(self.context.program.log_path())
        if not open_folder(path):
            self.context.shell.show_toast(t("help.cannot_open", path=str(path.parent)))


def _keys(entries: list[tuple[str, str]]) -> QWidget:
    """Return titles with their keys in two columns."""
    px = theme.current().px
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(6))
    rows = -(-len(entries) // 2)
    for at, (title, keys) in enumerate(entries):
        column, row = divmod(at, rows)
        grid.addWidget(Label(title), row, column * 2)
        grid.addWidget(KeyCap(keys), row, column * 2 + 1)
        grid.setColumnStretch(column * 2, 1)
    return holder


def _row(operation: Operation) -> Row:
    """Return one operation as a line of the log."""
    name = step_name(operation.label, operation.params)
    if operation.kind in (OperationKind.UNDO, OperationKind.REDO):
        name = t(f"help.kind_{operation.kind}", step=name)
    undone = operation.undone and operation.kind == OperationKind.DO
    state = Cell(t("help.undone"), tone="neutral", pill=True) if undone else Cell("")
    return Row(
        str(operation.sequence),
        (
            Cell(f"{operation.at.astimezone():%Y-%m-%d %H:%M:%S}", tone="text2"),
            Cell(operation.actor, tone="text2"),
            Cell(name, detail=operation.reason),
            state,
        ),
    )
