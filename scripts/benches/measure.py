# SPDX-License-Identifier: MIT
"""A measured number with its limit, and child processes with their time and memory."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Measure:
    """One number: holds when it is not above its limit."""

    name: str
    value: float
    unit: str
    limit: float
    floor: float | None = None
    peer: float | None = None

    @property
    def holds(self) -> bool:
        return self.value <= self.limit

    def plain(self) -> dict[str, object]:
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "limit": self.limit,
            "holds": self.holds,
            "floor": self.floor and round(self.floor, 4),
            "peer": self.peer and round(self.peer, 4),
        }

    def __str__(self) -> str:
        verdict = "ok" if self.holds else "OVER"
        beside = "".join(
            f"  {word} {number:.3f}"
            for word, number in (("floor", self.floor), ("peer", self.peer))
            if number is not None
        )
        number = f"{self.value:9.3f} {self.unit}"
        return f"{verdict:5}{self.name:28} {number}  limit {self.limit}{beside}"


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a measured child: offscreen, own home, UTF-8.

    Modules may be kept compiled, as they are where the program is installed.
    """
    here = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return here | {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "WORKBENCH_HOME": str(home),
    }


def seconds_until_line(code: str, env: dict[str, str], *arguments: str) -> float:
    """Return how long a child takes from its start to its first printed line."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], env=env, stdout=subprocess.PIPE, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        taken = time.perf_counter() - begun
        child.communicate()
    if not line:
        raise SystemExit(f"the measured child printed nothing (exit {child.returncode})")
    return taken


def run_child(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Return a child's seconds and its peak memory in MB (children of its own included)."""
    # A fresh interpreter waits for the command, so that its children's peak is only this one's.
    waiter = (
        "import resource,subprocess,sys,time;t=time.perf_counter();"
        "r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);"
        "print(time.perf_counter()-t,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024,"
        "r.returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", waiter, *command], env=env, cwd=ROOT, capture_output=True, text=True
    )
    seconds, megabytes, status = done.stdout.split()
    if status != "0":
        raise SystemExit(f"{command} ended with {status}: {done.stderr}")
    return float(seconds), float(megabytes)


def in_turn(runs: int, *measured: Callable[[], float]) -> list[list[float]]:
    """Run the measured things in turn after one warm-up; return each one's times."""
    for thing in measured:
        thing()
    times: list[list[float]] = [[] for _ in measured]
    for _ in range(runs):
        for slot, thing in zip(times, measured, strict=True):
            slot.append(thing())
    return times


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median of the ratios, run by run."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def peak_of_this_process() -> float:
    """Return this process's peak memory in MB.

    Linux counts the memory of the process that started this one in ``ru_maxrss``.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
