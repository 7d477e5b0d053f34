# SPDX-License-Identifier: MIT
"""Columns that ask for one choice: 是 under 是否闲置 is 闲置, 否 says nothing of what it is."""

import re
from dataclasses import replace

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.choices import match_choice
from workbench.domain.parsing.parsed import Problem, notice
from workbench.domain.parsing.text import plain
from workbench.domain.tables.headings.words import Heading

_ASKS = re.compile(r"^(?:是否|有无|是不是)(?:已经?|为|属于?)?(.{2,}?)(?:土地|用地|厂房|房屋)?$")
_YES = ("是", "有", "已", "1")
_NO = frozenset({"否", "无", "没有", "未", "不是", "n", "no", "false", "×", "✗", "✘", "x", "0"})


def asked_of(field: Field, heading: Heading) -> Field:
    """Return a field of choices as a heading asks for it: with the one that is answered by 是.

    The field itself where its choices are answers already, or the heading asks for none of them.
    """
    asks = _ASKS.match(heading.core)
    if field.type is not FieldType.CHOICE or asks is None:
        return field
    if any(answer in choice.synonyms for choice in field.choices for answer in _YES):
        return field
    wanted, _ = match_choice(field, asks[1])
    choices = [choice for choice in field.choices if choice.value == wanted]
    answered = [replace(choice, synonyms=(*choice.synonyms, *_YES)) for choice in choices]
    others = [choice for choice in field.choices if choice.value != wanted]
    return replace(field, choices=(*answered, *others)) if answered else field


def settle_denials(data: ColumnData, heading: Heading) -> list[Problem]:
    """Take 否 for a cell that says nothing of a field, and say so once for the column."""
    denied = [
        index
        for index, origin in data.origins.items()
        if data.values[index] is None and plain(origin.raw or "") in _NO
    ]
    for index in denied:
        data.problems.pop(index, None)
    if not denied:
        return []
    return [notice("denials_say_nothing", header=heading.text, count=str(len(denied)))]
