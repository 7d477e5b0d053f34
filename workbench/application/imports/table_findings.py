# SPDX-License-Identifier: MIT
"""What an import has to say about a table or one of its columns as a whole, not about one row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbench.application.imports.left_out import LEFT_OUT
from workbench.application.imports.preview import Preview, TablePreview
from workbench.application.imports.words import problem_sentence
from workbench.application.ports import Texts
from workbench.domain.findings import Level
from workbench.domain.parsing.parsed import Problem
from workbench.domain.parsing.text import shown
from workbench.domain.tables.finder import Column


@dataclass(frozen=True, slots=True)
class TableFinding:
    """One finding about a table; ``address`` is "" where it concerns no single column."""

    table: TablePreview
    address: str
    problem: Problem

    @property
    def row(self) -> str:
        """Return the number of the 合计 or 小计 that it is about, "" for the whole table."""
        return self.problem.params.get("row", "")

    @property
    def heading(self) -> str:
        """Return the heading of the column."""
        column = self._column
        return column.heading.text or self.address if column is not None else ""

    @property
    def raw(self) -> str:
        """Return what the 合计 or 小计 shows in the column."""
        table, column = self.table.table, self._column
        sums = [*table.subtotals, *([table.total] if table.total is not None else [])]
        if column is None:
            return ""
        return next((shown(row[column.position]) for at, row in sums if str(at) == self.row), "")

    @property
    def _column(self) -> Column | None:
        return next((c for c in self.table.table.columns if c.address == self.address), None)

    def sentence(self, texts: Texts) -> str:
        """Return it in words."""
        return problem_sentence(self.problem, texts, self.table.entity)


def table_findings(preview: Preview) -> Iterator[TableFinding]:
    """Yield what a person should look at, table by table; remarks (I) are not among it."""
    return _findings(preview, lambda problem: problem.level is not Level.INFO)


def left_out_columns(preview: Preview) -> Iterator[TableFinding]:
    """Yield the columns that are not imported and need no answer, so that none goes unsaid."""
    return _findings(
        preview, lambda problem: problem.level is Level.INFO and problem.code in LEFT_OUT
    )


def _findings(preview: Preview, wanted: Callable[[Problem], bool]) -> Iterator[TableFinding]:
    said: set[tuple[str, str, str, str]] = set()
    for table in preview.tables():
        for address, problem in table.problems:
            words = repr(problem.params)
            place = (table.file, table.table.sheet.name, address, problem.code + words)
            if wanted(problem) and place not in said:
                said.add(place)  # what concerns a sheet is said of each of its tables
                yield TableFinding(table, address, problem)


def acknowledge(finding: TableFinding) -> None:
    """Take a finding off the list: a person has looked at it."""
    rest = [item for item in finding.table.problems if item[1] is not finding.problem]
    finding.table.problems[:] = rest
    if finding.row:
        finding.table.acknowledged.add((finding.address, finding.problem.code, finding.row))


def remarks_on(table: TablePreview, column: Column, texts: Texts) -> list[str]:
    """Return what is to be said about how a column was read; a sum has a row and is no remark."""
    return [
        problem_sentence(problem, texts, table.entity)
        for at, problem in table.problems
        if at == column.address
        and "row" not in problem.params
        and problem.code != "column_without_field"
    ]
