# SPDX-License-Identifier: MIT
"""Weighted figures over a ledger with gaps: how much is known decides whether a figure is given.

A figure is given when what is known covers at least 95 % of the weight (area or money); below
that it stays unknown, because a few blanks must not pass for a measured park.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.workings.numbers import Item, covered

ENOUGH = Decimal("0.95")
_ZERO = Decimal(0)
_SAME_EITHER_WAY = 2
Weigh = Callable[[], Decimal | None]
Share = Callable[[Decimal | None], Decimal | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the share of the weight behind it; None means that it is not known."""

    value: Decimal | None
    coverage: Decimal | None

    @property
    def partial(self) -> bool:
        """Tell whether the figure is given although a small part is not known."""
        return self.value is not None and self.coverage is not None and self.coverage < 1


def steady_sum(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum, the smallest first: the last digit never depends on the order of rows."""
    rows = list(amounts)
    if len(rows) > _SAME_EITHER_WAY:
        rows.sort()
    return sum(rows, _ZERO)


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum, or None when one amount is not known."""
    rows = list(amounts)
    if None in rows:
        return None
    return steady_sum(amount for amount in rows if amount is not None)


@dataclass
class Shares:
    """Collects numerators over denominators; the ratio of sums, never the mean of ratios."""

    _rows: list[Item] = field(default_factory=list)

    def add(
        self,
        numerator: Decimal | None,
        denominator: Decimal | None,
        weight: Decimal | None = None,
    ) -> None:
        """Add one item; ``weight`` says how much it counts for coverage (else its denominator)."""
        self._rows.append((numerator, denominator, denominator if weight is None else weight))

    def __len__(self) -> int:
        return len(self._rows)

    def figure(self, nothing: Decimal | None = None) -> Figure:
        """Return Σ numerators ÷ Σ denominators over the known items, if they cover enough.

        ``nothing`` is what it is where all is known and there is nothing to divide by.
        """
        known = [(n, d) for n, d, _ in self._rows if n is not None and d is not None]
        coverage = _coverage([(w, n is not None and d is not None) for n, d, w in self._rows])
        base = steady_sum(d for _, d in known)
        if coverage is None or coverage < ENOUGH:
            return Figure(None, coverage)
        ratio = nothing if base == 0 else steady_sum(n for n, _ in known) / base
        if ratio is None:
            return Figure(None, coverage)
        return Figure(covered(ratio, ENOUGH, self._rows, nothing), coverage)


@dataclass
class Mean:
    """Collects values with weights; a single value needs no weight, so none is asked for."""

    _rows: list[tuple[Decimal | None, Weigh, Share | None, bool]] = field(default_factory=list)

    def add(
        self,
        value: Decimal | None,
        weigh: Weigh,
        share: Share | None = None,
        *,
        counts: bool = True,
    ) -> None:
        """Add one item; the value may be unknown, and the weight that ``weigh`` returns too.

        ``share`` says what of a product or weight counts today, ``counts`` whether anything does.
        """
        self._rows.append((value, weigh, share, counts))

    def __len__(self) -> int:
        return len(self._rows)

    def figure(self) -> Figure:
        """Return the weighted mean over the known items, if they cover enough."""
        alone = [row for row in self._rows if row[3]]
        if len(alone) == 1:
            value, weigh, share, _ = alone[0]
            if value is None or share is None or not weigh():
                return Figure(value, None if value is None else Decimal(1))
        shares = Shares()
        for value, weigh, share, _ in self._rows:
            weight = weigh()
            product = None if value is None or weight is None else value * weight
            if share is not None:
                product, weight = share(product), share(weight)
            shares.add(product, weight)
        return shares.figure()


def _coverage(items: list[tuple[Decimal | None, bool]]) -> Decimal | None:
    """Return the known share of the weight; None when the weight of a gap is not known."""
    if not items or any(weight is None for weight, _ in items):
        return None
    everything = steady_sum(weight for weight, _ in items if weight is not None)
    if everything == 0:
        return Decimal(1) if all(known for _, known in items) else None
    return steady_sum(w for w, known in items if known and w is not None) / everything
