# SPDX-License-Identifier: MIT
"""Writes ledger records as the rows of a sheet's XML, one at a time and without a workbook.

openpyxl keeps a cell as an object; a ledger of 100,000 rows would take a gigabyte. Head, widths
and styles stay openpyxl's, only the rows between come from here. Cells are made from the packed
values as the store gives them (``workbench.domain.records.packing``).
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from workbench.domain.fields import SCALE, Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.records.ledger import Record
from workbench.domain.records.packing import Packer
from workbench.domain.values import KeptOrigins, ValueState
from workbench.excel.cells import LIKE_FORMULA, clean_text, coded_text, is_too_long

PERCENT = "%"
NOT_APPLICABLE = "不适用"
YES, NO = "是", "否"
_AFTER = frozenset({"余", "多", "来", "左右", "上下", "以上", "以下", "以内", "+"})
_ABOUT_THEN = "左右"
_PERCENT_UNIT: int = 10 ** (SCALE[FieldType.SHARE] - 2)
_SMALL_SHARE = _PERCENT_UNIT * 3 // 2
"""A percent column with no number above 1.5 is read as fractions, so small ones carry their %."""
_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1).isoformat()
"""Before this day Excel and everybody else count differently; such dates are written as text."""
_ORDINARY = re.compile(r"(?![=+\-@ ])[^\x00-\x1f<>&_\ufffe\uffff]*(?<! )")
_MOST_KEPT = 4096
_NOT_SHOWN = "\ufffd"
"""Stands for a text of nothing but characters that no workbook takes."""

Body = Callable[[Any], str]
"""Turns a packed cell into everything of its <c> element after the address; "" writes nothing."""
Said = Callable[[Any], str]
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowStyles:
    """The cell styles that rows need, by their number in the workbook."""

    day: int
    quoted: int


class RowWriter:
    """Makes the rows of one entity.

    ``names`` holds, by the entity that a reference points at, how each of its records is named.
    """

    def __init__(
        self, fields: Iterable[Field], names: Mapping[str, Names], styles: RowStyles
    ) -> None:
        self._fields = tuple(fields)
        self._styles = styles
        self._said = tuple(_said(field, names.get(field.target, {})) for field in self._fields)
        self._bodies = tuple(map(self._body, self._fields, self._said))
        self._starts = tuple(
            f'<c r="{get_column_letter(at)}' for at in range(1, len(self._fields) + 1)
        )
        self.marked = [0] * len(self._fields)
        """Per field, the cells that say 不适用."""
        self.cut: list[str] = []
        """The records of which a text is longer than a cell takes, by their labels."""
        self._cut_texts = 0

    def rows(self, records: Iterable[Record], first: int) -> Iterator[str]:
        """Yield the rows of records, beginning in a row of the sheet."""
        columns, packer = tuple(zip(self._starts, self._bodies, strict=True)), Packer(self._fields)
        for number, record in enumerate(records, start=first):
            cells, cut = packer(record.values), self._cut_texts
            parts = [f'<row r="{number}">']
            if _is_ordinary(record):
                for (start, body), cell in zip(columns, cells, strict=True):
                    if cell is not None:
                        parts.append(f'{start}{number}"{body(cell)}')
            else:
                marked = self._with_marks(record, cells)
                parts += [f'{self._starts[at]}{number}"{body}' for at, body in marked]
            parts.append("</row>")
            if self._cut_texts > cut:
                self.cut.append(record.label)
            yield "".join(parts)

    def _with_marks(self, record: Record, cells: Sequence[Any]) -> Iterator[tuple[int, str]]:
        """Yield the cells of a record of which some are estimated or not applicable."""
        for at, (field, cell) in enumerate(zip(self._fields, cells, strict=True)):
            match record.state(field.key):
                case ValueState.UNKNOWN:
                    continue
                case ValueState.NOT_APPLICABLE:
                    self.marked[at] += 1
                    yield at, self._text(NOT_APPLICABLE)
                case ValueState.ESTIMATED:
                    yield at, self._text(_estimate(self._said[at](cell), record, field))
                case _:
                    yield at, self._bodies[at](cell)

    def _body(self, field: Field, said: Said) -> Body:
        match field.type:
            case FieldType.SHARE:
                return self._share
            case FieldType.INTEGER:
                return _whole
            case FieldType.NUMBER | FieldType.AREA | FieldType.MONEY:
                return _scaled(10 ** SCALE[field.type])
            case FieldType.DATE:
                return _kept(self._day)
            case FieldType.CHOICE | FieldType.CHOICES | FieldType.BOOL | FieldType.REF:
                return _kept(lambda cell: self._text(said(cell)))
            case FieldType.TEXTS:
                return lambda cell: self._text(said(cell))
            case _:
                return self._text

    def _text(self, text: str) -> str:
        if not (cut := is_too_long(text)) and _ORDINARY.fullmatch(text):
            return f' t="inlineStr"><is><t>{text}</t></is></c>'
        clean = clean_text(text) or _NOT_SHOWN
        self._cut_texts += cut
        quoted = f' s="{self._styles.quoted}"' if clean.startswith(LIKE_FORMULA) else ""
        inside = escape(coded_text(clean), {"\r": "&#13;"})
        return f'{quoted} t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'

    def _share(self, cell: int) -> str:
        if cell and abs(cell) <= _SMALL_SHARE:
            return self._text(f"{_percent(cell)}{PERCENT}")
        return f"><v>{cell / _PERCENT_UNIT!r}</v></c>"

    def _day(self, cell: str) -> str:
        if cell < _FIRST_DAY:
            return self._text(cell)
        serial = date.fromisoformat(cell).toordinal() - _EPOCH
        return f' s="{self._styles.day}"><v>{serial}</v></c>'


def _whole(cell: int) -> str:
    return f"><v>{cell}</v></c>"


def _scaled(unit: int) -> Body:
    # Dividing two whole numbers rounds once: the same float as that of the decimal.
    return lambda cell: f"><v>{cell / unit!r}</v></c>"


def _kept(body: Body) -> Body:
    """Remember what was made of cells that come again and again."""
    known: dict[Any, str] = {}

    def written(cell: Any) -> str:
        text = known.get(cell)
        if text is None:
            text = body(cell)
            if len(known) < _MOST_KEPT:
                known[cell] = text
        return text

    return written


def _said(field: Field, names: Names) -> Said:
    """Return what says a packed cell of a field in the words that import reads."""
    match field.type:
        case FieldType.BOOL:
            return lambda cell: YES if cell else NO
        case FieldType.CHOICES | FieldType.TEXTS:
            return lambda cell: "、".join(json.loads(cell))
        case FieldType.REF:
            return lambda cell: names.get(cell, cell)
        case FieldType.SHARE:
            return _percent
        case FieldType.NUMBER | FieldType.AREA | FieldType.MONEY:
            scale = SCALE[field.type]
            return lambda cell: f"{Decimal(cell).scaleb(-scale).normalize():f}"
        case _:
            return str


def _percent(cell: int) -> str:
    return f"{Decimal(cell).scaleb(2 - SCALE[FieldType.SHARE]).normalize():f}"


def _is_ordinary(record: Record) -> bool:
    origins = record.origins
    return not origins or (isinstance(origins, KeptOrigins) and origins.ordinary)


def _estimate(text: str, record: Record, field: Field) -> str:
    """Return an estimate with its qualifier, 约 before and 余 after the number.

    Of a day it is the words that it was made from, 2015年底, where they still mean that day.
    """
    origin = record.origins.get(field.key)
    if field.type is FieldType.DATE:
        raw = (origin.raw if origin else "") or ""
        again = parse(field, raw).value if raw else None
        return raw if again == date.fromisoformat(text) else f"{text}{_ABOUT_THEN}"
    mark = (origin.qualifier if origin else "") or "约"
    return f"{text}{mark}" if mark in _AFTER else f"{mark}{text}"
