# SPDX-License-Identifier: MIT
"""The indicators (指标): what each is, how it is banded, and how it is computed with a trace."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workbench.domain.explain import Trace
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import Figure
from workbench.domain.references import IndicatorReference


class Direction(StrEnum):
    """Which way is better."""

    UP = "↑"
    DOWN = "↓"
    BETWEEN = "◇"
    NONE = "–"


class Band(StrEnum):
    """How a value stands; ``UNRATED`` is for figures that have no thresholds."""

    GREEN = "绿"
    YELLOW = "黄"
    RED = "红"
    PENDING = "待核"
    UNRATED = "不评"

    @property
    def text_key(self) -> str:
        """Return the text key of the label."""
        return f"indicators.band_{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Bands:
    """Thresholds as data (domain §4, editable defaults).

    UP: green from ``good``, yellow from ``fair``. DOWN: green to ``good``, yellow to ``fair``
    (``strict`` leaves the thresholds themselves out). BETWEEN: green inside ``good``…``good_to``,
    yellow inside ``fair``…``fair_to``. ``relative`` thresholds are multiples of a yardstick.
    """

    direction: Direction
    good: Decimal
    fair: Decimal
    good_to: Decimal | None = None
    fair_to: Decimal | None = None
    strict: bool = False
    relative: bool = False

    def band(self, value: Decimal, yardstick: Decimal | None = None) -> Band:
        """Return the band of a value; a relative band without its yardstick is not rated."""
        factor = Decimal(1)
        if self.relative:
            if yardstick is None:
                return Band.UNRATED
            factor = yardstick
        if self._within(value, self.good * factor, self.good_to):
            return Band.GREEN
        return Band.YELLOW if self._within(value, self.fair * factor, self.fair_to) else Band.RED

    def _within(self, value: Decimal, edge: Decimal, far_edge: Decimal | None) -> bool:
        match self.direction:
            case Direction.DOWN:
                return value < edge if self.strict else value <= edge
            case Direction.BETWEEN:
                return edge <= value and (far_edge is None or value <= far_edge)
            case _:
                return value >= edge


def up(good: str, fair: str) -> Bands:
    """Return bands where more is better."""
    return Bands(Direction.UP, Decimal(good), Decimal(fair))


def down(good: str, fair: str, *, strict: bool = False) -> Bands:
    """Return bands where less is better."""
    return Bands(Direction.DOWN, Decimal(good), Decimal(fair), strict=strict)


def between(good: tuple[str, str | None], fair: tuple[str, str | None]) -> Bands:
    """Return bands around an interval; None leaves its upper end open."""
    return Bands(
        Direction.BETWEEN,
        Decimal(good[0]),
        Decimal(fair[0]),
        None if good[1] is None else Decimal(good[1]),
        None if fair[1] is None else Decimal(fair[1]),
    )


def of_yardstick(good: str, fair: str) -> Bands:
    """Return bands as multiples of a yardstick: an agreed value or a published one."""
    return Bands(Direction.UP, Decimal(good), Decimal(fair), relative=True)


_SHARES = frozenset({"share", "cr3", "return_share", "collection"})
_UNITS_EN = {
    "月": "months",
    "年": "years",
    "万元/亩": "CNY 10k/mu",
    "万元/公顷": "CNY 10k/ha",
    "人/公顷": "persons/ha",
    "元/㎡·月": "CNY/㎡·month",
    "分": "points",
    "倍": "times",
    "万元": "CNY 10k",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on how a figure came about; the sentence is text key ``indicators.note_<code>``."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text_key(self) -> str:
        """Return the text key of the sentence."""
        return f"indicators.note_{self.code}"

    @property
    def shown(self) -> dict[str, str]:
        """Return the params as people read them: shares in %, other numbers to two decimals."""
        return {name: _shown(name, value) for name, value in self.params.items()}


WHY_UNKNOWN = frozenset({
    "zero_base", "no_ended_tenancy", "nothing_vacant", "no_tenant", "no_platform",
    "no_industrial_land", "termless", "whole_park_only",
})  # fmt: skip
"""The remarks that say why there is no value where nothing is missing."""


LOWER_BOUNDS = frozenset({"without_income_tax", "without_yards", "unknown_items"})
"""Remarks that say that a value is the least that it can be, because a blank is not 0."""
UPPER_BOUNDS = frozenset({"park_leads", "one_date"})
"""Remarks that say that a value is the most that it can be."""


def _shown(name: str, value: Any) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    if name in _SHARES:
        return f"{round(value * 100, 1).normalize():f}%"
    return f"{round(value, 2).normalize():f}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a computation found: a value or None, remarks, and what to compare it with.

    ``band`` overrides the thresholds where the figure is only a bound.
    """

    value: Decimal | None = None
    notes: tuple[Note, ...] = ()
    yardstick: Decimal | None = None
    band: Band | None = None


