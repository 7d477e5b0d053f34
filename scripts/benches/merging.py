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
_READ = """
import json, sys, time
from workbench.bootstrap import Program

begun = time.process_time()
for path in sys.argv[1:]:
    services = Program().open(path)
    with services.unit_of_work() as work:
        for row in work.records.all("building"):
            dict(row.values)
    services.close()
print(json.dumps([time.process_time() - begun]))
"""
_MERGE = """
import json, sys, time
from scripts.benches.measure import peak_of_this_process
from workbench.bootstrap import Program

class Watched:
    last, longest = time.perf_counter(), 0.0
    def step(self, done, total):
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now

ours, theirs = sys.argv[1:]
services = Program().open(ours)
watched = Watched()
watched.last = time.perf_counter()
begun = time.process_time()
done = services.keeping.reconciling.merge(theirs, "theirs", progress=watched)
taken = time.process_time() - begun
watched.step(1, 1)
services.close()
print(json.dumps([taken, watched.longest, peak_of_this_process(), len(done.taken), len(done.open)]))
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
    """Return the seconds of the merge, of reading both, the longest silence, and the peak."""
    copy = folder / "copy.park"
    shutil.copyfile(ours, copy)
    (floor,) = _child(folder, _READ, copy, theirs)  # apart: its memory is not the merge's
    taken, longest, peak, changed, left = _child(folder, _MERGE, copy, theirs)
    assert changed > RECORDS // 2
    assert left
    return [taken, floor, longest, peak]


def _child(folder: Path, code: str, *arguments: Path) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment(folder / "home"), cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    numbers: list[float] = json.loads(done.stdout)
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
