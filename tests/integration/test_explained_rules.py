"""What rules, preconditions and scores say hangs on the cells that they name and on no others."""

from decimal import Decimal
from random import Random

from hypothesis import example, given, settings

from tests.builders import with_values
from tests.random_park import (
    CELLS_TRIED,
    SEEDS,
    a_small_park,
    another_value,
    cells_of,
    fields_of,
    scope_of,
)
from tests.shipped import content
from workbench.domain.diagnosis.diagnosing import diagnose
from workbench.domain.explain import Input
from workbench.domain.facts.lookup import Facts
from workbench.domain.indicators.registry import evaluate_all
from workbench.domain.pathways.feasibility import check_pathways
from workbench.domain.ranking.scores import FinancialOutcome, Score, ScoreMaterial, score_pathway
from workbench.domain.records.ledger import Record


def _scores(records: list[Record]) -> dict[tuple[str, str], Score]:
    """Every score of every ranked pathway, with a scenario that needs the platform's cash."""
    scope = scope_of(records)
    facts = Facts(scope, evaluate_all(scope, {}))
    gap = {"P09": FinancialOutcome("P09", "方案", peak_gap=Decimal(3))}
    rules = content()
    material = ScoreMaterial(facts, rules.ranking, rules.risks, gap)
    return {
        (check.pathway.code, criterion.value): score
        for check in check_pathways(rules.pathways.values(), facts)
        if check.pathway.ranked
        for criterion, score in score_pathway(check, material).items()
    }


Verdicts = dict[tuple[str, ...], tuple[tuple[bool | None, object], tuple[Input, ...]]]


def _verdicts(records: list[Record]) -> Verdicts:
    """What every diagnosis rule, precondition and block says, and the cells behind it."""
    scope = scope_of(records)
    facts = Facts(scope, evaluate_all(scope, {}))
    rules = content()
    found = {
        ("rule", result.rule.id): ((result.truth, result.value), result.inputs)
        for distress in diagnose(rules.diagnosis, facts)
        for result in distress.rules
    }
    for check in check_pathways(rules.pathways.values(), facts):
        for each in (*check.preconditions, *check.blocks):
            found[check.pathway.code, each.id] = ((each.truth, None), each.inputs)
    return found


@given(SEEDS)
@example(Random(6))
@example(Random(207))
@example(Random(751))
def test_a_cell_outside_the_trace_of_a_verdict_never_changes_it(random):
    records = a_small_park(random)
    before = _verdicts(records)
    used = {place: cells_of(inputs) for place, (_, inputs) in before.items()}
    cells = [(r, f) for r in records for f in fields_of(r.entity) if f.key in r.values]
    for record, field in random.sample(cells, CELLS_TRIED):
        changed = with_values(record, **{field.key: another_value(field, record.values[field.key])})
        after = _verdicts([changed if r is record else r for r in records])
        cell = (record.entity, record.key, field.key)
        for place, (verdict, _) in before.items():
            if cell not in used[place]:
                assert after[place][0] == verdict, (place, cell)


@settings(max_examples=settings.default.max_examples // 2)
@given(SEEDS)
@example(Random(6))
@example(Random(207))
def test_a_cell_outside_the_trace_of_a_score_never_changes_it(random):
    records = a_small_park(random)
    before = _scores(records)
    used = {place: cells_of(score.trace.inputs) for place, score in before.items()}
    cells = [(r, f) for r in records for f in fields_of(r.entity) if f.key in r.values]
    for record, field in random.sample(cells, CELLS_TRIED):
        changed = with_values(record, **{field.key: another_value(field, record.values[field.key])})
        after = _scores([changed if r is record else r for r in records])
        cell = (record.entity, record.key, field.key)
        for place, score in before.items():
            if cell not in used[place]:
                assert (after[place].value, after[place].origin) == (score.value, score.origin), (
                    place,
                    cell,
                )


@settings(max_examples=settings.default.max_examples // 2)
@given(SEEDS)
def test_a_trace_of_a_score_shows_the_values_as_they_are(random):
    records = a_small_park(random)
    ledger = scope_of(records).ledger
    for score in _scores(records).values():
        assert 0 <= score.value <= 100
        for cell in score.trace.inputs:
            assert ledger.find(cell.entity, cell.key).values[cell.field] == cell.value
