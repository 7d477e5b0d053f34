"""Answers that belong to an assessment name it, in lists, tables and searches."""

import json
from datetime import date

import pytest

from workbench.application.assessment.answering import place_of
from workbench.application.plain import plain_record
from workbench.cli.main import main


@pytest.fixture
def answered(services):
    park = services.editing.add("park", {"code": "QH", "name": "清河机械园"})
    assessment = services.assessments.start("年度评估", park, date(2026, 6, 30))
    services.answering.answer(place_of(park, assessment.key, []), {"creditors_agreed": "是"}, "")
    return services, assessment


def named(services):
    ledger = services.querying.ledger()
    [context] = ledger.all("context")
    return plain_record(context, services.catalogue["context"], ledger)["assessment"]


def test_an_assessment_is_named_and_a_new_name_follows(answered):
    services, assessment = answered
    assert named(services) == "年度评估"
    services.assessments._change(assessment, "assessing.keep_result", {"name": "年度评估（改）"})
    assert named(services) == "年度评估（改）"
    services.history.undo()
    assert named(services) == "年度评估"


def test_what_stands_beside_the_ledger_is_no_part_of_it(answered):
    services, assessment = answered
    ledger = services.querying.ledger()
    assert ledger.find("assessment", assessment.key).label == "年度评估"
    assert "assessment" not in {record.entity for record in ledger}
    park = ledger.all("park")[0].key
    assert ledger.within(park).find("assessment", assessment.key).label == "年度评估"


def test_the_command_line_lists_and_filters_by_the_name(tmp_path, capsys):
    project = str(tmp_path / "清河.park")
    main(["new", project, "--demo"])
    capsys.readouterr()
    main(["list", project, "park", "--json"])
    park = json.loads(capsys.readouterr().out)["records"][0]["values"]["code"]
    main(["assess", project, "--park", park, "--save", "季度评估", "--json"])
    main(["set", project, "context", park, "--assessment", "季度评估", "owners_consent_ratio=80%"])
    capsys.readouterr()
    main(["list", project, "context", "--filter", "assessment=季度评估", "--json"])
    [row] = json.loads(capsys.readouterr().out)["records"]
    assert row["values"]["assessment"] == "季度评估"
    main(["list", project, "context"])
    assert "季度评估" in capsys.readouterr().out
