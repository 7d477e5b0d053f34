# SPDX-License-Identifier: MIT
"""What the scenario page shows of a result, computed off the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from workbench.application.ports import Cancelled, Progress
from workbench.domain.finance.bridge import worth_by_line
from workbench.domain.finance.results import Reason, Result
from workbench.domain.finance.scenarios import Scenario, Target
from workbench.domain.finance.sensitivity import BreakEven, Tornado, break_even, tornado

MOST_BARS = 8
_BREAK_EVENS = 3


@dataclass(frozen=True)
class Quick:
    """What is known at once: the result and how its present value adds up by line."""

    scenario: Scenario
    result: Result
    worth: tuple[tuple[str, Decimal], ...] | None


@dataclass(frozen=True)
class Slow:
    """What hangs on what: needs many results."""

    scenario: Scenario
    tornado: Tornado
    break_evens: tuple[BreakEven | Reason, ...]


def quick_figures(scenario: Scenario, *, with_terminal: bool) -> Quick:
    """Return the result, and the present value of each cash line of the own account."""
    result = scenario.result()
    worth = worth_by_line(result, with_terminal=with_terminal) if result.accounts else None
    return Quick(scenario, result, tuple(worth.items()) if worth else None)


def slow_figures(
    scenario: Scenario, target: Target, is_outdated: Callable[[], bool], progress: Progress
) -> Slow:
    """Return tornado and break-evens of the inputs that matter most; Cancelled once outdated.

    What a simulation needs is loaded first, so that the first click on it need not wait.
    """
    import workbench.domain.finance.simulation  # noqa: F401

    at = 0

    def stop() -> bool:
        progress.step(at, 1 + _BREAK_EVENS)
        if is_outdated():
            raise Cancelled
        return False

    found = tornado(scenario, target, cancelled=stop)
    evens: list[BreakEven | Reason] = []
    if target.measure == "npv":
        for bar in found.bars[:_BREAK_EVENS]:
            at += 1
            evens.append(break_even(scenario, bar.item.key, target, cancelled=stop))
    return Slow(scenario, found, tuple(evens))
