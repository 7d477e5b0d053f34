# SPDX-License-Identifier: MIT
"""The template that reports are written with: read on the worker, and again when it is edited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from workbench.application.ports import Progress
from workbench.domain.findings import InputError
from workbench.ui.context import UiContext
from workbench.ui.file_dialogs import choose_template
from workbench.ui.pages.report.checks import ReportChecks
from workbench.ui.texts import t, texts_in_use

Stamp = tuple[int, int]
"""When a file was changed last, and how large it is."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a template gives and loses as its file stood, or why it cannot be used."""

    path: str
    stamp: Stamp | None
    said: Sequence[str] = ()
    refused: InputError | None = None


class HouseTemplate(QObject):
    """Says what a template gives and loses before anything is written with it.

    A cover may hold tens of thousands of cells, so that reading it takes seconds.
    """

    changed = Signal()
    """Another look is used."""

    def __init__(self, context: UiContext, checks: ReportChecks, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._checks = checks
        self._page = page
        self._path = context.services.exporting.template
        self._stamp: Stamp | None = None
        self._said: Sequence[str] = ()
        self._reads = ""
        """The template that is being read."""
        self._is_chosen = False
        self._then: Callable[[], None] | None = None
        checks.template_asked.connect(self._on_asked)
        if self._path:
            self._read(self._path)
        if isinstance(application := QGuiApplication.instance(), QGuiApplication):
            application.applicationStateChanged.connect(self._on_application)

    @property
    def path(self) -> str:
        """Return the template in use, "" for the built-in look."""
        return self._path

    def follow(self, then: Callable[[], None] | None = None) -> None:
        """Call ``then`` once the template is known as its file stands now.

        It is not called when the template cannot be used any longer, which is said.
        """
        self._then = then or self._then
        if self._reads:
            return
        if self._path and _stamp(self._path) != self._stamp:
            self._read(self._path)
        else:
            self._go_on()

    @Slot(Qt.ApplicationState)
    def _on_application(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back from Excel may have edited the template there."""
        if state is Qt.ApplicationState.ApplicationActive and self._page.isVisible():
            self.follow()

    @Slot()
    def _on_asked(self) -> None:
        """Choose a template, or go back to the built-in look."""
        if self._path:
            self._use(_Read("", None))
            self._context.services.exporting.keep_template("")
        elif path := choose_template(self._page, t("report_style.choose")):
            self._read(path, chosen=True)

    def _read(self, path: str, *, chosen: bool = False) -> None:
        self._reads, self._is_chosen = path, chosen
        exporting, texts = self._context.services.exporting, texts_in_use()

        def work(progress: Progress) -> _Read:
            stamp = _stamp(path)  # before it is read: what is edited meanwhile is read again
            try:
                return _Read(path, stamp, exporting.template_says(path, texts, progress))
            except InputError as error:
                return _Read(path, stamp, refused=error)

        words = t("report_style.reading", name=Path(path).name)
        self._checks.set_template_reading(words)
        task = self._context.run(words, work)
        task.succeeded.connect(self._on_read)
        task.cancelled.connect(self._on_not_read)
        task.failed.connect(self._on_not_read)

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        followed = bool(self._stamp) and not self._is_chosen
        self._reads = ""
        if read.refused is not None:
            self._then = None
            self._context.shell.show_toast(t(read.refused.code, **read.refused.params))
            self._use(_Read("", None))
            return
        if self._is_chosen:
            self._context.services.exporting.keep_template(read.path)
        elif followed:
            self._context.shell.show_toast(t("report_views.template_changed"))
        self._use(read)
        self._go_on()

    @Slot()
    def _on_not_read(self) -> None:
        """Keep what was in use; it is read again before anything is written with it."""
        if not self._is_chosen:
            name = Path(self._path).name
            self._stamp, self._said = None, (t("report_style.not_read", name=name),)
        self._reads, self._then = "", None
        self._checks.set_template(self._said)

    def _use(self, read: _Read) -> None:
        self._path, self._stamp, self._said = read.path, read.stamp, read.said
        self._checks.set_template(read.said)
        self.changed.emit()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


def _stamp(path: str) -> Stamp | None:
    """Return the stamp of a file, None where there is none."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