UNKNOWN = Outcome()
Compute = Callable[[Scope, Reading], Outcome]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; a value is in its ``unit``, except that "%" shows a fraction.

    ``inputs`` declares every ``entity.field`` that the computation may read. The formula in words
    is text key ``indicators.<id>.formula``.
    """

    id: str
    zh: str
    en: str
    unit: str
    inputs: tuple[str, ...]
    compute: Compute
    direction: Direction = Direction.NONE
    bands: Bands | None = None
    decimals: int = 2
    parameters: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Return the name in a language."""
        return self.zh if language.startswith("zh") else self.en

    def shown_unit(self, language: str) -> str:
        """Return the unit in a language."""
        return self.unit if language.startswith("zh") else _UNITS_EN.get(self.unit, self.unit)

    @property
    def formula(self) -> str:
        """Return the text key of the formula in words."""
        return f"indicators.{self.id}.formula"


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One indicator of one scope: value, band, the path to it, references and remarks."""

    id: str
    value: Decimal | None
    band: Band
    trace: Trace
    references: tuple[IndicatorReference, ...] = ()
    notes: tuple[Note, ...] = ()
    yardstick: Decimal | None = None

    @property
    def reference(self) -> IndicatorReference | None:
        """Return the published value that stands beside this one first, or None."""
        return self.references[0] if self.references else None


References = Mapping[str, Sequence[IndicatorReference]]
"""Published values by indicator id."""


def by_indicator(references: Iterable[IndicatorReference]) -> dict[str, list[IndicatorReference]]:
    """Group published values by indicator id."""
    grouped: dict[str, list[IndicatorReference]] = {}
    for reference in references:
        grouped.setdefault(reference.indicator, []).append(reference)
    return grouped


def evaluate(indicator: Indicator, scope: Scope, references: References) -> IndicatorValue:
    """Compute one indicator; an unknown value is 待核 and its trace names what is missing."""
    reading = Reading(scope.params, scope.shared)
    outcome = indicator.compute(scope, reading)
    return IndicatorValue(
        indicator.id,
        outcome.value,
        _band(indicator, outcome),
        reading.trace(indicator.formula),
        _nearest_first(references.get(indicator.id, ()), scope),
        outcome.notes,
        outcome.yardstick,
    )


def _nearest_first(
    references: Sequence[IndicatorReference], scope: Scope
) -> tuple[IndicatorReference, ...]:
    """Return published values, first those of the one sort of building that is looked at."""
    if not any(reference.building_kinds for reference in references):
        return tuple(references)
    kinds = {building.text("kind") for building in scope.buildings}
    return tuple(sorted(references, key=lambda each: not (kinds and kinds <= each.building_kinds)))


def _band(indicator: Indicator, outcome: Outcome) -> Band:
    if outcome.value is None:
        return Band.PENDING
    if outcome.band is not None:
        return outcome.band
    if indicator.bands is None:
        return Band.UNRATED
    return indicator.bands.band(outcome.value, outcome.yardstick)


def outcome_of(figure: Figure, *notes: Note) -> Outcome:
    """Return a figure as an outcome; a figure over less than everything says its coverage."""
    if figure.partial and figure.coverage is not None:
        notes = (*notes, Note("coverage", {"share": figure.coverage}))
    return Outcome(figure.value, notes)
