# SPDX-License-Identifier: MIT
"""附表E-7: every diagnosis rule with what was measured, whether it holds, and its points."""

import ast
from dataclasses import replace
from decimal import Decimal

from workbench.domain.conditions import name_of, sure_answers
from workbench.domain.diagnosis.diagnosing import Distress, RuleResult
from workbench.domain.diagnosis.measures import asks_not
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.report.model import (
    UNKNOWN,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Row,
    Table,
)
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import INDICATORS as INDICATORS_KEY
from workbench.domain.report.sections.links import column_part
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.qualified import (
    bounded,
)
from workbench.domain.report.sections.steps.step_words import quoted, say, to_verify
from workbench.domain.report.sections.steps.truths import bound_of, truth_formula

RULES = "rules"
_PERCENT = 100
_COMPARED = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=", ast.NotEq: "<>",
}  # fmt: skip


def severity_formula(m: Material, each: Distress) -> str:
    """Return min(100, Σ points of the rules that hold), 待核 until one could be decided."""
    hit, points, decided = _columns(m, each)
    held = f"SUMIF({hit},{quoted(m.say('yes'))},{points})"
    return _while_unmoved(m, each, f"IF({decided}=0,{to_verify(m)},MIN(100,{held}))")


def confidence_formula(m: Material, each: Distress) -> str:
    """Return the points of the rules that could be decided over those of all, in percent."""
    _, points, decided = _columns(m, each)
    return _while_unmoved(m, each, f"IF(SUM({points})=0,0,{decided}/SUM({points})*100)")


def _while_unmoved(m: Material, each: Distress, formula: str) -> str:
    """Return a sum of points that is 待核 once what the program judged for a rule has changed.

    A rule that is open for that reason is not one of which nobody knows anything.
    """
    conditions = (result.rule.condition for result in each.rules)
    names = (name for condition in conditions for name in condition.ordered_names)
    return while_0(m, m.asked_facts.flags(names), formula)


def _columns(m: Material, each: Distress) -> tuple[str, str, str]:
    """Return the verdicts of a type's rules, their points, and Σ points of the decided ones."""
    first = 1 + sum(len(d.rules) for d in m.distresses[: m.distresses.index(each)])
    last = first + len(each.rules) - 1
    hit, points = (column_part(RULES, key, first, last) for key in ("hit", "points"))
    open_ = quoted(f"<>{m.say('to_verify')}")
    return hit, points, f"SUMIF({hit},{open_},{points})"


def rules_table(m: Material) -> Table:
    """Return 附表E-7, the rules in the order of their types."""
    columns = (
        Column("type", say(m, "col_type"), 7, ColumnKind.CODE),
        Column("rule", say(m, "col_rule"), 46),
        Column("measured", say(m, "col_measured"), 13, ColumnKind.NUMBER, 4),
        Column("unit", m.say("col.unit"), 11, ColumnKind.WORD),
        Column("hit", say(m, "col_hit"), 9, ColumnKind.WORD),
        Column("points", say(m, "col_points"), 8, ColumnKind.INTEGER),
    )
    rows = tuple(_row(m, each, result) for each in m.distresses for result in each.rules)
    return Table(
        m.table_no("E-7"), say(m, "table_rules"), columns, rows,
        source_line=m.say("source.diagnosis"), notes=(say(m, "note_rules"),),
        key=RULES, dense=True,
    )  # fmt: skip


def _row(m: Material, each: Distress, result: RuleResult) -> Row:
    id_ = result.rule.measure.replace("_", "-")
    measured, unit = _measured(m, result, id_)
    verdicts = {True: m.say("yes"), False: m.say("no")}
    verdict = verdicts.get(result.truth) if result.truth is not None else None
    formula = "" if result.faulty else _verdict_formula(m, result)
    hit = Cell(verdict, formula=formula) if verdict else Cell(None, CellState.UNKNOWN, formula)
    return (
        words(each.type.code),
        words(result.rule.describe(m.language)),
        measured,
        words(unit or "—"),
        hit,
        Cell(result.points),
    )


def _verdict_formula(m: Material, result: RuleResult) -> str:
    """Return 是, 否 or 待核 over what was measured, else over the facts of 附表E-15."""
    if found := _Written(m, result).verdict():
        return found
    truth = truth_formula(m, result.rule.condition, result.truth)
    said = ",".join((quoted(m.say("no")), to_verify(m), quoted(m.say("yes"))))
    return f"CHOOSE(1+2*{truth},{said})" if truth else ""


