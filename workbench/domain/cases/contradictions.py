# SPDX-License-Identifier: MIT
"""Figures and dates of a case that do not agree, or cannot be believed as they stand (待核).

They are shown, never corrected. Somebody may waive one with a reason; it is shown all the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from workbench.domain.bilingual import NO_TEXT, Bilingual
from workbench.domain.cases.case import Case, CaseFact, StatedKind, Waiver
from workbench.domain.references import OutcomeStatus
from workbench.domain.values import mu

GFA_FAR_LAND = "gfa_far_land"
"""Floor area ÷ plot ratio gives the land area."""
PART_OF_WHOLE = "part_of_whole"
"""No part is larger than its whole."""
PER_MU = "per_mu"
"""Output or tax per 亩 beyond ``PER_MU_LIMIT`` is an outlier to be verified."""
STEP_DATES = "step_dates"
"""A later step is not dated before an earlier one."""
CONTRADICTION_CODES = (GFA_FAR_LAND, PART_OF_WHOLE, PER_MU, STEP_DATES)
TOLERANCE = Decimal("0.05")
"""The relative gap up to which two figures are taken to agree."""
PER_MU_LIMIT = Decimal(5_000_000)
"""元 per 亩: 500 万元, eleven times the national average tax of 45.27 万元 (domain §1.3)."""
_PER_MU_UNITS: Mapping[str, Decimal] = {
    "元/亩": Decimal(1),
    "万元/亩": Decimal(10_000),
    "亿元/亩": Decimal(100_000_000),
}
_DIGITS = 6
_MONEY = frozenset({"元", "万元", "亿元"})
_SIGNS = {">": ">", "余": ">", "≥": "≥", "<": "<", "≤": "≤", "约": "≈", "近": "≈"}
_TURNED = {">": "<", "≥": "≤", "<": ">", "≤": "≥"}
"""What a bound below the line is of the quotient."""
_STATUS = {
    OutcomeStatus.FORECAST: Bilingual("（预计）", " (forecast)"),
    OutcomeStatus.PLANNED: Bilingual("（规划）", " (planned)"),
}
_YIELDS = ("annual_output", "annual_tax", "output", "tax", "revenue")
"""What is spread over the land of its scope: kinds of keys."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not agree in a case; the sentence is ``content.contradiction.<code>``.

    ``facts`` are keys of figures (or the numbers of steps). ``params`` holds the numbers (㎡, 亩,
    元 per 亩; ``gap`` as a share of the stated figure) and ``words`` what else the sentence names.
    """

    code: str
    facts: tuple[str, ...]
    params: Mapping[str, Decimal]
    waiver: Waiver | None = None
    words: Mapping[str, Bilingual] | None = None

    @property
    def waived(self) -> Bilingual | None:
        """Return why it may stand, or None while nobody has said so."""
        return self.waiver.reason if self.waiver else None


def contradictions(case: Case) -> tuple[Contradiction, ...]:
    """Return everything in a case that does not agree, what was waived included."""
    found = (
        *_floor_area(case),
        *_parts(case),
        *_per_mu(case),
        *_step_dates(case),
    )
    return tuple(_waived(each, case) for each in found)


def _waived(found: Contradiction, case: Case) -> Contradiction:
    """Return it with its waiver: the newest one that names its figures, or its code alone."""
    fitting = [w for w in case.waivers if w.code == found.code and w.facts in ((), found.facts)]
    if not fitting:
        return found
    return Contradiction(found.code, found.facts, found.params, fitting[-1], found.words)


def _floor_area(case: Case) -> Iterator[Contradiction]:
    """Compare floor area ÷ plot ratio with the stated land area, ± 5 %.

    Only where the three facts have one scope: a first phase is never divided by one parcel of the
    whole area.
    """
    for gfa, far, land in product(*(_scoped(case, k) for k in ("gfa", "far", "land_area"))):
        if not gfa.scope == far.scope == land.scope:
            continue
        area, ratio, stated = gfa.normalized, far.normalized, land.normalized
        if area is None or not ratio or not stated:
            continue
        implied = area / ratio
        gap = (implied - stated) / stated
        if abs(gap) > TOLERANCE:
            numbers = {
                "gfa_m2": area,
                "far": ratio,
                "implied_m2": implied,
                "implied_mu": mu(implied),
                "stated_m2": stated,
                "stated_mu": mu(stated),
                "gap": gap,
            }
            words = {
                "gfa_bound": _sign(_bound(gfa)),
                "far_bound": _sign(_bound(far)),
                "implied_bound": _sign(_bound(gfa, far)),
                "stated_bound": _sign(_bound(land)),
            }
            keys = (gfa.key, far.key, land.key)
            yield Contradiction(GFA_FAR_LAND, keys, numbers, words=words)


def _parts(case: Case) -> Iterator[Contradiction]:
    """Compare each part with its whole; parts may overlap, so they are never added up."""
    for part in case.facts:
        whole = case.fact(part.part_of) if part.part_of else None
        if whole is None or _dimension(part) != _dimension(whole):
            continue
        small, large = part.normalized, whole.normalized
        if small is not None and large is not None and small > large:
            numbers = {"part": small, "whole": large}
            words = {
                "part_name": part.label,
                "whole_name": whole.label,
                "part_bound": _sign(_bound(part)),
                "whole_bound": _sign(_bound(whole)),
            }
            yield Contradiction(PART_OF_WHOLE, (part.key, whole.key), numbers, words=words)


def _dimension(fact: CaseFact) -> str:
    if fact.unit in ("㎡", "亩", "公顷", "万㎡"):
        return "㎡"
    return "元" if fact.unit in _MONEY else fact.unit


def _per_mu(case: Case) -> Iterator[Contradiction]:
    """Yield every yield per 亩 beyond the limit: stated so, or over the land of its own scope."""
    for fact in case.facts:
        if not isinstance(fact.value, Decimal):
            continue
        if fact.unit in _PER_MU_UNITS:
            per_mu = fact.value * _PER_MU_UNITS[fact.unit]
            if per_mu > PER_MU_LIMIT:
                yield _outlier(fact, per_mu, (fact.key,), _bound(fact))
    kinds = [fact for kind in _YIELDS for fact in _scoped(case, kind) if fact.unit in _MONEY]
    for fact, land in product(kinds, _scoped(case, "land_area")):
        money, area = fact.normalized, land.normalized
        if fact.scope == land.scope and money is not None and area:
            per_mu = round(money / mu(area), _DIGITS)
            if per_mu > PER_MU_LIMIT:
                yield _outlier(fact, per_mu, (fact.key, land.key), _bound(fact, land))


def _outlier(fact: CaseFact, per_mu: Decimal, keys: tuple[str, ...], bound: str) -> Contradiction:
    numbers = {"per_mu": per_mu / 10_000, "limit": PER_MU_LIMIT / 10_000}
    words = {"name": fact.label, "bound": _sign(bound), "status": _STATUS.get(fact.status, NO_TEXT)}
    return Contradiction(PER_MU, keys, numbers, words=words)


def _bound(above: CaseFact, below: CaseFact | None = None) -> str:
    """Return the sign of a figure, or of its quotient by another: what is over 4 stays over.

    ≈ where one of both is about so much, or both are bounds of the same side.
    """
    one = _SIGNS.get(above.qualifier, "")
    other = _SIGNS.get(below.qualifier, "") if below else ""
    turned = _TURNED.get(other, other)
    if not one or not turned or one == turned:
        return one or turned
    return ">" if {one, turned} == {">", "≥"} else "<" if {one, turned} == {"<", "≤"} else "≈"


def _sign(sign: str) -> Bilingual:
    return Bilingual(sign, sign)


def _step_dates(case: Case) -> Iterator[Contradiction]:
    """Yield every dated step that stands behind a later one."""
    dated = [(place, step) for place, step in enumerate(case.steps, start=1) if step.on]
    for (first, earlier), (second, later) in pairwise(dated):
        shared = min(len(earlier.on), len(later.on))
        if later.on[:shared] < earlier.on[:shared]:
            numbers = {"first": Decimal(first), "second": Decimal(second)}
            words = {
                "first_day": Bilingual(earlier.on, earlier.on),
                "second_day": Bilingual(later.on, later.on),
            }
            yield Contradiction(STEP_DATES, (str(first), str(second)), numbers, words=words)


def _scoped(case: Case, kind: str) -> list[CaseFact]:
    """Return the facts of a kind (key ``gfa`` or ``gfa_…``) that say what they are about."""
    return [f for f in case.facts if f.scope and (f.key == kind or f.key.startswith(f"{kind}_"))]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """One figure before and after; ``change`` and ``relative`` only where the bases are one.

    ``change`` is in the unit of the figures (percentage points as a fraction for ``%``).
    """

    before: CaseFact
    after: CaseFact
    comparable: bool
    change: Decimal | None = None
    relative: Decimal | None = None


def before_after(case: Case) -> tuple[BeforeAfter, ...]:
    """Return the figures that the source gives before and after, in the order of the facts.

    Figures with different bases or units stand side by side and are never divided (§1.3).
    """
    pairs = []
    for after in case.facts:
        before = case.fact(after.before) if after.before else None
        if before is None:
            continue
        ours = (before.unit, before.scope, before.base)
        same = ours == (after.unit, after.scope, after.base)
        known = StatedKind.NOT_STATED not in (before.stated, after.stated)
        if not (same and known):
            pairs.append(BeforeAfter(before, after, comparable=same))
            continue
        pairs.append(_compared(before, after))
    return tuple(pairs)


def _compared(before: CaseFact, after: CaseFact) -> BeforeAfter:
    old, new = before.value, after.value
    if isinstance(old, bool) or isinstance(new, bool):
        return BeforeAfter(before, after, comparable=False)
    if not isinstance(old, Decimal) or not isinstance(new, Decimal):
        return BeforeAfter(before, after, comparable=False)
    return BeforeAfter(before, after, True, new - old, (new - old) / old if old else None)
