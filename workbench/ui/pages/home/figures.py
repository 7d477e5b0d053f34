# SPDX-License-Identifier: MIT
"""What the overview shows, computed off the window's thread: tiles, charts, things to do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from workbench.application.ports import Progress
from workbench.bootstrap import Services
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title, grouped
from workbench.domain.figures.leases import EXPIRING_DAYS, is_active
from workbench.domain.figures.reading import Reading
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.indicator import Band, IndicatorValue, by_indicator, evaluate
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.records.expiries import Expiry, expiries
from workbench.domain.records.ledger import Record
from workbench.domain.values import mu
from workbench.ui.models.field_cells import unit_title
from workbench.ui.models.park_state import ParkState
from workbench.ui.models.problems import finding_text
from workbench.ui.pages.checklist.due_card import Due, due_items
from workbench.ui.pages.home.progress import Step, steps
from workbench.ui.texts import language, t
from workbench.ui.widgets.charts.bars import Bar, Part

_WAN = Decimal(10_000)
_LOW = Decimal("0.6")
_MOST_BUILDINGS = 12
_MOST_TASKS = 40
EXPLAINED = "indicator:"
"""How a target begins that leads to how a figure came about, instead of to the ledger."""
_INDICATORS = ("I-01", "I-19", "I-52")
_TONES = {Band.RED: "danger", Band.YELLOW: "warn", Band.GREEN: "success"}
_LAND_ORDER = ("闲置", "低效", "停建", "供而未用", "批而未供", "拟收储", "在建", "已建成", "已收回")
_LAND_TONES = {"闲置": "c2", "低效": "c3", "停建": "c5", "已建成": "c1", "在建": "c4"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One key figure; an unknown number is "—"."""

    title: str
    number: str
    unit: str
    note: str
    tone: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that needs attention; ``target`` leads to where it is mended."""

    title: str
    detail: str
    tone: str
    icon: str
    target: str
    act: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart's data with the finding that its title states."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...] = ()
    parts: tuple[Part, ...] = ()
    unknown: float = 0.0


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """Everything on the overview."""

    tiles: tuple[Tile, ...] = ()
    tasks: tuple[Task, ...] = ()
    tasks_in_all: int = 0
    charts: Mapping[str, Figure] = field(default_factory=dict)
    expiries: tuple[Expiry, ...] = ()
    due: tuple[Due, ...] = ()
    steps: tuple[Step, ...] = ()


def home_figures(services: Services, state: ParkState, progress: Progress) -> HomeFigures:
    """Compute the overview of a park."""
    scope = state.scope
    if scope is None:
        return HomeFigures()
    state.compute()
    references = by_indicator(services.content.indicator_references)
    values = {id_: evaluate(INDICATORS[id_], scope, references) for id_ in _INDICATORS}
    progress.step(1, 3)
    tiles = (
        _indicator_tile(values["I-01"], 1),
        _vacant_tile(state),
        _indicator_tile(values["I-19"], 1),
        _land_tile(state),
        _indicator_tile(values["I-52"], 0, _missing_note(state)),
        _problem_tile(state),
    )
    progress.step(2, 3)
    tasks = [*_findings(state), *_expiring(state)]
    charts = {
        "occupancy": _occupancy(state),
        "vacancy": _vacancy(state),
        "expiry": _expiry(state),
        "land": _land(state),
    }
    ends = expiries(state.ledger, state.ledger.all("encumbrance"), state.as_of)
    due = due_items(services, scope.park_key, services.program.today())
    found, listed = steps(services, state, scope.park_key), tuple(tasks[:_MOST_TASKS])
    return HomeFigures(tiles, listed, len(tasks), charts, tuple(ends), due, found)


# ---- tiles


def _indicator_tile(value: IndicatorValue, decimals: int, note: str = "") -> Tile:
    indicator = INDICATORS[value.id]
    title = indicator.title(language())
    if value.value is None:
        count = len({(m.entity, m.field) for m in value.trace.missing})
        return Tile(title, "—", "", t("home.lacks_n", n=count), "warn", "view:missing")
    factor = 100 if indicator.unit == "%" else 1
    number = grouped(value.value * factor, decimals)
    reference = next((r for r in value.references if r.unit == indicator.unit), None)
    if not note and reference is not None:
        shown = f"{grouped(reference.value * factor, 1)}{indicator.unit if factor > 1 else ''}"
        note = t("home.reference", name=reference.label.get(language()), value=shown)
    tone = _TONES.get(value.band, "")
    tone = "" if tone == "success" else tone
    return Tile(title, number, unit_title(indicator.unit), note, tone, f"{EXPLAINED}{value.id}")


def _vacant_tile(state: ParkState) -> Tile:
    """Return the vacant area; with gaps it is a lower bound and says so."""
    amounts = _vacant_areas(state)
    known = [amount for _, amount in amounts if amount is not None]
    if not known:
        return Tile(t("home.vacant"), "—", "", t("home.no_vacancy_data"), "warn", "view:missing")
    total = sum(known, Decimal(0))
    gap = len(amounts) - len(known)
    if gap and not total:  # "at least none" would read like none
        note = t("home.vacant_of", known=len(known), all=len(amounts))
        return Tile(t("home.vacant"), "—", "", note, "warn", "view:missing")
    number, unit = (grouped(total / _WAN, 2), t("home.wan_m2")) if total >= _WAN else (
        grouped(total, 0), "㎡",
    )  # fmt: skip
    note = t("home.vacant_of", known=len(known), all=len(amounts))
    return Tile(t("home.vacant"), f"≥ {number}" if gap else number, unit, note, "", "view:idle")


def _vacant_areas(state: ParkState) -> list[tuple[Record, Decimal | None]]:
    if state.reading is None:
        return []
    return [(p.building, state.reading.vacant(p)) for p in state.reading.lettings()]


def _land_tile(state: ParkState) -> Tile:
    parcels = state.ledger.all("parcel")
    areas = [area for p in parcels if (area := p.number("area_cert")) is not None]
    if not areas:
        return Tile(t("home.land"), "—", "", t("home.no_land_data"), "warn", "view:missing")
    gap = len(parcels) - len(areas)
    number = grouped(mu(sum(areas, Decimal(0))), 1)
    note, poor = _poor_land(state, parcels)
    return Tile(
        t("home.land"), f"≥ {number}" if gap else number, unit_title("亩"), note,
        "warn" if poor else "", "view:idle",
    )  # fmt: skip


def _poor_land(state: ParkState, parcels: Sequence[Record]) -> tuple[str, bool]:
    """Say how much land is idle or under-used, and whether there is any.

    Land whose status nobody stated is not counted as in use.
    """
    poor, unsure = [], 0
    for parcel in parcels:
        figures = state.figures_of(parcel)
        if figures.idle or figures.under_used:
            poor.append(parcel.number("area_cert"))
        elif parcel.text("status") is None:
            unsure += 1
    known = [area for area in poor if area is not None]
    said = []
    if poor or not unsure:
        area = grouped(mu(sum(known, Decimal(0))), 1)
        area = f"≥ {area}" if len(known) < len(poor) else area
        said.append(t("home.poor_land", n=len(poor), area=area))
    if unsure:
        said.append(t("home.land_unsure", n=unsure))
    return t("ui.gap").join(said), bool(poor)


def _missing_note(state: ParkState) -> str:
    return t("home.missing_n", n=state.missing) if state.missing else t("home.nothing_missing")


def _problem_tile(state: ParkState) -> Tile:
    errors = state.problems.errors()
    warnings = len(state.problems.findings) - errors
    note = t("home.problem_note", errors=errors, warnings=warnings)
    number = str(errors + warnings)
    tone = "danger" if errors else "warn" if warnings else ""
    return Tile(t("home.problems"), number, t("home.items"), note, tone, "view:problems")


# ---- things to do


def _findings(state: ParkState) -> list[Task]:
    return [_task(finding, state) for finding in state.problems.findings]


def _task(finding: Finding, state: ParkState) -> Task:
    record = state.ledger.find(finding.entity, finding.key)
    name = state.ledger.name_of(record) if record is not None else ""
    code = (record.text("code") or "") if record is not None else ""
    error = finding.level is Level.ERROR
    entity = CATALOGUE[finding.entity].title(language())
    return Task(
        t("home.task", name=name, sentence=finding_text(finding)),
        t("ui.gap").join(filter(None, (code, entity, t("home.check", code=finding.code)))),
        "danger" if error else "warn",
        "circle-alert" if error else "triangle-alert",
        f"{finding.entity}:{finding.key}:{finding.field}",
        t("home.fix") if error else t("home.look"),
    )


def _expiring(state: ParkState) -> list[Task]:
    """Name the leases that end within the notice period."""
    last = state.as_of + timedelta(days=EXPIRING_DAYS)
    tasks = []
    for lease, end in _running(state):
        if end <= last:
            days = (end - state.as_of).days
            tenant = state.ledger.find("enterprise", lease.text("tenant"))
            building = state.ledger.find("building", lease.text("building"))
            detail = t("ui.gap").join(r.label for r in (tenant, building) if r is not None)
            title = t("home.lease_ends", name=state.ledger.name_of(lease), day=end, days=days)
            target = f"lease:{lease.key}:end_on"
            tasks.append((end, Task(title, detail, "info", "clock", target, t("home.look"))))
    return [task for _, task in sorted(tasks, key=lambda item: item[0])]


def _running(state: ParkState) -> list[tuple[Record, date]]:
    if state.scope is None:
        return []
    reading = Reading(state.scope.params)
    return [
        (lease, end)
        for lease in state.scope.leases
        if is_active(reading, lease, state.as_of) and (end := lease.day("end_on")) is not None
    ]


# ---- charts


def _occupancy(state: ParkState) -> Figure:
    """Return the buildings with the lowest occupancy; those without data stand at the end."""
    rows = [(b, state.figures_of(b)) for b in state.ledger.all("building")]
    rows = [(b, f) for b, f in rows if f.rentable is not None or f.occupancy is not None]
    known = sorted(
        ((f.occupancy, b) for b, f in rows if f.occupancy is not None), key=lambda item: item[0]
    )
    unknown = [b for b, f in rows if f.occupancy is None]
    low = sum(1 for share, _ in known if share < _LOW)
    title = t("home.occupancy")
    if low:
        title = t("home.occupancy_low", n=low, all=len(rows))
    elif known and not unknown:
        title = t("home.occupancy_fine", share=grouped(known[0][0] * 100, 0))
    bars = [Bar(b.label, float(share * 100), "c2" if share < _LOW else "c1") for share, b in known]
    bars += [Bar(b.label, None) for b in unknown]
    subtitle = t("home.occupancy_unit", shown=min(len(bars), _MOST_BUILDINGS), all=len(bars))
    return Figure(title, subtitle, tuple(bars[:_MOST_BUILDINGS]))


def _vacancy(state: ParkState) -> Figure:
    """Return the vacant area by kind of building."""
    by_kind: dict[str, Decimal] = defaultdict(Decimal)
    gaps = 0
    kind_field = CATALOGUE["building"]["kind"]
    amounts = _vacant_areas(state)
    for building, amount in amounts:
        kind = building.text("kind")
        if amount is None:
            gaps += 1
        elif amount:
            name = choice_title(kind, kind_field, language()) if kind else t("home.no_kind")
            by_kind[name] += amount
    rows = sorted(by_kind.items(), key=lambda item: -item[1])
    total = sum(by_kind.values(), Decimal(0))
    title = t("home.vacancy")
    if gaps * 2 > len(amounts):
        pass  # too little is known to say where vacancy lies
    elif total and len(rows) > 1 and rows[0][1] + rows[1][1] >= total * Decimal("0.7"):
        title = t("home.vacancy_in_two", one=rows[0][0], two=rows[1][0])
    elif rows and rows[0][1] >= total / 2:
        title = t("home.vacancy_in", kind=rows[0][0])
    subtitle = t("home.vacancy_unit") + (t("home.without_n", n=gaps) if gaps else "")
    bars = tuple(
        Bar(name, float(area / _WAN), "c2" if at < 2 else "c1")
        for at, (name, area) in enumerate(rows)
    )
    return Figure(title, subtitle, bars)


def _expiry(state: ParkState) -> Figure:
    """Return the let area by the year in which its lease ends."""
    by_year: dict[int, Decimal] = defaultdict(Decimal)
    gaps = 0
    for lease, end in _running(state):
        if (area := lease.number("area")) is None:
            gaps += 1
        else:
            by_year[end.year] += area
    total = sum(by_year.values(), Decimal(0))
    title = t("home.expiry")
    if total:
        year, most = max(by_year.items(), key=lambda item: item[1])
        title = t("home.expiry_most", year=year, share=grouped(most / total * 100, 0))
    years = range(min(by_year), max(by_year) + 1) if by_year else range(0)
    soon = state.as_of.year + 1
    bars = tuple(
        Bar(str(year), float(by_year.get(year, Decimal(0)) / _WAN), "c2" if year <= soon else "c1")
        for year in years
    )
    subtitle = t("home.expiry_unit") + (t("home.without_n", n=gaps) if gaps else "")
    return Figure(title, subtitle, bars)


def _land(state: ParkState) -> Figure:
    """Return the land by status; parcels without a status are hatched."""
    by_status: dict[str, Decimal] = defaultdict(Decimal)
    unknown = Decimal(0)
    for parcel in state.ledger.all("parcel"):
        area, status = parcel.number("area_cert"), parcel.text("status")
        if area is not None and status is not None:
            by_status[status] += mu(area)
        elif area is not None:
            unknown += mu(area)
    total = sum(by_status.values(), unknown)
    poor = by_status.get("闲置", Decimal(0)) + by_status.get("低效", Decimal(0))
    title = t("home.land_by_status")
    if poor and total:
        share = grouped(poor / total * 100, 0)
        title = t("home.land_poor", share=f"≥ {share}" if unknown else share)
    status_field = CATALOGUE["parcel"]["status"]
    parts = tuple(
        Part(
            choice_title(s, status_field, language()), float(by_status[s]), _LAND_TONES.get(s, "c6")
        )
        for s in _LAND_ORDER
        if s in by_status
    )
    return Figure(title, t("home.land_unit"), parts=parts, unknown=float(unknown))
