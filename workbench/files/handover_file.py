# SPDX-License-Identifier: MIT
"""A handed-over checklist as one file: a zip of a manifest and evidence files by their SHA-256."""

import hashlib
import json
import zipfile
from collections.abc import Callable

from workbench.domain.checklist.handover import Handover, HandoverError, from_plain, to_plain
from workbench.domain.findings import InputError
from workbench.files.disk import place_of, written
from workbench.locations import as_place

MANIFEST, EVIDENCE = "checklist.json", "evidence/"
_LARGEST_MANIFEST = 64 * 1024 * 1024
_LARGEST_FILE = 64 * 1024 * 1024
_SAME_TIME = (2000, 1, 1, 0, 0, 0)
"""Every entry has one time, so that the same package is the same bytes."""


def write_handover(path: str, package: Handover, content_of: Callable[[str], bytes]) -> None:
    """Write a package, whole or not at all; OutputError when the place is closed."""
    with (
        written(place_of(path)) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        text = json.dumps(to_plain(package), ensure_ascii=False, indent=1, sort_keys=True)
        archive.writestr(zipfile.ZipInfo(MANIFEST, _SAME_TIME), text)
        for sha256 in sorted({file.sha256 for file in package.files}):
            archive.writestr(zipfile.ZipInfo(EVIDENCE + sha256, _SAME_TIME), content_of(sha256))


def read_handover(path: str) -> tuple[Handover, Callable[[str], bytes]]:
    """Return a package and what reads its evidence by SHA-256.

    InputError when the file is no package, is damaged, or holds a file that is not what it says.
    """
    place = as_place(path)
    try:
        with zipfile.ZipFile(place) as archive:
            manifest = _bounded(archive, MANIFEST, _LARGEST_MANIFEST)
            package = from_plain(json.loads(manifest))
            for file in package.files:
                archive.getinfo(EVIDENCE + file.sha256)
    except FileNotFoundError as error:
        raise InputError("files.missing", path=str(place)) from error
    except OSError as error:
        raise InputError(
            "files.cannot_read", path=str(place), reason=error.strerror or str(error)
        ) from error
    except HandoverError as error:
        raise InputError("handing_over.wrong_part", name=place.name, part=error.place) from error
    except (zipfile.BadZipFile, KeyError, ValueError, RecursionError) as error:
        raise InputError("handing_over.not_a_package", name=place.name) from error

    def content(sha256: str) -> bytes:
        with zipfile.ZipFile(place) as opened:
            found = _bounded(opened, EVIDENCE + sha256, _LARGEST_FILE)
        if hashlib.sha256(found).hexdigest() != sha256:
            raise InputError("handing_over.altered", name=place.name, sha256=sha256[:12])
        return found

    return package, content


def _bounded(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return an entry's bytes; ValueError when it unpacks to more than it may."""
    with archive.open(name) as entry:
        content = entry.read(most + 1)
    if len(content) > most:
        raise ValueError(name)
    return content
