# SPDX-License-Identifier: MIT
"""Lets Python search for rings of dead objects on the window's thread only.

Python searches wherever an allocation happens to cross its threshold, so also in a worker. Parts
of the window in such a ring would then be taken down by the worker while Qt uses them: the window
freezes or the program ends. calibre and novelWriter search from a timer for the same reason.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

_LOOKS_EVERY_MS = 1000
_NAME = "cycles"
_MANY = 2_000
"""New objects that are worth a search; Python's own number is of this order."""
_OFTEN = 10
"""Searches of one generation before the next older one; Python's own number."""


def search_here_only() -> None:
    """Take the search for dead rings to this thread, until the application ends."""
    gc.set_threshold(0)
    app = QCoreApplication.instance()
    if app is not None and app.findChild(CycleSearch, _NAME) is None:
        CycleSearch(app)


class CycleSearch(QObject):
    """Searches from a timer, the older generations the more rarely."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.search)
        self._timer.start()

    @Slot()
    def search(self) -> None:
        """Search one generation, if enough was made since; not while the search is paused."""
        if not gc.isenabled():
            return
        young, middle, old = gc.get_count()
        if old > _OFTEN:
            gc.collect(2)
        elif middle > _OFTEN:
            gc.collect(1)
        elif young > _MANY:
            gc.collect(0)
