# SPDX-License-Identifier: MIT
"""Writes parts of a template into the package of a report, beside what openpyxl wrote."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import quote_sheetname

from workbench.excel.house import drawn
from workbench.excel.house.designed import HouseCover
from workbench.excel.house.parts import Part
from workbench.excel.house.style import HouseStyle
from workbench.excel.xlsx_package import SHEET_PARTS

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_RELATIONS}"></Relationships>'
)
_KINDS = {"drawing": "drawing", "legacyDrawingHF": "vmlDrawing", "picture": "image"}
_ORDER = (
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The last elements of a worksheet in the order that Excel insists on."""
_ROOMS = {"drawing": "drawings", "legacyDrawingHF": "drawings", "picture": "media"}
_MAP = re.compile(rb"(<o:idmap\b[^>]*\bdata=\")[^\"]*")
_SHAPE = re.compile(rb"_x0000_s(\d+)")
_PER_SHEET = 1024
"""Numbers of shapes that belong to one sheet, in Excel's old drawings."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A part for a sheet: the element of the sheet that refers to it, or an extension of it."""

    element: str
    part: Part | None = None
    extension: str = ""


class Additions:
    """What is written beside the parts of a saved workbook, and what they say of it."""

    def __init__(self, wanted: Mapping[str, Sequence[Addition]], theme: Part | None = None) -> None:
        self.parts: dict[str, bytes] = {}
        self._elements: dict[str, list[tuple[str, str]]] = {}
        self._related: dict[str, list[str]] = {}
        self._types: dict[str, str] = {}
        self._names: dict[int, str] = {}
        for sheet, additions in wanted.items():
            for addition in additions:
                self._add(sheet, addition)
        if theme is not None:
            self._needs_of(_THEME, theme, "media")

    def __bool__(self) -> bool:
        return bool(self.parts) or any(self._elements.values())

    def content(self, name: str, content: bytes) -> bytes:
        """Return what a part of the saved workbook holds with the additions."""
        if not self:
            return content
        if name in self._elements:
            return _with_elements(content.decode(), self._elements[name]).encode()
        if name in self._related:
            return _with_relations(content.decode(), self._related.pop(name))
        return self._with_types(content.decode()).encode() if name == _TYPES else content

    def rest(self) -> Iterator[tuple[str, bytes]]:
        """Yield the parts that the saved workbook has not."""
        for name, lines in self._related.items():
            yield name, _with_relations(_EMPTY, lines)
        yield from self.parts.items()

    def _add(self, sheet: str, addition: Addition) -> None:
        elements = self._elements.setdefault(sheet, [])
        if addition.part is None:
            elements.append((addition.element, addition.extension))
            return
        part = addition.part
        if addition.element == "legacyDrawingHF":
            part = _numbered(part, int(re.sub(r"\D", "", sheet)))
        name = self._write(part, _ROOMS[addition.element])
        named = f"rIdHouse{len(elements) + 1}"
        self._relate(sheet, named, f"{_OFFICE}/{_KINDS[addition.element]}", f"/{name}")
        elements.append(
            (addition.element, f'<{addition.element} xmlns:r="{_OFFICE}" r:id="{named}"/>')
        )

    def _write(self, part: Part, room: str) -> str:
        """Write a part and what it needs once; return its name."""
        if (known := self._names.get(id(part.content))) is not None:
            return known
        name = f"xl/{room}/house{len(self.parts) + 1}.{part.ending}"
        self._names[id(part.content)] = name
        self.parts[name] = part.content
        self._types[name] = part.content_type
        self._needs_of(name, part, room)
        return name

    def _needs_of(self, name: str, part: Part, room: str) -> None:
        """Write what a part needs, and that it does."""
        for need in part.needs:
            place = need.place
            if need.part is not None:
                below = "media" if need.part.content_type.startswith("image/") else room
                place = f"/{self._write(need.part, below)}"
            self._relate(name, need.id, need.kind, place, external=need.part is None)

    def _relate(
        self, name: str, named: str, kind: str, place: str, *, external: bool = False
    ) -> None:
        folder, _, base = name.rpartition("/")
        mode = ' TargetMode="External"' if external else ""
        self._related.setdefault(f"{folder}/_rels/{base}.rels", []).append(
            f"<Relationship Id={quoteattr(named)} Type={quoteattr(kind)} "
            f"Target={quoteattr(place)}{mode}/>"
        )

    def _with_types(self, xml: str) -> str:
        """Say of every new part what it is: by its ending where that is free, else by name."""
        said = dict(re.findall(r'<Default Extension="(\w+)" ContentType="([^"]*)"', xml))
        for name, content_type in self._types.items():
            ending = name.rpartition(".")[2]
            if ending != "xml" and said.setdefault(ending, content_type) == content_type:
                continue
            line = f'<Override PartName="/{name}" ContentType={quoteattr(content_type)}/>'
            xml = xml.replace("</Types>", f"{line}</Types>")
        new = "".join(
            f'<Default Extension="{ending}" ContentType={quoteattr(content_type)}/>'
            for ending, content_type in said.items()
            if f'Extension="{ending}"' not in xml
        )
        return re.sub(r"<Types\b[^>]*>", lambda opened: opened[0] + new, xml, count=1)


