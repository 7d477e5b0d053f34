# SPDX-License-Identifier: MIT
"""A small ledger in memory for tests of the table."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.protocol import (
    Cell,
    CellText,
    GridColumn,
    PasteOutcome,
    Problem,
)

COLUMNS = (
    GridColumn("code", "资产编号", width=104, frozen=True, quiet=True, editable=False),
    GridColumn("name", "资产名称", width=196, frozen=True, strong=True),
    GridColumn("state", "状态", kind="pill", width=104, choices=("在租", "低效", "闲置")),
    GridColumn("land", "土地面积", "亩", "number", 84, decimals=1),
    GridColumn("area", "建筑面积", "㎡", "number", 96),
    GridColumn("let", "出租率", "%", "bar", 118),
    GridColumn("until", "土地到期", "", "date", 96, quiet=True),
    GridColumn("owner", "责任人", width=76, quiet=True),
)
ROWS: list[list[object]] = [
    [
        "B-A01",
        "A区1号标准厂房",
        "在租",
        Decimal("18.6"),
        Decimal(12400),
        Decimal("0.924"),
        "2061-08",
        "周敏",
    ],
    [
        "B-A04",
        "A区4号标准厂房",
        "闲置",
        Decimal("17.9"),
        Decimal(11860),
        Decimal(0),
        "2061-08",
        "周敏",
    ],
    ["B-B01", "B区研发办公楼", "低效", Decimal("9.2"), None, Decimal("0.476"), "2064-03", None],
    ["B-C01", "原锦程科技工业用地", "闲置", Decimal(50), None, None, "2049-11", "王海涛"],
    [
        "B-D04",
        "园区食堂及活动中心",
        "闲置",
        Decimal("2.2"),
        Decimal(3100),
        Decimal("1.12"),
        None,
        "刘颖",
    ],
    ["B-H02", "H区原招待所", "低效", None, Decimal(5600), Decimal(0), "2043-02", "陈立新"],
]
TONES = {"在租": "success", "低效": "warn", "闲置": "danger"}
NUMERIC = ("number", "bar")


class SampleModel(GridModel):
    """Keeps plain lists; refuses what is not a number in a number column."""

    def __init__(self, rows: Sequence[Sequence[object]] = ROWS) -> None:
        self.rows = [list(row) for row in rows]
        self.steps: list[str] = []
        self.made = 0
        self.places = list(range(len(COLUMNS)))
        super().__init__(COLUMNS)
        self.reload()

    def source_count(self) -> int:
        return len(self.rows)

    def raw(self, source: int, column: int) -> object:
        return self.rows[source][self.places[column]]

    def columns_ordered(self, order: Sequence[int]) -> None:
        self.places = [self.places[at] for at in order]

    def make_row(self, source: int) -> tuple[Cell, ...]:
        self.made += 1
        return tuple(self._cell(COLUMNS[at], self.rows[source][at]) for at in self.places)

    def write(self, cells: Sequence[CellText], label: str) -> PasteOutcome:
        refused, applied = [], 0
        for row, column, text in cells:
            at = self.places[column]
            declared = COLUMNS[at]
            value: object = text or None
            if not declared.editable:
                refused.append((row, column, "read only"))
                continue
            if text and declared.kind in NUMERIC:
                try:
                    value = Decimal(text.replace(",", ""))
                except InvalidOperation:
                    refused.append((row, column, f"“{text}”不是数字"))
                    continue
                if declared.kind == "bar":
                    value = value / 100
            self.rows[row][at] = value
            applied += 1
        self.steps.append(label)
        self.rows_changed({row for row, _, _ in cells})
        return PasteOutcome(applied, tuple(refused))

    def _cell(self, column: GridColumn, value: object) -> Cell:
        problem = None
        if column.key == "let" and isinstance(value, Decimal) and not 0 <= value <= 1:
            problem = Problem(
                "error", "出租率应在 0–100 之间，现为 112。请核对已租面积与可租面积。"
            )
        if column.key == "land" and value is None:
            problem = Problem("warning", "缺少土地面积。")
        if value is None:
            return Cell("", problem=problem, missing=problem is not None)
        if isinstance(value, Decimal):
            shown = value * 100 if column.kind == "bar" else value
            decimals = 1 if column.kind == "bar" else column.decimals
            tone = "c1" if value >= Decimal("0.7") else "c2"
            edit = f"{shown.normalize():f}"
            return Cell(f"{shown:,.{decimals}f}", value, edit, problem, tone)
        text = str(value)
        return Cell(text, text, text, problem, TONES.get(text, ""))
