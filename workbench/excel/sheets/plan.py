# SPDX-License-Identifier: MIT
"""Plans a sheet before it is written: column widths, heights, and which tables stand alone.

A table that is longer than a page repeats its header row on every page, and a sheet can repeat
only one row. So a long table stays where it is only as the last of its sheet; any other moves to
a sheet of its own, and a line in its place says where it went.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from workbench.application.ports import Texts
from workbench.domain.report.model import (
    Chart,
    ChartKind,
    Heading,
    Marks,
    Paragraph,
    Sheet,
    Signature,
    Table,
)
from workbench.domain.report.tab_names import LONGEST, cut
from workbench.excel.measure import LEAST, MOST, TIGHT, column_points, text_width
from workbench.excel.page import PRINT_WIDTH, page_height
from workbench.excel.sheets.evening import evened
from workbench.excel.sheets.flow import (
    GAP,
    HEADING_HEIGHT,
    TITLE_HEIGHT,
    charts_at,
    page_count,
    whole_height,
)
from workbench.excel.sheets.parting import offsets, parted
from workbench.excel.sheets.widths import column_widths, filling, fuller
from workbench.excel.tables import Lines, footers, measure

_SLACK = 4.0
NARROW = 0.65
"""Up to this share of the sheet's width a table leaves room for its chart beside it."""
_MOST_PAGES, _MOST_ROWS = 20, 600
"""A sheet of more pages or rows is not looked at again to save a page."""
_CHARTS = (1.0, 0.86, 0.74)
"""How high charts may be beside their usual height where that saves a page."""
_MOST_JOINED, _LEAST_JOINED = 60, 0.75
"""Up to how many rows tables share a sheet, and how small it may print for that."""
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
    charts: float = 1.0
    """How high its charts are beside their usual height."""

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
        narrow = used < self.room * NARROW and _holds(following, table, self.room - used)
        return following if narrow and following.table == table.name else None

    def taken(self, index: int) -> int:
        """Return how many blocks are written with the one at an index: it, and charts beside."""
        if isinstance(self.sheet.blocks[index], Chart):
            return len(charts_at(self.sheet, index))
        return 1 if self.beside(index) is None else 2


def _holds(chart: Chart, table: Table, room: float) -> bool:
    """Tell whether the names below upright columns have room beside each other, not slanted."""
    if chart.table != table.name or chart.kind not in (ChartKind.BAR, ChartKind.STACKED):
        return True
    names = [str(cell.value) for cell in table.cells(chart.categories)]
    pieces = (piece for name in names for piece in (name.split() if name.isascii() else [name]))
    return len(names) * max(map(text_width, pieces), default=0.0) < room


def plans(sheet: Sheet, texts: Texts, letters: float = 1.0, words: float = 1.0) -> list[Plan]:
    """Return the worksheets that a sheet of the report becomes.

    ``letters`` says how large those of tables are beside ours, ``words`` those of running words.
    """
    parts = (replace(part, letters=words) for part in parted(sheet))
    return [plan for part in parts for plan in _plans(part, texts, letters)]


def _plans(sheet: Sheet, texts: Texts, letters: float) -> list[Plan]:
    marks = Marks(texts("report.to_verify"), texts("report.forecast_mark"))
    blocks = [
        replace(b, marks=marks, letters=letters) if isinstance(b, Table) else b
        for b in sheet.blocks
    ]
    moving: dict[int, Table] = {}
    name = worksheet_name(sheet.name)  # a scenario is named by whoever made it
    whole = _plan(replace(sheet, blocks=tuple(blocks)), name, texts)
    # What leaves may have set the scale of the page: what stays is looked at again.
    while moved := _to_move(whole):
        for index in moved:
            table = blocks[index]
            assert isinstance(table, Table)
            moving[index] = table
            blocks[index] = _moved_note(table, name, texts)
        whole = _plan(replace(sheet, blocks=tuple(blocks)), name, texts)
    if not moving:
        return [_saving_pages(whole, texts)]
    groups = _groups(sheet, moving, name, texts)
    for indexes, plan in groups:
        for index in indexes:
            blocks[index] = _moved_note(moving[index], plan.name, texts)
    whole = _plan(replace(sheet, blocks=tuple(blocks)), name, texts)
    return [_saving_pages(whole, texts), *(plan for _, plan in groups)]


def _moved_note(table: Table, name: str, texts: Texts) -> Paragraph:
    """Return the line in place of a table that stands on a sheet of a name."""
    rows, title = len(table.rows), table.title
    note = texts("report.moved", number=table.number, title=title, rows=rows, sheet=name)
    return Paragraph(note.strip())


_Group = tuple[list[int], Plan]
"""Tables that leave their sheet, by their place there, and the sheet on which they stand."""


def _groups(sheet: Sheet, moving: Mapping[int, Table], name: str, texts: Texts) -> list[_Group]:
    """Return the sheets of the tables that leave: short ones share one where that saves a page."""
    groups: list[_Group] = []
    taken = {name}
    for index in sorted(moving):
        plan = _alone(sheet, index, moving[index], texts, taken)
        joined = _joined(sheet, groups[-1], index, plan, moving, texts) if groups else None
        if joined is None:
            groups.append(([index], plan))
        else:
            taken.discard(groups[-1][1].name)
            groups[-1] = joined
        taken.add(groups[-1][1].name)
    return groups


