# SPDX-License-Identifier: MIT
"""The chosen sheet of a report as one text in the width of the window, with its charts."""

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser

from workbench.domain.overriding import override
from workbench.domain.report.model import Chart as ChartBlock
from workbench.domain.report.model import Report, Sheet
from workbench.ui.look import theme
from workbench.ui.pages.report.chart_pictures import chart_picture
from workbench.ui.pages.report.html import sheet_html
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box

_LEAST_WIDTH = 540
_WITHOUT_TABLES = frozenset({"cover", "contents"})
"""These fold their lines in any width; a table in too little room is scrolled sideways."""
_BARE = "QTextBrowser, QTextBrowser:focus { border: 0; padding: 0; background: transparent; }"


class ReportReading(Box):
    """Shows one sheet; words can be selected and copied."""

    def __init__(self) -> None:
        super().__init__("page", margins=(16, 16, 16, 16))
        self._report: Report | None = None
        self._sheet: Sheet | None = None
        self.page = QTextBrowser()
        self.page.setAccessibleName(t("report_page.preview"))
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setOpenLinks(False)
        self.page.setStyleSheet(_BARE)
        self.page.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.page.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        paper = Box("card", margins=(28, 20, 6, 20))
        paper.add(self.page)
        self._drawn_for = 0
        self.content.addWidget(paper, 1, Qt.AlignmentFlag(0))
        theme.current().theme_changed.connect(self._draw)

    def set_sheet(self, report: Report, sheet: Sheet) -> None:
        """Show a sheet of a report."""
        same = self._sheet is not None and self._sheet.key == sheet.key
        place = self.page.verticalScrollBar().value() if same else 0
        self._report, self._sheet = report, sheet
        self._draw()
        self.page.verticalScrollBar().setValue(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the charts in the width of the page."""
        super().resizeEvent(event)
        if self._room() != self._drawn_for:
            self._draw()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._drawn_for:
            self._draw()

    def _room(self) -> int:
        px = theme.current().px
        narrow = self._sheet is not None and self._sheet.key in _WITHOUT_TABLES
        return max(self.page.viewport().width() - px(12), px(0 if narrow else _LEAST_WIDTH))

    @Slot()
    def _draw(self) -> None:
        if self._report is None or self._sheet is None:
            return
        if not self.isVisible():  # a long annex takes a second, and mostly pages are looked at
            self._drawn_for = 0
            return
        room = self._drawn_for = self._room()
        self.page.setLineWrapColumnOrWidth(room)
        look = theme.current()
        document = self.page.document()
        document.clear()
        document.setDefaultFont(look.font("body"))
        tables = {table.name: table for table in self._sheet.tables}
        for place, block in enumerate(self._sheet.blocks):
            if isinstance(block, ChartBlock):
                picture = chart_picture(block, tables.get(block.table), room)
                document.addResource(
                    QTextDocument.ResourceType.ImageResource, QUrl(f"chart:{place}"), picture
                )
        self.page.setHtml(sheet_html(self._report, self._sheet, look.tokens.colors, look.zoom))
