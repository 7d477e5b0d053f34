# SPDX-License-Identifier: MIT
"""The buildings' table with 100,000 rows of 30 columns, and a block of 10,000 cells.

Times are the least of several tries in one process: other work on the machine can only add.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.benches.measure import ROOT, Measure, environment

FEW, MANY = 100, 100_000
CELLS = 10_000

MEASURED = """
import json, sys, time
from decimal import Decimal
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView, QVBoxLayout, QWidget
app = QApplication([])
from tests.widget.fake_shell import FakeShell
from workbench.bootstrap import Program
from workbench.ui.look import theme
from workbench.ui.context import UiContext
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.tasks.runner import TaskRunner
from workbench.ui.texts import set_texts
from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey
now = time.perf_counter
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 2**20
def least(act, times=5):
    found = []
    for _ in range(times):
        begun = now(); act(); found.append(now() - begun)
    return min(found)
program = Program(language="zh_CN")
set_texts(program.texts("zh_CN")); theme.current().apply(app, "light", 1.0)
host = QWidget(); host.resize(1600, 930); QVBoxLayout(host).setContentsMargins(0, 0, 0, 0)
host.show(); app.processEvents()
services, tasks = program.open(sys.argv[1]), TaskRunner()
begun = now(); services.querying.ledger(); out = {"load": now() - begun}
context = UiContext(program, services, tasks, FakeShell(host))
services.assessing
def opened():
    page = LedgerPage(context); page.tabs.choose("building")
    host.layout().addWidget(page); page.show(); app.processEvents(); host.grab()
    return page
def once():
    page = opened(); page.leave(); page.setParent(None); page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
page = opened()
while page._state.large and page._state.known is None:
    app.processEvents(); time.sleep(0.01)
app.processEvents()
out["memory"] = resident()
out["page"] = least(once, 3)
model, grid = page.sheet().model, page.sheet().grid
grid.set_shown_columns([c.key for c in model.columns()][:30])
def sorted_by(key):
    def act():
        model._arranger.forget(); model.set_sort([SortKey(key)])
    return act
out["sort"] = max(least(sorted_by(key), 3) for key in ("name", "gfa_actual", "kind"))
model.set_sort([])
def filtered(key, chosen):
    def act():
        model._arranger.forget(); model.set_filter(key, chosen)
    return act
some = ColumnFilter(frozenset({model.columns()[model.column_number("kind")].choices[0]}))
bounds = ColumnFilter(minimum=Decimal(5000))
out["filter"] = max(least(filtered("kind", some), 3), least(filtered("gfa_actual", bounds), 3))
model.clear_filters()
model.set_words("厂房")
def searched():
    model.set_words("仓库"); model.set_words("厂房")
out["search"] = least(searched) / 2
model.set_words("")
def found(words):
    told, gaps = [], []
    link = grid.finding.found.connect(told.append)
    begun = now(); grid.finding.find(words); gaps.append(now() - begun)
    while not told:
        begun = now(); app.processEvents(); gaps.append(now() - begun)
    grid.finding.found.disconnect(link)
    return gaps
grid.go_to(0, 0)
begun = now(); out["find_gap"] = max(found("9999999999")); out["find_first"] = now() - begun
out["find"] = max(min(sum(found(words)) for _ in range(3)) for words in ("77777777", "没有此词"))
out["memory_found"] = resident()
grid.finding.let_go()
def settle():
    app.processEvents(); QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
for column in model.columns():
    model.set_sort([SortKey(column.key)])
    model.set_filter(column.key, ColumnFilter(words="1")); settle()
    model.clear_filters()
