# SPDX-License-Identifier: MIT
"""The standards that an assessment measures by, beside the policy parameters."""

from dataclasses import dataclass

from workbench.domain.standards.facilities import NO_FACILITIES, FacilityStandard
from workbench.domain.standards.grading import GradeScheme
from workbench.domain.standards.intensity import IntensityScheme, ZoneType


@dataclass(frozen=True, slots=True)
class Standards:
    """Required facilities, schemes of land use by type of zone, and grading schemes."""

    facilities: FacilityStandard = NO_FACILITIES
    intensity: tuple[IntensityScheme, ...] = ()
    grading: tuple[GradeScheme, ...] = ()

    def scheme_for(self, zone_type: ZoneType) -> IntensityScheme | None:
        """Return the scheme of a type of zone, or None."""
        return next((s for s in self.intensity if s.zone_type is zone_type), None)


NO_STANDARDS = Standards()
