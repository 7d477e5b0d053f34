"""Two exports of one version are the same byte for byte apart from the time of creation."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sample_park import sample_project
from workbench import locations
from workbench.application.project.sampling import AS_OF

PARK = "BH"
SETTINGS = (
    {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LANG": "zh_CN.UTF-8"},
    {"TZ": "America/New_York", "PYTHONHASHSEED": "77", "LANG": "C", "LC_ALL": "C"},
)
_IMPORTS = {"PYTHONPATH": str(Path(__file__).parents[2])}
KINDS = {
    "park": ["--evidence"],
    "redacted English, by a template": [
        "--redact", "--evidence", "--language", "en",
        "--template", str(locations.template("excel", "report_base.xlsx")),
    ],
}  # fmt: skip


_EACH_KIND = """
import json, os, sys
from pathlib import Path
from workbench.cli.main import main
given = json.loads(sys.argv[1])
for at, options in enumerate(given["kinds"]):
    Path(str(at)).mkdir()
    os.chdir(str(at))
    status = main(["report", given["project"], "r.xlsx", *options])
    assert status in (0, 1), status
    os.chdir("..")
"""
"""The command for each kind in turn, each in a folder of its own, by one interpreter."""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The folder of each setting, with one folder for each kind."""
    project = sample_project(tmp_path_factory.mktemp("one") / "a.park")
    common = ["--park", PARK, "--as-of", AS_OF.isoformat()]
    folders = []
    for number, setting in enumerate(SETTINGS):
        folder = tmp_path_factory.mktemp("written") / ("文 件 夹" * number + "f")
        folder.mkdir()
        copy = folder / f"{number}.park"
        shutil.copy(project, copy)
        given = {"project": str(copy), "kinds": [[*common, *more] for more in KINDS.values()]}
        done = subprocess.run(
            [sys.executable, "-c", _EACH_KIND, json.dumps(given)], cwd=folder,
            env={**os.environ, "PYTHONUTF8": "1", **setting, **_IMPORTS},
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        folders.append(folder)
    return folders


@pytest.mark.parametrize("kind", KINDS)
def test_another_zone_language_folder_and_order_of_sets_change_the_time_alone(written, kind):
    one, other = (folder / str(list(KINDS).index(kind)) for folder in written)
    assert {p.suffix for p in one.iterdir()} == {".xlsx", ".zip"}
    for file in one.iterdir():
        with zipfile.ZipFile(file) as a, zipfile.ZipFile(other / file.name) as b:
            assert a.namelist() == b.namelist()
            changed = [name for name in a.namelist() if a.read(name) != b.read(name)]
        assert set(changed) <= {"docProps/core.xml"}
