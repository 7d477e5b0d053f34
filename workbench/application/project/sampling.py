# SPDX-License-Identifier: MIT
"""The sample park: imported, assessed, ticked and reported through the same services as any other.

Everything in it is invented; the project is marked as sample data and says so in its report.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbench.application.ports import Progress, Texts
from workbench.application.store_ports import UnitOfWork
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.finance.inputs import InputValue
from workbench.domain.records.ledger import Record

if TYPE_CHECKING:
    from workbench.application.assessment.assessments import Assessments
    from workbench.application.checklist.ticking import Ticking
    from workbench.application.imports.importing import Importing
    from workbench.application.ledger.editing import Editing
    from workbench.application.ledger.querying import Querying
    from workbench.application.money.scenarios import Scenarios
    from workbench.application.project.exporting import Exporting

AS_OF = date(2026, 10, 31)
SAMPLE_SETTING = "sample"
PROJECT_NAME = "示例园区.park"
ASSESSMENT_NAME = "锦程地块盘活评估（示例）"
ASSET_CODE = "B-C01"
PATHWAYS = ("P01", "P02", "P03")
_GOALS = "引入新项目、化债"
_PRESSURE = "高"


class SampleServices(Protocol):
    """The use cases that the sample goes through."""

    @property
    def importing(self) -> "Importing": ...  # noqa: D102
    @property
    def editing(self) -> "Editing": ...  # noqa: D102
    @property
    def querying(self) -> "Querying": ...  # noqa: D102
    @property
    def assessments(self) -> "Assessments": ...  # noqa: D102
    @property
    def ticking(self) -> "Ticking": ...  # noqa: D102
    @property
    def exporting(self) -> "Exporting": ...  # noqa: D102
    @property
    def scenarios(self) -> "Scenarios": ...  # noqa: D102
    def unit_of_work(self, *, writing: bool = False) -> UnitOfWork: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class _Tick:
    item: str
    status: ItemStatus
    owner: str = ""
    due: date | None = None
    reason: str = ""
    evidence: bool = False


_TICKS = (
    _Tick("S1-01", ItemStatus.DONE, "王海涛", evidence=True),
    _Tick("S1-02", ItemStatus.DONE, "周敏", evidence=True),
    _Tick("S1-06", ItemStatus.DONE, "刘颖", evidence=True),
    _Tick("S1-04", ItemStatus.PARTIAL, "陈立新", date(2026, 11, 20)),
    _Tick("S1-03", ItemStatus.OPEN, "周敏", date(2026, 11, 30)),
    _Tick("S2-01", ItemStatus.OPEN, "王海涛", date(2026, 10, 20)),
    _Tick("S2-03", ItemStatus.PARTIAL, "王海涛", date(2026, 11, 16)),
    _Tick(
        "S7-05", ItemStatus.NOT_APPLICABLE, "刘颖", reason="宗地查封，目前没有享受优惠政策的企业"
    ),
)


def fill_sample(services: SampleServices, ledger: str, progress: Progress) -> None:
    """Import the sample ledger and do part of the work, so that every state can be seen."""
    from workbench.application.imports.choices import ImportOptions

    preview = services.importing.preview([ledger], ImportOptions(), progress)
    services.importing.commit(preview)
    park = services.querying.records("park")[0]
    context = {"park": park.key, "goals": _GOALS, "finance_band": _PRESSURE}
    services.editing.add("context", context)
    parcel = _asset(services.querying)
    assessment = services.assessments.start(
        ASSESSMENT_NAME, park.key, AS_OF, PATHWAYS, assets=(parcel.key,)
    )
    for tick in _TICKS:
        state = ItemState(
            tick.item, tick.status, owner=tick.owner, due=tick.due, reason=tick.reason
        )
        evidence = (ledger,) if tick.evidence else ()
        services.ticking.set_state(assessment, tick.item, replace(state), evidence)
    _calculate(services, park)
    with services.unit_of_work(writing=True) as work:
        work.set_setting(SAMPLE_SETTING, "1")
        work.commit()


_LETTING: dict[str, InputValue] = {
    "years": Decimal(10), "rent": Decimal(28), "rent_growth": Decimal("0.02"),
    "free_assumed": Decimal(0),
    "base_growth": Decimal("0.01"), "capex": Decimal(4_200_000),
}  # fmt: skip
_SALE: dict[str, InputValue] = {
    "price": Decimal(36_800_000), "location": "市区", "newness": Decimal("0.7"),
    "replacement_cost": Decimal(26_000_000), "land_paid": Decimal(2_600_000),
    "appraisal_fee": Decimal(60_000), "exchange_fee": Decimal(120_000),
}  # fmt: skip
_PROFIT = (-600, 800, 2000, 3200, 4000, 4200, 4200, 4200)
_VENTURE: dict[str, InputValue] = {
    "years": Decimal(8), "capital": Decimal(200_000_000), "soe_share": Decimal("0.49"),
    "distribution_share": Decimal("0.725"),
    "net_profit": tuple(Decimal(10_000 * profit) for profit in _PROFIT),
}  # fmt: skip


def _calculate(services: SampleServices, park: Record) -> None:
    """Keep scenarios of letting with a variant, of a sale, and of a joint venture."""
    scenarios, querying = services.scenarios, services.querying
    building = next(r for r in querying.records("building") if r.get("code") == "B-B01")
    letting = scenarios.create(
        "研发办公楼招租提升", "lease_up", AS_OF, park_key=park.key, assets=(building.key,),
        stated=_LETTING,
    )  # fmt: skip
    scenarios.vary(letting, "租金下降一成", {"rent": Decimal("25.2")})
    sold = next(r for r in querying.records("building") if r.get("code") == "B-A04")
    scenarios.create(
        "A区4号厂房转让", "transfer", AS_OF, park_key=park.key, assets=(sold.key,), stated=_SALE
    )
    scenarios.create(
        "铜材厂地块合资改造", "joint_venture", AS_OF, park_key=park.key, stated=_VENTURE
    )


def _asset(querying: "Querying") -> Record:
    parcels = querying.records("parcel")
    return next(record for record in parcels if record.get("code") == ASSET_CODE)


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Where the demo put its two files."""

    project: Path
    report: Path


class SampleProgram(Protocol):
    """What makes the sample project."""

    def create_sample(self, project: str, progress: Progress | None = None) -> "OpenSample":
        """Make a project of the sample park."""
        ...

    def texts(self, language: str = "") -> Texts:
        """Return the texts of a language."""
        ...


class OpenSample(SampleServices, Protocol):
    """The sample project, open."""

    def close(self) -> None:
        """Let go of the project's file."""
        ...


def run_demo(program: SampleProgram, folder: Path, progress: Progress) -> DemoResult:
    """Do the whole main job: ledger in, assessed, ticked, report out.

    A project of an earlier run is replaced: everything in it comes from the shipped ledger.
    """
    project = folder / PROJECT_NAME
    for suffix in ("", "-wal", "-shm"):
        project.with_name(project.name + suffix).unlink(missing_ok=True)
    services = program.create_sample(str(project), progress)
    try:
        assessment = services.assessments.find(ASSESSMENT_NAME)
        texts = program.texts()
        park_key = assessment.text("park") or ""
        name = services.exporting.suggested_name(park_key, AS_OF, assessment)
        result = services.exporting.export(
            str(folder / name), park_key, AS_OF, texts, assessment=assessment, progress=progress
        )
        return DemoResult(project, Path(result.path))
    finally:
        services.close()
