"""Domain §0.2: a figure that is 待核 names what to record, and where, so that people find it."""

import pytest

from tests.builders import (
    a_building,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    a_park_year,
    a_valuation,
    an_encumbrance,
    an_enterprise,
    an_enterprise_year,
)
from tests.indicator_rig import AS_OF, PARAMS, of
from tests.shipped import texts
from workbench.domain.facts.missing_names import kinds_of_missing, names_of_missing
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import WHY_UNKNOWN
from workbench.domain.indicators.registry import INDICATORS

EAST = a_parcel("东", name="东地", land_use="工业", area_cert=10000)
WEST = a_parcel("西", name="西地", land_use="工业", area_cert=10000)
ONE = a_building("一", name="一栋", parcel="东", gfa_actual=5000)
TWO = a_building("二", name="二栋", parcel="东", gfa_actual=5000)
ALL = (EAST, WEST, ONE, TWO)
OTHER = (a_park("邻", code="Q", name="邻园"), a_building("邻栋", park="邻", name="邻栋"))


def said(id_, *records, assets=None, language="zh_CN"):
    """What the indicator lacks in words, or why it has no value."""
    value = of(id_, *records, assets=assets)
    assert value.value is None, value
    words, ledger = texts(language), a_ledger(a_park(), *records)
    if value.trace.missing:
        return list(names_of_missing(value.trace.missing, ledger, words))
    return [words(n.text_key, **n.shown) for n in value.notes if n.code in WHY_UNKNOWN]


@pytest.mark.parametrize("id_", ["I-47", "I-48"])
def test_a_building_without_appraisal_is_named_with_the_record_that_lacks(id_):
    valued = a_valuation(building="二", value=100, base_date="2025-01-01")
    assert "一栋的评估记录（填“评估价值”）" in said(id_, *ALL, valued)
    assert "Valuation record of 一栋 (with Value)" in said(id_, *ALL, valued, language="en")


def test_an_appraisal_that_does_not_say_its_value_is_asked_for_it():
    blank = a_valuation("v", building="一", base_date="2025-01-01", valuer="甲评估")
    other = a_valuation(building="二", value=100, base_date="2025-01-01")
    [name] = [each for each in said("I-48", *ALL, blank, other) if "评估价值" in each]
    assert "记录" not in name


def test_a_mortgage_that_only_a_flag_tells_asks_for_its_record():
    flagged = a_building("三", name="三栋", parcel="东", mortgage=True)
    free = [a_parcel("东", name="东地", mortgage=False)]
    assert said("I-17", *free, flagged) == ["三栋的权利限制记录（填“金额”）"]


def test_a_record_that_a_building_lacks_and_its_parcel_has_is_said_to_be_of_the_parcel():
    flagged = a_building("三", name="三栋", parcel="东", mortgage=True)
    beside = "所在宗地已有，程序不当作本楼的"
    for kind, told in (("抵押", True), ("查封", False)):
        row = an_encumbrance(parcel="东", kind=kind, status="有效", start_on="2024-01-01",
                             end_on="2030-01-01", amount=100)  # fmt: skip
        names = said("I-17", EAST, flagged, row, assets=("三",))
        [name] = [each for each in names if "三栋的权利限制记录" in each]
        assert (beside in name) is told
    land = a_valuation(parcel="东", value=100, base_date="2025-01-01")
    assert any(beside in each for each in said("I-48", EAST, ONE, land))


def test_a_mortgaged_building_without_appraisal_says_so():
    held = an_encumbrance(building="一", kind="抵押", status="有效", amount=100)
    free = a_parcel("东", name="东地", mortgage=False)
    assert said("I-17", free, ONE, held) == ["一栋的评估记录（填“评估价值”）"]


def test_the_kinds_of_buildings_are_asked_of_industrial_land_only():
    assert said("I-10") == ["宗地记录（填“土地用途”）"]
    assert said("I-10", a_parcel("东", name="东地")) == ["东地的土地用途"]
    wanted = ["西地的楼栋记录（填“类型”）", "西地的行政办公及生活设施用地"]
    assert said("I-10", WEST)[0] == wanted[0]
    assert len(said("I-10", WEST)) == 2
    assert said("I-10", a_parcel("东", name="东地", land_use="商服")) == [
        "没有工业、仓储或新型产业用地"
    ]


@pytest.mark.parametrize(
    ("id_", "field"),
    [("I-18", "近12月应收"), ("I-19", "租金单价"), ("I-21", "到期日"), ("I-22", "到期日"),
     ("I-23", "到期日"), ("I-24", "承租方"), ("I-27", "免租期")],
)  # fmt: skip
def test_without_a_lease_it_is_said_of_what_there_is_none(id_, field):
    record = f"租约记录（填“{field}”）"
    assert said(id_, *ALL) == [record]
    assert said(id_, *ALL, assets=["一"]) == [f"一栋的{record}"]
    assert said(id_, *ALL, assets=["东"]) == [f"{record}（2 处）"]
    assert said(id_, *ALL, assets=["西"]) == ["西地的楼栋记录（填“所在宗地”）", record]


def test_a_lease_that_names_no_building_is_asked_of_which_it_is():
    lost = a_lease("l", park="park", contract_no="H1", area=100)
    assert said("I-22", *ALL, lost, assets=["一"]) == ["H1的楼栋"]


