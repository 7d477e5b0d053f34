# SPDX-License-Identifier: MIT
"""Starts the processes that read a strange workbook, and hands on what they answer."""

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from workbench.application.ports import Progress
from workbench.excel.reading.reader_process import CHILD_FLAG, LENGTH

_TICK, _TO_END = 0.1, 5.0
_MOST_BYTES, _MOST_ROWS = 60_000_000, 250_000
"""Answers of one process beyond these (some six million cells) would fill our memory."""
_TOO_MUCH: tuple[str, Any] = ("error", ("too_many_cells", {}))
_TOO_LONG: tuple[str, Any] = ("error", ("too_many_rows", {"most": f"{_MOST_ROWS:,}"}))
_NOT_STARTED: tuple[str, Any] = ("error", ("reader_not_started", {}))
_LARGE = 20_000_000
"""A file of this size whose reader ran out of memory is too large; a smaller one is damaged."""


class _Count:
    """Counts rows: those that were passed by, those that arrived, those that are expected."""

    def __init__(self) -> None:
        self._seen = self._expected = 0
        self._rows: dict[str, int] = {}

    def overflows(self, what: str, kind: str, payload: Any) -> bool:
        """Take an answer in; tell whether it brings more rows than we have memory for."""
        if kind == "seen":
            self._seen = payload
        elif kind == "sheet":
            self._expected += payload.height
        elif kind == "rows":
            self._rows[what] = self._rows.get(what, 0) + len(payload)
        return self._rows.get(what, 0) > _MOST_ROWS

    @property
    def progress(self) -> tuple[int, int]:
        """Return rows done and rows in all: a row is done when it was seen and has arrived."""
        arrived = max(self._rows.values(), default=0)
        total = max(self._seen, self._expected, arrived)
        return (max(self._seen, arrived) + arrived) // 2, total


class Answers:
    """The processes of one reading: at most one per thing to read, all within one time limit."""

    def __init__(self, path: str, seconds: int, size: int) -> None:
        self.overdue = False
        self.seconds = seconds
        self._path = str(Path(path).resolve())
        self._size = size
        self._deadline = time.monotonic() + seconds
        self._queue: queue.SimpleQueue[tuple[str, bytes | None]] = queue.SimpleQueue()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._began: set[str] = set()

    def start(self, what: str, memory: int) -> None:
        """Start a process that reads one thing in so many bytes of memory."""
        child = subprocess.Popen(
            [*_command(), what, self._path, str(memory), str(self.seconds)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            env=_environment(), creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        self._running[what] = child
        assert child.stdout is not None
        threading.Thread(target=self._pump, args=(what, child.stdout), daemon=True).start()

    def watched(self, progress: Progress) -> Iterator[tuple[str, str, Any]]:
        """Yield what is read, kind and payload until all processes ended; ("lost") for a death.

        Progress counts rows, and is asked often whether to stop.
        """
        count = _Count()
        while self._running:
            try:
                what, data = self._queue.get(timeout=_TICK)
            except queue.Empty:
                if time.monotonic() > self._deadline:
                    self.overdue = True
                    return
            else:
                if what not in self._running:  # what a process said before it was ended
                    continue
                answer: tuple[str, Any] = self._death(what) if data is None else pickle.loads(data)
                self._began.add(what)
                kind, payload = _TOO_LONG if count.overflows(what, *answer) else answer
                if kind in ("end", "error", "lost"):
                    self._forget(what)
                yield what, kind, payload
            progress.step(*count.progress)

    def stop(self) -> None:
        """End every process, whatever it is doing."""
        for what in list(self._running):
            self._forget(what)

    def _death(self, what: str) -> tuple[str, Any]:
        """Return what a process that ended without a word died of."""
        child = self._running.get(what)
        if child is None:
            return "lost", None
        try:
            child.wait(_TO_END)
        except subprocess.TimeoutExpired:
            return "lost", None
        if child.returncode > 0 and what not in self._began:  # no fault of the file
            return _NOT_STARTED
        if child.returncode == -signal.SIGABRT and self._size > _LARGE:  # memory not to be had
            return _TOO_MUCH
        return "lost", None

    def _forget(self, what: str) -> None:
        child = self._running.pop(what)
        if child.poll() is None:
            child.kill()
        child.wait()

    def _pump(self, what: str, stream: IO[bytes]) -> None:
        """Move whole answers from the pipe to the queue; None marks the end."""
        taken = 0
        with stream:
            while (head := stream.read(LENGTH.size)) and len(head) == LENGTH.size:
                (length,) = LENGTH.unpack(head)
                taken += length
                if taken > _MOST_BYTES:
                    self._queue.put((what, pickle.dumps(_TOO_MUCH)))
                    return
                data = stream.read(length)
                if len(data) < length:
                    break
                self._queue.put((what, data))
        self._queue.put((what, None))


def _command() -> list[str]:
    """Return how to start the child: this interpreter, or a program of the frozen folder.

    The command line is preferred there: a window program on Windows has no standard output.
    """
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        console = program.with_name("workbench-cli" + program.suffix)
        return [str(console if console.exists() else program), CHILD_FLAG]
    return [sys.executable, "-P", "-m", "workbench.excel.reading.reader_process"]


def _environment() -> dict[str, str]:
    """Let the child find this very package, wherever it was imported from."""
    root = str(Path(__file__).resolve().parents[3])
    known = os.environ.get("PYTHONPATH", "")
    paths = os.pathsep.join(part for part in (root, known) if part)
    return {**os.environ, "PYTHONPATH": paths}
