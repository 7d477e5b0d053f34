# SPDX-License-Identifier: MIT
"""The dialogs in which a team declares, changes or hides a ledger field of its own."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.findings import UserError
from workbench.domain.parsing.cells import list_words
from workbench.domain.records.own_fields import (
    FREE_UNIT,
    GROUP,
    LISTED,
    MOST_DECIMALS,
    TYPES,
    UNITS,
    OwnField,
)
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.models.asset_columns import REGISTER, register_columns
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.ledger.columns import show_column
from workbench.ui.texts import language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

_LABEL = 116
_LINES = 4
_WITH_DECIMALS = frozenset({FieldType.NUMBER, FieldType.AREA, FieldType.MONEY, FieldType.SHARE})


class OwnFieldDialog(Dialog):
    """Declares a field, or changes the one that is given; ``done`` carries the OwnField."""

    done = Signal(object)

    def __init__(self, context: UiContext, host: QWidget, known: OwnField | None = None) -> None:
        super().__init__(host, t("own_fields.edit" if known else "own_fields.new"), width=560)
        self._context = context
        self._known = known
        own = known or OwnField("building", "")
        entities = [(entity.key, entity.title(language())) for entity in CATALOGUE.ledger()]
        self.entity = ChoiceBox(t("own_fields.col_entity"), entities, own.entity)
        self.entity.setEnabled(known is None)
        self.title = _line(t("own_fields.title"), own.title, t("own_fields.title_example"))
        self.english = _line(t("own_fields.col_english"), own.english, "Bay width")
        kinds = [(kind.value, t(f"own_fields.type.{kind.value}")) for kind in TYPES]
        self.type = ChoiceBox(t("own_fields.col_type"), kinds, own.type.value)
        self.unit = _line(t("own_fields.col_unit"), own.unit, t("own_fields.unit_example"))
        self.offered = ChoiceBox(t("own_fields.col_unit"))
        self._units = QStackedWidget()
        self._units.addWidget(self.unit)
        self._units.addWidget(self.offered)
        places = [(str(n), str(n)) for n in range(MOST_DECIMALS + 1)]
        self.decimals = ChoiceBox(t("own_fields.decimals_kept"), places)
        self.decimals.choose(str(own.field().decimals if known else 2))
        self.choices = QPlainTextEdit("\n".join(own.choices))
        self.choices.setAccessibleName(t("own_fields.choices"))
        self.choices.setPlaceholderText(t("own_fields.choices_example"))
        self.choices.setTabChangesFocus(True)
        rows = theme.current().metrics("body").lineSpacing() * _LINES
        self.choices.setFixedHeight(round(rows) + theme.current().px(14))
        heads = t("own_fields.between").join(own.synonyms)
        self.synonyms = _line(t("own_fields.synonyms"), heads, t("own_fields.synonyms_example"))
        self.group = ChoiceBox(t("own_fields.group"))
        self._group = own.group
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        self._lay_out()
        self.type.activated.connect(self._on_type)
        self.entity.activated.connect(self._on_entity)
        self.set_note(t("own_fields.note"))
        self.add_cancel()
        act = "own_fields.keep" if known else "own_fields.create"
        self.add_button(t(act), "primary").clicked.connect(self._on_create)
        self._on_entity()
        self._on_type(own.unit)
        KeptTyping(
            context, self, f"own_field:{known.entity}:{known.title}" if known else "own_field"
        )

    def _lay_out(self) -> None:
        px = theme.current().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(10))
        grid.setColumnMinimumWidth(0, px(_LABEL))
        grid.setColumnStretch(1, 1)
        for at, (key, editor) in enumerate(
            {
                "col_entity": self.entity,
                "title": self.title,
                "col_english": self.english,
                "col_type": self.type,
                "col_unit": self._units,
                "decimals_kept": self.decimals,
                "choices": self.choices,
                "synonyms": self.synonyms,
                "group": self.group,
            }.items()
        ):
            label = Label(t(f"own_fields.{key}"), "caption", wrap=True)
            label.setBuddy(editor)
            top = Qt.AlignmentFlag.AlignTop
            middle = Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(label, at, 0, top if editor is self.choices else middle)
            grid.addWidget(editor, at, 1)
            self._rows[key] = (label, editor)
        self.body.addLayout(grid)

    @Slot()
    def _on_entity(self) -> None:
        """Offer the groups that the entity's fields have, and the one for own fields."""
        keys = [GROUP, *dict.fromkeys(field.group for field in CATALOGUE[self.entity.chosen()])]
        chosen = self.group.chosen() or self._group
        self.group.set_items([(key, t(f"ledger.group.{key}")) for key in keys], chosen)

    @Slot()
    def _on_type(self, unit: str | int = "") -> None:
        """Show what a type needs: a unit, decimals, choices."""
        kind = FieldType(self.type.chosen())
        offered = UNITS.get(kind, ())
        self.offered.set_items(
            [(u, unit_title(u)) for u in offered], unit if isinstance(unit, str) else ""
        )
        self._units.setCurrentWidget(self.offered if offered else self.unit)
        self._show("col_unit", bool(offered) or kind in FREE_UNIT)
        self._show("decimals_kept", kind in _WITH_DECIMALS)
        self._show("choices", kind in LISTED)

    def _show(self, key: str, shown: bool) -> None:
        for widget in self._rows[key]:
            widget.setVisible(shown)

    def wanted(self) -> OwnField:
        """Return what the inputs say."""
        kind = FieldType(self.type.chosen())
        unit = self.offered.chosen() if kind in UNITS else self.unit.text().strip()
        lines = self.choices.toPlainText().splitlines()
        return OwnField(
            self.entity.chosen(),
            self.title.text().strip(),
            kind,
            self.english.text().strip(),
            unit if kind in UNITS or kind in FREE_UNIT else "",
            int(self.decimals.chosen()) if kind in _WITH_DECIMALS else None,
            tuple(line.strip() for line in lines if line.strip()) if kind in LISTED else (),
            list_words(self.synonyms.text()),
            self.group.chosen(),
        )

    @Slot()
    def _on_create(self) -> None:
        """Keep the field, or say at the input what is wrong."""
        fields = self._context.services.own_fields
        for line in (self.title, self.english, self.unit, self.synonyms):
            set_style(line, "state", "")
        try:
            if self._known is None:
                own = fields.add(self.wanted())
                self._show_column(own)
            else:
                own = replace(self.wanted(), hidden=self._known.hidden)
                own = fields.change(self._known.code, own)
        except UserError as error:
            self._complain(error)
            return
        self.close_dialog()
        self.done.emit(own)

    def _show_column(self, own: OwnField) -> None:
        """Show the new field in the tables whose columns were chosen before."""
        show_column(self._context, own.entity, own.code)
        for column in register_columns(self._context.services.catalogue):
            if column.own is not None and column.fields.get(own.entity) == own.code:
                show_column(self._context, REGISTER, column.key)

    def _complain(self, error: UserError) -> None:
        self.set_note(sentence(error), "danger")
        what = error.code.partition(".")[2]
        text = str(error.params.get("text", self.title.text().strip()))
        line: QWidget = self.unit if what.startswith(("unit", "no_unit")) else self.title
        if "choice" in what:
            line = self.choices
        elif text in list_words(self.synonyms.text()):
            line = self.synonyms
        elif text and text == self.english.text().strip() != self.title.text().strip():
            line = self.english
        set_style(line, "state", "error")
        line.setFocus()


class HideFieldDialog(Dialog):
    """Asks why a field is not used any more; ``done`` is emitted when it is hidden."""

    done = Signal(object)

    def __init__(self, context: UiContext, host: QWidget, own: OwnField, count: int) -> None:
        super().__init__(host, t("own_fields.hide_title", title=own.title), width=460)
        self._context = context
        self._own = own
        words = "own_fields.hide_text" if count else "own_fields.hide_empty"
        self.body.addWidget(Label(t(words, title=own.title, count=count), wrap=True))
        self.reason = _line(t("own_fields.reason"), "", t("own_fields.reason_example"))
        self.body.addWidget(self.reason)
        self.add_cancel()
        self.add_button(t("own_fields.hide"), "primary").clicked.connect(self._on_hide)

    @Slot()
    def _on_hide(self) -> None:
        try:
            reason = self.reason.text()
            self._context.services.own_fields.hide(self._own.entity, self._own.code, reason)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            self.reason.setFocus()
            return
        self.close_dialog()
        self.done.emit(self._own)


def _line(name: str, text: str, example: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    line.setPlaceholderText(example)
    return line
