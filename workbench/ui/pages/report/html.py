# SPDX-License-Identifier: MIT
"""A report sheet as HTML for the preview: the same cells as the workbook, in theme colours."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import escape

from workbench.domain.display import NOT_APPLICABLE, grouped
from workbench.domain.report.model import (
    Block,
    Cell,
    CellState,
    Chart,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Paragraph,
    Report,
    Sheet,
    Signature,
    Table,
    Tone,
    total_cell,
)  # fmt: skip
from workbench.ui.texts import t

MOST_ROWS = 40
Colors = Mapping[str, str]
_TONES = {Tone.GOOD: "success", Tone.FAIR: "warn", Tone.BAD: "danger", Tone.MUTED: "text3"}
_AFTER_NUMBER = frozenset({"余", "多", "以上", "以下"})


def sheet_html(report: Report, sheet: Sheet, colors: Colors, zoom: float = 1.0) -> str:
    """Return a sheet as HTML; charts are images named ``chart:<place>``."""
    writer = _Writer(colors, zoom)
    if sheet.key == "cover":
        body = writer.cover(report)
    elif sheet.key == "contents":
        body = writer.contents(report)
    else:
        parts = [writer.heading(sheet.title, 1)]
        parts += [writer.block(block, place) for place, block in enumerate(sheet.blocks)]
        body = "".join(parts)
    return f"<html><body>{body}</body></html>"


def cell_text(cell: Cell, column: Column | None = None) -> str:
    """Return a cell as it reads: value with its mark, 待核, 不适用, 预计 or a partial sum."""
    if cell.state is CellState.UNKNOWN:
        return t("report.to_verify")
    if cell.state is CellState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    words = _value_text(cell, column)
    if cell.mark:
        after = cell.mark in _AFTER_NUMBER
        words = f"{words}{cell.mark}" if after else f"{cell.mark}{words}"
    if cell.state is CellState.FORECAST:
        return t("report_page.forecast", value=words)
    return f"{words}*" if cell.state is CellState.PARTIAL else words


def _value_text(cell: Cell, column: Column | None) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or column is None or not column.numeric:
        return str(value)
    if column.kind is ColumnKind.YEAR:
        return str(value)
    decimals = 0 if column.kind is ColumnKind.INTEGER else column.decimals
    return grouped(Decimal(value), decimals)


class _Writer:
    def __init__(self, colors: Colors, zoom: float) -> None:
        self._c = colors
        self._zoom = zoom

    def _px(self, length: int) -> int:
        return round(length * self._zoom)

    def heading(self, text: str, level: int) -> str:
        size = self._px({1: 17, 2: 14}[level])
        return (
            f'<p style="font-size:{size}px; font-weight:600; margin-top:12px; '
            f'margin-bottom:6px">{escape(text)}</p>'
        )

    def block(self, block: Block, place: int) -> str:
        match block:
            case Heading(text):
                return self.heading(text, 2)
            case Paragraph(text, strong):
                weight = "600" if strong else "400"
                return f'<p style="font-weight:{weight}">{_lines(text)}</p>'
            case NotAssessed(text):
                return f'<p style="color:{self._c["warn"]}">{_lines(text)}</p>'
            case Table():
                return self.table(block)
            case Chart():
                return self.chart(block, place)
            case Signature(roles):
                return self.signature(roles)

    def chart(self, chart: Chart, place: int) -> str:
        title = escape(f"{chart.number}　{chart.title}")
        return f'<p><img src="chart:{place}"/></p><p style="font-weight:600">{title}</p>'

    def table(self, table: Table) -> str:
        title = escape(f"{table.number}　{table.title}".strip("　"))
        parts = [f'<p style="font-weight:600; margin-bottom:2px">{title}</p>']
        if table.unit_line:
            parts.append(
                f'<p align="right" style="{self._quiet()}; margin-top:0">'
                f"{escape(table.unit_line)}</p>"
            )
        parts.append(self._grid(table))
        lines = [table.source_line, *table.notes]
        if len(table.rows) > MOST_ROWS:
            lines.insert(0, t("report_page.rows_cut", shown=MOST_ROWS, n=len(table.rows)))
        parts += [f'<p style="{self._quiet()}">{_lines(line)}</p>' for line in lines if line]
        return "".join(parts)

    def _grid(self, table: Table) -> str:
        edge = f"border:1px solid {self._c['border']}"
        rows = []
        if table.header:
            cells = "".join(
                f'<td bgcolor="{self._c["subtle"]}" align="center" style="{edge}">'
                f"<b>{escape(column.title)}</b></td>"
                for column in table.columns
            )
            rows.append(f"<thead><tr>{cells}</tr></thead>")
        for row in table.rows[:MOST_ROWS]:
            cells = "".join(
                self._cell(cell, column) for cell, column in zip(row, table.columns, strict=True)
            )
            rows.append(f"<tr>{cells}</tr>")
        if table.has_totals:
            rows.append(self._total(table))
        return (
            f'<table width="100%" cellspacing="0" cellpadding="4" '
            f'style="border-collapse:collapse; font-size:{self._px(11)}px">'
            f"{''.join(rows)}</table>"
        )

    def _cell(self, cell: Cell, column: Column) -> str:
        align = _alignment(column)
        ink = self._c[_TONES.get(cell.tone, "text")]
        if cell.state is CellState.UNKNOWN:
            ink = self._c["text3"]
        weight = "600" if cell.tone is Tone.STRONG else "400"
        words = _lines(cell_text(cell, column))
        look = f"color:{ink}; font-weight:{weight}; border:1px solid {self._c['border']}"
        whole = "; white-space:nowrap" if column.kind is not ColumnKind.TEXT else ""
        return f'<td align="{align}" style="{look}"><p style="margin:0{whole}">{words}</p></td>'

    def _total(self, table: Table) -> str:
        cells = []
        for place, column in enumerate(table.columns):
            words = cell_text(total_cell(table, column), column)
            if place == 0:
                words = table.total_label
            look = f"border:1px solid {self._c['border']}; white-space:nowrap"
            cells.append(
                f'<td align="{_alignment(column)}" style="{look}"><b>{escape(words)}</b></td>'
            )
        return f"<tr>{''.join(cells)}</tr>"

    def signature(self, roles: tuple[str, ...]) -> str:
        cells = "".join(f'<td width="{1 / len(roles):.0%}">{escape(role)}</td>' for role in roles)
        return f'<p></p><table width="100%" cellpadding="6"><tr>{cells}</tr></table>'

    def cover(self, report: Report) -> str:
        cover = report.cover
        facts = "".join(
            f'<tr><td style="{self._quiet()}" width="30%">{escape(label)}</td>'
            f"<td>{escape(cell_text(cell))}</td></tr>"
            for label, cell in cover.facts
        )
        parts = [
            f'<p align="center" style="font-size:{self._px(24)}px; font-weight:600; '
            f'margin-top:48px; margin-bottom:36px">{escape(cover.title)}</p>'
        ]
        if report.is_draft:
            parts.append(
                f'<p align="center" style="color:{self._c["danger"]}">'
                f"{_lines(cover.draft_notice)}</p>"
            )
        parts.append(f'<table width="70%" align="center" cellpadding="6">{facts}</table>')
        parts.append(f'<p style="{self._quiet()}; margin-top:36px">{_lines(cover.notice)}</p>')
        parts.append(self.signature(cover.signature.roles))
        return "".join(parts)

    def contents(self, report: Report) -> str:
        rows = "".join(
            f"<tr><td>{escape(sheet.name)}</td><td>{escape(sheet.title)}</td></tr>"
            for sheet in report.sheets
            if sheet.key not in ("cover", "contents")
        )
        title = next(s.title for s in report.sheets if s.key == "contents")
        return self.heading(title, 1) + f'<table width="100%" cellpadding="4">{rows}</table>'

    def _quiet(self) -> str:
        return f"color:{self._c['text2']}; font-size:{self._px(11)}px"


def _alignment(column: Column) -> str:
    if column.numeric:
        return "right"
    return "center" if column.kind in (ColumnKind.WORD, ColumnKind.DATE) else "left"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
