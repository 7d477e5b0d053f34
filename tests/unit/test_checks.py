"""Ledger cross-checks V01…V35: each fires on its fault, and on nothing else."""

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import permutations

import pytest

from tests.builders import (
    a_building,
    a_finance,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    a_park_year,
    a_record,
    a_unit,
    a_valuation,
    an_encumbrance,
    an_enterprise,
    an_enterprise_year,
    not_applicable,
)
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks.credit_codes import is_valid_credit_code
from workbench.domain.checks.registry import (
    CHECKS,
    check_ledger,
    check_record,
    control_total,
    rules_with_material,
    sentence_key,
)
from workbench.domain.findings import Level

AS_OF = date(2025, 6, 30)
PARAMS = {
    "industrial_term_max": Decimal(50),
    "far_height_double": Decimal(8),
    "valuation_valid_months": Decimal(12),
    "start_share_min": Decimal("0.3333"),
    "invest_share_min": Decimal("0.25"),
}
RUNNING = {"start_on": "2024-01-01", "end_on": "2026-12-31"}
YEAR_AGO = "2024-06-01"
GOOD_CODE, BAD_CODE = "91350100M000100Y43", "91350100M000100Y44"

FAULTS = [
    ("V01E_area", "area_cert", [a_parcel(area_cert=0)]),
    ("V01E_area", "leased_area", [a_building(leased_area=-1)]),
    ("V01E_money", "grant_price", [a_parcel(grant_price=-1)]),
    ("V01E_share", "price_paid_ratio", [a_parcel(price_paid_ratio=1.01)]),
    ("V01E_share", "occupancy", [a_building(occupancy=-0.01)]),
    ("V01E_far", "plan_far_max", [a_parcel(plan_far_max=10.1)]),
    ("V01E_park_area", "area_cert", [a_park(planned_area=100), a_parcel(area_cert=106)]),
    ("V02E_order", "end_on", [a_parcel(start_on="2020-01-01", end_on="2020-01-01")]),
    ("V02E_order", "end_on", [a_lease(start_on="2020-01-02", end_on="2020-01-01")]),
    (
        "V02E_term",
        "term_years",
        [a_parcel(start_on="2010-01-01", end_on="2060-01-01", term_years=48)],
    ),
    (
        "V02E_industrial",
        "end_on",
        [a_parcel(start_on="2010-01-01", end_on="2061-01-01", land_use="工业")],
    ),
    ("V03W", "remaining_years", [a_parcel(end_on="2035-06-30", remaining_years=9.4)]),
    ("V04W", "area_actual", [a_parcel(area_cert=1000, area_actual=1031)]),
    ("V04W_red", "gfa_actual", [a_building(gfa_cert=1000, gfa_actual=899)]),
    (
        "V05W_base",
        "area_cert",
        [a_parcel("L", area_cert=100), a_building(parcel="L", base_area=101)],
    ),
    (
        "V05W_far",
        "far",
        [a_parcel("L", area_cert=100, far=1.0), a_building(parcel="L", gfa_actual=106)],
    ),
    ("V06W", "planned_area", [a_park(planned_area=1000), a_parcel(area_cert=900)]),
    (
        "V07E",
        "rentable_area",
        [a_building(rentable_area=100, leased_area=60, self_use_area=42)],
    ),
    (
        "V07E_vacant",
        "vacant_area",
        [
            a_building(
                rentable_area=100, leased_area=60, self_use_area=0, lent_area=0, vacant_area=38
            )
        ],
    ),
    ("V07W_floor", "rentable_area", [a_building(gfa_actual=90, gfa_cert=98, rentable_area=100)]),
    ("V08W_area", "occupancy", [a_building(rentable_area=100, leased_area=60, occupancy=0.63)]),
    (
        "V08W_leases",
        "occupancy",
        [
            a_building("B", rentable_area=100, leased_area=60, occupancy=0.6),
            a_lease(building="B", area=50, **RUNNING),
        ],
    ),
    ("V08W_vacancy", "vacancy", [a_building(rentable_area=100, vacant_area=10, vacancy=0.2)]),
    (
        "V09E_area",
        "area",
        [a_unit("U", area=100), *(a_lease(unit="U", area=60, **RUNNING) for _ in "12")],
    ),
    ("V09E_overlap", "unit_no", [a_unit("U"), *(a_lease(unit="U", **RUNNING) for _ in "12")]),
    (
        "V09E_building",
        "rentable_area",
        [a_building("B", rentable_area=100), a_lease(building="B", area=102, **RUNNING)],
    ),
    (
        "V10W_land",
        "end_on",
        [
            a_parcel("L", end_on="2026-06-30"),
            a_building("B", parcel="L"),
            a_lease(building="B", **RUNNING),
        ],
    ),
    ("V10W_term", "end_on", [a_lease(start_on="2010-01-01", end_on="2031-01-01")]),
    ("V11W", "rent_price", [a_lease(rent_price=2.9, rent_unit="元/㎡·月")]),
    ("V11W", "rent_price", [a_lease(rent_price=7, rent_unit="元/㎡·天")]),
    ("V12E", "net_value", [a_building(original_value=100, net_value=102)]),
    (
        "V12W",
        "net_value",
        [a_building(original_value=100, acc_depreciation=30, impairment=0, net_value=72)],
    ),
    ("V13W", "valid_to", [a_building("B"), a_valuation(building="B", base_date="2024-06-29")]),
    ("V14E", "use_status", [a_building(seizure=True, use_status="出租")]),
    (
        "V14E",
        "use_status",
        [
            a_parcel("L"),
            an_encumbrance(parcel="L", kind="轮候查封", status="有效"),
            a_building(parcel="L", use_status="部分出租"),
        ],
    ),
    ("V15W_still", "end_on", [an_encumbrance(kind="查封", status="有效", end_on="2025-06-29")]),
    ("V15W_unknown", "end_on", [an_encumbrance(kind="查封", end_on="2025-06-29")]),
    ("V15W_unknown", "end_on", [an_encumbrance(kind="查封", status="不详", end_on="2025-06-29")]),
    ("V16W_holder", "holder", [an_encumbrance(kind="抵押", status="有效")]),
    (
        "V16W_amount",
        "amount",
        [
            a_building("B"),
            a_valuation(building="B", base_date="2025-01-01", value=100),
            an_encumbrance(building="B", kind="抵押", status="有效", holder="某行", amount=101),
        ],
    ),
    ("V17W_empty", "cert_no", [a_parcel(cert_kind="不动产权证")]),
    ("V17W_empty", "cert_no", [a_building(cert_status="已办结")]),
    (
        "V17W_duplicate",
        "cert_no",
        [a_parcel(cert_no="皖（2016）第01号"), a_parcel(cert_no="皖(2016) 第01号")],
    ),
    ("V18E_code", "credit_code", [an_enterprise(name="甲", credit_code=BAD_CODE)]),
    (
        "V18W_name",
        "name",
        [an_enterprise(name="云湖精机有限公司"), an_enterprise(name="云湖精机有限责任公司")],
    ),
    (
        "V19W",
        "land_area_used",
        [
            an_enterprise("E", name="甲厂"),
            a_parcel(right_holder="甲厂", area_cert=1000),
            an_enterprise_year(enterprise="E", land_area_used=900, tax_paid=1),
        ],
    ),
    ("V20W", "actual_start_on", [a_parcel(agreed_start_on="2024-06-29", status="供而未用")]),
    (
        "V21W",
        "invest_ratio",
        [a_parcel(status="停建", idle_since=YEAR_AGO, dev_area_ratio=0.5, invest_ratio=0.2)],
    ),
    (
        "V22W",
        "obtain_mode",
        [
            a_parcel("L", obtain_mode="划拨"),
            a_building("B", parcel="L"),
            a_lease(building="B", **RUNNING),
        ],
    ),
    ("V23W", "fire_accept", [a_building(fire_accept="未办", leased_area=1)]),
    ("V24W", "safety_grade", [a_building(safety_grade="D", use_status="自用")]),
    ("V25W", "plan_use", [a_parcel(land_use="工业", plan_use="商服")]),
    ("V26E_assets", "total_assets", [a_finance(total_assets=0)]),
    ("V26E_debts", "total_liabilities", [a_finance(total_liabilities=0)]),
    ("V26W", "total_liabilities", [a_finance(total_assets=100, total_liabilities=101)]),
    ("V27W_received", "received_12m", [a_lease(receivable_12m=100, received_12m=102)]),
    ("V27W_arrears", "arrears", [a_lease(receivable_12m=100, received_12m=80, arrears=10)]),
    ("V29W", "gfa_cert", [a_building(name="1#", gfa_cert=100), a_building(name="1#", gfa_cert=90)]),
    ("V30W", "self_hold_ratio", [a_parcel(self_hold_ratio=1, split_allowed=True)]),
    ("V31W_future", "vacant_since", [a_building(vacant_since="2025-07-01")]),
    ("V31W_early", "idle_since", [a_parcel(start_on="2020-01-01", idle_since="2019-12-31")]),
    (
        "V32W",
        "moved_out_on",
        [an_enterprise("E", name="甲", moved_out_on="2025-01-01"), a_lease(tenant="E", **RUNNING)],
    ),
    ("V33W_supplied_land", "built_land", [a_park_year(built_land=11, supplied_land=10)]),
    (
        "V33W_supply_ready_land",
        "supplied_land",
        [a_park_year(supplied_land=11, supply_ready_land=10)],
    ),
    (
        "V33W_total_land",
        "supply_ready_land",
        [a_park_year(supply_ready_land=11, total_land=12, unbuildable_land=2)],
    ),
    (
        "V33W_uses",
        "industrial_land",
        [a_park_year(industrial_land=6, residential_land=5, built_land=10)],
    ),
    ("V34W_far", "far", [a_parcel(land_use="工业", status="已建成", far=0.49)]),
    ("V34W_density", "density", [a_parcel(land_use="工业", status="已建成", density=0.61)]),
    (
        "V35W",
        "tax_paid",
        [an_enterprise_year(year=2024, tax_paid=5_010_000, land_area_used=10000 / 15)],
    ),
    (
        "V35W_median",
        "output_value",
        [
            an_enterprise_year(year=2024, output_value=value, land_area_used=10000 / 15)
            for value in (100_000, 110_000, 120_000, 1_210_000)
        ],
    ),
]  # fmt: skip

