"""What Excel is strict about in a workbook's package, checked without Excel (ECMA-376 part 1).

A file that breaks one of these is opened with the offer to repair it, or not at all.
"""

import re
import zipfile
from functools import lru_cache
from itertools import pairwise
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from tests.workbook_links import more_complaints
from tests.workbook_sequences import axes, formula, number_format, out_of_order

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# §18.3.1.99: the children of a worksheet, in order.
WORKSHEET = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
# §18.8.39 and §18.2.27.
STYLES = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]
WORKBOOK = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "extLst",
]
HEADER = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"]
FORBIDDEN_IN_NAME = set("[]:*?/\\")
LONGEST = {"text": 32_767, "formula": 8_192, "name": 31, "header": 255, "format": 255,
           "style": 255, "link": 2_083, "tip": 255, "list": 255}  # fmt: skip
MOST = {"xfs": 65_490, "fonts": 1_024, "breaks": 1_026, "rows": 1_048_576, "columns": 16_384}
_PARTS = 96
"""A workbook has fewer."""
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")


# Workbooks that differ in one part have the others judged once.
_tree = lru_cache(maxsize=_PARTS)(ElementTree.fromstring)


@lru_cache(maxsize=_PARTS)
def _misplaced(part):
    return list(out_of_order(_tree(part)))


@lru_cache(maxsize=_PARTS)
def _of_sheet(part, looks, sheets):
    return list(_sheet(_tree(part), looks, sheets))


