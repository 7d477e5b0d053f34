# SPDX-License-Identifier: MIT
"""Reads a workbook file into raw sheets, in a child process with bounded memory and time."""

import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from workbench.application.collection import paused_collection
from workbench.application.ports import Progress, Silent
from workbench.domain.findings import InputError
from workbench.domain.parsing.parsed import Fault, FaultKind, PercentNumber
from workbench.domain.tables.sheets import Merge, RawSheet, RawWorkbook
from workbench.excel.reader_process import CHILD_FLAG, LENGTH
from workbench.excel.sheet_head import SheetHead

LARGEST_FILE = 300_000_000
MEMORY = 1_300_000_000
SECONDS = 60
_TICK = 0.1
_log = logging.getLogger(__name__)


class ExcelReader:
    """Reads .xlsx .xlsm .xls .xlsb .ods and .csv files that may be damaged or hostile."""

    def __init__(self, memory: int = MEMORY, seconds: int = SECONDS) -> None:
        self._memory = memory
        self._seconds = seconds

    def read(self, path: str, progress: Progress | None = None) -> RawWorkbook:
        """Return the sheets of a file; InputError says in one sentence why it cannot be read."""
        name = Path(path).name
        content = _content(path, name)
        with paused_collection():
            sheets = self._read_sheets(path, name, progress or Silent())
        if not any(_has_cells(sheet) for sheet in sheets):
            raise InputError("importing.no_cells", file=name)
        return RawWorkbook(name, sheets, content)

    def _read_sheets(self, path: str, name: str, progress: Progress) -> list[RawSheet]:
        frames = _Frames(path, self._memory, self._seconds)
        sheets: list[RawSheet] = []
        heads: list[SheetHead] = []
        done = 0
        try:
            for kind, payload in frames.watched(progress):
                if kind == "sheet":
                    heads.append(payload)
                    sheets.append(RawSheet(payload.name, []))
                elif kind == "rows":
                    sheets[-1].rows.extend(payload)
                    done += len(payload)
                    progress.step(done, max(done, sum(head.height for head in heads)))
                elif kind == "error":
                    raise _input_error(name, *payload)
                else:
                    return [_finished(s, h) for s, h in zip(sheets, heads, strict=True)]
        finally:
            frames.stop()
        raise InputError(
            "importing.file_too_slow" if frames.overdue else "importing.file_damaged",
            file=name, seconds=self._seconds,
        )  # fmt: skip


def _has_cells(sheet: RawSheet) -> bool:
    """Tell whether a sheet holds anything at all."""
    return any(
        cell not in ("", None) and not (isinstance(cell, str) and not cell.strip())
        for row in sheet.rows
        for cell in row
    )


def _content(path: str, name: str) -> bytes:
    """Return the file's bytes, which are kept with the project."""
    file = Path(path)
    try:
        if file.is_dir():
            raise InputError("importing.is_folder", file=name)
        if file.stat().st_size > LARGEST_FILE:
            raise InputError("importing.file_too_large", file=name)
        content = file.read_bytes()
    except FileNotFoundError:
        raise InputError("importing.file_missing", file=str(path)) from None
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise InputError("importing.file_unreadable", file=name, detail=detail) from fault
    if not content:
        raise InputError("importing.file_empty", file=name)
    return content


def _input_error(name: str, code: str, params: dict[str, str]) -> InputError:
    detail = params.pop("detail", "")
    if detail:
        _log.info("%s could not be read: %s", name, detail)
    return InputError(f"importing.{code}", file=name, **params)


def _finished(sheet: RawSheet, head: SheetHead) -> RawSheet:
    """Put what the sheet's XML says in place."""
    sheet.top, sheet.left = head.top, head.left
    sheet.visible = head.visible
    sheet.merges = [Merge(*merge) for merge in head.merges]
    sheet.hidden_rows = frozenset(head.hidden_rows)
    sheet.hidden_columns = frozenset(head.hidden_columns)
    sheet.date1904 = head.date1904
    sheet.foreign_formulas = head.foreign_formulas
    sheet.notes = tuple(head.notes)
    for row, column, text in head.errors:
        _put(sheet, row, column, Fault(FaultKind.ERROR, text))
    for row, column, text in head.uncached:
        _put(sheet, row, column, Fault(FaultKind.NO_CACHED_VALUE, text))
    for row, column in head.percents:
        cell = _at(sheet, row, column)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            sheet.rows[row - sheet.top][column - sheet.left] = PercentNumber(float(cell))
    return sheet


def _at(sheet: RawSheet, row: int, column: int) -> object:
    if 0 <= row - sheet.top < len(sheet.rows) and 0 <= column - sheet.left < sheet.width:
        return sheet.rows[row - sheet.top][column - sheet.left]
    return None


def _put(sheet: RawSheet, row: int, column: int, fault: Fault) -> None:
    """Mark a cell that calamine shows as empty."""
    cell = _at(sheet, row, column)
    if cell == "" or isinstance(cell, str):
        sheet.rows[row - sheet.top][column - sheet.left] = fault


class _Frames:
    """The child process and its answers, as they come."""

    def __init__(self, path: str, memory: int, seconds: int) -> None:
        self.overdue = False
        self._deadline = time.monotonic() + seconds
        self._answers: queue.Queue[bytes | None] = queue.Queue(maxsize=16)
        self._child = subprocess.Popen(
            [*_command(), str(Path(path).resolve()), str(memory), str(seconds)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            env=_environment(), creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        assert self._child.stdout is not None
        threading.Thread(target=self._pump, args=(self._child.stdout,), daemon=True).start()

    def watched(self, progress: Progress) -> Iterator[tuple[str, Any]]:
        """Yield the answers; ask the progress often whether to stop."""
        shown = 0
        while True:
            try:
                data = self._answers.get(timeout=_TICK)
            except queue.Empty:
                if time.monotonic() > self._deadline:
                    self.overdue = True
                    return
                progress.step(shown, max(shown, 1) if shown else 0)
                continue
            if data is None:
                return
            kind, payload = pickle.loads(data)
            if kind == "rows":
                shown += len(payload)
            yield kind, payload

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        if self._child.poll() is None:
            self._child.kill()
        with suppress(queue.Empty):
            while True:
                self._answers.get_nowait()
        self._child.wait()

    def _pump(self, stream: IO[bytes]) -> None:
        """Move whole frames from the pipe to the queue; None marks the end."""
        with stream:
            while (head := stream.read(LENGTH.size)) and len(head) == LENGTH.size:
                (length,) = LENGTH.unpack(head)
                data = stream.read(length)
                if len(data) < length:
                    break
                self._answers.put(data)
        self._answers.put(None)


def _command() -> list[str]:
    """Return how to start the child: this interpreter, or a program of the frozen folder.

    The command line is preferred there: a window program on Windows has no standard output.
    """
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        console = program.with_name("workbench-cli" + program.suffix)
        return [str(console if console.exists() else program), CHILD_FLAG]
    return [sys.executable, "-P", "-m", "workbench.excel.reader_process"]


def _environment() -> dict[str, str]:
    """Let the child find this very package, wherever it was imported from."""
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH", "")
    paths = os.pathsep.join(part for part in (root, known) if part)
    return {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
