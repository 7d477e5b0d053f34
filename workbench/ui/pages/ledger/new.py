# SPDX-License-Identifier: MIT
"""The dialog that begins a new record: its names and its needed fields, the rest can follow."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Entity, Field, FieldType, Need
from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.models.field_cells import choice_titles, stored_text, unit_title
from workbench.ui.models.record_table import frozen_fields
from workbench.ui.pages.ledger.field_line import need_words
from workbench.ui.texts import inside_sentence, language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Segments
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

_MOST_FIELDS = 12
_LABEL = 128


class NewRecordDialog(Dialog):
    """Adds one record; ``added`` carries entity and key."""

    added = Signal(str, str)

    def __init__(
        self,
        context: UiContext,
        host: QWidget,
        entities: Sequence[str],
        preset: Mapping[str, str] | None = None,
    ) -> None:
        """Begin a record; ``preset`` holds the keys of the records that it belongs to."""
        one = inside_sentence(CATALOGUE[entities[0]].title(language()))
        title = t("ledger.new_asset") if len(entities) > 1 else t("ledger.new_of", entity=one)
        super().__init__(host, title, width=540)
        self._context = context
        self._preset = dict(preset or {})
        self._entities = tuple(entities)
        self._inputs: dict[str, QLineEdit | ChoiceBox] = {}
        kinds = [(key, CATALOGUE[key].title(language())) for key in entities]
        self.kinds = Segments(kinds, entities[0])
        self.kinds.chosen.connect(self._on_kind)
        self.kinds.setVisible(len(entities) > 1)
        self.body.addWidget(self.kinds)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._scroll, 1)
        self.add_cancel()
        self.add_button(t("ledger.create"), "primary").clicked.connect(self._on_create)
        self._kept: KeptTyping | None = None
        self._show_fields()
        place = ":".join((entities[0], *sorted(self._preset.values())))
        self._kept = KeptTyping(context, self, f"new:{place}", self._typed, self._type)

    def input(self, name: str) -> QLineEdit | ChoiceBox:
        """Return the input of a field."""
        return self._inputs[name]

    def entity(self) -> Entity:
        """Return the kind of record that is being made."""
        return self._context.services.catalogue[self.kinds.current() or self._entities[0]]

    @Slot()
    def _on_kind(self) -> None:
        self._show_fields()

    def _show_fields(self) -> None:
        px = theme.current().px
        self._inputs = {}
        box = Box("surface", margins=(0, 0, 8, 0))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(8))
        grid.setColumnMinimumWidth(0, px(_LABEL))
        grid.setColumnStretch(1, 1)
        fields = form_fields(self.entity())
        for at, field in enumerate(fields):
            self._add_field(grid, at, field)
        box.content.addLayout(grid)
        box.add_stretch()
        self._scroll.setWidget(box)
        self._scroll.setMinimumHeight(min(px(38) * len(fields) + px(8), px(400)))
        self.set_note(t("ledger.new_note"))

    def _add_field(self, grid: QGridLayout, at: int, field: Field) -> None:
        title = field.title(language())
        label = Label(title, "caption", wrap=True)
        made = self._input(field)
        label.setBuddy(made)
        self._inputs[field.key] = made
        changed = made.currentIndexChanged if isinstance(made, ChoiceBox) else made.textChanged
        changed.connect(self._on_typed)
        grid.addWidget(label, at, 0)
        grid.addWidget(made, at, 1)
        words = (unit_title(field.shown_unit), need_words(self.entity(), field))
        grid.addWidget(Label(t("ui.gap").join(filter(None, words)), "hint"), at, 2)

    def _input(self, field: Field) -> QLineEdit | ChoiceBox:
        title = field.title(language())
        if field.type is FieldType.REF:
            records = self._context.services.querying.records(field.target)
            items = [("", t("ledger.not_chosen")), *((r.key, r.label) for r in records)]
            chosen = self._context.park_key if field.target == "park" else ""
            chosen = self._preset.get(field.key, chosen)
            return ChoiceBox(title, items, chosen)
        if field.type in (FieldType.CHOICE, FieldType.BOOL):
            words = choice_titles(field)
            return ChoiceBox(title, [("", t("ledger.not_chosen")), *((w, w) for w in words)])
        line = QLineEdit()
        line.setAccessibleName(title)
        return line

    def _typed(self) -> dict[str, Any]:
        texts = {
            name: made.chosen() if isinstance(made, ChoiceBox) else made.text()
            for name, made in self._inputs.items()
        }
        return {"kind": self.entity().key, "texts": texts}

    def _type(self, state: Mapping[str, Any]) -> None:
        if self.kinds.current() != state["kind"]:
            self.kinds.set_current(state["kind"])
            self._show_fields()
        for name, text in state["texts"].items():
            made = self._inputs.get(name)
            if isinstance(made, ChoiceBox):
                made.choose(text)
            elif made is not None:
                made.setText(text)

    @Slot()
    def _on_typed(self) -> None:
        if self._kept is not None:
            self._kept.keep()

    def _values(self) -> dict[str, str]:
        entity, values = self.entity(), {}
        for name, made in self._inputs.items():
            text = made.chosen() if isinstance(made, ChoiceBox) else made.text()
            values[name] = stored_text(entity[name], text)
        return values

    @Slot()
    def _on_create(self) -> None:
        """Store the record, or say at the field what is wrong."""
        entity, values = self.entity(), self._values()
        names = entity.required_any
        if names and not any(values.get(name, "").strip() for name in names):
            titles = t("ledger.or").join(entity[name].title(language()) for name in names)
            self._complain(t("ledger.needs_one", fields=titles), names[0])
            return
        try:
            key = self._context.services.editing.add(entity.key, values)
        except UserError as error:
            self._complain(sentence(error), str(error.params.get("field", "")))
            return
        self.close_dialog()
        self.added.emit(entity.key, key)

    def _complain(self, words: str, name: str) -> None:
        self.set_note(words, "danger")
        for key, made in self._inputs.items():
            set_style(made, "state", "error" if key == name else "")
        if name in self._inputs:
            self._inputs[name].setFocus()


def form_fields(entity: Entity) -> list[Field]:
    """Return what a new record asks for: what is needed first, then the usual rest, few enough."""
    named = [*frozen_fields(entity), *(f for f in entity.references() if f.target == "park")]
    needed = [f for f in entity if f.need is Need.REQUIRED and f not in named]
    wanted = [f for f in entity if f.need is Need.ASSESSMENT and f not in named]
    named += [entity[name] for name in entity.required_any if entity[name] not in named + needed]
    usual = (named + needed + wanted)[:_MOST_FIELDS]
    return usual + [field for field in entity if field.own]
