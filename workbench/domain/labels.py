# SPDX-License-Identifier: MIT
"""Codes whose label for people is looked up in the text room ``content``."""

import re
from enum import StrEnum


def label_key(kind: str, code: str) -> str:
    """Return the text key of a code's label, such as ``content.role.legal``."""
    return f"content.{kind}.{re.sub(r'[^0-9a-zA-Z]+', '_', code).lower()}"


class Labelled(StrEnum):
    """An enumeration whose members have a label under ``content.<enum name>.<member name>``."""

    @property
    def text_key(self) -> str:
        """Return the text key of this member's label."""
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()
        return label_key(kind, self.name)
