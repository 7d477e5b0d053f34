# SPDX-License-Identifier: MIT
"""Reads one stream out of an OLE compound file, the container of .xls; never more than the file."""

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_MINI_CUTOFF = 4096
_ENTRY = 128
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """An opened compound file; ValueError if its tables make no sense."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise ValueError("no compound file")
        self._data = data
        sector, mini = struct.unpack_from("<HH", data, 30)
        if sector not in (9, 12) or mini != 6:
            raise ValueError("unknown sector size")
        self._size = 1 << sector
        self._fat = self._read_fat()
        directory, mini_fat = (
            struct.unpack_from("<I", data, 48)[0],
            struct.unpack_from("<I", data, 60)[0],
        )
        self._entries = self._read_directory(self._chain(directory))
        self._mini_fat = _numbers(self._chain(mini_fat)) if mini_fat < _END else ()
        root = next((e for e in self._entries if e[1] == _ROOT), None)
        self._mini_stream = self._chain(root[2]) if root else b""

    @property
    def names(self) -> list[str]:
        """Return the names of streams and storages."""
        return [name for name, _, _, _ in self._entries]

    def stream(self, *names: str) -> bytes:
        """Return the first stream with one of the names, in any case; b"" if there is none."""
        for wanted in names:
            for name, kind, start, size in self._entries:
                if kind == _STREAM and name.lower() == wanted.lower():
                    if size < _MINI_CUTOFF:
                        return self._mini_chain(start)[:size]
                    return self._chain(start)[:size]
        return b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _read_fat(self) -> tuple[int, ...]:
        places = list(struct.unpack_from("<109I", self._data, 76))
        following, count = struct.unpack_from("<II", self._data, 68)
        most = len(self._data) // self._size + 1
        for _ in range(min(count, most)):
            if following >= _END:
                break
            numbers = _numbers(self._sector(following))
            if not numbers:
                break
            places += numbers[:-1]
            following = numbers[-1]
        used = [place for place in places if place < _END][:most]
        return tuple(n for place in used for n in _numbers(self._sector(place)))

    def _chain(self, start: int) -> bytes:
        """Return the sectors of a chain; a chain that bites its own tail ends."""
        parts = []
        seen: set[int] = set()
        while start < _END and start not in seen and start < len(self._fat):
            seen.add(start)
            parts.append(self._sector(start))
            start = self._fat[start]
        return b"".join(parts)

    def _mini_chain(self, start: int) -> bytes:
        parts = []
        seen: set[int] = set()
        while start < _END and start not in seen and start < len(self._mini_fat):
            seen.add(start)
            parts.append(self._mini_stream[start * 64 : start * 64 + 64])
            start = self._mini_fat[start]
        return b"".join(parts)

    @staticmethod
    def _read_directory(data: bytes) -> list[tuple[str, int, int, int]]:
        entries = []
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            if kind == 0 or length > 64:
                continue
            name = data[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, at + 116)
            entries.append((name, kind, start, size))
        return entries


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])
