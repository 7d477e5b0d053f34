# SPDX-License-Identifier: MIT
"""What a template draws over the cells and into the margins of a page; all lengths in points."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """The outline of a shape."""

    BOX = "box"
    ROUND = "round"
    OVAL = "oval"
    LINE = "line"


class Unpainted(StrEnum):
    """What a page holds and the preview does not paint, or not as it is."""

    SMART_ART = "smart_art"
    FORMS = "forms"
    """Outlines other than boxes, ovals and lines; they stand as boxes."""
    FILLS = "fills"
    """Colours that run into each other, pictures and patterns as grounds."""
    PICTURES = "pictures"
    """Pictures of kinds that only office programs draw, such as EMF and WMF."""
    UPRIGHT = "upright"
    """Words that run from top to bottom."""
    SPARKLINES = "sparklines"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; the colour is RRGGBB."""

    words: str
    size: float = 11.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = "000000"


@dataclass(frozen=True, slots=True)
class Lines:
    """One paragraph of a text box."""

    runs: tuple[Run, ...]
    horizontal: str = "left"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: its colour (RRGGBB), width and dashes, and at which ends it has an arrow."""

    color: str
    width: float = 0.75
    dashes: str = "solid"
    begins_with_arrow: bool = False
    ends_with_arrow: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape, a text box or a picture; ``x`` and ``y`` are counted from cell A1.

    ``turn`` is clockwise in degrees around the middle, ``crop`` the shares that are cut off a
    picture at its left, top, right and bottom, ``insets`` the room around words on these sides.
    """

    x: float
    y: float
    width: float
    height: float
    form: Form = Form.BOX
    fill: str = ""
    opacity: float = 1.0
    """Of its ground."""
    stroke: Stroke | None = None
    turn: float = 0.0
    flipped_across: bool = False
    flipped_down: bool = False
    text: tuple[Lines, ...] = ()
    vertical: str = "top"
    insets: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    wraps: bool = True
    content: bytes = b""
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class LinePicture:
    """A picture of a header or footer; ``opacity`` is less than 1 for a washed-out one."""

    content: bytes
    width: float
    height: float
    opacity: float = 1.0
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
