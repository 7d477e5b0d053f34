# SPDX-License-Identifier: MIT
"""Where the program keeps what is the user's own: settings, log, the sample park."""

import os
import sys
from pathlib import Path

HOME_VARIABLE = "WORKBENCH_HOME"
BACKUPS = "备份"
"""The folder beside a project that holds its backups, unless another one was chosen."""
_PORTABLE_MARK = "portable.txt"
_PORTABLE_FOLDER = "数据"


def home() -> Path:
    """Return the user's folder: the variable, else beside a portable program, else the system's."""
    if named := os.environ.get(HOME_VARIABLE):
        return Path(named)
    beside = Path(sys.executable).parent
    if getattr(sys, "frozen", False) and (beside / _PORTABLE_MARK).exists():
        return beside / _PORTABLE_FOLDER
    from platformdirs import user_data_path

    return user_data_path("park-workbench", appauthor=False)


def log_file() -> Path:
    """Return the log file."""
    return home() / "workbench.log"


def sample_project() -> Path:
    """Return where the sample park is kept."""
    return home() / "示例园区.park"
