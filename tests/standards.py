"""Small standards for tests: two facilities, the land-use scheme of E7, a one-item grading."""

from datetime import date
from decimal import Decimal

from tests.builders import a_ledger
from workbench.domain.bilingual import Bilingual
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import evaluate
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.references import Reliability, Source
from workbench.domain.standards.edition import Standards
from workbench.domain.standards.facilities import FacilityNeed, FacilityStandard
from workbench.domain.standards.grading import (
    CutOff,
    GradeItem,
    GradeMethod,
    GradeScheme,
    Yield,
)
from workbench.domain.standards.intensity import (
    Goal,
    IdealItem,
    IntensityScheme,
    Measure,
    Part,
    ZoneType,
)

WORDS = Bilingual("话", "words")
SOURCE = Source("s", WORDS, WORDS, Reliability.DEFAULT)


def item(measure: Measure, weight: str, ideal: str, zero_at: str = "") -> IdealItem:
    limit = Decimal(zero_at) if zero_at else None
    return IdealItem(measure, Decimal(weight), Decimal(ideal), limit)


def goal(code: str, weight: str, **parts: tuple[str, list[IdealItem]]) -> Goal:
    made = tuple(Part(c, WORDS, Decimal(w), tuple(items)) for c, (w, items) in parts.items())
    return Goal(code, WORDS, Decimal(weight), made)


E7_SCHEME = IntensityScheme(
    "e7", WORDS, ZoneType.INDUSTRY, SOURCE, Decimal("0.8"), Decimal(1),
    (
        goal(
            "A", "0.7",
            A1=("0.25", [item(Measure.SUPPLY_RATE, "0.5", "1"),
                         item(Measure.BUILT_RATE, "0.5", "1")]),
            A2=("0.25", [item(Measure.INDUSTRIAL_RATE, "1", "0.60")]),
            A3=("0.5", [item(Measure.FAR, "0.25", "1.2"), item(Measure.DENSITY, "0.22", "0.35"),
                        item(Measure.INDUSTRIAL_FAR, "0.25", "1.2"),
                        item(Measure.INDUSTRIAL_COVERAGE, "0.28", "0.55")]),
        ),
        goal("B", "0.2", B1=("1", [item(Measure.INVESTMENT, "0.5", "9000"),
                                   item(Measure.INDUSTRIAL_TAX, "0.5", "680")])),
        goal("C", "0.1", C1=("1", [item(Measure.IDLE_RATE, "1", "0", "0.10")])),
    ),
)  # fmt: skip
FACILITIES = FacilityStandard(
    "f",
    (
        FacilityNeed("供电", Decimal(60)),
        FacilityNeed("道路", Decimal(40), by_presence=True),
        FacilityNeed("固废", Decimal(100), industries=("化工",)),
    ),
)
CLASSES = tuple(
    CutOff(name, Decimal(share))
    for name, share in (("A", "0.20"), ("B", "0.60"), ("C", "0.95"), ("D", "1"))
)


def a_scheme(method: GradeMethod = GradeMethod.BENCHMARK_RATIO, **more: object) -> GradeScheme:
    """Tax per 亩 alone: over twice the mean, or between least and most."""
    values = {
        "cap": Decimal(1),
        "items": (GradeItem(Yield.TAX_PER_MU, Decimal(100), mean_times=Decimal(2)),),
    } | more
    return GradeScheme("g", WORDS, "", 2024, SOURCE, method, cut_offs=CLASSES, **values)


STANDARDS = Standards(FACILITIES, (E7_SCHEME,), (a_scheme(),))


AS_OF = date(2025, 6, 30)


def scope_of(*records, assets=None):
    """A park of these records under the tests' own standards."""
    return Scope(a_ledger(*records), "park", assets, AS_OF, {}, STANDARDS)


def of(id_, *records, assets=None):
    """An indicator of these records."""
    return evaluate(INDICATORS[id_], scope_of(*records, assets=assets), {})
