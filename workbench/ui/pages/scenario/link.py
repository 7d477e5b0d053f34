# SPDX-License-Identifier: MIT
"""Which pathway of which assessment a scenario scores: one line, and a dialog to say it."""

from PySide6.QtCore import Qt, Slot

from workbench.application.assessment.assessments import is_open
from workbench.application.money.scenarios import model_of, pathways_of
from workbench.domain.findings import UserError
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.form import Form
from workbench.ui.widgets.label import Label


def pathway_choices(context: UiContext, model: str) -> list[tuple[str, str]]:
    """Return every pathway by name, after leaving it to what the model tests."""
    tested = " ".join(model_of(model).pathways)
    known = context.services.content.pathways.values()
    named = [(p.code, f"{p.code} {p.name.get(language())}") for p in known]
    return [("", t("scenario_link.by_model", codes=tested or "—")), *named]


def link_words(context: UiContext, record: Record) -> tuple[str, str]:
    """Return the pathways that a scenario scores, and the assessment it does so for."""
    services = context.services
    known, codes = services.content.pathways, pathways_of(record)
    named = [f"{c} {known[c].name.get(language())}" if c in known else c for c in codes]
    key = record.text("assessment")
    assessment = services.querying.record("assessment", key) if key else None
    where = assessment.label if assessment else t("scenario_link.any")
    return t("scenario_link.comma").join(named) or "—", where


class LinkLine(Box):
    """Says what a scenario scores; its button opens the dialog."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("plain", spacing=2)
        self._context = context
        self._record: Record | None = None
        self.words = Label("", "caption", wrap=True)
        self.change = Button(t("scenario_link.change"), "link")
        self.change.clicked.connect(self._on_change)
        self.add(self.words)
        self.content.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)

    def show_scenario(self, record: Record) -> None:
        """Show what another scenario scores."""
        self._record = record
        pathways, assessment = link_words(self._context, record)
        self.words.setText(t("scenario_link.says", pathways=pathways, assessment=assessment))

    @Slot()
    def _on_change(self) -> None:
        if self._record is not None:
            LinkDialog(self._context, self._record).open()


class LinkDialog(Dialog):
    """Asks for pathway and assessment of a scenario; a variant is linked with its base."""

    def __init__(self, context: UiContext, record: Record) -> None:
        super().__init__(context.shell.dialog_host, t("scenario_link.title"), width=560)
        self._context, self._record = context, record
        choices = pathway_choices(context, record.text("model") or "")
        self.pathway = ChoiceBox(t("scenario_link.pathway"), choices, record.text("pathway") or "")
        own = record.text("assessment") or ""
        self.assessment = ChoiceBox(t("scenario_link.assessment"), self._assessments(own), own)
        form = Form()
        for key, editor in (("pathway", self.pathway), ("assessment", self.assessment)):
            form.add_field(t(f"scenario_link.{key}"), editor)
        self.body.addWidget(Label(t("scenario_link.about"), "caption", wrap=True))
        self.body.addLayout(form)
        self.add_cancel()
        self.keep = self.add_button(t("scenario_link.keep"), "primary")
        self.keep.clicked.connect(self._on_keep)

    def _assessments(self, own: str) -> list[tuple[str, str]]:
        """Offer the assessments of the park that may still change, and the one named now."""
        kept = self._context.services.assessments.of_park(self._context.park_key)
        named = [(r.key, r.label) for r in kept if is_open(r) or r.key == own]
        return [("", t("scenario_link.any")), *named]

    @Slot()
    def _on_keep(self) -> None:
        links = {
            "pathway": self.pathway.chosen() or None,
            "assessment": self.assessment.chosen() or None,
        }
        try:
            self._context.services.scenarios.link(self._record, links)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
