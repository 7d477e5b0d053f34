# SPDX-License-Identifier: MIT
"""Values, origins and changes as JSON text, for the log and the origins column."""

import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.records.changes import (
    CellState,
    FieldChange,
    KeptFields,
    NewColumn,
    NewRecords,
)
from workbench.domain.records.value_codec import (
    decode_origin,
    decode_value,
    encode_value,
)
from workbench.domain.values import Origin, SourceRef, Value, ValueState

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_decode = json.JSONDecoder().raw_decode
quoted = json.encoder.encode_basestring
"""A text as a JSON text, several times as fast as a whole encoder."""


def encode_origins(origins: Mapping[str, Origin]) -> str | None:
    """Return the text of the origins column."""
    if not origins:
        return None
    places = _Places()
    cells = {name: _placed(origin, places) for name, origin in origins.items()}
    return dump({"at": places.known, "of": cells})


def logged_origins(origins: Mapping[str, list[Any]]) -> str | None:
    """Return the text of the origins column for origins as the log keeps them."""
    if not origins:
        return None
    places = _Places()
    cells = {}
    for name, (raw, unit, state, qualifier, *at) in origins.items():
        place = (places.numbered(at[:3]), at[3]) if at else (None, "")
        cells[name] = _shortened([raw, unit, *place, state, qualifier])
    return dump({"at": places.known, "of": cells})


def changed_origins(text: str | None, new: Mapping[str, Origin | None]) -> str | None:
    """Return the text of an origins column with some origins changed; None takes one away."""
    if text and (spliced := _spliced(text, new)) is not None:
        return spliced
    data = json.loads(text) if text else {"at": [], "of": {}}
    places, cells = _Places(*data["at"]), data["of"]
    for name, origin in new.items():
        if origin is None:
            cells.pop(name, None)
        else:
            cells[name] = _placed(origin, places)
    return dump({"at": places.known, "of": cells}) if cells else None


def _spliced(text: str, new: Mapping[str, Origin | None]) -> str | None:
    """Put the cells of known places into the text itself; None where it takes more than that.

    A quote inside a JSON text is always escaped, so a name with its quotes is found as a name only.
    """
    if not (text.startswith('{"at":[') and text.endswith("]}}")):
        return None
    known, end = _decode(text, len('{"at":'))
    places = _Places(*known)
    for name, origin in new.items():
        if origin is None:
            return None
        cell = dump(_placed(origin, places))
        if len(places.known) > len(known):
            return None
        head = f"{quoted(name)}:"
        at = max(text.find(f",{head}[", end), text.find(f"{{{head}[", end))
        if at < 0:
            text = f"{text[:-2]},{head}{cell}}}}}"
        else:
            at += 1 + len(head)
            text = text[:at] + cell + text[_decode(text, at)[1] :]
    return text


def new_origins(block: NewRecords) -> list[str]:
    """Return the texts of the origins column for new records, as encode_origins writes them."""
    head = f"{dump(block.source)},{dump(block.sheet)}"
    places = [_Places([block.source, block.sheet, row]) for row in block.rows]
    columns = [_new_cells(column, places) for column in block.columns]
    rows = zip(*columns, strict=True) if columns else iter([()] * len(block.keys))
    texts = []
    for place, row, cells in zip(places, block.rows, rows, strict=True):
        at = f"[{head},{row}]" if len(place.known) == 1 else dump(place.known)[1:-1]
        texts.append(f'{{"at":[{at}],"of":{{{",".join(filter(None, cells))}}}}}')
    return texts


def unlike_rows(block: NewRecords) -> frozenset[int]:
    """Return the rows whose text ``encode_origins`` would write with other numbers of places.

    It numbers places as they are used; the text of a new record begins with the record's own row.
    """
    special = {row for column in block.columns for row in column.origins}
    return frozenset(row for row in special if not _begins_at_home(block, row))


def _begins_at_home(block: NewRecords, row: int) -> bool:
    """Tell whether the first cell of a record that has a place was read from the record's row."""
    for column in block.columns:
        origin = column.origins.get(row)
        if origin is None:
            if column.values[row] is not None:
                return True
        elif (at := origin.source) is not None:
            return (at.source, at.sheet, at.row) == (block.source, block.sheet, block.rows[row])
    return False


def _new_cells(column: NewColumn, places: "list[_Places]") -> list[str]:
    """Return a column's part of each text, "" where a row says nothing about it."""
    head = f"{dump(column.field)}:["
    tail = f",{dump(column.unit)},0,{dump(column.letter)}]"
    made = {raw: f"{head}{quoted(raw)}{tail}" for raw in set(column.raws)}
    cells = [made[raw] for raw in column.raws]
    if _NOTHING in set(map(type, column.values)):  # asking a decimal for None is slow
        pairs = zip(column.values, cells, strict=True)
        cells = ["" if value is None else cell for value, cell in pairs]
    for index, origin in column.origins.items():
        cells[index] = f"{dump(column.field)}:{dump(_placed(origin, places[index]))}"
    return cells


