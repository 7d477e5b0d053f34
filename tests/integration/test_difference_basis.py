"""Issue G 5: several changes at once (cell, deleted record, date, assets), each its own cause."""

from datetime import date

import pytest

from tests.integration.conftest import FixedClock
from tests.shipped import AS_OF
from workbench.application.versions.reporting import VersionWords
from workbench.bootstrap import Program

LATER = date(2027, 1, 31)


def reasons(found, kind, subject):
    change = next(c for c in found.results if (c.kind, c.subject) == (kind, subject))
    return [(r.code, r.cell and (r.cell.label, r.cell.field)) for r in change.reasons]


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A final assessment against a later one, and that against one of a single building."""
    program = Program(clock=FixedClock())
    services = program.create(str(tmp_path_factory.mktemp("basis") / "期.park"))
    add = services.editing.add
    park = add("park", {"code": "P", "name": "甲园"})
    for parcel in ("一地", "二地"):
        add("parcel", {"code": parcel, "name": parcel, "park": park, "area_cert": "30亩",
                       "end_on": "2050-01-01"})  # fmt: skip
    for name, parcel in (("一栋", "一地"), ("二栋", "一地"), ("三栋", "二地")):
        add("building", {"code": name, "name": name, "park": park, "parcel": parcel,
                         "gfa_actual": "10000", "rentable_area": "9000"})  # fmt: skip
    for no, building, end in (("H1", "一栋", "2026-12-31"), ("H2", "二栋", "2028-12-31")):
        add("enterprise", {"name": f"{no}公司"})
        add("lease", {"contract_no": no, "building": building, "tenant": f"{no}公司",
                      "area": "4000", "start_on": "2024-01-01", "end_on": end})  # fmt: skip
    old = services.assessments.start("年中", park, AS_OF)
    old = services.finalizing.move(services.finalizing.move(old, "复核"), "定稿")
    keys = {r.label: r.key for e in ("building", "lease") for r in services.querying.records(e)}
    services.editing.edit("lease", keys["H2"], "area", "5000")
    services.editing.edit("building", keys["二栋"], "parcel", "二地")
    services.editing.delete("building", [keys["三栋"]])
    new = services.assessments.start("年后", park, LATER)
    alone = services.assessments.start("单栋", park, LATER, assets=[keys["二栋"]])
    words = VersionWords(program.texts(), services.content)
    yield services.finalizing.compare(old, new), services.finalizing.compare(new, alone), words
    services.close()


def test_a_result_moved_by_a_cell_and_by_the_date_names_both(compared):
    assert reasons(compared[0], "indicator", "I-22") == [
        ("cell", ("H2", "area")), ("date", None),
    ]  # fmt: skip
    assert {code for code, _ in reasons(compared[0], "scale", "let")} == {"cell", "date"}


def test_a_result_moved_by_the_date_alone_names_no_cell(compared):
    """The tenant of a lease that ended is gone whatever the area of the other lease is."""
    assert reasons(compared[0], "scale", "tenants") == [("date", None)]
    assert reasons(compared[0], "indicator", "I-14") == [("date", None)]


def test_a_deleted_record_is_one_cause_and_not_each_of_its_cells(compared):
    found, _, words = compared
    assert reasons(found, "scale", "gfa") == [("cell", ("三栋", ""))]
    gone = [c for c in found.cells if c.label == "三栋" and c.field]
    assert gone
    assert {words.after(cell) for cell in gone} == {"—"}
    assert "待核" not in {words.before(cell) for cell in gone}


def test_a_reference_is_said_by_the_name_of_what_it_names(compared):
    found, _, words = compared
    moved = next(c for c in found.cells if (c.label, c.field) == ("二栋", "parcel"))
    assert (words.before(moved), words.after(moved)) == ("一地", "二地")


def test_other_assets_are_a_cause_of_their_own(compared):
    """Nothing in the ledger changed between the two, only which buildings are looked at."""
    _, alone, _ = compared
    assert not alone.cells
    codes = {r.code for c in alone.results if c.kind == "indicator" for r in c.reasons}
    assert codes == {"scope"}
