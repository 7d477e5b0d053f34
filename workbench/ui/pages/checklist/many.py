# SPDX-License-Identifier: MIT
"""Several checklist items at once: one answer, seen item by item before it is given, one step."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QStackedWidget, QWidget

from workbench.application.checklist.reviewing import Verdict
from workbench.domain.checklist.many import Answer, Outcome
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.findings import UserError
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import icons, theme
from workbench.ui.pages.checklist.choice import Choice, ChoiceTable
from workbench.ui.pages.checklist.items import STATUS_MARKS
from workbench.ui.pages.day_edit import DayEdit
from workbench.ui.texts import language, t
from workbench.ui.typed.drafts import DraftWords
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column

_SETTLES_AFTER_MS = 150


class Act(StrEnum):
    """What can be done with many items; statuses by their stored word."""

    DONE = ItemStatus.DONE.value
    PARTIAL = ItemStatus.PARTIAL.value
    OPEN = ItemStatus.OPEN.value
    UNKNOWN = ItemStatus.UNKNOWN.value
    NOT_APPLICABLE = ItemStatus.NOT_APPLICABLE.value
    OWNER = "owner"
    DUE = "due"
    SUBMIT = Verdict.SUBMIT.value
    ACCEPT = Verdict.ACCEPT.value
    SEND_BACK = Verdict.SEND_BACK.value

    @property
    def status(self) -> ItemStatus | None:
        """Return the status that is set, or None."""
        return next((s for s in ItemStatus if s.value == self.value), None)

    @property
    def verdict(self) -> Verdict | None:
        """Return what is done in review, or None."""
        return next((v for v in Verdict if v.value == self.value), None)

    @property
    def word(self) -> str:
        """Return what a menu calls it."""
        status = self.status
        return t(status.text_key) if status else t(f"checklist_many.{self.value}")


_ASKED = {
    Act.NOT_APPLICABLE: "reason", Act.OWNER: "owner", Act.ACCEPT: "note", Act.SEND_BACK: "note",
}  # fmt: skip
"""What an act asks for in words, by the text key of the field; the due date has its own."""


def many_menu(parent: QWidget) -> QMenu:
    """Return a menu of what can be done with many items; each action carries its Act."""
    menu = QMenu(parent)
    menu.setAccessibleName(t("checklist_many.act"))
    for act in Act:
        if act in (Act.OWNER, Act.SUBMIT):
            menu.addSeparator()
        action = QAction(act.word, menu)
        if act.status is not None:
            action.setIcon(icons.icon(*STATUS_MARKS[act.status]))
        action.setData(act.value)
        menu.addAction(action)
    return menu


class ManyButton(Button):
    """Is there while several items are chosen; a click asks what to do with all."""

    def __init__(self) -> None:
        super().__init__("", icon="list-checks")
        self.hide()

    @Slot(int)
    def show_count(self, count: int) -> None:
        """Say how many items are chosen; for one alone the button is not needed."""
        self.set_text(t("checklist.set_many", n=count))
        self.setVisible(count > 1)


class ManyDialog(Dialog):
    """Shows what each item would become; those that the rules forbid are named and left out."""

    def __init__(
        self, context: UiContext, assessment: Record, items: Sequence[str], act: Act
    ) -> None:
        host = context.shell.dialog_host
        title = t("checklist_many.title", n=len(items))
        super().__init__(host, title, width=860, height=560)
        self._context, self._assessment, self._items = context, assessment, list(items)
        self.act = ChoiceBox(t("checklist_many.act"), [(a.value, a.word) for a in Act], act.value)
        self.words = QLineEdit()
        self.day = DayEdit(t("checklist.due"))
        self._field = QStackedWidget()
        for field in (QWidget(), self.words, self.day):
            self._field.addWidget(field)
        self._field.setFixedHeight(self.words.sizeHint().height())
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SETTLES_AFTER_MS)
        self._clock.timeout.connect(self._look)
        columns = [
            Column(t("checklist_window.column.item"), share=4),
            Column(t("checklist_many.now"), share=2),
            Column(t("checklist_many.then"), share=3),
        ]
        words = t("checklist_many.include"), t("checklist_many.exclude")
        self.table = ChoiceTable(title, columns, words)
        self._lay_out()
        self.add_cancel()
        self.apply = self.add_button("", "primary")
        self.apply.clicked.connect(self._on_apply)
        self.table.choice_changed.connect(self._on_choice)
        self.act.currentIndexChanged.connect(self._on_act)
        self.words.textChanged.connect(self._on_typed)
        self.day.textChanged.connect(self._clock.start)
        for field in (self.words, self.day):
            field.returnPressed.connect(self._look_now)
        self.closed.connect(self._clock.stop)
        self._on_act()

    @override
    def open(self) -> None:
        """Show the dialog with the cursor where something must be typed."""
        super().open()
        field = self._field.currentWidget()
        if isinstance(field, QLineEdit):
            field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _lay_out(self) -> None:
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(12))
        label = Label(t("checklist_many.act"), "caption")
        label.setBuddy(self.act)
        row.addWidget(label)
        row.addWidget(self.act)
        row.addWidget(self._field, 1)
        self.body.addLayout(row)
        self.body.addWidget(Label(t("checklist_many.about"), "caption", wrap=True))
        self.body.addWidget(self.table, 1)

    def _wanted(self) -> Act:
        return Act(self.act.chosen())

    def _outcomes(self, items: Sequence[str]) -> tuple[Outcome, ...]:
        act, services = self._wanted(), self._context.services
        if verdict := act.verdict:
            reviewing = services.checklists.reviewing
            return reviewing.outcomes(self._assessment, items, verdict, self.words.text())
        return services.ticking.outcomes(self._assessment, items, self._answer())

    def _answer(self) -> Answer:
        act, words = self._wanted(), self.words.text().strip()
        if act is Act.OWNER:
            return Answer(owner=words)
        if act is Act.DUE:
            day = self.day.day()
            return Answer(due=() if day is None else (day,))
        return Answer(act.status, words if act is Act.NOT_APPLICABLE else "")

    @Slot()
    def _on_act(self) -> None:
        """Ask for what the act needs, with the words that were begun for it."""
        act = self._wanted()
        asked = _ASKED.get(act)
        self._field.setCurrentIndex(2 if act is Act.DUE else 1 if asked else 0)
        if asked:
            self.words.setAccessibleName(t(f"checklist_many.{asked}"))
            self.words.setPlaceholderText(t(f"checklist_many.{asked}_hint"))
            self.words.setText(self._drafts().get(act.value, ""))
        self._look()

    @Slot(str)
    def _on_typed(self, words: str) -> None:
        if words:
            self._drafts()[self._wanted().value] = words
        else:
            self._drafts().pop(self._wanted().value, None)
        self._clock.start()

    def _drafts(self) -> DraftWords:
        """Return the words begun, by act; they outlive dialog and program until they are used."""
        return DraftWords(self._context.drafts, "checklist_many", t("checklist_many.act"))

    @Slot()
    def _look_now(self) -> None:
        """Show what was typed a moment ago, before Return presses the button."""
        if self._clock.isActive():
            self._look()

    @Slot()
    def _look(self) -> None:
        """Show what each item would become."""
        self._clock.stop()
        found = self._outcomes(self._items)
        refused = sum(outcome.refusal is not None for outcome in found)
        same = sum(not outcome.changes for outcome in found) - refused
        act = self._wanted()
        choices = [_choice(outcome, act) for outcome in found]
        self.table.set_choices(choices, [c.key for c in choices])
        said = t("checklist_many.counts", refused=refused, same=same)
        wrong = act is Act.DUE and self.day.is_wrong()
        if wrong:
            said = t("checklist.bad_date", value=self.day.text().strip())
        self.set_note(said, "danger" if wrong else "")

    @Slot()
    def _on_choice(self) -> None:
        count = len(self.table.taken())
        self.apply.set_text(t("checklist_many.apply", n=count))
        wrong = self._wanted() is Act.DUE and self.day.is_wrong()
        self.apply.setEnabled(count > 0 and not wrong)

    @Slot()
    def _on_apply(self) -> None:
        QGuiApplication.inputMethod().commit()
        self._look_now()
        taken = self.table.taken()
        items = [item for item in self._items if item in taken]
        if not items:
            return
        try:
            self._give(items)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self._drafts().pop(self._wanted().value, None)
        self.close_dialog()

    def _give(self, items: Sequence[str]) -> None:
        services, note = self._context.services, self.words.text()
        reviewing = services.checklists.reviewing
        match self._wanted().verdict:
            case Verdict.SUBMIT:
                reviewing.submit(self._assessment, items)
            case Verdict.ACCEPT:
                reviewing.accept(self._assessment, items, note)
            case Verdict.SEND_BACK:
                reviewing.send_back(self._assessment, items, note)
            case None:
                services.ticking.answer(self._assessment, items, self._answer())


def _choice(outcome: Outcome, act: Act) -> Choice:
    """Return the row of an item; what is refused or stays the same is only read."""
    before, after = _side(outcome.before, act), _side(outcome.after, act)
    if outcome.refusal is not None:
        then = Cell(t(outcome.refusal.text_key, **outcome.refusal.params), tone="danger")
    elif not outcome.changes:
        then = Cell(t("checklist_many.unchanged"), tone="text3")
    else:
        reason = outcome.after.reason if act is Act.NOT_APPLICABLE else ""
        then = Cell(after, reason, strong=True)
    title = f"{outcome.item.id}  {outcome.item.title.get(language())}"
    return Choice(outcome.item.id, (Cell(title), Cell(before, tone="text2"), then), outcome.changes)


def _side(state: ItemState, act: Act) -> str:
    """Return what an act is about, as a state has it."""
    if act is Act.OWNER:
        return state.owner or "—"
    if act is Act.DUE:
        return state.due.isoformat() if state.due else "—"
    if act.verdict is not None:
        return t(state.review.status.text_key if state.review else "checklist_window.not_submitted")
    return t(state.status.text_key)
