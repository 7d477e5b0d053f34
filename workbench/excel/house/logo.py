# SPDX-License-Identifier: MIT
"""Puts a picture on a sheet without an imaging library: its bytes go in as they are."""

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.drawing.image import Image

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_POINTS_PER_PIXEL = 0.75
_WIDEST = 480.0
"""Points across the cover that a logo may take."""
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG, _MARKER = b"\xff\xd8\xff", 0xFF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG picture after which its size stands."""


@dataclass(frozen=True)
class Logo:
    """A PNG or JPEG picture and its size in pixels."""

    content: bytes
    width: int
    height: int
    kind: str = "png"


class _Picture(Image):
    """A picture whose bytes and size are known already."""

    def __init__(self, content: bytes, width: int, height: int, kind: str) -> None:
        self._content = content
        self.width, self.height = width, height
        self.format = kind

    def _data(self) -> bytes:
        return self._content


def place_logo(sheet: "Worksheet", logo: Logo, cell: str, most_points: float) -> None:
    """Put a logo at a cell, made smaller where it is higher than so many points, or too wide."""
    scale = min(
        1.0,
        most_points / _POINTS_PER_PIXEL / max(logo.height, 1),
        _WIDEST / _POINTS_PER_PIXEL / max(logo.width, 1),
    )
    width, height = max(round(logo.width * scale), 1), max(round(logo.height * scale), 1)
    sheet.add_image(_Picture(logo.content, width, height, logo.kind), cell)


def picture_of(content: bytes) -> Logo | None:
    """Return a PNG or JPEG picture with its size; None for anything else."""
    if content.startswith(_PNG) and len(content) >= 24:
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
