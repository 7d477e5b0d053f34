# SPDX-License-Identifier: MIT
"""Figures and inputs of a scenario as people read them, in the units that are shown."""

from decimal import Decimal

from workbench.application.ports import Texts
from workbench.domain.display import grouped, shown, shown_number
from workbench.domain.fields import Field
from workbench.domain.finance.inputs import InputValue, ModelInput
from workbench.domain.report.sections.money.words import unit_words

_MOST_OF_A_SERIES = 6
_BASE = " ●"
"""Marks the value that the scenario has itself."""


def figure_words(value: Decimal | None, field: Field, texts: Texts) -> str:
    """Return a figure with its unit; unknown is —."""
    if value is None:
        return "—"
    number = grouped(shown_number(value, field), field.decimals)
    return f"{number} {unit_words(field.shown_unit, texts)}".strip()


def signed_words(change: Decimal, field: Field, texts: Texts) -> str:
    """Return a change with its sign and unit."""
    words = figure_words(change, field, texts)
    return f"+{words}" if change > 0 else words


def input_words(value: InputValue, field: Field, texts: Texts) -> str:
    """Return what an input is: with its unit, the first values of a series; unknown is —."""
    if value is None:
        return "—"
    if isinstance(value, tuple):
        parts = [
            input_words(each, field, texts) if isinstance(each, Decimal) else str(each)
            for each in value[:_MOST_OF_A_SERIES]
        ]
        return " / ".join(parts) + (" …" if len(value) > _MOST_OF_A_SERIES else "")
    if isinstance(value, Decimal):
        return figure_words(value, field, texts)
    return shown(value, field, texts.language)


def point_words(item: ModelInput, value: InputValue, base: InputValue, texts: Texts) -> str:
    """Return where an input stands beside its base; of a series, how far it was moved."""
    if not isinstance(value, tuple):
        words = "—" if value is None else shown(value, item.field, texts.language)
        return f"{words}{_BASE}" if value == base else words
    if value == base:
        return f"100%{_BASE}"
    for moved, ours in zip(value, base if isinstance(base, tuple) else (), strict=False):
        if isinstance(moved, Decimal) and isinstance(ours, Decimal) and ours:
            return f"{moved / ours:.0%}"
    return "—"


def input_title(item: ModelInput, texts: Texts) -> str:
    """Return an input's title with the unit in which it is shown."""
    title, unit = item.field.title(texts.language), unit_words(item.field.shown_unit, texts)
    if not unit:
        return title
    return f"{title}（{unit}）" if texts.language.startswith("zh") else f"{title} ({unit})"
