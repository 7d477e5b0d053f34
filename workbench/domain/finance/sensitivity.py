# SPDX-License-Identifier: MIT
"""What a result hangs on: tornado, two-way table and break-even.

Each point is a whole calculation, so that choices, limits and taxes are as exact as in the result.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.finance.inputs import InputValue, ModelInput, Shape
from workbench.domain.finance.results import Reason, Result
from workbench.domain.finance.scenarios import NPV_WITHOUT_TERMINAL, Scenario, Target
from workbench.domain.finance.settling import problems
from workbench.domain.finance.swings import (
    Swing,
    has_weight,
    kept_whole,
    movable,
    stock_of,
    usual_swing,
    within,
)

_ONE = Decimal(1)
_CLOSE = Decimal("1e-12")
_STEPS_OUT = 18
_STEPS_IN = 60
_STEPS_BACK = 16


Distance = Callable[[Decimal], Decimal | None]
"""How far the target is from the goal when an input has some value; None is unknown."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One input of a tornado: its lower and upper value, and the target's at each (None: unknown).

    ``low`` and ``high`` are kept within the input's limits.
    """

    item: ModelInput
    swing: Swing
    low: InputValue
    high: InputValue
    at_low: Decimal | None
    at_high: Decimal | None

    @property
    def spread(self) -> Decimal:
        """Return how far apart the two results are; 0 when one is unknown."""
        if self.at_low is None or self.at_high is None:
            return Decimal(0)
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """The bars, widest first, around the base value.

    ``kept`` are the series whose entries are parts of one whole: to move them all would break it.
    """

    base: Decimal | None
    bars: tuple[Bar, ...]
    kept: tuple[ModelInput, ...] = ()


def tornado(
    scenario: Scenario,
    target: Target = NPV_WITHOUT_TERMINAL,
    swings: Mapping[str, Swing] | None = None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Tornado:
    """Return how the target answers to each input moved down and up by its swing.

    Without swings every movable input is moved by its usual one; inputs that change nothing are
    left out.
    """
    base = scenario.result()
    start = target.value(base)
    if start is None:  # what is not known does not move
        return Tornado(None, ())
    bars = []
    for item in movable(scenario, base):
        if cancelled():
            break
        value = base.settled[item.key].value
        swing = usual_swing(item, value) if swings is None else swings.get(item.key)
        if swing is not None:
            bars.append(_bar(scenario, base, target, item, swing))
    told = [bar for bar in bars if bar.spread or None in (bar.at_low, bar.at_high)]
    told.sort(key=lambda bar: -bar.spread)
    return Tornado(start, tuple(told), kept_whole(scenario, base))


def _bar(scenario: Scenario, base: Result, target: Target, item: ModelInput, swing: Swing) -> Bar:
    value = base.settled[item.key].value
    low, high = (within(item, swing.apply(value, factor), base) for factor in (-1, 1))
    at_low, at_high = (
        target.value(scenario.stating(**{item.key: moved}).result()) for moved in (low, high)
    )
    return Bar(item, swing, low, high, at_low, at_high)


@dataclass(frozen=True, slots=True)
class Grid:
    """The target over two inputs: ``cells[row][column]`` belongs to ``rows`` and ``columns``."""

    row_input: ModelInput
    column_input: ModelInput
    rows: tuple[InputValue, ...]
    columns: tuple[InputValue, ...]
    cells: tuple[tuple[Decimal | None, ...], ...]


def two_way(
    scenario: Scenario,
    rows: tuple[str, Sequence[InputValue]],
    columns: tuple[str, Sequence[InputValue]],
    target: Target = NPV_WITHOUT_TERMINAL,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Grid:
    """Return the target for every pair of values of two inputs; unknown where cancelled."""
    model = scenario.model
    cells = tuple(
        tuple(
            None
            if cancelled()
            else target.value(scenario.stating(**{rows[0]: row, columns[0]: column}).result())
            for column in columns[1]
        )
        for row in rows[1]
    )
    return Grid(
        model.input(rows[0]), model.input(columns[0]), tuple(rows[1]), tuple(columns[1]), cells
    )


def around_base(
    scenario: Scenario, key: str, steps: int = 3, swing: Swing | None = None
) -> tuple[InputValue, ...]:
    """Return an input's value with some swings below and above it, inside its limits."""
    item, result = scenario.model.input(key), scenario.result()
    value = result.settled[key].value
    moved = swing or usual_swing(item, value)
    points = (
        within(item, moved.apply(value, factor), result) for factor in range(-steps, steps + 1)
    )
    return tuple(dict.fromkeys(points))


@dataclass(frozen=True, slots=True)
class BreakEven:
    """How far an input may move before the target passes the goal.

    ``change`` is the share of its base value (0.113 down: −0.113), None when the base is 0;
    ``difference`` the absolute movement. ``fulfilled`` tells that the base reaches the goal, so
    that the words are "may fall", otherwise "must rise". A series is moved as a whole, and ``at``
    is then the factor of its entries.
    """

    item: ModelInput
    base: Decimal
    at: Decimal
    difference: Decimal
    change: Decimal | None
    fulfilled: bool
    series: bool


