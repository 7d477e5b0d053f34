# SPDX-License-Identifier: MIT
"""Scores of a pathway by criterion, each with its origin: pre-filled, starting value or analyst."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from workbench.domain.bilingual import Bilingual
from workbench.domain.display import grouped
from workbench.domain.explain import Trace
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.accounts import latest_finance
from workbench.domain.figures.reading import Reading
from workbench.domain.labels import Labelled
from workbench.domain.pathways.feasibility import PathwayCheck
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.rules import ANCHORS, CRITERIA, RankingRules
from workbench.domain.ranking.signed_leads import signed_leads
from workbench.domain.report.risks import Risk, RiskLevel

KEEP_AS_IS = "P00"
HIGHEST = Decimal(100)
_TENTH = Decimal("0.1")
MATCHED, LEAD = Decimal(60), Decimal(80)


class ScoreOrigin(Labelled):
    """Who says a score: computed from data, the product's starting value, or an analyst."""

    AUTO = "auto"
    START = "start"
    ANALYST = "analyst"


@dataclass(frozen=True, slots=True)
class Score:
    """A score 0–100 (more is better), where it comes from, and what would make it firmer.

    ``trace.formula`` is a text key, filled with ``shown``; ``reason`` is the analyst's;
    ``instead_of`` is what stood there before the analyst spoke, ``instead_origin`` where that came
    from; ``scenario_key`` names the scenario that was asked, "" for none.
    """

    value: Decimal
    origin: ScoreOrigin
    trace: Trace
    shown: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    instead_of: Decimal | None = None
    scenario_key: str = ""
    instead_origin: ScoreOrigin | None = None

    @property
    def computed(self) -> Decimal | None:
        """Return what the rule gives, whoever has the last word; None where it needs more."""
        if self.origin is ScoreOrigin.AUTO:
            return self.value
        return self.instead_of if self.instead_origin is ScoreOrigin.AUTO else None


Scores = Mapping[Criterion, Score]


@dataclass(frozen=True, slots=True)
class FinancialOutcome:
    """What a computed scenario says about one pathway; money in 元, rates as fractions.

    ``peak_gap`` is the largest cumulative shortfall of own cash, 0 when there is none; an IRR that
    does not exist is None. ``net_cash_share`` is net proceeds over value, ``noi`` the net income of
    today that it rests on. Without a terminal value both NPVs are the same.
    """

    pathway: str
    scenario: str
    npv_with_terminal: Decimal | None = None
    npv_without_terminal: Decimal | None = None
    irr: Decimal | None = None
    discount_rate: Decimal | None = None
    net_cash_share: Decimal | None = None
    peak_gap: Decimal | None = None
    noi: Decimal | None = None
    scenario_key: str = ""
    has_terminal: bool = True


Outcomes = Mapping[str, FinancialOutcome]


@dataclass(frozen=True, slots=True)
class AnalystScore:
    """What an analyst says instead, and why."""

    value: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class ScoreMaterial:
    """What pathways are scored from."""

    facts: Facts
    rules: RankingRules
    risks: Mapping[str, Risk]
    outcomes: Outcomes = field(default_factory=dict)


def score_pathway(
    check: PathwayCheck,
    material: ScoreMaterial,
    analyst: Mapping[Criterion, AnalystScore] | None = None,
) -> dict[Criterion, Score]:
    """Return the six scores of a pathway: the analyst's, else computed, else the starting value.

    LookupError for a pathway without starting scores, which is never ranked.
    """
    starting = check.pathway.starting_scores
    if starting is None:
        raise LookupError(check.pathway.code)
    said = analyst or {}
    outcome = material.outcomes.get(check.pathway.code)
    scores = {}
    for criterion in CRITERIA:
        start = starting.get(criterion)
        score = _PREFILL[criterion](check, material, start)
        if outcome is not None and "scenario" in score.shown:
            score = replace(score, scenario_key=outcome.scenario_key)
        if criterion in said:
            score = replace(
                score,
                value=said[criterion].value,
                origin=ScoreOrigin.ANALYST,
                reason=said[criterion].reason,
                instead_of=score.value,
                instead_origin=score.origin,
            )
        scores[criterion] = score
    return scores


def _start(start: Decimal | None, trace: Trace, **shown: Any) -> Score:
    """Return the starting value, with what the pre-filled score would need."""
    return Score(HIGHEST if start is None else start, ScoreOrigin.START, trace, shown)


def _auto(value: Decimal, trace: Trace, **shown: Any) -> Score:
    return Score(value.quantize(_TENTH, ROUND_HALF_UP), ScoreOrigin.AUTO, trace, shown)


def _wan(money: Decimal | None) -> str:
    """Return money in 万元, "—" when it is not known."""
    return "—" if money is None else grouped(money / 10_000, 2)


def _percent(share: Decimal | None) -> str:
    return "—" if share is None else f"{grouped(share * 100, 2)}%"


