# SPDX-License-Identifier: MIT
"""What the step of the columns calls tables, sheets left out and columns."""

from collections.abc import Mapping

from workbench.application.imports.preview import FilePreview, IgnoredSheet, TablePreview
from workbench.domain.parsing.text import shown
from workbench.domain.tables.finder import Column
from workbench.domain.tables.sheets import RawSheet
from workbench.ui.texts import t

_SAMPLES = 3


def heading_of(column: Column) -> str:
    """Return a column's heading, for one of its fields with that field's own words."""
    if column.part is not None:
        whole = column.part.whole.heading.text
        return t("import_dialog.part_of", heading=whole, part=column.heading.text)
    return column.heading.text or t("import_dialog.no_heading")


def table_name(table: TablePreview) -> str:
    """Name a table by its file, sheet, header row and rows."""
    return t(
        "import_dialog.table_name",
        file=table.file,
        sheet=table.table.sheet.name,
        row=table.table.header_rows[0],
        n=table.table.read,
    )


def ignored_name(file: str, item: IgnoredSheet) -> str:
    """Name a sheet that was left out, with the reason."""
    why = t(f"importing.ignored.{item.reason}")
    return t("import_dialog.ignored_name", file=file, sheet=item.sheet, why=why)


def first_lines(sheet: RawSheet) -> str:
    """Return the first rows of a sheet with their numbers, to point at the header."""
    lines = []
    for number, row in enumerate(sheet.rows[:12], start=sheet.top):
        words = [shown(cell).strip() for cell in row if shown(cell).strip()]
        lines.append(f"{number}  " + " | ".join(word[:16] for word in words[:10]))
    return "\n".join(lines)


def samples_of(table: TablePreview, column: Column) -> str:
    """Return the first few different values of a column."""
    found: Mapping[str, None] = dict.fromkeys(
        text
        for _, cells in table.table.rows[:40]
        if (text := shown(cells[column.position]).strip())
    )
    return t("ledger.and").join(list(found)[:_SAMPLES])


def ignored_words(files: list[FilePreview]) -> str:
    """Name the sheets that were not read, and why."""
    words = [
        t(
            "import_dialog.ignored_with_rows" if item.may_be_lost else "import_dialog.ignored",
            sheet=item.sheet,
            why=t(f"importing.ignored.{item.reason}"),
            n=item.lines,
        )
        for file in files
        for item in file.ignored
    ]
    return t("import_dialog.ignored_sheets", sheets=t("ledger.and").join(words)) if words else ""
