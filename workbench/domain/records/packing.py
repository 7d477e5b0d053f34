# SPDX-License-Identifier: MIT
"""Records' values as tuples of plain cells: so a ledger of 100,000 rows can be held and sorted.

A packed cell is None for unknown, a scaled integer for an exact number (``SCALE``), an ISO text
for a date, JSON for a list of words, and the value itself for everything else.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import Any, overload

from workbench.domain.fields import SCALE, Field, FieldType, is_own
from workbench.domain.overriding import override
from workbench.domain.records.packed_columns import Column, cell_at, cells_of
from workbench.domain.values import Value

Unpack = Callable[[Any], Value]
_NONE: Mapping[str, Value] = MappingProxyType({})
_FEW = 64
"""Of so few records cells are looked up one by one; of more, whole columns are opened."""


class Shape:
    """The fields of packed rows in order, and how each cell is unpacked.

    ``whole`` is the shape of all shipped fields, when this one leaves out what no record knows.
    """

    __slots__ = ("fields", "names", "place", "unpack", "whole")

    def __init__(self, fields: Sequence[Field], whole: "Shape | None" = None) -> None:
        self.whole = whole
        self.fields = tuple(fields)
        self.names = tuple(field.key for field in fields)
        self.place = {name: at for at, name in enumerate(self.names)}
        self.unpack = tuple(_unpacker(field) for field in fields)


class PackedValues(Mapping[str, Value]):
    """The known values of one record, unpacked when somebody asks.

    ``own`` holds the known values of a team's own fields as they are.
    """

    __slots__ = ("_cells", "_own", "_shape")

    def __init__(
        self, shape: Shape, cells: Sequence[Any], own: Mapping[str, Value] = _NONE
    ) -> None:
        self._shape = shape
        self._cells = cells
        self._own = own

    @overload
    def get(self, name: str, /) -> Value | None: ...

    @overload
    def get(self, name: str, /, default: Any) -> Any: ...

    @override
    def get(self, name: str, /, default: Any = None) -> Any:
        shape = self._shape
        at = shape.place.get(name)
        if at is None:
            return self._own.get(name, default)
        cell = self._cells[at]
        if cell is None:
            return default
        unpack = shape.unpack[at]
        return cell if unpack is None else unpack(cell)

    @override
    def __getitem__(self, name: str) -> Value:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    @override
    def __contains__(self, name: object) -> bool:
        at = self._shape.place.get(name)  # type: ignore[call-overload]  # a missing key is None
        return name in self._own if at is None else self._cells[at] is not None

    @override
    def __iter__(self) -> Iterator[str]:
        cells = self.cells()
        known = (name for at, name in enumerate(self._shape.names) if cells[at] is not None)
        return chain(known, self._own)

    @override
    def __len__(self) -> int:
        return sum(1 for cell in self.cells() if cell is not None) + len(self._own)

    @override
    def __repr__(self) -> str:
        return repr(dict(self))

    def opened(self) -> dict[str, Value]:
        """Return every known value, for who asks for each of them again and again."""
        shape = self._shape
        cells = zip(shape.names, shape.unpack, self.cells(), strict=True)
        known = (each for each in cells if each[2] is not None)
        values = {name: unpack(cell) if unpack else cell for name, unpack, cell in known}
        return {**values, **self._own}

    def packed(self, name: str) -> Any:
        """Return a cell of a shipped field as it is kept; None is unknown."""
        at = self._shape.place.get(name)
        return None if at is None else self._cells[at]

    @property
    def own(self) -> Mapping[str, Value]:
        """Return the known values of a team's own fields."""
        return self._own

    @property
    def shape(self) -> Shape:
        """Return the shape."""
        return self._shape

    def cells(self) -> Sequence[Any]:
        """Return the cells of the shipped fields in the order of the shape."""
        return self._cells

    def some(self, places: Sequence[int | None]) -> list[Any]:
        """Return the cells at some places of the shape."""
        cells = self._cells
        return [None if at is None else cells[at] for at in places]

    def changed(self, new: Mapping[str, Value | None]) -> Mapping[str, Value]:
        """Return the values with some fields changed; None makes a field unknown."""
        shape = self._shape
        own: dict[str, Value | None] = {}
        if not shape.place.keys() >= new.keys():
            own = {name: value for name, value in new.items() if is_own(name)}
            new = {name: value for name, value in new.items() if name not in own}
        if not shape.place.keys() >= new.keys() and shape.whole is not None:
            shape = shape.whole
        if not shape.place.keys() >= new.keys():
            return {name: v for name, v in {**self, **new, **own}.items() if v is not None}
        same = shape is self._shape
        cells = list(self.cells()) if same else [self.packed(name) for name in shape.names]
        for name, value in new.items():
            at = shape.place[name]
            cells[at] = pack(value, shape.fields[at])
        kept = self._own
        if own:
            kept = {name: v for name, v in {**kept, **own}.items() if v is not None}
        return PackedValues(shape, tuple(cells), kept)


