# SPDX-License-Identifier: MIT
"""Chooses which columns of a table are shown; the choice is kept with the project."""

import json
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.grid.protocol import GridColumn
from workbench.ui.widgets.popup import Popup
from workbench.ui.widgets.search_box import SearchBox

_ROWS = 12


class ColumnChooser(Popup):
    """A list of all columns with marks; ``columns_chosen`` carries the keys at every change."""

    columns_chosen = Signal(list)

    def __init__(
        self,
        host: QWidget,
        columns: Sequence[GridColumn],
        shown: Sequence[str],
        usual: Sequence[str],
    ) -> None:
        super().__init__(host)
        px = theme.current().px
        self._usual = tuple(usual)
        self._boxes: dict[str, QCheckBox] = {}
        self._titles: dict[str, str] = {}
        self.setAccessibleName(t("ledger.columns"))
        self.setFixedWidth(px(268 if language() == "zh_CN" else 320))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(10), px(10), px(8))
        column.setSpacing(px(6))
        self.search = SearchBox(t("ledger.search_columns"))
        self.search.textChanged.connect(self._on_words)
        column.addWidget(self.search)
        column.addWidget(self._list(columns, shown))
        row = QHBoxLayout()
        usual_button = Button(t("ledger.usual_columns"), "ghost")
        usual_button.clicked.connect(self._on_usual)
        every = Button(t("ledger.all_columns"), "ghost")
        every.clicked.connect(self._on_every)
        row.addWidget(usual_button)
        row.addStretch(1)
        row.addWidget(every)
        column.addLayout(row)

    def _list(self, columns: Sequence[GridColumn], shown: Sequence[str]) -> QScrollArea:
        """Return the marks, one per column."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(theme.current().px(28) * min(len(columns), _ROWS))
        box = Box("surface")
        for item in columns:
            words = item.title
            if item.unit:
                words = t("ui.with_note", text=item.title, note=item.unit)
            mark = QCheckBox(words.replace("&", "&&"))
            mark.setChecked(item.key in shown)
            mark.setEnabled(not item.frozen)  # without its name a row cannot be told apart
            mark.clicked.connect(self._on_clicked)
            self._boxes[item.key] = mark
            self._titles[item.key] = words.casefold()
            box.add(mark)
        box.add_stretch()
        scroll.setWidget(box)
        return scroll

    def chosen(self) -> list[str]:
        """Return the marked columns."""
        return [key for key, box in self._boxes.items() if box.isChecked()]

    @Slot(str)
    def _on_words(self, words: str) -> None:
        for key, box in self._boxes.items():
            box.setVisible(words.strip().casefold() in self._titles[key])

    @Slot()
    def _on_clicked(self) -> None:
        self.columns_chosen.emit(self.chosen())

    @Slot()
    def _on_usual(self) -> None:
        self._mark(self._usual)

    @Slot()
    def _on_every(self) -> None:
        self._mark(tuple(self._boxes))

    def _mark(self, keys: Sequence[str]) -> None:
        for key, box in self._boxes.items():
            box.setChecked(key in keys)
        self._on_clicked()


def kept_columns(context: UiContext, table: str, usual: Sequence[str]) -> list[str]:
    """Return the columns that were chosen for a table, else the usual ones."""
    kept = context.services.querying.setting(_name(table))
    try:
        chosen = json.loads(kept) if kept else None
    except ValueError:
        chosen = None
    return [str(key) for key in chosen] if isinstance(chosen, list) else list(usual)


def keep_columns(context: UiContext, table: str, keys: Sequence[str]) -> None:
    """Keep the chosen columns with the project."""
    with context.services.unit_of_work(writing=True) as work:
        work.set_setting(_name(table), json.dumps(list(keys)))
        work.commit()


def show_column(context: UiContext, table: str, key: str) -> None:
    """Add a new column to those that were chosen for a table; unchosen ones show all the usual."""
    if context.services.querying.setting(_name(table)):
        keep_columns(context, table, [*kept_columns(context, table, ()), key])


def _name(table: str) -> str:
    return f"columns.{table}"
