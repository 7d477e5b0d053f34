# SPDX-License-Identifier: MIT
"""Deciphers AES (FIPS 197): all blocks at once, since each is deciphered without the others."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Bytes = NDArray[np.uint8]

_BLOCK, _AT_ONCE = 16, 1 << 16
_SEGMENT = 4096
_REDUCED = 0x11B
_KEY_SIZES = (16, 24, 32)
_FACTORS = (14, 11, 13, 9)
"""What a column is multiplied with to unmix it (5.3.3)."""


def decipher(key: bytes, data: bytes) -> bytes:
    """Return blocks that were enciphered each for itself (ECB); ValueError for an unknown key size.

    What is left at the end and fills no block is left out.
    """
    import numpy as np

    keys = _round_keys(key)
    blocks = np.frombuffer(data[: len(data) // _BLOCK * _BLOCK], np.uint8).reshape(-1, _BLOCK)
    parts = (
        _deciphered(keys, blocks[at : at + _AT_ONCE]) for at in range(0, len(blocks), _AT_ONCE)
    )
    return b"".join(part.tobytes() for part in parts)


def decipher_chained(key: bytes, vectors: Sequence[bytes], data: bytes) -> bytes:
    """Return segments of 4,096 bytes that were chained block to block (CBC), each from a vector."""
    before = [
        vector + data[at : at + _SEGMENT][:-_BLOCK]
        for vector, at in zip(vectors, range(0, len(data), _SEGMENT), strict=True)
    ]
    chained = b"".join(before)
    plain = decipher(key, data)
    size = min(len(plain), len(chained))
    mixed = int.from_bytes(plain[:size], "big") ^ int.from_bytes(chained[:size], "big")
    return mixed.to_bytes(size, "big")


def _round_keys(key: bytes) -> "list[_Bytes]":
    """Return the key of every round (5.2)."""
    import numpy as np

    if len(key) not in _KEY_SIZES:
        raise ValueError("no AES key")
    size, box = len(key) // 4, _box()
    words = [key[at : at + 4] for at in range(0, len(key), 4)]
    constant = 1
    for at in range(size, 4 * (size + 7)):
        word = words[-1]
        if at % size == 0:
            turned = word[1:] + word[:1]
            word = bytes(box[byte] for byte in turned)
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _times(constant, 2)
        elif size > 6 and at % size == 4:
            word = bytes(box[byte] for byte in word)
        words.append(bytes(a ^ b for a, b in zip(words[at - size], word, strict=True)))
    whole = np.frombuffer(b"".join(words), np.uint8).reshape(-1, _BLOCK)
    return list(whole)


def _deciphered(keys: "list[_Bytes]", blocks: "_Bytes") -> "_Bytes":
    """Return blocks deciphered round by round (5.3)."""
    import numpy as np

    back, tables = _tables()
    # The byte in row r, column c comes from column c - r.
    shifted = np.array([(4 * (at // 4 - at % 4) + at % 4) % _BLOCK for at in range(_BLOCK)])
    state = blocks ^ keys[-1]
    for key in keys[-2:0:-1]:
        state = back[state[:, shifted]] ^ key
        columns = state.reshape(-1, 4, 4)
        mixed = np.zeros_like(columns)
        for turn, table in enumerate(tables):
            mixed ^= np.roll(table[columns], -turn, axis=2)
        state = mixed.reshape(-1, _BLOCK)
    found: Any = back[state[:, shifted]] ^ keys[0]
    return found  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _tables() -> "tuple[_Bytes, list[_Bytes]]":
    """Return the inverse of the substitution, and the products with the factors."""
    import numpy as np

    back = np.zeros(256, np.uint8)
    back[list(_box())] = np.arange(256, dtype=np.uint8)
    products = [
        np.array([_times(byte, factor) for byte in range(256)], np.uint8) for factor in _FACTORS
    ]
    return back, products


@lru_cache(maxsize=1)
def _box() -> tuple[int, ...]:
    """Return the substitution: the inverse in the field, its bits mixed (5.1.1)."""
    inverse = [0] * 256
    for one in range(1, 256):
        if not inverse[one]:
            other = next(byte for byte in range(1, 256) if _times(one, byte) == 1)
            inverse[one], inverse[other] = other, one
    return tuple(_mixed(byte) for byte in inverse)


def _mixed(byte: int) -> int:
    turned = byte
    for _ in range(4):
        turned = (turned << 1 | turned >> 7) & 0xFF
        byte ^= turned
    return byte ^ 0x63


def _times(one: int, other: int) -> int:
    """Multiply in the field of 256 elements (4.2)."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 0x100:
            one ^= _REDUCED
        other >>= 1
    return product
