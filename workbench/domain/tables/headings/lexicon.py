# SPDX-License-Identifier: MIT
"""How one entity's fields are spelled, and which of them a word means: exactly, in part, nearly."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.domain.fields import Entity, FieldType
from workbench.domain.tables.headings.remainders import Rest, denies, is_other_party, rest_of
from workbench.domain.tables.headings.words import take_apart

_SHORTEST_DAY = 2
SIMILAR = 0.85
"""Lowest similarity at which two headings are taken for the same."""

NEAR = 0.95
"""How sure a word is that says the same in other words."""
PERHAPS = 0.78
"""The most that a word is trusted whose rest may make it another thing: a person is asked."""
_TYPING_ERROR = 0.92
"""Lowest similarity of two English headings: YearBuilt is not YearSold."""
_SHORT = 7
"""Chinese words with fewer letters that differ in one are mostly different things."""
_ALIKE = (
    ("时间", "日期"), ("日期", "时间"), ("状况", "情况"), ("情况", "状况"), ("状况", "状态"),
    ("状态", "状况"), ("编码", "编号"), ("号码", "号"), ("编号", "号"), ("座落", "坐落"),
    ("租赁", "出租"), ("房屋", "建筑"),
    ("现况", "现状"), ("当前", "现状"), ("目前", "现状"), ("承诺", "约定"),
)  # fmt: skip
_GENERIC = frozenset(
    ("类型", "类别", "状态", "名称", "规模", "用途", "性质", "方式", "方法", "单位", "编号")
)
"""Spellings that say what kind of a thing is meant only beside the name of the thing."""
_BARE = frozenset(
    ("数量", "面积", "金额", "价格", "单价", "总额", "比例", "日期", "时间", "期限", "年限",
     "地址", "状态", "情况", "状况", "说明", "开始时间", "结束时间", "开始日期", "结束日期",
     "起始日期", "截止日期", "终止日期", "起止日期", "地上", "地下", "资产总额", "资产总计",
     "权证号", "权证编号", "类别")
)  # fmt: skip
"""Words that are no sign of the longer spellings that they end: 开始时间 is not 空置开始时间.

Nor that they begin: 地上 below 总建筑面积 is no count of storeys. 权证号 of what is mortgaged is no
抵押权证号.
"""

_OF_ANYTHING = frozenset(
    ("实际", "约定", "计划", "目标", "目前", "现状", "当前", "本年", "上年", "累计", "其中", "合计")
)
"""What heads a column beside another of the same thing: 投资强度_实际 is nobody's occupier."""
_AHEAD = 0.01
_A_RATIO = re.compile("(?:的?比例|占比|比重|强度)$")
_AREA = "面积"
_DAY_WORDS = (
    (re.compile("起始|开始"), "起"),
    (re.compile("终止|截止|结束|到期"), "止"),
    (re.compile("日期$|时间$|年月$|年份$"), "日"),
)
"""Words that say the same in the headings of days: 租赁起始日 is 租赁开始日期."""


_POINT = "as_of"
"""The day that figures are of, which ends nothing: 到期日 of a debt is no 截止日期 of a balance."""

Spellings = Sequence[tuple[str, str]]
"""Spellings with their fields, longest first."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One entity's spellings: exact ones, and all of them longest first."""

    exact: Mapping[str, str]
    spellings: Spellings
    names: tuple[str, ...]
    """The spellings without their fields."""
    together: str
    """All spellings, one to a line."""
    days: Mapping[str, str]
    """The spellings of days in one wording of their ends."""
    words: frozenset[str]
    """What the entity's records are called: 房屋, 厂房."""
    generic: frozenset[str] = _GENERIC
    """Spellings that tell nothing within a longer word."""


def look_up(lexicon: Lexicon, word: str, whole_only: bool = False) -> list[tuple[str, float, bool]]:
    """Look a word up: exact, then contained either way, then similar.

    Parent and child joined must match as a whole: 抵押情况_顺位 is not 抵押情况.
    """
    if (field := lexicon.exact.get(word)) is not None:
        return [(field, 1.0, True)]
    for one, other in _ALIKE:
        if one in word and (field := lexicon.exact.get(word.replace(one, other))) is not None:
            return [(field, NEAR, False)]
    if (field := lexicon.days.get(_in_day_words(word))) is not None:
        return [(field, NEAR, False)]
    if word in _OF_ANYTHING or is_other_party(word):
        return []
    if whole_only:
        return [(field, score, False) for field, score in _similar(lexicon, word)]
    found: dict[str, float] = {}
    within = [each for each in lexicon.spellings if each[0] in word]
    turned = _turned(within, word)
    similar = _similar(lexicon, word) if len(word) >= 3 else []
    contained = _containing(lexicon, word, (*_around(lexicon, word), *within))
    for field, confidence in (*contained, *similar):
        if confidence > found.get(field, 0.0) and field not in turned:
            found[field] = confidence
    return [(field, confidence, False) for field, confidence in found.items()]


