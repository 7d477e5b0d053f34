# SPDX-License-Identifier: MIT
"""Carries out what the window is told to do, and keeps its words (undo, park, counts) right."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from workbench.bootstrap import LANGUAGES, Settings
from workbench.domain.findings import UserError
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.own_fields import ENTITY as OWN_FIELD
from workbench.ui import file_dialogs
from workbench.ui.context import UiContext
from workbench.ui.frame.commands import CommandKeys
from workbench.ui.frame.finder import Finder
from workbench.ui.frame.merging_copies import MergingCopies
from workbench.ui.frame.park_menu import ParkMenu
from workbench.ui.look import looks, theme
from workbench.ui.models.park_state import forget_state, park_state, state_signals
from workbench.ui.pages.abilities import (
    HasDensity,
    HasDetail,
    HasDetailPane,
    HasProblems,
    Recalculates,
)
from workbench.ui.steps import step_name
from workbench.ui.texts import language, t
from workbench.ui.widgets.palette import CommandPalette
from workbench.ui.widgets.tab_order import tab_stops

if TYPE_CHECKING:
    from workbench.ui.frame.window import Window

_NAMED = 2
"""How many steps a sentence names; the rest is counted."""


class WindowCommands(QObject):
    """The window's commands by key; ``run`` carries one out."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._context: UiContext | None = None
        self.copies = MergingCopies(window)
        self._finder = Finder(window.go, self.run, window.show_beside, self)
        self._palette: CommandPalette | None = None
        self._keys: CommandKeys | None = None
        self._import_next: list[str] = []
        self._new_next = False
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.timeout.connect(self._on_count)
        state_signals().computed.connect(self._count.start)
        self._commands: dict[str, Callable[[], object]] = {
            "import": self.import_ledger,
            "new_asset": self.new_asset,
            "export_report": self.export_report,
            "undo": self.undo,
            "redo": self.redo,
            "save": self.save,
            "recalculate": self.recalculate,
            "next_problem": self.next_problem,
            "record_form": partial(window.go, "ledger", "form"),
            "bulk_edit": partial(window.go, "ledger", "bulk"),
            "duplicates": partial(window.go, "ledger", "duplicates"),
            "expiries": partial(window.go, "ledger", "expiries"),
            "open_project": self.open_project,
            "new_project": self.new_project,
            "open_sample": window.opening.open_sample,
            "merge_copy": self.copies.ask,
            "detail": self.toggle_detail,
            "focus_detail": self.focus_detail,
            "next_pane": self.next_pane,
            "palette": self.open_palette,
            "toggle_theme": self.toggle_theme,
            "toggle_language": self.toggle_language,
            "zoom_in": self.zoom_in,
            "zoom_out": self.zoom_out,
            "zoom_reset": self.zoom_reset,
            "shortcuts": self.show_shortcuts,
        }

    def install(self) -> None:
        """Listen to the keys and to uncaught errors from now on."""
        if self._keys is None:
            self._keys = CommandKeys(self._window)
            self._keys.commanded.connect(self.run)
            self._keys.page_wanted.connect(self._on_page_wanted)
            self._window.errors.install()

    def use(self, context: UiContext | None) -> None:
        """Work on this project from now on."""
        self._context = context
        self._finder.use(context)
        if context is None:
            forget_state()
            self._window.setWindowTitle(t("ui.product"))
            return
        self._window.shell.status.set_saved(t("window.saved"))
        self.refresh()
        files, self._import_next = self._import_next, []
        new, self._new_next = self._new_next, False
        if files:
            self._window.go("ledger", "import:" + "\n".join(files))
        elif new:
            self._window.go("ledger", "new")

    def forget_words(self) -> None:
        """Find things by their words in another language from now on."""
        self._finder.use(self._context)

    @Slot(str)
    def _on_page_wanted(self, key: str) -> None:
        """Open a page; help is about the page that it was asked on."""
        here = self._window.shell.stack.current_page()
        about_page = key == "help" and here is not None and key != here.KEY
        self._window.go(key, f"guide:{here.KEY}" if here is not None and about_page else "")

    @Slot(str)
    def run(self, key: str) -> None:
        """Carry out a command; an error that the user can mend is shown as a sentence."""
        try:
            self._commands[key]()
        except UserError as error:
            self._window.show_error(error)

    # ---- the words round the page

    @Slot(object)
    def on_changed(self, changes: ChangeSet) -> None:
        """Say when the last change was kept, and what could be undone."""
        now = self._window.program.clock.now()
        self._window.shell.status.set_saved(t("window.saved_at", time=_clock_time(now)))
        if any(change.entity == OWN_FIELD for change in changes.records):
            self._window.renew_page("ledger")
        self.refresh()

    def settings_changed(self, settings: Settings) -> None:
        """Let the pages follow what they show of the settings."""
        pages: tuple[object, ...] = self._window.shell.stack.pages()
        for page in pages:
            if isinstance(page, HasDensity):
                page.set_density(settings.density)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the park, the undo step, the file and the counts as they are now."""
        context, shell = self._context, self._window.shell
        if context is None:
            return
        services = context.services
        place = Path(services.project)
        park = context.park
        shell.rail.set_park(park.label if park else t("window.new_park"), self._park_note())
        name = park.label if park else place.stem
        self._window.setWindowTitle(f"{name} — {t('ui.product')}")
        shell.status.set_file(services.name, services.project)
        undo, redo = services.history.next_undo(), services.history.next_redo()
        shell.top.set_undo(
            step_name(undo.label, undo.params) if undo else "",
            step_name(redo.label, redo.params) if redo else "",
        )
        self._count.start()

    @Slot()
    def _on_count(self) -> None:
        """Show what is counted over the whole park; once, however many changes came before."""
        context, shell = self._context, self._window.shell
        if context is None:
            return
        state = park_state(context)
        shell.status.set_problems(state.problems.errors(), state.missing)
        for page in shell.stack.pages():
            shell.rail.set_badge(page.KEY, *page.badge())
        shell.rail.set_badge("ledger", str(state.asset_count() or ""))

    def _park_note(self) -> str:
        if self._context is None or self._context.park is None:
            return t("window.empty_park")
        if self._context.services.querying.setting("sample"):
            return t("window.sample_note")
        return Path(self._context.services.project).stem

    # ---- projects

    @Slot()
    def open_project(self) -> None:
        """Ask for a project and open it."""
        if path := file_dialogs.choose_project(self._window):
            self._window.opening.open(path)

    @Slot()
    def new_project(self) -> None:
        """Ask where a new project is kept, make it, and begin its first asset."""
        if path := file_dialogs.choose_new_project(self._window, t("window.new_park")):
            self._new_next = True
            self._window.opening.create(path)

    @Slot()
    def import_into_new(self) -> None:
        """Ask for ledgers and for the place of the project that they go into."""
        files = file_dialogs.choose_workbooks(self._window)
        if files:
            self._create_for(files)

    def take_files(self, files: Sequence[str]) -> None:
        """Open a project, or import ledgers, that were dropped on the window."""
        projects = [f for f in files if f.endswith(file_dialogs.PROJECT_SUFFIX)]
        ledgers = [f for f in files if Path(f).suffix.lower() in file_dialogs.WORKBOOK_SUFFIXES]
        if projects:
            self._window.opening.open(projects[0])
        elif not ledgers:
            self._window.show_toast(t("window.cannot_drop", name=Path(files[0]).name))
        elif self._context is None:
            self._create_for(ledgers)
        else:
            self._window.go("ledger", "import:" + "\n".join(ledgers))

    def _create_for(self, files: Sequence[str]) -> None:
        name = Path(files[0]).stem
        if path := file_dialogs.choose_new_project(self._window, name):
            self._import_next = list(files)
            self._window.opening.create(path)

    def show_park_menu(self, at: QPoint) -> None:
        """Show the parks of the project and the way to other projects."""
        parks, current = [], ""
        if self._context is not None:
            parks = list(self._context.services.querying.records("park"))
            current = self._context.park_key
        open_now = self._context.services.project if self._context else ""
        recent = [path for path in self._window.program.settings.recent if path != open_now]
        menu = ParkMenu(self._window, parks, current, recent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.commanded.connect(self.run)
        menu.project_chosen.connect(self._window.opening.open)
        if self._context is not None:
            menu.park_chosen.connect(self._context.choose_park)
        menu.popup(at)

    # ---- the ledger and the report

    def import_ledger(self) -> None:
        """Import into the open project, or into a new one."""
        if self._context is None:
            self.import_into_new()
        else:
            self._window.go("ledger", "import")

    def new_asset(self) -> None:
        """Begin a new asset."""
        if self._context is None:
            self.new_project()
        else:
            self._window.go("ledger", "new")

    def export_report(self) -> None:
        """Show the report page, ready to export."""
        self._window.go("report", "export")

    def undo(self) -> None:
        """Take the last step back."""
        self._step(back=True)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        if self._context is None:
            return
        self._window.finish_typing()
        self._context.rewinding.step(back=back)

    def save(self) -> None:
        """Take what is being typed; everything else is kept already."""
        self._window.finish_typing()
        if self._context is not None:
            self._window.show_toast(t("window.all_saved"))

    # ---- the page

    def _page(self) -> object:
        return self._window.shell.stack.current_page()

    def recalculate(self) -> None:
        """Compute the page's figures again."""
        if isinstance(page := self._page(), Recalculates):
            page.recalculate()

    def next_problem(self) -> None:
        """Show the next problem of the page, else the ledger's."""
        if isinstance(page := self._page(), HasProblems):
            page.next_problem()
        elif self._context is not None:
            self._window.go("ledger", "problems")

    def toggle_detail(self) -> None:
        """Show or hide the detail panel."""
        if isinstance(page := self._page(), HasDetail):
            page.toggle_detail()

    def focus_detail(self) -> None:
        """Move the focus into the detail panel."""
        if isinstance(page := self._page(), HasDetail):
            page.focus_detail()

    def next_pane(self) -> None:
        """Move the focus to the next pane: rail, bar, content, status."""
        panes = self._window.shell.panes()
        page, focused = self._page(), QApplication.focusWidget()
        if isinstance(page, HasDetailPane) and (detail := page.detail_pane()) is not None:
            panes.insert(panes.index(self._window.shell.stack) + 1, detail)
        here = [n for n, pane in enumerate(panes) if focused and pane.isAncestorOf(focused)]
        at = here[-1] if here else -1  # the detail lies inside the page
        for step in range(1, len(panes) + 1):
            chain = tab_stops([panes[(at + step) % len(panes)]])
            if chain:
                chain[0].setFocus(Qt.FocusReason.TabFocusReason)
                return

    def focus_into(self, pane: QWidget) -> None:
        """Move the focus to the first thing that Tab reaches inside a pane."""
        if chain := tab_stops([pane]):
            chain[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def open_palette(self) -> None:
        """Open the command palette."""
        if self._palette is None:
            self._palette = CommandPalette(self._window, self._finder.search)
            self._palette.closed.connect(self._on_palette_closed)
            self._finder.ready.connect(self._palette.refresh)
            self._palette.open()
            self._finder.prepare()
            if not self._finder.is_ready:
                self._palette.set_busy(t("finder.indexing"))

    @Slot()
    def _on_palette_closed(self) -> None:
        self._palette = None

    def palette(self) -> CommandPalette | None:
        """Return the open palette."""
        return self._palette

    # ---- looks

    def toggle_theme(self) -> None:
        """Switch between light and dark."""
        self._window.change_settings(looks.with_other_theme(self._window.program.settings))

    def toggle_language(self) -> None:
        """Switch between the two languages."""
        chosen = next(item for item in LANGUAGES if item != language())
        self._window.change_settings(looks.with_language(self._window.program.settings, chosen))

    def zoom_in(self) -> None:
        """Make everything larger."""
        self._zoom(1)

    def zoom_out(self) -> None:
        """Make everything smaller."""
        self._zoom(-1)

    def zoom_reset(self) -> None:
        """Show everything at 100 %."""
        self._window.set_zoom(100)

    def _zoom(self, step: int) -> None:
        self._window.set_zoom(looks.next_zoom(round(theme.current().zoom * 100), step))

    def show_shortcuts(self) -> None:
        """Show every shortcut on one sheet."""
        from workbench.ui.frame.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self._window).open()


def _clock_time(at: datetime) -> str:
    return at.astimezone().strftime("%H:%M")