SOUND = [
    [a_parcel(area_cert=1000, area_actual=1030)],
    [a_parcel(start_on="2010-01-01", end_on="2060-01-01", term_years=50, land_use="工业")],
    [a_parcel(end_on="2035-06-30", remaining_years=9.6)],
    [a_park(planned_area=1000), a_parcel(area_cert=950)],
    [a_parcel("L", area_cert=100, far=1.0), a_building(parcel="L", gfa_actual=105, base_area=100)],
    [a_building(rentable_area=100, leased_area=60, self_use_area=41)],
    [a_building(rentable_area=100, leased_area=60, occupancy=0.62)],
    [a_building(rentable_area=101, gfa_actual=98, gfa_cert=100)],
    [a_unit("U", area=100), *(a_lease(unit="U", area=50, **RUNNING) for _ in "12")],
    [a_unit("U"), a_lease(unit="U", start_on="2020-01-01", end_on="2021-01-01"),
     a_lease(unit="U", **RUNNING)],
    [a_lease(rent_price=3, rent_unit="元/㎡·月"), a_lease(rent_price=200, rent_unit="元/㎡·月")],
    [a_lease(rent_price=0, rent_unit="元/㎡·月", lease_mode="免租")],
    [a_building(original_value=100, acc_depreciation=30, impairment=0, net_value=70)],
    [a_building("B"), a_valuation(building="B", base_date="2020-01-01"),
     a_valuation(building="B", base_date="2025-01-01")],
    [a_building(seizure=True, use_status="空置"), a_building(seizure=False, use_status="出租")],
    [an_encumbrance(kind="查封", status="有效", end_on="2025-06-30"),
     an_encumbrance(kind="查封", status="已解除", end_on="2020-06-30")],
    [not_applicable(a_parcel(cert_kind="不动产权证"), "cert_no")],
    [an_enterprise(name="甲", credit_code=GOOD_CODE)],
    [an_enterprise(name="云湖精密机械有限公司"), an_enterprise(name="云湖光电科技有限公司")],
    [a_parcel(agreed_start_on="2024-06-30", status="供而未用")],
    [a_parcel(agreed_start_on="2020-01-01", status="已建成")],
    [a_parcel(status="停建", idle_since="2024-07-01", invest_ratio=0.2)],
    [a_building(fire_accept="通过", leased_area=1), a_building(fire_accept="未办", leased_area=0)],
    [a_building(safety_grade="B", use_status="自用")],
    [a_building(safety_grade="D", use_status="停用")],
    [a_finance(total_assets=100, total_liabilities=100)],
    [a_finance(net_profit=-5, op_cashflow=-5)],
    [a_lease(receivable_12m=100, received_12m=80, arrears=20)],
    [an_enterprise("E", name="甲", moved_out_on="2025-07-01"), a_lease(tenant="E", **RUNNING)],
    [a_park_year(built_land=10, supplied_land=10, supply_ready_land=10, total_land=12,
                 unbuildable_land=2, industrial_land=5, residential_land=5)],
    [a_parcel(land_use="工业", status="供而未用", far=0), a_parcel(land_use="商服", far=6)],
]  # fmt: skip


