"""Changing one value in the text of a content file leaves all other lines as they are."""

import pytest

from workbench.files.content.editing import EntryEditor, literal
from workbench.files.content.reading import ContentError

TEXT = """# heading
[[rule]]
id = "D1-1"
when = "I_01 < 0.60"
points = 40

[[rule]]
id = "D1-2"
when = "I_28 < 0.5"   # remark
points = 25
"""
PARAMETERS = """[[parameter]]
code = "deed_tax"
value = 0.03

[[parameter]]
code = "deed_tax"
region = "安徽省"
effective_from = 2026-01-01
value = 0.04
"""
EDITOR = EntryEditor()


def changed_lines(before, after):
    return [line for line in after.split("\n") if line not in before.split("\n")]


def test_one_value_changes_one_line():
    after = EDITOR.changed(TEXT, "diagnosis.toml", "D1-2", {"points": "30"})
    assert changed_lines(TEXT, after) == ["points = 30"]
    assert after.index("points = 30") > after.index("D1-2")


def test_a_key_is_added_and_taken_away():
    added = EDITOR.changed(TEXT, "diagnosis.toml", "D1-1", {"percent": "true"})
    assert changed_lines(TEXT, added) == ["percent = true"]
    taken = EDITOR.changed(added, "diagnosis.toml", "D1-1", {"percent": ""})
    assert taken == TEXT


def test_a_condition_is_quoted_and_a_number_is_not():
    after = EDITOR.changed(TEXT, "diagnosis.toml", "D1-1", {"when": "I_01 < 0.55", "points": "9"})
    assert changed_lines(TEXT, after) == ['when = "I_01 < 0.55"', "points = 9"]


def test_values_of_one_code_are_told_apart_by_region_and_day():
    name = "deed_tax@安徽省@2026-01-01"
    after = EDITOR.changed(PARAMETERS, "parameters.toml", name, {"value": "0.045"})
    assert "value = 0.03\n" in after
    assert "value = 0.045\n" in after
    assert EDITOR.removed(PARAMETERS, "parameters.toml", name).count("[[parameter]]") == 1


def test_an_unknown_entry_is_named_with_those_there_are():
    with pytest.raises(ContentError) as caught:
        EDITOR.changed(TEXT, "diagnosis.toml", "D9-9", {"points": "1"})
    assert caught.value.params["value"] == "D9-9"
    assert caught.value.params["known"] == "D1-1、D1-2"


def test_an_entry_is_added_at_the_end():
    after = EDITOR.added(TEXT, "diagnosis.toml", {"id": "D1-3", "when": "I_04 > 18"})
    assert after.endswith('[[rule]]\nid = "D1-3"\nwhen = "I_04 > 18"\n')


@pytest.mark.parametrize(
    ("typed", "written"),
    [("30", "30"), ("-0.15", "-0.15"), ("2026-01-31", "2026-01-31"), ("true", "true"),
     ("市里口径", '"市里口径"'), ('a "b"', '"a \\"b\\""'), ("{ zh = 1 }", "{ zh = 1 }"),
     ("1.2.3", '"1.2.3"'), ("1/3", '"1/3"')],
)  # fmt: skip
def test_typed_values_become_toml(typed, written):
    assert literal(typed) == written
