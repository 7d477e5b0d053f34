# SPDX-License-Identifier: MIT
"""A team's own look: cover, named styles, theme, headers and footers of a workbook they edited.

Before a report is written with it, the package is looked into for what cannot be carried over.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from openpyxl.utils import range_boundaries

from workbench.application.ports import Progress, Silent
from workbench.domain.findings import InputError
from workbench.excel.house import drawn, losses, parts
from workbench.excel.house.designed import HouseCover, is_cover, read_cover, rows_of
from workbench.excel.house.lines import PageLines, read_lines
from workbench.excel.house.logo import Logo, picture_of
from workbench.excel.reading.compound_file import SIGNATURE
from workbench.excel.xlsx_package import XlsxPackage
from workbench.locations import as_place

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle

LARGEST_FILE, LARGEST_UNPACKED = 20_000_000, 100_000_000
TABLE_BODY = "table body"
_OUR_SIZE, _LARGEST = 10.0, 1.6
_WORDS = {"paragraph": 10.0, "paragraph strong": 10.0, "not assessed": 10.0, "source line": 9.0}
"""The letters of our tables in points, and how much larger columns are laid out for at most."""
"""The named style whose font all cells of tables take; their formats stay the report's own."""
NORMAL = "Normal"
"""The style of cells that were given none."""
LINE_PLACES = frozenset({"title", "status", "as_of", "edition", "parameter_set"})
COVER_PLACES = LINE_PLACES | {"draft", "notice", "label", "value", "role"}
SHAPE_PLACES = LINE_PLACES | {"draft", "notice"}
"""What text boxes may name: what is one by one in a cell has no order among shapes."""
_NEEDED = ("draft", "label", "value", "notice", "role")
_DRAWN = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*/(?:drawing|pivotTable)\"[^>]*>")
_LINKS = re.compile(rb"<(\w+:|)hyperlinks\b.*?</\1hyperlinks\s*>", re.DOTALL)
_JOINED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]+\d+:[A-Z]+\d+)[\"']")
_MOST_JOINED = 500_000
_CELLS = re.compile(rb"<(?:\w+:)?(?:c|row)[ />]")
MOST_CELLS = 50_000
"""Cells and rows that a template may hold on all its sheets."""
_STEPS = 3
_STRICT = b"purl.oclc.org/ooxml"
_CLOSE = 0.05
_SPOILED = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    ParseError, EOFError, NotImplementedError, RuntimeError, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class HouseStyle:
    """What a report takes from a template; ``lost`` are the codes of what it cannot take."""

    name: str = ""
    styles: "Mapping[str, NamedStyle]" = field(default_factory=dict)
    theme: parts.Part | None = None
    palette: Sequence[str] = ()
    """The colours that are named by number, where a template has its own."""
    cover: HouseCover | None = None
    cover_lines: PageLines = field(default_factory=PageLines)
    lines: PageLines = field(default_factory=PageLines)
    logo: Logo | None = None
    lost: tuple[str, ...] = ()
    shown: frozenset[str] = frozenset()
    """The names of the styles that the sheet of styles shows."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the names in braces that mean nothing, as they stand."""
        lines = (self.cover_lines.places | self.lines.places) - LINE_PLACES
        cover = self.cover.unknown(COVER_PLACES, SHAPE_PLACES) if self.cover else set()
        return tuple(f"{{{name}}}" for name in sorted(lines | cover))

    @property
    def letters(self) -> float:
        """Return how large the letters of its tables are beside ours, at least as large."""
        return self._beside({TABLE_BODY: _OUR_SIZE})

    @property
    def words(self) -> float:
        """Return how large the letters of its running words are beside ours, as above."""
        return self._beside(_WORDS)

    def _beside(self, ours: Mapping[str, float]) -> float:
        """Return how large the letters of some styles are beside ours; the largest counts."""
        sizes = (
            float(self.styles[n].font.sz or s) / s for n, s in ours.items() if n in self.styles
        )
        return min(max(1.0, *sizes, 1.0), _LARGEST)

    @property
    def appended(self) -> tuple[str, ...]:
        """Return the names that the team's cover has no place for, so that they follow below."""
        places = self.cover.places if self.cover else set(_NEEDED)
        return tuple(f"{{{name}}}" for name in _NEEDED if name not in places)


OURS = HouseStyle()


def read_house_style(path: str, progress: Progress | None = None) -> HouseStyle:
    """Return the look of a template; InputError in one sentence when it is no usable workbook."""
    place = as_place(path)
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
            _refuse_strict(place, archive)
            return _read(place, archive, progress or Silent())
    except _SPOILED as error:
        raise InputError("report_style.unreadable", path=str(place)) from error


