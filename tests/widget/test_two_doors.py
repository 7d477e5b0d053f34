"""The window and the command line are two doors to the same services: same input, same result."""

import json
from datetime import date

import pytest

from tests.widget.page_rig import a_rig
from workbench.application.assessment.assess_report import assess_report, counted, indicators_report
from workbench.cli.main import main
from workbench.domain.catalogue import CATALOGUE
from workbench.ui.models.problems import ProblemIndex
from workbench.ui.models.record_table import RecordTable


@pytest.fixture
def rig(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot, sample=True)
    yield rig
    rig.close()


def run(capsys, *words):
    main([str(word) for word in words])
    return json.loads(capsys.readouterr().out)


def test_both_doors_assess_alike(rig, qtbot, capsys):
    park = ("--park", "BH", "--as-of", "2026-10-31", "--json")
    by_command = run(capsys, "assess", rig.services.project, *park)
    rig.context.choose_as_of(date(2026, 10, 31))
    rig.context.assessed.compute()
    rig.settle(qtbot)
    draft = rig.context.assessed.draft
    texts = rig.program.texts()
    assert json.loads(json.dumps(assess_report(draft, texts))) == by_command
    by_command = run(capsys, "indicators", rig.services.project, *park)
    by_window = indicators_report(draft.scope, draft.indicators, texts)
    by_window["ledger_findings"] = counted(finding for finding in draft.findings if finding.entity)
    assert json.loads(json.dumps(by_window)) == by_command


def test_both_doors_read_a_typed_text_alike(rig, qtbot, capsys):
    project = rig.services.project
    ledger = rig.services.querying.ledger()
    model = RecordTable(rig.context, CATALOGUE["parcel"], rig.host)
    model.show_records(ledger.all("parcel"), ledger, ProblemIndex())
    row = next(at for at, r in enumerate(ledger.all("parcel")) if r.get("code") == "B-C01")
    column = next(at for at, c in enumerate(model.columns()) if c.key == "area_cert")
    assert model.setData(model.index(row, column), "3.33公顷")
    rig.settle(qtbot)
    where = ("--filter", "code=B-C01", "--json")
    typed = run(capsys, "list", project, "parcel", *where)["records"][0]["values"]["area_cert"]
    run(capsys, "set", project, "parcel", "B-C01", "area_cert=51亩", "--json")
    run(capsys, "set", project, "parcel", "B-C01", "area_cert=3.33公顷", "--json")
    listed = run(capsys, "list", project, "parcel", *where)["records"][0]["values"]
    assert listed["area_cert"] == typed == 33300
