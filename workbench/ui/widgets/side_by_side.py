# SPDX-License-Identifier: MIT
"""A page with a detail panel at its right; where both do not fit, one at a time."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button

_UNBOUNDED = 16_777_215
_LONGEST_CHAIN = 10_000


class SideBySide(Box):
    """``needs`` is the width in design pixels from which main part and panel stand together.

    Below it the panel takes the place of the main part when it is asked for, with a way back;
    ``words`` name the panel on the button that asks for it.
    """

    detail_shown = Signal(bool)

    def __init__(
        self, main: QWidget, panel: QWidget, words: str, *, width: int, needs: int
    ) -> None:
        super().__init__("surface", horizontal=True)
        self._main = main
        self._panel = panel
        self._width, self._needs = width, needs
        self._wanted = True
        self._asked = False
        self._back = Button(t("ui.back"), "link", icon="chevron-left")
        self._back.clicked.connect(self.close_detail)
        self._back_row = Box("surface", horizontal=True, margins=(16, 8, 16, 0))
        self._back_row.add(self._back)
        self._back_row.add_stretch()
        self._side = Box("surface")
        self._side.add(self._back_row)
        self._side.add(panel, 1)
        self._open = Button(words, icon="panel-right", shortcut="Ctrl+.")
        self._open.clicked.connect(self.open_detail)
        self._open_row = Box("surface", horizontal=True, margins=(16, 8, 16, 8))
        self._open_row.add_stretch()
        self._open_row.add(self._open)
        self._front = Box("surface")
        self._front.add(main, 1)
        self._front.add(self._open_row)
        self.add(self._front, 1)
        self.add(self._side)
        theme.current().theme_changed.connect(self.arrange)
        self.arrange()

    def is_narrow(self) -> bool:
        """Tell whether main part and panel do not fit side by side."""
        return self.width() < theme.current().px(self._needs)

    def toggle_detail(self) -> None:
        """Show or hide the panel."""
        if self.is_narrow():
            self._asked = not self._asked
        else:
            self._wanted = not self._wanted
        self.arrange()

    def open_detail(self) -> None:
        """Show the panel, instead of the main part where there is no room for both."""
        self._wanted = self._asked = True
        self.arrange()

    def focus_detail(self) -> None:
        """Show the panel and move the focus into it."""
        self.open_detail()
        widget: QWidget | None = self._panel
        for _ in range(_LONGEST_CHAIN):
            if widget is None:
                return
            inside = widget is self._panel or self._panel.isAncestorOf(widget)
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self)
            if inside and takes:
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            widget = widget.nextInFocusChain()

    @Slot()
    def close_detail(self) -> None:
        """Go back to the main part."""
        self._asked = False
        self.arrange()
        self._main.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def arrange(self) -> None:
        """Show what there is room for."""
        narrow = self.is_narrow()
        shows_panel = self._asked if narrow else self._wanted
        self._front.setVisible(not narrow or not self._asked)
        self._open_row.setVisible(narrow)
        self._side.setVisible(shows_panel)
        self._back_row.setVisible(narrow)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_UNBOUNDED)
        else:
            self._side.setFixedWidth(theme.current().px(self._width))
        self.content.setStretchFactor(self._side, 1 if narrow else 0)
        self.detail_shown.emit(shows_panel)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
