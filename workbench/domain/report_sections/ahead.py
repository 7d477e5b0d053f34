# SPDX-License-Identifier: MIT
"""Sheet 7: finance (财务测算) is not computed yet; the parameter set stands ready."""

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
from workbench.domain.report_sections.material import Material

MODELS = ("7-1", "7-2", "7-3", "7-4")


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
