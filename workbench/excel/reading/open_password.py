# SPDX-License-Identifier: MIT
"""Opens an enciphered .xlsx, .xlsm or .xlsb that every spreadsheet program opens without asking.

Excel tries a password that everybody knows before it asks for one ([MS-OFFCRYPTO] 2.4.2.3): so
it writes workbooks that are only meant to be read. Two ways of enciphering are in use: standard
(2.3.4.5, Excel 2007) and agile (2.3.4.10, since 2010), both with AES.
"""

import struct
from base64 import b64decode
from collections.abc import Mapping
from hashlib import new
from typing import Any
from xml.etree.ElementTree import ParseError

from workbench.excel.reading.aes import decipher, decipher_chained
from workbench.excel.reading.compound_file import CompoundFile
from workbench.excel.reading.xls_mending import KNOWN_TO_ALL

_INFO, _PACKAGE = "EncryptionInfo", "EncryptedPackage"
_AGILE, _STANDARD = (4, 4), 2
_SEGMENT = 4096
_STANDARD_SPINS = 50_000
_MOST_SPINS = 1_000_000
"""What a file may ask for; Excel writes 100,000."""
_FILL = b"\x36"
_PROOF_INPUT = bytes.fromhex("fea7d2763b4b9e79")
_PROOF_VALUE = bytes.fromhex("d7aa0f6d3061344e")
_KEY_VALUE = bytes.fromhex("146e0be7abacd0d6")
_HASHES = {"SHA1": "sha1", "SHA-1": "sha1", "SHA256": "sha256", "SHA384": "sha384",
           "SHA512": "sha512"}  # fmt: skip


def opened_package(data: bytes) -> bytes:
    """Return the package inside; the same bytes where only its owner knows the password."""
    try:
        container = CompoundFile(data)
        info, package = container.stream(_INFO), container.stream(_PACKAGE)
        if len(info) < 8 or len(package) < 8:
            return data
        major, minor = struct.unpack_from("<HH", info)
        opened = _agile if (major, minor) == _AGILE else _standard if minor == _STANDARD else None
        plain = None if opened is None else opened(info[8:], package[8:])
    except (ValueError, IndexError, KeyError, TypeError, ParseError, struct.error):
        return data
    return data if plain is None else plain[: struct.unpack_from("<Q", package)[0]]


def _hash(digest: str, data: bytes) -> bytes:
    return new(digest, data, usedforsecurity=False).digest()


def _spun(digest: str, salt: bytes, spins: int) -> bytes:
    """Return the digest that a guesser would have to work out for each password."""
    if spins > _MOST_SPINS:
        raise ValueError("too many spins")
    found = _hash(digest, salt + KNOWN_TO_ALL.encode("utf-16-le"))
    for spin in range(spins):
        found = _hash(digest, struct.pack("<I", spin) + found)
    return found


def _agile(info: bytes, package: bytes) -> bytes | None:
    data, locked = _agile_settings(info)
    digest, salt = _HASHES[locked["hashAlgorithm"]], b64decode(locked["saltValue"])
    spun = _spun(digest, salt, int(locked["spinCount"]))

    def opened(name: str, purpose: bytes) -> bytes:
        key = _hash(digest, spun + purpose)
        return decipher_chained(_sized(key, int(locked["keyBits"]) // 8), [_sized(salt, 16)],
                                b64decode(locked[name]))  # fmt: skip

    proof = _hash(digest, opened("encryptedVerifierHashInput", _PROOF_INPUT))
    if not opened("encryptedVerifierHashValue", _PROOF_VALUE).startswith(proof):
        return None
    key = opened("encryptedKeyValue", _KEY_VALUE)[: int(data["keyBits"]) // 8]
    digest, salt = _HASHES[data["hashAlgorithm"]], b64decode(data["saltValue"])
    count = -(-len(package) // _SEGMENT)
    vectors = [_sized(_hash(digest, salt + struct.pack("<I", at)), 16) for at in range(count)]
    return decipher_chained(key, vectors, package)


def _agile_settings(info: bytes) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return how the package is enciphered, and how its key is enciphered with the password."""
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    root: Any = fromstring(info.decode())
    found = {}
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in ("keyData", "encryptedKey"):
            if element.get("cipherAlgorithm") != "AES":
                raise ValueError("another cipher")
            if element.get("cipherChaining") != "ChainingModeCBC":
                raise ValueError("another chaining")
            found[name] = dict(element.attrib)
    return found["keyData"], found["encryptedKey"]


def _sized(data: bytes, size: int) -> bytes:
    return data[:size].ljust(size, _FILL)


def _standard(info: bytes, package: bytes) -> bytes | None:
    head = struct.unpack_from("<I", info)[0]
    bits = struct.unpack_from("<I", info, 4 + 16)[0]
    verifier = info[4 + head :]
    salt, proof, value = verifier[4:20], verifier[20:36], verifier[40:72]
    spun = _hash("sha1", _spun("sha1", salt, _STANDARD_SPINS) + struct.pack("<I", 0))
    halves = (bytes(a ^ b for a, b in zip(spun.ljust(64, b"\0"), fill * 64, strict=True))
              for fill in (b"\x36", b"\x5c"))  # fmt: skip
    key = b"".join(_hash("sha1", half) for half in halves)[: bits // 8]
    if not decipher(key, value).startswith(_hash("sha1", decipher(key, proof))):
        return None
    return decipher(key, package)
