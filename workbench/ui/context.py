# SPDX-License-Identifier: MIT
"""What every page is given: services, the chosen park, and the window's doors."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QWidget

from workbench.application.ports import Progress
from workbench.bootstrap import Program, Services, Settings
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.ledger import Record
from workbench.ui.assessed import Assessed
from workbench.ui.changes import ChangeBus
from workbench.ui.frame.others import Others
from workbench.ui.frame.rewinding import Rewinding
from workbench.ui.tasks.letting_go import LettingGo
from workbench.ui.tasks.runner import Task, TaskRunner
from workbench.ui.typed.drafts import Drafts


class Shell(Protocol):
    """What the window does for its pages."""

    def show_toast(
        self, text: str, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """Say something in passing; the action may take it back."""
        ...

    def show_error(self, error: BaseException) -> None:
        """Show an error: a sentence for a user's, details for ours."""
        ...

    def watch(self, task: Task, name: str) -> None:
        """Show a long task in the status bar after 600 ms, with cancel."""
        ...

    def go(self, page: str, target: str = "") -> None:
        """Open a page; ``target`` says what to show there, such as ``building:KEY:field``."""
        ...

    def show_selection(self, text: str) -> None:
        """Show the statistics of a selection in the status bar; "" clears them."""
        ...

    def change_settings(self, settings: Settings) -> None:
        """Keep other settings and show them at once; OutputError when they cannot be kept."""
        ...

    def restore_backup(self, backup: str) -> None:
        """Close the project, bring it back from a backup, and open it again."""
        ...

    @property
    def dialog_host(self) -> QWidget:
        """Return the widget that in-window dialogs cover."""
        ...


class UiContext(QObject):
    """The open project as the pages see it."""

    park_chosen = Signal(str)
    """The chosen park's key changed; "" when the project has no park."""
    as_of_chosen = Signal(object)
    assessment_chosen = Signal(str)
    changed = Signal(object)
    """A ChangeSet was written, undone or redone."""

    def __init__(
        self, program: Program, services: Services, tasks: TaskRunner, shell: Shell
    ) -> None:
        super().__init__()
        self.program = program
        self.services = services
        self.tasks = tasks
        self.shell = shell
        services.hurry_here()
        self._park = ""
        self._as_of = program.today()
        self._assessment = ""
        self.memory: dict[str, object] = {}
        """What pages remember, by their key, while language or zoom makes them anew."""
        self.drafts = Drafts(program.drafts(services.project), self._moment, self)
        """What was typed and not kept yet; it outlives the program's end."""
        self.drafts.failed.connect(shell.show_error)
        self.others = Others(self)  # before anything is read: what comes later is news
        self.letting_go = LettingGo(self)
        self._bus = ChangeBus(self.letting_go, self)
        tasks.looked.connect(self._bus.deliver)
        # Listeners are told in turn: asked first, the snapshot is forgotten before pages ask again.
        self._choose_first_park()
        services.history.subscribe(self._pass_on)
        self._bus.changed.connect(self._on_changed)
        self.rewinding = Rewinding(self)
        # What is computed for the chosen park; it follows each choice, whichever page makes it.
        self.assessed = Assessed(self)

    @property
    def park_key(self) -> str:
        """Return the chosen park's key, "" when there is none."""
        return self._park

    @property
    def park(self) -> Record | None:
        """Return the chosen park."""
        return self.services.querying.ledger().find("park", self._park)

    @property
    def as_of(self) -> date:
        """Return the as-of date (基准日) of everything that is computed on screen."""
        return self._as_of

    @property
    def assessment_key(self) -> str:
        """Return the assessment that checklist and report work on, "" when there is none."""
        return self._assessment

    def choose_park(self, key: str) -> None:
        """Choose a park; pages follow."""
        if key != self._park:
            self._park = key
            self._assessment = ""
            self.park_chosen.emit(key)

    def choose_as_of(self, day: date) -> None:
        """Choose the as-of date; pages follow."""
        if day != self._as_of:
            self._as_of = day
            self.as_of_chosen.emit(day)

    def choose_assessment(self, key: str) -> None:
        """Choose the assessment; pages follow."""
        if key != self._assessment:
            self._assessment = key
            self.assessment_chosen.emit(key)

    def run(self, name: str, work: Callable[[Progress], Any]) -> Task:
        """Start work on the worker thread and show it; connect to the task's signals at once."""
        task = self.tasks.start(work)
        self.shell.watch(task, name)
        task.failed.connect(self.shell.show_error)
        return task

    def _pass_on(self, changes: ChangeSet) -> None:
        """Tell the pages, which ask for the ledger at once: the worker reads it before them."""
        if self.thread() is not QThread.currentThread():
            self.services.querying.ledger()
        self._bus.pass_on(changes)

    def _moment(self) -> str:
        return self.program.clock.now().isoformat(timespec="seconds")

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.park is None:
            self._choose_first_park()
        self.changed.emit(changes)

    def _choose_first_park(self) -> None:
        parks = self.services.querying.records("park")
        self.choose_park(parks[0].key if parks else "")
