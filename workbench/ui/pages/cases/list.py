# SPDX-License-Identifier: MIT
"""The list of benchmark cases: name, match, place, devices and size of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.application.cases.words import shown_area
from workbench.domain.cases.case import Case, CaseOrigin
from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import language, t, texts_in_use

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()
_STRONG_MATCH = 0.5


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as the list shows it; ``standing`` is similarity × coverage, None when unknown."""

    case: Case
    standing: float | None = None
    well_founded: bool = True
    compared: bool = False

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

    def spoken(self) -> str:
        """Return the whole line for screen readers."""
        parts = (self.case.id, self.case.name.get(language()), self.match, *self.lines())
        return "  ".join(part for part in parts if part)


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[CaseLine] = []

    def set_lines(self, lines: Sequence[CaseLine]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.case.name.get(language())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((line.case.name.get(language()), *line.lines()))
        return None


class _Painter(QStyledItemDelegate):
    """Draws one case: its name and match, then three quiet lines."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.current()
        words = look.metrics("strong").height() + 3 * (look.metrics("caption").height() + 2)
        return QSize(100, round(words) + look.px(26))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        line: CaseLine = index.data(LINE_ROLE)
        box = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.color("accentSoft" if chosen else "surface"))
        painter.setPen(look.color("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
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
        painter.restore()

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


class CaseList(QListView):
    """Emits ``case_chosen`` with the id of the current case."""

    case_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._cases = _Model(self)
        self.setModel(self._cases)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(t("cases.list"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.current().theme_changed.connect(self.doItemsLayout)

    def set_lines(self, lines: Sequence[CaseLine]) -> None:
        """Show cases; the current one stays, else the first becomes it."""
        wanted = self.current_case()
        self._cases.set_lines(lines)
        if lines and not self.choose(wanted):
            self.setCurrentIndex(self._cases.index(0))

    def lines(self) -> Sequence[CaseLine]:
        """Return the cases shown."""
        return self._cases.lines

    def current_case(self) -> str:
        """Return the id of the current case, or ""."""
        at = self.currentIndex()
        return self._cases.lines[at.row()].case.id if at.isValid() else ""

    def choose(self, case_id: str) -> bool:
        """Make a case the current one; False when it is not shown."""
        for at, line in enumerate(self._cases.lines):
            if line.case.id == case_id:
                self.setCurrentIndex(self._cases.index(at))
                return True
        return False

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.case_chosen.emit(self._cases.lines[current.row()].case.id)
