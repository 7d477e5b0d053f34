# SPDX-License-Identifier: MIT
"""Cross-checks of dates and terms (V02, V03, V10, V13, V15, V20, V21, V31)."""

from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.checks.rules import CheckContext, check, complaint, plain_number
from workbench.domain.facts.space import valid_until
from workbench.domain.figures.encumbrances import RELEASED, SEIZURES
from workbench.domain.figures.land import INDUSTRIAL
from workbench.domain.figures.tenure import DAYS_IN_YEAR, add_months, months_since, years_until
from workbench.domain.findings import Finding, Level
from workbench.domain.records.ledger import Record

Findings = Iterator[Finding]
_SPANS = {
    "parcel": (
        ("start_on", "end_on"),
        ("agreed_start_on", "agreed_complete_on"),
        ("actual_start_on", "actual_complete_on"),
    ),
    "lease": (("start_on", "end_on"),),
    "encumbrance": (("start_on", "end_on"),),
    "valuation": (("base_date", "valid_to"),),
    "enterprise": (("policy_start", "policy_end"), ("moved_in_on", "moved_out_on")),
}
_TERM_SLACK = Decimal(1)
_ROUNDING = Decimal("0.05")
_STATED_SLACK = Decimal("0.5")
_LONGEST_LEASE = Decimal(20)
_STARTED = frozenset({"在建", "停建", "已建成", "低效", "已收回", "批而未供"})
_STOPPED_MONTHS = 12


def _order_and_term(context: CheckContext, record: Record) -> Findings:
    """V02: an end comes after its start; a stated term agrees; industrial land at most 50 years."""
    for first, last in _SPANS.get(record.entity, ()):
        start, end = record.day(first), record.day(last)
        if start is not None and end is not None and end <= start:
            yield complaint("V02", Level.ERROR, record, last, "order", start=start, end=end)
    if record.entity == "parcel":
        yield from _land_term(context, record)


def _land_term(context: CheckContext, parcel: Record) -> Findings:
    start, end, stated = parcel.day("start_on"), parcel.day("end_on"), parcel.number("term_years")
    span = None
    if start is not None and end is not None and end > start:
        span = Decimal((end - start).days) / DAYS_IN_YEAR
        if stated is not None and abs(span - stated) > _TERM_SLACK:
            yield complaint(
                "V02", Level.ERROR, parcel, "term_years", "term", plain_number(span),
                stated=plain_number(stated), computed=plain_number(span),
            )  # fmt: skip
    longest = context.params.get("industrial_term_max")
    term = span if span is not None else stated
    if longest is None or term is None or parcel.text("land_use") not in INDUSTRIAL:
        return
    if term > longest + _ROUNDING:
        yield complaint(
            "V02", Level.ERROR, parcel, "end_on", "industrial", term=plain_number(term),
            longest=plain_number(longest),
        )  # fmt: skip


def _stated_remaining_years(context: CheckContext, parcel: Record) -> Findings:
    """V03: the stated remaining term agrees with the end date within half a year."""
    stated, end = parcel.number("remaining_years"), parcel.day("end_on")
    if stated is None or end is None:
        return
    computed = years_until(end, context.as_of)
    if abs(computed - stated) > _STATED_SLACK:
        yield complaint(
            "V03", Level.WARNING, parcel, "remaining_years", "", plain_number(computed),
            stated=plain_number(stated), computed=plain_number(computed), as_of=context.as_of,
        )  # fmt: skip


def _lease_outlives_land(context: CheckContext, lease: Record) -> Findings:
    """V10: a lease ends before the land right does and runs at most 20 years."""
    end, start = lease.day("end_on"), lease.day("start_on")
    if end is None:
        return
    unit = context.ledger.find("unit", lease.text("unit"))
    key = lease.text("building") or (unit.text("building") if unit else None)
    building = context.ledger.find("building", key)
    parcel = context.ledger.find("parcel", building.text("parcel")) if building else None
    limit = parcel.day("end_on") if parcel else None
    if limit is not None and end > limit:
        yield complaint("V10", Level.WARNING, lease, "end_on", "land", end=end, limit=limit)
    if start is not None and end > start:
        term = Decimal((end - start).days + 1) / DAYS_IN_YEAR
        if term > _LONGEST_LEASE + _ROUNDING:
            yield complaint("V10", Level.WARNING, lease, "end_on", "term", term=plain_number(term))


