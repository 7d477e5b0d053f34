# SPDX-License-Identifier: MIT
"""What the columns of a scenario's months are: a number each, how it is made, and from what.

Every row of a column has the same formula over that month, so one line tells all of them by the
example of one month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.domain.finance.words import Wording
from workbench.domain.report.model import Cell, Column, Row, Table
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.money.words import WORDS, Calculated, Names, Say

LEGEND = "legend"
LEASE, ALL = "lease", "contracts"
"""The keys of the columns of leases, which are numbered from 1, and of their sum."""
_LEASES = "leases"
"""The input that has the leases, a row each."""


def legend_table(
    found: Calculated, columns: Sequence[Column], leases: Sequence[int], names: Names, say: Say
) -> Table:
    """Return a line for each column: its number, title, formula in words, and where it is from.

    ``leases`` are the rows among the inputs of the leases that have columns, in their order.
    """
    wording = Wording(found.model, found.result, say.language)
    lines = {line.key: line for line in found.result.lines if line.monthly}
    rows: list[Row] = []
    for at, column in enumerate(columns, start=1):
        if column.key in lines:
            made = wording.formula(lines[column.key])
            if (month := wording.example(lines[column.key])) is not None:
                made = say("legend_example", month=month + 1, made=made)
        else:
            made = say("legend_all" if column.key == ALL else "legend_lease")
        where = _ground(column, leases, names, say)
        rows.append((words(f"{_id(names, at)} {column.title}"), words(made), where))
    head = (
        Column("title", say("legend_column"), 30),
        Column("made", say("legend_made"), WORDS),
        Column("from", say("col_source"), 20),
    )
    source = say("legend_source" if names.grounds is None else "legend_grounds")
    return Table("", say("legend_title"), head, tuple(rows), source_line=source,
                 key=names.table(LEGEND), dense=True, tab=say.texts("report_tabs.legend"),
                 source_link=f"{names.table('inputs')}@1")  # fmt: skip


def _id(names: Names, at: int) -> str:
    """Return the number of a column of months: M3-07 is the seventh of the third scenario."""
    return f"M{names.number}-{at:02d}"


def _ground(column: Column, leases: Sequence[int], names: Names, say: Say) -> Cell:
    """Return what a column is made from: the row of its lease, or the inputs of the scenario."""
    place = column.key.removeprefix(LEASE)
    if column.key.startswith(LEASE) and place.isdecimal() and int(place) <= len(leases):
        row = leases[int(place) - 1]
        link = f"{names.table(_LEASES)}@{row}"
        return replace(optional(say("legend_from_lease", row=row)), link=link)
    return replace(optional(say("legend_from_inputs")), link=f"{names.table('inputs')}@1")


def numbered(columns: Sequence[Column], places: Iterator[int], names: Names) -> list[Column]:
    """Return columns that carry before their titles the numbers that the legend gives them."""
    return [replace(each, title=f"{_id(names, next(places))} {each.title}") for each in columns]
