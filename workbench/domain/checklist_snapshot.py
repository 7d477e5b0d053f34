# SPDX-License-Identifier: MIT
"""A checklist template as text, so that an assessment keeps the edition it was begun with."""

import json
from dataclasses import asdict

from workbench.domain.bilingual import Bilingual
from workbench.domain.checklist import ChecklistItem, Role, Stage, Template


def to_text(template: Template) -> str:
    """Return the template as JSON text."""
    return json.dumps(
        {"version": template.version, "items": [asdict(item) for item in template.items]},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_text(text: str) -> Template:
    """Return the template of its JSON text."""
    data = json.loads(text)
    return Template(data["version"], tuple(_item(entry) for entry in data["items"]))


def _item(entry: dict[str, object]) -> ChecklistItem:
    words = {name: Bilingual(**entry[name]) for name in ("title", "why", "evidence")}  # type: ignore[arg-type]  # written by to_text
    return ChecklistItem(
        id=str(entry["id"]),
        stage=Stage(str(entry["stage"])),
        roles=tuple(Role(str(role)) for role in _list(entry["roles"])),
        paths=tuple(str(path) for path in _list(entry["paths"])),
        red_line=bool(entry["red_line"]),
        weight=int(str(entry["weight"])),
        **words,
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
