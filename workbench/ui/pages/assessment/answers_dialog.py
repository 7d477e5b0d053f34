# SPDX-License-Identifier: MIT
"""Answers to what the conditions of a pathway ask beside the ledger (路径前提补充)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.condition_names import CONTEXT_ENTITY, CONTEXT_PREFIX
from workbench.domain.display import shown
from workbench.domain.fields import Field, FieldType
from workbench.domain.overriding import override
from workbench.domain.pathways.feasibility import PathwayCheck
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.assessment.pathway_words import path_name
from workbench.ui.texts import language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.form import Form
from workbench.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the pathway inputs, and the conditions that ask for it, in words."""

    field: Field
    asked_by: tuple[str, ...]


def questions_of(check: PathwayCheck) -> tuple[Question, ...]:
    """Return what the conditions of a pathway ask beside the ledger, in their order."""
    pathway, lang = check.pathway, language()
    asking = [(item.text, item.condition) for item in pathway.preconditions]
    asking += [(item.text, item.condition) for item in pathway.blocks]
    found: dict[str, list[str]] = {}
    for text, condition in asking:
        for name in condition.ordered_names:
            if name.startswith(CONTEXT_PREFIX):
                asked = found.setdefault(name.removeprefix(CONTEXT_PREFIX), [])
                asked.append(text.get(lang))
    declared = CATALOGUE[CONTEXT_ENTITY]
    return tuple(Question(declared[key], tuple(asked)) for key, asked in found.items())


class AnswersDialog(Dialog):
    """One editor per question; ``answered`` carries the changed answers as texts by field.

    A blank answer is unknown (待核), never no. A refusal is shown here and nothing is lost.
    """

    answered = Signal(dict)

    def __init__(
        self,
        context: UiContext,
        check: PathwayCheck,
        questions: Sequence[Question],
        record: Record | None,
        holds_for: str,
    ) -> None:
        title = t("pathways.answers_title", path=path_name(check))
        super().__init__(context.shell.dialog_host, title, width=560, height=420)
        self.body.addWidget(Label(holds_for, "caption", wrap=True))
        self.editors: dict[str, ChoiceBox | QLineEdit] = {}
        self._before: dict[str, str] = {}
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setObjectName("surface")
        inside = Box("surface", margins=(0, 0, 8, 0))
        form = Form()
        for question in questions:
            self._add(form, question, record)
        inside.add(form)
        inside.add_stretch()
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self._refusal = Label("", "caption", tone="danger", wrap=True)
        self.body.addWidget(self._refusal)
        self.add_cancel()
        self.save = self.add_button(t("pathways.save_answers"), "primary")
        self.save.clicked.connect(self._on_save)
        held = record.key if record else f"{context.park_key}:{context.assessment_key}"
        KeptTyping(context, self, f"answers:{check.pathway.code}:{held}")

    @override
    def refuse(self, words: str) -> None:
        """Say why an answer was not taken."""
        self._refusal.setText(words)

    def refusal(self) -> str:
        """Return the sentence shown when something is wrong, or ""."""
        return self._refusal.text()

    def _add(self, form: Form, question: Question, record: Record | None) -> None:
        field, lang = question.field, language()
        name = field.title(lang)
        value = record.get(field.key) if record else None
        text = "" if value is None else shown(value, field, "zh_CN")
        if field.type is FieldType.BOOL:
            pending = ("", t("assessment.pending"))
            items = [pending, ("是", t("ui.yes")), ("否", t("ui.no"))]
            editor: ChoiceBox | QLineEdit = ChoiceBox(name, items, text)
        else:
            editor = QLineEdit(text.replace(",", ""))
            editor.setAccessibleName(name)
            editor.setPlaceholderText(t("assessment.pending"))
        unit = unit_title(field.shown_unit)
        form.add_field(t("ui.with_note", text=name, note=unit) if unit else name, editor)
        asked = t("assessment.comma").join(question.asked_by)
        form.addRow(Label(t("pathways.asked_by", conditions=asked), "hint", wrap=True))
        self.editors[field.key] = editor
        self._before[field.key] = _text(editor)

    @Slot()
    def _on_save(self) -> None:
        texts = {key: _text(editor) for key, editor in self.editors.items()}
        changed = {key: text for key, text in texts.items() if text != self._before[key]}
        if changed:
            self.answered.emit(changed)
        else:
            self.close_dialog()


def _text(editor: ChoiceBox | QLineEdit) -> str:
    return editor.chosen() if isinstance(editor, ChoiceBox) else editor.text().strip()
