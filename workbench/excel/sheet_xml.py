# SPDX-License-Identifier: MIT
"""Reads from .xlsx sheet XML what calamine does not tell: hidden rows, errors, missing results.

Regular expressions over the bytes, not a parser: no entity is ever expanded, a sheet of 100,000
rows costs a fraction of reading its values, and cells far outside the table are cut away before
calamine would allocate the empty rectangle between.
"""

import io
import re
import zipfile
from html import unescape
from posixpath import join, normpath

from workbench.domain.tables.sheets import column_index
from workbench.excel.sheet_head import SheetHead

FARTHEST_GAP = 20_000
"""Blank rows after which what follows is taken for a stray cell, not for the table."""

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_PLAIN_ROW = re.compile(rb"<row\b([^>]*)>")
"""The same without a prefix: a pattern that starts with a word is searched twice as fast."""
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")
_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)/?>")
_MIN_MAX = re.compile(rb"\b(min|max)=[\"'](\d+)[\"']")
_FAR_CELL = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"'][A-Z]{3}\d+[\"'][^>]*?(?:/>|>.*?</(?:\w+:)?c\s*>)", re.DOTALL
)
_FAR_REFERENCE = re.compile(rb"\br=[\"'][A-Z]{3}\d")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*>"
    rb"(?:(?!</(?:\w+:)?c\s*>).)*?<(?:\w+:)?v\s*>([^<]*)<",
    re.DOTALL,
)
_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*>\s*<(?:\w+:)?f\b[^>]*?"
    rb"(?:/>|>([^<]*)</(?:\w+:)?f\s*>)\s*(<(?:\w+:)?v\s*>[^<]+<|<(?:\w+:)?is\b)?"
)
_PERCENT_BUILT_IN = frozenset({9, 10})
_MOST_MARKS = 400_000


class Package:
    """The parts of one .xlsx file, scanned once: what calamine gets, and what it does not tell."""

    def __init__(self, archive: zipfile.ZipFile, data: bytes) -> None:
        self._archive = archive
        self._data = data
        self._names = {
            info.filename.lower().lstrip("/"): info.filename for info in archive.infolist()
        }
        self._parts: dict[str, str] = {}
        self._heads: dict[str, SheetHead] = {}
        self.date1904 = False
        self._read_workbook()
        percents = self._find_percent_styles()
        self._styled = _styled(percents) if percents else None

    def data(self) -> bytes:
        """Scan the sheets; return the file without cells that stand far outside their table."""
        cut: dict[str, bytes] = {}
        for sheet, name in self._parts.items():
            content = self._part(name)
            kept = without_far_cells(content)
            head = SheetHead(sheet, date1904=self.date1904)
            if kept is not content:
                cut[name] = kept
                if any(content.count(tag) != kept.count(tag) for tag in (b"</v>", b"</is>")):
                    head.notes.append("cells_far_away")
            self._scan(kept, head)
            self._heads[sheet] = head
        if not cut:
            return self._data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
            for info in self._archive.infolist():
                content = cut.get(info.filename) or self._archive.read(info)
                copy.writestr(info.filename, content)
        return out.getvalue()

    def head(self, name: str) -> SheetHead:
        """Return what the sheet's XML says beside the values."""
        return self._heads.get(name) or SheetHead(name, date1904=self.date1904)

    def _scan(self, content: bytes, head: SheetHead) -> None:
        _hidden(content, head)
        if b't="e"' in content or b"t='e'" in content:
            for column, row, text in _ERROR_CELL.findall(content)[:_MOST_MARKS]:
                shown = unescape(text.decode("utf-8", "replace"))
                head.errors.append((int(row), _column(column), shown))
        _formulas(content, head)
        if self._styled is not None:
            for column, row in self._styled.findall(content)[:_MOST_MARKS]:
                head.percents.append((int(row), _column(column)))

    def _part(self, name: str) -> bytes:
        try:
            content = self._archive.read(name)
        except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
            return b""
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16", "replace").encode("utf-8")
        return content

    def _named(self, name: str) -> str | None:
        return self._names.get(name.lower().lstrip("/"))

    def _read_workbook(self) -> None:
        """Map sheet names to parts by the workbook's relations."""
        workbook = next(
            (n for key, n in self._names.items() if key.endswith("workbook.xml")), "xl/workbook.xml"
        )
        content = self._part(workbook)
        self.date1904 = bool(re.search(rb"\bdate1904=[\"'](?:1|true)[\"']", content))
        folder, _, base = workbook.rpartition("/")
        relations = self._part(self._named(f"{folder}/_rels/{base}.rels") or "")
        targets = {}
        for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", relations):
            attributes = _attributes(tag)
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            targets[attributes.get("Id", "")] = path
        for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", content):
            attributes = _attributes(tag)
            part = self._named(targets.get(attributes.get("id", ""), ""))
            if part and attributes.get("name"):
                self._parts[attributes["name"]] = part

    def _find_percent_styles(self) -> frozenset[int]:
        """Return the cell styles whose number format is a percentage."""
        part = next((n for key, n in self._names.items() if key.endswith("styles.xml")), "")
        content = self._part(part) if part else b""
        formats = set(_PERCENT_BUILT_IN)
        for tag in re.findall(rb"<(?:\w+:)?numFmt\b[^>]*>", content):
            attributes = _attributes(tag)
            code = re.sub(r'"[^"]*"|\\.', "", attributes.get("formatCode", ""))
            if "%" in code and attributes.get("numFmtId", "").isdigit():
                formats.add(int(attributes["numFmtId"]))
        block = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs\s*>", content, re.DOTALL)
        if block is None:
            return frozenset()
        styles = re.findall(rb"<(?:\w+:)?xf\b[^>]*>", block[0])
        return frozenset(
            index
            for index, tag in enumerate(styles)
            if (number := _attributes(tag).get("numFmtId", "")).isdigit() and int(number) in formats
        )