class _Nothing(Sequence[Any]):
    """A column of which no record knows a value."""

    @override
    def __getitem__(self, _at: Any) -> Any:
        return None

    @override
    def __len__(self) -> int:
        return 0


_NOTHING = _Nothing()


class NeighbourValues(PackedValues):
    """The values of one record of a block of neighbours, whose cells stand column by column."""

    __slots__ = ("_row",)

    def __init__(
        self, shape: Shape, block: Sequence[Column], row: int, own: Mapping[str, Value] = _NONE
    ) -> None:
        super().__init__(shape, block, own)
        self._row = row

    @override
    def get(self, name: str, /, default: Any = None) -> Any:
        shape = self._shape
        at = shape.place.get(name)
        if at is None:
            return self._own.get(name, default)
        cell = cell_at(self._cells[at], self._row)
        if cell is None:
            return default
        unpack = shape.unpack[at]
        return cell if unpack is None else unpack(cell)

    @override
    def __contains__(self, name: object) -> bool:
        at = self._shape.place.get(name)  # type: ignore[call-overload]  # a missing key is None
        if at is None:
            return name in self._own
        return cell_at(self._cells[at], self._row) is not None

    @override
    def packed(self, name: str) -> Any:
        at = self._shape.place.get(name)
        return None if at is None else cell_at(self._cells[at], self._row)

    @override
    def cells(self) -> Sequence[Any]:
        row = self._row
        return tuple(cell_at(column, row) for column in self._cells)

    @override
    def some(self, places: Sequence[int | None]) -> list[Any]:
        block, row = self._cells, self._row
        return [None if at is None else cell_at(block[at], row) for at in places]

    @property
    def place(self) -> tuple[Sequence[Column], int]:
        """Return the block of neighbours and the row in it."""
        return self._cells, self._row

    def neighbours(self, name: str) -> Sequence[Any]:
        """Return the cells of a shipped field of the whole block."""
        at = self._shape.place.get(name)
        if at is None:
            return _NOTHING
        return cells_of(self._cells[at])


def pack(value: Value | None, field: Field) -> Any:
    """Return a value as a packed cell."""
    if value is None:
        return None
    scale = SCALE.get(field.type)
    if scale is not None:
        return int(Decimal(value).scaleb(scale)) if isinstance(value, Decimal | int) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value


def packed_column(rows: Iterable[Mapping[str, Value]], field: Field) -> list[Any]:
    """Return one field of many records as packed cells; known ones have an order among them."""
    name, every = field.key, list(rows)
    if field.own:
        return [pack(row.get(name), field) for row in every]
    if len(every) < _FEW:
        return [_packed(row, field) for row in every]
    found: list[Any] = []
    opened: dict[int, Sequence[Any]] = {}
    last: object = None
    cells: Sequence[Any] = ()
    for row in every:
        if not isinstance(row, NeighbourValues):
            found.append(_packed(row, field))
            continue
        block, at = row.place
        if block is not last:
            last = block
            if (known := opened.get(id(block))) is None:
                known = opened[id(block)] = row.neighbours(name)
            cells = known
        found.append(cells[at])
    return found


def _packed(row: Mapping[str, Value], field: Field) -> Any:
    if isinstance(row, PackedValues):
        return row.packed(field.key)
    return pack(row.get(field.key), field)


class Packer:
    """Fetches the packed cells of many records in the order of some fields."""

    __slots__ = ("_fields", "_own", "_places", "_shape")

    def __init__(self, fields: Iterable[Field]) -> None:
        self._fields = tuple(fields)
        self._own = [(at, field) for at, field in enumerate(self._fields) if field.own]
        self._shape: Shape | None = None
        self._places: list[int | None] = []

    def __call__(self, row: Mapping[str, Value]) -> list[Any]:
        """Return one record's cells; None is unknown."""
        if not isinstance(row, PackedValues):
            return [pack(row.get(field.key), field) for field in self._fields]
        if row.shape is not self._shape:
            self._shape = row.shape
            self._places = [row.shape.place.get(field.key) for field in self._fields]
        found = row.some(self._places)
        for at, field in self._own:
            found[at] = pack(row.get(field.key), field)
        return found


def unpacked(cell: Any, field: Field) -> Value | None:
    """Return the value of a packed cell."""
    unpack = _unpacker(field)
    return cell if cell is None or unpack is None else unpack(cell)


def _unpacker(field: Field) -> Unpack | None:
    """Return how a field's cells become values; None where they are values already."""
    scale = SCALE.get(field.type)
    if scale is not None:
        return _unscaler(scale)
    match field.type:
        case FieldType.DATE:
            return date.fromisoformat
        case FieldType.BOOL:
            return bool
        case FieldType.CHOICES | FieldType.TEXTS:
            return _words
        case _:
            return None


def _unscaler(scale: int) -> Unpack:
    def unscaled(cell: Any) -> Decimal:
        return Decimal(cell).scaleb(-scale)

    return unscaled


def _words(cell: Any) -> tuple[str, ...]:
    return tuple(json.loads(cell))
