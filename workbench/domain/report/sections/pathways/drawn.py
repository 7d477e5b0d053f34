# SPDX-License-Identifier: MIT
"""表6-17 and 表6-18: the months, risks and scenario answers that pathways are scored by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.domain.finance.results import Measure, Result
from workbench.domain.finance.terms import Place
from workbench.domain.ranking.outcomes import (
    DISCOUNT_RATE,
    IRR,
    NET_SHARE,
    NOI,
    NPV,
    PEAK_GAP,
    outcome_of,
)
from workbench.domain.ranking.ranking import Placing, Ranking
from workbench.domain.ranking.scores import FinancialOutcome
from workbench.domain.report.model import NOT_APPLICABLE, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.risks import Risk, RiskLevel
from workbench.domain.report.sections.cells import share, wan, words
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.answers import answer_rows
from workbench.domain.report.sections.money.links import number_of
from workbench.domain.report.sections.money.scenario import name_inputs
from workbench.domain.report.sections.money.words import Calculated, Names
from workbench.domain.report.sections.pathways.ranking import path_label
from workbench.domain.report.sections.pathways.ranking_words import say
from workbench.domain.report.sections.risk_register import RISKS
from workbench.domain.report.sections.steps.step_words import quoted, to_verify

DRAWN, TESTED = "drawn", "tested"
_MONEY = ("npv_with", "npv_without", "gap", "noi")
ANSWERS = ("npv_with", "npv_without", "irr", "rate", "net_share", "gap", "noi")
"""What a scenario says about a pathway, in the order of the columns."""


def scenario_of(m: Material, placing: Placing) -> Calculated | None:
    """Return the scenario that scores a pathway, None for none on the sheets of the report."""
    key = next((s.scenario_key for s in placing.scores.values() if s.scenario_key), "")
    return next((each for each in m.scenarios if key and each.key == key), None)


def tested(m: Material, ranking: Ranking) -> list[Placing]:
    """Return the pathways that a scenario of the report tests, in the order of the ranking."""
    return [placing for placing in ranking.placings if scenario_of(m, placing) is not None]


def drawn_table(m: Material, ranking: Ranking) -> Table:
    """Return 表6-17: the usual months and the levels of the risks, a row for each pathway."""
    columns = (
        Column("path", say(m, "col_path"), 32),
        Column("shortest", say(m, "col_shortest"), 12, ColumnKind.INTEGER),
        Column("longest", say(m, "col_longest"), 12, ColumnKind.INTEGER),
        Column("middle", say(m, "col_middle"), 12, ColumnKind.NUMBER, 1),
        Column("risks", say(m, "col_risks"), 34),
        Column("high", say(m, "col_high_risks"), 12, ColumnKind.INTEGER),
        Column("medium", say(m, "col_medium_risks"), 12, ColumnKind.INTEGER),
    )
    rows = tuple(_drawn(m, placing) for placing in ranking.placings)
    return Table(
        m.table_no("6-17"), say(m, "table_drawn"), columns, rows,
        source_line=say(m, "source_drawn"), notes=(say(m, "note_drawn"),),
        key=DRAWN, dense=True,
    )  # fmt: skip


def _drawn(m: Material, placing: Placing) -> Row:
    path = placing.check.pathway
    places = {id_: row for row, id_ in enumerate(m.content.risks, start=1)}
    risks = [m.content.risks[tag] for tag in path.risk_tags if tag in places]
    middle = Decimal(path.months_min + path.months_max) / 2
    return (
        words(path_label(m, placing.check)),
        Cell(path.months_min),
        Cell(path.months_max),
        Cell(middle, formula=guarded("({shortest}+{longest})/2", m)),
        words(m.say("comma").join(risk.id for risk in risks) or "—"),
        *(_count(m, risks, places, level) for level in (RiskLevel.HIGH, RiskLevel.MEDIUM)),
    )


def _count(m: Material, risks: Sequence[Risk], places: Mapping[str, int], level: RiskLevel) -> Cell:
    """Return how many of the risks have a level, counted on 表9-1."""
    found = Cell(sum(risk.level is level for risk in risks))
    if not risks:
        return found
    cells = [f"{{{RISKS}!level@{places[risk.id]}}}" for risk in risks]
    open_ = ",".join(f"{cell}={to_verify(m)}" for cell in cells)
    count = "+".join(f"IF({cell}={quoted(m.label(level))},1,0)" for cell in cells)
    return replace(found, formula=f"IF(OR({open_}),{to_verify(m)},{count})")


def tested_table(m: Material, ranking: Ranking) -> Table | None:
    """Return 表6-18, or None where no scenario of the report tests a pathway."""
    placings = tested(m, ranking)
    if not placings:
        return None
    columns = (
        Column("path", say(m, "col_path"), 26),
        Column("scenario", say(m, "col_scenario"), 24),
        *(Column(key, say(m, f"col_{key}"), 13, ColumnKind.NUMBER) for key in ANSWERS),
    )
    rows: list[Row] = []
    for placing in placings:
        found = scenario_of(m, placing)
        if found is not None:
            answers = _Answers(m, placing, found)
            rows.append((
                words(path_label(m, placing.check)), words(found.name),
                *(answers.cell(key) for key in ANSWERS),
            ))  # fmt: skip
    return Table(
        m.table_no("6-18"), say(m, "table_tested"), columns, tuple(rows),
        source_line=say(m, "source_tested"), notes=(say(m, "note_tested"),),
        key=TESTED, dense=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where an answer of a scenario comes from: a measure, or an input when ``measure`` is ""."""

    measure: str = ""
    with_terminal: bool | None = None
    given: str = ""


