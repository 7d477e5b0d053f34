# SPDX-License-Identifier: MIT
"""What a copied cell says beside the text that it shows, and which of both is meant."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Literal, NamedTuple

Covered = Literal["", "down", "across"]
_DIGITS = Context(prec=15)
"""So many digits of a number are its own; what follows is noise of binary fractions."""
_HIDDEN = re.compile(r"#{2,}")
_SHOWN = re.compile(r"(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:E[+-]?\d+)?", re.IGNORECASE)
_LONGEST = Decimal(10) ** 15
_SIGNS = frozenset("-−–(△▲")
_FIRST_DAY = date(1899, 12, 30)
_LAST_NUMBER = 2_958_465
"""The last day of the year 9999."""


class Cell(NamedTuple):
    """A copied cell: its text, its number in full ("" if not told), a day as ISO text.

    ``covered`` tells that it lies under a cell merged from above (down) or from the left (across).
    """

    text: str
    number: str = ""
    day: str = ""
    covered: Covered = ""
    is_date: bool = False


BLANK = Cell("")


@dataclass(frozen=True, slots=True)
class CopiedBlock:
    """A copied block; None is a cell under a merged one, which says nothing of its own.

    ``exact`` counts the cells whose number was shown rounded, or hidden, and is taken in full.
    """

    rows: Sequence[Sequence[str | None]]
    exact: int = 0

    def texts(self) -> list[list[str]]:
        """Return the block with nothing where merged cells lie."""
        return [[text or "" for text in row] for row in self.rows]


def combined(rows: Sequence[Sequence[str]], cells: Sequence[Sequence[Cell]]) -> CopiedBlock | None:
    """Return a block's texts with what its cells tell beside them; None if the shapes differ.

    A label that is merged over several rows holds for each of them, as in an import; a number
    stays with the first.
    """
    if len(rows) != len(cells) or _width(rows) != _width(cells):
        return None
    exact, made = 0, list[list[str | None]]()
    for texts, beside in zip(rows, cells, strict=True):
        line: list[str | None] = []
        for at, (text, cell) in enumerate(zip(texts, beside, strict=False)):
            if cell.covered and not text.strip():
                line.append(_from_above(made, at) if cell.covered == "down" else None)
                continue
            meant = meant_text(text, cell)
            exact += meant != text
            line.append(meant)
        made.append(line)
    return CopiedBlock(made, exact)


def _from_above(made: Sequence[Sequence[str | None]], at: int) -> str | None:
    above = made[-1][at] if made and at < len(made[-1]) else None
    return None if above is None or not above.strip() or _SHOWN.search(above) else above


def _width(rows: Sequence[Sequence[object]]) -> int:
    return max(map(len, rows), default=0)


def meant_text(text: str, cell: Cell) -> str:
    """Return a shown text with its number in full, where the text is that number rounded.

    What is shown in another measure (1.3 万 of 13,000) or as words stays as it is shown.
    """
    number = _decimal(cell.number)
    day = cell.day or (_day_of(number) if cell.is_date and number is not None else "")
    if day:
        return _dated(text, day)
    if number is None:
        return text
    shown = unicodedata.normalize("NFKC", text)
    if _HIDDEN.fullmatch(shown.strip()):
        return _plain(number)
    if shown.strip() in _ZEROS and not number:
        return "0"
    found = list(_SHOWN.finditer(shown))
    if len(found) != 1:
        return text
    before, after = shown[: found[0].start()], shown[found[0].end() :]
    seen = _decimal(found[0][0].replace(",", ""))
    size = abs(number) * (100 if "%" in after else 1)
    if seen is None or (size >= _LONGEST and "E" in found[0][0].upper()):
        return text
    lost_sign = number < 0 and not _SIGNS & set(before)
    if size == seen and not lost_sign:
        return text
    if size.quantize(_last_place(seen), ROUND_HALF_UP) != seen:
        return text
    return f"{'-' if lost_sign else ''}{before}{_plain(size)}{after}"


_ZEROS = frozenset("-–—")


def _last_place(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal((0, (1,), exponent if isinstance(exponent, int) else 0))


def _dated(text: str, day: str) -> str:
    """Return a day in full, but a year or a month alone where only that is shown.

    Spreadsheets make a first of the month out of a month that was typed.
    """
    parts = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    whole_year = any(len(part) == 4 for part in parts)
    return text if whole_year and len(parts) < 3 else day


def _day_of(number: Decimal) -> str:
    if not 0 < number <= _LAST_NUMBER:
        return ""
    return (_FIRST_DAY + timedelta(days=int(number))).isoformat()


def _decimal(text: str) -> Decimal | None:
    try:
        number = _DIGITS.create_decimal(text.strip()) if text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
