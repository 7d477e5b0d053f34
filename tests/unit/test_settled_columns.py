"""Columns of leases that their neighbours settle, and that stay as a person chose."""

import pytest

from tests.builders import a_building
from workbench.application.imports.choices import TableChoices
from workbench.application.imports.left_out import name_left_out
from workbench.application.imports.references import References
from workbench.application.imports.settled_columns import settle_columns
from workbench.application.imports.sheets import override
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.tables.finder import TableFinder
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.sheets import RawSheet

MATCHER = HeadingMatcher(CATALOGUE)


def _fields(entity, heads, **chosen):
    """Return {heading: field} of a sheet with these heads, after what was chosen by letter."""
    row = [f"甲{n}" for n in range(len(heads))]
    (table,) = TableFinder(CATALOGUE, MATCHER).find(RawSheet("表", [heads, row]))
    choices = TableChoices(entity, chosen)
    override(table, choices, MATCHER, CATALOGUE)
    settle_columns(table)
    return {c.heading.text: c.match and c.match.field for c in table.columns}


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ([], "end_on"),
        (["到期日"], "terminated_on"),
        (["租赁到期日期"], "terminated_on"),
        (["退租日期"], "end_on"),
        (["到期日", "退租日期"], None),
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_the_neighbours_tell_which_end_is_meant(others, field, last):
    ends = [*others, "终止日"] if last else ["终止日", *others]
    assert _fields("lease", ["合同编号", "承租方", "起租日", *ends])["终止日"] == field


def test_what_a_person_chose_is_not_settled_anew():
    lease = ["合同编号", "承租方", "起租日", "终止日", "仓库"]
    assert _fields("lease", lease)["仓库"] is not None
    ours = _fields("lease", lease, D="terminated_on", E="")
    assert (ours["终止日"], ours["仓库"]) == ("terminated_on", None)
    houses = ["栋号", "房产名称", "建筑面积", "用途"]
    assert _fields("building", houses)["栋号"] == "code"
    assert _fields("building", houses, A="name")["栋号"] == "name"


def test_a_column_without_a_heading_is_told():
    """Years below 税收 are told as those of one thing; without them a column has no heading."""
    rows = [
        ["序号", "土地使用权人", "地块位置", "宗地面积（亩）", "税收（万元）", "", "责任单位"],
        ["", "", "", "", "2023年", "2024年", ""],
        [1, "沂蒙机械公司", "长江路南", 85.6, 120, 85, "招商局"],
        [2, "宏图木业公司", "黄河路北", 42, 0, 3, "自规局"],
        [3, "沂河热电公司", "淮河路", 130.25, 860, 910, "企业"],
    ]
    (table,) = TableFinder(CATALOGUE, MATCHER).find(RawSheet("表", rows))
    assert "years_left_out" in {problem.code for _, problem in name_left_out(table, {}, ())}
    (bare,) = TableFinder(CATALOGUE, MATCHER).find(RawSheet("表", [rows[0], *rows[2:]]))
    told = name_left_out(bare, {}, ())
    assert ("F", "column_without_heading") in [(at, problem.code) for at, problem in told]
    assert table.by_field().keys() & {"name", "code"} == set()  # named by where they lie
    rows[0][1] = "企业名称"  # of a firm they are figures of its years
    found = TableFinder(CATALOGUE, MATCHER).find(RawSheet("表", rows))
    assert [table.entity for table in found] == ["parcel", "enterprise_year", "enterprise_year"]
    assert "years_left_out" not in {p.code for _, p in name_left_out(found[0], {}, ())}


def test_the_end_of_a_name_means_the_one_house_of_the_park_that_ends_so():
    houses = [
        a_building(str(at), name=name, code=code, park="p")
        for at, (name, code) in enumerate(
            [
                ("创新园A座", "A-01"),
                ("11号楼", "A-02"),
                ("东区2号楼", "A-03"),
                ("西区2号楼", "A-04"),
            ]
        )
    ]
    names = References(CATALOGUE, lambda entity: houses if entity == "building" else ())
    assert names.ending("building", "A座", "p") == "0"
    for text in ("1号楼", "2号楼", "01", "座"):
        assert names.ending("building", text, "p") is None
    assert names.ending("building", "A座", "q") is None
