# SPDX-License-Identifier: MIT
"""Keeps what is not known unknown: a formula over a blanked cell says 待核, never 0."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from workbench.domain.report.sections.material import Material

Counted = Mapping[str, tuple[str, int]]
"""What stands for a name in a formula: the cells to count, and how many of them are numbers."""
NAMED = re.compile(r"\{[^{}]+\}(?::\{[^{}]+\})?")
"""A cell or a range in a formula."""
_FIRST = "{?"
"""Begins the name of a cell that the formula itself asks whether it is known."""
_DIVIDED = re.compile(r"/(?!\d|\(2000/3)")
"""A division by what may become 0: a share of nothing is not known."""
_NOT_KNOWN = "NA()"
"""What a formula gives where what it takes is not known."""
_MOST = 250
"""COUNT takes 255 arguments."""


def asked_first(formula: str) -> str:
    """Return a formula of which the cells may be blank, because it asks for them itself."""
    return plainly(formula).replace("{", _FIRST)


def plainly(formula: str) -> str:
    """Return a formula that is not guarded, of which the cells have their plain names."""
    return formula.replace(_FIRST, "{")


def needed(formula: str) -> list[str]:
    """Return the cells and ranges that a formula names and does not itself ask for, each once."""
    names = (each for each in NAMED.findall(formula) if not each.startswith(_FIRST))
    return list(dict.fromkeys(names))


def to_count(names: Sequence[str], counted: Counted) -> tuple[str, int]:
    """Return what COUNT is given for some names, and how many numbers it finds with all known."""
    asked = [counted.get(name, (name, 1)) for name in names]
    return ",".join(cells for cells, _ in asked), sum(count for _, count in asked)


def guarded(formula: str, m: Material, counted: Counted | None = None) -> str:
    """Return a formula that gives 待核 unless every cell that it names is a number or a date.

    A range must be in ``counted``. Returns "" for more names than can be counted.
    """
    unknown = f'"{m.say("to_verify")}"'
    return _guarded(formula, unknown, counted) if counted else _of_cells(formula, unknown)


@lru_cache(maxsize=256)
def _of_cells(formula: str, unknown: str) -> str:
    """Guard a formula of single cells, once for all the rows that repeat it."""
    return _guarded(formula, unknown, {})


def _guarded(formula: str, unknown: str, counted: Counted) -> str:
    names = needed(formula)
    may_fail = any(each in formula for each in (_FIRST, _NOT_KNOWN)) or bool(
        _DIVIDED.search(formula)
    )
    formula = plainly(formula)
    if not names:
        return f"IFERROR({formula},{unknown})" if "{" in formula else formula
    if len(names) > _MOST:
        return ""
    cells, expected = to_count(names, counted)
    known = f"IF(COUNT({cells})<{expected},{unknown},{formula})"
    return f"IFERROR({known},{unknown})" if may_fail else known
