"""Gower's similarity against worked examples of others."""

import itertools
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.matching.gower import nominal, overlap, pooled, ratio

README_ROWS = [
    (21, "M", "MAR", 3000, 1, 2200),
    (21, "M", "SIN", 1200, 0, 100),
    (19, "N", "SIN", 32000, 1, 22000),
    (30, "M", "SIN", 1800, 1, 1100),
    (21, "F", "MAR", 2900, 1, 2000),
    (21, "F", "SIN", 1100, 0, 100),
    (19, "F", "WID", 10000, 0, 6000),
    (30, "F", "DIV", 1500, 1, 2200),
]
"""age, gender, civil status, salary, has children (nominal), credit"""
FLOWER = """
0 1 1 4 3 15 25 15|1 0 0 2 1 3 150 50|0 1 0 3 3 1 150 50|0 0 1 4 2 16 125 50|0 1 0 5 2 2 20 15
0 1 0 4 3 12 50 40|0 0 0 4 3 13 40 20|0 0 1 2 2 7 100 15|1 1 0 3 1 4 25 15|1 1 0 5 2 14 100 60
1 1 1 5 3 8 45 10|1 1 1 1 2 9 90 25|1 1 0 1 2 6 20 10|1 1 1 4 2 11 80 30|1 0 0 3 2 10 40 20
1 0 0 4 2 18 200 60|1 0 0 2 2 17 150 60|0 0 1 2 1 5 25 10
"""
PLANTS = [tuple(map(float, row.split())) for row in FLOWER.strip().replace("\n", "|").split("|")]


def spans(rows):
    return [max(column) - min(column) for column in zip(*rows, strict=True)]


def distance(scores):
    return 1 - pooled((score, 1.0) for score in scores).similarity


def between_readme_rows(a, b):
    span = [max(r[at] for r in README_ROWS) - min(r[at] for r in README_ROWS) for at in (0, 3, 5)]
    numbers = [ratio(a[at], b[at], reach) for at, reach in zip((0, 3, 5), span, strict=True)]
    return distance([*numbers, *(nominal(a[at], b[at]) for at in (1, 2, 4))])


def between_plants(a, b, reach, lonely=()):
    scores = []
    for at in range(8):
        if at in lonely:
            scores.append(nominal(a[at], b[at]) if a[at] or b[at] else None)
        elif at < 4:
            scores.append(nominal(a[at], b[at]))
        else:
            scores.append(ratio(a[at], b[at], reach[at]))
    return distance(scores)


def test_t17_gower_readme_distances_from_the_first_row():
    found = [between_readme_rows(README_ROWS[0], row) for row in README_ROWS]
    published = [0, 0.3590238, 0.6707398, 0.3178742, 0.1687281, 0.5262298, 0.5969786, 0.4777876]
    assert found == pytest.approx(published, abs=1e-7)
    order = sorted(range(1, 8), key=found.__getitem__)
    assert [place + 1 for place in order[:5]] == [5, 4, 2, 8, 6]


@pytest.mark.parametrize(
    ("pair", "lonely", "published"),
    [
        ((2, 1), (), 0.8875408),
        ((3, 1), (), 0.5272467),
        ((3, 2), (), 0.5147059),
        ((4, 1), (), 0.3517974),
        ((6, 1), (), 0.2269199),
        ((3, 2), (2,), 0.5882353),
        ((5, 2), (2,), 0.7115780),
    ],
)
def test_t18_r_cluster_daisy_flower_distances(pair, lonely, published):
    first, second = (PLANTS[place - 1] for place in pair)
    found = between_plants(first, second, spans(PLANTS), lonely)
    assert found == pytest.approx(published, abs=1e-7)


@pytest.mark.parametrize(
    ("lonely", "ranked", "smallest", "middle", "largest"),
    [((2,), False, 0.1418, 0.5101, 0.8875), ((0, 2), True, 0.1647, 0.526471, 0.9007)],
)
def test_t18_r_cluster_daisy_flower_summary(lonely, ranked, smallest, middle, largest):
    plants = PLANTS
    if ranked:  # V7 as "ordratio": the place of each value among the distinct ones
        places = sorted({row[6] for row in PLANTS})
        plants = [(*row[:6], float(places.index(row[6])), row[7]) for row in PLANTS]
    reach = spans(plants)
    all_pairs = [
        between_plants(a, b, reach, lonely) for a, b in itertools.combinations(plants, 2)
    ]  # fmt: skip
    assert len(all_pairs) == 153
    found = (min(all_pairs), statistics.median(all_pairs), max(all_pairs))
    assert found == pytest.approx((smallest, middle, largest), abs=5e-5)


SCORES = st.lists(st.tuples(st.none() | st.floats(0, 1), st.floats(0.01, 1)), max_size=8)


@given(SCORES)
def test_what_is_unknown_lowers_the_coverage_and_nothing_else(scores):
    known = [(score, weight) for score, weight in scores if score is not None]
    assert pooled(scores) == pooled(known)
    assert 0 <= pooled(scores).similarity <= 1 + 1e-12


@given(st.frozensets(st.sampled_from("abcd")), st.frozensets(st.sampled_from("abcd")))
def test_sets_are_alike_both_ways_and_wholly_alike_only_when_equal(ours, theirs):
    assert overlap(ours, theirs) == overlap(theirs, ours)
    if ours or theirs:
        assert (overlap(ours, theirs) == 1) is (ours == theirs)
