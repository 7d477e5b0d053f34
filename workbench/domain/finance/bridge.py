# SPDX-License-Identifier: MIT
"""Why the NPV of one scenario differs from another's: line by line, or input by input.

NPV is additive over lines, so the steps by line do not depend on their order. Only a different
discount rate has to come at a stated place: first, on the cash flows of A. The steps by input do
depend on the order, which is the order of the declaration and is given with them.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from workbench.domain.fields import Field
from workbench.domain.finance.inputs import InputValue
from workbench.domain.finance.measures import DISCOUNT_RATE, NPV, present_value
from workbench.domain.finance.results import Reason, Result, holders_of
from workbench.domain.finance.scenarios import NPV_WITHOUT_TERMINAL, Scenario, Target
from workbench.domain.finance.terms import constant


class Order(StrEnum):
    """Whether the steps would be others in another order."""

    INDEPENDENT = "independent"
    RATE_FIRST = "rate_first"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what changed, what the NPV was before it and by how much it changes (元)."""

    field: Field
    change: Decimal


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one value to another; ``start`` + Σ changes = ``end``, to the last decimal."""

    field: Field
    start: Decimal
    steps: tuple[Step, ...]
    end: Decimal
    order: Order


def by_line(
    a: Result, b: Result, account: str = "", *, with_terminal: bool = False
) -> Bridge | Reason:
    """Return the steps from A's NPV to B's, one per cash line of the account."""
    for result in (a, b):
        if not result.accounts:
            return Reason("cannot_compare")
    account = account or a.accounts[0].key
    rate_a, rate_b = _rate(a), _rate(b)
    worth_a = _worth(a, account, rate_a, with_terminal)
    worth_b = _worth(b, account, rate_b, with_terminal)
    moved = _worth(a, account, rate_b, with_terminal)
    if worth_a is None or worth_b is None or moved is None:
        return Reason("cannot_compare")
    fields = {line.key: line.field for result in (a, b) for line in result.lines}
    start = sum(worth_a.values(), Decimal(0))
    steps = []
    same_rate = rate_a == rate_b
    if not same_rate:
        steps.append(Step(DISCOUNT_RATE.field, sum(moved.values(), Decimal(0)) - start))
    for key in dict.fromkeys((*moved, *worth_b)):
        change = worth_b.get(key, Decimal(0)) - moved.get(key, Decimal(0))
        if change:
            steps.append(Step(fields[key], change))
    end = start + sum((step.change for step in steps), Decimal(0))
    return Bridge(NPV, start, tuple(steps), end,
                  Order.INDEPENDENT if same_rate else Order.RATE_FIRST)  # fmt: skip


def by_input(a: Scenario, b: Scenario, target: Target = NPV_WITHOUT_TERMINAL) -> Bridge | Reason:
    """Return the steps from A's measure to B's, one per input, in the order of declaration.

    Both scenarios must be of one model; the values are those settled, wherever they come from.
    """
    first, last = a.result(), b.result()
    measure, goal = target.of(first), target.value(last)
    if a.model.key != b.model.key or measure is None or measure.value is None or goal is None:
        return Reason("cannot_compare")
    stated: dict[str, InputValue] = {
        key: item.value for key, item in first.settled.items() if item.value is not None
    }
    steps, value = [], measure.value
    for item in b.model.inputs:
        theirs = last.settled[item.key].value
        if theirs == first.settled[item.key].value:
            continue
        stated[item.key] = theirs
        after = target.value(Scenario(b.model, stated, b.around).result())
        if after is None:
            # a choice may need inputs that come later in the order: they count together
            continue
        steps.append(Step(item.field, after - value))
        value = after
    if value != goal:
        steps.append(Step(measure.field, goal - value))
    return Bridge(measure.field, measure.value, tuple(steps), goal, Order.DECLARED)


def worth_by_line(
    result: Result, account: str = "", *, with_terminal: bool = False
) -> dict[str, Decimal] | None:
    """Return the present value of each cash line of an account (the own one without a name).

    Signed, in 元, not discounted where the model has no discount rate; None when one is unknown.
    """
    named = account or result.accounts[0].key
    return _worth(result, named, _rate(result), with_terminal)


def _rate(result: Result) -> Decimal | None:
    settled = result.settled.get(DISCOUNT_RATE.key)
    if settled is None:
        return Decimal(0)
    return settled.value if isinstance(settled.value, Decimal) else None


def _worth(
    result: Result, account: str, rate: Decimal | None, with_terminal: bool
) -> dict[str, Decimal] | None:
    """Return the present value of each cash line with its sign, or None when one is unknown."""
    if rate is None:
        return None
    holders = holders_of(result.accounts, account)
    found: dict[str, Decimal] = {}
    for line in result.lines:
        if line.account in holders and line.sign and (with_terminal or not line.terminal):
            value = present_value(line.amounts, constant(rate)).value
            if value is None:
                return None
            found[line.key] = value * line.sign
    return found
