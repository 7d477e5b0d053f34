# SPDX-License-Identifier: MIT
"""A team's own look: named styles, header and footer, and logo of a workbook that they edited.

Before a report is written with it, the package is looked into for what cannot be carried over.
"""

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from workbench.domain.findings import InputError

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle

LARGEST_FILE, LARGEST_UNPACKED = 20_000_000, 100_000_000
TABLE_BODY = "table body"
"""The named style whose font all cells of tables take; their formats stay the report's own."""
PARTS = ("left", "center", "right")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG, _MARKER = b"\xff\xd8\xff", 0xFF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG picture after which its size stands."""
_LOST_PARTS = (
    ("xl/vbaProject", "macros"),
    ("xl/externalLinks/", "links"),
    ("xl/slicers/", "slicers"),
    ("xl/threadedComments/", "comments"),
    ("xl/comments", "comments"),
    ("xl/ctrlProps/", "controls"),
    ("xl/activeX/", "controls"),
    ("xl/charts/", "charts"),
    ("xl/pivotTables/", "pivots"),
    ("xl/tables/", "tables"),
    ("xl/diagrams/", "shapes"),
)
_LOST_MARKS = (
    ("xl/worksheets/", rb"<legacyDrawingHF\b", "header_picture"),
    ("xl/worksheets/", rb"<picture\b", "background"),
    ("xl/worksheets/", rb"sparklineGroup\b", "sparklines"),
    ("xl/worksheets/", rb"<conditionalFormatting\b", "conditional"),
    ("xl/worksheets/", rb"<dataValidation\b", "validations"),
    ("xl/drawings/drawing", rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[ >]", "shapes"),
)
_SPOILED = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    ParseError, EOFError, NotImplementedError, RuntimeError, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class Logo:
    """A PNG or JPEG picture and its size in pixels."""

    content: bytes
    width: int
    height: int
    kind: str = "png"


@dataclass(frozen=True)
class HouseStyle:
    """What a report takes from a template; ``lost`` are the codes of what it cannot take."""

    name: str = ""
    styles: "Mapping[str, NamedStyle]" = field(default_factory=dict)
    header: Mapping[str, Any] = field(default_factory=dict)
    footer: Mapping[str, Any] = field(default_factory=dict)
    logo: Logo | None = None
    lost: tuple[str, ...] = ()


OURS = HouseStyle()


def read_house_style(path: str) -> HouseStyle:
    """Return the look of a template; InputError in one sentence when it is no usable workbook."""
    from openpyxl import load_workbook

    place = Path(path).expanduser()
    if not place.is_file():
        raise InputError("report_style.missing", path=str(place))
    try:
        with zipfile.ZipFile(place) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
            if place.stat().st_size > LARGEST_FILE or unpacked > LARGEST_UNPACKED:
                raise InputError("report_style.too_large", path=str(place))
            logo, pictures = _logo(package)
            lost = sorted(set(_lost(package)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(place)
        sheet = book.worksheets[0]
    except _SPOILED as error:
        raise InputError("report_style.unreadable", path=str(place)) from error
    if pictures > (logo is not None):
        lost.append("pictures")
    if len(book.sheetnames) > 1:
        lost.append("sheets")
    styles = {style.name: style for style in book._named_styles}  # type: ignore[attr-defined]  # noqa: SLF001
    return HouseStyle(
        place.name, styles, _words(sheet.oddHeader), _words(sheet.oddFooter), logo, tuple(lost)
    )


def _words(line: Any) -> dict[str, Any]:
    found = {part: copy(getattr(line, part)) for part in PARTS}
    return found if any(each.text for each in found.values()) else {}


def _lost(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield the codes of what stands in a template and not in a report made with it."""
    for name in package.namelist():
        yield from (code for start, code in _LOST_PARTS if name.startswith(start))
        marks = [(mark, code) for start, mark, code in _LOST_MARKS if name.startswith(start)]
        if marks and name.endswith(".xml"):
            content = package.read(name)
            yield from (code for mark, code in marks if re.search(mark, content))


def _logo(package: zipfile.ZipFile) -> tuple[Logo | None, int]:
    """Return the first PNG or JPEG picture on a sheet, and how many pictures stand on sheets."""
    found: Logo | None = None
    count = 0
    for name in sorted(package.namelist()):
        if not re.fullmatch(r"xl/drawings/_rels/drawing\d+\.xml\.rels", name):
            continue
        for target in re.findall(rb'Target="[^"]*?(media/[^"]+)"', package.read(name)):
            count += 1
            found = found or _picture(package.read(f"xl/{target.decode()}"))
    return found, count


def _picture(content: bytes) -> Logo | None:
    if content.startswith(_PNG):
        return Logo(content, *struct.unpack(">II", content[16:24]))
    if content.startswith(_JPEG) and (size := _jpeg_size(content)):
        return Logo(content, *size, kind="jpeg")
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height from the frame header of a JPEG picture; None without one."""
    at = len(_JPEG) - 1
    while at + 9 < len(content) and content[at] == _MARKER:
        kind, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + length
    return None
