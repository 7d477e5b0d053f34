# SPDX-License-Identifier: MIT
"""Plans a sheet before it is written: column widths, heights, and which tables stand alone.

A table that is longer than a page repeats its header row on every page, and a sheet can repeat
only one row. So a long table stays where it is only as the last of its sheet; any other moves to
a sheet of its own, and a line in its place says where it went.
"""

import re
from collections.abc import Set
from dataclasses import dataclass, replace

from workbench.application.ports import Texts
from workbench.domain.report.model import (
    Chart,
    Heading,
    Marks,
    Paragraph,
    Sheet,
    Signature,
    Table,
)
from workbench.excel.measure import MOST
from workbench.excel.page import page_height
from workbench.excel.sheets.flow import (
    GAP,
    HEADING_HEIGHT,
    TITLE_HEIGHT,
    charts_at,
    page_count,
)
from workbench.excel.sheets.widths import NUMBERING, column_widths, fuller
from workbench.excel.tables import Lines, footers, measure

_SLACK = 4.0
NARROW = 0.62
"""Up to this share of the sheet's width a table leaves room for its chart beside it."""
_MOST_PAGES = 9
"""A sheet of so many pages is not looked at again to save one."""
_LONGEST_NAME = 31
_DANGLING = re.compile(r"(?:,| (?:of|the|a|with|by|to|be|in|on|and|for|from))+$")
"""What would end a name that is cut: Likeness of the."""
_FORBIDDEN = str.maketrans(
    dict.fromkeys("[]:*?", " ")
    | dict.fromkeys("/\\", "-")
    | dict.fromkeys((*map(chr, range(32)), "\ufffe", "\uffff"), "")
)


@dataclass(frozen=True)
class Plan:
    """One worksheet to be: what is on it, how wide its columns are, how high its tables."""

    sheet: Sheet
    name: str
    widths: list[float]
    capacity: float
    offsets: dict[int, int]
    lines: dict[int, Lines]
    below: dict[int, tuple[str, ...]]
    long: int | None
    """The block that is a table longer than a page, or None."""

    @property
    def room(self) -> float:
        """Return the width of all columns in characters."""
        return sum(self.widths)

    @property
    def tables(self) -> dict[int, Table]:
        """Return the tables by their place among the blocks."""
        return _tables(self.sheet)

    def beside(self, index: int) -> Chart | None:
        """Return the chart that fits to the right of the table at an index, or None."""
        blocks = self.sheet.blocks
        table = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if not isinstance(table, Table) or not isinstance(following, Chart):
            return None
        used = sum(self.widths[: self.offsets[index] + len(table.columns) + 1])
        narrow = used < self.room * NARROW
        return following if narrow and following.table == table.name else None

    def taken(self, index: int) -> int:
        """Return how many blocks are written with the one at an index: it, and charts beside."""
        if isinstance(self.sheet.blocks[index], Chart):
            return len(charts_at(self.sheet, index))
        return 1 if self.beside(index) is None else 2


def plans(sheet: Sheet, texts: Texts) -> list[Plan]:
    """Return the worksheets that a sheet of the report becomes."""
    marks = Marks(texts("report.to_verify"), texts("report.forecast_mark"))
    blocks = [replace(b, marks=marks) if isinstance(b, Table) else b for b in sheet.blocks]
    own: dict[int, Plan] = {}
    name = worksheet_name(sheet.name)  # a scenario is named by whoever made it
    whole = _plan(replace(sheet, blocks=tuple(blocks)), name, texts)
    # What leaves may have set the scale of the page: what stays is looked at again.
    while moved := _to_move(whole):
        for index in moved:
            table = blocks[index]
            assert isinstance(table, Table)
            taken = {name, *(plan.name for plan in own.values())}
            plan = _alone(sheet, index, table, texts, taken)
            own[index] = plan
            rows, title = len(table.rows), table.title
            note = texts(
                "report.moved", number=table.number, title=title, rows=rows, sheet=plan.name
            )
            blocks[index] = Paragraph(note.strip())
        whole = _plan(replace(sheet, blocks=tuple(blocks)), name, texts)
    return [_saving_pages(whole, texts), *(own[index] for index in sorted(own))]


def _alone(sheet: Sheet, index: int, table: Table, texts: Texts, taken: Set[str]) -> Plan:
    """Return the plan of a sheet of its own for one table; ``taken`` are names of others."""
    chapter = table.number or sheet.name.split()[0]
    name = _free_name(worksheet_name(f"{chapter} {table.title}"), taken)
    key = f"{sheet.key}/{index}"
    alone = Sheet(key, name, f"{chapter}　{table.title}", (replace(table, title="", apart=False),))
    return _saving_pages(_plan(alone, name, texts), texts)


