# SPDX-License-Identifier: MIT
"""Colours of drawings: given outright or by a theme, then made lighter, darker or clearer."""

import colorsys
import re
from collections.abc import Mapping
from typing import Any

from workbench.excel.printing.elements import local, number

_OTHERS = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
"""How shapes call colours that a theme calls otherwise."""
_SYSTEM = re.compile(rb"<a:(dk1|lt1|dk2|lt2|accent\d|hlink|folHlink)>(.*?)</a:\1>", re.DOTALL)
_COLOR = re.compile(rb'\b(?:lastClr|srgbClr val|val)="([0-9A-Fa-f]{6})"')
_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
"""How cells count the colours of a theme."""
_INK = "000000"
_NAMED = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF",
    "yellow": "FFFF00", "gray": "808080", "orange": "FFA500",
}  # fmt: skip
_OFFICE = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6",
    "F79646", "0000FF", "800080",
)  # fmt: skip
"""The theme of a workbook that was given none."""
_RGB = re.compile(r"[0-9A-Fa-f]{6}")
_WHOLE = 100_000
_LINES = re.compile(rb"<a:lnStyleLst>(.*?)</a:lnStyleLst>", re.DOTALL)
_WIDTH = re.compile(rb"<a:ln\b[^>]*?\bw=\"(\d+)\"")


class ThemeColors:
    """The colours of a theme by the names that shapes call them, and the widths of its lines."""

    def __init__(self, theme: bytes) -> None:
        colors = colors_of_theme(theme) or _OFFICE
        self._colors: Mapping[str, str] = dict(zip(_ORDER, colors, strict=True))
        found = _LINES.search(theme)
        self.widths = [int(each) for each in _WIDTH.findall(found[1])] if found else []
        """In the unit of drawings, from the thinnest."""

    def of(self, holder: Any) -> tuple[str, float]:
        """Return the colour (RRGGBB, "" for none) within an element, and how much it covers."""
        for element in holder if holder is not None else ():
            color = self._base(element)
            if color:
                return _changed(color, element)
        return "", 1.0

    def _base(self, element: Any) -> str:
        value = element.get("val", "")
        match local(element):
            case "srgbClr":
                return _hexadecimal(value)
            case "sysClr":
                return _hexadecimal(element.get("lastClr", ""))
            case "prstClr":
                return _NAMED.get(value, _INK)
            case "schemeClr":
                return self._colors.get(_OTHERS.get(value, value), _INK)
            case _:
                return ""


def _hexadecimal(value: str) -> str:
    return value.upper() if _RGB.fullmatch(value) else _INK


def _changed(color: str, element: Any) -> tuple[str, float]:
    """Return a colour after all that is done to it, in order."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    covers = 1.0
    for change in element:
        share = number(change, "val", _WHOLE) / _WHOLE
        match local(change):
            case "lumMod" | "shade":
                light *= share
            case "lumOff":
                light += share
            case "tint":
                light = light * share + 1 - share
            case "satMod":
                full *= share
            case "alpha":
                covers = share
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), min(max(full, 0.0), 1.0))
    return "".join(f"{round(part * 255):02X}" for part in parts), covers


def colors_of_theme(theme: bytes) -> list[str]:
    """Return the colours of a theme as cells count them, none where there is no theme."""
    found = {
        name.decode(): color[-1].decode()
        for name, body in _SYSTEM.findall(theme)
        if (color := _COLOR.findall(body))
    }
    return [found.get(name, _INK) for name in _ORDER] if found else []
