# SPDX-License-Identifier: MIT
"""Certificate numbers: compared alike however they are written, each of several on its own.

The text of the ledger is kept as it is (domain §3.3); only comparing takes it apart.
"""

import re
import unicodedata

_IGNORED = str.maketrans("", "", " 　()[]〔〕【】")
_BETWEEN = re.compile(r"(?:[、/;；,，\n]+|(?<=号)[和及与])(?![^(（]*[)）])")
"""What stands between certificates, and not within brackets."""
_NUMBERED = re.compile(r"第?[0-9A-Za-z〇-龥()（）\[\]〔〕-]*\d+号?$")
_SHORT = re.compile(r"^第?[A-Za-z]?\d+(?:-\d+)?号?$")
_NUMBER = re.compile(r"第?[A-Za-z]?\d+(?:-\d+)?号?$")


def certificate_key(number: str) -> str:
    """Return a certificate number without brackets, widths and blanks, for comparing only."""
    return unicodedata.normalize("NFKC", number).translate(_IGNORED)


def certificates(text: str) -> tuple[str, ...]:
    """Return each certificate that a cell names, whole: 皖…第001号、第002号 are two of 皖….

    A text of which any part is no number stays one.
    """
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) < 2 or not all(_NUMBERED.search(part) for part in parts):
        return (text.strip(),) if text.strip() else ()
    found: list[str] = []
    for part in parts:
        if found and _SHORT.match(part):
            head = found[-1][: found[-1].rfind("第")] if "第" in part else ""
            part = head + part if head else _NUMBER.sub("", found[-1]) + part
        found.append(part)
    return tuple(dict.fromkeys(found))
