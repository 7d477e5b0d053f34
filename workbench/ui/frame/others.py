# SPDX-License-Identifier: MIT
"""Shows what others wrote into the open project meanwhile: another window, the command line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from workbench.application.ports import Cancelled, Progress
from workbench.domain.findings import UserError
from workbench.ui.texts import t

if TYPE_CHECKING:
    from workbench.application.others import News
    from workbench.ui.context import UiContext

EVERY_MS = 3000
"""How often is looked; looking takes a third of a millisecond in a file."""


class Others(QObject):
    """Looks now and then, and when the person comes back to the window."""

    def __init__(self, context: "UiContext") -> None:
        super().__init__(context)
        self._context = context
        self._on_server = "://" in context.services.project
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY_MS)
        self._clock.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)
        try:
            context.services.history.watch_others()
        except UserError:
            return
        self._clock.start()

    @Slot()
    def look(self) -> None:
        """Fetch what others wrote, unless this window is at work itself."""
        if self._context.tasks.is_busy():
            return
        if self._on_server:  # a slow network must not hold the window
            task = self._context.tasks.start(self._catch_up)
        elif self._is_behind():
            task = self._context.run(t("others.reading"), self._catch_up)
        else:
            return
        task.succeeded.connect(self._on_news)

    def _is_behind(self) -> bool:
        try:
            return self._context.services.history.is_behind()
        except (Cancelled, UserError):  # closed or gone: whoever works with it is told
            self._clock.stop()
            return False

    def _catch_up(self, _progress: Progress) -> "list[News]":
        history = self._context.services.history
        return history.catch_up() if history.is_behind() else []

    @Slot(object)
    def _on_news(self, news: "list[News]") -> None:
        if not news:
            return
        actors = dict.fromkeys(each.operation.actor for each in news)
        records = {place for each in news for place in each.changes.touched()}
        names = t("assessment.comma").join(actors)
        self._context.shell.show_toast(t("others.changed", actors=names, count=len(records)))

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self._clock.isActive():
            self.look()
