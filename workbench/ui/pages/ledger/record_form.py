# SPDX-License-Identifier: MIT
"""The form of one record: every field by group, read while typing; related records beside it."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.application.ledger.editing import CellEdit
from workbench.application.project.evidencing import Owner
from workbench.domain.findings import Finding, Level, UserError
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.file_dialogs import choose_files
from workbench.ui.look import theme
from workbench.ui.models.problems import finding_text
from workbench.ui.models.record_draft import (
    derived_rows,
    draft_findings,
    draft_of,
    finding_words,
)
from workbench.ui.pages.evidence.files import EvidenceFiles
from workbench.ui.pages.ledger.facts import name_words, value_words
from workbench.ui.pages.ledger.field_line import FieldLine
from workbench.ui.pages.ledger.origin_dialog import show_origin
from workbench.ui.pages.ledger.record_groups import GroupList, fields_of, groups_of
from workbench.ui.pages.ledger.record_related import RelatedBox
from workbench.ui.texts import language, t
from workbench.ui.typed.composing import take_composed
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.key_values import KeyValues
from workbench.ui.widgets.label import Label

_SIDE = 276
_MOST_PROBLEMS = 3


class RecordForm(Dialog):
    """Edits one record; closing it keeps what was typed, so that no word is ever lost.

    ``target_asked`` carries ``entity:key:field`` of a related record, ``new_asked`` an entity and
    the references that a new record of it starts with.
    """

    target_asked = Signal(str)
    new_asked = Signal(str, dict)

    def __init__(self, context: UiContext, host: QWidget, record: Record) -> None:
        entity = context.services.catalogue[record.entity]
        title = t(
            "record_form.title",
            entity=entity.title(language()),
            name=name_words(record, context.services.querying.ledger()),
        )
        super().__init__(host, title, width=1060, height=720)
        self._context = context
        self._entity = entity
        self._record = record
        self.texts: dict[str, str] = {}
        self.lines: dict[str, FieldLine] = {}
        self._all_shown: set[str] = set()
        self._files = EvidenceFiles(context, self)
        self._ledger = context.services.querying.ledger()
        self._draft = draft_of(context.services.editing, record, self._ledger, {})
        self.groups = GroupList(groups_of(entity))
        self.groups.chosen.connect(self._show_group)
        self._page = ScrollPage("surface", margins=(8, 0, 12, 0), spacing=10)
        self._related = RelatedBox(context)
        self._related.target_asked.connect(self._on_target)
        self._related.new_asked.connect(self._on_new)
        self._findings: dict[str, list[Finding]] = {}
        self._problems = Banner("", "warn")
        self._derived = KeyValues(label_width=104)
        self._derived_title = Label(t("ledger.computed"), "strong")
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        row.addWidget(self.groups)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(self._page, 1)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(self._side())
        self.body.addLayout(row, 1)
        self.discard_button = self.add_button(t("record_form.discard"))
        self.discard_button.clicked.connect(self.discard)
        self.save_button = self.add_button(t("record_form.save"), "primary", icon="check")
        self.save_button.clicked.connect(self.reject)
        context.changed.connect(self._on_changed)
        context.as_of_chosen.connect(self._show_draft)
        self._kept: KeptTyping | None = None
        self._show_group()
        self._show_related()
        self._show_draft()
        place = f"record:{record.entity}:{record.key}"
        self._kept = KeptTyping(context, self, place, self._typed, self._type)

    # ---- what others call

    def show_field(self, name: str) -> None:
        """Show the group of a field and move into its editor."""
        for key, fields in groups_of(self._entity):
            if any(field.key == name for field in fields):
                self._all_shown.add(key)
                self.groups.choose(key)
                self._show_group()
        if name in self.lines:
            editor = self.lines[name].editor
            editor.setFocus()
            if isinstance(editor, QLineEdit):
                editor.end(False)

    def save(self) -> bool:
        """Write what was typed as one step; False when something cannot be read or written."""
        self._commit_composing()
        if self._draft.refused:
            self._complain()
            return False
        edits = [
            CellEdit(self._entity.key, self._record.key, name, text)
            for name, text in self.texts.items()
        ]
        many = len(self._draft.changed) != 1
        label = "record_form.edit" if many else "editing.edit_cell"
        try:
            if self._draft.changed:
                self._context.services.editing.edit_cells(edits, label)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            self.discard_button.show()
            return False
        self.texts = {}
        self._show_draft()
        return True

    @Slot()
    @override
    def reject(self) -> None:
        """Keep what was typed, then close; stay open with the reason if that cannot be."""
        if self.save():
            super().reject()

    @Slot()
    def discard(self) -> None:
        """Close without what was typed."""
        self.texts = {}
        self._show_draft()
        super().reject()

    # ---- layout

    def _side(self) -> QWidget:
        side = ScrollPage("surface", margins=(0, 0, 8, 0), spacing=10)
        side.setFixedWidth(theme.current().px(_SIDE))
        side.add(self._problems)
        side.add(self._derived_title)
        side.add(self._derived)
        side.add(self._related)
        side.content.addStretch(1)
        return side

    @Slot()
    def _show_group(self) -> None:
        """Show the fields of the chosen group; the typed words of the others are kept."""
        self._commit_composing()
        clear_layout(self._page.content)
        self.lines = {}
        group = self.groups.current()
        shown, hidden = fields_of(
            self._entity, group, self._record, everything=group in self._all_shown
        )
        for field in shown:
            line = FieldLine(self._entity, field, self._record, self._ledger)
            if field.key in self.texts:
                line.set_text(self.texts[field.key])
            line.typed.connect(self._on_typed)
            line.history_asked.connect(self._on_history)
            line.files_dropped.connect(self._on_files)
            line.files_asked.connect(self._on_files_asked)
            line.editor.installEventFilter(self)
            if not any(other.shown_unit for other in shown):
                line.leave_no_room_for_units()
            self.lines[field.key] = line
            self._page.add(line)
        if hidden:
            more = Button(t("record_form.more_n", n=len(hidden)), "ghost", icon="chevron-down")
            more.clicked.connect(partial(self._show_all, group))
            place = QHBoxLayout()
            place.addWidget(more)
            place.addStretch(1)
            self._page.add(place)
        self._page.content.addStretch(1)
        self._count_evidence()
        self._show_reading()

    def _count_evidence(self) -> None:
        """Mark each field with how many files prove it."""
        rows = self._context.services.evidencing.of(self._entity.key, self._record.key)
        proven = Counter(row.text("owner_field") or "" for row in rows)
        for name, line in self.lines.items():
            line.set_evidence_count(proven[name])

    def _show_all(self, group: str) -> None:
        self._all_shown.add(group)
        self._show_group()

    def _show_related(self) -> None:
        self._related.show_record(self._record, self._ledger)

    # ---- typing

    def _typed(self) -> dict[str, str]:
        return dict(self.texts)

    def _type(self, texts: Mapping[str, str]) -> None:
        """Put words back that were typed before and not kept."""
        self.texts = {name: text for name, text in texts.items() if name in self._entity}
        for name, line in self.lines.items():
            if name in self.texts:
                line.set_text(self.texts[name])
            else:
                line.show_value(self._record, self._ledger)
        self._show_draft()

    @Slot(str)
    def _on_typed(self, name: str) -> None:
        """Take a text over at once, as it stands."""
        line = self.lines[name]
        before = line.stored(self._record, self._ledger)
        text = line.text()
        if text == before:
            self.texts.pop(name, None)
        else:
            self.texts[name] = text
        self._show_draft()

    @Slot()
    def _show_draft(self) -> None:
        """Read all texts again and show what they come to."""
        if self._kept is not None:
            self._kept.keep()
        services = self._context.services
        try:
            self._draft = draft_of(services.editing, self._record, self._ledger, self.texts)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        park = self._draft.ledger.park_of(self._draft.record)
        day, params = services.assessing.setting(park, self._context.as_of)
        self._findings = draft_findings(self._draft, day, params)
        rows = derived_rows(self._draft.record, self._draft.ledger, day, params)
        self._derived.set_rows(rows)
        self._derived.setVisible(bool(rows))
        self._derived_title.setVisible(bool(rows))
        self._show_reading()
        refused, changed = len(self._draft.refused), len(self._draft.changed)
        if refused:
            self.set_note(t("record_form.refused_n", n=refused), "danger")
        elif changed:
            self.set_note(t("record_form.changed_n", n=changed))
        else:
            self.set_note(t("record_form.unchanged"))
        self.discard_button.setVisible(bool(self.texts))
        self.groups.mark({self._group_of(name) for name in self.texts})
        self._show_problems()

    def _show_reading(self) -> None:
        """Say at each typed field how its text was read."""
        notices = {finding.field: finding for finding in self._draft.proposal.notices}
        for name, line in self.lines.items():
            refused = self._draft.refused.get(name)
            if refused is not None:
                line.say(finding_words(refused), "error")
                continue
            said = [finding_text(finding) for finding in self._findings.get(name, ())]
            if name in self.texts:
                words = value_words(self._draft.record, line.field, self._draft.ledger)
                read = [t("record_form.read_as", value=words or t("record_form.nothing"))]
                if name in notices:
                    read.append(finding_words(notices[name]))
                said.insert(0, t("ui.gap").join(read))
            line.say("\n".join(said), "changed" if name in self.texts else "",
                     warn=name in self._findings)  # fmt: skip

    def _show_problems(self) -> None:
        """Say which rules the record breaks as it is typed; they never block saving."""
        rows = [finding for found in self._findings.values() for finding in found]
        self._problems.setVisible(bool(rows))
        if rows:
            words = "\n".join(finding_text(finding) for finding in rows[:_MOST_PROBLEMS])
            errors = any(finding.level is Level.ERROR for finding in rows)
            title = t("ledger.problems_n", n=len(rows))
            self._problems.set_notice(words, "danger" if errors else "warn", title=title)

    def _group_of(self, name: str) -> str:
        return next(key for key, fields in groups_of(self._entity)
                    if any(field.key == name for field in fields))  # fmt: skip

    def _complain(self) -> None:
        """Show the first field that cannot be read."""
        self.show_field(next(iter(self._draft.refused)))
        self._show_reading()
        words = t("record_form.refused_n", n=len(self._draft.refused))
        self.set_note(words, "danger")

    @staticmethod
    def _commit_composing() -> None:
        """Take over what an input method is still composing."""
        take_composed()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return in a line goes to the next one instead of closing the form."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
            )  # fmt: skip
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    # ---- following

    @Slot(object)
    def _on_changed(self, _changes: object) -> None:
        """Show what the record holds now; what is being typed stays."""
        self._ledger = self._context.services.querying.ledger()
        record = self._ledger.find(self._entity.key, self._record.key)
        if record is None:
            self.texts = {}
            super().reject()
            return
        self._record = record
        for name, line in self.lines.items():
            if name not in self.texts:
                line.show_value(record, self._ledger)
        self._count_evidence()
        self._show_related()
        self._show_draft()

    @Slot(str)
    def _on_history(self, name: str) -> None:
        show_origin(self._context, self._record, self._entity[name])

    @Slot(str, list)
    def _on_files(self, name: str, files: list[str]) -> None:
        owner = Owner(self._entity.key, self._record.key, name)
        self._files.attach(owner, files)

    @Slot(str)
    def _on_files_asked(self, name: str) -> None:
        if files := choose_files(self, t("evidencing.choose_files")):
            self._on_files(name, list(files))

    @Slot(str)
    def _on_target(self, target: str) -> None:
        if self.save():
            super().reject()
            self.target_asked.emit(target)

    @Slot(str, dict)
    def _on_new(self, entity: str, preset: dict[str, str]) -> None:
        if self.save():
            self.new_asked.emit(entity, preset)
