# SPDX-License-Identifier: MIT
"""Refuses options that point at a sheet, row, column or unit that the files do not have.

An option that nothing answers to would be passed over in silence, and the import done without it.
"""

from collections.abc import Iterator, Sequence

from workbench.application.imports.choices import PARTED, ImportOptions
from workbench.application.imports.preview import Preview, TablePreview
from workbench.domain.fields import Field, FieldType
from workbench.domain.findings import InputError, UsageError
from workbench.domain.parsing.dates import DAY_MONTH_YEAR, MONTH_DAY_YEAR
from workbench.domain.parsing.units import RefusedUnitError, factor
from workbench.domain.tables.finder import Column
from workbench.domain.tables.sheets import RawSheet, RawWorkbook

_MOST_NAMED = 60


def refuse_missing_sheets(books: Sequence[RawWorkbook], options: ImportOptions) -> None:
    """Raise InputError for a sheet or header row that no file has.

    What is said of one file by name comes from the window, which shows what there is.
    """
    sheets = [sheet for book in books for sheet in book.sheets]
    for name in _sheets_of(options):
        if not any(sheet.name == name for sheet in sheets):
            known = "、".join(dict.fromkeys(sheet.name for sheet in sheets))
            raise InputError("importing.sheet_missing", sheet=name, known=known)
    for (file, name), (_, last) in options.headers.items():
        lowest = max(map(_last_row, (s for s in sheets if s.name == name)), default=0)
        if not file and last > lowest:
            raise InputError("importing.header_missing", sheet=name, row=last, last=lowest)


def _sheets_of(options: ImportOptions) -> Iterator[str]:
    yield from options.sheets
    yield from (sheet for file, sheet in options.headers if not file)
    yield from (sheet for file, sheet, _ in options.rows if not file)
    for spots in (options.entities, options.columns, options.units, options.every):
        yield from (sheet for file, sheet, _, _ in spots if not file)


def _last_row(sheet: RawSheet) -> int:
    return sheet.top + len(sheet.rows) - 1


def refuse_missing_columns(preview: Preview) -> None:
    """Raise InputError for a column that no table of its sheet has, UsageError for its unit."""
    options = preview.options
    for file, sheet, row, address in (*options.columns, *options.units):
        tables = [table for table in preview.tables() if table.table.sheet.name == sheet]
        if file or any(address in _addresses(table) for table in tables):
            continue
        if options.columns.get((file, sheet, row, address)) == PARTED:
            continue  # it names the whole of what is read as its parts, as before it was joined
        known = dict.fromkeys(c.address for table in tables for c in table.table.columns)
        words = " ".join(list(known)[:_MOST_NAMED]) or "—"
        raise InputError("importing.column_missing", sheet=sheet, column=address, known=words)
    for (file, sheet, _, address), unit in options.units.items():
        for table in preview.tables() if unit and not file else ():
            if table.table.sheet.name == sheet and address in _addresses(table):
                _refuse_unfit(table, address, unit)


def _addresses(table: TablePreview) -> set[str]:
    """Return what the columns of a table may be called."""
    return {name for column in table.table.columns for name in _called(column, table)}


def _called(column: Column, table: TablePreview) -> tuple[str, str]:
    """Return what a column may be called: D, or D4 under a header in row 4."""
    letter, mark, part = column.address.partition("/")
    return column.address, f"{letter}{table.table.header_rows[0]}{mark}{part}"


def _refuse_unfit(table: TablePreview, address: str, unit: str) -> None:
    for preview in (table, *table.attached):
        for data in preview.columns.values():
            column = data.column
            if column is None or address not in _called(column, table):
                continue
            if not _fits(unit, data.field):
                raise UsageError(
                    "importing.unit_unfit", unit=unit, column=address,
                    sheet=table.table.sheet.name, entity=preview.entity, field=data.field.key,
                )  # fmt: skip


def _fits(unit: str, field: Field) -> bool:
    """Tell whether a column of a field may be in a unit; one of days has an order for it."""
    if field.type is FieldType.DATE:
        return unit in (DAY_MONTH_YEAR, MONTH_DAY_YEAR)
    try:
        return field.numeric and factor(unit, field) is not None
    except RefusedUnitError:
        return False
