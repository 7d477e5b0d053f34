"""The written report: print setup, formulas with their values, equal after a recalculation."""

import os
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.builders import a_building, a_park, estimated
from tests.full_park import a_full_park
from tests.integration.test_report_content import PARK, SHEETS, a_small_park, seized_park
from tests.office_rig import all_recalculated, assert_same_values, formulas, needs_office, opened
from tests.read_quickly import load_workbook
from tests.report_rig import AS_OF, FixedClock, exporting, texts
from tests.sample_park import open_sample
from tests.workbook_rules import complaints
from workbench.application.imports.choices import ImportOptions
from workbench.application.project.sampling import AS_OF as SAMPLE_AS_OF
from workbench.application.project.sampling import ASSESSMENT_NAME
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.findings import OutputError
from workbench.excel.writer import WorkbookWriter


def written(path, *records, language="zh_CN"):
    service = exporting(*records, writer=WorkbookWriter())
    service.export(str(path), "park", AS_OF, texts(language))
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    place = tmp_path_factory.mktemp("report") / "报告.xlsx"
    return written(
        place, *a_small_park(), estimated(a_building(parcel="L", gfa_actual=80), "gfa_actual")
    )


CHECKED = {
    "verified_on": "2026-10-20", "verified_by": "张敏", "checked_against": "企业所得税法第四条",
}  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The report of the sample park, as the demo writes it."""
    from workbench.bootstrap import Program

    folder = tmp_path_factory.mktemp("sample")
    program = Program(clock=FixedClock())
    services = open_sample(program, folder / "示例.park")
    services.editions.change_entry("parameters.toml", "cit_rate", CHECKED, "按现行文件核对")
    assessment = services.assessments.find(ASSESSMENT_NAME)
    park = services.querying.records("park")[0]
    services.exporting.export(
        str(folder / "报告.xlsx"), park.key, SAMPLE_AS_OF, program.texts(), assessment=assessment
    )
    services.close()
    return folder / "报告.xlsx"


def test_the_sample_report_breaks_no_rule_of_excel_in_any_of_its_charts(sample):
    """A damaged chart makes Excel offer a repair, whatever the other programs do with it."""
    assert complaints(sample) == []
    with zipfile.ZipFile(sample) as package:
        charts = [package.read(n) for n in package.namelist() if n.startswith("xl/charts/chart")]
    kinds = {kind for each in charts for kind in re.findall(rb"<(\w+Chart)>", each)}
    assert kinds == {b"pieChart", b"barChart", b"lineChart"}
    assert any(b"<separator> </separator>" in each for each in charts)


def test_a_parameter_that_a_person_checked_says_who_when_and_against_what(sample):
    """Issue E 4: the set used is printed; a date in a column of words is written as a date."""
    sheet = opened(sample)["表7-5 政策参数"]
    [row] = [row for row in sheet.iter_rows() if any(c.value == "cit_rate" for c in row)]
    [day] = [cell for cell in row if cell.is_date]
    assert day.value.date().isoformat() == CHECKED["verified_on"]
    assert any("✓ 企业所得税法第四条 (张敏)" in str(cell.value) for cell in row)


def test_each_imported_record_says_file_sheet_and_row(sample):
    """Issue G 3: the number is that of the file in 附表D-1."""
    rows = [[c.value for c in row] for row in opened(sample)["附表B 租约"].iter_rows()]
    at = next(i for i, row in enumerate(rows) if "来源" in row)
    assert rows[at + 2][rows[at].index("来源")] == "文件1 租约 第5行"


def test_every_sheet_is_there_in_order(small):
    names = opened(small).sheetnames
    assert [name for name in names if name in SHEETS] == SHEETS
    assert all(name.startswith(("表", "附表E 计算底稿 ")) for name in names if name not in SHEETS)


def test_every_sheet_prints_on_a4_landscape_as_wide_as_the_page(small):
    for sheet in opened(small):
        setup = sheet.page_setup
        assert (int(setup.paperSize), setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert setup.fitToWidth == 1
        assert setup.fitToHeight == (1 if sheet.title in ("封面", "目录", "1 摘要") else 0)
        assert sheet.print_area
        assert sheet.print_options.horizontalCentered
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
        assert sheet.oddHeader.left.text == "示例园区存量资产盘活评估报告"
        assert sheet.oddHeader.center.text == "草稿"
        assert sheet.oddHeader.right.text == "基准日 2025-06-30"


def test_a_long_table_repeats_its_header_and_the_others_their_sheet_title(tmp_path):
    buildings = [a_building(name=f"{n}#", rentable_area=100, leased_area=50) for n in range(80)]
    book = load_workbook(written(tmp_path / "r.xlsx", PARK, *buildings))
    sheet = book["表2-2 楼栋一览"]
    row = int(sheet.print_title_rows.split("$")[1].rstrip(":"))
    assert sheet.cell(row, 2).value == "楼栋"
    assert sheet.freeze_panes == f"C{row + 1}"
    assert book["2 资产概况"].print_title_rows == "$1:$1"
    assert "见工作表“表2-2 楼栋一览”" in words(book["2 资产概况"])


def words(sheet):
    return "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)


def test_every_formula_carries_the_value_that_we_computed(small):
    live = formulas(small)
    values = opened(small, data_only=True)
    assert len(live) > 20
    assert all(values[sheet][at].value is not None for sheet, at in live)


def test_totals_are_formulas_over_all_rows_and_ratios_are_recomputed(small):
    book, values = opened(small), opened(small, data_only=True)
    sheet = book["2 资产概况"]
    cells = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    occupancy = next(c for c in cells if "IFERROR" in c.value and "SUMIF" in c.value)
    areas = [c for c in cells if c.row == occupancy.row and "SUM(" in c.value]
    assert len(areas) >= 4
    assert values["2 资产概况"][occupancy.coordinate].value == pytest.approx(75)


def test_an_estimate_stays_a_number_with_a_mark(small):
    cells = [c for row in opened(small)["附表A 台账明细"].iter_rows() for c in row if c.value == 80]
    assert cells
    assert all(cell.number_format.startswith('"约"#,##0.00') for cell in cells)


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    park = a_park(name="=1+1", kind="@cmd", county="#N/A", intro="-2+3\x07")
    book = load_workbook(written(tmp_path / "r.xlsx", park))
    cover = book["封面"]
    shown = [c for row in cover.iter_rows() for c in row if c.value == "=1+1"]
    assert shown
    assert all(c.data_type == "s" and c.quotePrefix for c in shown)
    assert not any(
        cell.data_type == "e" for sheet in book for row in sheet.iter_rows() for cell in row
    )


def test_no_data_cell_is_merged_and_no_other_workbook_is_named(small):
    book = opened(small)
    for sheet in book:
        for area in sheet.merged_cells.ranges:
            assert area.min_row == area.max_row
            assert area.min_col == 1
    with zipfile.ZipFile(small) as package:
        assert not [name for name in package.namelist() if "externalLink" in name]


def test_the_contents_lead_to_every_sheet(small):
    book = opened(small)
    targets = [c.hyperlink.location for c in book["目录"]["A"] if c.hyperlink]
    assert targets == [f"'{name}'!A1" for name in book.sheetnames]


def test_charts_plot_known_numbers_with_cached_values(sample):
    book = opened(sample)
    charts = [chart for sheet in book for chart in sheet._charts]
    assert len(charts) >= 6
    with zipfile.ZipFile(sample) as package:
        parts = [n for n in package.namelist() if n.startswith("xl/charts/chart")]
        for part in parts:
            text = package.read(part).decode()
            assert "<c:numCache>" in text or "<numCache>" in text


@pytest.fixture(scope="module")
def seized(tmp_path_factory):
    return written(tmp_path_factory.mktemp("seized") / "a.xlsx", *seized_park())


def test_two_exports_differ_in_nothing(seized, tmp_path):
    assert written(tmp_path / "b.xlsx", *seized_park()).read_bytes() == seized.read_bytes()


def test_two_exports_at_other_times_differ_in_the_time_alone(seized, tmp_path):
    class Later(FixedClock):
        def now(self):
            return super().now() + timedelta(hours=5)

    other = exporting(*seized_park(), writer=WorkbookWriter())
    other._clock = Later()
    other.export(str(tmp_path / "b.xlsx"), "park", AS_OF, texts())
    with zipfile.ZipFile(seized) as a, zipfile.ZipFile(tmp_path / "b.xlsx") as b:
        assert a.namelist() == b.namelist()
        changed = [name for name in a.namelist() if a.read(name) != b.read(name)]
    assert changed == ["docProps/core.xml"]


@needs_office
def test_a_recalculation_gives_our_values_and_no_error(small, sample, tmp_path):
    own, english = tmp_path / "small.xlsx", tmp_path / "full.xlsx"
    own.write_bytes(small.read_bytes())
    written(english, *a_full_park(), language="en")
    paths = (own, sample, english)
    for path, fresh in zip(paths, all_recalculated(paths, tmp_path), strict=True):
        assert assert_same_values(path, fresh) > 20


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (".", "report.is_folder"),
        ("none/r.xlsx", "report.no_folder"),
        ("x" * 300 + ".xlsx", "report.bad_name"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(tmp_path, target, code):
    service = exporting(a_park(), writer=WorkbookWriter())
    with pytest.raises(OutputError) as refusal:
        service.export(str(tmp_path / target), "park", AS_OF, texts())
    assert refusal.value.code == code
    assert texts()(code, **refusal.value.params)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lock", ["~$r.xlsx", ".~lock.r.xlsx#", ".~r.xlsx"])
def test_a_workbook_that_is_open_elsewhere_is_not_written_over(tmp_path, lock):
    (tmp_path / "r.xlsx").write_bytes(b"old")
    (tmp_path / lock).touch()
    service = exporting(a_park(), writer=WorkbookWriter())
    with pytest.raises(OutputError) as refusal:
        service.export(str(tmp_path / "r.xlsx"), "park", AS_OF, texts())
    assert lock in texts()(refusal.value.code, **refusal.value.params)
    assert (tmp_path / "r.xlsx").read_bytes() == b"old"
    service.export(str(tmp_path / "s.xlsx"), "park", AS_OF, texts())


def test_neither_a_project_nor_the_template_nor_a_device_is_written_over(tmp_path):
    """A project by its name, by its journal (it is not opened then), by its content."""
    from tests.template_rig import BASE
    from workbench.files.disk import write_pieces, write_text
    from workbench.files.packages import write_package

    (tmp_path / "a.park").write_bytes(b"")
    (tmp_path / "b.xlsx").write_bytes(b"SQLite format 3\x00 and more")
    (tmp_path / "c.xlsx").write_bytes(b"x")
    (tmp_path / "c.xlsx-wal").write_bytes(b"")
    (tmp_path / "d.xlsx").write_bytes(BASE.read_bytes())
    os.mkfifo(tmp_path / "e.xlsx")
    before = {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    service = exporting(a_park(), writer=WorkbookWriter())
    template = str(tmp_path / "d.xlsx")
    codes = {}
    for name in ("a.park", "b.xlsx", "c.xlsx", "d.xlsx", "e.xlsx"):
        with pytest.raises(OutputError) as refusal:
            service.export(str(tmp_path / name), "park", AS_OF, texts(), template=template)
        codes[name[0]] = refusal.value.code
        assert name in texts("en")(refusal.value.code, **refusal.value.params)
    project = "project.written_over"
    assert codes == {
        "a": project,
        "b": project,
        "c": project,
        "d": "report.is_template",
        "e": "report.no_file",
    }
    for write in (write_text, write_pieces, write_package):
        with pytest.raises(OutputError) as refusal:
            write(str(tmp_path / "a.park"), "")
        assert refusal.value.code == project
    assert {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


def test_a_full_disk_leaves_the_old_report_alone(tmp_path, monkeypatch):
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old")

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbench.excel.saving.with_values", full)
    service = exporting(a_park(), writer=WorkbookWriter())
    with pytest.raises(OutputError) as refusal:
        service.export(str(path), "park", AS_OF, texts())
    assert refusal.value.code == "report.disk_full"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["r.xlsx"]


def known_cells(ledger):
    """Every known cell by what a person calls record and field; references by name."""
    found = {}
    for entity in CATALOGUE.ledger():
        for place, record in enumerate(ledger.all(entity.key)):
            for field in entity:
                value = record.get(field.key)
                if field.type is FieldType.REF and value is not None:
                    value = ledger.find(field.target, value).label
                if isinstance(value, int) and not isinstance(value, bool):
                    value = Decimal(value)
                found[entity.key, place, field.key] = (value, record.state(field.key))
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_exported_ledger_comes_back_without_a_difference(program, tmp_path, language):
    first = open_sample(program, tmp_path / "a.park")
    done = first.exporting.export_ledger(str(tmp_path / "台账.xlsx"), program.texts(language))
    ledger = first.querying.ledger()
    assert done.records == sum(1 for _ in ledger)
    assert done.cut == ()
    second = program.create(str(tmp_path / "b.park"))
    preview = second.importing.preview([str(tmp_path / "台账.xlsx")], ImportOptions())
    second.importing.commit(preview)
    assert known_cells(second.querying.ledger()) == known_cells(ledger)
    first.close()
    second.close()


def test_the_blank_form_is_the_one_that_the_catalogue_gives(tmp_path):
    from scripts.make_templates import CREATED
    from workbench import locations

    WorkbookWriter().write_template(str(tmp_path / "form.xlsx"), texts(), CREATED)
    shipped = locations.template("excel", "ledger_import.xlsx")
    assert (tmp_path / "form.xlsx").read_bytes() == shipped.read_bytes()


def test_the_blank_form_is_recognised_column_by_column(services, tmp_path):
    from workbench import locations

    book = load_workbook(locations.template("excel", "ledger_import.xlsx"))
    for entity, rows in {"园区": {"园区编号": "P1", "园区名称": "一园"}}.items():
        sheet = book[entity]
        titles = {re.sub(r"[★☆]|（.*", "", str(c.value)): c.column for c in sheet[1]}
        for title, value in rows.items():
            sheet.cell(2, titles[title]).value = value
    sheet = book["宗地"]
    titles = {re.sub(r"[★☆]|（.*", "", str(c.value)): c.column for c in sheet[1]}
    values = {"宗地编号": "D1", "所属园区": "一园", "坐落": "路1号", "证载面积": "约50",
              "终止日期": "2050-01-01", "是否查封": "否"}  # fmt: skip
    for title, value in values.items():
        if title in titles:
            sheet.cell(2, titles[title]).value = value
    book.save(tmp_path / "filled.xlsx")
    preview = services.importing.preview([str(tmp_path / "filled.xlsx")], ImportOptions())
    services.importing.commit(preview)
    (parcel,) = services.querying.records("parcel")
    assert round(parcel.number("area_cert"), 2) == Decimal("33333.33")
    assert parcel.state("area_cert") == "estimated"
    assert [park.label for park in services.querying.records("park")] == ["一园"]


def test_formulas_may_name_cells_of_tables_that_are_written_later_or_elsewhere(sample):
    book = opened(sample)
    topsis = next(sheet for sheet in book if sheet.title.startswith("表6-8"))
    sheets = [book["6 路径比选"], topsis]
    live, annex = (
        {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
        for sheet in sheets
    )
    assert any("1+SUMPRODUCT((ROUND(" in text for text in live)
    assert any("SUMSQ" in text and "'6 路径比选'!" in text for text in annex)
    assert any(text.count("*") == 6 and text.count("+") == 5 for text in live)
    assert not any("{" in text for text in live)


def test_the_cumulative_cash_of_the_scenarios_is_drawn_as_a_line(sample):
    """Domain §7.1, sheet 7: line cumulative cash; each sum is a formula over the years."""
    book = opened(sample)
    [sheet] = [s for s in book if any(type(c).__name__ == "LineChart" for c in s._charts)]
    [chart] = [c for c in sheet._charts if type(c).__name__ == "LineChart"]
    assert chart.series
    for series in chart.series:
        cells = series.val.numRef.f.rpartition("!")[2].replace("$", "")
        column = [row[0].value for row in sheet[cells]]
        assert all(str(value).startswith("=") for value in column)
        assert len(series.val.numRef.numCache.pt) == len(column) > 1


def test_the_summary_gives_the_first_answer_that_there_is(sample):
    """Without a debt there is no cover of it; that is no unknown input (domain §7.1, sheet 1)."""
    said = words(opened(sample)["1 摘要"])
    assert "研发办公楼招租提升：项目（相对不行动）的净现值" in said
    assert "还有未知的输入" not in said
