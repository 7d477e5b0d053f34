# SPDX-License-Identifier: MIT
"""V01–V35 while somebody types (domain §3.4): each is broken and healed by keys in the grid.

One sentence of each rule stands here, all of them in ``tests/unit/test_checks.py``. Not by a
cell: V28 compares a sheet's total row with the rows that were read, which only an import
has (``test_importing``); the ledger keeps no total rows.
"""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig
from workbench.domain.checks.registry import CHECKS, sentence_key
from workbench.ui.models.problems import finding_text
from workbench.ui.pages.ledger.page import LedgerPage

Key = Qt.Key
LAND = ("parcel", {"code": "L", "name": "地块", "park": "P-01"})
HOUSE = ("building", {"code": "B", "name": "楼", "park": "P-01", "parcel": "L"})
RUNNING = {"start_on": "2026-01-01", "end_on": "2027-12-31"}
FIRM = ("enterprise", {"name": "甲精机有限公司"})
INDUSTRY = {"land_use": "工业", "status": "已建成"}


def land(code="L", **values):
    return "parcel", {**LAND[1], "code": code, "name": f"地块{code}", **values}


def house(code="B", **values):
    return "building", {**HOUSE[1], "code": code, "name": f"楼{code}", **values}


def lease(number="C1", **values):
    return "lease", {"contract_no": number, "building": "B", **RUNNING, **values}


