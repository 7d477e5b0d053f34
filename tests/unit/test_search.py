"""Find anything: what matches, how well, and where; Chinese, pinyin, codes, certificates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.search.folding import fold, place_in, words_of
from workbench.domain.search.index import SearchIndex
from workbench.domain.search.segment import Kind, Level, Segment

BUILDING = Kind("building", ("code", "name", "cert_no", "note"), frozenset({"name"}))
ENTERPRISE = Kind("enterprise", ("name",), frozenset({"name"}))
BUILDINGS = {
    "1": ("B-C03", "原铜材厂旧厂区", "皖（2019）金寨县不动产权第 0012345 号", ""),
    "2": ("B-C01", "滨河1#标准厂房", "", "靠近重庆路"),
    "3": ("A-03", "长江路仓库", "", ""),
    "4": ("C", "成长大厦", "", ""),
    "5": ("D-1", "绿岛公寓", "", ""),
}
FIRMS = {"f1": ("重庆长安汽车有限公司",), "f2": ("重工机械",), "f3": ("华川电子",)}


@pytest.fixture(scope="module")
def index():
    made = SearchIndex([Segment(BUILDING, BUILDINGS.items()), Segment(ENTERPRISE, FIRMS.items())])
    made.warm()
    return made


def keys(index, query, limit=10):
    return [found.key for found in index.search(query, limit)]


@pytest.mark.parametrize(
    ("query", "key", "level"),
    [
        ("B-C03", "1", Level.EXACT),
        ("bc03", "1", Level.EXACT),
        ("原铜", "1", Level.PREFIX),
        ("旧厂区", "1", Level.PART),
        ("皖(2019)金寨县", "1", Level.PREFIX),
        ("皖 2019 金寨", "1", Level.PREFIX),
        ("第0012345号", "1", Level.PART),
        ("12345", "1", Level.PART),
        ("ytc", "1", Level.INITIALS_FIRST),
        ("tcc", "1", Level.INITIALS),
        ("bh1#", "2", Level.INITIALS_FIRST),
        ("yuantongcai", "1", Level.SPELLED_FIRST),
        ("yuantongc", "1", Level.SPELLED_FIRST),
        ("tongcai", "1", Level.SPELLED),
        ("ytongc", "1", Level.SPELLED_FIRST),
        ("binhe1#b", "2", Level.SPELLED_FIRST),
        ("滨he", "2", Level.SPELLED_FIRST),
        ("lvdao", "5", Level.SPELLED_FIRST),
    ],
)
def test_what_is_typed_finds_the_thing_first_and_says_how(index, query, key, level):
    found = index.search(query)[0]
    assert (found.key, found.level) == (key, level)


@pytest.mark.parametrize(
    "query", ["cqca", "zqca", "chongqing", "zhongqing", "chongqingcha", "cqzhang"]
)
def test_every_reading_of_a_character_counts(index, query):
    assert "f1" in keys(index, query)


@pytest.mark.parametrize(("query", "key"), [("zhangj", "3"), ("changjiang", "3"), ("czds", "4")])
def test_a_character_of_two_readings_is_found_by_both(index, query, key):
    assert key in keys(index, query)


def test_several_words_are_found_in_any_order_and_must_all_be_there(index):
    assert keys(index, "厂房 bc01") == keys(index, "bc01 厂房") == ["2"]
    assert keys(index, "bzcf 重庆") == ["2"]
    assert keys(index, "厂房 金寨") == []
    two = index.search("厂房 bc01")[0]
    assert {match.field for match in two.matches} == {"code", "name"}


def test_better_matches_come_first():
    names = ["甲乙丙", "甲", "丙甲", "家", "甲乙"]
    kind = Kind("k", ("name",), frozenset({"name"}))
    index = SearchIndex([Segment(kind, [(name, (name,)) for name in names])])
    index.warm()
    assert keys(index, "甲") == ["甲", "甲乙", "甲乙丙", "丙甲"]
    by_letters = keys(index, "jia")
    assert set(by_letters) == {"甲", "甲乙", "甲乙丙", "丙甲", "家"}
    assert by_letters[-1] == "丙甲"


def test_a_match_tells_its_field_and_its_place_in_the_text_as_written(index):
    found = index.search("0012345")[0]
    match = found.matches[0]
    text = BUILDINGS["1"][2]
    start, end = place_in(text, match.start, match.length)
    assert (match.field, text[start:end]) == ("cert_no", "0012345")
    found = index.search("2019)金寨")[0].matches[0]
    start, end = place_in(text, found.start, found.length)
    assert text[start:end] == "2019）金寨"


def test_until_it_is_warm_letters_stand_for_themselves_only():
    index = SearchIndex([Segment(BUILDING, BUILDINGS.items())])
    assert keys(index, "ytc") == []
    assert keys(index, "bc03") == ["1"]


def test_a_query_of_signs_alone_finds_nothing(index):
    assert index.search("（ ）-") == []
    assert index.search("") == []


def test_an_odd_query_is_no_pattern(index):
    for query in ("[a", "a|b", "\\d+", ".*", "(?P<x>", "a{3}", "^", "$a"):
        index.search(query)
    assert keys(index, ".*") == []


def test_single_changes_are_followed_and_many_ask_for_a_new_segment():
    index = SearchIndex([Segment(BUILDING, BUILDINGS.items())])
    index.warm()
    assert index.follow(
        "building", {"1": ("B-C03", "犇鑫厂", "", ""), "2": None, "9": ("Z", "新楼", "", "")}
    )
    assert keys(index, "原铜") == keys(index, "滨河") == []
    assert keys(index, "bx") == ["1"]
    assert keys(index, "xinlou") == ["9"]
    assert index.follow("building", {"9": None})
    assert keys(index, "新楼") == []
    assert not index.follow("building", {str(n): ("", "", "", "") for n in range(5000)})
    index.put(Segment(BUILDING, BUILDINGS.items()))
    assert keys(index, "原铜") == ["1"]


def test_letters_that_can_be_cut_in_many_ways_do_not_blow_up(index):
    assert keys(index, "hehehehehehehehehehehehehehe") == []
    assert keys(index, "chongqingchanganqicheyouxiangongsi") == ["f1"]
    assert keys(index, "ananananananananananananan") == []


texts = st.text("甲乙重长 abB1#-（）()第号\u3000", max_size=8)


@given(texts)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.tuples(texts, texts), max_size=6), texts)
def test_a_part_is_found_exactly_where_it_is(rows, query):
    """The quick search over one long text agrees with looking into each field."""
    kind = Kind("k", ("a", "b"))
    index = SearchIndex([Segment(kind, [(str(at), row) for at, row in enumerate(rows)])])
    word = fold(query)
    wanted = {
        str(at) for at, row in enumerate(rows) if word and any(word in fold(text) for text in row)
    }
    found = index.search(word, limit=20)
    assert {item.key for item in found} == wanted
    for item in found:
        match = item.matches[0]
        text = rows[int(item.key)][kind.fields.index(match.field)]
        start, end = place_in(text, match.start, match.length)
        assert fold(text[start:end]) == word


@given(texts)
def test_words_are_folded_and_never_empty(query):
    assert all(word and word == fold(word) for word in words_of(query))


def test_what_is_seldom_meant_comes_after_everything_else_however_well_it_matches():
    index = SearchIndex()
    rule = Kind("parameter", ("name",), seldom=True)
    index.put(Segment(rule, [("p", ("厂房分割",))]))
    index.put(Segment(Kind("building", ("name",)), [("b", ("1#标准厂房",))]))
    assert [found.key for found in index.search("厂房")] == ["b", "p"]
    assert [found.key for found in index.search("厂房", 1)] == ["b"]
