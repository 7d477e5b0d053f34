# SPDX-License-Identifier: MIT
"""Which facilities a park needs, and how much each counts (I-29)."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FacilityNeed:
    """One kind of facility that a park needs.

    ``industries`` are words of lead industries that need it; none means every park.
    ``by_presence``: a working one is enough where no capacity is known (a road, a bus stop).
    """

    kind: str
    weight: Decimal
    by_presence: bool = False
    industries: tuple[str, ...] = ()

    def applies(self, lead_industries: Collection[str]) -> bool:
        """Tell whether a park with these lead industries needs the kind."""
        if not self.industries:
            return True
        return any(word in lead for word in self.industries for lead in lead_industries)


@dataclass(frozen=True, slots=True)
class FacilityStandard:
    """The required kinds of one edition; only their relative weights matter."""

    id: str = ""
    needs: tuple[FacilityNeed, ...] = ()

    def for_industries(self, lead_industries: Collection[str]) -> tuple[FacilityNeed, ...]:
        """Return the kinds that a park with these lead industries needs."""
        return tuple(need for need in self.needs if need.applies(lead_industries))


NO_FACILITIES = FacilityStandard()
