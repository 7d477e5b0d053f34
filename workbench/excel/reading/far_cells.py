# SPDX-License-Identifier: MIT
"""Cuts cells far outside their table away before calamine allocates the rectangle between."""

import io
import re
import zipfile

from workbench.excel.reading.marks_xlsx import FARTHEST_GAP
from workbench.excel.xlsx_package import XlsxPackage

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,9})[\"']")
_FAR_CELL = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"'][A-Z]{3}\d+[\"'][^>]*?(?:/>|>.*?</(?:\w+:)?c\s*>)", re.DOTALL
)
_LARGEST = 200_000_000


def without_far_cells(archive: zipfile.ZipFile) -> tuple[bytes, frozenset[str]]:
    """Return the file without far cells, and the names of sheets that lost a value by it."""
    package = XlsxPackage(archive)
    cut: dict[str, bytes] = {}
    lost = set()
    for sheet, part in package.sheets.items():
        content = b"".join(package.chunks(part, _LARGEST))
        kept = near_cells(content)
        if kept is not content:
            cut[part.filename] = kept
            if any(content.count(tag) != kept.count(tag) for tag in (b"</v>", b"</is>", b":v>")):
                lost.add(sheet)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for info in archive.infolist():
            copy.writestr(info.filename, cut.get(info.filename) or archive.read(info))
    return out.getvalue(), frozenset(lost)


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
