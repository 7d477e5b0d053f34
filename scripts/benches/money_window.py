# SPDX-License-Identifier: MIT
"""The scenario page in the window: from a click or a key until the first results are painted."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.benches.measure import ROOT, Measure, environment

LIMIT_MS = 200.0

CODE = """
import json, os, sys, time
from decimal import Decimal
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scripts.benches.money import scenario, uncertain
from workbench.bootstrap import Program
from workbench.domain.finance.simulation_settings import SimulationSettings
from workbench.ui.look import looks
from workbench.ui.pages.scenario.input_line import PAUSE_MS
from workbench.ui.pages.scenario.page import ScenarioPage
from workbench.ui.frame.window import Window

paths = int(sys.argv[1])
now = time.perf_counter
app = QApplication([])
program = Program()
looks.apply_looks(app, program)
window = Window(program)
window.resize(1440, 900)
window.show()
window.use(program.create_sample(str(program.sample_path())))

class Painted(QObject):
    # the moment of a widget's next paint
    def __init__(self):
        super().__init__()
        self.at = None
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.at is None:
            self.at = now()
        return False

def until(done, longest=60):
    end = now() + longest
    while not done():
        if now() > end:
            raise SystemExit("nothing was painted")
        app.processEvents()
        time.sleep(0.0005)

def calm():
    until(lambda: not window.tasks.is_busy())
    app.processEvents()

services = window.context.services
made = scenario()
# more than the leases of the sample let, which state no free months
stated = {**made.stated, "area": Decimal(200_000), "free_assumed": Decimal(0)}
record = services.scenarios.create("bench", "lease_up", made.around.as_of, stated=stated,
                                   park_key=window.context.park_key)
services.scenarios.keep_simulation(record, SimulationSettings(tuple(uncertain()), (), paths, 1))
out = {}
begun = now()
window.go("scenario", record.key)
page = next(w for w in app.allWidgets() if isinstance(w, ScenarioPage))
until(lambda: page.quick is not None and page.record() and page.record().key == record.key)
app.processEvents()
out["open"] = now() - begun
calm()
card = page.simulation
scroll = card.parentWidget()
while scroll is not None and not hasattr(scroll, "ensureWidgetVisible"):
    scroll = scroll.parentWidget()
scroll.ensureWidgetVisible(card.button)
app.processEvents()

def clicked():
    # until the histogram has been painted with what came out
    seen = Painted()
    card.outcome.clear()
    app.processEvents()
    card.outcome.chart.installEventFilter(seen)
    begun = now()
    QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)
    pressed = now()
    until(card.outcome.isVisible)
    seen.at = None
    scroll.ensureWidgetVisible(card.outcome.chart)
    card.outcome.chart.update()
    until(lambda: seen.at is not None)
    card.outcome.chart.removeEventFilter(seen)
    return seen.at - begun, pressed - begun

out["cold"] = clicked()[0]
calm()
warm = []
for _ in range(5):
    warm.append(clicked()[0])
    calm()
out["warm"] = sorted(warm)[2]

def edited(number):
    # from the end of the pause after the last key of a number until the answers are painted anew
    editor = page.inputs.lines["rent"].editor
    editor.setFocus()
    editor.selectAll()
    before = page.quick
    seen = Painted()
    page.tiles.installEventFilter(seen)
    QTest.keyClicks(editor, number[:-1])
    QTest.keyClick(editor, number[-1])
    begun = now()
    until(lambda: page.quick is not before)
    seen.at = None
    until(lambda: seen.at is not None)
    page.tiles.removeEventFilter(seen)
    return seen.at - begun - PAUSE_MS / 1000

scroll.verticalScrollBar().setValue(0)
app.processEvents()
times = []
for n in range(5):
    times.append(edited(f"1{5 + n % 2}.{n + 1}"))
    calm()
out["edit_cold"], out["edit"] = times[0], sorted(times[1:])[2]

# an edit, and the click at once: what the edit asked for must not keep the click waiting
edited("14.7")
out["after_edit"] = clicked()[0]
print(json.dumps(out), flush=True)
os._exit(0)
"""


def window(runs: int) -> list[Measure]:
    """Return the waits of a user, in ms; each the median of fresh programs."""
    with tempfile.TemporaryDirectory() as name:
        few = [_measured(Path(name) / f"few{run}", 10_000) for run in range(min(runs, 3))]
        many = _measured(Path(name) / "many", 100_000)

    def wait(key: str) -> float:
        return statistics.median(run[key] for run in few) * 1000

    return [
        Measure("simulate, first click", wait("cold"), "ms", LIMIT_MS),
        Measure("simulate, warm", wait("warm"), "ms", LIMIT_MS),
        Measure("simulate, right after an edit", wait("after_edit"), "ms", LIMIT_MS),
        Measure("simulate 100,000, first results", many["warm"] * 1000, "ms", LIMIT_MS),
        Measure("edit an input, first", wait("edit_cold"), "ms", LIMIT_MS),
        Measure("edit an input, warm", wait("edit"), "ms", LIMIT_MS),
    ]


def _measured(home: Path, paths: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(paths)],
        env=environment(home), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))