def _step(value: Decimal, bounds: tuple[Decimal, ...]) -> Decimal:
    """Return 100 below the first bound, 20 less from each bound on; the last one is still 40."""
    *inner, last = bounds
    return HIGHEST - 20 * (sum(value >= bound for bound in inner) + (value > last))


def _compliance(check: PathwayCheck, m: ScoreMaterial, start: Decimal | None) -> Score:
    """Return 100 × (true + 0.4 × unknown) / n; an unknown red line caps it at 60 (§5c).

    A veto (一票否决) is a red line too: while nobody knows whether it is hit, nothing is proven.
    """
    conditions, vetoes = check.preconditions, check.open_vetoes
    if not conditions and not vetoes:
        return _auto(HIGHEST, Trace("ranking.from_no_conditions"))
    truths = [each.truth for each in conditions]
    true, unknown, bounds = truths.count(True), truths.count(None), m.rules.bounds
    counted = true + bounds.unknown_counts * unknown
    value = HIGHEST * counted / len(truths) if truths else HIGHEST
    open_lines = sum(each.red_line and each.truth is None for each in conditions)
    formula = "ranking.from_conditions"
    if (open_lines or vetoes) and value > bounds.red_line_cap:
        value, formula = bounds.red_line_cap, "ranking.from_conditions_capped"
    asked = (*conditions, *vetoes)
    trace = Trace(
        formula,
        tuple(dict.fromkeys(cell for each in asked for cell in each.inputs)),
        tuple(dict.fromkeys(cell for each in asked for cell in each.missing)),
    )
    return _auto(
        value, trace, true=true, unknown=unknown, n=len(truths), cap=bounds.red_line_cap,
        lines=open_lines, vetoes=len(vetoes),
    )  # fmt: skip


def _return(check: PathwayCheck, m: ScoreMaterial, start: Decimal | None) -> Score:
    if check.pathway.code == KEEP_AS_IS:
        return _income_as_it_is(m, start)
    outcome = m.outcomes.get(check.pathway.code)
    value = None if outcome is None else return_score(outcome, m.rules)
    if outcome is None:
        return _start(start, Trace("ranking.no_scenario"))
    if value is None:
        return _start(start, Trace("ranking.scenario_silent"), scenario=outcome.scenario)
    return _auto(
        value,
        Trace(_told_by(outcome)),
        scenario=outcome.scenario,
        terminal=_wan(outcome.npv_with_terminal),
        plain=_wan(outcome.npv_without_terminal),
        irr=_percent(outcome.irr),
        share=_percent(outcome.net_cash_share),
    )


def _told_by(outcome: FinancialOutcome) -> str:
    """Return the text of what a scenario says; it may have no NPV, or no terminal value."""
    if outcome.npv_with_terminal is None:
        return "ranking.from_sale"
    return "ranking.from_scenario" if outcome.has_terminal else "ranking.from_scenario_plain"


def _income_as_it_is(m: ScoreMaterial, start: Decimal | None) -> Score:
    """Score keeping things as they are by the NOI of the base case (§5c), else by today's ledger.

    It adds nothing, and may lose money.
    """
    base = m.outcomes.get(KEEP_AS_IS)
    if base is not None and base.noi is not None:
        trace = Trace("ranking.from_base_case")
        return _auto(_kept_worth(base.noi), trace, scenario=base.scenario, noi=_wan(base.noi))
    fact = m.facts.fact("I_45")
    trace = Trace("ranking.from_income", fact.inputs, fact.missing)
    if not isinstance(fact.value, Decimal):
        return _start(start, replace(trace, formula="ranking.no_income"))
    return _auto(_kept_worth(fact.value), trace)


def _kept_worth(noi: Decimal) -> Decimal:
    return Decimal(40 if noi > 0 else 20)


def return_score(outcome: FinancialOutcome, rules: RankingRules) -> Decimal | None:
    """Return the score of 财务收益 from a scenario; None when it does not know its NPV."""
    bounds, share = rules.bounds, outcome.net_cash_share
    with_terminal, without = outcome.npv_with_terminal, outcome.npv_without_terminal
    if share is not None and share >= bounds.net_cash_share:
        return HIGHEST
    if with_terminal is None:
        return None
    nothing = bounds.nothing * (outcome.peak_gap or Decimal(0))
    if abs(with_terminal) <= nothing:
        return Decimal(40)
    if with_terminal < 0:
        return Decimal(20)
    if without is None or without <= 0 or outcome.irr is None or outcome.discount_rate is None:
        return Decimal(60)
    margin = outcome.irr - outcome.discount_rate
    return Decimal(60) + 20 * sum(margin >= bound for bound in bounds.return_margins)


