"""What a summary and a score say of a scenario is all that it says, and no more."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.finance_rig import AROUND, plain
from tests.finance_samples import SAMPLES
from tests.ranking_rig import run, the_park
from tests.shipped import texts
from workbench.domain.explain import Trace
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.finance.settling import Suggestion
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.outcomes import outcome_of
from workbench.domain.ranking.scores import FinancialOutcome
from workbench.domain.ranking.wording import score_sentence
from workbench.domain.report.model import Paragraph
from workbench.domain.report.sections.money.assumptions import assumed
from workbench.domain.report.sections.money.chapter import headline, key_money
from workbench.domain.report.sections.money.scenario import scenario_sheets
from workbench.domain.report.sections.money.words import Calculated, Say

WORTH = Decimal(9_000_000)


@pytest.mark.parametrize(("count", "told"), [(1, 1), (4, 4), (6, 6), (9, 5)])
def test_the_summary_names_every_scenario_or_says_how_many_it_leaves_out(count, told):
    """A fourth scenario, the largest of all, was not mentioned."""
    unknown = SimpleNamespace(accounts=(), measures=())
    scenarios = [SimpleNamespace(name=f"方案{n}", result=unknown) for n in range(count)]
    whole = SimpleNamespace(whole_park=True)
    material = SimpleNamespace(scenarios=scenarios, scope=whole, words=texts())
    said = [block.text for block in key_money(material)]
    assert [f"方案{n}：" in text for n, text in enumerate(said[:told])] == [True] * told
    rest = count - told
    assert said[told:] == ([f"另有 {rest} 个测算方案没有列在这里，结果见第 7 章。"] if rest else [])


@pytest.mark.parametrize(
    ("outcome", "there", "absent"),
    [
        ({"npv_with_terminal": WORTH, "npv_without_terminal": WORTH / 2}, "计终值", "没有"),
        ({"npv_with_terminal": WORTH, "npv_without_terminal": WORTH, "has_terminal": False},
         "没有终值", "计终值"),
        ({"net_cash_share": Decimal("0.9"), "has_terminal": False}, "净回款占比 90.00%", "终值"),
    ],
)  # fmt: skip
def test_a_score_names_a_terminal_value_only_of_a_scenario_that_has_one(outcome, there, absent):
    outcomes = {"P09": FinancialOutcome("P09", "方案", **outcome)}
    for_return = run(*the_park(), outcomes=outcomes).ranking.placing("P09").scores[Criterion.RETURN]
    sentence = score_sentence(for_return, texts())
    assert there in sentence
    assert absent not in sentence


@pytest.mark.parametrize(
    ("sample", "has_terminal"), [("lease_up", True), ("transfer", False), ("joint_venture", False)]
)
def test_a_terminal_value_is_one_that_the_scenario_computes(sample, has_terminal):
    scenario = Scenario(
        MODELS[sample], {key: plain(value) for key, value in SAMPLES[sample].items()}, AROUND
    )
    assert outcome_of(scenario.result(), "P09", "方案").has_terminal is has_terminal


@pytest.mark.parametrize(("stated", "told"), [(12_600_000, 29_550_000), (29_550_000, None)])
def test_an_input_that_contradicts_the_ledger_says_what_the_ledger_has(stated, told):
    """A sale was worked out on a book value of 1,260 where the ledger had 2,955."""
    found = Suggestion(Decimal(29_550_000), Trace("finance.from_ledger"))
    around = replace(AROUND, ledger={"net_book": found})
    inputs = {"price": WORTH, "net_book": Decimal(stated)}
    result = Scenario(MODELS["transfer"], inputs, around).result()
    assert result.settled["net_book"].ledger == told
    sheets = scenario_sheets(Calculated("甲", MODELS["transfer"], result), 1, texts())
    rows = [row for sheet in sheets for table in sheet.tables for row in table.rows]
    [source] = [row[1].value for row in rows if row[0].value == "账面净值"]
    assert source == ("分析人填写；按台账推算为 2,955.00 万元" if told else "分析人填写")
    strong = [b.text for b in sheets[0].blocks if isinstance(b, Paragraph) and b.strong]
    notice = (
        "与按台账推算的数不同的输入：“账面净值”填写 1,260.00 万元，按台账推算为 2,955.00 万元。"
    )
    assert any(text.startswith(notice) for text in strong) == bool(told)
    found = assumed(Calculated("甲", MODELS["transfer"], result), Say(texts()))
    assert ("填写的账面净值与按台账推算的数不同" in found) == bool(told)


@pytest.mark.parametrize("key", MODELS)
def test_answers_before_income_tax_are_called_that(key):
    """Letting and holding bear property tax alone; a sale works its income tax out."""
    sample = SAMPLES.get(key) or SAMPLES["lease_up"]
    model = MODELS[key if key in SAMPLES else "lease_up"]
    result = Scenario(model, {k: plain(v) for k, v in sample.items()}, AROUND).result()
    found = Calculated("甲", model, result)
    said = " ".join(
        getattr(b, "text", "") for s in scenario_sheets(found, 1, texts()) for b in s.blocks
    )
    before_tax = model.key in ("hold", "lease_up", "expansion")
    assert ("税前口径" in said) == before_tax
    material = SimpleNamespace(
        scenarios=[found], scope=SimpleNamespace(whole_park=True), words=texts(), language="zh_CN"
    )
    [told] = key_money(material)
    assert ("（税前" in told.text) == (before_tax and headline(found) is not None)


@pytest.mark.parametrize(
    ("sample", "told"),
    [("lease_up", "npv"), ("joint_venture", "npv"), ("transfer", "net_proceeds")],
)
def test_a_scenario_is_told_by_what_it_comes_to_and_not_by_what_is_received(sample, told):
    """The summary gave what a state firm receives, and not the 9,800 that it pays in."""
    inputs = {key: plain(value) for key, value in SAMPLES[sample].items()}
    model = MODELS[sample]
    found = Calculated("甲", model, Scenario(model, inputs, AROUND).result())
    assert headline(found).key == told


@pytest.mark.parametrize(
    ("sample", "party"),
    [("joint_venture", "国企"), ("lease_up", "项目（相对不行动）"), ("transfer", ""), ("hold", "")],
)
def test_the_summary_says_whose_net_present_value_it_tells_where_others_have_one(sample, party):
    inputs = {key: plain(value) for key, value in SAMPLES[sample].items()}
    model = MODELS[sample]
    found = Calculated("甲", model, Scenario(model, inputs, AROUND).result())
    material = SimpleNamespace(
        scenarios=[found], scope=SimpleNamespace(whole_park=True), words=texts(), language="zh_CN"
    )
    [said] = key_money(material)
    beginning = f"甲：{party}的净现值" if party else "甲："
    assert said.text.startswith(beginning)
    assert ("其他各方见第 7 章" in said.text) == bool(party)
