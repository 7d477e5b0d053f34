# SPDX-License-Identifier: MIT
"""One progress over several stages of work on the same rows, each with its share of the whole."""

from workbench.application.ports import Progress


class Stages:
    """Tells one progress about stages that follow one another; it is full when ``finish`` is said.

    Each stage counts its own rows; the whole is told in rows too, scaled by the stages' shares.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._before = self._part = 0.0
        self._rows = 0

    def stage(self, share: float) -> "Stage":
        """Begin the next stage, which is so large a part of the whole (0–1)."""
        stage = Stage(self, self._before, share)
        self._before += share
        return stage

    def told(self, part: float, rows: int) -> None:
        """Report a part of the whole."""
        self._rows = max(self._rows, rows)
        self._part = max(self._part, part)
        done = min(int(self._rows * self._part), max(self._rows - 1, 0))
        self._progress.step(done, self._rows)

    def finish(self) -> None:
        """Report that all is done."""
        self._progress.step(self._rows, self._rows)


class Stage:
    """One stage; a ``Progress`` of its own."""

    def __init__(self, whole: Stages, before: float, share: float) -> None:
        self._whole = whole
        self._before = before
        self._share = share

    def step(self, done: int, total: int) -> None:
        """Report rows done of all rows of this stage."""
        part = min(done / total, 1.0) if total > 0 else 0.0
        self._whole.told(self._before + self._share * part, total)
