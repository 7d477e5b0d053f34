"""One small ledger for each indicator of domain §4, in which it takes any value that is asked for.

Written from the text of §4 alone: the formula is turned round by hand, so that a ledger built for
a value must give that value back, from the named cells and no others, with the band of the table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
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
    with_values,
)
from workbench.domain.indicators.indicator import Band
from workbench.domain.records.ledger import Record

AS_OF = date(2025, 6, 30)
G, Y, R, NONE = Band.GREEN, Band.YELLOW, Band.RED, Band.UNRATED
YEAR = Decimal("365.25")
MU = Decimal(2000) / 3
WHOLE = 10_000
FOREVER = {"start_on": "2024-01-01", "end_on": "2029-12-31"}
RUNNING = "lease.start_on lease.end_on"
Build = Callable[[Decimal], list[Record]]


@dataclass(frozen=True)
class Probe:
    """What §4 says: unit, bands at and beside each boundary; and the cells behind the value.

    ``blank`` is the cell that is emptied in the ledger of the first value; ``lacks`` is what is
    then named missing (the same cell unless told otherwise).
    """

    unit: str
    build: Build
    bands: tuple[tuple[Decimal, Band], ...]
    cells: frozenset[str]
    blank: str
    lacks: str


def probe(unit: str, build: Build, bands: dict[str | Decimal, Band], cells: str, blank: str,
          lacks: str = "") -> Probe:  # fmt: skip
    found = tuple((Decimal(value), band) for value, band in bands.items())
    return Probe(unit, build, found, frozenset(cells.split()), blank, lacks or blank)


def without(records: list[Record], cell: str) -> list[Record]:
    """The ledger with one cell of its first record that has it emptied."""
    entity, field = cell.split(".")
    at = next(i for i, r in enumerate(records) if r.entity == entity and field in r.values)
    return [*records[:at], with_values(records[at], **{field: None}), *records[at + 1 :]]


def months_ago(months: Decimal) -> date:
    count = AS_OF.year * 12 + AS_OF.month - 1 - int(months)
    return date(count // 12, count % 12 + 1, 28 if count % 12 == 1 else 30)


def days(years: Decimal) -> timedelta:
    return timedelta(days=round(years * YEAR))


def building(**values: object) -> list[Record]:
    return [a_park(), a_building("B", **values)]


def on_land(**values: object) -> list[Record]:
    return [a_park(), a_parcel("L", area_cert=WHOLE), a_building("B", parcel="L", **values)]


def lease(**values: object) -> list[Record]:
    return [a_park(), a_lease(park="park", **FOREVER | values)]


def two_leases(x: Decimal, first: dict[str, object], second: dict[str, object]) -> list[Record]:
    return [
        a_lease(park="park", area=WHOLE * x, **FOREVER | first),
        a_lease(park="park", area=WHOLE * (1 - x), **FOREVER | second),
    ]


def zone(**values: object) -> list[Record]:
    return [a_park(), a_park_year("Y", year=2024, **values)]


def finance(**values: object) -> list[Record]:
    return [a_park(), a_finance("F", as_of="2024-12-31", **values)]


def firm(yields: Decimal, field: str, agreed: str) -> list[Record]:
    """A firm on 10 亩, on land with an agreed yield of 40 (万元/亩)."""
    return [
        a_park(), a_parcel("L", area_cert=WHOLE, **{agreed: 40}), an_enterprise("E", name="甲"),
        an_enterprise_year(enterprise="E", year=2024, land_area_used=10 * MU,
                           **{field: yields * 10 * 10_000}),
    ]  # fmt: skip


def clarity(x: Decimal) -> list[Record]:
    """A building that fails the tests whose points are lacking to 100."""
    failing = {
        100: {}, 85: {"fire_accept": "未办"}, 80: {"fire_accept": "未办", "litigation": True},
        60: {"fire_accept": "未办", "seizure": True},
        55: {"cert_status": "未办理", "gfa_cert": 969},
    }[int(x)]  # fmt: skip
    passed = {
        "cert_status": "已办结", "gfa_cert": 1000, "gfa_actual": 1000, "seizure": False,
        "mortgage": False, "litigation": False, "planning_accept": "通过",
        "fire_accept": "通过", "completion_accept": "通过",
    }  # fmt: skip
    return building(**passed | failing)


def income(noi: Decimal, **values: object) -> list[Record]:
    """A let building with this NOI: 115,200 of collected rent (10 × 1,000 × 12 × 96 %) − costs."""
    return [
        a_park(),
        a_building("B", opex_12m=115_200 - noi, holding_taxes_12m=0, **values),
        a_lease(building="B", area=1000, rent_price=10, rent_unit="元/㎡·月", **FOREVER),
    ]


def appraised(value: int = 1_000_000) -> Record:
    return a_valuation(building="B", base_date="2025-01-01", value=value)


def facilities(x: Decimal) -> list[Record]:
    power = {"kind": "供电", "status": "正常", "capacity": x - 40, "required": 60}
    road = {"kind": "道路", "status": "正常"}
    return [a_park(), *(a_record("facility", park="park", **row) for row in (power, road))]


def intensity(score: Decimal) -> list[Record]:
    """A zone in which every measure of the scheme scores the same."""
    x = score / 100
    supplied, built = 10**6 * x, 10**6 * x * x
    industrial = built * Decimal("0.6") * x
    return zone(
        supply_ready_land=10**6, supplied_land=supplied, built_land=built, residential_land=0,
        industrial_land=industrial, gfa_total=built * Decimal("1.2") * x,
        base_area_total=built * Decimal("0.35") * x, ind_gfa=industrial * Decimal("1.2") * x,
        ind_base_area=industrial * Decimal("0.55") * x, fixed_investment=industrial * 9000 * x,
        industrial_tax=industrial * 680 * x, idle_land=supplied * Decimal("0.1") * (1 - x),
    )  # fmt: skip


COUNTED = {
    "park": "kind city_tier",
    "parcel": "cert_no obtain_mode area_cert start_on end_on status",
}
"""The ◐ fields of §3.1 of two entities."""
FILLED = {
    "kind": "经开区", "city_tier": "县城", "cert_no": "证", "obtain_mode": "出让", "area_cert": 1,
    "start_on": "2010-01-01", "end_on": "2060-01-01", "status": "已建成",
}  # fmt: skip


def completeness(x: Decimal) -> list[Record]:
    """A park and three parcels with 20 fields that apply, the last of them blank."""
    records = [a_park(**{f: FILLED[f] for f in COUNTED["park"].split()})]
    blanks = 20 - round(20 * x)
    for number in range(3):
        fields = COUNTED["parcel"].split()
        kept = fields[: len(fields) - (blanks if number == 0 else 0)]
        records.append(a_parcel(f"L{number}", **{field: FILLED[field] for field in kept}))
    return records


def industries(ours: dict[str, Decimal], theirs: dict[str, Decimal]) -> list[Record]:
    """Two parks with their let areas by industry."""
    rows = [a_park(), a_park("other", code="P-02", name="乙园")]
    for park, areas in (("park", ours), ("other", theirs)):
        rows += [a_lease(park=park, area=a, industry=n, **FOREVER) for n, a in areas.items()]
    return rows


def tenants(largest: Decimal) -> list[Record]:
    rest = (1 - largest) * WHOLE / 50
    shares = [largest * WHOLE, *(rest for _ in range(50))]
    return [
        a_park(), *(a_lease(park="park", tenant=f"T{i}", area=a, **FOREVER)
                    for i, a in enumerate(shares)),
    ]  # fmt: skip


def by_days(*counts: int) -> list[Decimal]:
    return [Decimal(count) / YEAR for count in counts]


def at(values: list[Decimal], *bands: Band) -> dict[str | Decimal, Band]:
    return dict(zip(values, bands, strict=True))


def up(good: str, under_good: str, fair: str, under_fair: str) -> dict[str | Decimal, Band]:
    return {good: G, under_good: Y, fair: Y, under_fair: R}


down = up
"""The same four values, for what is better below: at, above, at, above."""


def of_stay(years: Decimal) -> list[Record]:
    start = date(2010, 1, 1)
    end = start + days(years) - timedelta(days=1)
    return lease(start_on=start, end_on=end)


def with_demand(x: Decimal) -> list[Record]:
    lead = a_demand(park="park", need_kind="标准厂房", need_area=WHOLE * x, stage="签约")
    return [*building(kind="标准厂房", rentable_area=WHOLE, use_status="空置"), lead]


def renamed(records: list[Record], **park: object) -> list[Record]:
    return [with_values(records[0], **park), *records[1:]]


def dependence(x: Decimal) -> list[Record]:
    return [
        a_park(), an_enterprise("T1", policy_end="2026-12-31"),
        an_enterprise("T2", policy_end="2024-12-31"),
        *two_leases(x, {"tenant": "T1"}, {"tenant": "T2"}),
    ]  # fmt: skip


def mortgaged(x: Decimal) -> list[Record]:
    row = an_encumbrance(building="B", kind="抵押", status="有效", amount=WHOLE * x)
    return [a_park(), a_building("B"), row, appraised(WHOLE)]


def seized(x: Decimal) -> list[Record]:
    return [a_park(), a_parcel(seizure=True, area_cert=WHOLE * x),
            a_parcel(seizure=False, area_cert=WHOLE * (1 - x))]  # fmt: skip


def living(x: Decimal) -> list[Record]:
    return [
        a_park(), a_parcel("L", land_use="工业"),
        a_building(parcel="L", kind="宿舍", gfa_actual=WHOLE * x),
        a_building(parcel="L", kind="标准厂房", gfa_actual=WHOLE * (1 - x)),
    ]  # fmt: skip


def asleep(x: Decimal) -> list[Record]:
    return [a_park(), a_building(use_status="空置", net_value=WHOLE * x),
            a_building(use_status="出租", net_value=WHOLE * (1 - x))]  # fmt: skip


def let(leased: Decimal, **values: object) -> list[Record]:
    return building(rentable_area=WHOLE, leased_area=leased, **values)


def expiring(x: Decimal) -> list[Record]:
    return [a_park(), *two_leases(x, {"end_on": "2026-06-30"}, {"end_on": "2026-07-01"})]


def matching(x: Decimal) -> list[Record]:
    rows = two_leases(x, {"industry": "装备制造"}, {"industry": "物流"})
    return [a_park(lead_industries=["装备制造"]), *rows]


def rent_against(x: Decimal) -> list[Record]:
    market = a_context(park="park", local_rent_market=10)
    return [*lease(rent_price=10 * (1 + x), rent_unit="元/㎡·月", tax_included=False), market]


def activity(x: Decimal) -> list[Record]:
    return renamed(lease(tenant="T"), digital_platform_mau=x)


USE = "building.rentable_area building.leased_area building.self_use_area building.lent_area"
RENT = f"{RUNNING} lease.rent_price lease.rent_unit lease.tax_included"
NOI = (
    f"{RUNNING} lease.area lease.rent_price lease.rent_unit"
    " building.opex_12m building.holding_taxes_12m"
)
TITLE = " ".join(f"building.{f}" for f in (
    "cert_status", "gfa_cert", "gfa_actual", "seizure", "mortgage", "litigation",
    "planning_accept", "fire_accept", "completion_accept"))  # fmt: skip
SHARE_UP_50_20 = up("0.5", "0.4999", "0.2", "0.1999")
