# SPDX-License-Identifier: MIT
"""Where the pages of a workbook lie below each other, in pixels."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from workbench.domain.report.printed import PrintedBook

GAP = 16
"""Pixels around each page."""
Place = tuple[str, int, float]
"""A sheet, which of its pages, and how far down that page."""


@dataclass(frozen=True)
class PageStack:
    """Pages at a scale (pixels per point)."""

    book: PrintedBook
    scale: float
    tops: tuple[float, ...]
    width: float
    height: float

    @classmethod
    def of(cls, book: PrintedBook, scale: float) -> Self:
        """Lay pages below each other."""
        tops, top, widest = [], float(GAP), 0.0
        for page in book.pages:
            tops.append(top)
            top += page.sheet.paper.height * scale + GAP
            widest = max(widest, page.sheet.paper.width * scale)
        return cls(book, scale, tuple(tops), widest + 2 * GAP, top)

    def at(self, y: float) -> int:
        """Return the index of the page at a height; -1 without pages."""
        return max(bisect_right(self.tops, y) - 1, 0) if self.tops else -1

    def place(self, y: float) -> Place | None:
        """Return what lies at a height; None without pages."""
        index = self.at(y + 1)
        if index < 0:
            return None
        page = self.book.pages[index]
        down = (y - self.tops[index]) / (page.sheet.paper.height * self.scale)
        return page.sheet.name, page.place, down

    def height_of(self, place: Place | None) -> float | None:
        """Return at which height something lies; None when its sheet is gone."""
        if place is None:
            return None
        name, number, down = place
        own = [page for page in self.book.pages if page.sheet.name == name]
        if not own:
            return None
        page = own[min(number, len(own)) - 1]
        return self.tops[page.number - 1] + down * page.sheet.paper.height * self.scale
