# SPDX-License-Identifier: MIT
"""What the report of a closed assessment says of itself, and of the ledger behind it."""

import re
from difflib import SequenceMatcher

import openpyxl
import pytest

from tests import shipped
from tests.integration.test_finalizing import DAY, cell, finalized, project
from workbench.application.ledger.editing import CellEdit
from workbench.application.versions.final_words import IN_FINALS
from workbench.domain.records.changes import ChangeSet, creation, update
from workbench.domain.report.model import Paragraph, Table
from workbench.files.texts import LANGUAGES

__all__ = ["project"]
_AGAIN = {
    "zh_CN": r"重新导出即|并重新导出|后再导出|重新出具|程序中重新生成",
    "en": r"(?<!nor another )export again",
}


def built(services, assessment, language="zh_CN", **kinds):
    words = services.program.texts(language)
    park = assessment.text("park")
    return services.exporting.build(park, DAY, words, assessment=assessment, **kinds)


def said(report):
    """Every running word of a report, notes of its tables included."""
    for sheet in report.sheets:
        for block in sheet.blocks:
            if isinstance(block, Table):
                yield from block.notes
                yield from (str(c.value) for row in block.rows for c in row if c.value is not None)
            else:
                yield getattr(block, "text", "")


def sources(report):
    return [b.text for b in report.sheet("sources").blocks if isinstance(b, Paragraph)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_final_report_asks_for_a_new_version_where_a_draft_asks_for_an_export(project, language):
    services, assessment = project
    draft = "\n".join(said(built(services, assessment, language)))
    assert re.search(_AGAIN[language], draft)
    final = "\n".join(said(built(services, finalized(services, assessment), language)))
    assert re.findall(_AGAIN[language], final) == []
    assert {"zh_CN": "要改须建立新版本", "en": "a change needs a new version"}[language] in final


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_say_the_same_but_for_what_is_to_be_done(language):
    texts = shipped.texts(language)
    for key, instead in IN_FINALS.items():
        draft, final = texts.pattern(key), texts.pattern(instead)
        assert draft != final
        assert SequenceMatcher(None, draft, final, autojunk=False).ratio() > 0.6, key
        assert re.findall(r"\{\w+\}", draft) == re.findall(r"\{\w+\}", final), key
        assert not re.search(_AGAIN[language], final), key


def test_every_page_of_a_final_report_says_so_with_its_version(project, tmp_path):
    services, assessment = project
    park, words = assessment.text("park"), services.program.texts()
    heads = {}
    for name in ("draft", "final"):
        if name == "final":
            assessment = finalized(services, assessment)
        path = tmp_path / f"{name}.xlsx"
        services.exporting.export(str(path), park, DAY, words, assessment=assessment)
        book = openpyxl.load_workbook(path)
        heads[name] = {sheet.oddHeader.center.text for sheet in book.worksheets}
        book.close()
    assert heads == {"draft": {"草稿"}, "final": {"定稿 · 第 1 版"}}


def test_a_final_report_names_its_assessment_and_the_weights_nobody_confirmed(project):
    services, assessment = project
    final = finalized(services, assessment)
    report = built(services, final)
    assert dict(report.cover.facts)["评估名称"].value == "年中"
    told = sources(report)
    assert any(text.startswith("本评估“年中”（第 1 版）已于 2026-06-30") for text in told)
    assert f"workbench-cli assessments <项目文件> verify {final.text('digest')}" in told
    weights = "尚未由分析员确认"
    assert any(weights in text for text in told)
    summary = [b.text for b in report.sheet("summary").blocks if isinstance(b, Paragraph)]
    assert any(weights in text for text in summary)
    assert any(weights in item for item in report.open_items)


def test_the_command_of_a_redacted_report_finds_the_assessment_whose_name_is_hidden(project):
    services, assessment = project
    final = finalized(services, assessment)
    told = sources(built(services, final, redact=True))
    assert not any("年中" in text for text in told)
    [command] = [text for text in told if " assessments " in text]
    assert services.assessments.find(command.split()[-1]).key == final.key


def test_a_redacted_report_says_what_stays(project):
    """Park, parcels and buildings are named, and public cases too: a reader has to be told."""
    services, assessment = project
    park = assessment.text("park")
    report = built(services, assessment, redact=True)
    name = services.querying.record("park", park).label
    assert name in "\n".join(said(report))
    assert "没有隐去的：园区、宗地、楼栋、单元、配套设施的名称和编号" in report.cover.notice


def imported(services, *changes):
    services.history.do(ChangeSet("importing.label", changes, {}, "", "batch-1"))


def edits(report):
    found = [t for t in report.sheet("sources").tables if t.number == "表10-5"]
    return [
        tuple(str(row[table.place(key)].value) for key in ("record", "field", "before", "after"))
        for table in found
        for row in table.rows
    ]


def test_what_was_changed_by_hand_after_the_import_is_listed_with_what_stood_there(project):
    services, assessment = project
    park = services.querying.records("park")[0].key
    values = {"code": "B2", "name": "二栋", "park": park, "rentable_area": 500}
    imported(
        services,
        creation("building", "b2", values),
        creation("building", "b3", {**values, "code": "B3", "name": "三栋"}),
    )
    services.editing.edit("building", "b2", "rentable_area", "约800")
    services.editing.edit("building", "b2", "gfa_actual", "900")
    services.editing.edit("building", "b2", "gfa_actual", "")
    services.editing.edit("building", "b3", "rentable_area", "700")
    b3 = services.querying.record("building", "b3")
    imported(services, update("building", "b3", b3.values, {**b3.values, "rentable_area": 650}))
    cell(services, "lease", "area", "3000")
    services.editing.add("building", {"code": "B4", "name": "四栋", "park": "甲园"})
    services.editing.delete("building", ["b3"])
    final = finalized(services, assessment)
    cell(services, "lease", "area", "1000")  # after it was closed: no concern of its report
    report = built(services, final)
    found = edits(report)
    assert ("二栋", "可租面积", "500.00 ㎡", "约800.00 ㎡") in found
    assert ("H1", "租赁面积", "4,000.00 ㎡", "3,000.00 ㎡") in found
    assert ("四栋", "整条记录", "—", "手工录入：楼栋编号：B4；楼栋名称：四栋") in found
    gone = next(row for row in found if row[0] == "三栋")
    assert (gone[1], gone[3]) == ("整条记录", "已删除")
    assert "可租面积：650.00 ㎡" in gone[2]
    assert len(found) == 4


def test_each_changed_cell_says_why_and_the_annex_names_it_beside_the_file(project):
    """The table had no reasons, and a cell was told of whoever changed the record last."""
    services, assessment = project
    park = services.querying.records("park")[0].key
    imported(services, creation("building", "b2", {"code": "B2", "name": "二栋", "park": park}))
    measured = CellEdit("building", "b2", "rentable_area", "800")
    services.editing.edit_cells([measured], "editing.edit_cell", reason="按9月实测")
    services.editing.edit("building", "b2", "gfa_actual", "900")
    report = built(services, finalized(services, assessment))
    [table] = [t for t in report.sheet("sources").tables if t.number == "表10-5"]
    told = {row[table.place("field")].value: row[table.place("reason")].value for row in table.rows}
    assert told["可租面积"] == "按9月实测"
    assert told["实际建筑面积"] == "没有写"
    cells = [str(c.value) for s in report.sheets for t in s.tables for row in t.rows for c in row]
    assert any(text.endswith("改（可租面积、实际建筑面积）") or
               text.endswith("录入（可租面积、实际建筑面积）") for text in cells)  # fmt: skip
    hidden = built(services, services.assessments.find("年中"), redact=True)
    assert "按9月实测" not in "\n".join(said(hidden))


def test_a_draft_and_a_ledger_typed_by_hand_list_no_changes(project):
    services, assessment = project
    assert edits(built(services, assessment)) == []
    assert edits(built(services, finalized(services, assessment))) == []


def test_without_names_a_change_withholds_both_values(project):
    services, assessment = project
    park = services.querying.records("park")[0].key
    imported(services, creation("building", "b2", {"code": "B2", "name": "二栋", "park": park}))
    cell(services, "enterprise", "name", "丙公司")
    cell(services, "building", "gfa_actual", "9000")
    lease = services.querying.records("lease")[0].key
    services.editing.delete("lease", [lease])
    report = built(services, finalized(services, assessment), redact=True)
    rows = edits(report)
    assert rows
    held = "（已隐去）"
    assert (held, "整条记录", held, "已删除") in rows
    assert all(row[2:] == (held, held) for row in rows if row[1] != "整条记录")
    assert any(row[1] != "整条记录" for row in rows)
    assert "乙公司" not in "\n".join(said(report))
