# SPDX-License-Identifier: MIT
"""Rows of labelled editors: rows are added, moved and taken away; mistakes stand below a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

_LONG_LINES = 2


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One cell: a line, a long text, a choice, or several choices (``kind``)."""

    key: str
    title: str
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    tip: str = ""
    wide: bool = False
    second: bool = False
    """A cell of the second language, shown only when asked for."""


class Several(Flow):
    """Choices of which any number is on; the value is their keys with spaces between."""

    changed = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self._buttons: dict[str, Button] = {}
        chosen = value.split()
        for key, words in choices:
            button = Button(words, "tab", checkable=True)
            button.setAccessibleName(f"{name} {words}")
            look = theme.current()  # what is on is bold, and must not be cut then
            width = look.metrics("strong").horizontalAdvance(words)
            button.setMinimumWidth(round(width) + look.px(24))
            button.setChecked(key in chosen)
            button.toggled.connect(self.changed)
            self._buttons[key] = button
            self.add(button)

    def value(self) -> str:
        """Return the keys that are on."""
        return " ".join(key for key, button in self._buttons.items() if button.isChecked())

    def button(self, key: str) -> Button:
        """Return one choice."""
        return self._buttons[key]


class RowEditor(Box):
    """The cells of one row; what the row holds beside them is kept as it is."""

    changed = Signal()

    def __init__(self, specs: Sequence[CellSpec], values: Mapping[str, str]) -> None:
        super().__init__("plain", spacing=4)
        self._values = dict(values)
        self.editors: dict[str, QWidget] = {}
        self._complaints: dict[str, Label] = {}
        self._second: list[QWidget] = []
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        for column in range(3):
            grid.setColumnStretch(column, 1)
        at, line = 0, 0
        for spec in specs:
            span = 3 if spec.wide or spec.kind == "several" else 1
            if at + span > 3:
                at, line = 0, line + 1
            grid.addWidget(self._cell(spec), line, at, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        self.add(grid)

    def _cell(self, spec: CellSpec) -> QWidget:
        cell = Box("plain", spacing=2)
        label = Label(spec.title, "caption", wrap=True)
        editor = self._editor(spec, self._values.get(spec.key, ""))
        if spec.tip:
            editor.setToolTip(spec.tip)
        label.setBuddy(editor)
        complaint = Label("", "caption", tone="danger", wrap=True)
        complaint.hide()
        for each in (label, editor, complaint):
            cell.add(each)
        self.editors[spec.key], self._complaints[spec.key] = editor, complaint
        if spec.second:
            self._second.append(cell)
        return cell

    def _editor(self, spec: CellSpec, value: str) -> QWidget:
        if spec.kind == "choice":
            box = ChoiceBox(spec.title, spec.choices, value)
            box.setSizeAdjustPolicy(
                ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.currentIndexChanged.connect(self.changed)
            return box
        if spec.kind == "several":
            several = Several(spec.title, spec.choices, value)
            several.changed.connect(self.changed)
            return several
        if spec.kind == "long":
            text = QPlainTextEdit(value)
            text.setAccessibleName(spec.title)
            text.setTabChangesFocus(True)
            rows = theme.current().metrics("body").lineSpacing() * _LONG_LINES
            text.setFixedHeight(round(rows) + theme.current().px(14))
            text.textChanged.connect(self.changed)
            return text
        line = QLineEdit(value)
        line.setAccessibleName(spec.title)
        line.textChanged.connect(self.changed)
        return line

    def show_second(self, shown: bool) -> None:
        """Show the cells of the second language, or hide them."""
        for cell in self._second:
            cell.setVisible(shown)

    def values(self) -> dict[str, str]:
        """Return what the cells say."""
        return self._values | {key: _value(editor) for key, editor in self.editors.items()}

    def complain(self, problems: Mapping[str, str]) -> QWidget | None:
        """Show the sentence of each mistake below its cell; return the first such cell."""
        first = None
        for key, complaint in self._complaints.items():
            words = problems.get(key, "")
            complaint.setText(words)
            complaint.setVisible(bool(words))
            set_style(self.editors[key], "state", "error" if words else "")
            if words and first is None:
                first = self.editors[key]
        return first


def _value(editor: QWidget) -> str:
    if isinstance(editor, ChoiceBox):
        return editor.chosen()
    if isinstance(editor, Several):
        return editor.value()
    if isinstance(editor, QPlainTextEdit):
        return " ".join(editor.toPlainText().split())
    return editor.text() if isinstance(editor, QLineEdit) else ""


class RowsEditor(Box):
    """Any number of rows, or exactly one; ``changed`` when something was typed or moved."""

    changed = Signal()

    def __init__(
        self,
        specs: Sequence[CellSpec],
        rows: Sequence[Mapping[str, str]],
        blank: Mapping[str, str],
        *,
        single: bool = False,
    ) -> None:
        super().__init__("plain", spacing=10)
        self._specs, self._blank, self._single = tuple(specs), dict(blank), single
        self._second = False
        self.rows: list[RowEditor] = []
        self._list = Box("plain", spacing=10)
        self.add(self._list)
        self.adding = Button(t("case_form.add_row"), icon="plus")
        self.adding.clicked.connect(self._on_add)
        if not single:
            line = QHBoxLayout()
            line.addWidget(self.adding)
            line.addStretch(1)
            self.add(line)
        self._fill(rows)

    def values(self) -> list[dict[str, str]]:
        """Return what the rows say."""
        return [row.values() for row in self.rows]

    def set_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Show other rows."""
        self._fill(rows)

    def show_second(self, shown: bool) -> None:
        """Show the cells of the second language, or hide them."""
        self._second = shown
        for row in self.rows:
            row.show_second(shown)

    def complain(self, problems: Mapping[int, Mapping[str, str]]) -> QWidget | None:
        """Show mistakes by row (from 1) and cell; return the first cell that has one."""
        found = [row.complain(problems.get(n, {})) for n, row in enumerate(self.rows, start=1)]
        return next((cell for cell in found if cell is not None), None)

    def _fill(self, rows: Sequence[Mapping[str, str]]) -> None:
        clear_layout(self._list.content)
        self.rows = []
        for place, values in enumerate(rows):
            row = RowEditor(self._specs, values)
            row.changed.connect(self.changed)
            row.show_second(self._second)
            self.rows.append(row)
            if self._single:
                self._list.add(row)
                continue
            card = Box("card", horizontal=True, margins=(14, 10, 8, 12), spacing=8)
            number = Label(str(place + 1), "strong", tone="accent")
            card.content.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
            card.add(row, 1)
            tools = Box("plain", spacing=2)
            for icon, key, step in (("chevron-up", "up", -1), ("chevron-down", "down", 1),
                                    ("trash-2", "remove", 0)):  # fmt: skip
                button = IconButton(icon, t(f"case_form.row_{key}", n=place + 1), compact=True)
                button.setProperty("row", place)
                button.setProperty("step", step)
                button.clicked.connect(self._on_tool)
                tools.add(button)
            tools.add_stretch()
            card.add(tools)
            self._list.add(card)

    @Slot()
    def _on_add(self) -> None:
        self._fill([*self.values(), self._blank])
        self.changed.emit()
        first = next(iter(self.rows[-1].editors.values()))
        first.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_tool(self) -> None:
        button = self.sender()
        if not isinstance(button, IconButton):
            return
        at, step, rows = int(button.property("row")), int(button.property("step")), self.values()
        row = rows.pop(at)
        if step:
            rows.insert(max(0, min(len(rows), at + step)), row)
        self._fill(rows)
        self.changed.emit()
