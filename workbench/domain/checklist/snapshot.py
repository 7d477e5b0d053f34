# SPDX-License-Identifier: MIT
"""A checklist template as text, so that an assessment keeps the edition it was begun with."""

import json
from dataclasses import asdict, fields
from functools import lru_cache

from workbench.domain.bilingual import Bilingual
from workbench.domain.checklist.template import ChecklistItem, Role, Stage, Template
from workbench.domain.conditions import Condition, parse


def to_text(template: Template) -> str:
    """Return the template as JSON text."""
    return json.dumps(
        {"version": template.version, "items": [_plain(item) for item in template.items]},
        ensure_ascii=False,
        separators=(",", ":"),
    )


@lru_cache(maxsize=8)
def from_text(text: str) -> Template:
    """Return the template of its JSON text."""
    data = json.loads(text)
    return Template(data["version"], tuple(_item(entry) for entry in data["items"]))


def _plain(item: ChecklistItem) -> dict[str, object]:
    """Return an item without what it does not have: editions of before keep their very text."""
    parts = {name: value for name, value in _parts(item).items() if value not in (None, ())}
    for name in ("title", "why", "evidence"):
        parts[name] = asdict(getattr(item, name))
    for name in ("when", "opens"):
        if name in parts:
            parts[name] = getattr(item, name).text
    return parts


def _parts(item: ChecklistItem) -> dict[str, object]:
    """Return the parts of an item by name, in the order in which they are declared."""
    return {field.name: getattr(item, field.name) for field in fields(item)}


def _item(entry: dict[str, object]) -> ChecklistItem:
    words = {name: Bilingual(**entry[name]) for name in ("title", "why", "evidence")}  # type: ignore[arg-type]  # written by to_text
    return ChecklistItem(
        id=str(entry["id"]),
        stage=Stage(str(entry["stage"])),
        roles=tuple(Role(str(role)) for role in _list(entry["roles"])),
        paths=tuple(str(path) for path in _list(entry["paths"])),
        red_line=bool(entry["red_line"]),
        weight=int(str(entry["weight"])),
        when=_condition(entry, "when"),
        opens=_condition(entry, "opens"),
        blocked_by=tuple(str(other) for other in _list(entry.get("blocked_by"))),
        **words,
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _condition(entry: dict[str, object], name: str) -> Condition | None:
    return parse(str(entry[name])) if name in entry else None
