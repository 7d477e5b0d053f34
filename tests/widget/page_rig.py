"""Builds a page over a real project with a fake window, and what every page must pass."""

import gc
import weakref
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QVBoxLayout, QWidget

from tests.sample_park import open_sample
from tests.widget.fake_shell import FakeShell
from tests.widget.patience import PATIENCE_S
from tests.widget.small_park import small_project
from workbench.bootstrap import Program, Services
from workbench.ui.context import UiContext
from workbench.ui.models.park_state import forget_state
from workbench.ui.pages.page import Page
from workbench.ui.tasks.runner import TaskRunner
from workbench.ui.texts import set_texts
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label

TODAY = date(2026, 11, 23)


class FixedClock:
    """Every test happens on one day."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Rig:
    """An open project, and a host widget that stands for the window.

    Tests of a module that share one are each ``lent`` it.
    """

    program: Program
    services: Services
    tasks: TaskRunner
    host: QWidget
    shell: FakeShell
    context: UiContext
    keys: dict[str, str] = field(default_factory=dict)
    """Of the small park's records, by their codes."""
    begun: int | None = None
    """The last step before a test that shares this rig."""

    def show(self, make: Callable[[UiContext], Page]) -> Page:
        """Make a page and put it into the host."""
        page = make(self.context)
        self.host.layout().addWidget(page)
        page.show()
        QApplication.processEvents()
        return page

    def settle(self, qtbot) -> None:
        """Wait for the worker and for everything that it told."""
        qtbot.waitUntil(lambda: not self.tasks.is_busy())
        QApplication.processEvents()

    def begin(self) -> None:
        """Remember the last step before a test, and let it have the keyboard."""
        step = self.services.history.next_undo()
        self.begun = step.sequence if step else None
        self.host.activateWindow()  # a list of choices that went leaves no window active
        assert QTest.qWaitForWindowActive(self.host, PATIENCE_S * 1000)

    def go_back(self, qtbot) -> None:
        """Give up open dialogs and take every step of the test back, for the next one."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for dialog in self.host.findChildren(Dialog):
            if dialog.isVisible():
                dialog.reject()
        history = self.services.history
        while (step := history.next_undo()) is not None and step.sequence != self.begun:
            history.undo()
        self.settle(qtbot)
        shell = self.shell
        for told in (shell.toasts, shell.went, shell.watched, shell.errors, shell.actions):
            told.clear()

    @contextmanager
    def lent(self, qtbot):
        """Let one test work on what others share, and take back what it did."""
        self.settle(qtbot)
        self.begin()
        yield
        self.go_back(qtbot)

    def close(self) -> None:
        """Let go of the pages, then of the worker and the project, as the window does."""
        for page in self.host.findChildren(Page):
            page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        forget_state()
        self.tasks.shut_down()
        self.services.close()


def a_rig(
    tmp_path: Path,
    qtbot=None,
    language: str = "zh_CN",
    *,
    park: bool = True,
    filled: bool = False,
    sample: bool = False,
) -> Rig:
    """A new project with one park, the small park's records in it, or the sample park.

    Without ``qtbot`` it outlives the test, for the others of its module.
    """
    program = Program(clock=FixedClock(), language=language)
    set_texts(program.texts(language))
    place, keys = tmp_path / "滨河.park", {}
    if sample:
        services = open_sample(program, place)
    elif park:
        keys = small_project(program, place, filled=filled)
        services = program.open(str(place))
    else:
        services = program.create(str(place))
    host = QWidget()
    host.resize(1244, 848)
    QVBoxLayout(host).setContentsMargins(0, 0, 0, 0)
    if qtbot is None:
        host.show()
        assert QTest.qWaitForWindowExposed(host, PATIENCE_S * 1000)
    else:
        qtbot.addWidget(host)
        with qtbot.waitExposed(host):
            host.show()
    shell = FakeShell(host)
    tasks = TaskRunner()
    if qtbot is None:
        tasks.start(lambda _progress: None)  # its worker is there before the first test
    context = UiContext(program, services, tasks, shell)
    return Rig(program, services, tasks, host, shell, context, keys)


def unnamed(page: QWidget) -> list[str]:
    """Return what Tab or a click reaches and a screen reader cannot name."""
    found = []
    for widget in page.findChildren(QWidget):
        reached = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        inside = isinstance(widget.parent(), QAbstractScrollArea) or not widget.isVisibleTo(page)
        if not reached or inside or widget.objectName() == "qt_spinbox_lineedit":
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def is_collected(rig: Rig, make: Callable[[UiContext], Page]) -> bool:
    """Tell whether nothing keeps a closed page alive."""
    page = rig.show(make)
    gone = weakref.ref(page)
    page.leave()
    rig.host.layout().removeWidget(page)
    page.deleteLater()
    del page
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()
    return gone() is None


def words(widget: QWidget) -> str:
    """Return what the labels that are not hidden say."""
    QApplication.processEvents()
    return "\n".join(x.text() for x in widget.findChildren(Label) if not x.isHidden())


def type_text(editor: QWidget, text: str) -> None:
    """Type over what an editor holds."""
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


@pytest.fixture
def one_park(tmp_path, qtbot):
    """A module takes it as ``rig = one_park``."""
    made = a_rig(tmp_path, qtbot)
    yield made
    made.close()
