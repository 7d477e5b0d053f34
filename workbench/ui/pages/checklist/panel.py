# SPDX-License-Identifier: MIT
"""The right pane of the checklist: everything about one item, and what can be set on it."""

from collections.abc import MutableMapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.because import because_words, path_words
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.overriding import override
from workbench.ui.context import UiContext
from workbench.ui.look import icons, theme
from workbench.ui.pages.checklist.cases import CasesBox
from workbench.ui.pages.checklist.comments import CommentsBox
from workbench.ui.pages.checklist.items import STATUS_MARKS
from workbench.ui.pages.checklist.lines import ItemLine, unsound_words
from workbench.ui.pages.checklist.review import ReviewBox
from workbench.ui.pages.checklist.waiting import WaitingBox
from workbench.ui.pages.day_edit import DayEdit
from workbench.ui.pages.evidence.box import EvidenceBox
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.form import Form
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.key_values import KeyValue, KeyValues
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill

PANEL_WIDTH = 336


class NoteEdit(QPlainTextEdit):
    """A few lines of words; ``finished`` when the focus leaves after a change."""

    finished = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.current().px(64))

    def set_words(self, words: str) -> None:
        """Show other words; words being typed stay."""
        if not (self.hasFocus() and self.document().isModified()):
            self.setPlainText(words)
            self.document().setModified(False)

    def words(self) -> str:
        """Return the words without space round them."""
        return self.toPlainText().strip()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.document().isModified():
            self.document().setModified(False)
            self.finished.emit()