# rule and sentence, records, (record typed into, field, breaking, healing), (record marked, field);
# records by their place in the list, -1 for the park; "" is Delete
RULES = [
    ("V01E_area", [land(area_cert="56亩")], (0, "area_cert", "0", "56"), (0, "area_cert")),
    ("V01E_park_area", [land(area_cert="56亩")], (-1, "planned_area", "53", "57"),
     (0, "area_cert")),
    ("V02E_order", [lease(), house()], (0, "end_on", "2025.1.1", "2027/12/31"), (0, "end_on")),
    ("V02E_term", [land(start_on="2010-01-01", end_on="2060-01-01")],
     (0, "term_years", "40", "50"), (0, "term_years")),
    ("V03W", [land(end_on="2035-06-30")], (0, "remaining_years", "9.5", "8.6"),
     (0, "remaining_years")),
    ("V04W", [house(gfa_cert="1000㎡")], (0, "gfa_actual", "1040", "1020"), (0, "gfa_actual")),
    ("V05W_far", [land(area_cert="1000㎡", far="1.5"), house()],
     (1, "gfa_actual", "1000", "1500"), (0, "far")),
    ("V06W", [land(area_cert="50亩")], (-1, "built_area", "60", "51"), (-1, "built_area")),
    ("V07E_vacant", [house(rentable_area="100㎡", leased_area="60", self_use_area="0",
                           lent_area="0")], (0, "vacant_area", "20", "40"), (0, "vacant_area")),
    ("V08W_leases", [house(rentable_area="100㎡", occupancy="50%"), lease()],
     (1, "area", "80", "50"), (0, "occupancy")),
    ("V09E_area", [("unit", {"building": "B", "unit_no": "101", "area": "100"}), house(),
                   lease(unit="101", area="60"), lease("C2", unit="101", area="30")],
     (3, "area", "60", "40"), (0, "area")),
    ("V09E_building", [house(rentable_area="100㎡"), lease()], (1, "area", "110", "100"),
     (0, "rentable_area")),
    ("V10W_land", [land(end_on="2040-01-01"), house(), lease()],
     (2, "end_on", "2041.1.1", "2039.1.1"), (2, "end_on")),
    ("V10W_land", [land(end_on="2040-01-01"), house(),
                   ("unit", {"building": "B", "unit_no": "101"}),
                   ("lease", {"contract_no": "C1", "unit": "101", **RUNNING})],
     (3, "end_on", "2041.1.1", "2039.1.1"), (3, "end_on")),
    ("V11W", [house(), lease(rent_unit="元/㎡·月")], (1, "rent_price", "300", "30"),
     (1, "rent_price")),
    ("V12W", [house(original_value="100万元", acc_depreciation="30万元", impairment="0")],
     (0, "net_value", "72", "70"), (0, "net_value")),
    ("V13W", [("valuation", {"parcel": "L", "report_no": "R1"}), land()],
     (0, "base_date", "2024.6.30", "2026.6.30"), (0, "valid_to")),
    ("V14E", [house(use_status="出租")], (0, "seizure", "是", "否"), (0, "use_status")),
    ("V15W_still", [("encumbrance", {"parcel": "L", "kind": "查封", "case_no": "1",
                                     "status": "有效"}), land()],
     (0, "end_on", "2026.6.30", "2027.6.30"), (0, "end_on")),
    ("V16W_amount", [("encumbrance", {"parcel": "L", "kind": "抵押", "case_no": "1",
                                      "status": "有效", "holder": "某行"}), land(),
                     ("valuation", {"parcel": "L", "base_date": "2026-06-30",
                                    "value": "100万元"})],
     (0, "amount", "120", "90"), (0, "amount")),
    ("V17W_duplicate", [land(cert_no="A01"), land("M", cert_no="A02")],
     (1, "cert_no", "A01", "A02"), (0, "cert_no")),
    ("V18E_code", [FIRM], (0, "credit_code", "91350100M000100Y44", "91350100M000100Y43"),
     (0, "credit_code")),
    ("V19W", [FIRM, land(right_holder="甲精机有限公司", area_cert="10亩"),
              ("enterprise_year", {"enterprise": "甲精机有限公司", "year": "2025",
                                   "tax_paid": "1万元"})],
     (2, "land_area_used", "8", "10"), (2, "land_area_used")),
    ("V20W", [land(status="供而未用", agreed_start_on="2024-06-30")],
     (0, "actual_start_on", "", "2024.7.1"), (0, "actual_start_on")),
    ("V21W", [land(status="停建", idle_since="2024-06-30")],
     (0, "invest_ratio", "20%", "40%"), (0, "invest_ratio")),
    ("V22W", [land(obtain_mode="划拨"), house(), lease(end_on="2026-06-30")],
     (2, "end_on", "2027.6.30", "2026.6.30"), (0, "obtain_mode")),
    ("V23W", [house(fire_accept="未办")], (0, "leased_area", "10", ""), (0, "fire_accept")),
    ("V24W", [house(use_status="自用")], (0, "safety_grade", "D", "B"), (0, "safety_grade")),
    ("V25W", [land(land_use="工业")], (0, "plan_use", "商服", "工业"), (0, "plan_use")),
    ("V26E_assets", [FIRM, ("finance", {"enterprise": "甲精机有限公司", "as_of": "2025-12-31"})],
     (1, "total_assets", "0", "100"), (1, "total_assets")),
    ("V26W", [FIRM, ("finance", {"enterprise": "甲精机有限公司", "as_of": "2025-12-31",
                                 "total_liabilities": "100万元"})],
     (1, "total_assets", "90", "200"), (1, "total_liabilities")),
    ("V27W_arrears", [house(), lease(receivable_12m="1000", received_12m="900")],
     (1, "arrears", "50", "100"), (1, "arrears")),
    ("V29W", [house(name="同名楼", gfa_cert="100"), house("B2", name="同名楼", gfa_cert="100")],
     (1, "gfa_cert", "120", "100"), (0, "gfa_cert")),
    ("V30W", [land(split_allowed="是")], (0, "self_hold_ratio", "100%", "50%"),
     (0, "self_hold_ratio")),
    ("V31W_future", [house()], (0, "vacant_since", "2027.1.1", "2026.1.1"), (0, "vacant_since")),
    ("V32W", [FIRM, house(), lease(tenant="甲精机有限公司")],
     (0, "moved_out_on", "2026.6.30", ""), (0, "moved_out_on")),
    ("V33W_supplied_land", [("park_year", {"park": "P-01", "year": "2025",
                                           "supplied_land": "10公顷"})],
     (0, "built_land", "11", "9"), (0, "built_land")),
    ("V34W_far", [land(**INDUSTRY)], (0, "far", "0.4", "0.8"), (0, "far")),
    ("V35W", [FIRM, ("enterprise_year", {"enterprise": "甲精机有限公司", "year": "2025",
                                         "land_area_used": "10亩"})],
     (1, "tax_paid", "6000", "600"), (1, "tax_paid")),
]  # fmt: skip
OFFERED = {"V02E_term", "V03W", "V05W_far", "V07E_vacant", "V08W_leases", "V12W",
           "V27W_arrears"}  # fmt: skip
