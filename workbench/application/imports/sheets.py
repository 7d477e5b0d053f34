# SPDX-License-Identifier: MIT
"""Which sheets hold tables to import, and what a person's corrections change about a table."""

import re
from collections.abc import Collection, Sequence

from workbench.application.imports.choices import PARTED, ImportOptions, TableChoices
from workbench.application.imports.preview import FilePreview
from workbench.domain.fields import Catalogue
from workbench.domain.findings import InputError
from workbench.domain.tables.finder import Table
from workbench.domain.tables.headings.matcher import HeadingMatcher, Match
from workbench.domain.tables.letters import column_index
from workbench.domain.tables.shared_columns import joined_again, part_columns
from workbench.domain.tables.sheets import RawSheet

_INSTRUCTIONS = re.compile(
    r"说明|须知|封面|目录|示例|样例|样表|模板|范例|readme|instructions?|example", re.I
)
_LISTS = re.compile(
    r"字典|代码表|下拉|选项|数据源|基础数据|参数|勿删|枚举|lookup|options|dropdown", re.I
)
_DISCARDED = re.compile(r"作废|剔除|退回|不予|废弃|回收站|删除|rejected|deleted|trash|old$", re.I)
_SUMMARY = re.compile(r"汇总|统计|总览|一览|分析|透视|summary|pivot|dashboard", re.I)
_FEWEST_FOREIGN = 2
_SUMMED_BY = ("park", "park_year", "finance")
"""Records by which other sheets are summed up."""
_COUNTED = re.compile(r"[宗栋幢个家户项块台套份]数|数量|占比|合计|小计")


def why_ignored(
    sheet: RawSheet, tables: Sequence[Table], options: ImportOptions, sheets: int
) -> str:
    """Return why a sheet is left out, or "" to import it; a sheet asked for by name is kept."""
    if options.sheets:
        if sheet.name not in options.sheets:
            return "not_chosen"
        return "" if tables else "no_header"
    if not any(cell not in ("", None) for row in sheet.rows for cell in row):
        return "empty"
    if reason := _kept_away(sheet, tables):
        return reason
    if not tables:
        if sheets > 1 and sheet.foreign_formulas >= _FEWEST_FOREIGN:
            return "summary"
        if _INSTRUCTIONS.search(sheet.name):
            return "instructions"
        return "other_encoding" if sheet.perhaps_in else "no_header"
    if _INSTRUCTIONS.search(sheet.name):
        return "instructions"
    if sheets > 1 and _LISTS.search(sheet.name):
        return "lookup_list"
    return "summary" if sheets > 1 and _is_summary(sheet, tables) else ""


def _kept_away(sheet: RawSheet, tables: Sequence[Table]) -> str:
    """Return why a sheet is no ledger whatever its tables look like, or ""."""
    if not sheet.visible:
        return "hidden"
    if sheet.pivots and not outside_pivots(tables):
        return "pivot"
    return "discarded" if _DISCARDED.search(sheet.name) else ""


def outside_pivots(tables: Sequence[Table]) -> list[Table]:
    """Return the tables that are no pivot table's result, which only adds up other rows."""
    return [
        table
        for table in tables
        if not any(
            pivot.top <= table.header_rows[-1] <= pivot.bottom
            and pivot.left <= column_index(table.columns[0].letter) <= pivot.right
            for pivot in table.sheet.pivots
        )
    ]


def no_table(file: FilePreview) -> InputError:
    """Say why nothing of a file is a table to import."""
    for reason, code in (("hidden", "only_hidden"), ("pivot", "only_pivots")):
        names = [sheet.sheet for sheet in file.ignored if sheet.reason == reason]
        if names and all(sheet.reason in (reason, "empty") for sheet in file.ignored):
            return InputError(f"importing.{code}", file=file.name, sheets="、".join(names))
    for sheet in file.ignored:
        if sheet.reason == "other_encoding" and sheet.raw is not None:
            encoding = sheet.raw.perhaps_in
            return InputError("importing.encoding_perhaps", file=file.name, encoding=encoding)
    names = [sheet.sheet for sheet in file.ignored]
    return InputError("importing.no_table", file=file.name, sheets="、".join(names))


def _is_summary(sheet: RawSheet, tables: Sequence[Table]) -> bool:
    """Tell whether a sheet only adds up other sheets of the same file."""
    rows = sum(len(table.rows) for table in tables)
    if sheet.foreign_formulas >= max(_FEWEST_FOREIGN, rows):
        return True
    title = sheet.name + " ".join(table.context.title for table in tables)
    columns = max(len(table.by_field()) for table in tables)
    return bool(_SUMMARY.search(title)) and columns < 4


def is_only_list(tables: Sequence[Table], others: Collection[str], catalogue: Catalogue) -> bool:
    """Tell whether a sheet called 汇总 lists what no other sheet of its file does.

    It names each of its records and counts none: a sum by park, by kind or by year is a summary.
    """
    return bool(tables) and all(
        table.entity not in (*others, *_SUMMED_BY)
        and table.by_field().keys() & {*catalogue[table.entity].required_any}
        and not any(_COUNTED.search(column.heading.core) for column in table.columns)
        for table in tables
    )


def override(
    table: Table, choices: TableChoices, matcher: HeadingMatcher, catalogue: Catalogue
) -> None:
    """Apply what was settled about a table: entity and columns."""
    if (entity := choices.entity) and entity in catalogue and entity != table.entity:
        headings = {column.position: column.heading for column in table.columns}
        mapped = matcher.assign(entity, headings)
        table.entity = entity
        for column in table.columns:
            column.match = mapped.columns.get(column.position)
        part_columns(table, catalogue[entity], matcher)
    joined_again(table, {at for at, field in choices.fields.items() if field != PARTED})
    for column in table.columns:
        chosen = choices.fields.get(column.address)
        if chosen in (None, PARTED) or column.position in table.borrowed:
            continue
        for other in table.columns:
            if other.match and other.match.field == chosen:
                other.match = None
        known = chosen in catalogue[table.entity]
        column.match = Match(chosen, 1.0, True) if chosen and known else None
        column.chosen = True
