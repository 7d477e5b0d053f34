# SPDX-License-Identifier: MIT
"""Figures and changes of a scenario in words."""

from decimal import Decimal

from workbench.domain.display import grouped, shown_number
from workbench.domain.fields import Field
from workbench.domain.finance.swings import Swing
from workbench.ui.models.field_cells import unit_title
from workbench.ui.texts import language, t


def number_words(value: Decimal | None, field: Field) -> tuple[str, str]:
    """Return a figure and its unit as shown; unknown is —."""
    if value is None:
        return "—", ""
    words = grouped(shown_number(value, field), field.decimals)
    return words, unit_title(field.shown_unit, words)


def answer_title(field: Field, with_terminal: bool | None) -> str:
    """Return the title of an answer, which says where a terminal value makes a difference."""
    title = field.title(language())
    if with_terminal is None:
        return title
    return t(f"scenario.{'including' if with_terminal else 'without'}_terminal", title=title)


def swing_words(swing: Swing) -> str:
    """Return how far an input is moved: ±10 % or ±1 point."""
    size = f"{(swing.size * 100).normalize():f}"
    return t("scenario.swing_relative" if swing.relative else "scenario.swing_points", size=size)
