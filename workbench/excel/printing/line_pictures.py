# SPDX-License-Identifier: MIT
"""The pictures of headers and footers, from the old drawing that Excel keeps them in."""

import re
from collections.abc import Iterator, Mapping

from workbench.domain.report.drawn import LinePicture
from workbench.excel.house.parts import Part
from workbench.excel.xlsx_package import attributes_of

_SHAPE = re.compile(rb"<v:shape\b([^>]*)>(.*?)</v:shape\s*>", re.DOTALL)
_IMAGE = re.compile(rb"<v:imagedata\b[^>]*>")
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|px|in|cm|mm|pc)?")
_UNITS = {"": 1.0, "pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0}
"""Points of each unit."""
_PLACE = re.compile(r"([LCR])([HF])(EVEN|FIRST)?")
_PAGES = {None: "odd", "EVEN": "even", "FIRST": "first"}
_SIDES = {"L": "left", "C": "center", "R": "right"}
_BANDS = {"H": "header", "F": "footer"}
_CROPS = ("cropleft", "croptop", "cropright", "cropbottom")
_PARTS = 65536
"""Of one, where a share is written as a whole number and ``f``."""

Places = Mapping[tuple[str, str, str], LinePicture]
"""Pictures by ``header`` or ``footer``, by the pages that have them, and by the side."""


def line_pictures(part: Part | None) -> Places:
    """Return the pictures that a sheet shows in its headers and footers."""
    return dict(_found(part)) if part is not None else {}


def _found(part: Part) -> Iterator[tuple[tuple[str, str, str], LinePicture]]:
    contents = {need.id: need.part.content for need in part.needs if need.part is not None}
    for head, inside in _SHAPE.findall(part.content):
        said, image = attributes_of(head), _IMAGE.search(inside)
        place = _PLACE.fullmatch(said.get("id", ""))
        if place is None or image is None:
            continue
        shown = attributes_of(image[0])
        lengths = {
            name: float(number) * _UNITS[unit]
            for name, number, unit in _LENGTH.findall(said.get("style", ""))
        }
        content = contents.get(shown.get("relid", ""), b"")
        if content and len(lengths) == 2:
            left, top, right, bottom = (_share(shown.get(name, "0")) for name in _CROPS)
            yield (
                (_BANDS[place[2]], _PAGES[place[3]], _SIDES[place[1]]),
                LinePicture(
                    content,
                    lengths["width"],
                    lengths["height"],
                    _opacity(shown),
                    (left, top, right, bottom),
                ),
            )


def _opacity(shown: Mapping[str, str]) -> float:
    """Return how much is left of a picture that is washed out: less contrast, and lighter."""
    contrast, lighter = _share(shown.get("gain", "1")), _share(shown.get("blacklevel", "0"))
    return contrast if 0 < contrast < 1 and lighter > 0 else 1.0


def _share(text: str) -> float:
    try:
        return float(text[:-1]) / _PARTS if text.endswith("f") else float(text)
    except ValueError:
        return 0.0
