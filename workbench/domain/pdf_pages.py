# SPDX-License-Identifier: MIT
"""How many pages a PDF has, by its own table of objects; None where that cannot be said for sure.

Only what a count needs is read of ISO 32000-1: cross-reference tables and streams (7.5.4, 7.5.8),
object streams (7.5.7) and the page tree (7.7.3). The stated /Count is believed only when walking
the tree finds as many pages.
"""

import re
import zlib

MOST_PAGES = 20_000
"""A tree with more is not walked."""
_MOST_TABLES = 1_000
_MOST_UNPACKED = 64 * 1024 * 1024
_START = re.compile(rb"startxref\s+(\d+)")
_SECTION = re.compile(rb"\s*(\d+)\s+(\d+)\s*\n?")
_OBJECT = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\b")
_REFERENCE = rb"\s*(\d+)\s+\d+\s+R\b"
_INTEGERS = re.compile(rb"-?\d+")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_EACH = re.compile(rb"(\d+)\s+\d+\s+R\b")
_ROOT = re.compile(rb"/Root" + _REFERENCE)
_PAGES = re.compile(rb"/Pages" + _REFERENCE)
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_MARKS = re.compile(rb"<<|>>|\((?:[^()\\]|\\.)*\)|%[^\r\n]*", re.DOTALL)
_ENTRY = 20
_Place = tuple[int, int]
"""Offset and −1, or the number of the object stream and the place in it."""


class _UnclearError(Exception):
    """What is needed is not there, or not as the standard says."""


def page_count(pdf: bytes) -> int | None:
    """Return the number of pages, None when it is not certain (damaged, enciphered, unusual)."""
    try:
        return _Document(pdf).pages()
    except (_UnclearError, ValueError, IndexError, zlib.error, RecursionError):
        return None


