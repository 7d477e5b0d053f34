# SPDX-License-Identifier: MIT
"""The records tied to one: in which order they are listed, and what is said of each."""

from dataclasses import dataclass
from datetime import date

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Field
from workbench.domain.figures.encumbrances import SEIZURES, by_rank
from workbench.domain.figures.leases import LeaseStatus, lease_status
from workbench.domain.figures.reading import Reading
from workbench.domain.records.expiries import queue
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.pages.ledger.facts import name_words, value_words
from workbench.ui.texts import language, t

_TITLE_LINKS = frozenset({"encumbrance", "valuation"})
_LETTING_LINKS = frozenset({"lease", "unit"})
_LEASES_FROM = (
    LeaseStatus.EXPIRED,
    LeaseStatus.EXPIRING,
    LeaseStatus.RUNNING,
    None,
    LeaseStatus.NOT_STARTED,
    LeaseStatus.TERMINATED,
)


@dataclass(frozen=True, slots=True)
class Related:
    """Another record that points at this one, or that this one points at."""

    entity: str
    key: str
    title: str
    detail: str


def related(record: Record, ledger: Ledger, part: str, as_of: date) -> list[Related]:
    """Return the records tied to this one; ``part`` is overview, title or letting."""
    found = []
    if part == "overview":
        for field in CATALOGUE[record.entity].references():
            target = ledger.find(field.target, record.text(field.key))
            if target is not None and field.target != "park":
                found.append(_related(target, ledger, field.title(language()), as_of))
    for entity in CATALOGUE.ledger():
        tab = "title" if entity.key in _TITLE_LINKS else "overview"
        tab = "letting" if entity.key in _LETTING_LINKS else tab
        if tab != part or record.entity == "park":
            continue
        for field in entity.references():
            if field.target == record.entity:
                pointing = ledger.pointing_at(entity.key, field.key, record.key)
                title = entity.title(language())
                rows = related_records(list(pointing), as_of)
                found += [_related(row, ledger, title, as_of) for row in rows]
    return found


def _related(record: Record, ledger: Ledger, role: str, as_of: date) -> Related:
    words = t("ui.gap").join(filter(None, (role, related_words(record, ledger, as_of))))
    return Related(record.entity, record.key, name_words(record, ledger), words)


def related_words(record: Record, ledger: Ledger, as_of: date) -> str:
    """Return what matters of a record when it is listed under another."""
    fields = ledger.catalogue[record.entity]

    def said(name: str) -> str:
        return value_words(record, fields[name], ledger)

    end = record.day("end_on") if record.entity in ("lease", "encumbrance") else None
    until = t("ledger.until", day=end) if end else ""
    match record.entity:
        case "lease":
            words = [_status_words(record, as_of), said("tenant"), said("area"), until]
        case "encumbrance":
            kind = "" if name_words(record, ledger) == said("kind") else said("kind")
            who = said("holder") or said("authority")
            words = [kind, said("status"), who, said("amount"), until]
        case "valuation":
            words = [said("base_date"), said("value")]
        case "building":
            words = [_titled(fields[name], said(name)) for name in ("gfa_actual", "gfa_cert")]
        case "parcel":
            words = [said("area_cert")]
        case "unit":
            words = [said("area")]
        case _:
            words = []
    return t("ui.gap").join(filter(None, words))


def _titled(field: Field, words: str) -> str:
    return t("related.titled", field=field.title(language()), value=words) if words else ""


def related_records(rows: list[Record], as_of: date) -> list[Record]:
    """Return records in the order in which they are listed.

    Seizures by rank, appraisals from the newest, leases from what must be acted on to what ended.
    """
    entity = rows[0].entity if rows else ""
    if entity == "encumbrance":
        seizures = [row for row in rows if row.text("kind") in SEIZURES]
        return queue(seizures) + by_rank(row for row in rows if row not in seizures)
    if entity == "valuation":
        return sorted(rows, key=lambda r: r.day("base_date") or date.min, reverse=True)
    if entity == "lease":
        return sorted(rows, key=lambda r: (_lease_place(r, as_of), r.day("end_on") or date.max))
    return rows


def _lease_place(lease: Record, as_of: date) -> int:
    return _LEASES_FROM.index(lease_status(Reading({}), lease, as_of))


def _status_words(lease: Record, as_of: date) -> str:
    status = lease_status(Reading({}), lease, as_of)
    return "" if status is None else t(f"record_form.lease.{status.name.lower()}")
