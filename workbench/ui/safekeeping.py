# SPDX-License-Identifier: MIT
"""What the window does about backups: one at close, coming back to one, offering the last one."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from workbench.bootstrap import Program
from workbench.domain.findings import UserError
from workbench.ui.texts import t

if TYPE_CHECKING:
    from workbench.application.ports import Progress
    from workbench.application.project.safekeeping import Backup
    from workbench.ui.context import UiContext
    from workbench.ui.opening import Opening
    from workbench.ui.tasks.runner import TaskRunner
    from workbench.ui.welcome import TroublePage
    from workbench.ui.window import Window

_log = logging.getLogger("workbench.safekeeping")
_OFFERED_FOR = ("project.damaged", "project.not_a_project", "project.missing")


class WindowSafekeeping(QObject):
    """Remembers whether the open project was changed; only then a backup at close is due."""

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
        self._page: TroublePage | None = None
        opening.restored.connect(self._on_restored)

    def use(self, context: "UiContext") -> None:
        """Follow another project."""
        self._project = context.services.project
        self._changed = False
        context.changed.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        self._changed = True

    @Slot(str)
    def restore(self, backup: str) -> None:
        """Bring back the project that was closed, or that does not open."""
        self._opening.restore(backup, self._project)

    @Slot(str)
    def _on_restored(self, aside: str) -> None:
        from workbench.ui.widgets.dialog import Notice

        words = t("backups.aside", name=Path(aside).name, folder=str(Path(aside).parent))
        Notice(self._window.dialog_host, t("backups.restore"), words).open()

    def back_up_at_close(self) -> None:
        """Back up the project that was changed, now that it is closed; a failure is logged."""
        wanted, self._changed = self._changed, False
        if not wanted or "://" in self._project or not self._program.settings.backup_at_close:
            return
        self._window.hide()  # nobody waits for the backup in front of a dead window
        try:
            self._program.back_up(self._project)
        except UserError as error:
            _log.warning("no backup at close: %s", t(error.code, **error.params))

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
