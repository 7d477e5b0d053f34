# SPDX-License-Identifier: MIT
"""Opens and makes projects on the worker thread, so that the window stays alive meanwhile."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from workbench.bootstrap import Program, Services
from workbench.ui.tasks.runner import Task, TaskRunner

if TYPE_CHECKING:
    from workbench.application.ports import Progress


class Opening(QObject):
    """One attempt at a time: ``opened`` carries the services, ``failed`` the path and the error."""

    started = Signal(str, object)
    """The path and the Task, so that it can be watched."""
    opened = Signal(object)
    failed = Signal(str, object)
    cancelled = Signal()
    restored = Signal(str)
    """Where the former file lies, after ``opened``."""

    def __init__(self, program: Program, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._program = program
        self._tasks = tasks
        self._path = ""
        self._task: Task | None = None
        self._aside: list[str] = []

    def open(self, path: str) -> None:
        """Open a project."""
        self._start(path, partial(_open, self._program, path))

    def create(self, path: str) -> None:
        """Make an empty project and open it."""
        self._start(path, partial(_create, self._program, path))

    def restore(self, backup: str, path: str) -> None:
        """Bring a project back from a backup and open it; the present file is moved aside."""
        self._aside.clear()
        self._start(path, partial(_restore, self._program, backup, path, self._aside))

    def open_sample(self) -> None:
        """Open the sample park, which is made when it is not there yet."""
        path = self._program.sample_path()
        if path.exists():
            self.open(str(path))
        else:
            self._start(str(path), partial(_create_sample, self._program, str(path)))

    def is_busy(self) -> bool:
        """Tell whether a project is being opened."""
        return self._task is not None

    def _start(self, path: str, work: "Callable[[Progress], Services]") -> None:
        if self._task is not None:
            return
        self._path = path
        task = self._task = self._tasks.start(work)
        task.succeeded.connect(self._on_opened)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self.started.emit(path, task)

    @Slot(object)
    def _on_opened(self, services: Services) -> None:
        self._task = None
        self.opened.emit(services)
        if self._aside:
            self.restored.emit(self._aside.pop())

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        self.failed.emit(self._path, error)

    @Slot()
    def _on_cancelled(self) -> None:
        self._task = None
        self.cancelled.emit()


def _open(program: Program, path: str, _progress: "Progress") -> Services:
    return _read(program.open(path))


def _restore(
    program: Program, backup: str, path: str, aside: list[str], progress: "Progress"
) -> Services:
    done = program.restore(backup, path, progress=progress)
    if done.aside:
        aside.append(done.aside)
    return _read(program.open(path))


def _create(program: Program, path: str, _progress: "Progress") -> Services:
    return _read(program.create(path))


def _create_sample(program: Program, path: str, progress: "Progress") -> Services:
    return _read(program.create_sample(path, progress))


def _read(services: Services) -> Services:
    """Read the ledger here, off the window's thread; the window finds it ready."""
    try:
        services.querying.ledger()
    except BaseException:
        services.close()
        raise
    return services