def complaints(path):
    """Every broken rule in words, [] when there is none."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    found = [f"{n} stands twice" for n in names if names.count(n) > 1]
    trees = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                trees[name] = _tree(content)
            except ElementTree.ParseError as error:
                found.append(f"{name}: {error}")
    if found:
        return found
    found += _types(parts, trees["[Content_Types].xml"])
    found += _relations(parts, trees)
    workbook, styles = trees["xl/workbook.xml"], trees["xl/styles.xml"]
    found += _ordered("workbook", workbook, WORKBOOK)
    found += _styles(styles)
    found += _workbook(workbook)
    found += more_complaints(trees)
    looks = len(styles.find(f"{MAIN}cellXfs"))
    sheets = frozenset(sheet.get("name") for sheet in workbook.iter(f"{MAIN}sheet"))
    for name, tree in trees.items():
        if name.startswith("xl/") and not name.startswith(("xl/theme", "xl/_rels")):
            found += [f"{name}: {said}" for said in _misplaced(parts[name])]
        if name.startswith("xl/worksheets/sheet"):
            found += [f"{name}: {said}" for said in _of_sheet(parts[name], looks, sheets)]
        if re.match(r"xl/charts/chart\d+\.xml", name):
            found += [f"{name}: {said}" for said in _chart(tree, workbook)]
    return found


def functions(path):
    """The names of the functions that the formulas of a workbook use."""
    used = set()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                for cell in ElementTree.fromstring(package.read(name)).iter(f"{MAIN}f"):
                    bare = re.sub(r'"[^"]*"|\'[^\']*\'', "", cell.text or "")
                    used |= set(re.findall(r"([A-Z][A-Z0-9._]*)\(", bare))
    return used


def _types(parts, tree):
    defaults, overrides = {}, {}
    for each in tree:
        if each.tag.endswith("Default"):
            ending = each.get("Extension").lower()
            if ending in defaults:
                yield f"ending {ending} is declared twice"
            defaults[ending] = each.get("ContentType")
        else:
            if each.get("PartName") in overrides:
                yield f"{each.get('PartName')} is declared twice"
            overrides[each.get("PartName")] = each.get("ContentType")
    for name in parts:
        ending = name.rpartition(".")[2].lower()
        if name != "[Content_Types].xml" and f"/{name}" not in overrides and ending not in defaults:
            yield f"{name} has no content type"
    for name in overrides:
        if name.lstrip("/") not in parts:
            yield f"{name} is declared and missing"


def _relations(parts, trees):
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = dirname(dirname(name))
        source = join(folder, name.rpartition("/")[2].removesuffix(".rels"))
        if name != "_rels/.rels" and source not in parts:
            yield f"{name} belongs to nothing"
        ids = [each.get("Id") for each in tree]
        if len(ids) != len(set(ids)):
            yield f"{name} has an id twice"
        for each in tree:
            if each.get("TargetMode") == "External":
                continue
            target = each.get("Target")
            at = target.lstrip("/") if target[:1] == "/" else normpath(join(folder, target))
            if at not in parts:
                yield f"{name}: {target} is missing"
        if source in trees:
            known = set(ids)
            for node in trees[source].iter():
                for key, value in node.attrib.items():
                    if key.startswith(RELATION) and value and value not in known:
                        yield f"{source}: {value} leads nowhere"


def _ordered(where, tree, order):
    places = [order.index(each.tag.rpartition("}")[2]) for each in tree]
    if places != sorted(places):
        yield f"{where}: elements out of order: {[order[p] for p in places]}"


def _styles(tree):
    yield from _ordered("styles", tree, STYLES)
    counts = {}
    for group in tree:
        kind = group.tag.rpartition("}")[2]
        counts[kind] = len(group)
        if group.get("count") and int(group.get("count")) != len(group):
            yield f"styles: {kind} says {group.get('count')} and has {len(group)}"
    if counts["cellXfs"] > MOST["xfs"] or counts["fonts"] > MOST["fonts"]:
        yield f"styles: too many: {counts}"
    formats = {int(f.get("numFmtId")): f.get("formatCode") for f in tree.iter(f"{MAIN}numFmt")}
    for code in formats.values():
        if len(code) > LONGEST["format"]:
            yield f"styles: number format {code!r}"
        yield from number_format(code)
    limits = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
    for xf in tree.iter(f"{MAIN}xf"):
        for key, kind in limits.items():
            if xf.get(key) is not None and int(xf.get(key)) >= counts[kind]:
                yield f"styles: {key} {xf.get(key)} of {counts[kind]}"
        number = int(xf.get("numFmtId", 0))
        if number >= 164 and number not in formats:
            yield f"styles: number format {number} is missing"
    names = [s.get("name") for s in tree.iter(f"{MAIN}cellStyle")]
    if len(names) != len(set(names)) or any(len(n) > LONGEST["style"] for n in names):
        yield "styles: names of styles"


def _workbook(tree):
    names = [sheet.get("name") for sheet in tree.iter(f"{MAIN}sheet")]
    folded = [name.casefold() for name in names]
    if len(set(folded)) != len(folded):
        yield "two sheets of one name"
    for name in names:
        bad = set(name) & FORBIDDEN_IN_NAME or name.strip("'") != name
        if not 0 < len(name) <= LONGEST["name"] or bad:
            yield f"sheet name {name!r}"
    seen = set()
    for each in tree.iter(f"{MAIN}definedName"):
        key = (each.get("name"), each.get("localSheetId"))
        if key in seen:
            yield f"defined name {key} twice"
        seen.add(key)
        if each.get("localSheetId") and int(each.get("localSheetId")) >= len(names):
            yield f"defined name {key} of no sheet"
        named = re.match(r"'((?:[^']|'')*)'!|([^'!]+)!", each.text or "")
        if named is None or (named[1] or named[2]).replace("''", "'") not in names:
            yield f"defined name {key} leads to {each.text}"


def _sheet(tree, looks, sheets):
    yield from _ordered("worksheet", tree, WORKSHEET)
    yield from _cells(tree, looks, sheets)
    merged = [each.get("ref") for each in tree.iter(f"{MAIN}mergeCell")]
    yield from _overlaps(merged)
    group = tree.find(f"{MAIN}mergeCells")
    if group is not None and group.get("count") and int(group.get("count")) != len(merged):
        yield "mergeCells count"
    for group in tree.iter(f"{MAIN}headerFooter"):
        yield from _ordered("headerFooter", group, HEADER)
        for line in group:
            if len(line.text or "") > LONGEST["header"]:
                yield f"{line.tag} has {len(line.text)} characters"
    for kind in ("rowBreaks", "colBreaks"):
        group = tree.find(f"{MAIN}{kind}")
        if group is not None:
            ids = [int(each.get("id")) for each in group]
            if ids != sorted(set(ids)) or len(ids) > MOST["breaks"]:
                yield f"{kind} {ids[:5]}"
            if group.get("count") and int(group.get("count")) != len(ids):
                yield f"{kind} says {group.get('count')} and has {len(ids)}"
    for link in tree.iter(f"{MAIN}hyperlink"):
        if (place := link.get("location")) and not link.get(f"{RELATION}id"):
            yield from formula(place, sheets)
        if len(link.get("location") or "") > LONGEST["link"]:
            yield "hyperlink too long"
        if len(link.get("tooltip") or "") > LONGEST["tip"]:
            yield "tooltip too long"
    for rule in tree.iter(f"{MAIN}dataValidation"):
        for each in rule:
            if len(each.text or "") > LONGEST["list"]:
                yield f"validation of {len(each.text)} characters"
        for key in ("prompt", "error"):
            if len(rule.get(key) or "") > 255:
                yield f"{key} of a validation too long"
    ranges = [(int(c.get("min")), int(c.get("max"))) for c in tree.iter(f"{MAIN}col")]
    if any(after[0] <= before[1] for before, after in pairwise(ranges)):
        yield f"cols overlap: {ranges}"
    if any(float(c.get("width", 1)) > 255 for c in tree.iter(f"{MAIN}col")):
        yield "a column wider than 255"
    if any(float(r.get("ht", 1)) > 409.5 for r in tree.iter(f"{MAIN}row")):
        yield "a row higher than 409.5"


def _cells(tree, looks, sheets):
    last_row = 0
    for row in tree.iter(f"{MAIN}row"):
        number = int(row.get("r"))
        if number <= last_row or number > MOST["rows"]:
            yield f"row {number} after {last_row}"
        last_row, last_column = number, 0
        for cell in row:
            letters, at = _ADDRESS.fullmatch(cell.get("r")).groups()
            column = _number(letters)
            if int(at) != number or not last_column < column <= MOST["columns"]:
                yield f"cell {cell.get('r')} out of order"
            last_column = column
            if int(cell.get("s", 0)) >= looks:
                yield f"{cell.get('r')}: look {cell.get('s')} of {looks}"
            text = "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
            if len(text) > LONGEST["text"]:
                yield f"{cell.get('r')}: {len(text)} characters"
            yield from _formula(cell, sheets)


def _formula(cell, sheets):
    node, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
    if node is None:
        return
    text = node.text or ""
    if value is None or (value.text is None and cell.get("t") != "str"):
        yield f"{cell.get('r')}: a formula without a value"
    if len(text) > LONGEST["formula"] or text.startswith("="):
        yield f"{cell.get('r')}: formula {text[:60]}"
    if set(node.attrib):
        yield f"{cell.get('r')}: a formula of a kind {node.attrib}"
    yield from (f"{cell.get('r')}: {said}" for said in formula(text, sheets))
    if cell.get("t") not in (None, "n", "str", "b", "e"):
        yield f"{cell.get('r')}: a formula of type {cell.get('t')}"


def _overlaps(ranges):
    boxes = []
    for each in ranges:
        first, _, last = each.partition(":")
        (left, top), (right, bottom) = (_ADDRESS.fullmatch(a).groups() for a in (first, last))
        boxes.append((int(top), int(bottom), _number(left), _number(right), each))
    boxes.sort()
    for index, (top, bottom, left, right, name) in enumerate(boxes):
        if (top, left) == (bottom, right):
            yield f"{name} merges one cell"
        for other in boxes[index + 1 :]:
            if other[0] > bottom:
                break
            if other[2] <= right and other[3] >= left:
                yield f"{name} and {other[4]} overlap"


def _chart(tree, workbook):
    names = {sheet.get("name") for sheet in workbook.iter(f"{MAIN}sheet")}
    chart = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    for each in tree.iter(f"{chart}f"):
        named = re.match(r"'((?:[^']|'')*)'!|([^'!]+)!", each.text or "")
        if named is None or (named[1] or named[2]).replace("''", "'") not in names:
            yield f"a series leads to {each.text}"
    for cache in (*tree.iter(f"{chart}numCache"), *tree.iter(f"{chart}strCache")):
        count = int(cache.find(f"{chart}ptCount").get("val"))
        if any(int(p.get("idx")) >= count for p in cache.iter(f"{chart}pt")):
            yield "a cached point beyond its count"
    for kind in ("numRef", "strRef"):
        for reference in tree.iter(f"{chart}{kind}"):
            if len(reference) < 2:
                yield f"{reference[0].text} has no cached values"
    yield from axes(tree)
    known = {a.get("val") for a in tree.iter(f"{chart}axId")}
    crossed = {a.get("val") for a in tree.iter(f"{chart}crossAx")}
    if not crossed <= known:
        yield f"axes {crossed} of {known}"


def _number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
