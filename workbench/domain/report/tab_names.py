# SPDX-License-Identifier: MIT
"""How long the name of a worksheet may be, and how a longer one is cut for all to see."""

import re

LONGEST = 31
"""As many letters as Excel gives the name of a worksheet."""
_CUT = "…"
_DANGLING = re.compile(
    r"(?:\W| (?:of|the|an?|with|by|to|be|in|on|and|or|for|from|at|as|what|that|which))+$",
    re.IGNORECASE,
)
"""What would end a name that is cut: Likeness of the."""


def cut(text: str, room: int = LONGEST) -> str:
    """Return a text as it is, or whole words of it and an ellipsis, at most ``room`` letters."""
    if len(text) <= room:
        return text
    kept = text[: room - len(_CUT)]
    if kept[-1].isascii() and text[len(kept)].isascii() and not text[len(kept)].isspace():
        kept = kept.rpartition(" ")[0] or kept  # within a word
    return f"{_DANGLING.sub('', kept)}{_CUT}"
