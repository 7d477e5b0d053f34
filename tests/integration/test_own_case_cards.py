"""Own case cards: read with their own sources, refused with a place, written back unchanged."""

from dataclasses import replace

import pytest

from tests.content_rig import NAMES
from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import CaseOrigin
from workbench.domain.cases.contradictions import contradictions
from workbench.files.case_card import case_card
from workbench.files.content.loading import read_own_case
from workbench.files.content.reading import ContentError

OWN = """
[[source]]
id = "my_file"
publisher = { zh = "本园区", en = "Our park" }
title = { zh = "项目档案", en = "Project file" }
reliability = "high"

[[case]]
id = "MY1"
name = { zh = "自家案例", en = "Own case" }
region = { zh = "某市", en = "A city" }
asset = { zh = "厂房", en = "Factory" }
version = 1
sources = ["my_file"]
features = { asset_kind = "standard_factory", scale = { value = 2, unit = "公顷" } }
facts = [
  { key = "land_area", label = { zh = "面", en = "A" }, value = 30, unit = "亩", scope = "site" },
  { key = "far", label = { zh = "率", en = "R" }, value = 2, scope = "site" },
  { key = "gfa", label = { zh = "积", en = "F" }, value = 20000, unit = "㎡", scope = "site" },
]
"""
WAIVER = 'waivers = [{ code = "gfa_far_land", reason = { zh = "含二期", en = "With phase 2" } }]\n'


def test_an_own_case_card_is_read_with_its_own_source_and_checked(content):
    case = read_own_case(OWN, "my.toml", content, NAMES)
    assert case.origin is CaseOrigin.OWN
    assert case.features.scale_m2 == 20_000
    assert case.sources[0].cite("zh_CN") == "本园区，项目档案"
    assert [c.waived for c in contradictions(case)] == [None]
    waived = read_own_case(OWN + WAIVER, "my.toml", content, NAMES)
    assert contradictions(waived)[0].waived.zh == "含二期"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (OWN.replace("MY1", "C01"), "duplicate"),
        (OWN + 'waivers = [{ code = "gfa_far_land" }]\n', "waiver"),
        (OWN + 'waivers = [{ code = "other", reason = { zh = "甲", en = "A" } }]\n', "not_among"),
        (OWN + "\n[[case]]\nid = 'MY2'\n", "one_case"),
        (OWN + "prise = 3\n", "unknown_key"),
        (OWN.replace('sources = ["my_file"]', "sources = []"), "missing"),
        ("", "missing"),
    ],
)
def test_an_own_case_card_with_a_mistake_is_refused(content, text, what):
    with pytest.raises(ContentError) as caught:
        read_own_case(text, "my.toml", content, NAMES)
    assert caught.value.code == f"content.error.{what}"


@pytest.mark.parametrize("code", [f"C{n:02}" for n in range(1, 13)])
def test_a_case_written_as_a_card_is_read_back_with_no_difference(content, code):
    case = content.cases[code]
    card = case_card(case, "MY1")
    back = read_own_case(card, "card.toml", content, NAMES)
    assert back == replace(case, id="MY1", origin=CaseOrigin.OWN)


def test_a_card_keeps_quotes_line_breaks_and_a_waiver(content):
    case = read_own_case(OWN + WAIVER, "my.toml", content, NAMES)
    odd = replace(case, region=Bilingual('甲"乙\\丙\n丁', "tab\tdel\x7f 'q'"))
    assert read_own_case(case_card(odd), "card.toml", content, NAMES) == odd
