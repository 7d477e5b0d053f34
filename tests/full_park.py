"""A park of which every indicator is known, with more rows than a formula writes out."""

from decimal import Decimal

from tests.builders import (
    a_building,
    a_context,
    a_demand,
    a_finance,
    a_lease,
    a_parcel,
    a_park,
    a_park_year,
    a_record,
    a_valuation,
    an_encumbrance,
    an_enterprise,
    an_enterprise_year,
    estimated,
)

HECTARE = 10_000
_YEAR = {
    "supplied_land": 180, "supply_ready_land": 190, "built_land": 170, "industrial_land": 120,
    "residential_land": 10, "total_land": 220, "unbuildable_land": 8, "idle_land": 3,
    "gfa_total": 210, "base_area_total": 80, "ind_gfa": 130, "ind_base_area": 55,
}  # fmt: skip
_KINDS = ("标准厂房", "标准厂房", "研发办公", "仓库", "宿舍", "标准厂房")


def a_full_park(name="全数园区"):
    """The records, six of each kind that figures are summed over."""
    yield a_park(
        name=name, kind="省级开发区", lead_industries=["机械", "食品"], digital_platform_mau=31,
        innovation_platforms=7, platforms_with_contracts=3, platform_entity="F0",
        built_area=1_200_000, level="省级", zone_type="工业主导型",
    )  # fmt: skip
    for n in range(6):
        yield from _asset(n)
        yield from _tenant(n)
    yield a_park_year(
        "Y24", year=2024, fixed_investment=9_600_000_000, industrial_tax=820_000_000,
        tax_total=930_000_000, resident_pop=5_200,
        **{key: value * HECTARE for key, value in _YEAR.items()},
    )  # fmt: skip
    yield a_finance(
        "FIN", enterprise="F0", as_of="2025-03-31", total_liabilities=1_385_700_000,
        total_assets=1_860_000_000, cash=96_500_000, due_12m=218_000_000, net_profit=6_100_000,
        income_tax=2_040_000, interest_expense=48_300_000,
    )  # fmt: skip
    yield a_context("CTX", park="park", local_rent_market=17.5, distributable_cash=9_876_543)
    for n, kind in enumerate(("标准厂房", "仓库")):
        yield a_demand(f"D{n}", park="park", stage="意向", need_kind=kind, need_area=700 + 90 * n)
    for n, kind in enumerate(
        (
            "供电",
            "供水",
            "污水",
            "道路",
            "食堂",
            "宿舍/公寓",
            "公交站",
            "物流",
            "供热/蒸汽",
            "检测平台",
        )
    ):
        yield a_record(
            "facility", f"S{n}", park="park", name=f"{kind}{n}", kind=kind, status="正常",
            capacity=70 + n, required=80,
        )  # fmt: skip


def _asset(n):
    yield a_parcel(
        f"L{n}", code=f"Z-{n}", area_cert=Decimal(f"{30_000 + 777 * n}.333333"),
        area_actual=30_100 + 777 * n,
        status="闲置" if n == 5 else "已建", idle_since="2023-11-30" if n == 5 else None,
        end_on=f"20{46 + n}-0{1 + n}-17", obtain_mode="出让", land_use="工业",
        plan_far_max=Decimal(15 + n % 3) / 10, structures_area=110 + n, yards_area=900,
        seizure=n == 2, mortgage=n == 1, litigation=False, cert_kind="不动产权证",
        net_value=2_000_000 + n,
        agreed_invest_per_mu=390, agreed_output_per_mu=450, agreed_tax_per_mu=30,
    )  # fmt: skip
    yield estimated(
        a_building(
            f"B{n}", parcel=f"L{n}", name=f"{n}#楼", kind=_KINDS[n], gfa_actual=20_000 + 531 * n,
            gfa_cert=20_000 + 500 * n, rentable_area=18_000 + 97 * n, self_use_area=300 * (n % 2),
            lent_area=0, base_area=9_000 + 13 * n, floor_height=8.5 if n == 3 else 6,
            use_status="部分出租", vacant_since="2024-10-05", cert_status="已办结",
            planning_accept="通过", fire_accept="通过", completion_accept="未办" if n else "通过",
            seizure=False, mortgage=n == 4, litigation=False, net_value=31_000_000 + 70_000 * n,
            opex_12m=500_000 + n, holding_taxes_12m=120_000 + n,
        ),
        "gfa_actual",
    )  # fmt: skip
    yield a_valuation(
        f"V{n}", building=f"B{n}", base_date="2025-01-31", value=40_000_000 + 123_456 * n
    )
    yield a_valuation(f"W{n}", parcel=f"L{n}", base_date="2025-02-28", value=9_000_000 + 1_234 * n)
    if n in (1, 4):
        yield an_encumbrance(
            f"M{n}", kind="抵押", status="有效", start_on="2024-01-01", end_on="2027-01-01",
            amount=5_432_100 + n, **({"parcel": "L1"} if n == 1 else {"building": "B4"}),
        )  # fmt: skip


