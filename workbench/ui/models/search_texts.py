# SPDX-License-Identifier: MIT
"""What Ctrl+F looks through in one ledger field of many records: lower case, numbers as typed."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from workbench.domain.display import FACTORS, grouped, shown
from workbench.domain.fields import SCALE, Field, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.packing import packed_column, unpacked
from workbench.domain.values import ValueState
from workbench.ui.models.field_cells import label_of
from workbench.ui.models.field_columns import is_ordinary, mapped
from workbench.ui.texts import language, t
from workbench.ui.widgets.grid.finding import plain

_EDITED = 6
"""Decimals that an editor opens with."""
_LONGEST = 15
"""Longer numbers are shown as powers of ten."""


def column_search_texts(records: Sequence[Record], field: Field, ledger: Ledger) -> list[str]:
    """Return a field's text of each record as it is shown and, where it differs, as it is edited.

    Numbers stand without thousands commas and with an ordinary minus; "" is unknown.
    """
    cells = packed_column([record.values for record in records], field)
    if field.type in (FieldType.TEXT, FieldType.CODE) and not field.choices:
        texts = [cell.casefold() if cell else "" for cell in cells]
    else:
        texts = mapped(cells, _writer(field, ledger), unknown="")
    for at, record in enumerate(records):
        if not is_ordinary(record):
            texts[at] = _marked(texts[at], record.state(field.key))
    return texts


def _marked(text: str, state: ValueState) -> str:
    """Return a text with what says that it is estimated, or that none applies."""
    if text and state is ValueState.ESTIMATED:
        return t("ledger.estimated", value=text).casefold()
    if not text and state is ValueState.NOT_APPLICABLE:
        return t("ledger.not_applicable").casefold()
    return text


def _writer(field: Field, ledger: Ledger) -> Callable[[Any], str]:
    """Return how packed cells of a field are written."""
    if field.type is FieldType.REF:
        return lambda cell: label_of(ledger, field, cell).casefold()
    if field.type in SCALE:
        factor = FACTORS.get(field.display_unit, Decimal(1))
        return number_writer(SCALE[field.type], factor, field.decimals)

    def write(cell: Any) -> str:
        text = shown(unpacked(cell, field), field, language())
        return plain(text) if field.numeric else text.casefold()

    return write


def number_writer(scale: int, factor: Decimal, decimals: int) -> Callable[[int], str]:
    """Return how scaled whole numbers are written: rounded as shown, then exactly if that differs.

    Whole numbers alone are reckoned with: decimals take five times as long.
    """
    shown_as, edited_as = _rounded(scale, factor, decimals), _rounded(scale, factor, _EDITED)
    form, one = f"%d.%0{decimals}d" if decimals else "%d", 10**decimals
    most, whole_edit = 10 ** (_LONGEST + decimals), 10**_EDITED

    def write(cell: int) -> str:
        number, exact = shown_as(cell)
        if number >= most:
            return _huge(cell, scale, factor, decimals)
        sign = "-" if cell < 0 and number else ""
        text = sign + form % (divmod(number, one) if decimals else number)
        if exact:
            return text
        units, parts = divmod(edited_as(cell)[0], whole_edit)
        edited = f"{units}.{parts:0{_EDITED}d}".rstrip("0").rstrip(".")
        return f"{text}\t{'-' if cell < 0 else ''}{edited}"

    return write


def _rounded(scale: int, factor: Decimal, decimals: int) -> Callable[[int], tuple[int, bool]]:
    """Return how a scaled number's size is rounded half up, in its last shown decimal."""
    exactly = Fraction(factor).limit_denominator(1000)  # 亩 is 2000/3, and 1,000 ㎡ are 1.5
    share = Fraction(10**decimals) / (exactly * 10**scale)
    over, under = share.numerator, share.denominator

    def rounded(cell: int) -> tuple[int, bool]:
        whole, rest = divmod(abs(cell) * over, under)
        return whole + (2 * rest >= under), not rest

    return rounded


def _edited(cell: int, scale: int, factor: Decimal) -> str:
    number = Decimal(cell).scaleb(-scale) / factor
    return f"{number:.{_EDITED}f}".rstrip("0").rstrip(".")


def _huge(cell: int, scale: int, factor: Decimal, decimals: int) -> str:
    number = Decimal(cell).scaleb(-scale) / factor
    return f"{plain(grouped(number, decimals))}\t{_edited(cell, scale, factor)}"
