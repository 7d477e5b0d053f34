# SPDX-License-Identifier: MIT
"""What our side of a match rests on, so that a likeness waits once the ledger says otherwise.

Words are compared by the program when a report is written. A formula cannot compare them again,
but it can tell that one of the cells which decided them is no longer what it was.
"""

from collections.abc import Callable, Set
from dataclasses import replace
from decimal import Decimal

from workbench.domain.cases.case import FEATURES
from workbench.domain.facts.lookup import Facts
from workbench.domain.labels import label_key
from workbench.domain.matching.features import (
    COUNTED_LEVELS,
    DATA_TYPE,
    LEAST_CONFIDENCE,
    target_features,
)
from workbench.domain.matching.similarity import Feature, FeatureScore
from workbench.domain.report.sections.links import DIAGNOSIS
from workbench.domain.report.sections.live.unmoved import Unmoved, while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.workings.keeping import KeepingReading
from workbench.domain.workings.numbers import At

Amount = Callable[[Decimal, Set[At], str], str]
_DISTRESS, _SCALE = "distress", "scale_m2"
_OUT, _IN, _OPEN = 0, 1, 2
"""Whether a trouble is not one that a case could share, is one, or is not known."""


class OurSide:
    """Our features as the ledger tells them, and the cells behind each."""

    def __init__(self, m: Material, amount: Amount, unmoved: Unmoved) -> None:
        """``amount`` writes the formula of an amount made of ledger cells."""
        scope = replace(m.scope)  # what its readings share is asked by no other
        self._m, self._unmoved = m, unmoved
        self._read = {name: KeepingReading(scope.params, scope.shared) for name in FEATURES}
        told = target_features(
            Facts(scope, m.indicators), m.distresses, m.content.features, self._read
        )
        self._told = told.features
        size = self._told.scale_m2
        self._size = "" if size is None else amount(size, self._asked(_SCALE), self._name(_SCALE))

    def size(self, feature: FeatureScore) -> str:
        """Return the formula of our size (㎡), "" where the ledger does not make it."""
        return self._size if feature.name == _SCALE and self._is_told(feature) else ""

    def while_so(self, feature: FeatureScore, said: str) -> str:
        """Return what a likeness is, 待核 once what our side of it rests on has changed.

        "" for a side that does not come from the ledger: somebody chose it for the assessment.
        """
        if not self._is_told(feature):
            return ""
        if feature.name == _DISTRESS:
            return while_0(self._m, self._changed_troubles(), said)
        name, asked = self._name(feature.name), self._asked(feature.name)
        formula = self._unmoved.guard(said, asked, (), name)
        return "" if formula == said else formula

    def _is_told(self, feature: FeatureScore) -> bool:
        """Tell whether the ledger still says what was matched; a signed match stays as it is."""
        told: Feature | None = getattr(self._told, feature.name)
        return told == feature.ours

    def _name(self, name: str) -> str:
        return self._m.words(label_key("feature", name))

    def _asked(self, name: str) -> Set[At]:
        reading = self._read[name]
        blanks = {At(each.entity, each.key, each.field) for each in reading.missing if each.key}
        return reading.asked | blanks

    def _changed_troubles(self) -> list[str]:
        """Return by 1 and 0 whether a trouble became one that a case could share, or none."""
        m, flags, sure = self._m, list[str](), list[str]()
        least = m.content.diagnosis.scale.medium
        for row, each in enumerate(m.distresses, start=1):
            if each.type.code == DATA_TYPE:
                continue
            severity, confidence = (
                f"{{{DIAGNOSIS}!{key}@{row}}}" for key in ("severity", "confidence")
            )
            today = _OPEN if not each.judged else _IN if each.level in COUNTED_LEVELS else _OUT
            now = f"IF(ISNUMBER({severity}),IF({severity}>={least},{_IN},{_OUT}),{_OPEN})"
            flags.append(f"IF({now}={today},0,1)")
            sure.append(f"N({confidence})")
        if flags and not self._told.distress:
            enough = Decimal(100) * LEAST_CONFIDENCE
            today = 0 if self._told.distress is None else 1
            flags.append(f"IF(IF(ROUND(MAX({','.join(sure)}),9)>={enough:f},1,0)={today},0,1)")
        return flags
