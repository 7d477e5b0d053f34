"""Redacted reports and evidence packages: no name is left, every number stays."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.office_rig import all_recalculated, assert_same_values, needs_office, stored
from tests.sample_park import open_sample
from tests.shipped import FixedClock
from workbench import locations
from workbench.application.project.sampling import AS_OF, ASSESSMENT_NAME
from workbench.domain.findings import OutputError


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The sample park, its report as it is and redacted, and its evidence package."""
    from workbench.bootstrap import Program

    folder = tmp_path_factory.mktemp("redacted")
    program = Program(clock=FixedClock())
    services = open_sample(program, folder / "示例.park")
    assessment = services.assessments.find(ASSESSMENT_NAME)
    park = services.querying.records("park")[0]
    said = program.texts()
    done = {}
    for redact in (False, True):
        path = str(folder / f"报告{int(redact)}.xlsx")
        done[redact] = services.exporting.export(
            path, park.key, AS_OF, said, assessment=assessment, redact=redact
        )
    yield services, park, assessment, said, done, folder
    services.close()


def test_no_name_of_a_firm_or_person_is_left_in_any_part(made):
    services, park, *_, done, _folder = made
    names = {r.label for r in services.querying.records("enterprise")} - {park.label}
    names |= {r.text("holder") for r in services.querying.records("encumbrance")} - {None}
    names |= {r.text("owner") for r in services.querying.records("checklist_item")} - {None, ""}
    names |= {r.text("authority") for r in services.querying.records("encumbrance")} - {None}
    places = [*services.querying.records("parcel"), *services.querying.records("building")]
    names |= {r.text("location") for r in places} - {None, ""}
    names |= {"创业大道18号", "科创路66号", "邻里街5号", "物流路2号"}  # without the district
    names |= {r.text("sha256") for r in services.evidencing.all()} - {None}
    assert len(names) > 15
    plain, hidden = (
        "".join(zipfile.ZipFile(done[r].path).read(n).decode("utf-8", "replace")
                for n in zipfile.ZipFile(done[r].path).namelist())
        for r in (False, True)
    )  # fmt: skip
    assert any(name in plain for name in names)
    assert [name for name in names if len(name) > 1 and name in hidden] == []
    assert "企业001" in hidden
    assert "已脱敏" in hidden


def _cells(report):
    """Each table's cells but the sizes of files, and those sizes."""
    kept, sizes = [], []
    for table in (table for sheet in report.sheets for table in sheet.tables):
        lists_files = "sha256" in [column.key for column in table.columns]
        at = {n for n, c in enumerate(table.columns) if lists_files and c.key == "size"}
        rows = [list(enumerate(row)) for row in table.rows]
        sizes += [int(c.number) for row in rows for n, c in row if n in at and c.number is not None]
        kept.append(
            (table.number,
             [(c.number, c.formula, c.state) for row in rows for n, c in row if n not in at])
        )  # fmt: skip
    return kept, sizes


def test_every_number_and_formula_is_as_in_the_open_report(made):
    """Codes are shorter than names, so tables may stand on other sheets: each keeps its cells.

    Sizes of files are withheld with their hashes: both lead to a file that somebody holds.
    """
    *_, done, _folder = made
    (plain, sizes), (hidden, left) = (_cells(done[r].report) for r in (False, True))
    assert plain == hidden
    assert sizes
    assert left == []
    numbers = [
        sorted(
            cell.value
            for sheet, cells in stored(done[r].path).items()
            for cell in cells.values()
            if isinstance(cell.value, int | float) and sheet != "目录"
        )
        for r in (False, True)
    ]
    assert numbers[0] == sorted([*numbers[1], *sizes])
    assert len(numbers[0]) > 1000
    assert done[True].checked.formulas == done[False].checked.formulas
    assert done[True].checked.rows == done[False].checked.rows


@needs_office
def test_a_redacted_report_recalculates_to_the_same(made, tmp_path):
    """Rules look for words in reasons that are withheld."""
    *_, done, _folder = made
    [fresh] = all_recalculated([Path(done[True].path)], tmp_path)
    assert assert_same_values(Path(done[True].path), fresh) > 1000


