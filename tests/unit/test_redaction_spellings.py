"""Issue 8, 8: a name is found however it is written, and no word is spoiled that is none."""

import pytest

from tests.builders import a_ledger, a_record
from tests.shipped import texts
from workbench.application.project.coded_words import vocabulary
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.ledger import Record
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.redaction.markup import marked_words
from workbench.domain.report.redaction.naming import codes_of
from workbench.domain.values import Origin, SourceRef

NAMES = Codes({"锦龙仓储": "企业001", "TCL": "企业002", "李·四光": "人员001", "Bob": "人员002"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("錦龍倉儲二期", "企业001二期"),
        ("锦 龙　仓·储", "企业001"),
        ("TCL2号楼", "企业0022号楼"),
        ("（ＴＣＬ）厂房", "（企业002）厂房"),
        ("TCLX与ATCL", "TCLX与ATCL"),
        ("李四光的厂房 bob", "人员001的厂房 人员002"),
        ("Bobby", "Bobby"),
        ("倉儲用地", "倉儲用地"),
    ],
)
def test_widths_dots_blanks_case_and_traditional_characters_do_not_count(text, shown):
    assert NAMES(text) == shown
    assert bool(NAMES.left_in(text)) is (text != shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ZYXEL-77", "企业001-77"),
        ("Zyxel Prime yard", "企业001 yard"),
        ("Park Lane", "Park Lane"),
    ],
)
def test_a_latin_firm_is_hidden_by_its_first_word_unless_reports_use_it(text, shown):
    firms = [a_record("enterprise", f"e{n}", name=name)
             for n, name in enumerate(("Zyxel Prime Co., Ltd", "Park Services Ltd"))]  # fmt: skip
    codes = codes_of([a_ledger(*firms)], (), texts(), (), "Park of the report")
    assert codes(text) == shown


def test_names_that_a_person_lists_are_hidden_by_their_kind():
    listed = [a_record("hidden_name", str(n), name=name, kind=kind)
              for n, (name, kind) in enumerate((("王二麻", "人员"), ("老厂", "企业")))]  # fmt: skip
    codes = codes_of([a_ledger()], listed, texts(), ())
    assert codes("老厂的王 二麻") == "企业001的人员001"


def test_the_runs_of_one_paragraph_are_one_text_and_cells_are_not():
    xml = '<a:p><a:r><a:t>锦龙</a:t></a:r><a:r><a:t>仓储</a:t></a:r></a:p><c t="x">TC</c><c>L</c>'
    assert NAMES.left_in(marked_words(xml)) == ["锦龙仓储"]
    assert NAMES.left_in(marked_words('<x name="锦龙仓储"/>')) == ["锦龙仓储"]


PRIVATE = [
    "13812345678", "138 1234 5678", "+86 13812345678", "0713-8765432", "(0713)8765432",
    "02787654321", "400-800-1234", "42010619880101123X", "420106880101123", "zhang.san@abc.com",
    "6222021234567890123", "4200 1234 5678 9012", "91420100MA4KABCD1X", "张总", "刘厂长", "王工",
    "陈董", "李女士", "户主：郑爽", "经办：周小川", "微信wx_zhangsan", "浙A·88K66", "川B12345",
    "粤BD12345", "１３８１２３４５６７８",
]  # fmt: skip


@pytest.mark.parametrize("around", ["{}", "1号楼（{}）", "2号楼 {}", "3号楼（{}租用）"])
def test_telephones_numbers_and_titled_persons_are_hidden_wherever_they_stand(around):
    """Numbers may follow a Chinese word without a blank; no list says who 张总 is."""
    seen = []
    for private in PRIVATE:
        text = around.format(private)
        codes = codes_of([a_ledger(a_record("building", "b", name=text))], (), texts(), ())
        said = codes(text)
        if any(part in said for part in (private, private[-4:], "张总", "郑爽", "周小川")):
            seen.append((text, said))
    assert seen == []


@pytest.mark.parametrize(
    "text", ["8号楼 施工", "合同总额", "汇总", "2024年6月30日", "24738.340000000001", "F0012#厂房",
             "鄂(2019)临川县不动产权第0001000号", "高新区管委会主楼", "金工车间", "何时完工",
             "承办法官", "川A座", "新B12栋"],
)  # fmt: skip
def test_words_and_measures_are_no_persons(text):
    codes = codes_of([a_ledger(a_record("building", "b", name=text))], (), texts(), ())
    assert codes(text) == text


