# SPDX-License-Identifier: MIT
"""The child process that reads a strange workbook: it may be killed or run out of memory alone.

It takes what to read, a path and limits as arguments and answers on standard output with
length-prefixed pickles: ("sheet", SheetHead), ("rows", list of rows), ("marks", SheetMarks),
("seen", number of rows), ("end", None) or ("error", (code, params)). Values and marks are read by
two processes at once.
"""

import gc
import io
import pickle
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from workbench.excel.reading.sheet_head import SheetHead, SheetMarks, UnreadableError

VALUES, NEAR_VALUES, MENDED_VALUES, MARKS = "values", "near-values", "mended-values", "marks"
CHILD_FLAG = "--read-workbook"
BLOCK_ROWS = 2000
LENGTH = struct.Struct(">Q")


def serve(arguments: list[str], out: BinaryIO) -> None:
    """Read what the arguments name (what, path, memory in bytes, seconds) to a stream."""
    what, path, memory, seconds = arguments[0], Path(arguments[1]), *map(int, arguments[2:4])
    _limit(memory, seconds)
    gc.disable()  # millions of cells and no cycles: collecting would cost a fifth of the time

    def send(kind: str, payload: Any) -> None:
        data = packed(kind, payload)
        out.write(LENGTH.pack(len(data)))
        out.write(data)
        out.flush()

    send("seen", 0)  # whoever says nothing at all could not be started
    try:
        if what == MARKS:
            _send_marks(path, send)
        else:
            _send_sheets(path, what, send)
    except UnreadableError as fault:
        send("error", (fault.code, fault.params))
    except MemoryError:
        send("error", ("file_too_large", {}))
    except BaseException as fault:  # calamine's panic is no Exception, and every file must answer
        send("error", ("file_damaged", {"detail": f"{type(fault).__name__}: {fault}"[:300]}))
    else:
        send("end", None)


def packed(kind: str, payload: Any) -> bytes:
    """Return one answer as bytes; without the memo of shared objects, at a fifth of the cost."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, 5)
    pickler.fast = True
    pickler.dump((kind, payload))
    return out.getvalue()


def _send_sheets(path: Path, what: str, send: Callable[[str, Any], None]) -> None:
    from workbench.excel.reading.formats import read_sheets

    for head, rows in read_sheets(path, near=what == NEAR_VALUES, mended=what == MENDED_VALUES):
        send("sheet", head)
        for block in blocks(rows):
            send("rows", block)


def _send_marks(path: Path, send: Callable[[str, Any], None]) -> None:
    from workbench.excel.reading.formats import read_marks

    for marks in read_marks(path, lambda rows: send("seen", rows)):
        send("marks", marks)


def blocks(rows: Iterator[list[object]]) -> Iterator[list[list[object]]]:
    """Yield rows in blocks, so that progress moves and cancelling is quick."""
    block: list[list[object]] = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK_ROWS:
            yield block
            block = []
    if block:
        yield block


def _limit(memory: int, seconds: int) -> None:
    """Bound this process where the system can (POSIX); the parent bounds its time everywhere."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve_if_asked(argv: list[str]) -> bool:
    """Read a workbook and return True if this program was started as its own child process.

    A frozen program has no interpreter to start, so it starts itself with a flag.
    """
    if len(argv) < 2 or argv[1] != CHILD_FLAG:
        return False
    serve(argv[2:], sys.stdout.buffer)
    return True


__all__ = ["CHILD_FLAG", "LENGTH", "SheetHead", "SheetMarks", "serve", "serve_if_asked"]

if __name__ == "__main__":
    serve(sys.argv[1:], sys.stdout.buffer)
