# SPDX-License-Identifier: MIT
"""The assessment page (对标评估): scope and date, indicators, diagnosis, matching, keeping."""

from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from workbench.application.assessment.assessments import assets_of
from workbench.domain.diagnosis.rules import SeverityLevel
from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.ledger import Record
from workbench.ui.assessed import DraftState
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.pages.assessment.diagnosis_tab import DiagnosisTab
from workbench.ui.pages.assessment.following import followed
from workbench.ui.pages.assessment.header import TABS, AssessmentHeader
from workbench.ui.pages.assessment.indicators_tab import IndicatorsTab
from workbench.ui.pages.assessment.leads import Leads
from workbench.ui.pages.assessment.matching_decisions import MatchingDecisions
from workbench.ui.pages.assessment.matching_tab import MatchingTab
from workbench.ui.pages.assessment.pathway_decisions import PathwayDecisions
from workbench.ui.pages.assessment.pathways_tab import PathwaysTab
from workbench.ui.pages.assessment.portfolio_tab import PortfolioTab
from workbench.ui.pages.assessment.provenance import provenance
from workbench.ui.pages.assessment.result_keeping import ResultKeeping
from workbench.ui.pages.assessment.scope_dialog import ScopeDialog
from workbench.ui.pages.assessment.version_steps import VersionSteps
from workbench.ui.pages.page import Page
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.progress_bar import ProgressBar

_TARGET_TABS = {"indicator": "indicators", "pathway": "pathways", "match": "matching"}


