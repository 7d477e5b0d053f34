# SPDX-License-Identifier: MIT
"""The checklist page with an edition of 2,000 items beside the shipped 90: opened and filtered."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.benches.measure import ROOT, Measure, environment

ITEMS = 2_000

MEASURED = """
import json, os, sys, time
from dataclasses import replace
from datetime import date
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
app = QApplication([])
from tests.widget.fake_shell import FakeShell
from workbench.bootstrap import Program
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.checklist.template import ALL, Template
from workbench.ui import theme
from workbench.ui.context import UiContext
from workbench.ui.pages.checklist.page import ChecklistPage
from workbench.ui.pages.checklist.lines import Wanted
from workbench.ui.tasks.runner import TaskRunner
from workbench.ui.texts import set_texts
now = time.perf_counter
count, place = int(sys.argv[1]), sys.argv[2]
def least(act, times=7):
    found = []
    for _ in range(times):
        begun = now(); act(); found.append(now() - begun)
    return min(found)
program = Program(language="zh_CN")
set_texts(program.texts("zh_CN")); theme.current().apply(app, "light", 1.0)
host = QWidget(); host.resize(1244, 848); QVBoxLayout(host).setContentsMargins(0, 0, 0, 0)
host.show(); app.processEvents()
services, tasks = program.create(place), TaskRunner()
park = services.editing.add("park", {"code": "P-01", "name": "滨河高新产业园"})
shipped = services.content.checklist.items
if count > len(shipped):
    items = [replace(shipped[n % len(shipped)], id=f"{shipped[n % len(shipped)].id}-{n}",
        paths=(ALL,), blocked_by=(), when=None, opens=None) for n in range(count)]
    services.checklists.editions.keep(Template("large", tuple(items)), "large.toml")
record = services.assessments.start("a", park, date(2026, 6, 30), ("P02",))
ids = [item.id for item in services.ticking.sheet(record).items]
services.ticking.set_status(record, ids[::2], ItemStatus.PARTIAL)
context = UiContext(program, services, tasks, FakeShell(host))
context.choose_assessment(record.key)
page = ChecklistPage(context)
host.layout().addWidget(page); page.show(); app.processEvents(); host.grab()
def opened():
    page._reload(); app.processEvents(); page.items.grab()
def filtered():
    for wanted in (Wanted.OPEN, Wanted.ALL):
        page.filters.button(wanted).click(); app.processEvents(); page.items.grab()
print(json.dumps({"items": len(ids), "open": least(opened), "filter": least(filtered) / 2}), flush=True)
tasks.shut_down(); services.close()
os._exit(0)
"""


def checklist(runs: int) -> list[Measure]:
    found = []
    for count in (0, ITEMS):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", MEASURED, str(count), f"{folder}/a.park"],
                cwd=ROOT, env=environment(Path(folder)), check=True, capture_output=True, text=True,
            )  # fmt: skip
        found.append(json.loads(done.stdout.splitlines()[-1]))
    few, many = found
    return [
        Measure(f"checklist: {name} {ITEMS} items", many[key] * 1000, "ms", 100.0, few[key] * 1000)
        for key, name in (("open", "open"), ("filter", "filter"))
    ]
