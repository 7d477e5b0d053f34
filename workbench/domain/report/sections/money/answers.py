# SPDX-License-Identifier: MIT
"""The answers of a scenario as live formulas: NPV, IRR, MIRR, paybacks, gap and turning year.

Each is read off one line of the calculation with the functions that an analyst would use; the
lines that only the answers need (present values, cumulative flows) stand in a table of their own.
"""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.display import shown_number
from workbench.domain.finance.measures import DISCOUNT_RATE, REINVEST_RATE
from workbench.domain.finance.results import How, Line, Measure, Result
from workbench.domain.finance.terms import LineAt, Place
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Row,
    Table,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.money.dates import rate_formula, search_table
from workbench.domain.report.sections.money.formulas import Formulas
from workbench.domain.report.sections.money.watch import while_frozen, while_same
from workbench.domain.report.sections.money.words import (
    WORDS,
    Calculated,
    Names,
    Say,
)
from workbench.domain.report.sections.money.years import (
    YearGrid,
    YearRow,
    YearTexts,
    year_tables,
)

_DUST = 10
"""Decimals of 万元 below which a cumulative flow counts as 0: a millionth of 元."""
_NOT_KNOWN = ("missing_inputs", "target_unknown")
_SUMMED, _DISCOUNTED = "sum", "discounted"
_MAY_FAIL = (
    How.RETURN, How.MODIFIED, How.PAYBACK, How.DISCOUNTED, How.DATED, How.RATE, How.PERIODS,
)  # fmt: skip
"""Answers that other inputs may leave without a value."""
_PAYBACKS = {How.PAYBACK: _SUMMED, How.DISCOUNTED: _DISCOUNTED}
_WITH_RATE = (How.WORTH, How.MODIFIED, How.DISCOUNTED)
_WRITTEN = {
    How.WORTH: "{first}+NPV({rate},{rest})",
    How.RETURN: "IFERROR(IRR({whole},{guess}),IFERROR(IRR({whole},0.1),IRR({whole},-0.2)))*100",
    How.MODIFIED: "MIRR({whole},{rate},{reinvest})*100",
    How.SUM: "SUM({whole})",
    How.GAP: "-MIN(0,{whole})",
    How.DEEPEST: "MATCH(MIN({whole}),{whole},0)-1",
    How.TURNS: "{turns}",
    How.LOWEST: 'IF(COUNT({whole})=0,"—",MIN({whole}))',
}
"""Answers in the functions of a workbook; money lines are in 万元, rates in %.

A return is looked for from ours, and from elsewhere where an input has been moved far.
"""
_CALLED = {
    How.RATE: "RATE({0},-{1},{2},0,{3},{guess}/{4})*{4}*100",
    How.PERIODS: "IF({2}>={3},0,NPER({0},-{1},-{2},{3},{4}))",
}
"""Answers that are asked of arguments, in the order that ``How`` gives."""


def answers(found: Calculated, names: Names, say: Say) -> tuple[Table, list[Block]]:
    """Return the table of answers and the one of the flows behind them; lines come first."""
    flows = _Flows(found, names, say)
    rows = tuple(
        _row(measure, twin, found, names, flows, say) for measure, twin in answer_rows(found.result)
    )
    columns = (
        Column("title", say("col_answer"), 30),
        Column("reason", say("col_reason"), WORDS),
        Column("value", value_title([found], say), 20, ColumnKind.NUMBER),
        Column("terminal", say("col_with"), 20, ColumnKind.NUMBER),
        Column("unit", say("col_unit"), 12, ColumnKind.WORD),
        Column("account", say("col_account"), 19, ColumnKind.WORD),
    )
    key = names.table("answers")
    table = Table("", say("table_answers"), columns, rows, source_line=say("source"), key=key,
                  dense=True, source_link=f"{names.table('inputs')}@1")  # fmt: skip
    return table, [*flows.table(), *search_table(found, names, say)]


def splits(found: Calculated) -> bool:
    """Tell whether a scenario has answers without and with terminal value."""
    return any(measure.with_terminal is not None for measure in found.result.measures)


def value_title(found: Sequence[Calculated], say: Say) -> str:
    """Return what the column of the answers is called, beside one with terminal values."""
    kinds = {splits(each) for each in found}
    if kinds == {False}:
        return say("col_value")
    return say("col_without" if kinds == {True} else "col_mixed")


def answer_rows(result: Result) -> list[tuple[Measure, Measure | None]]:
    """Return the answers a row each: without terminal value, or without the question, and with."""
    return [
        (measure, result.measure(measure.key, measure.account, with_terminal=True))
        if measure.with_terminal is False
        else (measure, None)
        for measure in result.measures
        if measure.with_terminal is not True
    ]


