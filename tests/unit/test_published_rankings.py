"""Published cases beside those of the specification: judgement matrices, TOPSIS, sensitivity."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.domain.matching.gower import nominal, pooled, ratio
from workbench.domain.ranking.methods import topsis, vikor, weighted_sum
from workbench.domain.ranking.pairwise import (
    SAATY,
    JudgementError,
    checked,
    judge,
    pairs,
    reciprocal_matrix,
)
from workbench.domain.ranking.robustness import Decision, leads, order, weight_flips

HOUSE = (
    "5 3 7 6 6 1/3 1/4 | 1/3 5 3 3 1/5 1/7 | 6 3 4 6 1/5 | 1/3 1/4 1/7 1/8 | 1/2 1/5 1/6"
    " | 1/5 1/6 | 1/2"
)
"""Size, transport, neighbourhood, age, yard, modern facilities, condition, financing."""
NEIGHBOURHOOD, CONDITION = 2, 6
PROJECTS = ((0.3088, 0.2897, 0.3867, 0.1922), (0.2163, 0.3458, 0.1755, 0.6288),
            (0.4509, 0.2473, 0.1194, 0.0575), (0.0240, 0.1172, 0.3184, 0.1215))  # fmt: skip
PROJECT_WEIGHTS = (0.3277, 0.3058, 0.2876, 0.0790)
CARS = ((5490, 51.4, 8.5, 285), (6500, 70.6, 7, 288), (6489, 54.3, 7.5, 290))


def upper(text):
    return [[Fraction(word) for word in row.split()] for row in text.split("|")]


class TestJudgementMatrices:
    def test_saaty_1990_best_house_to_buy(self):
        """How to Make a Decision, EJOR 48: eight criteria, λ 9.669, CI .238, CR .17 (RI 1.40)."""
        found = judge(reciprocal_matrix(upper(HOUSE)))
        printed = (0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333)
        assert found.weights == pytest.approx(printed, abs=6e-4)
        assert found.largest_eigenvalue == pytest.approx(9.669, abs=5e-4)
        assert found.index == pytest.approx(0.238, abs=5e-4)
        assert found.ratio == pytest.approx(0.169, abs=5e-4)
        assert not found.acceptable

    def test_saaty_2003_the_worst_judgement_of_the_house_is_named_and_mended(self):
        """Why is the principal eigenvector necessary, EJOR 145: 6 becomes 1/2, CR .083."""
        found = judge(reciprocal_matrix(upper(HOUSE)))
        mending = found.mending
        assert (mending.pair, mending.given) == ((NEIGHBOURHOOD, CONDITION), 6)
        assert mending.value == Fraction(1, 2)
        assert mending.ratio == pytest.approx(0.083, abs=1e-3)
        assert mending.enough
        assert {NEIGHBOURHOOD, CONDITION} <= set(found.worst_triple)

    @settings(max_examples=settings.default.max_examples // 2)
    @given(st.integers(3, 7).flatmap(
        lambda n: st.lists(st.sampled_from(SAATY), min_size=n * (n - 1) // 2,
                           max_size=n * (n - 1) // 2).map(lambda v: (n, v))))  # fmt: skip
    def test_the_remedy_lowers_the_ratio_when_it_is_typed_in(self, matrix):
        size, values = matrix
        places = dict(zip(pairs(size), values, strict=True))

        def judged(chosen):
            rows = [[chosen[i, j] for j in range(i + 1, size)] for i in range(size - 1)]
            return judge(reciprocal_matrix(rows))

        found = judged(places)
        if found.acceptable:
            return
        mending = found.mending
        if mending is None:
            return
        again = judged(places | {mending.pair: mending.value})
        assert again.ratio == pytest.approx(mending.ratio, abs=1e-12)
        assert again.ratio < found.ratio
        assert again.acceptable is mending.enough

    def test_ten_is_the_end_of_the_table_and_eleven_is_refused_either_way(self):
        """§5c: RI ends at n = 10; an own value for 11 or 15 would be made up."""
        assert judge(reciprocal_matrix([[Fraction(1)] * (9 - i) for i in range(9)])).ratio == 0
        for size in (11, 15):
            with pytest.raises(JudgementError, match="size"):
                checked([[1.0] * size] * size)

    @pytest.mark.parametrize("value", [math.nan, math.inf, 0.0, -1.0])
    def test_what_is_no_number_above_zero_is_no_judgement(self, value):
        with pytest.raises(JudgementError) as refused:
            reciprocal_matrix([[value, Fraction(1)], [Fraction(1)]])
        assert (refused.value.code, refused.value.pairs) == ("not_positive", ((0, 1),))
        with pytest.raises(JudgementError):
            checked([[1, value], [1 / value if value else 1, 1]])


class TestTopsis:
    def test_hodgett_topsis_in_excel_three_cars_as_in_r_mcda(self):
        """Package MCDA 0.0.19, tests/TOPSIS: .4817 .5182 .1780; two cars .4943 .5057."""
        found = topsis(CARS, (0.35, 0.25, 0.25, 0.15), (False, True, True, True))
        assert found == pytest.approx((0.4817, 0.5182, 0.1780), abs=5e-5)
        two = topsis([row[:3] for row in CARS[:2]], (0.35, 0.25, 0.25), (False, True, True))
        assert two == pytest.approx((0.4943, 0.5057), abs=5e-5)

    def test_hodgett_ideals_are_the_weighted_ends_of_the_columns(self):
        """The positive and negative ideal that the package's example prints."""
        lengths = [math.sqrt(sum(v * v for v in column)) for column in zip(*CARS, strict=True)]
        weights = (0.35, 0.25, 0.25, 0.15)
        best = [min, max, max, max]
        ideal = [w * pick(c) / n for w, pick, c, n in
                 zip(weights, best, zip(*CARS, strict=True), lengths, strict=True)]  # fmt: skip
        assert ideal == pytest.approx(
            (0.179573776, 0.171636015, 0.159499658, 0.087302767), abs=5e-9
        )

    @pytest.mark.parametrize("rows", [[(3.0, 4.0)], [(0.0, 0.0)], [(5.0, 5.0)] * 4])
    def test_one_alternative_or_all_alike_stand_halfway(self, rows):
        assert set(topsis(rows, (0.5, 0.5))) == {0.5}
        assert set(vikor(rows, (0.5, 0.5)).compromise) == {0.0}

    def test_a_column_in_which_all_are_equal_does_not_count(self):
        with_it = topsis([(1, 7, 3), (2, 7, 1), (3, 7, 2)], (0.4, 0.2, 0.4))
        without = topsis([(1, 3), (2, 1), (3, 2)], (0.5, 0.5))
        assert with_it == pytest.approx(without, abs=1e-12)

    def test_a_weight_of_all_decides_alone(self):
        assert topsis([(1, 9), (2, 0)], (1.0, 0.0)) == (0.0, 1.0)

    @given(st.lists(st.tuples(*[st.integers(0, 20)] * 3), min_size=2, max_size=6))
    def test_who_is_better_in_everything_is_nearer(self, rows):
        top = tuple(max(column) + 1 for column in zip(*rows, strict=True))
        found = topsis([*rows, top], (0.5, 0.3, 0.2))
        assert found[-1] == max(found)
        assert found[-1] == pytest.approx(1.0)


