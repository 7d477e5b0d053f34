# SPDX-License-Identifier: MIT
"""Writes zip packages whole or not at all; equal content gives equal bytes."""

import os
import zipfile
from collections.abc import Iterable

from workbench.domain.findings import OutputError
from workbench.files.disk import place_of

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_package(path: str, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write files piece by piece into a zip; OutputError when the place is closed."""
    target = place_of(path)
    unfinished = target.with_name(target.name + ".new")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as package:
            for name, pieces in files:
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                with package.open(entry, "w", force_zip64=True) as part:
                    for piece in pieces:
                        part.write(piece)
        os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename on every system
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(target), reason=reason) from error
    finally:
        unfinished.unlink(missing_ok=True)
