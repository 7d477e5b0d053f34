# SPDX-License-Identifier: MIT
"""Reads delimited text in UTF-8, UTF-16, GBK or GB18030; every cell stays text."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress

from workbench.excel.reading.sheet_head import SheetHead, UnreadableError

_DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE_LINES = 20
_MOST_ROWS = 1_100_000
_MOST_COLUMNS, _NEAR_COLUMNS = 16_384, 702
_LARGEST_AREA = 10_000_000
"""Rows by columns beyond which only columns up to ZZ are read, so that the memory suffices."""

_LONGEST_FIELD = 200_000
_ENCODINGS = ("utf-8", "gb18030")
_END_OF_TEXT = b"\x1a"
BAD_CHARACTER = "\ufffd"
_MOST_BAD = 200
"""Of so many characters beyond ASCII one may be damaged."""

_HEADING = 300
"""Characters in which none may be: damage there is another encoding."""


def decoded(data: bytes) -> str:
    """Return a file's text; UnreadableError if it is in none of the encodings we know."""
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
        return _checked(text)
    return _with_bad_characters(data, head)


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


def read_csv(text: str, name: str) -> Iterator[tuple[SheetHead, Iterator[list[object]]]]:
    """Yield the one sheet of a delimited text."""
    csv.field_size_limit(_LONGEST_FIELD)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    width = max((len(row) for row in rows), default=0)
    if width > _MOST_COLUMNS or width * len(rows) > _LARGEST_AREA:
        width = min(width, _NEAR_COLUMNS)
    head = SheetHead(name, height=len(rows))
    if any(cell.strip() for row in rows for cell in row[width:]):
        head.notes.append("columns_beyond")
    if BAD_CHARACTER in text:
        head.notes.append("bad_characters")
    yield head, (_padded(row, width) for row in rows)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Return every row; a quote that nothing closes must not swallow the rows below it."""
    lines = io.StringIO(text, newline="")
    with suppress(csv.Error):
        return _limited(csv.reader(lines, delimiter=delimiter, strict=True))
    lines.seek(0)
    try:
        rows = _limited(csv.reader(lines, delimiter=delimiter))
    except csv.Error as fault:
        raise UnreadableError("file_damaged", detail=str(fault)) from fault
    swallowed = any("\n" in cell and delimiter in cell for row in rows for cell in row)
    return _limited(_by_line(text, delimiter)) if swallowed else rows


def _by_line(text: str, delimiter: str) -> Iterator[list[str]]:
    """Read each line for itself; where quotes do not pair, a quote is a character."""
    for line in text.splitlines():
        if line.count('"') % 2:
            yield line.split(delimiter)
        else:
            yield next(csv.reader([line], delimiter=delimiter), [])


def _limited(rows: Iterator[list[str]]) -> list[list[str]]:
    found = [row for _, row in zip(range(_MOST_ROWS), rows, strict=False)]
    if len(found) == _MOST_ROWS:
        raise UnreadableError("file_too_large")
    return found


def _padded(row: list[str], width: int) -> list[object]:
    cells = [cell[2:-1] if cell[:2] == '="' and cell[-1:] == '"' else cell for cell in row[:width]]
    return [*cells, *([""] * (width - len(row)))]


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the first lines most, and most evenly."""
    lines = [line for line in text[:60_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = [line.count(delimiter) for line in lines]
        if not counts or max(counts) == 0:
            continue
        usual = max(set(counts), key=lambda n: (counts.count(n), n))
        score = usual * counts.count(usual) / len(counts)
        if score > most:
            best, most = delimiter, score
    return best
