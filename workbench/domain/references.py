# SPDX-License-Identifier: MIT
"""Public sources, and the market and indicator figures that are quoted from them."""

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.bilingual import Bilingual
from workbench.domain.labels import Labelled


class Reliability(Labelled):
    """How far a source carries: primary text, media, blog, known practice, our own default."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    PRACTICE = "practice"
    DEFAULT = "default"


class OutcomeStatus(Labelled):
    """Whether a figure has happened: a forecast or a plan never counts as achieved."""

    ACHIEVED = "achieved"
    FORECAST = "forecast"
    PLANNED = "planned"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from; ``via`` is the publication that quotes this one."""

    id: str
    title: Bilingual
    publisher: Bilingual
    reliability: Reliability
    site: str = ""
    published: str = ""
    via: "Source | None" = None

    def cite(self, language: str) -> str:
        """Return the source as one line, naming both the original and who quotes it."""
        chinese = language.startswith("zh")
        parts = [self.publisher.get(language), self.title.get(language), self.site, self.published]
        line = ("，" if chinese else ", ").join(part for part in parts if part)
        if self.via is None:
            return line
        quoted = self.via.cite(language)
        return f"{line}（转引自{quoted}）" if chinese else f"{line} (quoted in {quoted})"


@dataclass(frozen=True, slots=True)
class MarketReference:
    """One market figure of the seed article (M1…M13); shares are fractions, ``unit`` shows them.

    ``value`` is None for a statement without a number; ``upper`` closes a range.
    """

    id: str
    statement: Bilingual
    value: Decimal | None
    upper: Decimal | None
    unit: str
    qualifier: str
    period: Bilingual
    status: OutcomeStatus
    source: Source
    caveat: Bilingual


@dataclass(frozen=True, slots=True)
class IndicatorReference:
    """A published value of an indicator (I-01…I-52), in the indicator's own normalized unit."""

    indicator: str
    label: Bilingual
    value: Decimal
    upper: Decimal | None
    unit: str
    period: Bilingual
    source: Source
    building_kinds: frozenset[str] = frozenset()
    """The kinds of building that it was measured on, none where it says nothing of kinds."""
