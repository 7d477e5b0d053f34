"""Reading by column gives the same as reading cell by cell."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.any_text import any_text
from workbench.application.imports.columns import read_columns, share_scale
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Entity, Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext, PercentNumber
from workbench.domain.parsing.text import DITTO_TOKENS
from workbench.domain.tables.context import Context
from workbench.domain.tables.finder import Column, Table, TableFinder
from workbench.domain.tables.headings.matcher import HeadingMatcher, Match
from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.values import ValueState

UNITS = {FieldType.AREA: ("㎡", "亩", "万㎡"), FieldType.MONEY: ("元", "万元", "亿元")}
FIELDS = [
    Field("f", "栏", "F", kind, unit={"area": "㎡", "money": "元"}.get(kind.value, ""))
    for kind in FieldType
    if kind not in (FieldType.CHOICE, FieldType.CHOICES)
]
CELLS = st.one_of(
    st.floats(allow_nan=True),
    st.floats(0, 1e7).map(lambda x: round(x, 2)),
    st.integers(0, 60_000).map(float),
    any_text(max_size=20).filter(lambda text: text not in DITTO_TOKENS),  # say what stands above
    st.sampled_from(["", " ", "—", "无", "不适用", "12.5万元", "约3.7万㎡", "85%", "2014年", "是",
                     '="001"', "YH-001", " A1", "36+14.5亩", True, None,
                     "1.23457E+17", "1#厂房", "2035-06-30", "2035-13-40", "9999-12-31", "2016年底",
                     "\u200e001\u202c", "\u00ad0", "1899-01-01", "2035-06-30 "]),
    st.dates(),
    st.datetimes(),
    st.floats(0, 2).map(PercentNumber),
)  # fmt: skip


@given(st.sampled_from(FIELDS), st.lists(CELLS, min_size=1, max_size=8), st.data())
def test_a_column_reads_like_its_cells(field, cells, data):
    unit = data.draw(st.sampled_from(("", *UNITS.get(field.type, ()))))
    column = Column(0, "A", Heading("栏", "栏", "", unit), unit, Match("f", 1.0, True))
    sheet = RawSheet("表", [[cell] for cell in cells])
    table = Table(sheet, "e", [column], (1,), Context())
    table.rows = [(number, row) for number, row in enumerate(sheet.rows, start=2)]
    columns, _ = read_columns(table, Entity("e", "表", "E", (field,)), {})
    ours = columns["f"]
    scaled = share_scale(cells, unit)[0] if field.type is FieldType.SHARE else None
    context = ParseContext("" if field.type is FieldType.SHARE else unit, scaled)
    for index, cell in enumerate(cells):
        theirs = parse(field, cell, context)
        assert ours.values[index] == theirs.value
        assert type(ours.values[index]) is type(theirs.value)
        assert ours.problems.get(index, ()) == theirs.problems
        if origin := ours.origins.get(index):
            assert origin == theirs.origin


def test_a_column_of_percents_is_decided_as_a_whole():
    assert share_scale([85.0, 92.0, 0.0], "")[0] is True
    assert share_scale([0.85, 0.92], "")[0] is False
    assert share_scale([85.0, 0.9], "")[0] is None
    assert share_scale([85.0, 0.9], "%")[0] is True
    assert share_scale([0.85, 0.9], "%")[0] is False
    assert share_scale(["85%", "０.9"], "")[0] is False


NO_NUMBERS = (float("nan"), float("inf"), float("-inf"))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.type.value)
def test_nan_and_infinity_are_unreadable_numbers_and_never_values(field):
    for cell in (*NO_NUMBERS, *map(PercentNumber, NO_NUMBERS)):
        parsed = parse(field, cell)
        assert parsed.value is None
        assert parsed.origin.raw
        assert [problem.code for problem in parsed.problems] == ["not_a_number"]
        assert parsed.problems[0].params["text"] == parsed.origin.raw


def test_nan_does_not_decide_a_column_of_shares():
    assert share_scale([*NO_NUMBERS, "nan", "inf", 0.85], "") == share_scale([0.85], "")
    assert share_scale([*NO_NUMBERS, 85.0], "") == share_scale([85.0], "")


@given(st.sampled_from(FIELDS), st.lists(st.sampled_from((*NO_NUMBERS, 0.5, 2.0)), min_size=1))
def test_a_column_holds_no_nan(field, cells):
    column = Column(0, "A", Heading("栏", "栏", "", ""), "", Match("f", 1.0, True))
    table = Table(RawSheet("表", [[cell] for cell in cells]), "e", [column], (1,), Context())
    table.rows = [(number, [cell]) for number, cell in enumerate(cells, start=2)]
    columns, _ = read_columns(table, Entity("e", "表", "E", (field,)), {})
    for index, cell in enumerate(cells):
        if cell not in (0.5, 2.0):
            assert columns["f"].values[index] is None
            assert columns["f"].problems[index][0].code == "not_a_number"


def test_dates_with_a_time_are_the_day():
    assert parse(Field("d", "日", "D", FieldType.DATE), datetime(2024, 6, 30, 9)).value == date(
        2024, 6, 30
    )


def test_what_repeats_an_estimate_is_one():
    column = Column(0, "A", Heading("栏", "栏", "", "㎡"), "㎡", Match("f", 1.0, True))
    field = next(f for f in FIELDS if f.type is FieldType.AREA)
    sheet = RawSheet("表", [["约3.7万"], ["同上"], [""], ["同上"]])
    table = Table(sheet, "e", [column], (1,), Context())
    table.rows = [(number, row) for number, row in enumerate(sheet.rows, start=2)]
    read = read_columns(table, Entity("e", "表", "E", (field,)), {})[0]["f"]
    assert read.values == [37000, 37000, None, None]
    assert read.origins[1] == replace(read.origins[0], raw="同上")
    assert read.origins[1].state is ValueState.ESTIMATED
    assert read.origins[3].state is ValueState.UNKNOWN


def test_a_repeated_area_is_in_the_unit_of_the_row_that_it_repeats():
    head = ["资产编号", "资产名称", "坐落", "面积", "单位"]
    rows = [["T1", "一号地", "东路", 3.0, "亩"], ["T2", "二号地", "同上", "同上", "亩"]]
    finder = TableFinder(CATALOGUE, HeadingMatcher(CATALOGUE))
    [table] = finder.find(RawSheet("土地", [head, *rows]), "parcel")
    area = read_columns(table, CATALOGUE["parcel"], {})[0]["area_cert"]
    assert area.values == [2000, 2000]


@pytest.mark.parametrize(("top", "read"), [("亩", [None, 2000]), ("见附件", [None, 3])])
def test_a_unit_alone_above_a_column_is_that_of_its_figures(top, read):
    """Whatever made its row no row of units: 亩 is never read as ㎡."""
    area = next(f for f in FIELDS if f.type is FieldType.AREA)
    column = Column(0, "A", Heading("栏", "栏"), "", Match(area.key, 1.0, True))
    table = Table(RawSheet("表", [[top], [3.0]]), "e", [column], (1,), Context())
    table.rows = [(2, [top]), (3, [3.0])]
    columns, problems = read_columns(table, Entity("e", "表", "E", (area,)), {})
    assert columns[area.key].values == read
    assert ("unit_assumed" in [problem.code for _, problem in problems]) is (top != "亩")
