# SPDX-License-Identifier: MIT
"""How Chinese names are written in Latin letters: in pinyin, and by the initials of a firm."""

import re
from collections.abc import Iterator

from workbench.domain.checks.similar_names import core_name
from workbench.domain.pinyin import readings

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_PERSON = 4
_SHORTEST_FULL, _SHORTEST_INITIALS = 5, 4
_VOWELS = frozenset("aeo")


def spelled(name: str, brand: str) -> Iterator[str]:
    """Yield a name in Latin letters: jincheng and jckj for 锦程科技, a person in either order.

    ``brand`` is what is peculiar to the name. Initials with a vowel might be a word of any text.
    """
    if _CHINESE.fullmatch(brand):
        syllables = _syllables(brand)
        orders = {"".join(syllables), "".join((*syllables[1:], syllables[0]))}
        is_person = brand == name and len(name) <= _LONGEST_PERSON
        for full in sorted(orders) if is_person else ["".join(syllables)]:
            if len(full) >= _SHORTEST_FULL:
                yield full
    core = core_name(name)
    core = core[core.find(brand) :] if brand and brand in core else core
    if _CHINESE.fullmatch(core):
        initials = "".join(syllable[:1] for syllable in _syllables(core))
        if len(initials) >= _SHORTEST_INITIALS and not _VOWELS & set(initials):
            yield initials


def _syllables(words: str) -> list[str]:
    return [next(iter(readings(char)), "") for char in words]
