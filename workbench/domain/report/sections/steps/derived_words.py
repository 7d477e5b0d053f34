# SPDX-License-Identifier: MIT
"""Facts made of words and days, counted from the annexes: certificates, acceptances, leads."""

from collections.abc import Callable, Mapping, Sequence

from workbench.domain.facts.people import FACILITY, LOST, SPECIFICATION, possible_buyers
from workbench.domain.figures.scope import in_order
from workbench.domain.indicators.title import ACCEPTANCES, CERTIFICATES, NOT_ACCEPTED, REGISTERED
from workbench.domain.records.ledger import Record
from workbench.domain.report.sections.links import BURDENED, column_part, column_range
from workbench.domain.report.sections.live.burdens import burden
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.live.judged import AS_OF_CELL, place_of
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.annex_words import (
    MOST,
    Count,
    as_written,
    count_words,
    joined,
    word_cells,
)
from workbench.domain.report.sections.steps.step_words import quoted, to_verify
from workbench.domain.values import Value

_ACCEPTED: tuple[Value, ...] = ("通过", "不适用")
_NOT_SAID: tuple[Value, ...] = ("不详",)


def derived_formula(m: Material, name: str) -> str:
    """Return the formula of a fact, "" where the annexes do not show what it is made of."""
    write = _WRITTEN.get(name)
    return write(m) if write is not None else ""


def _any(count: Count | None, m: Material) -> str:
    return count.any(m) if count is not None else ""


def _all(count: Count | None, m: Material) -> str:
    return count.all(m) if count is not None else ""


def _certified(m: Material) -> str:
    parts: list[Count | None] = []
    if m.scope.parcels:
        kinds: list[Value] = sorted(CERTIFICATES)
        parts.append(count_words(m, m.scope.parcels, "cert_kind", kinds))
    if m.scope.buildings:
        parts.append(count_words(m, m.scope.buildings, "cert_status", (REGISTERED,)))
    return _all(joined(parts), m)


def _buildings_certified(m: Material) -> str:
    return _all(count_words(m, m.scope.buildings, "cert_status", (REGISTERED,)), m)


def _accepted(m: Material) -> str:
    counts = [
        count_words(m, m.scope.buildings, f, NOT_ACCEPTED, fails=True, lacking_passes=True)
        for f in ACCEPTANCES
    ]
    return _all(joined(counts), m)


def _fire_accepted(m: Material) -> str:
    buildings = m.scope.buildings
    return _all(count_words(m, buildings, "fire_accept", _ACCEPTED, lacking_passes=True), m)


def _planning_failed(m: Material) -> str:
    return _any(count_words(m, m.scope.buildings, "planning_accept", ("未通过",)), m)


def _unsafe(m: Material) -> str:
    return _any(count_words(m, m.scope.buildings, "safety_grade", ("C", "D"), ("未鉴定",)), m)


def _allocated(m: Material) -> str:
    return _any(count_words(m, m.scope.parcels, "obtain_mode", ("划拨",), _NOT_SAID), m)


def _clawback(m: Material) -> str:
    return _any(count_words(m, m.scope.buildings, "subsidy_clawback", (True,)), m)


def _state_held_land(m: Material) -> str:
    return _any(count_words(m, m.scope.parcels, "holder_type", ("国企",), _NOT_SAID), m)


def _state_owned(m: Material) -> str:
    held = _state_held_land(m)
    manager = m.scope.park and place_of(m, m.scope.park, "manager_type")
    if not held or not manager:
        return held
    platform = as_written(m, "park", "manager_type", "平台公司")
    return f"IF({manager}={platform},{quoted(m.say('yes'))},{held})"


def _mortgage_clear(m: Material) -> str:
    """Return whether every asset of 附表E-14 is unmortgaged or its mortgagees agree."""
    assets = m.scope.assets
    cells = [burden(asset, "clear", m) for asset in assets]
    if not cells or not all(cells):
        return ""
    if m.scope.whole_park and len(cells) > 1:
        cells = [column_part(BURDENED, "clear", 1, len(cells))]
    if len(cells) > MOST:
        return ""
    asked = ",".join(cells)
    yes, no = quoted(m.say("yes")), quoted(m.say("no"))
    known = f"IF(COUNT({asked})<{len(assets)},{to_verify(m)},{yes})"
    return f"IF(COUNT({asked})-SUM({asked})>0,{no},{known})"


def _listed(m: Material) -> str:
    """Return whether a parcel carries a kind of under-use; a known status other says that none."""
    kinds, states = (_one_by_one(m, m.scope.parcels, f) for f in ("low_eff_kind", "status"))
    if not states or not kinds:
        return ""
    low = as_written(m, "parcel", "status", "低效")
    listed, open_ = [], []
    for kind, state in zip(kinds, states, strict=True):
        silent = f'OR({kind}={to_verify(m)},{kind}="",{kind}="—")'
        unsaid = f'OR({state}={to_verify(m)},{state}="",{state}="—")'
        listed.append(f"IF({silent},IF({state}={low},1,0),1)")
        open_.append(f"IF({silent},IF({unsaid},1,0),0)")
    return Count(len(kinds), f"({'+'.join(listed)})", f"({'+'.join(open_)})").any(m)


