"""Each indicator of domain §4: a value worked back by hand, both sides of every boundary, a gap.

The table is complete by a test: an indicator that is added without its line here fails.
"""

from decimal import Decimal

import pytest

from tests import indicator_probes as p
from tests.builders import a_building, a_ledger, a_parcel, a_park
from tests.indicator_probes import AS_OF, NONE, RUNNING, G, Probe, R, Y, down, probe, up
from tests.standards import STANDARDS
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Band, evaluate
from workbench.domain.indicators.ledger import _COUNTED
from workbench.domain.indicators.registry import INDICATORS

PARAMS = {
    "far_height_double": Decimal(8), "ref_tax_per_mu": Decimal("45.27"),
    "ref_invest_per_mu": Decimal("598.95"), "collection": Decimal("0.96"),
    "opex_ratio": Decimal("0.18"), "property_tax_rent": Decimal("0.12"),
    "cit_rate": Decimal("0.25"),
}  # fmt: skip
LAND = "parcel.area_cert building"
HA, WAN = 10_000, 10_000


def per_hectare(above: str, below: str, factor: int) -> p.Build:
    return lambda x: p.zone(**{above: x * factor, below: HA})


def ratio(above: str, below: str) -> p.Build:
    return lambda x: p.zone(**{above: x * HA, below: HA})


def of_year(*fields: str) -> str:
    return " ".join(f"park_year.{field}" for field in ("year", *fields))


