"""What a portfolio tells of each park: its records, its first pathway and why."""

from tests.builders import a_building, a_lease, a_park, an_enterprise
from tests.portfolio_rig import portfolio_of, six_parks
from workbench.domain.report.model import CellState
from workbench.domain.report.sections.portfolio.annexes import MOST_RECORDS


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
    report = portfolio_of(*six_parks())
    findings = next(t for s in report.sheets for t in s.tables if t.number == "表3-1")
    named = zip(findings.cells("park"), findings.cells("pathway"), strict=True)
    found = {park.value: pathway for park, pathway in named}
    assert found["空园"].state is CellState.UNKNOWN
    assert "加权" in found["全数园区"].value
    told = [cell.value for cell in found.values() if cell.state is CellState.KNOWN]
    assert all("\n" in text and "分" in text for text in told)
