# SPDX-License-Identifier: MIT
"""The list of benchmark cases: name, match, place, devices and size of each."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from workbench.application.cases.words import shown_area
from workbench.domain.cases.case import Case, CaseOrigin
from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.line_list import Index, LineList, LinePainter

_STRONG_MATCH = 0.5


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as the list shows it; ``standing`` is similarity × coverage, None when unknown."""

    case: Case
    standing: float | None = None
    well_founded: bool = True
    compared: bool = False

    @property
    def key(self) -> str:
        """Return the case's id."""
        return self.case.id

    @property
    def title(self) -> str:
        """Return the case's name."""
        return self.case.name.get(language())

    @property
    def match(self) -> str:
        """Return the match in words, or ""."""
        if self.standing is None:
            return t("cases.compared") if self.compared else ""
        words = t("cases.match", percent=f"{self.standing:.0%}")
        return words if self.well_founded else t("cases.match_thin", match=words)

    def lines(self) -> tuple[str, ...]:
        """Return the three lines below the name."""
        case = self.case
        devices = " / ".join(m.name.get(language()) for m in case.mechanisms)
        scale = case.features.scale_m2
        missing = len(case.not_stated)
        size = [shown_area(scale, texts_in_use())] if scale else [case.asset.get(language())]
        if missing:
            size.append(t("cases.not_stated_n", n=missing))
        region = case.region.get(language())
        if case.origin is CaseOrigin.OWN:
            region = t("ui.gap").join((t(case.origin.text_key), region))
        return region, devices, t("ui.gap").join(size)

    def tip(self) -> str:
        """Return name and lines whole."""
        return "\n".join((self.title, *self.lines()))

    def spoken(self) -> str:
        """Return the whole line for screen readers."""
        parts = (self.case.id, self.case.name.get(language()), self.match, *self.lines())
        return "  ".join(part for part in parts if part)


class _Painter(LinePainter[CaseLine]):
    """Draws one case: its name and match, then three quiet lines."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.current()
        words = look.metrics("strong").height() + 3 * (look.metrics("caption").height() + 2)
        return QSize(100, round(words) + look.px(26))

    @override
    def draw(self, painter: QPainter, box: QRect, line: CaseLine, *, chosen: bool) -> None:
        look = theme.current()
        pad = look.px(16)
        inner = QRectF(box.adjusted(pad, look.px(12), -pad, 0))
        self._draw_head(painter, inner, line)
        caption = look.metrics("caption")
        top = inner.top() + look.metrics("strong").height() + 3
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text2"))
        for words in line.lines():
            place = QRectF(inner.left(), top, inner.width(), caption.height())
            shown = caption.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            top += caption.height() + 2

    def _draw_head(self, painter: QPainter, inner: QRectF, line: CaseLine) -> None:
        look = theme.current()
        strong, caption = look.metrics("strong"), look.metrics("caption")
        place = QRectF(inner.left(), inner.top(), inner.width(), strong.height())
        taken = 0.0
        if line.match:
            alike = line.standing is not None and line.standing >= _STRONG_MATCH
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("accent" if alike else "text2"))
            painter.drawText(
                place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.match
            )
            taken = caption.horizontalAdvance(line.match) + look.px(12)
        name = line.case.name.get(language())
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text"))
        room = inner.width() - taken
        shown = strong.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class CaseList(LineList[CaseLine]):
    """The cases; the key of a line is the id of its case."""

    def __init__(self) -> None:
        super().__init__(t("cases.list"), _Painter)
