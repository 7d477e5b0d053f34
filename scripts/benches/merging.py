# SPDX-License-Identifier: MIT
"""Two copies of a large project that were edited apart are brought together."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from scripts.benches import large_ledger
from scripts.benches.measure import ROOT, Measure, environment

RECORDS = 100_000
STEPS = 20
_MERGE = """
import json, sys, time
from scripts.benches.measure import peak_of_this_process
from workbench.bootstrap import Program
from workbench.domain.records.ledger import Record

class Watched:
    last, longest = time.perf_counter(), 0.0
    def step(self, done, total):
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now

ours, theirs = sys.argv[1:3]
begun = time.process_time()
for path in (ours, theirs):
    services = Program().open(path)
    with services.unit_of_work() as work:
        rows = work.records.all("building")
        for row in rows:
            dict(row.values)
    services.close()
del rows
floor = time.process_time() - begun
services = Program().open(ours)
watched = Watched()
watched.last = time.perf_counter()
begun = time.process_time()
done = services.keeping.reconciling.merge(theirs, "theirs", progress=watched)
taken = time.process_time() - begun
watched.step(1, 1)
services.close()
print(json.dumps([taken, floor, watched.longest, peak_of_this_process(), len(done.taken), len(done.open)]))
"""


def merging(runs: int) -> list[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["WORKBENCH_HOME"] = str(folder / "home")
        ours, theirs = folder / "ours.park", folder / "theirs.park"
        large_ledger.make(ours, RECORDS)
        shutil.copyfile(ours, theirs)
        _edit(theirs, lambda at: at % 2 == 0, ("name", "code"), "theirs", RECORDS // 20)
        _edit(ours, lambda at: at % 10 < 2, ("name",), "ours", RECORDS // 50)
        found = [_merged(folder, ours, theirs) for _ in range(max(1, runs // 3))]
    taken, floor, longest, peak = (
        statistics.median(run[at] for run in found) for at in range(4)
    )  # fmt: skip
    name = f"merge {RECORDS} records"
    return [
        Measure(name, taken / floor, "× reading both", 4.0, peer=floor),
        Measure(f"{name}, gap", longest, "s", 0.5),
        Measure(f"{name}, peak", peak, "MB", 800),
    ]


def _merged(folder: Path, ours: Path, theirs: Path) -> list[float]:
    copy = folder / "copy.park"
    shutil.copyfile(ours, copy)
    done = subprocess.run(
        [sys.executable, "-c", _MERGE, str(copy), str(theirs)],
        env=environment(folder / "home"), cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    numbers: list[float] = json.loads(done.stdout)
    assert numbers[4] > RECORDS // 2
    assert numbers[5]
    return numbers


def _edit(
    path: Path, wanted: Callable[[int], bool], fields: tuple[str, ...], mark: str, new: int
) -> None:
    """Change many records in some steps, and add new ones."""
    from workbench.bootstrap import Program
    from workbench.domain.records.changes import (
        CellState,
        ChangeKind,
        ChangeSet,
        FieldChange,
        RecordChange,
        creation,
    )
    from workbench.domain.records.record_changes import cell
    from workbench.domain.values import Origin

    services = Program().open(str(path))
    with services.unit_of_work() as work:
        rows = [row for at, row in enumerate(work.records.each("building")) if wanted(at)]
        changes = []
        for row in rows:
            said = ((name, f"{row.get(name)} {mark}") for name in fields)
            parts = (
                FieldChange(name, cell(row, name), CellState(text, Origin(text)))
                for name, text in said
            )
            changes.append(RecordChange("building", row.key, ChangeKind.UPDATED, tuple(parts)))
    size = len(changes) // STEPS
    for at in range(0, len(changes), size):
        services.history.do(ChangeSet("editing.edit", tuple(changes[at : at + size])))
    added = [
        creation("building", str(uuid.uuid4()), {"name": f"{mark} {at}", "code": f"{mark}{at}"})
        for at in range(new)
    ]
    services.history.do(ChangeSet("editing.add", tuple(added)))
    services.close()
