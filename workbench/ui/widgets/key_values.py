# SPDX-License-Identifier: MIT
"""A list of labels and values, each of which can be asked where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalMapper, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import clear_layout
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.label import Label, Role


@dataclass(frozen=True, slots=True)
class KeyValue:
    """One line; with ``source_key`` it gets a button that asks where the value comes from."""

    label: str
    value: str
    tone: str = ""
    strong: bool = False
    source_key: str = ""


class KeyValues(QWidget):
    """Labels left, values right; ``source_asked`` carries the line's ``source_key``."""

    source_asked = Signal(str)

    def __init__(self, rows: Sequence[KeyValue] = (), *, label_width: int = 92) -> None:
        super().__init__()
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._mapper = QSignalMapper(self)
        self._mapper.mappedString.connect(self.source_asked)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[KeyValue]) -> None:
        """Show other lines."""
        px = theme.current().px
        clear_layout(self._grid)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnMinimumWidth(0, px(self._label_width))
        top = Qt.AlignmentFlag.AlignTop
        for at, row in enumerate(rows):
            label = Label(row.label, "caption", wrap=True)
            label.setMaximumWidth(px(self._label_width + 48))
            self._grid.addWidget(label, at, 0, top)
            role: Role = "strong" if row.strong else "body"
            value = Label(row.value, role, tone=row.tone, wrap=True, selectable=True)
            value.setAccessibleName(f"{row.label} {row.value}")
            if row.source_key:  # both words stand where the middle of the button is
                for words in (label, value):
                    words.setContentsMargins(0, px(3), 0, 0)
                self._grid.addLayout(self._with_source(value, row), at, 1, top)
            else:
                self._grid.addWidget(value, at, 1, top)

    def _with_source(self, value: Label, row: KeyValue) -> QHBoxLayout:
        """Return the value with the button that asks for its source."""
        line = QHBoxLayout()
        line.setSpacing(theme.current().px(4))
        line.addWidget(value, 1, Qt.AlignmentFlag.AlignTop)
        ask = IconButton("info", t("ui.where_from", name=row.label), compact=True)
        self._mapper.setMapping(ask, row.source_key)
        ask.clicked.connect(self._mapper.map)
        line.addWidget(ask, 0, Qt.AlignmentFlag.AlignTop)
        return line
