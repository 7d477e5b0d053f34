# SPDX-License-Identifier: MIT
"""The clipboard as spreadsheets fill and read it: text, a table of HTML, XML Spreadsheet."""

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication

from workbench.domain.tables.copied.block import from_tsv, plain_cells
from workbench.domain.tables.copied.cells import BLANK, Cell, CopiedBlock, combined
from workbench.domain.tables.copied.html import html_cells, tells_more
from workbench.domain.tables.copied.xml import xml_cells

_XML = ('application/x-qt-windows-mime;value="XML Spreadsheet"', "XML Spreadsheet")
_CSV = "text/csv"
_HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><style>'
    'td{mso-number-format:General}td.t{mso-number-format:"\\@"}'
    "br{mso-data-placement:same-cell}</style></head><body><table>"
)

TEXT_CELL = '<td class="t" style=\'mso-number-format:"\\@"\' sdnum="2052;0;@">'
"""How a cell of words begins: the form @ of a spreadsheet is text."""


def put(text: str, rows: str = "") -> None:
    """Put a block on the clipboard: tab-separated, and rows of a table of HTML if given.

    Excel, WPS and Calc take the table: it keeps leading zeros, long identifiers and words that
    begin with an equals sign as they are.
    """
    data = _made_by_qt()
    data.setText(text)
    if rows:
        data.setHtml(f"{_HEAD}{rows}</table></body></html>")
    QApplication.clipboard().setMimeData(data)


def empty() -> None:
    """Leave nothing to paste."""
    QApplication.clipboard().setText("")


def copied() -> CopiedBlock | None:
    """Return the block on the clipboard, None when there is none."""
    data = QApplication.clipboard().mimeData()
    text, html = data.text() if data.hasText() else "", data.html() if data.hasHtml() else ""
    if not text.strip("\r\n"):
        cells = html_cells(html) if html else None
        return _from_csv(data) if cells is None else _alone(cells)
    rows = from_tsv(text)
    if (told := _told(data)) and (block := combined(rows, _stretched(told, rows))) is not None:
        return block
    if not html or ("\t" in text and '"' not in text and not tells_more(html)):
        return _block(rows)
    cells = html_cells(html)
    if cells is None:
        return _block(rows)
    for read in (rows, plain_cells(text)):  # the table tells whether a quote is one of a cell
        if (block := combined(read, cells)) is not None:
            return block
    # without a tab it is a list of words, unless there is a table
    return _block(rows if "\t" in text else [[cell.text for cell in row] for row in cells])


def _alone(cells: list[list[Cell]]) -> CopiedBlock | None:
    """Return a table of HTML that no text stands beside, its numbers in full."""
    rows = [[cell.text for cell in row] for row in cells]
    return combined(rows, cells) or _block(rows)


def _from_csv(data: QMimeData) -> CopiedBlock | None:
    """Return a block that was given as comma-separated values only."""
    if not data.hasFormat(_CSV):
        return None
    raw = bytes(data.data(_CSV).data()).decode("utf-8-sig", "replace").strip("\x00\r\n")
    return _block([*csv.reader(io.StringIO(raw))]) if raw else None


def _block(rows: Sequence[Sequence[str]]) -> CopiedBlock:
    return CopiedBlock(rows)


def _stretched(cells: list[list[Cell]], rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    """Return cells with the blank ones at the right and at the end that Excel may leave out."""
    width = max(map(len, rows))
    wide = [[*row, *[BLANK] * (width - len(row))] for row in cells]
    return [*wide, *[[BLANK] * width] * (len(rows) - len(cells))]


def _told(data: QMimeData) -> list[list[Cell]] | None:
    """Return the cells of Excel's own description of a block."""
    for name in _XML:
        if data.hasFormat(name):
            raw = bytes(data.data(name).data())
            return xml_cells(raw.decode("utf-8", "replace"))
    return None


def _made_by_qt() -> QMimeData:
    """Return an empty QMimeData that Qt made itself.

    One made here would be asked for its content by the clipboard when Python is gone already.
    """
    model = QStandardItemModel()
    model.appendRow(QStandardItem(""))
    data = model.mimeData([model.index(0, 0)])
    data.clear()
    return data