def _tenant(n):
    yield an_enterprise(
        f"F{n}", name=f"企业{n}", industry_name="机械制造业" if n % 2 else "仓储业",
        policy_start="2022-01-01", policy_end="2026-03-31" if n < 2 else "2024-12-31",
    )  # fmt: skip
    yield an_enterprise_year(
        f"E{n}", enterprise=f"F{n}", year=2024, land_area_used=9_876.5 + 1_000 * n,
        fixed_inv=90_000_000, output_value=61_000_000 + 345 * n, tax_paid=2_345_678 + n,
    )  # fmt: skip
    yield a_lease(
        f"C{n}", contract_no=f"H-{n}", building=f"B{n}", tenant=f"F{n}", area=9_000 + 411 * n,
        rent_price=Decimal(50 + n) / 100 if n % 2 else 16.8, tax_included=False,
        rent_unit="元/㎡·天" if n % 2 else "元/㎡·月", start_on=f"202{n % 4}-02-1{n}",
        end_on=f"202{6 + n % 3}-0{n + 1}-28", receivable_12m=1_600_000 + n, free_months=0,
        received_12m=1_500_000 + 7 * n, lease_mode="公开招租",
    )  # fmt: skip
    yield a_lease(
        f"X{n}", contract_no=f"旧-{n}", building=f"B{n}", tenant=f"F{n}", area=2_000,
        start_on="2016-05-01", end_on=f"201{7 + n % 3}-04-2{n % 2}", receivable_12m=0,
        received_12m=0,
    )  # fmt: skip


def a_small_neighbour():
    """An asset and its tenant below 5 % of every weight of the full park."""
    yield a_parcel(
        "L9", code="Z-9", area_cert=900, area_actual=901, status="已建", end_on="2050-01-01",
        obtain_mode="出让", land_use="工业", plan_far_max=Decimal("1.5"), structures_area=10,
        yards_area=9, seizure=False, mortgage=False, litigation=False, cert_kind="不动产权证",
        net_value=20_000, agreed_invest_per_mu=390, agreed_output_per_mu=450,
        agreed_tax_per_mu=30,
    )  # fmt: skip
    yield a_building(
        "B9", parcel="L9", name="9#楼", kind="标准厂房", gfa_actual=400, gfa_cert=400,
        rentable_area=300, self_use_area=20, lent_area=10, base_area=200, floor_height=6,
        use_status="部分出租", vacant_since="2024-11-05", cert_status="已办结",
        planning_accept="通过", fire_accept="通过", completion_accept="通过", seizure=False,
        mortgage=False, litigation=False, net_value=100_000, opex_12m=5_000,
        holding_taxes_12m=1_000,
    )  # fmt: skip
    yield a_valuation("V9", building="B9", base_date="2025-01-31", value=200_000)
    yield an_encumbrance(
        "M9", kind="抵押", status="有效", start_on="2024-01-01", end_on="2027-01-01",
        amount=50_000, building="B9",
    )  # fmt: skip
    yield a_lease(
        "C9", contract_no="H-9", building="B9", tenant="F9", area=200, rent_price=12,
        tax_included=False, rent_unit="元/㎡·月", start_on="2023-01-01", end_on="2027-01-01",
        receivable_12m=24_000, free_months=0, received_12m=22_000, lease_mode="公开招租",
    )  # fmt: skip
    yield an_enterprise(
        "F9", name="企业9", industry_name="仓储业", policy_start="2022-01-01",
        policy_end="2024-12-31",
    )  # fmt: skip
    yield an_enterprise_year(
        "E9", enterprise="F9", year=2024, land_area_used=500, fixed_inv=900_000,
        output_value=1_000_000, tax_paid=50_000,
    )  # fmt: skip
