# SPDX-License-Identifier: MIT
"""What a model asks for: each input is declared once, as data, on a field of the house's own.

Form, command line, workbook, trace and checks read the declaration: title, type, unit, limits,
default, and the policy parameter or ledger figure that the default comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.fields import Field, FieldType

Single = Decimal | int | bool | str | date | None
"""One value: money 元, areas ㎡, shares and rates as fractions; None is unknown."""
Row = Mapping[str, Single]
InputValue = Single | tuple[Decimal | None, ...] | tuple[Row, ...]
"""A single value, a series by period, or the rows of a table."""


AS_OF = "as_of"
"""The default of a date that is the assessment's own (基准日)."""


class Shape(StrEnum):
    """How many values an input has."""

    SINGLE = "single"
    SERIES = "series"
    TABLE = "table"


class Rest(StrEnum):
    """What the periods of a series have that come after its last entry."""

    UNKNOWN = "unknown"
    LAST = "last"
    """The last entry holds on."""
    NOTHING = "nothing"
    """No amount: years that are not listed have none, which the form says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number may be; ``open_low`` leaves the lower end itself out."""

    low: Decimal | None = None
    high: Decimal | None = None
    open_low: bool = False

    def admits(self, value: Decimal) -> bool:
        """Tell whether a number lies within the limits."""
        if self.low is not None and (value < self.low or (self.open_low and value == self.low)):
            return False
        return self.high is None or value <= self.high


NO_LIMITS = Limits()
NOT_NEGATIVE = Limits(low=Decimal(0))
POSITIVE = Limits(low=Decimal(0), open_low=True)
WITHIN_ONE = Limits(low=Decimal(0), high=Decimal(1))
ABOVE_MINUS_ONE = Limits(low=Decimal(-1), open_low=True)
"""For rates: −100 % loses everything at once and has no present value."""

_LIMITS = {
    FieldType.AREA: NOT_NEGATIVE,
    FieldType.MONEY: NOT_NEGATIVE,
    FieldType.SHARE: WITHIN_ONE,
    FieldType.INTEGER: NOT_NEGATIVE,
    FieldType.NUMBER: NOT_NEGATIVE,
}


@dataclass(frozen=True, slots=True)
class When:
    """An input counts only while another input has one of some values."""

    key: str
    values: tuple[Single, ...]


@dataclass(frozen=True, slots=True)
class ParameterBy:
    """Which parameter a default comes from, decided by the choice in another input."""

    key: str
    codes: Mapping[Single, str]


@dataclass(frozen=True, slots=True)
class ModelInput:
    """One input of a model.

    ``length`` names the input that counts the periods of a series, which starts in period
    ``first``; ``rest`` says what the periods after its last entry have. ``columns`` are the inputs
    of a table's row.
    """

    field: Field
    shape: Shape = Shape.SINGLE
    default: InputValue = None
    limits: Limits = NO_LIMITS
    parameter: str | ParameterBy = ""
    length: str = ""
    first: int = 1
    rest: Rest = Rest.UNKNOWN
    columns: tuple["ModelInput", ...] = ()
    needed: bool = True
    when: When | None = None
    structural: bool = False
    """True when the value decides which lines there are; a simulation cannot vary it."""
    whole: bool = False
    """True for a series whose entries are parts of one whole; it is not moved all at once."""
    beside: tuple[str, ...] = ()
    """The inputs with which a share adds up to no more than 100 %."""

    @property
    def key(self) -> str:
        """Return the input's key."""
        return self.field.key

    @property
    def numeric(self) -> bool:
        """Tell whether the input is a number (or a series of numbers) inside the formulas."""
        return self.field.numeric and self.shape is not Shape.TABLE and not self.structural


def ask(
    field: Field,
    default: str | bool | date | None = None,
    *,
    limits: Limits | None = None,
    parameter: str | ParameterBy = "",
    needed: bool = True,
    when: When | None = None,
) -> ModelInput:
    """Declare a single value; numbers are written as text and kept exactly."""
    value: Single = default
    if isinstance(default, str) and field.numeric:
        value = Decimal(default)
    return ModelInput(
        field,
        default=value,
        limits=_LIMITS.get(field.type, NO_LIMITS) if limits is None else limits,
        parameter=parameter,
        needed=needed,
        when=when,
        structural=not field.numeric,
    )


def count(
    field: Field, default: str, low: int, high: int, *, when: When | None = None
) -> ModelInput:
    """Declare a whole number that decides how many lines or periods there are."""
    return ModelInput(
        field,
        default=Decimal(default),
        limits=Limits(Decimal(low), Decimal(high)),
        when=when,
        structural=True,
    )


def series(
    field: Field,
    default: str = "",
    *,
    length: str,
    first: int = 1,
    rest: Rest = Rest.UNKNOWN,
    limits: Limits | None = None,
    needed: bool = True,
    when: When | None = None,
) -> ModelInput:
    """Declare one value per period; the default is a list of numbers with blanks between."""
    return ModelInput(
        field,
        Shape.SERIES,
        tuple(Decimal(word) for word in default.split()) or None,
        _LIMITS.get(field.type, NO_LIMITS) if limits is None else limits,
        length=length,
        first=first,
        rest=rest,
        needed=needed,
        when=when,
    )


def table(
    field: Field,
    columns: tuple[ModelInput, ...],
    default: tuple[Row, ...] = (),
    *,
    parameter: str = "",
    needed: bool = True,
    when: When | None = None,
) -> ModelInput:
    """Declare a table of rows; an empty one is a known answer unless it is needed."""
    return ModelInput(
        field,
        Shape.TABLE,
        default,
        columns=columns,
        parameter=parameter,
        needed=needed,
        when=when,
        structural=True,
    )
