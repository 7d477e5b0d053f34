"""Packs of cases: the same bytes for the same cases, and nothing taken from an altered one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.cases.pack import CasePack, PackedCase, PackError, pack_of, pack_text

CASES = (PackedCase("U02", "乙", 1, "卡片二"), PackedCase("U01", "甲", 3, "卡片一"))
PACK = CasePack("滨河案例", "王工", "2026-11-23", CASES)
CARDS = st.dictionaries(st.text("UVW0123", min_size=1, max_size=4), st.text(), max_size=5)


@given(cards=CARDS)
def test_a_pack_comes_back_as_it_was(cards):
    cases = tuple(PackedCase(code, card[:5], 1, card) for code, card in sorted(cards.items()))
    pack = CasePack("包", "甲", "2026-11-23", cases)
    assert pack_of(pack_text(pack)) == pack


def test_the_order_of_cases_does_not_matter():
    assert pack_text(PACK) == pack_text(CasePack("滨河案例", "王工", "2026-11-23", CASES[::-1]))


def changed(change):
    document = json.loads(pack_text(PACK))
    change(document)
    return json.dumps(document, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "not_a_pack"),
        ("[1]", "not_a_pack"),
        ("{" * 5000, "not_a_pack"),
        (pack_text(PACK)[:-40], "not_a_pack"),
        (changed(lambda d: d.update(format=99)), "newer"),
        (changed(lambda d: d["cases"][0].update(card="另写")), "altered"),
        (changed(lambda d: d["cases"].pop()), "altered"),
        (changed(lambda d: d.pop("sha256")), "altered"),
        (pack_text(CasePack("包", "", "", (CASES[0], CASES[0]))), "double"),
    ],
)
def test_a_damaged_or_altered_pack_is_refused(text, what):
    with pytest.raises(PackError) as refused:
        pack_of(text)
    assert refused.value.what == what
