# SPDX-License-Identifier: MIT
"""Exporting: a report, thirty parks, and a ledger of 100,000 × 30 beside openpyxl's write-only mode."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.benches.assess import CODE, _write
from scripts.benches.measure import ROOT, Measure, environment, run_child

ROWS = 100_000
MAKE = """
import sys
from pathlib import Path
from scripts.benches.large_ledger import make
make(Path(sys.argv[1]), int(sys.argv[2]))
"""
LEDGER = """
import json, sys, time
from workbench.bootstrap import Program
program = Program()
services = program.open(sys.argv[1])
t0 = time.process_time()
services.exporting.export_ledger(sys.argv[2], program.texts())
print(json.dumps([time.process_time() - t0]))
"""
PEER = """
import json, sys, time
from openpyxl import Workbook
from workbench.bootstrap import Program
def plain(value):
    return "、".join(value) if isinstance(value, tuple) else value
records = Program().open(sys.argv[1]).querying.ledger().all("building")
rows = [[plain(value) for value in record.values.values()] for record in records]
t0 = time.process_time()
book = Workbook(write_only=True)
sheet = book.create_sheet("a")
for row in rows:
    sheet.append(row)
book.save(sys.argv[2])
print(json.dumps([time.process_time() - t0]))
"""
PARKS = """
import json, sys, time
from tests.full_park import a_full_park
from tests.portfolio_rig import apart, portfolio
from tests.shipped import AS_OF, texts
from workbench.excel.writer import WorkbookWriter
count = int(sys.argv[1])
records = [r for n in range(count) for r in apart(a_full_park(), f"p{n}", f"园区{n}", code=f"A{n}")]
service = portfolio(*records, writer=WorkbookWriter())
t0 = time.process_time()
service.export(sys.argv[2], service.parks(), AS_OF, texts("zh_CN"))
print(json.dumps([(time.process_time() - t0) / len(records)]))
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
        # In processes of their own: a child inherits the peak memory of whoever starts it.
        run_child([sys.executable, "-c", MAKE, str(folder / "large.park"), str(ROWS)], env)
        large = [str(folder / "large.park"), str(folder / "l.xlsx")]
        (ours,) = _told(LEDGER, large, env)
        _, peak = run_child([sys.executable, "-c", LEDGER, *large], env)
        (peer,) = _told(PEER, large, env)
    return [
        Measure("report memory", megabytes, "MB", 400),
        Measure("ledger 100k × 30", ours / peer, "× openpyxl write-only", 1.3, peer=peer),
        Measure("ledger memory", peak, "MB", 300),
    ]


def _told(code: str, arguments: list[str], env: dict[str, str]) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=env, cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def portfolio(_runs: int) -> list[Measure]:
    """Measure thirty parks with live formulas: the work for each record beside that of six."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(folder / "home")
        few, many = ([str(count), str(folder / f"{count}.xlsx")] for count in (6, 30))
        (peer,) = _told(PARKS, few, env)
        (ours,) = _told(PARKS, many, env)
        _, megabytes = run_child([sys.executable, "-c", PARKS, *many], env)
    return [
        Measure("portfolio of 30, a record", ours / peer, "× of 6 parks", 1.5, peer=peer),
        Measure("portfolio memory", megabytes, "MB", 400),
    ]
