# SPDX-License-Identifier: MIT
"""Find anything among 100,000 buildings: each key typed, beside SQLite's LIKE on the same texts."""

import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable

from scripts.benches.measure import Measure
from workbench.application.search.kinds import record_segment
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.search.folding import fold
from workbench.domain.search.index import SearchIndex

RECORDS = 100_000
PLACES = [
    "滨河",
    "长江",
    "重庆",
    "金寨",
    "永济",
    "龙文",
    "锦程",
    "原铜材",
    "华川",
    "朝阳",
    "高新",
    "东湖",
    "西山",
    "南港",
    "北苑",
    "兴业",
]
USES = ["标准厂房", "研发楼", "仓库", "孵化楼", "食堂", "宿舍", "综合楼", "车间", "配电房", "门卫"]
TYPED = (
    "yuantongcai", "bhbzcf", "bh12#", "chongqing", "东湖12号", "皖2019", "b01234", "仓库 重庆",
    "食堂 jinzhai", "没有的东西", "zzzz", "不动产权第00999",
)  # fmt: skip


def buildings() -> Ledger:
    """Return a ledger whose texts are as long and as alike as those of a real one."""
    chance = random.Random(7)
    rare = [chr(code) for code in chance.sample(range(0x4E00, 0x9FA5), 2500)]
    rows = []
    for n in range(RECORDS):
        place, use = chance.choice(PLACES), chance.choice(USES)
        rows.append(
            Record("building", f"{n:032}", {
                "code": f"B-{n:05}",
                "name": f"{place}{''.join(chance.sample(rare, 2))}{n % 400}#{use}",
                "location": f"{place}区{chance.choice(PLACES)}路{n % 900}号",
                "cert_no": f"皖（{2010 + n % 15}）{place}县不动产权第{n:07}号",
                "right_holder": f"{chance.choice(PLACES)}投资开发有限公司",
                "note": "已办理竣工备案" if n % 3 else "",
            })
        )  # fmt: skip
    return Ledger({"building": rows})


def finding(runs: int) -> list[Measure]:
    ledger = buildings()
    building = CATALOGUE["building"]
    made, warmed = [], []
    for _ in range(max(1, runs // 2)):
        started = time.perf_counter()
        segment = record_segment(building, ledger)
        made.append(time.perf_counter() - started)
    index = SearchIndex([segment])
    started = time.perf_counter()
    index.warm()
    warmed.append(time.perf_counter() - started)
    taken: dict[str, list[float]] = {}
    for _ in range(runs):
        for word in TYPED:
            for end in range(1, len(word) + 1):
                started = time.perf_counter()
                index.search(word[:end])
                taken.setdefault(word[:end], []).append(time.perf_counter() - started)
    times = {key: statistics.median(each) for key, each in taken.items()}
    like = _like(segment.texts(), runs)
    slow = sorted(times.values())
    worst = max(times, key=lambda key: times[key])
    text = "\n".join(segment.texts())
    floor = _seconds(lambda: text.find("绝无此词"), runs) * 1000
    print(f"find: the slowest key ends {worst!r}", file=sys.stderr)
    return [
        Measure("find: a key, median", statistics.median(slow) * 1000, "ms", 30.0, floor, like),
        Measure("find: a key, p95", slow[int(len(slow) * 0.95)] * 1000, "ms", 30.0, floor, like),
        Measure("find: a key, slowest", slow[-1] * 1000, "ms", 60.0, floor, like),
        Measure("find: index 100k, in a worker", statistics.median(made), "s", 4.0),
        Measure("find: readings, once", warmed[0], "s", 1.5),
    ]


def _seconds(act: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _like(texts: list[str], runs: int) -> float:
    """Return the milliseconds of LIKE over the same lines, which knows no pinyin and no rank."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE line (text TEXT)")
    base.executemany("INSERT INTO line VALUES (?)", [(text,) for text in texts])
    wanted = f"%{fold('东湖12号')}%"
    query = "SELECT rowid FROM line WHERE text LIKE ?"
    taken = _seconds(lambda: base.execute(query, (wanted,)).fetchall(), runs)
    base.close()
    return taken * 1000