def findings(records):
    return check_ledger(a_ledger(records), AS_OF, PARAMS)


@cache
def found_in_faults():
    return [findings(records) for _, _, records in FAULTS]


def test_each_fault_is_found():
    missed = []
    for (key, field, _), told in zip(FAULTS, found_in_faults(), strict=True):
        found = {(sentence_key(f).removeprefix("checks."), f.field) for f in told}
        if (key, field) not in found:
            missed.append((key, field, found))
    assert missed == []


def test_sound_records_are_left_alone():
    assert [(n, told) for n, records in enumerate(SOUND) if (told := findings(records))] == []


def test_a_blank_record_is_never_complained_about():
    blank = [a_record(entity.key, f"blank-{entity.key}") for entity in CATALOGUE.ledger()]
    assert [told for record in blank if (told := findings([a_park(), record]))] == []


def test_every_rule_of_the_domain_is_there():
    assert {rule.id for rule in CHECKS} == {f"V{number:02}" for number in range(1, 36)}


def test_every_rule_is_proved_by_a_fault():
    tried = {key[:3] for key, _, _ in FAULTS}
    assert tried == {rule.id for rule in CHECKS} - {"V28"}


def test_level_and_code_agree():
    for told in found_in_faults():
        for finding in told:
            assert finding.code[3:] == finding.level.value
            assert finding.entity
            assert finding.key


