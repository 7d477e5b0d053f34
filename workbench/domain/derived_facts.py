# SPDX-License-Identifier: MIT
"""Every derived name of the condition language with its computation."""

from workbench.domain.derived_people import DERIVED_PEOPLE
from workbench.domain.derived_space import DERIVED_SPACE
from workbench.domain.derived_title import DERIVED_TITLE, Derive

DERIVED: dict[str, Derive] = {**DERIVED_TITLE, **DERIVED_SPACE, **DERIVED_PEOPLE}
