"""Traces hold what was used: no cell outside a trace changes its value, none inside is foreign."""

from dataclasses import replace

from hypothesis import given, settings

from tests.builders import a_ledger, a_record, with_values
from tests.random_park import (
    AS_OF,
    CELLS_TRIED,
    PARAMS,
    SEEDS,
    a_small_park,
    another_value,
    cells_of,
    fields_of,
    scope_of,
)
from tests.standards import STANDARDS
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.conditions import parse
from workbench.domain.facts.derived import DERIVED
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.reading import NEIGHBOURS, PARAMETER
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.registry import INDICATORS, evaluate_all


@settings(max_examples=settings.default.max_examples // 2)
@given(SEEDS)
def test_a_cell_outside_the_trace_never_changes_the_value(random):
    records = a_small_park(random)
    before = evaluate_all(scope_of(records), {})
    used = {id_: cells_of(value.trace.inputs) for id_, value in before.items()}
    facts = Facts(scope_of(records), {})
    facts_before = {name: facts.fact(name) for name in DERIVED}
    facts_used = {name: cells_of(fact.inputs) for name, fact in facts_before.items()}
    cells = [(r, f) for r in records for f in fields_of(r.entity) if f.key in r.values]
    for record, field in random.sample(cells, CELLS_TRIED):
        changed = with_values(record, **{field.key: another_value(field, record.values[field.key])})
        others = [changed if r is record else r for r in records]
        cell = (record.entity, record.key, field.key)
        after = evaluate_all(scope_of(others), {})
        for id_, value in before.items():
            if cell not in used[id_]:
                assert (after[id_].value, after[id_].band) == (value.value, value.band), (id_, cell)
        facts_after = Facts(scope_of(others), {})
        for name, fact in facts_before.items():
            if cell not in facts_used[name]:
                assert facts_after.fact(name).value == fact.value, (name, cell)


@given(SEEDS)
def test_a_trace_holds_only_declared_inputs_with_their_values(random):
    scope = scope_of(a_small_park(random))
    for id_, value in evaluate_all(scope, {}).items():
        declared = set(INDICATORS[id_].inputs)
        for cell in value.trace.inputs:
            assert f"{cell.entity}.{cell.field}" in declared, id_
            assert scope.ledger.find(cell.entity, cell.key).values[cell.field] == cell.value
        assert set(value.trace.parameters) <= set(INDICATORS[id_].parameters)


@given(SEEDS)
def test_what_is_missing_is_blank_and_can_be_filled(random):
    scope = scope_of(a_small_park(random))
    for value in evaluate_all(scope, {}).values():
        for gap in value.trace.missing:
            if gap.entity in (PARAMETER, NEIGHBOURS):  # a standard, set in the settings; a park
                continue
            assert gap.field in CATALOGUE[gap.entity], gap
            if gap.key:
                known = scope.ledger.find(gap.entity, gap.key).values.get(gap.field)
                assert known in (None, "不详"), gap


@settings(max_examples=settings.default.max_examples // 2)
@given(SEEDS)
def test_the_order_of_records_changes_nothing_at_all(random):
    records = a_small_park(random)
    expected = evaluate_all(scope_of(records), {})
    shuffled = records[:]
    random.shuffle(shuffled)
    assert evaluate_all(scope_of(shuffled), {}) == expected


@settings(max_examples=settings.default.max_examples // 2)
@given(SEEDS)
def test_rows_typed_in_another_order_give_the_same_to_the_last_digit(random):
    """Areas times years of 365.25 days have no last digit: sums must not depend on the rows."""
    records = a_small_park(random, many=12)
    shuffled = records[:]
    random.shuffle(shuffled)
    renumbered = [replace(record, position=at) for at, record in enumerate(shuffled)]
    before, after = (evaluate_all(scope_of(rows), {}) for rows in (records, renumbered))
    for id_, value in before.items():
        again = after[id_]
        assert (again.value, again.band, again.yardstick) == (
            value.value, value.band, value.yardstick,
        ), id_  # fmt: skip
        assert set(again.trace.inputs) == set(value.trace.inputs), id_
        assert set(again.trace.missing) == set(value.trace.missing), id_


def test_a_condition_on_plots_of_different_use_names_both_cells():
    """Nothing is missing and nothing is agreed: what keeps it open must be seen."""
    plots = [
        a_record("parcel", "parcel-0", park="park", plan_use="工业用地"),
        a_record("parcel", "parcel-1", park="park", plan_use="商服用地"),
    ]
    facts = Facts(scope_of([a_record("park", "park"), *plots]), {})
    verdict = parse("parcel.plan_use == '工业用地'").evaluate(facts.lookup)
    assert (verdict.truth, verdict.used) == (None, {})
    assert [cell.key for cell in facts.cells(verdict.rests_on)] == ["parcel-0", "parcel-1"]


def test_an_empty_ledger_gives_no_value_and_says_what_is_missing():
    of_nothing = evaluate_all(Scope(a_ledger(), "park", None, AS_OF, PARAMS, STANDARDS), {})
    assert len(of_nothing) == len(INDICATORS)
    assert [id_ for id_, found in of_nothing.items() if found.value is not None] == []
    assert [id_ for id_, found in of_nothing.items() if not found.trace.missing] == []


def test_declared_inputs_exist_in_the_catalogue():
    declared = [(id_, *name.split(".")) for id_, i in INDICATORS.items() for name in i.inputs]
    assert [name for name in declared if name[2] not in CATALOGUE[name[1]]] == []
