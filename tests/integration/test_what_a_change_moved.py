"""US15: what a ledger change moved between two versions, also where the old one was never final."""

from datetime import date

import pytest

from workbench import locations
from workbench.application.versions.difference_results import _CLASSES
from workbench.application.versions.reporting import VersionWords
from workbench.domain.ranking.rules import CRITERIA
from workbench.files.texts import LANGUAGES, load_texts

DAY = date(2026, 6, 30)


@pytest.fixture
def park(services):
    """Two parcels and a building."""
    add = services.editing.add
    park = add("park", {"code": "P", "name": "甲园", "city_tier": "县城"})
    add("parcel", {"code": "L", "name": "一地", "park": "甲园", "area_cert": "27亩",
                   "status": "已建成", "holder_type": "国企"})  # fmt: skip
    add("parcel", {"code": "M", "name": "二地", "park": "甲园", "area_cert": "50亩"})
    add("building", {"code": "B", "name": "一栋", "park": "甲园", "parcel": "一地",
                     "gfa_actual": "10000", "rentable_area": "9000"})  # fmt: skip
    return park


def edit(services, entity, name, field, value):
    row = next(r for r in services.querying.records(entity) if r.label == name)
    services.editing.edit(entity, row.key, field, value)


def compared(services, old, new):
    found = services.finalizing.compare(old, new)
    return found, {(c.kind, c.subject): c for c in found.results}


@pytest.mark.parametrize("edited_first", [True, False])
def test_a_draft_is_compared_as_it_was_last_worked_on(services, park, edited_first):
    """Both drafts read today's ledger, so 27 → 120 亩 was reported as no difference at all."""
    old = services.assessments.start("年中", park, DAY)
    step = services.querying.operations(1)[0].sequence
    if edited_first:
        edit(services, "parcel", "一地", "area_cert", "120亩")
    new = services.finalizing.new_version(old, "重测", "V2")
    if not edited_first:
        edit(services, "parcel", "一地", "area_cert", "120亩")
    found, results = compared(services, old, new)
    assert found.moment.step == step
    land = results["scale", "land"]
    assert (round(land.old.shown, 6), round(land.new.shown, 6)) == (77, 170)
    [cell] = found.cells
    assert (cell.label, cell.field) == ("一地", "area_cert")
    use = found.uses[cell.place]
    assert ("scale", "land") in use.moved
    assert ("feature", "scale_m2") in use.moved
    assert ("indicator", "I-16") in use.waiting
    words = VersionWords(services.program.texts(), services.content)
    assert "一地的证载面积：27.00 亩 → 120.00 亩" in list(words.reasons(land))
    matched = next(c for (kind, _), c in results.items() if kind == "match")
    assert "本方的对标特征“规模”：51,333㎡（77.0亩） → 113,333㎡（170.0亩）" in list(
        words.reasons(matched)
    )


def test_records_that_came_went_and_changed_since_are_followed_back(services, park):
    old = services.assessments.start("年中", park, DAY)
    third = {"code": "N", "name": "三地", "park": "甲园", "area_cert": "3亩"}
    services.editing.add("parcel", third)
    edit(services, "parcel", "三地", "area_cert", "4亩")
    building = services.querying.records("building")[0]
    services.editing.delete("building", [building.key])
    edit(services, "parcel", "二地", "area_cert", "不适用")
    edit(services, "parcel", "二地", "area_cert", "51亩")
    services.history.undo()
    new = services.finalizing.new_version(old, "重测", "V2")
    found, results = compared(services, old, new)
    whole = {(c.entity, c.label, c.old is None) for c in found.cells if not c.field}
    assert whole == {("parcel", "三地", True), ("building", "一栋", False)}
    counts = {key: results["scale", key] for key in ("parcels", "buildings", "gfa")}
    assert (counts["parcels"].old.value, counts["parcels"].new.value) == (2, 3)
    assert (counts["buildings"].old.value, counts["buildings"].new.value) == (1, 0)
    assert (counts["gfa"].old.value, counts["gfa"].new.value) == (10_000, None)
    words = VersionWords(services.program.texts(), services.content)
    assert "新增宗地“三地”" in list(words.reasons(counts["parcels"]))
    said = [words.cell(c) for c in found.cells if c.label == "二地"]
    assert said == ["二地的证载面积：50.00 亩 → 不适用"]


def test_a_value_that_nothing_reads_is_listed_with_that_reason(services, park, tmp_path):
    old = services.assessments.start("年中", park, DAY)
    edit(services, "parcel", "二地", "note", "围墙已修")
    new = services.finalizing.new_version(old, "补记", "V2")
    found, results = compared(services, old, new)
    assert (results, [c.field for c in found.cells]) == ({}, ["note"])
    texts = services.program.texts()
    words = VersionWords(texts, services.content)
    assert words.use(found.uses[found.cells[0].place]).startswith("本次评估没有一项结果用到它")
    done = services.reports.difference.export(str(tmp_path / "d.xlsx"), old, new, texts)
    assert (done.results, done.inputs) == (0, 1)
    said = [getattr(block, "text", "") for block in done.report.sheet("difference_results").blocks]
    assert any(text.startswith("台账、内容或选择有变化，但两个版本的结果都相同") for text in said)
    assert any("“年中”没有定稿" in text for text in said)


def test_a_final_version_and_an_older_one_are_compared_as_they_are(services, park):
    old = services.assessments.start("年中", park, DAY)
    new = services.finalizing.new_version(old, "重测", "V2")
    assert services.finalizing.compare(new, old).moment is None
    assert services.finalizing.compare(old, old).same


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_class_and_a_sentence(language):
    """A changed rule of ranking had no class, and the report failed on it."""
    texts = load_texts(language, locations.resource("translations"))
    known = texts.keys()
    named = {key.removeprefix("versions.because_") for key in known if "because_" in key}
    for code in _CLASSES.keys() - {"cell"}:
        assert texts.has(f"versions.because_{code}"), code
        assert texts.has(f"report_difference.cause.{_CLASSES[code]}"), code
    assert named <= _CLASSES.keys()
    assert all(texts.has(criterion.text_key) for criterion in CRITERIA)
