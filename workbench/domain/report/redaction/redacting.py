# SPDX-License-Identifier: MIT
"""A report in which codes stand for names: every text in it, never a number."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import starmap

from workbench.domain.facts.missing_names import Words
from workbench.domain.facts.people import FACILITY, SPECIFICATION
from workbench.domain.report.model import (
    Block,
    Cell,
    Chart,
    Cover,
    Heading,
    NotAssessed,
    Paragraph,
    Report,
    Sheet,
    Signature,
    Table,
)
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.redaction.naming import REMARKS

_ANYWHERE = frozenset({"release", "added_by"})
"""Remarks, and who added evidence: withheld in tables of results too."""

_FILE_MARKS = frozenset({"sha256", "batch", "size"})
"""What leads from a row of a list of files to a file that somebody holds."""
_ASKED = (*SPECIFICATION, FACILITY)
"""What rules look for in the reason of a lost lead: it stays, so that they count the same."""


def redacted(report: Report, codes: Codes, words: Words, notes: Sequence[str] = ()) -> Report:
    """Return a report in which codes stand for the names, and which says so on its cover.

    ``notes`` are said there too: what else was hidden or left out, and why.
    """
    notice = "".join([words("report_redact.notice"), *notes])
    return replace(
        report,
        title=codes(report.title),
        cover=_cover(report.cover, codes, notice),
        sheets=tuple(_sheet(sheet, codes, words) for sheet in report.sheets),
        open_items=tuple(map(codes, report.open_items)),
    )


def _cover(cover: Cover, codes: Codes, notice: str) -> Cover:
    facts = tuple((label, _cell(cell, codes)) for label, cell in cover.facts)
    return replace(cover, title=codes(cover.title), facts=facts, notice=f"{cover.notice}\n{notice}")


def _sheet(sheet: Sheet, codes: Codes, words: Words) -> Sheet:
    blocks = tuple(_block(block, codes, words) for block in sheet.blocks)
    return replace(sheet, name=codes(sheet.name), title=codes(sheet.title), blocks=blocks)


def _block(block: Block, codes: Codes, words: Words) -> Block:
    match block:
        case Heading() | Paragraph() | NotAssessed():
            return replace(block, text=codes(block.text))
        case Table():
            return _table(block, codes, words)
        case Chart():
            return replace(block, title=codes(block.title))
        case Signature():
            return replace(block, roles=tuple(map(codes, block.roles)))


def _table(table: Table, codes: Codes, words: Words) -> Table:
    withheld = words("report_redact.withheld")
    hidden_keys = REMARKS if table.records else _ANYWHERE
    keys = [column.key for column in table.columns]
    remarks = {at for at, key in enumerate(keys) if key in hidden_keys}
    marks = {at for at, key in enumerate(keys) if key in _FILE_MARKS and "sha256" in keys}

    def cell(at: int, cell: Cell) -> Cell:
        if at in marks and cell.value not in (None, ""):
            return replace(cell, value=withheld)
        hidden = at in remarks and isinstance(cell.value, str) and len(cell.value) > 1
        if not hidden or not isinstance(cell.value, str):
            return _cell(cell, codes)
        asked = _ASKED if table.columns[at].key == "lost_reason" else ()
        kept = [word for word in asked if word in cell.value]
        return replace(
            cell, value=words("report_redact.partly", kept="、".join(kept)) if kept else withheld
        )

    return replace(
        table,
        title=codes(table.title),
        columns=tuple(replace(c, title=codes(c.title)) for c in table.columns),
        rows=tuple(tuple(starmap(cell, enumerate(row))) for row in table.rows),
        source_line=codes(table.source_line),
        notes=tuple(map(codes, table.notes)),
    )


def _cell(cell: Cell, codes: Codes) -> Cell:
    if not isinstance(cell.value, str) or not cell.value:
        return cell
    return replace(cell, value=codes(cell.value))