def _read(place: Path, archive: zipfile.ZipFile, progress: Progress) -> HouseStyle:
    from openpyxl import load_workbook

    package = XlsxPackage(archive)
    _refuse_sprawling(place, package)
    _refuse_crowded(place, package)
    progress.step(1, _STEPS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Values, not formulas: what a cover shows may not depend on sheets that are not there.
        book = load_workbook(_without_drawings(archive), data_only=True, rich_text=True)
    progress.step(2, _STEPS)
    names = {sheet.title: package.sheets[sheet.title].filename for sheet in book.worksheets}
    cover = next((sheet for sheet in book.worksheets if is_cover(sheet)), None)
    others = [sheet for sheet in book.worksheets if sheet is not cover]
    first = book.worksheets[0]
    lines = {title: _lines(package, part) for title, part in names.items()}
    inner = next((s for s in others if lines[s.title].texts), cover or first)
    theme, named, shown = parts.theme(package), _styles(book), _shown(inner, package)
    lost = set(losses.of_workbook(package, archive.namelist()))
    house_cover = read_cover(cover, package, names[cover.title]) if cover else None
    logo = None
    for sheet in book.worksheets:
        kept = {"header_picture"} if lines[sheet.title].pictures else set()
        if sheet is cover:
            assert house_cover is not None
            kept |= house_cover.kept
            lost |= house_cover.lost
        else:
            kinds = drawn.kinds(package, names[sheet.title])
            if not cover and logo is None:
                logo, only = _logo(package, names[sheet.title])
                kinds = frozenset() if only else kinds
            lost |= kinds
        lost |= drawn.legacy(package, names[sheet.title])
        lost |= set(losses.of_sheet(package, names[sheet.title], kept))
    if len(others) > 1:
        lost.add("sheets")
    if book.loaded_theme and theme is None:
        lost.add("theme")
    if inner is not cover:
        lost |= _left_of(inner)
        if any(style == NORMAL and words not in named for style, words in shown):
            lost.add("styles_text")
    return HouseStyle(
        place.name,
        named,
        theme,
        _palette(book),
        house_cover,
        lines[(cover or inner).title],
        lines[inner.title],
        logo,
        tuple(sorted(lost - {losses.TAKEN})),
        frozenset(style for style, _ in shown) if inner is not cover else frozenset(),
    )


def _refuse_strict(place: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a workbook of the strict kind, whose names of elements no library of ours knows."""
    if _STRICT in XlsxPackage(archive).part("_rels/.rels"):
        raise InputError("report_style.strict", path=str(place))


def _refuse_sprawling(place: Path, package: XlsxPackage) -> None:
    """Refuse a workbook whose joined cells openpyxl, which makes each, would never have made."""
    for name, part in package.sheets.items():
        joined = 0
        for reference in _JOINED.findall(package.part(part.filename)):
            left, top, right, bottom = range_boundaries(reference.decode())
            joined += ((right or 0) - (left or 0) + 1) * ((bottom or 0) - (top or 0) + 1)
        if joined > _MOST_JOINED:
            raise InputError("report_style.sprawling", path=str(place), sheet=name)


def _refuse_crowded(place: Path, package: XlsxPackage) -> None:
    """Refuse a workbook of so many cells, blank ones with a look too, that reading it takes long.

    A report would copy them, and so would every look at its pages.
    """
    counts = {
        name: len(_CELLS.findall(package.part(part.filename)))
        for name, part in package.sheets.items()
    }
    if sum(counts.values()) > MOST_CELLS:
        sheet = max(counts, key=lambda name: counts[name])
        raise InputError(
            "report_style.crowded",
            path=str(place), sheet=sheet, count=counts[sheet], most=MOST_CELLS,
        )  # fmt: skip


def _palette(book: Any) -> Sequence[str]:
    """Return the numbered colours of a workbook, none where they are the usual ones."""
    from openpyxl.styles.colors import COLOR_INDEX

    own = tuple(book._colors)  # noqa: SLF001
    return own if own != tuple(COLOR_INDEX) else ()


def _shown(styles: Any, package: XlsxPackage) -> Sequence[tuple[str, str]]:
    """Return the words of a sheet of styles with the names of their styles."""
    names = package.style_names()
    return [
        (names.get(cell._style.xfId, NORMAL), str(cell.value))  # noqa: SLF001
        for row in rows_of(styles)
        for cell in row
        if cell.value is not None
    ]


def _left_of(styles: Any) -> set[str]:
    """Return the codes of what of the page of a sheet of styles is lost: the report has its own."""
    from workbench.excel.page import A4, SIDE_CM  # which needs this module

    setup, margins = styles.page_setup, styles.page_margins
    ours = setup.orientation != "portrait" and setup.paperSize in (None, A4)
    return set() if ours and abs((margins.left or 0) - SIDE_CM / 2.54) < _CLOSE else {"page"}


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
            elif "worksheets/" in name:
                content = _LINKS.sub(b"", content)  # it would write their targets into blank cells
            written.writestr(name, content)
    copy.seek(0)
    return copy


def _lines(package: XlsxPackage, part: str) -> PageLines:
    return read_lines(package.part(part), parts.header_pictures(package, part))


def _logo(package: XlsxPackage, part: str) -> tuple[Logo | None, bool]:
    """Return the first PNG or JPEG picture on a sheet, and whether it is the only one."""
    found = list(parts.pictures(package, part))
    logo = next(filter(None, map(picture_of, found)), None)
    alone = len(found) == 1 and drawn.kinds(package, part) == {"pictures"}
    return logo, logo is not None and alone
