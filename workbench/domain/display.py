# SPDX-License-Identifier: MIT
"""Normalized values as people read them: 亩, 万元, %, thousands commas, 待核 for unknown."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from workbench.domain.fields import Field, FieldType
from workbench.domain.overriding import override
from workbench.domain.values import MU_IN_M2, Value, ValueState

FACTORS = {
    "亩": MU_IN_M2,
    "公顷": Decimal(10000),
    "万㎡": Decimal(10000),
    "㎡": Decimal(1),
    "万元": Decimal(10000),
    "元": Decimal(1),
    "万元/亩": Decimal(15),
    "%": Decimal("0.01"),
    "个百分点": Decimal("0.01"),
}
"""How many normalized units one shown unit has."""

_DIGITS_SHOWN = 20
_STEPS = {decimals: Decimal(1).scaleb(-decimals) for decimals in range(7)}

UNKNOWN, NOT_APPLICABLE = "待核", "—"
UNKNOWN_EN = "unknown"


def shown_number(value: Decimal | int, field: Field) -> Decimal:
    """Return a number in the unit in which its field is shown."""
    return Decimal(value) / FACTORS.get(field.display_unit, Decimal(1))


def grouped(value: Decimal, decimals: int) -> str:
    """Return a number with thousands commas; the minus sign is U+2212.

    Beyond 20 digits, where only a slip of the hand leads, it is written as a power of ten.
    """
    if value and value.adjusted() >= _DIGITS_SHOWN:
        return f"{value:.3E}".replace("-", "−")
    step = _STEPS.get(decimals) or Decimal(1).scaleb(-decimals)
    rounded = value.quantize(step, ROUND_HALF_UP)
    text = f"{rounded:,f}"
    if text[0] != "-":
        return text
    return text.replace("-", "−") if rounded else text[1:]  # never "−0.00"


def shown(value: Value | None, field: Field, language: str = "zh_CN") -> str:
    """Return a known value as text without its unit; "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES_NO[language.startswith("zh")][value]
    if isinstance(value, Decimal | int):
        if field.type is FieldType.INTEGER:
            # A year is a name, not a quantity: no thousands comma.
            return str(value) if field.key == "year" else grouped(Decimal(value), 0)
        return grouped(shown_number(value, field), field.decimals)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        comma = "、" if language.startswith("zh") or not field.choices else ", "
        return comma.join(choice_title(each, field, language) for each in value)
    return choice_title(value, field, language) if field.choices else value


def with_unit(value: Decimal | int | None, field: Field) -> str:
    """Return a number with its unit; 待核 for an unknown one."""
    if value is None:
        return UNKNOWN
    text, unit = shown(value, field), field.shown_unit
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a field inside a sentence, which writes it in its own language."""

    value: Decimal | int
    field: Field

    @override
    def __str__(self) -> str:
        return with_unit(self.value, self.field)


def choice_title(value: str, field: Field, language: str) -> str:
    """Return the label of a stored choice; an unlisted value stands for itself."""
    for choice in field.choices:
        if choice.value == value:
            return choice.title(language)
    return value


def editable(value: Value | None, field: Field) -> str:
    """Return the text that an editor opens with: the shown unit, every kept decimal, no commas."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        number = shown_number(value, field)
        text = f"{number.quantize(Decimal('0.000001'), ROUND_HALF_UP):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, str | tuple):  # a comma of a person's own words stays
        return shown(value, field)
    return shown(value, field).replace(",", "").replace("−", "-")


def state_mark(state: ValueState, language: str = "zh_CN") -> str:
    """Return what stands in place of a value that is not there; "" for a known one."""
    if state is ValueState.UNKNOWN:
        return UNKNOWN if language.startswith("zh") else UNKNOWN_EN
    return NOT_APPLICABLE if state is ValueState.NOT_APPLICABLE else ""


_YES_NO = {True: {True: "是", False: "否"}, False: {True: "Yes", False: "No"}}
