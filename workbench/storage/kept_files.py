# SPDX-License-Identifier: MIT
"""Files inside the project, once per content: small ones whole, large ones in pieces."""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from workbench.application.store_ports import FileState, SourceFile
from workbench.domain.findings import InputError, ProjectError
from workbench.storage.tables import METADATA

SOURCE_FILE = METADATA.tables["source_file"]
BLOB = METADATA.tables["blob"]
PIECE = METADATA.tables["blob_piece"]


class SqlFiles:
    """Keeps files inside the project, once per content."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_source(self, name: str, content: bytes, batch: str) -> str:
        """Keep an imported file; return the id that SourceRef.source uses."""
        id_ = str(uuid.uuid4())
        self.bring_source(SourceFile(id_, name, self.put(content), len(content), batch))
        return id_

    def bring_source(self, source: SourceFile) -> None:
        """Name an imported file of another copy of the project; its content is kept apart."""
        self._connection.execute(
            SOURCE_FILE.insert().values(
                **asdict(source), added_at=datetime.now(UTC).replace(tzinfo=None)
            )
        )

    def sources(self) -> Sequence[SourceFile]:
        """Return the imported files, oldest first."""
        columns = SOURCE_FILE.c
        rows = self._connection.execute(
            select(columns.id, columns.name, columns.sha256, columns.size, columns.batch).order_by(
                columns.added_at
            )
        )
        return [SourceFile(*row) for row in rows]

    def put(self, content: bytes) -> str:
        """Keep a blob; return its SHA-256."""
        digest = hashlib.sha256(content).hexdigest()
        if not self._is_kept(digest):
            self._connection.execute(BLOB.insert().values(sha256=digest, content=content))
        return digest

    def keep(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """Keep a file piece by piece, unless its content is here already and unaltered.

        InputError when the pieces are not what the SHA-256 says: the file was changed meanwhile.
        """
        if self._is_kept(sha256):
            return
        digest = hashlib.sha256()
        for ordinal, piece in enumerate(pieces):
            digest.update(piece)
            self._connection.execute(
                PIECE.insert().values(sha256=sha256, ordinal=ordinal, content=piece)
            )
        if digest.hexdigest() != sha256:
            raise InputError("evidencing.changed_meanwhile")

    def holds(self, sha256: str) -> bool:
        """Tell whether a content is here, without reading it."""
        first = select(PIECE.c.sha256).where(PIECE.c.sha256 == sha256, PIECE.c.ordinal == 0)
        whole = select(BLOB.c.sha256).where(BLOB.c.sha256 == sha256)
        return any(self._connection.execute(query).first() for query in (whole, first))

    def lacking(self, digests: Collection[str]) -> frozenset[str]:
        """Return those of the contents that are not here, without reading any."""
        if not digests:
            return frozenset()
        first = select(PIECE.c.sha256).where(PIECE.c.ordinal == 0)
        held = (self._connection.execute(q).scalars() for q in (select(BLOB.c.sha256), first))
        return frozenset(digests).difference(*held)

    def sizes(self) -> dict[str, int]:
        """Return the bytes of every content, by SHA-256, without reading any."""
        length = func.length(BLOB.c.content)
        rows = self._connection.execute(select(BLOB.c.sha256, length))
        sizes = {str(sha256): int(size) for sha256, size in rows}
        pieces = select(PIECE.c.sha256, func.sum(func.length(PIECE.c.content)))
        for sha256, size in self._connection.execute(pieces.group_by(PIECE.c.sha256)):
            sizes[sha256] = int(size)
        return sizes

    def forget(self, sha256s: Collection[str]) -> None:
        """Remove contents for good."""
        for sha256 in sorted(sha256s):
            for table in (BLOB, PIECE):
                self._connection.execute(table.delete().where(table.c.sha256 == sha256))

    def get(self, sha256: str) -> bytes | None:
        """Return a blob, or None when it is missing; ProjectError when it was altered."""
        pieces = self.pieces(sha256)
        return None if pieces is None else b"".join(pieces)

    def pieces(self, sha256: str) -> Iterator[bytes] | None:
        """Return a file piece by piece, or None when it is missing.

        The iterator raises ProjectError at its end when the content was altered.
        """
        return self._checked(sha256) if self.holds(sha256) else None

    def state(self, sha256: str) -> FileState:
        """Tell whether a file is whole, by reading all of it."""
        pieces = self.pieces(sha256)
        if pieces is None:
            return FileState.MISSING
        try:
            for _ in pieces:
                pass
        except ProjectError:
            return FileState.ALTERED
        return FileState.WHOLE

    def _is_kept(self, sha256: str) -> bool:
        """Tell whether a content is here as it was; the rest of one that is not is taken away."""
        if self.state(sha256) is FileState.WHOLE:
            return True
        for table in (BLOB, PIECE):
            self._connection.execute(table.delete().where(table.c.sha256 == sha256))
        return False

    def _checked(self, sha256: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for piece in self._stored(sha256):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != sha256:
            raise ProjectError("project.file_altered", sha256=sha256[:12])

    def _stored(self, sha256: str) -> Iterator[bytes]:
        whole = self._connection.execute(
            select(BLOB.c.content).where(BLOB.c.sha256 == sha256)
        ).scalar()
        if whole is not None:
            yield whole
            return
        ordinal = 0
        while True:
            # One row per query: a cursor over all pieces would keep the transaction busy.
            place = (PIECE.c.sha256 == sha256, PIECE.c.ordinal == ordinal)
            piece = self._connection.execute(select(PIECE.c.content).where(*place)).scalar()
            if piece is None:
                return
            yield piece
            ordinal += 1
