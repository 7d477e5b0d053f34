"""An attacker with SQLite in his hands: what he changes is named, what he cuts off is missed."""

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from workbench.application.project.evidencing import Owner
from workbench.cli.main import main
from workbench.domain.report.model import Paragraph

DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A park with two parcels, of which one was edited, and a paper."""
    from workbench.bootstrap import Program

    folder = tmp_path_factory.mktemp("attacks")
    services = Program(language="zh_CN").create(str(folder / "园.park"))
    park = services.editing.add("park", {"code": "P", "name": "柳溪园"})
    for code in ("L1", "L2"):
        values = {"code": code, "name": f"{code}地", "park": "柳溪园", "area_cert": "30亩"}
        parcel = services.editing.add("parcel", values)
    services.editing.edit("parcel", parcel, "area_cert", "40亩")
    paper = folder / "权证.pdf"
    paper.write_bytes(b"%PDF-1.4 " * 500)
    services.evidencing.attach(Owner("park", park), [str(paper)])
    services.editing.edit("park", park, "name", "柳溪新园")
    report = services.exporting.build(park, DAY, services.program.texts("zh_CN"))
    printed = [
        block.text
        for each in report.sheets
        if each.key == "sources"
        for block in each.blocks
        if isinstance(block, Paragraph) and len(block.text) == 64
    ]
    services.close()
    return services.project, printed[0]


@pytest.fixture
def attack(project, tmp_path):
    """Run statements on a copy, and return the troubles that verify names, and the copy."""

    def run(*statements):
        copy = tmp_path / "改过.park"
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(project[0])) as stored:
            stored.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy)) as stored:
            for sql in statements:
                assert stored.execute(sql).rowcount, sql
            stored.commit()
        return str(copy)

    return run


def verified(copy, capsys, *more):
    status = main(["verify", copy, "--json", *more])
    document = json.loads(capsys.readouterr().out)
    troubles = [
        (each["code"], each["params"].get("record"), each["params"].get("field"))
        for each in document["troubles"]
    ]
    return status, troubles, document["asked"]


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE parcel SET area_cert = area_cert * 2 WHERE code = 'L1'"],
         ("field_altered", "L1地", "area_cert")),
        (["UPDATE parcel SET area_cert = area_cert * 2 WHERE code = 'L2'"],
         ("field_altered", "L2地", "area_cert")),
        (["UPDATE change SET fields = replace(fields, '26666', '36666') WHERE operation = 4"],
         ("log_altered", None, None)),
        (["UPDATE blob_piece SET content = zeroblob(4500)"],
         ("evidence_altered", None, None)),
        (["UPDATE operation SET sequence = 99 WHERE sequence = 5",
          "UPDATE operation SET sequence = 5 WHERE sequence = 6",
          "UPDATE operation SET sequence = 6 WHERE sequence = 99"],
         ("log_altered", None, None)),
        (["DELETE FROM change WHERE operation = 4",
          "DELETE FROM operation_seal WHERE operation = 4",
          "DELETE FROM operation WHERE sequence = 4"],
         ("log_gap", None, None)),
    ],
)  # fmt: skip
def test_what_was_changed_is_named_by_record_and_field(attack, capsys, statements, found):
    status, troubles, _ = verified(attack(*statements), capsys)
    assert status == 1
    assert found in troubles


def test_a_log_cut_off_with_its_values_is_only_missed_by_the_seal_that_was_printed(
    attack, project, capsys
):
    """The last step cut off and the old value put back: only the report's seal tells."""
    _, printed = project
    cut = attack(
        "DELETE FROM change WHERE operation = 6",
        "DELETE FROM operation_seal WHERE operation = 6",
        "DELETE FROM operation WHERE sequence = 6",
        "UPDATE park SET name = '柳溪园', version = version - 1",
        "UPDATE park SET origins = replace(origins, '柳溪新园', '柳溪园')",
    )
    assert verified(cut, capsys)[:2] == (0, [])
    assert verified(cut, capsys, "--seal", printed) == (1, [], {"seal": printed, "step": None})
    whole = attack("UPDATE setting SET value = value")
    assert verified(whole, capsys, "--seal", printed.upper()[:20])[::2] == (
        0, {"seal": printed[:20], "step": 6},
    )  # fmt: skip
    assert main(["verify", whole, "--seal", printed]) == 0
    assert "第 6 步" in capsys.readouterr().out
    assert main(["verify", whole, "--seal", "不是"]) == 2


def test_a_step_before_an_altered_one_is_still_proven_and_one_after_it_is_not(
    attack, project, capsys
):
    _, printed = project
    copy = attack("UPDATE operation SET actor = '别人' WHERE sequence = 5")
    assert verified(copy, capsys, "--seal", printed)[2]["step"] is None
    with closing(sqlite3.connect(copy)) as stored:
        [(early,)] = stored.execute("SELECT digest FROM operation_seal WHERE operation = 4")
    assert verified(copy, capsys, "--seal", early)[2]["step"] == 4
