# SPDX-License-Identifier: MIT
"""Texts of the ranking in the report, which have a room of their own."""

from typing import Any

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.report.sections.material import Material


def say(m: Material, key: str, **params: Any) -> str:
    """Return a text of the room ``report_ranking``."""
    return m.words(f"report_ranking.{key}", **params)


def criterion_name(m: Material, criterion: Criterion) -> str:
    """Return a criterion's name in the language of the report."""
    return m.label(criterion)
