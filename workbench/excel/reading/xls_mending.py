# SPDX-License-Identifier: MIT
"""Turns an .xls that any spreadsheet program opens without asking into one that calamine reads.

A workbook whose structure is protected is stored enciphered with a password that every program
knows ([MS-OFFCRYPTO] 2.3.6, 2.3.5); and some writers name a code page in BIFF8, where all text is
UTF-16 ([MS-XLS] 2.4.52), which calamine then believes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import new

from workbench.excel.reading.compound_file import CompoundFile

KNOWN_TO_ALL = "VelvetSweatshop"
_NAMES = ("Workbook", "Book")
_BOF, _FILE_PASS, _CODE_PAGE, _BOUND_SHEET, _IGNORED = 0x809, 0x2F, 0x42, 0x85, 0x850
_PLAIN = frozenset({_BOF, _FILE_PASS, 0xE1, 0x138, 0x194, 0x195, 0x196})
_BIFF8, _UTF_16 = 0x600, 1200
_BLOCK = 1024
_FIRST_RECORDS = 200
_BOOL_ERROR, _KNOWN_ERRORS = 0x205, frozenset({0, 7, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B})
_VALUE_ERROR = 0x0F
_SHORTEST = 5


@dataclass(frozen=True)
class _Cipher:
    """RC4 with a new key every 1024 bytes: a digest of a secret and of the block's number."""

    digest: str
    secret: bytes
    size: int
    """Bytes of the digest that make the key; the shortest key is filled up with zeros."""

    def key(self, block: int) -> bytes:
        """Return the key of a block."""
        key = _hash(self.digest, self.secret + struct.pack("<I", block))[: self.size]
        return key.ljust(16, b"\0") if self.size == _SHORTEST else key


def _hash(digest: str, data: bytes) -> bytes:
    return new(digest, data, usedforsecurity=False).digest()


def mended_xls(data: bytes) -> bytes:
    """Return the file so that its records can be read; the same bytes if nothing is in the way.

    A file locked with a password that only its owner knows comes back as it is.
    """
    try:
        container = CompoundFile(data)
        stream = container.stream(*_NAMES)
        mended = _with_wide_text(_unlocked(stream))
    except (ValueError, IndexError, struct.error):
        return data
    return container.with_stream(mended, *_NAMES) if mended is not stream else data


def with_known_errors(data: bytes) -> bytes:
    """Return the file with error cells of newer kinds as #VALUE!, which calamine knows."""
    try:
        container = CompoundFile(data)
        stream = bytearray(container.stream(*_NAMES))
        for kind, at, length in _records(stream):
            known = stream[at + 6] in _KNOWN_ERRORS if kind == _BOOL_ERROR and length > 7 else True
            if not known and stream[at + 7]:
                stream[at + 6] = _VALUE_ERROR
    except (ValueError, IndexError, struct.error):
        return data
    return container.with_stream(bytes(stream), *_NAMES)


def _records(stream: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Yield kind, start and length of every record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _with_wide_text(stream: bytes) -> bytes:
    """Say of a BIFF8 stream that its text is UTF-16, whatever its writer said."""
    is_biff8 = False
    for count, (kind, at, length) in enumerate(_records(stream)):
        if count > _FIRST_RECORDS or kind == _BOUND_SHEET:
            break
        if kind == _BOF and length >= 2:
            is_biff8 = struct.unpack_from("<H", stream, at)[0] == _BIFF8
        if kind == _CODE_PAGE and length == 2 and is_biff8:
            if struct.unpack_from("<H", stream, at)[0] == _UTF_16:
                return stream
            return stream[:at] + struct.pack("<H", _UTF_16) + stream[at + 2 :]
    return stream


def _unlocked(stream: bytes) -> bytes:
    """Decipher a stream that is locked with the password known to all."""
    for count, (kind, at, length) in enumerate(_records(stream)):
        if count > _FIRST_RECORDS or kind == _BOUND_SHEET:
            break
        if kind == _FILE_PASS:
            cipher = _cipher(stream[at : at + length])
            return stream if cipher is None else _deciphered(stream, cipher)
    return stream


def _cipher(body: bytes) -> _Cipher | None:
    """Return the cipher of a password record if the password known to all opens it."""
    if len(body) < 54 or struct.unpack_from("<H", body)[0] != 1:
        return None  # obfuscated by XOR
    major, minor = struct.unpack_from("<HH", body, 2)
    word = KNOWN_TO_ALL.encode("utf-16-le")
    if (major, minor) == (1, 1):
        secret = _hash("md5", (_hash("md5", word)[:5] + body[6:22]) * 16)[:5]
        cipher, verifier, proof = _Cipher("md5", secret, 16), body[22:38], body[38:54]
    elif minor == 2 and major in (2, 3, 4):
        start = 14 + struct.unpack_from("<I", body, 10)[0]
        size = (struct.unpack_from("<I", body, 30)[0] or 40) // 8
        cipher = _Cipher("sha1", _hash("sha1", body[start + 4 : start + 20] + word), size)
        verifier, proof = body[start + 20 : start + 36], body[start + 40 : start + 60]
    else:
        return None
    plain = _ciphered(verifier + proof, cipher)
    return cipher if _hash(cipher.digest, plain[:16]) == plain[16:] else None


def _ciphered(data: bytes, cipher: _Cipher) -> bytes:
    """Encipher or decipher bytes."""
    out = bytearray()
    for number in range(-(-len(data) // _BLOCK)):
        block = data[number * _BLOCK : (number + 1) * _BLOCK]
        mask = _rc4(cipher.key(number), len(block))
        whole = int.from_bytes(block, "big") ^ int.from_bytes(mask, "big")
        out += whole.to_bytes(len(block), "big")
    return bytes(out)


def _rc4(key: bytes, count: int) -> bytes:
    """Return the first bytes of the stream of RC4 (RFC 6229 has vectors)."""
    state = list(range(256))
    other = 0
    size = len(key)
    for here in range(256):
        one = state[here]
        other = (other + one + key[here % size]) & 255
        state[here], state[other] = state[other], one
    stream = bytearray(count)
    other = 0
    for step in range(count):
        here = (step + 1) & 255
        one = state[here]
        other = (other + one) & 255
        two = state[here] = state[other]
        state[other] = one
        stream[step] = state[(one + two) & 255]
    return bytes(stream)


def _deciphered(stream: bytes, cipher: _Cipher) -> bytes:
    """Decipher the bodies of the records; their heads and a few of them were never enciphered."""
    plain = bytearray(_ciphered(stream, cipher))
    for kind, at, length in _records(stream):
        plain[at - 4 : at] = stream[at - 4 : at]
        if kind in _PLAIN:
            plain[at : at + length] = stream[at : at + length]
        elif kind == _BOUND_SHEET:
            plain[at : at + 4] = stream[at : at + 4]
        if kind == _FILE_PASS:
            plain[at - 4 : at - 2] = struct.pack("<H", _IGNORED)
    return bytes(plain)
