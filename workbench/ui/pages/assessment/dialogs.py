# SPDX-License-Identifier: MIT
"""The dialogs round an assessment: begin one, and choose its pathways."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QLineEdit, QScrollArea

from workbench.domain.findings import UserError
from workbench.domain.pathways.pathway import Layer, Pathway
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.day_edit import DayEdit
from workbench.ui.texts import language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.form import Form
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style


class PathwayChoice(QScrollArea):
    """Every pathway as a check box, grouped by layer."""

    changed = Signal()

    def __init__(self, pathways: Iterable[Pathway], chosen: Iterable[str]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("surface")
        body = Box("surface", spacing=4)
        self._boxes: dict[str, QCheckBox] = {}
        wanted = set(chosen)
        ordered = sorted(pathways, key=lambda pathway: pathway.code)
        for layer in Layer:
            own = [pathway for pathway in ordered if pathway.layer is layer]
            if own:
                body.content.addSpacing(theme.current().px(6))
                body.add(Label(t(layer.text_key), "caption"))
            for pathway in own:
                box = QCheckBox(f"{pathway.code}  {pathway.name.get(language())}")
                box.setChecked(pathway.code in wanted)
                box.setToolTip(pathway.summary.get(language()))
                box.toggled.connect(self.changed)
                self._boxes[pathway.code] = box
                body.add(box)
        body.add_stretch()
        self.setWidget(body)

    def chosen(self) -> tuple[str, ...]:
        """Return the codes that are ticked, in order."""
        return tuple(code for code in sorted(self._boxes) if self._boxes[code].isChecked())

    def box(self, code: str) -> QCheckBox:
        """Return the check box of a pathway."""
        return self._boxes[code]


class PathwaysDialog(Dialog):
    """Asks which pathways an assessment follows; they decide which checklist items apply."""

    accepted = Signal(tuple)

    def __init__(self, context: UiContext, chosen: Iterable[str]) -> None:
        super().__init__(
            context.shell.dialog_host, t("checklist.choose_pathways"), width=520, height=560
        )
        self.body.addWidget(Label(t("checklist.choose_pathways_text"), "caption", wrap=True))
        self.choice = PathwayChoice(context.services.content.pathways.values(), chosen)
        self.choice.changed.connect(self._on_changed)
        self.body.addWidget(self.choice, 1)
        self.add_cancel()
        self._apply = self.add_button("", "primary")
        self._apply.clicked.connect(self._on_apply)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self._apply.set_text(t("checklist.apply_pathways", n=len(self.choice.chosen())))

    @Slot()
    def _on_apply(self) -> None:
        self.close_dialog()
        self.accepted.emit(self.choice.chosen())


class StartDialog(Dialog):
    """Asks for the name, the as-of date and the pathways of a new assessment, and begins it."""

    started = Signal(object)

    def __init__(self, context: UiContext, park: Record, chosen: Iterable[str] = ()) -> None:
        super().__init__(context.shell.dialog_host, t("checklist.start"), width=560, height=600)
        self._context = context
        self._park = park
        as_of = context.as_of.isoformat()
        self.name = QLineEdit()
        self.name.setAccessibleName(t("checklist.name"))
        self.name.setText(t("checklist.suggested_name", park=park.label, as_of=as_of))
        self.as_of = DayEdit(t("checklist.as_of"))
        self.as_of.set_day(context.as_of)
        form = Form()
        for words, editor in (
            (t("checklist.name"), self.name),
            (t("checklist.as_of"), self.as_of),
        ):
            form.add_field(words, editor)
        self.body.addLayout(form)
        self._assets = tuple(sorted(context.assessed.assets))
        scope = t("assessment.scope_assets", n=len(self._assets))
        words = scope if self._assets else t("assessment.scope_park")
        form.addRow(QLabel(t("assessment.scope")), QLabel(words))
        self._refusal = Label("", "caption", tone="danger", wrap=True)
        self._refusal.hide()
        self.body.addWidget(self._refusal)
        self.body.addWidget(Label(t("checklist.choose_pathways_text"), "caption", wrap=True))
        self.choice = PathwayChoice(context.services.content.pathways.values(), chosen)
        self.body.addWidget(self.choice, 1)
        self.add_cancel()
        self.add_button(t("checklist.start_now"), "primary").clicked.connect(self._on_start)
        KeptTyping(context, self, f"start:{park.key}")

    def refusal(self) -> str:
        """Return the sentence shown when something is wrong, or ""."""
        return self._refusal.text()

    @Slot()
    def _on_start(self) -> None:
        name = self.name.text().strip()
        day = self.as_of.day()
        set_style(self.name, "state", "" if name else "error")
        set_style(self.as_of, "state", "" if day else "error")
        if not name:
            self._refuse(t("checklist.name_missing"))
        elif day is None:
            self._refuse(t("checklist.bad_date", value=self.as_of.text()))
        else:
            self._start(name, day)

    def _start(self, name: str, day: date) -> None:
        services = self._context.services
        try:
            record = services.assessments.start(
                name, self._park.key, day, self.choice.chosen(), self._assets
            )
        except UserError as error:
            self._refuse(sentence(error))
            return
        self._context.choose_as_of(day)
        self.close_dialog()
        self.started.emit(record)

    def _refuse(self, words: str) -> None:
        self._refusal.setText(words)
        self._refusal.show()


class KeepDialog(Dialog):
    """Asks with which assessment a result is kept: ``chosen`` carries its key, "" a new one."""

    chosen = Signal(str)

    def __init__(self, context: UiContext, assessments: Iterable[Record]) -> None:
        super().__init__(context.shell.dialog_host, t("assessment.keep"), width=480)
        self.body.addWidget(Label(t("assessment.keep_text"), "caption", wrap=True))
        items = [(record.key, record.label) for record in assessments]
        items.append(("", t("checklist.start")))
        self.choice = ChoiceBox(t("checklist.assessment"), items, context.assessment_key)
        self.body.addWidget(self.choice)
        self.add_cancel()
        self.add_button(t("assessment.keep"), "primary").clicked.connect(self._on_keep)

    @Slot()
    def _on_keep(self) -> None:
        self.close_dialog()
        self.chosen.emit(self.choice.chosen())