class _Document:
    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._places: dict[int, _Place] = {}
        self._root = -1
        self._packed: dict[int, list[bytes]] = {}
        starts = _START.findall(pdf)
        if not pdf.startswith(b"%PDF") or not starts:
            raise _UnclearError
        self._read_tables(int(starts[-1]))

    def pages(self) -> int:
        found = _PAGES.search(self._dictionary(self._root))
        if found is None:
            raise _UnclearError
        top = int(found[1])
        stated = _integer(self._dictionary(top), b"Count")
        if stated is None or not 0 < stated <= MOST_PAGES:
            raise _UnclearError
        if self._walked(top) != stated:
            raise _UnclearError
        return stated

    def _walked(self, top: int) -> int:
        """Return how many pages the tree holds; a node met twice is a circle."""
        count, seen, left = 0, set[int](), [top]
        while left:
            node = left.pop()
            if node in seen or len(seen) > 2 * MOST_PAGES:
                raise _UnclearError
            seen.add(node)
            written = self._dictionary(node)
            kids = _KIDS.search(written)
            if kids is None:
                if re.search(rb"/Type\s*/Page\b(?!s)", written) is None:
                    raise _UnclearError
                count += 1
                continue
            left += [int(kid) for kid in _EACH.findall(kids[1])]
        return count

    # ---- where objects lie

    def _read_tables(self, start: int) -> None:
        """Read the newest table and those before it; the newest place of an object holds."""
        left, seen = [start], set[int]()
        while left:
            at = left.pop(0)
            if at in seen or len(seen) > _MOST_TABLES:
                raise _UnclearError
            seen.add(at)
            table = self._pdf[at : at + 16].lstrip()
            trailer = self._plain_table(at) if table.startswith(b"xref") else self._stream_table(at)
            if self._root < 0 and (root := _ROOT.search(trailer)) is not None:
                self._root = int(root[1])
            for name in (b"XRefStm", b"Prev"):
                if (before := _integer(trailer, name)) is not None:
                    left.append(before)

    def _plain_table(self, start: int) -> bytes:
        at = self._pdf.index(b"xref", start) + 4
        while (section := _SECTION.match(self._pdf, at)) is not None:
            first, count = int(section[1]), int(section[2])
            at = section.end()
            for number in range(first, first + count):
                entry = self._pdf[at : at + _ENTRY]
                if len(entry) < _ENTRY - 1 or entry[17:18] not in (b"n", b"f"):
                    raise _UnclearError
                if entry[17:18] == b"n":
                    self._places.setdefault(number, (int(entry[:10]), -1))
                else:
                    self._places.setdefault(number, (0, -1))
                at += _ENTRY
        return self._written_after(self._pdf.index(b"trailer", at) + len(b"trailer"))

    def _stream_table(self, start: int) -> bytes:
        opening = _OBJECT.match(self._pdf, start)
        if opening is None:
            raise _UnclearError
        written = self._written_after(opening.end())
        widths = _integers(written, b"W")
        size = _integer(written, b"Size")
        if len(widths) != 3 or size is None or b"/XRef" not in written:
            raise _UnclearError
        index = _integers(written, b"Index") or [0, size]
        data = self._stream(opening.end(), written)
        step, at = sum(widths), 0
        for first, count in zip(index[::2], index[1::2], strict=True):
            for number in range(first, first + count):
                kind, place, within = _numbers(data[at : at + step], widths)
                at += step
                here = (place, -1) if kind == 1 else (place, within) if kind == 2 else (0, -1)
                self._places.setdefault(number, here)
        return written

    # ---- what objects say

    def _dictionary(self, number: int) -> bytes:
        place, within = self._places.get(number, (0, -1))
        if within >= 0:
            return self._of_stream(place)[within]
        opening = _OBJECT.match(self._pdf, place) if place else None
        if opening is None or int(opening[1]) != number:
            raise _UnclearError
        return self._written_after(opening.end())

    def _of_stream(self, number: int) -> list[bytes]:
        """Return the objects of an object stream."""
        if number not in self._packed:
            place, within = self._places.get(number, (0, -1))
            opening = _OBJECT.match(self._pdf, place) if place and within < 0 else None
            if opening is None or int(opening[1]) != number:
                raise _UnclearError
            written = self._written_after(opening.end())
            first, count = _integer(written, b"First"), _integer(written, b"N")
            if first is None or count is None or b"/ObjStm" not in written:
                raise _UnclearError
            data = self._stream(opening.end(), written)
            heads = [int(each) for each in data[:first].split()][1 : 2 * count : 2]
            ends = [*heads[1:], len(data) - first]
            self._packed[number] = [
                data[first + begin : first + end] for begin, end in zip(heads, ends, strict=True)
            ]
        return self._packed[number]

    def _written_after(self, at: int) -> bytes:
        """Return the dictionary that begins here, without its strings."""
        begun = self._pdf.index(b"<<", at)
        if self._pdf[at:begun].strip():
            raise _UnclearError
        depth, place = 0, begun
        for mark in _MARKS.finditer(self._pdf, begun):
            depth += {b"<<": 1, b">>": -1}.get(mark[0], 0)
            if depth == 0:
                place = mark.end()
                break
        if place == begun:
            raise _UnclearError
        return _STRING.sub(b"()", self._pdf[begun:place])

    def _stream(self, at: int, written: bytes) -> bytes:
        begun = self._pdf.index(b"stream", at)
        begun += 8 if self._pdf[begun + 6 : begun + 8] == b"\r\n" else 7
        if b"/FlateDecode" not in written or written.count(b"Decode") != written.count(
            b"/FlateDecode"
        ) + written.count(b"/DecodeParms"):
            raise _UnclearError
        data = zlib.decompressobj().decompress(self._pdf[begun:], _MOST_UNPACKED)
        predictor = _integer(written, b"Predictor") or 1
        return _unpredicted(data, _integer(written, b"Columns") or 1) if predictor > 9 else data


def _unpredicted(data: bytes, width: int) -> bytes:
    """Take back the PNG predictors None, Sub and Up, which tables of objects use."""
    rows, above = bytearray(), bytes(width)
    for at in range(0, len(data), width + 1):
        kind, row = data[at], bytearray(data[at + 1 : at + 1 + width])
        if kind == 2:
            row = bytearray((a + b) & 255 for a, b in zip(row, above, strict=True))
        elif kind == 1:
            for place in range(1, len(row)):
                row[place] = (row[place] + row[place - 1]) & 255
        elif kind:
            raise _UnclearError
        rows += row
        above = bytes(row)
    return bytes(rows)


def _numbers(entry: bytes, widths: list[int]) -> tuple[int, int, int]:
    """Return the three numbers of an entry; a kind that is not written is 1."""
    if len(entry) != sum(widths):
        raise _UnclearError
    first, second, _ = widths
    kind = int.from_bytes(entry[:first]) if first else 1
    return (
        kind,
        int.from_bytes(entry[first : first + second]),
        int.from_bytes(entry[first + second :]),
    )


def _integer(written: bytes, name: bytes) -> int | None:
    found = re.search(rb"/" + name + rb"\s+(-?\d+)(?!\s+\d+\s+R\b)", written)
    return None if found is None else int(found[1])


def _integers(written: bytes, name: bytes) -> list[int]:
    found = re.search(rb"/" + name + rb"\s*\[([^\]]*)\]", written)
    return [] if found is None else [int(each) for each in _INTEGERS.findall(found[1])]
