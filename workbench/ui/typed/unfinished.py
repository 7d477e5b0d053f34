# SPDX-License-Identifier: MIT
"""Says at the opening of a project what was typed and not kept, and shows the words."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit

from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row


def tell_unfinished(context: UiContext) -> None:
    """Say how much was left unfinished the last time; nothing when nothing was."""
    drafts = context.drafts.all()
    if not drafts:
        return
    titles = list(dict.fromkeys(draft.title for draft in drafts.values()))
    named = t("drafts.comma").join(titles[:2]) + ("…" if len(titles) > 2 else "")
    context.shell.show_toast(
        t("drafts.left", n=len(drafts), titles=named),
        t("drafts.look"),
        lambda: UnfinishedDialog(context).open(),
    )


class UnfinishedDialog(Dialog):
    """Lists the drafts; the words of the chosen one can be copied, or thrown away."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.shell.dialog_host, t("drafts.title"), width=640, height=460)
        self._drafts = context.drafts
        self.body.addWidget(Label(t("drafts.about"), "caption", wrap=True))
        columns = (Column(t("drafts.place"), share=4), Column(t("drafts.at"), width=150))
        self.table = ReadTable(t("drafts.title"), columns, fits=False, opens=True)
        self.table.row_opened.connect(self._on_chosen)
        self.body.addWidget(self.table, 1)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName(t("drafts.words"))
        self.words.setFixedHeight(theme.current().px(120))
        self.body.addWidget(self.words)
        self.forget = self.add_button(t("drafts.forget"))
        self.forget.clicked.connect(self._on_forget)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)
        self._place = ""
        self._show()

    def _show(self) -> None:
        rows = [
            Row(place, (Cell(draft.title), Cell(draft.at[:16].replace("T", " "))))
            for place, draft in self._drafts.all().items()
        ]
        self.table.set_rows(rows)
        self._on_chosen(rows[0].key if rows else "")

    @Slot(str)
    def _on_chosen(self, place: str) -> None:
        self._place = place
        draft = self._drafts.get(place)
        self.words.setPlainText("\n".join(_words(draft.state)) if draft else "")
        self.forget.setEnabled(draft is not None)

    @Slot()
    def _on_forget(self) -> None:
        self._drafts.drop(self._place)
        self._show()


def _words(state: object) -> list[str]:
    """Return every word of a draft, whatever its form."""
    if isinstance(state, str):
        return [state] if state.strip() else []
    if isinstance(state, dict):
        return [line for value in state.values() for line in _words(value)]
    if isinstance(state, list):
        return [line for value in state for line in _words(value)]
    return []
