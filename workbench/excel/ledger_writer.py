# SPDX-License-Identifier: MIT
"""Writes the ledger as a workbook that import takes back, and the blank form for a new one.

One sheet per entity; the headings are the catalogue's titles with the unit in brackets, which is
what ``workbench.domain.tables.headings`` reads. The ledger goes out in normalized units (㎡, 元),
because 亩 and 万元 would not come back to the last digit.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from workbench.application.ports import Progress, Texts
from workbench.domain import own_field_sheet
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.catalogue.own_field import OWN_FIELD
from workbench.domain.fields import Catalogue, Entity, Field, FieldType, Need
from workbench.domain.ledger import Ledger, Record
from workbench.domain.values import Value, ValueState
from workbench.excel import styles
from workbench.excel.cells import put_text
from workbench.excel.field_guide import field_guide
from workbench.excel.list_writer import write_list
from workbench.excel.measure import text_width
from workbench.excel.styles import Styles

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

PERCENT = "%"
NOT_APPLICABLE = "不适用"
YES, NO = "是", "否"
_IDENTITY = {"parcel": ("code", "name"), "building": ("code", "name"), "unit": ("unit_no",)}
"""By which of its fields a record is named where another points at it."""
_AFTER = frozenset({"余", "多", "来", "左右", "上下", "以上", "以下", "以内", "+"})
_LIKE_A_FRACTION = Decimal("1.5")
"""A percent column with no greater number is read as fractions, so small ones carry their %."""
_MARKS = {Need.REQUIRED: "★", Need.ASSESSMENT: "☆", Need.OPTIONAL: ""}
_TEMPLATE_ROWS = 2000
_CHOICES_SHEET = "选项"
_LEFT_OUT = frozenset({"context"})
"""Filled by an analyst in the program, not by whoever fills in the form."""


def write_ledger(workbook: "Workbook", ledger: Ledger, texts: Texts, progress: Progress) -> int:
    """Fill a new workbook with every record; return how many there are."""
    look = _begin(workbook, texts)
    filled = [entity for entity in ledger.catalogue.ledger() if ledger.all(entity.key)]
    # An empty ledger is written as its headings, so that it can be filled in and comes back.
    entities = filled or list(ledger.catalogue.ledger())
    count = 0
    for done, entity in enumerate(entities, start=1):
        records = ledger.all(entity.key)
        sheet = workbook.create_sheet(entity.title(texts.language))
        _head(sheet, entity, [heading(f, texts.language) for f in entity], look)
        for row, record in enumerate(records, start=2):
            for column, field in enumerate(entity, start=1):
                _write(sheet, row, column, field, record, ledger)
        count += len(records)
        progress.step(done, len(entities))
    _write_own_fields(workbook, ledger.catalogue, texts, look)
    return count


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


def _write(
    sheet: "Worksheet", row: int, column: int, field: Field, record: Record, ledger: Ledger
) -> None:
    state = record.state(field.key)
    if state is ValueState.UNKNOWN:
        return
    cell = sheet.cell(row, column)
    if state is ValueState.NOT_APPLICABLE:
        put_text(cell, NOT_APPLICABLE)
        return
    value = _plain(record.get(field.key), field, ledger)
    if state is ValueState.ESTIMATED:
        put_text(cell, _qualified(record, field, value))
    elif isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, Decimal):
        if field.type is FieldType.SHARE and abs(value) <= _LIKE_A_FRACTION and value:
            put_text(cell, f"{value.normalize():f}{PERCENT}")
        else:
            cell.value = float(value)
    else:
        cell.value = value


def _plain(value: Value | None, field: Field, ledger: Ledger) -> str | Decimal | int | date:
    """Return a known value as import reads it."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return "、".join(value)
    if field.type is FieldType.SHARE and isinstance(value, Decimal):
        return value * 100
    if field.type is FieldType.REF and isinstance(value, str):
        return _named(ledger.find(field.target, value), value)
    return "" if value is None else value


def _named(target: Record | None, key: str) -> str:
    """Return the text by which import finds a record again."""
    if target is None:
        return key
    for field in _IDENTITY.get(target.entity, ("name", "code")):
        if name := target.text(field):
            return name
    return target.label


def _qualified(record: Record, field: Field, value: str | Decimal | int | date) -> str:
    """Return an estimate with its qualifier, 约 before and 余 after the number."""
    origin = record.origins.get(field.key)
    mark = (origin.qualifier if origin else "") or "约"
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    return f"{text}{mark}" if mark in _AFTER else f"{mark}{text}"


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
        sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"


def _drop_down(sheet: "Worksheet", cells: str, source: str) -> None:
    # A warning, not a refusal: import recognises many more spellings than the list shows.
    validation = DataValidation(
        type="list", formula1=source, allow_blank=True, errorStyle="warning", showErrorMessage=True
    )
    sheet.add_data_validation(validation)
    validation.add(cells)
