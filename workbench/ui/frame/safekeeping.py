# SPDX-License-Identifier: MIT
"""What the window does about backups: one at close, coming back to one, offering the last one."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from workbench.bootstrap import Program
from workbench.domain.findings import UserError
from workbench.ui.frame.closing_copy import ClosingCopy
from workbench.ui.texts import t

if TYPE_CHECKING:
    from workbench.application.ports import Progress
    from workbench.application.project.safekeeping import Backup
    from workbench.ui.context import UiContext
    from workbench.ui.frame.opening import Opening
    from workbench.ui.frame.welcome import TroublePage
    from workbench.ui.frame.window import Window
    from workbench.ui.tasks.runner import TaskRunner

_log = logging.getLogger("workbench.safekeeping")
_OFFERED_FOR = ("project.damaged", "project.not_a_project", "project.missing")


class WindowSafekeeping(QObject):
    """Remembers whether the open project was changed; only then a backup is due on leaving it."""

    def __init__(
        self, program: Program, tasks: "TaskRunner", opening: "Opening", window: "Window"
    ) -> None:
        super().__init__(window)
        self._program = program
        self._tasks = tasks
        self._opening = opening
        self._window = window
        self._project = ""
        self._changed = False
        self._left: list[str] = []
        """Projects that were left after a change and whose backup is not written yet."""
        self._without = False
        self._page: TroublePage | None = None
        opening.restored.connect(self._on_restored)
        self._context: UiContext | None = None
        self.copy = ClosingCopy(program, window)
        self.copy.made.connect(self._on_copied)
        self.copy.failed.connect(self._ask)
        self.copy.left_out.connect(self._close_without)

    def use(self, context: "UiContext") -> None:
        """Follow another project; the one before is backed up when it was changed."""
        left = self._project if self._is_due() else ""
        self._project, self._context = context.services.project, context
        self._changed = False
        context.changed.connect(self._on_changed)
        if left and left != self._project:
            self._back_up_left(context, left)

    @Slot()
    def _on_changed(self) -> None:
        self._changed = True

    def _is_due(self) -> bool:
        """Tell whether leaving the project asks for a backup; a server is backed up by request."""
        at_close = self._program.settings.backup_at_close
        return self._changed and at_close and "://" not in self._project

    def _back_up_left(self, context: "UiContext", project: str) -> None:
        self._left.append(project)
        program = self._program

        def work(progress: "Progress") -> None:
            program.back_up(project, progress=progress)
            self._left.remove(project)

        context.run(t("backups.of", name=Path(project).name), work)

    @Slot(str)
    def restore(self, backup: str) -> None:
        """Bring back the project that was closed, or that does not open."""
        self._changed = False  # what was changed lies in the file that is moved aside
        self._opening.restore(backup, self._project)

    @Slot(str)
    def _on_restored(self, aside: str) -> None:
        from workbench.ui.widgets.dialog import Notice

        words = t("backups.aside", name=Path(aside).name, folder=str(Path(aside).parent))
        Notice(self._window.dialog_host, t("backups.restore"), words).open()

    def back_up_at_close(self) -> bool:
        """Back up what was changed; False when the window must stay for it.

        That is while a large project is copied, and when a copy failed and the person is asked what
        to do. The project is still open then: nothing was lost, and another folder can be chosen.
        While the computer is shut down no copy is made: the next time the project is closed one is
        due, because its newest step is younger than its newest backup.
        """
        if self.copy.is_running():
            return False
        wanted = list(dict.fromkeys([*self._left, *([self._project] if self._is_behind() else [])]))
        if not wanted or self._without or _is_shutting_down():
            return True
        if self._left or not self.copy.is_small(self._project):
            self.copy.start(wanted)
            return False
        try:
            self.copy.at_once(self._project)
        except UserError as error:
            self._ask(error)
            return False
        self._changed = False
        return True

    def _is_behind(self) -> bool:
        """Tell whether a backup is due, also for changes of an earlier time that has none."""
        if self._is_due() or self._context is None:
            return self._is_due()
        if not self._program.settings.backup_at_close or "://" in self._project:
            return False
        return self._program.is_backup_behind(self._context.services)

    @Slot()
    def _on_copied(self) -> None:
        self._left.clear()
        self._changed = False
        self._window.close()

    @Slot(object)
    def _ask(self, error: BaseException) -> None:
        from workbench.ui.errors import sentence
        from workbench.ui.widgets.dialog import Confirmation

        if not isinstance(error, UserError):
            self._without = True  # whatever it is, the next close must not end here again
            self._window.show_error(error)
            return
        _log.info("no backup at close: %s", sentence(error))
        Confirmation(
            self._window.dialog_host,
            t("backups.failed_title"),
            t("backups.failed_text", why=sentence(error)),
            t("backups.close_without"),
            self._close_without,
            danger=True,
        ).open()

    def _close_without(self) -> None:
        self._without = True
        self._window.close()

    def offer(self, page: "TroublePage", project: str, error: BaseException) -> None:
        """Offer the last usable backup on the page that says why a project does not open."""
        if not isinstance(error, UserError) or error.code not in _OFFERED_FOR or "://" in project:
            return
        program = self._program

        def work(progress: "Progress") -> "Backup | None":
            from workbench.application.project.safekeeping import newest_usable

            folder = program.backup_folder(project)
            return newest_usable(program.safekeeping.backups(project, folder, progress))

        self._page, self._project = page, project
        page.restore_clicked.connect(self.restore)
        task = self._tasks.start(work)
        task.succeeded.connect(self._on_found)

    @Slot(object)
    def _on_found(self, backup: "Backup | None") -> None:
        page, self._page = self._page, None
        if page is None or backup is None or not isValid(page):
            return  # the person has gone on meanwhile
        at = f"{backup.at:%Y-%m-%d %H:%M}"
        page.offer(backup.path, t("backups.offer", at=at), t("backups.restore_this"))


def _is_shutting_down() -> bool:
    """Tell whether the computer, or the person's session on it, is ending."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
