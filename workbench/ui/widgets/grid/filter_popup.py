# SPDX-License-Identifier: MIT
"""The column filter: sort, group, search, values with counts; bounds for numbers and dates."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.grid.filter_bounds import Bounds
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.protocol import MOST_SORT_KEYS, ColumnFilter, SortKey
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.popup import Popup

MOST_VALUES = 300
MOST_COUNTED = 5000
"""Of more rows the values of a number are not listed: nearly each is another."""
TOP = 10


class FilterPopup(Popup):
    """Changes sort and filter of one column; the model is told at once on sorting or "应用"."""

    filter_set = Signal(str)

    def __init__(self, host: QWidget, model: GridModel, column: int) -> None:
        super().__init__(host)
        self._model = model
        self._column = model.columns()[column]
        numbers = self._column.kind in ("number", "bar")
        listed = not numbers or model.source_count() <= MOST_COUNTED
        self._counts = model.value_counts(self._column.key) if listed else []
        before = model.filters.get(self._column.key, ColumnFilter())
        every = {text for text, _ in self._counts}
        self._chosen = set(every if before.values is None else before.values & every)
        self._before = before
        self._boxes: dict[str, QCheckBox] = {}
        self._bounds: Bounds | None = None
        self.setAccessibleName(t("ui.filter_column", name=self._column.title))
        self.setFixedWidth(theme.current().px(244))
        self._build()

    def open_below(self, header: QWidget, x: int) -> None:
        """Show under a header's section."""
        place = header.mapToGlobal(header.rect().bottomLeft())
        place.setX(header.mapToGlobal(header.rect().topLeft()).x() + x)
        self.open_at(place, self._search)

    def _build(self) -> None:
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(4))
        up = Button(t("ui.sort_ascending"), "menuItem", icon="arrow-up")
        down = Button(t("ui.sort_descending"), "menuItem", icon="arrow-down")
        up.clicked.connect(self._sort_up)
        down.clicked.connect(self._sort_down)
        column.addWidget(up)
        column.addWidget(down)
        self._add_further(column)
        if not self._column.right:
            grouped = self._model.group == self._column.key
            words = "ui.ungroup" if grouped else "ui.group_by"
            group = Button(t(words), "menuItem", icon="rows-3")
            group.clicked.connect(self._group)
            column.addWidget(group)
        column.addWidget(Hairline())
        if self._column.kind in ("number", "bar", "date"):
            self._bounds = Bounds(self._column, self._before)
            self._bounds.entered.connect(self._apply)
            column.addWidget(self._bounds)
        self._add_questions(column)
        self._search = QLineEdit()
        self._search.setPlaceholderText(t("ui.filter_values"))
        self._search.setAccessibleName(t("ui.filter_values"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._list_values)
        self._search.returnPressed.connect(self._apply)
        column.addWidget(self._search)
        self._all = QCheckBox(t("ui.filter_all"))
        self._all.setTristate(True)
        self._all.clicked.connect(self._on_all)
        column.addWidget(self._all)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(px(52))
        scroll.setMaximumHeight(px(26) * min(len(self._counts), 9) + px(8))
        self._list = Box("surface", spacing=0)
        scroll.setWidget(self._list)
        column.addWidget(scroll)
        self._more = Label(t("ui.filter_more", n=MOST_VALUES), "hint", wrap=True)
        column.addWidget(self._more)
        column.addLayout(self._foot())
        self._list_values("")

    def _add_further(self, column: QVBoxLayout) -> None:
        """Offer what Shift+click on a heading does, and to leave the order of this column."""
        keys = self._model.sort_keys
        others = [key for key in keys if key.column != self._column.key]
        deeds: list[tuple[str, str, list[SortKey]]] = []
        if others and len(others) < MOST_SORT_KEYS:
            up, down = (SortKey(self._column.key, descending=way) for way in (False, True))
            deeds.append(("ui.then_ascending", "arrow-up", [*others, up]))
            deeds.append(("ui.then_descending", "arrow-down", [*others, down]))
        if len(others) < len(keys):
            deeds.append(("ui.not_sorted", "x", others))
        for words, icon, sort in deeds:
            button = Button(t(words), "menuItem", icon=icon)
            button.clicked.connect(partial(self._sort_by, sort))
            column.addWidget(button)

    def _add_questions(self, column: QVBoxLayout) -> None:
        """Add the marks that ask for the largest, the unknown and the doubtful cells."""
        self._top = QCheckBox(t("ui.filter_top"))
        self._top.setChecked(bool(self._before.top))
        self._empty = QCheckBox(t("ui.filter_only_empty"))
        self._empty.setChecked(self._before.only_empty)
        self._problems = QCheckBox(t("ui.filter_problems"))
        self._problems.setChecked(self._before.problems)
        if self._column.kind in ("number", "bar"):
            column.addWidget(self._top)
        column.addWidget(self._empty)
        column.addWidget(self._problems)

    def _foot(self) -> QHBoxLayout:
        """Return the row with clear and apply."""
        row = QHBoxLayout()
        clear = Button(t("ui.filter_clear"), "ghost")
        apply = Button(t("ui.filter_apply"), "primary")
        clear.clicked.connect(self._clear)
        apply.clicked.connect(self._apply)
        row.addWidget(clear)
        row.addStretch(1)
        row.addWidget(apply)
        return row

    @Slot(str)
    def _list_values(self, words: str) -> None:
        """List the values that contain the words."""
        clear_layout(self._list.content)
        self._boxes = {}
        words = words.strip().casefold()
        number = self._model.column_number(self._column.key)
        named = [(text, self._model.token_title(number, text), n) for text, n in self._counts]
        found = [item for item in named if words in item[1].casefold()]
        for text, title, count in found[:MOST_VALUES]:
            row = QHBoxLayout()
            box = QCheckBox((title or t("ui.filter_empty")).replace("&", "&&"))
            box.setChecked(text in self._chosen)
            box.clicked.connect(self._on_value)
            self._boxes[text] = box
            row.addWidget(box, 1)
            row.addWidget(Label(str(count), "hint"))
            self._list.content.addLayout(row)
        self._list.content.addStretch(1)
        self._more.setVisible(len(found) > MOST_VALUES)
        self._show_all()

    def _show_all(self) -> None:
        """Show whether all, some or none of the listed values are chosen."""
        chosen = sum(box.isChecked() for box in self._boxes.values())
        state = Qt.CheckState.PartiallyChecked
        if chosen in (0, len(self._boxes)):
            state = Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        self._all.setCheckState(state)

    @Slot()
    def _on_all(self) -> None:
        """Choose all listed values, or none when all were chosen."""
        choose = not all(box.isChecked() for box in self._boxes.values())
        for box in self._boxes.values():
            box.setChecked(choose)
        self._on_value()

    @Slot()
    def _on_value(self) -> None:
        """Take over the marks of the listed values."""
        for text, box in self._boxes.items():
            if box.isChecked():
                self._chosen.add(text)
            else:
                self._chosen.discard(text)
        self._show_all()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return applies from anywhere but another button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self._apply()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _sort_up(self) -> None:
        self._sort(descending=False)

    @Slot()
    def _sort_down(self) -> None:
        self._sort(descending=True)

    @Slot()
    def _group(self) -> None:
        key = self._column.key
        self._model.set_group("" if self._model.group == key else key)
        self.close_popup()

    def _sort(self, *, descending: bool) -> None:
        self._sort_by([SortKey(self._column.key, descending)])

    def _sort_by(self, keys: list[SortKey], _checked: bool = False) -> None:
        self._model.set_sort(keys)
        self.close_popup()

    @Slot()
    def _clear(self) -> None:
        self._set(None)

    @Slot()
    def _apply(self) -> None:
        """Filter, unless a bound is not a number."""
        chosen = self._read()
        if chosen is not None:
            self._set(None if chosen == ColumnFilter() else chosen)

    def _set(self, chosen: ColumnFilter | None) -> None:
        self._model.set_filter(self._column.key, chosen)
        self.filter_set.emit(self._column.key)
        self.close_popup()

    def _read(self) -> ColumnFilter | None:
        """Return the filter as it is set in the fields, or None when a bound is wrong."""
        listed = set(self._boxes)
        every = {text for text, _ in self._counts}
        chosen = self._chosen & listed if self._search.text().strip() else self._chosen
        values = None if chosen == every or not every else frozenset(chosen)
        low = high = None
        if self._bounds is not None:
            bounds = self._bounds.read()
            if bounds is None:
                return None
            low, high = bounds
        top = TOP if self._top.isChecked() else 0
        empty, problems = self._empty.isChecked(), self._problems.isChecked()
        return ColumnFilter(values, low, high, empty, top, problems=problems)
