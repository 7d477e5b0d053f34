"""Weights by judgement, ways of aggregating, robustness; published examples and domain E6."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.domain.ranking.methods import entropy_weights, topsis, vikor, weighted_sum
from workbench.domain.ranking.pairwise import (
    LIMIT,
    RANDOM_INDEX,
    SAATY,
    JudgementError,
    checked,
    judge,
    pairs,
    reciprocal_matrix,
)
from workbench.domain.ranking.robustness import (
    Decision,
    Robustness,
    leads,
    order,
    ranks,
    rescaled,
    reversals,
    robustness,
    score_flips,
    weight_flips,
)


def judged(text):
    """Rows above the diagonal, as the published examples print them: ``3 2 | 1/2``."""
    rows = [[Fraction(word) for word in row.split()] for row in text.split("|")]
    return judge(reciprocal_matrix(rows))


def near(values, *expected, tolerance):
    assert len(values) == len(expected)
    for value, wanted in zip(values, expected, strict=True):
        assert value == pytest.approx(wanted, abs=tolerance)


E6 = judged("2 3 4 3 2 | 2 3 2 1 | 2 1 1/2 | 1/2 1/3 | 1/2")
E6_DECISION = Decision(
    ("P09", "P11", "P06", "P04"),
    ((85, 70, 90, 80, 45, 75), (90, 50, 85, 90, 50, 80), (65, 85, 35, 35, 90, 45),
     (70, 40, 30, 45, 40, 60)),
    E6.weights,
)  # fmt: skip
COMPLIANCE, RETURN, INDUSTRY = 0, 1, 4
DAM = [
    (4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41),
    (5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41),
    (5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42),
    (5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36),
    (5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04),
    (4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36),
]
DAM_GOOD = (True, False, True, True, False, False, False, True)
TZENG = [(5, 8, 4), (7, 6, 8), (8, 8, 6), (7, 4, 6)]


class TestJudgements:
    def test_t1_saaty_2008_drinks(self):
        found = judged(
            "9 5 2 1 1 1/2 | 1/3 1/9 1/9 1/9 1/9 | 1/3 1/4 1/3 1/9 | 1/2 1 1/3 | 2 1/2 | 1/3"
        )
        near(found.weights, 0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327, tolerance=6e-4)
        assert found.largest_eigenvalue == pytest.approx(7.1766, abs=5e-5)
        assert found.index == pytest.approx(0.0294, abs=5e-5)
        assert found.ratio == pytest.approx(0.0223, abs=5e-5)

    def test_t2_ahpy_readme_leader_with_three_levels_unrounded(self):
        criteria = judged("4 3 7 | 1/3 3 | 5")
        near(criteria.weights, 0.54757, 0.12656, 0.26995, 0.05593, tolerance=6e-6)
        assert criteria.largest_eigenvalue == pytest.approx(4.11842, abs=5e-6)
        assert criteria.ratio == pytest.approx(0.044, abs=5e-4)
        parts = [judged(t).weights for t in ("1/4 4 | 9", "3 1/5 | 1/7", "5 9 | 4", "1/3 5 | 9")]
        moll, nell, sue = weighted_sum(list(zip(*parts, strict=True)), criteria.weights)
        near((nell, moll, sue), 0.4928, 0.3581, 0.1491, tolerance=5e-5)

    def test_t4_esri_method_trap_is_the_eigenvector_and_is_refused(self):
        rows = [[1, 3, 2, 2, 1 / 3], [1 / 3, 1, 1 / 2, 1, 1 / 5], [1 / 2, 2, 1, 1, 1 / 2],
                [1 / 2, 1, 1, 1, 5], [3, 5, 2, 1 / 5, 1]]  # fmt: skip
        found = judge(checked(rows))
        near(found.weights, 0.2211, 0.0892, 0.1308, 0.2981, 0.2608, tolerance=5e-5)
        assert found.largest_eigenvalue == pytest.approx(6.4844, abs=5e-5)
        assert found.ratio == pytest.approx(0.331, abs=5e-4)
        assert not found.acceptable
        sums = [sum(row[j] for row in rows) for j in range(5)]
        arithmetic = [sum(row[j] / sums[j] for j in range(5)) / 5 for row in rows]
        near(arithmetic, 0.235, 0.089, 0.136, 0.247, 0.294, tolerance=6e-4)
        assert max(range(5), key=arithmetic.__getitem__) == 4
        assert max(range(5), key=found.weights.__getitem__) == 3

    def test_t4b_wikipedia_car(self):
        car = judged("3 7 3 | 9 1 | 1/7")
        near(car.weights, 0.510, 0.234, 0.041, 0.215, tolerance=6e-4)
        assert car.largest_eigenvalue == pytest.approx(4.1992, abs=5e-5)
        assert car.ratio == pytest.approx(0.074, abs=5e-4)
        near(judged("2 5 3 | 2 2 | 1/2").weights, 0.488, 0.252, 0.100, 0.161, tolerance=6e-4)

    def test_t4c_xiaomilidoc_consistent_three(self):
        found = judged("1/4 2 | 8")
        near(found.weights, 0.1818, 0.7273, 0.0909, tolerance=5e-5)
        assert found.largest_eigenvalue == pytest.approx(3, abs=1e-9)
        assert found.ratio == pytest.approx(0, abs=1e-9)
        assert found.mending is None
        assert found.worst_triple is None

    def test_e6_domain_weights_and_consistency(self):
        near(E6.weights, 0.3327, 0.1947, 0.1072, 0.0636, 0.1072, 0.1947, tolerance=5e-5)
        assert E6.largest_eigenvalue == pytest.approx(6.0368, abs=5e-5)
        assert E6.index == pytest.approx(0.0074, abs=5e-5)
        assert E6.ratio == pytest.approx(0.0059, abs=5e-5)
        assert E6.acceptable

    def test_e6_domain_inconsistent_matrix_is_refused_with_triple_and_remedy(self):
        found = judge(checked([[1, 5, 1 / 3], [1 / 5, 1, 5], [3, 1 / 5, 1]]))
        assert found.ratio == pytest.approx(2.116, abs=5e-4)
        assert not found.acceptable
        assert found.worst_triple == (0, 1, 2)
        assert found.mending.enough
        assert found.mending.ratio < LIMIT

    def test_domain_5c_random_index_is_read_by_n_itself(self):
        """The trap [F49]: a list read from zero gives the wrong row."""
        expected = (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
        assert tuple(RANDOM_INDEX[n] for n in range(3, 11)) == expected
        for n in range(3, 11):
            rows = [[Fraction(1)] * (n - 1 - i) for i in range(n - 1)]
            rows[0][-1] = Fraction(9)
            assert judge(reciprocal_matrix(rows)).random_index == expected[n - 3]

    @pytest.mark.parametrize(("rows", "weights"), [([], (1,)), ([[Fraction(3)]], (0.75, 0.25))])
    def test_one_and_two_are_always_consistent(self, rows, weights):
        found = judge(reciprocal_matrix(rows))
        near(found.weights, *weights, tolerance=1e-12)
        assert found.ratio == 0

    def test_a_missing_judgement_is_named_by_its_place(self):
        with pytest.raises(JudgementError) as refused:
            reciprocal_matrix([[Fraction(2), None], [None]])
        assert refused.value.code == "incomplete"
        assert refused.value.pairs == ((0, 2), (1, 2))

    @pytest.mark.parametrize(
        ("matrix", "code"),
        [
            ([[1, 2], [2, 1]], "not_reciprocal"),
            ([[1, -2], [-0.5, 1]], "not_positive"),
            ([[1, 2, 3], [0.5, 1]], "size"),
            ([], "size"),
        ],
    )
    def test_what_is_no_judgement_matrix_is_refused(self, matrix, code):
        with pytest.raises(JudgementError) as refused:
            checked(matrix)
        assert refused.value.code == code

    def test_eleven_things_are_too_many(self):
        with pytest.raises(JudgementError) as refused:
            reciprocal_matrix([[Fraction(1)] * (10 - i) for i in range(10)])
        assert refused.value.code == "size"

    @settings(max_examples=settings.default.max_examples // 5)
    @given(st.lists(st.sampled_from(SAATY), min_size=6, max_size=6))
    def test_the_named_remedy_is_the_best_single_saaty_value(self, values):
        """By trying all 17 values of all pairs: no other single change lowers CR further."""
        places = dict(zip(pairs(4), values, strict=True))

        def matrix_of(chosen):
            return reciprocal_matrix([[chosen[i, j] for j in range(i + 1, 4)] for i in range(3)])

        found = judge(matrix_of(places))
        tried = [
            judge(matrix_of(places | {pair: value})).ratio for pair in places for value in SAATY
        ]
        if found.mending is None:
            assert min(tried) >= found.ratio - 1e-9
        else:
            assert found.mending.ratio == pytest.approx(min(tried), abs=1e-9)
            assert found.mending.ratio < found.ratio

    @given(st.lists(st.floats(0.2, 5), min_size=4, max_size=4))
    def test_a_matrix_of_true_ratios_gives_its_weights_back(self, sizes):
        rows = [[sizes[i] / sizes[j] for j in range(i + 1, 4)] for i in range(3)]
        found = judge(reciprocal_matrix(rows))
        near(found.weights, *(size / sum(sizes) for size in sizes), tolerance=1e-9)
        assert found.ratio == pytest.approx(0, abs=1e-9)


class TestAggregation:
    def test_e6_domain_weighted_sum_and_topsis(self):
        near(weighted_sum(E6_DECISION.rows, E6.weights), 76.06, 75.44, 62.56, 53.12,
             tolerance=5e-3)  # fmt: skip
        near(topsis(E6_DECISION.rows, E6.weights), 0.6579, 0.5875, 0.4769, 0.1835, tolerance=5e-5)

    def test_t5_tzeng_huang_2011_topsis(self):
        found = topsis(TZENG, (0.3, 0.4, 0.3))
        near(found, 0.5037, 0.6581, 0.7482, 0.3340, tolerance=5e-5)
        assert [ranks(tuple("ABCD"), found)[code] for code in "ABCD"] == [3, 2, 1, 4]

    def test_t5b_hwang_yoon_1981_fighter_with_a_cost(self):
        rows = [(2.0, 1500, 20000, 5.5, 5, 9), (2.5, 2700, 18000, 6.5, 3, 5),
                (1.8, 2000, 21000, 4.5, 7, 7), (2.2, 1800, 20000, 5.0, 5, 5)]  # fmt: skip
        good = (True, True, True, False, True, True)
        found = topsis(rows, (0.2, 0.1, 0.1, 0.1, 0.2, 0.3), good)
        near(found, 0.6433, 0.2684, 0.6135, 0.3123, tolerance=5e-5)

    def test_t5c_opricovic_tzeng_2007_dam_vikor(self):
        found = vikor(DAM, (1 / 8,) * 8, DAM_GOOD)
        near(found.utility, 0.692, 0.700, 0.290, 0.423, 0.280, 0.346, tolerance=6e-4)
        near(found.regret, 0.125, 0.125, 0.121, 0.125, 0.067, 0.125, tolerance=6e-4)
        near(found.compromise, 0.991, 1.000, 0.473, 0.670, 0.000, 0.578, tolerance=6e-4)

    def test_t5c_same_dam_topsis_names_another_first(self):
        found = topsis(DAM, (1 / 8,) * 8, DAM_GOOD)
        codes = ("A1", "A2", "A3", "A4", "A5", "A6")
        assert found[2] == pytest.approx(0.8771, abs=5e-5)
        assert order(codes, found)[:3] == ("A3", "A6", "A5")
        mixed = vikor(DAM, (1 / 8,) * 8, DAM_GOOD).compromise
        assert order(codes, tuple(-q for q in mixed))[0] == "A5"

    def test_t5e_scikit_criteria_entropy(self):
        near(entropy_weights([(1, 2), (4, 16)]), 0.358889, 0.641111, tolerance=5e-7)

    @pytest.mark.parametrize("rows", [[(50, 50)], [(50, 20), (50, 20)], [(0, 0), (0, 0)]])
    def test_where_nothing_separates_nobody_is_nearer(self, rows):
        assert set(topsis(rows, (0.5, 0.5))) == {0.5}
        assert entropy_weights(rows) == (0.5, 0.5)
        assert set(vikor(rows, (0.5, 0.5)).compromise) == {0.0}

    @given(st.permutations(range(4)))
    def test_the_order_of_alternatives_changes_nothing(self, places):
        shuffled = [E6_DECISION.rows[i] for i in places]
        plain = topsis(E6_DECISION.rows, E6.weights)
        assert topsis(shuffled, E6.weights) == pytest.approx([plain[i] for i in places], abs=1e-12)


class TestRobustness:
    def test_e6_domain_compliance_up_or_return_down_flips_to_p11(self):
        found = {(f.criterion, f.change): f.winner for f in weight_flips(E6_DECISION, 0.3)}
        assert found == {(COMPLIANCE, 0.3): "P11", (RETURN, -0.3): "P11"}
        assert robustness(weight_flips(E6_DECISION, 0.3), ()) is Robustness.UNSTEADY

    def test_e6_domain_p06_is_first_only_from_an_industry_weight_of_0_325(self):
        mine = [x for x in leads(E6_DECISION) if x.code == "P06" and x.criterion == INDUSTRY]
        assert mine[0].low == pytest.approx(0.325, abs=5e-4)
        assert mine[0].high == 1

    def test_a_score_ten_points_lower_costs_p09_its_lead(self):
        found = score_flips(E6_DECISION, 10)
        assert {(f.code, f.change, f.winner) for f in found} == {
            ("P09", -10, "P11"), ("P11", 10, "P11"),
        }  # fmt: skip
        assert robustness((), found) is Robustness.FAIRLY
        assert robustness((), ()) is Robustness.STEADY

    def test_a_score_at_its_end_cannot_move_beyond_it(self):
        decision = Decision(("A", "B"), ((100, 0), (99, 0)), (1.0, 0.0))
        assert [(f.code, f.change) for f in score_flips(decision, 10)] == [("A", -10)]

    @given(
        st.lists(st.tuples(*[st.integers(0, 20)] * 3), min_size=2, max_size=5),
        st.floats(0.01, 0.99),
        st.integers(0, 2),
    )
    def test_inside_its_interval_an_alternative_leads_and_outside_it_does_not(
        self, rows, weight, criterion
    ):
        codes = tuple(f"P{i:02}" for i in range(len(rows)))
        decision = Decision(
            codes, tuple(tuple(5.0 * s for s in row) for row in rows), (0.5, 0.3, 0.2)
        )
        changed = rescaled(decision.weights, criterion, weight)
        sums = weighted_sum(decision.rows, changed)
        for lead in (x for x in leads(decision) if x.criterion == criterion):
            mine = sums[codes.index(lead.code)]
            if lead.low + 1e-6 < weight < lead.high - 1e-6:
                assert mine >= max(sums) - 1e-6
        leading = {x.code for x in leads(decision) if x.criterion == criterion
                   and x.low - 1e-6 <= weight <= x.high + 1e-6}  # fmt: skip
        assert codes[max(range(len(rows)), key=sums.__getitem__)] in leading

    def test_ties_share_a_rank_and_stand_by_code(self):
        codes = ("P11", "P02", "P09")
        assert order(codes, (70.0, 70.0, 80.0)) == ("P09", "P02", "P11")
        assert ranks(codes, (70.0, 70.0, 80.0)) == {"P09": 1, "P02": 2, "P11": 2}

    def test_rescaled_weights_still_sum_to_one(self):
        for criterion in range(6):
            for weight in (0, 0.2, 1.4):
                assert math.fsum(rescaled(E6.weights, criterion, weight)) == pytest.approx(1)
        assert rescaled((1.0, 0.0, 0.0), 0, 0.4) == pytest.approx((0.4, 0.3, 0.3))

    def test_t25_leaving_the_worst_out_keeps_the_order_in_t5(self):
        assert reversals(Decision(tuple("ABCD"), tuple(TZENG), (0.3, 0.4, 0.3))) == ()

    def test_t25_a_reversal_is_reported_with_both_orders(self):
        """TOPSIS measures against the best and worst there are: without one, others change."""
        rows = ((55, 70, 45), (85, 35, 35), (70, 70, 55), (90, 45, 30))
        decision = Decision(("P02", "P03", "P09", "P11"), rows, (0.5, 0.3, 0.2))
        [found] = reversals(decision)
        assert found.left_out == "P03"
        assert found.before == ("P09", "P11", "P02")
        assert found.after == ("P11", "P09", "P02")
        fewer = decision.without("P03")
        assert order(fewer.codes, topsis(fewer.rows, fewer.weights)) == found.after
