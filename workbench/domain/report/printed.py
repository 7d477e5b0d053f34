# SPDX-License-Identifier: MIT
"""A workbook as it prints: sheets as grids of words, cut into pages; all lengths in points."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from workbench.domain.report.drawn import LinePicture, Shape, Unpainted
from workbench.domain.report.model import Chart, Table

Section = tuple[tuple[str, float], ...]
"""Lines of a header or footer: words with page codes in braces, and their size."""
PICTURE = "{picture}"
"""Where the picture of a section stands."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the words of a cell stand on paper; colours are RRGGBB, "" for none."""

    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = "000000"
    fill: str = ""
    horizontal: str = "left"
    vertical: str = "bottom"
    wrap: bool = False
    indent: int = 0
    edges: str = ""
    """The sides that have a line, of ``ltrb``."""
    edge_color: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a workbook."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell: where it begins, how far it reaches, its words, and where it leads."""

    column: int
    words: str
    look: Look
    columns: int = 1
    rows: int = 1
    leads_to: Spot | None = None
    """A link, or the first cell that the formula of this one reads."""
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row of a sheet; a hidden one has no height."""

    height: float
    cells: tuple[PrintedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """A chart over a table, or the bytes of a picture, at a cell."""

    row: int
    column: int
    width: float
    height: float
    chart: Chart | None = None
    table: Table | None = None
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper as it lies, its margins, and how much the sheet is shrunk on it."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    header: float
    footer: float
    scale: float = 1.0
    centred: bool = False
    lines_shrink: bool = True
    """Header and footer are as small as the cells."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """The rows of a sheet on one page, and the rows that are repeated above them."""

    first: int
    last: int
    repeated: tuple[int, ...] = ()


@dataclass(frozen=True)
class PrintedSheet:
    """One worksheet; rows and columns are counted from 1, ``rows[0]`` is row 1.

    ``chapter`` names the report's sheet that it is, or is a part of.
    """

    name: str
    chapter: str
    paper: Paper
    widths: tuple[float, ...]
    rows: tuple[PrintedRow, ...]
    parts: tuple[PagePart, ...]
    header: Mapping[str, tuple[Section, Section, Section]]
    """The left, middle and right of ``odd``, ``even`` and ``first`` pages."""
    footer: Mapping[str, tuple[Section, Section, Section]]
    pictures: tuple[PrintedPicture, ...] = ()
    opens: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """Where the program shows what a row is about, as ``page|target``."""
    shapes: tuple[Shape, ...] = ()
    """What is drawn over the cells, from the back to the front."""
    line_pictures: Mapping[tuple[str, str, str], LinePicture] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Pictures by ``header`` or ``footer``, by the pages that have them, and by the side."""

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """Return the left edge of each column, and the right edge of the last."""
        found = [0.0]
        for width in self.widths:
            found.append(found[-1] + width)
        return tuple(found)

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], PrintedCell]:
        """Return the cells that hold words, by row and column."""
        return {
            (number, cell.column): cell
            for number, row in enumerate(self.rows, start=1)
            for cell in row.cells
            if cell.words
        }


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page of a workbook; ``number`` runs through all its sheets."""

    sheet: PrintedSheet
    part: PagePart
    number: int
    place: int
    """Which page of its own sheet it is, from 1."""

    @property
    def rows(self) -> Iterator[int]:
        """Yield the rows on the page from top to bottom."""
        yield from self.part.repeated
        yield from range(self.part.first, self.part.last + 1)


@dataclass(frozen=True)
class PrintedBook:
    """A workbook as it prints."""

    sheets: tuple[PrintedSheet, ...]
    unpainted: tuple[Unpainted, ...] = ()
    """What a template gives it and a preview does not paint, or not as it is."""

    @cached_property
    def pages(self) -> tuple[PrintedPage, ...]:
        """Return all pages in order."""
        pairs = [(sheet, part) for sheet in self.sheets for part in enumerate(sheet.parts, 1)]
        return tuple(
            PrintedPage(sheet, part, number, place)
            for number, (sheet, (place, part)) in enumerate(pairs, start=1)
        )

    def page_of(self, spot: Spot) -> int | None:
        """Return the index of the page on which a cell is printed."""
        own = self._pages_of.get(spot.sheet, [])
        at = bisect_right(own, spot.row, key=lambda page: page.part.first) - 1
        return own[at].number - 1 if at >= 0 and spot.row <= own[at].part.last else None

    @cached_property
    def _pages_of(self) -> Mapping[str, list[PrintedPage]]:
        """Return the pages of each sheet, from its first row to its last."""
        found: dict[str, list[PrintedPage]] = {}
        for page in self.pages:
            found.setdefault(page.sheet.name, []).append(page)
        return found

    def found(self, words: str) -> tuple[Spot, ...]:
        """Return the cells that hold some words, in reading order; case is ignored."""
        wanted = words.casefold()
        return tuple(
            Spot(sheet.name, row, column)
            for sheet in self.sheets
            for (row, column), cell in sheet.cells.items()
            if wanted and wanted in cell.words.casefold()
        )
