# SPDX-License-Identifier: MIT
"""What a filled-in form or a returned package says differently, taken row by row."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from workbench.domain.checklist.differences import ItemDifference
from workbench.domain.checklist.handover import HandedFile
from workbench.domain.checklist.state import ItemStatus, Refusal
from workbench.domain.values import Value
from workbench.ui.pages.checklist.choice import Choice, ChoiceTable, take_words
from workbench.ui.pages.evidence.box import shown_size
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column

_FILE = "file"


class DifferencesDialog(Dialog):
    """``take_asked`` carries (item, field) pairs, SHA-256 of files, and whether comments come.

    What both sides changed, and what the rules refuse, is left until somebody takes it.
    """

    take_asked = Signal(object, object, bool)

    def __init__(self, host: QWidget, title: str) -> None:
        super().__init__(host, title, width=940, height=600)
        self._said = Label("", "caption", wrap=True)
        self.problems = Label("", "caption", tone="danger", wrap=True, selectable=True)
        self.problems.hide()
        columns = [
            Column(t("checklist_work.head.item"), 84),
            Column(t("checklist_work.head.field"), 96),
            Column(t("checklist_work.head.ours"), share=2),
            Column(t("checklist_work.head.theirs"), share=3),
        ]
        self.table = ChoiceTable(title, columns, take_words())
        self.comments = QCheckBox("")
        self.comments.setChecked(True)
        self.comments.hide()
        every = Button(t("checklist_more.take_all"), "link")
        none = Button(t("checklist_more.leave_all"), "link")
        every.clicked.connect(self._on_all)
        none.clicked.connect(self._on_none)
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        row.addWidget(every)
        row.addWidget(none)
        self.body.addLayout(row)
        self.body.addWidget(self.problems)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.comments)
        self.add_cancel()
        self.apply = self.add_button("", "primary")
        self.apply.clicked.connect(self._on_apply)
        self.table.choice_changed.connect(self._on_changed)
        self.comments.toggled.connect(self._on_changed)
        self._on_changed()

    def set_differences(
        self,
        found: Sequence[ItemDifference],
        refused: Mapping[str, Refusal],
        *,
        files: Sequence[HandedFile] = (),
        comments: int = 0,
        problems: Sequence[str] = (),
    ) -> None:
        """Show what differs, the new files, and what could not be read."""
        choices = [_difference(d, refused.get(d.item_id)) for d in found]
        choices += [_file(file) for file in files]
        left = {_key(d) for d in found if d.conflict or d.item_id in refused}
        self.table.set_choices(choices, {choice.key for choice in choices} - left)
        conflicts = sum(d.conflict for d in found)
        key = "differences_n" if choices or comments else "no_differences"
        self._said.setText(
            t(f"checklist_more.{key}", n=len(found), files=len(files), conflicts=conflicts)
        )
        self.problems.setText("\n".join(problems))
        self.problems.setVisible(bool(problems))
        self.comments.setText(t("checklist_more.with_comments", n=comments))
        self.comments.setVisible(comments > 0)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        count = len(self.table.taken())
        self.apply.set_text(t("checklist_more.take_n", n=count))
        with_words = not self.comments.isHidden() and self.comments.isChecked()
        self.apply.setEnabled(count > 0 or with_words)

    @Slot()
    def _on_all(self) -> None:
        self.table.take_all(True)

    @Slot()
    def _on_none(self) -> None:
        self.table.take_all(False)

    @Slot()
    def _on_apply(self) -> None:
        keys = [key.split("\t") for key in self.table.taken()]
        pairs = frozenset((item, field) for kind, item, field in keys if kind != _FILE)
        files = frozenset(name for kind, _item, name in keys if kind == _FILE)
        self.take_asked.emit(pairs, files, self.comments.isChecked())


def _key(difference: ItemDifference) -> str:
    return f"difference\t{difference.item_id}\t{difference.field}"


def _difference(difference: ItemDifference, refused: Refusal | None) -> Choice:
    theirs = Cell(_words(difference.field, difference.theirs))
    if refused is not None:
        why = t(refused.text_key, **refused.params)
        theirs = Cell(theirs.text, why, "danger")
    elif difference.conflict:
        theirs = Cell(theirs.text, t("checklist_more.conflict"), "warn", strong=True)
    return Choice(
        _key(difference),
        (
            Cell(difference.item_id),
            Cell(t(f"checklist_work.field.{difference.field}")),
            Cell(_words(difference.field, difference.ours), tone="text2"),
            theirs,
        ),
    )


def _file(file: HandedFile) -> Choice:
    cells = (
        Cell(file.item_id),
        Cell(t("checklist_more.evidence")),
        Cell("—", tone="text2"),
        Cell(file.name, shown_size(file.size)),
    )
    return Choice(f"{_FILE}\t{file.item_id}\t{file.sha256}", cells)


def _words(field: str, value: Value | None) -> str:
    """Return one side of a difference as it is read."""
    if value is None:
        return "—"
    if field == "status":
        return t(ItemStatus(str(value)).text_key)
    if isinstance(value, tuple):
        return t("assessment.comma").join(str(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)
