# SPDX-License-Identifier: MIT
"""Texts of the program per language: one TOML file per room, looked up by ``room.key``."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from workbench.domain.overriding import override

LANGUAGES = ("zh_CN", "en")
_NO_ROOMS: Mapping[str, Path] = {}


class _ByNumber(Formatter):
    """Takes ``{n:row|rows}`` for the word that goes with the number: the first for 1."""

    @override
    def format_field(self, value: Any, format_spec: str) -> Any:
        one, bar, many = format_spec.partition("|")
        if bar:
            return one if str(value) == "1" else many
        return super().format_field(value, format_spec)


_BY_NUMBER = _ByNumber()


class TomlTexts:
    """All texts of one language; an unknown key is our bug and raises LookupError naming it.

    A room is read when one of its texts is first asked for: the first window needs three of them.
    """

    def __init__(
        self, language: str, entries: Mapping[str, str], rooms: Mapping[str, Path] = _NO_ROOMS
    ) -> None:
        self._language = language
        self._entries = dict(entries)
        self._unread = dict(rooms)

    @property
    def language(self) -> str:
        """Return the language, such as ``zh_CN``."""
        return self._language

    def has(self, key: str) -> bool:
        """Tell whether the key exists, for texts that are optional."""
        self._read(key.partition(".")[0])
        return key in self._entries

    def keys(self) -> Iterable[str]:
        """Return every key, so that languages can be compared."""
        for room in tuple(self._unread):
            self._read(room)
        return self._entries.keys()

    def everything(self) -> str:
        """Return all texts in one, in which a word of the program's own can be looked up."""
        self.keys()
        return "\n".join(self._entries.values())

    def pattern(self, key: str) -> str:
        """Return a text before its placeholders are filled."""
        self._read(key.partition(".")[0])
        return self._entries[key]

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return the text with its placeholders filled; raises LookupError on a missing one."""
        pattern = self._entries.get(key)
        if pattern is None:
            self._read(key.partition(".")[0])
            pattern = self._entries.get(key)
        if pattern is None:
            raise LookupError(f"no text {key!r} in {self._language}")
        if not params and "{" not in pattern:
            return pattern
        try:
            if "|" in pattern:
                return _BY_NUMBER.format(pattern, **params)
            return pattern.format(**params)
        except KeyError as missing:
            raise LookupError(f"text {key!r} needs the parameter {missing}") from None

    def _read(self, room: str) -> None:
        """Read a room unless it was read before or does not exist."""
        path = self._unread.get(room)
        if path is None:
            return
        entries: dict[str, str] = {}
        with path.open("rb") as file:
            _flatten(room, tomllib.load(file), entries)
        # Filled before it counts as read: another thread may ask meanwhile.
        self._entries.update(entries)
        self._unread.pop(room, None)


def load_texts(language: str, root: Path) -> TomlTexts:
    """Find every room under ``root/<language>``; the room is the file's stem."""
    rooms = {path.stem: path for path in sorted((root / language).glob("*.toml"))}
    if not rooms:
        raise LookupError(f"no texts for {language} in {root}")
    return TomlTexts(language, {}, rooms)


def _flatten(prefix: str, table: Mapping[str, Any], into: dict[str, str]) -> None:
    """Add a table's texts under dotted keys."""
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, Mapping):
            _flatten(name, value, into)
        else:
            into[name] = str(value)
