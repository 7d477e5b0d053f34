# SPDX-License-Identifier: MIT
"""The chosen sheet of a report on a page, with its charts."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser

from workbench.domain.overriding import override
from workbench.domain.report.model import Chart as ChartBlock
from workbench.domain.report.model import ChartKind, Report, Sheet, Table
from workbench.ui.look import icons, theme
from workbench.ui.pages.report.html import cell_text, sheet_html
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.charts.bars import Bar, Group, GroupedBars, HBar, Part, StackedBar
from workbench.ui.widgets.charts.chart import Chart
from workbench.ui.widgets.charts.lines import Line, Lines
from workbench.ui.widgets.charts.radar import Radar, RadarSeries
from workbench.ui.widgets.charts.stacked import StackedRows

_LEAST_WIDTH = 540
_WITHOUT_TABLES = frozenset({"cover", "contents"})
"""These fold their lines in any width; a table in too little room is scrolled sideways."""
_CHART_HEIGHT, _LEAST_CHART = 300, 120
_BARE = "QTextBrowser, QTextBrowser:focus { border: 0; padding: 0; background: transparent; }"


class ReportPreview(Box):
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

    def _room(self) -> int:
        px = theme.current().px
        narrow = self._sheet is not None and self._sheet.key in _WITHOUT_TABLES
        return max(self.page.viewport().width() - px(12), px(0 if narrow else _LEAST_WIDTH))

    @Slot()
    def _draw(self) -> None:
        if self._report is None or self._sheet is None:
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


def chart_picture(block: ChartBlock, table: Table | None, width: int) -> QImage:
    """Return a report's chart as our own charts draw it; empty without its table."""
    widget = _widget(block, table) if table is not None else None
    if widget is None:
        return QImage()
    size = QSize(width, max(widget.minimumHeight(), theme.current().px(_LEAST_CHART)))
    return widget.picture(size, icons.device_ratio()).toImage()


def _widget(block: ChartBlock, table: Table) -> Chart:
    names = [cell_text(cell) for cell in table.cells(block.categories)]
    titles = [table.columns[table.place(key)].title for key in block.series]
    series = [_numbers(table, key) for key in block.series]
    if block.kind is ChartKind.RADAR:
        shapes = [RadarSeries(title, values) for title, values in zip(titles, series, strict=True)]
        top = block.maximum or max((v for row in series for v in row if v), default=1.0)
        return Radar(block.title, names, shapes, top=top, gap_note=False, height=_CHART_HEIGHT)
    if block.kind is ChartKind.PIE:
        parts = [Part(n, v) for n, v in zip(names, series[0], strict=True) if v is not None]
        return StackedBar(block.title, parts)
    if block.kind is ChartKind.LINE:
        shown = [Line(title, values) for title, values in zip(titles, series, strict=True)]
        return Lines(block.title, names, shown, height=_CHART_HEIGHT)
    if len(series) == 1 and block.kind is not ChartKind.STACKED:
        bars = [Bar(name, value) for name, value in zip(names, series[0], strict=True)]
        return HBar(block.title, bars, maximum=block.maximum)
    groups = [Group(name, [row[place] for row in series]) for place, name in enumerate(names)]
    if block.kind is ChartKind.STACKED:
        return StackedRows(block.title, titles, groups)
    return GroupedBars(block.title, titles, groups, maximum=block.maximum)


def _numbers(table: Table, key: str) -> Sequence[float | None]:
    return [None if cell.number is None else float(cell.number) for cell in table.cells(key)]