PROBES: dict[str, Probe] = {
    "I-01": probe("%", lambda x: p.let(x * p.WHOLE), up(".85", ".8499", ".60", ".5999"),
                  "building.rentable_area building.leased_area", "building.leased_area"),
    "I-02": probe("%", lambda x: p.let((1 - x) * p.WHOLE, self_use_area=0, lent_area=0),
                  down(".15", ".1501", ".40", ".4001"), p.USE, "building.self_use_area"),
    "I-03": probe("%", lambda x: p.let(0, self_use_area=x * p.WHOLE, lent_area=0),
                  up(".90", ".8999", ".70", ".6999"), p.USE, "building.lent_area"),
    "I-04": probe("月", lambda x: p.building(rentable_area=9, use_status="空置",
                                            vacant_since=p.months_ago(x)),
                  down("6", "7", "18", "19"),
                  "building.rentable_area building.use_status building.vacant_since",
                  "building.vacant_since"),
    "I-05": probe("月", lambda x: [a_park(), a_parcel(status="闲置", idle_since=p.months_ago(x))],
                  {"11": G, "12": Y, "23": Y, "24": R}, "parcel.status parcel.idle_since",
                  "parcel.idle_since"),
    "I-06": probe("", lambda x: p.on_land(gfa_actual=x * p.WHOLE), up("1", ".9999", ".6", ".5999"),
                  f"{LAND}.gfa_actual", "building.gfa_actual"),
    "I-07": probe("", lambda x: [a_park(), a_parcel("L", area_cert=p.WHOLE, plan_far_max=2),
                                 a_building(parcel="L", gfa_actual=(2 - x) * p.WHOLE)],
                  {"0.7": NONE, "0": NONE}, f"{LAND}.gfa_actual parcel.plan_far_max",
                  "parcel.plan_far_max"),
    "I-08": probe("%", lambda x: p.on_land(base_area=x * p.WHOLE),
                  {".30": G, ".50": G, ".2999": Y, ".5001": Y}, f"{LAND}.base_area",
                  "building.base_area"),
    "I-09": probe("%", lambda x: [
                      a_park(), a_parcel("L", area_cert=p.WHOLE, structures_area=100, yards_area=0),
                      a_building(parcel="L", base_area=x * p.WHOLE - 100)],
                  up(".40", ".3999", ".30", ".2999"),
                  f"{LAND}.base_area parcel.structures_area parcel.yards_area",
                  "building.base_area"),
    "I-10": probe("%", p.living, down(".07", ".0701", ".15", ".1501"),
                  "parcel.land_use building.kind building.gfa_actual", "building.kind"),
    "I-11": probe("万元/亩", lambda x: p.zone(fixed_investment=x * WAN, industrial_land=p.MU),
                  up("598.95", "598.94", "299.475", "299.47"),
                  of_year("fixed_investment", "industrial_land"), "park_year.fixed_investment",
                  "enterprise_year.fixed_inv"),
    "I-12": probe("万元/亩", lambda x: p.firm(x, "output_value", "agreed_output_per_mu"),
                  up("40", "39.99", "20", "19.99"),
                  "enterprise_year.year enterprise_year.output_value"
                  " enterprise_year.land_area_used parcel.agreed_output_per_mu",
                  "enterprise_year.land_area_used"),
    "I-13": probe("万元/亩", lambda x: p.firm(x, "tax_paid", "agreed_tax_per_mu"),
                  up("40", "39.99", "20", "19.99"),
                  "enterprise_year.year enterprise_year.tax_paid"
                  " enterprise_year.land_area_used parcel.agreed_tax_per_mu",
                  "enterprise_year.tax_paid"),
    "I-14": probe("年", lambda x: [a_park(), a_parcel(end_on=AS_OF + p.days(x))],
                  p.at(p.by_days(10958, 10957, 5479, 5478), G, Y, Y, R), "parcel.end_on",
                  "parcel.end_on"),
    "I-15": probe("分", p.clarity, {"100": G, "85": G, "80": Y, "60": Y, "55": R}, p.TITLE, ""),
    "I-16": probe("%", p.seized, {".10": Y, "0": G, ".0001": Y, ".1001": R},
                  "parcel.seizure parcel.area_cert", "parcel.seizure"),
    "I-17": probe("%", p.mortgaged, down(".60", ".6001", ".80", ".8001"),
                  "encumbrance.kind encumbrance.status encumbrance.amount valuation.value"
                  " valuation.base_date", "encumbrance.amount"),
    "I-18": probe("%", lambda x: p.lease(receivable_12m=p.WHOLE, received_12m=x * p.WHOLE),
                  up(".95", ".9499", ".85", ".8499"),
                  "lease.receivable_12m lease.received_12m", "lease.received_12m"),
    "I-19": probe("元/㎡·月", lambda x: p.lease(rent_price=x * 12, rent_unit="元/㎡·年",
                                               tax_included=False),
                  {"15": NONE}, p.RENT, "lease.rent_price"),
    "I-20": probe("%", p.rent_against,
                  {".10": G, "-.10": G, ".1001": Y, "-.1001": Y, ".20": Y, "-.20": Y,
                   ".2001": R, "-.2001": R}, f"{p.RENT} context.local_rent_market",
                  "context.local_rent_market"),
    "I-21": probe("年", p.of_stay, p.at(p.by_days(1827, 1826, 987, 986), G, Y, Y, R), RUNNING,
                  "lease.end_on"),
    "I-22": probe("年", lambda x: p.lease(end_on=AS_OF + p.days(x)),
                  p.at(p.by_days(1096, 1095, 548, 547), G, Y, Y, R), RUNNING, "lease.end_on"),
    "I-23": probe("%", p.expiring, down(".20", ".2001", ".40", ".4001"), f"{RUNNING} lease.area",
                  "lease.area"),
    "I-24": probe("%", p.tenants, down(".20", ".2001", ".40", ".4001"),
                  f"{RUNNING} lease.area lease.tenant", "lease.tenant"),
    "I-25": probe("", lambda x: p.industries({"机械": 10}, {"机械": x * 10, "食品": (1 - x) * 10}),
                  down("0.4", "0.4001", "0.6", "0.6001"), f"{RUNNING} lease.area lease.industry",
                  "lease.industry"),
    "I-26": probe("%", p.matching, up(".70", ".6999", ".50", ".4999"),
                  f"{RUNNING} lease.area lease.industry park.lead_industries",
                  "park.lead_industries"),
    "I-27": probe("%", p.dependence, down(".30", ".3001", ".50", ".5001"),
                  f"{RUNNING} lease.area enterprise.policy_end", "enterprise.policy_end"),
    "I-28": probe("", p.with_demand, up("1", ".9999", ".5", ".4999"),
                  "building.rentable_area building.use_status building.kind demand.stage"
                  " demand.need_kind demand.need_area", "demand.need_area"),
    "I-29": probe("分", p.facilities, up("80", "79.9", "60", "59.9"),
                  "facility.kind facility.status facility.capacity facility.required",
                  "facility.capacity"),
    "I-30": probe("%", ratio("supplied_land", "supply_ready_land"), {".9268": NONE},
                  of_year("supplied_land", "supply_ready_land"), "park_year.supplied_land"),
    "I-31": probe("%", ratio("built_land", "supplied_land"), {".9277": NONE},
                  of_year("built_land", "supplied_land"), "park_year.built_land"),
    "I-32": probe("%", lambda x: p.zone(supply_ready_land=x * 2 * HA, total_land=3 * HA,
                                        unbuildable_land=HA), {".8946": NONE},
                  of_year("supply_ready_land", "total_land", "unbuildable_land"),
                  "park_year.unbuildable_land"),
    "I-33": probe("%", ratio("industrial_land", "built_land"), {".4852": NONE},
                  of_year("industrial_land", "built_land"), "park_year.industrial_land"),
    "I-34": probe("", ratio("ind_gfa", "industrial_land"), {"0.93": NONE},
                  of_year("ind_gfa", "industrial_land"), "park_year.ind_gfa"),
    "I-35": probe("%", ratio("ind_base_area", "industrial_land"), {".55": NONE},
                  of_year("ind_base_area", "industrial_land"), "park_year.ind_base_area"),
    "I-36": probe("万元/公顷", per_hectare("fixed_investment", "industrial_land", WAN),
                  {"8984.3": NONE}, of_year("fixed_investment", "industrial_land"),
                  "park_year.fixed_investment"),
    "I-37": probe("万元/公顷", per_hectare("industrial_tax", "industrial_land", WAN),
                  {"678.99": NONE}, of_year("industrial_tax", "industrial_land"),
                  "park_year.industrial_tax"),
    "I-38": probe("万元/公顷", per_hectare("tax_total", "built_land", WAN), {"539.96": NONE},
                  of_year("tax_total", "built_land"), "park_year.tax_total"),
    "I-39": probe("%", ratio("idle_land", "supplied_land"), {"0": G, ".0001": Y, ".02": Y,
                  ".0201": R}, of_year("idle_land", "supplied_land"), "park_year.idle_land"),
    "I-40": probe("人/公顷", per_hectare("resident_pop", "built_land", 1), {"25": NONE},
                  of_year("resident_pop", "built_land"), "park_year.resident_pop"),
    "I-41": probe("分", p.intensity, up("70", "69.99", "55", "54.99"),
                  of_year("residential_land", "industrial_land", "built_land", "supplied_land",
                          "supply_ready_land", "gfa_total", "base_area_total", "ind_gfa",
                          "ind_base_area", "fixed_investment", "industrial_tax", "idle_land"),
                  "park_year.gfa_total"),
    "I-42": probe("%", lambda x: p.finance(total_liabilities=x * WAN, total_assets=WAN),
                  down(".60", ".6001", ".70", ".7001"),
                  "finance.as_of finance.total_liabilities finance.total_assets",
                  "finance.total_liabilities"),
    "I-43": probe("倍", lambda x: p.finance(cash=x * WAN, due_12m=WAN),
                  up("1", ".9999", ".5", ".4999"), "finance.as_of finance.cash finance.due_12m",
                  "finance.cash"),
    "I-44": probe("倍", lambda x: p.finance(net_profit=(x - 1) * WAN - 20, income_tax=20,
                                           interest_expense=WAN),
                  up("2", "1.9999", "1", ".9999"),
                  "finance.as_of finance.net_profit finance.income_tax finance.interest_expense",
                  "finance.interest_expense"),
    "I-45": probe("万元", lambda x: p.income(x * WAN), {"8": NONE, "-2": NONE}, p.NOI,
                  "lease.rent_price"),
    "I-46": probe("%", lambda x: p.income(x * 10**6, net_value=10**6),
                  up(".05", ".0499", ".03", ".0299"), f"{p.NOI} building.net_value",
                  "building.net_value"),
    "I-47": probe("%", lambda x: [*p.income(x * 10**6), p.appraised()], {".075": NONE},
                  f"{p.NOI} valuation.base_date valuation.value", "valuation.value"),
    "I-48": probe("%", lambda x: [*p.building(), p.appraised(),
                                  p.a_context(park="park", distributable_cash=x * 10**6)],
                  {".038": G, ".0379": R},
                  "context.distributable_cash valuation.base_date valuation.value",
                  "context.distributable_cash"),
    "I-49": probe("%", lambda x: [a_park(innovation_platforms=WAN,
                                         platforms_with_contracts=x * WAN)], p.SHARE_UP_50_20,
                  "park.innovation_platforms park.platforms_with_contracts",
                  "park.platforms_with_contracts"),
    "I-50": probe("", p.activity, p.SHARE_UP_50_20,
                  f"park.digital_platform_mau {RUNNING} lease.tenant", "park.digital_platform_mau"),
    "I-51": probe("%", p.asleep, down(".10", ".1001", ".30", ".3001"),
                  "building.net_value building.use_status", "building.use_status"),
    "I-52": probe("%", p.completeness, {".95": G, ".90": Y, ".80": Y, ".75": R},
                  "park.kind park.city_tier " + " ".join(
                      f"parcel.{f}" for f in p.COUNTED["parcel"].split()), ""),
}  # fmt: skip


