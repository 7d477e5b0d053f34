# SPDX-License-Identifier: MIT
"""The look of a cell on paper, from its style in a workbook."""

import colorsys
from typing import TYPE_CHECKING, Any

from workbench.domain.report.printed import Look
from workbench.excel.printing.theme_colors import colors_of_theme

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_SIDES = (("l", "left"), ("t", "top"), ("r", "right"), ("b", "bottom"))
_INK, _RED = "000000", "C00000"


class Looks:
    """Looks of the cells of one workbook, each made once."""

    def __init__(self, workbook: "Workbook") -> None:
        self._theme = colors_of_theme(bytes_of(workbook.loaded_theme))
        self._palette: list[str] = list(vars(workbook).get("_colors", ()))
        self._known: dict[tuple[int, bool, str], Look] = {}

    def of(self, cell: Any, kind: str, *, red: bool = False) -> Look:
        """Return the look of a cell; without an alignment numbers stand right, words left."""
        key = (cell.style_id, red, kind)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._made(cell, kind, red=red)
        return found

    def _made(self, cell: Any, kind: str, *, red: bool) -> Look:
        font, alignment, fill, border = cell.font, cell.alignment, cell.fill, cell.border
        horizontal = alignment.horizontal or "general"
        if horizontal == "general":
            horizontal = "right" if kind == "number" else "left"
        sides = [(mark, getattr(border, name)) for mark, name in _SIDES]
        lined = [(mark, side) for mark, side in sides if side is not None and side.style]
        ground = self._color(fill.fgColor) if fill.fill_type == "solid" else ""
        return Look(
            float(font.sz or 11),
            bool(font.b),
            bool(font.i),
            bool(font.u),
            _RED if red else self._color(font.color) or _INK,
            ground,
            horizontal,
            alignment.vertical or "bottom",
            bool(alignment.wrap_text),
            int(alignment.indent or 0),
            "".join(mark for mark, _ in lined),
            (self._color(lined[0][1].color) or _INK) if lined else "",
        )

    def _color(self, color: Any) -> str:
        """Return a colour as RRGGBB, "" for none or the reader's own."""
        if color is None:
            return ""
        if color.type == "rgb" and isinstance(color.rgb, str):
            found = color.rgb[-6:]
        elif color.type == "theme" and color.theme < len(self._theme):
            found = self._theme[color.theme]
        elif color.type == "indexed" and color.indexed < len(self._palette):
            found = self._palette[color.indexed][-6:]
        else:
            return ""
        return tinted(found, float(color.tint or 0))


def tinted(color: str, tint: float) -> str:
    """Return a colour made lighter (above 0) or darker (below 0), by its lightness."""
    if not tint or len(color) != 6:
        return color
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def bytes_of(theme: Any) -> bytes:
    """Return the theme of a workbook as it stands in its part."""
    return theme if isinstance(theme, bytes) else str(theme or "").encode()
