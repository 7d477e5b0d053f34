# SPDX-License-Identifier: MIT
"""One field of the record form: label, editor, unit, how the text was read, source, evidence."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.domain.display import editable
from workbench.domain.fields import Entity, Field, FieldType, Need
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import ValueState
from workbench.ui.look import theme
from workbench.ui.models.field_cells import choice_titles, is_one_of, stored_text, unit_title
from workbench.ui.texts import language, t
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.drop_zone import dropped_files
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

LABEL_WIDTH = 128
UNIT_WIDTH = 76
_MOST_CHOICES = 300
_NOT_APPLICABLE = "不适用"


class FieldLine(QWidget):
    """Emits ``typed`` at every change of the text; the other signals carry the field's key."""

    typed = Signal(str)
    history_asked = Signal(str)
    files_dropped = Signal(str, list)
    files_asked = Signal(str)

    def __init__(self, entity: Entity, field: Field, record: Record, ledger: Ledger) -> None:
        super().__init__()
        self.field = field
        self.setAcceptDrops(True)
        px = theme.current().px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(2))
        title = field.title(language())
        words = QVBoxLayout()
        words.setSpacing(0)
        label = Label(title, "caption", wrap=True)
        label.setMaximumWidth(px(LABEL_WIDTH))
        words.addWidget(label)
        if need := need_words(entity, field):
            words.addWidget(Label(need, "hint", tone="accent"))
        self.editor = self._make_editor(title, record, ledger)
        label.setBuddy(self.editor)
        grid.addLayout(words, 0, 0)
        grid.addWidget(self.editor, 0, 1)
        grid.addWidget(Label(unit_title(field.shown_unit), "hint"), 0, 2)
        grid.addLayout(self._buttons(title), 0, 3)
        self._hint = Label("", "hint", wrap=True)
        self._hint.hide()
        grid.addWidget(self._hint, 1, 1, 1, 2)
        grid.setColumnMinimumWidth(0, px(LABEL_WIDTH))
        grid.setColumnMinimumWidth(2, px(UNIT_WIDTH))
        grid.setColumnStretch(1, 1)
        self.show_value(record, ledger)

    def text(self) -> str:
        """Return what is typed or chosen, in the words that the reading rules take."""
        box = isinstance(self.editor, ChoiceBox)
        text = self.editor.chosen() if isinstance(self.editor, ChoiceBox) else self.editor.text()
        if text.strip() == t("ledger.not_applicable"):
            return _NOT_APPLICABLE
        if self.field.type is FieldType.BOOL and box:
            return {t("ui.yes"): "是", t("ui.no"): "否"}.get(text, text)
        return stored_text(self.field, text)

    def stored(self, record: Record, ledger: Ledger) -> str:
        """Return what ``text`` would be if nothing had been typed."""
        shown = text_of(record, self.field, ledger, choices=self._has_choices())
        if shown == t("ledger.not_applicable"):
            return _NOT_APPLICABLE
        if self.field.type is FieldType.BOOL and self._has_choices():
            return {t("ui.yes"): "是", t("ui.no"): "否"}.get(shown, shown)
        return stored_text(self.field, shown)

    def set_text(self, text: str) -> None:
        """Show a text that was typed before, without telling."""
        self.editor.blockSignals(True)
        if isinstance(self.editor, ChoiceBox):
            self._choose(text)
        else:
            self.editor.setText(text)
            if not self.editor.hasFocus():
                self.editor.home(False)  # the beginning of a long text tells more than its end
        self.editor.blockSignals(False)

    def show_value(self, record: Record, ledger: Ledger) -> None:
        """Show what the record holds."""
        self.set_text(text_of(record, self.field, ledger, choices=self._has_choices()))
        self.say("", "")

    def say(self, words: str, state: str, *, warn: bool = False) -> None:
        """Say how the text was read, or why not; state is "", "changed" or "error".

        ``warn`` colours what a check says of the value.
        """
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self._hint.set_tone("danger" if state == "error" else "warn" if warn else "")
        set_style(self.editor, "state", state)

    def leave_no_room_for_units(self) -> None:
        """Give the editor the room of the unit, as where no field near it has one."""
        if isinstance(grid := self.layout(), QGridLayout):
            grid.setColumnMinimumWidth(2, 0)

    def hide_tools(self) -> None:
        """Take history and evidence away, as where no single record is meant."""
        self.attach.hide()
        self._history.hide()
        self.setAcceptDrops(False)

    def set_evidence_count(self, count: int) -> None:
        """Mark the field as proven by so many files."""
        tip = t("record_form.evidence_of", field=self.field.title(language()), n=count)
        self.attach.setToolTip(tip)
        self.attach.setAccessibleName(tip)
        set_style(self.attach, "marked", "true" if count else "false")

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if files := dropped_files(event):
            event.acceptProposedAction()
            self.files_dropped.emit(self.field.key, files)

    def _has_choices(self) -> bool:
        return isinstance(self.editor, ChoiceBox)

    def _buttons(self, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        tip = t("record_form.history_of", field=title)
        self._history = IconButton("history", tip, compact=True)
        self._history.clicked.connect(self._on_history)
        self.attach = IconButton("paperclip", title, compact=True)
        self.attach.clicked.connect(self._on_attach)
        self.set_evidence_count(0)
        row.addWidget(self._history)
        row.addWidget(self.attach)
        return row

    def _make_editor(self, title: str, record: Record, ledger: Ledger) -> QLineEdit | ChoiceBox:
        field = self.field
        targets = ledger.all(field.target) if field.type is FieldType.REF else ()
        if field.type is FieldType.REF and len(targets) <= _MOST_CHOICES:
            items = [("", t("ledger.not_chosen")), *((r.key, r.label) for r in targets)]
            return self._box(title, items)
        if field.type in (FieldType.CHOICE, FieldType.BOOL):
            names = [(word, word) for word in choice_titles(field)]
            own = record.text(field.key)
            if own and own not in {c.value for c in field.choices} and field.choices:
                names.append((own, own))  # a word that the list does not know stands for itself
            gone = t("ledger.not_applicable")
            return self._box(title, [("", t("ledger.not_chosen")), *names, (gone, gone)])
        line = QLineEdit()
        line.setAccessibleName(title)
        line.setAcceptDrops(False)  # a file dropped on it is evidence of the field
        if field.type is FieldType.REF:
            line.setCompleter(QCompleter([r.label for r in targets[:5000]], line))
        line.textChanged.connect(self._on_typed)
        return line

    def _box(self, title: str, items: list[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox(title, items)
        box.stay_narrow()
        box.currentIndexChanged.connect(self._on_typed)
        return box

    def _choose(self, text: str) -> None:
        """Choose by key, by stored word, or nothing."""
        box = self.editor
        if not isinstance(box, ChoiceBox):
            return
        spoken = {"是": t("ui.yes"), "否": t("ui.no"), _NOT_APPLICABLE: t("ledger.not_applicable")}
        text = spoken.get(text, text)
        for choice in self.field.choices:
            if choice.value == text:
                text = choice.title(language())
        box.setCurrentIndex(max(box.findData(text), 0))

    @Slot()
    def _on_typed(self) -> None:
        self.typed.emit(self.field.key)

    @Slot()
    def _on_history(self) -> None:
        self.history_asked.emit(self.field.key)

    @Slot()
    def _on_attach(self) -> None:
        self.files_asked.emit(self.field.key)


def text_of(record: Record, field: Field, ledger: Ledger, *, choices: bool) -> str:
    """Return the text that an editor opens with."""
    value = record.get(field.key)
    if value is None:
        gone = record.state(field.key) is ValueState.NOT_APPLICABLE
        return t("ledger.not_applicable") if gone else ""
    if field.type is FieldType.REF:
        target = ledger.find(field.target, str(value))
        return str(value) if choices or target is None else target.label
    if isinstance(value, bool):
        return t("ui.yes") if value else t("ui.no")
    return value if isinstance(value, str) and field.choices else editable(value, field)


def need_words(entity: Entity, field: Field) -> str:
    """Return in words whether the field must be filled."""
    if is_one_of(entity, field):
        return t("ledger.one_of")
    if field.key in entity.required_any or field.need is Need.REQUIRED:
        return t("ledger.required")
    return t("record_form.for_assessment") if field.need is Need.ASSESSMENT else ""
