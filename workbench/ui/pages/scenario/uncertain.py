# SPDX-License-Identifier: MIT
"""Which inputs are uncertain: one row each with its distribution, read as it will be simulated."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from workbench.domain.display import editable
from workbench.domain.finance.distributions import (
    PARAMETERS,
    Distribution,
    Kind,
    Mode,
    Uncertain,
)
from workbench.domain.finance.inputs import InputValue, ModelInput, Shape
from workbench.domain.finance.stating import StatingError, read_value
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

Movable = Sequence[tuple[ModelInput, InputValue]]
"""The inputs that may vary, each with its base value."""
_HUNDRED = Decimal(100)
_MOST = 3
_SHORT = ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_AROUND = {
    Kind.NORMAL: (Decimal(1), Decimal("0.1")),
    Kind.LOGNORMAL: (Decimal(1), Decimal("0.1")),
    Kind.UNIFORM: (Decimal("0.9"), Decimal("1.1")),
    Kind.TRIANGULAR: (Decimal("0.9"), Decimal(1), Decimal("1.1")),
    Kind.PERT: (Decimal("0.9"), Decimal(1), Decimal("1.1")),
}
"""What is offered first, as factors of the base value."""


class UncertainRow(Box):
    """One uncertain input; ``changed`` when anything of it is chosen or typed."""

    changed = Signal()
    typed = Signal()
    """At every letter, before it is read."""
    removed = Signal()

    def __init__(self, inputs: Movable, uncertain: Uncertain) -> None:
        super().__init__("plain", spacing=4)
        self.know(inputs)
        px = theme.current().px
        line = QHBoxLayout()
        line.setSpacing(px(8))
        names = [(item.key, item.field.title(language())) for item, _ in inputs]
        self.item = _short(ChoiceBox(t("scenario.uncertain"), names, uncertain.key), 10)
        modes = [(m.value, t(f"scenario.applies_{m.value}")) for m in Mode]
        self.mode = _short(ChoiceBox(t("scenario.applies"), modes, uncertain.mode.value), 6)
        kinds = [(k.value, t(f"scenario.shape_{k.value}")) for k in Kind]
        kind = uncertain.distribution.kind.value
        self.kind = _short(ChoiceBox(t("scenario.shape"), kinds, kind), 5)
        self.numbers = [QLineEdit() for _ in range(_MOST)]
        self._captions = [Label("", "hint") for _ in range(_MOST)]
        self.unit = Label("", "hint")
        self.yearly = QCheckBox(t("scenario.yearly"))
        self.yearly.setToolTip(t("scenario.yearly_tip"))
        self.yearly.setChecked(uncertain.yearly)
        self.remove = IconButton("trash-2", t("scenario.remove_uncertain"), compact=True)
        line.addWidget(self.item, 3)
        line.addWidget(self.mode, 2)
        line.addWidget(self.kind, 2)
        line.addWidget(self.remove)
        self.add(line)
        self.add(self._parameters())
        self._wrong = Label("", "hint", tone="danger", wrap=True)
        self.add(self._wrong)
        self._show(uncertain.distribution.parameters)
        self._connect()

    def know(self, inputs: Movable) -> None:
        """Take the base values, from which a new distribution begins."""
        self._inputs = {item.key: (item, value) for item, value in inputs}

    def _parameters(self) -> QHBoxLayout:
        """Lay out the parameters below the choices, so that a narrow window cuts nothing."""
        px = theme.current().px
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for caption, editor in zip(self._captions, self.numbers, strict=True):
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            editor.setFixedWidth(px(74))
            caption.setBuddy(editor)
            line.addWidget(caption)
            line.addWidget(editor)
        line.addWidget(self.unit)
        line.addWidget(self.yearly)
        line.addStretch(1)
        return line

    def _connect(self) -> None:
        for box in (self.item, self.mode, self.kind):
            box.activated.connect(self._on_other)
        for editor in self.numbers:
            editor.editingFinished.connect(self.changed)
            editor.textEdited.connect(self.typed)
        self.yearly.toggled.connect(self.changed)
        self.remove.clicked.connect(self.removed)

    def read(self) -> Uncertain | None:
        """Return what the row says; None when it cannot be read, which is said in the row."""
        found: list[float] = []
        wrong = ""
        for editor in self.numbers[: self._count]:
            number = self._number(editor.text())
            set_style(editor, "state", "error" if number is None else "")
            if number is None:
                wrong = wrong or t("scenario.not_a_number", value=editor.text()[:30])
            else:
                found.append(float(number))
        shape = Distribution(Kind(self.kind.chosen()), tuple(found))
        if not wrong and (code := shape.problem()) is not None:
            wrong = t(f"finance.{code}")
        self.complain(wrong)
        if wrong:
            return None
        yearly = self.yearly.isVisibleTo(self) and self.yearly.isChecked()
        return Uncertain(self.item.chosen(), shape, Mode(self.mode.chosen()), yearly)

    def words(self) -> dict[str, Any]:
        """Return what is chosen and typed as it stands, what cannot be read included."""
        return {
            "input": self.item.chosen(),
            "applies": self.mode.chosen(),
            "shape": self.kind.chosen(),
            "numbers": [editor.text() for editor in self.numbers[: self._count]],
            "yearly": self.yearly.isChecked(),
        }

    def take(self, words: Mapping[str, Any]) -> None:
        """Show what ``words`` returned."""
        self.mode.choose(words["applies"])
        self.kind.choose(words["shape"])
        self._show(self._usual())
        for editor, text in zip(self.numbers, words["numbers"], strict=False):
            editor.setText(text)
        self.yearly.setChecked(words["yearly"])
        self.read()

    def complain(self, words: str) -> None:
        """Say what is wrong with the row; "" takes it back."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    @property
    def _declared(self) -> ModelInput:
        return self._inputs[self.item.chosen()][0]

    @property
    def _count(self) -> int:
        return len(PARAMETERS[Kind(self.kind.chosen())])

    @Slot()
    def _on_other(self) -> None:
        """Offer parameters round the base value for another input, way or shape."""
        self._show(self._usual())
        self.changed.emit()

    def _usual(self) -> tuple[float, ...]:
        return usual(self._inputs[self.item.chosen()][1], self.mode.chosen(), self.kind.chosen())

    def _show(self, parameters: Sequence[float]) -> None:
        factor = self.mode.chosen() == Mode.FACTOR
        field = self._declared.field
        self.unit.setText("%" if factor else unit_title(field.shown_unit))
        names = PARAMETERS[Kind(self.kind.chosen())]
        for at, (caption, editor) in enumerate(zip(self._captions, self.numbers, strict=True)):
            used = at < len(names)
            caption.setVisible(used)
            editor.setVisible(used)
            if not used:
                continue
            words = t(f"scenario.parameter_{names[at]}")
            caption.setText(words)
            title = field.title(language())
            editor.setAccessibleName(f"{title} {words}")
            number = Decimal(repr(float(parameters[at]))) if at < len(parameters) else Decimal(0)
            editor.setText(_plain(number * _HUNDRED) if factor else editable(number, field))
        self.yearly.setVisible(self._declared.shape is Shape.SERIES)
        self.complain("")

    def _number(self, text: str) -> Decimal | None:
        if self.mode.chosen() == Mode.FACTOR:
            try:
                number = Decimal(text.strip().removesuffix("%").removesuffix("％").strip())
            except InvalidOperation:
                return None
            return number / _HUNDRED if number.is_finite() else None
        try:
            value = read_value(replace(self._declared, shape=Shape.SINGLE), text, shown=True)
        except StatingError:
            return None
        known = isinstance(value, Decimal | int) and not isinstance(value, bool)
        return Decimal(value) if known and Decimal(value).is_finite() else None  # type: ignore[arg-type]


