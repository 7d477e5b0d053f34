# SPDX-License-Identifier: MIT
"""What proves a final report in sheet 10: what was frozen, its seals, what was changed by hand."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import grouped
from workbench.domain.report.model import Block, Cell, Column, ColumnKind, Paragraph, Table
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.material import LedgerEdit, Material

MOST_EDITS = 300
"""So many changes are listed; the last step on every record stands in the annexes anyway."""
_FEW = 12


def seal_blocks(m: Material) -> list[Block]:
    """Return what a final assessment froze, its SHA-256, and whether it still gives the same."""
    seal = m.seal
    if seal is None:
        return []
    on = seal.on.isoformat() if seal.on is not None else "—"
    who = m.say("seal_named", name=m.assessment, edition=m.edition, on=on, by=seal.by or "—")
    blocks: list[Block] = [Paragraph(who, strong=True)]
    if m.rests_on_start:
        blocks.append(Paragraph(m.say("seal_weights"), strong=True))
    if not seal.whole:
        blocks.append(Paragraph(m.say("seal_broken"), strong=True))
    elif seal.deviations:
        blocks.append(Paragraph(m.say("seal_deviates", count=seal.deviations), strong=True))
    else:
        blocks.append(Paragraph(m.say("seal_proven")))
    command = m.say("seal_command", digest=seal.digest)
    return [*blocks, Paragraph(m.say("seal_text", digest=seal.digest)), Paragraph(command)]


def log_seal_blocks(m: Material) -> list[Block]:
    """Return the seal of the change log, by which it can later be proven that nothing changed."""
    log = m.log_seal
    if log is None:
        return []
    at = f"{log.at.astimezone(m.created.tzinfo):%Y-%m-%d %H:%M}"
    kind = "log_seal_draft" if m.seal is None else "log_seal_final"
    return [
        Paragraph(m.say(kind, steps=grouped(Decimal(log.steps), 0), at=at)),
        Paragraph(log.digest, strong=True),
        Paragraph(m.say("log_seal_use")),
        Paragraph(m.say("log_seal_command", digest=log.digest)),
    ]


def edit_blocks(m: Material) -> list[Block]:
    """Return what was changed by hand after the import; of a draft nothing."""
    if m.edits is None:
        return []
    edits = list(_of_report(m, m.edits))
    if not edits:
        return [Paragraph(m.say("no_edits"))]
    return [Paragraph(m.say("edits_told", count=len(edits)), strong=True), edits_table(m, edits)]


def _of_report(m: Material, edits: Sequence[LedgerEdit]) -> Iterator[LedgerEdit]:
    """Yield the changes of records that stand in the annexes, or lay in the park."""
    park = m.scope.park_key
    for each in edits:
        listing = m.annex.get(each.entity)
        if each.park == park or (listing is not None and each.key in listing.rows):
            yield each


def edits_table(m: Material, edits: list[LedgerEdit]) -> Table:
    """Return 表10-5: cells that were changed by hand, before and after, by whom, when and why."""
    t = m.say
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("entity", t("col.ledger_kind"), 10, ColumnKind.WORD),
        Column("record", t("col.record"), 24),
        Column("field", t("col.field"), 18),
        Column("before", t("col.before"), 22),
        Column("after", t("col.after"), 22),
        Column("added_by", t("col.changed_by"), 12, ColumnKind.WORD),
        Column("at", t("col.changed_at"), 16, ColumnKind.WORD),
        Column("reason", t("col.changed_why"), 20),
    )
    rows = tuple(
        (
            Cell(number),
            words(CATALOGUE[each.entity].title(m.language)),
            words(each.label),
            words(each.field),
            words(each.old),
            words(each.new),
            optional(each.by or "—"),
            words(each.at),
            optional(each.reason or t("no_reason")),
        )
        for number, each in enumerate(edits[:MOST_EDITS], start=1)
    )
    left = len(edits) - len(rows)
    notes = (t("note.edits_left", count=left),) if left else ()
    return Table(
        m.table_no("10-5"), t("table.edits"), columns, rows, source_line=t("source.evidence"),
        notes=notes, apart=len(rows) > _FEW, dense=True,
    )  # fmt: skip
