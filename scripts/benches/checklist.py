# SPDX-License-Identifier: MIT
"""The checklist page with 2,000 items, each with evidence, beside the shipped 90 without."""

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
from workbench.domain.records.changes import ChangeSet, creation
from workbench.domain.checklist.many import Answer
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.checklist.template import ALL, Template
from workbench.ui.look import theme
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
if count > len(shipped):  # one to three files each
    services.ticking.answer(record, ids, Answer(owner="王海涛"))
    with services.unit_of_work() as work:
        keys = {r.text("item"): r.key for r in work.records.all("checklist_item")}
    files = []
    def keep(work):
        for n, item in enumerate(ids):
            for m in range(1 + n % 3):
                digest = work.files.put(f"{n} {m}".encode())
                files.append(creation("evidence", f"e{n}-{m}", {"name": f"{item}.pdf", "size": 9,
                    "sha256": digest, "owner_entity": "checklist_item", "owner_key": keys[item]}))
    with services.unit_of_work(writing=True) as work:
        keep(work); work.commit()
    services.history.do(ChangeSet("evidencing.attach", tuple(files), {"name": "a", "count": "1"}))
    services.ticking.set_status(record, ids[::3], ItemStatus.DONE)
context = UiContext(program, services, tasks, FakeShell(host))
context.choose_assessment(record.key)
page = ChecklistPage(context)
page.stages.button(None).click()
host.layout().addWidget(page); page.show(); app.processEvents(); host.grab()
def opened():
    services.ticking._kept = None  # as at the first look
    page._reload(); app.processEvents(); page.items.grab()
ids_shown = iter(ids * 9)
def shown():
    page.items.choose(next(ids_shown)); app.processEvents(); page.panel.grab()
def filtered():
    for chip in (page.filters.button(Wanted.OPEN), page.filters.every):
        chip.click(); app.processEvents(); page.items.grab()
print(json.dumps({"items": len(ids), "open": least(opened), "filter": least(filtered) / 2,
    "item": least(shown)}), flush=True)
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
    told = (
        ("open", "open"),
        ("filter", "filter"),
        ("item", "show one of"),
    )
    return [
        Measure(f"checklist: {name} {ITEMS} items", many[key] * 1000, "ms", 100.0, few[key] * 1000)
        for key, name in told
    ]
