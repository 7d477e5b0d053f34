"""Issue G 5: a changed class, parameter set and content version, each with its own cause."""

import pytest

from tests.integration.conftest import FixedClock
from tests.read_quickly import load_workbook
from tests.shipped import AS_OF
from workbench.bootstrap import Program

TAXES = {"甲": "100万", "乙": "60万", "丙": "50万", "丁": "40万", "戊": "10万"}


def changes(found):
    return {(c.kind, c.subject): c for c in found.results}


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A final assessment against its next version, before which one thing of each kind changed."""
    folder = tmp_path_factory.mktemp("causes")
    program = Program(clock=FixedClock())
    services = program.create(str(folder / "因.park"))
    add = services.editing.add
    park = add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    add("parcel", {"code": "L", "name": "一地", "park": park, "area_cert": "30亩",
                   "status": "已建成", "end_on": "2050-01-01", "seizure": "是"})  # fmt: skip
    add("building", {"code": "B", "name": "一栋", "park": park, "parcel": "一地",
                     "gfa_actual": "10000", "rentable_area": "9000"})  # fmt: skip
    for name, tax in TAXES.items():
        firm = add("enterprise", {"name": f"{name}公司", "credit_code": "", "scale": "规上"})
        year = add("enterprise_year", {"enterprise": firm, "year": "2024", "land_area_used": "10亩",
                                       "tax_paid": tax})  # fmt: skip
    add("lease", {"contract_no": "H1", "building": "一栋", "tenant": "甲公司", "area": "4000",
                  "rent_price": "12", "rent_unit": "元/㎡·月", "start_on": "2024-01-01",
                  "end_on": "2028-12-31"})  # fmt: skip
    old = services.assessments.start("年中", park, AS_OF)
    old = services.finalizing.move(services.finalizing.move(old, "复核"), "定稿")
    services.editing.edit("enterprise_year", year, "tax_paid", "300万")
    edit = services.editions.change_entry
    edit("parameters.toml", "collection", {"value": "0.5"}, "市里口径")
    edit("diagnosis.toml", "D5-1", {"points": "35"}, "市里口径")
    new = services.finalizing.new_version(old, "复核")
    out = folder / "差异.xlsx"
    services.reports.difference.export(str(out), old, new, program.texts())
    first = services.finalizing.compare(old, new)
    new = services.finalizing.move(services.finalizing.move(new, "复核"), "定稿")
    text = services.editions.text("grading.toml")
    head, own = text.split('id = "tax-2mean"')
    own = own.replace("up_to = 0.20", "up_to = 0.40", 1)
    services.editions.keep("grading.toml", f'{head}id = "tax-2mean"{own}', "市里口径")
    second = services.finalizing.compare(new, services.finalizing.new_version(new, "口径"))
    yield first, out, second
    services.close()


def test_a_firm_whose_class_changed_says_so_and_names_the_cell(compared):
    found = changes(compared[0])
    assert [(r.code, r.cell.field) for r in found["grade", "戊公司"].reasons] == [
        ("cell", "tax_paid")
    ]


def test_a_class_that_changed_because_another_firm_did_names_that_firms_cell(compared):
    found = changes(compared[0])
    others = [c for (kind, name), c in found.items() if kind == "grade" and name != "戊公司"]
    assert others
    assert all(r.cell.field == "tax_paid" for c in others for r in c.reasons)


def test_a_class_that_changed_because_the_scheme_did_names_the_scheme(compared):
    """A scheme with other shares moves a class although no cell changed."""
    found, again = compared[2], changes(compared[2])
    moved = [c for (kind, _), c in again.items() if kind == "grade"]
    assert moved
    assert {(r.code, r.params.get("code")) for c in moved for r in c.reasons} == {
        ("standard", "tax-2mean")
    }
    assert ("standard", "tax-2mean") in {(c.kind, c.subject) for c in found.content}


def test_a_changed_parameter_set_is_the_cause_of_what_used_it(compared):
    found, _, _ = compared
    reasons = changes(found)["indicator", "I-45"].reasons
    assert [(r.code, r.params["code"]) for r in reasons] == [("parameter", "collection")]


def test_changed_content_is_listed_by_entry(compared):
    found, _, _ = compared
    assert {(c.kind, c.subject) for c in found.content} == {
        ("parameter", "collection"), ("rule", "D5-1"),
    }  # fmt: skip


def test_the_report_prints_each_with_old_new_and_cause(compared):
    _, out, _ = compared
    book = load_workbook(out, data_only=True)
    rows = [
        " ".join(str(c) for c in row if c) for s in book for row in s.iter_rows(values_only=True)
    ]
    assert any("戊公司 2024的实缴税收：10.00 万元 → 300.00 万元" in row for row in rows)
    assert any("I-45" in row and "（collection）：96% → 50%" in row for row in rows)
    assert any("（collection）" in row and "96% (default)" in row for row in rows)
    assert any("D5-1" in row and "35" in row for row in rows)
