# SPDX-License-Identifier: MIT
"""Sheet 4, the diagnosis (问题诊断): severity, confidence, rules, evidence, what is not known."""

from dataclasses import replace
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.condition_names import INDICATOR
from workbench.domain.diagnosis.diagnosing import Distress, RuleResult
from workbench.domain.diagnosis.measures import measured_words
from workbench.domain.diagnosis.rules import Causality, SeverityLevel
from workbench.domain.display import grouped
from workbench.domain.explain import Input
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.report.model import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Paragraph,
    Sheet,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import figure, optional, share
from workbench.domain.report.sections.front import LEVEL_TONES, path_names
from workbench.domain.report.sections.links import DIAGNOSIS
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.qualified import (
    basis_of,
    company_remark,
)
from workbench.domain.report.sections.scope_texts import scope_note
from workbench.domain.report.sections.steps.rules import (
    confidence_formula,
    severity_formula,
    unit_of,
)

MOST_RECORDS = 4
_COMPLETENESS = "I_52"


def diagnosis_sheet(m: Material) -> Sheet:
    """Return sheet 4."""
    t = m.say
    title = t("sheet.diagnosis")
    if not m.distresses:
        return Sheet("diagnosis", title, title, (NotAssessed(t("no_diagnosis")),))
    chart = Chart(
        ChartKind.HBAR,
        m.figure_no("4-1"),
        t("chart.severity"),
        DIAGNOSIS,
        "type",
        ("severity",),
        maximum=100,
    )
    blocks: list[Block] = [*scope_note(m), Paragraph(t("diagnosis_scale", **_scale(m))), _causes(m)]
    blocks += [chart, Heading(t("falsifiers")), *_falsifiers(m)]
    blocks += [Heading(t("all_types")), diagnosis_table(m)]
    return Sheet("diagnosis", title, title, tuple(blocks))


def _scale(m: Material) -> dict[str, int]:
    scale = m.content.diagnosis.scale
    return {"severe": scale.severe, "medium": scale.medium, "light": scale.light}


def _causes(m: Material) -> Block:
    """Name causes apart from results: treating a result leaves its cause."""
    found = [each for each in m.distresses if each.level is not SeverityLevel.NONE]
    if not found:
        return Paragraph(m.say("no_problems"))
    groups = []
    for kind in Causality:
        names = [
            f"{each.type.code} {m.text(each.type.name)}"
            for each in found
            if each.type.causality is kind
        ]
        if names:
            groups.append(
                m.say("cause_group", kind=m.label(kind), names=m.say("comma").join(names))
            )
    said = m.say("semicolon").join(groups)
    return Paragraph(m.words("report_ranking.sentence", text=said), strong=True)


def diagnosis_table(m: Material) -> Table:
    """Return 表4-1 诊断: every type, found or not."""
    t = m.say
    columns = (
        Column("type", t("col.problem"), 23),
        Column("severity", t("col.severity"), 8, ColumnKind.INTEGER),
        Column("confidence", t("col.confidence"), 9, ColumnKind.NUMBER, 0),
        Column("rules", t("col.rules"), 44),
        Column("evidence", t("col.evidence"), 26),
        Column("missing", t("col.missing"), 30),
        Column("paths", t("col.paths"), 44),
    )
    rows = tuple(_row(m, each) for each in m.distresses)
    return Table(
        m.table_no("4-1"),
        t("table.diagnosis"),
        columns,
        rows,
        t("unit.diagnosis"),
        t("source.diagnosis"),
        notes=(t("note.rules"), *company_remark(m, m.indicators)),
        key=DIAGNOSIS,
    )


def _row(m: Material, each: Distress) -> tuple[Cell, ...]:
    t = m.say
    level = m.label(each.level) if each.judged else t("to_verify")
    name = t("problem_level", code=each.type.code, name=m.text(each.type.name), level=level)
    rules = "\n".join(rule_text(m, result) for result in each.triggered)
    rules += basis_of(m, each.triggered)
    undecided = any(result.truth is None for result in each.rules)
    nothing = t("rules_open") if undecided else t("no_rule")
    nothing = nothing if each.judged else t("rules_unknown")
    missing = m.missing_names(each.missing, 5) if each.missing else _nothing_open(m, each)
    found = each.level is not SeverityLevel.NONE
    return (
        Cell(name, tone=LEVEL_TONES[each.level]),
        replace(figure(each.severity if each.judged else None), formula=severity_formula(m, each)),
        share(each.confidence, confidence_formula(m, each)),
        optional(rules or nothing),
        optional(evidence(m, each.evidence) or "—"),
        Cell(missing, tone=Tone.MUTED),
        optional((found and path_names(m, each.type.pathways)) or "—"),
    )


def _nothing_open(m: Material, each: Distress) -> str:
    """Return that no rule of a type waits; one on completeness says where the open items are.

    "Thin data" with nothing open read as if the ledger lacked nothing.
    """
    asks = any(_COMPLETENESS in result.rule.condition.names for result in each.rules)
    pending = any(value.value is None for value in m.indicators.values())
    return m.say("open_elsewhere") if asks and each.judged and pending else "—"


def rule_text(m: Material, result: RuleResult) -> str:
    """Return a rule with its measured value, its threshold and its points."""
    rule = result.rule
    value = measured_words(result.value, rule, m.words)
    # a rule that holds for one of several figures is not proven by another
    names = [name for name in rule.condition.ordered_names if INDICATOR.fullmatch(name)]
    if len(names) > 1:
        value = m.say("comma").join(_figure(m, name) for name in names)
    elif not names and not rule.percent and (unit := unit_of(m, result)):
        value = f"{value} {unit}"
    return m.say("rule_line", text=rule.describe(m.language), value=value, points=rule.points)


def _figure(m: Material, name: str) -> str:
    """Return an indicator by its title with its value, 待核 for none."""
    indicator, value = INDICATORS[name.replace("_", "-")], m.facts.fact(name).value
    title, unit = indicator.title(m.language), indicator.shown_unit(m.language)
    if not isinstance(value, Decimal | int):
        return f"{title} {m.say('to_verify')}"
    number = Decimal(value) * (100 if unit == "%" else 1)
    return f"{title} {grouped(number, 2)}{unit if unit == '%' else f' {unit}'}".rstrip()


def evidence(m: Material, inputs: tuple[Input, ...]) -> str:
    """Return the records behind a result, grouped by entity, the first few by name."""
    groups: dict[str, list[str]] = {}
    for cell in inputs:
        keys = groups.setdefault(cell.entity, [])
        if cell.key not in keys:
            keys.append(cell.key)
    parts = []
    for entity, keys in groups.items():
        title = CATALOGUE[entity].title(m.language) if entity in CATALOGUE else entity
        records = [m.scope.ledger.find(entity, key) for key in keys[:MOST_RECORDS]]
        names = m.say("comma").join(m.name_of(record) for record in records if record)
        more = m.say("and_more", count=len(keys) - MOST_RECORDS)
        parts.append(
            m.say("evidence_group", entity=title, count=len(keys), names=names)
            + (more if len(keys) > MOST_RECORDS else "")
        )
    return m.say("semicolon").join(parts)


def _falsifiers(m: Material) -> list[Block]:
    """Say what would refute each type that was found."""
    found = [each for each in m.distresses if each.level is not SeverityLevel.NONE]
    if not found:
        return [NotAssessed(m.say("no_problems"))]
    return [
        Paragraph(
            m.say(
                "falsifier",
                code=each.type.code,
                name=m.text(each.type.name),
                text=m.text(each.type.falsifier),
            )
        )
        for each in found
    ]
