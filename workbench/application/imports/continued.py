# SPDX-License-Identifier: MIT
"""Rows that go on about the record of a row above: a house with one line per tenant.

Such a row repeats what the first one says of the house, by typing or by a merged cell, or leaves it
blank; what it adds is one more lease or mortgage. It is neither a second house nor a full repeat.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from workbench.application.imports.attached import name_of
from workbench.application.imports.preview import ColumnData, Outcome, TablePreview
from workbench.domain.fields import Entity, FieldType
from workbench.domain.parsing.parsed import notice
from workbench.domain.values import Origin, Value

_LET, _AREA = "leased_area", "area"
_STOREYS, _PLACE = "floors_above", "location"
_FLOOR = frozenset({"楼层", "层次", "所在层", "所在楼层", "层"})
"""Headings under which each line says on which floor its tenant is: 2F."""
_SUM_OF_HOUSE = "已"
"""In a heading such as 已租面积: what is let of the whole house, which its lines may repeat."""


def find_continued(preview: TablePreview) -> None:
    """Tell which rows go on about the record of a row above, and what is theirs alone."""
    telling = {at for made in preview.attached if made.host for at in made.host.rows}
    telling |= set(_only_labels(preview))
    if not telling:
        return
    preview.continues = dict(_continued(preview, telling))
    for index, first in preview.continues.items():
        said = notice("goes_on", row=str(preview.row_number(first)))
        preview.row_problems.setdefault(index, []).append(("", said))
    for made in preview.attached if preview.continues else ():
        _name_hosts(preview, made)
        _drop_repeats(made, preview.continues)
        if made.entity == "lease":
            _part_areas(preview, made)
            _take_floors(preview, made)


def _only_labels(preview: TablePreview) -> Iterator[int]:
    """Yield the rows of which nothing is known but what merged labels above say."""
    merged = preview.table.filled
    read = [(data, data.column.position) for data in preview.columns.values() if data.column]
    for index, (number, _) in enumerate(preview.table.rows if merged else ()):
        labels = merged.get(number)
        if labels and all(at in labels or _is_blank(preview, data, index) for data, at in read):
            yield index


def _continued(preview: TablePreview, telling: Set[int]) -> Iterator[tuple[int, int]]:
    """Yield the rows that go on, each with the first row about its record.

    ``telling`` are those that add another record, or have nothing to add.
    """
    names = [data for name, data in preview.columns.items() if name in preview.spec.required_any]
    naming = [data for name, data in preview.columns.items() if _tells(preview.spec, name)]
    own = [data for name, data in preview.columns.items() if not _is_of_line(name, data)]
    met: dict[tuple[Value | None, ...], int] = {}
    last: int | None = None
    for index in range(len(preview.table.rows)):
        nameless = all(_is_blank(preview, data, index) for data in names)
        called = tuple(data.values[index] for data in naming)
        if nameless:
            below = index and preview.row_number(index) == preview.row_number(index - 1) + 1
            first = last if below else None
        else:
            first = met.setdefault(called, index)
        if first in (None, index) or index not in telling or not _adds_nothing(own, index, first):
            last = None if nameless else index
        else:
            last = first
            yield index, first


def _is_of_line(name: str, data: ColumnData) -> bool:
    """Tell whether a column is about the tenants of a house where several lines tell of it."""
    return name == _LET or (name == _STOREYS and _heading(data) in _FLOOR)


def _tells(spec: Entity, name: str) -> bool:
    """Tell whether a field says which record is meant: what names it, and where it belongs."""
    return name in spec.required_any or spec[name].type is FieldType.REF


def _is_blank(preview: TablePreview, data: ColumnData, index: int) -> bool:
    """Tell whether a row says nothing in a column, not even what cannot be read."""
    return data.values[index] is None and not preview.raw(index, data.field.key).strip()


def _adds_nothing(own: Sequence[ColumnData], index: int, first: int) -> bool:
    """Tell whether a row only repeats what the first one says, or is silent."""
    return all(
        data.values[index] == data.values[first]
        or (data.values[index] is None and index not in data.problems)
        for data in own
    )


def _name_hosts(preview: TablePreview, made: TablePreview) -> None:
    """Write the house that is meant beside what a nameless line adds to it."""
    hosts = made.columns[preview.table.entity]
    for at, row in enumerate(made.host.rows if made.host else ()):
        hosts.values[at] = hosts.values[at] or name_of(preview, preview.continues.get(row, row))


def _drop_repeats(made: TablePreview, continues: Mapping[int, int]) -> None:
    """Take out what a line only repeats: a lender merged beside both tenants lends once."""
    rows = made.host.rows if made.host else ()
    own = [data for data in made.columns.values() if data.column is not None]
    kept: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        before = kept.setdefault(continues.get(row, row), [])
        if any(_adds_nothing(own, at, earlier) for earlier in before):
            made.outcomes[at] = Outcome.REJECTED
        else:
            before.append(at)


def _part_areas(preview: TablePreview, made: TablePreview) -> None:
    """Give what is let to the leases, and their sum to the house, or to the house alone.

    One figure for several lines, or 已租面积 repeated on each, is the house's and no lease's.
    """
    let, area = preview.columns.get(_LET), made.columns.get(_AREA)
    if let is None or area is None or area.column is not None or made.host is None:
        return
    places = {row: at for at, row in enumerate(made.host.rows)}
    groups: dict[int, list[int]] = {}
    for row, first in preview.continues.items():
        groups.setdefault(first, [first]).append(row)
    for first, rows in groups.items():
        stated = [value for row in rows if isinstance(value := let.values[row], Decimal)]
        repeated = len(set(stated)) == 1 and _SUM_OF_HOUSE in _heading(let)
        if len(stated) == 1 or repeated:
            for row in rows:
                _set(area, places.get(row), None)
            _set(let, first, stated[0])
        elif len(stated) < len(rows):
            _set(let, first, None)
        else:
            raw = " + ".join(preview.raw(row, _LET) for row in rows)
            _set(let, first, sum(stated, Decimal()))
            let.origins[first] = Origin(raw, let.ordinary_unit)
            let.problems[first] = (notice("sum_of_lines", text=raw),)


def _take_floors(preview: TablePreview, made: TablePreview) -> None:
    """Take the floors of the lines for where the tenants are: 2F is no number of storeys."""
    floors = preview.columns.get(_STOREYS)
    if floors is None or not _is_of_line(_STOREYS, floors):
        return
    if all(floors.values[row] is None for row in preview.continues):
        return
    for row in range(len(floors.values)):
        _set(floors, row, None)
    if _PLACE not in made.columns and made.host is not None:
        raws = [preview.raw(row, _STOREYS) for row in made.host.rows]
        values: list[Value | None] = [raw or None for raw in raws]
        origins = {at: Origin(raw) for at, raw in enumerate(raws) if raw}
        made.columns[_PLACE] = ColumnData(made.spec[_PLACE], None, "", values, origins)


def _heading(data: ColumnData) -> str:
    return data.column.heading.text if data.column else ""


def _set(data: ColumnData, at: int | None, value: Value | None) -> None:
    if at is not None and data.values[at] != value:
        data.values[at] = value
        data.origins.pop(at, None)
        data.problems.pop(at, None)