def test_a_total_row_may_be_half_a_percent_off():
    assert control_total("building", "leased_area", Decimal(1000), Decimal(1005), "房屋") is None
    finding = control_total("building", "leased_area", Decimal(123456), Decimal(199283), "房屋")
    assert (finding.code, finding.level) == ("V28W", Level.WARNING)
    assert finding.params["stated"] == "123,456"


def test_one_record_is_checked_alone_before_it_is_saved():
    ledger = a_ledger(a_park(), a_parcel("L", cert_no="证1"))
    edited = a_parcel("M", cert_no="证1", area_cert=0)
    found = check_record(edited, ledger, AS_OF, PARAMS)
    assert {f.code for f in found} == {"V01E", "V17W"}
    assert all(f.key == "M" for f in found)


def test_a_missing_parameter_silences_its_rule():
    records = [a_parcel(start_on="2010-01-01", end_on="2069-01-01", land_use="工业")]
    assert check_ledger(a_ledger(records), AS_OF, {}) == ()


def test_the_order_of_records_does_not_matter():
    for (key, field, records), expected in zip(FAULTS, found_in_faults(), strict=True):
        for order in list(permutations(records))[1:]:
            assert findings(order) == expected, (key, field)


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        (GOOD_CODE, True),
        (BAD_CODE, False),
        (GOOD_CODE[:-1], False),
        ("", False),
        ("9135010OM000100Y43", False),
    ],
)
def test_gb_32100_check_character(code, valid):
    assert is_valid_credit_code(code) is valid


def test_a_rule_counts_as_made_only_where_a_record_has_what_it_needs():
    """That nothing is complained of must not read as if everything had been looked at."""
    bare, total = rules_with_material(a_ledger(a_park()), AS_OF, PARAMS)
    named, _ = rules_with_material(a_ledger(a_park(), a_parcel(), a_building()), AS_OF, PARAMS)
    known = a_ledger(a_park(), a_parcel(area_cert=1000, area_surveyed=1000), a_building())
    fuller, _ = rules_with_material(known, AS_OF, PARAMS)
    assert total == len({rule.id for rule in CHECKS})
    assert bare < named < fuller < total
    assert rules_with_material(a_ledger(), AS_OF, PARAMS)[0] == 0
