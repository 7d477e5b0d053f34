"""How many records a park of a portfolio has: those that its annexes list."""

from tests.builders import a_building, a_lease, a_park, an_enterprise
from tests.portfolio_rig import portfolio_of
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