def _row(
    measure: Measure,
    twin: Measure | None,
    found: Calculated,
    names: Names,
    flows: "_Flows",
    say: Say,
) -> Row:
    accounts = {account.key: account.title(say.language) for account in found.result.accounts}
    return (
        words(measure.field.title(say.language)),
        optional(reason_of(measure, twin, found) or "—"),
        _answer(measure, found, names, flows, say),
        NOT_APPLICABLE if twin is None else _answer(twin, found, names, flows, say),
        optional(say.unit(measure.field) or "—"),
        optional(accounts.get(measure.account, "—")),
    )


def reason_of(measure: Measure, twin: Measure | None, found: Calculated) -> str:
    """Return why an answer has no value, or what else is to be said of it."""
    places = ((m.key, m.account, m.with_terminal) for m in (measure, twin) if m is not None)
    said = (found.reasons.get(place, "") for place in places)
    return " ".join(dict.fromkeys(text for text in said if text))


def without_value(measure: Measure) -> Cell:
    """Return 待核 for what is not known yet, — for a question that has no answer."""
    return UNKNOWN if any(r.code in _NOT_KNOWN for r in measure.reasons) else NOT_APPLICABLE


def _answer(measure: Measure, found: Calculated, names: Names, flows: "_Flows", say: Say) -> Cell:
    """Return an answer that stands as long as its formula follows what was changed.

    One without a value, or read off by the program alone, stands as long as nothing was changed.
    """
    if measure.value is None:
        flows.keep(measure)
        return while_same(without_value(measure), names, say)
    formula = _formula(measure, found, names, flows)
    cell = Cell(
        shown_number(measure.value, measure.field),
        CellState.FORECAST,
        f'IFERROR({formula},"—")' if formula and measure.how in _MAY_FAIL else formula,
        decimals=measure.field.decimals,
    )
    return (while_frozen if formula else while_same)(cell, names, say)


def _formula(measure: Measure, found: Calculated, names: Names, flows: "_Flows") -> str:
    """Return the formula of an answer, "" where its cells are not on the sheet."""
    if measure.how is How.DATED:
        return rate_formula(measure, found, names)
    if measure.how in _CALLED:
        return _call(measure, names)
    read = _Range.of(measure.line, found, names) if measure.how is not None else None
    rate = names.inputs.get(Place(DISCOUNT_RATE.key))
    if measure.how is None or read is None or (measure.how in _WITH_RATE and rate is None):
        return _of_terms(measure, names)
    if measure.how in _PAYBACKS:
        return flows.sums(measure.line, _PAYBACKS[measure.how]).payback()
    return _WRITTEN[measure.how].format(
        first=read.first,
        rest=read.rest,
        whole=read.whole,
        turns=read.turns(),
        rate=f"{{{rate[0]}}}/100" if rate else "",
        reinvest=_reinvest(found, names),
        guess=_guess(measure),
    )


def _reinvest(found: Calculated, names: Names) -> str:
    """Return the rate of the MIRR's second half: a blank one is the discount rate."""
    settled = found.result.settled.get(REINVEST_RATE.key)
    stated = settled is not None and settled.value is not None
    place = names.inputs.get(Place((REINVEST_RATE if stated else DISCOUNT_RATE).key))
    return f"{{{place[0]}}}/100" if place else ""


def _guess(measure: Measure) -> str:
    return f"{round(measure.value or Decimal(0), 4):f}"


def _call(measure: Measure, names: Names) -> str:
    """Return the function of an answer with its arguments, "" where a cell is not there."""
    formulas = Formulas(names.inputs.get, names.lines.get, names.unlisted)
    asked = [formulas.argument(argument) for argument in measure.arguments]
    if measure.how is None or not all(asked):
        return ""
    return _CALLED[measure.how].format(*asked, guess=_guess(measure))


def _of_terms(measure: Measure, names: Names) -> str:
    if measure.term is None:
        return ""
    formulas = Formulas(names.inputs.get, names.lines.get, names.unlisted)
    return formulas.of(measure.term, measure.field)