def test_the_same_edition_gets_the_same_codes(made):
    services, park, assessment, said, done, folder = made
    again = services.exporting.export(
        str(folder / "再.xlsx"), park.key, AS_OF, said, assessment=assessment, redact=True
    )
    assert Path(again.path).read_bytes() == Path(done[True].path).read_bytes()


_SYLLABLES = "堃镕喆赟翀珩璟彧烨澔曦骞濮阗"
"""Characters that no text of the report uses."""


@pytest.fixture(scope="module")
def strange(tmp_path_factory):
    """The sample park with drawn names wherever a firm or person may be named, and two versions."""
    from random import Random

    from workbench.bootstrap import Program

    drawn = Random(8)
    folder = tmp_path_factory.mktemp("strange")
    program = Program(clock=FixedClock())
    services = open_sample(program, folder / "名.park")
    park = services.querying.records("park")[0]
    firms = ["".join(drawn.sample(_SYLLABLES, 2)) for _ in range(8)]

    def change(entity, place, **values):
        record = services.querying.records(entity)[place]
        for key, text in values.items():
            services.editing.edit(entity, record.key, key, text)

    change("enterprise", 0, name=f"苏州{firms[0]}科技有限公司", note="法人濮阗 13912345678")
    change("enterprise", 1, name=f"{firms[6]} 电子（昆山）有限公司")
    change("building", 2, name=f"{firms[6]}电子(昆山)有限公司仓库", location="濮阗宅旁")
    change("parcel", 1, location=f"滨河区锦程路8号{firms[0]}公司对面", occupier="园区")
    change("parcel", 0, right_holder=f"{firms[1]}实业集团", note=f"{firms[1]}自建")
    change("building", 1, name=f"{firms[0]}一号厂房", responsible="濮阗", note=f"拟租给{firms[0]}")
    change("encumbrance", 0, holder=f"{firms[2]}银行", release_condition="濮阗同意",
           case_no="（2024）苏0505执777号")  # fmt: skip
    change("facility", 0, operator=f"{firms[3]}能源有限公司", note=f"{firms[3]}运维")
    change("lease", 0, note=f"{firms[0]}要求续租")
    building = services.querying.records("building")[0].label
    services.editing.add("valuation", {"building": building, "agency": f"{firms[4]}评估事务所"})
    for number, scenario in enumerate(services.scenarios.all(park.key)):
        services.scenarios.change(
            scenario, {"name": f"卖给{firms[5 + number % 3]}的{number}号方案"}
        )
    assessment = services.assessments.find(ASSESSMENT_NAME)
    said = program.texts()
    path = str(folder / "脱敏.xlsx")

    def export(target, template=""):
        return services.exporting.export(
            target, park.key, AS_OF, said, assessment=assessment, redact=True, template=template
        )

    export(path)
    yield path, firms, export
    services.close()


def test_no_drawn_name_is_left_anywhere_in_the_package(strange):
    """Issue 8, 8: names in notes, of scenarios, of operators and of assets named after a firm."""
    path, firms, _ = strange
    with zipfile.ZipFile(path) as package:
        parts = {n: package.read(n).decode("utf-8", "replace") for n in package.namelist()}
    secret = (*firms, "濮阗", "13912345678", "0505执777", firms[0] + "公司")
    left = [(n, name) for n, text in parts.items() for name in secret if name in text]
    assert left == []
    assert any("方案01" in text for text in parts.values())


def test_a_name_that_a_template_says_is_found_and_nothing_is_written(strange, tmp_path):
    """A team's template may name whom the report hides: the place is said."""
    _, firms, export = strange
    book = load_workbook(locations.template("excel", "report_base.xlsx"))
    book.worksheets[0]["A30"] = f"委托方：{firms[0]}公司"
    book.save(tmp_path / "模板.xlsx")
    target = tmp_path / "报告.xlsx"
    with pytest.raises(OutputError) as told:
        export(str(target), str(tmp_path / "模板.xlsx"))
    assert told.value.code == "report_redact.left"
    assert "封面!A30" in told.value.params["places"]
    assert [path.name for path in tmp_path.iterdir()] == ["模板.xlsx"]
