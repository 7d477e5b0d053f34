# SPDX-License-Identifier: MIT
"""Looks through a written zip, documents inside it too, for names that were to be hidden.

Words in the pixels of a picture or in the outlines of a PDF cannot be found.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.redaction.markup import APART, marked_words

Place = tuple[str, str]
"""The file in the package, and the name."""
_MARKUP = ("<", "\ufeff<")
_ENCODINGS = ("utf-8-sig", "gb18030")
_WIDE = (("utf-16-be", 6), ("utf-16-le", 6), ("gb18030", 6), ("ascii", 6))
"""Encodings of names in binary files, and how many bytes are no accident there."""
_CHINESE = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|[\w .()-]){2,}")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_EDGE = 256 * 1024
"""Where pictures keep who made them: at their beginning or their end."""
_UNREADABLE = (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError)
_LARGEST_PART, _MOST_STREAMS, _DEEPEST = 64 * 1024 * 1024, 2000, 2


def names_left(package: str, hidden: Codes) -> list[Place]:
    """Return where hidden names are left in a zip, each place once."""
    with zipfile.ZipFile(package) as opened:
        found = [
            (info.filename, name)
            for info in opened.infolist()
            for name in (*hidden.left_in(info.filename), *_names(opened.read(info), hidden, 0))
        ]
    return list(dict.fromkeys(found))


def _names(content: bytes, hidden: Codes, depth: int) -> list[str]:
    """Return the names in one file, or in the files of a zip such as an office document."""
    if content.startswith(b"PK") and depth < _DEEPEST and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return [name for names in _inner(opened, hidden, depth) for name in names]
    text = _text(content)
    if text is not None:
        return hidden.left_in(marked_words(text) if text.startswith(_MARKUP) else text)
    return list(dict.fromkeys(_in_binary(content, hidden)))


def _inner(opened: zipfile.ZipFile, hidden: Codes, depth: int) -> Iterator[list[str]]:
    for info in opened.infolist():
        yield hidden.left_in(info.filename)
        # Whoever marked a document that is locked or broken inside has read it, we cannot.
        with suppress(*_UNREADABLE):
            if info.file_size <= _LARGEST_PART:
                yield _names(opened.read(info), hidden, depth + 1)


def _text(content: bytes) -> str | None:
    """Return a file as text, None for one that is none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content[:_EDGE] or content.startswith(b"%PDF"):
        return None
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _in_binary(content: bytes, hidden: Codes) -> Iterator[str]:
    if content.startswith(b"%PDF"):
        plain = _STREAM.sub(b"", content)
        pieces: Sequence[bytes] = [plain, *_unpacked(content)]
    else:
        pieces = [content[:_EDGE], content[_EDGE:][-_EDGE:]]
    wanted = list(_written(hidden.looked_for()))
    for piece in pieces:
        runs = (run.decode("utf-8", "replace") for run in _CHINESE.findall(piece))
        yield from hidden.left_in(APART.join(runs))
        for name, written in wanted:
            if written in piece:
                yield name


def _written(names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        for encoding, least in _WIDE:
            written = name.encode(encoding, "ignore")
            if len(written) >= least and written.decode(encoding) == name:
                yield name, written


def _unpacked(pdf: bytes) -> Iterator[bytes]:
    """Yield the streams of a PDF: as they are, or unpacked."""
    for stream in islice(_STREAM.finditer(pdf), _MOST_STREAMS):
        packed = stream[1]
        if packed.startswith(b"\xff\xd8\xff"):
            continue
        try:
            yield zlib.decompressobj().decompress(packed, _LARGEST_PART)
        except zlib.error:
            yield packed