def _one_by_one(m: Material, records: Sequence[Record], field: str) -> list[str]:
    shown = word_cells(m, records, field) if len(records) <= MOST else []
    return [place_of(m, record, field) for record in records] if shown else []


def _leads(m: Material) -> tuple[Record, ...]:
    return in_order(m.scope.ledger.pointing_at("demand", "park", m.scope.park_key))


def _lost_for_specification(m: Material) -> str:
    """Return the leads lost over the specification, 待核 while one has no stage or reason."""
    stages, reasons = (_one_by_one(m, _leads(m), f) for f in ("stage", "lost_reason"))
    if not stages or not reasons:
        return ""
    lost = as_written(m, "demand", "stage", LOST)
    found, unsaid = [], []
    for stage, reason in zip(stages, reasons, strict=True):
        named = ",".join(f"ISNUMBER(SEARCH({quoted(word)},{reason}))" for word in SPECIFICATION)
        found.append(f"IF({stage}={lost},IF(OR({named}),1,0),0)")
        open_ = f'IF({stage}={lost},IF(OR({reason}={to_verify(m)},{reason}=""),1,0),0)'
        unsaid.append(f'IF(OR({stage}={to_verify(m)},{stage}=""),1,{open_})')
    return f"IF({'+'.join(unsaid)}>0,{to_verify(m)},{'+'.join(found)})"


def _blamed(m: Material) -> str:
    """Return 是 where a lead was lost over facilities; nothing else can say 否."""
    reasons = word_cells(m, _leads(m), "lost_reason")
    if not reasons:
        return ""
    count = "+".join(f"COUNTIF({cell},{quoted(f'*{FACILITY}*')})" for cell in reasons)
    return f"IF({count}>0,{quoted(m.say('yes'))},{to_verify(m)})"


def _purchase_intents(m: Material) -> str:
    """Return how many firms want to buy; none only while every firm was asked."""
    count = count_words(m, possible_buyers(m.scope, m.reading), "purchase_intent", (True,))
    if count is None:
        return ""
    known = f"IF({count.unknown}>0,{to_verify(m)},0)"
    return f"IF({count.passing}>0,{count.passing},{known})"


def sought_otherwise(m: Material) -> list[str]:
    """Return what is 1 once other leads look for what the scope has than did.

    Which ones do is known by the sum of the squares of their rows: all that are not lost and want
    a kind of building that is here.
    """
    listing = m.annex["demand"]
    wanted, stage = (listing.tables.get(key) for key in ("need_kind", "stage"))
    kinds = sorted({k for each in m.scope.buildings if (k := each.text("kind"))})
    if wanted is None or not kinds:
        return []
    cells = column_range(wanted, "need_kind", len(listing.records))
    looks = f"({'+'.join(f'({cells}={quoted(kind)})' for kind in kinds)})"
    if stage is not None:
        stages = column_range(stage, "stage", len(listing.records))
        looks += f"*({stages}<>{as_written(m, 'demand', 'stage', value=LOST)})"
    sought = sum(
        row * row
        for row, each in enumerate(listing.records, 1)
        if each.text("need_kind") in kinds and each.text("stage") != LOST
    )
    rows = f"(ROW({cells})-MIN(ROW({cells}))+1)"
    return [f"IF(SUMPRODUCT({looks}*{rows}^2)={sought},0,1)"]


def _months_to_policy_end(m: Material) -> str:
    end = place_of(m, m.scope.park, "policy_package_end") if m.scope.park else ""
    if not end:
        return ""
    day = AS_OF_CELL
    gone = f"(YEAR({day})-YEAR({end}))*12+MONTH({day})-MONTH({end})-IF(DAY({day})<DAY({end}),1,0)"
    return guarded(f"-({gone})", m)


_WRITTEN: Mapping[str, Callable[[Material], str]] = {
    "owner.state_owned": _state_owned,
    "owner.state_held_land": _state_held_land,
    "enc.mortgage_free_or_consented": _mortgage_clear,
    "title.certified": _certified,
    "title.buildings_certified": _buildings_certified,
    "title.accepted": _accepted,
    "title.fire_accepted": _fire_accepted,
    "title.planning_failed": _planning_failed,
    "title.unsafe_building": _unsafe,
    "title.allocated_land": _allocated,
    "title.subsidy_clawback": _clawback,
    "land.low_efficiency_listed": _listed,
    "demand.lost_for_specification": _lost_for_specification,
    "demand.purchase_intents": _purchase_intents,
    "facility.blamed_for_exit": _blamed,
    "park.months_to_policy_end": _months_to_policy_end,
}
