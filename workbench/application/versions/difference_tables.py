# SPDX-License-Identifier: MIT
"""What the sheets of a difference report are made with: columns, numbered tables, texts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from workbench.application.ports import Texts
from workbench.domain.freezing.differences import CellChange
from workbench.domain.report.model import Block, Cell, Column, ColumnKind, Row, Sheet, Table


class DifferenceTables:
    """Makes sheets and numbered tables with the texts of a difference report."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def _say(self, key: str, **params: Any) -> str:
        return self._texts(f"report_difference.{key}", **params)

    def _column(self, key: str, width: float, kind: ColumnKind = ColumnKind.TEXT) -> Column:
        return Column(key, self._say(f"col.{key}"), width, kind)

    def _sheet(self, key: str, blocks: Iterable[Block]) -> Sheet:
        title = self._say(f"sheet.{key}")
        return Sheet(f"difference_{key}", title, title, tuple(blocks))

    def _table(
        self, number: str, key: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]],
        notes: tuple[str, ...] = (),
    ) -> Table:  # fmt: skip
        no = Column("no", self._texts("report.col.no"), 5, ColumnKind.ORDINAL)
        numbered: tuple[Row, ...] = tuple((Cell(n), *row) for n, row in enumerate(rows, start=1))
        return Table(
            self._texts("report.table_no", id=number), self._say(f"table.{key}"), (no, *columns),
            numbered, source_line=self._say(f"source.{key}"), notes=notes, frozen_columns=2,
        )  # fmt: skip


def by_record(
    cells: Iterable[CellChange],
) -> Iterator[tuple[CellChange, Sequence[CellChange]]]:
    """Yield each changed cell; a record that came or went once, with its fields."""
    whole: dict[tuple[str, str], list[CellChange]] = {}
    for cell in cells:
        if cell.only and cell.field:
            whole.setdefault((cell.entity, cell.key), []).append(cell)
    for cell in cells:
        if not (cell.only and cell.field):
            yield cell, whole.get((cell.entity, cell.key), ()) if not cell.field else ()
