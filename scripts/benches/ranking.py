# SPDX-License-Identifier: MIT
"""Walking a weight: one move of a slider until the order, the charts and the figures follow."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.benches.measure import ROOT, Measure, environment

CODE = """
import json, os, sys, time
from PySide6.QtWidgets import QApplication
from workbench.bootstrap import Program
from workbench.ui.look import looks
from workbench.ui.pages.assessment.page import AssessmentPage
from workbench.ui.frame.window import Window
app = QApplication([])
program = Program()
looks.apply_looks(app, program)
window = Window(program)
window.resize(1440, 900)
window.show()
window.use(program.create_sample(str(program.sample_path())))
window.go("assessment", "pathways")
while window.tasks.is_busy() or window.context.assessed.draft is None:
    app.processEvents()
    time.sleep(0.01)
app.processEvents()
tab = next(w for w in app.allWidgets() if isinstance(w, AssessmentPage)).pathways
times, ranks = [], []
for value in range(10, 130, 4):
    start = time.perf_counter()
    tab.weights.sliders[4].setValue(value)
    app.processEvents()
    times.append(time.perf_counter() - start)
kept = window.context.assessed.draft.ranking
for value in range(30):
    start = time.perf_counter()
    walked = kept.weighed_by(tab.weights.weighting())
    walked.robustness, walked.leads, walked.reversals, walked.swings
    ranks.append(time.perf_counter() - start)
print(json.dumps([sorted(times)[15], sorted(ranks)[15]]), flush=True)
os._exit(0)
"""


def ranking(runs: int) -> list[Measure]:
    with tempfile.TemporaryDirectory() as name:
        times = []
        for run in range(min(runs, 3)):
            env = environment(Path(name) / str(run))
            done = subprocess.run(
                [sys.executable, "-c", CODE], env=env, cwd=ROOT, capture_output=True, text=True
            )
            if done.returncode:
                raise SystemExit(done.stderr)
            times.append(json.loads(done.stdout))
    shown = statistics.median(t[0] for t in times) * 1000
    computed = statistics.median(t[1] for t in times) * 1000
    return [Measure("walk a weight, window", shown, "ms", 50.0, floor=computed)]
