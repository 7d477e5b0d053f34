# SPDX-License-Identifier: MIT
"""What stands empty of the assessed buildings, of those of which it is known (附表E-1)."""

from workbench.domain.figures.letting import rentable_buildings
from workbench.domain.report.sections.links import CALC_SPACE, column_range
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import to_verify

_VACANT = "vacant"
_MOST = 60
"""So many buildings are named one by one; those of a whole park are a range."""


def known_vacancy(m: Material) -> str:
    """Return the vacant area (㎡) as conditions ask for it, "" for no building that can be let.

    Some known vacancy is enough to say that there is space to let; none is only where all of it
    is known.
    """
    listed = [building.key for building, _ in rentable_buildings(m.reading, m.whole)]
    own = {building.key for building in m.scope.buildings}
    rows = [row for row, key in enumerate(listed, start=1) if key in own]
    if not rows or (len(rows) < len(listed) and len(rows) > _MOST):
        return ""
    cells = ",".join(f"{{{CALC_SPACE}!{_VACANT}@{row}}}" for row in rows)
    if len(rows) == len(listed):
        cells = column_range(CALC_SPACE, _VACANT, len(rows))
    return f"IF(SUM({cells})>0,SUM({cells}),IF(COUNT({cells})<{len(rows)},{to_verify(m)},0))"
