# SPDX-License-Identifier: MIT
"""One ledger field of many records at once: sort keys, filter tokens, words to search."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.display import FACTORS, choice_title, editable, shown, shown_number
from workbench.domain.fields import NUMERIC_TYPES, Field, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.packing import pack, packed_column, unpacked
from workbench.domain.values import KeptOrigins, ValueState
from workbench.ui.texts import language, t
from workbench.ui.widgets.grid.model import sortable
from workbench.ui.widgets.grid.stats import ColumnSum

NOT_APPLICABLE = "n/a"
_PLAIN = (FieldType.TEXT, FieldType.CODE)
_YES, _NO = "1", "0"


def column_keys(records: Sequence[Record], field: Field, ledger: Ledger) -> list[Any]:
    """Return what sorts a field: exact numbers, ISO dates, words by pinyin; None is unknown."""
    cells = packed_column([record.values for record in records], field)
    if field.numeric or field.type in (FieldType.DATE, FieldType.BOOL):
        return cells
    if field.type in _PLAIN and not field.choices:
        return _by_pinyin(cells)
    return mapped(cells, lambda cell: sortable(_title(cell, field, ledger)))


def _by_pinyin(texts: Sequence[str | None]) -> list[bytes | None]:
    """Return what ``sortable`` makes of each text; encoded in one go, which takes half as long."""
    known = [text for text in texts if text is not None]
    keys = "\n".join(known).encode("gb18030", "replace").split(b"\n")
    if len(keys) != len(known):  # a text of several lines
        keys = [text.encode("gb18030", "replace") for text in known]
    if len(known) == len(texts):
        return [*keys]
    found = iter(keys)
    return [None if text is None else next(found) for text in texts]


def column_tokens(records: Sequence[Record], field: Field, ledger: Ledger) -> list[str]:
    """Return what filters of values are kept by; "" is unknown."""
    cells = packed_column([record.values for record in records], field)

    def token(cell: Any) -> str:
        if field.type is FieldType.BOOL:
            return _YES if cell else _NO
        if field.type is FieldType.CHOICE:
            return str(cell)
        if field.type is FieldType.REF:
            return _title(cell, field, ledger)
        return shown(unpacked(cell, field), field)

    if field.type in _PLAIN and not field.choices:
        tokens = [cell or "" for cell in cells]
    else:
        tokens = mapped(cells, token, unknown="")
    for at, record in enumerate(records):
        if cells[at] is None and not is_ordinary(record):
            not_applicable = record.state(field.key) is ValueState.NOT_APPLICABLE
            tokens[at] = NOT_APPLICABLE if not_applicable else ""
    return tokens


def column_edits(records: Sequence[Record], field: Field, ledger: Ledger) -> list[str]:
    """Return what an editor opens with of each record, as ``cell_of`` says; "" is unknown."""
    cells = packed_column([record.values for record in records], field)

    def edit(cell: Any) -> str:
        if field.type is FieldType.REF:
            return _title(cell, field, ledger)
        value = unpacked(cell, field)
        return shown(value, field, language()) if field.choices else editable(value, field)

    texts = mapped(cells, edit, unknown="")
    for at, record in enumerate(records):
        if cells[at] is None and _is_not_applicable(record, field):
            texts[at] = t("ledger.not_applicable")
    return texts


def column_sum(records: Sequence[Record], field: Field) -> ColumnSum:
    """Return the figures of a field's values in the unit of its column, summed exactly."""
    cells = packed_column([record.values for record in records], field)
    known = [cell for cell in cells if cell is not None]
    if not field.numeric:
        return ColumnSum(len(known))
    unknown = sum(
        1
        for cell, record in zip(cells, records, strict=True)
        if cell is None and not _is_not_applicable(record, field)
    )
    if not known:
        return ColumnSum(unknown=unknown)
    total = unpacked(sum(known), field)
    number = total if isinstance(total, Decimal) else Decimal(str(total))
    measures = frozenset([field.shown_unit])
    if field.unit_in:
        filled = (r for cell, r in zip(cells, records, strict=True) if cell is not None)
        measures = frozenset(record.text(field.unit_in) or "" for record in filled)
    return ColumnSum(len(known), len(known), shown_number(number, field), unknown, measures)


def _is_not_applicable(record: Record, field: Field) -> bool:
    return not is_ordinary(record) and record.state(field.key) is ValueState.NOT_APPLICABLE


def token_title(field: Field, token: str) -> str:
    """Return a token in the words of the table."""
    if token == NOT_APPLICABLE:
        return t("ledger.not_applicable")
    if field.type is FieldType.BOOL and token:
        return t("ui.yes") if token == _YES else t("ui.no")
    if field.type is FieldType.CHOICES:
        return shown(tuple(token.split("、")), field, language())
    return choice_title(token, field, language()) if field.choices else token


def has_words(field: Field) -> bool:
    """Tell whether a quick search looks through a field: names, words and choices.

    Numbers are left out: writing millions of them would make the first search wait.
    """
    return field.type not in NUMERIC_TYPES and field.type is not FieldType.BOOL


def column_words(records: Sequence[Record], field: Field, ledger: Ledger) -> list[str]:
    """Return a field's text of each record in lower case, "" for unknown."""
    cells = packed_column([record.values for record in records], field)
    if field.type in _PLAIN and not field.choices:
        return [cell.casefold() if cell else "" for cell in cells]
    return mapped(cells, _lower(field, ledger), unknown="")


def bound_key(field: Field, bound: Decimal | date) -> Any:
    """Return a bound, a number in the unit that is shown, as a sort key of the field."""
    if isinstance(bound, date):
        return bound.isoformat()
    return pack(bound * FACTORS.get(field.display_unit, Decimal(1)), field)


def _lower(field: Field, ledger: Ledger) -> Callable[[Any], str]:
    def lower(cell: Any) -> str:
        return _title(cell, field, ledger).casefold()

    return lower


def _title(cell: Any, field: Field, ledger: Ledger) -> str:
    if field.type is FieldType.REF:
        target = ledger.find(field.target, cell)
        return target.label if target is not None else str(cell)
    value = unpacked(cell, field)
    if isinstance(value, tuple):
        return t("assessment.comma").join(value)
    return choice_title(str(value), field, language()) if field.choices else str(value)


def mapped(cells: Sequence[Any], make: Callable[[Any], Any], unknown: Any = None) -> list[Any]:
    """Return what is made of each cell, of equal ones once."""
    made: dict[Any, Any] = {None: unknown}
    result = []
    for cell in cells:
        if cell not in made:
            made[cell] = make(cell)
        result.append(made[cell])
    return result


def is_ordinary(record: Record) -> bool:
    """Tell, as far as it is quickly known, that no value is estimated or not applicable."""
    origins = record.origins
    if isinstance(origins, KeptOrigins):  # asked first: to count them they must be decoded
        return origins.ordinary
    return not origins
