"""A project of several parks: whose firm is whose, and whose mistakes it answers for."""

from tests.builders import (
    a_building,
    a_demand,
    a_finance,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    an_enterprise,
)
from tests.shipped import AS_OF
from workbench.domain.checks.registry import check_park
from workbench.domain.figures.firms import firms, only_elsewhere
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope

BAD_CODE = "91320000MA1ABCDE0X"
RECORDS = (
    a_park("east", name="东园"),
    a_parcel("land", park="east", right_holder="地主公司"),
    a_building("house", park="east", parcel="land"),
    a_lease("lease", building="house", tenant="tenant"),
    a_demand("lead", park="east", enterprise="prospect", stage="意向"),
    an_enterprise("tenant", name="租户公司", credit_code=BAD_CODE),
    an_enterprise("prospect", name="意向公司", credit_code=BAD_CODE),
    an_enterprise("holder", name="地主公司", credit_code=BAD_CODE),
    an_enterprise("anybody", name="无关公司", credit_code=BAD_CODE),
)
WEST = a_park("west", name="西园")
KNOWN = {"tenant", "prospect", "holder"}


def complained(park, *records):
    found = check_park(a_ledger(*RECORDS, *records), park, AS_OF, {})
    return {each.key for each in found if each.field == "credit_code"}


def test_a_mistake_of_a_firm_is_that_of_the_parks_that_know_it():
    assert complained("east") == complained("east", WEST) == {*KNOWN, "anybody"}
    assert complained("west", WEST) == {"anybody"}


def test_a_firm_of_two_parks_is_of_both():
    lead = a_demand("other", park="west", enterprise="tenant", stage="意向")
    assert complained("west", WEST, lead) == {"tenant", "anybody"}


def test_accounts_go_with_their_firm():
    accounts = a_finance("accounts", enterprise="tenant", total_assets=0)
    ledger = a_ledger(*RECORDS, WEST, accounts)
    keys = {park: {f.key for f in check_park(ledger, park, AS_OF, {})} for park in ("east", "west")}
    assert only_elsewhere(ledger, "west") == KNOWN
    assert "accounts" in keys["east"] - keys["west"]


def test_a_second_park_takes_no_firm_from_the_first():
    alone, beside = a_ledger(*RECORDS), a_ledger(*RECORDS, WEST)
    for ledger, expected in ((alone, {*KNOWN, "anybody"}), (beside, KNOWN)):
        scope = Scope(ledger, "east", None, AS_OF, {})
        assert {firm.key for firm in firms(Reading({}), scope)} == expected
