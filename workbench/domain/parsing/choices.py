# SPDX-License-Identifier: MIT
"""Reads yes/no cells and choices by value, synonym and containment; domain §3.3."""

import re
from collections.abc import Mapping
from functools import lru_cache

from workbench.domain.fields import Choice, Field
from workbench.domain.parsing.parsed import Parsed, Problem, notice, warning
from workbench.domain.parsing.text import plain, shown
from workbench.domain.parsing.traditional import simplified
from workbench.domain.values import Origin, ValueState

OTHER = "其他"
_YES = frozenset(
    [
        "是",
        "有",
        "√",
        "✓",
        "✔",
        "☑",
        "■",
        "●",
        "对",
        "已",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "已办",
        "已办理",
        "已完成",
        "全部",
        "涉及",
        "存在",
        "属于",
        "需要",
        "允许",
        "可以",
        "国家级",
        "省级",
        "市级",
        "区级",
        "县级",
    ]
)
_NO = frozenset(
    [
        "否",
        "无",
        "没有",
        "×",
        "✗",
        "✘",
        "☐",
        "□",
        "x",
        "不是",
        "未",
        "n",
        "no",
        "false",
        "f",
        "0",
        "非",
        "不",
        "未办",
        "未办理",
        "不涉及",
        "不存在",
        "正常",
        "无此情况",
    ]
)
_SEVERAL = re.compile("[/、,;+和与及]")
_TICKS = {
    "是": frozenset(["y", "yes", "true", "√", "✓", "✔", "☑"]),
    "否": frozenset(["n", "no", "false", "×", "✗", "✘", "x"]),
}
"""Signs that answer yes or no; they hold for choices that 是 and 否 answer too: 是否规上."""
_ENDED = ("已解", "解除", "解押", "解封", "已注销", "注销", "已撤销", "撤销", "已涂销", "涂销")
_ENDING = re.compile("[解销](?:除|押|封)?(?:手续)?(?:办理)?中|申请|办理|[拟待]|计划")
"""解押中: it is still there, or is it?"""
_NOT_ENDED = re.compile("[未没](?:有|能|予|曾)?(?:解[除押封]|注销|撤销|涂销)")
"""未解押: it is still there."""
_TICK, _BOX = "☑√✓✔■", "☑√✓✔■□☐"
_UNSETTLED = re.compile(
    r"[?？]|^(?:是|有)[/、或](?:否|无)$|不清|不详|不明|不确定|不知|未知|未核|待核|待查|待定|无法|没查|"
    r"未查(?!封)|未确|未提供|未填|无资料|无信息|^[曾原]|正在(?:办理|申请)"
)
"""不清楚 is no 不, 是/否 no answer, 曾抵押 not now and 正在办理抵押 not yet."""
_NO_STARTS = ("未", "无", "否", "没", "不", "非", "×")
_YES_STARTS = ("是", "有", "已", "正在", "部分", "√", "✓", "存在", "涉", "被", "全部")
_NEGATIONS = "未非无不没"
_ABOUT = re.compile("^(?:是否|有无)|(?:情况|状况|状态)$")
_NOT_SO = re.compile(f"[{_NEGATIONS}待拟将预?？]|计划|申请|办理|审批|考虑|可能|是否|否则")
"""Words that deny a thing or put it off, wherever they stand."""
_ASIDE = re.compile(r"\([^()]*\)$")
_NOT_YET = re.compile(
    r"预计|预期|预测|力争|(?<![模虚])拟|计划|即将|将[于要]|打算|准备|意向|洽谈|\d{4}年.{0,4}前|"
    r"tobe|planned|proposed|expected|willbe|dueto"
)
"""Words before a state that put it off: 拟解除, 预计2025年出租."""
_ONLY_TO_COME = re.compile(
    r"\(?(?:预计|预期|计划|拟|规划|目标|将|planned|proposed|expected)(?:于|在)?[\d年月日./\-初中底末前]*\)?"
)
"""出租（预计2026年）: what stands aside says nothing but that it is to come."""
_NOT_NOW = re.compile(
    f"not|un$|former|previously|待|曾|原|不再|停止|终止|[{_NEGATIONS}没]|自动|(?:可|申请|协商|正在)(?:办理)?$|前$"
)
"""Words before a state that deny it, or say it of the past."""
_STATE = re.compile("状态|验收|意见|取得方式")
_IS_PLAN = re.compile("^[待拟]|意向|规划")
"""Choices that are themselves of what is to come: 待拆, 扩产意向."""
_DONE, _IN_PART = "已", "部分"
_SPLIT = re.compile(r"[、,;/|\n，；]+")
_SIMILAR = 0.6


