# SPDX-License-Identifier: MIT
"""A condition as people say it: names by their titles, values with their units, and/or/not."""

import ast
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.condition_names import (
    CONTEXT_ENTITY,
    CONTEXT_PREFIX,
    DERIVED_NAMES,
    PARAMETER_PREFIX,
)
from workbench.domain.conditions import Condition, name_of
from workbench.domain.display import choice_title, shown_number
from workbench.domain.facts.missing_names import Words
from workbench.domain.fields import Field
from workbench.domain.labels import label_key

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "is", ast.NotEq: "is_not", ast.Lt: "below", ast.LtE: "at_most", ast.Gt: "above",
    ast.GtE: "at_least", ast.In: "among", ast.NotIn: "not_among",
}  # fmt: skip
_TRUTHS = {"true": True, "false": False}
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "−",
    ast.Mult: "×",
    ast.Div: "÷",
}


def condition_words(condition: Condition, words: Words) -> str:
    """Return a condition in the language of ``words``."""
    return _Speaking(words).truth(condition.tree)


def name_words(name: str, words: Words) -> str:
    """Return what a name of a condition stands for; an unknown one stands for itself."""
    if field := _field(name):
        entity = name.partition(".")[0]
        if name.startswith(CONTEXT_PREFIX):
            return field.title(words.language)
        title = CATALOGUE[entity].title(words.language)
        return words("conditions.field", entity=title, field=field.title(words.language))
    if name.startswith(PARAMETER_PREFIX):
        return words("diagnosis.missing_parameter", code=name.removeprefix(PARAMETER_PREFIX))
    return words(label_key("derived", name)) if name in DERIVED_NAMES else name


def _field(name: str) -> Field | None:
    head, _, key = name.partition(".")
    entity = CONTEXT_ENTITY if name.startswith(CONTEXT_PREFIX) else head
    known = entity in CATALOGUE and key in CATALOGUE[entity]
    return CATALOGUE[entity][key] if known else None


class _Speaking:
    """Says the parts of one condition."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def truth(self, node: ast.expr, inside: type[ast.boolop] | None = None) -> str:
        """Return what must be true; a mixed and/or inside the other stands in brackets."""
        match node:
            case ast.BoolOp(op=op, values=values):
                joint = self._say("and" if isinstance(op, ast.And) else "or")
                said = joint.join(self.truth(value, type(op)) for value in values)
                return self._say("bracket", text=said) if inside not in (None, type(op)) else said
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._say("not", text=self.truth(operand, ast.And))
            case ast.Compare():
                return self._compared(node)
            case _:
                return self._value(node, None)

    def _compared(self, node: ast.Compare) -> str:
        parts, left = [], node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._pair(left, op, right))
            left = right
        return self._say("and").join(parts)

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        """Return one comparison; what is compared with true or false is said as it is or not."""
        sign = _SIGNS[type(op)]
        truth = _TRUTHS.get(right.id) if isinstance(right, ast.Name) else None
        if truth is not None and isinstance(op, ast.Eq | ast.NotEq):
            said = self._value(left, None)
            wanted = truth == isinstance(op, ast.Eq)
            return said if wanted else self._say("not", text=said)
        field = _field(name_of(left) or "") or _field(name_of(right) or "")
        return self._say(sign, left=self._value(left, field), right=self._value(right, field))

    def _value(self, node: ast.expr, field: Field | None) -> str:
        if (name := name_of(node)) is not None:
            return name_words(name, self._words)
        match node:
            case ast.Name(id=word):
                return self._say(word)
            case ast.Constant(value=str() as text):
                return choice_title(text, field, self._words.language) if field else text
            case ast.Constant(value=int() | float() as number):
                return _number(Decimal(repr(number)), field)
            case ast.List(elts=items):
                return self._say("between").join(self._value(item, field) for item in items)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"−{self._value(operand, field)}"
            case ast.BinOp(left=left, op=op, right=right):
                sign = _ARITHMETIC[type(op)]
                return f"({self._value(left, None)} {sign} {self._value(right, None)})"
            case _:
                return self.truth(node, ast.And)

    def _say(self, key: str, **params: str) -> str:
        return self._words(f"conditions.{key}", **params)


def _number(value: Decimal, field: Field | None) -> str:
    """Return a number in the unit in which its field is shown."""
    if field is None or not field.numeric:
        return _trimmed(value)
    unit = field.shown_unit
    said = _trimmed(shown_number(value, field).quantize(Decimal("0.0001")))
    return f"{said}{unit}" if unit == "%" else f"{said} {unit}".rstrip()


def _trimmed(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
