# SPDX-License-Identifier: MIT
"""What worksheets are called: names that fit a tab whole, and cuts that show."""

import pytest

from tests.shipped import texts
from workbench.domain.report.sections.tabs import OF_A_PARK, OF_ANNEXES, OF_PARKS
from workbench.domain.report.tab_names import LONGEST, cut

ROOMS = {"park": OF_A_PARK, "parks": OF_PARKS, "annex": OF_ANNEXES}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_declared_name_fits_its_tab_with_the_number_of_the_table(language):
    """Seen: "Table E-6-6 What" and "Table E-5 What the indicators"."""
    said = texts(language)
    declared = {key for key in set(said.keys()) if key.startswith("report_tabs.")}
    numbered = {f"report_tabs.{room}.{n}" for room, numbers in ROOMS.items() for n in numbers}
    assert numbered < declared
    for room, numbers in ROOMS.items():
        names = [f"{said('report.table_no', id=n)} {said(f'report_tabs.{room}.{n}')}"
                 for n in numbers]  # fmt: skip
        assert [name for name in names if cut(name) != name] == []
        assert len(set(names)) == len(names)
    for key in declared - numbered:
        name = said("report_money.part", title=said.pattern(key), number=9, of=9)
        if "{id}" in name:  # of a case, beside which nothing is parted
            name = f"{said('report.table_no', id='5-7')} {said(key, id='C99')}"
        else:
            name = f"7.99y {name}"
        assert cut(name) == name, key


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Table E-8 Likeness of the cases by feature", "Table E-8 Likeness…"),
        ("Table E-15 Facts that pathways ask for", "Table E-15 Facts that pathways…"),
        ("7.4 lease_up with a monthly schedule", "7.4 lease_up with a monthly…"),
        ("7.1 " + "长" * 40, "7.1 " + "长" * 26 + "…"),
        ("附表A 各类资产的台账记录与来处、其余各项说明的明细表", None),
        ("x" * 31, None),
    ],
)
def test_a_name_that_is_cut_ends_with_a_whole_word_and_says_so(long, short):
    assert cut(long) == (short or long)
    assert len(cut(long)) <= LONGEST
