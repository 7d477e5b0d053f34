# SPDX-License-Identifier: MIT
"""The pre-filled scores as formulas: each step chosen over cells of the workbook (domain §5c)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.ranking import Placing, Ranking
from workbench.domain.ranking.scores import KEEP_AS_IS
from workbench.domain.report.sections.links import INDICATORS
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.drawn import DRAWN, TESTED, tested
from workbench.domain.report.sections.pathways.feasibility import FEASIBILITY, most_conditions
from workbench.domain.report.sections.pathways.rubric import (
    CASH,
    LEAD_PROJECTS,
    SIGNED_LEADS,
    bound,
)
from workbench.domain.report.sections.steps.step_words import quoted, to_verify

_NOI = "I-45"
_SILENT = '"—"'
_DUST = 6
"""Decimals of 万元 beyond which an amount is what rounding left."""


@dataclass(frozen=True)
class Prefilled:
    """Writes the pre-filled scores of one pathway; "" for what no cell of the report decides."""

    m: Material
    ranking: Ranking
    placing: Placing

    def formula(self, criterion: Criterion) -> str:
        """Return a score 0–100, — where the rule needs more than there is, 待核 without a bound."""
        return _WRITTEN[criterion](self)

    def compliance(self) -> str:
        """Return 100 × (✔ + share of the unknown × 待核) ÷ n over the marks of 表6-1, capped."""
        check = self.placing.check
        conditions = check.preconditions
        row = next(n for n, each in enumerate(self.m.pathways, 1) if each is check)
        if not conditions and not check.blocks:
            marks = f"{{{FEASIBILITY}!pre1@{row}}}"
            return f'IF({marks}="—",100,{_SILENT})' if most_conditions(self.m) else ""
        waits, share = self.m.say("to_verify"), "100"
        begins = quoted(f"{waits}*")
        if conditions:
            marks = f"{{{FEASIBILITY}!pre1@{row}}}:{{{FEASIBILITY}!pre{len(conditions)}@{row}}}"
            known, open_ = f'COUNTIF({marks},"✔*")', f"COUNTIF({marks},{begins})"
            share = f"100*({known}+{open_}*{bound('unknown_counts')})/{len(conditions)}"
        lines = [
            f"COUNTIF({{{FEASIBILITY}!pre{n}@{row}}},{begins})"
            for n, each in enumerate(conditions, 1)
            if each.red_line
        ]
        if check.blocks:
            # in a cell of several lines a pattern is not matched alike by all programs
            said = f"SEARCH({quoted(waits)},{{{FEASIBILITY}!block@{row}}})"
            lines.append(f"IF(ISNUMBER({said}),1,0)")
        capped = f"IF({'+'.join(lines)}>0,MIN({bound('red_line_cap')},{share}),{share})"
        found = capped if lines else share
        return self._bounded(f"ROUND({found},1)", "unknown_counts", "red_line_cap")

    def gain(self) -> str:
        """Return the step of 财务收益 by NPV, IRR over the discount rate, and net proceeds."""
        if self.placing.code == KEEP_AS_IS:
            return self._as_it_is()
        if not self._tested:
            return ""
        at = self._answer
        nothing = f"ROUND(ABS({at('npv_with')})-{bound('nothing')}/100*SUM({at('gap')}),{_DUST})<=0"
        margin = f"ROUND({at('irr')}-{at('rate')},9)"
        steps = "+".join(f"IF({margin}>={bound(f'margin{n}')},1,0)" for n in (1, 2))
        known = f"COUNT({at('npv_without')},{at('irr')},{at('rate')})<3"
        both = f"IF({known},60,IF({at('npv_without')}<=0,60,60+20*({steps})))"
        by_npv = f"IF({nothing},40,IF({at('npv_with')}<0,20,{both}))"
        spoken = f"IF(ISNUMBER({at('npv_with')}),{by_npv},{_SILENT})"
        full = f"ROUND(SUM({at('net_share')}),9)>={bound('net_cash')}"
        asked = ("net_cash", "nothing", "margin1", "margin2")
        return self._bounded(f"IF({full},100,{spoken})", *asked)

    def _as_it_is(self) -> str:
        """Return 40 for a net income above 0, else 20: of the base case, else of the ledger."""
        places = [self._answer("noi")] if self._tested else []
        ids = list(self.m.indicators)
        if _NOI in ids:
            places.append(f"{{{INDICATORS}!ours@{ids.index(_NOI) + 1}}}")
        formula = _SILENT
        for place in reversed(places):
            formula = f"IF(ISNUMBER({place}),IF({place}>0,40,20),{formula})"
        return formula if places else ""

    def funding(self) -> str:
        """Return the step of 资金压力 by the largest gap over the platform company's cash."""
        if self.placing.code == KEEP_AS_IS or not self._tested:
            return ""
        gap, cash = self._answer("gap"), bound(CASH)
        steps = "+".join(
            f"IF(ROUND({gap}/{cash}*100,9){sign}{bound(f'gap{n}')},1,0)"
            for n, sign in ((1, ">="), (2, ">="), (3, ">"))
        )
        step = f"IF(ISNUMBER({cash}),IF({cash}>0,80-20*({steps}),{_SILENT}),{_SILENT})"
        spoken = f"IF(ISNUMBER({gap}),IF(ROUND({gap},{_DUST})<=0,100,{step}),{_SILENT})"
        return self._bounded(spoken, "gap1", "gap2", "gap3")

    def time(self) -> str:
        """Return the step of 周期 by the middle of the usual months."""
        middle = self._drawn("middle")
        steps = "+".join(
            f"IF({middle}{'>' if n == 4 else '>='}{bound(f'months{n}')},1,0)" for n in range(1, 5)
        )
        whole = f"IF(ISNUMBER({middle}),100-20*({steps}),{_SILENT})"
        return self._bounded(whole, *(f"months{n}" for n in range(1, 5)))

    def industry(self) -> str:
        """Return what signed tenants prove, where that is more than the starting value."""
        if self.placing.code not in self.ranking.rules.tenants:
            return ""
        proven = f"IF({bound(LEAD_PROJECTS)}>0,{bound('lead')},{bound('matched')})"
        raised = f"IF({{start}}>={proven},{_SILENT},{proven})"
        spoken = f"IF({bound(SIGNED_LEADS)}>0,{raised},{_SILENT})"
        return self._bounded(spoken, "lead", "matched", SIGNED_LEADS, LEAD_PROJECTS)

    def risk(self) -> str:
        """Return the step of 风险 by the levels of the pathway's risks."""
        high, medium = self._drawn("high"), self._drawn("medium")
        step = f"IF({high}>1,20,IF({high}>0,40,IF({medium}>0,60,100)))"
        return f"IF(COUNT({high},{medium})<2,{_SILENT},{step})"

    @property
    def _tested(self) -> bool:
        return self.placing in tested(self.m, self.ranking)

    def _answer(self, key: str) -> str:
        return f"{{{TESTED}!{key}@{tested(self.m, self.ranking).index(self.placing) + 1}}}"

    def _drawn(self, key: str) -> str:
        return f"{{{DRAWN}!{key}@{self.ranking.placings.index(self.placing) + 1}}}"

    def _bounded(self, formula: str, *keys: str) -> str:
        """Return a formula that gives 待核 while a bound is blank: it is no 0."""
        cells = ",".join(bound(key) for key in keys)
        return f"IF(COUNT({cells})<{len(keys)},{to_verify(self.m)},{formula})"


_WRITTEN: Mapping[Criterion, Callable[[Prefilled], str]] = {
    Criterion.COMPLIANCE: Prefilled.compliance,
    Criterion.RETURN: Prefilled.gain,
    Criterion.FUNDING: Prefilled.funding,
    Criterion.TIME: Prefilled.time,
    Criterion.INDUSTRY: Prefilled.industry,
    Criterion.RISK: Prefilled.risk,
}
