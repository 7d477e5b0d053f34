# SPDX-License-Identifier: MIT
"""Which signed demand leads prove tenants for the assessed assets (domain §5c, 产业带动)."""

from dataclasses import dataclass

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope, in_order
from workbench.domain.records.ledger import Record

SIGNED = frozenset({"签约", "落地"})
_ANY_KIND = "其他"


@dataclass(frozen=True, slots=True)
class SignedLeads:
    """The signed leads of a park: those that may fill the assets, those of another kind."""

    matched: Records
    elsewhere: Records


def leads_of(scope: Scope) -> Records:
    """Return the demand leads of the park in scope."""
    return in_order(scope.ledger.pointing_at("demand", "park", scope.park_key))


def signed_leads(scope: Scope, reading: Reading) -> SignedLeads:
    """Part the signed leads by whether the assets have a building of the kind that they want.

    A lead that does not say its kind, or assets of which a building's kind is not known, rule
    nothing out; nor does land without a building.
    """
    leads = leads_of(scope)
    if not leads:
        reading.lacks("demand", "stage")
    signed = [lead for lead in leads if reading.need_text(lead, "stage") in SIGNED]
    kinds = {reading.text(building, "kind") for building in scope.buildings} if signed else set()
    is_open = not kinds or None in kinds or _ANY_KIND in kinds
    wanted = {lead.key: _wanted(scope, reading, lead) for lead in signed}
    fitting = {key for key, named in wanted.items() if is_open or not named or named & kinds}
    return SignedLeads(
        tuple(lead for lead in signed if lead.key in fitting),
        tuple(lead for lead in signed if lead.key not in fitting),
    )


def _wanted(scope: Scope, reading: Reading, lead: Record) -> frozenset[str]:
    """Return the kinds of building that the words of a lead name, none where they name none."""
    words = reading.text(lead, "need_kind")
    choices = scope.ledger.catalogue["building"]["kind"].choices
    kinds = (each.value for each in choices if each.value != _ANY_KIND)
    return frozenset(k for k in kinds if words and (k in words or words in k))
