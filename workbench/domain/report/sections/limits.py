# SPDX-License-Identifier: MIT
"""Limits on titles (权利限制): 表2-3, and in one cell beside each parcel."""

from dataclasses import replace

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title
from workbench.domain.figures.encumbrances import is_in_force
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    SUM,
    UNKNOWN,
    ZERO,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    NotAssessed,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.links import ledger_cell, to_record
from workbench.domain.report.sections.material import Material

LIMITS = "limits"
"""By what links and formulas find 表2-3."""
_SUMMED = ("amount", "status")
_FLAGS = ("seizure", "mortgage", "litigation")


def limits_of(m: Material, asset: Record) -> Cell:
    """Return the limits in force on an asset in words; 无 only as far as the ledger says so."""
    kinds = [
        choice_title(kind, CATALOGUE["encumbrance"]["kind"], m.language)
        for row in m.whole.encumbrances_on(asset)
        if is_in_force(m.reading, row, m.whole.as_of) is not False
        and (kind := row.text("kind")) is not None
    ]
    if not kinds:
        kinds = [m.say(f"flag.{flag}") for flag in _FLAGS if asset.flag(flag)]
    if kinds:
        return words(m.say("comma").join(dict.fromkeys(kinds)))
    without, unsaid = (
        m.say("comma").join(m.say(f"flag.{flag}") for flag in _FLAGS if asset.flag(flag) is truth)
        for truth in (False, None)
    )
    if not unsaid:
        return words(m.say("none"))
    return words(m.say("none_but", none=without, unsaid=unsaid)) if without else UNKNOWN


def limits_table(m: Material) -> list[Block]:
    """Return 表2-3 权利限制."""
    t = m.say
    rows = tuple(_row(m, record) for record in m.whole.encumbrances)
    if not rows:
        return [NotAssessed(t("no_limits"))]
    columns = (
        Column("target", t("col.target"), 16),
        Column("kind", t("col.kind"), 11, ColumnKind.WORD),
        Column("holder", t("col.holder_or_court"), 18),
        Column("case_no", t("col.case_no"), 17, ColumnKind.CODE),
        Column("amount", t("col.amount_wan"), 11, ColumnKind.NUMBER, total=SUM),
        Column("rank", t("col.rank"), 6, ColumnKind.ORDINAL),
        Column("period", t("col.period"), 13.5),
        Column("status", t("col.status"), 10, ColumnKind.WORD),
        Column("consent", t("col.consent"), 10, ColumnKind.WORD),
        Column("release", t("col.release"), 16),
    )
    table = Table(
        m.table_no("2-3"),
        t("table.limits"),
        columns,
        rows,
        t("unit.wan"),
        t("source.ledger"),
        notes=(*_ended_since(m), t("note.limits")),
        total_label=t("total"),
        key=LIMITS,
    )
    return [table, *_by_status(m, table)]


def _ended_since(m: Material) -> tuple[str, ...]:
    """Name the limits in force whose last day lies between the as-of date and the export.

    The report keeps to its as-of date; who reads it must not take for in force what may be over.
    """
    today = m.created.date()
    ended = [
        (row, end)
        for row in m.whole.encumbrances
        if (end := row.day("end_on")) is not None
        and m.whole.as_of <= end < today
        and is_in_force(m.reading, row, m.whole.as_of) is not False
    ]
    if not ended:
        return ()
    parts = [
        m.say(
            "limit_ended",
            target=_target(m, row) or m.say("to_verify"),
            limit=_called(m, row),
            end=end.isoformat(),
        )
        for row, end in ended
    ]
    listed = m.say("semicolon").join(parts)
    return (m.say("note.limits_ended", count=len(ended), on=today.isoformat(), parts=listed),)


def _called(m: Material, row: Record) -> str:
    kind = row.text("kind")
    title = choice_title(kind, CATALOGUE["encumbrance"]["kind"], m.language) if kind else ""
    return " ".join(filter(None, (title, row.text("case_no"))))


def _target(m: Material, row: Record) -> str | None:
    ledger = m.whole.ledger
    target = ledger.find("parcel", row.text("parcel")) or ledger.find(
        "building", row.text("building")
    )
    return target.label if target else None


def _by_status(m: Material, limits: Table) -> list[Block]:
    """Return what of the amounts is in force and what released, where the limits have both."""
    t, last = m.say, len(limits.rows)
    amounts, statuses = (f"{{{LIMITS}!{key}@1}}:{{{LIMITS}!{key}@{last}}}" for key in _SUMMED)
    shown = [_text(cell, m) for cell in limits.cells("status")]
    if len(set(shown)) == 1:
        return []
    rows = []
    for status in dict.fromkeys(shown):
        own = [
            cell.number
            for cell, each in zip(limits.cells("amount"), shown, strict=True)
            if each == status
        ]
        known = [number for number in own if number is not None]
        chosen = f"{statuses},{{status}}"
        counted = "+".join(f'COUNTIFS({chosen},{amounts},"{sign}")' for sign in (">=0", "<0"))
        total = f'IF({counted}=0,"{t("to_verify")}",SUMIFS({amounts},{chosen}))'
        state = CellState.KNOWN if len(known) == len(own) else CellState.PARTIAL
        rows.append((
            Cell(status),
            Cell(len(own), formula=f"COUNTIF({chosen})"),
            Cell(sum(known, ZERO), state, total) if known else replace(UNKNOWN, formula=total),
        ))  # fmt: skip
    columns = (
        Column("status", t("col.status"), 24),
        Column("count", t("col.limits_count"), 10, ColumnKind.INTEGER, total=SUM),
        Column("amount", t("col.amount_wan"), 14, ColumnKind.NUMBER, total=SUM),
    )
    title, source = t("table.limits_by_status"), t("source.limits_by_status")
    return [
        Table(m.table_no("2-3b"), title, columns, tuple(rows), t("unit.wan"), source,
              total_label=t("total"))
    ]  # fmt: skip


def _text(cell: Cell, m: Material) -> str:
    return str(cell.value) if cell.state is not CellState.UNKNOWN else m.say("to_verify")


def _row(m: Material, row: Record) -> tuple[Cell, ...]:
    def field(key: str) -> Cell:
        return ledger_cell(row, key, m)

    return (
        words(_target(m, row)),
        field("kind"),
        _holder(m, row),
        field("case_no"),
        field("amount"),
        to_record(field("rank"), row, m),
        period(m, row),
        _status(m, row),
        field("mortgagee_consent"),
        field("release_condition"),
    )


def _holder(m: Material, row: Record) -> Cell:
    named = [name for key in ("holder", "authority") if (name := row.text(key))]
    return words(m.say("slash").join(named))


def period(m: Material, row: Record) -> Cell:
    """Return the first and last day of a record in one cell; an open end says 待核."""
    start, end = row.day("start_on"), row.day("end_on")
    if start is None and end is None:
        return UNKNOWN
    shown = [day.isoformat() if day else m.say("to_verify") for day in (start, end)]
    return words(m.say("period", start=shown[0], end=shown[1]))


def _status(m: Material, row: Record) -> Cell:
    """Say so when a limit is marked in force although its last day has passed."""
    status, end = row.text("status"), row.day("end_on")
    if status is None:
        return UNKNOWN
    title = choice_title(status, CATALOGUE["encumbrance"]["status"], m.language)
    if status == "有效" and end is not None and end < m.whole.as_of:
        return optional(m.say("expired_in_force", status=title))
    return Cell(title, tone=Tone.BAD if status == "有效" else Tone.PLAIN)