def _saving_pages(plan: Plan, texts: Texts) -> Plan:
    """Return the plan at a slightly smaller scale where that saves a page, such as one of a row."""
    if plan.sheet.one_page or not plan.lines:
        return plan
    pages = page_count(plan)
    if not 1 < pages <= _MOST_PAGES:
        return plan
    for widths in fuller(plan.widths, plan.tables, plan.offsets):
        smaller = _laid_out(plan.sheet, plan.name, texts, widths)
        if not _to_move(smaller) and page_count(smaller) < pages:
            return smaller
    return plan


def _free_name(name: str, taken: Set[str]) -> str:
    """Return a name that no sheet has: parts of one long title are cut to the same letters."""
    used = {each.casefold() for each in taken}
    found, at = name, 1
    while found.casefold() in used:
        at += 1
        mark = f" {at}"
        found = f"{name[: _LONGEST_NAME - len(mark)].rstrip()}{mark}"
    return found


def worksheet_name(text: str) -> str:
    """Return a text as a worksheet name: without brackets, slashes, colons, at most 31 long."""
    name = re.sub(" {2,}", " ", text.translate(_FORBIDDEN).strip().strip("'"))
    if len(name) <= _LONGEST_NAME:
        return name
    cut = name[:_LONGEST_NAME]
    return _DANGLING.sub("", cut.rpartition(" ")[0]) if name.isascii() else cut.rstrip()


def _plan(sheet: Sheet, name: str, texts: Texts) -> Plan:
    tables = _tables(sheet)
    return _laid_out(sheet, name, texts, column_widths(tables, _offsets(tables)))


def _tables(sheet: Sheet) -> dict[int, Table]:
    return {i: block for i, block in enumerate(sheet.blocks) if isinstance(block, Table)}


def _laid_out(sheet: Sheet, name: str, texts: Texts, widths: list[float]) -> Plan:
    tables = _tables(sheet)
    offsets = _offsets(tables)
    capacity = page_height(widths)
    note = texts("report.partial_note", rows="{rows}")
    below = {i: footers(table, note) for i, table in tables.items()}
    room = sum(widths)
    lines: dict[int, Lines] = {}
    plan = Plan(sheet, name, widths, capacity, offsets, lines, below, None)
    for i, table in tables.items():
        own = widths[offsets[i] : offsets[i] + len(table.columns)]
        # the lines below a table end where its chart begins
        span = sum(widths[: offsets[i] + len(table.columns)]) if plan.beside(i) else room
        lines[i] = measure(table, own, below[i], span)
        if any(height >= MOST for height in lines[i].rows):
            below[i] = (*below[i], texts("report.cut_in_print"))
            lines[i] = measure(table, own, below[i], span)
    long = [i for i in tables if lines[i].all > capacity - _reserved(sheet, i)]
    return replace(plan, long=long[-1] if long else None)


def _reserved(sheet: Sheet, index: int) -> float:
    """Return the points above a table that stays whole on a page: sheet title, heading, gaps."""
    headed = index > 0 and isinstance(sheet.blocks[index - 1], Heading)
    return TITLE_HEIGHT + GAP + (GAP + HEADING_HEIGHT if headed else 0.0) + _SLACK


def _to_move(plan: Plan) -> list[int]:
    """Return the tables that stand apart, and long ones followed by more than a signature.

    Of long tables that end a sheet together the first stays, so that they are read in order.
    """
    leaving = {index for index in plan.lines if _stands_apart(plan, index) or _is_long(plan, index)}
    for index in sorted(leaving):
        rest = range(index + 1, len(plan.sheet.blocks))
        if not _stands_apart(plan, index) and all(
            at in leaving or isinstance(plan.sheet.blocks[at], Signature | Paragraph) for at in rest
        ):
            return sorted(leaving - {index})
    return sorted(leaving)


def _stands_apart(plan: Plan, index: int) -> bool:
    table = plan.sheet.blocks[index]
    return isinstance(table, Table) and table.apart and len(plan.sheet.blocks) > 1


def _is_long(plan: Plan, index: int) -> bool:
    return plan.lines[index].all > plan.capacity - _reserved(plan.sheet, index)


def _offsets(tables: dict[int, Table]) -> dict[int, int]:
    """Let tables without running numbers begin in the second column beside one that has them."""
    numbered = any(table.columns[0].key == NUMBERING for table in tables.values())
    return {i: int(numbered and table.columns[0].key != NUMBERING) for i, table in tables.items()}
