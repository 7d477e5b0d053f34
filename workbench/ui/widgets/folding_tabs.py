# SPDX-License-Identifier: MIT
"""A row of tabs that puts what does not fit into a menu."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QSize, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy

from workbench.domain.overriding import override
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button, Tabs


class FoldingTabs(Tabs):
    """Tabs of which the chosen one always shows; ``chosen`` carries the key, from the menu too.

    They are placed here: a layout that is at work does not hear that a button came or went.
    """

    _more: Button | None = None

    def __init__(self, items: Sequence[tuple[str, str]], current: str = "") -> None:
        self._withheld: set[str] = set()
        super().__init__(items, current)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    @override
    def set_items(self, items: Sequence[tuple[str, str]], current: str = "") -> None:
        if self._more is not None:
            for button in (*self._buttons.values(), self._more):
                button.hide()
                button.deleteLater()
            self._more = None
        super().set_items(items, current)
        self._more = Button(t("ui.more_tabs"), "tab", icon="chevron-down", parent=self)
        self._more.clicked.connect(self._open_menu)
        for button in self._buttons.values():
            self.content.removeWidget(button)
        self._arrange()

    def offer(self, key: str, *, offered: bool) -> None:
        """Offer a tab, or leave it out for now."""
        if offered == (key in self._withheld):
            self._withheld ^= {key}
            self._arrange()

    @override
    def set_text(self, key: str, text: str) -> None:
        super().set_text(key, text)
        self._arrange()

    @override
    def set_current(self, key: str) -> None:
        super().set_current(key)
        self._arrange()

    @override
    def sizeHint(self) -> QSize:
        return self._size_of(self._offered())

    @override
    def minimumSizeHint(self) -> QSize:
        shown = [self._buttons[key] for key in self._buttons if key == self.current()]
        more = [self._more] if self._more is not None else []
        return self._size_of(shown + more)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _offered(self) -> list[Button]:
        return [button for key, button in self._buttons.items() if key not in self._withheld]

    def _size_of(self, buttons: Sequence[Button]) -> QSize:
        hints = _hints(buttons)
        heights = [hint.height() for hint in hints.values()]
        return QSize(self._width_of(hints.values()), max(heights, default=0))

    def _width_of(self, hints: Iterable[QSize]) -> int:
        gap = self.content.spacing()
        return sum(hint.width() + gap for hint in hints) - gap

    def _arrange(self) -> None:
        """Show from the left what fits beside the chosen tab, and place it."""
        if self._more is None:
            return
        buttons = self._offered()
        hints = _hints((*self._buttons.values(), self._more))  # a style sheet gives them slowly
        overflows = self._width_of(hints[button] for button in buttons) > self.width()
        now = self._buttons.get(self.current())
        shown = [self._more] + ([now] if now is not None else [])
        full = False
        for button in buttons:
            if button is not now:
                wide = self._width_of(hints[each] for each in (*shown, button))
                full = full or (overflows and wide > self.width())
                shown += [] if full else [button]
        left = 0
        for button in (*self._buttons.values(), self._more):
            is_shown = button in shown if button is not self._more else overflows
            button.setVisible(is_shown)
            if is_shown:
                hint = hints[button]
                button.setGeometry(left, (self.height() - hint.height()) // 2, *hint.toTuple())
                left += hint.width() + self.content.spacing()
        self.updateGeometry()

    @Slot()
    def _open_menu(self) -> None:
        menu = QMenu(self)
        for key, button in self._buttons.items():
            if button.isHidden() and key not in self._withheld:
                menu.addAction(button.text()).setData(key)
        menu.triggered.connect(self._on_menu)
        menu.aboutToHide.connect(menu.deleteLater)
        if self._more is not None:
            menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        key = str(action.data())
        self.set_current(key)
        self._buttons[key].setFocus()
        self.chosen.emit(key)


def _hints(buttons: Sequence[Button]) -> dict[Button, QSize]:
    """Return the size that each button wants."""
    for button in buttons:
        button.ensurePolished()  # what was never shown does not know its padding yet
    return {button: button.sizeHint() for button in buttons}