def _attributes(tag: bytes) -> dict[str, str]:
    """Return a tag's attributes by local name."""
    found = re.findall(
        r"([\w.-]+(?::[\w.-]+)?)\s*=\s*(\"[^\"]*\"|'[^']*')", tag.decode("utf-8", "replace")
    )
    return {name.rpartition(":")[2]: unescape(value[1:-1]) for name, value in found}


def _column(letters: bytes) -> int:
    return column_index(letters.decode("ascii"))


def without_far_cells(content: bytes) -> bytes:
    """Cut cells beyond column ZZ, and rows after a gap that no table has."""
    kept = _FAR_CELL.sub(b"", content) if _has_far_column(content) else content
    last = 0
    rows = _ROW if b":row" in kept else _PLAIN_ROW
    for row in rows.finditer(kept):
        number = _NUMBER.search(row[1])
        if number is None:
            continue
        if last and int(number[1]) > last + FARTHEST_GAP:
            return kept[: row.start()] + kept[_last_row_end(kept, row.start()) :]
        last = int(number[1])
    return kept


def _has_far_column(content: bytes) -> bool:
    """Look at the last cell of each row: cells stand in the order of their columns."""
    if b"</row>" not in content or b' r="' not in content:
        return bool(_FAR_REFERENCE.search(content))
    start = 0
    while (end := content.find(b"</row>", start)) >= 0:
        at = content.rfind(b' r="', start, end)
        if at >= 0 and content[at + 4 : at + 7].isalpha():
            return True
        start = end + 6
    return False


def _last_row_end(content: bytes, start: int) -> int:
    """Return where the last row of the sheet ends."""
    end = start
    for match in _ROW_END.finditer(content, start):
        end = match.end()
    for match in _ROW.finditer(content, end):
        if match[1].rstrip().endswith(b"/"):
            end = match.end()
    return end


def _hidden(content: bytes, head: SheetHead) -> None:
    if b"hidden=" not in content:
        return
    for row in _ROW.finditer(content):
        if b"hidden" in row[1] and _HIDDEN.search(row[1]) and (number := _NUMBER.search(row[1])):
            head.hidden_rows.append(int(number[1]))
    for col in _COL.finditer(content[: max(content.find(b"sheetData"), 0) or len(content)]):
        if _HIDDEN.search(col[1]):
            ends = dict(_MIN_MAX.findall(col[1]))
            first, last = int(ends.get(b"min", b"0")), int(ends.get(b"max", b"0"))
            if first > 0 and last - first < 1000:
                head.hidden_columns.extend(range(first, last + 1))


def _formulas(content: bytes, head: SheetHead) -> None:
    """Note formulas whose result was never stored, and count those that look at other sheets."""
    if b"<f" not in content and b":f>" not in content:
        return
    for count, match in enumerate(_FORMULA_CELL.finditer(content)):
        formula = match[3] or b""
        if b"!" in formula:
            head.foreign_formulas += 1
        if match[4] is None and len(head.uncached) < _MOST_MARKS:
            text = "=" + unescape(formula.decode("utf-8", "replace"))
            head.uncached.append((int(match[2]), _column(match[1]), text))
        if count > _MOST_MARKS:
            return


def _styled(styles: frozenset[int]) -> re.Pattern[bytes]:
    """Return a pattern for cells of some styles."""
    numbers = b"|".join(str(style).encode() for style in sorted(styles))
    return re.compile(
        rb"<(?:\w+:)?c\b(?=[^>]*\bs=[\"'](?:"
        + numbers
        + rb")[\"'])(?![^>]*\bt=[\"'](?:s|str|inlineStr|b|e)[\"'])"
        rb"[^>]*?\br=[\"']([A-Z]{1,3})(\d+)[\"']"
    )
