# SPDX-License-Identifier: MIT
"""The editor of a checklist edition: items in a list, the chosen one in a form, checked live."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from workbench.domain.checklist.edition_form import EditionDraft
from workbench.domain.checklist.template import Stage
from workbench.domain.findings import InputError, UserError
from workbench.domain.overriding import override
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.checklist.edition_words import change_rows
from workbench.ui.pages.settings.edition_item import ItemForm
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
Step = Callable[[EditionDraft], EditionDraft]
_SETTLES_AFTER_MS = 250
_LIST_WIDTH = 380


class EditionDialog(Dialog):
    """Writes an edition; what is typed is kept in the project until it is saved or forgotten.

    ``saved`` carries the new version.
    """

    saved = Signal(str)

    def __init__(self, context: UiContext, draft: EditionDraft, *, taken_up: bool = False) -> None:
        title = t("checklist_editor.title", version=draft.base)
        super().__init__(context.shell.dialog_host, title, width=1120, height=740)
        self._context = context
        self._forms = context.services.checklists.edition_forms
        self._draft = draft
        self._first = self._forms.begin(draft.base)
        self._base = {row["id"]: row for row in self._first.rows}
        self._at = 0
        self._wrong: dict[str, InputError] = {}
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SETTLES_AFTER_MS)
        self._clock.timeout.connect(self._settle)
        self.version = QLineEdit(draft.version)
        self.name = QLineEdit(draft.name)
        columns = [Column("", 84), Column(t("checklist_window.column.item"), share=1)]
        self.table = ReadTable(t("checklist.items"), columns, fits=False)
        self.table.setFixedWidth(theme.current().px(_LIST_WIDTH))
        self.form = ItemForm(context.services.content)
        self.add_item = Button(t("checklist_editor.add"), icon="plus")
        self.remove = Button(t("checklist_editor.remove"), icon="trash-2")
        self.up = IconButton("arrow-up", t("checklist_editor.up"))
        self.down = IconButton("arrow-down", t("checklist_editor.down"))
        self.undo = IconButton("undo-2", t("checklist_editor.undo"))
        self._steps: list[tuple[Step, int]] = []
        """How each step of adding, removing and moving is taken back, and the place before it."""
        self._lay_out()
        self.forget = self.add_button(t("checklist_editor.forget"))
        self.later = self.add_button(t("checklist_editor.later"))
        self.save = self.add_button(t("checklist_editor.review"), "primary")
        self._connect()
        self._show_rows()
        self._show_item()
        self._check()
        if taken_up:
            self.set_note(t("checklist_editor.taken_up"))

    def draft(self) -> EditionDraft:
        """Return what the form says."""
        return self._draft

    def _lay_out(self) -> None:
        px = theme.current().px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        for key, editor in (("version", self.version), ("name", self.name)):
            label = Label(t(f"checklist_editor.{key}"), "caption")
            label.setBuddy(editor)
            editor.setAccessibleName(t(f"checklist_editor.{key}"))
            head.addWidget(label)
            head.addWidget(editor)
        self.version.setMaximumWidth(px(160))
        self.name.setPlaceholderText(t("checklist_editor.name_hint"))
        self.body.addLayout(head)
        self.body.addWidget(Label(t("checklist_editor.about"), "caption", wrap=True))
        body = QHBoxLayout()
        body.setSpacing(px(16))
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addWidget(self.table, 1)
        tools = QHBoxLayout()
        tools.addWidget(self.add_item)
        tools.addWidget(self.remove)
        tools.addStretch(1)
        for button in (self.up, self.down, self.undo):
            tools.addWidget(button)
        left.addLayout(tools)
        body.addLayout(left)
        body.addWidget(self.form, 1)
        self.body.addLayout(body, 1)

    def _connect(self) -> None:
        self.table.selectionModel().currentChanged.connect(self._on_chosen)
        self.form.changed.connect(self._on_typed)
        self.version.textChanged.connect(self._on_head)
        self.name.textChanged.connect(self._on_head)
        self.add_item.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.up.clicked.connect(partial(self._move, -1))
        self.down.clicked.connect(partial(self._move, 1))
        self.undo.clicked.connect(self._on_undo)
        self.table.installEventFilter(self)
        self.forget.clicked.connect(self._on_forget)
        self.later.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_review)
        self.closed.connect(self._clock.stop)

    def _show_rows(self) -> None:
        """Show the items with what is new, changed, removed or wrong."""
        rows = [Row(str(at), self._cells(row)) for at, row in enumerate(self._draft.rows)]
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.set_rows(rows)
        self.table.choose(str(self._at))
        self.table.selectionModel().blockSignals(blocked)

    def _cells(self, row: Mapping[str, str]) -> tuple[Cell, Cell]:
        code = row["id"]
        title = row["title"] if language().startswith("zh") else row["title_en"] or row["title"]
        words, tone = "", "text2"
        if code in self._draft.removed:
            words, tone = t("checklist_more.removed"), "danger"
        elif code in self._wrong:
            words, tone = t("checklist_editor.wrong"), "danger"
        elif code not in self._base:
            words, tone = t("checklist_more.added"), "success"
        elif row != self._base[code]:
            words, tone = t("checklist_more.changed"), "warn"
        red = t("checklist.red_line") if row["red_line"] else ""
        return Cell(words, tone=tone), Cell(f"{code}  {title}", red)

    def _show_item(self) -> None:
        row = self._draft.rows[self._at]
        gone = row["id"] in self._draft.removed
        self.form.set_row(row, gone=gone)
        self.remove.set_text(t("checklist_editor.restore" if gone else "checklist_editor.remove"))
        self.up.setEnabled(self._draft.neighbour(self._at, -1) is not None)
        self.down.setEnabled(self._draft.neighbour(self._at, 1) is not None)
        self.undo.setEnabled(bool(self._steps))
        self._complain()

    def _complain(self) -> None:
        error = self._wrong.get(self._draft.rows[self._at]["id"])
        self.form.complain(str(error.params.get("field", "")) if error else "", error)

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self.table.chosen()
        if chosen and int(chosen) != self._at:
            QGuiApplication.inputMethod().commit()
            self._take()
            self._at = int(chosen)
            self._show_item()

    @Slot()
    def _on_typed(self) -> None:
        self._clock.start()

    @Slot()
    def _on_head(self) -> None:
        self._clock.start()

    def _take(self) -> None:
        """Take what the fields say into the draft."""
        row = self.form.row()
        old = self._draft.rows[self._at]["id"]
        draft = self._draft.with_row(self._at, row)
        if old in draft.removed and row["id"] != old:
            draft = draft.with_removed(old, False)
        self._draft = EditionDraft(
            draft.base, self.version.text(), self.name.text(), draft.rows, draft.removed
        )

    @Slot()
    def _settle(self) -> None:
        """Keep what was typed in the project, and check all of it."""
        self._take()
        self._keep()
        self._check()

    def _keep(self) -> bool:
        """Keep the draft in the project while it differs from what was begun; tell whether."""
        differs = self._draft != self._first
        self._forms.keep_draft(self._draft if differs else None)
        return differs

    def _check(self) -> None:
        """Mark what is wrong: in the list, at its field, and in words at the bottom."""
        self._clock.stop()
        found = self._forms.complaints(self._draft)
        self._wrong = {str(error.params.get("entry", "")): error for error in found}
        self._show_rows()
        self._complain()
        self.save.setEnabled(not found)
        if found:
            more = t("checklist_editor.more_wrong", n=len(found) - 1) if len(found) > 1 else ""
            self.set_note(sentence(found[0]) + more, "danger")
        else:
            self.set_note(t("checklist_editor.sound", n=len(self._draft.kept)))

    @Slot()
    def _on_add(self) -> None:
        """Add an item of the same stage after the chosen one."""
        self._take()
        stage = next(
            (s for s in Stage if self._draft.rows[self._at]["id"].startswith(s.value)), Stage.S1
        )
        new = self._at + 1
        self._steps.append((lambda draft: draft.without(new), self._at))
        self._draft = self._draft.with_new(self._at, stage)
        self._at += 1
        self._show_item()
        self._settle()
        self.form.begin()

    @Slot()
    def _on_remove(self) -> None:
        """Leave the chosen item out, or take it in again; a new one goes at once."""
        self._take()
        at, row = self._at, self._draft.rows[self._at]
        code = self._draft.rows[self._at]["id"]
        if code in self._base:
            gone = code in self._draft.removed
            self._steps.append((lambda draft: draft.with_removed(code, gone), at))
            self._draft = self._draft.with_removed(code, not gone)
        else:
            self._steps.append((lambda draft: draft.with_inserted(at, row), at))
            self._draft = self._draft.without(self._at)
            self._at = max(0, self._at - 1)
        self._show_item()
        self._settle()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Alt+↑, Alt+↓ and Ctrl+Z in the list, before the window takes its own undo."""
        if watched is self.table and isinstance(event, QKeyEvent):
            act = self._act_of(event)
            if act is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    act()
                return True
        return super().eventFilter(watched, event)

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.matches(QKeySequence.StandardKey.Undo):
            return self._on_undo
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in _STEPS:
            return partial(self._move, _STEPS[Qt.Key(event.key())])
        return None

    def _move(self, step: int) -> None:
        """Move the chosen item up or down among those of its stage."""
        to = self._draft.neighbour(self._at, step)
        if to is None:
            return
        self._take()
        at = self._at
        self._steps.append((lambda draft: draft.with_swapped(to, at), at))
        self._draft = self._draft.with_swapped(at, to)
        self._at = to
        self._show_item()
        self._settle()

    @Slot()
    def _on_undo(self) -> None:
        """Take the last step of adding, removing or moving back; what was typed stays."""
        if not self._steps:
            return
        self._take()
        back, self._at = self._steps.pop()
        self._draft = back(self._draft)
        self._show_item()
        self._keep()
        self._check()

    @Slot()
    def _on_forget(self) -> None:
        """Throw the draft away; the editions stay as they are."""
        self._clock.stop()
        self._forms.keep_draft(None)
        self.close_dialog()
        self._context.shell.show_toast(
            t("checklist_editor.forgotten"), t("ui.undo"), partial(self._again, self._draft)
        )

    def _again(self, draft: EditionDraft) -> None:
        self._forms.keep_draft(draft)

    @Slot()
    def _on_review(self) -> None:
        """Show what differs from the edition before, and save it from there."""
        QGuiApplication.inputMethod().commit()
        self._settle()
        if not self.save.isEnabled():
            return
        changes = self._forms.changes(self._draft)
        rows = change_rows(changes)
        if not rows:
            self.set_note(t("checklist_editor.nothing_changed", version=self._draft.base), "warn")
            return
        dialog = ReviewDialog(self._context, self._draft, rows)
        dialog.agreed.connect(self._on_agreed)
        dialog.open()

    @Slot()
    def _on_agreed(self) -> None:
        try:
            template = self._forms.save(self._draft)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self._clock.stop()
        self.close_dialog()
        self.saved.emit(template.version)

    @override
    def reject(self) -> None:
        """Close; the draft is there again when the editor is opened anew."""
        QGuiApplication.inputMethod().commit()
        self._take()
        if self._keep():
            self._context.shell.show_toast(t("checklist_editor.kept"))
        super().reject()


class ReviewDialog(Dialog):
    """What the new edition adds, changes and removes, before it is saved."""

    agreed = Signal()

    def __init__(self, context: UiContext, draft: EditionDraft, rows: list[Row]) -> None:
        title = t("checklist_editor.review_title", version=draft.version.strip())
        super().__init__(context.shell.dialog_host, title, width=900, height=600)
        said = t("checklist_editor.review_text", n=len(rows), base=draft.base)
        self.body.addWidget(Label(said, "caption", wrap=True))
        columns = [
            Column(t("checklist_more.column.change"), 96),
            Column(t("checklist_window.column.item"), share=3),
            Column(t("checklist_editor.before"), share=3),
            Column(t("checklist_editor.after"), share=3),
        ]
        self.table = ReadTable(title, columns, fits=False)
        self.table.set_rows(rows)
        sheet = Box("surface")
        sheet.add(self.table)
        self.body.addWidget(sheet, 1)
        self.add_button(t("checklist_editor.back")).clicked.connect(self.reject)
        self.keep = self.add_button(t("checklist_editor.keep", version=draft.version), "primary")
        self.keep.clicked.connect(self._on_keep)

    @Slot()
    def _on_keep(self) -> None:
        self.close_dialog()
        self.agreed.emit()
