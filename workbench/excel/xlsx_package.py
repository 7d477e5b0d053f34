# SPDX-License-Identifier: MIT
"""The parts of an .xlsx or .xlsm file: which sheet is which part, styles, comments.

Regular expressions over the bytes, not a parser: no entity is ever expanded.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from posixpath import join, normpath
from typing import NamedTuple

from workbench.domain.tables.letters import column_index
from workbench.excel.reading.number_formats import BUILT_IN_PERCENTS, PERCENT, Shown, shown_by
from workbench.excel.reading.sheet_head import LONGEST_COMMENT, MOST_COMMENTS

SHEET_PARTS = "xl/worksheets/sheet"
"""How the names of the sheets' parts begin in a workbook of openpyxl's, and then a number."""
_PIECE = 1 << 20
_LARGEST_PART = 60_000_000
"""Styles, relations and comments beyond this are no ledger's."""
UNREADABLE = (
    KeyError, zipfile.BadZipFile, OSError, NotImplementedError, ValueError, RuntimeError, EOFError,
    zlib.error,
)  # fmt: skip


class Relation(NamedTuple):
    """What a part refers to: by which id, as what, and where; an external one is no part."""

    id: str
    kind: str
    target: str
    external: bool


class XlsxPackage:
    """An opened .xlsx file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {
            info.filename.replace("\\", "/").lower().lstrip("/"): info
            for info in archive.infolist()
        }
        self.sheets: dict[str, zipfile.ZipInfo] = {}
        """Sheet name → its part, in the order of the workbook."""
        self.damaged: set[str] = set()
        """Names of parts that were read and found to end early or not to match their checksum."""
        self.date1904 = False
        self.workbook = self._workbook_part()
        self._read_workbook()

    def chunks(self, part: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
        """Yield a part piece by piece, UTF-16 turned into UTF-8; a damaged part ends early."""
        try:
            with self._archive.open(part) as stream:
                head = stream.read(size)
                if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    decoded = io.TextIOWrapper(
                        io.BytesIO(head + stream.read(_LARGEST_PART)), "utf-16", errors="replace"
                    )
                    while text := decoded.read(size):
                        yield text.encode("utf-8")
                    return
                while head:
                    yield head
                    head = stream.read(size)
        except UNREADABLE:
            self.damaged.add(part.filename)

    def has_damaged_texts(self) -> bool:
        """Tell whether the texts that all sheets share do not match their checksum."""
        part = next((p for n, p in self._names.items() if n.endswith("sharedstrings.xml")), None)
        if part is None:
            return False
        for _ in self.chunks(part, _PIECE):
            pass
        return part.filename in self.damaged

    def comments(self, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes, str]]:
        """Yield the comments of a sheet as (column letters, row number, text)."""
        for relation in self.relations(part.filename):
            if not relation.kind.endswith(("/comments", "/threadedComment")):
                continue
            content = self.part(relation.target)
            for count, found in enumerate(_COMMENT.finditer(content)):
                if count >= MOST_COMMENTS:
                    return
                words = (text for text in _TEXT.findall(found[3]))
                text = unescape(b"".join(words).decode("utf-8", "replace"))[:LONGEST_COMMENT]
                yield found[1], found[2], text.strip()

    def pivots(self, part: zipfile.ZipInfo) -> list[tuple[int, int, int, int]]:
        """Return where the pivot tables of a sheet stand: (top, left, bottom, right)."""
        found = []
        for relation in self.relations(part.filename):
            if relation.kind.endswith("/pivotTable"):
                place = _LOCATION.search(self.part(relation.target))
                if place:
                    left, top, right, bottom = (word.decode("ascii") for word in place.groups())
                    found.append((int(top), column_index(left), int(bottom), column_index(right)))
        return found

    def shown_styles(self) -> dict[int, Shown]:
        """Return what the cell styles do to numbers, those that do something."""
        name = next((n for n in self._names if n.endswith("styles.xml")), "")
        content = self.part(name) if name else b""
        formats = dict.fromkeys(BUILT_IN_PERCENTS, PERCENT)
        for tag in re.findall(rb"<(?:\w+:)?numFmt\b[^>]*>", content):
            attributes = attributes_of(tag)
            number = attributes.get("numFmtId", "")
            if number.isdigit() and (shown := shown_by(unescape(attributes.get("formatCode", "")))):
                formats[int(number)] = shown
        block = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs\s*>", content, re.DOTALL)
        if block is None:
            return {}
        styles = re.findall(rb"<(?:\w+:)?xf\b[^>]*?\bnumFmtId=[\"'](\d{1,9})[\"'][^>]*>|"
                            rb"<(?:\w+:)?xf\b[^>]*>", block[0])  # fmt: skip
        return {
            style: formats[int(number)]
            for style, number in enumerate(styles)
            if number and int(number) in formats
        }

    def style_names(self) -> dict[int, str]:
        """Return the names of the cell styles by the number that looks refer to."""
        tags = re.findall(rb"<(?:\w+:)?cellStyle\b[^>]*>", self.part("xl/styles.xml"))
        said = map(attributes_of, tags)
        return {
            int(each["xfId"]): each["name"]
            for each in said
            if "name" in each and each.get("xfId", "").isdigit()
        }

    def part(self, name: str) -> bytes:
        """Return the content of a part, b"" when there is none or it is no ledger's."""
        info = self._names.get(name.lower().lstrip("/"))
        if info is None or info.file_size > _LARGEST_PART:
            return b""
        return b"".join(self.chunks(info, _LARGEST_PART))

    def relations(self, name: str) -> Iterator[Relation]:
        """Yield what a part refers to."""
        folder, _, base = name.replace("\\", "/").lstrip("/").rpartition("/")
        for tag in re.findall(_RELATION, self.part(f"{folder}/_rels/{base}.rels")):
            attributes = attributes_of(tag)
            target = attributes.get("Target", "")
            external = attributes.get("TargetMode") == "External"
            if not external:
                path = target.replace("\\", "/")
                target = path.lstrip("/") if path[:1] == "/" else normpath(join(folder, path))
            yield Relation(attributes.get("Id", ""), attributes.get("Type", ""), target, external)

    def content_type(self, name: str) -> str:
        """Return what the package says that a part is, "" when it says nothing."""
        content = self.part("[Content_Types].xml")
        ending = name.rpartition(".")[2].lower()
        by_ending = ""
        for tag in re.findall(rb"<(?:\w+:)?(?:Override|Default)\b[^>]*>", content):
            attributes = attributes_of(tag)
            if attributes.get("PartName", "").lstrip("/").lower() == name.lower():
                return attributes.get("ContentType", "")
            if attributes.get("Extension", "").lower() == ending:
                by_ending = attributes.get("ContentType", "")
        return by_ending

    def _workbook_part(self) -> str:
        """Return the part that is the workbook, which need not be called so."""
        for relation in self.relations(""):
            if relation.kind.endswith("/officeDocument") and relation.target.lower() in self._names:
                return relation.target.lower()
        found = (name for name in self._names if name.endswith("workbook.xml"))
        return next(found, "xl/workbook.xml")

    def _read_workbook(self) -> None:
        """Map sheet names to parts by the workbook's relations."""
        content = self.part(self.workbook)
        self.date1904 = bool(re.search(rb"\bdate1904=[\"'](?:1|true)[\"']", content))
        targets = {relation.id: relation.target for relation in self.relations(self.workbook)}
        for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", content):
            attributes = attributes_of(tag)
            part = self._names.get(targets.get(attributes.get("id", ""), "").lower())
            if part is not None and attributes.get("name"):
                self.sheets[attributes["name"]] = part


_LOCATION = re.compile(
    rb"<(?:\w+:)?location\b[^>]*?\bref=[\"']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})[\"']"
)
_RELATION = rb"<(?:\w+:)?Relationship\b[^>]*>"
_COMMENT = re.compile(
    rb"<(?:\w+:)?(?:threadedC|c)omment\b[^>]*?\bref=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>"
    rb"(.*?)</(?:\w+:)?(?:threadedC|c)omment\s*>",
    re.DOTALL,
)
_TEXT = re.compile(rb"<(?:\w+:)?(?:t|text)(?:\s[^>]*)?>([^<]*)</(?:\w+:)?(?:t|text)\s*>")


def attributes_of(tag: bytes) -> dict[str, str]:
    """Return a tag's attributes by local name."""
    found = re.findall(
        r"([\w.-]+(?::[\w.-]+)?)\s*=\s*(\"[^\"]*\"|'[^']*')", tag.decode("utf-8", "replace")
    )
    return {name.rpartition(":")[2]: unescape(value[1:-1]) for name, value in found}
