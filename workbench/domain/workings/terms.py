# SPDX-License-Identifier: MIT
"""What numbers that know how they were made consist of, and what they come to with blanks."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from workbench.domain.workings.numbers import (
    At,
    Dated,
    Item,
    Kept,
    Made,
    NotAfter,
    Part,
    items_of,
    not_above_1,
    not_below_0,
)

_ZERO = Decimal(0)


class Summand(NamedTuple):
    """One term of a sum, and whether it is taken away."""

    term: Decimal
    negative: bool = False


def summands(number: Decimal) -> Iterator[Summand]:
    """Yield what a number is the sum of, itself when it is none."""
    waiting = [Summand(number)]
    while waiting:
        each = waiting.pop()
        term = each.term
        if not isinstance(term, Kept) or term.made not in (Made.ADD, Made.SUBTRACT):
            yield each
            continue
        left, right = term.parts
        flipped = each.negative is not (term.made is Made.SUBTRACT)
        if isinstance(right, Decimal):
            waiting.append(Summand(right, flipped))
        if isinstance(left, Decimal):
            waiting.append(Summand(left, each.negative))


def waits_for(number: Decimal, gaps: Collection[At]) -> bool:
    """Tell whether one of some blanks counts in a number, and not only where a record is judged."""
    waiting: list[Part] = [number]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Kept) and each.made is Made.GIVEN and _counts_not(each):
            waiting.append(each.parts[0])
        elif isinstance(each, Kept):
            waiting.extend(each.parts)
        elif isinstance(each, NotAfter):
            waiting.extend((each.first, each.second))
        elif (each.at if isinstance(each, Dated) else each) in gaps:
            return True
    return False


def _counts_not(each: Kept) -> bool:
    """Tell whether an amount is left out today; a formula asks for it where only a date decides."""
    condition, amount = each.parts
    if isinstance(condition, NotAfter):
        return False
    return amount is None or not each.holds


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a ratio is known: sums over its known items, and the weight that they have."""

    above: Decimal
    below: Decimal
    known: Decimal
    weight: Decimal | None
    value: Decimal | None

    @property
    def share(self) -> Decimal | None:
        """Return the known share of the weight, None where a weight is not known."""
        return None if not self.weight else self.known / self.weight


def by_count(number: Kept) -> bool:
    """Tell whether a ratio takes what is known without asking how much that is."""
    return number.parts[0] == 0


def coverage(number: Kept, gaps: Collection[At]) -> Coverage:
    """Return what a ratio over what is known comes to while some of its cells are blank."""
    items = [_known(item, gaps) for item in items_of(number)]
    full = [(n, d, w or _ZERO) for n, d, w in items if n is not None and d is not None]
    above, below, known = (sum(column, _ZERO) for column in zip(*full, strict=True)) if full else (
        _ZERO, _ZERO, _ZERO,
    )  # fmt: skip
    weights = [w for _, _, w in items]
    weight = None if None in weights else sum((w for w in weights if w is not None), _ZERO)
    least, nothing, *_ = number.parts
    value = None
    if weight is not None and isinstance(least, Decimal) and known >= least * weight:
        if below:
            value = above / below
        elif len(full) == len(items) and isinstance(nothing, Decimal):
            value = nothing
    return Coverage(above, below, known, weight, value)


def _known(item: Item, gaps: Collection[At]) -> Item:
    n, d, w = (None if part is None else without(part, gaps) for part in item)
    return n, d, w


def ratio_of(number: Kept) -> Kept | None:
    """Return a ratio over what is known as one of which everything is, None where it is not."""
    items = items_of(number)
    above = [n for n, _, _ in items if n is not None]
    below = [d for _, d, _ in items if d is not None]
    if len(above) < len(items) or len(below) < len(items) or not sum(below, _ZERO):
        return None
    ratio = sum(above[1:], above[0]) / sum(below[1:], below[0])
    return ratio if isinstance(ratio, Kept) else None


_DONE: dict[Made, Callable[[Decimal, Decimal], Decimal]] = {
    Made.MULTIPLY: lambda one, other: one * other,
    Made.DIVIDE: lambda one, other: one / other,
    Made.ROUND: lambda one, other: round(one, int(other)),
}


def without(number: Decimal, gaps: Collection[At]) -> Decimal | None:
    """Return what a number comes to while some of its cells are blank, None for unknown."""
    if not gaps or not isinstance(number, Kept) or not waits_for(number, gaps):
        return number
    match number.made:
        case Made.COVERED:
            return coverage(number, gaps).value
        case Made.ADD | Made.SUBTRACT:
            terms = [(each.negative, without(each.term, gaps)) for each in summands(number)]
            known = [(-term if away else term) for away, term in terms if term is not None]
            return sum(known, _ZERO) if len(known) == len(terms) else None
        case Made.NOT_BELOW_0 | Made.NOT_ABOVE_1:
            [found] = _parts(number, gaps)
            limited = not_below_0 if number.made is Made.NOT_BELOW_0 else not_above_1
            return None if found is None else limited(found)
        case Made.EITHER:
            return next((each for each in _parts(number, gaps) if each is not None), None)
        case Made.MULTIPLY | Made.DIVIDE | Made.ROUND:
            one, other = _parts(number, gaps)
            return None if one is None or other is None else _DONE[number.made](one, other)
        case _:
            return None


def _parts(number: Kept, gaps: Collection[At]) -> list[Decimal | None]:
    return [without(p, gaps) if isinstance(p, Decimal) else None for p in number.parts]
