# SPDX-License-Identifier: MIT
"""The list of every field of the blank form: unit, need, allowed values or an example."""

from collections.abc import Sequence

from workbench.application.ports import Texts
from workbench.application.report_ports import PlainSheet
from workbench.domain.fields import Entity, Field, FieldType

_EXAMPLES = {
    FieldType.TEXT: "text",
    FieldType.CODE: "code",
    FieldType.NUMBER: "number",
    FieldType.INTEGER: "integer",
    FieldType.AREA: "area",
    FieldType.MONEY: "money",
    FieldType.SHARE: "share",
    FieldType.DATE: "date",
    FieldType.BOOL: "bool",
    FieldType.TEXTS: "texts",
    FieldType.REF: "ref",
}
_HEADS = ("sheet", "field", "need", "unit", "example")


def field_guide(entities: Sequence[Entity], texts: Texts) -> PlainSheet:
    """Return one line per field that the form asks for, in the form's order."""
    rows = tuple(
        (
            entity.title(texts.language),
            field.title(texts.language),
            texts(f"field_guide.need_{field.need.value}"),
            "%" if field.type is FieldType.SHARE else field.shown_unit,
            _example(field, texts),
        )
        for entity in entities
        for field in entity
        if not field.check_only
    )
    heads = tuple(texts(f"field_guide.{name}") for name in _HEADS)
    return PlainSheet(texts("field_guide.title"), heads, rows)


def _example(field: Field, texts: Texts) -> str:
    """Return the allowed values of a choice, else how a value is written."""
    if field.choices:
        return "、".join(choice.value for choice in field.choices)
    return texts(f"field_guide.example_{_EXAMPLES[field.type]}")
