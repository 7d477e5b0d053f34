# SPDX-License-Identifier: MIT
"""Takes a column heading apart: its words, what stood in brackets, its unit and its levels."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.parsing.text import INVISIBLE
from workbench.domain.parsing.traditional import simplified
from workbench.domain.parsing.units import (
    canonical_unit,
    is_area_unit,
    is_money_unit,
    is_refused_unit,
    is_unit,
)

_BLANKS = re.compile(rf"[\s{INVISIBLE}]+")
_SPACES = re.compile(rf"[\s{INVISIBLE}*★☆●◆▲※#]+")
_BRACKETS = re.compile(r"[(\[【〔〈<](.*?)[)\]】〕〉>]")
ORDINAL = re.compile(r"^(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\)?[、.)]|[①-⑳])(?=\D)")
_UNIT_WORDS = re.compile(r"^(?:单位[:为]?|计量单位[:为]?)")
_REMARKS = re.compile(r"[,，;；、。]")
_LATIN = re.compile(r"[a-z][a-z .,'&/_-]*", re.I)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_FEWEST_LATIN = 3
_LONGEST = 400
"""So much of a heading is looked at: with its remarks none is longer, a hostile one may be."""
_OF_WHICH = re.compile(r"^其中[:,]?(?=.)")
_TWO_LEVELS = re.compile(r"([\u4e00-\u9fff]{2,}?)[_\-—–]([\u4e00-\u9fff]+)")
"""建筑面积_可租: two levels of a heading in one cell."""
YEAR_WORD = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:年度|年|(?<=[\u4e00-\u9fff)）]\d{4})$|"
    r"(?<=[(（]\d{4})(?=[)）]$))"
)
"""A year as headings and titles name it: 2023年产值, 产值（万元）2023."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading taken apart: its words, what stood in brackets, its unit and its levels."""

    text: str
    core: str
    extra: str = ""
    unit: str = ""
    parent: str = ""
    above: str = ""
    """The parent right above, of several."""

    @property
    def joined(self) -> str:
        """Return parent and child as one word: 抵押情况 + 抵押权人."""
        return self.parent + self.core


def normalize(text: str) -> str:
    """Return a heading for comparison: half-width, no spaces, marks or leading ordinal."""
    wide = simplified(unicodedata.normalize("NFKC", text.replace("㎡", "平方米")))
    wide = _SPACES.sub("", wide).lower()
    return _OF_WHICH.sub("", ORDINAL.sub("", wide).strip(":;,.、。"))


def take_apart(levels: Sequence[str]) -> Heading:
    """Split a heading (its levels, outermost first) into words, brackets and unit."""
    texts = [text[:_LONGEST] for text in levels if text.strip()]
    if not texts:
        return Heading("", "")
    shown = "_".join(_BLANKS.sub("", text) for text in texts)
    core, extra, unit = _split(texts[-1])
    parents = [_split(text) for text in texts[:-1]]
    if (both := _TWO_LEVELS.fullmatch(core)) is not None:
        parents.append((both[1], "", ""))
        core = both[2]
    if not core and parents:  # the lowest level holds nothing but a unit
        core, extra, upper = parents.pop()
        unit = unit or upper
    if not core and extra:  # 〔用地面积〕: the brackets hold all there is
        core, extra = extra, ""
    core = core or normalize(texts[-1])
    unit = unit or next((p[2] for p in reversed(parents) if p[2]), "")
    parent = "".join(p[0] for p in parents if p[0] != core)
    above = parents[-1][0] if parents else ""
    return Heading(shown, core, extra, unit, parent, "" if above == core else above)


def _split(text: str) -> tuple[str, str, str]:
    """Return a heading's words, what stood in brackets, and its unit."""
    word = normalize(text)
    unit, extras = "", []
    for inside in _BRACKETS.findall(word):
        bare = _UNIT_WORDS.sub("", inside).lstrip("≥≤><=")
        if not unit and (is_unit(bare) or is_refused_unit(bare)):
            unit = canonical_unit(bare)  # one that is refused is told so, never taken for ㎡
        elif not unit and (said := _unit_beside_words(bare)):
            unit = said  # （平方米，保留两位小数）
        else:
            extras.append(inside)
    core = _BRACKETS.sub("", word)
    if not unit:
        core, unit = _trailing_unit(core)
    return core.strip("/:_-—"), "".join(extras), unit


def _unit_beside_words(text: str) -> str:
    """Return the unit among the remarks of one bracket, "" for none or several."""
    parts = [_UNIT_WORDS.sub("", part) for part in _REMARKS.split(text)]
    units = {canonical_unit(part) for part in parts if is_unit(part)}
    return units.pop() if len(parts) > 1 and len(units) == 1 else ""


def _trailing_unit(core: str) -> tuple[str, str]:
    """Cut a unit off 面积/m² , 建筑面积:平方米 or 账面原值万元."""
    if is_unit(core):
        return "", canonical_unit(core)
    if core.endswith("单元"):  # a room, not money
        return core, ""
    for mark in ("万元/", "元/"):  # 租金 元/㎡·月
        at = core.find(mark)
        if at > 1 and is_unit(core[at:]):
            return core[:at], canonical_unit(core[at:])
    for mark in ("/", ":", ","):
        head, found, tail = core.partition(mark)
        if found and head and is_unit(tail):
            return head, canonical_unit(tail)
    for length in range(min(6, len(core) - 2), 0, -1):
        tail = core[-length:]
        if (is_money_unit(tail) or is_area_unit(tail) or tail == "%") and tail not in (
            "平", "块", "平方",
        ):  # fmt: skip
            return core[:-length], canonical_unit(tail)
    return core, ""


def chinese_part(core: str) -> str:
    """Return the Chinese of a heading in two languages (Building name 楼栋名称), or ""."""
    chinese = _LATIN.sub("", core)
    return (
        chinese if len(core) - len(chinese) > _FEWEST_LATIN and _CHINESE.fullmatch(chinese) else ""
    )