class _Range:
    """The cells of one line over the years, which stand in one row or in one column."""

    def __init__(self, cells: list[str]) -> None:
        self._cells = [f"{{{cell}}}" for cell in cells]
        self._down = cells[0].partition("@")[0] == cells[-1].partition("@")[0]
        self.first = self._cells[0]
        self.rest = f"{self._cells[1]}:{self._cells[-1]}"
        self.whole = f"{self.first}:{self._cells[-1]}"

    @classmethod
    def of(cls, key: str, found: Calculated, names: Names) -> "_Range | None":
        """Return the cells of a line; None for one period or a line that is not there."""
        cells = [names.lines.get(LineAt(key, at)) for at in range(found.result.periods)]
        known = [cell[0] for cell in cells if cell is not None]
        return cls(known) if len(known) == len(cells) and len(known) > 1 else None

    def turns(self) -> str:
        """Return the period after the last negative one: a cumulative flow stays at 0 or more."""
        number = "ROW" if self._down else "COLUMN"
        place = f"{number}({self.whole})-{number}({self.first})+1"
        return f"SUMPRODUCT(MAX((ROUND({self.whole},{_DUST})<0)*({place})))"

    def payback(self) -> str:
        """Return when a cumulative flow turns for good, linear within the year."""
        last = self.turns()
        place = "" if self._down else "1,"
        before, after = (f"INDEX({self.whole},{place}{last}{add})" for add in ("", "+1"))
        return f"{last}-1-{before}/({after}-{before})"


class _Flows:
    """Present values and cumulative flows, each a line below the answers, as far as one asks."""

    def __init__(self, found: Calculated, names: Names, say: Say) -> None:
        self._found, self._names, self._say = found, names, say
        self._grid = YearGrid(names.table("worth"), found.result.periods)
        self._rows: list[YearRow] = []
        self._known: dict[tuple[str, str], _Range] = {}

    def keep(self, measure: Measure) -> None:
        """Write the lines of a payback that has no value too: they show that there is none."""
        if measure.how not in _PAYBACKS or not measure.line:
            return
        amounts = self._found.result.line(measure.line).values
        there = _Range.of(measure.line, self._found, self._names) is not None
        rate = Place(DISCOUNT_RATE.key) in self._names.inputs
        if there and rate and None not in amounts:
            self.sums(measure.line, _PAYBACKS[measure.how])

    def sums(self, line: str, kind: str) -> _Range:
        """Return the cells of a line's cumulative flow, plain or discounted."""
        if (line, kind) not in self._known:
            self._add(line, kind)
        return self._known[line, kind]

    def _add(self, key: str, kind: str) -> None:
        line = self._found.result.line(key)
        amounts = [value or Decimal(0) for value in line.values]
        if kind == _DISCOUNTED:
            amounts = self._discounted(line, amounts)
        sums, total = [], Decimal(0)
        for amount in amounts:
            total += amount
            sums.append(total)
        source = len(self._rows) if kind == _DISCOUNTED else 0
        row = len(self._rows) + 1
        cells = []
        for at, value in enumerate(sums):
            added = f"{{{self._grid.year(source, at)}}}" if source else self._cell(key, at)
            before = f"{{{self._grid.year(row, at - 1)}}}+" if at else ""
            cells.append(Cell(shown_number(value, line.field), formula=f"{before}{added}"))
        self._row(f"cumulative_{kind}", line, cells)
        self._known[key, kind] = _Range([self._grid.year(row, at) for at in range(len(sums))])

    def _row(self, key: str, line: Line, cells: list[Cell]) -> None:
        title = self._say(key, line=line.field.title(self._say.language))
        unit = optional(self._say.unit(line.field) or "—")
        self._rows.append(YearRow(words(title), unit, tuple(cells)))

    def _discounted(self, line: Line, amounts: list[Decimal]) -> list[Decimal]:
        """Write the present value of each year, and return them."""
        rate, place = self._rate()
        worth = [amount / (1 + rate) ** at for at, amount in enumerate(amounts)]
        cells = []
        for at, value in enumerate(worth):
            factor = f"/(1+{{{place}}}/100)^{at}" if at else ""
            formula = f"{self._cell(line.key, at)}{factor}"
            cells.append(Cell(shown_number(value, line.field), formula=formula))
        self._row("worth_by_year", line, cells)
        return worth

    def _rate(self) -> tuple[Decimal, str]:
        value = self._found.result.settled[DISCOUNT_RATE.key].value
        rate = value if isinstance(value, Decimal) else Decimal(0)
        return rate, self._names.inputs[Place(DISCOUNT_RATE.key)][0]

    def _cell(self, key: str, at: int) -> str:
        return f"{{{self._names.lines[LineAt(key, at)][0]}}}"

    def table(self) -> list[Block]:
        """Return the tables of the lines that were asked for, if any."""
        if not self._rows:
            return []
        say, link = self._say, f"{self._names.table('inputs')}@1"
        texts = YearTexts(
            say("table_worth"), say("col_unit"), say("unit_money"), say("source"), link=link,
            tab=say.texts("report_tabs.worth"),
        )  # fmt: skip
        return list(year_tables(self._grid, self._rows, texts, self._say, totals=False))
