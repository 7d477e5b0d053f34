# SPDX-License-Identifier: MIT
"""表10-4, the evidence behind the report: file, hash, whose it is, who added it and when."""

from workbench.domain.report.model import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Paragraph,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.material import EvidenceFile, Material

EVIDENCE = "evidence"
_MOST_CITED = 5
_FEW = 12
"""So many files are listed in their chapter; more have a sheet of their own."""


def evidence_blocks(m: Material) -> list[Block]:
    """Return the list of the files, or say that there is none."""
    t = m.say
    if not m.evidence:
        return [Paragraph(t("no_evidence"))]
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("kind", t("col.evidence_of"), 13),
        Column("owner", t("col.record"), 20),
        Column("field", t("col.field"), 14),
        Column("file_name", t("col.file"), 28),
        Column("sha256", t("col.sha256"), 36),
        Column("size", t("col.size"), 12, ColumnKind.INTEGER),
        Column("added_by", t("col.added_by"), 12, ColumnKind.WORD),
        Column("added_at", t("col.added_at"), 16, ColumnKind.WORD),
        Column("state", t("col.evidence_state"), 9, ColumnKind.WORD),
        Column("cited", t("col.cited"), 20),
    )
    rows = tuple(_row(m, number, file) for number, file in enumerate(m.evidence, start=1))
    return [
        Table(
            m.table_no("10-4"), t("table.evidence"), columns, rows,
            source_line=t("source.evidence"), notes=(t("note.evidence"),), key=EVIDENCE,
            apart=len(rows) > _FEW, dense=True, targets=tuple(file.target for file in m.evidence),
        )
    ]  # fmt: skip


def _row(m: Material, number: int, file: EvidenceFile) -> tuple[Cell, ...]:
    at = file.at.astimezone(m.created.tzinfo) if file.at else None
    state = "lost" if file.is_lost else "altered" if file.is_altered else "kept"
    return (
        Cell(number),
        words(file.kind),
        words(file.owner),
        optional(file.field or "—"),
        words(file.name),
        words(file.sha256),
        Cell(file.size),
        optional(file.by or "—"),
        optional(f"{at:%Y-%m-%d %H:%M}" if at else "—"),
        Cell(m.say(f"evidence_{state}"), tone=Tone.PLAIN if state == "kept" else Tone.BAD),
        optional(_cited(m, file) or "—"),
    )


def _cited(m: Material, file: EvidenceFile) -> str:
    """Return the first indicators that rest on what a file proves, and how many more."""
    shown = m.say("comma").join(file.cited[:_MOST_CITED])
    more = len(file.cited) - _MOST_CITED
    return shown + m.say("and_more", count=more) if more > 0 else shown
