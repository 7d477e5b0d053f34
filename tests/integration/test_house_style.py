"""A team's own template: its look is used, its losses are named first, a spoiled one is refused."""

import shutil
import struct
import zipfile
import zlib

import pytest
from openpyxl import load_workbook

from tests.report_rig import AS_OF, exporting, texts
from tests.unit.test_report_content import a_small_park
from workbench import locations
from workbench.domain.findings import InputError
from workbench.excel.house_style import read_house_style
from workbench.excel.writer import WorkbookWriter

BASE = locations.template("excel", "report_base.xlsx")


def png(width, height):
    def part(kind, body):
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    rows = (b"\0" + b"\x17\x65\x7d" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(rows))
        + part(b"IEND", b"")
    )


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """A copy of the shipped template with another font, header and a logo."""
    from openpyxl.styles import Font

    from workbench.excel.house_style import Logo
    from workbench.excel.logo import place_logo

    path = tmp_path_factory.mktemp("house") / "集团模板.xlsx"
    book = load_workbook(BASE)
    styles = {style.name: style for style in book._named_styles}
    styles["sheet title"].font = Font(name="楷体", size=17, color="FF17657D")
    styles["table body"].font = Font(name="仿宋", size=9)
    sheet = book.worksheets[0]
    sheet.oddHeader.left.text = "城投&集团 {title}"
    place_logo(sheet, Logo(png(120, 40), 120, 40), "D1", 30)
    book.save(path)
    return path


def exported(tmp_path, template, name="r.xlsx"):
    service = exporting(*a_small_park(), writer=WorkbookWriter())
    target = str(tmp_path / name)
    service.export(target, "park", AS_OF, texts(), template=str(template) if template else "")
    return target


def with_parts(source, target, **parts):
    shutil.copy(source, target)
    with zipfile.ZipFile(target, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target


def test_the_shipped_template_is_the_one_that_the_styles_give(tmp_path):
    from scripts.make_templates import CREATED

    WorkbookWriter().write_base(str(tmp_path / "b.xlsx"), texts(), CREATED)
    assert (tmp_path / "b.xlsx").read_bytes() == BASE.read_bytes()
    assert read_house_style(str(BASE)).lost == ()


def test_fonts_header_and_logo_of_the_template_are_used(tmp_path, ours):
    path = exported(tmp_path, ours)
    book = load_workbook(path)
    title = book["2 资产概况"]["A1"]
    assert (title.font.name, title.font.sz) == ("楷体", 17)
    body = {c.font.name for row in book["附表A 台账明细"].iter_rows() for c in row}
    assert "仿宋" in body
    assert book["2 资产概况"].oddHeader.left.text == "城投&集团 示例园区存量资产盘活评估报告"
    with zipfile.ZipFile(path) as package:
        [logo] = [n for n in package.namelist() if n.startswith("xl/media/")]
        assert package.read(logo) == png(120, 40)


def jpeg(width, height):
    """As much of a JPEG picture as says its size."""
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\1\1\0\0\1\0\1\0\0"
        + b"\xff\xc2" + struct.pack(">HBHH", 17, 8, height, width) + b"\3" + b"\0" * 9 + b"\xff\xd9"
    )  # fmt: skip


def test_a_jpeg_logo_is_taken_with_its_size(tmp_path):
    from workbench.excel.house_style import Logo, read_house_style
    from workbench.excel.logo import place_logo

    book = load_workbook(BASE)
    place_logo(book.worksheets[0], Logo(jpeg(300, 90), 300, 90, "jpeg"), "D1", 300)
    book.save(tmp_path / "t.xlsx")
    house = read_house_style(str(tmp_path / "t.xlsx"))
    assert (house.logo.width, house.logo.height, house.lost) == (300, 90, ())
    with zipfile.ZipFile(exported(tmp_path, tmp_path / "t.xlsx")) as package:
        [logo] = [n for n in package.namelist() if n.startswith("xl/media/")]
        assert package.read(logo) == jpeg(300, 90)
        assert b"image/jpeg" in package.read("[Content_Types].xml")


def test_the_values_are_the_same_with_any_template(tmp_path, ours):
    def cells(path):
        return [
            (s.title, c.coordinate, c.value)
            for s in load_workbook(path)
            for row in s.iter_rows()
            for c in row
        ]

    assert cells(exported(tmp_path, ours)) == cells(exported(tmp_path, "", "plain.xlsx"))


def test_what_the_report_does_not_take_is_named_before_anything_is_written(tmp_path, ours):
    header = '<worksheet><legacyDrawingHF r:id="a"/><x14:sparklineGroup/></worksheet>'
    path = with_parts(
        ours, tmp_path / "t.xlsx",
        **{
            "xl/worksheets/sheet9.xml": header, "xl/vbaProject.bin": "x",
            "xl/drawings/drawing9.xml": "<xdr:sp macro=''/>",
        },
    )  # fmt: skip
    said = exporting(writer=WorkbookWriter()).template_says(str(path), texts())
    assert said[0] == "模板“t.xlsx”：采用其命名样式、字体、页眉页脚和标志"
    for thing in ("页眉中的图片", "迷你图", "宏", "文本框和形状"):
        assert thing in said[1]
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "report_style.missing"),
        (b"", "report_style.unreadable"),
        (b"not a workbook", "report_style.unreadable"),
        (b"PK\x03\x04 cut off", "report_style.unreadable"),
    ],
)
def test_a_spoiled_template_is_a_sentence_and_leaves_no_file(tmp_path, content, code):
    path = tmp_path / "坏.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        exported(tmp_path, path)
    assert refusal.value.code == code
    assert "坏.xlsx" in texts()(code, **refusal.value.params)
    assert not (tmp_path / "r.xlsx").exists()
