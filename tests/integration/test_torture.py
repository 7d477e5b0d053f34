"""The torture's own cases: sound workbooks written oddly lose nothing, locked ones say so."""

import random

import pytest

from scripts.tortures.books import FORMATS
from scripts.tortures.hostile import locked
from scripts.tortures.mutations import same_xlsx, spoiled_parts, unzipped, zipped
from scripts.tortures.workbooks import Case, Trial, good

BOOK = good()
SLOW = {"many styles", "formatted to the end", "stray cell"}
PARTS = unzipped(FORMATS["xlsx"](BOOK))


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    trial = Trial(tmp_path_factory.mktemp("torture"))
    trial.expected = trial.values(trial.write(Case("good", "good.xlsx", FORMATS["xlsx"](BOOK))))
    return trial


def test_sound_workbooks_written_oddly_give_the_same_records(trial):
    ends = {
        label: trial.end(Case(label, f"{label}.xlsx", data, sound=True), trial.expected)[:2]
        for label, data in same_xlsx(PARTS)
        if label not in SLOW
    }
    assert {label: end for label, end in ends.items() if end != ("records", "")} == {}
    assert len(ends) > 20


def test_locked_workbooks_are_called_locked(trial):
    for label, name, data in locked(BOOK):
        kind, sentence, _ = trial.end(Case(label, f"{label}.{name}", data), trial.expected)
        assert kind == "sentence"
        assert "密码" in sentence, label


@pytest.mark.parametrize("seed", range(12))
def test_a_spoiled_workbook_ends_in_records_or_a_sentence(trial, seed):
    data = zipped(spoiled_parts(PARTS, random.Random(seed)))
    kind, detail, _ = trial.end(Case("spoiled", f"{seed}.xlsx", data), trial.expected)
    assert kind in ("records", "sentence"), detail
