# SPDX-License-Identifier: MIT
"""Names that are at least 90 % alike: all of them are found, and few are compared."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from workbench.domain.checks.similar_names import NameIndex


def test_names_are_alike_with_the_legal_form_apart():
    names = {
        "a": "云湖精密机械有限公司",
        "b": "云湖精密机械有限责任公司",
        "c": "云湖精密机械（集团）股份有限公司",
        "d": "云湖精密机器有限公司",
        "e": "东川光电有限公司",
    }
    index = NameIndex(names.items())
    assert index.alike("a", names["a"]) == ["b", "c"]
    assert index.alike("e", names["e"]) == []


def test_a_text_that_strayed_into_a_name_is_compared_with_nothing():
    """Two names of 40,000 characters kept an assessment busy for minutes."""
    text = "字" * 40_000
    index = NameIndex({"a": text, "b": text}.items())
    assert index.alike("a", text) == []


@given(
    st.lists(
        st.lists(st.sampled_from("华兴新材精密"), min_size=1, max_size=13).map("".join),
        min_size=2,
        max_size=12,
    )
)
def test_names_alike_are_those_that_comparing_all_with_all_finds(names):
    """V18 (domain §3.4): a likeness of 0.9 or more, whatever the index leaves out."""
    keyed = {str(at): name for at, name in enumerate(names)}
    index = NameIndex(keyed.items())
    for key, name in keyed.items():
        expected = sorted(
            other
            for other, text in keyed.items()
            if other != key and fuzz.ratio(name, text, score_cutoff=90)
        )
        assert index.alike(key, name) == expected


def test_many_names_that_begin_alike_are_cut_where_they_differ_and_none_is_missed():
    """V18 (domain §3.4): the pieces follow the names from some thirty of one length on."""
    words = ["".join(three) for three in product("鑫淼焱垚磊晶", repeat=3)]
    names = {
        str(at): f"安徽省六安市金寨县{word}新材{'料' * (at % 3)}" for at, word in enumerate(words)
    }
    index = NameIndex(names.items())
    for key in list(names)[::9]:
        expected = sorted(
            other
            for other, name in names.items()
            if other != key and fuzz.ratio(names[key], name, score_cutoff=90)
        )
        assert index.alike(key, names[key]) == expected
    assert any(index.alike(key, name) for key, name in names.items())
