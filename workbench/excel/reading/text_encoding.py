# SPDX-License-Identifier: MIT
"""Finds out how a text is encoded: UTF-8, UTF-16, UTF-32, GBK, GB18030 or Big5, or none we know."""

import re
from contextlib import suppress

from workbench.excel.reading.sheet_head import UnreadableError

_ENCODINGS = ("utf-8", "gb18030")
_BIG5 = "cp950"
_SEVEN_BITS = re.compile(r"~\{(?:[!-~]{2})+~\}|\+[A-Za-z0-9+/]{5,}")
_SAMPLE, _FEWEST = 20_000, 10
"""How much is looked at, and how many letters beyond ASCII tell something."""

_WRITTEN, _SENSE, _CLEARLY = 0.7, 0.9, 0.12
"""Which share of letters is in use in any Chinese text; and in one that is read as it was written,
simplified or traditional, by how much more than in one that is misread."""

_FEW, _KANA, _LAST_USUAL = 4, 0.15, 0xD7
"""Letters and share of kana that let another encoding be thought of; GB 2312's usual letters."""
_JAPANESE = re.compile("[\u3041-\u30fe]")
_OTHERS = (
    ("Shift-JIS", "cp932", _JAPANESE), ("EUC-JP", "euc_jp", _JAPANESE),
    ("EUC-KR", "cp949", re.compile("[\uac00-\ud7a3]")),
)  # fmt: skip

_END_OF_TEXT = b"\x1a"
BAD_CHARACTER = "\ufffd"
_MOST_BAD = 200
"""Of so many characters beyond ASCII one may be damaged."""

_HEADING = 300
"""Characters in which none may be: damage there is another encoding."""


def decoded(data: bytes) -> str:
    """Return a file's text; UnreadableError if it is in none of the encodings we know."""
    try:
        return _decoded(data)
    except UnreadableError as fault:
        if fault.code == "encoding_unknown" and (likely := perhaps_in(data)):
            raise UnreadableError("encoding_perhaps", encoding=likely) from fault
        raise


def _decoded(data: bytes) -> str:
    for mark, encoding in (
        (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if data.startswith(mark):
            return _try(data, encoding)
    head = data[:4000]
    if head.count(0) > len(head) // 8:
        return _without_mark(data, head)
    data = data.removeprefix(b"\xef\xbb\xbf").removesuffix(_END_OF_TEXT)
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        _refuse_seven_bits(text)
        if encoding != "utf-8" and is_big5(data):
            return _try(data, _BIG5)
        if encoding != "utf-8" and _is_strange(text):
            raise UnreadableError("encoding_unknown")
        return _checked(text)
    return _with_bad_characters(data, head)


def is_big5(data: bytes) -> bool:
    """Tell whether a text makes more sense as Big5, as which it is read; a person should know."""
    head = data[: 2 * _SAMPLE]
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return False
    one, other = (_letters(head.decode(encoding, "replace")) for encoding in ("gb18030", _BIG5))
    if min(len(one), len(other)) < _FEWEST or other.count(BAD_CHARACTER) > 1:
        return False
    return max(_shares(other)) > _SENSE and max(_shares(one)) < max(_shares(other)) - _CLEARLY


def perhaps_in(data: bytes) -> str:
    """Return the East Asian encoding that a text may be in which was read as GB 18030, or "".

    It only explains why nothing was understood: a few letters prove nothing.
    """
    head = data[: 2 * _SAMPLE]
    with suppress(UnicodeDecodeError):
        head.decode("utf-8")
        return ""
    for name, encoding, written in _OTHERS:
        letters = _letters(head.decode(encoding, "replace"))
        if len(letters) < _FEW or BAD_CHARACTER in letters:
            continue
        theirs = sum(1 for letter in letters if written.match(letter))
        if theirs >= len(letters) * (_KANA if written is _JAPANESE else _SENSE):
            return name
    letters = _letters(head.decode(_BIG5, "replace"))
    if len(letters) < _FEW or BAD_CHARACTER in letters or _shares(letters)[1] < _SENSE:
        return ""
    ours = _letters(head.decode("gb18030", "replace"))
    usual = sum(1 for letter in ours if _is_in(letter, "gb2312", _LAST_USUAL))
    return "Big5" if usual < len(ours) * _WRITTEN else ""


def _letters(text: str) -> str:
    """Return the letters beyond ASCII among the first of a text."""
    return "".join(
        letter
        for letter in text[:_SAMPLE]
        if ord(letter) > 127 and (letter.isalpha() or letter == BAD_CHARACTER)
    )


def _shares(letters: str) -> tuple[float, float]:
    """Return which share is among the 6,763 letters of GB 2312, and the 5,401 usual of Big5."""
    simplified = sum(1 for letter in letters if _is_in(letter, "gb2312", 0xF7))
    return simplified / len(letters), sum(1 for x in letters if _is_in(x, _BIG5, 0xC6)) / len(
        letters
    )


def _is_in(letter: str, encoding: str, last: int) -> bool:
    with suppress(UnicodeEncodeError):
        return letter.encode(encoding)[0] <= last
    return False


def _is_strange(text: str) -> bool:
    """Tell whether many letters are ones that nobody writes: the text is in another encoding."""
    letters = _letters(text)
    written = sum(1 for x in letters if _is_in(x, "gb2312", 0xF7) or _is_in(x, _BIG5, 0xC6))
    return len(letters) >= _FEWEST and written < len(letters) * _WRITTEN


def _refuse_seven_bits(text: str) -> None:
    """Refuse HZ and UTF-7, whose Chinese looks like plain letters and would be read as such."""
    if not text.isascii() or not (marks := _SEVEN_BITS.findall(text[:_SAMPLE])):
        return
    for encoding in ("hz", "utf-7"):
        with suppress(UnicodeDecodeError):
            words = _letters("".join(f"{mark}-" for mark in marks).encode().decode(encoding))
            if len(words) >= _FEWEST and max(_shares(words)) > _SENSE:
                raise UnreadableError("encoding_unknown")


def _with_bad_characters(data: bytes, head: bytes) -> str:
    """Decode a text in which a few bytes are damaged: fields cut in the middle of a character."""
    texts = [data.decode(encoding, "replace") for encoding in _ENCODINGS]
    best = min(texts, key=lambda text: text.count(BAD_CHARACTER))
    letters = sum(1 for character in best if ord(character) > 127)
    many = best.count(BAD_CHARACTER) > letters // _MOST_BAD + 1
    if 0 in head or many or BAD_CHARACTER in best[:_HEADING]:
        raise UnreadableError("file_damaged" if 0 in head else "encoding_unknown")
    return _checked(best)


def _without_mark(data: bytes, head: bytes) -> str:
    """Decode UTF-16 without a byte-order mark: ASCII leaves its zeros on one side."""
    little = head[1::2].count(0) >= head[0::2].count(0)
    return _try(data, "utf-16-le" if little else "utf-16-be")


def _try(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError as fault:
        raise UnreadableError("encoding_unknown") from fault


def _checked(text: str) -> str:
    """Refuse what decodes but is no text."""
    sample = text[:4000]
    controls = sum(1 for c in sample if ord(c) < 32 and c not in "\t\r\n\f")
    if controls > max(2, len(sample) // 100) or "\x00" in sample:
        raise UnreadableError("file_damaged", detail="control characters")
    return text
