# SPDX-License-Identifier: MIT
"""Sheets 6 and 7: which pathways (路径比选) are open; finance (财务测算) is not computed yet."""

from workbench.domain.feasibility import ConditionCheck, Feasibility, PathwayCheck
from workbench.domain.parameters import PolicyParam
from workbench.domain.report import (
    Block,
    Cell,
    Column,
    ColumnKind,
    NotAssessed,
    Paragraph,
    Sheet,
    Table,
    Tone,
)
from workbench.domain.report_sections.cells import exact, optional, words
from workbench.domain.report_sections.front import worst
from workbench.domain.report_sections.material import Material
from workbench.domain.report_sections.scope_texts import scope_note

MODELS = ("7-1", "7-2", "7-3", "7-4")


def pathways_sheet(m: Material) -> Sheet:
    """Return sheet 6: which pathways are open; nothing is scored or ranked yet."""
    t = m.say
    title = t("sheet.pathways")
    if not m.pathways:
        return Sheet("pathways", title, title, (NotAssessed(t("no_feasibility")),))
    blocks: list[Block] = [*scope_note(m), NotAssessed(t("no_scores")), Paragraph(t("layers_note"))]
    blocks += [Paragraph(_counted(m), strong=True), pathways_table(m)]
    return Sheet("pathways", title, title, tuple(blocks))


def _counted(m: Material) -> str:
    """Say how many pathways there are per verdict."""
    groups = []
    for verdict in Feasibility:
        codes = [each.pathway.code for each in m.pathways if each.feasibility is verdict]
        groups.append(
            m.say(
                "verdict_group",
                verdict=m.say(f"verdict.{verdict.name.lower()}"),
                count=len(codes),
                codes=m.say("comma").join(codes) or "—",
            )
        )
    return m.say("semicolon").join(groups)


def pathways_table(m: Material) -> Table:
    """Return 表6-1 可行性: path, preconditions, blocks, verdict, what to solve first."""
    t = m.say
    most = max(len(each.preconditions) for each in m.pathways)
    columns = (
        Column("path", t("col.path"), 20),
        *(Column(f"pre{n}", t("col.precondition", n=n), 14) for n in range(1, most + 1)),
        Column("block", t("col.blocks"), 26),
        Column("result", t("col.conclusion"), 10, ColumnKind.WORD),
        Column("fix", t("col.to_solve"), 26),
    )
    suggested = {code for each in worst(m) for code in each.type.pathways}
    chosen = set(m.checklist.pathways) if m.checklist else set()
    rows = tuple(_pathway(m, each, most, suggested, chosen) for each in m.pathways)
    return Table(
        m.table_no("6-1"),
        t("table.pathways"),
        columns,
        rows,
        "",
        t("source.pathways"),
        notes=(t("note.pathways"),),
        frozen_columns=1,
    )


_TONES = {
    Feasibility.OPEN: Tone.GOOD,
    Feasibility.BLOCKED: Tone.BAD,
    Feasibility.NOT_YET: Tone.FAIR,
    Feasibility.PENDING: Tone.MUTED,
}


def _pathway(
    m: Material, each: PathwayCheck, most: int, suggested: set[str], chosen: set[str]
) -> tuple[Cell, ...]:
    t, path = m.say, each.pathway
    name = f"{path.code} {m.text(path.name)}"
    hints = [t("hint_chosen")] if path.code in chosen else []
    hints += [t("hint_suggested")] if path.code in suggested else []
    checks = [_check(m, check, t("fails")) for check in each.preconditions]
    blocks = [_check(m, check, t("not_hit")) for check in each.blocks]
    verdict = each.feasibility
    return (
        Cell("\n".join([name, *hints]), tone=Tone.STRONG if hints else Tone.PLAIN),
        *(Cell(text) for text in checks),
        *[Cell("—")] * (most - len(checks)),
        optional("\n".join(blocks) or "—"),
        Cell(t(f"verdict.{verdict.name.lower()}"), tone=_TONES[verdict]),
        optional("\n".join(_fix(m, check) for check in each.to_fix) or _open(m, each)),
    )