"""The rules that know the right value, so that Alt+Enter can take it."""


def type_text(page, place, field, text):
    """Type a text into a record's cell as a person does: keys, an input method, Delete."""
    grid = go(page, place, field)
    if not text:
        QTest.keyClick(grid, Key.Key_Delete)
    elif text.isascii():
        for letter in text:
            QTest.keyClicks(grid.open_editor() or grid, letter)
    else:
        commit(grid, text)
    if text:
        QTest.keyClick(grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()


def go(page, place, field):
    page.tabs.choose(place[0])
    sheet = page.sheet()
    assert sheet.go_to_record(*place, field)
    sheet.grid.setFocus()
    return sheet.grid


def codes_of(page, place, field):
    found = page._state.problems.of_field(*place, field)
    return {sentence_key(finding).removeprefix("checks."): finding for finding in found}


def says(page, rule, place, field):
    """Return what is wrong with how a broken rule is shown; "" for nothing."""
    finding = codes_of(page, place, field).get(rule)
    if finding is None:
        return "no finding"
    grid = go(page, place, field)
    index = page.sheet().model.index(*grid.current_cell())
    tip = index.data(Qt.ItemDataRole.ToolTipRole) or ""
    if finding_text(finding) not in tip:
        return f"tooltip {tip!r}"
    offered = "按 Alt+Enter 采用" in tip
    if offered is not (rule in OFFERED):
        return f"offers a value: {offered}"
    grid.go_to(0, 0)  # somewhere else
    item = next(row for row in rows_of(page.problems) if page.problems._finding_of(row) == finding)
    page.problems.list.itemClicked.emit(item, 0)
    QApplication.processEvents()
    record, sheet = page.sheet().current_record(), page.sheet()
    cell = sheet.model.cell(*sheet.grid.current_cell())
    if (record.entity, record.key) != place or cell.problem is None:
        return "the list leads elsewhere"
    return "" if finding_text(finding) in cell.problem.text else f"marked {cell.problem.text!r}"


def rows_of(problems):
    tree = problems.list
    heads = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    return [head.child(n) for head in heads for n in range(head.childCount())]


def test_v01_to_v35_are_marked_as_soon_as_a_cell_breaks_them_and_healed_as_soon(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot)
    try:
        add, history = rig.services.editing.add, rig.services.history
        [park] = rig.services.querying.records("park")
        page = rig.show(LedgerPage)
        page.problems.open_list()
        wrong = {}
        for rule, records, (typed, name, bad, good), (marked, field) in RULES:
            begun = history.next_undo().sequence if history.next_undo() else 0
            order = ("parcel", "building", "unit", "enterprise")
            turn = sorted(range(len(records)),
                          key=lambda at, r=records: (order.index(r[at][0])
                                                     if r[at][0] in order else 9))  # fmt: skip
            places = {-1: ("park", park.key)}
            for at in turn:
                entity, values = records[at]
                known = {code for e, v in records for code in (v.get("code"),) if e == "parcel"}
                if values.get("parcel") not in (*known, None):
                    values = {k: v for k, v in values.items() if k != "parcel"}
                places[at] = entity, add(entity, values)
            QApplication.processEvents()
            type_text(page, places[typed], name, bad)
            said = says(page, rule, places[marked], field)
            type_text(page, places[typed], name, good)
            if not said and rule in codes_of(page, places[marked], field):
                said = "still there once it is healed"
            if said:
                wrong[rule, name] = said
            while (step := history.next_undo()) is not None and step.sequence != begun:
                history.undo()
        assert not wrong
    finally:
        rig.close()


def test_every_rule_of_a_cell_is_in_the_table():
    of_cells = {check.id for check in CHECKS} - {"V28"}
    assert {rule[:3] for rule, *_ in RULES} == of_cells
