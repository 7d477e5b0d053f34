"""Issue 8, item 5: the difference report has every figure that we changed, old, new, cause."""

import zipfile
from datetime import date
from decimal import Decimal

import pytest

from tests.read_quickly import load_workbook
from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Program
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.freezing.told import Told

DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """A final assessment and its next version, with one change of each kind between them."""
    folder = tmp_path_factory.mktemp("told")
    program = Program()
    services = program.create(str(folder / "两版.park"))
    add = services.editing.add
    park = add("park", {"code": "P", "name": "两版园", "city_tier": "县城"})
    add("parcel", {"code": "L", "name": "一地", "park": park, "area_cert": "30亩",
                   "status": "已建成", "holder_type": "国企", "end_on": "2050-01-01"})  # fmt: skip
    building = add("building", {"code": "B", "name": "一栋", "park": park, "parcel": "一地",
                                "gfa_actual": "10000", "rentable_area": "9000"})  # fmt: skip
    old = services.assessments.start("年中", park, DAY)
    for name in ("旧证.pdf", "会议.pdf"):
        (folder / name).write_bytes(f"%PDF {name}".encode())
    services.evidencing.attach(Owner("building", building, ""), [str(folder / "旧证.pdf")], "")
    profit = (Decimal(-100_000), Decimal(3_000_000), Decimal(4_000_000))
    stated = {"net_profit": profit, "years": Decimal(3), "capital": Decimal(10_000_000)}
    services.scenarios.create(
        "合资", "joint_venture", DAY, park_key=park, assessment_key=old.key,
        stated={**stated, "soe_share": Decimal("0.49"), "distribution_share": Decimal("0.7")},
    )  # fmt: skip
    services.ticking.set_state(
        old, "S1-02", ItemState("S1-02", ItemStatus.DONE, owner="张三"), [str(folder / "会议.pdf")]
    )
    old = services.finalizing.move(services.finalizing.move(old, "复核"), "定稿")
    new = services.finalizing.new_version(old, "年末复核")
    [own] = [s for s in services.scenarios.all(park) if s.text("assessment") == new.key]
    services.scenarios.state(own, {"soe_share": Decimal("0.6")})
    services.ticking.set_state(new, "S1-03", ItemState("S1-03", ItemStatus.OPEN, owner="李四"))
    (folder / "新证.pdf").write_bytes(b"%PDF new")
    services.evidencing.attach(Owner("building", building, ""), [str(folder / "新证.pdf")], "")
    yield services, program, old, new, folder
    services.close()


def test_scenarios_checklist_and_evidence_are_results_with_their_cause(versions):
    services, _, old, new, *_ = versions
    changes = services.finalizing.compare(old, new).results
    by_kind = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    assert [c.subject for c in by_kind["task"]] == ["S1-03"]
    [file] = by_kind["evidence"]
    assert (file.subject, file.old) == ("一栋|新证.pdf", None)
    answers = by_kind["scenario"]
    moved = [c for c in answers if isinstance(c.old, Told) and isinstance(c.new, Told)]
    assert len(moved) == len(answers) > 1
    assert all(c.old.shown != c.new.shown or c.old.said != c.new.said for c in moved)
    for change in moved:
        assert [r.code for r in change.reasons] == ["input"]
        assert change.reasons[0].params["item"].field.zh == "国企股权比例"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_difference_report_prints_them(versions, language):
    services, program, old, new, folder = versions
    target = folder / f"差异{language}.xlsx"
    done = services.reports.difference.export(str(target), old, new, program.texts(language))
    book = load_workbook(target, data_only=True)
    rows = [[c.value for c in row] for sheet in book for row in sheet.iter_rows()]
    said = program.texts(language)
    rows = [row for row in rows if len(row) > 4]
    kinds = {str(row[1]) for row in rows}
    for kind in ("scenario", "task", "evidence"):
        assert said(f"report_difference.kind.{kind}") in kinds
    numbers = [row for row in rows if row[1] == said("report_difference.kind.scenario")
               and isinstance(row[3], float) and isinstance(row[4], float)]  # fmt: skip
    for row in numbers:
        assert row[5] == pytest.approx(row[4] - row[3])
    assert len(numbers) > 1
    assert done.results == len(services.finalizing.compare(old, new).results)


def test_a_redacted_difference_names_nobody(versions):
    """Issue 8, item 8: owners of items, files of evidence and scenarios are named in rows."""
    services, program, old, new, folder = versions
    target = folder / "脱敏.xlsx"
    services.reports.difference.export(str(target), old, new, program.texts(), redact=True)
    with zipfile.ZipFile(target) as package:
        parts = "".join(package.read(n).decode("utf-8", "replace") for n in package.namelist())
    assert [name for name in ("李四", "张三", "新证", "合资 V2") if name in parts] == []
    assert "人员00" in parts


def test_nothing_changed_tells_nothing(versions):
    services, _, old, *_ = versions
    assert services.finalizing.compare(old, old).same
