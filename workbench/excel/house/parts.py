# SPDX-License-Identifier: MIT
"""Parts of a template that no library of ours can model, taken with all that they need, as bytes.

Pictures of the page header, text boxes, SmartArt, backgrounds and sparklines are carried this way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.excel.xlsx_package import Relation, XlsxPackage, attributes_of

_DEEPEST = 4
_CARRIED = re.compile(r"/(?:image|diagram\w+)$")
"""The relations whose targets stand on their own; charts and controls need cells of a template."""
_IMAGE = re.compile(r"/image$")
_THEME = re.compile(r"/theme$")
_MARKUP, _DECLARED = frozenset({"xml", "vml"}), re.compile(rb"<!(?:DOCTYPE|ENTITY)\b")
_ENDING = re.compile(r"[a-z0-9]{1,5}")
_HEADER_PICTURES = rb"<(?:\w+:)?legacyDrawingHF\b[^>]*>"
DRAWING = rb"<(?:\w+:)?drawing\b[^>]*>"
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
    found = referred(package, sheet, _HEADER_PICTURES)
    part = read(package, found.target) if found and not found.external else None
    if part is None or not part.needs or _missing(package, found):
        return None
    return part


def theme(package: XlsxPackage) -> Part | None:
    """Return the theme with the pictures that it needs; None when it lacks one of them."""
    found = next((r for r in package.relations(package.workbook) if _THEME.search(r.kind)), None)
    part = read(package, found.target) if found is not None and not found.external else None
    if part is None:
        return None
    wanted = set(re.findall(rb"\br:\w+=\"([^\"]+)\"", part.content))
    return part if wanted <= {need.id.encode() for need in part.needs} else None


def background(package: XlsxPackage, sheet: str) -> Part | None:
    """Return the picture behind a sheet."""
    found = referred(package, sheet, _BACKGROUND)
    return read(package, found.target) if found and not found.external else None


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
    found = referred(package, sheet, DRAWING)
    if found is not None and not found.external:
        for relation in package.relations(found.target):
            if _IMAGE.search(relation.kind) and not relation.external:
                yield package.part(relation.target)


def referred(package: XlsxPackage, sheet: str, tag: bytes) -> Relation | None:
    """Return what the last such element of a sheet refers to."""
    tags = re.findall(tag, package.part(sheet))
    wanted = attributes_of(tags[-1]).get("id", "") if tags else ""
    return next((r for r in package.relations(sheet) if wanted and r.id == wanted), None)


def read(package: XlsxPackage, name: str, depth: int = 0) -> Part | None:
    """Return a part with all that it needs; None when there is no such part."""
    content, ending = package.part(name), name.rpartition(".")[2].lower()
    content_type = package.content_type(name)
    if not content or depth > _DEEPEST or not content_type or not _ENDING.fullmatch(ending):
        return None
    if ending in _MARKUP and _DECLARED.search(content):
        return None  # no office program writes it, and none opens a workbook with it
    needs = []
    for relation in package.relations(name):
        if not _is_carried(relation):
            continue
        part = None
        if not relation.external:
            part = read(package, relation.target, depth + 1)
            if part is None:
                continue
        needs.append(Need(relation.id, relation.kind, part, relation.target))
    return Part(ending, content_type, content, tuple(needs))


def _is_carried(relation: Relation) -> bool:
    """Tell whether what a relation leads to stands on its own; of places outside, web pages do."""
    if relation.external:
        return relation.kind.endswith("/hyperlink") and leads_to_a_page(relation.target)
    return bool(_CARRIED.search(relation.kind))


def leads_to_a_page(target: str) -> bool:
    """Tell whether a link leads to a web page or a mailbox, which any reader can open."""
    return target.lower().startswith(("http://", "https://", "mailto:"))


def _missing(package: XlsxPackage, found: Relation | None) -> bool:
    """Tell whether a part shows a picture that is not there."""
    assert found is not None
    wanted = re.findall(rb"\bo:relid=\"([^\"]*)\"", package.part(found.target))
    there = {r.id for r in package.relations(found.target) if package.part(r.target)}
    return not wanted or any(each.decode() not in there for each in wanted)
