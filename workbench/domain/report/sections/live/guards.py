# SPDX-License-Identifier: MIT
"""Keeps what is not known unknown: a formula over a blanked cell says 待核, never 0."""

import re
from collections.abc import Mapping

from workbench.domain.report.sections.material import Material

Counted = Mapping[str, tuple[str, int]]
"""What stands for a name in a formula: the cells to count, and how many of them are numbers."""
_NAMED = re.compile(r"\{[^{}]+\}(?::\{[^{}]+\})?")
_DIVIDED = re.compile(r"/(?!\d|\(2000/3)")
"""A division by what may become 0: a share of nothing is not known."""
_MOST = 250
"""COUNT takes 255 arguments."""


def guarded(formula: str, m: Material, counted: Counted | None = None) -> str:
    """Return a formula that gives 待核 unless every cell that it names is a number or a date.

    A range must be in ``counted``. Returns "" for more names than can be counted.
    """
    names = dict.fromkeys(_NAMED.findall(formula))
    if not names:
        return formula
    if len(names) > _MOST:
        return ""
    asked = [(counted or {}).get(name, (name, 1)) for name in names]
    cells, expected = ",".join(cells for cells, _ in asked), sum(count for _, count in asked)
    unknown = f'"{m.say("to_verify")}"'
    known = f"IF(COUNT({cells})<{expected},{unknown},{formula})"
    return f"IFERROR({known},{unknown})" if _DIVIDED.search(formula) else known
