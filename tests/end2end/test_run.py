"""run.py says in one line what it cannot do, on any Python and without a network."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(script, *arguments):
    kept = {name: value for name, value in os.environ.items() if name not in DESKTOP}
    kept = {name: value for name, value in kept.items() if not name.startswith(("PIP_", "UV_"))}
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        env=dict(kept, PYTHONUTF8="1"),
        capture_output=True,
        encoding="utf-8",
    )


def test_an_old_python_can_read_the_file_as_far_as_the_sentence_about_its_age():
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a screen")
def test_a_project_without_a_screen_is_refused_in_words():
    result = run(ROOT / "run.py", "园区.park")
    assert result.returncode == 1
    assert "没有图形桌面，打不开 园区.park 的窗口" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_wheelhouse_that_lacks_packages_is_named_and_nothing_counts_as_ready(tmp_path):
    """Also over a set-up that was cut off: its remains are cleared away, not built upon."""
    for name in ("run.py", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "wheelhouse").mkdir()
    remains = tmp_path / ".venv" / "lib" / "half-written"
    remains.mkdir(parents=True)
    result = run(tmp_path / "run.py")
    assert result.returncode == 1
    assert "wheelhouse 文件夹里缺少适合本机的安装包" in result.stderr
    assert "Traceback" not in result.stderr
    assert not remains.exists()
    assert not (tmp_path / ".venv" / "setup.json").exists()
