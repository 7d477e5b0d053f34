# SPDX-License-Identifier: MIT
"""Plain text of which some pieces are marked: what a search matched."""

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, Slot

from workbench.ui.look import theme
from workbench.ui.widgets.label import Label, Role

Places = tuple[tuple[int, int], ...]
_BETWEEN = "　"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the places in it that are marked."""

    text: str = ""
    places: Places = ()

    def plus(self, text: str, start: int = 0, end: int = 0) -> "Marked":
        """Return this text followed by another one with at most one marked piece."""
        head = f"{self.text}{_BETWEEN}" if self.text else ""
        place = ((len(head) + start, len(head) + end),) if end > start else ()
        return Marked(head + text, self.places + place)


class MarkedLabel(Label):
    """Shows a text with its marked pieces in the accent colour and strong."""

    def __init__(self, text: str, places: Places, role: Role = "body") -> None:
        self._plain, self._places = text, places
        super().__init__(text, role)
        if places:
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setAccessibleName(text)
            theme.current().theme_changed.connect(self._draw)
            self._draw()

    @Slot()
    def _draw(self) -> None:
        color = theme.current().color("accent").name()
        parts, last = [], 0
        for start, end in sorted(self._places):
            if start < last:
                continue
            mark = escape(self._plain[start:end])
            parts.append(escape(self._plain[last:start]))
            parts.append(f'<span style="color:{color};font-weight:600">{mark}</span>')
            last = end
        parts.append(escape(self._plain[last:]))
        self.setText("".join(parts).replace("  ", "&nbsp; "))
