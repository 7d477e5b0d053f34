"""What a portfolio tells of each park: its records, its first pathway and why."""

import re
from dataclasses import replace

from tests.builders import a_building, a_lease, a_park, an_encumbrance, an_enterprise
from tests.full_park import a_full_park
from tests.portfolio_rig import LONG, apart, portfolio_of, report_of_six_parks
from workbench.domain.report.model import CellState
from workbench.domain.report.sections.portfolio.annexes import MOST_RECORDS

BLANK = ("half-C3", "half-C4")
"""Leases whose area nobody knows."""


def test_firms_of_other_parks_are_no_records_of_a_park():
    """Thirty parks of 1,600 records counted every firm thirty times and lost their formulas."""
    records = []
    for park in ("a", "b"):
        records += [a_park(park, name=park), a_building(f"{park}B", park=park)]
        for n in range(3):
            records.append(an_enterprise(f"{park}F{n}"))
            records.append(a_lease(f"{park}C{n}", building=f"{park}B", tenant=f"{park}F{n}"))
    table = next(t for t in portfolio_of(*records).sheet("portfolio_sources").tables)
    assert [cell.value for cell in table.cells("records")] == [8, 8]
    assert len(records) == 16 < MOST_RECORDS


def test_a_pathway_stands_with_its_reasons_and_none_where_nothing_is_told():
    """A park of which only the name is known was told a pathway that nothing spoke for."""
    report = report_of_six_parks()
    findings = next(t for s in report.sheets for t in s.tables if t.number == "表3-1")
    named = zip(findings.cells("park"), findings.cells("pathway"), strict=True)
    found = {park.value: pathway for park, pathway in named}
    assert found["空园"].state is CellState.UNKNOWN
    assert "加权" in found["全数园区"].value
    told = [cell.value for cell in found.values() if cell.state is CellState.KNOWN]
    assert all("\n" in text and "分" in text for text in told)


def test_parks_of_one_name_are_told_apart_by_their_codes():
    report = portfolio_of(a_park("a", name="东园", code="A1"), a_park("b", name="东园", code="B2"))
    [table] = [t for t in report.sheet("portfolio_scale").tables if t.number == "表1-1"]
    assert [cell.value for cell in table.cells("park")] == ["东园（A1）", "东园（B2）"]
    assert "东园（A1）、东园（B2）" in [cell.value for _, cell in report.cover.facts]


def test_a_park_is_named_once_in_its_own_row_and_sources_lead_to_tables():
    report = report_of_six_parks()
    tables = {table.name: table for sheet in report.sheets for table in sheet.tables}
    parks = next(table for table in tables.values() if table.records == "park")
    assert [column.key for column in parks.columns].count("name") == 1
    assert "of_park" not in [column.key for column in parks.columns]
    links = {table.number: table.source_link for table in tables.values()}
    for number in ("表1-1", "表1-2", "表1-3", "表1-4", "表2-1", "表2-2", "表2-4", "表E-16"):
        assert links[number].partition("@")[0] in tables, number
    assert len({links[number] for number in ("表1-1", "表1-3", "表1-4", "表2-1")}) == 4


def test_what_most_values_wait_for_comes_first_over_all_parks():
    """Thirty parks printed 44 pages of what each indicator of each park lacks."""
    report = report_of_six_parks()
    first, parks = report.sheet("portfolio_gaps").tables
    waiting = [cell.value for cell in first.cells("waiting")]
    assert waiting == sorted(waiting, reverse=True)
    assert waiting[0] > waiting[-1]
    assert len(first.rows) < 100
    assert len(parks.rows) == 6
    empty = next(row for row in parks.rows if row[1].value == "空园")
    assert "项指标" in empty[-1].value


def test_a_kind_of_facility_that_two_parks_lack_is_two_places():
    def places(*parks):
        table = next(iter(portfolio_of(*parks).sheet("portfolio_gaps").tables))
        named = zip(table.cells("missing"), table.cells("places"), strict=True)
        return next(count.value for name, count in named if "配套设施记录" in name.value)

    one, two = a_park("a", name="东园"), a_park("b", name="西园")
    assert places(one) > 1
    assert places(one, two) == 2 * places(one)


def test_limits_in_force_are_summed_and_an_unknown_amount_is_counted_beside_the_sum():
    told = {"status": "有效", "building": "B"}
    report = portfolio_of(
        a_park("a", name="东园"),
        a_building("B", park="a"),
        an_encumbrance("M", kind="抵押", amount=5_000_000, **told),
        an_encumbrance("N", kind="抵押", **told),
        an_encumbrance("S", kind="查封", **told),
        an_encumbrance("R", kind="抵押", amount=9_000_000, status="已解除", building="B"),
        a_park("b", name="西园"),
    )
    [table] = [t for t in report.sheet("portfolio_scale").tables if t.number == "表1-4"]
    east, west = sorted(table.rows, key=lambda row: row[1].value)
    assert [cell.value for cell in east[2:]] == [500, 1, None, 1, None, 1]
    assert all(cell.state is CellState.UNKNOWN for cell in west[2:])


