# SPDX-License-Identifier: MIT
"""The ledger cross-checks V01…V35 (domain §3.4): every complaint is a finding, never text.

A blank never causes a complaint: a rule that lacks an input says nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks.area import AREA_CHECKS
from workbench.domain.checks.lease import LEASE_CHECKS
from workbench.domain.checks.legal import LEGAL_CHECKS
from workbench.domain.checks.money import MONEY_CHECKS, control_total
from workbench.domain.checks.rules import Check, CheckContext, sentence_key
from workbench.domain.checks.time import TIME_CHECKS
from workbench.domain.figures.firms import only_elsewhere
from workbench.domain.figures.scope import in_order
from workbench.domain.findings import Finding
from workbench.domain.records.ledger import Ledger, Record

__all__ = [
    "CHECKS",
    "check_ledger",
    "check_park",
    "check_record",
    "complaints",
    "control_total",
    "rules_with_material",
    "sentence_key",
]

CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (*AREA_CHECKS, *TIME_CHECKS, *LEASE_CHECKS, *LEGAL_CHECKS, *MONEY_CHECKS),
        key=lambda rule: rule.id,
    )
)
"""Every rule; a rule that looks at several kinds of records may stand here more than once."""

_BY_ENTITY: dict[str, list[Check]] = {}
for _rule in CHECKS:
    for _entity in _rule.entities:
        _BY_ENTITY.setdefault(_entity, []).append(_rule)


def check_ledger(ledger: Ledger, as_of: date, params: Mapping[str, Decimal]) -> tuple[Finding, ...]:
    """Return every complaint about a ledger, by entity, record and rule."""
    context = CheckContext(ledger, as_of, params)
    return tuple(
        finding
        for entity in CATALOGUE.ledger()
        for _, found in complaints_in_bulk(context, in_order(ledger.all(entity.key)))
        for finding in found
    )


def check_park(
    ledger: Ledger, park_key: str, as_of: date, params: Mapping[str, Decimal]
) -> tuple[Finding, ...]:
    """Return every complaint about one park; of a firm that only other parks know it is theirs."""
    own = ledger.within(park_key)
    others = only_elsewhere(ledger, park_key)
    found = check_ledger(own, as_of, params)
    return tuple(each for each in found if _firm_of(own, each) not in others) if others else found


def _firm_of(ledger: Ledger, finding: Finding) -> str | None:
    """Return the firm that a complaint is about, itself or a year or accounts of it."""
    if finding.entity == "enterprise":
        return finding.key
    if finding.entity not in ("enterprise_year", "finance"):
        return None
    record = ledger.find(finding.entity, finding.key)
    return record.text("enterprise") if record is not None else None


def rules_with_material(
    ledger: Ledger, as_of: date, params: Mapping[str, Decimal]
) -> tuple[int, int]:
    """Return how many rules have a record that they can judge, and how many rules there are.

    That nothing was found means little where nothing could be looked at.
    """
    context = CheckContext(ledger, as_of, params)
    ran = {
        rule.id
        for rule in CHECKS
        for entity in rule.entities
        if rule.has_material(context, ledger.all(entity))
    }
    return len(ran), len({rule.id for rule in CHECKS})


def check_record(
    record: Record, ledger: Ledger, as_of: date, params: Mapping[str, Decimal]
) -> tuple[Finding, ...]:
    """Return every complaint about one record, which need not be in the ledger yet."""
    return check_records((record,), ledger, as_of, params)


def check_records(
    records: Iterable[Record], ledger: Ledger, as_of: date, params: Mapping[str, Decimal]
) -> tuple[Finding, ...]:
    """Return every complaint about some records; what the rules look up is found once for all."""
    context = CheckContext(ledger, as_of, params)
    return tuple(finding for record in records for finding in complaints(context, record))


def complaints_in_bulk(
    context: CheckContext, records: Sequence[Record]
) -> Iterable[tuple[Record, list[Finding]]]:
    """Yield the records of one entity that are complained of, with what ``complaints`` finds.

    Rule by rule over all of them, so that a rule that cannot fire costs nothing.
    """
    if not records:
        return
    present = set().union(*(record.values for record in records))
    found: dict[str, list[Finding]] = {}
    for rule in _BY_ENTITY.get(records[0].entity, ()):
        for record in rule.worth_a_look(context, records, present):
            for finding in rule.run(context, record):
                found.setdefault(record.key, []).append(finding)
    for record in records:
        if record.key in found:
            yield record, found[record.key]


def complaints(context: CheckContext, record: Record) -> Iterable[Finding]:
    """Return the complaints about one record; one context may serve many records."""
    return (
        finding
        for rule in _BY_ENTITY.get(record.entity, ())
        for finding in rule.run(context, record)
    )
