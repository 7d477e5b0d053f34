# SPDX-License-Identifier: MIT
"""A checklist edition as a form: every item a row of texts that people type, and back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.domain.checklist.template import ChecklistItem, Stage, Template

Row = Mapping[str, str]
WORDS = ("title", "why", "evidence")
"""The parts of an item in two languages; their cells are ``<part>`` and ``<part>_en``."""
LISTS = ("roles", "paths", "blocked_by")
CELLS = (
    "id", "title", "title_en", "why", "why_en", "evidence", "evidence_en", "roles", "paths",
    "red_line", "weight", "when", "opens", "blocked_by",
)  # fmt: skip
YES = "yes"
_BETWEEN = re.compile(r"[\s,，、;；]+")
_FIRST_OWN = 80
_MOST = 1000


@dataclass(frozen=True)
class EditionDraft:
    """An edition that is being written; ``removed`` are the ids of rows that are left out."""

    base: str
    version: str
    name: str
    rows: tuple[Row, ...]
    removed: frozenset[str] = frozenset()

    @property
    def kept(self) -> tuple[Row, ...]:
        """Return the rows that the edition will have."""
        return tuple(row for row in self.rows if row["id"] not in self.removed)

    def with_row(self, at: int, row: Row) -> "EditionDraft":
        """Return the draft with another row at a place."""
        return replace(self, rows=(*self.rows[:at], row, *self.rows[at + 1 :]))

    def with_new(self, at: int, stage: Stage) -> "EditionDraft":
        """Return the draft with a blank item of a stage after a place."""
        row = {"id": free_id((row["id"] for row in self.rows), stage)}
        row |= dict.fromkeys(CELLS[1:], "") | {"paths": "ALL", "roles": "lead", "weight": "3"}
        return replace(self, rows=(*self.rows[: at + 1], row, *self.rows[at + 1 :]))

    def with_removed(self, item_id: str, removed: bool) -> "EditionDraft":
        """Return the draft without an item, or with it again."""
        out = self.removed | {item_id} if removed else self.removed - {item_id}
        return replace(self, removed=out)

    def neighbour(self, at: int, step: int) -> int | None:
        """Return the place of the next row of the same stage, up (−1) or down (1), or None."""
        stage = _stage_of(self.rows[at])
        to = at + step
        while 0 <= to < len(self.rows):
            if _stage_of(self.rows[to]) == stage:
                return to
            to += step
        return None

    def with_swapped(self, at: int, to: int) -> "EditionDraft":
        """Return the draft with two rows in each other's place."""
        rows = list(self.rows)
        rows[at], rows[to] = rows[to], rows[at]
        return replace(self, rows=tuple(rows))

    def with_inserted(self, at: int, row: Row) -> "EditionDraft":
        """Return the draft with a row before a place."""
        return replace(self, rows=(*self.rows[:at], row, *self.rows[at:]))

    def without(self, at: int) -> "EditionDraft":
        """Return the draft without the row at a place, which no edition ever had."""
        return replace(self, rows=(*self.rows[:at], *self.rows[at + 1 :]))


def _stage_of(row: Row) -> str:
    return row["id"].partition("-")[0]


def begun(template: Template, version: str) -> EditionDraft:
    """Return a draft that says what an edition says, to become ``version``."""
    return EditionDraft(template.version, version, "", tuple(row_of(i) for i in template.items))


def row_of(item: ChecklistItem) -> dict[str, str]:
    """Return an item as a row."""
    row = {"id": item.id}
    for part in WORDS:
        text = getattr(item, part)
        row |= {part: text.zh, f"{part}_en": "" if text.en == text.zh else text.en}
    return row | {
        "roles": " ".join(role.value for role in item.roles),
        "paths": " ".join(item.paths),
        "red_line": YES if item.red_line else "",
        "weight": str(item.weight),
        "when": item.when.text if item.when else "",
        "opens": item.opens.text if item.opens else "",
        "blocked_by": " ".join(item.blocked_by),
    }


def document_of(draft: EditionDraft) -> dict[str, Any]:
    """Return the draft as the document that an edition's file would hold."""
    return {"version": draft.version.strip(), "items": [entry_of(row) for row in draft.kept]}


def entry_of(row: Row) -> dict[str, Any]:
    """Return a row as an entry of the file; what is empty is left out."""
    entry: dict[str, Any] = {"id": row["id"].strip()}
    for part in WORDS:
        texts = {"zh": row[part].strip(), "en": row[f"{part}_en"].strip()}
        if texts["zh"]:
            entry[part] = texts
    for part in LISTS:
        if words := split(row[part]):
            entry[part] = list(words)
    if row["red_line"]:
        entry["red_line"] = True
    weight = row["weight"].strip()
    entry["weight"] = int(weight) if weight.isdecimal() else weight
    for part in ("when", "opens"):
        if row[part].strip():
            entry[part] = row[part].strip()
    return entry


def split(words: str) -> tuple[str, ...]:
    """Return the codes of a text, between which spaces, commas or 、 stand."""
    return tuple(word for word in _BETWEEN.split(words.strip()) if word)


def free_id(taken: Iterable[str], stage: Stage, number: str = "") -> str:
    """Return an id of a stage that is not taken: with this number, else from 80 on."""
    known = set(taken)
    if number and f"{stage.value}-{number}" not in known:
        return f"{stage.value}-{number}"
    numbers = (f"{stage.value}-{n:02d}" for n in range(_FIRST_OWN, _MOST))
    return next(code for code in numbers if code not in known)


def to_plain(draft: EditionDraft) -> dict[str, Any]:
    """Return the draft as plain JSON values."""
    return {
        "base": draft.base,
        "version": draft.version,
        "name": draft.name,
        "rows": [dict(row) for row in draft.rows],
        "removed": sorted(draft.removed),
    }


def from_plain(data: Mapping[str, Any]) -> EditionDraft:
    """Return the draft of plain JSON values."""
    rows: Sequence[Mapping[str, str]] = data["rows"]
    return EditionDraft(
        str(data["base"]),
        str(data["version"]),
        str(data["name"]),
        tuple({cell: str(row.get(cell, "")) for cell in CELLS} for row in rows),
        frozenset(str(code) for code in data["removed"]),
    )