def of(id_, records):
    scope = Scope(a_ledger(records), "park", None, AS_OF, PARAMS, STANDARDS)
    return evaluate(INDICATORS[id_], scope, {})


def test_the_table_is_the_catalogue():
    assert list(PROBES) == list(INDICATORS) == [f"I-{n:02}" for n in range(1, 53)]


@pytest.mark.parametrize("id_", PROBES)
def test_domain_4_value_unit_and_band_at_and_beside_each_boundary(id_):
    found = PROBES[id_]
    assert INDICATORS[id_].unit == found.unit
    for wanted, band in found.bands:
        value = of(id_, found.build(wanted))
        assert round(value.value, 9) == round(wanted, 9)
        assert (value.band, wanted) == (band, wanted)


def test_every_threshold_of_the_program_is_probed_on_both_sides():
    """A threshold that moves by a hundredth of itself is seen by this table."""
    for id_, found in PROBES.items():
        bands = INDICATORS[id_].bands
        if bands is None or bands.relative:
            continue
        edges = {bands.good, bands.fair, bands.good_to, bands.fair_to} - {None}
        probed = [value for value, _ in found.bands]
        for edge in edges if id_ != "I-08" else {bands.good, bands.good_to}:
            near = [v for v in probed if abs(v - edge) <= max(abs(edge) / 100, Decimal("0.001"))]
            assert near or id_ in ("I-05", "I-15"), (id_, edge, probed)


