"""Two exports of one version are the same byte for byte apart from the time of creation."""

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


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return sample_project(tmp_path_factory.mktemp("one") / "a.park")


@pytest.mark.parametrize("kind", KINDS)
def test_another_zone_language_folder_and_order_of_sets_change_the_time_alone(
    project, tmp_path, kind
):
    written = []
    for number, setting in enumerate(SETTINGS):
        folder = tmp_path / ("文 件 夹" * number + "f")
        folder.mkdir()
        copy = folder / f"{number}.park"
        shutil.copy(project, copy)
        command = [sys.executable, "-m", "workbench.cli", "report", str(copy), "r.xlsx"]
        command += ["--park", PARK, "--as-of", AS_OF.isoformat(), *KINDS[kind]]
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "PYTHONUTF8": "1", **setting, **_IMPORTS},
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        written.append(folder)
    assert {p.suffix for p in written[0].iterdir()} - {".park"} >= {".xlsx"}
    for one in written[0].iterdir():
        if one.suffix == ".park":
            continue
        with zipfile.ZipFile(one) as a, zipfile.ZipFile(written[1] / one.name) as b:
            assert a.namelist() == b.namelist()
            changed = [name for name in a.namelist() if a.read(name) != b.read(name)]
        assert set(changed) <= {"docProps/core.xml"}
