# SPDX-License-Identifier: MIT
"""A text of the shipped content in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Chinese and in English."""

    zh: str
    en: str

    def get(self, language: str) -> str:
        """Return the text in a language; every language but Chinese gets the English one."""
        return self.zh if language.startswith("zh") else self.en

    def format(self, *values: str) -> "Bilingual":
        """Return the text with its numbered placeholders filled in, in both languages."""
        return Bilingual(self.zh.format(*values), self.en.format(*values))


NO_TEXT = Bilingual("", "")
"""The text of what needs none, such as an empty note."""
