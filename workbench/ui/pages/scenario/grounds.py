# SPDX-License-Identifier: MIT
"""How a figure of a scenario came about: formula, inputs, ledger cells, and who stated what."""

from functools import partial

from PySide6.QtCore import Slot

from workbench.domain.finance.results import Line, Measure, Result, holders_of
from workbench.domain.finance.terms import Term
from workbench.domain.finance.words import Wording
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.assessment.explanation_panel import ExplanationPanel
from workbench.ui.pages.assessment.provenance import provenance
from workbench.ui.pages.ledger.facts import history_rows
from workbench.ui.pages.scenario.figures import Quick
from workbench.ui.pages.scenario.input_words import parameter_words, source_words, words_of
from workbench.ui.pages.scenario.words import number_words
from workbench.ui.texts import language, t
from workbench.ui.widgets.dialog import Dialog

_SCENARIO = "scenario"


class GroundsDialog(Dialog):
    """Explains one answer or one line of a result; a ledger cell in it leads to the ledger."""

    def __init__(
        self, context: UiContext, record: Record, quick: Quick, figure: Measure | Line
    ) -> None:
        name = figure.field.title(language())
        if isinstance(figure, Measure) and figure.with_terminal is False:
            name = t("scenario.without_terminal", title=name)
        title = t("scenario_grounds.title", name=name)
        super().__init__(context.shell.dialog_host, title, width=620, height=560)
        self._context, self._quick = context, quick
        self.panel = ExplanationPanel()
        self.panel.set_provenance(partial(provenance, context))
        self.panel.target_asked.connect(self._on_target)
        self.panel.setMinimumHeight(theme.current().px(360))
        self.body.addWidget(self.panel, 1)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)
        result = quick.result
        if isinstance(figure, Line):
            self._line(figure, result)
            terms = figure.amounts
        else:
            terms = self._measure(figure, result)
        self._used(record, result, terms)

    def _line(self, line: Line, result: Result) -> None:
        wording = Wording(self._quick.scenario.model, result, language())
        self.panel.title(_amount(line))
        self.panel.section(t("assessment.formula"))
        self.panel.sentence(wording.formula(line))
        self.panel.sentence(wording.figures(line), quiet=True)

    def _measure(self, measure: Measure, result: Result) -> tuple[Term, ...]:
        number, unit = number_words(measure.value, measure.field)
        self.panel.title(f"{number} {unit}".strip())
        self.panel.section(t("assessment.formula"))
        if measure.term is not None and measure.with_terminal is None:
            self.panel.sentence(t("scenario_grounds.by_terms"))
            return (measure.term,)
        if measure.arguments:
            self.panel.sentence(t(f"scenario_grounds.by_{measure.how}"))
            return measure.arguments
        self.panel.sentence(t("scenario_grounds.by_flow"))
        terminal = measure.with_terminal is not False
        for line in result.lines:
            counts = terminal or not line.terminal
            if (
                line.sign
                and counts
                and line.account in holders_of(result.accounts, measure.account)
            ):
                sign = "−" if line.sign < 0 else "+"
                self.panel.figure(line.field.title(language()), f"{sign} {_amount(line)}")
        flow = result.flow(measure.account, terminal=terminal)
        return flow if measure.term is None else (*flow, measure.term)

    def _used(self, record: Record, result: Result, terms: tuple[Term, ...]) -> None:
        """Name the inputs with their sources, then the ledger cells, then who stated the rest."""
        trace, model = result.trace(*terms), self._quick.scenario.model
        ledger = self._context.services.querying.ledger()
        named = [c.field.partition("[")[0] for c in trace.inputs if c.entity == _SCENARIO]
        if named:
            self.panel.section(t("scenario_grounds.inputs"))
        for key in dict.fromkeys(named):
            item, settled = model.input(key), result.settled[key]
            unit = "" if settled.value is None else unit_title(item.field.shown_unit)
            said = (words_of(item, settled.value), unit, source_words(settled))
            words = " ".join(filter(None, said))
            self.panel.figure(item.field.title(language()), words)
            if settled.parameter is not None:
                self.panel.sentence(parameter_words(settled.parameter), quiet=True)
        if named and (history := history_rows(self._context, record, "stated")):
            self.panel.sentence(t("scenario_grounds.stated", who=history[0][0]), quiet=True)
        lacking = [cell.field.partition("[")[0] for cell in trace.missing]
        if lacking:
            names = (model.input(key).field.title(language()) for key in dict.fromkeys(lacking))
            self.panel.sentence(t("assessment.lacks", names=t("assessment.comma").join(names)))
        self.panel.inputs([c for c in trace.inputs if c.entity != _SCENARIO], ledger)

    @Slot(str)
    def _on_target(self, target: str) -> None:
        self.close_dialog()
        self._context.shell.go("ledger", target)


def _amount(line: Line) -> str:
    number, unit = number_words(line.values[0] if line.single else line.total, line.field)
    return f"{number} {unit}".strip()