class _Places:
    """The rows that a record's values were read from; mostly one."""

    __slots__ = ("known",)

    def __init__(self, *known: list[Any]) -> None:
        self.known = list(known)

    def number(self, at: SourceRef) -> int:
        """Return the place of a source's row in the list."""
        return self.numbered([at.source, at.sheet, at.row])

    def numbered(self, place: list[Any]) -> int:
        """Return the number of a row that is given by file, sheet and row."""
        if place not in self.known:
            self.known.append(place)
        return self.known.index(place)


_NOTHING = type(None)
_STATES = {state.value: state for state in ValueState}
_ORDINARY: list[Any] = [None, None, None, "", ValueState.KNOWN.value, ""]


def _placed(origin: Origin, places: _Places) -> list[Any]:
    """Return raw text, unit, place, column, state and qualifier, without ordinary ends."""
    at = origin.source
    if at is None and origin.state is ValueState.KNOWN and not origin.qualifier:
        ends = [origin.raw, origin.unit]  # what was typed: most of what is written cell by cell
        return ends if ends[1] is not None else ends[:1] if ends[0] is not None else []
    place = (None, "") if at is None else (places.number(at), at.column)
    return _shortened([origin.raw, origin.unit, *place, str(origin.state), origin.qualifier])


def _shortened(data: list[Any]) -> list[Any]:
    """Take ordinary ends away."""
    while data and data[-1] == _ORDINARY[len(data) - 1]:
        data.pop()
    return data


def decode_placed(data: list[Any], places: list[Any]) -> Origin:
    """Return one origin of an origins column, whose places are kept beside it."""
    raw, unit, place, column, state, qualifier = data + _ORDINARY[len(data) :]
    source = None
    if place is not None:
        file, sheet, row = places[place]
        source = SourceRef(file, sheet, row, column)
    return Origin(raw, unit, _STATES[state], qualifier, source)


def encode_changes(changes: Sequence[FieldChange]) -> str:
    """Return the text of a record change's fields; an empty side is left out."""
    if isinstance(changes, EncodedFields):
        return changes.text
    cells = (f"[{quoted(c.field)},{_cell(c.old)},{_cell(c.new)}]" for c in changes)
    return f"[{','.join(cells)}]"


class EncodedFields(KeptFields):
    """Fields of which the store can tell the text without making them."""

    __slots__ = ()

    @property
    @abstractmethod
    def text(self) -> str:
        """Return the text of the fields, as ``encode_changes`` would write it."""


def decode_changes(text: str) -> tuple[FieldChange, ...]:
    """Return the field changes of their text."""
    if text == "[]":  # a creation: its values are in the record's own row
        return ()
    return tuple(
        FieldChange(name, _uncell(old), _uncell(new)) for name, old, new in json.loads(text)
    )


def dump(data: Any) -> str:
    """Return compact JSON text."""
    return _JSON.encode(data)


def _cell(cell: CellState) -> str:
    """Return a cell's JSON text; the common kinds are written without an encoder."""
    value, origin = cell.value, cell.origin
    if value is None and origin is None:
        return "null"
    return f"[{value_text(value)},{_origin(origin)}]"


def value_text(value: Value | None) -> str:
    """Return the JSON text of a value; the common kinds are written without an encoder."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Decimal):
        return f'{{"n":"{value}"}}'
    if isinstance(value, date):
        return f'{{"d":"{value.isoformat()}"}}'
    return dump(encode_value(value))


def placed_text(data: list[Any], places: Sequence[str]) -> str:
    """Return what the log keeps of one origin of an origins column, whose places are in JSON."""
    raw, unit, place, column, state, qualifier = data + _ORDINARY[len(data) :]
    head = (
        f"{'null' if raw is None else quoted(raw)},{'null' if unit is None else quoted(unit)},"
        f'"{_STATES[state]}",{quoted(qualifier)}'
    )
    return f"[{head}]" if place is None else f"[{head},{places[place]},{quoted(column)}]"


def place_text(place: Sequence[Any]) -> str:
    """Return the JSON text of a source's row, as an origin in the log names it."""
    source, sheet, row = place
    return f"{quoted(source)},{quoted(sheet)},{row}"


def _origin(origin: Origin | None) -> str:
    """Return the JSON text of what ``encode_origin`` gives."""
    if origin is None:
        return "null"
    raw = "null" if origin.raw is None else quoted(origin.raw)
    unit = "null" if origin.unit is None else quoted(origin.unit)
    head = f'{raw},{unit},"{origin.state}",{quoted(origin.qualifier)}'
    at = origin.source
    if at is None:
        return f"[{head}]"
    return f"[{head},{quoted(at.source)},{quoted(at.sheet)},{at.row},{quoted(at.column)}]"


def _uncell(data: Any) -> CellState:
    return CellState() if data is None else CellState(decode_value(data[0]), decode_origin(data[1]))
