# SPDX-License-Identifier: MIT
"""The way that Tab takes through the window: as the eye does, however late a part was made.

Qt's own way is the order in which widgets were made; a table that is made when it is first shown
would come after everything else.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTabBar,
    QWidget,
)

_ONE_STOP = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)
"""Widgets whose parts are no stops of their own."""


def tab_stops(roots: Sequence[QWidget]) -> list[QWidget]:
    """Return what Tab reaches inside some widgets, in the order of their layouts."""
    return [stop for root in roots for stop in _stops(root)]


def step_focus(roots: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus to the next stop inside some widgets, round at the end; False without any."""
    stops, focused = tab_stops(roots), QApplication.focusWidget()
    if not stops:
        return False
    here = [
        at
        for at, stop in enumerate(stops)
        if focused is not None and (stop is focused or stop.isAncestorOf(focused))
    ]
    step = 1 if forward else -1
    at = here[-1] + step if here else 0 if forward else -1
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stop = stops[at % len(stops)]
    stop.setFocus(reason)
    _scroll_to(stop)
    return True


def _scroll_to(stop: QWidget) -> None:
    """Bring into view what has the focus: a scroll area does so only between its own parts."""
    around = stop.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(stop)
        around = around.parentWidget()


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.isHidden() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if not isinstance(widget, _ONE_STOP):
        for part in _parts(widget):
            yield from _stops(part)


def _parts(widget: QWidget) -> list[QWidget]:
    """Return a widget's children as they lie: by its layout, then what no layout places."""
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [inside] if inside is not None else []
    if isinstance(widget, QSplitter):
        parts = (widget.widget(at) for at in range(widget.count()))
        return [part for part in parts if part is not None]
    layout = widget.layout()
    placed = [] if layout is None else list(_placed(layout))
    every = [child for child in widget.children() if isinstance(child, QWidget)]
    free = [child for child in every if child not in placed and not child.isWindow()]
    return placed + free


def _placed(layout: QLayout) -> Iterator[QWidget]:
    order = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]
    for at in order:
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _placed(inner)
