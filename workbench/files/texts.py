# SPDX-License-Identifier: MIT
"""Texts of the program per language: one TOML file per room, looked up by ``room.key``."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LANGUAGES = ("zh_CN", "en")


class TomlTexts:
    """All texts of one language; an unknown key is our bug and raises LookupError naming it."""

    def __init__(self, language: str, entries: Mapping[str, str]) -> None:
        self._language = language
        self._entries = dict(entries)

    @property
    def language(self) -> str:
        """Return the language, such as ``zh_CN``."""
        return self._language

    def has(self, key: str) -> bool:
        """Tell whether the key exists, for texts that are optional."""
        return key in self._entries

    def keys(self) -> Iterable[str]:
        """Return every key, so that languages can be compared."""
        return self._entries.keys()

    def pattern(self, key: str) -> str:
        """Return a text before its placeholders are filled."""
        return self._entries[key]

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return the text with its placeholders filled; raises LookupError on a missing one."""
        try:
            pattern = self._entries[key]
        except KeyError:
            raise LookupError(f"no text {key!r} in {self._language}") from None
        if not params and "{" not in pattern:
            return pattern
        try:
            return pattern.format(**params)
        except KeyError as missing:
            raise LookupError(f"text {key!r} needs the parameter {missing}") from None


def load_texts(language: str, root: Path) -> TomlTexts:
    """Read every room under ``root/<language>``; the room is the file's stem."""
    entries: dict[str, str] = {}
    for room in sorted((root / language).glob("*.toml")):
        with room.open("rb") as file:
            _flatten(room.stem, tomllib.load(file), entries)
    if not entries:
        raise LookupError(f"no texts for {language} in {root}")
    return TomlTexts(language, entries)


def _flatten(prefix: str, table: Mapping[str, Any], into: dict[str, str]) -> None:
    """Add a table's texts under dotted keys."""
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, Mapping):
            _flatten(name, value, into)
        else:
            into[name] = str(value)
