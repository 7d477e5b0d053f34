# SPDX-License-Identifier: MIT
"""Writes the ledger as a workbook that import takes back, and the blank form for a new one.

One sheet per entity; the headings are the catalogue's titles with the unit in brackets, which is
what ``workbench.domain.tables.headings.matcher`` reads. The ledger goes out in normalized units
(㎡, 元), because 亩 and 万元 would not come back to the last digit. Its rows are streamed from the
store (``workbench.excel.ledger.rows``); only the heads are openpyxl's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from workbench.application.ports import Progress, Texts
from workbench.application.store_ports import RecordStore
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.catalogue.own_field import OWN_FIELD
from workbench.domain.fields import Catalogue, Entity, Field, FieldType, Need
from workbench.domain.findings import OutputError
from workbench.domain.records import own_field_sheet
from workbench.domain.records.ledger import Record
from workbench.excel import styles
from workbench.excel.cells import put_text
from workbench.excel.ledger.field_guide import field_guide
from workbench.excel.ledger.rows import NO, PERCENT, YES, RowStyles, RowWriter
from workbench.excel.list_writer import write_list
from workbench.excel.measure import text_width
from workbench.excel.styles import Styles
from workbench.excel.xlsx_package import SHEET_PARTS

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_DAY_FORMAT = "yyyy-mm-dd"
_REPORTED_AFTER = 1000
_MOST_ROWS = 1_048_575
_MOST_CELLS = 40_000_000
"""A part of a package that not every program reads begins at 2 GB, some 50 bytes a cell."""
_IDENTITY = {"parcel": ("code", "name"), "building": ("code", "name"), "unit": ("unit_no",)}
"""By which of its fields a record is named where another points at it."""
_MARKS = {Need.REQUIRED: "★", Need.ASSESSMENT: "☆", Need.OPTIONAL: ""}
_TEMPLATE_ROWS = 2000
_CHOICES_SHEET = "选项"
_LEFT_OUT = frozenset({"context"})
"""Filled by an analyst in the program, not by whoever fills in the form."""


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One sheet of a ledger whose head is in a workbook and whose rows are to follow."""

    title: str
    part: str
    entity: Entity
    records: int
    writer: RowWriter
    rows: Iterable[str]


def begin_ledger(
    workbook: "Workbook", records: RecordStore, catalogue: Catalogue, texts: Texts,
    progress: Progress,
) -> list[LedgerSheet]:  # fmt: skip
    """Fill a new workbook with the heads of all sheets; return them with the rows to stream."""
    look = _begin(workbook, texts)
    counts = {entity.key: records.count(entity.key) for entity in catalogue.ledger()}
    filled = [entity for entity in catalogue.ledger() if counts[entity.key]]
    # An empty ledger is written as its headings, so that it can be filled in and comes back.
    entities = filled or list(catalogue.ledger())
    for entity in filled:
        _refuse_too_many(entity, counts[entity.key], texts)
    names = _names(records, filled)
    walk = _Walk(progress, sum(counts.values()))
    sheets = []
    for at, entity in enumerate(entities, start=1):
        sheet = workbook.create_sheet(entity.title(texts.language))
        _head(sheet, entity, [heading(f, texts.language) for f in entity], look)
        last, count = get_column_letter(len(entity.fields)), counts[entity.key]
        sheet.auto_filter.ref = f"A1:{last}{count + 1}"
        writer = RowWriter(entity, names, _row_styles(sheet))
        rows = writer.rows(walk.over(records.each(entity.key)), 2)
        part = f"{SHEET_PARTS}{at}.xml"
        sheets.append(LedgerSheet(sheet.title, part, entity, count, writer, rows))
    _write_own_fields(workbook, catalogue, texts, look)
    return sheets


