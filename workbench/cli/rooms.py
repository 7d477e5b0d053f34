# SPDX-License-Identifier: MIT
"""Which room has which commands: only that of the command that is asked for need be loaded.

All of them take longer to load than most commands take to answer.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from workbench.application.ports import Texts


class Room(Protocol):
    """A module that has commands."""

    def declare(self, commands: Any, texts: Texts) -> None:
        """Add the commands of this room."""


COMMANDS = {
    "projects": ("demo", "new", "undo", "log"),
    "imports": ("import",),
    "originals": ("originals",),
    "ledgers": ("export-ledger",),
    "records": ("list", "set"),
    "own_fields": ("fields",),
    "searching": ("find",),
    "duplicates": ("duplicates", "combine", "bulk-set"),
    "parcels": ("split", "join"),
    "encumbrances": ("encumbrances",),
    "evidence": ("evidence",),
    "assess": ("indicators", "assess"),
    "assessments": ("assessments",),
    "cases": ("cases",),
    "contents": ("content",),
    "checklists": ("checklist",),
    "scenarios": ("scenario",),
    "reports": ("report",),
    "redactions": ("redaction",),
    "safekeeping": ("verify", "backup", "restore"),
    "copies": ("merge",),
}
"""The commands of each room, in the order in which help lists them."""


def rooms_of(arguments: Sequence[str]) -> list[Room]:
    """Return the room of the command in these words; every room, in order, without one."""
    asked = _command(arguments)
    found = [room for room, commands in COMMANDS.items() if asked in commands]
    return [cast("Room", import_module(f"workbench.cli.{room}")) for room in found or COMMANDS]


def _command(arguments: Sequence[str]) -> str:
    """Return the command; nothing where more than the language is said before it, such as -h."""
    words = iter(arguments)
    for word in words:
        if word == "--language":
            next(words, "")
        elif not word.startswith("--language="):
            return word
    return ""
