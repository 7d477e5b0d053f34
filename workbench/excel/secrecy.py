# SPDX-License-Identifier: MIT
"""Looks through every part of a written workbook for names that were to be hidden."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path

from workbench.application.ports import Texts
from workbench.domain.findings import OutputError
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.redaction.markup import APART, marked_words
from workbench.excel.xlsx_package import SHEET_PARTS

_TEXT_PARTS = (".xml", ".rels", ".vml")
_STRINGS = "xl/sharedStrings.xml"
_STRING = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+\d+)"[^>]*?t="s"[^>]*><v>(\d+)</v>')
_INLINE = re.compile(r'<c r="([A-Z]+\d+)"[^>]*?t="inlineStr"[^>]*>(.*?)</c>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MOST = 5
Place = tuple[str, str]
"""Where a name was found, and the name."""


def refuse_names(
    file: Path, place: Path, sheets: Sequence[str], hidden: Codes, texts: Texts
) -> None:
    """Raise OutputError that names the places where a hidden name is left."""
    found = list(dict.fromkeys(names_left(file, sheets, hidden)))
    if found:
        listed = texts("report.comma").join(f"{where}（{name}）" for where, name in found[:_MOST])
        raise OutputError("report_redact.left", path=str(place), places=listed, count=len(found))


def names_left(file: Path, sheets: Sequence[str], hidden: Codes) -> Iterator[Place]:
    """Yield where hidden names are left: a cell of a sheet, or a part of the package."""
    with zipfile.ZipFile(file) as package:
        spoiled = dict(_in_strings(package, hidden))
        harmless: set[str] = set()
        parts = {f"{SHEET_PARTS}{number}.xml": name for number, name in enumerate(sheets, start=1)}
        for part in package.namelist():
            if part == _STRINGS or not part.lower().endswith(_TEXT_PARTS):
                continue
            xml = package.read(part).decode("utf-8", "replace")
            sheet = parts.get(part)
            if sheet is not None:
                yield from _in_cells(sheet, xml, spoiled, hidden)
                xml = _INLINE.sub("", xml)
            for name in _in_words(marked_words(xml), hidden, harmless):
                yield sheet or part, name


def _in_words(words: str, hidden: Codes, harmless: set[str]) -> Iterator[str]:
    """Yield the names in the words of a part, most of which stand in many others too."""
    for each in dict.fromkeys(words.split(APART)):
        if each in harmless:
            continue
        if left := hidden.left_in(each):
            yield from left
        else:
            harmless.add(each)


def _in_cells(
    sheet: str, xml: str, spoiled: Mapping[int, list[str]], hidden: Codes
) -> Iterator[Place]:
    for cell, index in _CELL.findall(xml) if spoiled else ():
        for name in spoiled.get(int(index), ()):
            yield f"{sheet}!{cell}", name
    for cell, words in _INLINE.findall(xml):
        for name in hidden.left_in(unescape(_TAG.sub("", words))):
            yield f"{sheet}!{cell}", name


def _in_strings(package: zipfile.ZipFile, hidden: Codes) -> Iterator[tuple[int, list[str]]]:
    """Yield the numbers of shared texts that hold a name; runs of letters are put together."""
    if _STRINGS not in package.namelist():
        return
    content = package.read(_STRINGS).decode("utf-8", "replace")
    for index, found in enumerate(_STRING.finditer(content)):
        if left := hidden.left_in(unescape(_TAG.sub("", found[1] or ""))):
            yield index, left
