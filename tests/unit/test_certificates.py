"""Certificates of one cell, told apart one by one (domain §3.3: one cell may hold several)."""

import pytest

from tests.builders import a_ledger, a_parcel
from tests.unit.test_checks import AS_OF, PARAMS
from workbench.domain.checks.registry import check_ledger
from workbench.domain.records.certificates import certificates
from workbench.domain.records.duplicates import duplicate_pairs

ONE, TWO = "皖（2020）云湖市不动产权第0000001号", "皖（2020）云湖市不动产权第0000002号"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ONE, (ONE,)),
        (f"{ONE}、第0000002号", (ONE, TWO)),
        (f"{ONE}；{TWO}", (ONE, TWO)),
        (f"{ONE}/{TWO}", (ONE, TWO)),
        ("云国用（2009）第0123号\n云国用（2009）第0124号", (
            "云国用（2009）第0123号", "云国用（2009）第0124号",
        )),
        (f"{ONE}及{TWO}", (ONE, TWO)),
        (f"{ONE}、0000002号", (ONE, "皖（2020）云湖市不动产权0000002号")),
        (f"{ONE}、{ONE}", (ONE,)),
        ("房产证在银行、待取", ("房产证在银行、待取",)),
        ("云房字（98/2）第12号", ("云房字（98/2）第12号",)),
        ("", ()),
    ],
)  # fmt: skip
def test_each_certificate_of_a_cell_is_named_whole(text, found):
    assert certificates(text) == found


def test_a_certificate_among_several_is_found_on_another_parcel():
    """V17W (domain §3.4): duplicate cert_no across parcels."""
    both = a_parcel(code="A", name="甲", cert_no=f"{ONE}、第0000002号")
    other = a_parcel(code="B", name="乙", cert_no=TWO)
    ledger = a_ledger(both, other)
    found = [f for f in check_ledger(ledger, AS_OF, PARAMS) if f.code == "V17W"]
    assert [(f.key, f.params["number"]) for f in found] == [(both.key, TWO), (other.key, TWO)]
    (pair,) = duplicate_pairs(ledger, ("parcel",))
    assert pair.reasons[0].kind == "certificate"
