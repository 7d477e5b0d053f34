"""Issue G 2: the indicators as formulas over the cells of the annexes, made by the same code."""

import math
import re
from datetime import date
from decimal import Decimal

import pytest

from tests.builders import a_ledger
from tests.full_park import a_full_park
from tests.report_rig import report_of, table_of
from tests.standards import STANDARDS
from tests.unit.test_every_indicator import AS_OF, PARAMS, PROBES
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.tenure import add_months
from workbench.domain.indicators.indicator import evaluate
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.report.sections.live.formulas import FEW, FormulaWriter, under
from workbench.domain.workings.choosing import ChoiceKey
from workbench.domain.workings.keeping import Working
from workbench.domain.workings.numbers import AS_OF as AS_OF_CELL
from workbench.domain.workings.numbers import At, Kept, Made, of_cell

STAY_VALUES = {"I-15", "I-25", "I-52"}
"""The points of a lone building and a count of fields are made of no ledger number, and the
leases of the other parks stand in no annex."""


WORDS = {
    "", ">=0", "<0", ">=", "<=", "采用", "不采用", "—", "待核", "<>待核", "待核*", "✔*", "是", "否",
    "依据充分", "依据不足", "已完成", "部分完成", "不适用", "已办结", "未办", "未通过",
    "<", ">", "已解除", "有效", "到期未续", "与本报告一致", "已改动，见注",
    "绿", "黄", "红", "不评", "一致", "顺序已变", "✔ ", "✘ ",
    "分析员", "自动", "起始分", "待核 ", "待核是否触及 ", "未触及 ", "✘ 触及 ",
    "可行", "不可行", "暂不具备", "有条件可行", "（台账已出现）",
}  # fmt: skip
"""All that stands between quotation marks in a formula, but for the choices of fields."""
VERDICTS = frozenset({"feasibility", "risks"})
"""The only tables whose formulas repeat the sentences of the content that their cells say."""
CHOICES = {choice.value for entity in CATALOGUE for field in entity for choice in field.choices}


class Sheet:
    """Every ledger cell by a name, as Excel would count: dates are days."""

    def __init__(self, ledger, params):
        self._ledger, self._params, self._names = ledger, params, {}
        self.longest = 0
        self.writer = FormulaWriter(self._name, self._add_up, self._given)

    def _name(self, at):
        if at == AS_OF_CELL:
            return f"({AS_OF.toordinal()})"
        record = self._ledger.find(at.entity, at.key) if at.entity else None
        if isinstance(at.key, ChoiceKey):
            record = at.key.choice.taken(AS_OF)
        value = record.get(at.field) if record else None
        if value is None and not at.entity:
            value = self._params[at.field]
        name = f"v{len(self._names)}"
        is_blank = value is None or isinstance(value, date)
        self._names[name] = (value and value.toordinal()) if is_blank else float(value)
        return name

    def _given(self, number):
        """An amount that counts only where a record is judged so, as it counts today."""
        name = f"v{len(self._names)}"
        self._names[name] = float(number)
        return name

    def _add_up(self, terms, _role):
        self.longest = max(self.longest, len(terms))
        rows = []
        for each in terms:
            condition, amounts = under([each])
            row = self.writer.in_a_row([each] if condition is None else amounts)
            holds = condition is None or each.term != 0 or amounts[0].term == 0
            rows.append(row if holds else "0")
        return "+".join(f"({row})" for row in rows)

    def value(self, formula):
        functions = {
            "ROUND": round, "IF": lambda test, yes, no: yes if test else no,
            "DATE": lambda *day: date(*day).toordinal(), "MAX": max, "MIN": min,
            "AND": lambda *tests: all(tests), "OR": lambda *tests: any(tests), "ABS": abs,
            "NA": lambda: math.nan,
            "COUNTIF": lambda cell, limit: int(cell is not None and cell > limit),
            "EDATE": lambda day, n: add_months(date.fromordinal(day), n).toordinal(),
            **{
                part: lambda day, part=part: getattr(date.fromordinal(day), part.lower())
                for part in ("YEAR", "MONTH", "DAY")
            },
        }  # fmt: skip
        return eval(formula.replace('">"&', ""), functions, self._names)


@pytest.mark.parametrize("id_", PROBES)
def test_domain_4_each_indicator_is_a_formula_that_gives_its_value(id_):
    for value, _band in PROBES[id_].bands:
        ledger = a_ledger(PROBES[id_].build(value))
        scope = Scope(ledger, "park", None, AS_OF, PARAMS, STANDARDS)
        plain = evaluate(INDICATORS[id_], scope, {}).value
        number = Working(scope).of(lambda s, r: INDICATORS[id_].compute(s, r).value)
        assert number == plain
        sheet = Sheet(ledger, PARAMS)
        formula = sheet.writer.of(number)
        if id_ in STAY_VALUES:
            continue
        assert formula
        assert math.isclose(sheet.value(formula), plain, rel_tol=1e-9, abs_tol=1e-9)


