"""Issue 8, item 5: an indicator that knows a part of its park is marked so in a difference too."""

from tests.integration.conftest import FixedClock
from tests.read_quickly import load_workbook
from tests.shipped import AS_OF
from workbench.bootstrap import Program


def test_a_rate_over_a_part_of_the_park_has_its_mark_on_both_sides_and_on_the_change(tmp_path):
    program = Program(clock=FixedClock())
    services = program.create(str(tmp_path / "部分.park"))
    park = services.editing.add("park", {"code": "P", "name": "甲园"})
    for n in range(7):
        known = {"leased_area": "600", "self_use_area": "0", "lent_area": "0"} if n else {}
        size = {"rentable_area": "1000" if n else "50"}
        services.editing.add("building", {"park": park, "name": f"{n}栋", **size, **known})
    old = services.assessments.start("年中", park, AS_OF)
    old = services.finalizing.move(services.finalizing.move(old, "复核"), "定稿")
    [first] = [b for b in services.querying.records("building") if b.label == "1栋"]
    services.editing.edit("building", first.key, "leased_area", "900")
    new = services.finalizing.new_version(old, "复核")
    path = tmp_path / "差异.xlsx"
    services.reports.difference.export(str(path), old, new, program.texts("zh_CN"))
    services.close()
    sheet = next(s for s in load_workbook(path).worksheets if s.title.startswith("1 "))
    [row] = [row for row in sheet.iter_rows() if "出租率" in str(row[2].value)]
    assert [round(cell.value, 2) for cell in row[3:5]] == [60, 65]
    assert ["*" in cell.number_format for cell in row[3:7]] == [True] * 4
    assert any("只按已知的部分计算" in str(c.value) for line in sheet.iter_rows() for c in line)
