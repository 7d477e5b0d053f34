# SPDX-License-Identifier: MIT
"""The heading of a group in a ledger table: its value with the number of rows, and subtotals."""

from workbench.domain.display import grouped, shown_number
from workbench.domain.fields import Field
from workbench.domain.records.subtotals import Subtotal
from workbench.ui.texts import t
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.protocol import Cell, Group

EMPTY_HEADING = Cell(" ", heading=True)


def heading_cell(model: GridModel, group: Group) -> Cell:
    """Return the first cell of a group: an arrow, the value, how many rows."""
    title = model.token_title(model.column_number(group.column), group.token)
    words = t(
        "ledger_groups.heading", value=title or t("ui.filter_empty"), n=f"{len(group.rows):,}"
    )
    arrow = "▸" if model.is_folded(group) else "▾"
    count = t("ledger_groups.rows", n=f"{len(group.rows):,}")
    lines = (f"{arrow} {title or t('ui.filter_empty')}", count)
    return Cell(f"{arrow} {words}", heading=True, lines=lines)


def subtotal_cell(found: Subtotal | None, field: Field) -> Cell:
    """Return a subtotal in the column's unit, with how many values are not known."""
    if found is None:
        return EMPTY_HEADING
    value = None if found.value is None else shown_number(found.value, field)
    return number_cell(None if value is None else grouped(value, field.decimals), found)


def number_cell(text: str | None, found: Subtotal) -> Cell:
    """Return a subtotal's words: Σ for a sum, ⌀ for a weighted mean."""
    if text is None:
        words = t("ledger_groups.only_unknown", n=found.unknown) if found.unknown else " "
        return Cell(words, heading=True)
    key = "ledger_groups.with_unknown" if found.unknown else "ledger_groups.known"
    sign = "⌀" if found.weighted else "Σ"
    words = t(key, sign=sign, value=text, n=found.unknown)
    lines = (
        (
            t("ledger_groups.known", sign=sign, value=text),
            t("ledger_groups.only_unknown", n=found.unknown),
        )
        if found.unknown
        else ()
    )
    return Cell(words, heading=True, lines=lines)
