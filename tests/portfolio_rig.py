"""Parks of one ledger side by side: six that know very different things, and their report."""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

from tests.builders import (
    a_building,
    a_lease,
    a_parcel,
    a_park,
    an_encumbrance,
    an_enterprise,
    estimated,
)
from tests.full_park import a_full_park
from tests.report_rig import exporting
from tests.shipped import AS_OF, FixedClock, content, texts
from workbench.application.project.portfolio_exporting import PortfolioExporting
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType

LONG = (
    "名称很长的园区：沿江高新技术产业开发区东区三期标准厂房及配套仓储物流与研发综合体（含未供地块）"
)
ODD = "=乙园[1]*?~ & “Co.” <甲>"


def apart(records, park, name, **changed):
    """The same records as another park's, with keys of their own; ``changed`` are its values."""
    for record in records:
        entity = CATALOGUE[record.entity]
        values = {}
        for field, value in record.values.items():
            if field in entity and entity[field].type is FieldType.REF and isinstance(value, str):
                value = _key(value, park)
            values[field] = value
        if record.entity == "park":
            values |= {"name": name, **changed}
        yield replace(record, key=_key(record.key, park), values=values)


def _key(key, park):
    return park if key == "park" else f"{park}-{key}"


def six_parks():
    """A full park, one of half of its amounts, one empty, one of land, two small odd ones."""
    yield from apart(a_full_park(), "full", "全数园区", code="A01")
    for record in apart(a_full_park(), "half", LONG, code="B02"):
        forgotten = {"lease": "area", "building": "rentable_area", "parcel": "area_cert"}
        if record.key.endswith(("2", "5")) and (field := forgotten.get(record.entity)):
            values = {k: v for k, v in record.values.items() if k != field}
            record = replace(record, values=values)
        yield record
    yield a_park("empty", name="空园", code="C03")
    yield a_park("land", name="只有地块的园区")
    yield a_parcel("LA", park="land", code="D-1", area_cert=52_000, status="供而未用",
                   agreed_start_on="2022-03-01", land_use="工业")  # fmt: skip
    yield a_parcel("LB", park="land", code="D-2", status="闲置", idle_since="2021-01-01")
    yield a_park("odd", name=ODD, code="=E+05")
    yield a_parcel("OL", park="odd", code="O-1", area_cert=20_000, status="已建")
    yield a_building("OB", park="odd", parcel="OL", name="-1号*楼", gfa_actual=16_000,
                     rentable_area=15_000, self_use_area=0, lent_area=0,
                     net_value=9_000_000)  # fmt: skip
    yield an_enterprise("OF", name="“甲?*~”公司")
    yield a_lease("OC", building="OB", tenant="OF", area=4_000, rent_price=12,
                  rent_unit="元/㎡·月", start_on="2024-01-01", end_on="2025-12-31",
                  receivable_12m=576_000, received_12m=500_000)  # fmt: skip
    yield an_encumbrance("OE", building="OB", kind="查封", status="有效",
                         start_on="2024-06-01", end_on="2027-05-31", amount=3_000_000)  # fmt: skip
    yield a_park("small", name="小园")
    yield estimated(
        a_building("SB", park="small", name="1号楼", rentable_area=800, leased_area=500),
        "rentable_area",
    )


def portfolio(*records, writer=None):
    """The service that reports on all parks of some records."""
    service = exporting(*records, writer=writer)
    querying = service._services.querying
    ledger = querying.ledger()
    own = SimpleNamespace(
        records=ledger.all, setting=querying.setting, park=lambda code: ledger.find("park", code)
    )
    return PortfolioExporting(own, service, content, writer, FixedClock())


def portfolio_of(*records, language="zh_CN", as_of=AS_OF):
    """The content of the report on all parks of these records."""
    service = portfolio(*records)
    return service.build(service.parks(), as_of, texts(language))


@cache
def report_of_six_parks():
    """The content of the report on the six parks, for tests that only look at it."""
    return portfolio_of(*six_parks())
