"""A team's own template: its look is used, its losses are named first, a spoiled one is refused."""

import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.builders import a_park
from tests.integration.test_report_content import a_small_park
from tests.office_rig import formulas, stored
from tests.report_rig import AS_OF, exporting, texts
from tests.template_rig import BASE, jpeg, png, with_parts
from workbench.domain.findings import InputError
from workbench.excel.house.logo import Logo, place_logo
from workbench.excel.house.style import read_house_style
from workbench.excel.writer import WorkbookWriter


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """A copy of the shipped template with another font, header and a logo."""
    from openpyxl.styles import Font

    path = tmp_path_factory.mktemp("house") / "集团模板.xlsx"
    book = load_workbook(BASE)
    styles = {style.name: style for style in book._named_styles}
    styles["sheet title"].font = Font(name="楷体", size=17, color="FF17657D")
    styles["table body"].font = Font(name="仿宋", size=9)
    cover, sheet = book.worksheets
    sheet.oddHeader.left.text = "城投&&集团 {title}"
    cover.oddHeader.left.text = "封面页眉"
    place_logo(cover, Logo(png(120, 40), 120, 40), "D1", 30)
    book.save(path)
    return path


def exported(tmp_path, template, name="r.xlsx", records=None):
    """A report in a template's look; of a park with nothing but its name, which is soon written."""
    service = exporting(*(records or [a_park()]), writer=WorkbookWriter())
    target = str(tmp_path / name)
    service.export(target, "park", AS_OF, texts(), template=str(template) if template else "")
    return target


