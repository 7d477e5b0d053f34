"""Grading of firms: E8 of domain §5e, sums and bounds."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    a_building,
    a_lease,
    a_parcel,
    a_park,
    an_enterprise,
    an_enterprise_year,
)
from tests.standards import WORDS, a_scheme, scope_of
from workbench.domain.conditions import parse
from workbench.domain.figures.grading import grade_firms
from workbench.domain.figures.reading import Reading
from workbench.domain.standards.grading import (
    Candidate,
    GradeItem,
    GradeMethod,
    GradeRule,
    Ratio,
    Yield,
    grade,
)


def rounded(value):
    return str(round(value, 2))


E8 = {
    "甲": (60, 4200), "乙": (20, 900), "丙": (35, 1225), "丁": (12, 120), "戊": (50, 2500),
    "己": (80, 2000), "庚": (15, 675), "辛": (25, 375), "壬": (40, 3000), "癸": (30, 60),
}  # fmt: skip


def a_candidate(name, mu, tax, code="", **more):
    yields = {Yield.TAX_PER_MU: Ratio(tax and Decimal(tax), mu and Decimal(mu))}
    return Candidate(name, name, code, tax and Decimal(tax), yields, **more)


def e8(method=GradeMethod.BENCHMARK_RATIO, order=None, **more):
    firms = [a_candidate(name, mu, tax) for name, (mu, tax) in E8.items()]
    return grade(a_scheme(method, **more), order(firms) if order else firms)


class TestGrading:
    def test_e8_ten_firms_against_twice_the_mean(self):
        found = e8(cap=None)
        assert rounded(found.bases[Yield.TAX_PER_MU] / 2) == "41.02"
        points = {f.candidate.name: round(f.points, 1) for f in found.firms}
        assert (str(points["壬"]), str(points["癸"])) == ("91.4", "2.4")
        classes = "".join(f.candidate.name for f in found.firms)
        assert classes == "壬甲戊乙庚丙己辛丁癸"
        assert [found.count(name) for name in "ABCD"] == [2, 4, 3, 1]

    def test_e8_between_least_and_most(self):
        points = {f.candidate.name: round(f.points, 1) for f in e8(GradeMethod.MINMAX_20_80).firms}
        assert (points["壬"], str(points["甲"]), points["癸"]) == (100, "94.5", 20)

    def test_e8_a_tie_goes_to_the_larger_total_tax_then_to_the_credit_code(self):
        assert E8["乙"][1] / E8["乙"][0] == E8["庚"][1] / E8["庚"][0] == 45
        for order in (list, reversed):
            names = [f.candidate.name for f in e8(order=order).firms]
            assert names.index("乙") < names.index("庚")
        same = [a_candidate("后", 10, 100, "9134"), a_candidate("先", 10, 100, "9133")]
        assert [f.candidate.name for f in grade(a_scheme(), same).firms] == ["先", "后"]

    def test_a_ratio_is_capped_at_1_unless_the_scheme_says_otherwise(self):
        base = (GradeItem(Yield.TAX_PER_MU, Decimal(45), base=Decimal("24.097")),)
        firm = a_candidate("甲", 10, "4819.4")
        assert grade(a_scheme(items=base), [firm]).firms[0].points == 45
        free = grade(a_scheme(items=base, cap=None), [firm]).firms[0].points
        assert rounded(free) == rounded(45 * Decimal("4819.4") / 10 / Decimal("24.097"))

    def test_a_firm_without_an_input_waits_and_takes_no_place(self):
        found = grade(a_scheme(), [a_candidate("甲", None, 100), a_candidate("乙", 10, 100)])
        assert [(f.candidate.name, f.rank) for f in found.firms] == [("乙", 1), ("甲", None)]
        waiting = found.firms[1]
        assert (waiting.grade, waiting.missing) == (None, (Yield.TAX_PER_MU,))

    def test_exempt_firms_are_not_graded_and_bonus_points_are_added(self):
        exempt = GradeRule(WORDS, parse("firm.land_mu < 3"))
        bonus = GradeRule(WORDS, parse("firm.hightech"), Decimal(2))
        scheme = a_scheme(exemptions=(exempt,), adjustments=(bonus,), exempt_grade="T")
        small = a_candidate("小", 2, 900, exempt=(True,), adjust=(None,))
        high = a_candidate("高", 10, 100, exempt=(False,), adjust=(True,))
        plain = a_candidate("平", 10, 100, exempt=(None,), adjust=(False,))
        found = {f.candidate.name: f for f in grade(scheme, [small, high, plain]).firms}
        assert (found["小"].grade, found["小"].points, found["小"].exempt_by) == ("T", None, WORDS)
        assert found["高"].points - found["平"].points == 2

    def test_firms_that_are_all_alike_all_have_full_points(self):
        firms = [a_candidate("甲", 10, 100), a_candidate("乙", 10, 100)]
        points = [f.points for f in grade(a_scheme(GradeMethod.MINMAX_20_80), firms).firms]
        assert points == [100, 100]

    @given(st.permutations(list(E8)))
    def test_any_order_of_firms_gives_the_same_classes(self, names):
        expected = [(f.candidate.name, f.grade) for f in e8().firms]
        found = grade(a_scheme(), [a_candidate(name, *E8[name]) for name in names])
        assert [(f.candidate.name, f.grade) for f in found.firms] == expected


class TestFirmsOfAPark:
    def graded(self, *records, scheme=None):
        reading = Reading({})
        found = grade_firms(scope_of(a_park(), *records), reading, scheme or a_scheme())
        return {f.candidate.name: f for f in found.firms}, reading

    def test_land_is_what_the_ledger_says(self):
        firm = an_enterprise("E", name="甲")
        year = an_enterprise_year(
            enterprise="E", year=2024, land_area_used=Decimal(20000) / 3, tax_paid=1_000_000
        )
        found, reading = self.graded(firm, year)
        ratio = found["甲"].candidate.yields[Yield.TAX_PER_MU]
        assert (ratio.upper, round(ratio.lower, 6)) == (100, 10)
        assert {cell.field for cell in reading.inputs} >= {"land_area_used", "tax_paid", "year"}

    def test_rented_floor_area_becomes_land_by_the_plot_ratio(self):
        records = [
            a_parcel("L", area_cert=10000),
            a_building("B", parcel="L", gfa_actual=15000, rentable_area=15000),
            an_enterprise("E", name="甲"),
            an_enterprise_year(enterprise="E", year=2024, tax_paid=1_000_000),
            a_lease(building="B", tenant="E", area=3000, start_on="2024-01-01",
                    end_on="2026-12-31"),
            a_lease(building="B", tenant="E", area=9000, start_on="2020-01-01",
                    end_on="2021-12-31"),
        ]  # fmt: skip
        found, _ = self.graded(*records)
        assert round(found["甲"].candidate.yields[Yield.TAX_PER_MU].lower, 6) == 3

    def test_a_firm_without_land_waits_and_one_that_left_is_not_listed(self):
        found, _ = self.graded(
            an_enterprise("E", name="甲"),
            an_enterprise("F", name="乙", moved_out_on="2024-12-31"),
            an_enterprise_year(enterprise="E", year=2024, tax_paid=1),
        )
        assert {name: f.grade for name, f in found.items()} == {"甲": None}

    def test_rules_speak_of_the_firm(self):
        rules = ["firm.scale == '规下' and firm.land_mu < 3", "firm.months_in_park < 48",
                 "firm.hightech", "firm.industry > 3"]  # fmt: skip
        scheme = a_scheme(exemptions=tuple(GradeRule(WORDS, parse(rule)) for rule in rules))
        firm = an_enterprise(
            "E", name="甲", scale="规下", moved_in_on="2021-06-30", industry_name="食品"
        )
        year = an_enterprise_year(
            enterprise="E", year=2024, land_area_used=Decimal(2000), tax_paid=1_000_000
        )
        found, _ = self.graded(firm, year, scheme=scheme)
        assert found["甲"].candidate.exempt == (False, False, None, None)


def test_classes_by_share_need_so_many_firms_that_each_has_one():
    """Of one firm the only place is the last one: a class says nothing of it."""
    shares = a_scheme(GradeMethod.BENCHMARK_RATIO)
    assert shares.fewest_firms == 5
    for count in range(1, 12):
        firms = [a_candidate(f"F{n}", 10, 100 + n) for n in range(count)]
        grades = {firm.grade for firm in grade(shares, firms).firms}
        assert (len(grades) == len(shares.cut_offs)) == (count >= 5)
