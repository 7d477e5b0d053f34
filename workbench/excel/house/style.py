# SPDX-License-Identifier: MIT
"""A team's own look: cover, named styles, theme, headers and footers of a workbook they edited.

Before a report is written with it, the package is looked into for what cannot be carried over.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from workbench.domain.findings import InputError
from workbench.excel.house import losses, parts
from workbench.excel.house.lines import PLACE, PageLines, read_lines
from workbench.excel.house.logo import Logo, picture_of
from workbench.excel.reading.compound_file import SIGNATURE
from workbench.excel.xlsx_package import XlsxPackage

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_FILE, LARGEST_UNPACKED = 20_000_000, 100_000_000
TABLE_BODY = "table body"
"""The named style whose font all cells of tables take; their formats stay the report's own."""
TITLE = "{title}"
"""A sheet of a template that holds this is its cover."""
LINE_PLACES = frozenset({"title", "status", "as_of", "edition", "parameter_set"})
COVER_PLACES = LINE_PLACES | {"draft", "notice", "label", "value", "role"}
_NEEDED = ("draft", "label", "value", "notice", "role")
_LAST_ROW, _LAST_COLUMN = 300, 60
_DRAWN = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*/(?:drawing|pivotTable)\"[^>]*>")
_SPOILED = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    ParseError, EOFError, NotImplementedError, RuntimeError, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class HouseCover:
    """A cover that a team designed, and its parts that are carried over as they are."""

    sheet: "Worksheet"
    drawing: parts.Part | None
    background: parts.Part | None
    sparklines: bytes

    @property
    def places(self) -> set[str]:
        """Return the names in braces."""
        cells = (cell for row in rows_of(self.sheet) for cell in row)
        return {name for cell in cells for name in PLACE.findall(str(cell.value))}


@dataclass(frozen=True)
class HouseStyle:
    """What a report takes from a template; ``lost`` are the codes of what it cannot take."""

    name: str = ""
    styles: "Mapping[str, NamedStyle]" = field(default_factory=dict)
    theme: bytes = b""
    cover: HouseCover | None = None
    cover_lines: PageLines = field(default_factory=PageLines)
    lines: PageLines = field(default_factory=PageLines)
    logo: Logo | None = None
    lost: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the names in braces that mean nothing, as they stand."""
        lines = (self.cover_lines.places | self.lines.places) - LINE_PLACES
        cover = self.cover.places - COVER_PLACES if self.cover else set()
        return tuple(f"{{{name}}}" for name in sorted(lines | cover))

    @property
    def appended(self) -> tuple[str, ...]:
        """Return the names that the team's cover has no place for, so that they follow below."""
        places = self.cover.places if self.cover else set(_NEEDED)
        return tuple(f"{{{name}}}" for name in _NEEDED if name not in places)


OURS = HouseStyle()


def read_house_style(path: str) -> HouseStyle:
    """Return the look of a template; InputError in one sentence when it is no usable workbook."""
    place = Path(path).expanduser()
    if not place.is_file():
        raise InputError("report_style.missing", path=str(place))
    try:
        with place.open("rb") as file:
            if file.read(len(SIGNATURE)) == SIGNATURE:
                raise InputError("report_style.locked", path=str(place))
        with zipfile.ZipFile(place) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if place.stat().st_size > LARGEST_FILE or unpacked > LARGEST_UNPACKED:
                raise InputError("report_style.too_large", path=str(place))
            return _read(place, archive)
    except _SPOILED as error:
        raise InputError("report_style.unreadable", path=str(place)) from error


def rows_of(sheet: "Worksheet") -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a template's sheet as far as a cover reaches."""
    yield from sheet.iter_rows(
        max_row=min(sheet.max_row, _LAST_ROW), max_col=min(sheet.max_column, _LAST_COLUMN)
    )


def _read(place: Path, archive: zipfile.ZipFile) -> HouseStyle:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Values, not formulas: what a cover shows may not depend on sheets that are not there.
        book = load_workbook(_without_drawings(archive), data_only=True, rich_text=True)
    package = XlsxPackage(archive)
    names = {sheet.title: package.sheets[sheet.title].filename for sheet in book.worksheets}
    cover = next((sheet for sheet in book.worksheets if _is_cover(sheet)), None)
    others = [sheet for sheet in book.worksheets if sheet is not cover]
    first = book.worksheets[0]
    lines = {title: _lines(package, part) for title, part in names.items()}
    inner = next((s for s in others if lines[s.title].texts), cover or first)
    lost = set(losses.of_workbook(package, archive.namelist()))
    house_cover = _cover(cover, package, names[cover.title]) if cover else None
    logo = None
    for sheet in book.worksheets:
        kept = {"header_picture"} if lines[sheet.title].pictures else set()
        if sheet is cover:
            kept |= _kept(house_cover)
        elif not cover and logo is None:
            logo, only = _logo(package, names[sheet.title])
            kept |= {"pictures"} if only else set()
        lost |= set(losses.of_sheet(package, names[sheet.title], kept))
    if len(others) > 1:
        lost.add("sheets")
    return HouseStyle(
        place.name,
        _styles(book),
        book.loaded_theme or b"",
        house_cover,
        lines[(cover or inner).title],
        lines[inner.title],
        logo,
        tuple(sorted(lost)),
    )


def _styles(book: Any) -> "dict[str, NamedStyle]":
    """Return the named styles; a heading's name was "heading", which LibreOffice takes for its own.

    It saves a style of that name as "heading 3".
    """
    found = {style.name: style for style in book._named_styles}  # noqa: SLF001
    for earlier in ("heading", "heading 3"):
        if earlier in found:
            found.setdefault("section heading", found[earlier])
    return found


def _without_drawings(archive: zipfile.ZipFile) -> io.BytesIO:
    """Return the package for openpyxl: drawings are carried as they are, not understood."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as written:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".rels"):
                content = _DRAWN.sub(b"", content)
            written.writestr(name, content)
    copy.seek(0)
    return copy


def _is_cover(sheet: "Worksheet") -> bool:
    return any(TITLE in str(cell.value) for row in rows_of(sheet) for cell in row)


def _lines(package: XlsxPackage, part: str) -> PageLines:
    return read_lines(package.part(part), parts.header_pictures(package, part))


def _cover(sheet: "Worksheet", package: XlsxPackage, part: str) -> HouseCover:
    return HouseCover(
        sheet,
        parts.drawing(package, part),
        parts.background(package, part),
        parts.sparklines(package.part(part), sheet.title),
    )


def _kept(cover: HouseCover | None) -> set[str]:
    """Return the codes of what a cover keeps, which would be lost on another sheet."""
    assert cover is not None
    kept = {"conditional"}
    if cover.drawing is not None:
        kept |= {"shapes", "pictures"}
    if cover.background is not None:
        kept.add("background")
    if cover.sparklines:
        kept.add("sparklines")
    return kept


def _logo(package: XlsxPackage, part: str) -> tuple[Logo | None, bool]:
    """Return the first PNG or JPEG picture on a sheet, and whether it is the only one."""
    found = list(parts.pictures(package, part))
    logo = next(filter(None, map(picture_of, found)), None)
    return logo, logo is not None and len(found) == 1 and not parts.shapes(package, part)
