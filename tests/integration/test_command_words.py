"""What the words of a command may be (contract: PROJECT is a .park file, OUT a workbook)."""

import errno
import json
import os
import signal
from argparse import ArgumentParser

import pytest

from workbench.application.system_words import with_system_words
from workbench.bootstrap import Program
from workbench.cli import __main__ as entry
from workbench.cli.main import build_parser, main
from workbench.cli.rooms import COMMANDS, rooms_of
from workbench.domain.indicators.indicator import Band
from workbench.domain.pathways.feasibility import Feasibility


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    place = tmp_path_factory.mktemp("words") / "园 区 'q\" 😀.park"
    services = Program(language="zh_CN").create(str(place))
    services.editing.add("park", {"code": "甲", "name": "甲园区"})
    services.close()
    return str(place)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("new X.xlsx", "X.park"),
        ("new X", "X.park"),
        ("new X.xlsx --demo", "X.park"),
        ("restore P X.xlsx", "X.park"),
        ("restore P X.xlsx --dry-run", "X.park"),
        ("export-ledger P X.txt", "X.xlsx"),
        ("report P X.pdf --park 甲", "X.xlsx"),
        ("report P X.pdf --park 甲 --pdf", "X.xlsx"),
        ("report P X.xlsm --portfolio", "X.xlsx"),
        ("list P park --filter level=省 --filter level=市", "level"),
        ("list P park --filter level=乱", "乱"),
        ("set P park 甲 name=一 name=二", "name"),
    ],
)
def test_a_word_that_cannot_be_meant_is_refused_and_nothing_is_written(
    project, tmp_path, monkeypatch, capsys, words, said
):
    monkeypatch.chdir(tmp_path)
    assert main([project if word == "P" else word for word in words.split()]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["indicators", "assess"])
def test_english_names_what_the_documents_call_in_chinese(project, capsys, command):
    assert main(["--language", "en", command, project, "--park", "甲"]) == 0
    words = capsys.readouterr().out
    found = [code for code in (*Feasibility, *Band, "重", "稳健", "待核") if code in words]
    assert found == []
    assert "To verify" in words or "to verify" in words


def test_a_name_of_any_characters_is_a_project(project, capsys):
    assert main(["list", project, "park", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["records"][0]["values"]["name"] == "甲园区"


def test_the_reason_of_the_system_is_said_in_the_language_of_the_program(project, tmp_path, capsys):
    assert main(["cases", project, "export", "C01", str(tmp_path / "无" / "x.toml")]) == 5
    assert "没有这个文件或文件夹" in capsys.readouterr().err
    said = with_system_words({"reason": os.strerror(errno.EROFS)}, Program().texts("en"))
    assert said["reason"] == "the disk can only be read"
    assert with_system_words({"reason": "?"}, Program().texts("en")) == {"reason": "?"}


def test_a_mistake_in_a_file_is_named_by_line_and_column(project, tmp_path, capsys):
    place = tmp_path / "坏.toml"
    place.write_text("a = 1\nb c\n", encoding="utf-8")
    assert main(["scenario", project, "run", str(place)]) == 3
    assert "第2行第3列" in capsys.readouterr().err


@pytest.mark.parametrize("wrapped", [False, True])
def test_ctrl_c_ends_any_command_with_130_and_a_sentence(project, monkeypatch, capsys, wrapped):
    """Tidying up after an interruption may fail in turn: Ctrl+C stays the reason."""

    def stopped(*_args, **_options):
        try:
            raise KeyboardInterrupt
        finally:
            if wrapped:
                raise RuntimeError("closed already")

    monkeypatch.setattr(Program, "open", stopped)
    assert main(["list", project, "park"]) == entry.INTERRUPTED == 130
    printed = capsys.readouterr()
    assert "已中断" in printed.err
    assert printed.out == ""


def test_ctrl_c_before_a_command_begins_or_after_it_ended_leaves_no_trace(monkeypatch, capsys):
    kept = []
    monkeypatch.setattr(signal, "signal", lambda *chosen: kept.append(chosen))
    monkeypatch.setattr("workbench.cli.main.main", lambda: 1)
    assert entry.run() == 1
    assert kept == [
        (signal.SIGTERM, signal.default_int_handler),  # what the system ends tidies up too
        (signal.SIGINT, signal.SIG_IGN),
        (signal.SIGTERM, signal.SIG_IGN),
    ]

    def stopped():
        raise RuntimeError from KeyboardInterrupt()

    monkeypatch.setattr("workbench.cli.main.main", stopped)
    assert entry.run() == 130
    assert capsys.readouterr() == ("", "")


def test_half_a_character_on_the_command_line_is_a_sentence_and_stores_nothing(project, capsys):
    """A shell in another encoding hands over bytes that are no UTF-8."""
    main(["list", project, "park", "--json"])
    before = capsys.readouterr().out
    key = json.loads(before)["records"][0]["key"]
    assert main(["set", project, "park", key, "intro=园\udcff区"]) == 2
    assert "UTF-8" in capsys.readouterr().err
    main(["list", project, "park", "--json"])
    assert capsys.readouterr().out == before


def test_rows_that_are_not_imported_are_named_with_the_reason(project, tmp_path, capsys):
    table = tmp_path / "台账.csv"
    rows = (
        "楼栋编号,楼栋名称,建筑面积（㎡）,使用状态",
        "A1,一号,100,出租",
        ",,200,空置",
        "合计,,300,",
    )
    table.write_text("\n".join(rows), "utf-8")
    assert main(["import", project, str(table), "--dry-run"]) == 0
    assert "第 3 行不导入：没有名称和编号" in capsys.readouterr().out


def test_a_room_is_found_by_each_command_that_it_has():
    """A command that its room is not listed with would load every room, and be found there."""
    texts = Program().texts()
    declared = {}
    for room in rooms_of(()):
        commands = ArgumentParser().add_subparsers()
        room.declare(commands, texts)
        declared[room.__name__.rpartition(".")[2]] = tuple(commands.choices)
    assert declared == COMMANDS
    for command in (command for room in COMMANDS.values() for command in room):
        [room] = rooms_of(["--language", "en", command, "--help"])
        assert command in COMMANDS[room.__name__.rpartition(".")[2]]


@pytest.mark.parametrize("words", [[], ["--help"], ["--help", "list"], ["lst"], ["--language"]])
def test_without_a_known_command_all_are_known(words):
    shown = build_parser(Program().texts(), words).format_help()
    assert [c for room in COMMANDS.values() for c in room if f"    {c} " not in shown] == []
