# SPDX-License-Identifier: MIT
"""Writes a condition as a formula over 附表E-15: 1 true, 0 false, 0.5 not known.

With these numbers Kleene's ``and`` is the smallest, his ``or`` the largest, ``not`` 1 minus.
"""

import ast
from decimal import Decimal

from workbench.domain.conditions import Condition, ConditionError, name_of, sure_answers
from workbench.domain.display import choice_title
from workbench.domain.fields import Field
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, to_verify

_SIGNS = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=", ast.NotEq: "<>",
}  # fmt: skip
_EQUALITY = (ast.Eq, ast.NotEq)
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
"""A quotient is left to the program: what is divided by 0 is not known."""
_OPEN = "0.5"
_DECIMALS = 9


def truth_formula(m: Material, condition: Condition, truth: bool | None) -> str:
    """Return the formula of a condition that came to a truth; "" where it cannot be written.

    What came to something else when it was signed stays as it was.
    """
    try:
        same = condition.evaluate(m.facts.lookup).truth is truth
    except ConditionError:
        return ""
    return _Written(m).truth(condition.tree) if same else ""


def bound_of(m: Material, node: ast.expr) -> type[Decimal] | None:
    """Return whether a name stands for what is only a bound today."""
    name = name_of(node)
    return m.facts.fact(name).bound if name is not None else None


class _Written:
    """Writes the parts of one condition; "" where a part asks for more than there are words."""

    def __init__(self, m: Material) -> None:
        self._m = m

    def truth(self, node: ast.expr) -> str:
        """Return the formula of what is true, false or not known."""
        match node:
            case ast.BoolOp(op, values):
                parts = [self.truth(value) for value in values]
                joint = "MAX" if isinstance(op, ast.Or) else "MIN"
                return f"{joint}({','.join(parts)})" if all(parts) else ""
            case ast.UnaryOp(ast.Not(), asked):
                found = self.truth(asked)
                return f"(1-{found})" if found else ""
            case ast.Compare(left, [op], [right]):
                return self._compared(left, op, right)
        name = name_of(node)
        if name is None or self._m.asked_facts.get(name) is None:
            return ""
        place = self._m.asked_facts.place(name)
        yes, no = quoted(self._m.say("yes")), quoted(self._m.say("no"))
        return f"IF({place}={yes},1,IF({place}={no},0,{_OPEN}))"

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        if isinstance(op, ast.In | ast.NotIn) and isinstance(right, ast.List):
            return self._among(left, right.elts, wanted=isinstance(op, ast.In))
        if type(op) not in _SIGNS:
            return ""
        if isinstance(op, _EQUALITY) and self._is_word(left) and self._is_word(right):
            return self._same(left, [right], wanted=isinstance(op, ast.Eq))
        return self._numbers(left, type(op), right)

    def _among(self, left: ast.expr, items: list[ast.expr], *, wanted: bool) -> str:
        words = all(isinstance(i, ast.Constant) and isinstance(i.value, str) for i in items)
        return self._same(left, items, wanted=wanted) if words and self._is_word(left) else ""

    def _same(self, left: ast.expr, items: list[ast.expr], *, wanted: bool) -> str:
        """Return whether a word is one of some others."""
        field = self._field(left) or self._field(items[0])
        one, others = self._word(left, field), [self._word(item, field) for item in items]
        if not one or not all(others):
            return ""
        asked = [place for place in (one, *others) if place.startswith("{")]
        silent = ",".join(f'{place}={to_verify(self._m)},{place}="—",{place}=""' for place in asked)
        equal = [f"{one}={other}" for other in others]
        test = equal[0] if len(equal) == 1 else f"OR({','.join(equal)})"
        return f"IF(OR({silent}),{_OPEN},IF({test},{int(wanted)},{int(not wanted)}))"

    def _is_word(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Constant):
            return isinstance(node.value, str)
        field = self._field(node)
        return field is not None and not field.numeric

    def _field(self, node: ast.expr) -> Field | None:
        asked = self._m.asked_facts.get(name_of(node) or "")
        return asked.field if asked is not None else None

    def _word(self, node: ast.expr, field: Field | None) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            title = choice_title(node.value, field, self._m.language) if field else node.value
            return quoted(title)
        name = name_of(node)
        return self._m.asked_facts.place(name) if name and self._m.asked_facts.get(name) else ""

    def _numbers(self, left: ast.expr, op: type[ast.cmpop], right: ast.expr) -> str:
        sides = [self._number(node) for node in (left, right)]
        if not all(sides):
            return ""
        places = [p for side in sides if side and side[1] for p in side[1].split(",")]
        one, other = (f"ROUND({text},{_DECIMALS})" for text, _ in (s for s in sides if s))
        sure = sure_answers(op, bound_of(self._m, left), bound_of(self._m, right))
        yes, no = (int(t) if t in sure else _OPEN for t in (True, False))
        known = f"IF({one}{_SIGNS[op]}{other},{yes},{no})"
        if not places:
            return known
        return f"IF(COUNT({','.join(places)})<{len(places)},{_OPEN},{known})"

    def _made(self, left: ast.expr, sign: str, right: ast.expr) -> tuple[str, str] | None:
        """Return a product and the like of two numbers, and the cells of both."""
        one, other = self._number(left), self._number(right)
        if one is None or other is None:
            return None
        places = ",".join(place for _, place in (one, other) if place)
        return f"({one[0]}){sign}({other[0]})", places

    def _number(self, node: ast.expr) -> tuple[str, str] | None:
        """Return a number as conditions compare it, and its cell; None for what is none."""
        match node:
            case ast.UnaryOp(ast.USub(), ast.Constant(value)):
                found = _decimal(value)
                return None if found is None else (f"-{found:f}", "")
            case ast.Constant(value):
                found = _decimal(value)
                return None if found is None else (f"{found:f}", "")
            case ast.BinOp(left, op, right) if type(op) in _ARITHMETIC:
                return self._made(left, _ARITHMETIC[type(op)], right)
        name = name_of(node)
        asked = self._m.asked_facts.get(name or "")
        if name is None or asked is None or (asked.field is not None and not asked.field.numeric):
            return None
        place = self._m.asked_facts.place(name)
        return f"{place}{asked.scale}", place


def _decimal(value: object) -> Decimal | None:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if plain else None
