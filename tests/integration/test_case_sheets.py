"""Own cases from Excel: blank sheets that are filled in, refusals named by sheet and cell."""

import pytest
from openpyxl import load_workbook

from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.domain.findings import InputError


@pytest.fixture
def services(tmp_path):
    opened = Program(language="zh_CN").create(str(tmp_path / "滨河.park"))
    yield opened
    opened.close()


def fill(book, sheet, row, **cells):
    """Write by headings; the heading stands in row 2."""
    heads = {cell.value.removesuffix(" *"): cell.column for cell in book[sheet][2]}
    for title, value in cells.items():
        book[sheet].cell(row, heads[title], value)


def a_filled(services, tmp_path):
    path = tmp_path / "案例表.xlsx"
    services.case_work.sheets.write(str(path), services.program.texts("zh_CN"))
    book = load_workbook(path)
    fill(book, "基本情况", 3, 案例编号="K1", 案例名称="旧粮库改造", 地区="江苏", 资产="仓储用地",
         盘活路径="P11 公开招租/整体出租")  # fmt: skip
    fill(book, "对标特征", 3, 案例编号="K1", 资产类型="仓储", 规模=40, 规模单位="亩")
    fill(book, "指标数据", 3, 案例编号="K1", 指标名称="出租率", 指标类别="出租率", 数值=82.5,
         单位="%", 实现情况="预计")  # fmt: skip
    fill(book, "来源", 3, 案例编号="K1", 编号="s1", 发布机构="本园区", 可靠程度="高")
    return book, path


def looked(services, book, path):
    book.save(path)
    return services.case_work.sheets.look(str(path), services.program.texts("zh_CN"))


def test_a_filled_sheet_is_taken_as_one_step(services, tmp_path):
    book, path = a_filled(services, tmp_path)
    kinds = services.program.texts("zh_CN")
    fill(book, "对标特征", 3, 资产类型=kinds("content.asset_kind.warehouse"))
    fill(book, "来源", 3, 可靠程度=kinds("content.reliability.high"))
    fill(book, "指标数据", 3, 实现情况=kinds("content.outcome_status.forecast"))
    read = looked(services, book, path)
    assert read.problems == ()
    assert services.case_work.sheets.take(read) == 1
    case = services.cases.find("K1")
    assert (str(case.facts[0].value), case.facts[0].status.value) == ("0.825", "forecast")
    assert (case.pathways, case.features.asset_kind) == (("P11",), "warehouse")
    assert services.case_work.sheets.take(looked(services, book, path)) == 0
    services.history.undo()
    assert "K1" not in services.cases.all()


def test_mistakes_are_named_by_sheet_and_cell_and_nothing_is_taken(services, tmp_path, capsys):
    book, path = a_filled(services, tmp_path)
    texts = services.program.texts("zh_CN")
    fill(book, "对标特征", 3, 资产类型="火星厂房")
    fill(book, "来源", 3, 可靠程度=texts("content.reliability.high"))
    fill(book, "指标数据", 3, 数值="八成", 实现情况="")
    fill(book, "做法", 3, 案例编号="K9", 内容="没有这个案例")
    read = looked(services, book, path)
    found = {(p.sheet, p.cell[0]) for p in read.problems}
    heads = {cell.value: cell.column_letter for cell in book["指标数据"][2]}
    assert ("做法", "A") in found
    assert ("指标数据", heads["数值"]) in found
    assert ("对标特征", "D") in found
    with pytest.raises(InputError, match=r"case_sheets\.refused"):
        services.case_work.sheets.take(read)
    assert main(["cases", services.project, "import-sheet", str(path)]) == 3
    assert "K1" not in services.cases.all()


def test_a_workbook_without_case_sheets_is_refused(services, tmp_path):
    book, path = a_filled(services, tmp_path)
    book["基本情况"].title = "别的"
    with pytest.raises(InputError, match=r"case_sheets\.no_sheet"):
        looked(services, book, path)
