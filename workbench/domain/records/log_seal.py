# SPDX-License-Identifier: MIT
"""The seal of a change log at one of its steps: what an auditor writes down and compares later."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LogSeal:
    """SHA-256 over a step and everything before it, how many steps that are, and when it was."""

    digest: str
    steps: int
    at: datetime
