# SPDX-License-Identifier: MIT
"""Assessing and reporting a park of 500 buildings and 2,000 leases.

The peer of the report is openpyxl reading the same workbook and saving it again: seconds of one
machine say little, so many times the peer is what a report costs on any.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import load_workbook

from scripts.benches.measure import ROOT, Measure, environment

BUILDINGS, LEASES = 500, 2000
CODE = """
import json, sys, time
from datetime import date
from workbench.bootstrap import Program
program = Program()
services = program.create(sys.argv[1])
services.importing.commit(services.importing.preview([sys.argv[2], sys.argv[3]]))
park = services.querying.records("park")[0]
services.assessing
t0 = time.perf_counter()
services.assessing.run(park.key, None, date(2026, 6, 30))
t1 = time.perf_counter()
services.exporting.export(sys.argv[4], park.key, date(2026, 6, 30), program.texts())
t2 = time.perf_counter()
print(json.dumps([t1 - t0, t2 - t1]))
"""


def assess(runs: int) -> list[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(folder / "home")
        buildings, leases = folder / "楼栋.csv", folder / "租约.csv"
        _write(buildings, leases)
        times, peers = [], []
        for run in range(runs):
            done = subprocess.run(
                [sys.executable, "-c", CODE, str(folder / f"{run}.park"), str(buildings),
                 str(leases), str(folder / f"{run}.xlsx")],
                env=env, cwd=ROOT, capture_output=True, text=True,
            )  # fmt: skip
            if done.returncode:
                raise SystemExit(done.stderr)
            times.append(json.loads(done.stdout))
            peers.append(_saved_again(folder / f"{run}.xlsx"))
    return [
        Measure("assess 500 buildings", statistics.median(t[0] for t in times), "s", 1.0),
        Measure(
            "report 500 buildings",
            statistics.median(t[1] for t in times),
            "s",
            10.0,
            peer=statistics.median(peers),
        ),
    ]


def _saved_again(report: Path) -> float:
    begun = time.perf_counter()
    load_workbook(report).save(report.with_suffix(".again.xlsx"))
    return time.perf_counter() - begun


def _write(buildings: Path, leases: Path) -> None:
    lines = [
        "园区名称,楼栋编号,楼栋名称,类型,实际建筑面积（㎡）,可租面积（㎡）,使用状态,账面净值（万元）"
    ]
    lines += [
        f"测试园,F{n:04},{n}号楼,标准厂房,{5000 + n},{4500 + n},部分出租,{800 + n}"
        for n in range(BUILDINGS)
    ]
    buildings.write_text("\n".join(lines), encoding="utf-8")
    lines = ["园区名称,合同编号,楼栋,承租方,租赁面积（㎡）,租金单价（元/㎡·月）,起租日,到期日"]
    lines += [
        f"测试园,HT{n:05},{n % BUILDINGS}号楼,第{n % 1500}公司,{300 + n % 700},{15 + n % 9},"
        f"202{n % 5}-0{n % 9 + 1}-01,202{n % 4 + 6}-0{n % 9 + 1}-28"
        for n in range(LEASES)
    ]
    leases.write_text("\n".join(lines), encoding="utf-8")
