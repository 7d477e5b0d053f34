# SPDX-License-Identifier: MIT
"""What a click on a column's header does to the order of the rows."""

from workbench.ui.widgets.grid.arranged import ArrangedModel
from workbench.ui.widgets.grid.protocol import MOST_SORT_KEYS, SortKey


def sort_by(model: ArrangedModel, column: int, *, further: bool) -> None:
    """Sort by a column: up, down, then not at all; ``further`` adds up to four keys."""
    key, keys = model.columns()[column].key, list(model.sort_keys)
    before = next((k for k in keys if k.column == key), None)
    if before is None:
        changed = [SortKey(key)]
    else:
        changed = [] if before.descending else [SortKey(key, descending=True)]
    if not further:
        model.set_sort(changed)
    elif before is None:
        model.set_sort((keys + changed)[:MOST_SORT_KEYS])
    else:
        at = keys.index(before)
        model.set_sort([*keys[:at], *changed, *keys[at + 1 :]])
