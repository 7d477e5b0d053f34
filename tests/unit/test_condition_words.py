# SPDX-License-Identifier: MIT
"""Conditions as people say them, in both languages."""

import pytest

from tests.shipped import texts
from workbench.domain.conditions import parse
from workbench.domain.facts.condition_words import condition_words

SEIZURE = "enc.active_seizure"
AGED = "space.average_age > 20"


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        (SEIZURE, "有效查封", "Seizure in force"),
        (f"not {SEIZURE}", "并非有效查封", "not: Seizure in force"),
        (f"{SEIZURE} == false", "并非有效查封", "not: Seizure in force"),
        (
            "parcel.obtain_mode in ['划拨', '租赁']",
            "宗地的取得方式为划拨、租赁之一",
            "Parcel: Obtained by is one of Allocated, Leased",
        ),
        (
            "parcel.price_paid_ratio < 0.25",
            "宗地的价款缴清比例低于25%",
            "Parcel: Price paid is below 25%",
        ),
        (
            "parcel.area_cert >= 20000",
            "宗地的证载面积不低于30 亩",
            "Parcel: Certified area is at least 30 亩",
        ),
        (
            f"{SEIZURE} and (title.unsafe_building or {AGED})",
            "有效查封，且（有C、D级房屋，或平均楼龄高于20）",
            "Seizure in force and (Building graded C or D or Average building age is above 20)",
        ),
        ("enc.queued_seizures + 1 > 2", "(有效轮候查封数 + 1)高于2", None),
        ("ctx.debt_total > 10000000", "债务总额高于1,000 万元", None),
        ("0 < enc.queued_seizures", "0低于有效轮候查封数", None),
    ],
)
def test_a_condition_is_said_in_words(text, chinese, english):
    assert condition_words(parse(text), texts()) == chinese
    said = condition_words(parse(text), texts("en"))
    assert english is None or said == english
    assert not any(sign in said for sign in ("enc.", "parcel.", "ctx.", "title."))