def test_every_known_indicator_of_a_whole_park_is_live_and_long_sums_have_columns():
    report = report_of(*a_full_park())
    table = table_of(report, "indicators", "表3-1")
    cells = dict(zip((c.value for c in table.cells("id")), table.cells("ours"), strict=True))
    dead = [id_ for id_, c in cells.items() if c.number is not None and not c.formula]
    assert dead == []
    assert [id_ for id_, c in cells.items() if c.number is None] == ["I-25"]
    columns = [t for t in report.sheet("annex_e").tables if t.key.startswith("working_")]
    assert {t.key for t in columns} >= {"working_parcel", "working_building", "working_lease"}
    for table in columns:
        assert all(c.formula for row in table.rows for c in row[2:] if c.number is not None)
    assert max(len(c.formula) for c in cells.values()) < 4_000  # Excel takes 8,192 characters


def test_figures_of_the_summary_and_of_sheet_2_are_live():
    report = report_of(*a_full_park())
    for sheet, number, columns in (
        ("summary", "表1-1", ("value0", "value1")),
        ("summary", "表1-2", ("value0", "value1")),
        ("assets", "表2-1", ("area_cert", "far", "remaining")),
        ("assets", "表2-2", ("gfa", "rentable", "let", "own", "vacant", "net", "appraised")),
        ("assets", "表2-3", ("amount",)),
        ("assets", "表2-4", ("area", "share", "rent")),
        ("assets", "表2-5", ("count", "own", "let", "vacant", "lent")),
        ("assets", "表2-0", ("area",)),
        ("assets", "表2-6", ("count", "area")),
        ("indicators", "表3-0", ("ours",)),
        ("annex_e", "表E-1", ("rentable", "let", "own", "lent", "vacant")),
        ("annex_e", "表E-2", ("land", "gfa", "base")),
        ("annex_e", "表E-3", ("area", "rent", "years")),
        ("annex_e", "表E-4", ("indicator", "sum", "gap")),
        ("diagnosis", "表4-1", ("severity", "confidence")),
        ("benchmarks", "表5-0", ("similarity", "coverage", "standing")),
        ("benchmarks", "表5-1", ("score", "weight")),
        ("pathways", "表6-2", ("compliance", "return", "weighted", "topsis")),
        ("pathways", "表6-3", ("weight", "product", "quotient")),
        ("pathways", "表6-4", ("eigenvalue", "index", "random", "ratio")),
        ("pathways", "表6-5", ("weight", "lead_down", "lead_up", "low", "high")),
        ("pathways", "表6-6", ("weight",)),
        ("pathways", "表6-0", ("weighted", "topsis", "vikor")),
    ):
        table = table_of(report, sheet, number)
        known = [c for key in columns for c in table.cells(key) if c.number is not None]
        assert known
        assert not [c for c in known if not c.formula], number


def cell(value, name="a"):
    return of_cell(Decimal(value), At("building", "B", name))


def test_a_number_that_keeps_how_it_was_made_is_equal_to_one_that_does_not():
    x, y = cell("1.25"), cell("-3", "b")
    for kept, plain in (
        (x + y, Decimal("-1.75")), (2 - x, Decimal("0.75")), (x * 2, Decimal("2.5")),
        (1 / x, Decimal("0.8")), (round(x / 3, 4), Decimal("0.4167")), (sum([x, y], 0), x + y),
    ):  # fmt: skip
        assert kept == plain
        assert isinstance(kept, Kept)
        assert hash(kept) == hash(Decimal(plain))
    assert max(x, Decimal(0)) is x
    with pytest.raises(TypeError):
        x + 1.5


def test_a_formula_keeps_the_order_of_operations_and_signs():
    writer = FormulaWriter(lambda at: at.field, lambda _terms, _role: None)
    a, b, c = cell(8), cell(2, "b"), cell(1, "c")
    for number, text in (
        ((a - (b - c)) / (b * c), "(a-b+c)/(b*c)"), (a / (b / c), "a/(b/c)"),
        ((a + b) * c, "(a+b)*c"), (1 - a, "1-a"), (a - 1, "a-1"), (a * -2, "a*(-2)"),
        (Decimal(0) + a * 1, "a"), (c - (a + b), "c-a-b"), (0 - a / b, "-a/b"),
    ):  # fmt: skip
        assert writer.of(number) == text
        names = {"a": 8, "b": 2, "c": 1}
        assert eval(text, names) == pytest.approx(float(number))


def test_what_no_sheet_shows_and_what_is_too_long_stays_a_value():
    hidden = FormulaWriter(lambda _at: None, lambda _terms, _role: None)
    assert hidden.of(cell(1) + cell(2)) == ""
    full = FormulaWriter(lambda at: at.field, lambda _terms, _role: None)
    long = sum((cell(n, f"n{n}") for n in range(FEW + 1)), Decimal(0))
    assert long.made is Made.ADD
    assert full.of(long) == ""
    assert full.of(Decimal(7)) == ""


def test_no_formula_says_anything_else_than_cells_functions_and_numbers():
    report = report_of(*a_full_park("=cmd|' /C calc'!A0"))
    live = [
        (c, str(c.value) if t.name in VERDICTS else "")
        for s in report.sheets for t in s.tables for r in t.rows for c in r if c.formula
    ]  # fmt: skip
    assert len(live) > 300
    for cell, sentence in live:
        formula = cell.formula
        words = {w for w in re.findall(r'"([^"]*)"', formula) if w not in sentence}
        assert words <= WORDS | CHOICES, formula
        assert "cmd" not in formula
        bare = re.sub(r"\{[\w!@ -]+\}|\"[^\"]*\"", "x", formula)
        assert re.fullmatch(r"[A-Zx0-9+\-*/(),.&<>=:^]*", bare), formula
