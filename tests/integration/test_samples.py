"""The four sample ledgers import as their key files say (README of the samples: what is fair)."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents import import_document
from workbench.application.imports.importing import Importing
from workbench.application.imports.preview import Outcome
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.parsing.choices import match_choice
from workbench.excel.reading.reader import ExcelReader
from workbench.files.texts import load_texts
from workbench.locations import resource

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
KEYS = sorted(SAMPLES.glob("*.key.json"))

NAMES = {
    "parcel": {
        "parcel_no": "code", "address": "location", "land_area_cert_sqm": "area_cert",
        "land_area_sqm": "area_cert", "land_area_actual_sqm": "area_actual",
        "tenure": "obtain_mode",
        "acquired_date": "start_on", "expiry_date": "end_on", "use": "land_use",
        "coverage": "density", "price_cny": "grant_price", "seized": "seizure", "remark": "note",
    },
    "building": {
        "asset_code": "code", "address": "location", "gfa_cert_sqm": "gfa_cert",
        "leasable_sqm": "rentable_area", "leased_sqm": "leased_area", "built_date": "built_on",
        "book_original_cny": "original_value", "book_net_cny": "net_value", "status": "use_status",
        "mortgaged": "mortgage", "remark": "note", "parcel_name": "parcel",
    },
    "lease": {
        "unit": "location", "leased_sqm": "area", "start_date": "start_on", "end_date": "end_on",
        "rent_cny_sqm_month": "rent_price", "rent_cny_sqm_day": "rent_price",
        "annual_rent_cny": "rent_total", "monthly_rent_cny": "rent_total",
        "deposit_cny": "deposit", "remark": "note", "building_name": "building",
        "arrears_cny": "arrears",
    },
}  # fmt: skip
IGNORED = {
    "summary_of_other_sheets": "summary of other sheets",
    "instructions_with_example": "instructions",
    "hidden_lookup_list": "hidden sheet",
}
REASONS = {
    "breakdown_of_which": "subtotal", "signature": "footnote",
    "vacant_unit_not_a_lease": "blank_key",
}  # fmt: skip


CODES = {"unparsed_number": {"sum_not_a_number"}, "not_a_number": {"not_a_number", "bound"}}
"""What the keys call an issue, where our code says more."""


class _NoRecords:
    class _Store:
        def each(self, _entity):
            return ()

    records = _Store()

    def setting(self, _name):
        return None

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        return None


@pytest.fixture(scope="module")
def report():
    texts = load_texts("zh_CN", resource("translations"))
    importing = Importing(lambda **_: _NoRecords(), None, ExcelReader())
    known = {}

    def read(name):
        if name not in known:
            preview = importing.preview([str(SAMPLES / name)])
            known[name] = (preview, import_document(preview, texts)["files"][0])
        return known[name]

    return read


def _cases():
    for key in KEYS:
        data = json.loads(key.read_text("utf-8"))
        for table in data["tables"]:
            yield pytest.param(
                data["file"], table, id=f"{key.name[:2]}-{table['sheet']}-{table['entity']}"
            )


def _sheet(file, table):
    found = [
        sheet
        for sheet in file["sheets"]
        if sheet["sheet"] == table["sheet"]
        and sheet["header_rows"] == table["layout"]["header_rows"]
    ]
    assert len(found) == 1
    return found[0]


def _field(entity, name):
    return NAMES[entity].get(name, name)


def _agrees(entity, name, stated, ours):
    if stated is None:
        return ours is None
    field = CATALOGUE[entity][name]
    if field.choices:
        return ours == match_choice(field, stated)[0]
    if isinstance(stated, bool) or (isinstance(stated, str) and not isinstance(ours, date)):
        return ours == stated or (isinstance(ours, str) and ours.startswith(str(stated)))
    if isinstance(stated, int | float):
        return ours is not None and abs(ours - stated) <= max(1e-6, abs(stated) * 1e-4)
    return ours == stated


@pytest.mark.parametrize(("name", "table"), list(_cases()))
def test_every_accepted_row_has_the_values_of_the_key(report, name, table):
    _, file = report(name)
    sheet = _sheet(file, table)
    entity = table["entity"]
    assert sheet["entity"] == entity
    records = {record["row"]: record for record in sheet["records"]}
    wrong = []
    for row in table["rows"]:
        values = records[row["row"]]["values"]
        for key, stated in row["record"].items():
            field = _field(entity, key)
            allowed = [stated, *row.get("alt", {}).get(key, [])]
            if not any(_agrees(entity, field, value, values.get(field)) for value in allowed):
                wrong.append((row["row"], field, stated, values.get(field)))
    assert wrong == []
    assert sorted(records) == [row["row"] for row in table["rows"]]


@pytest.mark.parametrize(("name", "table"), list(_cases()))
def test_rows_are_reviewed_or_rejected_for_the_reason_of_the_key(report, name, table):
    _, file = report(name)
    sheet = _sheet(file, table)
    outcomes = {r["row"]: r["outcome"] for r in sheet["records"]}
    expected = {r["row"]: "review" if r["expect"] == "review" else "new" for r in table["rows"]}
    assert outcomes == expected
    rejected = [(r["row"], REASONS.get(r["reason"], r["reason"])) for r in table["rejected"]]
    assert [(r["row"], r["reason"]) for r in sheet["rejected"]] == rejected
    counts = sheet["counts"]
    assert counts["read"] == sum(count for name, count in counts.items() if name != "read")


@pytest.mark.parametrize(("name", "table"), list(_cases()))
def test_every_issue_of_the_key_is_shown_to_the_analyst(report, name, table):
    _, file = report(name)
    records = {r["row"]: r for r in _sheet(file, table)["records"]}
    for row in table["rows"]:
        shown = {(f["field"], f["code"]) for f in records[row["row"]]["findings"]}
        for issue in row.get("issues", []):
            field = _field(table["entity"], issue["field"])
            allowed = {(field, code) for code in CODES.get(issue["code"], {issue["code"]})}
            assert allowed & shown, (row["row"], issue, shown)
        for flag in row.get("flags", []):
            name_, _, code = flag.partition(":")
            place = (None, name_) if not code else (_field(table["entity"], name_), code)
            assert place in shown, (row["row"], flag, shown)
    with_issue = {row["row"] for row in table["rows"] if row.get("issues")}
    errors = {n for n, r in records.items() for f in r["findings"] if f["level"] == "E"}
    assert errors <= with_issue


@pytest.mark.parametrize(("name", "table"), list(_cases()))
def test_columns_have_the_unit_and_raw_texts_of_the_key(report, name, table):
    _, file = report(name)
    sheet = _sheet(file, table)
    entity = table["entity"]
    for letter, column in table["columns"].items():
        ours = sheet["columns"][letter]
        if column["field"] is None:
            assert ours["field"] is None
        elif column["unit"] in ("亩", "㎡", "万元", "元"):
            assert (ours["unit"] or CATALOGUE[entity][ours["field"]].unit) == column["unit"]
    records = {record["row"]: record for record in sheet["records"]}
    for row in table["rows"]:
        raw = records[row["row"]]["raw"]
        for key, text in row["raw"].items():
            ours = raw.get(_field(entity, key))
            if "+" in key or ours is None:
                continue
            same = ours == text
            if not same and ours.endswith("%"):
                same = Decimal(ours[:-1]) / 100 == Decimal(text)
            if not same:
                same = Decimal(ours) == Decimal(text)
            assert same, (row["row"], key, text, ours)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name[:2])
def test_sheets_and_control_totals_are_those_of_the_key(report, key):
    data = json.loads(key.read_text("utf-8"))
    content = (SAMPLES / data["file"]).read_bytes()
    preview, file = report(data["file"])
    assert preview.files[0].content == content
    ignored = [(s["sheet"], IGNORED[s["reason"]]) for s in data["ignored_sheets"]]
    assert [(s["sheet"], s["reason"]) for s in file["ignored_sheets"]] == ignored
    for total in data["control_totals"]:
        sheet = next(s for s in file["sheets"] if s["sheet"] == total["sheet"])
        field = _field(sheet["entity"], total["field"])
        ours = next(t for t in sheet["control_totals"] if t["field"] == field)
        assert ours["stated"] == pytest.approx(total["ledger_total"])
        assert ours["computed"] == pytest.approx(total["sum_accepted"])
        assert ours["agrees"] is not total["ledger_is_wrong"]
    if "as_of" in data:
        assert {sheet["as_of"] for sheet in file["sheets"]} == {data["as_of"]}
    for table in data["tables"]:
        if park := table.get("park_from_context"):
            place = (table["sheet"], table["layout"]["header_rows"][0])
            ours = next(t for t in preview.tables() if t.place[:2] == place)
            kept = [i for i in ours.kept() if ours.outcomes[i] is not Outcome.REJECTED]
            assert {ours.values(i)["park"] for i in kept} == {park}