class ItemPanel(Box):
    """Shows one item; ``state_wanted`` carries the state to set, the rest is about evidence."""

    state_wanted = Signal(object)

    def __init__(self, context: UiContext, drafts: MutableMapping[str, str]) -> None:
        super().__init__("panel", margins=(1, 0, 0, 0))
        self._line: ItemLine | None = None
        self._page = ScrollPage("surface", margins=(16, 14, 16, 16), spacing=10)
        self._title = Label("", "section", wrap=True)
        self._pills = QHBoxLayout()
        self._pills.setSpacing(theme.current().px(6))
        self._rule = Label("", "caption", wrap=True)
        self._unsound = Banner("", "danger")
        self._unsound.hide()
        self._refusal = Banner("", "danger")
        self._refusal.hide()
        self.evidence = EvidenceBox()
        self.waiting = WaitingBox()
        self.review = ReviewBox()
        self.comments = CommentsBox(drafts)
        self.cases = CasesBox(context)
        self.status = ChoiceBox(t("checklist.status"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("checklist.reason"))
        self.reason.setPlaceholderText(t("checklist.reason_hint"))
        self.owner = QLineEdit()
        self.owner.setAccessibleName(t("checklist.owner"))
        self.due = DayEdit(t("checklist.due"))
        self.note = NoteEdit(t("checklist.note"))
        self._about = KeyValues(label_width=72)
        self._page.add(self._title)
        self._page.add(self._pills)
        self._page.add(self._rule)
        self._page.add(self._unsound)
        self._page.add(self._refusal)
        self._page.add(self._form())
        parts = (self.evidence, self.review, self.waiting, self.comments, self.cases, self._about)
        for part in parts:
            self._page.add(Hairline())
            self._page.add(part)
        self._page.content.addStretch(1)
        self.add(self._page)
        self._connect()

    def set_line(self, line: ItemLine, sheet: ChecklistSheet) -> None:
        """Show an item."""
        other = self._line is None or self._line.item.id != line.item.id
        self._line = line
        item, state = line.item, line.state
        self._title.setText(f"{item.id}  {item.title.get(language())}")
        self._show_pills(line)
        self._rule.setText(
            t("checklist.rule_red") if item.red_line else t("checklist.rule_evidence")
        )
        self._unsound.set_notice(unsound_words(state) if state.unsound else "", "danger")
        self._unsound.setVisible(bool(state.unsound))
        self.show_refusal(line.refused)
        self.evidence.set_evidence(sheet.evidence.get(item.id, ()), states=sheet.unsound)
        self.waiting.set_waiting(sheet, item.id)
        self.review.set_state(state)
        self.cases.set_item(item, sheet)
        self.status.choose(state.status.value)
        if other or not self.reason.isModified():
            self.reason.setText(state.reason)
        if other or not self.owner.isModified():
            self.owner.setText(state.owner)
        self.due.set_day(state.due)
        self.note.set_words(state.note)
        self._show_reason(state.status is ItemStatus.NOT_APPLICABLE)
        self._about.set_rows(self._facts(line))

    def show_refusal(self, sentence: str) -> None:
        """Say why a wish was not granted; "" takes the notice away."""
        self._refusal.set_notice(sentence, "danger")
        self._refusal.setVisible(bool(sentence))

    def refusal(self) -> str:
        """Return the sentence shown, or ""."""
        return self._line.refused if self._line else ""

    def ask_reason(self) -> None:
        """Show 不适用 as wanted and wait for its reason, without which nothing is set."""
        self.status.choose(ItemStatus.NOT_APPLICABLE.value)
        self._show_reason(True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Take over what is still being typed."""
        for editor in (self.reason, self.owner, self.due, self.note):
            if editor.hasFocus():
                editor.clearFocus()

    def _form(self) -> QWidget:
        """Return the fields that can be set."""
        px = theme.current().px
        holder = QWidget()
        form = self._fields = Form(holder)
        form.setFieldGrowthPolicy(Form.FieldGrowthPolicy.ExpandingFieldsGrow)
        for status in ItemStatus:
            icon, tone = STATUS_MARKS[status]
            self.status.addItem(icons.icon(icon, tone), t(status.text_key), status.value)
        for words, editor in (
            (t("checklist.status"), self.status),
            (t("checklist.reason"), self.reason),
            (t("checklist.owner"), self.owner),
            (t("checklist.due"), self.due),
            (t("checklist.note"), self.note),
        ):
            label = form.add_field(words, editor, "caption")
            label.setMinimumWidth(px(64))
        return holder

    def _connect(self) -> None:
        self.status.activated.connect(self._on_status)
        self.reason.editingFinished.connect(self._on_reason)
        self.owner.editingFinished.connect(self._on_owner)
        self.due.day_changed.connect(self._on_due)
        self.due.refused.connect(self._on_bad_day)
        self.note.finished.connect(self._on_note)

    def _show_pills(self, line: ItemLine) -> None:
        clear_layout(self._pills)
        if line.item.red_line:
            self._pills.addWidget(Pill(t("checklist.red_line"), "danger"))
        if line.overdue_days:
            self._pills.addWidget(Pill(t("checklist.overdue_n", n=line.overdue_days), "danger"))
        count = t("checklist.evidence_n", n=line.state.evidence_count)
        tone = "neutral" if line.state.sound else "warn"
        self._pills.addWidget(Pill(count, tone, dot=False))
        if line.waits_for:
            waits = t("checklist_window.waits_n", n=len(line.waits_for))
            self._pills.addWidget(Pill(waits, "warn", dot=False))
        self._pills.addStretch(1)

    def _show_reason(self, shown: bool) -> None:
        self._fields.setRowVisible(self.reason, shown)

    def _facts(self, line: ItemLine) -> list[KeyValue]:
        item = line.item
        roles = "、".join(t(role.text_key) for role in item.roles)
        return [
            KeyValue(t("checklist.why"), item.why.get(language())),
            KeyValue(t("checklist.evidence"), item.evidence.get(language())),
            KeyValue(t("checklist.roles"), roles),
            KeyValue(t("checklist.applies_to"), " ".join(path_words(item.paths, texts_in_use()))),
            KeyValue(
                t("checklist_window.applies_because"),
                because_words(line.opening, texts_in_use()) if line.opening else "—",
            ),
            KeyValue(t("checklist.weight"), str(item.weight)),
        ]

    def _state(self) -> ItemState | None:
        return self._line.state if self._line else None

    @Slot(int)
    def _on_status(self, at: int) -> None:
        wanted = ItemStatus(self.status.itemData(at))
        state = self._state()
        if state is None or wanted is state.status:
            return
        if wanted is ItemStatus.NOT_APPLICABLE and not self.reason.text().strip():
            self.ask_reason()
            return
        self.state_wanted.emit(replace(state, status=wanted, reason=self.reason.text().strip()))

    @Slot()
    def _on_reason(self) -> None:
        state, reason = self._state(), self.reason.text().strip()
        self.reason.setModified(False)
        wanted = ItemStatus(self.status.chosen())
        if state and (reason, wanted) != (state.reason, state.status):
            self.state_wanted.emit(replace(state, status=wanted, reason=reason))

    @Slot()
    def _on_owner(self) -> None:
        state, owner = self._state(), self.owner.text().strip()
        self.owner.setModified(False)
        if state and owner != state.owner:
            self.state_wanted.emit(replace(state, owner=owner))

    @Slot(object)
    def _on_due(self, day: object) -> None:
        if state := self._state():
            self.state_wanted.emit(replace(state, due=day))  # type: ignore[arg-type]  # a Qt signal carries objects

    @Slot(str)
    def _on_bad_day(self, text: str) -> None:
        self.show_refusal(t("checklist.bad_date", value=text))

    @Slot()
    def _on_note(self) -> None:
        state, note = self._state(), self.note.words()
        if state and note != state.note:
            self.state_wanted.emit(replace(state, note=note))