_ASKED: Mapping[str, _Asked] = {
    "npv_with": _Asked(NPV, True),
    "npv_without": _Asked(NPV, False),
    "irr": _Asked(IRR, False),
    "rate": _Asked(given=DISCOUNT_RATE),
    "net_share": _Asked(NET_SHARE),
    "gap": _Asked(PEAK_GAP, False),
    "noi": _Asked(given=NOI),
}


class _Answers:
    """What one scenario says of a pathway, with the cells of its own sheet."""

    def __init__(self, m: Material, placing: Placing, found: Calculated) -> None:
        self._m, self._result = m, found.result
        self._outcome = outcome_of(found.result, placing.code, found.name, found.key)
        self._names = Names(number_of(m, found))
        name_inputs(found, self._names, m.words)

    def cell(self, key: str) -> Cell:
        """Return an answer in 万元 or %, "—" for one that the scenario does not give."""
        value, place = _value(self._outcome, key), self._place(_ASKED[key])
        shown = wan(value) if key in _MONEY else share(value)
        cell = NOT_APPLICABLE if value is None else shown
        return replace(cell, formula=f'IF(ISNUMBER({place}),{place},"—")' if place else "")

    def _place(self, asked: _Asked) -> str:
        if asked.given:
            found = self._names.inputs.get(Place(asked.given))
            return f"{{{found[0]}}}" if found else ""
        try:
            account = self._result.accounts[0].key if self._result.accounts else None
            measure = self._result.measure(
                asked.measure, account, with_terminal=asked.with_terminal
            )
        except KeyError:
            return ""
        return self._answer(self._result, measure)

    def _answer(self, result: Result, measure: Measure) -> str:
        for row, (each, twin) in enumerate(answer_rows(result), start=1):
            if each is measure or twin is measure:
                column = "value" if each is measure else "terminal"
                return f"{{{self._names.table('answers')}!{column}@{row}}}"
        return ""


def _value(outcome: FinancialOutcome, key: str) -> Decimal | None:
    return {
        "npv_with": outcome.npv_with_terminal,
        "npv_without": outcome.npv_without_terminal,
        "irr": outcome.irr,
        "rate": outcome.discount_rate,
        "net_share": outcome.net_cash_share,
        "gap": outcome.peak_gap,
        "noi": outcome.noi,
    }[key]
