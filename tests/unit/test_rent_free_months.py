# SPDX-License-Identifier: MIT
"""Months free of rent as contracts word them (domain §3.2, workbook T4: 前3个月免租)."""

from decimal import Decimal

import pytest

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.parsing.cells import parse

FREE = CATALOGUE["lease"]["free_months"]


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("前3个月免租", "3"), ("前2个月免租", "2"), ("免租期三个月", "3"),
        ("免租期：十二个月", "12"),
        ("首年免租", "12"), ("第一年免租金", "12"), ("免租半年", "6"), ("前半年免租", "6"),
        ("首月免租", "1"), ("免租两年", "24"), ("前三个月免收租金", "3"), ("装修期2个月", "2"),
        ("免租期3月", "3"), ("无免租期", "0"), ("不免租", "0"), ("3个月", "3"), ("三个月", "3"),
        ("1.5", "1.5"), ("0", "0"),
    ],
)  # fmt: skip
def test_words_that_name_months_are_read(words, months):
    assert parse(FREE, words).value == Decimal(months)


@pytest.mark.parametrize(
    "words",
    ["每年免租1个月", "第3个月免租", "3月31日前免租", "3月免租", "首年2个月、次年1个月",
     "装修期内免租",
     "免租期至2025年3月", "免租期2024年", "3-6个月", "第二年免租", "无", "—", "面议"],
)  # fmt: skip
def test_words_that_may_mean_something_else_stay_unknown(words):
    assert parse(FREE, words).value is None


def test_what_was_read_from_words_is_said_and_the_words_are_kept():
    read = parse(FREE, "首年免租")
    assert [problem.code for problem in read.problems] == ["free_months_read"]
    assert read.origin.raw == "首年免租"
