# SPDX-License-Identifier: MIT
"""One record while it is being typed: what the texts come to, and what the rules make of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.application.ledger.editing import CellEdit, Editing, Proposal
from workbench.application.naming import named_params
from workbench.domain.checks.registry import check_records
from workbench.domain.figures.leases import is_priced, lease_status, monthly_rent, remaining_years
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.title import is_mortgage_clear
from workbench.domain.records.changes import ChangeSet
from workbench.domain.records.expiries import expiry_of
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.ledger_changes import changed_ledger
from workbench.domain.records.neighbourhood import neighbourhood
from workbench.ui.models.asset_figures import AssetReading
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.ledger.burden_box import days_words
from workbench.ui.pages.ledger.facts import computed
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.key_values import KeyValue

_ASSETS = frozenset({"parcel", "building"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as the typed texts would leave it; ``proposal`` says what would be written."""

    record: Record
    ledger: Ledger
    proposal: Proposal

    @property
    def refused(self) -> dict[str, Finding]:
        """Return what cannot be read, by field."""
        return {item.edit.field: item.finding for item in self.proposal.refused}

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the fields that would change."""
        return tuple(item.field for change in self.proposal.records for item in change.fields)


def draft_of(editing: Editing, record: Record, ledger: Ledger, texts: Mapping[str, str]) -> Draft:
    """Return a record as typed texts would leave it, among its near ones; nothing is written."""
    edits = [CellEdit(record.entity, record.key, name, text) for name, text in texts.items()]
    proposal = editing.proposed(edits) if edits else Proposal()
    near = neighbourhood(ledger, record)
    after = changed_ledger(near, ChangeSet("", proposal.records))
    return Draft(after.find(record.entity, record.key) or record, after, proposal)


def draft_findings(
    draft: Draft, as_of: date, params: Mapping[str, Decimal]
) -> dict[str, list[Finding]]:
    """Return what the checks say of a draft, by field, worst first; information is left out."""
    found: dict[str, list[Finding]] = {}
    for finding in check_records([draft.record], draft.ledger, as_of, params):
        if finding.level is not Level.INFO:
            found.setdefault(finding.field, []).append(finding)
    return {name: sorted(rows, key=lambda f: f.level is not Level.ERROR)
            for name, rows in found.items()}  # fmt: skip


def derived_rows(
    record: Record, ledger: Ledger, as_of: date, params: Mapping[str, Decimal]
) -> list[KeyValue]:
    """Return what the rules compute of a record at the as-of date."""
    park = ledger.park_of(record)
    scope = Scope(ledger, park.key if park else "", None, as_of, params)
    reading = Reading(params)
    if record.entity in _ASSETS and park is not None:
        return _asset_rows(record, scope)
    if record.entity == "lease":
        return _lease_rows(record, reading, as_of)
    if record.entity == "encumbrance":
        return _encumbrance_rows(record, ledger, as_of)
    return []


def _asset_rows(record: Record, scope: Scope) -> list[KeyValue]:
    figures = AssetReading(scope).figures_of(record)
    section = computed(record, figures)
    rows = list(section.rows) if section else []
    clear = is_mortgage_clear(Reading(scope.params), scope, record)
    words = {True: "yes", False: "no", None: "unknown"}[clear]
    tone = {True: "", False: "danger", None: "warn"}[clear]
    name = t("splitting.rule.mortgagees_agree")
    return [*rows, KeyValue(name, t(f"splitting.truth.{words}"), tone)]


def _lease_rows(lease: Record, reading: Reading, as_of: date) -> list[KeyValue]:
    status = lease_status(reading, lease, as_of)
    unknown = t("splitting.truth.unknown")
    words = unknown if status is None else t(f"record_form.lease.{status.name.lower()}")
    rows = [KeyValue(t("record_form.lease_status", day=as_of), words, "" if status else "warn")]
    if (years := remaining_years(reading, lease, as_of)) is not None:
        number = f"{years:.1f}".replace("-", "−")
        rows.append(KeyValue(t("ledger.column.years_left"), f"{number} {unit_title('年')}"))
    rent = monthly_rent(reading, lease) if is_priced(reading, lease) else None
    if rent is not None:
        per_month = f"{rent:,.2f} {unit_title('元/㎡·月')}"
        rows.append(KeyValue(t("ledger.column.rent"), per_month))
        if (area := lease.number("area")) is not None:
            amount = f"{rent * area / 10000:,.2f} {unit_title('万元')}"
            rows.append(KeyValue(t("record_form.month_rent"), amount))
    return rows


def _encumbrance_rows(record: Record, ledger: Ledger, as_of: date) -> list[KeyValue]:
    expiry = expiry_of(ledger, record, as_of)
    if expiry is None:
        return [KeyValue(t("record_form.in_force"), t("ui.no"))]
    force = t("ui.yes") if expiry.in_force else t("splitting.truth.unknown")
    rows = [KeyValue(t("record_form.in_force"), force, "" if expiry.in_force else "warn")]
    stage = t(f"encumbrances.stage.{expiry.stage}")
    tone = {"overdue": "danger", "within_30": "warn"}.get(expiry.stage, "")
    if expiry.days is not None:
        stage = t("ui.with_note", text=stage, note=days_words(expiry))
    rows.append(KeyValue(t("encumbrances.column.stage"), stage, tone))
    if expiry.order is not None:
        rows.append(KeyValue(t("encumbrances.column.order"), str(expiry.order)))
    return rows


def finding_words(finding: Finding) -> str:
    """Return the sentence of an edit that was refused or noticed."""
    params = {"entity": finding.entity, "field": finding.field} | dict(finding.params)
    named = named_params(params, language())
    return t(finding.code, **named) if texts_in_use().has(finding.code) else finding.code