def _refuse_too_many(entity: Entity, count: int, texts: Texts) -> None:
    """Raise OutputError when a sheet cannot hold so many records; nothing is written then."""
    most = min(_MOST_ROWS, _MOST_CELLS // len(entity.fields))
    if count > most:
        title = entity.title(texts.language)
        raise OutputError("ledger_export.too_many", entity=title, count=count, most=most)


class _Walk:
    """Reports how many of all records have passed."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._done, self._total = 0, total

    def over(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield records, reporting now and then."""
        for record in records:
            if self._done % _REPORTED_AFTER == 0:
                self._progress.step(self._done, self._total)
            self._done += 1
            yield record


def _names(records: RecordStore, entities: Iterable[Entity]) -> dict[str, dict[str, str]]:
    """Return, per entity that others point at, the text by which import finds each record."""
    targets = {field.target for entity in entities for field in entity.references()}
    return {
        target: {record.key: _named(record) for record in records.each(target)}
        for target in sorted(targets)
    }


def _named(record: Record) -> str:
    for field in _IDENTITY.get(record.entity, ("name", "code")):
        if name := record.text(field):
            return name
    return record.label


def _row_styles(sheet: "Worksheet") -> RowStyles:
    day, quoted = Cell(sheet, 1, 1), Cell(sheet, 1, 1)
    day.number_format = _DAY_FORMAT
    quoted.quotePrefix = True
    return RowStyles(day.style_id, quoted.style_id)


def _write_own_fields(
    workbook: "Workbook", catalogue: Catalogue, texts: Texts, look: Styles
) -> None:
    """Declare the project's own fields, so that another project reads their columns."""
    if not (rows := own_field_sheet.rows(catalogue)):
        return
    sheet = workbook.create_sheet(OWN_FIELD.title(texts.language))
    _head(sheet, OWN_FIELD, own_field_sheet.head(texts.language), look)
    for at, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            put_text(sheet.cell(at, column), text)


def heading(field: Field, language: str, *, shown: bool = False) -> str:
    """Return a column heading with its unit: the normalized one, or the one people use."""
    unit = PERCENT if field.type is FieldType.SHARE else field.unit
    if shown and field.numeric:
        unit = field.shown_unit
    title = field.title(language)
    return f"{title}（{unit}）" if unit else title


def _begin(workbook: "Workbook", texts: Texts) -> Styles:
    while workbook.worksheets:
        workbook.remove(workbook.worksheets[0])
    return Styles(workbook, texts.language)


def _head(sheet: "Worksheet", entity: Entity, titles: Iterable[str], look: Styles) -> None:
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(1, column)
        put_text(cell, title)
        look.apply(cell, styles.HEADER)
        width = min(max(text_width(title) + 3, 11), 30)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "C2"
    last = get_column_letter(len(entity.fields))
    sheet.auto_filter.ref = f"A1:{last}1"


def write_template(workbook: "Workbook", texts: Texts) -> None:
    """Fill a new workbook with the blank form: notes, one sheet per entity, drop-down choices."""
    look = _begin(workbook, texts)
    _notes(workbook.create_sheet(texts("report.template_notes")), texts, look)
    entities = [entity for entity in CATALOGUE.ledger() if entity.key not in _LEFT_OUT]
    guide = field_guide(entities, texts)
    write_list(workbook.create_sheet(guide.title), guide, texts, look)
    choices = _Choices(workbook.create_sheet(_CHOICES_SHEET))
    for entity in entities:
        sheet = workbook.create_sheet(entity.title(texts.language))
        fields = [field for field in entity if not field.check_only]
        titles = [_MARKS[f.need] + heading(f, texts.language, shown=True) for f in fields]
        _head(sheet, entity, titles, look)
        sheet.auto_filter.ref = None
        for column, field in enumerate(fields, start=1):
            _prepare(sheet, column, field, choices)
    workbook.move_sheet(_CHOICES_SHEET, len(entities))
    workbook[_CHOICES_SHEET].sheet_state = "hidden"


def _notes(sheet: "Worksheet", texts: Texts, look: Styles) -> None:
    sheet.column_dimensions["A"].width = 110
    put_text(sheet["A1"], texts("report.template_title"))
    look.apply(sheet["A1"], styles.SHEET_TITLE)
    sheet.row_dimensions[1].height = 30
    for row, text in enumerate(texts("report.template_text").strip().splitlines(), start=2):
        put_text(sheet.cell(row, 1), text)
        look.apply(sheet.cell(row, 1), styles.PARAGRAPH)
        sheet.row_dimensions[row].height = 20
    sheet.sheet_view.showGridLines = False


class _Choices:
    """The hidden sheet that holds the lists behind the drop-downs, each list once."""

    def __init__(self, sheet: "Worksheet") -> None:
        self._sheet = sheet
        self._places: dict[tuple[str, ...], str] = {}

    def range(self, values: tuple[str, ...]) -> str:
        """Return where a list stands, writing it if it is new."""
        if values not in self._places:
            column = len(self._places) + 1
            for row, value in enumerate(values, start=1):
                put_text(self._sheet.cell(row, column), value)
            letter = get_column_letter(column)
            self._places[values] = f"'{self._sheet.title}'!${letter}$1:${letter}${len(values)}"
        return self._places[values]


def _prepare(sheet: "Worksheet", column: int, field: Field, choices: _Choices) -> None:
    """Give a column its drop-down or its number format."""
    letter = get_column_letter(column)
    cells = f"{letter}2:{letter}{_TEMPLATE_ROWS}"
    if field.type is FieldType.CHOICE:
        _drop_down(sheet, cells, choices.range(tuple(c.value for c in field.choices)))
    elif field.type is FieldType.BOOL:
        _drop_down(sheet, cells, choices.range((YES, NO)))
    elif field.type is FieldType.CODE:
        sheet.column_dimensions[letter].number_format = "@"
    elif field.type is FieldType.DATE:
        sheet.column_dimensions[letter].number_format = _DAY_FORMAT


def _drop_down(sheet: "Worksheet", cells: str, source: str) -> None:
    # A warning, not a refusal: import recognises many more spellings than the list shows.
    validation = DataValidation(
        type="list", formula1=source, allow_blank=True, errorStyle="warning", showErrorMessage=True
    )
    sheet.add_data_validation(validation)
    validation.add(cells)
