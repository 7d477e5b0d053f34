# SPDX-License-Identifier: MIT
"""The ledger page (资产台账): asset register, one table per kind of record, detail panel."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.frame.welcome import BeginPage
from workbench.ui.look import theme
from workbench.ui.models.asset_columns import ASSET_ENTITIES, REGISTER, register_columns
from workbench.ui.models.asset_register import AssetRegister
from workbench.ui.models.lease_table import LeaseTable
from workbench.ui.models.park_state import park_state, state_signals
from workbench.ui.models.record_table import RecordTable
from workbench.ui.pages.ledger.detail import DetailPanel
from workbench.ui.pages.ledger.memory import LedgerMemory
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.pages.ledger.problems import ProblemList
from workbench.ui.pages.ledger.record_actions import ACTIONS, RecordActions
from workbench.ui.pages.ledger.sheet import LedgerSheet
from workbench.ui.pages.ledger.tabs import EntityTabs
from workbench.ui.pages.ledger.tree import TreePanel
from workbench.ui.pages.ledger.views import ASSET_VIEWS, RECORD_VIEWS
from workbench.ui.pages.page import Page
from workbench.ui.texts import language, t
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.hairline import Hairline

_DETAIL_FROM = 1360
_DETAIL_SETTLES_MS = 30


class LedgerPage(Page):
    """Everything that a team keeps about its parks, editable in place."""

    KEY = "ledger"
    ICON = "table-2"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._sheets: dict[str, LedgerSheet] = {}
        memory = context.memory.get(self.KEY)
        self._memory = memory if isinstance(memory, LedgerMemory) else LedgerMemory()
        self._state = park_state(context)
        self._detail_wanted: bool | None = None
        self._place: Record | None = None
        entries = [(REGISTER, t("ledger.assets"))]
        entries += [(entity.key, entity.title(language())) for entity in CATALOGUE.ledger()]
        self.tabs = EntityTabs(entries)
        self._tables = QStackedWidget()
        self.problems = ProblemList(context)
        self.problems.cell_asked.connect(self._go_to)
        self._problems_button = IconButton("triangle-alert", t("ledger_problems.toggle"))
        self._problems_button.clicked.connect(self.problems.toggle)
        self.tree = TreePanel()
        self.tree.place_chosen.connect(self._on_place)
        self.tree.wanted = self._memory.tree
        self.detail = DetailPanel(context)
        self.detail.target_asked.connect(self.show_target)
        self.detail.action_asked.connect(self._on_action)
        self.record_actions = RecordActions(context, self)
        self.record_actions.target_asked.connect(self.show_target)
        self._body = self._make_body()
        self._begin = self._make_begin()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._begin)
        self.column.addWidget(self._stack)
        self._import = Button(t("ledger.import"), icon="upload", shortcut="Ctrl+I")
        self._import.clicked.connect(self.open_import)
        self._new = Button(t("ledger.new_asset"), "primary", icon="plus", shortcut="Ctrl+N")
        self._new.clicked.connect(self.open_new)
        self._detail_clock = QTimer(self)
        self._detail_clock.setSingleShot(True)
        self._detail_clock.setInterval(_DETAIL_SETTLES_MS)
        self._detail_clock.timeout.connect(self._show_detail)
        context.changed.connect(self._refresh)
        context.park_chosen.connect(self._refresh)
        context.as_of_chosen.connect(self._refresh)
        state_signals().computed.connect(self._refresh)
        if self._memory.table in (REGISTER, *(entity.key for entity in CATALOGUE.ledger())):
            self.tabs.choose(self._memory.table)
        self.tabs.chosen.connect(self._show_sheet)
        self._show_sheet(self.tabs.current())

    # ---- what the window calls

    @override
    def top_actions(self) -> list[QWidget]:
        return [self._import, self._new]

    @override
    def show_target(self, target: str) -> None:
        """Show ``entity:key:field`` or ``table:entity``, or do ``import[:files]`` and the like."""
        what, _, rest = target.partition(":")
        if what == "import":
            self.open_import([path for path in rest.split("\n") if path])
        elif what == "new":
            self.open_new(rest)
        elif what == "problems":
            self.next_problem()
        elif what in ACTIONS:
            self.record_actions.follow(what, rest, self.sheet())
        elif what == "view":
            self._show_view(rest)
        elif what == "table":
            self.tabs.choose(rest)
        elif what in CATALOGUE:
            key, _, field = rest.partition(":")
            self._go_to(what, key, field)

    @override
    def leave(self) -> None:
        self.record_actions.leave()
        for sheet in self._sheets.values():
            sheet.grid.finish_editing()
        kept = {key: sheet.remember() for key, sheet in self._sheets.items()}
        self.context.memory[self.KEY] = LedgerMemory(self.tabs.current(), self.tree.wanted, kept)

    @override
    def may_close(self) -> bool:
        return self.record_actions.leave()

    @override
    def badge(self) -> tuple[str, str]:
        count = self._state.asset_count()
        return (str(count) if count else "", "neutral")

    def toggle_detail(self) -> None:
        """Show or hide the detail panel."""
        self._detail_wanted = self.detail.isHidden()
        self._fit_detail()

    def detail_pane(self) -> QWidget | None:
        """Return the detail panel, None while it is hidden."""
        return None if self.detail.isHidden() else self.detail

    def focus_detail(self) -> None:
        """Show the detail panel and move the focus into it."""
        self._detail_wanted = True
        self._fit_detail()
        self._show_detail()
        self.detail.first_focus().setFocus()

    def next_problem(self) -> None:
        """Go to the cell of the next problem, the errors first."""
        self.problems.next()

    def open_problems(self) -> None:
        """Show the list of problems."""
        self.problems.open_list()

    def set_density(self, density: str) -> None:
        """Show rows as compact, standard or roomy."""
        for sheet in self._sheets.values():
            sheet.set_density(density)

    def recalculate(self) -> None:
        """Compute the figures of the assets again."""
        self._refresh()

    # ---- parts

    def sheet(self) -> LedgerSheet:
        """Return the table that is shown."""
        return self._sheets[self.tabs.current()]

    def _make_body(self) -> QWidget:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QWidget()
        left.setObjectName("surface")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.current().px(8), 0, 0, 0)
        head.addWidget(self.tree.button)
        head.addWidget(self.tabs, 1)
        head.addWidget(self._problems_button)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self._tables, 1)
        column.addWidget(self.problems)
        row.addWidget(self.tree)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(left, 1)
        row.addWidget(self.detail)
        return body

    def _make_begin(self) -> BeginPage:
        begin = BeginPage(t("ledger.begin"), t("ledger.begin_text"))
        begin.import_clicked.connect(self.open_import)
        begin.new_clicked.connect(self.open_new)
        begin.hide_sample()
        begin.add_privacy(t("window.private_at", path=self.context.services.project))
        return begin

    @Slot(str)
    def _show_sheet(self, key: str) -> None:
        """Show a table, which is made now if it was not there yet."""
        sheet = self._sheets.get(key)
        if sheet is None:
            sheet = self._sheets[key] = self._make_sheet(key)
            self._tables.addWidget(sheet)
        before, focused = self._tables.currentWidget(), QApplication.focusWidget()
        was_inside = before is not None and focused is not None and before.isAncestorOf(focused)
        self._tables.setCurrentWidget(sheet)
        if was_inside:  # Qt hands the focus of what is hidden to whatever comes next
            sheet.grid.setFocus()
        self.setFocusProxy(sheet.grid)
        self._fill(sheet)
        self._show_counts()
        self._show_begin()

    def _make_sheet(self, key: str) -> LedgerSheet:
        if key == REGISTER:
            columns = register_columns(self.context.services.catalogue)
            usual = [column.key for column in columns if column.key != "note"]
            register = AssetRegister(self.context, self)
            sheet = LedgerSheet(self.context, key, register, ASSET_VIEWS, usual)
        else:
            entity = self.context.services.catalogue[key]
            make = LeaseTable if key == "lease" else RecordTable
            table = make(self.context, entity, self)
            sheet = LedgerSheet(self.context, key, table, RECORD_VIEWS, table.usual_columns())
        sheet.set_density(self.context.program.settings.density)
        if key in self._memory.sheets:
            sheet.restore(self._memory.sheets[key])
        sheet.shown.connect(self._on_shown)
        sheet.new_asked.connect(self.open_new)
        sheet.grid.menu_opening.connect(self._on_menu)
        sheet.grid.fix_asked.connect(self.problems.take_fix)
        sheet.place_left.connect(self._leave_place)
        sheet.density_chosen.connect(self._on_density)
        return sheet

    def _make_sheets_anew(self) -> None:
        """Let go of the tables, whose columns are no longer the fields that there are."""
        for sheet in self._sheets.values():
            sheet.grid.finish_editing()
            self._tables.removeWidget(sheet)
            sheet.deleteLater()
        self._sheets.clear()
        self._show_sheet(self.tabs.current())

    @Slot(object)
    def _on_place(self, place: Record | None) -> None:
        self._place = place
        if self._sheets:
            self.sheet().set_place(place)

    @Slot()
    def _leave_place(self) -> None:
        self.tree.choose_all()
        self._on_place(None)

    def _fill(self, sheet: LedgerSheet) -> None:
        self.problems.follow(self._state)
        sheet.set_place(self._place)
        sheet.show_state(self._state, self._records(sheet.key))

    def _records(self, key: str) -> Sequence[Record]:
        return self._state.assets if key == REGISTER else self._state.ledger.all(key)

    def _show_counts(self) -> None:
        counts = [len(self._state.ledger.all(entity.key)) for entity in CATALOGUE.ledger()]
        self.tabs.set_counts([self._state.asset_count(), *counts])

    def _show_begin(self) -> None:
        """Say how to begin while the project has no record at all."""
        empty = not any(self._state.ledger.all(entity.key) for entity in CATALOGUE.ledger())
        self._stack.setCurrentWidget(self._begin if empty else self._body)

    # ---- following

    @Slot()
    def _refresh(self) -> None:
        catalogue = self._state.ledger.catalogue
        self._state = park_state(self.context)
        if self._state.ledger.catalogue is not catalogue:
            self._make_sheets_anew()
        self.tree.take(self._state, self.context.park_key)
        self._show_counts()
        self._show_begin()
        self._fill(self.sheet())

    @Slot(object)
    def _on_shown(self, _record: Record | None) -> None:
        self._detail_clock.start()

    @Slot()
    def _show_detail(self) -> None:
        if not self.detail.isHidden():
            self.detail.show_record(self.sheet().current_record(), self._state)

    @Slot(str)
    def _on_density(self, density: str) -> None:
        program = self.context.program
        self.context.shell.change_settings(
            replace(program.settings, density=density, language=program.language)
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_detail()
        self.tree.take(self._state, self.context.park_key)

    def _fit_detail(self) -> None:
        """Hide the panel in a narrow window, unless it was asked for."""
        wide = self.window().width() >= theme.current().px(_DETAIL_FROM)
        shown = wide if self._detail_wanted is None else self._detail_wanted
        if shown == self.detail.isHidden():
            self.detail.setVisible(shown)
            self._detail_clock.start()

    # ---- going

    @Slot(str, str, str)
    def _go_to(self, entity: str, key: str, field: str) -> None:
        """Show a record; assets are shown in the register unless it has no column for the field.

        Whoever works in the table of one kind stays there.
        """
        columns = register_columns(self.context.services.catalogue)
        shown_in_register = {c.fields.get(entity, "") for c in columns}
        table = entity
        fits = not field or field in shown_in_register
        if entity in ASSET_ENTITIES and fits and self.tabs.current() != entity:
            table = REGISTER
        self.tabs.choose(table)
        sheet = self.sheet()
        column = field
        if table == REGISTER:
            column = next((c.key for c in columns if c.fields.get(entity) == field), "name")
        if not sheet.go_to_record(entity, key, column):
            self.context.shell.show_toast(t("ledger.not_in_park"))
        sheet.grid.setFocus()

    @Slot(QMenu)
    def _on_menu(self, menu: QMenu) -> None:
        self.record_actions.extend_menu(menu, self.sheet().current_record())

    @Slot(str)
    def _on_action(self, action: str) -> None:
        if (record := self.detail.record()) is not None:
            self.record_actions.run(action, record)

    def _show_view(self, key: str) -> None:
        self.tabs.choose(REGISTER)
        self.sheet().choose_view(key)
        self.sheet().grid.setFocus()

    @Slot()
    def open_import(self, files: Sequence[str] | bool = ()) -> None:
        """Begin an import; a clicked button hands over its state, which says nothing."""
        from workbench.ui.pages.imports.dialog import ImportDialog  # reads workbooks

        self.leave()
        paths = [] if isinstance(files, bool) else list(files)
        dialog = ImportDialog(self.context, self.context.shell.dialog_host, paths)
        dialog.open()

    @Slot()
    def open_new(self, entity: str | bool = "") -> None:
        """Begin a new record of the table that is shown, or of an entity."""
        self.leave()
        wanted = "" if isinstance(entity, bool) else entity
        if not self._state.ledger.all("park"):
            wanted = "park"
        elif not wanted and self.tabs.current() != REGISTER:
            wanted = self.tabs.current()
        entities = (wanted,) if wanted else ASSET_ENTITIES
        dialog = NewRecordDialog(self.context, self.context.shell.dialog_host, entities)
        dialog.added.connect(self._on_added)
        dialog.open()

    @Slot(str, str)
    def _on_added(self, entity: str, key: str) -> None:
        self._go_to(entity, key, "")
        self.context.shell.show_toast(t("ledger.added"), t("ui.undo"), self.sheet().undo)