def test_the_shipped_template_is_the_one_that_the_styles_give(tmp_path):
    from scripts.make_templates import BASES, CREATED

    for language, name in BASES.items():
        WorkbookWriter().write_base(str(tmp_path / name), texts(language), CREATED)
        assert (tmp_path / name).read_bytes() == BASE.with_name(name).read_bytes()
        assert (house := read_house_style(str(tmp_path / name))).cover is not None
        assert (house.lost, house.unknown, house.appended) == ((), (), ())
    house = read_house_style(str(BASE))
    assert (house.lost, house.unknown, house.appended) == ((), (), ())
    [said] = WorkbookWriter().template_says(str(BASE), texts())
    assert said.endswith("采用其封面、命名样式、主题字体与颜色、页眉页脚（含图片）")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The report of a small park without a template."""
    return exported(tmp_path_factory.mktemp("plain"), "", records=a_small_park())


def test_a_report_with_the_shipped_template_is_one_without(tmp_path, plain):
    """Cell for cell, look for look; the cover keeps two rows for a final, hidden in a draft."""

    def cells(book):
        return {
            (s.title, c.coordinate): (c.value, c.font.name, c.font.sz, c.number_format)
            for s in book.worksheets[1:]
            for row in s.iter_rows()
            for c in row
        }

    with_it = exported(tmp_path, BASE, records=a_small_park())
    books = [load_workbook(path) for path in (with_it, plain)]
    assert cells(books[0]) == cells(books[1])
    covers = [book["封面"] for book in books]
    words = [[c.value for row in s.iter_rows() for c in row if c.value] for s in covers]
    assert words[0] == words[1]
    hidden = [n for n, row in covers[0].row_dimensions.items() if row.hidden]
    assert len(hidden) == 11 - 9
    for name in ("封面", "2 资产概况"):
        lines = [book[name].HeaderFooter for book in books]
        assert str(lines[0].oddHeader) == str(lines[1].oddHeader)
        assert str(lines[0].oddFooter) == str(lines[1].oddFooter)


def test_fonts_headers_and_logo_of_the_template_are_used(tmp_path, ours):
    path = exported(tmp_path, ours)
    book = load_workbook(path)
    title = book["2 资产概况"]["A1"]
    assert (title.font.name, title.font.sz) == ("楷体", 17)
    body = {c.font.name for row in book["附表A 台账明细"].iter_rows() for c in row}
    assert "仿宋" in body
    with zipfile.ZipFile(path) as package:
        assert "城投&amp;&amp;集团 示例园区存量资产盘活评估报告" in (
            package.read("xl/worksheets/sheet4.xml").decode()
        )
        assert "封面页眉" in package.read("xl/worksheets/sheet1.xml").decode()
        [logo] = [n for n in package.namelist() if n.startswith("xl/media/")]
        assert package.read(logo) == png(120, 40)


def test_a_workbook_of_styles_alone_gives_styles_header_and_its_logo(tmp_path):
    """A template without places for words keeps our cover, and its first picture is the logo."""
    book = load_workbook(BASE)
    del book["封面"]
    place_logo(book.worksheets[0], Logo(jpeg(300, 90), 300, 90, "jpeg"), "D1", 300)
    book.save(tmp_path / "t.xlsx")
    house = read_house_style(str(tmp_path / "t.xlsx"))
    assert (house.logo.width, house.logo.height, house.lost) == (300, 90, ())
    with zipfile.ZipFile(exported(tmp_path, tmp_path / "t.xlsx")) as package:
        [logo] = [n for n in package.namelist() if n.startswith("xl/media/")]
        assert package.read(logo) == jpeg(300, 90)
        assert b"image/jpeg" in package.read("[Content_Types].xml")


def test_the_values_are_the_same_with_any_template(tmp_path, ours, plain):
    paths = exported(tmp_path, ours, records=a_small_park()), plain
    theirs, without = (stored(path) for path in paths)
    assert theirs.pop("封面") != without.pop("封面")
    assert theirs == without
    theirs, without = (formulas(path) for path in paths)
    assert theirs == without


def test_what_the_report_does_not_take_is_named_before_anything_is_written(tmp_path, ours):
    path = with_parts(ours, tmp_path / "t.xlsx", **{
        "xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<a/>",
        "xl/pivotTables/pivotTable1.xml": "<a/>",
    })  # fmt: skip
    said = exporting(writer=WorkbookWriter()).template_says(str(path), texts())
    assert said[0].startswith("模板“t.xlsx”：采用其封面")
    for thing in ("宏", "外部链接", "数据透视表"):
        assert thing in said[1]
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "report_style.missing"),
        (b"", "report_style.unreadable"),
        (b"not a workbook", "report_style.unreadable"),
        (b"PK\x03\x04 cut off", "report_style.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "report_style.locked"),
        (BASE.read_bytes()[:-2000], "report_style.unreadable"),
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


def test_a_place_formatted_in_pieces_takes_the_words_in_its_first(tmp_path):
    """Seen in LibreOffice: who corrects a letter of {title} divides it into runs."""
    book = load_workbook(BASE)
    book.worksheets[0]["A9"] = CellRichText(
        "基准日", TextBlock(InlineFont(b=True), " {as"), "_of}。"
    )
    book.save(tmp_path / "t.xlsx")
    cover = load_workbook(exported(tmp_path, tmp_path / "t.xlsx"), rich_text=True)["封面"]
    assert str(cover["A9"].value) == "基准日 2025-06-30。"
    assert [str(piece) for piece in cover["A9"].value][1] == " 2025-06-30"


def test_error_values_and_a_first_page_number_of_the_cover_are_named(tmp_path):
    book = load_workbook(BASE)
    cover = book.worksheets[0]
    cover["G20"].value, cover["G20"].data_type = "#N/A", "e"
    cover.page_setup.firstPageNumber, cover.page_setup.useFirstPageNumber = 5, True
    book.save(tmp_path / "t.xlsx")
    assert set(read_house_style(str(tmp_path / "t.xlsx")).lost) == {"errors", "first_page"}
    said = "".join(WorkbookWriter().template_says(str(tmp_path / "t.xlsx"), texts()))
    assert "#N/A" in said
    assert "起始页码" in said


def test_a_title_of_many_lines_has_room_on_a_designed_cover(tmp_path):
    service = exporting(a_park(name="很长的园区名称" * 20), writer=WorkbookWriter())
    for name, template in (("own.xlsx", str(BASE)), ("ours.xlsx", "")):
        target = str(tmp_path / name)
        service.export(target, "park", AS_OF, texts(), template=template)
        cover = load_workbook(target)["封面"]
        title = next(
            c for row in cover for c in row if str(c.value).startswith("很长的") and c.font.b
        )
        assert cover.row_dimensions[title.row].height > 100


def test_rows_are_as_high_as_a_teams_larger_words(tmp_path):
    """Seen: with paragraphs of 12 points the last of three lines was cut through."""
    from openpyxl.styles import Font

    template, heights = tmp_path / "大字.xlsx", []
    book = load_workbook(BASE)
    for style in book._named_styles:
        if style.name == "paragraph":
            style.font = Font(name=style.font.name, size=14)
    book.save(template)
    for path in ("", template):
        sheet = load_workbook(exported(tmp_path, path))["10 数据来源与声明"]
        [row] = [c.row for [c] in sheet.iter_rows(max_col=1) if "待核不按零计" in str(c.value)]
        heights.append(sheet.row_dimensions[row].height)
    assert heights[1] >= heights[0] * 1.2
