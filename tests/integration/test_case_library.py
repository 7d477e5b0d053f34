"""Own cases in a project: kept, spoiled, packed, noted, waived, weighed and matched."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.sample_park import open_sample
from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.domain.cases.case import CaseOrigin
from workbench.domain.cases.contradictions import GFA_FAR_LAND, contradictions
from workbench.domain.cases.pack import CasePack, PackedCase, PackState, pack_text
from workbench.domain.findings import InputError, RefusedError, UsageError
from workbench.domain.records.changes import ChangeSet, update


class FixedClock:
    def now(self):
        return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def services(tmp_path):
    opened = open_sample(Program(clock=FixedClock(), language="zh_CN"), tmp_path / "滨河.park")
    yield opened
    opened.close()


CARD = """
[[source]]
id = "own"
publisher = { zh = "本园区" }
title = { zh = "项目档案" }
reliability = "high"

[[case]]
id = "MY1"
name = { zh = "旧粮库改造" }
region = { zh = "江苏省某市" }
asset = { zh = "仓储用地" }
version = 1
sources = ["own"]
pathways = ["P11"]
features = { distress = ["D1"], asset_kind = "warehouse", city_tier = "county" }
borrow = [{ zh = "先租后改" }]
facts = [
  { key = "rent", label = { zh = "租金" }, value = 12, unit = "元/㎡·月", status = "forecast" },
]
"""


def a_park(services):
    return services.querying.records("park")[0]


def assessed(services, **options):
    return services.assessing.run(a_park(services).key, as_of=date(2026, 6, 30), **options)


def spoil(services, case_id):
    """Write a body that no program would have written."""
    [record] = [r for r in services.querying.records("own_case") if r.get("code") == case_id]
    change = update("own_case", record.key, record.values, {"body": "[[case]]\nid = 'MY1'\n"})
    services.history.do(ChangeSet("cases.add", (change,), {"name": "坏"}))


def test_a_card_in_chinese_alone_stands_for_english_too_and_shipped_ones_stay_strict(services):
    case = services.cases.add(CARD, "my.toml")
    assert case.name.en == case.name.zh == "旧粮库改造"
    assert case.borrow[0].en == "先租后改"
    assert case.sources[0].cite("en") == "本园区, 项目档案"


def test_one_spoiled_own_case_leaves_all_others_and_is_said_with_its_place(services):
    services.cases.add(CARD, "my.toml")
    services.cases.copy("C03")
    spoil(services, "MY1")
    assert "MY1" not in services.cases.all()
    assert "U01" in services.cases.all()
    [left_out] = services.cases.left_out()
    assert (left_out.id, left_out.complaint.params["field"]) == ("MY1", "sources")
    draft = assessed(services)
    [finding] = [f for f in draft.findings if f.code == "K11W"]
    assert finding.params["code"] == "MY1"
    assert "U01" in {match.case.id for match in draft.matches}
    services.history.undo()
    assert "MY1" in services.cases.all()
    assert not [f for f in assessed(services).findings if f.code == "K11W"]


def test_an_own_case_is_deleted_and_brought_back_and_a_shipped_one_stays(services):
    services.cases.add(CARD, "my.toml")
    services.cases.remove("MY1")
    assert "MY1" not in services.cases.all()
    services.history.undo()
    assert services.cases.find("MY1").origin is CaseOrigin.OWN
    with pytest.raises(RefusedError, match=r"cases\.shipped_stays"):
        services.cases.remove("C01")
    with pytest.raises(UsageError):
        services.cases.remove("nowhere")


def test_a_waiver_beside_a_shipped_case_names_who_and_when_and_needs_a_reason(services):
    notes = services.case_work.notes
    found = notes.contradiction("C01", GFA_FAR_LAND)
    with pytest.raises(RefusedError, match=r"case_notes\.no_reason"):
        notes.waive("C01", found, "  ")
    notes.waive("C01", found, "已与提供方核对：含代征道路")
    first = contradictions(services.cases.find("C01"))[0]
    assert first.waiver.reason.zh == "已与提供方核对：含代征道路"
    assert (first.waiver.day, bool(first.waiver.author)) == (date(2026, 11, 23), True)
    assert services.content.cases["C01"].waivers == ()
    matched = next(m for m in assessed(services).matches if m.case.id == "C01")
    assert contradictions(matched.case)[0].waived is not None
    with pytest.raises(UsageError, match=r"case_notes\.which"):
        notes.contradiction("C01", "per_mu")
    notes.unwaive("C01", first)
    assert contradictions(services.cases.find("C01"))[0].waiver is None


def test_notes_stand_beside_shipped_cases_and_are_undone(services):
    notes = services.case_work.notes
    said = notes.add("C02", "已电话核实一期投产")
    notes.change(said.key, "一期已投产，租金未透露")
    assert [n.text for n in notes.notes("C02")] == ["一期已投产，租金未透露"]
    services.history.undo()
    assert [n.text for n in notes.notes("C02")] == ["已电话核实一期投产"]
    notes.remove(said.key)
    assert notes.notes() == ()
    with pytest.raises(RefusedError):
        notes.add("C02", " ")
    with pytest.raises(UsageError):
        notes.add("C99", "甲")


def test_a_pack_shows_new_changed_and_same_before_it_is_taken_as_one_step(services, tmp_path):
    services.cases.add(CARD, "my.toml")
    services.cases.copy("C02")
    text, count = services.case_work.packs.pack("滨河")
    assert count == 2
    services.cases.add(CARD.replace("12,", "15,"), "my.toml")
    services.cases.remove("U01")
    preview = services.case_work.packs.look(text, "包")
    states = {line.packed.id: line.state for line in preview.lines}
    assert states == {"MY1": PackState.CHANGED, "U01": PackState.NEW}
    assert services.case_work.packs.take(preview) == 2
    assert services.cases.find("MY1").fact("rent").value == 12
    again = services.case_work.packs.look(text, "包")
    assert {line.state for line in again.lines} == {PackState.SAME}
    assert services.case_work.packs.take(again) == 0
    services.history.undo()
    assert services.cases.find("MY1").fact("rent").value == 15
    assert "U01" not in services.cases.all()


def test_a_pack_refuses_shipped_ids_spoiled_cards_and_any_alteration(services):
    packs = services.case_work.packs
    cards = {"C01": CARD.replace("MY1", "C01"), "X1": "[[case]]", "X2": CARD}
    packed = tuple(PackedCase(code, "名", 1, card) for code, card in cards.items())
    preview = packs.look(pack_text(CasePack("包", "", "", packed)), "包")
    assert [line.state for line in preview.lines] == [
        PackState.SHIPPED, PackState.SPOILED, PackState.SPOILED,
    ]  # fmt: skip
    assert packs.take(preview) == 0
    with pytest.raises(InputError, match=r"case_packs\.altered"):
        packs.look(pack_text(CasePack("包", "", "", packed)).replace("名", "改"), "包")
    with pytest.raises(RefusedError, match=r"case_packs\.none"):
        packs.pack("空")
    with pytest.raises(RefusedError, match=r"case_packs\.shipped"):
        packs.pack("包", ["C01"])


def test_own_weights_are_kept_rank_and_are_taken_back(services):
    park, weighing = a_park(services).key, services.match_weighing
    before = assessed(services)
    assert before.match_weights.own is False
    weights = dict.fromkeys(before.match_weights.values, Decimal(0))
    with pytest.raises(RefusedError, match=r"match_weighing\.sum"):
        weighing.weigh(park, "", weights, "甲")
    weights |= {"city_tier": Decimal("0.6"), "asset_kind": Decimal("0.4")}
    with pytest.raises(RefusedError, match=r"match_weighing\.no_reason"):
        weighing.weigh(park, "", weights, " ")
    weighing.weigh(park, "", weights, "只看城市与资产类型")
    after = assessed(services)
    assert {f.name: f.weight for f in after.matches[0].features if f.weight} == {
        "city_tier": 0.6,
        "asset_kind": 0.4,
    }
    assert after.match_weights.reason == "只看城市与资产类型"
    weighing.reset(park)
    assert assessed(services).matches == before.matches


def test_stored_weights_that_do_not_sum_are_said_and_the_shipped_ones_count(services):
    park, weighing = a_park(services).key, services.match_weighing
    weights = services.content.features.weights
    weighing.weigh(park, "", weights, "先存一套")
    [record] = services.querying.records("match_weights")
    change = update(
        "match_weights", record.key, record.values, {"goals_weight": Decimal("0.5")}
    )  # fmt: skip
    services.history.do(ChangeSet("match_weighing.weigh", (change,)))
    draft = assessed(services)
    [finding] = [f for f in draft.findings if f.code == "K12W"]
    assert finding.params["sum"] == "140.00%"
    assert draft.match_weights.own is False


def test_0_8_a_forecast_of_a_case_never_becomes_a_forecast_of_ours(services, monkeypatch):
    """§0 decision 8: whatever the cases forecast, nothing but the card itself changes."""
    before = assessed(services)
    wild = {
        code: replace(
            case,
            facts=tuple(
                replace(f, value=f.value * 1000) if isinstance(f.value, Decimal) else f
                for f in case.facts
            ),
        )
        for code, case in services.cases.all().items()
    }
    monkeypatch.setattr(services.cases, "all", lambda: wild)
    after = assessed(services)
    assert after.matches[0].case != before.matches[0].case
    for part in ("indicators", "distresses", "target", "pathways", "ranking", "findings"):
        assert getattr(after, part) == getattr(before, part), part
    for ours, theirs in zip(before.matches, after.matches, strict=True):
        assert (ours.features, ours.preconditions) == (theirs.features, theirs.preconditions)


def test_the_nearest_cases_of_each_asset_are_those_of_its_own_assessment(services):
    park = a_park(services).key
    found = services.case_work.nearest.of_park(park, as_of=date(2026, 6, 30), count=3)
    assert {near.asset.entity for near in found} == {"parcel", "building"}
    near = found[0]
    alone = services.assessing.run(park, [near.asset.key], date(2026, 6, 30)).matches[:3]
    assert [each.case.id for each in near.cases] == [match.case.id for match in alone]
    assert [each.coverage for each in near.cases] == pytest.approx([m.coverage for m in alone])


def command(capsys, *words, status=0):
    assert main(list(words)) == status
    return json.loads(capsys.readouterr().out) if "--json" in words else capsys.readouterr()


def test_the_command_line_does_the_same(services, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("WORKBENCH_LANGUAGE", "zh_CN")
    project, card, pack = services.project, tmp_path / "my.toml", tmp_path / "my.casepack"
    card.write_text(CARD, encoding="utf-8")
    command(capsys, "cases", project, "add", str(card))
    command(capsys, "cases", project, "note", "C01", "电话核实")
    listed = command(capsys, "cases", project, "list", "--text", "电话核实", "--json")
    assert [case["id"] for case in listed["cases"]] == ["C01"]
    listed = command(capsys, "cases", project, "list", "--status", "forecast", "--json")
    assert {"C01", "MY1"} <= {case["id"] for case in listed["cases"]}
    command(capsys, "cases", project, "waive", "C01", GFA_FAR_LAND, "--reason", "已核对")
    shown = command(capsys, "cases", project, "show", "C01", "--json")
    assert [c["waived"] for c in shown["contradictions"]] == ["已核对", None, None]
    assert [n["text"] for n in shown["notes"]] == ["电话核实"]
    command(capsys, "cases", project, "export-pack", str(pack))
    command(capsys, "cases", project, "delete", "MY1")
    seen = command(capsys, "cases", project, "import-pack", str(pack), "--dry-run", "--json")
    assert (seen["counts"]["new"], seen["taken"]) == (1, 0)
    assert command(capsys, "cases", project, "import-pack", str(pack), "--json")["taken"] == 1
    code = a_park(services).text("code")
    near = command(capsys, "cases", project, "nearest", "--park", code, "--count", "2", "--json")
    assert {len(asset["cases"]) for asset in near["assets"]} == {2}
    said = command(capsys, "assess", project, "--park", code, "--json", status=1)
    assert "MY1" in {match["case"] for match in said["matches"]}
    words = ("--set", "goals=0.2", "--set", "distress=12%", "--reason", "目标优先", "--json")
    kept = command(capsys, "cases", project, "weights", "--park", code, *words)
    assert (kept["own"], kept["weights"]["distress"]) == (True, 0.12)
    wrong = command(capsys, "cases", project, "weights", "--park", code, "--set", "a=1", status=2)
    assert "distress" in wrong.err
    pack.write_text(pack.read_text(encoding="utf-8").replace("旧粮库", "新粮库"), encoding="utf-8")
    assert "校验值" in command(capsys, "cases", project, "import-pack", str(pack), status=3).err
