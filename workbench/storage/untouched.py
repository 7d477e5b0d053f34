# SPDX-License-Identifier: MIT
"""Records that are as they were created: taken back without making each of their cells.

An import of 100,000 rows has three million cells; to the log they go as the text that they are.
"""

from workbench.domain.overriding import override
from workbench.domain.records.changes import EMPTY_CELL, CellState, FieldChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.packing import PackedValues
from workbench.domain.values import Value
from workbench.storage.creations import cells_of
from workbench.storage.encoding import (
    EncodedFields,
    place_text,
    placed_text,
    quoted,
    value_text,
)
from workbench.storage.kept_origins import EncodedOrigins


class UntouchedFields(EncodedFields):
    """The fields of a record's creation or, when ``gone``, of its deletion."""

    __slots__ = ("_gone", "record")

    def __init__(self, record: Record, *, gone: bool = False) -> None:
        super().__init__()
        self.record = record
        self._gone = gone

    @override
    def inverted(self) -> "UntouchedFields":
        return UntouchedFields(self.record, gone=not self._gone)

    @property
    @override
    def text(self) -> str:
        values = _values(self.record)
        origins = _origin_texts(self.record)
        before, after = ("", ",null") if self._gone else ("null,", "")
        names = [*values, *(name for name in origins if name not in values)]
        cells = [
            f"[{quoted(name)},{before}[{value_text(values.get(name))},"
            f"{origins.get(name, 'null')}]{after}]"
            for name in names
        ]
        return f"[{','.join(cells)}]"

    @override
    def worked_out(self) -> tuple[FieldChange, ...]:
        return tuple(self._change(*item) for item in cells_of(self.record).items())

    def _change(self, name: str, cell: CellState) -> FieldChange:
        old, new = (cell, EMPTY_CELL) if self._gone else (EMPTY_CELL, cell)
        return FieldChange(name, old, new)


def _values(record: Record) -> dict[str, Value]:
    """Return the known values, unpacked in one walk."""
    values = record.values
    if type(values) is not PackedValues:
        return dict(values)
    shape = values.shape
    found: dict[str, Value] = {
        name: cell if unpack is None else unpack(cell)
        for name, cell, unpack in zip(shape.names, values.cells(), shape.unpack, strict=True)
        if cell is not None
    }
    return found | dict(values.own)


def _origin_texts(record: Record) -> dict[str, str]:
    origins = record.origins
    if not isinstance(origins, EncodedOrigins):
        return {}
    kept = origins.data()
    places = [place_text(place) for place in kept["at"]]
    return {name: placed_text(cell, places) for name, cell in kept["of"].items()}
