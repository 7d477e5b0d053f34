# SPDX-License-Identifier: MIT
"""What happens when something goes wrong: one dialog at a time, a sentence, details to copy."""

import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from workbench import __version__
from workbench.domain.findings import UserError
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label

_log = logging.getLogger("workbench.errors")
_MOST_WAITING = 5
"""Errors that wait for the one on the screen to be read; a flood of others is only logged."""


def sentence(error: BaseException) -> str:
    """Return what to tell the user about an error."""
    if isinstance(error, UserError) and texts_in_use().has(error.code):
        from workbench.application.naming import named_params  # waits for the first picture
        from workbench.application.system_words import with_system_words

        params = with_system_words(error.params, texts_in_use())
        return t(error.code, **named_params(params, language()))
    return t("ui.unexpected", kind=type(error).__name__)


def details(error: BaseException) -> str:
    """Return what a maintainer needs: versions and traceback."""
    trace = "".join(traceback.format_exception(error))
    system = f"{platform.platform()}  Python {platform.python_version()}"
    return f"workbench {__version__}  {system}\n{trace}"


class ErrorDialog(Dialog):
    """Shows one sentence; unexpected errors also show details and a button that copies them."""

    def __init__(self, host: QWidget, error: BaseException) -> None:
        expected = isinstance(error, UserError)
        super().__init__(host, t("ui.not_done" if expected else "ui.unexpected_title"), width=560)
        self._details = details(error)
        self._repeats = 1
        self._text = Label(sentence(error), wrap=True, selectable=True)
        self.body.addWidget(self._text)
        if not expected:
            box = QPlainTextEdit(self._details)
            box.setReadOnly(True)
            box.setAccessibleName(t("ui.details"))
            box.setMinimumHeight(160)
            self.body.addWidget(box)
            self.add_button(t("ui.copy_details"), icon="copy").clicked.connect(self._copy)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)

    def count_again(self) -> None:
        """Note that the same error came again."""
        self._repeats += 1
        self.set_note(t("ui.repeated_n", n=self._repeats))

    @property
    def repeats(self) -> int:
        """Return how often the error came while the dialog was open."""
        return self._repeats

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self._details)


class ErrorReporter(QObject):
    """Installed once; takes uncaught exceptions from any thread and shows them in the window."""

    _caught = Signal(object)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._open: ErrorDialog | None = None
        self._open_for = ""
        self._waiting: dict[str, BaseException] = {}
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over ``sys.excepthook``."""
        sys.excepthook = self._hook

    def uninstall(self) -> None:
        """Give ``sys.excepthook`` back, as when the window is closed."""
        sys.excepthook = sys.__excepthook__

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """Show an error now, count it when it is already shown, else show it after that one."""
        if not isinstance(error, UserError):
            _log.error("unexpected error", exc_info=error)
        same = f"{type(error).__name__} {error}"
        if self._open is None:
            self._show(same, error)
        elif same == self._open_for:
            self._open.count_again()
        elif len(self._waiting) < _MOST_WAITING:
            self._waiting.setdefault(same, error)

    def _show(self, same: str, error: BaseException) -> None:
        self._open = ErrorDialog(self._host, error)
        self._open_for = same
        self._open.closed.connect(self._on_closed)
        self._open.open()

    def shown(self) -> ErrorDialog | None:
        """Return the open dialog."""
        return self._open

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(error)  # queued: a dialog must not open inside a paint event

    @Slot(object)
    def _on_caught(self, error: BaseException) -> None:
        self.show_error(error)

    @Slot()
    def _on_closed(self) -> None:
        self._open = None
        QTimer.singleShot(0, self, self._show_next)

    def _show_next(self) -> None:
        if self._open is None and self._waiting:
            same = next(iter(self._waiting))
            self._show(same, self._waiting.pop(same))