def _turned(within: Spellings, word: str) -> set[str]:
    """Return the fields that a word speaks of and does not mean: 不可租面积, 亩均税收."""
    return {
        field
        for spelling, field in within
        if len(spelling) > 1 and rest_of(word, spelling) is Rest.OTHER
    }


def _around(lexicon: Lexicon, word: str) -> Spellings:
    """Return the spellings in which a word stands: none for most, as one look shows."""
    if len(word) < 2 or word in _BARE or word.endswith(_AREA) or word not in lexicon.together:
        return []
    return [each for each in lexicon.spellings if word in each[0]]


def _containing(lexicon: Lexicon, word: str, of_them: Spellings) -> Iterator[tuple[str, float]]:
    """Yield the fields whose spelling is part of the word, or holds it."""
    for spelling, field in of_them:
        if spelling in lexicon.generic and word.replace(spelling, "", 1) not in lexicon.words:
            continue  # 价值类型 is no 类型 of a building, 房屋类型 is
        yield field, _contained(word, spelling)


def _contained(word: str, spelling: str) -> float:
    """Return how sure it is that one text inside the other means the same."""
    if len(spelling) < 2 or len(word) < 2:
        return 0.0
    if spelling in word:
        share = len(spelling) / len(word)
        at_edge = word.endswith(spelling) or word.startswith(spelling)
        sure = (0.62 if at_edge else 0.55) + 0.33 * share
        return sure if rest_of(word, spelling) is Rest.SAME else min(sure, PERHAPS)
    if _A_RATIO.match(spelling.removeprefix(word)):
        return 0.0  # 已投资 is a sum, 已投资比例 a part of one
    share = len(word) / len(spelling)
    named = _AHEAD if spelling == word + "名称" else 0.0  # 厂房 is 厂房名称, not 厂房编号
    at_edge = spelling.startswith(word) or spelling.endswith(word)
    return 0.45 + 0.4 * share + named if at_edge else 0.0


def _similar(lexicon: Lexicon, word: str) -> list[tuple[str, float]]:
    from rapidfuzz import fuzz, process

    least = (_TYPING_ERROR if word.isascii() else SIMILAR) * 100
    hits = process.extract(word, lexicon.names, scorer=fuzz.ratio, score_cutoff=least, limit=3)
    most = 1.0 if word.isascii() or len(word) >= _SHORT else PERHAPS
    return [
        (lexicon.exact[name], min(most, round(score / 100 * 0.95, 3)))
        for name, score, _ in hits
        if denies(word) is denies(name)  # 未建成用地 is one letter from 已建成用地
    ]


@lru_cache(maxsize=128)
def lexicon_of(entity: Entity) -> Lexicon:
    """Collect an entity's spellings; an earlier declaration wins a shared one."""
    exact: dict[str, str] = {}
    for field in entity:
        for title in (field.zh, field.en):
            exact.setdefault(_spelled(title), field.key)
    for field in entity:
        for synonym in field.synonyms:
            exact.setdefault(_spelled(synonym), field.key)
            exact.setdefault(take_apart((synonym,)).core, field.key)
    exact.pop("", None)
    spellings = tuple(sorted(exact.items(), key=lambda item: -len(item[0])))
    areas = sum(field.type is FieldType.AREA for field in entity)
    generic = _GENERIC | {_AREA} if areas > 1 else _GENERIC  # 已建面积 is none of several others
    days: dict[str, str] = {}
    for spelling, key in exact.items():
        if entity[key].type is FieldType.DATE and key != _POINT and len(spelling) > _SHORTEST_DAY:
            days.setdefault(_in_day_words(spelling), key)
    names = tuple(spelling for spelling, _ in spellings)
    words = frozenset((*entity.hints, entity.zh, "资产", ""))
    return Lexicon(exact, spellings, names, "\n".join(names), days, words, generic)


def _in_day_words(word: str) -> str:
    for words, one in _DAY_WORDS:
        word = words.sub(one, word)
    return word


def _spelled(text: str) -> str:
    """Return a catalogue spelling as headings are compared: （填报） and brackets joined on."""
    bare = text.replace("（填报）", "")
    heading = take_apart((bare,))
    return heading.core + heading.extra