def _funding(check: PathwayCheck, m: ScoreMaterial, start: Decimal | None) -> Score:
    if check.pathway.code == KEEP_AS_IS:  # §5c: 100, whatever the base case says
        return _start(start, Trace("ranking.starting"))
    outcome = m.outcomes.get(check.pathway.code)
    if outcome is None:
        return _start(start, Trace("ranking.no_scenario"))
    if outcome.peak_gap is None:
        return _start(start, Trace("ranking.scenario_no_gap"), scenario=outcome.scenario)
    if outcome.peak_gap <= 0:
        return _auto(HIGHEST, Trace("ranking.no_gap"), scenario=outcome.scenario)
    scope = m.facts.scope
    reading = Reading(scope.params, scope.shared)
    row = latest_finance(scope, reading, "cash")
    cash = None if row is None else reading.need_number(row, "cash")
    if not cash or cash < 0:
        return _start(start, reading.trace("ranking.no_cash"), scenario=outcome.scenario)
    share = outcome.peak_gap / cash
    # Below the first bound a gap still is a gap: 100 is for no gap at all.
    bounds = (Decimal(0), *m.rules.bounds.gap_of_cash)
    return _auto(
        _step(share, bounds),
        reading.trace("ranking.from_gap"),
        scenario=outcome.scenario,
        share=(share * 100).quantize(_TENTH, ROUND_HALF_UP),
    )


def _time(check: PathwayCheck, m: ScoreMaterial, start: Decimal | None) -> Score:
    low, high = check.pathway.months_min, check.pathway.months_max
    middle = Decimal(low + high) / 2
    value = _step(middle, m.rules.bounds.months)
    anchor = _anchor(m.rules, Criterion.TIME, value)
    shown = {"low": low, "high": high, "middle": middle, "anchor": anchor}
    return _auto(value, Trace("ranking.from_months"), **shown)


def _anchor(rules: RankingRules, criterion: Criterion, value: Decimal) -> Bilingual:
    """Return what the rubric says of an anchor, which is the reason of a score."""
    return rules.rubric[criterion].anchors[ANCHORS.index(int(value))]


def _industry(check: PathwayCheck, m: ScoreMaterial, start: Decimal | None) -> Score:
    """Return the starting value, raised to what signed tenants prove."""
    if check.pathway.code not in m.rules.tenants:
        return _start(start, Trace("ranking.starting"))
    scope = m.facts.scope
    reading = Reading(scope.params, scope.shared)
    leads = signed_leads(scope, reading)
    signed, others = leads.matched, len(leads.elsewhere)
    if not signed and others:
        return _start(start, reading.trace("ranking.signed_elsewhere"), count=others)
    if not signed:
        return _start(start, reading.trace("ranking.nobody_signed"))
    proven = MATCHED
    for lead in signed:
        firm = scope.ledger.find("enterprise", lead.text("enterprise"))
        role = reading.text(firm, "chain_role") if firm else None
        if role and any(word in role for word in m.rules.lead_roles):
            proven = LEAD
    if start is not None and start >= proven:
        trace = reading.trace("ranking.signed_no_more")
        return _start(start, trace, count=len(signed), proven=proven)
    return _auto(proven, reading.trace("ranking.from_signed"), count=len(signed))


def _risk(check: PathwayCheck, m: ScoreMaterial, start: Decimal | None) -> Score:
    """Return the anchor that the pathway's risks earn while nothing is known of a mitigation."""
    risks = [m.risks[tag] for tag in check.pathway.risk_tags if tag in m.risks]
    levels = [risk.level for risk in risks]
    high = levels.count(RiskLevel.HIGH)
    if high:
        value = Decimal(20 if high > 1 else 40)
    else:
        value = Decimal(60) if RiskLevel.MEDIUM in levels else HIGHEST
    anchor = _anchor(m.rules, Criterion.RISK, value)
    shown = {"risks": _named(risks), "high": high, "anchor": anchor}
    return _auto(value, Trace("ranking.from_risks"), **shown)


def _named(risks: Sequence[Risk]) -> Bilingual:
    """Return risks with probability × impact, the highest first."""
    if not risks:
        return Bilingual("—", "—")
    ranked = sorted(risks, key=lambda risk: (-risk.probability * risk.impact, risk.id))
    products = [(r, f"{r.probability}×{r.impact}={r.probability * r.impact}") for r in ranked]
    return Bilingual(
        "、".join(f"{r.id} {r.text.zh} {product}" for r, product in products),
        ", ".join(f"{r.id} {r.text.en} {product}" for r, product in products),
    )


_Prefill = Callable[[PathwayCheck, ScoreMaterial, Decimal | None], Score]
_PREFILL: Mapping[Criterion, _Prefill] = {
    Criterion.COMPLIANCE: _compliance,
    Criterion.RETURN: _return,
    Criterion.FUNDING: _funding,
    Criterion.TIME: _time,
    Criterion.INDUSTRY: _industry,
    Criterion.RISK: _risk,
}
