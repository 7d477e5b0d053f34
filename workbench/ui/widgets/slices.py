# SPDX-License-Identifier: MIT
"""Long work on the window's own thread, done in slices between which the window answers."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

Result = TypeVar("Result")
_SLICE_S = 0.02


class Slices(QObject, Generic[Result]):
    """Runs one piece of work, which yields the share that is done until it yields its result.

    The first slice is run at once, so that what is quick is done when ``start`` returns.
    """

    def __init__(
        self,
        parent: QObject,
        done: Callable[[Result], None],
        working: Callable[[float], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._working = working
        self._work: Iterator[float | Result] | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(0)
        self._clock.timeout.connect(self._on_clock)

    @property
    def busy(self) -> bool:
        """Tell whether work is left."""
        return self._work is not None

    def start(self, work: Iterator[float | Result], *, whole: bool = False) -> None:
        """Do this work in place of what is left of other work; ``whole`` does all of it at once."""
        self._work = work
        self._run(_SLICE_S if not whole else float("inf"))
        if self.busy:
            self._clock.start()

    def stop(self) -> None:
        """Leave what is left undone."""
        self._work = None
        self._clock.stop()

    @Slot()
    def _on_clock(self) -> None:
        self._run(_SLICE_S)

    def _run(self, seconds: float) -> None:
        work, begun, share = self._work, perf_counter(), 0.0
        if work is None:
            return
        while True:
            try:
                step = next(work)
            except BaseException:
                self.stop()  # work that failed has no next step
                raise
            if not isinstance(step, float):
                self.stop()
                self._done(step)
                return
            share = step
            if perf_counter() - begun >= seconds:
                break
        if self._working is not None:
            self._working(share)
