# SPDX-License-Identifier: MIT
"""表6-1, which pathways are open: preconditions, blocks, verdict, what to solve first."""

from workbench.domain.pathways.feasibility import ConditionCheck, Feasibility, PathwayCheck
from workbench.domain.report.model import Cell, Column, ColumnKind, Table, Tone
from workbench.domain.report.sections.cells import optional
from workbench.domain.report.sections.front import worst
from workbench.domain.report.sections.material import Material

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
        Column("path", t("col.path"), 28),
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
    checks = [_check(m, check, t("fails")) for check in each.preconditions]
    blocks = [_check(m, check, t("not_hit")) for check in each.blocks]
    verdict = each.feasibility
    return (
        Cell("\n".join([name, *hints]), tone=Tone.STRONG if hints else Tone.PLAIN),
        *(Cell(text) for text in checks),
        *[Cell("—")] * (most - len(checks)),
        optional("\n".join(blocks) or "—"),
        Cell(t(f"verdict.{verdict.name.lower()}"), tone=VERDICT_TONES[verdict]),
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
