# SPDX-License-Identifier: MIT
"""Findings about what an assessment measures by: parameters out of date, rules left out."""

from collections.abc import Iterable, Iterator
from datetime import date

from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.findings import Finding, Level
from workbench.domain.parameters import ParameterSet, PolicyParam

OUT_OF_DATE, RULE_LEFT_OUT, EDITION_LEFT_OUT = "K01W", "K02W", "K03E"
CASE_LEFT_OUT, MATCH_WEIGHTS_UNUSED = "K11W", "K12W"


def check_parameters(parameters: ParameterSet, region: str, as_of: date) -> Iterator[Finding]:
    """Yield a finding for each parameter of which no value is in force at the as-of date.

    What needs it is 待核; nothing falls back on a value that no longer applies.
    """
    for code in parameters.codes():
        if parameters.find(code, region, as_of=as_of) is not None:
            continue
        known = [p for p in parameters if p.code == code and p.region in (region, "")]
        if known:
            yield _out_of_date(known, as_of)


def _out_of_date(known: list[PolicyParam], as_of: date) -> Finding:
    ended = max((p.effective_to for p in known if p.effective_to), default=None)
    begins = min((p.effective_from for p in known if p.effective_from), default=None)
    over = ended is not None and ended < as_of
    params = {
        "code": known[0].code,
        "name": known[0].name.zh,
        "name_en": known[0].name.en,
        "as_of": as_of.isoformat(),
        "day": str(ended if over else begins),
        "variant": "ended" if over else "begins",
    }
    return Finding(OUT_OF_DATE, Level.WARNING, params=params)


def check_rules(distresses: Iterable[Distress]) -> Iterator[Finding]:
    """Yield a finding for each rule that compares unlike kinds and was left out."""
    for distress in distresses:
        for result in distress.rules:
            if result.faulty:
                params = {"id": result.rule.id, "text": result.rule.condition.text}
                yield Finding(RULE_LEFT_OUT, Level.WARNING, params=params)