def _check(m: Material, check: ConditionCheck, false: str) -> str:
    """Return a condition with its mark: ✔, ✘ (or not hit) or 待核."""
    marks = {True: "✔", False: false, None: m.say("to_verify")}
    return m.say("marked", mark=marks[check.truth], text=m.text(check.text))


def _fix(m: Material, check: ConditionCheck) -> str:
    if check.way_out:
        return m.say("fix_by", text=m.text(check.text), path=check.way_out)
    return m.text(check.text)


def _open(m: Material, each: PathwayCheck) -> str:
    """Say how much must be verified when nothing is known to stand in the way."""
    unknown = sum(check.truth is None for check in (*each.preconditions, *each.blocks))
    return m.say("verify_first", count=unknown) if unknown else "—"


def finance_sheet(m: Material) -> Sheet:
    """Return sheet 7: nothing is computed yet; the parameter set stands ready."""
    t = m.say
    title = t("sheet.finance")
    blocks: list[Block] = [
        NotAssessed(t("no_model", number=m.table_no(number), title=t(f"model.{number[-1]}")))
        for number in MODELS
    ]
    as_of = m.scope.as_of
    unverified = len(m.content.parameters.unverified())
    blocks += [
        Paragraph(
            t(
                "parameters_note",
                id=m.content.parameters.id,
                as_of=as_of.isoformat(),
                unverified=unverified,
            )
        ),
        parameters_table(m),
    ]
    return Sheet("finance", title, title, tuple(blocks))


def parameters_table(m: Material) -> Table:
    """Return 表7-5, every policy parameter with dates, source and whether it was verified."""
    t = m.say
    columns = (
        Column("name", t("col.parameter"), 34),
        Column("code", t("col.code"), 22, ColumnKind.CODE),
        Column("value", t("col.value"), 19, ColumnKind.NUMBER),
        Column("unit", t("col.unit"), 9, ColumnKind.WORD),
        Column("period", t("col.in_force"), 16),
        Column("verified", t("col.verified"), 12, ColumnKind.WORD),
        Column("varies", t("col.varies"), 8, ColumnKind.WORD),
        Column("source", t("col.source"), 40),
        Column("note", t("col.note"), 30),
    )
    rows = tuple(_parameter(m, param) for param in m.content.parameters)
    return Table(
        m.table_no("7-5"),
        t("table.parameters"),
        columns,
        rows,
        t("unit.parameters"),
        t("source.parameters", id=m.content.parameters.id),
        frozen_columns=1,
    )


def _parameter(m: Material, param: PolicyParam) -> tuple[Cell, ...]:
    t = m.say
    start = param.effective_from.isoformat() if param.effective_from else ""
    end = param.effective_to.isoformat() if param.effective_to else ""
    dates = t("period", start=start or t("open_end"), end=end or t("open_end"))
    unverified = Cell(t("to_verify"), tone=Tone.MUTED)
    return (
        words(m.text(param.name)),
        words(param.code),
        parameter_value(param),
        optional(param.unit or "—"),
        optional(dates if start or end else "—"),
        Cell(param.verified_on) if param.verified_on else unverified,
        optional(t("yes" if param.varies else "no")),
        words(param.source.cite(m.language)),
        optional(m.text(param.note) or "—"),
    )


def parameter_value(param: PolicyParam) -> Cell:
    """Return a parameter's value; shares as percent, brackets as text."""
    value = param.value
    if isinstance(value, tuple):
        parts = [
            f"≤{upper * 100:f}%: {rate * 100:f}%−{quick * 100:f}%"
            if upper is not None
            else f">: {rate * 100:f}%−{quick * 100:f}%"
            for upper, rate, quick in value
        ]
        return Cell("\n".join(parts))
    return exact(value * 100 if param.unit == "%" else value)
