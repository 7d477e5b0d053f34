# SPDX-License-Identifier: MIT
"""Lets Python search for rings of dead objects on the window's thread only.

Python searches wherever an allocation happens to cross its threshold, so also in a worker. Parts
of the window in such a ring would then be taken down by the worker while Qt uses them: the window
freezes or the program ends. calibre and novelWriter search from a timer for the same reason.
"""

import gc
from typing import Protocol
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from workbench.application.collection import MANY

_LOOKS_EVERY_MS = 1000
_NAME = "cycles"
_WORTH = 2_000
"""New objects that are worth a search; Python's own number is of this order."""
_OFTEN = 10
"""Searches of one generation before the next older one; Python's own number."""
_COUNTS_AFTER = 10
"""Searches after a work: Python counts what was set aside one by one, 0.1 s for a million."""
_TOO_MANY = 2_000_000
"""Objects set aside that are looked through even while somebody works, for the memory's sake."""


class Works(Protocol):
    """Whatever computes on another thread."""

    def is_working(self) -> bool:
        """Tell whether it does so now."""
        ...


def search_here_only() -> "CycleSearch | None":
    """Take the search for dead rings to this thread, until the application ends."""
    gc.set_threshold(0)
    app = QCoreApplication.instance()
    if app is None:
        return None
    return app.findChild(CycleSearch, _NAME) or CycleSearch(app)


class CycleSearch(QObject):
    """Searches from a timer, the older generations the more rarely.

    A report of a large park is a million objects, and one search of them stops the window for a
    second. So nothing is searched while a worker makes them, and what it leaves is set aside
    unseen; that is looked through while the person is in another program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        self._workers: WeakSet[Works] = WeakSet()
        self._seen = gc.get_freeze_count()
        """How many of the objects set aside have been looked through."""
        self._aside = 0
        """How many have not been, when they were last counted."""
        self._counts_in: int | None = None
        """After how many searches they are counted again; None when they are as counted."""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.search)
        self._timer.start()

    def rest_for(self, worker: Works) -> None:
        """Search nothing while this one works; what has just died goes before it begins."""
        if not worker.is_working() and gc.isenabled():
            gc.collect(0) if gc.get_count()[0] <= MANY else gc.freeze()
        self._workers.add(worker)
        if self._counts_in is None:
            self._counts_in = _COUNTS_AFTER

    @Slot()
    def search(self) -> None:
        """Search one generation, if enough was made since; not while the search is paused."""
        if not gc.isenabled() or any(worker.is_working() for worker in self._workers):
            return
        young, middle, old = gc.get_count()
        if young > MANY:
            gc.freeze()
            self._counts_in = 0
        elif self._unseen() > (MANY if _is_away() else _TOO_MANY):
            self._look_through()
        elif old > _OFTEN:
            gc.collect(2)
        elif middle > _OFTEN:
            gc.collect(1)
        elif young > _WORTH:
            gc.collect(0)

    def _unseen(self) -> int:
        """Return how many objects were set aside and not looked through, as last counted."""
        if self._counts_in == 0:
            self._aside, self._counts_in = gc.get_freeze_count() - self._seen, None
        elif self._counts_in:
            self._counts_in -= 1
        return self._aside

    def _look_through(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._seen, self._aside = gc.get_freeze_count(), 0


def _is_away() -> bool:
    """Tell whether the person works with another program."""
    return QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive
