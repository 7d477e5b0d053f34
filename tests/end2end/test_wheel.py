"""The wheel holds the program and its data, and runs without Qt."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_QT = "import sys; sys.modules.update(PySide6=None, shiboken6=None); "


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel with what is installed; nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Unpack the wheel as an installer would."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed, code, *arguments):
    return subprocess.run(
        [sys.executable, "-P", "-c", NO_QT + code, *map(str, arguments)],
        cwd=installed.parent,
        env=dict(os.environ, PYTHONPATH=str(installed), PYTHONUTF8="1"),
        capture_output=True,
        encoding="utf-8",
    )


def test_the_wheel_holds_the_program_its_data_and_the_licences(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    data = {name.split("/")[2] for name in names if name.startswith("workbench/_data/")}
    assert data == {"db", "resources", "templates"}
    for part in ("db/migrations", "db/seed", "resources/translations", "templates/checklists"):
        assert any(name.startswith(f"workbench/_data/{part}/") for name in names), part
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"workbench"}
    licences = {name.split("/licenses/")[1] for name in names if ".dist-info/licenses/" in name}
    assert licences >= {"LICENSE", "resources/fonts/OFL.txt", "resources/icons/LICENSE"}


def test_the_wheel_holds_every_file_of_the_checkout(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = [*ROOT.glob("workbench/**/*.py"), *ROOT.glob("resources/**/*.toml")]
    ours += [*ROOT.glob("db/**/*.py"), *ROOT.glob("db/**/*.toml"), *ROOT.glob("templates/**/*.*")]
    for path in ours:
        inside = path.relative_to(ROOT).as_posix()
        assert inside in names or f"workbench/_data/{inside}" in names


def test_the_unpacked_wheel_finds_its_data_beside_itself(installed):
    result = run(installed, "from workbench import locations; print(locations.resource('fonts'))")
    assert result.returncode == 0, result.stderr
    assert Path(result.stdout.strip()) == installed / "workbench" / "_data" / "resources" / "fonts"


def test_the_command_line_runs_from_the_wheel_without_qt(installed, tmp_path):
    """The whole main job: ledger in, assessment workbook out."""
    code = "import sys; from workbench.cli.main import main; sys.exit(main(sys.argv[1:]))"
    result = run(installed, code, "demo", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".park", ".xlsx"]
