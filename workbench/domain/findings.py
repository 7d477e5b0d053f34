# SPDX-License-Identifier: MIT
"""Complaints as data: what is wrong, where, and what to do; texts are looked up elsewhere."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much a finding matters: E blocks sign-off, W is a reminder, I is information."""

    ERROR = "E"
    WARNING = "W"
    INFO = "I"


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint about one place; the sentence is text key ``finding.<code>`` with params."""

    code: str
    level: Level
    entity: str = ""
    key: str = ""
    field: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    suggestion: str | None = None


class UserError(Exception):
    """Something that a user or a file can cause; the sentence is text key ``error.<code>``."""

    exit_status = 2

    def __init__(self, code: str, /, **params: Any) -> None:
        super().__init__(f"{code} {params}" if params else code)
        self.code = code
        self.params = params


class UsageError(UserError):
    """The command was used wrongly (exit status 2)."""


class RefusedError(UserError):
    """An edit breaks a rule or would overwrite a later change; nothing was written."""


class InputError(UserError):
    """An input file could not be read (exit status 3)."""

    exit_status = 3


class ProjectError(UserError):
    """The project is locked, damaged, newer than the program, or not a project (exit status 4)."""

    exit_status = 4


class OutputError(UserError):
    """The output could not be written; nothing is left half written (exit status 5)."""

    exit_status = 5


class EditConflictError(RefusedError):
    """The stored value is no longer the one that the change was made from."""
