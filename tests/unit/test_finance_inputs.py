# SPDX-License-Identifier: MIT
"""Bad input is a finding at its field; what cannot be computed says why and is never a number."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.any_text import any_text
from tests.finance_rig import AROUND, BRACKETS, PARAMETERS, a_param, plain, run, wan
from tests.finance_samples import SAMPLES, model_of
from workbench.domain.explain import Input, Trace
from workbench.domain.finance.model import calculate
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.settling import Provenance, Suggestion, Surroundings
from workbench.domain.findings import Level
from workbench.domain.parameters import ParameterSet

E1, E5, E3 = (SAMPLES[key] for key in ("transfer", "lease_up", "joint_venture"))


UNAPPRAISED = ("appraisal_unknown", "appraised_value")
"""What is said of every sale whose price no appraisal was held against."""


def found(result):
    return [(finding.code, finding.field) for finding in result.findings]


@pytest.mark.parametrize(
    ("model", "stated", "code", "field"),
    [
        ("lease_up", {"area": -20000}, "below_open", "area"),
        ("lease_up", {"area": 0}, "below_open", "area"),
        ("lease_up", {"occupancy": (0.6, 1.08)}, "above", "occupancy[2]"),
        ("lease_up", {"base_occupancy": -0.1}, "below", "base_occupancy"),
        ("lease_up", {"discount_rate": -1}, "below_open", "discount_rate"),
        ("lease_up", {"discount_rate": -2}, "below_open", "discount_rate"),
        ("lease_up", {"rent_growth": -1}, "below_open", "rent_growth"),
        ("lease_up", {"rent": Decimal("NaN")}, "not_finite", "rent"),
        ("lease_up", {"rent": Decimal("Infinity")}, "not_finite", "rent"),
        ("lease_up", {"rent": "fifteen"}, "wrong_type", "rent"),
        ("lease_up", {"rent": True}, "wrong_type", "rent"),
        ("lease_up", {"rent": (1, 2)}, "wrong_type", "rent"),
        ("lease_up", {"occupancy": 0.6}, "not_a_series", "occupancy"),
        ("lease_up", {"years": 0}, "below", "years"),
        ("lease_up", {"years": 200}, "above", "years"),
        ("lease_up", {"years": 2.5}, "not_whole", "years"),
        ("lease_up", {"loan_method": "气球"}, "not_a_choice", "loan_method"),
        ("lease_up", {"rnet": 15}, "no_such_input", "rnet"),
        ("joint_venture", {"soe_share": 1.49}, "above", "soe_share"),
        ("transfer", {"price": 0}, "below_open", "price"),
        ("transfer", {"lat_brackets": 3}, "not_a_table", "lat_brackets"),
        ("transfer", {"lat_brackets": ()}, "no_brackets", "lat_brackets"),
        ("land_grant", {"years": 0}, "below_open", "years"),
    ],
)
def test_a_bad_value_is_an_error_at_its_field(model, stated, code, field):
    result = run(model, **SAMPLES[model] | stated)
    assert (code, field) in found(result)
    assert result.failed


@pytest.mark.parametrize(
    ("model", "stated", "code", "field", "measure"),
    [
        ("fund", {"soe_part": 0.7, "manager_part": 0.4}, "parts_above_one", "soe_part", "irr"),
        ("fund", {"calls": (0.6, 0.6)}, "calls_above_one", "calls", "irr"),
        ("fund", {"catch_up_share": 0.1}, "catch_up_never_ends", "catch_up_share", "irr"),
        ("debt", {"repaid": wan(99999)}, "repaid_above_debt", "repaid", "ratio_after"),
        ("debt", {"sold_book": wan(99999)}, "sold_above_assets", "sold_book", "ratio_after"),
        ("storage", {"resold_area": 10**9}, "resold_above_taken", "resold_area", "npv"),
        ("expansion", {"far_to": 0.1}, "far_not_raised", "far_to", "npv"),
        ("land_grant", {"years": 60}, "term_above_full", "years", "tenure_factor"),
    ],
)
def test_inputs_that_contradict_each_other_are_an_error_and_give_no_number(
    model, stated, code, field, measure
):
    result = run(model, **SAMPLES[model] | stated)
    assert found(result).count((code, field)) == 1
    found_measure = next(m for m in result.measures if m.key.startswith(measure))
    assert found_measure.value is None
    assert field in found_measure.reasons[0].params["inputs"]
    assert result.settled[field].refused is not None


@pytest.mark.parametrize("missing", ["area", "rent", "occupancy", "capex"])
def test_what_depends_on_a_missing_value_is_unknown_and_says_which(missing):
    stated = {key: value for key, value in E5.items() if key != missing}
    result = run("lease_up", **stated)
    assert ("missing", missing) in found(result)
    npv = result.measure("npv", "project")
    assert npv.value is None
    assert missing in npv.reasons[0].params["inputs"]
    assert result.measure("irr", "project").value is None


def test_a_blank_is_not_a_zero():
    blank, zero = (run("transfer", **E1 | {"net_book": value}) for value in (None, 0))
    assert blank.measure("net_proceeds").value is None
    assert zero.measure("net_proceeds").value is not None
    assert blank.line("vat").total == zero.line("vat").total


def test_an_error_in_one_entry_leaves_the_years_before_it_known():
    result = run("lease_up", **E5 | {"occupancy": (0.6, 1.08, 0.8)})
    income = result.line("income").values
    assert income[1] is not None
    assert income[2] is None
    assert income[3] is not None
    assert result.measure("npv").value is None


def test_without_the_number_of_years_nothing_is_built_and_that_is_said():
    result = run("lease_up", **E5 | {"years": None})
    assert ("cannot_build", "years") in found(result)
    assert not result.lines
    assert not result.measures


def test_inputs_that_the_choices_make_idle_are_not_asked_for_and_are_said_to_be_kept():
    result = run("transfer", **E1 | {"lat_method": "核定征收", "replacement_cost": -5})
    assert {(f.code, f.level) for f in result.findings} == {
        ("not_counted", Level.INFO), ("appraisal_unknown", Level.WARNING),
    }  # fmt: skip
    [said] = [f for f in result.findings if f.field == "replacement_cost"]
    assert (said.params["decider"].zh, said.params["chosen"].en) == (
        "土地增值税方法",
        "Deemed levy",
    )
    assert result.settled["replacement_cost"].provenance is Provenance.UNUSED


def test_the_analysts_value_comes_before_the_ledgers_and_that_before_the_default():
    trace = Trace("x", (Input("building", "B", "net_value", wan(800)),))
    around = replace(AROUND, ledger={"net_book": Suggestion(wan(800), trace)})
    stated = {key: plain(value) for key, value in E1.items() if key != "net_book"}
    ours = calculate(MODELS["transfer"], stated, around)
    assert ours.settled["net_book"].provenance is Provenance.LEDGER
    inputs = {(cell.entity, cell.field) for cell in ours.trace(*ours.line("cit").amounts).inputs}
    assert ("building", "net_value") in inputs
    assert ("scenario", "price") in inputs
    own = calculate(MODELS["transfer"], {**stated, "net_book": wan(1)}, around)
    assert own.settled["net_book"].provenance is Provenance.ANALYST
    assert own.settled["other_fee"].provenance is Provenance.DEFAULT
    assert own.settled["vat_rate"].provenance is Provenance.PARAMETER


def with_param(*params):
    codes = {param.code for param in params}
    kept = (param for param in PARAMETERS if param.code not in codes)
    return replace(AROUND, parameters=ParameterSet((*kept, *params)))


def stated_e1():
    return {key: plain(value) for key, value in E1.items()}


def test_an_unverified_parameter_is_used_and_flagged():
    around = with_param(a_param("cit_rate", Decimal("0.25"), verified_on=None))
    result = calculate(MODELS["transfer"], stated_e1(), around)
    assert found(result) == [("parameter_unverified", "cit_rate"), UNAPPRAISED]
    assert result.measure("net_proceeds").value is not None


def test_an_expired_parameter_is_used_flagged_and_named_with_its_date():
    old = a_param("cit_rate", Decimal("0.33"), effective_to=date(2007, 12, 31))
    result = calculate(MODELS["transfer"], stated_e1(), with_param(old))
    assert found(result) == [("parameter_expired", "cit_rate"), UNAPPRAISED]
    assert result.findings[0].params["until"] == date(2007, 12, 31)
    assert result.line("cit").charge.rate.value == Decimal("0.33")


def test_a_parameter_not_yet_in_force_gives_no_number():
    new = a_param("cit_rate", Decimal("0.2"), effective_from=date(2030, 1, 1))
    result = calculate(MODELS["transfer"], stated_e1(), with_param(new))
    assert ("parameter_not_in_force", "cit_rate") in found(result)
    assert result.measure("net_proceeds").value is None


def test_a_regions_own_parameter_comes_first():
    local = a_param("deed_tax", Decimal("0.04"), region="安徽")
    around = replace(AROUND, parameters=ParameterSet((*PARAMETERS, local)), region="安徽")
    result = calculate(MODELS["transfer"], stated_e1(), around)
    assert result.line("deed").charge.rate.value == Decimal("0.04")
    assert result.parameter_of(result.line("deed")).region == "安徽"


def test_the_set_of_parameters_used_is_in_the_result():
    result = run("transfer", **E1)
    used = {item.input: item.param.code for item in result.parameters}
    assert used["vat_rate"] == "vat_simple_rate"
    assert used["lat_brackets"] == "lat_brackets"
    assert "lat_deemed_rate" not in used
    assert result.parameter_set == PARAMETERS.id
    other = with_param(a_param("cit_rate", Decimal("0.2")))
    assert calculate(MODELS["transfer"], stated_e1(), other).parameter_set != PARAMETERS.id


def test_the_same_inputs_give_the_same_result_bit_for_bit():
    one, two = (run("development", **SAMPLES["development"]) for _ in range(2))
    assert [line.values for line in one.lines] == [line.values for line in two.lines]
    assert [m.value for m in one.measures] == [m.value for m in two.measures]


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**13), 10**13).map(Decimal),
    st.decimals(-2, 2, places=4),
    st.sampled_from([Decimal("NaN"), Decimal("-Infinity"), Decimal("1E+400"), Decimal("1E-400")]),
    any_text(max_size=3),
    st.dates(),
    st.lists(st.one_of(st.none(), st.decimals(-1, 2, places=2)), max_size=4).map(tuple),
    st.just(({},)),
    st.just(({"area": Decimal(1), "rate": "x"},)),
)


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_nothing_that_is_typed_raises_or_prints_what_is_not_a_number(sample, data):
    """Whatever stands in up to three fields: findings, or finite numbers, or unknown."""
    model = MODELS[model_of(sample)]
    keys = data.draw(
        st.lists(st.sampled_from([i.key for i in model.inputs]), min_size=1, max_size=3)
    )
    stated = {key: plain(value) for key, value in SAMPLES[sample].items()}
    stated |= {key: data.draw(ODD) for key in keys}
    result = calculate(model, stated, AROUND)
    numbers = [value for line in result.lines for value in line.values]
    numbers += [measure.value for measure in result.measures]
    assert all(value is None or value.is_finite() for value in numbers)
    for measure in result.measures:
        assert measure.value is not None or measure.reasons or not measure.term or result.failed
    for finding in result.findings:
        assert finding.level in Level
        assert finding.entity == "scenario"


def test_brackets_may_be_entered_by_hand():
    rows = tuple(dict(zip(("upto", "rate", "quick"), row, strict=True)) for row in BRACKETS)
    assert run("transfer", **E1, lat_brackets=rows).line("lat").total == (
        run("transfer", **E1).line("lat").total
    )


def test_surroundings_without_any_parameter_name_each_one_that_is_needed():
    bare = Surroundings(ParameterSet(()), AROUND.as_of)
    result = calculate(MODELS["transfer"], stated_e1(), bare)
    codes = [finding.code for finding in result.findings]
    assert codes.count("parameter_not_in_force") == 8
    assert result.measure("net_proceeds").value is None
