# SPDX-License-Identifier: MIT
"""Hostile, odd and damaged workbooks: each must end in records or in one sentence.

Odd but sound ones must give exactly the records of the good ledger that they were made from.
"""

import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from scripts.tortures.books import FORMATS, Book, Percent, csv_text
from scripts.tortures.forgiven import forgiven
from scripts.tortures.hostile import hostile
from scripts.tortures.mutations import BYTES, same_xlsx, spoiled_parts, unzipped, zipped
from scripts.tortures.report import Options, Report

SECONDS, MEGABYTES = 60, 1500
FILES, QUICK_FILES = 1800, 160
_WORKERS = 2


@dataclass(frozen=True)
class Case:
    """One file, and whether it must give the good ledger's records."""

    label: str
    name: str
    data: bytes
    sound: bool = False


def good() -> Book:
    """Return the ledger that all others are made from."""
    head = ["园区名称", "楼栋编号", "楼栋名称", "坐落", "建筑面积（㎡）", "可租面积（㎡）", "出租率",
            "结构", "建成日期", "权证号", "账面原值（万元）", "备注"]  # fmt: skip
    rows: list[list[object]] = [["云湖产业园房屋资产台账"] + [""] * 11, list(head)]
    for n in range(1, 13):
        rows.append([
            "云湖产业园", f"FW-{n:03}", f"{n}#厂房", f"兴业大道{n}号", 1000.5 + n, 900.0 + n,
            Percent(0.5 + n / 100), "钢结构", f"20{n + 9}-06-30",
            f"皖（2019）云湖市不动产权第{n:07}号", 100.0 + n, "",
        ])  # fmt: skip
    return Book(rows, merges=[(1, 1, 1, 12)], hidden_rows={5})


def torture(options: Options) -> Report:
    report = Report("workbooks")
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        expected = trial.values(trial.write(Case("good", "good.xlsx", FORMATS["xlsx"](good()))))
        slowest = 0.0
        cases = _cases(options)
        with ThreadPoolExecutor(_WORKERS) as pool:
            for case, (kind, detail, seconds) in _in_turn(
                pool, cases, lambda case: trial.end(case, expected)
            ):
                slowest = max(slowest, seconds)
                survived = kind != "lost" and seconds <= SECONDS
                report.take(survived, f"{case.label} {case.name}: {detail} ({seconds:.1f} s)")
                report.notes[kind] = report.notes.get(kind, 0) + 1
                if not survived and options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / case.name).write_bytes(case.data)
    report.notes["slowest_seconds"] = round(slowest, 1)
    for who, name in ((resource.RUSAGE_SELF, "own_mb"), (resource.RUSAGE_CHILDREN, "child_mb")):
        report.notes[name] = resource.getrusage(who).ru_maxrss // 1024
        report.take(report.notes[name] <= MEGABYTES, f"memory: {name} {report.notes[name]}")
    return report


def _in_turn(
    pool: ThreadPoolExecutor, cases: Iterator[Case], end: Callable[[Case], tuple[str, str, float]]
) -> Iterator[tuple[Case, tuple[str, str, float]]]:
    """Yield each case with its end, a few at a time: all of them at once would fill the memory."""
    while batch := list(islice(cases, _WORKERS * 2)):
        yield from zip(batch, pool.map(end, batch), strict=True)


def _cases(options: Options) -> Iterator[Case]:
    rng = random.Random(options.seed)
    book = good()
    books = {name: write(book) for name, write in FORMATS.items()}
    packages = {name: unzipped(books[name]) for name in ("xlsx", "xlsm", "xlsb", "ods")}
    for name, data in books.items():
        yield Case("format", f"good.{name}", data, sound=name != "csv")
        for other in ("xls", "xlsx", "csv", "ods"):
            yield Case("wrong name", f"{name}.as.{other}", data, sound=name != "csv")
    for encoding in ("utf-8", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
        yield Case("text", f"{encoding}.xls", csv_text(book, encoding), sound=True)
    for label, data in same_xlsx(packages["xlsx"]):
        yield Case("sound", f"{label}.xlsx", data, sound=True)
    for label, name, data in forgiven(book):
        yield Case("forgiven", f"{label}.{name}", data, sound=True)
    for label, name, data in hostile(book, options.quick):
        yield Case("hostile", f"{label}.{name}", data)
    for number in range(QUICK_FILES if options.quick else FILES):
        name = list(books)[number % len(books)]
        if name in packages and rng.random() < 0.7:
            data = zipped(spoiled_parts(packages[name], rng))
        else:
            data = rng.choice(BYTES)(books[name], rng)
        yield Case("spoiled", f"{number:04}.{name}", data)


class Trial:
    """An empty project, and what reading a file into it ends in."""

    def __init__(self, folder: Path) -> None:
        from workbench.bootstrap import Program

        self._folder = folder
        program = Program()
        self._importing = program.create(str(folder / "torture.park")).importing
        self._texts = program.texts("zh_CN")

    def write(self, case: Case) -> Path:
        path = self._folder / re.sub(r"[\\/]", "_", case.name)
        path.write_bytes(case.data)
        return path

    def values(self, path: Path) -> list[dict[str, Any]]:
        preview = self._importing.preview([str(path)])
        return [table.values(i) for table in preview.tables() for i in table.kept()]

    def end(self, case: Case, expected: list[dict[str, Any]]) -> tuple[str, str, float]:
        """Return records, sentence or lost, more about it, and the seconds it took."""
        from workbench.domain.findings import InputError

        path = self.write(case)
        start = time.monotonic()
        try:
            values = self.values(path)
        except InputError as refusal:
            sentence = self._texts(refusal.code, **refusal.params)
            whole = "\n" not in sentence and "{" not in sentence and case.name in sentence
            kind = "sentence" if whole and refusal.exit_status == 3 and not case.sound else "lost"
            result = kind, sentence
        except BaseException as fault:  # whatever it is, it is a loss to be told
            result = "lost", f"{type(fault).__name__}: {fault}"[:300]
        else:
            result = "records", ""
            if case.sound and values != expected:
                result = "lost", f"{len(values)} records differ from the {len(expected)} expected"
        seconds = time.monotonic() - start
        path.unlink()
        return *result, seconds
