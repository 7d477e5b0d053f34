# SPDX-License-Identifier: MIT
"""The whole main job in one command: time and memory."""

import statistics
import sys
import tempfile
from pathlib import Path

from scripts.benches.measure import Measure, environment, run_child


def demo(runs: int) -> list[Measure]:
    results = []
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder) / "home")
        for run in range(runs + 1):
            target = Path(folder) / f"run{run}"
            results.append(
                run_child([sys.executable, "-m", "workbench.cli", "demo", str(target)], env)
            )
    seconds, megabytes = zip(*results[1:], strict=True)
    return [
        Measure("demo", statistics.median(seconds), "s", 6.0),
        Measure("demo peak memory", statistics.median(megabytes), "MB", 250.0),
    ]
