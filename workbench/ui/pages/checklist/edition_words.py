# SPDX-License-Identifier: MIT
"""What differs between two editions of the checklist, part by part, as it is read."""

from workbench.application.checklist.edition_words import part_words, wordings
from workbench.domain.checklist.editions import EditionChanges, MovedItem
from workbench.domain.checklist.template import ChecklistItem
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.read_table import Cell, Row

CHANGE_TONES = {"changed": "warn", "moved": "info", "added": "success", "removed": "danger"}


def change_rows(changes: EditionChanges) -> list[Row]:
    """Return a row for each part that differs, then the items added and removed."""
    texts, rows = texts_in_use(), []
    for changed in changes.changed:
        for part in changed.differs:
            old, new = wordings(changed, part, texts)
            name = t(f"checklist_work.part.{part}")
            rows.append(_row("changed", changed.new, name, old, new))
    rows += [_row("moved", m.item, *moved_words(m)) for m in changes.moved]
    rows += [_row("added", item, "", "—", _whole(item)) for item in changes.added]
    rows += [_row("removed", item, "", _whole(item), "—") for item in changes.removed]
    return rows


def moved_words(moved: MovedItem) -> tuple[str, str, str]:
    """Return what is said of an item that stands elsewhere in its stage: what, before, after."""
    old, new = (t("checklist_editor.place", n=n) for n in (moved.old_place, moved.new_place))
    return t("checklist_editor.order"), old, new


def _whole(item: ChecklistItem) -> str:
    """Return what matters most of an item."""
    red = t("checklist.red_line") if item.red_line else ""
    weight = f"{t('checklist.weight')} {item.weight}"
    return t("ui.gap").join(
        part for part in (red, weight, part_words(item, "paths", texts_in_use())) if part
    )


def _row(kind: str, item: ChecklistItem, part: str, old: str, new: str) -> Row:
    cells = (
        Cell(t(f"checklist_more.{kind}"), part, CHANGE_TONES[kind]),
        Cell(f"{item.id}  {item.title.get(language())}"),
        Cell(old, tone="text2"),
        Cell(new),
    )
    return Row(f"{item.id} {part}", cells)
