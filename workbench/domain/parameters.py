# SPDX-License-Identifier: MIT
"""Policy parameters (政策参数): rates, thresholds and defaults with validity, region and source."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.bilingual import NO_TEXT, Bilingual
from workbench.domain.references import Source

NATIONWIDE = ""
Bracket = tuple[Decimal | None, Decimal, Decimal]
"""Up to this ratio (None = without end), rate, quick deduction."""
ParamValue = Decimal | tuple[Bracket, ...]


class UnknownParameterError(LookupError):
    """No value of a parameter is in force for a region on a day."""

    def __init__(self, code: str, region: str, as_of: date) -> None:
        super().__init__(f"no parameter {code!r} for {region or 'all regions'} on {as_of}")
        self.code = code
        self.region = region
        self.as_of = as_of


@dataclass(frozen=True, slots=True)
class PolicyParam:
    """One value of one parameter.

    ``region`` "" is nationwide; ``verified_on`` is None until somebody checked the value against
    the text in force; ``verified_by`` and ``checked_against`` tell who did so and in which
    document. ``varies`` says that regions set their own value. Shares are fractions.
    """

    code: str
    region: str
    value: ParamValue
    unit: str
    name: Bilingual
    source: Source
    effective_from: date | None = None
    effective_to: date | None = None
    verified_on: date | None = None
    varies: bool = False
    note: Bilingual = NO_TEXT
    verified_by: str = ""
    checked_against: str = ""

    def cite(self, language: str) -> str:
        """Return the source, and the document that the value was checked against, with by whom."""
        source = self.source.cite(language)
        if self.verified_on is None or not (self.checked_against or self.verified_by):
            return source
        gap = "；" if language.startswith("zh") else "; "
        who = f"({self.verified_by})" if self.verified_by else ""
        return f"{source}{gap}✓ {' '.join(filter(None, (self.checked_against, who)))}"

    def in_force(self, as_of: date) -> bool:
        """Tell whether the value applies on a day, both ends included."""
        started = self.effective_from is None or self.effective_from <= as_of
        return started and not self.expired(as_of)

    def expired(self, as_of: date) -> bool:
        """Tell whether the value stopped applying before a day."""
        return self.effective_to is not None and self.effective_to < as_of


@dataclass(frozen=True)
class ParameterSet:
    """All parameters of one assessment; ``id`` changes with any value, date, region or source."""

    params: tuple[PolicyParam, ...]
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", _fingerprint(self.params))

    def __iter__(self) -> Iterator[PolicyParam]:
        return iter(self.params)

    def find(self, code: str, region: str = NATIONWIDE, *, as_of: date) -> PolicyParam | None:
        """Return the value in force: the region's own before the nationwide, the newest first."""
        fitting = [
            param
            for param in self.params
            if param.code == code and param.region in (region, NATIONWIDE) and param.in_force(as_of)
        ]
        return max(
            fitting,
            key=lambda p: (p.region == region, p.effective_from or date.min),
            default=None,
        )

    def get(self, code: str, region: str = NATIONWIDE, *, as_of: date) -> PolicyParam:
        """Return the value in force; raises UnknownParameterError when there is none."""
        found = self.find(code, region, as_of=as_of)
        if found is None:
            raise UnknownParameterError(code, region, as_of)
        return found

    def numbers(self, region: str = NATIONWIDE, *, as_of: date) -> dict[str, Decimal]:
        """Return every plain number in force by code, for formulas."""
        found = {code: self.find(code, region, as_of=as_of) for code in self.codes()}
        return {
            code: param.value
            for code, param in found.items()
            if param is not None and isinstance(param.value, Decimal)
        }

    def codes(self) -> tuple[str, ...]:
        """Return the parameter codes, each once, in order."""
        return tuple(dict.fromkeys(param.code for param in self.params))

    def expired(self, as_of: date) -> tuple[PolicyParam, ...]:
        """Return the values that stopped applying before a day."""
        return tuple(param for param in self.params if param.expired(as_of))

    def unverified(self) -> tuple[PolicyParam, ...]:
        """Return the values that nobody has checked against the text in force."""
        return tuple(param for param in self.params if param.verified_on is None)


def _fingerprint(params: tuple[PolicyParam, ...]) -> str:
    """Return a short hash of everything that can change a result or its standing."""
    lines = sorted(
        repr((p.code, p.region, _plain(p.value), p.unit, str(p.effective_from),
              str(p.effective_to), str(p.verified_on), p.varies, p.source.id,
              *filter(None, (p.verified_by, p.checked_against))))
        for p in params
    )  # fmt: skip
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _plain(value: ParamValue) -> str:
    """Return a value as text that is the same for 0.050 and 0.05."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return ";".join(
        ":".join("inf" if part is None else _plain(part) for part in bracket) for bracket in value
    )