def parse_bool(field: Field, raw: object) -> Parsed:
    """Read a three-state cell; "无" is no, "是（司法查封）" is yes."""
    text = shown(raw)
    if isinstance(raw, bool):
        return Parsed(raw, Origin("TRUE" if raw else "FALSE"))
    if isinstance(raw, int | float):
        if raw in (0, 1):
            return Parsed(bool(raw), Origin(text))
        return _unknown(text, warning("not_a_flag", text=text))
    word = simplified(plain(text))
    answer = _answer(word, field)
    if answer is None:
        return _unknown(text, warning("not_a_flag", text=text.strip()))
    return Parsed(answer, Origin(text))


def _answer(word: str, field: Field) -> bool | None:
    if word in _YES:
        return True
    if word in _NO:
        return False
    if boxes := _boxes(word):
        ticked = [answer for box, answer in boxes if box in _TICK]
        return ticked[0] in ("是", "有") if len(ticked) == 1 else None
    if _UNSETTLED.search(word):
        return None
    return True if _NOT_ENDED.search(word) else _answer_in_words(word, field)


def _boxes(word: str) -> list[tuple[str, str]]:
    """Return the boxes of a form and what each stands for: ☑是 □否, or 是☑ 否□."""
    if word[:1] in _BOX:
        return re.findall(f"([{_BOX}])(是|有|否|无)", word)
    return [(box, answer) for answer, box in re.findall(f"(是|有|否|无)([{_BOX}])", word)]


def _answer_in_words(word: str, field: Field) -> bool | None:
    head = word.split("(")[0]
    if any(head.startswith(start) or f"({start}" in word for start in _ENDED):
        return None if _ENDING.search(word) else False
    if head.startswith(_NO_STARTS):
        return False
    if any(end in word for end in _ENDED):
        return None  # 已抵押，2024年已解押: which of the two holds is not for us to say
    if head.startswith(_YES_STARTS):
        return True
    names = {plain(name) for name in (field.zh, *field.synonyms)}
    if head and any(name.endswith(head) and len(head) > 1 for name in names):
        return True
    return _told_of(word, names)


def _told_of(word: str, names: set[str]) -> bool | None:
    """Read 抵押给建设银行 under 抵押情况: what is told of a thing exists, unless it ended."""
    if any(end in word for end in _ENDED) or _NOT_SO.search(word):
        return None
    things = {_ABOUT.sub("", name) for name in names}
    return True if any(len(thing) > 1 and thing in word for thing in things) else None


def parse_choice(field: Field, raw: object) -> Parsed:
    """Read one choice; what fits none goes to 其他 if there is one, with the raw text kept."""
    text = shown(raw)
    if is_put_off(field, text):
        return _unknown(text, warning("no_state_yet", text=text.strip()))
    found, ambiguous = match_choice(field, text)
    if found is not None:
        return Parsed(found, Origin(text))
    if ambiguous:
        return _unknown(text, warning("choice_ambiguous", text=text.strip()))
    if any(choice.value == OTHER for choice in field.choices):
        return Parsed(OTHER, Origin(text), (notice("choice_other", text=text.strip()),))
    suggestion = _nearest(field, plain(text))
    return _unknown(text, warning("unknown_choice", suggestion, text=text.strip()))


