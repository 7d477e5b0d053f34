# SPDX-License-Identifier: MIT
"""表6-1, which pathways are open: preconditions, blocks, verdict, what to solve first."""

from dataclasses import replace

from workbench.domain.conditions import Condition
from workbench.domain.pathways.feasibility import ConditionCheck, Feasibility, PathwayCheck
from workbench.domain.report.model import Cell, Column, ColumnKind, Table, Tone
from workbench.domain.report.sections.cells import optional
from workbench.domain.report.sections.front import path_names, worst
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted
from workbench.domain.report.sections.steps.truths import truth_formula

FEASIBILITY = "feasibility"


def counted(m: Material) -> str:
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


def most_conditions(m: Material) -> int:
    """Return how many preconditions a pathway has at most, a column each."""
    return max((len(each.preconditions) for each in m.pathways), default=0)


def pathways_table(m: Material) -> Table:
    """Return 表6-1 可行性: path, preconditions, blocks, verdict, what to solve first."""
    t = m.say
    most = most_conditions(m)
    columns = (
        Column("path", t("col.path"), 36),
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
        key=FEASIBILITY,
    )


VERDICT_TONES = {
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
    checks = [
        _marked(m, check, item.condition, (t("holds"), t("fails"), t("unsettled")))
        for check, item in zip(each.preconditions, path.preconditions, strict=True)
    ]
    verdict = each.feasibility
    return (
        Cell("\n".join([name, *hints]), tone=Tone.STRONG if hints else Tone.PLAIN),
        *checks,
        *[Cell("—")] * (most - len(checks)),
        _blocks(m, each),
        Cell(
            verdict_word(m, verdict),
            formula=_verdict_formula(m, each),
            tone=VERDICT_TONES[verdict],
        ),
        optional("\n".join(_to_solve(m, each)) or "—"),
    )


_Marks = tuple[str, str, str]
"""What marks a condition that is true, one that is not, and one of which nobody knows."""


def _marked(m: Material, check: ConditionCheck, condition: Condition, marks: _Marks) -> Cell:
    """Return a condition with its mark, which follows the facts of 附表E-15."""
    return Cell(_check(m, check, marks), formula=_mark_formula(m, check, condition, marks))


def _mark_formula(m: Material, check: ConditionCheck, condition: Condition, of: _Marks) -> str:
    truth = truth_formula(m, condition, check.truth)
    if not truth:
        return ""
    true, false, unsettled = of
    marks = (false, unsettled, true)
    said = ",".join(quoted(m.say("marked", mark=mark, text="")) for mark in marks)
    return f"CHOOSE(1+2*{truth},{said})&{quoted(m.text(check.text))}"


def _blocks(m: Material, each: PathwayCheck) -> Cell:
    """Return what blocks a pathway, each in a line, and whether it does.

    One that does has no tick, which would read as good.
    """
    pairs = list(zip(each.blocks, each.pathway.blocks, strict=True))
    marks = m.say("hit"), m.say("not_hit"), m.say("unsettled_block")
    cell = optional("\n".join(_check(m, check, marks) for check, _ in pairs) or "—")
    lines = [_mark_formula(m, check, item.condition, marks) for check, item in pairs]
    return replace(cell, formula="&CHAR(10)&".join(lines)) if lines and all(lines) else cell


def verdict_word(m: Material, verdict: Feasibility) -> str:
    """Return what a verdict is called."""
    return m.say(f"verdict.{verdict.name.lower()}")


def _verdict_formula(m: Material, each: PathwayCheck) -> str:
    """Return the verdict over the conditions: a block outweighs a lack, a lack what is unknown."""
    path = each.pathway
    needs = [
        truth_formula(m, item.condition, check.truth)
        for check, item in zip(each.preconditions, path.preconditions, strict=True)
    ]
    blocks = [
        truth_formula(m, item.condition, check.truth)
        for check, item in zip(each.blocks, path.blocks, strict=True)
    ]
    if not needs and not blocks:
        return ""
    if not all((*needs, *blocks)):
        return ""
    said = {verdict: quoted(verdict_word(m, verdict)) for verdict in Feasibility}
    open_ = [*(f"{truth}<1" for truth in needs), *(f"{truth}>0" for truth in blocks)]
    found = f"IF(OR({','.join(open_)}),{said[Feasibility.PENDING]},{said[Feasibility.OPEN]})"
    if needs:
        lacks = ",".join(f"{truth}=0" for truth in needs)
        found = f"IF(OR({lacks}),{said[Feasibility.NOT_YET]},{found})"
    if blocks:
        hit = ",".join(f"{truth}=1" for truth in blocks)
        found = f"IF(OR({hit}),{said[Feasibility.BLOCKED]},{found})"
    return while_0(m, moved_of(m, each), found)


def moved_of(m: Material, each: PathwayCheck) -> list[str]:
    """Return what says that the program would judge a condition of a pathway anew."""
    path = each.pathway
    needs = (name for each in path.preconditions for name in each.condition.ordered_names)
    blocks = (name for each in path.blocks for name in each.condition.ordered_names)
    return m.asked_facts.flags([*needs, *blocks])


def _check(m: Material, check: ConditionCheck, of: _Marks) -> str:
    """Return a condition with its mark: ✔ or ✘, of what blocks hit or not, or 待核."""
    marks = dict(zip((True, False, None), of, strict=True))
    return m.say("marked", mark=marks[check.truth], text=m.text(check.text))


def _fix(m: Material, each: PathwayCheck, check: ConditionCheck) -> str:
    """Say of a block that it must go, of a precondition that it fails: neither is a task as such.

    The bare condition (a seizure is in force) read as what was to be brought about.
    """
    kind = "fix_block" if check in each.blocks else "fix_lack"
    text = m.say(kind, text=m.text(check.text))
    return (
        m.say("fix_by", text=text, path=path_names(m, (check.way_out,))) if check.way_out else text
    )


def _to_solve(m: Material, each: PathwayCheck) -> list[str]:
    """Return what stands in the way, each in a line, and how much is to be verified besides."""
    unknown = sum(check.truth is None for check in (*each.preconditions, *each.blocks))
    fixes = [_fix(m, each, check) for check in each.to_fix]
    key = "verify_too" if fixes else "verify_first"
    return [*fixes, m.say(key, count=unknown)] if unknown else fixes
