"""Issue 8, 8: numbers by which public registers know a holder or a tenant become codes too."""

from tests.builders import a_ledger, a_record
from tests.shipped import texts
from workbench.domain.report.redaction.naming import codes_of


def codes(*records):
    return codes_of([a_ledger(*records)], (), texts(), ())


def test_certificates_and_contracts_become_codes_wherever_they_stand():
    hidden = codes(
        a_record("parcel", "p", name="一地", cert_no="江（2013）滨河不动产权第0002601号",
                 bdc_unit_no="320102001001GB00012F00010001", grant_contract_no="3201012013CR0021"),
        a_record("lease", "l", contract_no="BH-2023-001", approval_no="滨国资〔2023〕18号"),
        a_record("valuation", "v", report_no="江华评报字（2025）第102号"),
    )  # fmt: skip
    assert hidden("合同BH-2023-001、BH-2023-0010") == "合同合同002、BH-2023-0010"
    assert hidden("江(2013)滨河不动产权第0002601号") == "权证001"
    assert hidden("320102001001GB00012F00010001") == "权证002"
    assert hidden("3201012013CR0021") == "合同001"
    assert hidden("滨国资〔2023〕18号") == "代码001"
    assert hidden("见江华评报字（2025）第102号") == "见代码002"


def test_several_certificates_of_a_cell_get_a_code_each():
    first, second = "苏（2013）不动产权第0002601号", "苏（2014）不动产权第0002602号"
    hidden = codes(
        a_record("building", "a", name="甲楼", cert_no=f"{first}、{second}"),
        a_record("building", "b", name="乙楼", cert_no=second),
        a_record("building", "c", name="丙楼", cert_no=f"{first}、第3号"),
    )
    assert hidden(f"{first}、{second}") == "权证001、权证002"
    assert hidden(f"{first}、第3号") == "权证003"


def test_what_is_no_number_of_a_register_stays():
    """A contract 1 would turn every 1 into a code, 办理中 tells of nobody, A1-01 is a building."""
    hidden = codes(
        a_record("building", "a", name="甲楼", code="A1-01", cert_no="办理中，尚未发证"),
        a_record("lease", "l", contract_no="1"),
        a_record("lease", "m", contract_no="A1-01"),
    )
    for text in ("1", "办理中，尚未发证", "A1-01", "甲楼"):
        assert hidden(text) == text


def test_courts_and_offices_become_codes_and_a_road_goes_with_its_number():
    """A court beside a date and an amount leads to one case, a road with a number to an owner."""
    hidden = codes(
        a_record("encumbrance", "a", authority="滨河区人民法院"),
        a_record("encumbrance", "b", authority="滨河区人民法院、江城市中级人民法院（轮候）"),
        a_record("encumbrance", "c", authority="江城市公安局"),
        a_record("parcel", "p", name="创业大道18号地块", location="滨河区创业大道18号"),
        a_record("building", "q", name="乙楼", serves="由江城市中级人民法院拍卖"),
    )
    assert hidden("滨河区人民法院") == "法院001"
    assert hidden("滨河区人民法院、江城市中级人民法院（轮候）") == "法院001、法院002（轮候）"
    assert hidden("江城市公安局") == "机关001"
    assert hidden("由江城市中级人民法院拍卖") == "由法院002拍卖"
    assert hidden("滨河区创业大道18号") == "滨河区（已隐去）"
    assert hidden("创业大道18号地块") == "（已隐去）地块"
    assert hidden("最高人民法院，网络司法拍卖规定") == "最高人民法院，网络司法拍卖规定"
