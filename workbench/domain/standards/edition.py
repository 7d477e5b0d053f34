# SPDX-License-Identifier: MIT
"""The standards that an assessment measures by, beside the policy parameters."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.domain.standards.dimensions import Dimension
from workbench.domain.standards.facilities import NO_FACILITIES, FacilityStandard
from workbench.domain.standards.grading import GradeScheme
from workbench.domain.standards.intensity import IntensityScheme, ZoneType


@dataclass(frozen=True, slots=True)
class Standards:
    """Required facilities, land use by type of zone, grading schemes, dimensions of the radar."""

    facilities: FacilityStandard = NO_FACILITIES
    intensity: tuple[IntensityScheme, ...] = ()
    grading: tuple[GradeScheme, ...] = ()
    dimensions: tuple[Dimension, ...] = ()

    def scheme_for(self, zone_type: ZoneType) -> IntensityScheme | None:
        """Return the scheme of a type of zone, or None."""
        return next((s for s in self.intensity if s.zone_type is zone_type), None)

    def grading_for(self, regions: Iterable[str | None]) -> GradeScheme | None:
        """Return the newest scheme of the first region that has one, else one for every region.

        ``regions`` go from the smallest to the largest.
        """
        for region in (*(name for name in regions if name), ""):
            own = [scheme for scheme in self.grading if scheme.region == region]
            if own:
                return max(own, key=lambda scheme: (scheme.year, scheme.id))
        return None


NO_STANDARDS = Standards()