def _stale_appraisal(context: CheckContext, valuation: Record) -> Findings:
    """V13: the newest appraisal of an asset is still valid at the as-of date."""
    base, until = valuation.day("base_date"), valid_until(context.reading, valuation)
    if base is None or until is None or until >= context.as_of:
        return
    for reference in ("building", "parcel"):
        if (asset := valuation.text(reference)) is not None:
            rivals = context.ledger.pointing_at("valuation", reference, asset)
            days = [day for row in rivals if (day := row.day("base_date")) is not None]
            if any(base < day <= context.as_of for day in days):
                return
    yield complaint("V13", Level.WARNING, valuation, "valid_to", until=until, as_of=context.as_of)


def _seizure_past_its_end(context: CheckContext, row: Record) -> Findings:
    """V15: a seizure that nobody is known to have released has not passed its end date."""
    end, status = row.day("end_on"), row.text("status")
    if row.text("kind") not in SEIZURES or status in RELEASED or end is None:
        return
    if end < context.as_of:
        variant = "still" if status == "有效" else "unknown"
        yield complaint("V15", Level.WARNING, row, "end_on", variant, end=end, as_of=context.as_of)


def _not_started(context: CheckContext, parcel: Record) -> Findings:
    """V20: works agreed a year ago have started, else the land may count as idle."""
    agreed = parcel.day("agreed_start_on")
    if agreed is None or parcel.day("actual_start_on") is not None:
        return
    if parcel.text("status") in _STARTED or add_months(agreed, _STOPPED_MONTHS) >= context.as_of:
        return
    months = months_since(agreed, context.as_of)
    yield complaint("V20", Level.WARNING, parcel, "actual_start_on", agreed=agreed, months=months)


def _stopped_early(context: CheckContext, parcel: Record) -> Findings:
    """V21: works stopped for a year with a third or a quarter unmet may make the land idle."""
    since = parcel.day("idle_since")
    if parcel.text("status") != "停建" or since is None:
        return
    if months_since(since, context.as_of) < _STOPPED_MONTHS:
        return
    for field, code in (
        ("dev_area_ratio", "start_share_min"),
        ("invest_ratio", "invest_share_min"),
    ):
        share, least = parcel.number(field), context.params.get(code)
        if share is not None and least is not None and share < least:
            yield complaint(
                "V21", Level.WARNING, parcel, field, share=plain_number(share * 100),
                least=plain_number(least * 100), since=since,
            )  # fmt: skip
            return


def _idle_out_of_time(context: CheckContext, record: Record) -> Findings:
    """V31: vacancy and idleness begin neither after the as-of date nor before the land right."""
    field = "vacant_since" if record.entity == "building" else "idle_since"
    since, start = record.day(field), record.day("start_on")
    if since is None:
        return
    if since > context.as_of:
        yield complaint(
            "V31", Level.WARNING, record, field, "future", since=since, as_of=context.as_of
        )
    if start is not None and since < start:
        yield complaint("V31", Level.WARNING, record, field, "early", since=since, start=start)


TIME_CHECKS = (
    check("V02", " ".join(_SPANS), _order_and_term),
    check("V03", "parcel", _stated_remaining_years, "remaining_years end_on"),
    check("V10", "lease", _lease_outlives_land, "end_on"),
    check("V13", "valuation", _stale_appraisal, "base_date"),
    check("V15", "encumbrance", _seizure_past_its_end, "kind end_on"),
    check("V20", "parcel", _not_started, "agreed_start_on"),
    check("V21", "parcel", _stopped_early, "status idle_since"),
    check("V31", "parcel", _idle_out_of_time, "idle_since"),
    check("V31", "building", _idle_out_of_time, "vacant_since"),
)
