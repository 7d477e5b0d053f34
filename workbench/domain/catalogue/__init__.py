# SPDX-License-Identifier: MIT
"""The field catalogue: every ledger field, declared once."""

from workbench.domain.catalogue.building import BUILDING, UNIT, VALUATION
from workbench.domain.catalogue.business import DEMAND, ENTERPRISE, ENTERPRISE_YEAR, LEASE
from workbench.domain.catalogue.cases import CASE_NOTE, CASE_WAIVER, MATCH_WEIGHTS
from workbench.domain.catalogue.checklist import (
    CHECKLIST_COMMENT,
    CHECKLIST_ITEM,
    CHECKLIST_TEMPLATE,
)
from workbench.domain.catalogue.cleaned_files import CLEANED_FILES
from workbench.domain.catalogue.content_editions import CONTENT_FILE
from workbench.domain.catalogue.distinct_pair import DISTINCT_PAIR
from workbench.domain.catalogue.finance import CONTEXT, FINANCE
from workbench.domain.catalogue.land import ENCUMBRANCE, PARCEL
from workbench.domain.catalogue.merged_copy import MERGED_COPY
from workbench.domain.catalogue.own_field import OWN_FIELD
from workbench.domain.catalogue.park import FACILITY, PARK, PARK_YEAR
from workbench.domain.catalogue.program import ASSESSMENT, EVIDENCE, OWN_CASE
from workbench.domain.catalogue.ranking import CRITERIA_WEIGHTS, PATHWAY_CHOICE, PATHWAY_SCORE
from workbench.domain.catalogue.redaction import HIDDEN_NAME, NAMELESS_FILE
from workbench.domain.catalogue.saved_view import SAVED_VIEW
from workbench.domain.catalogue.scenario import SCENARIO
from workbench.domain.fields import Catalogue

CATALOGUE = Catalogue(
    (
        PARK, PARCEL, BUILDING, UNIT, FACILITY, ENTERPRISE, LEASE, ENCUMBRANCE, VALUATION, DEMAND,
        PARK_YEAR, ENTERPRISE_YEAR, FINANCE, CONTEXT, ASSESSMENT, CHECKLIST_ITEM, EVIDENCE,
        OWN_CASE, OWN_FIELD, CHECKLIST_COMMENT, CHECKLIST_TEMPLATE, CRITERIA_WEIGHTS,
        PATHWAY_SCORE, PATHWAY_CHOICE, CONTENT_FILE, SCENARIO, SAVED_VIEW,
        CASE_NOTE, CASE_WAIVER, MATCH_WEIGHTS, MERGED_COPY, CLEANED_FILES, HIDDEN_NAME, NAMELESS_FILE,
        DISTINCT_PAIR,
    )
)


def shipped() -> Catalogue:
    """Return the fields that every project has; a project's own ones join them elsewhere."""
    return CATALOGUE
