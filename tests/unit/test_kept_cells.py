# SPDX-License-Identifier: MIT
"""Cells of many rows: what comes again is the same object, and nothing changes its value."""

from datetime import date
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.storage.kept_cells import Cells

FIELDS = [CATALOGUE["building"][name] for name in ("name", "gfa_actual", "built_on")]


def test_a_value_that_comes_again_is_kept_once():
    cells = Cells(FIELDS, plain=True)
    first = cells.of([f"楼{1}", 10**9, "2020-01-01"])
    again = cells.of([f"楼{1}", int("1" + "0" * 9), "".join(["2020", "-01-01"])])
    assert first == again
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_unknown_cells_stay_unknown():
    assert Cells(FIELDS, plain=True).of([None, None, None]) == (None, None, None)


def test_a_column_of_its_own_values_is_given_up_and_the_others_are_not():
    cells = Cells(FIELDS, plain=True)
    for n in range(10_001):
        cells.of([f"楼{n}", 10**9, None])
    cells.give_up()
    one, other = (cells.of(["楼" + str(5), int("1" + "0" * 9), None]) for _ in range(2))
    assert one == other
    assert one[0] is not other[0]
    assert one[1] is other[1]


def test_a_driver_that_knows_decimals_and_dates_gives_the_same_cells():
    cells = Cells(FIELDS, plain=False)
    assert cells.of(["楼", Decimal("1000.5"), date(2020, 1, 1)]) == (
        "楼", 1_000_500_000, "2020-01-01",
    )  # fmt: skip
