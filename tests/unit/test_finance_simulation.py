# SPDX-License-Identifier: MIT
"""Monte Carlo: the paths run through the same formulas, keep their seed, and answer honestly."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from tests.finance_rig import AROUND, floats, plain
from tests.finance_samples import SAMPLES, model_of
from workbench.domain.finance.distributions import (
    Correlation,
    Distribution,
    Kind,
    Mode,
    Uncertain,
)
from workbench.domain.finance.draws import Draws
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.rates import present_values, rates_of_paths
from workbench.domain.finance.replay import Program
from workbench.domain.finance.scenarios import Scenario, Target
from workbench.domain.finance.simulation import simulate
from workbench.domain.finance.swings import movable
from workbench.domain.finance.terms import places

E5 = SAMPLES["lease_up"]
SCENARIO = Scenario(MODELS["lease_up"], {key: plain(value) for key, value in E5.items()}, AROUND)
TERMINAL = Target("npv", with_terminal=True)


def normal(mean, deviation):
    return Distribution(Kind.NORMAL, (mean, deviation))


def test_a_replayed_path_is_the_same_calculation_as_the_exact_one():
    """Every varied input, moved at once: floats agree with decimals to 1e-9."""
    flow = SCENARIO.result().flow("project")
    rents, growths = [12.5, 15.0, 19.75], [-0.01, 0.02, 0.05]
    varied = {"rent": rents, "rent_growth": growths}
    program = Program(flow, [place for place in places(*flow) if place.key in varied])
    got = program.run({place: np.array(varied[place.key]) for place in program.inputs})
    for index in range(3):
        rent, growth = floats(rents[index], growths[index])
        exact = SCENARIO.stating(rent=rent, rent_growth=growth).result()
        for period, term in enumerate(exact.flow("project")):
            row = np.broadcast_to(got[period], 3)
            assert row[index] == pytest.approx(float(term.value), rel=1e-9)


def test_the_same_seed_gives_the_same_paths_and_another_seed_others():
    uncertain = [Uncertain("rent", normal(15, 1.5))]
    first, again = (simulate(SCENARIO, uncertain, paths=2000, seed=7) for _ in range(2))
    assert first == again
    assert simulate(SCENARIO, uncertain, paths=2000, seed=8).npv != first.npv


def test_a_linear_model_has_the_mean_and_deviation_of_its_input():
    """NPV is linear in rent: mean and deviation follow from two exact calculations."""
    at = {rent: TERMINAL.value(SCENARIO.stating(rent=rent).result()) for rent in floats(15, 16)}
    slope = float(at[Decimal(16)] - at[Decimal(15)])
    found = simulate(
        SCENARIO, [Uncertain("rent", normal(15, 1.5))], paths=20000, seed=3, target=TERMINAL
    )
    assert found.npv.mean == pytest.approx(float(at[Decimal(15)]), abs=4 * found.npv.standard_error)
    assert found.npv.deviation == pytest.approx(1.5 * slope, rel=0.03)
    assert sum(found.npv.counts) == found.npv.known == 20000
    assert found.drivers[0].rank == pytest.approx(1)
    assert found.loss == pytest.approx(found.npv.below)


@pytest.mark.parametrize(
    ("distribution", "mean", "deviation"),
    [
        (normal(10, 2), 10, 2),
        (Distribution(Kind.LOGNORMAL, (10, 2)), 10, 2),
        (Distribution(Kind.UNIFORM, (4, 16)), 10, 12 / 12**0.5),
        (Distribution(Kind.TRIANGULAR, (4, 9, 17)), 10, (129 / 18) ** 0.5),
        # PERT: mean (a + 4m + b)/6, variance (μ − a)(b − μ)/7 (Vose 2008)
        (Distribution(Kind.PERT, (4, 9, 16)), 56 / 6, ((56 / 6 - 4) * (16 - 56 / 6) / 7) ** 0.5),
        (Distribution(Kind.TRIANGULAR, (5, 5, 5)), 5, 0),
    ],
)  # fmt: skip
def test_draws_have_the_moments_of_their_distribution(distribution, mean, deviation):
    drawn = Draws([Uncertain("x", distribution)], (), 11).block(0, 40000, {})["x"]
    assert drawn.mean() == pytest.approx(mean, abs=0.05)
    assert drawn.std() == pytest.approx(deviation, abs=0.05)


@pytest.mark.parametrize("rank", [-0.8, 0.0, 0.5, 0.95])
def test_two_inputs_have_the_rank_correlation_that_was_asked_for(rank):
    uncertain = [
        Uncertain("x", Distribution(Kind.PERT, (0, 1, 9))),
        Uncertain("y", Distribution(Kind.LOGNORMAL, (5, 4))),
    ]
    drawn = Draws(uncertain, [Correlation("x", "y", rank)], 5).block(0, 20000, {})
    ranks = [np.argsort(np.argsort(drawn[key])) for key in ("x", "y")]
    assert np.corrcoef(*ranks)[0, 1] == pytest.approx(rank, abs=0.03)


def test_another_uncertain_input_does_not_change_the_draws_of_the_first():
    one = Draws([Uncertain("x", normal(0, 1))], (), 5).block(0, 10, {})
    both = Draws([Uncertain("y", normal(0, 1)), Uncertain("x", normal(0, 1))], (), 5)
    assert (both.block(0, 10, {})["x"] == one["x"]).all()


def test_draws_outside_the_limits_of_an_input_are_counted():
    shocks = [Uncertain("occupancy", normal(1, 0.2), Mode.FACTOR, yearly=True)]
    found = simulate(SCENARIO, shocks, paths=2000, seed=1)
    assert 0.2 < found.clipped < 0.5
    assert found.npv.highest < float(10**9)


def test_cancelling_keeps_the_paths_that_are_done_and_says_so():
    told = []
    found = simulate(
        SCENARIO,
        [Uncertain("rent", normal(15, 1))],
        paths=30000,
        progress=lambda done, of: told.append((done, of)),
        cancelled=lambda: len(told) == 2,
    )
    assert told == [(10000, 30000), (20000, 30000)]
    assert found.cancelled
    assert found.paths == found.npv.known == 20000


@pytest.mark.parametrize(
    ("uncertain", "pairs", "code"),
    [
        ([Uncertain("rent", normal(15, -1))], [], "distribution_deviation"),
        ([Uncertain("rent", normal(float("nan"), 1))], [], "distribution_not_finite"),
        ([Uncertain("rent", Distribution(Kind.TRIANGULAR, (3, 2, 1)))], [], "distribution_order"),
        ([Uncertain("rent", Distribution(Kind.LOGNORMAL, (-1, 1)))], [], "distribution_mean"),
        ([Uncertain("rent", Distribution(Kind.UNIFORM, (1,)))], [], "distribution_parameters"),
        ([Uncertain("years", normal(10, 1))], [], "not_simulated"),
        ([Uncertain("no", normal(10, 1))], [], "not_simulated"),
        ([Uncertain("rent", normal(1, 1))] * 2, [], "simulated_twice"),
        ([Uncertain("rent", normal(1, 1), yearly=True)], [], "yearly_needs_series"),
        ([], [], "nothing_uncertain"),
        ([Uncertain("rent", normal(1, 1))], [Correlation("rent", "area", 0.5)],
         "correlation_of_what"),
        ([Uncertain("rent", normal(1, 1)), Uncertain("area", normal(1, 1))],
         [Correlation("rent", "area", 1.5)], "correlation_range"),
        ([Uncertain(key, normal(1, 1)) for key in ("rent", "area", "capex")],
         [Correlation("rent", "area", 0.9), Correlation("rent", "capex", 0.9),
          Correlation("area", "capex", -0.9)], "correlation_impossible"),
    ],
)  # fmt: skip
def test_a_bad_simulation_is_refused_at_its_field(uncertain, pairs, code):
    found = simulate(SCENARIO, uncertain, pairs)
    assert isinstance(found, tuple)
    assert code in [finding.code for finding in found]


def test_an_unknown_base_is_refused_and_gives_no_number():
    stated = {key: value for key, value in SCENARIO.stated.items() if key != "rent"}
    found = simulate(replace(SCENARIO, stated=stated), [Uncertain("capex", normal(1e7, 1e6))])
    assert [finding.code for finding in found] == ["base_unknown"]


def test_rates_of_many_paths_agree_with_pyxirr_and_name_the_paths_without_one():
    import pyxirr

    random = np.random.default_rng(2)
    flows = np.vstack([-random.uniform(50, 150, 500), random.uniform(-5, 40, (12, 500))])
    flows[:, 0] = abs(flows[:, 0])
    flows[:, 1] = -abs(flows[:, 1])
    flows[:, 2] = [-100, 230, -132, *[0] * 10]
    found = rates_of_paths(flows)
    assert np.isnan(found.values[:3]).all()
    assert found.without >= 2
    for path in np.flatnonzero(~np.isnan(found.values)):
        assert found.values[path] == pytest.approx(pyxirr.irr(flows[:, path]), abs=1e-8)
    known = flows[:, ~np.isnan(found.values)]
    npv = present_values(known, found.values[~np.isnan(found.values)])
    assert abs(npv).max() < 1e-6


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_every_model_with_a_cash_flow_can_be_simulated(sample):
    stated = {key: plain(value) for key, value in SAMPLES[sample].items()}
    scenario = Scenario(MODELS[model_of(sample)], stated, AROUND)
    shocks = [
        Uncertain(item.key, Distribution(Kind.UNIFORM, (0.95, 1.05)), Mode.FACTOR)
        for item in movable(scenario)[:3]
    ]
    found = simulate(scenario, shocks, paths=100)
    if sample == "debt":
        assert [finding.code for finding in found] == ["nothing_flows"]
        return
    assert found.npv.known == 100
    assert sum(found.npv.counts) == 100
    assert found.npv.lowest <= found.npv.percentiles[4] <= found.npv.highest


def test_paths_that_all_come_out_the_same_stand_in_one_bin():
    stated = {key: plain(value) for key, value in SAMPLES["expansion"].items()}
    scenario = Scenario(MODELS["expansion"], stated, AROUND)
    found = simulate(scenario, [Uncertain("land_area", Distribution(Kind.UNIFORM, (3e4, 4e4)))],
                     paths=500)  # fmt: skip
    assert len(found.npv.counts) > 1
    # the return of the project does not depend on how large it is
    assert found.irr.counts == (500,)


def test_a_distribution_of_an_input_that_does_not_count_is_left_out_and_named():
    stated = {k: plain(v) for k, v in SAMPLES["transfer"].items()}
    scenario = Scenario(MODELS["transfer"], stated, AROUND)
    doubtful = (
        Uncertain("price", Distribution(Kind.UNIFORM, (0.9, 1.1)), Mode.FACTOR),
        Uncertain("purchase_price", Distribution(Kind.UNIFORM, (0.9, 1.1)), Mode.FACTOR),
    )
    tied = (Correlation("price", "purchase_price", 0.5),)
    run = simulate(scenario, doubtful, tied, paths=200, seed=3)
    assert run.left_out == ("purchase_price",)
    assert run.correlations == ()
    assert run.npv.counts == simulate(scenario, doubtful[:1], paths=200, seed=3).npv.counts


def test_drawn_shares_of_a_fund_never_add_up_to_more_than_the_whole():
    fund = Scenario(MODELS["fund"], {k: plain(v) for k, v in SAMPLES["fund"].items()}, AROUND)
    wide = Distribution(Kind.UNIFORM, (0.0, 1.0))
    run_ = simulate(fund, (Uncertain("soe_part", wide), Uncertain("manager_part", wide)),
                    paths=2_000, seed=4)  # fmt: skip
    assert 0.4 < run_.clipped * 2 < 0.6  # half of the pairs are too much, and the second gives way
    refused = simulate(fund, (Uncertain("calls", wide),), paths=10)
    assert [(f.code, f.field) for f in refused] == [("simulated_whole", "calls")]
