# SPDX-License-Identifier: MIT
"""The names that conditions may use, beside ``<entity>.<field>`` of the ledger.

Whoever evaluates a condition gives each of these a value for the asset or park in question, or
None when the ledger does not say. Shares are fractions, areas ㎡, money 元, times months or years
as said.
"""

import re
from collections.abc import Collection, Mapping

from workbench.domain.fields import Catalogue

INDICATOR = re.compile(r"I_(0[1-9]|[1-4]\d|5[0-2])")
"""``I_42`` is indicator I-42 of the asset or park, in its normalized unit (I_24 is CR1)."""
PARAMETER_PREFIX = "param."
"""``param.invest_share_min`` is a policy parameter in force on the as-of date."""
CONTEXT_ENTITY = "context"
CONTEXT_PREFIX = "ctx."
"""``ctx.investor_identified`` is a field of the pathway inputs (路径前提补充)."""

DERIVED_NAMES: Mapping[str, str] = {
    "owner.state_owned": "the asset or its platform company is state-owned",
    "owner.state_held_land": "a parcel is held by a state firm, whoever manages the park",
    "enc.active_seizure": "a seizure, queued, advance or freeze is in force on the asset",
    "enc.queued_seizures": "number of queued seizures (轮候查封) in force",
    "enc.criminal_seizure": "a seizure in force belongs to a criminal case",
    "enc.mortgage_free_or_consented": "no mortgage in force, or every mortgagee has agreed",
    "enc.dispute": "litigation or an objection to the register is in force",
    "title.certified": "every parcel and building has its certificate",
    "title.buildings_certified": "every building has its certificate, whatever the land has",
    "title.area_gap": "largest gap between certified and actual area, share of the certified",
    "title.known_area_gap": "the same over those parcels and buildings where both areas are known",
    "title.areas_compared": "both areas of every parcel and building are known; never false",
    "title.accepted": "planning, fire and completion acceptance passed wherever they apply",
    "title.fire_accepted": "fire acceptance passed in every building to which it applies",
    "title.planning_failed": "a building failed its planning acceptance",
    "title.unsafe_building": "a building is graded C or D for safety",
    "title.allocated_land": "a parcel was obtained by allocation (划拨)",
    "title.subsidy_clawback": "a building carries a subsidy that a sale would claw back",
    "land.low_efficiency_listed": "a parcel carries a kind of under-use (低效类型)",
    "land.months_past_agreed_start": "months since the agreed start of works, if none started",
    "land.months_stopped": "months since works stopped or the parcel fell idle",
    "space.gfa": "total floor area",
    "space.vacant_area": "rentable area that is not let, used by the owner or lent",
    "space.average_age": "average age of the buildings in years, weighted by floor area",
    "value.known_appraised": "appraised value still valid on the as-of date, summed",
    "value.appraised": "the same where every asset is appraised, itself or with its parcel",
    "value.valid": "each appraised asset has an appraisal in force on the as-of date",
    "value.filed": "that appraisal is filed with the state-asset regulator",
    "lease.related_party_share": "share of rent that comes from related parties",
    "tenant.policy_exit_share": "exits because incentives ended, share of exits in 36 months",
    "demand.purchase_intents": "tenants or leads that intend to buy",
    "demand.lost_for_specification": "lost leads whose need named power, height, load or cleanroom",
    "park.same_industry_nearby": "parks with the same lead industry within 30 km",
    "park.months_to_policy_end": "months from the as-of date to the end of the incentives",
    "facility.any_short": "a required kind of facility is insufficient, stopped or absent",
    "facility.blamed_for_exit": "tenants complain about facilities or left because of them",
    "facility.beds_per_employee": "dormitory beds per employee",
    "fin.asset_share_of_platform": "net book value of the assets, share of the platform's assets",
    "fin.dscr": "debt-service coverage of the scenario",
    "innovation.fiscal_spend": "public money spent on innovation platforms in 24 months",
    "innovation.contract_amount": "technology contracts of the platforms in 24 months",
    "innovation.platforms_without_operator": "platforms without an operating contract",
    "ref.tax_per_mu": "tax per 亩 to compare with: agreed, else the reference parameter, 万元/亩",
}
"""Names computed from several ledger cells, each with its meaning."""


def is_known(name: str, parameters: Collection[str], ledger_names: Collection[str] | None) -> bool:
    """Tell whether a condition may use a name; without ledger names those are not checked."""
    if name in DERIVED_NAMES or INDICATOR.fullmatch(name):
        return True
    if name.startswith(PARAMETER_PREFIX):
        return name.removeprefix(PARAMETER_PREFIX) in parameters
    if ledger_names is None:
        return "." in name
    return name in ledger_names


def ledger_names(catalogue: Catalogue) -> frozenset[str]:
    """Return ``<entity>.<field>`` of the ledger, with the pathway inputs as ``ctx.<field>``."""
    names = {f"{entity.key}.{field.key}" for entity in catalogue.ledger() for field in entity}
    inputs = {CONTEXT_PREFIX + field.key for field in catalogue[CONTEXT_ENTITY]}
    return frozenset(names | inputs)
