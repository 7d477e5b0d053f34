# SPDX-License-Identifier: MIT
"""Headers and footers in Excel's code as three sections of words, page codes in braces."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.domain.report.printed import PICTURE, Section

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SECTIONS = re.compile(r"&([LCR])")
_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&(\d{1,3})|&([A-Za-z])|&(&)|([^&]+)')
_WORDS = {
    "P": "{page}",
    "N": "{pages}",
    "A": "{sheet}",
    "D": "{date}",
    "T": "{time}",
    "F": "{file}",
    "G": PICTURE,
}
_NORMAL = 10.0
_NOTHING: tuple[Section, Section, Section] = ((), (), ())
_PAIRS = (("odd", "oddHeader", "oddFooter"), ("even", "evenHeader", "evenFooter"),
          ("first", "firstHeader", "firstFooter"))  # fmt: skip

Lines = Mapping[str, tuple[Section, Section, Section]]


def sections_of(code: str) -> tuple[Section, Section, Section]:
    """Return the left, middle and right of a header or footer; without a mark it is the middle."""
    found: dict[str, str] = {}
    pieces = _SECTIONS.split(code)
    if pieces[0].strip():
        found["C"] = pieces[0]
    for mark, text in zip(pieces[1::2], pieces[2::2], strict=True):
        found[mark] = found.get(mark, "") + text
    return tuple(_lines(found.get(mark, "")) for mark in "LCR")  # type: ignore[return-value]


def _lines(code: str) -> Section:
    """Return the lines of a section, each with the size of its first letters."""
    size, lines, sizes = _NORMAL, [""], [_NORMAL]
    for points, letter, ampersand, text in _CODE.findall(code):
        if points:
            size = float(points)
        words = _WORDS.get(letter.upper(), "") if letter else ampersand or text
        for place, piece in enumerate(words.split("\n")):
            if place:
                lines.append("")
                sizes.append(size)
            if not lines[-1].strip():
                sizes[-1] = size
            lines[-1] += piece
    pairs = zip((line.strip() for line in lines), sizes, strict=True)
    return tuple(pairs) if any(line.strip() for line in lines) else ()


def lines_of(sheet: "Worksheet") -> tuple[Lines, Lines]:
    """Return the headers and the footers of a sheet by the pages that have them."""
    own = sheet.HeaderFooter
    headers, footers = {}, {}
    for name, above, below in _PAIRS:
        if (name == "even" and not own.differentOddEven) or (
            name == "first" and not own.differentFirst
        ):
            continue
        headers[name] = sections_of(str(getattr(own, above) or ""))
        footers[name] = sections_of(str(getattr(own, below) or ""))
    return headers, footers
