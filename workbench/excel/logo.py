# SPDX-License-Identifier: MIT
"""Puts a picture on a sheet without an imaging library: its bytes go in as they are."""

from typing import TYPE_CHECKING

from openpyxl.drawing.image import Image

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from workbench.excel.house_style import Logo

_POINTS_PER_PIXEL = 0.75


class _Picture(Image):
    """A picture whose bytes and size are known already."""

    def __init__(self, content: bytes, width: int, height: int, kind: str) -> None:
        self._content = content
        self.width, self.height = width, height
        self.format = kind

    def _data(self) -> bytes:
        return self._content


def place_logo(sheet: "Worksheet", logo: "Logo", cell: str, most_points: float) -> None:
    """Put a logo at a cell, made smaller where it is higher than so many points."""
    scale = min(1.0, most_points / _POINTS_PER_PIXEL / max(logo.height, 1))
    width, height = round(logo.width * scale), round(logo.height * scale)
    sheet.add_image(_Picture(logo.content, width, height, logo.kind), cell)