class AssessmentPage(Page):
    """Shows what was computed; computes by itself when it is shown and something changed."""

    KEY = "assessment"
    ICON = "git-compare"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.assessed = context.assessed
        self.steps = VersionSteps(context, self)
        self.keeping = ResultKeeping(context, self)
        self.leads = Leads(context, self)
        self.indicators = IndicatorsTab()
        self.diagnosis = DiagnosisTab(context.services.content)
        self.pathways = PathwaysTab()
        self._decisions = PathwayDecisions(context, self.pathways)
        self.matching = MatchingTab()
        self._matched = MatchingDecisions(context, self.matching)
        self.portfolio = PortfolioTab(context)
        self._explaining = (self.indicators, self.diagnosis, self.pathways, self.portfolio)
        self._wanted = ""
        self._empty = EmptyState(
            t("assessment.empty_title"),
            t("assessment.empty_text"),
            action=t("checklist.to_ledger"),
        )
        self._empty.action_clicked.connect(self.leads.to_ledger)
        self._results = QStackedWidget()
        for tab in (
            self.indicators, self.diagnosis, self.pathways, self.matching, self.portfolio
        ):  # fmt: skip
            self._results.addWidget(tab)
        self._waiting = self._waiting_page()
        self._stack = QStackedWidget()
        for widget in (self._results, self._empty, self._waiting):
            self._stack.addWidget(widget)
        self.header = AssessmentHeader()
        self.header.set_day(context.as_of)
        self.column.addWidget(self.header)
        self._line = Hairline()
        self.column.addWidget(self._line)
        self.column.addWidget(self._stack, 1)
        self.setFocusProxy(self.indicators.table)
        self._connect()
        self._choose_newest()
        self._show()

    @override
    def show_target(self, target: str) -> None:
        """Show ``indicator:I-01``, ``diagnosis:D5``, ``pathway:P04``, ``match:C01``, or a tab."""
        kind, _, key = target.partition(":")
        tab = _TARGET_TABS.get(kind, kind)
        if tab in TABS:
            self.header.tabs.set_current(tab)
            self._on_tab(tab)
        if self.assessed.draft is None:
            self._wanted = target if key else ""
        elif kind == "indicator" and key in self.assessed.draft.indicators:
            self.indicators.show_indicator(key)
        elif kind == "diagnosis" and key:
            self.diagnosis.show_type(key)
        elif kind == "pathway" and key:
            self.pathways.show_pathway(key)
        elif kind == "match" and key:
            self.matching.open_case(key)

    @override
    def badge(self) -> tuple[str, str]:
        return "", "neutral"

    def recalculate(self) -> None:
        """Compute again."""
        self.assessed.compute()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.assessed.ensure()

    def _waiting_page(self) -> Box:
        page = Box("page", margins=(24, 24, 24, 24), spacing=10)
        page.add_stretch(2)
        words = Label(t("assessment.computing"), "caption")
        page.content.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        bar = ProgressBar(0, 0, width=200)
        page.content.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        page.add_stretch(3)
        return page

    def _connect(self) -> None:
        header = self.header
        header.tabs.chosen.connect(self._on_tab)
        header.assessment_chosen.connect(self.context.choose_assessment)
        header.scope_asked.connect(self._on_scope)
        header.day_chosen.connect(self._on_as_of)
        header.bad_day.connect(self._on_bad_day)
        header.again_asked.connect(self.recalculate)
        header.keep_asked.connect(self.keeping.ask)
        header.steps_asked.connect(self._on_steps)
        self.steps.moved.connect(self._on_moved)
        self.assessed.changed.connect(self._on_assessed)
        self.context.as_of_chosen.connect(self._on_as_of_chosen)
        self.context.park_chosen.connect(self._on_park)
        self.context.assessment_chosen.connect(self._show_named)
        self.context.changed.connect(self._on_changed)
        for tab in self._explaining:
            tab.panel.set_provenance(partial(provenance, self.context))
        leads = self.leads
        self.indicators.panel.target_asked.connect(leads.to_cell)
        self.diagnosis.panel.target_asked.connect(leads.to_cell)
        self.pathways.ledger_asked.connect(leads.to_cell)
        self.pathways.panel.scenario_asked.connect(leads.to_scenario)
        self.matching.detail.target_asked.connect(leads.to_cell)
        self.matching.case_asked.connect(leads.to_case)
        self.matching.indicator_asked.connect(self._on_indicator)
        self.portfolio.panel.target_asked.connect(leads.to_any_park)
        self.portfolio.park_asked.connect(self._on_other_park)
        self.portfolio.asset_asked.connect(leads.to_cell)

    @Slot(str)
    def _on_indicator(self, id_: str) -> None:
        self.show_target(f"indicator:{id_}")

    def _choose_newest(self) -> None:
        """Go on with the newest assessment of the park when none is chosen."""
        known = self.context.services.assessments.of_park(self.context.park_key)
        if known and not self.context.assessment_key:
            self.context.choose_assessment(known[-1].key)
        self._show_named()

    @Slot()
    def _show_named(self) -> None:
        """Offer the named assessments of the park."""
        known = self.context.services.assessments.of_park(self.context.park_key)
        self.header.set_assessments(known, self.context.assessment_key)

    @Slot()
    def _on_park(self) -> None:
        self._choose_newest()
        self._on_assessed()

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if any(change.entity == "assessment" for change in changes.records):
            self._show_named()

    def _differs(self) -> bool:
        """Tell whether scope or date are no longer those of the chosen assessment."""
        key = self.context.assessment_key
        record = self.context.services.querying.record("assessment", key) if key else None
        if record is None:
            return False
        assets, day = assets_of(record), record.day("as_of")
        return (assets, day) != (self.assessed.assets, self.context.as_of)

    def toggle_detail(self) -> None:
        """Show or hide the explanations."""
        for tab in self._explaining:
            tab.side.toggle_detail()

    def focus_detail(self) -> None:
        """Move the focus into the explanation."""
        for tab in self._explaining:
            if tab.isVisible():
                tab.side.focus_detail()

    @Slot()
    def _on_assessed(self) -> None:
        self._show()
        if self.isVisible() and self.assessed.state is DraftState.STALE:
            self.assessed.ensure()

    def _show(self) -> None:
        """Show the newest result, that it is being computed, or why there is none."""
        state, draft = self.assessed.state, self.assessed.draft
        has_assets = self._has_assets()
        self.header.setVisible(has_assets)
        self._line.setVisible(has_assets)
        self.header.set_state(state, len(self.assessed.assets), differs=self._differs())
        if not has_assets:
            self._stack.setCurrentWidget(self._empty)
        elif draft is None:
            self._stack.setCurrentWidget(self._waiting)
        else:
            self._stack.setCurrentWidget(self._results)
            if state is DraftState.READY:
                self._show_draft()

    def _show_draft(self) -> None:
        draft = self.assessed.draft
        if draft is None:
            return
        self.indicators.set_draft(draft)
        self.diagnosis.set_draft(draft)
        services, place = self.context.services, self._place()
        self.pathways.set_draft(draft, services.deciding.weights_kept(*place))
        self.matching.set_followed(followed(self.context))
        self.matching.set_draft(draft, self.assessed.compared, services.match_weighing.kept(*place))
        found = sum(d.level is not SeverityLevel.NONE for d in draft.distresses)
        parks = len(draft.scope.ledger.all("park"))
        counts = (len(draft.indicators), found, len(draft.pathways), len(draft.matches), parks)
        self.header.set_counts(counts)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.show_target(wanted)

    def _place(self) -> tuple[str, str]:
        return self.context.park_key, self.context.assessment_key

    def _has_assets(self) -> bool:
        ledger = self.context.services.querying.ledger().within(self.context.park_key)
        return bool(ledger.all("parcel") or ledger.all("building"))

    @Slot(str)
    def _on_tab(self, tab: str) -> None:
        self._results.setCurrentIndex(TABS.index(tab))

    @Slot(str, str)
    def _on_other_park(self, park: str, indicator: str) -> None:
        """Go to a park of the portfolio, and to the indicator that was asked for."""
        self.context.choose_park(park)
        self.show_target(f"indicator:{indicator}" if indicator else "indicators")

    @Slot()
    def _on_scope(self) -> None:
        dialog = ScopeDialog(self.context, self.assessed.assets)
        dialog.accepted.connect(self._on_scope_chosen)
        dialog.open()

    @Slot(object)
    def _on_scope_chosen(self, keys: frozenset[str]) -> None:
        self.assessed.choose_assets(keys)

    @Slot(object)
    def _on_as_of(self, day: date | None) -> None:
        if day is None:
            self.header.set_day(self.context.as_of)
        else:
            self.context.choose_as_of(day)

    @Slot(object)
    def _on_as_of_chosen(self, day: date) -> None:
        self.header.set_day(day)

    @Slot(str)
    def _on_bad_day(self, text: str) -> None:
        self.context.shell.show_toast(t("checklist.bad_date", value=text))

    @Slot()
    def _on_steps(self) -> None:
        key = self.context.assessment_key
        record = self.context.services.querying.record("assessment", key) if key else None
        if record is not None:
            self.steps.show_menu(record, self.header.steps)

    @Slot(object)
    def _on_moved(self, _record: Record) -> None:
        self._show_named()
        self.assessed.compute()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(900), theme.current().px(600))
