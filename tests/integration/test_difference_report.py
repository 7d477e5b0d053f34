"""Issue 8.5: the difference report names figure, old, new, cause, who and when, of its park alone.

A final version against a draft, with every kind of change between them and one in another park.
"""

import zipfile
from decimal import Decimal

import pytest

from tests.integration.conftest import FixedClock
from tests.office_rig import all_recalculated, assert_same_values, needs_office
from tests.read_quickly import load_workbook
from tests.shipped import AS_OF
from workbench.bootstrap import Program
from workbench.domain.parcels.parts import Part, SplitPlan
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.weighing import Weighting, WeightMethod

SHARES = map(Decimal, ("0.5", "0.1", "0.1", "0.1", "0.1", "0.1"))
EVEN = Weighting(
    WeightMethod.MANUAL, manual=dict(zip(Criterion, SHARES, strict=True)), own=True
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The report in two languages and without names, and the services behind it."""
    folder = tmp_path_factory.mktemp("difference")
    program = Program(clock=FixedClock())
    services = program.create(str(folder / "异.park"))
    add, edit = services.editing.add, services.editing.edit
    park = add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    other = add("park", {"code": "Q", "name": "乙园"})
    for owner, no in ((park, "1"), (other, "2")):
        land = add("parcel", {"code": f"L{no}", "name": f"地{no}", "park": owner,
                              "area_cert": "30亩", "status": "已建成",
                              "end_on": "2050-01-01"})  # fmt: skip
        for kind in ("甲", "乙", "丙"):
            add("building", {"code": f"{kind}{no}", "name": f"{kind}{no}栋", "park": owner,
                             "parcel": land, "gfa_actual": "10000", "rentable_area": "9000",
                             "net_value": "500万"})  # fmt: skip
            firm = add("enterprise", {"name": f"{kind}{no}公司", "credit_code": ""})
            add("enterprise_year", {"enterprise": firm, "year": "2024", "land_area_used": "10亩",
                                    "tax_paid": "100万"})  # fmt: skip
            add("lease", {"contract_no": f"H{kind}{no}", "building": f"{kind}{no}栋",
                          "tenant": f"{kind}{no}公司", "area": "4000", "rent_price": "12",
                          "rent_unit": "元/㎡·月", "start_on": "2024-01-01",
                          "end_on": "2028-12-31"})  # fmt: skip
    old = services.assessments.start("年中", park, AS_OF)
    old = services.finalizing.move(services.finalizing.move(old, "复核"), "定稿")
    keys = {r.label: r.key for e in ("lease", "building", "parcel") for r in
            services.querying.records(e)}  # fmt: skip
    years = {services.querying.record("enterprise", r.text("enterprise")).label: r.key
             for r in services.querying.records("enterprise_year")}  # fmt: skip
    edit("lease", keys["H甲1"], "area", "5000")
    edit("building", keys["乙1栋"], "net_value", "")
    edit("park", park, "name", "甲园（更名）")
    edit("lease", keys["H甲2"], "area", "6000")
    edit("building", keys["乙2栋"], "net_value", "900万")
    edit("enterprise_year", years["丙2公司"], "tax_paid", "900万")
    add("building", {"code": "新1", "name": "新栋", "park": park, "parcel": keys["地1"],
                     "gfa_actual": "3000", "rentable_area": "2000"})  # fmt: skip
    services.editing.delete("lease", [keys["H丙1"]])
    services.merging.merge("building", keys["丙1栋"], keys["新栋"] if "新栋" in keys else
                           services.querying.records("building")[-1].key,
                           {"name": "kept", "code": "kept", "gfa_actual": "kept",
                            "rentable_area": "kept"}, "同一栋")  # fmt: skip
    parts = (Part("L1A", "西块", Decimal(8000), (keys["甲1栋"],)),
             Part("L1B", "东块", None, (keys["乙1栋"], keys["丙1栋"])))  # fmt: skip
    services.splitting.split(SplitPlan(keys["地1"], parts), "分宗")
    services.editions.change_entry("parameters.toml", "collection", {"value": "0.5"}, "市里口径")
    services.editions.change_entry("diagnosis.toml", "D5-1", {"points": "35"}, "市里口径")
    new = services.finalizing.new_version(old, "复核")
    services.deciding.weigh(park, new.key, EVEN, "会议纪要")
    paths = {}
    for language in ("zh_CN", "en"):
        paths[language] = folder / f"{language}.xlsx"
        services.reports.difference.export(str(paths[language]), old, new, program.texts(language))
    paths["redacted"] = folder / "r.xlsx"
    services.reports.difference.export(
        str(paths["redacted"]), old, new, program.texts(), redact=True
    )
    yield paths, services, (old, new), folder
    services.close()


def lines(path, *sheets):
    book = load_workbook(path, data_only=True)
    return [
        " | ".join(str(c) for c in row if c is not None)
        for sheet in book
        if not sheets or sheet.title in sheets
        for row in sheet.iter_rows(values_only=True)
    ]


CAUSES = ("2 原因：取数、内容与选择", "表2-1 台账取数的变化")


def test_changed_cells_of_other_parks_are_not_listed(made):
    paths, _, _, _ = made
    said = lines(paths["zh_CN"], *CAUSES)
    assert any("H甲1" in line and "4,000" in line and "5,000" in line for line in said)
    assert not any("乙2栋" in line or "丙2公司" in line for line in said)


def test_every_kind_of_change_is_there_with_who_and_when(made):
    paths, services, _, _ = made
    said = lines(paths["zh_CN"], *CAUSES)
    actor = services.querying.operations(1)[0].actor
    for words in ("H甲1", "乙1栋", "甲园（更名）", "H丙1", "西块", "collection", "D5-1"):
        found = [line for line in said if words in line and " | " in line]
        assert found, words
        assert any(actor in line and "2026-06-30" in line for line in found), words
    assert any("市里口径" in line for line in said)
    chosen = [line for line in said if "权重" in line and "合规可行" in line]
    assert any("50.00%" in line and actor in line for line in chosen)


def test_what_became_unknown_is_said_in_words_and_never_counted(made):
    paths, _, _, _ = made
    said = [line.split(" | ") for line in lines(paths["zh_CN"], "1 结果差异")]
    [net] = [line for line in said if "全园区账面净值" in line]
    assert net[3:7] == ["1500", "待核", "转为待核", "—"]


def test_judgements_have_a_table_of_their_own_without_differences(made):
    paths, _, _, _ = made
    book = load_workbook(paths["zh_CN"], data_only=True)
    said = {
        sheet.title: {cell.value for row in sheet.iter_rows() for cell in row} for sheet in book
    }
    [numbers] = [words for words in said.values() if "变动" in words]
    [judged] = [words for words in said.values() if "结果" in words and "原因" in words]
    assert "指标" in numbers
    assert not {"诊断", "检查", "对标"} & numbers
    assert "诊断" in judged


def test_a_sum_in_another_order_is_no_change(made):
    """I-22 weighs the same terms by other areas: only its last digits differ."""
    assert not any("I-22" in line for line in lines(made[0]["zh_CN"], "1 结果差异"))


def test_changes_are_formulas_with_a_share_of_the_old_value(made):
    paths, _, _, _ = made
    sheet = load_workbook(paths["zh_CN"])["1 结果差异"]
    formulas = [c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert sum("ABS(" in each for each in formulas) > 3
    assert sum("ABS(" not in each for each in formulas) > 3


def test_a_report_without_names_says_nobody_who_wrote(made):
    paths, services, _, _ = made
    actor = services.querying.operations(1)[0].actor
    assert not any(actor in line for line in lines(paths["redacted"]))


@needs_office
def test_a_recalculation_gives_the_stored_values(made, tmp_path):
    paths = [made[0]["zh_CN"], made[0]["en"]]
    for path, fresh in zip(paths, all_recalculated(paths, tmp_path), strict=True):
        assert assert_same_values(path, fresh) > 8


def test_two_exports_are_the_same_byte_for_byte(made):
    paths, services, (old, new), folder = made
    again = folder / "again.xlsx"
    services.reports.difference.export(str(again), old, new, services.program.texts())
    assert again.read_bytes() == paths["zh_CN"].read_bytes()
    assert zipfile.ZipFile(again).testzip() is None
