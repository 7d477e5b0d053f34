# SPDX-License-Identifier: MIT
"""Exporting: memory of a report, and a ledger of 100,000 × 30 beside openpyxl's write-only mode."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.benches.assess import CODE, _write
from scripts.benches.large_ledger import make
from scripts.benches.measure import ROOT, Measure, environment, run_child

ROWS = 100_000
LEDGER = """
import json, resource, sys, time
from workbench.bootstrap import Program
from openpyxl import Workbook
program = Program()
services = program.open(sys.argv[1])
records = services.querying.ledger().all("building")
t0 = time.process_time()
services.exporting.export_ledger(sys.argv[2], program.texts())
ours = time.process_time() - t0
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
def plain(value):
    return "、".join(value) if isinstance(value, tuple) else value
rows = [[plain(value) for value in record.values.values()] for record in records]
t0 = time.process_time()
book = Workbook(write_only=True)
sheet = book.create_sheet("a")
for row in rows:
    sheet.append(row)
book.save(sys.argv[2])
print(json.dumps([ours, time.process_time() - t0, peak]))
"""


def reporting(_runs: int) -> list[Measure]:
    """Measure once: each takes minutes, and what counts is a ratio within one run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(folder / "home")
        files = [folder / "楼栋.csv", folder / "租约.csv"]
        _write(*files)
        report = [str(folder / "a.park"), *map(str, files), str(folder / "r.xlsx")]
        _, megabytes = run_child([sys.executable, "-c", CODE, *report], env)
        make(folder / "large.park", ROWS)
        large = [str(folder / "large.park"), str(folder / "l.xlsx")]
        done = subprocess.run(
            [sys.executable, "-c", LEDGER, *large],
            env=env, cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(done.stderr)
        ours, peer, peak = json.loads(done.stdout)
    return [
        Measure("report memory", megabytes, "MB", 400),
        Measure("ledger 100k × 30", ours / peer, "× openpyxl write-only", 1.3, peer=peer),
        Measure("ledger memory", peak, "MB", 300),
    ]
