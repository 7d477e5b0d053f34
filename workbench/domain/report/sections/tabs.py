# SPDX-License-Identifier: MIT
"""What worksheets are called to which tables move whose titles are too long for a tab."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.report.model import Sheet, Table
from workbench.domain.report.sections.material import Material

OF_A_PARK = (
    "2-4", "2-5", "3-0", "3-6", "6-2", "6-3", "6-5", "6-0", "6-12", "6-13", "6-14", "6-15", "6-16",
    "6-17", "6-18", "6-7", "7-2d", "8-4", "10-1", "10-2", "10-5",
)  # fmt: skip
OF_PARKS = ("1-2", "1-3", "1-4", "2-2", "2-3", "2-4", "3-1", "3-3", "4-1", "4-2", "5-1")
"""The chapters of a portfolio count their tables anew; its annexes have the numbers of a park's."""
OF_ANNEXES = (
    "E-3", "E-5", "E-7", "E-8", "E-9", "E-10", "E-11", "E-12", "E-13", "E-14", "E-15", "E-16",
    "E-17", "E-18", "E-19", "E-20", "E-22", "E-23",
)  # fmt: skip


def tabbed(sheets: Sequence[Sheet], m: Material, *, of_parks: bool = False) -> tuple[Sheet, ...]:
    """Return the sheets of one park, or of many, whose tables have short names for their tabs."""
    chapters, room = (OF_PARKS, "parks") if of_parks else (OF_A_PARK, "park")
    names = {m.table_no(number): f"{room}.{number}" for number in chapters}
    names |= {m.table_no(number): f"annex.{number}" for number in OF_ANNEXES}
    return tuple(
        replace(sheet, blocks=tuple(
            replace(block, tab=m.words(f"report_tabs.{names[block.number]}"))
            if isinstance(block, Table) and block.number in names else block
            for block in sheet.blocks
        ))
        for sheet in sheets
    )  # fmt: skip
