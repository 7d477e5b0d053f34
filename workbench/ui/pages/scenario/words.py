# SPDX-License-Identifier: MIT
"""Figures and changes of a scenario in words."""

from decimal import Decimal

from workbench.domain.display import grouped, shown_number
from workbench.domain.fields import Field
from workbench.domain.finance.sensitivity import Swing
from workbench.ui.models.field_cells import unit_title
from workbench.ui.texts import t


def number_words(value: Decimal | None, field: Field) -> tuple[str, str]:
    """Return a figure and its unit as shown; unknown is —."""
    if value is None:
        return "—", ""
    unit = unit_title(field.shown_unit)
    return grouped(shown_number(value, field), field.decimals), unit


def swing_words(swing: Swing) -> str:
    """Return how far an input is moved: ±10 % or ±1 point."""
    size = f"{(swing.size * 100).normalize():f}"
    return t("scenario.swing_relative" if swing.relative else "scenario.swing_points", size=size)
