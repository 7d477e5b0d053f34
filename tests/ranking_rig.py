# SPDX-License-Identifier: MIT
"""A park whose pathways compete, ranked in memory: for tests of scores, weights and places."""

from decimal import Decimal

from tests.builders import (
    a_building,
    a_ledger,
    a_parcel,
    a_park,
)
from tests.shipped import AS_OF, FixedClock, content
from workbench.application.assessment.assessing import AssessingService, AssessmentOptions
from workbench.domain.ranking.ranking import rank_pathways
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import (
    AnalystScore,
)

CODES = ("P09", "P11", "P06", "P04")
E6_SCORES = {
    "P09": (85, 70, 90, 80, 45, 75),
    "P11": (90, 50, 85, 90, 50, 80),
    "P06": (65, 85, 35, 35, 90, 45),
    "P04": (70, 40, 30, 45, 40, 60),
}


def the_park():
    """A park whose transfer, letting, joint venture and take-back are not ruled out."""
    return [
        a_park(),
        a_parcel("land", obtain_mode="出让", land_use="工业", plan_use="工业", status="低效",
                 end_on="2060-06-30", seizure=False, mortgage=False),
        a_building("B1", parcel="land", gfa_actual=30000, rentable_area=28000, cert_status="已办结",
                   fire_accept="通过", safety_grade="B", use_status="部分出租",
                   planning_accept="通过"),
    ]  # fmt: skip


def run(*records, assets=None, **options):
    service = AssessingService(None, content, FixedClock())
    asked = AssessmentOptions(**options)
    return service.run("park", assets, AS_OF, asked, ledger=a_ledger(*records))


def said(scores):
    reason = "E6"
    return {
        code: {c: AnalystScore(Decimal(v), reason) for c, v in zip(CRITERIA, row, strict=True)}
        for code, row in scores.items()
    }


def only(draft, codes):
    """The ranking among these pathways alone."""
    kept = [p for p in draft.ranking.placings if p.code in codes]
    weighting, rules = draft.ranking.weighed.weighting, draft.ranking.rules
    scores = {p.code: p.scores for p in kept}
    return rank_pathways([p.check for p in kept], scores, weighting, rules)
