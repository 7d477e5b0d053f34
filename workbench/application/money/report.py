# SPDX-License-Identifier: MIT
"""A scenario's result as plain values: units 元, ㎡, fractions; what is not known is None."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workbench.application.money.shown import figure_words
from workbench.application.naming import listed
from workbench.application.plain import plain
from workbench.application.ports import Texts
from workbench.domain.bilingual import Bilingual
from workbench.domain.display import Quantity
from workbench.domain.finance.model import Model
from workbench.domain.finance.results import Line, Measure, Reason, Result, UsedParameter
from workbench.domain.finance.settling import Settled
from workbench.domain.finance.words import Wording
from workbench.domain.findings import Finding
from workbench.domain.parameters import PolicyParam
from workbench.domain.records.ledger import Record
from workbench.domain.report.sections.money.parameters import shown_parameter
from workbench.domain.report.sections.money.words import Calculated

if TYPE_CHECKING:
    from workbench.application.money.scenarios import Scenarios
    from workbench.domain.finance.simulation import Simulation, Spread

Plain = Any


@dataclass(frozen=True)
class ScenarioWords:
    """Puts a result into plain values and sentences of one language."""

    model: Model
    texts: Texts

    def result(self, result: Result) -> dict[str, Plain]:
        """Return everything that a result says."""
        language = self.texts.language
        wording = Wording(self.model, result, language)
        return {
            "model": result.model,
            "title": self.model.title(language),
            "inputs": {key: self._settled(settled) for key, settled in result.settled.items()},
            "lines": [self._line(line, result, wording) for line in result.lines],
            "accounts": [
                {
                    "account": account.key,
                    "title": account.title(language),
                    "flow": [plain(t.value) for t in result.flow(account.key, terminal=False)],
                    "flow_with_terminal": [plain(t.value) for t in result.flow(account.key)],
                }
                for account in result.accounts
            ],
            "measures": [self.measure(measure) for measure in result.measures],
            "findings": [self.finding(finding) for finding in result.findings],
            "parameter_set": result.parameter_set,
            "parameters": [
                {
                    "input": used.input,
                    **_parameter(used.param),
                    "shown": shown_parameter(used.param, self.texts),
                    "cited": used.param.cite(language),
                    "standing": self._standing(used, result),
                }
                for used in result.parameters
            ],
        }

    @staticmethod
    def _standing(used: UsedParameter, result: Result) -> str:
        """Return how a parameter stood when it was used: a finding at its input says expired."""
        expired = {f.field for f in result.findings if f.code == "parameter_expired"}
        if used.input in expired:
            return "expired"
        return "unverified" if used.param.verified_on is None else "verified"

    def _settled(self, settled: Settled) -> dict[str, Plain]:
        found: dict[str, Plain] = {
            "value": _value(settled.value),
            "from": settled.provenance.value,
        }
        if settled.parameter is not None:
            found["parameter"] = settled.parameter.code
        if settled.trace is not None:
            found["cells"] = [
                {"entity": c.entity, "key": c.key, "field": c.field, "value": plain(c.value)}
                for c in settled.trace.inputs
            ]
        return found

    def _line(self, line: Line, result: Result, wording: Wording) -> dict[str, Plain]:
        number = line.values[0] if line.single else line.total
        found: dict[str, Plain] = {
            "line": line.key,
            "title": line.field.title(self.texts.language),
            "group": line.group or None,
            "account": line.account,
            "sign": line.sign,
            "unit": line.field.unit or None,
            "amounts": [plain(value) for value in line.values],
            "total": plain(number),
            "shown": figure_words(number, line.field, self.texts),
            "terminal": line.terminal,
            "formula": wording.formula(line),
        }
        if line.charge is not None:
            param = result.parameter_of(line)
            found["charge"] = {
                "base": plain(line.charge.base.value),
                "rate": plain(line.charge.rate.value),
                "parameter": param.code if param else None,
                "varies": param.varies if param else None,
            }
        return found

    def measure(self, measure: Measure) -> dict[str, Plain]:
        """Return one measure; without a value it says why."""
        return {
            "measure": measure.key,
            "title": measure.field.title(self.texts.language),
            "account": measure.account,
            "with_terminal": measure.with_terminal,
            "value": plain(measure.value),
            "shown": figure_words(measure.value, measure.field, self.texts),
            "roots": [plain(root) for root in measure.roots],
            "reasons": [
                {"code": reason.code, "text": self.reason(reason)} for reason in measure.reasons
            ],
        }

    def reason(self, reason: Reason) -> str:
        """Return a reason as a sentence; inputs are named by their titles."""
        params = dict(reason.params)
        if isinstance(keys := params.get("inputs"), tuple):
            language = self.texts.language
            titles = [self.model.input(key).field.title(language) for key in keys]
            params["inputs"] = listed(titles, language)
        key = f"finance.reason.{reason.code}"
        return self.texts(key, **{name: str(value) for name, value in params.items()})

    def title(self, finding: Finding) -> str:
        """Return the title of the input that a finding is about, "" for none."""
        key = finding.field.partition("[")[0]
        found = (i.field.title(self.texts.language) for i in self.model.inputs if i.key == key)
        return next(found, "")

    def finding(self, finding: Finding) -> dict[str, Plain]:
        """Return a finding with its field, level and sentence."""
        return {
            "code": finding.code,
            "level": finding.level.value,
            "field": finding.field,
            "title": self.title(finding),
            "text": finding_sentence(finding, self.texts),
        }

    def simulation(self, run: "Simulation") -> dict[str, Plain]:
        """Return how a simulation was made, and what came out."""
        return {
            "paths": run.paths,
            "seed": run.seed,
            "cancelled": run.cancelled,
            "uncertain": [
                {
                    "input": item.key,
                    "distribution": item.distribution.kind.value,
                    "parameters": list(item.distribution.parameters),
                    "applies": item.mode.value,
                    "yearly": item.yearly,
                }
                for item in run.uncertain
            ],
            "correlations": [
                {"inputs": [c.first, c.second], "rank": c.rank} for c in run.correlations
            ],
            "npv": _spread(run.npv),
            "irr": _spread(run.irr) if run.irr else None,
            "loss_probability": run.loss,
            "clipped": run.clipped,
            "left_out": [
                {"input": key, "title": self.model.input(key).field.title(self.texts.language)}
                for key in run.left_out
            ],
            "drivers": [{"input": d.item.key, "rank_correlation": d.rank} for d in run.drivers],
        }


def finding_sentence(finding: Finding, texts: Texts) -> str:
    """Return a finding of a scenario as a sentence of one language."""
    params = {"field": finding.field, **finding.params}
    return texts(f"finance.{finding.code}", **{k: _word(v, texts) for k, v in params.items()})


def _word(value: Any, texts: Texts) -> Any:
    """Return what stands in a sentence for a finding's parameter."""
    if isinstance(value, Quantity):
        words = figure_words(Decimal(value.value), value.field, texts)
        return words.replace(" %", "%")
    return value.get(texts.language) if isinstance(value, Bilingual) else value


