# SPDX-License-Identifier: MIT
"""The head of the assessment page: which assessment, scope, date, state, tabs, keeping."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from workbench.domain.records.ledger import Record
from workbench.ui.assessed import DraftState
from workbench.ui.look import theme
from workbench.ui.pages.assessment.version_steps import status_words
from workbench.ui.pages.day_edit import DayEdit
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, Tabs
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label

TABS = ("indicators", "diagnosis", "pathways", "matching", "portfolio")
_TONES = {DraftState.READY: "success", DraftState.STALE: "warn", DraftState.FAILED: "danger"}


class AssessmentHeader(Box):
    """Asks with signals; decides nothing."""

    assessment_chosen = Signal(str)
    scope_asked = Signal()
    day_chosen = Signal(object)
    bad_day = Signal(str)
    again_asked = Signal()
    keep_asked = Signal()
    steps_asked = Signal()

    def __init__(self) -> None:
        super().__init__("surface", margins=(24, 12, 24, 10), spacing=8)
        px = theme.current().px
        self._closed = False
        self.tabs = Tabs([(key, t(f"assessment.tab_{key}")) for key in TABS])
        self.chooser = ChoiceBox(t("checklist.assessment"))
        self.chooser.activated.connect(self._on_chosen)
        self._scope = Button("", icon="building-2", tip=t("assessment.choose_scope"))
        self._scope.clicked.connect(self.scope_asked)
        self.day = DayEdit(t("checklist.as_of"))
        self.day.setMaximumWidth(px(128))
        self.day.day_changed.connect(self.day_chosen)
        self.day.refused.connect(self.bad_day)
        label = QLabel(t("checklist.as_of"))
        label.setBuddy(self.day)
        self._state = Label("", "caption")
        self._again = Button(t("assessment.again"), "link", shortcut="F5")
        self._again.clicked.connect(self.again_asked)
        self.keep = Button(t("assessment.keep"), "primary", icon="save")
        self.keep.clicked.connect(self.keep_asked)
        self.steps = Button("", icon="chevron-down", tip=t("versions.steps"))
        self.steps.clicked.connect(self.steps_asked)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        for widget in (self.chooser, self.steps, self._scope, label, self.day):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.keep)
        second = QHBoxLayout()
        second.setSpacing(px(10))
        second.addWidget(self.tabs)
        second.addStretch(1)
        second.addWidget(self._state)
        second.addWidget(self._again)
        self.add(row)
        self.add(second)

    def set_assessments(self, known: Sequence[Record], chosen: str) -> None:
        """Offer the named assessments; none of them is offered, too."""
        items = [("", t("assessment.unnamed")), *((record.key, record.label) for record in known)]
        self.chooser.set_items(items, chosen)
        self.chooser.setVisible(bool(known))
        record = next((each for each in known if each.key == chosen), None)
        self.steps.setVisible(record is not None)
        self.steps.set_text(status_words(record)[0])
        self._closed = bool(record and record.text("digest"))

    def set_state(self, state: DraftState, assets: int, *, differs: bool) -> None:
        """Show how things stand; ``differs`` when scope or date left the chosen assessment."""
        away = differs and state is DraftState.READY
        self._state.setText(t("assessment.differs" if away else f"assessment.state_{state.value}"))
        self._state.set_tone("warn" if away else _TONES.get(state, ""))
        self._again.setVisible(state in (DraftState.STALE, DraftState.FAILED))
        self.keep.setEnabled(state is DraftState.READY and not self._closed)
        scope = t("assessment.scope_assets", n=assets) if assets else t("assessment.scope_park")
        self._scope.set_text(scope)

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show how much each tab holds."""
        for key, count in zip(TABS, counts, strict=True):
            self.tabs.set_text(key, f"{t(f'assessment.tab_{key}')} {count}")

    def set_day(self, day: date) -> None:
        """Show the as-of date."""
        self.day.set_day(day)

    def _on_chosen(self) -> None:
        self.assessment_chosen.emit(self.chooser.chosen())
