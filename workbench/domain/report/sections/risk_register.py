# SPDX-License-Identifier: MIT
"""表9-1 and 表9-2: the risks with their levels by probability × impact, and the heat map."""

from workbench.domain.conditions import ConditionError
from workbench.domain.report.model import BLANK, UNKNOWN, Cell, Column, ColumnKind, Table, Tone
from workbench.domain.report.risks import HIGH_FROM, MEDIUM_FROM, Risk, RiskLevel
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, to_verify
from workbench.domain.report.sections.steps.truths import truth_formula

RISKS = "risks"
SCALE = range(1, 6)
IMPACT_BANDS = ((1, 2), (3,), (4,), (5,))
"""The columns of the heat map; low impacts share one."""
_LEVEL_TONES = {RiskLevel.HIGH: Tone.BAD, RiskLevel.MEDIUM: Tone.FAIR, RiskLevel.LOW: Tone.PLAIN}


def risks_table(m: Material) -> Table:
    """Return 表9-1 风险; owners are never invented."""
    t = m.say
    columns = (
        Column("id", t("col.id"), 9, ColumnKind.CODE),
        Column("text", t("col.risk"), 32),
        Column("kind", t("col.kind"), 13, ColumnKind.WORD),
        Column("probability", t("col.probability"), 9, ColumnKind.ORDINAL),
        Column("impact", t("col.impact"), 9, ColumnKind.ORDINAL),
        Column("level", t("col.risk_level"), 13, ColumnKind.WORD),
        Column("trigger", t("col.trigger"), 36),
        Column("mitigation", t("col.mitigation"), 44),
        Column("owner", t("col.owner"), 10),
    )
    rows = tuple(_risk(m, risk) for risk in m.content.risks.values())
    return Table(
        m.table_no("9-1"),
        t("table.risks"),
        columns,
        rows,
        t("unit.risks"),
        t("source.risks"),
        notes=(t("note.risks"),),
        frozen_columns=2,
        key=RISKS,
    )


def _risk(m: Material, risk: Risk) -> tuple[Cell, ...]:
    return (
        words(risk.id),
        words(m.text(risk.text)),
        words(m.label(risk.kind)),
        Cell(risk.probability),
        Cell(risk.impact),
        Cell(m.label(risk.level), formula=_level(m), tone=_LEVEL_TONES[risk.level]),
        _signal(m, risk),
        words(m.text(risk.mitigation)),
        UNKNOWN,
    )


def _signal(m: Material, risk: Risk) -> Cell:
    """Return the signal of a risk, and that the ledger shows it already where it does."""
    said = m.text(risk.trigger)
    if risk.when is None:
        return words(said)
    try:
        truth = risk.when.evaluate(m.facts.lookup).truth
    except ConditionError:
        return words(said)
    met, formula = m.say("signal_met"), truth_formula(m, risk.when, truth)
    live = f"IF({formula}=1,{quoted(said)}&{quoted(met)},{quoted(said)})" if formula else ""
    flags = m.asked_facts.flags(risk.when.ordered_names) if live else []
    return Cell(said + met if truth else said, formula=while_0(m, flags, live))


def _level(m: Material) -> str:
    """Return the level by probability × impact; a blank is no 0."""
    high, medium, low = (
        quoted(m.label(each)) for each in (RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW)
    )
    product = "{probability}*{impact}"
    level = f"IF({product}>={HIGH_FROM},{high},IF({product}>={MEDIUM_FROM},{medium},{low}))"
    return f"IF(COUNT({{probability}},{{impact}})<2,{to_verify(m)},{level})"


def heat_map(m: Material) -> Table:
    """Return 表9-2, the risks by probability (down) and impact (across)."""
    t = m.say
    columns = (
        Column("id", t("heat_axes"), 11, ColumnKind.WORD),
        *(
            Column(
                f"i{band[-1]}",
                t("impact_n", n="–".join(str(n) for n in dict.fromkeys((band[0], band[-1])))),
                16,
            )
            for band in IMPACT_BANDS
        ),
    )
    rows = []
    for probability in reversed(SCALE):
        cells = [words(t("probability_n", n=probability))]
        for band in IMPACT_BANDS:
            here = [
                risk
                for risk in m.content.risks.values()
                if risk.probability == probability and risk.impact in band
            ]
            cells.append(_heat(m, here))
        rows.append(tuple(cells))
    return Table(
        m.table_no("9-2"),
        t("table.heat"),
        columns,
        tuple(rows),
        source_line=t("source.risks"),
        notes=(t("note.heat"),),
    )


def _heat(m: Material, here: list[Risk]) -> Cell:
    if not here:
        return BLANK
    worst = max(here, key=lambda risk: risk.probability * risk.impact)
    ids = ", ".join(risk.id for risk in here)  # breaks everywhere, as codes behind 、 do not
    return Cell(
        m.say("heat", level=m.label(worst.level), risks=ids), tone=_LEVEL_TONES[worst.level]
    )
