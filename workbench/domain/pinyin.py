# SPDX-License-Identifier: MIT
"""How Chinese is spelled in Latin letters, every reading of a character; tones are left out.

pypinyin takes 0.16 s to import, so it is only when the first Chinese character is asked for.
"""

from functools import cache


@cache
def readings(char: str) -> tuple[str, ...]:
    """Return the spellings of one character, the usual one first; () when it has none.

    重 gives zhong and chong; ü is spelled v, as input methods do.
    """
    if char.isascii():
        return ()
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return tuple(dict.fromkeys(found[0])) if found else ()


def slug(text: str) -> str:
    """Return a text as an identifier: words and syllables joined by underscores, "" for none."""
    parts: list[str] = []
    word = ""
    for char in text.casefold():
        if char.isascii() and char.isalnum():
            word += char
            continue
        parts.append(word)
        word = ""
        parts += readings(char)[:1]
    parts.append(word)
    return "_".join(part for part in parts if part)


_ENDINGS = {"省": " Province", "市": " City", "县": " County", "区": " District"}


def place_name(text: str) -> str:
    """Return the name of a Chinese region in Latin letters: 旌德县 becomes Jingde County.

    The last character is translated where it says of what kind the region is.
    """
    ending = _ENDINGS.get(text[-1:], "") if len(text) > 2 else ""
    stem = text[:-1] if ending else text
    spelled = "".join((readings(char) or (char,))[0] for char in stem)
    return spelled[:1].upper() + spelled[1:] + ending
