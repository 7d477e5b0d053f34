# SPDX-License-Identifier: MIT
"""The review of an item: where it stands, who said what, and handing it on."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from workbench.domain.checklist.state import ItemState, ItemStatus, Review, ReviewStatus
from workbench.ui.look import theme
from workbench.ui.pages.checklist.items import REVIEW_TONES
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill

_NOTHING_YET = (ItemStatus.UNKNOWN, ItemStatus.OPEN)


class ReturnDialog(Dialog):
    """Asks what is to be mended; ``accepted`` carries it, and without words nothing is sent."""

    accepted = Signal(str)

    def __init__(self, host: QWidget, item_id: str) -> None:
        super().__init__(host, t("checklist_window.return_title", item=item_id), width=480)
        self.body.addWidget(Label(t("checklist_window.return_text"), "caption", wrap=True))
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(t("checklist_window.return_note"))
        self.note.setPlaceholderText(t("checklist_window.return_hint"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.current().px(88))
        self.note.textChanged.connect(self._on_typed)
        self.body.addWidget(self.note)
        self.add_cancel()
        self.apply = self.add_button(t("checklist_window.send_back"), "primary")
        self.apply.setEnabled(False)
        self.apply.clicked.connect(self._on_apply)

    @Slot()
    def _on_typed(self) -> None:
        self.apply.setEnabled(bool(self.note.toPlainText().strip()))

    @Slot()
    def _on_apply(self) -> None:
        QGuiApplication.inputMethod().commit()
        words = self.note.toPlainText().strip()
        self.finish(lambda: self.accepted.emit(words))


class ReviewBox(Box):
    """Emits what is asked for; which buttons are there depends on where the item stands."""

    submit_asked = Signal()
    accept_asked = Signal()
    return_asked = Signal()

    def __init__(self) -> None:
        super().__init__("plain", spacing=6)
        head = QHBoxLayout()
        head.addWidget(Label(t("checklist_window.review"), "strong"))
        self.pill = Pill("", "neutral")
        head.addWidget(self.pill)
        head.addStretch(1)
        self._said = Label("", "caption", wrap=True)
        self._note = Label("", "body", wrap=True, selectable=True)
        self.submit = Button(t("checklist_window.submit"))
        self.accept = Button(t("checklist_window.accept"), icon="check")
        self.send_back = Button(t("checklist_window.send_back"))
        self.submit.clicked.connect(self.submit_asked)
        self.accept.clicked.connect(self.accept_asked)
        self.send_back.clicked.connect(self.return_asked)
        acts = QHBoxLayout()
        acts.setSpacing(theme.current().px(8))
        for button in (self.submit, self.accept, self.send_back):
            acts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        acts.addStretch(1)
        self.add(head)
        self.add(self._said)
        self.add(self._note)
        self.add(acts)

    def set_state(self, state: ItemState) -> None:
        """Show where an item stands."""
        review = state.review
        status = None if review is None else review.status
        if status is None:
            self.pill.set_pill(t("checklist_window.not_submitted"), "neutral")
        else:
            self.pill.set_pill(t(status.text_key), REVIEW_TONES[status])
        waits = status is ReviewStatus.SUBMITTED
        self._said.setText(_said(review) if review else t("checklist_window.review_hint"))
        self._note.setText(review.note if review else "")
        self._note.setVisible(bool(review and review.note))
        self.submit.setVisible(status in (None, ReviewStatus.RETURNED))
        self.submit.setEnabled(state.standing not in _NOTHING_YET)
        self.accept.setVisible(waits)
        self.send_back.setVisible(waits)


def _said(review: Review) -> str:
    """Return who handed in and who looked at it, and when."""
    words = [
        t("checklist_window.submitted_by", name=review.submitted_by, at=moment(review.submitted_at))
    ]
    if review.reviewer:
        key = f"checklist_window.reviewed_{review.status.name.lower()}"
        words.append(t(key, name=review.reviewer, at=moment(review.reviewed_at)))
    return t("ui.gap").join(words)


def moment(at: str) -> str:
    """Return a stored moment to the minute, as it is read."""
    return at[:16].replace("T", " ")
