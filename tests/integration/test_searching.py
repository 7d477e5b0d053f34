"""Find anything in a project: every kind, the reason, changes at once; and by command line."""

import json

import pytest

from workbench.cli.main import main
from workbench.domain.records.own_fields import OwnField


@pytest.fixture
def filled(services):
    add = services.editing.add
    add("park", {"name": "滨河园", "code": "BH"})
    add(
        "parcel",
        {"name": "东一地块", "park": "滨河园", "cert_no": "皖（2019）金寨县不动产权第0012号"},
    )
    add("building", {"name": "1#厂房", "code": "B-01", "park": "滨河园", "location": "长江路8号"})
    add("enterprise", {"name": "重庆长安科技有限公司", "credit_code": "91320000MA1ABCDE0X"})
    add("lease", {"contract_no": "HT-7", "tenant": "重庆长安科技有限公司", "building": "1#厂房",
                  "park": "滨河园"})  # fmt: skip
    return services


def first(services, query):
    found = services.searching.search_all(query)[0]
    reason = services.searching.reasons(found)[0]
    piece = reason.text[reason.start : reason.end]
    return found.kind, services.searching.title(found, "zh_CN"), reason.field, piece


@pytest.mark.parametrize(
    ("query", "kind", "title", "field", "piece"),
    [
        ("0012", "parcel", "东一地块", "cert_no", "0012"),
        ("皖(2019)金寨", "parcel", "东一地块", "cert_no", "皖（2019）金寨"),
        ("dydk", "parcel", "东一地块", "name", "东一地块"),
        ("b01", "building", "B-01  1#厂房", "code", "B-01"),
        ("changjianglu", "building", "B-01  1#厂房", "location", "长江路"),
        ("cqca", "enterprise", "重庆长安科技有限公司", "name", "重庆长安"),
        ("MA1ABC", "enterprise", "重庆长安科技有限公司", "credit_code", "MA1ABC"),
        ("HT7", "lease", "HT-7  1#厂房  重庆长安科技有限公司", "contract_no", "HT-7"),
        ("C01", "case", "C01  六安金寨：查封工业用地盘活", "code", "C01"),
        ("P09", "pathway", "P09  标准厂房评估挂牌转让", "code", "P09"),
        ("S1-02", "item", "S1-02  园区、宗地、楼栋、单元四级台账已建立并编号唯一", "code", "S1-02"),
    ],
)
def test_each_kind_is_found_and_says_by_which_piece(filled, query, kind, title, field, piece):
    assert first(filled, query) == (kind, title, field, piece)


def test_a_tenant_s_leases_are_found_by_its_name(filled):
    kinds = [found.kind for found in filled.searching.search_all("重庆长安")]
    assert kinds[:2] == ["enterprise", "lease"]


def test_changes_are_found_at_once_and_undone_ones_are_not(filled):
    searching = filled.searching
    searching.search_all("x")
    key = filled.editing.add("building", {"name": "犇鑫车间", "park": "滨河园"})
    assert [found.key for found in searching.search("bxcj")] == [key]
    filled.editing.edit("building", key, "name", "淼淼车间")
    assert not searching.search("犇鑫")
    assert searching.search("mmcj")[0].key == key
    filled.history.undo()
    filled.history.undo()
    assert searching.search("淼淼") + searching.search("犇鑫") == []
    assert "building" not in searching.stale


def test_a_renamed_tenant_is_found_at_its_leases_after_the_next_indexing(filled):
    filled.searching.search_all("x")
    firm = filled.querying.records("enterprise")[0]
    filled.editing.edit("enterprise", firm.key, "name", "华川电子")
    assert "lease" in filled.searching.stale
    assert [found.kind for found in filled.searching.search_all("华川")][:2] == [
        "enterprise", "lease",
    ]  # fmt: skip


def test_the_text_of_an_own_field_is_found(filled):
    own = filled.own_fields.add(OwnField("building", "曾用名"))
    key = filled.querying.records("building")[0].key
    filled.editing.edit("building", key, own.code, "老纺织厂")
    assert first(filled, "纺织")[2] == own.code


def test_the_command_line_finds_and_says_why(filled, capsys):
    assert main(["find", filled.project, "cqca", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["query"] == "cqca"
    best = document["results"][0]
    assert (best["kind"], best["title"]) == ("enterprise", "重庆长安科技有限公司")
    why = best["why"][0]
    assert (why["title"], why["piece"], why["how"]) == ("企业名称", "重庆长安", "initials")
    assert main(["find", filled.project, "0012"]) == 0
    out = capsys.readouterr().out
    assert "不动产权第【0012】号" in out
    assert main(["find", filled.project, "没有这个"]) == 0
    assert "没有找到“没有这个”" in capsys.readouterr().out
    assert main(["--language", "en", "find", filled.project, "东一", "--limit", "1"]) == 0
    assert "Parcel" in capsys.readouterr().out