def _joined(
    sheet: Sheet, before: _Group, index: int, plan: Plan, moving: Mapping[int, Table], texts: Texts
) -> _Group | None:
    """Return a table on the sheet of those before it, None where no page is saved by it."""
    indexes = [*before[0], index]
    tables = [replace(moving[at], apart=False) for at in indexes]
    if any(not table.number or len(table.rows) > _MOST_JOINED for table in tables):
        return None
    numbers = [table.number for table in tables]
    said = (", " if numbers[0].isascii() else "、").join(numbers)
    key = f"{sheet.key}/{indexes[0]}"
    whole = Sheet(
        key, worksheet_name(said), f"{sheet.title}　{said}", tuple(tables), letters=sheet.letters
    )
    found = _plan(whole, whole.name, texts)
    if len(said) > LONGEST or _to_move(found):
        return None
    found = _saving_pages(found, texts)
    scale = PRINT_WIDTH / sum(column_points(width) for width in found.widths)
    pages = page_count(before[1]) + page_count(plan)
    return (indexes, found) if scale >= _LEAST_JOINED and page_count(found) < pages else None


def _alone(sheet: Sheet, index: int, table: Table, texts: Texts, taken: Set[str]) -> Plan:
    """Return the plan of a sheet of its own for one table; ``taken`` are names of others."""
    chapter = table.number or sheet.name.split()[0]
    name = _free_name(worksheet_name(f"{chapter} {table.tab or table.title}"), taken)
    key = f"{sheet.key}/{index}"
    blocks = (replace(table, title="", apart=False),)
    # a table without a number is one of a scenario, and has its title from there
    title = f"{chapter}　{table.title}"
    if not table.number:
        title = texts("report.of_record", name=sheet.title, text=table.title)
    alone = Sheet(key, name, title, blocks, letters=sheet.letters)
    return _saving_pages(_plan(alone, name, texts), texts)


def _saving_pages(plan: Plan, texts: Texts) -> Plan:
    """Return the plan with fewer pages where little is given up for it: of one row, or half empty.

    Lower charts are tried before a slightly smaller scale.
    """
    if plan.sheet.one_page:
        return _on_one_page(plan, texts)
    if not plan.lines:
        return plan
    pages = page_count(plan)
    rows = sum(len(table.rows) for table in plan.tables.values())
    if not 1 < pages <= _MOST_PAGES or rows > _MOST_ROWS:
        return plan
    best, fewest = plan, pages
    for laid in (plan, *_smaller(plan, texts)):
        if _to_move(laid):
            continue
        for each in _variants(laid):
            if (count := page_count(each)) < fewest:
                best, fewest = each, count
    return best


def _on_one_page(plan: Plan, texts: Texts) -> Plan:
    """Return the plan with columns so wide that it fills the page on which it is shrunk.

    Narrow ones would leave the sides of the page blank and have more lines in smaller letters.
    """
    for widths in filling(plan.widths, plan.tables, plan.offsets):
        if whole_height(plan) <= plan.capacity:
            break
        plan = _laid_out(plan.sheet, plan.name, texts, widths)
    return plan


def _smaller(plan: Plan, texts: Texts) -> Iterator[Plan]:
    """Yield the plan at smaller and smaller scales."""
    for widths in fuller(plan.widths, plan.tables, plan.offsets):
        yield _laid_out(plan.sheet, plan.name, texts, widths)


def _variants(plan: Plan) -> Iterator[Plan]:
    """Yield the plan with lower and lower charts."""
    has_charts = any(isinstance(block, Chart) for block in plan.sheet.blocks)
    for charts in _CHARTS if has_charts else _CHARTS[:1]:
        yield replace(plan, charts=charts)


def _free_name(name: str, taken: Set[str]) -> str:
    """Return a name that no sheet has: parts of one long title are cut to the same letters."""
    used = {each.casefold() for each in taken}
    found, at = name, 1
    while found.casefold() in used:
        at += 1
        mark = f" {at}"
        found = f"{name[: LONGEST - len(mark)].rstrip()}{mark}"
    return found


def worksheet_name(text: str) -> str:
    """Return a text as a worksheet name: without brackets, slashes, colons, at most 31 long."""
    plain = text.replace(": ", ", ").translate(_FORBIDDEN)
    return cut(re.sub(" {2,}", " ", plain.strip().strip("'"))).strip("'")


def _plan(sheet: Sheet, name: str, texts: Texts) -> Plan:
    tables = _tables(sheet)
    places = offsets(tables)
    return _laid_out(sheet, name, texts, evened(column_widths(tables, places), tables, places))


def _tables(sheet: Sheet) -> dict[int, Table]:
    return {i: block for i, block in enumerate(sheet.blocks) if isinstance(block, Table)}


def _laid_out(sheet: Sheet, name: str, texts: Texts, widths: list[float]) -> Plan:
    tables = _tables(sheet)
    places = offsets(tables)
    capacity = page_height(widths)
    below = {i: footers(table, texts) for i, table in tables.items()}
    room = sum(widths)
    least = TIGHT if sheet.one_page else LEAST
    lines: dict[int, Lines] = {}
    plan = Plan(sheet, name, widths, capacity, places, lines, below, None)
    for i, table in tables.items():
        own = widths[places[i] : places[i] + len(table.columns)]
        # the lines below a table end where its chart begins
        span = sum(widths[: places[i] + len(table.columns)]) if plan.beside(i) else room
        lines[i] = measure(table, own, below[i], span, sheet.letters, least)
        if any(height >= MOST for height in lines[i].rows):
            below[i] = (*below[i], texts("report.cut_in_print"))
            lines[i] = measure(table, own, below[i], span, sheet.letters, least)
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
