"""Headers of a team's template: left and right leave the middle its room."""

import pytest

from workbench.excel.house.line_room import within_room
from workbench.excel.printing.page_lines import sections_of

WIDTH = 757.0
LONG = "某某市国有资产经营管理集团有限公司资产管理部"


def test_a_long_name_beside_the_title_goes_on_in_a_second_line():
    """Seen: 草稿 printed over the end of a company's name."""
    code = f'&L&"宋体,Regular"&10{LONG}　滨河高新产业园存量资产盘活评估报告&C草稿&R2026-10-31'
    left, middle, right = sections_of(within_room(code, WIDTH))
    assert len(left) == 2
    assert "".join(line for line, _ in left).replace("　", "").startswith(LONG)
    assert max(len(line) * size for line, size in left) <= (WIDTH - 2 * 10) / 2
    assert [line for line, _ in middle] == ["草稿"]
    assert [line for line, _ in right] == ["2026-10-31"]


def test_the_right_is_broken_too_and_sides_without_a_middle_share_the_width():
    code = f"&L报告&C草稿&R{LONG}{LONG}"
    assert "\n" in within_room(code, WIDTH).partition("&R")[2]
    assert within_room(f"&L报告&R{LONG}{LONG}", WIDTH).count("\n") == 0


@pytest.mark.parametrize(
    "code",
    ['&L&9 报告&C&9 草稿&R&9 基准日 2026-10-31', '&LA &Z&F&C第 &P 页 共 &N 页&R&"Arial,Bold"A&&B',
     f"{LONG}{LONG}{LONG}{LONG}", f"&L{LONG}\n{LONG}&C草稿", "", "&L甲&L乙&C丙"],
)  # fmt: skip
def test_what_fits_or_has_no_neighbour_stays_as_it_was(code):
    assert within_room(code, WIDTH) == code
