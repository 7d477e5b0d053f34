# SPDX-License-Identifier: MIT
"""Of sheet 8: what evidence is worth, why items apply, and which are closed and why."""

from workbench.domain.checklist.because import because_words, path_words
from workbench.domain.checklist.opening import Because, Opening
from workbench.domain.checklist.state import ItemState
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.facts.condition_words import condition_words
from workbench.domain.report.model import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.material import Checklist, Material

_WORTH_SAYING = (Because.LEDGER, Because.LEDGER_UNKNOWN, Because.OWNERSHIP_UNKNOWN)


def proof(m: Material, item: ChecklistItem, state: ItemState) -> Cell:
    """Return how many files are attached, how many of them are no evidence, or what is needed."""
    if not state.evidence_count:
        return words(m.say("proof_needed", proof=m.text(item.evidence)))
    if not state.unsound:
        return words(m.say("proof_attached", count=state.evidence_count))
    key = "proof_unsound" if state.standing is state.status else "proof_lost"
    return words(m.say(key, count=state.evidence_count, bad=state.unsound), Tone.BAD)


def opened_because(m: Material, list_: Checklist, item_id: str) -> str:
    """Return why an item is open where the ledger, or what it does not say, opened it."""
    for opening in list_.openings:
        if opening.item.id == item_id and opening.open and opening.because in _WORTH_SAYING:
            return because_words(opening, m.words)
    return ""


def closed_items(m: Material, list_: Checklist) -> list[Block]:
    """Return the items that a condition on the ledger keeps closed, and how many pathways do."""
    t = m.say
    closed = [opening for opening in list_.openings if not opening.open]
    if not closed:
        return []
    by_ledger = [opening for opening in closed if opening.condition is not None]
    others = [
        f"{opening.item.id} {m.text(opening.item.title)}"
        for opening in closed
        if opening.condition is None
    ]
    blocks: list[Block] = [Heading(t("closed_items"))]
    if others:
        ids = t("comma").join(others)
        blocks.append(Paragraph(t("closed_by_pathways", count=len(others), items=ids)))
    if by_ledger:
        blocks.append(_table(m, by_ledger))
    return blocks


def _table(m: Material, closed: list[Opening]) -> Table:
    """Return the closed items; the columns stand as those of the list of all items below."""
    t = m.say
    columns = (
        Column("id", t("col.id"), 9, ColumnKind.CODE),
        Column("title", t("col.task"), 46),
        Column("red", t("col.red_line"), 10, ColumnKind.WORD),
        Column("why", t("col.why_closed"), 28),
    )
    rows = tuple(
        (
            words(opening.item.id),
            words(m.text(opening.item.title)),
            Cell(t("red") if opening.item.red_line else "—"),
            words(_why(m, opening)),
        )
        for opening in closed
    )
    number, title = m.table_no("8-4"), t("table.closed")
    return Table(number, title, columns, rows, source_line=t("source.checklist"))


def _why(m: Material, opening: Opening) -> str:
    """Return why an item is closed, and what in the ledger would open it."""
    if opening.because is Because.OTHER_PATHWAYS and opening.condition is not None:
        paths = " ".join(path_words(opening.item.paths, m.words))  # a space lets the line break
        condition = condition_words(opening.condition, m.words)
        return m.say("would_open", paths=paths, condition=condition)
    return because_words(opening, m.words)
