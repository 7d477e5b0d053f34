# SPDX-License-Identifier: MIT
"""Parts an annex whose tables are so unlike that together they would print too small to read."""

from dataclasses import replace

from workbench.domain.report.model import Block, Heading, Sheet, Table
from workbench.excel.measure import column_points, text_width
from workbench.excel.page import PRINT_WIDTH
from workbench.excel.sheets.widths import NUMBERING, column_widths

LEAST = 0.745
"""The scale at which the small letters of an annex print at 6.7 points."""

_LONGEST = 80.0
"""How wide the title of a part may be (characters of the body): larger letters, in one line."""
_FEWEST = 3
"""Sections of a sheet that is parted."""


def offsets(tables: dict[int, Table]) -> dict[int, int]:
    """Let tables without running numbers begin in the second column beside one that has them."""
    numbered = any(table.columns[0].key == NUMBERING for table in tables.values())
    return {i: int(numbered and table.columns[0].key != NUMBERING) for i, table in tables.items()}


def parted(sheet: Sheet) -> list[Sheet]:
    """Return a sheet as one, or as several that begin at headings and print at a scale to read.

    Tables share the columns of their sheet, each as wide as the widest of them asks for.
    """
    sections = _sections(sheet) if sheet.annex else []
    if len(sections) < _FEWEST or _scale(sheet.blocks) >= LEAST:
        return [sheet]
    parts: list[list[Block]] = [[]]
    for section in sections:
        if any(isinstance(b, Table) for b in parts[-1]) and _scale([*parts[-1], *section]) < LEAST:
            parts.append([])
        parts[-1] += section
    return [
        sheet if len(parts) == 1 else _part(sheet, number, blocks)
        for number, blocks in enumerate(parts, start=1)
    ]


def _part(sheet: Sheet, number: int, blocks: list[Block]) -> Sheet:
    if number == 1:
        return replace(sheet, blocks=tuple(blocks))
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    name = f"{sheet.title} {number}"
    about = " … ".join(dict.fromkeys([*headings[:1], *headings[-1:]]))
    if text_width(f"{name}　{about}") > _LONGEST:
        about = "".join(headings[:1])
    title = f"{name}　{about}".rstrip("　")
    key, name = f"{sheet.key}/part{number}", f"{sheet.name} {number}"
    return Sheet(key, name, title, tuple(blocks), annex=True)


def _sections(sheet: Sheet) -> list[list[Block]]:
    """Return the blocks of a sheet, each section with its heading first."""
    found: list[list[Block]] = [[]]
    for block in sheet.blocks:
        if isinstance(block, Heading) and found[-1]:
            found.append([])
        found[-1].append(block)
    return found


def _scale(blocks: list[Block] | tuple[Block, ...]) -> float:
    """Return at what scale tables print that share one sheet; those that leave it do not count."""
    tables = {
        at: block for at, block in enumerate(blocks) if isinstance(block, Table) and not block.apart
    }
    if not tables:
        return 1.0
    widths = column_widths(tables, offsets(tables))
    return PRINT_WIDTH / sum(column_points(width) for width in widths)
