# SPDX-License-Identifier: MIT
"""Grading of firms by what they yield per 亩 (亩均论英雄), as data (domain §4.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil

from workbench.domain.bilingual import Bilingual
from workbench.domain.conditions import Condition
from workbench.domain.indicators.averages import steady_sum
from workbench.domain.labels import Labelled
from workbench.domain.references import Source

_ZERO, _ONE = Decimal(0), Decimal(1)
_FLOOR, _RANGE = Decimal(20), Decimal(80)
LAST = "D"


class GradeMethod(Labelled):
    """How a value becomes points: over a base value, or between the least and the most."""

    BENCHMARK_RATIO = "benchmark_ratio"
    MINMAX_20_80 = "minmax_20_80"


class Yield(Labelled):
    """What a firm is graded by; money in 万元, land in 亩."""

    TAX_PER_MU = "tax_per_mu"
    REVENUE_PER_MU = "revenue_per_mu"
    OUTPUT_PER_MU = "output_per_mu"
    ADDED_VALUE_PER_MU = "added_value_per_mu"
    TECH_INVESTMENT_PER_MU = "tech_investment_per_mu"
    ADDED_VALUE_PER_EMPLOYEE = "added_value_per_employee"
    ADDED_VALUE_PER_ENERGY = "added_value_per_energy"
    RESEARCH_SHARE = "research_share"


@dataclass(frozen=True, slots=True)
class GradeItem:
    """One yield with its points. ``base`` is a fixed value, else ``mean_times`` the group's mean.

    The mean is Σ numerators ÷ Σ denominators of the graded firms, never a mean of ratios.
    """

    measure: Yield
    weight: Decimal
    base: Decimal | None = None
    mean_times: Decimal = _ONE


@dataclass(frozen=True, slots=True)
class GradeRule:
    """A bonus, a deduction or an exemption with the condition under which it applies."""

    text: Bilingual
    when: Condition
    points: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class CutOff:
    """A class and the share of graded firms, from the best, up to which it reaches."""

    grade: str
    up_to: Decimal


@dataclass(frozen=True, slots=True)
class GradeScheme:
    """One region's scheme of one year; ``cap`` bounds value ÷ base (None = not bounded)."""

    id: str
    name: Bilingual
    region: str
    year: int
    source: Source
    method: GradeMethod
    cap: Decimal | None
    items: tuple[GradeItem, ...]
    cut_offs: tuple[CutOff, ...]
    exemptions: tuple[GradeRule, ...] = ()
    adjustments: tuple[GradeRule, ...] = ()
    exempt_grade: str = "不参评"

    @property
    def fewest_firms(self) -> int:
        """Return how many firms it takes before each class has one: fewer are only in order."""
        bounds = [_ZERO, *(cut.up_to for cut in self.cut_offs[:-1]), _ONE]
        shares = [(above, below) for above, below in pairwise(bounds) if above < below]
        enough = ceil(1 / min(below - above for above, below in shares))
        reached = (n for n in range(1, enough) if all(int(n * a) < int(n * b) for a, b in shares))
        return next(reached, enough)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A yield of one firm as what stands above and below the line; None where not known."""

    upper: Decimal | None
    lower: Decimal | None

    @property
    def value(self) -> Decimal | None:
        """Return upper ÷ lower, or None."""
        return None if self.upper is None or not self.lower else self.upper / self.lower


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm to be graded: its yields, and the answers of the scheme's rules by their place.

    ``exempt`` and ``adjust`` hold True, False or None (not known) per rule of the scheme.
    """

    key: str
    name: str
    credit_code: str
    total_tax: Decimal | None
    yields: Mapping[Yield, Ratio]
    exempt: tuple[bool | None, ...] = ()
    adjust: tuple[bool | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """A firm with its points and its class; ``grade`` is None while something is not known."""

    candidate: Candidate
    grade: str | None
    rank: int | None = None
    points: Decimal | None = None
    parts: tuple[tuple[Yield, Decimal], ...] = ()
    adjustment: Decimal = _ZERO
    exempt_by: Bilingual | None = None
    missing: tuple[Yield, ...] = ()


@dataclass(frozen=True, slots=True)
class Grading:
    """Every firm of one scheme: the graded ones from the best, then the others by name."""

    scheme: GradeScheme
    firms: tuple[Graded, ...]
    bases: Mapping[Yield, Decimal]

    def count(self, grade: str | None) -> int:
        """Return how many firms have a class; None counts those that wait for data."""
        return sum(firm.grade == grade for firm in self.firms)

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the classes, best first."""
        return tuple(cut.grade for cut in self.scheme.cut_offs)


def grade(scheme: GradeScheme, candidates: Iterable[Candidate]) -> Grading:
    """Grade firms; a tie goes to the larger total tax, then to the lower credit code, name, key.

    A firm that lacks an input is not graded and takes no place among the shares.
    """
    measured: list[Candidate] = []
    others: list[Graded] = []
    for firm in candidates:
        waiting = _left_out(scheme, firm)
        if waiting is None:
            measured.append(firm)
        else:
            others.append(waiting)
    bases = _bases(scheme, measured)
    ranges = _ranges(scheme, measured)
    scored = [_score(scheme, firm, ranges, bases) for firm in measured]
    scored.sort(key=_best_first)
    placed = tuple(
        _placed(scheme, firm, place, len(scored)) for place, firm in enumerate(scored, start=1)
    )
    others.sort(key=lambda found: (found.candidate.name, found.candidate.key))
    return Grading(scheme, (*placed, *others), bases)


def _left_out(scheme: GradeScheme, firm: Candidate) -> Graded | None:
    """Return an exempt firm, or one that lacks an input; None for one that can be graded."""
    for rule, answer in zip(scheme.exemptions, firm.exempt, strict=True):
        if answer:
            return Graded(firm, scheme.exempt_grade, exempt_by=rule.text)
    missing = tuple(i.measure for i in scheme.items if firm.yields[i.measure].value is None)
    return Graded(firm, None, missing=missing) if missing else None


def _bases(scheme: GradeScheme, firms: list[Candidate]) -> dict[Yield, Decimal]:
    bases = {}
    for item in scheme.items:
        base = item.base
        if base is None:
            lower = steady_sum(f.yields[item.measure].lower or _ZERO for f in firms)
            upper = steady_sum(f.yields[item.measure].upper or _ZERO for f in firms)
            base = item.mean_times * upper / lower if lower else _ZERO
        bases[item.measure] = base
    return bases


def _ranges(scheme: GradeScheme, firms: list[Candidate]) -> dict[Yield, tuple[Decimal, Decimal]]:
    ranges = {}
    for item in scheme.items:
        values = [v for f in firms if (v := f.yields[item.measure].value) is not None]
        if values:
            ranges[item.measure] = (min(values), max(values))
    return ranges


def _score(
    scheme: GradeScheme,
    firm: Candidate,
    ranges: Mapping[Yield, tuple[Decimal, Decimal]],
    bases: Mapping[Yield, Decimal],
) -> Graded:
    parts = []
    for item in scheme.items:
        value = firm.yields[item.measure].value or _ZERO
        if scheme.method is GradeMethod.MINMAX_20_80:
            points = item.weight * _between(value, *ranges[item.measure])
        else:
            points = item.weight * _over(value, bases[item.measure], scheme.cap)
        parts.append((item.measure, points))
    answers = zip(scheme.adjustments, firm.adjust, strict=True)
    adjustment = sum((rule.points for rule, holds in answers if holds), _ZERO)
    total = sum((points for _, points in parts), _ZERO) + adjustment
    return Graded(firm, None, points=total, parts=tuple(parts), adjustment=adjustment)


def _over(value: Decimal, base: Decimal, cap: Decimal | None) -> Decimal:
    if base <= 0:
        return _ZERO
    ratio = max(value / base, _ZERO)
    return ratio if cap is None else min(ratio, cap)


def _between(value: Decimal, least: Decimal, most: Decimal) -> Decimal:
    """Return (20 + 80 × (x − min) ÷ (max − min)) ÷ 100; everyone has 1 where all are alike."""
    if least == most:
        return _ONE
    return (_FLOOR + _RANGE * (value - least) / (most - least)) / 100


def _best_first(firm: Graded) -> tuple[Decimal, Decimal, str, str, str]:
    candidate = firm.candidate
    code = candidate.credit_code or "\uffff"
    return (
        -(firm.points or _ZERO), -(candidate.total_tax or _ZERO), code, candidate.name,
        candidate.key,
    )  # fmt: skip


def _placed(scheme: GradeScheme, firm: Graded, place: int, count: int) -> Graded:
    """Give a class by place: each reaches down to the whole number of firms in its share."""
    last = scheme.cut_offs[-1].grade
    grade_ = next((c.grade for c in scheme.cut_offs[:-1] if place <= int(count * c.up_to)), last)
    return Graded(
        firm.candidate, grade_, place, firm.points, firm.parts, firm.adjustment,
    )  # fmt: skip
