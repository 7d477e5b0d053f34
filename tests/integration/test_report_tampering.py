"""A workbook that changes between being written and being checked never gets into its place."""

import re
import zipfile

import pytest
from openpyxl import Workbook

from tests.full_park import a_full_park
from tests.report_rig import AS_OF, exporting, texts
from tests.shipped import NOW
from workbench.application.ports import Silent
from workbench.domain.findings import OutputError
from workbench.excel import in_memory, saving
from workbench.excel.cached_values import with_values
from workbench.excel.proofreading import Proofreader
from workbench.excel.sheets.assembly import assemble

SHEET = "xl/worksheets/sheet"
CORE, BOOK, STYLES = "docProps/core.xml", "xl/workbook.xml", "xl/styles.xml"
CHART = "xl/charts/chart1.xml"


def moved(by):
    """A replacement that moves the number in the second group."""
    return lambda found: found[1] + str(int(found[2]) + by).encode() + found[3]


CHANGES = {
    "two cells' values swapped": (
        SHEET,
        rb'(<f>[^<]*</f><v>)(\d[\d.]+)(</v></c><c [^>]*><f>[^<]*</f><v>)(?!\2<)(\d[\d.]+)',
        rb"\1\4\3\2",
        "与报告内容不符",
    ),
    "预计 told as achieved": (SHEET, "预计".encode(), "实现".encode(), "与报告内容不符"),
    "待核 told as verified": (SHEET, "待核".encode(), "核实".encode(), "与报告内容不符"),
    "a number as text": (SHEET, rb' t="n"><v>([\d.]+)<', rb' t="str"><v>\1<', "与报告内容不符"),
    "a formula's cell by a row": (
        SHEET, rb"(<f>[^<]*?[A-Z]+)(\d+)([^<]*</f>)", moved(1), "公式与报告内容不符",
    ),
    "a chart's range by a row": (CHART, rb"(\$[A-Z]+\$)(\d+)(</)", moved(1), "图表"),
    "repeated rows gone": (
        BOOK, rb'<definedName name="_xlnm.Print_Titles"[^>]*>[^<]*</definedName>', b"", "表头行",
    ),
    "repeated rows elsewhere": (
        BOOK, rb'("_xlnm.Print_Titles"[^>]*>[^<]*\$)(\d+)(<)', moved(3), "表头行",
    ),
    "the last row not printed": (
        BOOK, rb'("_xlnm.Print_Area"[^>]*>[^<]*\$)(\d+)(<)', moved(-1), "打印范围",
    ),
    "a defined name beside": (
        BOOK, rb"<definedNames>",
        rb'<definedNames><definedName name="x">Sheet!A1</definedName>', BOOK,
    ),
    "a hidden row": (SHEET, rb'<row r="', rb'<row hidden="1" r="', "被隐藏"),
    "a row of no height": (SHEET, rb'<row r="', rb'<row customHeight="1" ht="0" r="', "封面"),
    "a column of no width": (SHEET, rb'<col ([^>]*)width="[^"]*"', rb'<col \1width="0"', "封面"),
    "a link gone": (SHEET, rb"<hyperlink [^>]*/>", b"", "个链接"),
    "a link to another row": (
        SHEET, rb'(<hyperlink [^>]*location="[^"]*![A-Z]+)(\d+)(")', moved(1), "个链接",
    ),
    "two sheets in another order": (
        BOOK, rb"(<sheet [^>]*/>)(<sheet [^>]*/>)", rb"\2\1", "目录、封面",
    ),
    "the title of the document": (CORE, rb"<dc:title>[^<]*", b"<dc:title>x", "文档属性"),
    "the time of the document": (
        CORE, rb"(<dcterms:created[^>]*>)\d+", rb"\g<1>2001", "docProps/core.xml",
    ),
    "one cell's format": (SHEET, rb'(<c r="[A-Z]+\d+" s=")\d+(")', rb"\g<1>0\2", "封面"),
    "a format of two places without them": (
        STYLES, rb'"#,##0\.00(_ _ ;\[Red\]-#,##0)\.00(_ _ ")', rb'"#,##0\1\2', "数字格式",
    ),
    "white letters": (STYLES, rb'(<color )[^>]*/>', rb'\1rgb="FFFFFFFF" />', "xl/styles.xml"),
    "another header": (SHEET, rb"(<oddHeader[^>]*>)[^<]*", rb"\1x", "封面"),
    "upright paper": (SHEET, rb'"landscape"', b'"portrait"', "封面"),
    "a merged cell gone": (SHEET, rb"<mergeCell [^>]*/>", b"", "封面"),
    "rows no longer frozen": (SHEET, rb"<pane [^>]*/>", b"", "目录"),
    "a lock": (SHEET, b"</sheetData>", b'</sheetData><sheetProtection sheet="1"/>', "封面"),
    "formulas that rest": (BOOK, rb"<calcPr [^>]*/>", b'<calcPr calcMode="manual"/>', BOOK),
    "a chart somewhere else": (
        "xl/drawings/drawing1.xml", rb"<(\w*:?)row>\d+<", rb"<\1row>999<", "drawing1.xml",
    ),
    "a program inside": ("xl/vbaProject.bin", None, b"x", "vbaProject.bin"),
    "a link to another workbook": (
        "xl/externalLinks/externalLink1.xml", None, b"<x/>", "externalLink1.xml",
    ),
    "no content types": ("[Content_Types].xml", rb".*", None, "Content_Types"),
}  # fmt: skip


