"""A sale says what encumbers the assets sold, beside the net proceeds that have not paid it."""

from dataclasses import replace

import pytest

from tests.builders import a_building, a_parcel, a_park, a_record
from tests.finance_rig import AROUND, plain
from tests.finance_samples import SAMPLES
from tests.shipped import texts
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.records.ledger import Ledger
from workbench.domain.report.model import Paragraph
from workbench.domain.report.sections.money.assumptions import assumed
from workbench.domain.report.sections.money.scenario import scenario_sheets
from workbench.domain.report.sections.money.words import Calculated, Say

CLEAR = {"seizure": False, "mortgage": False, "litigation": False}
MORTGAGE = {
    "kind": "抵押", "holder": "甲银行", "amount": 62_000_000, "status": "有效",
    "start_on": "2021-01-08", "end_on": "2031-01-07", "mortgagee_consent": "同意",
}  # fmt: skip


def sold(*rows, parcel=None, building=None, model="transfer"):
    assets = [
        a_park(),
        a_parcel("P", name="A区地", **(CLEAR if parcel is None else parcel)),
        a_building("B", name="4号", parcel="P", **(CLEAR if building is None else building)),
        a_building("C", name="5号", parcel="P"),
    ]
    limits = [
        a_record("encumbrance", f"E{n}", **{"parcel": "P"} | row) for n, row in enumerate(rows, 1)
    ]
    scope = Scope(Ledger.of([*assets, *limits]), "park", frozenset({"B"}), AROUND.as_of, {})
    stated = {key: plain(value) for key, value in SAMPLES[model].items()}
    result = Scenario(MODELS[model], stated, AROUND).result()
    return Calculated("甲", MODELS[model], result, scope=scope)


def shown(found):
    """Return the rows of the table of encumbrances, its notes, and the strong paragraphs."""
    [first, *_] = scenario_sheets(found, 1, texts())
    tables = [table for table in first.tables if table.key == "money1_burdens"]
    rows = [[cell.value for cell in row] for table in tables for row in table.rows]
    notes = [note for table in tables for note in table.notes]
    return rows, notes, [b.text for b in first.blocks if isinstance(b, Paragraph) and b.strong]


def test_a_sale_lists_the_mortgage_of_the_land_that_goes_with_the_building():
    """A building was sold for 3,680 under a mortgage of 6,200 that its page did not tell."""
    found = sold(MORTGAGE)
    rows, notes, _ = shown(found)
    [(asset, limit, amount, ends, status, consent)] = rows
    assert (asset, limit, amount, status, consent) == (
        "A区地",
        "抵押 / 甲银行",
        6200,
        "有效",
        "同意",
    )
    assert ends.isoformat() == "2031-01-07"
    assert [note for note in notes if "没有扣除这些限制所担保" in note]
    assert assumed(found, Say(texts())).startswith(
        "标的上有权利限制 1 项（抵押，甲银行，6,200.00 万元，至 2031-01-07），净得没有扣除其债权。"
    )


def test_what_is_over_or_on_another_building_is_not_told_and_what_is_overdue_is_marked():
    rows, _, _ = shown(sold(
        MORTGAGE | {"status": "已解除"},
        MORTGAGE | {"start_on": "2090-01-01"},
        MORTGAGE | {"parcel": None, "building": "C"},
        {"parcel": None, "building": "B", "kind": "查封", "status": "有效",
         "end_on": "2026-01-01"},
    ))  # fmt: skip
    assert [(row[0], row[1], row[2], row[4]) for row in rows] == [
        ("4号", "查封", None, "有效（期限已过，待核）")
    ]


def test_an_unknown_holder_amount_and_end_are_to_verify_in_the_sentence():
    said = assumed(sold({"kind": "查封", "status": "有效"}), Say(texts()))
    assert said.startswith("标的上有权利限制 1 项（查封，待核，待核，至 待核）")


@pytest.mark.parametrize(
    ("parcel", "building", "text"),
    [
        (CLEAR, CLEAR, "台账写明标的在 2026-06-30 没有查封、抵押、涉诉。"),
        (CLEAR, {}, "台账没有写明有无：4号（查封、抵押、涉诉），待核。"),
        (CLEAR | {"mortgage": True}, CLEAR, "台账标注而没有明细记录：A区地（抵押）"),
    ],
)
def test_without_a_record_it_says_how_far_the_ledger_tells_of_none(parcel, building, text):
    found = sold(parcel=parcel, building=building)
    rows, _, strong = shown(found)
    assert rows == []
    assert any(text in told for told in strong)
    assert (text in assumed(found, Say(texts()))) == (building != CLEAR or parcel != CLEAR)


def test_a_letting_gives_nothing_away_and_a_taking_takes_its_debt_off_itself():
    letting = sold(MORTGAGE, model="lease_up")
    assert shown(letting)[0] == []
    assert "权利限制" not in assumed(letting, Say(texts()))
    taken = sold(MORTGAGE, model="storage")
    assert len(shown(taken)[0]) == 1
    assert "没有扣除" not in assumed(taken, Say(texts()))


def test_a_scenario_of_no_park_has_nothing_to_tell():
    assert shown(replace(sold(MORTGAGE), scope=None))[0] == []
