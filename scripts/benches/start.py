# SPDX-License-Identifier: MIT
"""First shown window against an empty QMainWindow, both from the start of the process."""

import statistics
import tempfile
from pathlib import Path

from scripts.benches.measure import Measure, environment, in_turn, ratio, seconds_until_line

EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); window.grab()
print("shown", flush=True)
"""
# The program's own main, stopped where it would start waiting for the user.
OURS = """
import sys
from PySide6.QtWidgets import QApplication
def shown(*_args):
    top = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert top, "no window is shown"
    top[0].grab()
    print("shown", flush=True)
    sys.stdout.flush(); import os; os._exit(0)
QApplication.exec = staticmethod(shown)
from workbench.ui.app import main
main(sys.argv[1:])
"""


def startup(runs: int) -> list[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder))
        project = Path(folder) / "示例.park"
        from workbench.bootstrap import Program

        Program().create_sample(str(project)).close()
        empty, ours = in_turn(
            max(runs, 7),
            lambda: seconds_until_line(EMPTY, env),
            lambda: seconds_until_line(OURS, env, str(project)),
        )
    return [
        Measure(
            "first shown window", ratio(ours, empty), "× empty window", 2.5,
            floor=statistics.median(empty), peer=statistics.median(ours),
        )
    ]  # fmt: skip