def _measured(m: Material, result: RuleResult, id_: str) -> tuple[Cell, str]:
    """Return the measured value as 表3-1 shows it, one that is no indicator as it was counted."""
    value = result.value
    if id_ in m.indicators:
        unit = INDICATORS[id_].shown_unit(m.language)
        if not isinstance(value, Decimal | int):
            waiting = _indicator(m, id_) if m.live.indicator(id_) else ""
            return replace(UNKNOWN, formula=waiting), unit
        factor = _PERCENT if INDICATORS[id_].unit == "%" else 1
        cell = Cell(Decimal(value) * factor, formula=_indicator(m, id_))
        return bounded(cell, m.indicators[id_]), unit
    live = _fact(m, result)
    if isinstance(value, bool):
        # a rule that asks whether something is not so shows the answer to what it asks
        return Cell(m.say("yes" if value is not asks_not(result.rule) else "no"), formula=live), ""
    if isinstance(value, Decimal | int):
        asked = m.asked_facts.get(result.rule.measure)
        shown = asked.cell.number if asked is not None else None
        number = Decimal(value) * (_PERCENT if result.rule.percent else 1)
        return Cell(number if shown is None else shown, formula=live), unit_of(m, result)
    said = replace(UNKNOWN, formula=live) if value is None else Cell(str(value))
    return said, unit_of(m, result)


def unit_of(m: Material, result: RuleResult) -> str:
    """Return the unit of what a rule measured, as 附表E-15 shows it."""
    asked = m.asked_facts.get(result.rule.measure)
    if asked is not None and asked.unit:
        return asked.unit
    return "%" if result.rule.percent else ""


def _fact(m: Material, result: RuleResult) -> str:
    """Return the fact as 附表E-15 has it, turned round where a rule asks whether it is not so."""
    if m.asked_facts.get(result.rule.measure) is None:
        return ""
    place, unknown = m.asked_facts.place(result.rule.measure), to_verify(m)
    if not asks_not(result.rule):
        return f'IF({place}="",{unknown},{place})'
    yes, no = quoted(m.say("yes")), quoted(m.say("no"))
    return f"IF({place}={yes},{no},IF({place}={no},{yes},{unknown}))"


def _indicator(m: Material, id_: str) -> str:
    return f"{{{INDICATORS_KEY}!ours@{list(m.indicators).index(id_) + 1}}}"


class _Written:
    """Writes a condition as a formula; "" where it asks for more than the report shows."""

    def __init__(self, m: Material, result: RuleResult) -> None:
        self._m, self._result = m, result
        self._yes, self._no = quoted(m.say("yes")), quoted(m.say("no"))

    def verdict(self) -> str:
        """Return 是, 否 or 待核 by the three-valued logic of the rules."""
        return self._of(self._result.rule.condition.tree)

    def _of(self, node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op, [left, right]):
                return self._both(left, right, either=isinstance(op, ast.Or))
            case ast.UnaryOp(ast.Not(), asked):
                return "{measured}" if asks_not(self._result.rule) else self._not(self._of(asked))
            case ast.Compare(left, [op], [right]) if type(op) in _COMPARED:
                return self._compared(left, type(op), right)
        name = name_of(node)
        if name == self._result.rule.measure:
            return "{measured}"
        if name is None or self._m.asked_facts.get(name) is None:
            return ""
        return self._m.asked_facts.place(name)

    def _not(self, asked: str) -> str:
        yes, no = self._yes, self._no
        return asked and f"IF({asked}={yes},{no},IF({asked}={no},{yes},{to_verify(self._m)}))"

    def _both(self, left: ast.expr, right: ast.expr, *, either: bool) -> str:
        one, other = self._of(left), self._of(right)
        if not one or not other:
            return ""
        yes, no = (self._yes, self._no) if either else (self._no, self._yes)
        decided = f"IF(AND({one}={no},{other}={no}),{no},{to_verify(self._m)})"
        return f"IF(OR({one}={yes},{other}={yes}),{yes},{decided})"

    def _compared(self, left: ast.expr, op: type[ast.cmpop], right: ast.expr) -> str:
        found, number = self._number(name_of(left)), _constant(right)
        if found is None or number is None:
            return ""
        place, factor = found
        test, open_ = f"ROUND({place},9){_COMPARED[op]}{number * factor:f}", to_verify(self._m)
        sure = sure_answers(op, bound_of(self._m, left), None)
        yes, no = (self._yes if True in sure else open_), (self._no if False in sure else open_)
        return f"IF(ISNUMBER({place}),IF({test},{yes},{no}),{open_})"

    def _number(self, name: str | None) -> tuple[str, int] | None:
        """Return where the number of a name stands, and how many times larger it is there."""
        id_ = (name or "").replace("_", "-")
        if id_ in self._m.indicators:
            shared = INDICATORS[id_].unit == "%"
            return _indicator(self._m, id_), _PERCENT if shared else 1
        if name != self._result.rule.measure:
            return None
        asked = self._m.asked_facts.get(name)
        if asked is not None and asked.scale:
            return f"{{measured}}{asked.scale}", 1
        return "{measured}", _PERCENT if self._result.rule.percent else 1


def _constant(node: ast.expr) -> Decimal | None:
    match node:
        case ast.UnaryOp(ast.USub(), ast.Constant(value)):
            return -Decimal(str(value)) if isinstance(value, int | float) else None
        case ast.Constant(value) if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(str(value))
    return None