def is_put_off(field: Field, text: str) -> bool:
    """Tell whether a text names a choice only as one to come, denied or past: 拟解除, 曾出租."""
    word = simplified(plain(text))
    exact, longest = _spellings(field.choices)
    if word in exact:
        return False
    if (aside := _ASIDE.search(word)) and word[: aside.start()] in exact:
        return _ONLY_TO_COME.fullmatch(aside[0]) is not None
    said = next((name for name, _ in longest if len(name) > 1 and name in word), "")
    if not said:
        return _NOT_YET.match(word) is not None
    if _IS_PLAN.search(exact[said]):
        return False
    before, _, after = word.partition(said)
    if _NOT_YET.search(before) or (after and _ONLY_TO_COME.fullmatch(after)):
        return True
    if not _STATE.search(field.zh):
        return False
    claims = exact[said].startswith(_DONE)
    dated = any(map(str.isdigit, before)) and _DONE not in before + said
    return bool((claims and (dated or _IN_PART in before)) or _NOT_NOW.search(before))


def parse_choices(field: Field, raw: object) -> Parsed:
    """Read any number of choices, separated by 、 or commas."""
    text = shown(raw)
    values: list[str] = []
    problems: list[Problem] = []
    for part in _SPLIT.split(text):
        if not part.strip():
            continue
        if is_put_off(field, part):
            problems.append(warning("no_state_yet", text=part.strip()))
            continue
        found, _ = match_choice(field, part)
        if found is None:
            suggestion = _nearest(field, plain(part))
            problems.append(warning("unknown_choice", suggestion, text=part.strip()))
        elif found not in values:
            values.append(found)
    if not values:
        return Parsed(None, Origin(text, None, ValueState.UNKNOWN), tuple(problems))
    return Parsed(tuple(values), Origin(text), tuple(problems))


def match_choice(field: Field, text: str) -> tuple[str | None, bool]:
    """Return the choice a text means, and whether several fit equally well."""
    word = simplified(plain(text))
    exact, longest = _spellings(field.choices)
    value = exact.get(word) or exact.get(_ASIDE.sub("", word)) or _ticked(exact, word)
    if value is not None:
        return value, False
    if (
        len({found for piece in _SEVERAL.split(word) if (found := exact.get(piece)) is not None})
        > 1
    ):
        return None, True  # 市场法/基准地价法 are two, whichever is longer
    hits: dict[str, int] = {}
    for spelling, value in longest:
        at = word.find(spelling)
        if at >= 0 and len(spelling) > 1 and (at == 0 or word[at - 1] not in _NEGATIONS):
            hits[value] = max(hits.get(value, 0), len(spelling))
    if hits:
        best = max(hits.values())
        winners = [value for value, length in hits.items() if length == best]
        return (winners[0], False) if len(winners) == 1 else (None, True)
    inside = {value for spelling, value in longest if len(word) > 1 and word in spelling}
    return (inside.pop(), False) if len(inside) == 1 else (None, False)


def _ticked(exact: Mapping[str, str], word: str) -> str | None:
    """Return the choice that a tick or a cross means."""
    return next((exact.get(answer) for answer, signs in _TICKS.items() if word in signs), None)


@lru_cache(maxsize=256)
def _spellings(choices: tuple[Choice, ...]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return every spelling of the choices, for exact look-up and longest first."""
    exact: dict[str, str] = {}
    for choice in choices:
        exact.setdefault(plain(choice.value), choice.value)
    for choice in choices:
        for spelling in (*choice.synonyms, choice.en):
            exact.setdefault(plain(spelling), choice.value)
    return exact, tuple(sorted(exact.items(), key=lambda item: -len(item[0])))


def _nearest(field: Field, word: str) -> str | None:
    """Return the choice that looks most like a text, for a suggestion."""
    from rapidfuzz import fuzz, process

    names = [choice.value for choice in field.choices]
    best = process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=_SIMILAR * 100)
    return str(best[0]) if best else None


def _unknown(text: str, problem: Problem) -> Parsed:
    return Parsed(None, Origin(text, None, ValueState.UNKNOWN), (problem,))
