# SPDX-License-Identifier: MIT
"""Writes zip packages whole or not at all; equal content gives equal bytes."""

import zipfile
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from workbench.files.disk import place_of, written

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKED = frozenset(
    [
        ".pdf",
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".heic",
        ".tif",
        ".tiff",
        ".zip",
        ".7z",
        ".rar",
        ".docx",
        ".xlsx",
        ".pptx",
        ".mp4",
    ]
)
"""Kinds of files that are packed already: to pack them again takes minutes and saves nothing."""


def write_package(
    path: str,
    files: Iterable[tuple[str, Iterable[bytes]]],
    check: Callable[[str], None] | None = None,
) -> None:
    """Write files piece by piece into a zip; OutputError when the place is closed.

    ``check`` looks at the zip before it is moved into its place; what it raises leaves no file.
    """
    target = place_of(path)
    with written(target) as unfinished:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as package:
            for name, pieces in files:
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = _method(name)
                entry.external_attr = 0o600 << 16
                with package.open(entry, "w", force_zip64=True) as part:
                    for piece in pieces:
                        part.write(piece)
        if check is not None:
            check(str(unfinished))


def _method(name: str) -> int:
    packed = PurePosixPath(name).suffix.lower() in _PACKED
    return zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
