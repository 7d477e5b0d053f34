# SPDX-License-Identifier: MIT
"""How a table is set up, as a plain value and as JSON: columns, widths, filters, order, groups."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey


@dataclass(frozen=True)
class GridLayout:
    """Keys of the shown columns in order, and everything else that a saved view keeps.

    It names columns and stored values, never words, so it holds in every language and zoom.
    """

    columns: tuple[str, ...] = ()
    widths: Mapping[str, float] = field(default_factory=dict)
    frozen: int = 0
    sort: tuple[SortKey, ...] = ()
    filters: Mapping[str, ColumnFilter] = field(default_factory=dict)
    group: str = ""
    words: str = ""
    view: str = ""
    """The view that it started from, such as the idle assets."""

    def to_json(self) -> str:
        """Return the text that ``layout_of`` reads."""
        plain = {
            "columns": self.columns,
            "widths": dict(self.widths),
            "frozen": self.frozen,
            "sort": [[key.column, key.descending] for key in self.sort],
            "filters": {key: _filter_out(chosen) for key, chosen in self.filters.items()},
            "group": self.group,
            "words": self.words,
            "view": self.view,
        }
        return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def layout_of(text: str) -> GridLayout | None:
    """Return the layout of a text; None when it is none, as after an edit by hand."""
    try:
        data = json.loads(text)
        return GridLayout(
            tuple(map(str, data.get("columns", ()))),
            {str(key): float(width) for key, width in data.get("widths", {}).items()},
            int(data.get("frozen", 0)),
            tuple(SortKey(str(key), bool(down)) for key, down in data.get("sort", ())),
            {str(key): _filter_in(chosen) for key, chosen in data.get("filters", {}).items()},
            str(data.get("group", "")),
            str(data.get("words", "")),
            str(data.get("view", "")),
        )
    except (ValueError, TypeError, AttributeError, InvalidOperation):
        return None


def _filter_out(chosen: ColumnFilter) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "values": None if chosen.values is None else sorted(chosen.values),
        "minimum": _bound_out(chosen.minimum),
        "maximum": _bound_out(chosen.maximum),
        "only_empty": chosen.only_empty,
        "only_filled": chosen.only_filled,
        "problems": chosen.problems,
        "top": chosen.top,
        "words": chosen.words,
    }
    return {name: value for name, value in plain.items() if value not in (None, False, 0, "")}


def _filter_in(data: Mapping[str, Any]) -> ColumnFilter:
    values = data.get("values")
    return ColumnFilter(
        None if values is None else frozenset(map(str, values)),
        _bound_in(data.get("minimum")),
        _bound_in(data.get("maximum")),
        bool(data.get("only_empty")),
        int(data.get("top", 0)),
        str(data.get("words", "")),
        bool(data.get("only_filled")),
        bool(data.get("problems")),
    )


def _bound_out(bound: Decimal | date | None) -> Sequence[str] | None:
    if bound is None:
        return None
    return ["d", bound.isoformat()] if isinstance(bound, date) else ["n", str(bound)]


def _bound_in(data: Any) -> Decimal | date | None:
    if data is None:
        return None
    kind, text = data
    return date.fromisoformat(text) if kind == "d" else Decimal(text)
