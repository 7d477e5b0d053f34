# SPDX-License-Identifier: MIT
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from workbench.domain.bilingual import Bilingual
from workbench.domain.parameters import ParameterSet, PolicyParam, UnknownParameterError
from workbench.domain.references import Reliability, Source

TEXT = Bilingual("甲", "A")
LAW = Source("law", TEXT, TEXT, Reliability.HIGH)
OLD = PolicyParam("rate", "", Decimal("0.05"), "%", TEXT, LAW, effective_to=date(2025, 12, 31))
NEW = PolicyParam("rate", "", Decimal("0.03"), "%", TEXT, LAW, effective_from=date(2026, 1, 1))
LOCAL = PolicyParam("rate", "莆田", Decimal("0.04"), "%", TEXT, LAW)


@pytest.mark.parametrize(
    ("day", "value"), [(date(2025, 12, 31), "0.05"), (date(2026, 1, 1), "0.03")]
)
def test_the_value_in_force_on_the_as_of_date_counts(day, value):
    assert ParameterSet((OLD, NEW)).get("rate", as_of=day).value == Decimal(value)


def test_a_region_has_its_own_value_before_the_nationwide_one():
    params = ParameterSet((OLD, NEW, LOCAL))
    day = date(2026, 6, 30)
    assert params.get("rate", "莆田", as_of=day).value == Decimal("0.04")
    assert params.get("rate", "宁德", as_of=day).value == Decimal("0.03")
    assert params.numbers("莆田", as_of=day) == {"rate": Decimal("0.04")}


def test_no_value_is_said_so_and_is_never_zero():
    params = ParameterSet((OLD,))
    day = date(2026, 1, 1)
    assert params.find("rate", as_of=day) is None
    assert params.numbers(as_of=day) == {}
    with pytest.raises(UnknownParameterError, match="rate"):
        params.get("rate", as_of=day)


def test_expired_and_unverified_values_are_listed():
    checked = replace(NEW, verified_on=date(2026, 1, 31))
    params = ParameterSet((OLD, checked))
    assert params.expired(date(2026, 1, 1)) == (OLD,)
    assert params.expired(date(2025, 12, 31)) == ()
    assert params.unverified() == (OLD,)


@pytest.mark.parametrize(
    "other",
    [
        replace(NEW, value=Decimal("0.031")),
        replace(NEW, effective_from=date(2026, 2, 1)),
        replace(NEW, verified_on=date(2026, 2, 1)),
        replace(NEW, region="莆田"),
        replace(NEW, value=((None, Decimal("0.03"), Decimal(0)),)),
    ],
)
def test_the_id_changes_with_whatever_changes_a_result(other):
    assert ParameterSet((other,)).id != ParameterSet((NEW,)).id


def test_the_id_does_not_change_with_order_or_with_how_a_number_is_written():
    same = replace(NEW, value=Decimal("0.0300"))
    assert ParameterSet((OLD, NEW)).id == ParameterSet((same, OLD)).id
