# SPDX-License-Identifier: MIT
"""A calculation in words: written from the calculation, readable, and never exploding."""

import pytest

from tests.finance_rig import run
from tests.finance_samples import SAMPLES, model_of
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.words import Wording, write
from workbench.files.texts import LANGUAGES


def test_every_model_has_a_sample():
    assert {model_of(sample) for sample in SAMPLES} == set(MODELS)


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_every_line_and_measure_can_be_read_in_one_breath(sample):
    """A formula refers to other lines instead of repeating them."""
    key = model_of(sample)
    result = run(key, **SAMPLES[sample])
    assert not result.failed
    for language in LANGUAGES:
        wording = Wording(MODELS[key], result, language)
        for line in result.lines:
            for period in range(len(line.amounts)) if not line.single else (None,):
                assert len(wording.formula(line, period)) < 1200, (language, line.key, period)
                assert len(wording.figures(line, period)) < 1200, (language, line.key, period)
    for measure in result.measures:
        if measure.term is not None:
            assert len(write(measure.term, lambda t: "x" if t.label else None, chinese=True)) < 1200


def test_e1_the_vat_in_words_and_in_figures():
    result = run("transfer", **SAMPLES["transfer"])
    wording = Wording(MODELS["transfer"], result, "zh_CN")
    assert wording.formula(result.line("vat")) == "取到分（增值税计税依据 × 增值税率）"
    assert wording.figures(result.line("vat")) == "取到分（1,277.14 万元 × 5.00%）"
    assert wording.figures(result.line("cit")) == "取到分（取大（0，501.83 万元） × 25.00%）"


def test_e5_a_year_is_named_only_where_it_is_another_one():
    result = run("lease_up", **SAMPLES["lease_up"])
    wording = Wording(MODELS["lease_up"], result, "en")
    assert wording.formula(result.line("opex")) == (
        "Effective gross income × Operating cost, share of income"
    )
    balance = result.line("loan_balance")
    assert "(year 2)" in wording.formula(balance, 3)


def test_a_line_over_years_is_explained_by_the_year_that_shows_the_rule():
    result = run("development", **SAMPLES["development"])
    wording = Wording(MODELS["development"], result, "zh_CN")
    assert wording.formula(result.line("debt_service")) == "贷款利息 + 归还本金"
    assert wording.formula(result.line("cit")) == (
        "取大（0，税前利润 − 以前年度可弥补亏损） × 企业所得税税率"
    )


def test_balances_and_ratios_are_not_added_up():
    result = run("lease_up", **SAMPLES["lease_up by month"] | {"loan": 1000000})
    assert result.line("loan_balance").total == result.line("loan_balance").values[-1] == 0
    assert result.line("occupancy_year").total is None
    assert result.line("occupied").total is None
    assert round(result.line("income").total - sum(result.line("income").values), 9) == 0
