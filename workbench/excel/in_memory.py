# SPDX-License-Identifier: MIT
"""Writes a workbook of openpyxl without any file.

openpyxl itself puts each sheet into the folder for temporary files first: that folder may be full,
and others may read it.
"""

import io
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from workbench.domain.overriding import override

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook


class _InMemory(ExcelWriter):
    _archive: zipfile.ZipFile

    @override
    def write_worksheet(self, ws: Any) -> None:
        """Write a sheet into the package, as the inherited method does through a file."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001
        ws._drawing.charts = ws._charts  # noqa: SLF001
        ws._drawing.images = ws._images  # noqa: SLF001
        stream = io.BytesIO()
        writer: Any = WorksheetWriter(ws, stream)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self._archive.writestr(ws.path[1:], stream.getvalue())
        self.manifest.append(ws)


def saved_in_memory(workbook: "Workbook") -> io.BytesIO:
    """Return the package of a workbook, ready to be read."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as package:
        _InMemory(workbook, package).save()
    buffer.seek(0)
    return buffer
