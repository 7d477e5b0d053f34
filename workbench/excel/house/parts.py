# SPDX-License-Identifier: MIT
"""Parts of a template that no library of ours can model, taken with all that they need, as bytes.

Pictures of the page header, text boxes, SmartArt, backgrounds and sparklines are carried this way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.excel.xlsx_package import Relation, XlsxPackage, attributes_of

_DEEPEST = 4
_CARRIED = re.compile(r"/(?:image|hyperlink|diagram\w+)$")
"""The relations whose targets stand on their own; charts and controls need cells of a template."""
_IMAGE = re.compile(r"/image$")
_ANCHOR = re.compile(
    rb"<(\w+:|)(twoCellAnchor|oneCellAnchor|absoluteAnchor)\b.*?</\1\2\s*>", re.DOTALL
)
_OF_CONTROL = b"compatExt"
_ENDING = re.compile(r"[a-z0-9]{1,5}")
_HEADER_PICTURES = rb"<(?:\w+:)?legacyDrawingHF\b[^>]*>"
_DRAWING = rb"<(?:\w+:)?drawing\b[^>]*>"
_BACKGROUND = rb"<(?:\w+:)?picture\b[^>]*>"
_SPARKLINES = re.compile(
    rb"<ext\b[^>]*\buri=\"\{05C60535-1F16-4fd2-B633-F4F36F0B64E0\}\"[^>]*>.*?</ext\s*>",
    re.DOTALL | re.IGNORECASE,
)
_RANGE = re.compile(rb"(<xm:f>)([^<]*)(</xm:f>)")


@dataclass(frozen=True, slots=True)
class Need:
    """What a part refers to by an id: another part, or a place outside the package."""

    id: str
    kind: str
    part: "Part | None"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it stands in a template."""

    ending: str
    content_type: str
    content: bytes
    needs: tuple[Need, ...] = ()


def header_pictures(package: XlsxPackage, sheet: str) -> Part | None:
    """Return the pictures of a sheet's header and footer; None without any that is whole."""
    found = _referred(package, sheet, _HEADER_PICTURES)
    part = _read(package, found.target, "vmlDrawing") if found and not found.external else None
    if part is None or not part.needs or _missing(package, found):
        return None
    return part


def background(package: XlsxPackage, sheet: str) -> Part | None:
    """Return the picture behind a sheet."""
    found = _referred(package, sheet, _BACKGROUND)
    return _read(package, found.target, "image") if found and not found.external else None


def drawing(package: XlsxPackage, sheet: str) -> Part | None:
    """Return pictures, shapes and text boxes of a sheet, without charts, controls and links."""
    found = _referred(package, sheet, _DRAWING)
    if found is None or found.external:
        return None
    part = _read(package, found.target, "drawing")
    if part is None:
        return None
    kept = {need.id for need in part.needs}
    left = {relation.id for relation in package.relations(found.target)} - kept
    content = _ANCHOR.sub(
        lambda anchor: b"" if _needs(anchor[0], left) else anchor[0], part.content
    )
    if not _ANCHOR.search(content):
        return None
    return Part(part.ending, part.content_type, content, part.needs)


def sparklines(content: bytes, sheet: str) -> bytes:
    """Return the sparklines of a sheet over cells of its own, b"" when there are none.

    The sheet's name in their ranges is left out as ``{sheet}``, for the name that it will have.
    """
    from openpyxl.xml.functions import fromstring  # the safe one

    found = _SPARKLINES.search(content)
    if found is None:
        return b""
    names = (sheet.encode(), b"'" + sheet.replace("'", "''").encode() + b"'")
    ranges = [match[2].rpartition(b"!") for match in _RANGE.finditer(found[0])]
    if not ranges or any(place not in names for place, _, _ in ranges):
        return b""
    try:
        fromstring(found[0])
    except (ValueError, SyntaxError):
        return b""  # its names are declared elsewhere in the sheet
    return _RANGE.sub(lambda m: m[1] + b"{sheet}!" + m[2].rpartition(b"!")[2] + m[3], found[0])


def pictures(package: XlsxPackage, sheet: str) -> Iterator[bytes]:
    """Yield the pictures that a sheet's drawing shows."""
    found = _referred(package, sheet, _DRAWING)
    if found is not None and not found.external:
        for relation in package.relations(found.target):
            if _IMAGE.search(relation.kind) and not relation.external:
                yield package.part(relation.target)


def shapes(package: XlsxPackage, sheet: str) -> bool:
    """Tell whether text boxes, shapes or SmartArt stand on a sheet."""
    found = _referred(package, sheet, _DRAWING)
    content = package.part(found.target) if found is not None else b""
    return bool(re.search(rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[ >]|/diagram\"", content))


def _referred(package: XlsxPackage, sheet: str, tag: bytes) -> Relation | None:
    """Return what the last such element of a sheet refers to."""
    tags = re.findall(tag, package.part(sheet))
    wanted = attributes_of(tags[-1]).get("id", "") if tags else ""
    return next((r for r in package.relations(sheet) if wanted and r.id == wanted), None)


def _read(package: XlsxPackage, name: str, kind: str, depth: int = 0) -> Part | None:
    content, ending = package.part(name), name.rpartition(".")[2].lower()
    content_type = package.content_type(name)
    if not content or depth > _DEEPEST or not content_type or not _ENDING.fullmatch(ending):
        return None
    needs = []
    for relation in package.relations(name):
        if not _CARRIED.search(relation.kind) or (relation.external and _is_image(relation)):
            continue
        part = None
        if not relation.external:
            part = _read(package, relation.target, kind, depth + 1)
            if part is None:
                continue
        needs.append(Need(relation.id, relation.kind, part, relation.target))
    return Part(ending, content_type, content, tuple(needs))


def _is_image(relation: Relation) -> bool:
    return bool(_IMAGE.search(relation.kind))


def _missing(package: XlsxPackage, found: Relation | None) -> bool:
    """Tell whether a part shows a picture that is not there."""
    assert found is not None
    wanted = re.findall(rb"\bo:relid=\"([^\"]*)\"", package.part(found.target))
    there = {r.id for r in package.relations(found.target) if package.part(r.target)}
    return not wanted or any(each.decode() not in there for each in wanted)


def _needs(anchor: bytes, ids: set[str]) -> bool:
    """Tell whether an anchored thing is a control or refers to what was not taken."""
    used = re.findall(rb"\br:\w+=\"([^\"]*)\"", anchor)
    return _OF_CONTROL in anchor or any(each.decode("utf-8", "replace") in ids for each in used)
