"""Who may import whom, checked from outside in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.cli.rooms import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def python(code):
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1"),
        capture_output=True,
        encoding="utf-8",
    )


def loaded_by(module):
    """Return the top-level packages that importing the module brings in."""
    code = (
        "import importlib, pkgutil, sys\n"
        f"found = importlib.import_module({module!r})\n"
        "for part in pkgutil.iter_modules(getattr(found, '__path__', [])):\n"
        f"    importlib.import_module({module!r} + '.' + part.name)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    result = python(code)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.split())


def test_the_import_contracts_hold():
    check = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    result = python(check)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("package", ["workbench.domain", "workbench.application"])
def test_the_core_brings_in_no_tool(package):
    tools = {"PySide6", "shiboken6", "sqlalchemy", "alembic", "openpyxl", "python_calamine"}
    assert loaded_by(package) & (tools | {"platformdirs"}) == set()


def test_numbers_are_crunched_in_few_rooms_that_are_loaded_when_used():
    """numpy costs a start of its own; whoever needs such a room imports it where it is called."""
    rooms = (
        "workbench/domain/matching/index.py",
        "workbench/domain/finance/",
        "workbench/excel/reading/aes.py",
    )
    users = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "workbench").rglob("*.py")
        if re.search(r"^\s*(import|from) (numpy|pyxirr)\b", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {user for user in users if not user.startswith(rooms)} == set()
    assert loaded_by("workbench.application") & {"numpy", "pyxirr"} == set()


def test_the_command_line_brings_in_no_qt():
    assert loaded_by("workbench.cli") & {"PySide6", "shiboken6"} == set()


def test_the_command_line_starts_without_the_excel_and_number_libraries():
    """They are loaded by the command that needs them, so that the others answer at once."""
    every_room = "import sys, workbench.cli.main as cli; cli.rooms_of(()); print(*sys.modules)"
    result = python(every_room)
    assert result.returncode == 0, result.stderr
    assert set(result.stdout.split()) & {
        "openpyxl", "python_calamine", "numpy", "alembic", "pypinyin",
    } == set()  # fmt: skip


def test_a_command_loads_no_room_but_its_own():
    """All rooms take longer to load than most commands take to answer."""
    asked = "cli.build_parser(Program().texts(), ['--language', 'en', 'list', 'x.park'])"
    result = python(
        "import sys, workbench.cli.main as cli\nfrom workbench.bootstrap import Program\n"
        f"{asked}; print(*sys.modules)"
    )
    assert result.returncode == 0, result.stderr
    rooms = {f"workbench.cli.{room}" for room in COMMANDS}
    assert set(result.stdout.split()) & rooms == {"workbench.cli.records"}
