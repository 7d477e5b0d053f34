# SPDX-License-Identifier: MIT
"""Text of a cell: as shown, normalized for matching, and the tokens that mean "not known"."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from workbench.domain.parsing.parsed import Fault, PercentNumber

BLANK_TOKENS = frozenset(
    {
        "", "-", "--", "---", "—", "——", "–", "―", "─", "/", "//", "\\", "…", "……", "...", "*",
        "无", "暂无", "没有", "不详", "待核", "待核实", "待定", "待查", "待补充", "待填",
        "無", "暫無", "沒有",
        "空白", "空", "未知", "未办理", "未办", "缺", "缺失", "n/a", "na", "none",
        "null", "nil", "?", "??", "tbd", "(空白)", "(空)",
    }
)  # fmt: skip
"""Cells that say nothing, after ``plain``; never 0 and never a name."""

DITTO_TOKENS = frozenset(
    {"同上", "同 上", "同　上", "同上行", "上同", "同前", "〃", "″", "〞", "”", '"', "''"}
)
"""Cells that repeat the one above."""
NOT_APPLICABLE_TOKENS = frozenset({"不适用", "不涉及", "notapplicable"})
ERROR_TEXTS = frozenset(
    {"#n/a", "#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!"}
)
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
"""Characters that show nothing: they come along from web pages, chats and file names."""

_SPACES = re.compile(rf"[\s\u00a0{INVISIBLE}]+")
OUTSIDE = " \t\r\n\u00a0\u3000" + INVISIBLE
"""What is no part of a kept text at its ends."""
_FORMULA_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "Ｏ": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6,
    "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_CHINESE_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ONE_SPELLING = {"萬": "万", "億": "亿"}
_CHINESE_WORDS = "".join((*_CHINESE_DIGITS, *_CHINESE_SCALES, *_CHINESE_MYRIADS))
_CHINESE_FIGURE = re.compile(
    rf"^(?P<before>[^\d{_CHINESE_WORDS}]*)(?P<whole>[{_CHINESE_WORDS}]+)"
    rf"(?:点(?P<part>[{''.join(_CHINESE_DIGITS)}]+))?"
    rf"(?P<after>(?:$|[亩㎡公元圆层年个月家人%平方吨米余多左以栋幢部台间户座套(])[^\d{_CHINESE_WORDS}]*)$"
)
_EXACT_FLOAT = 10.0**15


def plain(text: str) -> str:
    """Return a text for matching: half-width, lower case, without any space."""
    if text.isascii() and text.isprintable() and " " not in text:
        return text.lower()
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


def tidy(text: str) -> str:
    """Return a text as it is kept: outer spaces and the ``="…"`` of CSV exports removed."""
    kept = text.strip(OUTSIDE)
    if kept.startswith('="') and (match := _FORMULA_TEXT.match(kept)):
        return match[1]
    return kept


def is_blank(text: str) -> bool:
    """Tell whether a text says nothing."""
    return plain(text) in BLANK_TOKENS


def shown(raw: object) -> str:
    """Return what a cell shows, as text."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return _shown_float(raw)
    if isinstance(raw, PercentNumber):
        return f"{Decimal(repr(raw.value)) * 100:f}%"
    if isinstance(raw, Fault):
        return raw.text
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ")
    if isinstance(raw, date | time | timedelta):
        return str(raw)
    return str(raw)


def _shown_float(number: float) -> str:
    """Return a float without binary noise, exponent or needless fraction."""
    if number.is_integer() and abs(number) < _EXACT_FLOAT:
        return str(int(number))
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text else text


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral such as 二十五 or 二〇一五, or None."""
    if not text or not all(c in _CHINESE_DIGITS or c in _CHINESE_SCALES for c in text):
        return None
    if not any(c in _CHINESE_SCALES for c in text):
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[char]
        else:
            total += (digit or 1) * _CHINESE_SCALES[char]
            digit = 0
    return total + digit


def in_digits(text: str) -> str | None:
    """Return 约1.2万㎡ for 约一万二千㎡ and 1200万元整 for 壹仟贰佰万元整; None without a numeral.

    A 万 or 亿 of the numeral stays a word: it says that the figure is in no larger unit.
    """
    match = _CHINESE_FIGURE.match(text)
    if match is None or match["whole"][0] in "百佰千仟万萬亿億":
        return None
    whole, scale = match["whole"], ""
    value = Decimal(0)
    for myriad in ("亿億", "万萬"):
        head, sign, whole = _cut(whole, myriad)
        if sign:
            number = chinese_number(head)
            if number is None:
                return None
            value += Decimal(number) * _CHINESE_MYRIADS[sign]
            scale = scale or sign
    if whole:
        number = chinese_number(whole.lstrip("零〇")) if whole.strip("零〇") else 0
        if number is None:
            return None
        value += number
    if match["part"]:
        value += Decimal("0." + "".join(str(_CHINESE_DIGITS[c]) for c in match["part"]))
    if scale:
        value /= _CHINESE_MYRIADS[scale]
    return (
        f"{match['before']}{value.normalize():f}{_ONE_SPELLING.get(scale, scale)}{match['after']}"
    )


def _cut(text: str, signs: str) -> tuple[str, str, str]:
    """Cut a numeral at one of the signs: what is before it, the sign, and the rest."""
    for sign in signs:
        head, found, rest = text.partition(sign)
        if found:
            return head.lstrip("零〇"), sign, rest
    return "", "", text