def test_leases_that_all_ended_leave_no_tenant_and_nothing_to_fill_in():
    ended = a_lease(building="一", area=100, start_on="2020-01-01", end_on="2021-01-01",
                    rent_price=10, rent_unit="元/㎡·月", tenant="甲")  # fmt: skip
    for id_ in ("I-19", "I-22", "I-23", "I-24"):
        assert said(id_, *ALL, ended, an_enterprise("甲", name="甲公司")) == ["基准日没有在租企业"]


def test_the_overlap_of_industries_asks_other_parks_by_name_and_none_of_their_leases():
    assert said("I-25", *ALL) == ["项目中的其他园区及其租约（用于比较）"]
    assert said("I-25", *ALL, *OTHER) == ["邻园的租约记录（填“行业”）"]
    leases = [
        a_lease(f"l{n}", building="邻栋", contract_no=f"H{n}", start_on="2024-01-01",
                end_on="2030-01-01", industry="电子")
        for n in range(3)
    ]  # fmt: skip
    assert said("I-25", *ALL, *OTHER, *leases) == ["邻园的租约记录（填“租赁面积”）"]


@pytest.mark.parametrize("id_", [f"I-{n}" for n in range(30, 42)])
def test_yearly_figures_of_the_park_are_not_asked_of_an_asset(id_):
    """They would not help: no figure of single assets is made of them."""
    year = a_park_year(year=2024)
    assert said(id_, *ALL, year, assets=["一"]) == ["只有全园区的年度数据，不按单项资产计算"]


def test_a_firm_without_a_year_is_named_and_one_with_a_blank_is_asked_for_the_cell():
    firm = an_enterprise("甲", name="甲公司")
    let = a_lease(building="一", tenant="甲", area=100, start_on="2024-01-01",
                  end_on="2030-01-01")  # fmt: skip
    assert "甲公司的企业年度记录（填“产值”“用地面积”）" in said("I-12", *ALL, firm, let)
    year = an_enterprise_year("y", enterprise="甲", year=2024)
    assert not any("记录" in each for each in said("I-12", *ALL, firm, let, year))


def test_land_without_a_building_is_named_beside_the_buildings_that_lack_an_area():
    bare = [a_building("三", name="三栋", parcel="东")]
    assert said("I-06", EAST, WEST, *bare) == [
        "三栋的实际建筑面积", "西地的楼栋记录（填“实际建筑面积”）"
    ]  # fmt: skip


def test_land_of_unknown_use_is_not_counted_as_idle():
    value = of("I-05", EAST, WEST)
    assert [note.code for note in value.notes] == []
    idle = a_parcel("闲", name="闲地", status="闲置", idle_since="2025-01-30", area_cert=100)
    [note] = of("I-05", idle, EAST).notes
    assert note.params["count"] == 1


def test_land_without_term_lacks_no_end():
    assert said("I-14", a_parcel("东", name="东地", obtain_mode="划拨", area_cert=100)) == [
        "1 宗划拨或没有年期的土地不计入"
    ]


def test_own_use_is_asked_building_by_building_where_leases_name_none():
    areas = {"rentable_area": 1000, "parcel": "东"}
    full = a_building("三", name="三栋", self_use_area=0, lent_area=0, **areas)
    open_ = a_building("四", name="四栋", self_use_area=0, **areas)
    lease = a_lease(park="park", area=100, start_on="2024-01-01", end_on="2030-01-01")
    assert said("I-02", full, open_, lease) == ["四栋的出借面积"]


def test_a_list_by_kind_tells_a_record_that_lacks_once_with_all_its_fields():
    kinds = [("park_year", "built_land", True), ("building", "rentable_area", False),
             ("park_year", "supplied_land", True)]  # fmt: skip
    assert kinds_of_missing(kinds, texts("zh_CN")) == [
        "园区年度记录（填“已建成城镇建设用地”“已供应国有建设用地”）", "楼栋的可租面积"
    ]  # fmt: skip


_SCOPES = {
    "empty": ((), None),
    "buildings": ((a_building("三", name="三栋"),), None),
    "parcels": ((EAST, WEST), None),
    "building": (ALL, ["一"]),
    "parcel": (ALL, ["东"]),
    "bare parcel": (ALL, ["西"]),
    "neighbour": ((*ALL, *OTHER), None),
}


@pytest.mark.parametrize("name", _SCOPES)
@pytest.mark.parametrize("id_", INDICATORS)
def test_every_indicator_says_why_it_has_no_value(id_, name):
    """No field is asked of a record that is not there, and none is asked for without a reason."""
    records, assets = _SCOPES[name]
    keys = None if assets is None else frozenset(assets)
    scope = Scope(a_ledger(a_park(), *records), "park", keys, AS_OF, PARAMS)
    value = of(id_, *records, assets=assets)
    if value.value is not None:
        return
    assert said(id_, *records, assets=assets)
    there = {"park", *(asset.entity for asset in scope.assets)}
    for gap in value.trace.missing:
        if not gap.key and gap.entity in there:
            owner = scope.ledger.find(*gap.of)
            assert gap.entity == "building", gap
            assert owner is not None, gap
            assert not scope.buildings_on(owner), gap
