# SPDX-License-Identifier: MIT
"""Which pictures a window paints."""

_PAINTED = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
"""How the kinds of pictures begin that a window paints."""


def is_painted(content: bytes) -> bool:
    """Tell whether a picture is of a kind that a window paints, unlike EMF, WMF and TIFF."""
    return content.startswith(_PAINTED)
