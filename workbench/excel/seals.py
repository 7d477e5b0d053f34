# SPDX-License-Identifier: MIT
"""Tells whether a package on the disk is the one that was written: part by part, in order."""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from workbench.domain.findings import OutputError
from workbench.excel.xlsx_package import SHEET_PARTS

Seal = tuple[str, int, int]
"""The name of a part, its size in bytes, its checksum."""


def seals_of(package: zipfile.ZipFile) -> list[Seal]:
    """Return the seals of the parts of a package, in order."""
    return [(info.filename, info.file_size, info.CRC) for info in package.infolist()]


def refuse_altered(
    file: Path, place: Path, sealed: Sequence[Seal], sheets: Sequence[str], *, deep: bool
) -> None:
    """Raise OutputError that names the first part that is not as it was written.

    ``deep`` reads every part, where nothing else has read them.
    """
    try:
        with zipfile.ZipFile(file) as package:
            found = seals_of(package)
            spoiled = package.testzip() if deep else None
    except (zipfile.BadZipFile, zlib.error):
        found, spoiled = [], None
    if found == list(sealed) and spoiled is None:
        return
    there, meant = set(found), set(sealed)
    other = [part for part, _, _ in (*sealed, *found)]
    changed = [part for seal in sealed if seal not in there for part in seal[:1]]
    changed += [part for seal in found if seal not in meant for part in seal[:1]]
    parts = list(dict.fromkeys([*changed, *filter(None, [spoiled])] or other))
    names = {f"{SHEET_PARTS}{number}.xml": name for number, name in enumerate(sheets, start=1)}
    part = names.get(parts[0], parts[0])
    raise OutputError("report_proof.altered", path=str(place), part=part, count=len(parts))
