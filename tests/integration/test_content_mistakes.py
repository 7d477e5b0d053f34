"""A mistake in a content file names file, entry, key and remedy."""

import tomllib
from string import Formatter

import pytest

from tests.content_rig import NAMES
from workbench import locations
from workbench.files.content.loading import load_content
from workbench.files.content.reading import ContentError
from workbench.files.texts import LANGUAGES

VAT = "parameters.toml.parameter[vat_simple_rate]"
SPOILED = (
    ("standards.toml", "weight = 0.7, zero = 0", "weight = 0.6, zero = 0", "weights",
     "radar-title", "items"),
    ("standards.toml", '"I-29", weight', '"I-99", weight', "not_among",
     "radar-facilities.items[1]", "indicator"),
    ("standards.toml", "zero = 20, full = 100", "zero = 100, full = 100", "same_ends",
     "radar-facilities.items[1]", "full"),
    ("cases.toml", 'id = "C01"', 'id = "C01" x', "syntax_at", "cases.toml", "-"),
    ("cases.toml", 'tier = "county"', 'tier = "x"', "not_among", "C01.features", "city_tier"),
    ("cases.toml", "version = 1\n", "verison = 1\n", "missing", "C01", "version"),
    ("cases.toml", "version = 1\n", "version = 1\nprise = 2\n", "unknown_key", "C01", "prise"),
    ("cases.toml", "= 0.22", "= 0.23", "weights", "cases.toml.features.weights", "weights"),
    ("cases.toml", ', en = "Land area" }', " }", "not_bilingual", "C01.facts[land_area]", "label"),
    ("cases.toml", "value = 50, unit = \"亩\", base", "base", "not_stated", "C01.facts[land_area]",
     "value"),
    ("cases.toml", '"ctx.investor_identified"', '"ctx.investor"', "unknown_name",
     "C01.preconditions[1]", "when"),
    ("pathways.toml", '= "enc.active_seizure" }', '= "enc.active_seizure and" }',
     "condition_syntax", "P01.pre[P01-1]", "when"),
    ("pathways.toml", '= "enc.active_seizure" }', '= "open(1)" }', "condition_not_allowed",
     "P01.pre[P01-1]", "when"),
    ("pathways.toml", '= "enc.active_seizure" }', '= "3" }', "condition_wrong_kind",
     "P01.pre[P01-1]", "when"),
    ("pathways.toml", 'code = "P03"', 'code = "P02"', "duplicate", "P02", "code"),
    ("pathways.toml", "capex_level = 1", "capex_level = 9", "range", "P00", "capex_level"),
    ("pathways.toml", '["R1", "R15"]', '["R1", "R99"]', "not_among", "P01", "risks"),
    ("pathways.toml", '= "enc.active_seizure" }', '= "enc.active_seizure", enabled_by = "P02" }',
     "path_circle", "P01", "enabled_by"),
    ("cases.toml", 'sources = ["ah_nr_luan", "dagong", "zone_notice"]', "sources = []", "missing",
     "C01", "sources"),
    ("pathways.toml", "months = [3, 9]", "months = [9, 3]", "wrong_kind", "P01", "months"),
    ("parameters.toml", '= "vat_transition"', '= "nobody"', "not_among", VAT, "source"),
    ("parameters.toml", "value = 0.05", 'value = "five"', "wrong_kind", VAT, "value"),
    ("parameters.toml", "upto = 1,", "upto = 0.4,", "brackets",
     "parameters.toml.parameter[lat_brackets].brackets[2]", "upto"),
    ("diagnosis.toml", "出租率低于{0}", "出租率低于{3}", "placeholder", "D1-1", "text"),
    ("diagnosis.toml", "points = 40", "points = 400", "range", "D1-1", "points"),
    ("references.toml", 'via = "dagong"', 'via = "dagonk"', "not_among", "ah_nr_luan", "via"),
    ("risks.toml", 'kind = "legal"', 'kind = "lawful"', "not_among", "R1", "kind"),
    ("revitalization.toml", 'paths = ["ALL"]', 'paths = ["P99"]', "not_among", "S1-01", "paths"),
    ("revitalization.toml", 'id = "S1-02"', 'id = "S1-01"', "duplicate", "S1-01", "id"),
)  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "what", "entry", "field"), SPOILED)
def test_a_mistake_names_file_entry_key_and_remedy(copy, texts, file, old, new, what, entry, field):
    seed, template = copy
    path = template if file == template.name else seed / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_content(seed, template, NAMES)
    error = caught.value
    assert error.code == f"content.error.{what}"
    assert error.exit_status == 3
    assert (error.params["entry"], error.params["field"]) == (entry, field)
    for language in texts:
        assert file in language(error.code, **error.params)


@pytest.mark.parametrize(
    ("damage", "what"),
    [(None, "unreadable"), (b"\xff\xfe\x00", "encoding"), (b"id = ", "syntax")],
)
def test_a_file_that_cannot_be_read_is_named(copy, texts, damage, what):
    seed, template = copy
    path = seed / "risks.toml"
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(ContentError) as caught:
        load_content(seed, template)
    assert caught.value.code == f"content.error.{what}"
    for language in texts:
        assert "risks.toml" in language(caught.value.code, **caught.value.params)


def test_every_complaint_about_content_can_be_said_with_its_parameters(texts):
    """The sentences ask for nothing that ContentError does not carry."""
    carried = {"file", "entry", "field", "reason", "expected", "value", "known", "low", "high",
               "start", "end", "text", "name", "position", "line", "column"}  # fmt: skip
    for language in LANGUAGES:
        path = locations.resource("translations", language, "content.toml")
        sentences = tomllib.loads(path.read_text("utf-8"))["error"]
        for sentence in sentences.values():
            asked = {name for _, name, _, _ in Formatter().parse(sentence) if name}
            assert asked <= carried
