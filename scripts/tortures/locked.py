# SPDX-License-Identifier: MIT
"""Enciphers a package with a password as Excel does: agile and standard ([MS-OFFCRYPTO] 2.3.4)."""

import struct
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha1, sha512

from scripts.tortures.books import compound_of

KNOWN_TO_ALL = "VelvetSweatshop"
"""What Excel tries before it asks."""

_SPINS = 1000
_SALT, _KEY, _INPUT = bytes(range(16)), bytes(range(32)), b"sixteen of these"
_AGILE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"'
    ' xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
    "<keyData {common}/><keyEncryptors><keyEncryptor"
    ' uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
    '<p:encryptedKey spinCount="{spins}" {common} encryptedVerifierHashInput="{input}"'
    ' encryptedVerifierHashValue="{value}" encryptedKeyValue="{key}"/>'
    "</keyEncryptor></keyEncryptors></encryption>"
)
_COMMON = (
    'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"'
    ' cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{salt}"'
)


def agile(package: bytes, password: str) -> bytes:
    """Return a package locked as Excel does since 2010."""
    spun = sha512(_SALT + password.encode("utf-16-le")).digest()
    for spin in range(_SPINS):
        spun = sha512(struct.pack("<I", spin) + spun).digest()

    def closed(purpose: str, plain: bytes) -> str:
        key = sha512(spun + bytes.fromhex(purpose)).digest()[:32]
        return b64encode(_chained(key, _SALT, plain)).decode()

    text = _AGILE.format(
        common=_COMMON.format(salt=b64encode(_SALT).decode()), spins=_SPINS,
        input=closed("fea7d2763b4b9e79", _INPUT),
        value=closed("d7aa0f6d3061344e", sha512(_INPUT).digest()),
        key=closed("146e0be7abacd0d6", _KEY),
    )  # fmt: skip
    body = b"".join(
        _chained(_KEY, sha512(_SALT + struct.pack("<I", number)).digest()[:16],
                 package[4096 * number : 4096 * (number + 1)])
        for number in range(-(-len(package) // 4096))
    )  # fmt: skip
    info = struct.pack("<HHI", 4, 4, 0x40) + text.encode().ljust(5000)
    sized = (struct.pack("<Q", len(package)) + body).ljust(4096, b"\0")
    return compound_of({"EncryptionInfo": info, "EncryptedPackage": sized})


def standard(package: bytes, password: str) -> bytes:
    """Return a package locked as Excel 2007 does."""
    spun = sha1(_SALT + password.encode("utf-16-le")).digest()
    for spin in range(50_000):
        spun = sha1(struct.pack("<I", spin) + spun).digest()
    spun = sha1(spun + bytes(4)).digest().ljust(64, b"\0")
    key = sha1(bytes(byte ^ 0x36 for byte in spun)).digest()[:16]
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 24, 0, 0) + b"A\0E\0S\0\0\0"
    info = struct.pack("<HHI", 3, 2, 0x24) + struct.pack("<I", len(header)) + header
    info += struct.pack("<I", 16) + _SALT + _each(key, _INPUT)
    info += struct.pack("<I", 20) + _each(key, sha1(_INPUT).digest())
    sized = (struct.pack("<Q", len(package)) + _each(key, package)).ljust(4096, b"\0")
    return compound_of({"EncryptionInfo": info.ljust(5000, b"\0"), "EncryptedPackage": sized})


def _filled(plain: bytes) -> bytes:
    return plain.ljust(-(-len(plain) // 16) * 16, b"\0")


def _each(key: bytes, plain: bytes) -> bytes:
    cipher, whole = _enciphering(key), _filled(plain)
    return b"".join(cipher(whole[at : at + 16]) for at in range(0, len(whole), 16))


def _chained(key: bytes, vector: bytes, plain: bytes) -> bytes:
    cipher, whole, out = _enciphering(key), _filled(plain), []
    for at in range(0, len(whole), 16):
        vector = cipher(bytes(a ^ b for a, b in zip(whole[at : at + 16], vector, strict=True)))
        out.append(vector)
    return b"".join(out)


def _doubled(byte: int) -> int:
    return byte << 1 ^ (0x11B if byte & 0x80 else 0)


def _substitution() -> bytes:
    """Return the box of FIPS 197, walking the field by its generator 3 and by 3's inverse."""
    box, one, other = bytearray(256), 1, 1
    for _ in range(255):
        one ^= _doubled(one)
        for shift in (1, 2, 4):
            other ^= other << shift
        other &= 0xFF
        other ^= 0x09 if other & 0x80 else 0
        box[one] = other ^ 0x63
        for shift in (1, 2, 3, 4):
            box[one] ^= (other << shift | other >> (8 - shift)) & 0xFF
    box[0] = 0x63
    return bytes(box)


_BOX = _substitution()


def _enciphering(key: bytes) -> Callable[[bytes], bytes]:
    """Return what enciphers one block of AES."""
    size, constant = len(key) // 4, 1
    words = [key[at : at + 4] for at in range(0, len(key), 4)]
    for at in range(size, 4 * (size + 7)):
        word = words[-1]
        if at % size == 0:
            word = (word[1:] + word[:1]).translate(_BOX)
            word, constant = bytes([word[0] ^ constant, *word[1:]]), _doubled(constant)
        elif size > 6 and at % size == 4:
            word = word.translate(_BOX)
        words.append(bytes(a ^ b for a, b in zip(words[at - size], word, strict=True)))
    keys = [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]

    def enciphered(block: bytes) -> bytes:
        state = bytes(a ^ b for a, b in zip(block, keys[0], strict=True))
        for number, of_round in enumerate(keys[1:], start=2):
            state = bytes(state[at * 5 % 16] for at in range(16)).translate(_BOX)
            if number < len(keys):
                state = b"".join(_mixed(state[at : at + 4]) for at in (0, 4, 8, 12))
            state = bytes(a ^ b for a, b in zip(state, of_round, strict=True))
        return state

    return enciphered


def _mixed(column: bytes) -> bytes:
    every = column[0] ^ column[1] ^ column[2] ^ column[3]
    pairs = zip(column, column[1:] + column[:1], strict=True)
    return bytes(one ^ every ^ _doubled(one ^ other) for one, other in pairs)
