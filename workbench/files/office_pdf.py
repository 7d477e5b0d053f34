# SPDX-License-Identifier: MIT
"""Turns a workbook into a PDF through an installed LibreOffice, in a child process."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from workbench.domain.findings import OutputError

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 180
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("/opt/libreoffice/program/soffice"),
)
"""Where installers put it without adding it to the path."""


def find_office() -> str | None:
    """Return where LibreOffice is installed: on the path, or where its installers put it."""
    on_path = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    return on_path or next((str(place) for place in _PLACES if place.is_file()), None)


def write_pdf(workbook: str) -> str:
    """Write a PDF beside a workbook and return its path; OutputError when there is none.

    LibreOffice runs with a profile of its own, so that an open one is not disturbed.
    """
    program = find_office()
    source = Path(workbook).expanduser().resolve()
    target = source.with_suffix(".pdf")
    if program is None:
        raise OutputError("report_pdf.no_office", path=str(target))
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            profile = (folder / "profile").as_uri()
            subprocess.run(
                [
                    program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
                    "--convert-to", "pdf", "--outdir", str(folder), str(source),
                ],
                check=True, capture_output=True, timeout=SECONDS,
            )  # fmt: skip
            made = folder / target.name
            if not made.is_file():
                raise OutputError("report_pdf.failed", path=str(target))
            unfinished = target.with_name(target.name + ".new")
            try:
                shutil.copyfile(made, unfinished)
                os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename on every system
            finally:
                unfinished.unlink(missing_ok=True)
    except subprocess.TimeoutExpired as error:
        raise OutputError("report_pdf.too_slow", path=str(target), seconds=SECONDS) from error
    except subprocess.CalledProcessError as error:
        raise OutputError("report_pdf.failed", path=str(target)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(target), reason=reason) from error
    return str(target)
