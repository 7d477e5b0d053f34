"""The checks of the ledger in annex D: what each code is about, and more rentable than there is."""

import re

import pytest

from tests import shipped
from tests.builders import a_building, a_parcel, a_park
from tests.report_rig import report_of, table_of
from workbench.files.texts import LANGUAGES


@pytest.mark.parametrize(("rentable", "told"), [(3_400, True), (3_100, False)])
def test_more_rentable_than_floor_area_is_told_with_the_name_of_its_rule(rentable, told):
    """A building of 3,100 ㎡ with 3,400 ㎡ to let passed every check; V06W stood unexplained."""
    report = report_of(
        a_park(planned_area=100_000), a_parcel("L", area_cert=10_000),
        a_building("B", parcel="L", gfa_actual=3_100, rentable_area=rentable),
    )  # fmt: skip
    texts = [str(cell.value) for cell in table_of(report, "annex_d", "表D-3").cells("text")]
    assert any(text.startswith("V06W 宗地与园区面积　宗地面积合计") for text in texts)
    floor = "V07W 可租面积构成　可租面积3,400.00㎡大于建筑面积3,100.00㎡。"
    assert any(text.startswith(floor) for text in texts) is told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_that_can_complain_has_a_name(language):
    words = shipped.texts(language)
    keys = words.keys()
    codes = {key.removeprefix("checks.")[:3] for key in keys
             if re.match(r"checks\.[VK]\d\d[EWI]", key)}  # fmt: skip
    assert len(codes) > 36
    assert [code for code in codes if not words.has(f"import_rules.{code}")] == []
