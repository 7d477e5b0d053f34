# SPDX-License-Identifier: MIT
"""What people decided about the ranking, read from their records and written back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from workbench.domain.catalogue.ranking import judgement_field, weight_field
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.ranking import Override
from workbench.domain.ranking.rules import CRITERIA, criterion_pairs
from workbench.domain.ranking.scores import AnalystScore
from workbench.domain.ranking.weighing import Weighting, WeightMethod, saaty_text
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value

AnalystScores = Mapping[str, Mapping[Criterion, AnalystScore]]


@dataclass(frozen=True, slots=True)
class RankingChoices:
    """Everything that people decided for one assessment (or a park); None is the product's own."""

    weighting: Weighting | None = None
    scores: AnalystScores = field(default_factory=dict)
    override: Override | None = None

    def over(self, before: "RankingChoices") -> "RankingChoices":
        """Return these choices, and what was decided before where they say nothing."""
        scores = {
            code: {**before.scores.get(code, {}), **self.scores.get(code, {})}
            for code in {**before.scores, **self.scores}
        }
        return RankingChoices(
            self.weighting or before.weighting, scores, self.override or before.override
        )


UNDECIDED = RankingChoices()


def choices_of(
    weights: Record | None, scores: Iterable[Record], choice: Record | None
) -> RankingChoices:
    """Return the choices kept in these records; of two scores for one place the later counts."""
    said: dict[str, dict[Criterion, AnalystScore]] = {}
    for record in scores:
        value, code = record.number("score"), record.text("pathway")
        criterion = record.text("criterion")
        if value is not None and code and criterion in CRITERIA:
            reason = record.text("reason") or ""
            said.setdefault(code, {})[Criterion(criterion)] = AnalystScore(value, reason)
    override = None
    if choice is not None and (code := choice.text("pathway")):
        override = Override(code, choice.text("reason") or "", choice.text("author") or "")
    return RankingChoices(weighting_of(weights) if weights else None, said, override)


def weighting_of(record: Record) -> Weighting:
    """Return the weighting that a record keeps."""
    judgements = {}
    for pair in criterion_pairs():
        if text := record.text(judgement_field(*pair)):
            judgements[pair] = Fraction(text)
    manual = {}
    for criterion in CRITERIA:
        if (weight := record.number(weight_field(criterion))) is not None:
            manual[criterion] = weight
    method = WeightMethod(record.text("method") or WeightMethod.AHP)
    return Weighting(method, judgements, manual, own=True)


def values_of(weighting: Weighting) -> dict[str, Value | None]:
    """Return the fields of a record that keeps a weighting; None empties a field."""
    values: dict[str, Value | None] = {"method": weighting.method.value}
    for pair in criterion_pairs():
        judged = weighting.judgements.get(pair)
        values[judgement_field(*pair)] = None if judged is None else saaty_text(float(judged))
    for criterion in CRITERIA:
        values[weight_field(criterion)] = weighting.manual.get(criterion)
    return values


def whole_step(value: Decimal) -> bool:
    """Tell whether an analyst may give this score: 0–100 in steps of five."""
    return 0 <= value <= 100 and value % 5 == 0
