# SPDX-License-Identifier: MIT
"""Case cards as TOML text: one shipped case cut out of its pack, one own case read."""

import os
from pathlib import Path

from workbench.domain.findings import OutputError

_HEAD = "[[case]]"


def shipped_card(pack: Path, case_id: str) -> str | None:
    """Return the card of a shipped case as it stands in the pack, or None."""
    for block in pack.read_text(encoding="utf-8").split(f"\n{_HEAD}\n")[1:]:
        lines = block.splitlines()
        if lines[0].replace(" ", "") == f'id="{case_id}"':
            kept = [line for line in lines if not line.startswith("# ====")]
            return "\n".join((_HEAD, *kept)).rstrip() + "\n"
    return None


def write_card(path: str, text: str) -> None:
    """Write a card, whole or not at all; OutputError when the place is closed."""
    target = Path(path).expanduser()
    unfinished = target.with_name(target.name + ".new")
    try:
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename on every system
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(target), reason=reason) from error
