# SPDX-License-Identifier: MIT
"""Checklist editions from TOML, the shipped one and a team's own, and back to TOML."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from workbench.domain.checklist.opening import cycle
from workbench.domain.checklist.template import (
    ALL,
    SOE,
    TRANS,
    ChecklistItem,
    Role,
    Stage,
    Template,
)
from workbench.domain.condition_names import INDICATOR
from workbench.domain.conditions import Condition
from workbench.files.content.reading import ContentError, Names, Table, entries, only
from workbench.files.toml_writing import Plain, lines

_NUMBERED = re.compile(r"S[1-8]-\d{2,3}")


def read_checklist(
    document: Mapping[str, Any],
    file: str,
    pathways: Collection[str],
    names: Names,
    *,
    one_language: bool = False,
) -> Template:
    """Return the checklist template; an item's stage is the first part of its id.

    With ``one_language`` an English text may be missing: the Chinese stands for it. Raises
    ContentError with file, entry, key and remedy: a double id, an unknown pathway, a condition on
    an unknown field, items that wait for each other in a circle.
    """
    only(document, file, "version", "items")
    allowed = (ALL, TRANS, SOE, *pathways)
    found = entries(document, "items", file, "id", one_language=one_language)
    items = tuple(_item(entry, allowed, names) for entry in found)
    _refuse_circle(items, found)
    return Template(Table(document, file, file).text("version"), items)


def _item(entry: Table, allowed: Collection[str], names: Names) -> ChecklistItem:
    with entry.closing():
        code = entry.text("id")
        if not _NUMBERED.fullmatch(code):
            raise entry.not_among("id", code, [f"{stage.value}-01…" for stage in Stage])
        item = ChecklistItem(
            code,
            Stage(code.partition("-")[0]),
            entry.bilingual("title"),
            entry.bilingual("why"),
            entry.bilingual("evidence"),
            entry.choices("roles", Role),
            entry.references("paths", allowed),
            entry.flag("red_line"),
            entry.integer("weight", 1, 5),
            _condition(entry, "when", names),
            _condition(entry, "opens", names),
            entry.texts("blocked_by"),
        )
    if not item.roles or not item.paths:
        raise entry.error("missing", "paths" if item.roles else "roles")
    return item


def _condition(entry: Table, key: str, names: Names) -> Condition | None:
    """Return a condition on the ledger; indicators would have to be computed at every look."""
    if not entry.has(key):
        return None
    condition = entry.condition(key, names)
    for name in condition.ordered_names:
        if INDICATOR.fullmatch(name):
            raise entry.error("indicator_here", key, name=name, text=condition.text)
    return condition


def _refuse_circle(items: tuple[ChecklistItem, ...], found: list[Table]) -> None:
    places = {item.id: entry for item, entry in zip(items, found, strict=True)}
    for item in items:
        for other in item.blocked_by:
            if other not in places:
                raise places[item.id].not_among("blocked_by", other, places)
    if circle := cycle({item.id: item.blocked_by for item in items}):
        words = " → ".join((*circle, circle[0]))
        raise places[circle[0]].error("circle", "blocked_by", value=words)


def complaints(
    document: Mapping[str, Any], file: str, pathways: Collection[str], names: Names
) -> tuple[ContentError, ...]:
    """Return what is wrong with an edition: the first mistake of each entry, then of the whole."""
    allowed = (ALL, TRANS, SOE, *pathways)
    found: list[ContentError] = []
    seen: set[str] = set()
    for place, values in enumerate(document["items"], start=1):
        entry = Table(values, file, values.get("id") or f"[[items]] {place}", one_language=True)
        try:
            item = _item(entry, allowed, names)
            if item.id in seen:
                raise entry.error("duplicate", "id", value=item.id)
            seen.add(item.id)
        except ContentError as error:
            found.append(error)
    if not found:
        try:
            read_checklist(document, file, pathways, names, one_language=True)
        except ContentError as error:
            found.append(error)
    return tuple(found)


def checklist_text(template: Template) -> str:
    """Return a template as the TOML text that ``read_checklist`` takes back with no difference."""
    parts = [*lines({"version": template.version}), ""]
    for item in template.items:
        parts += ["[[items]]", *lines(_plain(item)), ""]
    return "\n".join(parts)


def _plain(item: ChecklistItem) -> Mapping[str, Plain]:
    return {
        "id": item.id,
        "title": item.title,
        "why": item.why,
        "evidence": item.evidence,
        "roles": [role.value for role in item.roles],
        "paths": item.paths,
        "red_line": item.red_line or None,
        "weight": item.weight,
        "when": item.when.text if item.when else None,
        "opens": item.opens.text if item.opens else None,
        "blocked_by": item.blocked_by,
    }