_TYPES = "[Content_Types].xml"
_THEME = "xl/theme/theme1.xml"


def _with_elements(xml: str, elements: Sequence[tuple[str, str]]) -> str:
    """Put elements into a worksheet, each before all that must follow it."""
    body, end, tail = xml.rpartition("</sheetData>")
    for name, element in elements:
        later = "|".join(_ORDER[_ORDER.index(name) + 1 :]) or "$"
        at = re.search(rf"<(?:{later})\b|</worksheet>", tail)
        place = at.start() if at else len(tail)
        tail = tail[:place] + element + tail[place:]
    return body + end + tail


def _with_relations(xml: str, lines: Sequence[str]) -> bytes:
    return xml.replace("</Relationships>", "".join(lines) + "</Relationships>").encode()


def _numbered(part: Part, sheet: int) -> Part:
    """Return pictures of a header whose shapes have numbers of this sheet's own."""

    def number(shape: re.Match[bytes]) -> bytes:
        return b"_x0000_s%d" % (sheet * _PER_SHEET + int(shape[1]) % _PER_SHEET)

    content = _MAP.sub(rb"\g<1>%d" % sheet, part.content)
    return replace(part, content=_SHAPE.sub(number, content))


def additions_of(house: HouseStyle, sheets: Sequence[str], words: Mapping[str, str]) -> Additions:
    """Return what a template gives to the parts of a report's sheets, the cover first.

    ``words`` stand in the places of text boxes.
    """
    wanted: dict[str, list[Addition]] = {}
    for number, name in enumerate(sheets, start=1):
        lines = house.lines if number > 1 else house.cover_lines
        own = wanted.setdefault(f"{SHEET_PARTS}{number}.xml", [])
        if number == 1 and house.cover is not None:
            own += _of_cover(house.cover, name, words)
        if lines.pictures is not None:
            own.append(Addition("legacyDrawingHF", lines.pictures))
    return Additions(wanted, house.theme)


def _of_cover(cover: HouseCover, name: str, words: Mapping[str, str]) -> Iterator[Addition]:
    if cover.drawing.part is not None:
        yield Addition("drawing", drawn.filled(cover.drawing.part, words))
    if cover.background is not None:
        yield Addition("picture", cover.background)
    if cover.sparklines:
        quoted = quote_sheetname(name)
        groups = cover.sparklines.decode().replace("{sheet}", escape(quoted))
        yield Addition("extLst", extension=f"<extLst>{groups}</extLst>")


NOTHING = Additions({})
