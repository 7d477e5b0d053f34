# SPDX-License-Identifier: MIT
"""Layouts that a person settled once: the same headings are read the same way the next time.

A layout is known by the texts of its header rows, wherever they stand in whatever file; that of
cards by its headings in their order. It is kept with the project when an import is stored.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.application.imports.choices import TableChoices
from workbench.application.imports.preview import Preview
from workbench.application.store_ports import UnitOfWork
from workbench.domain.tables.letters import column_index
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.tables.table import Column, Table

SETTING = "import_layouts"
MOST = 60
"""So many layouts are kept, the newest first."""
_TOP_ROWS = 40
_CARD = "<card>"
"""What no header row begins with alone: the layout of cards, which have none."""
Heads = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: its header's texts, and what was settled by the columns' places in it."""

    heads: Heads
    entities: Mapping[str, str] = field(default_factory=dict)
    """Entity by the place of a table's first column."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """A part of a column that holds several fields has its number behind the place: 3/1."""
    units: Mapping[str, str] = field(default_factory=dict)
    every: Mapping[str, str] = field(default_factory=dict)
    """What all rows say, by field."""

    def choices(self, places: Mapping[str, str]) -> TableChoices:
        """Return the choices for a table whose columns stand at places, the first one first."""
        return TableChoices(
            self.entities.get(next(iter(places)), ""),
            {places[at]: value for at, value in self.fields.items() if at in places},
            {places[at]: value for at, value in self.units.items() if at in places},
            self.every,
        )


class Layouts:
    """The layouts that are remembered."""

    def __init__(self, layouts: Sequence[Layout] = ()) -> None:
        self._by_heads = {layout.heads: layout for layout in layouts}

    @classmethod
    def read(cls, text: str | None) -> "Layouts":
        """Read the kept setting; None for a project that remembers nothing."""
        return cls([_decoded(item) for item in json.loads(text)] if text else ())

    def text(self) -> str:
        """Return the setting to keep."""
        return json.dumps([_encoded(x) for x in self._by_heads.values()], ensure_ascii=False)

    def place(self, sheet: RawSheet) -> tuple[int, int] | None:
        """Return the header rows (positions) of a remembered layout in a sheet, or None."""
        heights = {len(heads) for heads in self._by_heads}
        return next(
            (
                (position, position + height - 1)
                for position in range(min(_TOP_ROWS, len(sheet.rows)) if heights else 0)
                for height in heights
                if heads_of(sheet, position, position + height - 1)[0] in self._by_heads
            ),
            None,
        )

    def of(self, table: Table) -> TableChoices | None:
        """Return what was settled about the layout of a table, or None."""
        if not self._by_heads:
            return None
        heads, places = _known_by(table)
        layout = self._by_heads.get(heads)
        return layout.choices(places) if layout else None

    def with_preview(self, preview: Preview) -> "Layouts":
        """Return the layouts with what a person settled in an import, newest first."""
        made: dict[Heads, Layout] = {}
        for table in preview.tables():
            settled = table.choices != TableChoices()
            pointed = preview.options.header_rows(table.file, table.table.sheet.name)
            if not settled and not pointed:
                continue
            heads, places = _known_by(table.table)
            choices, first = table.choices, next(iter(places))
            old = made.get(heads) or Layout(heads)
            made[heads] = Layout(
                heads,
                old.entities if table.table.part else {**old.entities, first: table.entity},
                {**old.fields, **_by_place(choices.fields, places)},
                {**old.units, **_by_place(choices.units, places)},
                {**old.every, **choices.every},
            )
        rest = [layout for heads, layout in self._by_heads.items() if heads not in made]
        return Layouts([*made.values(), *rest][:MOST])


def remember(preview: Preview, work: UnitOfWork) -> None:
    """Keep what a person settled about the layouts of an import; nothing if nothing was."""
    if preview.options.decides():
        layouts = Layouts.read(work.setting(SETTING)).with_preview(preview)
        work.set_setting(SETTING, layouts.text())


def heads_of(sheet: RawSheet, first: int, last: int) -> tuple[Heads, int]:
    """Return the texts of header rows without empty margins, and the column of the first one."""
    rows = [["".join(str(cell).split()) for cell in row] for row in sheet.rows[first : last + 1]]
    filled = [at for row in rows for at, text in enumerate(row) if text]
    if not filled:
        return ((),), sheet.left
    low, high = min(filled), max(filled)
    return tuple(tuple(row[low : high + 1]) for row in rows), sheet.left + low


def _known_by(table: Table) -> tuple[Heads, dict[str, str]]:
    """Return what a table's layout is known by, and its columns' addresses by their place in it."""
    columns = _with_wholes(table)
    if table.places is not None:
        whole = [column for column in columns if column.part is None]
        headings = tuple("".join(column.heading.text.split()) for column in whole)
        order = {column.position: at for at, column in enumerate(whole)}
        return ((_CARD,), headings), {_place(order[c.stands_at], c): c.address for c in columns}
    top, rows = table.sheet.top, table.header_rows
    heads, left = heads_of(table.sheet, rows[0] - top, rows[-1] - top)
    return heads, {_place(column_index(c.letter) - left, c): c.address for c in columns}


def _with_wholes(table: Table) -> list[Column]:
    """Return a table's columns, before the parts of one that holds several fields that one."""
    found: list[Column] = []
    for column in table.columns:
        if column.part is not None and column.part.number == 1:
            found.append(column.part.whole)
        found.append(column)
    return found


def _place(at: int, column: Column) -> str:
    return f"{at}/{column.part.number}" if column.part is not None else str(at)


def _by_place(chosen: Mapping[str, str], places: Mapping[str, str]) -> dict[str, str]:
    return {at: chosen[address] for at, address in places.items() if address in chosen}


def _encoded(layout: Layout) -> dict[str, object]:
    return {
        "heads": layout.heads, "entities": layout.entities,
        "fields": layout.fields, "units": layout.units, "every": layout.every,
    }  # fmt: skip


def _decoded(item: Mapping[str, Mapping[str, str]]) -> Layout:
    heads = tuple(tuple(row) for row in item["heads"])
    return Layout(heads, item["entities"], item["fields"], item["units"], item.get("every", {}))
