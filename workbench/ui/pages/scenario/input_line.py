# SPDX-License-Identifier: MIT
"""One input of a scenario: its editor, unit, where the value comes from, and what is wrong."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from workbench.application.money.report import finding_sentence
from workbench.domain.fields import FieldType
from workbench.domain.finance.inputs import InputValue, ModelInput, Shape
from workbench.domain.finance.settling import Provenance, Settled
from workbench.domain.finance.stating import StatingError, read_valid
from workbench.domain.findings import Finding, Level
from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.scenario.about import about_input
from workbench.ui.pages.scenario.input_words import (
    parameter_words,
    source_words,
    text_of,
    words_of,
)
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

_LABEL = 120
_EDITOR = 104
_ONE_PERCENT = Decimal("0.01")
PAUSE_MS = 150
"""How long typing has to rest before a number is taken (UX §6)."""
_UNVERIFIED = "parameter_unverified"
"""Said once for all parameters, above the answers."""
_SHORT = ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
Editor = QLineEdit | ChoiceBox | Button


class ValueEdit(QLineEdit):
    """A line to type one value in; ``given_up`` when Esc is pressed."""

    given_up = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class InputLine(QWidget):
    """Emits ``stated`` with the key and the value, ``left`` when it goes back to its source.

    ``unread`` carries a text that cannot be taken, "" when there is none any more: it stays in the
    line until it is mended, or Esc brings the last valid value back.
    """

    stated = Signal(str, object)
    left = Signal(str)
    unread = Signal(str, str)
    rows_asked = Signal(str)

    def __init__(self, item: ModelInput) -> None:
        super().__init__()
        self.item = item
        self._value: InputValue = None
        self._unread = ""
        self._said: object = None
        px = theme.current().px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(2))
        title = item.field.title(language())
        label = Label(title, "caption", wrap=True)
        label.setFixedWidth(px(_LABEL))
        self.editor = self._make_editor(title)
        label.setBuddy(self.editor)
        self._label = label
        grid.addWidget(label, 0, 0)
        wide = item.shape is Shape.SERIES or not isinstance(self.editor, QLineEdit)
        grid.addWidget(self.editor, 0, 1, 1, 2 if wide else 1)
        if isinstance(self.editor, ChoiceBox):
            # as wide as the panel leaves, not as its longest choice asks for
            self.editor.setSizeAdjustPolicy(_SHORT)
            self.editor.setMinimumContentsLength(6)
        if not wide:
            self.editor.setFixedWidth(px(_EDITOR))
            grid.addWidget(Label(unit_title(item.field.shown_unit), "hint", wrap=True), 0, 2)
        self._source = Label("", "hint", wrap=True)
        self._wrong = Label("", "hint", tone="danger", wrap=True)
        grid.addWidget(self._source, 1, 1, 1, 2)
        grid.addWidget(self._wrong, 2, 1, 1, 2)
        grid.setColumnStretch(2, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._read)

    def show_settled(
        self, settled: Settled, base: Settled | None, found: Sequence[Finding], unread: str = ""
    ) -> None:
        """Show the value, its source, how it differs from the base, and what is wrong with it.

        A text that could not be read stands in place of the value, and says why.
        """
        self._unread = unread
        self.setVisible(settled.provenance is not Provenance.UNUSED)
        self._value = settled.value
        if not self.editor.hasFocus():
            self._show(settled.value if settled.refused is None else settled.refused)
        said = (settled, base, tuple(found), unread)
        if said == self._said:  # an edit changes few of the inputs, and all are shown anew
            return
        self._said = None if unread else said
        changed = base is not None and base.value != settled.value
        wrong = [f for f in found if f.level is Level.ERROR or f.code.startswith("missing")]
        remarks = [_sentence(f) for f in found if f not in wrong and f.code != _UNVERIFIED]
        source = source_words(settled)
        if _looks_like_a_fraction(self.item, settled):
            read = words_of(self.item, settled.value)
            remarks.append(t("scenario.read_as_percent", value=read))
        if self.item.shape is Shape.SERIES:  # no room beside the line for its unit
            source = t("ui.gap").join(
                filter(None, (unit_title(self.item.field.shown_unit), source))
            )
        if base is not None and changed:
            source = t("scenario.base", value=words_of(self.item, base.value))
        problems = [t("scenario.to_fill") if f.code == "missing" else _sentence(f) for f in wrong]
        self._say(" ".join([source, *remarks]).strip(), "\n".join(problems))
        about = about_input(self.item, settled)
        self._label.setToolTip(about)
        self.editor.setToolTip(about)
        self.editor.setAccessibleDescription(about)
        param = settled.parameter
        self._source.setToolTip("" if param is None else parameter_words(param))
        bad = any(f.level is Level.ERROR for f in found)
        self._wrong.set_tone("danger" if bad else "warn")
        set_style(self.editor, "state", "error" if bad else "changed" if changed else "")
        if unread and isinstance(self.editor, QLineEdit):
            self._show_unread(self.editor, unread)

    def _show_unread(self, editor: QLineEdit, text: str) -> None:
        if not editor.hasFocus():
            editor.setText(text)
        try:
            read_valid(self.item, _spaced(text))
        except StatingError as error:
            self._complain(error)

    def commit(self) -> None:
        """Take what is being typed now."""
        if self._timer.isActive():
            self._timer.stop()
            self._read()

    def _say(self, source: str, wrong: str) -> None:
        self._source.setText(source)
        self._source.setVisible(bool(source))
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))

    def _make_editor(self, title: str) -> Editor:
        field = self.item.field
        if self.item.shape is Shape.TABLE:
            button = Button("")
            button.setAccessibleName(title)
            button.clicked.connect(self._on_rows)
            return button
        if field.type is FieldType.CHOICE:
            box = ChoiceBox(title, [(c.value, c.title(language())) for c in field.choices])
            box.activated.connect(self._on_chosen)
            return box
        if field.type is FieldType.BOOL:
            words = [("", t("scenario.unknown")), ("yes", t("ui.yes")), ("no", t("ui.no"))]
            box = ChoiceBox(title, words)
            box.activated.connect(self._on_chosen)
            return box
        line = ValueEdit()
        line.setAccessibleName(title)
        if field.numeric and self.item.shape is Shape.SINGLE:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.textEdited.connect(self._timer_start)
        line.editingFinished.connect(self._on_finished)
        line.given_up.connect(self._on_escape)
        return line

    @Slot()
    def _on_finished(self) -> None:
        """Take what was typed; what is taken already is shown in the unit of the line: 1.2亿."""
        self.commit()
        if isinstance(self.editor, QLineEdit) and self._taken(self.editor.text()):
            self._show(self._value)

    def _taken(self, text: str) -> bool:
        """Tell whether a text says the value that the results are of."""
        try:
            return bool(text.strip()) and self._value == read_valid(self.item, _spaced(text))
        except StatingError:
            return False

    @Slot()
    def _on_escape(self) -> None:
        """Bring back the value that the results are of."""
        self._timer.stop()
        self._show(self._value)
        self._remember("")

    @Slot()
    def _timer_start(self) -> None:
        self._timer.start()

    def _show(self, value: InputValue) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text_of(self.item, value))
            self.editor.setCursorPosition(0)  # a path of years is read from its first
        elif isinstance(self.editor, ChoiceBox):
            yes_or_no = "yes" if value is True else "no" if value is False else ""
            is_bool = self.item.field.type is FieldType.BOOL
            self.editor.choose(yes_or_no if is_bool else str(value or ""))
        else:
            rows = len(value) if isinstance(value, tuple) else 0
            self.editor.set_text(t("scenario.rows", n=rows))

    @Slot()
    def _read(self) -> None:
        """Read what is typed; an empty line goes back to its source, what is wrong is said."""
        if not isinstance(self.editor, QLineEdit):
            return
        text = self.editor.text().strip()
        if not text:
            self._remember("")
            self.left.emit(self.item.key)
            return
        try:
            value = read_valid(self.item, _spaced(text))
        except StatingError as error:
            self._complain(error)
            self._remember(text)
            return
        self._remember("")
        if value != self._value:
            self.stated.emit(self.item.key, value)

    def _complain(self, error: StatingError) -> None:
        self._said = None
        kept = t("scenario.kept_unknown")
        if self._value is not None:
            kept = t("scenario.kept_valid", value=words_of(self.item, self._value))
        self._say("", f"{_sentence(error.finding)}{t('ui.gap')}{kept}")
        self._wrong.set_tone("danger")
        set_style(self.editor, "state", "error")

    def _remember(self, text: str) -> None:
        if text != self._unread:
            self._unread = text
            self.unread.emit(self.item.key, text)

    @Slot()
    def _on_chosen(self) -> None:
        if not isinstance(self.editor, ChoiceBox):
            return
        chosen = self.editor.chosen()
        if self.item.field.type is FieldType.BOOL:
            self.stated.emit(self.item.key, {"yes": True, "no": False}.get(chosen))
        else:
            self.stated.emit(self.item.key, chosen)

    @Slot()
    def _on_rows(self) -> None:
        self.rows_asked.emit(self.item.key)


def _looks_like_a_fraction(item: ModelInput, settled: Settled) -> bool:
    """Tell whether an analyst may have written 0.45 for 45 % into a field of percentages."""
    value = settled.value
    return (
        item.field.type is FieldType.SHARE
        and settled.provenance is Provenance.ANALYST
        and isinstance(value, Decimal)
        and 0 < abs(value) < _ONE_PERCENT
    )


def _spaced(text: str) -> str:
    """Return a list of numbers as it is read: divided by spaces."""
    return text.strip().replace("，", " ")


def _sentence(finding: Finding) -> str:
    return finding_sentence(finding, texts_in_use())
