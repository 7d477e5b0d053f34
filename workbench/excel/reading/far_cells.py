# SPDX-License-Identifier: MIT
"""Cuts cells far outside their table away before calamine allocates the rectangle between."""

import io
import re
import zipfile
from html import unescape

from workbench.excel.reading.marks_xlsx import FARTHEST_GAP
from workbench.excel.xlsx_package import XlsxPackage

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,9})[\"']")
_FAR_CELL = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"'][A-Z]{3}\d+[\"'][^>]*?(?:/>|>.*?</(?:\w+:)?c\s*>)", re.DOTALL
)
_TABLE = re.compile(rb"(<table:table\s[^>]*>)(.*?)(</table:table>)", re.DOTALL)
_TABLE_NAME = re.compile(rb"table:name=[\"']([^\"']*)[\"']")
_REPEATED_ROW = re.compile(
    rb"<table:table-row\b[^>]*?number-rows-repeated=[\"'](\d{1,9})[\"'][^>]*?"
    rb"(?:/>|>.*?</table:table-row>)",
    re.DOTALL,
)
_LARGEST = 200_000_000
_VALUES = (b"</v>", b"</is>", b":v>")
_STRAY = 5
"""Values beyond column ZZ up to which they are strays, not a part of the table."""


def without_far_cells(archive: zipfile.ZipFile) -> tuple[bytes, dict[str, str]]:
    """Return the file without far cells, and by sheet the note that says which values it lost."""
    package = XlsxPackage(archive)
    cut: dict[str, bytes] = {}
    lost: dict[str, str] = {}
    for sheet, part in package.sheets.items():
        content = b"".join(package.chunks(part, _LARGEST))
        kept = near_cells(content)
        if kept is not content:
            cut[part.filename] = kept
            if (gone := _values_in(content) - _values_in(kept)) > 0:
                beyond = _values_in(content) - _values_in(_FAR_CELL.sub(b"", content))
                many = beyond > _STRAY and beyond * 2 > gone
                lost[sheet] = "columns_beyond" if many else "cells_far_away"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for info in archive.infolist():
            copy.writestr(info.filename, cut.get(info.filename) or archive.read(info))
    return out.getvalue(), lost


def without_far_rows(archive: zipfile.ZipFile) -> tuple[bytes, dict[str, str]]:
    """Return an .ods without what stands below a vast gap, and the note of each sheet that had it.

    In such a file one row, repeated, stands for the gap.
    """
    content = archive.read("content.xml")
    lost: dict[str, str] = {}

    def near(table: re.Match[bytes]) -> bytes:
        name = _TABLE_NAME.search(table[1])
        for gap in _REPEATED_ROW.finditer(table[2]):
            below = table[2][gap.end() :]
            if int(gap[1]) > FARTHEST_GAP and b"value-type" not in gap[0]:
                if b"value-type" in below and name:
                    lost[unescape(name[1].decode("utf-8", "replace"))] = "cells_far_away"
                return table[1] + table[2][: gap.start()] + table[3]
        return table[0]

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for info in archive.infolist():
            part = archive.read(info)
            copy.writestr(info.filename, _TABLE.sub(near, content) if part == content else part)
    return out.getvalue(), lost


def _values_in(content: bytes) -> int:
    return sum(content.count(tag) for tag in _VALUES)


def near_cells(content: bytes) -> bytes:
    """Return a sheet without cells beyond column ZZ, and without rows after a gap."""
    kept = _FAR_CELL.sub(b"", content)
    last = 0
    for row in _ROW.finditer(kept):
        number = _NUMBER.search(row[1])
        if number is None:
            continue
        if last and int(number[1]) > last + FARTHEST_GAP:
            return kept[: row.start()] + kept[_last_row_end(kept, row.start()) :]
        last = int(number[1])
    return kept if len(kept) != len(content) else content


def _last_row_end(content: bytes, start: int) -> int:
    """Return where the last row of the sheet ends."""
    end = start
    for match in _ROW_END.finditer(content, start):
        end = match.end()
    for match in _ROW.finditer(content, end):
        if match[1].rstrip().endswith(b"/"):
            end = match.end()
    return end