def usual(base: InputValue, mode: str, kind: str) -> tuple[float, ...]:
    """Return parameters of a shape that lie 10 % round an input's base value."""
    shape = Kind(kind)
    factors = _AROUND[shape]
    if mode == Mode.FACTOR:
        return tuple(map(float, factors))
    first = base[0] if isinstance(base, tuple) and base else base
    size = Decimal(1)
    if isinstance(first, Decimal | int) and not isinstance(first, bool):
        size = abs(Decimal(first))
    if mode == Mode.SHIFT and shape is not Kind.LOGNORMAL:
        spread = shape is Kind.NORMAL
        factors = (Decimal(0), factors[1]) if spread else tuple(each - 1 for each in factors)
    return tuple(float(size * factor) for factor in factors)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _short(box: ChoiceBox, letters: int) -> ChoiceBox:
    """Let a choice be narrower than its longest words."""
    box.setSizeAdjustPolicy(_SHORT)
    box.setMinimumContentsLength(letters)
    return box


class UncertainRows(Box):
    """All uncertain inputs; ``changed`` when one is added, changed or taken away."""

    changed = Signal()
    typed = Signal()
    """At every letter, before it is read."""

    def __init__(self) -> None:
        super().__init__("plain", spacing=8)
        self._inputs: Movable = ()
        self.rows: list[UncertainRow] = []
        self.idle: tuple[Uncertain, ...] = ()
        self._list = Box("plain", spacing=12)
        self._idle_words = Label("", "hint", wrap=True)
        self._idle_words.hide()
        self.adding = Button(t("scenario.add_uncertain"), icon="plus")
        self.adding.clicked.connect(self._on_add)
        self.add(self._list)
        self.add(self._idle_words)
        line = QHBoxLayout()
        line.addWidget(self.adding)
        line.addStretch(1)
        self.add(line)

    def set_rows(self, inputs: Movable, uncertain: Sequence[Uncertain]) -> None:
        """Show other rows; an input that cannot vary now is named and kept for when it can."""
        clear_layout(self._list.content)
        self._inputs = inputs
        known = {item.key for item, _ in inputs}
        self.rows = []
        for each in uncertain:
            if each.key in known:
                self._append(each)
        self.idle = tuple(each for each in uncertain if each.key not in known)
        self._offer()

    def know(self, inputs: Movable) -> bool:
        """Take other base values of the same inputs, rows as they are; False for other inputs."""
        if [item.key for item, _ in inputs] != [item.key for item, _ in self._inputs]:
            return False
        self._inputs = inputs
        for row in self.rows:
            row.know(inputs)
        return True

    def words(self) -> list[dict[str, Any]]:
        """Return what is chosen and typed in each row."""
        return [row.words() for row in self.rows]

    def take(self, words: Sequence[Mapping[str, Any]]) -> None:
        """Show rows as ``words`` returned them; an input that cannot vary any more is left out."""
        self.set_rows(self._inputs, self.idle)
        known = {item.key: value for item, value in self._inputs}
        for each in words:
            if (key := each["input"]) in known:
                shape = Distribution(Kind.NORMAL, usual(known[key], Mode.FACTOR, Kind.NORMAL))
                self._append(Uncertain(key, shape, Mode.FACTOR)).take(each)
        self._offer()

    def name_idle(self, titles: Sequence[str]) -> None:
        """Say which inputs with a distribution take no part now."""
        self._idle_words.setText(
            t("scenario.idle", items=t("scenario.comma").join(titles)) if titles else ""
        )
        self._idle_words.setVisible(bool(titles))

    def read(self) -> tuple[Uncertain, ...] | None:
        """Return what the rows say and what is idle; None when a row cannot be read."""
        found = [row.read() for row in self.rows]
        known = [each for each in found if each is not None]
        return (*known, *self.idle) if len(known) == len(found) else None

    def _append(self, uncertain: Uncertain) -> UncertainRow:
        row = UncertainRow(self._inputs, uncertain)
        row.changed.connect(self.changed)
        row.typed.connect(self.typed)
        row.removed.connect(self._on_removed)
        self.rows.append(row)
        self._list.add(row)
        return row

    @Slot()
    def _on_add(self) -> None:
        taken = {row.item.chosen() for row in self.rows}
        free = next(((i, v) for i, v in self._inputs if i.key not in taken), None)
        if free is None:
            return
        shape = Distribution(Kind.TRIANGULAR, usual(free[1], Mode.FACTOR, Kind.TRIANGULAR))
        row = self._append(Uncertain(free[0].key, shape, Mode.FACTOR))
        self._offer()
        self.changed.emit()
        row.item.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_removed(self) -> None:
        row = self.sender()
        if isinstance(row, UncertainRow):
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
            self._offer()
            self.changed.emit()

    def _offer(self) -> None:
        self.adding.setEnabled(len(self.rows) < len(self._inputs))
