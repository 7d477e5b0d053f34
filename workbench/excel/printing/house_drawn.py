# SPDX-License-Identifier: MIT
"""What a team's template draws on the sheets of a report, for pages that are shown on a screen."""

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from workbench.domain.report.drawn import Shape, Unpainted
from workbench.excel.house import drawn
from workbench.excel.house.parts import Part
from workbench.excel.printing.line_pictures import Places, line_pictures
from workbench.excel.printing.looks import bytes_of
from workbench.excel.printing.pictures import is_painted
from workbench.excel.printing.shapes import Drawing, Grid
from workbench.excel.printing.theme_colors import ThemeColors
from workbench.excel.sheets.frame import Frame, cover_words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


class HouseDrawn:
    """Shapes of the cover and pictures of all headers; ``unpainted`` is what of it is missing."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._missing: set[Unpainted] = set()
        self._cover = frame.workbook.worksheets[0]
        self._lines = self._painted(frame.house.lines.pictures)
        self._cover_lines = self._painted(frame.house.cover_lines.pictures)
        if (cover := frame.house.cover) is not None:
            if cover.sparklines:
                self._missing.add(Unpainted.SPARKLINES)
            if len(self._cover.conditional_formatting):
                self._missing.add(Unpainted.CONDITIONAL)

    @property
    def unpainted(self) -> tuple[Unpainted, ...]:
        """Return what of the sheets asked for so far cannot be painted as it is."""
        return tuple(sorted(self._missing))

    def line_pictures(self, sheet: "Worksheet") -> Places:
        """Return the pictures in the headers and footers of a sheet."""
        return self._cover_lines if sheet is self._cover else self._lines

    def shapes(
        self, sheet: "Worksheet", widths: Sequence[float], heights: Sequence[float]
    ) -> tuple[Shape, ...]:
        """Return what is drawn over the cells of a sheet, whose columns and rows are so large."""
        cover = self._frame.house.cover
        if sheet is not self._cover or cover is None or cover.drawing.part is None:
            return ()
        words = cover_words(self._frame.report)
        theme = bytes_of(self._frame.workbook.loaded_theme)
        reader = Drawing(
            drawn.filled(cover.drawing.part, words),
            Grid(_edges(widths), _edges(heights)),
            ThemeColors(theme),
        )
        shapes = reader.shapes()
        self._missing |= reader.unpainted
        return shapes

    def _painted(self, part: Part | None) -> Places:
        """Return the pictures of a kind that can be painted."""
        found = line_pictures(part)
        kept = {place: each for place, each in found.items() if is_painted(each.content)}
        if len(kept) < len(found):
            self._missing.add(Unpainted.PICTURES)
        return kept


def _edges(lengths: Sequence[float]) -> tuple[float, ...]:
    return tuple(accumulate(lengths, initial=0.0))
