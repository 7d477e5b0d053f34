"""Domain §7.3: amounts in force apart from released ones, errors by kind, units in English."""

from decimal import Decimal

from tests.builders import a_building, an_encumbrance
from tests.integration.test_report_content import a_small_park
from tests.report_rig import report_of, table_of, texts, words_of
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.report.model import CellState
from workbench.domain.report.sections.cells import with_unit_name


def limits(*amounts):
    return [
        an_encumbrance(f"e{n}", parcel="L", kind="抵押", status=status, amount=amount)
        for n, (status, amount) in enumerate(amounts)
    ]


def test_released_limits_are_not_added_to_those_in_force():
    """Domain §7.3, 表2-3: the total of all says nothing of what burdens the assets today."""
    given = limits(
        ("有效", 30_000_000), ("已解除", 5_000_000), ("有效", None), ("已解除", 1_000_000)
    )
    table = table_of(report_of(*a_small_park(), *given), "assets", "表2-3b")
    place = table.place
    rows = {row[0].value: (row[place("count")], row[place("amount")]) for row in table.rows}
    (burden, money), (released, gone) = rows["有效"], rows["已解除"]
    assert (burden.value, money.value, money.state) == (2, Decimal(3000), CellState.PARTIAL)
    assert (released.value, gone.value, gone.state) == (2, Decimal(600), CellState.KNOWN)
    assert "SUMIFS" in money.formula


def test_limits_of_one_status_need_no_second_table():
    given = limits(("有效", 30_000_000), ("有效", 5_000_000))
    report = report_of(*a_small_park(), *given)
    assert [t.number for t in report.sheet("assets").tables if t.number == "表2-3b"] == []


def test_errors_of_one_kind_are_told_with_their_records_and_counted_beyond_three():
    wrong = [
        a_building(f"W{n}", parcel="L", name=f"{n}号新厂房", rentable_area=100, leased_area=150,
                   self_use_area=0, lent_area=0, vacant_area=0)
        for n in range(6)
    ]  # fmt: skip
    words = words_of(report_of(*a_small_park(), *wrong), "sources")
    lines = [line for line in words.splitlines() if "号新厂房：" in line]
    assert [line[:8] for line in lines[:3]] == [f"{n + 1}. {n}号新厂房" for n in range(3)]
    assert "4. 与上一项同类的错误另有 3 项，见附表D。" in words.splitlines()


def test_no_unit_of_the_ledger_is_left_in_chinese_in_an_english_report():
    titles = [with_unit_name(f, texts("en")) for entity in CATALOGUE for f in entity]
    assert [title for title in titles if any("\u4e00" <= c <= "\u9fff" for c in title)] == []
