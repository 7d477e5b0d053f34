# SPDX-License-Identifier: MIT
"""What was said about an item, and a box to say more; words not sent yet stay with their item."""

from collections.abc import MutableMapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from workbench.application.checklist.reviewing import Comment
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.pages.checklist.review import moment
from workbench.ui.texts import t
from workbench.ui.typed.drafts import DraftWords
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import Label


class CommentsBox(Box):
    """``comment_asked`` carries what was written; the words stay until ``forget`` is called.

    ``drafts`` are the words that were not sent, by the place that they are about.
    """

    comment_asked = Signal(str)

    def __init__(self, drafts: MutableMapping[str, str]) -> None:
        super().__init__("plain", spacing=6)
        self._drafts = drafts
        self._place = ""
        self._shown: tuple[Comment, ...] | None = None
        self.add(Label(t("checklist_window.comments"), "strong"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.current().px(6))
        self.add(self._list)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName(t("checklist_window.comment"))
        self.words.setPlaceholderText(t("checklist_window.comment_hint"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.current().px(56))
        self.words.textChanged.connect(self._on_typed)
        self.add(self.words)
        row = QHBoxLayout()
        row.addStretch(1)
        self.send = Button(t("checklist_window.send"), shortcut="Ctrl+Enter")
        self.send.setEnabled(False)
        self.send.clicked.connect(self._on_send)
        row.addWidget(self.send)
        self.add(row)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self.words, self._on_send)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def set_comments(self, place: str, comments: Sequence[Comment]) -> None:
        """Show what was said about a place, and the words begun there."""
        if place != self._place:
            QGuiApplication.inputMethod().commit()
            self._place = place
            self.words.setPlainText(self._drafts.get(place, ""))
        said = tuple(comments)
        if said == self._shown:
            return
        self._shown = said
        clear_layout(self._list)
        for comment in said:
            head = t("ui.gap").join((comment.author, moment(comment.at)))
            self._list.addWidget(Label(head, "hint"))
            self._list.addWidget(Label(comment.text, wrap=True, selectable=True))
        if not said:
            self._list.addWidget(Label(t("checklist_window.no_comments"), "caption", wrap=True))

    def comments(self) -> tuple[Comment, ...]:
        """Return what is shown."""
        return self._shown or ()

    def forget(self, place: str) -> None:
        """Take away the words of a place, which were kept now."""
        self._drafts.pop(place, None)
        if place == self._place:
            self.words.clear()

    @Slot()
    def _on_typed(self) -> None:
        words = self.words.toPlainText()
        self.send.setEnabled(bool(words.strip()))
        if words.strip():
            self._drafts[self._place] = words
        else:
            self._drafts.pop(self._place, None)

    @Slot()
    def _on_send(self) -> None:
        QGuiApplication.inputMethod().commit()
        if words := self.words.toPlainText().strip():
            self.comment_asked.emit(words)


def drafts_of(context: UiContext) -> DraftWords:
    """Return the words not sent yet, which outlive the page and the program."""
    return DraftWords(context.drafts, "comment", t("drafts.comment"))
