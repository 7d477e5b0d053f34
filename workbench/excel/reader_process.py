# SPDX-License-Identifier: MIT
"""The child process that reads a strange workbook: it may be killed or run out of memory alone.

It takes a path and limits as arguments and answers on standard output with length-prefixed
pickles: ("sheet", SheetHead), ("rows", list of rows), ("end", None) or ("error", (code, params)).
"""

import gc
import pickle
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from workbench.excel.sheet_head import SheetHead, UnreadableError

CHILD_FLAG = "--read-workbook"
BLOCK_ROWS = 2000
LENGTH = struct.Struct(">Q")


def serve(arguments: list[str], out: BinaryIO) -> None:
    """Read the workbook named by the arguments (path, memory in bytes, seconds) to a stream."""
    path, memory, seconds = arguments[0], int(arguments[1]), int(arguments[2])
    _limit(memory, seconds)
    gc.disable()  # millions of cells and no cycles: collecting would cost a fifth of the time

    def send(kind: str, payload: Any) -> None:
        data = pickle.dumps((kind, payload), protocol=5)
        out.write(LENGTH.pack(len(data)))
        out.write(data)
        out.flush()

    try:
        _send_sheets(Path(path), send)
    except UnreadableError as fault:
        send("error", (fault.code, fault.params))
    except MemoryError:
        send("error", ("file_too_large", {}))
    except BaseException as fault:  # calamine's panic is no Exception, and every file must answer
        send("error", ("file_damaged", {"detail": f"{type(fault).__name__}: {fault}"[:300]}))
    else:
        send("end", None)


def _send_sheets(path: Path, send: Callable[[str, Any], None]) -> None:
    from workbench.excel.formats import read_sheets

    for head, rows in read_sheets(path):
        send("sheet", head)
        for block in blocks(rows):
            send("rows", block)


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


__all__ = ["CHILD_FLAG", "LENGTH", "SheetHead", "serve", "serve_if_asked"]

if __name__ == "__main__":
    serve(sys.argv[1:], sys.stdout.buffer)
