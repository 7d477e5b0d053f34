# SPDX-License-Identifier: MIT
"""Turns a workbook into a PDF through an installed LibreOffice, in a child process."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from workbench.application.ports import Progress, Silent
from workbench.domain.findings import OutputError
from workbench.locations import as_place
from workbench.whole_files import whole_file

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 180
_ASKED_EVERY = 0.2
_ENDS_WITHIN, _LOOKS_EVERY = 2.0, 0.02
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


def write_pdf(workbook: str, progress: Progress | None = None) -> str:
    """Write a PDF beside a workbook and return its path; OutputError when there is none.

    LibreOffice runs with a profile of its own, so that an open one is not disturbed; when the
    user stops, it is ended and nothing is written.
    """
    program = find_office()
    source = as_place(workbook).resolve()
    target = source.with_suffix(".pdf")
    if program is None:
        raise OutputError("report_pdf.no_office", path=str(target))
    try:
        # What was ended may write a last time: that must not hide why it was ended.
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name)
            profile = (folder / "profile").as_uri()
            _run(
                [
                    program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
                    "--convert-to", "pdf", "--outdir", str(folder), str(source),
                ],
                progress or Silent(),
            )  # fmt: skip
            made = folder / target.name
            if not made.is_file():
                raise OutputError("report_pdf.failed", path=str(target))
            with whole_file(target) as unfinished:
                shutil.copyfile(made, unfinished)
    except subprocess.TimeoutExpired as error:
        raise OutputError("report_pdf.too_slow", path=str(target), seconds=SECONDS) from error
    except subprocess.CalledProcessError as error:
        raise OutputError("report_pdf.failed", path=str(target)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(target), reason=reason) from error
    return str(target)


def _run(command: Sequence[str], progress: Progress) -> None:
    """Run a program to its end, asking now and then whether it should stop."""
    quiet = subprocess.DEVNULL
    try:  # in a group of its own: what LibreOffice starts must end with it
        begun = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=os.name == "posix"
        )
    except OSError as error:  # it is there and cannot be started: no place to write is at fault
        raise subprocess.CalledProcessError(error.errno or 1, command) from error
    with begun as process:
        try:
            until = time.monotonic() + SECONDS
            while process.poll() is None:
                progress.step(0, 0)
                if time.monotonic() > until:
                    raise subprocess.TimeoutExpired(command, SECONDS)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_ASKED_EVERY)
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        _end(process)  # where only the starter was killed, LibreOffice itself would run on
        raise subprocess.CalledProcessError(process.returncode, command)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if os.name == "posix":
        with suppress(ProcessLookupError):
            until = time.monotonic() + _ENDS_WITHIN
            os.killpg(process.pid, signal.SIGKILL)
            while time.monotonic() < until:  # until nothing of it writes into the folder any more
                process.poll()
                os.killpg(process.pid, 0)
                time.sleep(_LOOKS_EVERY)
    else:
        process.kill()
