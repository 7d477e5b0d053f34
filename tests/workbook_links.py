"""More of what Excel is strict about: strings, links, names of print areas, dates, what is chosen.

Beside ``workbook_rules``: each of these makes Excel offer a repair, or open sheets as a group.
"""

import re
from datetime import datetime

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TERMS = "{http://purl.org/dc/terms/}"
MOST_LINKS = 65_530
_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}"
_ROWS = re.compile(r"(?:'(?:[^']|'')*'|[^'!]+)!\$\d+:\$\d+")
_AREA = re.compile(rf"(?:'(?:[^']|'')*'|[^'!]+)!{_CELL}:{_CELL}")
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


def more_complaints(trees):
    """Yield the broken rules of a package whose parts are parsed."""
    yield from _strings(trees)
    yield from _names(trees["xl/workbook.xml"])
    yield from _dates(trees)
    differing = len(trees["xl/styles.xml"].find(f"{MAIN}dxfs") or ())
    chosen = 0
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            yield from (f"{name}: {said}" for said in _sheet(tree, differing))
            chosen += sum(v.get("tabSelected") == "1" for v in tree.iter(f"{MAIN}sheetView"))
    if chosen > 1:
        yield f"{chosen} sheets are chosen and would be edited as one group"


def _strings(trees):
    shared = trees.get("xl/sharedStrings.xml")
    kept = 0 if shared is None else len(shared)
    if shared is not None and int(shared.get("uniqueCount", kept)) != kept:
        yield f"sharedStrings says {shared.get('uniqueCount')} and has {kept}"
    for name, tree in trees.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        for cell in tree.iter(f"{MAIN}c"):
            kind, value = cell.get("t"), cell.find(f"{MAIN}v")
            if cell.get("cm") or cell.get("vm"):
                yield f"{name} {cell.get('r')}: refers to metadata that there are none of"
            if kind == "s" and not 0 <= int(value.text) < kept:
                yield f"{name} {cell.get('r')}: string {value.text} of {kept}"
            if kind in (None, "n") and value is not None and value.text is not None:
                number = float(value.text)
                if number != number or number in (float("inf"), float("-inf")):
                    yield f"{name} {cell.get('r')}: {value.text} is no number"


def _names(workbook):
    for each in workbook.iter(f"{MAIN}definedName"):
        rule = {"_xlnm.Print_Titles": _ROWS, "_xlnm.Print_Area": _AREA}.get(each.get("name"))
        if rule is not None and not rule.fullmatch(each.text or ""):
            yield f"{each.get('name')} is {each.text}"
    sheets = len(list(workbook.iter(f"{MAIN}sheet")))
    for view in workbook.iter(f"{MAIN}workbookView"):
        if int(view.get("activeTab", 0)) >= sheets or int(view.get("firstSheet", 0)) >= sheets:
            yield f"the workbook opens on sheet {view.get('activeTab')} of {sheets}"


def _dates(trees):
    core = trees.get("docProps/core.xml")
    for key in ("created", "modified"):
        for each in () if core is None else core.iter(f"{TERMS}{key}"):
            try:
                datetime.strptime(each.text or "", _STAMP)
            except ValueError:
                yield f"docProps: {key} is {each.text}"


def _sheet(tree, differing):
    links = [each.get("ref") for each in tree.iter(f"{MAIN}hyperlink")]
    if len(links) != len(set(links)) or len(links) > MOST_LINKS:
        yield f"hyperlinks: {len(links)}"
    for rule in tree.iter(f"{MAIN}cfRule"):
        if rule.get("dxfId") is not None and int(rule.get("dxfId")) >= differing:
            yield f"dxfId {rule.get('dxfId')} of {differing}"
    pane = tree.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
    if pane is not None and not re.fullmatch(_CELL, pane.get("topLeftCell") or ""):
        yield f"pane {pane.attrib}"
