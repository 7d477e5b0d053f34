# SPDX-License-Identifier: MIT
"""Mean, count and sum of a selection, as in Excel's status bar."""

from collections.abc import Iterable
from decimal import Decimal

from workbench.ui.texts import t
from workbench.ui.widgets.grid.protocol import SelectionStats


def selection_stats(values: Iterable[object]) -> SelectionStats:
    """Return the figures of the selected raw values; unknown ones are not zero, they are left out.

    Numbers are summed exactly.
    """
    cells = filled = numbers = 0
    total = Decimal()
    for value in values:
        cells += 1
        if value is None or value == "":
            continue
        filled += 1
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            continue
        numbers += 1
        total += value if isinstance(value, Decimal) else Decimal(str(value))
    return SelectionStats(cells, filled, numbers, total)


def stats_text(stats: SelectionStats) -> str:
    """Return the words for the status bar; nothing for a single cell."""
    if stats.cells < 2 or not stats.filled:
        return ""
    if stats.mean is None:
        return t("ui.stats_count", count=f"{stats.filled:,}")
    return t(
        "ui.stats",
        mean=_shown(stats.mean),
        count=f"{stats.filled:,}",
        sum=_shown(stats.total),
    )


def _shown(value: Decimal) -> str:
    """Return a number with at most two decimals and a true minus sign."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".").replace("-", "−")
