# SPDX-License-Identifier: MIT
"""Lets go of very many things bit by bit, so that the window answers in between.

Whoever holds a step of 50,000 records last takes it down in one go, and no other thread runs
meanwhile: the window stood still for a second when such a step had been told.
"""

from collections.abc import Iterable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Slot

_SLICE_S = 0.008
_AT_ONCE = 50


class LettingGo(QObject):
    """Holds what nobody needs any longer until there is time to take it down."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[object] = []
        self._clock = QTimer(self)
        self._clock.setInterval(0)
        self._clock.timeout.connect(self._drop)

    @property
    def left(self) -> int:
        """Return how many things are still held."""
        return len(self._held)

    def take(self, things: Iterable[object]) -> None:
        """Hold these things, from now on the last to do so, and let go of them by and by."""
        self._held.extend(things)
        if self._held:
            self._clock.start()

    @Slot()
    def _drop(self) -> None:
        begun = perf_counter()
        while self._held:
            del self._held[-_AT_ONCE:]
            if perf_counter() - begun >= _SLICE_S:
                break
        if not self._held:
            self._clock.stop()
