"""A value that no column holds knows the cell that says it (domain §3.3: sheet, row, column)."""

from workbench.application.imports.places import Places
from workbench.domain.tables.context import Context
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.tables.table import Table

ROWS = [
    ["", "江陵高新区 土地资产明细表", ""],
    ["", "宗地名称", "面积"],
    ["", "一、出让用地", ""],
    ["", "荆江一期", 66.5],
    ["", "二、划拨用地", ""],
    ["", "老粮库", "江陵高新区"],
]


def _places(left=2, places=None):
    sheet = RawSheet("土地", ROWS, top=3, left=left)
    rows = [(6, ROWS[3]), (8, ROWS[5])]
    return Places(Table(sheet, "parcel", [], (4,), Context(), rows, places=places))


def test_a_title_is_found_by_its_words_whatever_spaces_stand_in_it():
    assert _places().of("江陵高新区土地", 6) == (3, "C")


def test_the_nearest_line_above_a_row_says_it():
    places = _places()
    assert places.of("出让用地", 6) == (5, "C")
    assert places.of("划拨用地", 8) == (7, "C")
    assert places.of("划拨用地", 6) == (6, "")


def test_a_cell_of_the_row_itself_is_found_where_no_line_above_says_it():
    assert _places().of("老粮库", 8) == (8, "C")


def test_a_text_of_no_cell_has_the_row_alone_and_so_has_every_row_of_a_card():
    assert _places().of("青溪产业园", 6) == (6, "")
    assert _places(places=[{}, {}]).of("江陵高新区", 6) == (6, "")
