"""docs/json.md and what the commands print with --json: the same names, nested ones too."""

import json
import re
from pathlib import Path

import pytest

from tests.sample_park import open_sample
from workbench.bootstrap import Program
from workbench.cli.main import main

GUIDE = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
CODED = {
    "values", "raw", "columns", "origins", "records", "inputs", "parameters", "bases", "yields",
    "numbers", "weights", "counts", "value",
}  # fmt: skip
"""Objects whose names are those of fields, letters, grades or features."""
COMMANDS = [
    ("`log`", "log P --limit 3"),
    ("`log`", "log P --record B-C01"),
    ("`find`", "find P 厂房"),
    ("`fields list`", "fields P list"),
    ("`split`", "split P B-C02 --part 甲=3亩 --part 乙 --dry-run"),
    ("`duplicates`", "duplicates P"),
    ("`bulk-set`", "bulk-set P building use_status=空置 --dry-run"),
    ("`encumbrances expiries`", "encumbrances P expiries"),
    ("`encumbrances blocks`", "encumbrances P blocks"),
    ("`set`", "set P building B-A01 gfa_actual=-5"),
    ("`undo`", "undo P"),
    ("`assessments list`", "assessments P list"),
    ("`content list`", "content P list"),
    ("`cases list`", "cases P list"),
    ("`cases show`", "cases P show C01"),
    ("`cases nearest ", "cases P nearest --park BH"),
    ("`cases weights ", "cases P weights --park BH"),
    ("`checklist list`", "checklist P --assessment 锦程地块盘活评估（示例） list"),
    ("`scenario list`", "scenario P list"),
    ("`scenario models`", "scenario models"),
    ("`scenario template", "scenario template hold"),
    ("`scenario … run|show`", "scenario P show S"),
    ("`evidence list|check`", "evidence P list"),
    ("`evidence list|check`", "evidence P check"),
    ("`evidence clean", "evidence P clean --dry-run"),
    ("`originals list`", "originals P list"),
    ("`verify`", "verify P"),
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    place = tmp_path_factory.mktemp("guide") / "示例.park"
    services = open_sample(Program(language="zh_CN"), place)
    scenario = services.querying.records("scenario")[0].label
    services.close()
    return {"P": str(place), "S": scenario}


def names(document, inside=""):
    """Yield every name of a document but the coded ones."""
    if isinstance(document, list):
        for each in document:
            yield from names(each, inside)
    elif isinstance(document, dict):
        for name, value in document.items():
            coded = inside in CODED
            if not coded:
                yield name
            yield from names(value, "" if coded else name)


def outer_names(entry):
    """Yield the names of the outermost object of the first document in an entry of the guide."""
    depth = 0
    for piece in re.findall(r'"\w+"|[\[\]{}]|`', entry[entry.index("→ `{") + 3 :]):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(piece, 0)
        if piece == "`":
            return
        if depth == 1 and piece[0] == '"':
            yield piece[1:-1]


@pytest.mark.parametrize(("head", "command"), COMMANDS, ids=[words for _, words in COMMANDS])
def test_the_guide_names_every_key_that_a_command_prints(sample, capsys, head, command):
    assert main([*(sample.get(word, word) for word in command.split()), "--json"]) in (0, 1)
    document = json.loads(capsys.readouterr().out)
    (entry,) = (each for each in GUIDE.split("\n- ") if each.startswith(head))
    assert set(names(document)) - set(re.findall(r"[a-z_0-9]+", entry)) == set()
    if "→ `{" in entry:
        assert set(outer_names(entry)) <= set(document), "a key that is not printed"


def test_the_check_sees_a_key_that_the_guide_does_not_name():
    assert set(names({"a": [{"b": {"values": {"gfa": 1}}}], "records": {"x": {"y": 1}}})) == {
        "a", "b", "values", "records", "y",
    }  # fmt: skip
    assert list(outer_names('x → `{"a": [{"b"}], "c"}` {"d"}')) == ["a", "c"]
