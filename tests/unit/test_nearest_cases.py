"""A large library is ranked as a small one (§5b), whichever way the nearest are found."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_case_index import FEATURES
from tests.unit.test_matching import OURS, VOCABULARY, a_case
from workbench.domain.matching.nearest import NEAREST, SMALL_LIBRARY, nearest_cases
from workbench.domain.matching.similarity import match_cases


@settings(max_examples=settings.default.max_examples // 2)
@given(ours=FEATURES, features=st.lists(FEATURES, max_size=40), count=st.integers(1, 8))
def test_the_nearest_of_a_large_library_are_those_of_a_full_comparison(ours, features, count):
    cases = [a_case(f"C{n:02}", feature) for n, feature in enumerate(features)]
    found = nearest_cases(ours, cases, VOCABULARY, small=0, count=count)
    assert found == match_cases(ours, cases, VOCABULARY)[:count]


def test_only_the_nearest_fifty_of_a_large_library_are_compared_in_full():
    cases = [a_case(f"K{n:04}", OURS) for n in range(SMALL_LIBRARY + 1)]
    assert len(nearest_cases(OURS, cases, VOCABULARY)) == NEAREST
    assert len(nearest_cases(OURS, cases[:-1], VOCABULARY)) == SMALL_LIBRARY


def test_own_weights_rank_a_large_library_too():
    weights = dict.fromkeys(VOCABULARY.weights, Decimal(0)) | {"city_tier": Decimal(1)}
    by_tier = replace(VOCABULARY, weights=weights)
    cases = [a_case("A", replace(OURS, city_tier=None)), a_case("B", replace(OURS, distress=None))]
    found = nearest_cases(OURS, cases, by_tier, small=0)
    assert [match.case.id for match in found] == ["B", "A"]
    assert found == match_cases(OURS, cases, by_tier)
