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
        self._root = root[2] if root else _END
        self._mini_stream = self._chain(self._root)

    @property
    def names(self) -> list[str]:
        """Return the names of streams and storages."""
        return [name for name, _, _, _ in self._entries]

    def stream(self, *names: str) -> bytes:
        """Return the first stream with one of the names, in any case; b"" if there is none."""
        start, size = self._find(names)
        if size < _MINI_CUTOFF:
            return self._mini_chain(start)[:size]
        return self._chain(start)[:size]

    def with_stream(self, content: bytes, *names: str) -> bytes:
        """Return the whole file with a stream's content changed, in its own sectors."""
        data = bytearray(self._data)
        start, size = self._find(names)
        if size < _MINI_CUTOFF:
            places = [
                (numbers[at // self._size] + 1) * self._size + at % self._size
                for numbers in (self._places(self._root, self._fat),)
                for at in (64 * mini for mini in self._places(start, self._mini_fat))
                if at // self._size < len(numbers)
            ]
            step = 64
        else:
            places = [(number + 1) * self._size for number in self._places(start, self._fat)]
            step = self._size
        for at, place in zip(range(0, min(size, len(content)), step), places, strict=False):
            piece = content[at : min(at + step, size)]
            piece = piece[: max(len(data) - place, 0)]
            data[place : place + len(piece)] = piece
        return bytes(data)

    def _find(self, names: tuple[str, ...]) -> tuple[int, int]:
        """Return where a stream starts and how long it is."""
        for wanted in names:
            for name, kind, start, size in self._entries:
                if kind == _STREAM and name.lower() == wanted.lower():
                    return start, size
        return _END, 0

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
        return b"".join(map(self._sector, self._places(start, self._fat)))

    def _mini_chain(self, start: int) -> bytes:
        places = self._places(start, self._mini_fat)
        return b"".join(self._mini_stream[at * 64 : at * 64 + 64] for at in places)

    @staticmethod
    def _places(start: int, table: tuple[int, ...]) -> list[int]:
        """Return the sectors of a chain; a chain that bites its own tail ends."""
        places = []
        seen: set[int] = set()
        while start < _END and start not in seen and start < len(table):
            seen.add(start)
            places.append(start)
            start = table[start]
        return places

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