class TestSensitivity:
    CODES = ("A1", "A2", "A3", "A4")

    def decision(self):
        return Decision(self.CODES, PROJECTS, PROJECT_WEIGHTS)

    def test_triantaphyllou_sanchez_1997_weighted_sums(self):
        """Decision Sciences 28(1), example of the WSM; the weights there sum to 1.0001."""
        found = weighted_sum(PROJECTS, PROJECT_WEIGHTS)
        assert found == pytest.approx((0.3162, 0.2768, 0.2621, 0.1449), abs=2e-4)
        assert order(self.CODES, found) == self.CODES

    def test_triantaphyllou_sanchez_1997_smallest_change_that_reverses_a1_and_a3(self):
        """Theorem 1: δ = (P3 − P1) ÷ (a3k − a1k) on raw weights; ours rescales to a sum of 1."""
        sums = weighted_sum(PROJECTS, PROJECT_WEIGHTS)
        change = (sums[2] - sums[0]) / (PROJECTS[2][0] - PROJECTS[0][0])
        raw = PROJECT_WEIGHTS[0] - change
        tipping = raw / (sum(PROJECT_WEIGHTS) - change)
        [lead] = [x for x in leads(self.decision()) if (x.code, x.criterion) == ("A3", 0)]
        assert lead.low == pytest.approx(tipping, abs=1e-3)
        assert weight_flips(self.decision(), 0.3) == ()


class TestGowerEdges:
    def test_r_daisy_a_column_without_range_says_that_all_are_alike(self):
        """daisy of package cluster divides by 1 where the range is 0."""
        assert ratio(5, 5, 0) == 1.0

    def test_one_pair_without_any_known_feature_has_no_coverage(self):
        assert pooled([(None, 0.5), (None, 0.5)]) == pooled([])
        assert (pooled([]).similarity, pooled([]).coverage) == (0.0, 0.0)

    def test_a_missing_value_is_left_out_as_r_daisy_does(self):
        """R documentation of daisy: NA gives weight 0 to that variable of that pair."""
        scores = [(ratio(1, 3, 4), 1.0), (None, 1.0), (nominal("a", "a"), 1.0)]
        assert 1 - pooled(scores).similarity == pytest.approx(0.25)
