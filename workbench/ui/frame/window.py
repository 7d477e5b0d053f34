# SPDX-License-Identifier: MIT
"""The main window: opens projects, shows pages, and is the pages' shell."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from workbench.bootstrap import Program, Services, Settings
from workbench.domain.overriding import override
from workbench.ui.frame.old_frames import OldFrames
from workbench.ui.frame.opening import Opening
from workbench.ui.frame.safekeeping import WindowSafekeeping
from workbench.ui.frame.shell import ShellView
from workbench.ui.look import icons, looks, theme
from workbench.ui.look.placing import keep_place, place
from workbench.ui.tasks.runner import Task, TaskRunner
from workbench.ui.texts import language, t
from workbench.ui.typed.composing import take_composed
from workbench.ui.widgets.overlay import close_overlays

if TYPE_CHECKING:
    from workbench.ui.context import UiContext
    from workbench.ui.errors import ErrorReporter
    from workbench.ui.frame.window_commands import WindowCommands

FIRST_PAGE = "home"


class Window(QWidget):
    """The window of one project. Nothing heavy is imported before it was painted once."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.tasks = TaskRunner(self)
        self._old_frames = OldFrames(self.tasks, self)
        self.context: UiContext | None = None
        self._painted = False
        self._when_painted: Callable[[], object] | None = None
        self._commands: WindowCommands | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setWindowTitle(t("ui.product"))
        self.setAcceptDrops(True)
        place(self, self._geometry_file())
        self._errors: ErrorReporter | None = None
        self.opening = Opening(program, self.tasks, self)
        self.opening.started.connect(self._on_opening)
        self.opening.opened.connect(self.use)
        self.opening.failed.connect(self._on_failed)
        self.opening.cancelled.connect(self.show_first_run)
        self.safekeeping = WindowSafekeeping(program, self.tasks, self.opening, self)
        self.shell = self._build()

    # ---- what happens once

    def when_painted(self, act: Callable[[], object]) -> None:
        """Call something after the window was painted for the first time."""
        self._when_painted = act

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            if self._when_painted is not None:
                QTimer.singleShot(0, self._when_painted)

    @property
    def errors(self) -> "ErrorReporter":
        """Return what shows errors; made when first asked for."""
        if self._errors is None:
            from workbench.ui.errors import ErrorReporter

            self._errors = ErrorReporter(self)
        return self._errors

    @property
    def commands(self) -> "WindowCommands":
        """Return what the window can be told to do; made when first asked for."""
        if self._commands is None:
            from workbench.ui.frame.window_commands import WindowCommands

            self._commands = WindowCommands(self)
        return self._commands

    def start(self, project: str = "", *, sample: bool = False) -> None:
        """Open what the command line named, else the last project, else show the first-run page."""
        self.setWindowIcon(icons.app_icon())
        self.commands.install()
        recent = self.program.settings.recent
        last = next((path for path in recent if "://" in path or Path(path).exists()), "")
        if project or last:
            self.opening.open(project or last)
        elif sample:
            self.opening.open_sample()
        else:
            self.show_first_run()

    # ---- the project

    @Slot(object)
    def use(self, services: Services) -> None:
        """Show a project that was opened."""
        from workbench.domain.findings import UserError
        from workbench.ui.context import UiContext
        from workbench.ui.typed.unfinished import tell_unfinished

        self.let_go()
        try:
            self.context = UiContext(self.program, services, self.tasks, self)
        except UserError as error:
            services.close()
            self._on_failed(services.project, error)
            return
        self.program.remember(services.project)
        self.context.changed.connect(self.commands.on_changed)
        self.safekeeping.use(self.context)
        self.context.park_chosen.connect(self.commands.refresh)
        self.shell.stack.use(self.context)
        self.commands.use(self.context)
        self.go(FIRST_PAGE if self.context.park_key else "ledger")
        tell_unfinished(self.context)

    def let_go(self) -> None:
        """Close the open project; every page and dialog goes with it."""
        self.finish_typing()
        close_overlays(self)
        self.shell.stack.close_pages()
        self._old_frames.drop()
        self.close_beside()
        if self.context is not None:
            self.commands.use(None)
            self.context.services.close()
            self.context.deleteLater()
            self.context = None

    @Slot()
    def show_first_run(self) -> None:
        """Show the ways to begin; nothing happens while a project is open."""
        if self.context is not None:
            self.go(FIRST_PAGE)
            return
        from workbench.ui.frame.welcome import FirstRunPage

        page = FirstRunPage(self.program.settings.recent)
        page.import_clicked.connect(self.commands.import_into_new)
        page.sample_clicked.connect(self.opening.open_sample)
        page.new_clicked.connect(self.commands.new_project)
        page.open_clicked.connect(self.commands.open_project)
        page.recent_clicked.connect(self.opening.open)
        self._stand_in(page)

    @Slot(str, object)
    def _on_opening(self, path: str, task: Task) -> None:
        from workbench.ui.frame.welcome import WaitingPage

        name = Path(path).name or path
        self.watch(task, t("window.opening", name=name))
        if self.context is None:
            self._stand_in(WaitingPage(path))

    @Slot(str, object)
    def _on_failed(self, path: str, error: BaseException) -> None:
        from workbench.domain.findings import UserError
        from workbench.ui.errors import sentence
        from workbench.ui.frame.welcome import TroublePage

        if self.context is not None:
            self.show_error(error)
            return
        if not isinstance(error, UserError):
            self.show_error(error)
        page = TroublePage(path, sentence(error))
        page.retry_clicked.connect(partial(self.opening.open, path))
        page.open_clicked.connect(self.commands.open_project)
        page.sample_clicked.connect(self.opening.open_sample)
        self._stand_in(page)
        self.safekeeping.offer(page, path, error)

    def restore_backup(self, backup: str) -> None:
        """Close the project, bring it back from a backup, and open it again."""
        self.let_go()
        self.safekeeping.restore(backup)

    def _stand_in(self, page: QWidget) -> None:
        self.shell.stack.show_instead(page)
        self.shell.top.set_title(t("window.begin"))
        self.shell.top.set_actions([])
        self.shell.rail.set_park(t("window.no_project"), t("window.no_project_note"))
        self.commands.focus_into(page)

    # ---- the shell of the pages

    def show_toast(
        self, text: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """Say something in passing; the action may take it back."""
        self.shell.toast.show_message(text, action, on_action)

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """Show an error: a sentence for a user's, details for ours."""
        self.errors.show_error(error)

    def watch(self, task: Task, name: str) -> None:
        """Show a long task in the status bar after 600 ms, with cancel."""
        self.shell.progress.follow(task, name)

    @Slot(str)
    def go(self, page: str, target: str = "") -> None:
        """Open a page; ``target`` says what to show there, such as ``building:KEY:field``."""
        if self.context is None:
            if not self.opening.is_busy():
                self.show_toast(t("window.open_first"))
            return
        before = self.shell.stack.current_page()
        shown = self.shell.stack.show_page(page)
        self.shell.top.set_title(t(f"pages.{page}.title"))
        self.shell.top.set_actions(shown.top_actions())
        self.shell.rail.set_current(page)
        self.shell.status.set_stats("")
        if target:
            shown.show_target(target)
        elif shown is not before:
            # Qt hands the focus of a hidden page to whatever comes next; a page knows better.
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commands.refresh()

    def renew_page(self, key: str) -> None:
        """Make a page anew, at once if it is shown: its columns are others than before."""
        shown = self.shell.stack.current_page()
        is_shown = shown is not None and key == shown.KEY
        self.shell.stack.close_page(key)
        if is_shown:
            self.go(key)

    def show_beside(self, entity: str, key: str) -> None:
        """Show a record's details right of the page."""
        if self.context is None:
            return
        from workbench.ui.beside import BesidePanel

        panel = BesidePanel(self.context, entity, key)
        panel.closed.connect(self.close_beside)
        panel.target_asked.connect(self._on_beside_target)
        self.shell.set_beside(panel)

    @Slot()
    def close_beside(self) -> None:
        """Take the panel right of the page away."""
        self.shell.set_beside(None)

    @Slot(str)
    def _on_beside_target(self, target: str) -> None:
        self.go("ledger", target)

    def show_selection(self, text: str) -> None:
        """Show the statistics of a selection in the status bar; "" clears them."""
        self.shell.status.set_stats(text)

    @property
    def dialog_host(self) -> QWidget:
        """Return the widget that in-window dialogs cover."""
        return self

    # ---- looks

    def change_settings(self, settings: Settings) -> None:
        """Keep new settings and show them at once."""
        old, old_language = self.program.settings, language()
        self.program.change_settings(settings)
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        looks.apply_looks(app, self.program)
        if old_language != settings.language or old.zoom != settings.zoom:
            self._rebuild()
        self.commands.settings_changed(settings)

    def set_zoom(self, percent: int) -> None:
        """Zoom the interface."""
        settings = self.program.settings
        self.change_settings(replace(settings, zoom=percent, language=language()))

    def _rebuild(self) -> None:
        """Make the frame and the page anew, so that each text and length is the new one."""
        self.finish_typing()
        current = self.shell.stack.current_page()
        old = self.shell
        old.stack.give_way()
        self._layout.removeWidget(old)
        self.shell = self._build()
        old.progress.go_on_in(self.shell.progress)
        self._old_frames.keep(old)
        if self.context is None:
            self.show_first_run()
            return
        self.shell.stack.use(self.context)
        self.commands.forget_words()
        self.go(current.KEY if current is not None else FIRST_PAGE)

    def _build(self) -> ShellView:
        shell = ShellView(self)
        shell.rail.chosen.connect(self._on_page_chosen)
        shell.rail.park_clicked.connect(self._on_park_clicked)
        shell.top.undo_clicked.connect(self._on_undo)
        shell.top.redo_clicked.connect(self._on_redo)
        shell.top.search_clicked.connect(self._on_search)
        shell.status.problems_clicked.connect(self._on_problems)
        shell.status.zoom_clicked.connect(self._on_zoom_reset)
        shell.status.set_zoom(theme.current().zoom)
        shell.rail.set_park(t("window.no_project"), t("window.no_project_note"))
        shell.top.set_title(t("window.begin"))
        self._layout.addWidget(shell)
        shell.show()
        return shell

    @Slot(str)
    def _on_page_chosen(self, key: str) -> None:
        self.go(key)

    @Slot()
    def _on_park_clicked(self) -> None:
        rail = self.shell.rail
        self.commands.show_park_menu(rail.mapToGlobal(QPoint(theme.current().px(10), 100)))

    @Slot()
    def _on_undo(self) -> None:
        self.commands.run("undo")

    @Slot()
    def _on_redo(self) -> None:
        self.commands.run("redo")

    @Slot()
    def _on_search(self) -> None:
        self.commands.run("palette")

    @Slot()
    def _on_problems(self) -> None:
        self.go("ledger", "problems")

    @Slot()
    def _on_zoom_reset(self) -> None:
        self.set_zoom(100)

    # ---- coming and going

    def finish_typing(self) -> None:
        """Take text that is still being composed or edited, so that none is lost."""
        take_composed()
        page = self.shell.stack.current_page()
        if page is not None:
            page.leave()
        if self.context is not None:
            self.context.drafts.flush()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        files = [url.toLocalFile() for url in urls if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.commands.take_files(files)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.finish_typing()
        may_close = all(page.may_close() for page in self.shell.stack.pages())
        if not may_close or not self.safekeeping.back_up_at_close():
            event.ignore()
            return
        keep_place(self, self._geometry_file())
        self.safekeeping.copy.shut_down()
        self.tasks.shut_down()
        self.let_go()
        self.errors.uninstall()
        super().closeEvent(event)

    def _geometry_file(self) -> QSettings:
        path = self.program.log_path().with_name("window.ini")
        return QSettings(str(path), QSettings.Format.IniFormat)
