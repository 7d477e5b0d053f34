# SPDX-License-Identifier: MIT
"""Cross-checks of title, encumbrances and identity (V14, V16…V18, V25, V29, V30)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.domain.checks.credit_codes import is_valid_credit_code
from workbench.domain.checks.rules import (
    CheckContext,
    check,
    complaint,
    m2,
    percent,
    wan,
)
from workbench.domain.figures.accounts import latest_value
from workbench.domain.figures.encumbrances import MORTGAGES, is_in_force
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.title import is_seized_with_land
from workbench.domain.records.certificates import certificate_key, certificates
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState

Findings = Iterator[Finding]
_LET = frozenset({"出租", "部分出租"})
_OWN_AREA = {"parcel": "area_cert", "building": "gfa_cert"}
_ONE_PERCENT = Decimal("0.01")


def _seized_yet_let(context: CheckContext, building: Record) -> Findings:
    """V14: a building under seizure is not managed as if it were free."""
    status = building.text("use_status")
    if status not in _LET:
        return
    if is_seized_with_land(context.reading, context.scope_of(building), building):
        yield complaint("V14", Level.ERROR, building, "use_status", status=status)


def _mortgage_row(context: CheckContext, row: Record) -> Findings:
    """V16: a mortgage names its holder and does not exceed the appraised value."""
    if row.text("kind") not in MORTGAGES or not is_in_force(context.reading, row, context.as_of):
        return
    if row.text("holder") is None and row.state("holder") is ValueState.UNKNOWN:
        yield complaint("V16", Level.WARNING, row, "holder", "holder")
    amount = row.number("amount")
    for reference in ("building", "parcel"):
        asset = context.ledger.find(reference, row.text(reference))
        value = latest_value(context.scope_of(asset), context.reading, asset) if asset else None
        if amount is not None and value is not None and amount > value:
            yield complaint(
                "V16", Level.WARNING, row, "amount", "amount", amount=wan(amount), value=wan(value)
            )


def _certificate(context: CheckContext, record: Record) -> Findings:
    """V17: a certificate has its number, and one number belongs to one parcel."""
    number = record.text("cert_no")
    if record.entity == "building":
        claimed = record.text("cert_status") == "已办结"
    else:
        claimed = record.text("cert_kind") == "不动产权证"
    if number is None:
        if claimed and record.state("cert_no") is ValueState.UNKNOWN:
            yield complaint("V17", Level.WARNING, record, "cert_no", "empty")
        return
    if record.entity != "parcel":
        return
    for single in certificates(number):
        same = context.parcels_by_certificate.get(certificate_key(single), ())
        others = [other for other in same if other.key != record.key]
        if others:
            names = "、".join(other.label for other in others)
            yield complaint(
                "V17", Level.WARNING, record, "cert_no", "duplicate", number=single, others=names
            )


def _credit_code(_: CheckContext, record: Record) -> Findings:
    """V18: a credit code has 18 characters and the right check character (GB 32100)."""
    code = record.text("credit_code")
    if code is not None and not is_valid_credit_code(code):
        yield complaint("V18", Level.ERROR, record, "credit_code", "code", value=code)


def _same_firm_twice(context: CheckContext, firm: Record) -> Findings:
    """V18: two firms whose names are at least 90 % alike may be one; valid codes settle it."""
    name = firm.text("name")
    if name is None:
        return
    own_code = firm.text("credit_code")
    alike = []
    for key in context.firm_names.alike(firm.key, name):
        other = context.ledger.find("enterprise", key)
        code = other.text("credit_code") if other else None
        if other is not None and not (own_code and code and code != own_code):
            alike.append(other.label)
    if alike:
        yield complaint(
            "V18", Level.WARNING, firm, "name", "name", name=name, others="、".join(alike)
        )


def _plan_conflict(_: CheckContext, parcel: Record) -> Findings:
    """V25: planned use equals present use."""
    now, planned = parcel.text("land_use"), parcel.text("plan_use")
    if now is not None and planned is not None and now != planned:
        yield complaint("V25", Level.WARNING, parcel, "plan_use", now=now, planned=planned)


def _same_asset_twice(context: CheckContext, record: Record) -> Findings:
    """V29: one asset recorded twice with different areas; both are shown, neither is chosen."""
    field = _OWN_AREA[record.entity]
    area = record.number(field)
    if area is None:
        return
    for other in _namesakes(context, record):
        theirs = other.number(field)
        if theirs is not None and abs(theirs - area) > max(area, theirs) * _ONE_PERCENT:
            yield complaint(
                "V29", Level.WARNING, record, field, "", name=record.label, value=m2(area),
                other=m2(theirs),
            )  # fmt: skip
            return


def _namesakes(context: CheckContext, record: Record) -> list[Record]:
    """Return other records of the same park with the same name, or the same real-estate unit."""
    park, name, unit = record.text("park"), record.text("name"), record.text("bdc_unit_no")
    found: list[Record] = []
    if park and name:
        found += context.by_name.get((record.entity, park, name), ())
    if unit:
        found += context.by_name.get((record.entity, "", unit), ())
    return [other for other in found if other.key != record.key]


def _self_hold(_: CheckContext, parcel: Record) -> Findings:
    """V30: land that must be held whole cannot also be split and transferred."""
    share = parcel.number("self_hold_ratio")
    if share is not None and share >= 1 and parcel.flag("split_allowed"):
        yield complaint("V30", Level.WARNING, parcel, "self_hold_ratio", share=percent(share))


def _perhaps_seized(context: CheckContext, buildings: Sequence[Record]) -> list[Record]:
    """Return the buildings of which they or their land may be under seizure."""
    keys = context.perhaps_seized
    return [b for b in buildings if b.key in keys or b.values.get("parcel") in keys]


def _with_namesakes(context: CheckContext, records: Sequence[Record]) -> Sequence[Record]:
    """Return the records, or none where no two share a name or a unit number."""
    return records if context.by_name else ()


LEGAL_CHECKS = (
    check("V14", "building", _seized_yet_let, "use_status", screen=_perhaps_seized),
    check("V16", "encumbrance", _mortgage_row, "kind"),
    check("V17", "parcel", _certificate, "cert_no|cert_kind"),
    check("V17", "building", _certificate, "cert_status"),
    check("V18", "enterprise lease", _credit_code, "credit_code"),
    check("V18", "enterprise", _same_firm_twice, "name"),
    check("V25", "parcel", _plan_conflict, "land_use plan_use"),
    check("V29", "parcel", _same_asset_twice, "area_cert", screen=_with_namesakes),
    check("V29", "building", _same_asset_twice, "gfa_cert", screen=_with_namesakes),
    check("V30", "parcel", _self_hold, "self_hold_ratio split_allowed"),
)