def test_the_trace_holds_exactly_the_cells_of_the_formula():
    wrong = {}
    for id_, found in PROBES.items():
        traced = of(id_, found.build(found.bands[0][0])).trace.inputs
        if odd := {f"{cell.entity}.{cell.field}" for cell in traced} ^ found.cells:
            wrong[id_] = odd
    assert wrong == {}


@pytest.mark.parametrize("id_", sorted(set(PROBES) - {"I-15", "I-52"}))
def test_a_blank_is_named_and_is_never_0(id_):
    found = PROBES[id_]
    value = of(id_, p.without(found.build(found.bands[0][0]), found.blank))
    assert (value.value, value.band) == (None, Band.PENDING)
    assert found.lacks in {f"{m.entity}.{m.field}" for m in value.trace.missing}


def test_i15_an_unknown_item_scores_0_and_is_marked():
    """§4: unknown items 0 and marked; the band waits where the answer would change it."""
    value = of("I-15", p.without(p.clarity(Decimal(85)), "building.seizure"))
    assert (value.value, value.band) == (60, Band.PENDING)
    assert [(m.entity, m.field) for m in value.trace.missing] == [("building", "seizure")]
    assert {note.code: note.params for note in value.notes} == {"unknown_items": {"count": 1}}
    assert of("I-15", [a_park(), a_building("B")]).value is None


def test_i52_counts_the_fields_that_3_1_marks():
    """◐ in §3.1, word for word."""
    assert {entity: set(fields) for entity, fields in _COUNTED.items() if fields} == {
        "park": {"kind", "city_tier"},
        "parcel": set(p.COUNTED["parcel"].split()),
        "building": {"kind", "rentable_area", "cert_status", "planning_accept", "fire_accept",
                     "completion_accept", "use_status"},
        "enterprise": {"industry_name", "status"},
    }  # fmt: skip
