# SPDX-License-Identifier: MIT
"""The parts of a checklist item in words, so that two editions can be read side by side."""

from workbench.application.ports import Texts
from workbench.domain.checklist.because import path_words
from workbench.domain.checklist.editions import ChangedItem
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.conditions import Condition
from workbench.domain.facts.condition_words import condition_words

_BILINGUAL = ("title", "why", "evidence")


def part_words(item: ChecklistItem, part: str, texts: Texts) -> str:
    """Return one part of an item in words."""
    value = getattr(item, part)
    comma = texts("assessment.comma")
    if value is None or value == ():
        return "—"
    if part in _BILINGUAL:
        return str(value.get(texts.language))
    if part == "roles":
        return comma.join(texts(role.text_key) for role in value)
    if part == "paths":
        return comma.join(path_words(value, texts))
    if isinstance(value, Condition):
        return condition_words(value, texts)
    if isinstance(value, bool):
        return texts("ui.yes" if value else "ui.no")
    return comma.join(value) if isinstance(value, tuple) else str(value)


def wordings(changed: ChangedItem, part: str, texts: Texts) -> tuple[str, str]:
    """Return one part as it was and as it is; in Chinese where only the Chinese text changed."""
    old, new = (part_words(item, part, texts) for item in (changed.old, changed.new))
    if old == new and part in _BILINGUAL:
        before, after = getattr(changed.old, part), getattr(changed.new, part)
        other = "zh_CN" if texts.language != "zh_CN" else "en"
        return before.get(other), after.get(other)
    return old, new


def both_wordings(changed: ChangedItem, texts: Texts) -> tuple[str, str]:
    """Return what differs as it was and as it is; several parts a line each, by name."""
    pairs = [(part, *wordings(changed, part, texts)) for part in changed.differs]
    if len(pairs) == 1:
        return pairs[0][1:]

    def line(part: str, words: str) -> str:
        name = texts(f"checklist_work.part.{part}")
        return texts("checklist_work.part_is", part=name, words=words)

    old = "\n".join(line(part, before) for part, before, _ in pairs)
    return old, "\n".join(line(part, after) for part, _, after in pairs)
