# SPDX-License-Identifier: MIT
"""Texts of the counted steps in the report, and words inside formulas."""

from typing import Any

from workbench.domain.report.sections.material import Material


def say(m: Material, key: str, **params: Any) -> str:
    """Return a text of the room ``report_steps``."""
    return m.words(f"report_steps.{key}", **params)


def quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def to_verify(m: Material) -> str:
    """Return 待核 as a formula writes it."""
    return quoted(m.say("to_verify"))
