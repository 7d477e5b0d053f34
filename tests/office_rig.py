"""Recalculating a workbook with LibreOffice, its stored values taken out first."""

import os
import re
import shutil
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def recalculated(path, folder):
    """What LibreOffice computes for a workbook without stored values."""
    bare = folder / f"bare-{path.name}"
    stripped(path, bare)
    profile = folder / "profile"
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore",
            "--convert-to", "xlsx", "--outdir", str(folder / "calc"), str(bare),
        ],
        check=True, capture_output=True, timeout=100, env=dict(os.environ),
    )  # fmt: skip
    return load_workbook(folder / "calc" / bare.name, data_only=True)


def stripped(path, target):
    """The same workbook without stored values, so that only a recalculation can give them."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                content = re.sub(rb' t="str"><f>', rb"><f>", content)
            copy.writestr(name, content)