def break_even(
    scenario: Scenario,
    key: str,
    target: Target = NPV_WITHOUT_TERMINAL,
    goal: Decimal = Decimal(0),
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> BreakEven | Reason:
    """Return the nearest value of an input at which the target equals the goal, or why none.

    Both directions are searched outward from the base to the input's limits (or 16 times its
    size), then narrowed to 1e-12; a target that jumps over the goal gives the place of the jump.
    The answer of a search that was ``cancelled`` means nothing.
    """
    item = scenario.model.input(key)
    result = scenario.result()
    base, start = result.settled[key].value, target.value(result)
    if start is None:
        return Reason("target_unknown")
    if item.whole:
        return Reason("parts_of_whole")
    if not item.numeric or not has_weight(base):
        return Reason("input_not_movable")
    series = item.shape is Shape.SERIES
    center = _ONE if series else _number(base)
    most = stock_of(item, result.settled)

    def distance(point: Decimal) -> Decimal | None:
        moved = Swing(point - _ONE, relative=True).apply(base, 1) if series else point
        if cancelled() or problems(item, moved) or (most is not None and point > most):
            return None
        value = target.value(scenario.stating(**{key: moved}).result())
        return None if value is None else value - goal

    crossings = _crossings(center, start - goal, distance)
    if not crossings:
        return Reason("no_break_even")
    at = min(crossings, key=lambda point: abs(point - center))
    change = (at - center) / abs(center) if center else None
    return BreakEven(item, center, at, at - center, change, start >= goal, series)


def _number(value: InputValue) -> Decimal:
    return Decimal(value) if isinstance(value, Decimal | int) else Decimal(0)


def _crossings(center: Decimal, start: Decimal, distance: Distance) -> list[Decimal]:
    """Walk outward both ways in growing steps until the distance changes its sign, then narrow.

    Both ways take the same steps, so that the walk ends where the nearer crossing is.
    """
    if start == 0:
        return [center]
    inner = {-1: (center, start), 1: (center, start)}
    for reached in _outward(center):
        found = []
        for sign in tuple(inner):
            outer = center + sign * reached
            at_outer = distance(outer)
            limited = at_outer is None
            if at_outer is None:
                # beyond a limit: come back to the last good point, and go no further this way
                outer, at_outer = _last_good(inner[sign][0], outer, distance)
            if at_outer is not None and (at_outer > 0) != (start > 0):
                point, at_point = inner[sign]
                found.append(_narrowed(point, outer, (at_point, at_outer), distance))
            if limited or at_outer is None:
                del inner[sign]
            else:
                inner[sign] = outer, at_outer
        if found or not inner:
            return found
    return []


def _outward(center: Decimal) -> Iterator[Decimal]:
    step = max(abs(center), Decimal("0.01")) / 20
    reached = Decimal(0)
    for _ in range(_STEPS_OUT):
        reached += step
        yield reached
        step *= Decimal("1.3")


def _last_good(
    inner: Decimal, outer: Decimal, distance: Distance
) -> tuple[Decimal, Decimal | None]:
    """Return the outermost point inside the limits, and the distance there."""
    good, at_good = inner, None
    for _ in range(_STEPS_BACK):
        middle = (good + outer) / 2
        found = distance(middle)
        if found is None:
            outer = middle
        else:
            good, at_good = middle, found
    return good, at_good


def _narrowed(
    inner: Decimal, outer: Decimal, ends: tuple[Decimal, Decimal], distance: Distance
) -> Decimal:
    """Close in on the change of sign by Brent's method: interpolated, halved where that fails.

    R. P. Brent, Algorithms for Minimization without Derivatives, chapter 4.
    """
    far, near = inner, outer
    at_far, at_near = ends
    before, at_before = far, at_far
    step = last = near - far
    for _ in range(_STEPS_IN):
        if (at_near > 0) == (at_before > 0):
            before, at_before = far, at_far
            step = last = near - far
        if abs(at_before) < abs(at_near):
            far, near, before = near, before, near
            at_far, at_near, at_before = at_near, at_before, at_near
        close = _CLOSE * max(_ONE, abs(near)) / 2
        half = (before - near) / 2
        if abs(half) <= close or at_near == 0:
            break
        step, last = _step(half, close, (step, last), ((far, at_far), (near, at_near),
                                                       (before, at_before)))  # fmt: skip
        far, at_far = near, at_near
        near += step if abs(step) > close else close.copy_sign(half)
        found = distance(near)
        if found is None:
            return near
        at_near = found
    return near


Point = tuple[Decimal, Decimal]


def _step(
    half: Decimal, close: Decimal, steps: tuple[Decimal, Decimal], points: tuple[Point, ...]
) -> tuple[Decimal, Decimal]:
    """Return the next step and the one before it: interpolated where that is sure to close in."""
    step, last = steps
    (far, at_far), (near, at_near), (before, at_before) = points
    if abs(last) < close or abs(at_far) <= abs(at_near):
        return half, half
    ratio = at_near / at_far
    if far == before:
        up, down = 2 * half * ratio, _ONE - ratio
    else:
        q, r = at_far / at_before, at_near / at_before
        up = ratio * (2 * half * q * (q - r) - (near - far) * (r - _ONE))
        down = (q - _ONE) * (r - _ONE) * (ratio - _ONE)
    down = -down if up > 0 else down
    up = abs(up)
    if 2 * up < min(3 * half * down - abs(close * down), abs(last * down)):
        return up / down, step
    return half, half
