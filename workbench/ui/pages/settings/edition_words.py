# SPDX-License-Identifier: MIT
"""What differs between two editions of the checklist, part by part, as it is read."""

from workbench.domain.checklist.because import path_words
from workbench.domain.checklist.editions import EditionChanges
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.conditions import Condition
from workbench.domain.facts.condition_words import condition_words
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.read_table import Cell, Row


def change_rows(changes: EditionChanges) -> list[Row]:
    """Return a row for each part that differs, then the items added and removed."""
    rows = []
    for changed in changes.changed:
        for part in changed.differs:
            old, new = part_words(changed.old, part), part_words(changed.new, part)
            name = t(f"checklist_work.part.{part}")
            rows.append(_row("changed", changed.new, name, old, new))
    rows += [_row("added", item, "", "—", _whole(item)) for item in changes.added]
    rows += [_row("removed", item, "", _whole(item), "—") for item in changes.removed]
    return rows


def part_words(item: ChecklistItem, part: str) -> str:
    """Return one part of an item in words."""
    value = getattr(item, part)
    comma = t("assessment.comma")
    if value is None or value == ():
        return "—"
    if part in ("title", "why", "evidence"):
        return str(value.get(language()))
    if part == "roles":
        return comma.join(t(role.text_key) for role in value)
    if part == "paths":
        return comma.join(path_words(value, texts_in_use()))
    if isinstance(value, Condition):
        return condition_words(value, texts_in_use())
    if isinstance(value, bool):
        return t("ui.yes" if value else "ui.no")
    return comma.join(value) if isinstance(value, tuple) else str(value)


def _whole(item: ChecklistItem) -> str:
    """Return what matters most of an item."""
    red = t("checklist.red_line") if item.red_line else ""
    weight = f"{t('checklist.weight')} {item.weight}"
    return t("ui.gap").join(part for part in (red, weight, part_words(item, "paths")) if part)


def _row(kind: str, item: ChecklistItem, part: str, old: str, new: str) -> Row:
    tone = {"changed": "warn", "added": "success", "removed": "danger"}[kind]
    cells = (
        Cell(t(f"checklist_more.{kind}"), part, tone),
        Cell(f"{item.id}  {item.title.get(language())}"),
        Cell(old, tone="text2"),
        Cell(new),
    )
    return Row(f"{item.id} {part}", cells)
