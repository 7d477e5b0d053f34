# SPDX-License-Identifier: MIT
"""What reading one cell gives: a value or None, what stands beside it, and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.domain.findings import Level
from workbench.domain.values import Origin, Value

_NO_PARAMS: Mapping[str, str] = {}


class FaultKind(StrEnum):
    """Why a workbook cell has no usable value although it is not empty."""

    ERROR = "error_cell"
    NO_CACHED_VALUE = "formula_without_value"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that shows an error (#N/A) or a formula whose result was never stored."""

    kind: FaultKind
    text: str


@dataclass(frozen=True, slots=True)
class PercentNumber:
    """A number in a cell whose number format is a percentage: 0.85 shows as 85%."""

    value: float


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person should know about one cell; the sentence is text ``importing.<code>``."""

    code: str
    level: Level
    params: Mapping[str, str] = field(default_factory=lambda: _NO_PARAMS)
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What is known about a cell from its surroundings.

    ``unit`` is the unit of the column or sheet. ``percent_scaled`` is the decision for a column of
    shares: True if bare numbers are percents, False if fractions, None to decide by each value.
    """

    unit: str = ""
    percent_scaled: bool | None = None
    date1904: bool = False


NO_CONTEXT = ParseContext()
EMPTY_ORIGIN = Origin()


@dataclass(frozen=True, slots=True)
class Parsed:
    """One cell read: normalized value (None = not known), its origin, and its problems."""

    value: Value | None
    origin: Origin = EMPTY_ORIGIN
    problems: tuple[Problem, ...] = ()


def warning(code: str, suggestion: str | None = None, **params: str) -> Problem:
    """Return a problem that a person should look at."""
    return Problem(code, Level.WARNING, params, suggestion)


def notice(code: str, **params: str) -> Problem:
    """Return a remark on how a cell was understood."""
    return Problem(code, Level.INFO, params)


def error(code: str, suggestion: str | None = None, **params: str) -> Problem:
    """Return a problem that leaves the cell without a value."""
    return Problem(code, Level.ERROR, params, suggestion)
