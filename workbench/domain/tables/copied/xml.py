# SPDX-License-Identifier: MIT
"""The XML Spreadsheet that Excel puts on the clipboard beside its text: values in full."""

from xml.etree.ElementTree import Element, ParseError, fromstring

from workbench.domain.tables.copied.cells import BLANK, Cell

_NAME = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_CELLS = 2_000_000
_MIDNIGHT = "T00:00:00.000"


def xml_cells(text: str) -> list[list[Cell]] | None:
    """Return the cells of the first sheet, None when it is none or not to be trusted."""
    text = text.rstrip("\x00").strip()
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None  # names that stand for ever longer names
    try:
        table = fromstring(text.encode()).find(f"{_NAME}Worksheet/{_NAME}Table")
    except (ParseError, ValueError):
        return None
    if table is None:
        return None
    width = _number(table, "ExpandedColumnCount", 0)
    height = _number(table, "ExpandedRowCount", 0)
    if not 0 < width * height <= _MOST_CELLS:
        return None
    rows = [[BLANK] * width for _ in range(height)]
    at = 0
    for row in table.iterfind(f"{_NAME}Row"):
        at = _number(row, "Index", at + 1)
        if at <= height:
            _fill(rows, at - 1, row)
    return rows


def _fill(rows: list[list[Cell]], at: int, row: Element) -> None:
    column = 0
    for each in row.iterfind(f"{_NAME}Cell"):
        column = _number(each, "Index", column + 1)
        across, down = _number(each, "MergeAcross", 0), _number(each, "MergeDown", 0)
        for below in range(at, min(at + down + 1, len(rows))):
            for beside in range(column - 1, min(column + across, len(rows[at]))):
                covered = "across" if beside >= column else "down"
                rows[below][beside] = Cell("", covered=covered)  # type: ignore[arg-type]
        if column <= len(rows[at]):
            rows[at][column - 1] = _cell(each.find(f"{_NAME}Data"))
        column += across


def _cell(data: Element | None) -> Cell:
    if data is None:
        return BLANK
    text, kind = "".join(data.itertext()), data.get(f"{_NAME}Type")
    if kind == "Number":
        return Cell(text, number=text)
    if kind == "DateTime" and text.endswith(_MIDNIGHT):
        return Cell(text, day=text.removesuffix(_MIDNIGHT))
    return Cell(text)


def _number(element: Element, name: str, usual: int) -> int:
    text = element.get(f"{_NAME}{name}") or ""
    return int(text) if text.isdigit() else usual
