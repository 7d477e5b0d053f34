"""What nobody stated is said at the head of a scenario, the choices by name."""

from decimal import Decimal

from tests.finance_rig import AROUND, plain
from tests.finance_samples import SAMPLES
from tests.shipped import AS_OF, content, texts
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.finance.settling import Surroundings
from workbench.domain.report.model import Paragraph
from workbench.domain.report.sections.money.assumptions import assumed
from workbench.domain.report.sections.money.parameters import parameters_sheet
from workbench.domain.report.sections.money.scenario import scenario_sheets
from workbench.domain.report.sections.money.words import Calculated, Say

PRICE = {"price": Decimal(30_000_000), "net_book": Decimal(1), "land_paid": Decimal(1)}


def sale(**stated):
    around = Surroundings(content().parameters, AS_OF)
    return Calculated("甲", MODELS["transfer"],
                      Scenario(MODELS["transfer"], PRICE | stated, around).result())  # fmt: skip


def strong(found):
    [first, *_] = scenario_sheets(found, 1, texts())
    return [b.text for b in first.blocks if isinstance(b, Paragraph) and b.strong]


def test_a_sale_says_which_methods_of_tax_nobody_chose_and_what_their_rates_warn_of():
    """The workbook took the simplified levy of VAT without a word that it may have ended."""
    told = strong(sale())
    [choices] = [text for text in told if "按默认选择计算" in text]
    for words in ("增值税计税方法（简易计税）", "取得方式（自建）", "土地增值税方法（旧房评估法）"):
        assert words in choices
    assert any("2026-01-01增值税法施行后是否延续须核对" in text for text in told)
    [numbers] = [text for text in told if "按默认值计算" in text]
    assert "另有 4 项数值" in numbers  # three fees of 0 and the whole share of surcharges
    assert "增值税计税方法（简易计税）" in assumed(sale(), Say(texts()))


def test_what_was_chosen_is_not_called_a_default():
    chosen = sale(vat_method="简易计税", acquired="自建", location="市区", lat_method="旧房评估法")
    told = strong(chosen)
    assert not [text for text in told if "默认选择" in text]
    assert "默认选择" not in assumed(chosen, Say(texts()))
    fees = {key: Decimal(1) for key in ("appraisal_fee", "exchange_fee", "other_fee")}
    stated = sale(**fees, surcharge_share=Decimal(1))
    assert not [text for text in strong(stated) if "按默认值计算" in text]


def test_a_letting_counts_its_usual_numbers_too():
    stated = {key: plain(value) for key, value in SAMPLES["lease_up"].items()}
    result = Scenario(MODELS["lease_up"], stated, AROUND).result()
    told = strong(Calculated("甲", MODELS["lease_up"], result))
    assert any("还款方式" in text or "按默认值计算" in text for text in told)


def test_the_workbooks_parameters_have_their_notes():
    [table] = parameters_sheet([sale()], AS_OF, texts()).tables
    notes = dict(zip((c.value for c in table.cells("code")),
                     (c.value for c in table.cells("note")), strict=True))  # fmt: skip
    assert "是否延续须核对" in notes["vat_simple_rate"]
    assert notes["cit_rate"] == "—"
