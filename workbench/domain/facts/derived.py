# SPDX-License-Identifier: MIT
"""Every derived name of the condition language with its computation."""

from workbench.domain.facts.people import DERIVED_PEOPLE
from workbench.domain.facts.space import DERIVED_SPACE
from workbench.domain.facts.title import DERIVED_TITLE, Derive

DERIVED: dict[str, Derive] = {**DERIVED_TITLE, **DERIVED_SPACE, **DERIVED_PEOPLE}
