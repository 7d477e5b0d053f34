# SPDX-License-Identifier: MIT
"""Origins that are decoded when somebody asks, kept as text or compressed with their neighbours."""

import json
import zlib
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from workbench.domain.overriding import override
from workbench.domain.values import KeptOrigins, Origin, ValueState
from workbench.storage.encoding import decode_placed

_SPECIAL = tuple(f'"{state.value}"' for state in (ValueState.ESTIMATED, ValueState.NOT_APPLICABLE))
PER_BLOCK = 64
"""Records whose origins are compressed together: fewer would be larger, more slower to open."""


class EncodedOrigins(KeptOrigins):
    """Origins of one record behind their JSON text."""

    __slots__ = ()

    @property
    @abstractmethod
    def text(self) -> str:
        """Return the text of the origins column."""

    @override
    def get(self, name: str, /, default: Any = None) -> Any:
        data = self.data()
        cell = data["of"].get(name)
        return default if cell is None else decode_placed(cell, data["at"])

    @override
    def __getitem__(self, name: str) -> Origin:
        data = self.data()
        return decode_placed(data["of"][name], data["at"])

    @override
    def __contains__(self, name: object) -> bool:
        return name in self.data()["of"]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self.data()["of"])

    @override
    def __len__(self) -> int:
        return len(self.data()["of"])

    @abstractmethod
    def data(self) -> Any:
        """Return the decoded JSON: the rows that were read, and each origin by its field."""


class StoredOrigins(EncodedOrigins):
    """The origins of a record that was read alone."""

    __slots__ = ("_json", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._json: Any = None

    @property
    @override
    def ordinary(self) -> bool:
        return _is_ordinary(self._text)

    @property
    @override
    def text(self) -> str:
        return self._text

    @override
    def data(self) -> Any:
        if self._json is None:
            self._json = json.loads(self._text)
        return self._json


class NeighbourOrigins(EncodedOrigins):
    """The origins of a record that was read with the whole ledger."""

    __slots__ = ("_at", "_block")

    def __init__(self, block: "Block", at: int) -> None:
        self._block = block
        self._at = at

    @property
    @override
    def ordinary(self) -> bool:
        return self._at not in self._block.special

    @property
    @override
    def text(self) -> str:
        return _texts(self._block.packed)[self._at]

    @override
    def data(self) -> Any:
        return _data(self._block, self._at)


class Block:
    """The texts of neighbouring records, compressed as soon as they are all there."""

    __slots__ = ("_texts", "packed", "special")

    def __init__(self) -> None:
        self.packed = b""
        self.special: frozenset[int] = frozenset()
        """The records of which a value is estimated or not applicable."""
        self._texts: list[str] = []

    def add(self, text: str) -> NeighbourOrigins:
        """Take one record's text."""
        self._texts.append(text)
        return NeighbourOrigins(self, len(self._texts) - 1)

    @property
    def full(self) -> bool:
        """Tell whether the block should be closed."""
        return len(self._texts) >= PER_BLOCK

    def close(self) -> None:
        """Compress the texts; nothing can be added after that."""
        whole = "\0".join(self._texts).encode()
        if any(word.encode() in whole for word in _SPECIAL):
            texts = enumerate(self._texts)
            self.special = frozenset(at for at, text in texts if not _is_ordinary(text))
        self.packed = zlib.compress(whole, 1)
        self._texts = []


def _is_ordinary(text: str) -> bool:
    return not any(word in text for word in _SPECIAL)


@lru_cache(maxsize=32)
def _texts(packed: bytes) -> Sequence[str]:
    return zlib.decompress(packed).decode().split("\0")


@lru_cache(maxsize=256)
def _data(block: Block, at: int) -> Any:
    return json.loads(_texts(block.packed)[at])