@pytest.fixture(scope="module")
def meant():
    """What a whole report is to be, and its package before it is on the disk."""
    report = exporting(*a_full_park()).build("park", AS_OF, texts())
    workbook = Workbook()
    written = assemble(workbook, report, texts(), Silent())
    return report, written, in_memory.saved_in_memory(workbook).getvalue()


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_on_the_way_is_found_and_leaves_the_old_file(
    meant, tmp_path, monkeypatch, what
):
    place, pattern, new, said = CHANGES[what]

    def changed(saved, target, *rest):
        sealed = with_values(saved, target, *rest)
        with zipfile.ZipFile(target) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        if pattern is None:
            parts[place] = new
        else:
            name = next(
                n for n in parts if n.startswith(place) and re.search(pattern, parts[n], re.S)
            )
            new_content = None if new is None else re.sub(pattern, new, parts[name], count=1)
            assert new_content != parts[name]
            parts[name] = new_content
        with zipfile.ZipFile(target, "w") as package:
            for name, content in parts.items():
                if content is not None:
                    package.writestr(name, content)
        return sealed

    report, written, saved = meant
    monkeypatch.setattr(saving, "with_values", changed)
    monkeypatch.setattr(in_memory, "saved_in_memory", lambda _: in_memory.io.BytesIO(saved))
    target = tmp_path / "r.xlsx"
    target.write_bytes(b"old")
    check = Proofreader(written, (), texts()).check
    with pytest.raises(OutputError) as refusal:
        saving.save(written.workbook, str(target), report.created, written.formulas, check)
    assert refusal.value.exit_status == 5
    assert said in texts()(refusal.value.code, **refusal.value.params)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"r.xlsx": b"old"}


def test_a_workbook_that_is_not_counted_is_read_again_too(tmp_path, monkeypatch):
    """Forms and lists hold nothing to be counted against."""

    def spoiled(saved, target, *rest):
        sealed = with_values(saved, target, *rest)
        content = bytearray(target.read_bytes())
        content[len(content) // 3] ^= 0xFF
        target.write_bytes(content)
        return sealed

    monkeypatch.setattr(saving, "with_values", spoiled)
    book = Workbook()
    book.active["A1"] = "x" * 1000
    with pytest.raises(OutputError) as refusal:
        saving.save(book, str(tmp_path / "r.xlsx"), NOW, {})
    assert refusal.value.code == "report_proof.altered"
    assert list(tmp_path.iterdir()) == []