def _with_title(title: str, sentence: str, texts: Texts) -> str:
    return texts("report_money.at", title=title, sentence=sentence) if title else sentence


def _spread(spread: "Spread") -> dict[str, Plain]:
    from workbench.domain.finance.simulation import PERCENTILES

    return {
        "base": spread.base,
        "known": spread.known,
        "unknown": spread.unknown,
        "ambiguous": spread.ambiguous,
        "mean": spread.mean,
        "deviation": spread.deviation,
        "standard_error": spread.standard_error,
        "lowest": spread.lowest,
        "highest": spread.highest,
        "percentiles": dict(zip(map(str, PERCENTILES), spread.percentiles, strict=False)),
        "below_zero": spread.below,
        "histogram": {"edges": list(spread.edges), "counts": list(spread.counts)},
    }


def _parameter(param: PolicyParam) -> dict[str, Plain]:
    value = param.value
    return {
        "code": param.code,
        "name": {"zh": param.name.zh, "en": param.name.en},
        "value": _value(value),
        "region": param.region,
        "effective_from": plain(param.effective_from),
        "effective_to": plain(param.effective_to),
        "verified_on": plain(param.verified_on),
        "verified_by": param.verified_by or None,
        "checked_against": param.checked_against or None,
        "source": param.source.id,
        "varies": param.varies,
    }


def _value(value: Any) -> Plain:
    if isinstance(value, tuple):
        return [_value(entry) for entry in value]
    if isinstance(value, Mapping):
        return {key: _value(entry) for key, entry in value.items()}
    return plain(value)


MOST_IN_A_REPORT = 12


def calculated(
    scenarios: "Scenarios", park_key: str, assessment: Record | None, texts: Texts
) -> tuple[Calculated, ...]:
    """Return the scenarios that a report shows: those of the assessment, else of the park."""
    records = [r for r in scenarios.all(park_key) if r.text("park") == park_key]
    own = [r for r in records if assessment and r.text("assessment") == assessment.key]
    names = {record.key: record.label for record in records}
    return tuple(
        shown_scenario(scenarios, record, names.get(record.text("base") or "", ""), texts)
        for record in (own or records)[:MOST_IN_A_REPORT]
    )


def shown_scenario(scenarios: "Scenarios", record: Record, base: str, texts: Texts) -> Calculated:
    """Return one scenario with its findings and reasons in sentences."""
    scenario = scenarios.scenario(record)
    result, words = scenario.result(), ScenarioWords(scenario.model, texts)
    sentences = tuple(
        _with_title(words.title(f), finding_sentence(f, texts), texts)
        for f in result.findings
        if f.code != "parameter_unverified"
    )
    reasons = {
        (m.key, m.account, m.with_terminal): " ".join(map(words.reason, m.reasons))
        for m in result.measures
        if m.reasons
    }
    differs = tuple(sorted(scenarios.differs(record))) if base else ()
    return Calculated(
        record.label, scenario.model, result, base, sentences, reasons, record.key, differs,
        scenarios.scope(record),
    )  # fmt: skip
