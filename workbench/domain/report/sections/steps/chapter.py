# SPDX-License-Identifier: MIT
"""The counted steps of annex E, and the indicators that are counted in them."""

from collections.abc import Callable, Mapping

from workbench.domain.report.model import Block, Heading, Table
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.asked import facts_table
from workbench.domain.report.sections.steps.completeness import (
    FILLED,
    completeness_formula,
    completeness_table,
)
from workbench.domain.report.sections.steps.features import features_table
from workbench.domain.report.sections.steps.item_weights import item_weights_table
from workbench.domain.report.sections.steps.overlap import (
    OVERLAP,
    industries_table,
    overlap_formula,
)
from workbench.domain.report.sections.steps.rules import rules_table
from workbench.domain.report.sections.steps.step_words import say
from workbench.domain.report.sections.steps.title_points import (
    CLARITY,
    clarity_formula,
    title_points_table,
)

COUNTED: Mapping[str, Callable[[Material], str]] = {
    CLARITY: clarity_formula,
    OVERLAP: overlap_formula,
    FILLED: completeness_formula,
}
"""The indicators that are made of words: how each is counted from its table."""


def step_blocks(m: Material) -> list[Block]:
    """Return the tables behind diagnosis, likeness of cases, checklist, I-15, I-25 and I-52."""
    tables: list[Table | None] = [rules_table(m) if m.distresses else None, features_table(m)]
    tables.append(facts_table(m))
    if m.checklist is not None and m.checklist.items:
        tables.append(item_weights_table(m, m.checklist))
    tables += [title_points_table(m), completeness_table(m), industries_table(m)]
    found: list[Block] = [table for table in tables if table is not None]
    return [Heading(say(m, "heading")), *found] if found else []