def test_a_park_is_asked_for_its_own_data_only():
    """Each park is compared with the others, so their blanks were counted as its own."""
    parks = [*apart(a_full_park(), "full", "甲园")]
    for record in apart(a_full_park(), "half", "乙园"):
        known = {k: v for k, v in record.values.items() if k != "area"}
        parks.append(replace(record, values=known) if record.key in BLANK else record)
    first, _ = portfolio_of(*parks).sheet("portfolio_gaps").tables
    areas = next(row for row in first.rows if row[1].value == "租约的租赁面积")
    assert areas[first.place("places")].value == 2
    assert "甲园" not in areas[first.place("parks")].value


def in_the_report(number, report=None):
    """The rows of a table of the six parks by the names of the parks."""
    report = report or report_of_six_parks()
    [table] = [t for s in report.sheets for t in s.tables if t.number == number]
    rows = zip(table.cells("park"), table.rows, strict=True)
    return table, {
        name.value: {c.key: cell for c, cell in zip(table.columns, row, strict=True)}
        for name, row in rows
    }


def test_what_the_ledger_calls_seized_without_a_record_is_no_seizure_of_nothing():
    """Parcel 2 is seized by the ledger's own column alone: 0.00 and nothing to verify stood."""
    _, amounts = in_the_report("表1-4")
    full = amounts["全数园区"]
    assert full["seized"].state is CellState.UNKNOWN
    assert [full[k].value for k in ("seized_open", "pledged_open", "other_open")] == [1, 0, 0]
    assert full["pledged"].number > 0  # its mortgaged assets have records
    assert full["other"].number == 0  # every asset says that nothing else lies on it


def test_what_nobody_says_of_an_asset_is_no_amount_of_0_either():
    _, amounts = in_the_report("表1-4")
    odd = next(row for name, row in amounts.items() if "乙园" in name)
    assert odd["pledged"].state is CellState.UNKNOWN
    assert (odd["seized"].number, odd["seized"].state) == (300, CellState.PARTIAL)
    assert [odd[k].value for k in ("seized_open", "pledged_open", "other_open")] == [1, 2, 2]


def test_assets_of_which_nobody_knows_a_mortgage_are_to_verify_and_not_unmortgaged():
    _, states = in_the_report("表1-3")
    found = {
        name: (row["pledged"].value, row["pledged_open"].value) for name, row in states.items()
    }
    assert found["全数园区"] == (2, 0)
    assert (found["小园"], found["只有地块的园区"]) == ((None, 1), (None, 2))
    assert next(each for name, each in found.items() if "乙园" in name) == (None, 2)
    assert states["小园"]["pledged"].state is CellState.UNKNOWN
    assert states["全数园区"]["seized"].state is CellState.KNOWN


def test_an_estimate_stays_marked_in_the_scale_of_its_park_and_in_the_total():
    table, scale = in_the_report("表1-1")
    small, full = scale["小园"], scale["全数园区"]
    estimates = (full["gfa"], small["rentable"], small["occupancy"])
    assert {cell.state for cell in estimates} == {CellState.ESTIMATED}
    known = (full["rentable"], full["net"], small["let"])
    assert {cell.state for cell in known} == {CellState.KNOWN}
    marks = {key: table.totals[key].mark for key in ("gfa", "rentable", "net", "land")}
    assert marks == {"gfa": "约", "rentable": "约", "net": "", "land": ""}


def test_the_sentence_on_unknown_values_comes_to_what_its_table_adds_up():
    """207 values stood above a column of 208: a known value may wait for its verdict."""
    report = report_of_six_parks()
    told = report.sheet("portfolio_gaps").blocks[0].text
    _, gaps = in_the_report("表4-2")
    pending = sum(row["pending"].value for row in gaps.values())
    assert pending == 208
    assert f"共 {pending} 个" in told
    assert "207 个指标数值待核；另有 1 个数值已知而评价待核" in told


def test_sources_name_sheets_that_are_there():
    """Parks were read from a sheet on assets, which only the report of one park has."""
    report = report_of_six_parks()
    titles = {sheet.title.partition(" ")[0] for sheet in report.sheets}
    table = next(t for s in report.sheets for t in s.tables if t.key == "traces")
    told = "、".join(str(cell.value) for cell in table.cells("from"))
    named = set(re.findall(r"条（(.+?)）", told))
    assert named
    assert named <= titles


def test_errors_that_keep_it_a_draft_are_listed_with_their_parks():
    report = report_of_six_parks()
    [table] = [t for s in report.sheets for t in s.tables if t.number == "表3-3"]
    assert f"有 {len(table.rows)} 项错误" in report.cover.draft_notice
    assert all(cell.value.startswith("2#楼：") for cell in table.cells("error"))
    named = {str(row[1].value) for row in table.rows}
    assert len(named) == 2
    assert all(name == "全数园区" or LONG.startswith(name.partition("…")[0]) for name in named)
    tables = portfolio_of(a_park("a", name="东园")).sheet("portfolio_findings").tables
    assert "表3-3" not in [each.number for each in tables]


def test_totals_by_park_and_by_row_say_what_they_add_up():
    """The let area came to two sums of known numbers, 64,665 and 103,953."""
    report = report_of_six_parks()
    tables = {t.key or t.number: t for s in report.sheets for t in s.tables}
    by_park, by_row = tables["scale"], tables["calc_space"]
    assert by_park.totals["let"].number < by_row.totals["let"].number
    assert any("按园区相加" in note and "附表E-1" in note for note in by_park.notes)
    assert any("逐条相加" in note and "表1-1" in note for note in by_row.notes)
    assert by_row.notes[-1] in [b.text for b in report.sheet("portfolio_annex_a").blocks[:2]]
