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
from workbench.domain.values import Value

Unpack = Callable[[Any], Value]
_NONE: Mapping[str, Value] = MappingProxyType({})


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
        cells = self._cells
        known = (name for at, name in enumerate(self._shape.names) if cells[at] is not None)
        return chain(known, self._own)

    @override
    def __len__(self) -> int:
        return sum(1 for cell in self._cells if cell is not None) + len(self._own)

    @override
    def __repr__(self) -> str:
        return repr(dict(self))

    def packed(self, name: str) -> Any:
        """Return a cell of a shipped field as it is kept; None is unknown."""
        at = self._shape.place.get(name)
        return None if at is None else self._cells[at]

    @property
    def parts(self) -> tuple[Shape, Sequence[Any]]:
        """Return the shape and the cells of the shipped fields in its order."""
        return self._shape, self._cells

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
        cells = list(self._cells) if same else [self.packed(name) for name in shape.names]
        for name, value in new.items():
            at = shape.place[name]
            cells[at] = pack(value, shape.fields[at])
        kept = self._own
        if own:
            kept = {name: v for name, v in {**kept, **own}.items() if v is not None}
        return PackedValues(shape, tuple(cells), kept)


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
    name, packed = field.key, not field.own
    return [
        row.packed(name) if packed and isinstance(row, PackedValues) else pack(row.get(name), field)
        for row in rows
    ]


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
        shape, cells = row.parts
        if shape is not self._shape:
            self._shape = shape
            self._places = [shape.place.get(field.key) for field in self._fields]
        found = [None if at is None else cells[at] for at in self._places]
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
