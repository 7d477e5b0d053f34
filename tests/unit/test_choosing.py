"""Which of several records counts: the newest up to the as-of date that says what is needed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.builders import a_park_year, a_valuation
from workbench.domain.workings.choosing import YEAR, Choice, Lasting, home, is_open, taken_record
from workbench.domain.workings.numbers import At

DAY = date(2025, 6, 30)
PARK, ASSET = At("park", "park", ""), At("building", "B", "")


def years(*needed, preferred=((),), **changed):
    rows = (
        a_park_year("A", year=2022, built_land=5, supplied_land=9),
        a_park_year("B", year=2024, built_land=6),
        a_park_year("C", year=2026, built_land=7, supplied_land=8),
    )
    return replace(Choice(rows, YEAR, PARK, needed, preferred), **changed)


def values(*rows, lasting=None):
    records = tuple(
        a_valuation(key, building="B", value=1, base_date=day, **more) for key, day, more in rows
    )
    return Choice(records, "base_date", ASSET, ("value",), lasting=lasting)


def taken(choice, day=DAY):
    row = choice.taken(day)
    return row and row.key


def test_the_newest_year_that_says_what_is_needed_counts():
    assert taken(years("built_land")) == "B"
    assert taken(years("supplied_land")) == "A"
    assert taken(years("built_land"), date(2026, 1, 1)) == "C"
    assert taken(years("built_land"), date(2021, 12, 31)) is None
    assert taken(years("tax_total")) is None


def test_what_is_preferred_goes_before_a_newer_year():
    wanted = (("supplied_land",), ())
    assert taken(years("built_land", preferred=wanted)) == "A"
    assert taken(years("built_land", preferred=wanted), date(2026, 1, 1)) == "C"
    assert taken(years("built_land", preferred=(("supplied_land",),))) == "A"


def test_of_two_of_one_day_the_last_counts():
    assert taken(values(("V2", "2025-01-31", {}), ("V1", "2025-01-31", {}))) == "V2"


def test_an_appraisal_counts_until_its_last_day():
    lasting = Lasting("valid_to", "valuation_valid_months", Decimal(12))
    rows = (("V1", "2024-06-30", {}), ("V2", "2025-01-31", {"valid_to": "2025-06-29"}))
    assert taken(values(*rows, lasting=lasting)) == "V1"
    assert taken(values(*rows, lasting=lasting), date(2025, 6, 29)) == "V2"
    assert taken(values(*rows, lasting=lasting), date(2025, 7, 1)) is None
    assert taken(values(rows[0], lasting=replace(lasting, months=None))) is None


def test_nothing_of_a_firm_counts_once_it_has_left():
    assert taken(years("built_land", left_on=DAY)) is None
    assert taken(years("built_land", left_on=date(2025, 7, 1))) == "B"


def test_what_is_taken_stands_for_the_choice_and_is_added_up_in_its_owners_row():
    choice, early = years("built_land"), date(2000, 1, 1)
    found = taken_record(choice, DAY)
    assert found is not None
    assert found.number("built_land") == 6
    assert not is_open(found)
    assert home(At(found.entity, found.key, "built_land")) == PARK
    assert taken_record(choice, early) is None
    later = taken_record(choice, early, open_too=True)
    assert later is not None
    assert is_open(later)
    assert later.number("built_land") is None