@pytest.mark.parametrize(
    "text", ["jincheng车间", "Jin Cheng厂房", "JCKJ-2", "Wufan Sun", "sunwufan"]
)
def test_pinyin_and_initials_of_a_name_are_hidden(text):
    firms = [a_record("enterprise", str(n), name=name)
             for n, name in enumerate(("湖北锦程科技有限公司", "孙悟饭"))]  # fmt: skip
    codes = codes_of([a_ledger(*firms)], (), texts(), ())
    assert codes(text) != text
    assert not any(word in codes(text).casefold() for word in ("jin", "jck", "sun"))


def test_a_worksheet_named_by_a_person_is_hidden_and_one_by_a_word_stays():
    sources = (SourceRef("f", sheet, "A", 2) for sheet in ("冯小刚整理台账", "楼栋"))
    rows = [
        Record("building", str(n), {"name": "一栋"}, {"name": Origin(source=source)})
        for n, source in enumerate(sources)
    ]
    codes = codes_of([a_ledger(*rows)], (), texts(), (), "楼栋")
    assert codes("文件1 冯小刚整理台账 第2行") == "文件1 工作表001 第2行"
    assert codes("文件1 楼栋 第2行") == "文件1 楼栋 第2行"


@pytest.mark.parametrize(
    "text", ["余杭区人民法院（承办法官：岳不群）", "执行法官岳不群", "律师：岳不群"]
)
def test_the_person_behind_an_office_is_hidden_and_what_the_office_does_stays(text):
    codes = codes_of([a_ledger(a_record("encumbrance", "e", authority=text))], (), texts(), ())
    shown = text.replace("岳不群", "人员001").replace("余杭区人民法院", "法院001")
    assert codes(text) == shown


@pytest.mark.parametrize(
    "remark",
    [
        "由端木芷清（13512340000）代管",
        "找端木芷清13512340000",
        "由端木芷清收租",
        "实控人：端木芷清",
    ],
)
def test_whom_a_remark_names_is_hidden_elsewhere_too(remark):
    """The remark is withheld, and the house beside it was called by the same person."""
    house = a_record("building", "b", name="端木芷清车间", note=remark)
    codes = codes_of([a_ledger(house)], (), texts(), ())
    assert codes("端木芷清车间") == "人员001车间"


@pytest.mark.parametrize(
    "remark",
    ["由管委会负责", "由房管局代管", "由国资公司管理", "联系电话13512340000", "房东电话13512340000",
     "值班13512340000", "由高新区管理", "由物业公司负责"],
)  # fmt: skip
def test_offices_and_roles_in_a_remark_are_no_persons(remark):
    codes = codes_of([a_ledger(a_record("building", "b", note=remark))], (), texts(), ())
    assert not [name for name in codes.by_name if codes.by_name[name].startswith("人员")]


def test_the_name_of_an_assessment_is_hidden_and_those_of_the_programs_kinds_are_not():
    own = [a_record("assessment", "a", name="欧阳靖雯谈判版")]
    common = vocabulary(texts(), CATALOGUE)
    source = SourceRef("f", "平台公司财务", "A", 2)
    row = Record("building", "b", {"name": "一栋"}, {"name": Origin(source=source)})
    codes = codes_of([a_ledger(row)], own, texts(), (), common)
    assert codes("“欧阳靖雯谈判版”没有定稿") == "“评估001”没有定稿"
    assert codes("表A-9　平台公司财务") == "表A-9　平台公司财务"


def test_a_region_is_no_name_and_what_stands_for_a_remark_holds_no_other():
    """A location of a region alone was withheld, and then found in the addresses of others."""
    places = ("余杭区", "余杭区恒立路66号（原上官家）", "临平片（老街）")
    parcels = [a_record("parcel", str(n), location=place) for n, place in enumerate(places)]
    held = a_record(
        "encumbrance", "e", authority="余杭区人民法院（承办法官：岳不群）临平片（老街）"
    )
    codes = codes_of([a_ledger(*parcels, held)], (), texts(), ())
    said = [codes(r.text("location") or r.text("authority") or "") for r in (*parcels, held)]
    assert said[0] == "余杭区"
    assert [text for text in said if codes.left_in(text)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("東方不敗服飾有限公司", "东方不败工作间"),
        ("华山评估师事务所", "华山评2025-1"),
        ("恒立液压（杭州）有限公司", "恒立一号楼"),
    ],
)
def test_what_is_peculiar_to_a_firm_is_hidden_in_any_script_and_trade(name, text):
    firm, room = a_record("enterprise", "f", name=name), a_record("unit", "u", unit_no=text)
    codes = codes_of([a_ledger(firm, room)], (), texts(), ())
    assert codes(text).startswith("企业001"), codes(text)
