# SPDX-License-Identifier: MIT
"""Headers and footers of a page in Excel's own code, with words in the places kept for them.

They are written as they were read: openpyxl splits such a line at a font, a size and a colour,
and would lose a second one, or a letter after an ampersand.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from openpyxl.worksheet.header_footer import HeaderFooterItem

from workbench.domain.overriding import override
from workbench.excel.house.line_room import within_room

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from workbench.excel.house.parts import Part

NAMES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
FLAGS = ("differentOddEven", "differentFirst", "scaleWithDoc", "alignWithMargins")
LONGEST = 255
"""Excel calls a workbook damaged whose header is longer."""
PICTURE = "&G"
PLACE = re.compile(r"\{(\w+)\}")
_ALL = re.compile(
    rb"<(?:\w+:)?headerFooter\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?headerFooter\s*>)", re.DOTALL
)
_ONE = re.compile(rb"<(?:\w+:)?((?:odd|even|first)(?:Header|Footer))\b[^>]*>([^<]+)<")
_FLAG = re.compile(rb"\b(\w+)\s*=\s*[\"'](\w+)[\"']")
_SIZE_AT_END = re.compile(r"&\d+$")
_EMPTY = re.compile(r'&[LCR](?:&"[^"]*"|&\d+ ?)*(?=&[LCR]|$)')
"""A section without a word."""
_A4, _INCH = (595.3, 841.9), 72.0
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class PageLines:
    """The headers and footers of a sheet, and the pictures that they show."""

    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    flags: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    pictures: "Part | None" = None

    @property
    def places(self) -> set[str]:
        """Return the names in braces."""
        return {name for text in self.texts.values() for name in PLACE.findall(text)}


class _Line(HeaderFooterItem):
    """A line in Excel's own code, written as it is."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    @override
    def __str__(self) -> str:
        return self._code

    @override
    def __bool__(self) -> bool:
        return bool(self._code)

    @override
    def to_tree(self, tagname: str) -> Element:
        element = Element(tagname, {_SPACE: "preserve"})
        element.text = self._code
        return element


def read_lines(sheet: bytes, pictures: "Part | None") -> PageLines:
    """Return the headers and footers of a sheet's part."""
    found = _ALL.search(sheet)
    if found is None:
        return PageLines()
    texts = {
        name.decode(): unescape(code.decode("utf-8", "replace"))
        for name, code in _ONE.findall(found[2] or b"")
    }
    flags = {
        name.decode(): value in (b"1", b"true")
        for name, value in _FLAG.findall(found[1])
        if name.decode() in FLAGS
    }
    shown = pictures if any(PICTURE in text for text in texts.values()) else None
    return PageLines(texts, flags, shown)


def joined(pieces: Sequence[str]) -> list[str]:
    """Return the pieces of a text so that no place for words is in two: the first has it whole.

    A place comes to be in pieces when somebody formats or corrects a part of it.
    """
    owners = [at for at, piece in enumerate(pieces) for _ in piece]
    text = "".join(pieces)
    for place in PLACE.finditer(text):
        owners[place.start() : place.end()] = [owners[place.start()]] * len(place[0])
    whole = [""] * len(pieces)
    for letter, owner in zip(text, owners, strict=True):
        whole[owner] += letter
    return whole


def put_lines(sheet: "Worksheet", lines: PageLines, words: Mapping[str, str]) -> None:
    """Give a sheet headers and footers; what ``lines`` has not stays as it is."""
    room = _width_between(sheet)
    for name, code in lines.texts.items():
        said = filled(code, words)
        broken = within_room(said, room)
        setattr(sheet.HeaderFooter, name, _Line(broken if len(broken) <= LONGEST else said))
    for name, value in lines.flags.items():
        setattr(sheet.HeaderFooter, name, value)


def _width_between(sheet: "Worksheet") -> float:
    """Return the points between the margins of a sheet's page: A4, upright or lying."""
    lying = sheet.page_setup.orientation == "landscape"
    margins = sheet.page_margins
    return _A4[lying] - (margins.left + margins.right) * _INCH


def filled(code: str, words: Mapping[str, str]) -> str:
    """Return a line with words in its places; the longest is cut where the line is too long."""
    room = dict(words)
    while len(line := _put(code, room)) > LONGEST:
        longest = max((n for n in PLACE.findall(code) if n in room), key=lambda n: len(room[n]))
        less = room[longest].rstrip("…")[: -(len(line) - LONGEST + 1)]
        if not less:
            return line[:LONGEST]
        room[longest] = f"{less}…"
    return line


def _put(code: str, words: Mapping[str, str]) -> str:
    written, at = "", 0
    for place in PLACE.finditer(code):
        written += code[at : place.start()]
        word = words.get(place[1], place[0]).replace("&", "&&")
        if word[:1].isdigit() and _SIZE_AT_END.search(written):
            written += " "  # or its first digits were taken for the size
        written, at = written + word, place.end()
    return _EMPTY.sub("", written + code[at:])