model.set_words("厂房"); settle()
out["memory_used"] = resident()
model.set_words(""); model.set_sort([]); model.release()
for at in range(0, model.rowCount(), max(model.rowCount() // 200, 1)):
    grid.go_to(at, 0); grid.viewport().repaint()
out["memory_used"] = max(out["memory_used"], resident())
grid.go_to(0, 0)
height = grid.verticalHeader().defaultSectionSize()
def frames(view, step):
    bar, times = view.verticalScrollBar(), []
    for n in range(40):
        bar.setValue(n * step)
        begun = now(); view.viewport().repaint(); times.append(now() - begun)
    return sorted(times)[20]
peer_model = QStandardItemModel(400, 30)
for row in range(min(400, model.rowCount())):
    for column in range(30):
        peer_model.setItem(row, column, QStandardItem(model.cell(row, column).text))
peer = QTableView(); peer.setModel(peer_model); peer.resize(grid.size()); peer.show()
app.processEvents()
out["peer"] = min(frames(peer, height) for _ in range(3))
out["frame"] = min(frames(grid, height) for _ in range(3))
peer.hide()
if model.rowCount() > 5000:
    block = "\\r\\n".join(f"{1000 + n}\\t{900 + n}" for n in range(5000))
    pasting, undoing = [], []
    def pasted_whole():
        begun = now(); grid.paste_cells(); longest = now() - begun
        while context.rewinding.dialog is not None:
            begun = now(); app.processEvents(); longest = max(longest, now() - begun)
            time.sleep(0.002)
        return longest
    for _ in range(3):
        app.clipboard().setText(block); grid.setFocus()
        grid.go_to(0, model.column_number("gfa_actual"))
        begun = now(); pasted_whole(); pasting.append(now() - begun)
        begun = now(); services.history.undo(); undoing.append(now() - begun)
    out["paste"], out["undo"] = min(pasting), min(undoing)
    app.clipboard().setText("\\r\\n".join(f"{1000 + n}\\t{900 + n}" for n in range(20_000)))
    grid.go_to(0, model.column_number("gfa_actual"))
    out["paste_gap"] = pasted_whole()
    edited = []
    for n in range(3):
        begun = now()
        services.editing.edit("building", model.record_at(n).key, "name", f"新名{n}")
        edited.append(now() - begun)
    out["edit"] = min(edited)
page.tabs.choose("assets"); app.processEvents()
while page._state.large and (page._state.known is None or page._state.all_stale):
    app.processEvents(); time.sleep(0.01)
model = page.sheet().model
out["sort_computed"] = max(least(sorted_by(key), 3) for key in ("occupancy", "floor_area"))
tasks.shut_down()
print(json.dumps(out))
"""


def grid(runs: int) -> list[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(folder / "home")
        for count in (FEW, MANY):
            _child(f"from pathlib import Path; from scripts.benches.large_ledger import make; "
                   f"make(Path({str(folder / f'{count}.park')!r}), {count})", env)  # fmt: skip
        few, many = [], []
        for _ in range(max(runs // 2, 1)):
            few.append(_measured(folder / f"{FEW}.park", env))
            many.append(_measured(folder / f"{MANY}.park", env))
    opening = statistics.median(a["page"] / b["page"] for a, b in zip(many, few, strict=True))
    frame = statistics.median(run["frame"] / run["peer"] for run in many)

    def best(key: str) -> float:
        return min(run[key] for run in many)

    return [
        Measure("grid open 100k", opening, "× 100 rows", 1.5,
                floor=few[0]["page"], peer=best("page")),
        Measure("grid frame 100k", frame, "× C++ model", 1.2, floor=best("peer"),
                peer=best("frame")),
        Measure("grid frame 100k", best("frame") * 1000, "ms", 16),
        Measure("grid sort 100k", best("sort") * 1000, "ms", 150),
        Measure("grid sort computed 100k", best("sort_computed") * 1000, "ms", 150),
        Measure("grid filter 100k", best("filter") * 1000, "ms", 150),
        Measure("grid search 100k", best("search") * 1000, "ms", 30),
        Measure("grid find 100k", best("find") * 1000, "ms", 30, floor=best("find_first")),
        Measure("grid find longest gap", best("find_gap") * 1000, "ms", 100),
        Measure("grid memory found 100k", max(run["memory_found"] for run in many), "MB", 350),
        Measure("grid memory used 100k", max(run["memory_used"] for run in many), "MB", 350),
        Measure("grid memory 100k", max(run["memory"] for run in many), "MB", 350),
        Measure("ledger load 100k", best("load"), "s", 5),
        Measure("grid edit 100k", best("edit") * 1000, "ms", 100),
        Measure("paste 10k cells", best("paste"), "s", 1),
        Measure("paste 40k longest gap", best("paste_gap") * 1000, "ms", 300),
        Measure("undo 10k cells", best("undo"), "s", 1),
    ]  # fmt: skip


def _measured(project: Path, env: dict[str, str]) -> dict[str, float]:
    """Measure a copy: what one run pasted and took back would be nothing new to the next."""
    with tempfile.TemporaryDirectory(dir=project.parent) as folder:
        copy = shutil.copy(project, folder)
        return dict(json.loads(_child(MEASURED, env, str(copy)).splitlines()[-1]))


def _child(code: str, env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=env, cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout
