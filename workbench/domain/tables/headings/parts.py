# SPDX-License-Identifier: MIT
"""Headings that name two or three things at once: 结构/层数, 土地/建筑面积, 产权证号及面积."""

import re
from collections.abc import Iterator, Sequence

from workbench.domain.tables.headings.words import Heading, take_apart

_MARKS = "/／、,，;；|+＋"
_WORDS = "及和与"
_MOST = 3
_CHINESE = re.compile(r"[\u4e00-\u9fff（）()㎡/·%&\w]+")
_OPEN, _CLOSE = "([【〔（", ")]】〕）"


def parts_of(heading: Heading) -> Iterator[tuple[str, tuple[Heading, ...]]]:
    """Yield how a heading may be parted: what parts it, and what each part would be called.

    A word that the last part alone has may be meant of the first too: 土地/建筑面积 is 土地面积 and
    建筑面积; or one of the first of the last: 租金单价/总额.
    """
    above, found, last = heading.text.rpartition("_")
    parents = above.split("_") if found else []
    for mark in (*_MARKS, *_WORDS):
        texts = _cut(last, mark)
        if 1 < len(texts) <= _MOST and all(map(_names_something, texts)):
            for words in (texts, *_completed(texts)):
                yield mark, tuple(take_apart((*parents, word)) for word in words)


def _cut(text: str, mark: str) -> list[str]:
    """Cut a text at a mark that stands outside of brackets."""
    depth, start, found = 0, 0, []
    for at, letter in enumerate(text):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if letter == mark and depth == 0:
            found.append(text[start:at])
            start = at + 1
    return [*found, text[start:]]


def _names_something(text: str) -> bool:
    return _CHINESE.fullmatch(text) is not None


def _completed(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield two parts in which a word of the one is added to the other, longest first."""
    if len(texts) != 2:
        return
    one, two = texts
    bare = re.split(r"[(（]", two)[0]
    for at in range(1, len(bare)):
        yield [one + bare[at:], two]
    for at in range(len(one) - 1, 0, -1):
        yield [one, one[:at] + two]
