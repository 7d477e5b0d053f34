# SPDX-License-Identifier: MIT
"""Figures and inputs of a scenario as people read them, in the units that are shown."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from workbench.application.ports import Texts
from workbench.domain.display import grouped, shown, shown_number
from workbench.domain.fields import Field
from workbench.domain.finance.inputs import InputValue, ModelInput
from workbench.domain.finance.settling import Provenance, Settled
from workbench.domain.report.sections.money.words import unit_words

_MOST_OF_A_SERIES = 6
_NOT_KNOWN = (Provenance.UNKNOWN, Provenance.ANALYST)
"""Where no value means that it is not known: elsewhere a blank is an answer, or not asked."""
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


def moved_words(item: ModelInput, before: Settled, after: Settled, texts: Texts) -> tuple[str, str]:
    """Return an input before and after: of a series or table only the entries that differ."""
    old, new = before.value, after.value
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return _whole_words(item, before, texts), _whole_words(item, after, texts)
    at = [n for n, (a, b) in enumerate(zip_longest(old, new)) if a != b]
    sides = []
    for side, other in ((old, new), (new, old)):
        entries = [
            _entry_words(item, n, side[n], other[n] if n < len(other) else None, texts)
            for n in at[:_MOST_OF_A_SERIES]
            if n < len(side)
        ]
        more = " …" if len(at) > _MOST_OF_A_SERIES else ""
        sides.append((texts("report.semicolon").join(entries) or "—") + more)
    return sides[0], sides[1]


def _whole_words(item: ModelInput, settled: Settled, texts: Texts) -> str:
    value = settled.value
    if isinstance(value, tuple):
        return moved_words(item, replace(settled, value=()), settled, texts)[1]
    if value is None and settled.provenance in _NOT_KNOWN:
        return texts("versions.unknown")
    return input_words(value, item.field, texts)


def _entry_words(
    item: ModelInput, n: int, entry: object, other: object, texts: Texts
) -> str:  # fmt: skip
    """Return an entry of a series, or of a row of a table the columns that are otherwise."""
    if not isinstance(entry, Mapping):
        value = input_words(entry if isinstance(entry, Decimal) else None, item.field, texts)
        return texts("versions.entry_of_series", n=n + item.first, value=value)
    against = other if isinstance(other, Mapping) else {}
    cells = [
        f"{column.field.title(texts.language)} {input_words(value, column.field, texts)}"
        for column in item.columns
        if (value := entry.get(column.key, column.default)) != against.get(column.key)
    ]
    value = texts("report.comma").join(cells) or "—"
    return texts("versions.entry_of_table", n=n + 1, value=value)


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
