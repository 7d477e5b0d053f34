"""Regions of parameters in the Latin letters of an English report."""

import pytest

from workbench.domain.pinyin import place_name


@pytest.mark.parametrize(
    ("text", "spelled"),
    [("莆田", "Putian"), ("宁德", "Ningde"), ("台州市", "Taizhou City"),
     ("安徽省", "Anhui Province"), ("旌德县", "Jingde County"), ("Putian", "Putian"), ("", "")],
)  # fmt: skip
def test_a_region_is_spelled_as_maps_spell_it(text, spelled):
    assert place_name(text) == spelled
