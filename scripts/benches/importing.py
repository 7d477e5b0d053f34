# SPDX-License-Identifier: MIT
"""Importing a large ledger against python-calamine's own read of the same file."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.benches.measure import ROOT, Measure, environment

ROWS, SMALL, LEASES = 100_000, 10_000, 30_000
COLUMNS = 30
MIDDLE = 20_000
LIMITS = {".ods": 4.0, ".xlsb": 6.0}
"""Our own: no issue names these, but what they guard once took minutes."""

# Each child does one thing once and prints its seconds, so that nothing is warm by accident.
CALAMINE = """
import sys, time
t = time.perf_counter()
from python_calamine import CalamineWorkbook
CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(time.perf_counter() - t)
"""
OURS = """
import datetime, json, resource, sys, time
t = time.perf_counter()
from workbench.bootstrap import Program
services = Program().create(sys.argv[2])
class Watch:
    last, gaps, stop = None, {}, None
    def __init__(self, name): self.name, self.last = name, time.perf_counter(); self.gaps[name] = 0
    def step(self, done, total):
        now = time.perf_counter()
        self.gaps[self.name] = max(self.gaps[self.name], now - self.last)
        self.last = now
    def end(self): self.step(0, 0)
t0 = time.perf_counter()
book = services.importing._reader.read(sys.argv[1])
t1 = time.perf_counter()
del book
t2 = time.perf_counter()
seeing = Watch("preview")
preview = services.importing.preview([sys.argv[1]], progress=seeing)
seeing.end()
t3 = time.perf_counter()
counts = preview.counts()
checking = Watch("checks")
services.import_checks.check(preview, datetime.date(2026, 6, 30), checking)
checking.end()
found = sum(len(each) for table in preview.tables() for each in table.row_problems.values())
tc = time.perf_counter()
storing = Watch("commit")
services.importing.commit(preview, progress=storing)
storing.end()
t4 = time.perf_counter()
batch = preview.batch
del preview
undoing = Watch("undo")
services.history.undo_batch(batch, undoing)
undoing.end()
t5 = time.perf_counter()
peak = max(resource.getrusage(w).ru_maxrss for w in
           (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
print(json.dumps({"read": t1 - t0, "whole": t4 - t2 - (tc - t3),
                  "checked": t4 - t2, "checks": tc - t3, "found": found, "undo": t5 - t4, "counts": counts, "peak": peak,
                  "gap": max(Watch.gaps.values()), "gaps": Watch.gaps}))
"""
READ = """
import sys, time
from workbench.excel.reading.reader import ExcelReader
t = time.perf_counter()
ExcelReader().read(sys.argv[1])
print(time.perf_counter() - t)
"""


def importing(runs: int) -> list[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(folder / "home")
        others = write_others(folder)
        large, small, firms = (folder / f"{name}.xlsx" for name in ("large", "small", "firms"))
        write_ledger(large, ROWS)
        write_ledger(small, SMALL)
        write_firms(firms, LEASES)
        calamine, ours, little, named = [], [], [], []
        for run in range(max(2, runs // 2)):
            calamine.append(float(_child(CALAMINE, env, large)))
            ours.append(json.loads(_child(OURS, env, large, folder / f"l{run}.park")))
            little.append(json.loads(_child(OURS, env, small, folder / f"s{run}.park")))
            named.append(json.loads(_child(OURS, env, firms, folder / f"f{run}.park")))
        other_formats = [_against_calamine(env, path, runs) for path in others]
    if ours[0]["counts"]["new"] != ROWS:
        raise SystemExit(f"not every row was taken: {ours[0]['counts']}")
    floor = statistics.median(calamine)
    read = statistics.median(run["read"] for run in ours)
    whole = statistics.median(run["whole"] for run in ours)
    checked = statistics.median(run["checked"] for run in ours)
    if not ours[0]["found"]:
        raise SystemExit("the checks found nothing in a ledger that has mistakes")
    gap, gap_of_names = (statistics.median(run["gap"] for run in of) for of in (ours, named))
    undo = statistics.median(run["undo"] for run in ours)
    growth = checked / statistics.median(run["checked"] for run in little)
    return [
        Measure("import: parse 100k x 30", read / floor, "× calamine", 1.5, floor=floor),
        Measure("import: whole 100k x 30", whole / floor, "× calamine", 6.0, floor=floor),
        Measure("import: whole with checks", checked / floor, "× calamine", 6.0, floor=floor),
        Measure("import: peak memory", max(run["peak"] for run in ours), "MB", 1200.0),
        Measure("import: longest wait between reports", gap, "s", 0.5),
        Measure("import: longest wait, firms and leases", gap_of_names, "s", 0.5),
        Measure("import: undo 100k x 30", undo / floor, "× calamine", 9.0, floor=floor),
        Measure("import: growth 10k to 100k", growth, "×", 12.0),
        *other_formats,
    ]


def write_others(folder: Path) -> list[Path]:
    """Write a ledger of 20,000 rows in the formats whose marks we read ourselves."""
    from scripts.tortures.books import Book, ods, xlsb

    head = [
        "编号",
        "名称",
        "坐落",
        "建筑面积（㎡）",
        "可租面积（㎡）",
        "结构",
        "账面原值（万元）",
        "备注",
    ]
    rows: list[list[object]] = [head * 3]
    for n in range(MIDDLE):
        rows.append(
            [f"FW-{n:05}", f"{n}#厂房", "兴业大道1号", n + 0.25, n + 0.5, "钢", 1.5, "无"] * 3
        )
    paths = [folder / f"other.{name}" for name in ("ods", "xlsb")]
    for path, write in zip(paths, (ods, xlsb), strict=True):
        path.write_bytes(write(Book(rows)))
    return paths


def _against_calamine(env: dict[str, str], path: Path, runs: int) -> Measure:
    """Compare reading a file with calamine's own read of it."""
    times = [
        (float(_child(READ, env, path)), float(_child(CALAMINE, env, path)))
        for _ in range(max(2, runs // 2))
    ]
    ours, floor = (statistics.median(column) for column in zip(*times, strict=True))
    name = f"import: parse 20k x 24 {path.suffix}"
    return Measure(name, ours / floor, "× calamine", LIMITS[path.suffix], floor=floor)


def write_ledger(path: Path, rows: int) -> None:
    """Write a building ledger of 30 columns as a clerk keeps it."""
    from datetime import date, timedelta

    from openpyxl import Workbook

    from workbench.domain.catalogue import CATALOGUE

    heads = [
        "园区名称", "楼栋编号", "楼栋名称", "坐落", "类型", "建筑面积（㎡）", "实际建筑面积（㎡）",
        "可租面积（㎡）", "已租面积（㎡）", "空置面积（㎡）", "出租率", "自用面积（㎡）", "使用状态",
        "基底面积（㎡）", "地上层数", "层高（m）", "结构", "建成日期", "权证号", "权证状态", "规划验收",
        "消防验收", "竣工验收", "安全鉴定等级", "账面原值（万元）", "累计折旧（万元）", "账面净值（万元）",
        "供电容量（kVA）", "责任人", "备注",
    ]  # fmt: skip
    if len(heads) != COLUMNS or "building" not in CATALOGUE:
        raise SystemExit("the bench's ledger is not what it says")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("房屋")
    sheet.append(heads)
    for n in range(rows):
        area = 1000 + n % 9000
        let = area * (n % 11) // 10 if n % 11 < 10 else area
        sheet.append([
            f"{n % 40 + 1}号产业园", f"FW-{n:06}", f"{n}#厂房", f"兴业大道{n % 900}号", "标准厂房",
            area + 0.25, area, area - 50, min(let, area - 50), area - 50 - min(let, area - 50), 0.5,
            0, "部分出租", area / 2, n % 6 + 1, 7.2, "钢结构",
            (date(2001, 1, 1) + timedelta(days=n % 8000)).isoformat(),
            f"皖（20{n % 24:02}）云湖市不动产权第{n:07}号", "已办结", "通过", "通过", "通过", "A",
            900 + n % 100, 100 + n % 50, 800 + n % 50, 630, f"责任人{n % 30}", None if n % 3 else "无",
        ])  # fmt: skip
    book.save(path)


def write_firms(path: Path, leases: int) -> None:
    """Write firms and leases, most of whose tenants and all of whose buildings are new names."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业")
    sheet.append(["企业名称", "统一社会信用代码", "行业", "联系人"])
    for n in range(leases // 4):
        sheet.append([f"云湖第{n}号精密制造有限公司", None, "制造", f"联系人{n % 50}"])
    sheet = book.create_sheet("租约")
    sheet.append([
        "园区名称", "合同编号", "楼栋名称", "承租方", "租赁面积（㎡）", "租金单价（元/㎡·月）", "起租日", "到期日",
    ])  # fmt: skip
    for n in range(leases):
        known = f"云湖第{n % (leases // 4)}号精密制造有限公司"
        tenant = known if n % 3 else f"江东第{n}号贸易有限公司"
        sheet.append([
            f"{n % 20 + 1}号产业园", f"HT-{n:06}", f"{n % 800}#厂房", tenant, 100 + n % 900,
            15 + n % 20, "2024-01-01", "2026-12-31",
        ])  # fmt: skip
    book.save(path)


def _child(code: str, env: dict[str, str], *arguments: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=env, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout
