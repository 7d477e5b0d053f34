"""Many assets against many cases say exactly what one asset against each case says (§5b)."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_matching import CASES, OURS, VOCABULARY, a_case
from workbench.domain.cases.case import CaseFeatures
from workbench.domain.matching.index import CaseIndex
from workbench.domain.matching.similarity import match_cases

TYPES = [f"D{n}" for n in range(1, 5)]
FEATURES = st.builds(
    CaseFeatures,
    distress=st.none() | st.frozensets(st.sampled_from(TYPES), max_size=3),
    title_state=st.sampled_from([None, "clear", "defective", "seized"]),
    asset_kind=st.sampled_from([None, "industrial_land", "standard_factory"]),
    scale_m2=st.none() | st.sampled_from([Decimal(n) for n in (-1, 0, 20_000, 33_333, 400_000)]),
    goals=st.none() | st.frozensets(st.sampled_from(["attract_project", "relieve_debt"])),
    city_tier=st.sampled_from([None, "county", "county_city"]),
    owner_type=st.sampled_from([None, "private", "soe"]),
    finance_band=st.sampled_from([None, "high"]),
    plan_constraint=st.sampled_from([None, "industrial_fixed", "use_change"]),
)


def ranked_one_by_one(asset, cases, count):
    matches = match_cases(asset, cases, VOCABULARY)[:count]
    return [(m.case.id, m.similarity, m.coverage) for m in matches]


def ranked_together(assets, cases, count):
    index = CaseIndex(cases, VOCABULARY)
    found = index.nearest(assets, count)
    rows = zip(found.case, found.similarity, found.coverage, strict=True)
    return [
        [(index.cases[c].id, s, w) for c, s, w in zip(*row, strict=True)] for row in rows
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "similarity", "coverage"),
    [("C01", 0.9513, 0.84), ("C02", 0.3369, 0.70), ("C03", 0.3381, 0.70)],
)
def test_e10_comes_out_of_the_index_too(case, similarity, coverage):
    [rows] = ranked_together([OURS], CASES, 3)
    assert [row[0] for row in rows] == ["C01", "C03", "C02"]
    [(_, alike, known)] = [row for row in rows if row[0] == case]
    assert alike == pytest.approx(similarity, abs=0.0001)
    assert known == pytest.approx(coverage, abs=1e-9)


@settings(max_examples=settings.default.max_examples // 2)
@given(
    assets=st.lists(FEATURES, min_size=1, max_size=5),
    features=st.lists(FEATURES, max_size=70),
    count=st.integers(1, 6),
)
def test_the_index_ranks_as_one_by_one_ties_included(assets, features, count):
    cases = [a_case(f"C{n:02}", feature) for n, feature in enumerate(features)]
    together = ranked_together(assets, cases, count)
    for asset, found in zip(assets, together, strict=True):
        expected = ranked_one_by_one(asset, cases, count)
        assert [row[0] for row in found] == [row[0] for row in expected]
        assert np.array([row[1:] for row in found]) == pytest.approx(
            np.array([row[1:] for row in expected]), abs=1e-9
        )


def test_the_order_of_cases_does_not_matter():
    cases = [a_case(f"C{n:02}", case.features) for n, case in enumerate(CASES * 12)]
    assert ranked_together([OURS], cases, 10) == ranked_together([OURS], cases[::-1], 10)


def test_more_assets_than_a_chunk_keep_their_own_rows():
    assets = [OURS, CaseFeatures(city_tier="county_city")] * 2100
    found = CaseIndex(CASES, VOCABULARY).nearest(assets, 1)
    assert found.case[::2].ravel().tolist() == [0] * 2100
    assert found.case[1::2].ravel().tolist() == [2] * 2100
