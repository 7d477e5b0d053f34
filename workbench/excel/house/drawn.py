# SPDX-License-Identifier: MIT
"""What is drawn on a sheet of a template: carried as it stands, without what needs its cells."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from html import unescape
from xml.sax.saxutils import escape

from workbench.excel.house.lines import PLACE, joined
from workbench.excel.house.parts import DRAWING, Part, read, referred
from workbench.excel.xlsx_package import XlsxPackage

_ANCHOR = re.compile(
    rb"<(\w+:|)(twoCellAnchor|oneCellAnchor|absoluteAnchor)\b.*?</\1\2\s*>", re.DOTALL
)
_USED = re.compile(rb"\br\w*:\w+\s*=\s*[\"']([^\"']*)[\"']")
_LINK = re.compile(
    rb"<(\w+:|)(hlink(?:Click|Hover|MouseOver))\b([^>]*?)(?:/>|>.*?</\1\2\s*>)", re.DOTALL
)
_MACRO = re.compile(rb"(\bmacro\s*=\s*[\"'])[^\"']+")
_CELL = re.compile(rb"\s\btextlink\s*=\s*[\"'][^\"']+[\"']")
_CAMERA = re.compile(
    rb"<(\w+:|)ext\b[^>]*>\s*<(?:\w+:)?cameraTool\b[^>]*?(?:/>|>.*?</(?:\w+:)?cameraTool\s*>)"
    rb"\s*</\1ext\s*>", re.DOTALL,
)  # fmt: skip
_RUN = re.compile(rb"(<(?:\w+:)?t(?:\s[^>]*)?>)([^<]+)(</(?:\w+:)?t\s*>)")
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[ >].*?</(?:\w+:)?p\s*>", re.DOTALL)
_OLD_DRAWING = rb"<(?:\w+:)?legacyDrawing\b[^>]*>"
_OLD_SHAPE = re.compile(
    rb"<(v:(?:shape|rect|oval|line|roundrect|group|arc|curve|polyline|image))\b.*?</\1\s*>",
    re.DOTALL,
)
_OBJECT = re.compile(rb"<x:ClientData\b[^>]*\bObjectType=[\"'](\w+)")
_KINDS = (
    (rb"compatExt|<(?:\w+:)?control\b|oleObj", "controls"),
    (rb"/chart(?:ex)?\"|<\w+:chart\b", "charts"),
    (rb"slicer|timeslicer", "slicers"),
    (rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[ >]|/diagram\"|contentPart", "shapes"),
    (rb"<(?:\w+:)?pic\b", "pictures"),
)
"""What tells what an anchored thing is, the surest first."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a sheet and carried, and the codes of what is not."""

    part: Part | None = None
    lost: frozenset[str] = frozenset()


def drawing(package: XlsxPackage, sheet: str) -> Drawing:
    """Return pictures, shapes and text boxes of a sheet, without charts, controls and links."""
    found = referred(package, sheet, DRAWING)
    if found is None or found.external:
        return Drawing()
    part = read(package, found.target)
    if part is None or not _is_whole(part.content):
        return Drawing(None, frozenset({"spoiled"}))
    kept = {need.id for need in part.needs}
    left = {relation.id for relation in package.relations(found.target)} - kept
    lost: set[str] = set()

    def keep(anchor: re.Match[bytes]) -> bytes:
        content = _without_links(anchor[0], left, lost)
        if not _stands_alone(content, left):
            lost.add(_kind(content))
            return b""
        return content

    content = _PARAGRAPH.sub(_with_whole_places, _ANCHOR.sub(keep, part.content))
    for pattern, instead, code in (
        (_MACRO, rb"\g<1>", "macros"), (_CELL, b"", "formulas"), (_CAMERA, b"", "formulas"),
    ):  # fmt: skip
        content, count = pattern.subn(instead, content)
        if count:
            lost.add(code)
    if not _ANCHOR.search(content):
        return Drawing(None, frozenset(lost))
    return Drawing(Part(part.ending, part.content_type, content, part.needs), frozenset(lost))


def _is_whole(content: bytes) -> bool:
    """Tell whether a drawing can be read to its end; a report with another is called damaged."""
    from openpyxl.xml.functions import fromstring  # the safe one

    try:
        fromstring(content)
    except (ValueError, SyntaxError):
        return False
    return True


def kinds(package: XlsxPackage, sheet: str) -> frozenset[str]:
    """Return the codes of what is drawn on a sheet."""
    found = referred(package, sheet, DRAWING)
    content = package.part(found.target) if found is not None and not found.external else b""
    return frozenset(_kind(anchor[0]) for anchor in _ANCHOR.finditer(content))


def legacy(package: XlsxPackage, sheet: str) -> frozenset[str]:
    """Return the codes of what a sheet's old drawing holds: controls, signature lines, comments."""
    found = referred(package, sheet, _OLD_DRAWING)
    content = package.part(found.target) if found is not None and not found.external else b""
    return frozenset(_old_kind(shape[0]) for shape in _OLD_SHAPE.finditer(content))


def _old_kind(shape: bytes) -> str:
    if b"signatureline" in shape:
        return "signature_line"
    said = _OBJECT.search(shape)
    if said is None:
        return "shapes"
    return "comments" if said[1] == b"Note" else "controls"


def places(drawing: Part | None) -> set[str]:
    """Return the names in braces that stand in text boxes and shapes."""
    return {name for words in _words(drawing) for name in PLACE.findall(words)}


def filled(drawing: Part, words: Mapping[str, str]) -> Part:
    """Return a drawing with words in the places of its texts, all else as it stands."""

    def put(run: re.Match[bytes]) -> bytes:
        text = unescape(run[2].decode("utf-8", "replace"))
        if not PLACE.search(text):
            return run[0]
        said = PLACE.sub(lambda place: words.get(place[1], place[0]), text)
        return run[1] + escape(said).encode() + run[3]

    return replace(drawing, content=_RUN.sub(put, drawing.content))


def _with_whole_places(paragraph: re.Match[bytes]) -> bytes:
    """Return a paragraph whose places for words stand in one run each."""
    texts = _texts(paragraph[0])
    if (whole := joined(texts)) == texts:
        return paragraph[0]
    runs = iter(whole)
    return _RUN.sub(lambda run: run[1] + escape(next(runs)).encode() + run[3], paragraph[0])


def _words(drawing: Part | None) -> list[str]:
    return _texts(drawing.content) if drawing is not None else []


def _texts(content: bytes) -> list[str]:
    return [unescape(run[1].decode("utf-8", "replace")) for run in _RUN.findall(content)]


def _kind(anchor: bytes) -> str:
    return next((code for mark, code in _KINDS if re.search(mark, anchor)), "shapes")


def _without_links(anchor: bytes, left: Collection[str], lost: set[str]) -> bytes:
    """Return an anchored thing without the links that lead into the template or to files."""

    def drop(link: re.Match[bytes]) -> bytes:
        if not _ids(link[3]) & set(left):
            return link[0]
        lost.add("hyperlinks")
        return b""

    return _LINK.sub(drop, anchor)


def _stands_alone(anchor: bytes, left: Collection[str]) -> bool:
    """Tell whether an anchored thing is no control and needs nothing that was not taken."""
    return b"compatExt" not in anchor and not _ids(anchor) & set(left)


def _ids(content: bytes) -> set[str]:
    return {each.decode("utf-8", "replace") for each in _USED.findall(content)}
