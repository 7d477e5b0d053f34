# SPDX-License-Identifier: MIT
"""Digests that let every value be followed back through the log: what was made, and the log itself.

Each operation is sealed with a SHA-256 over what it says, what it did, and the seal before it. A
creation's values are in the record's own row, so the digests of the rows as they were made are
part of that seal; a checksum per field tells in which field a row differs.
"""

import hashlib
import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import SCALE, Field
from workbench.domain.records.value_codec import encode_value
from workbench.domain.tables.watching import Tick, unwatched, watched
from workbench.domain.values import Origin, Value
from workbench.storage.brought import BROUGHT, STEP
from workbench.storage.encoding import decode_placed, dump, encode_origins
from workbench.storage.own_values import OWN
from workbench.storage.tables import METADATA

OPERATION_SEAL = METADATA.tables["operation_seal"]
CREATION_SEAL = METADATA.tables["creation_seal"]
WIDTH = 8
"""Bytes of one record's digest; the chain over them is SHA-256."""
_CHECK = 4
_LINE, _LINES = "%s\t%s\t%s\t%s\t%s\t%s\n", 1000
_SHAPES = "\x1f"


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one entity that one operation made one after the other, from ``first`` on.

    ``fields`` are the sorted names of what any of them knew, own fields as one; ``rows`` their
    digests, ``columns`` the checksums of the fields over all of them.
    """

    first: int
    entity: str
    fields: tuple[str, ...]
    rows: bytes
    columns: bytes

    def __len__(self) -> int:
        return len(self.rows) // WIDTH

    def row(self, at: int) -> bytes:
        """Return the digest of one record."""
        return self.rows[at * WIDTH : (at + 1) * WIDTH]

    def said(self) -> bytes:
        """Return what the operation's seal covers of it."""
        head = f"{self.first}\t{self.entity}\t{_SHAPES.join(self.fields)}\n"
        return head.encode() + self.rows + self.columns

    def differing(self, columns: bytes) -> list[str]:
        """Return the fields whose checksums are others."""
        return [
            name
            for at, name in enumerate(self.fields)
            if self.columns[at * _CHECK : (at + 1) * _CHECK] != columns[at * _CHECK :][:_CHECK]
        ]


def plain_cell(value: Any, field: Field | None) -> Any:
    """Return a value as every database and program says it: exact numbers scaled, dates as text."""
    if value is None or isinstance(value, str):
        return value
    scale = SCALE.get(field.type) if field is not None else None
    if scale is not None:
        return int(Decimal(value).scaleb(scale).to_integral_value(ROUND_HALF_EVEN))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def own_text(values: Mapping[str, Value | None]) -> str | None:
    """Return the values of own fields in an order that does not depend on when each was written."""
    known = {name: encode_value(of) for name, of in sorted(values.items()) if of is not None}
    return dump(known) if known else None


def sorted_own(text: str | None) -> str | None:
    """Return the text of own fields as ``own_text`` writes it."""
    return dump(dict(sorted(json.loads(text).items()))) if text else None


def origins_text(origins: Mapping[str, Origin]) -> str:
    """Return origins in an order that does not depend on when each was written."""
    return encode_origins(dict(sorted(origins.items()))) or ""


def sorted_origins(text: str | None) -> str:
    """Return the text of an origins column as ``origins_text`` writes it."""
    if not text:
        return ""
    data = json.loads(text)
    return origins_text({name: decode_placed(of, data["at"]) for name, of in data["of"].items()})


def row_digest(cells: Sequence[Any], origins: str) -> bytes:
    """Return the digest of a record's plain cells, in the order of their names, and its origins."""
    # Escaped texts are the same in every version of Python; others follow its Unicode tables.
    return _digest(map(ascii, cells), origins)


def _digest(escaped: Iterable[str], origins: str) -> bytes:
    text = ",".join(escaped) + origins
    return hashlib.sha256(text.encode()).digest()[:WIDTH]  # processors have it built in


def column_checks(columns: Iterable[Sequence[Any]]) -> bytes:
    """Return the checksums of columns of plain cells."""
    return b"".join(_check([ascii(cell) for cell in column]) for column in columns)


def _check(escaped: Sequence[str]) -> bytes:
    return zlib.crc32(",".join(escaped).encode()).to_bytes(_CHECK, "big")


def part_of(
    first: int,
    entity: str,
    columns: Mapping[str, Sequence[Any]],
    origins: Sequence[str],
) -> Part:
    """Seal new records given by columns of plain cells and their sorted origins."""
    names = tuple(sorted(columns))
    escaped = [list(map(ascii, columns[name])) for name in names]
    made = zip(*escaped, strict=True) if escaped else iter([()] * len(origins))
    rows = b"".join(_digest(row, text) for row, text in zip(made, origins, strict=True))
    return Part(first, entity, names, rows, b"".join(map(_check, escaped)))


class Seal:
    """The seal of one operation while its changes are written, or while they are read again."""

    def __init__(self, before: str, head: Sequence[Any]) -> None:
        self._whole = hashlib.sha256(f"{before}\n{dump(list(head))}\n".encode())
        self._changes = hashlib.sha256()
        self._parts = hashlib.sha256()
        self._brought = hashlib.sha256()

    def changes(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take rows of the log: ordinal, entity, key, kind, position and fields."""
        left = iter(rows)
        while part := [_LINE % tuple(row) for row in islice(left, _LINES)]:
            self._changes.update("".join(part).encode())

    def part(self, part: Part) -> None:
        """Take records that were made."""
        self._parts.update(part.said())

    def brought(self, row: Sequence[Any]) -> None:
        """Take a step of another copy that came with a merge."""
        self._brought.update(dump(list(row)).encode() + b"\n")

    def digest(self) -> str:
        """Return the seal."""
        for each in (self._changes, self._parts, self._brought):
            self._whole.update(each.digest())
        return self._whole.hexdigest()


def head_of(row: Mapping[str, Any]) -> list[Any]:
    """Return what the seal covers of an operation's own row."""
    at = row["at"]
    at = at.isoformat(timespec="microseconds") if isinstance(at, datetime) else str(at)
    names = ("id", "kind", "label", "params", "actor")
    return [row["sequence"], *(row[name] for name in names), at.replace(" ", "T"),
            row["reason"], row["batch"], row["target"]]  # fmt: skip


def last_seal(connection: Connection) -> str:
    """Return the seal of the newest operation that has one, "" without any."""
    newest = OPERATION_SEAL.c.operation.desc()
    query = select(OPERATION_SEAL.c.digest).order_by(newest).limit(1)
    return connection.execute(query).scalar() or ""


def store_part(connection: Connection, operation: int, part: Part) -> None:
    """Keep the digests of records that an operation made."""
    connection.execute(CREATION_SEAL.insert().values(
        operation=operation, first=part.first, entity=part.entity,
        fields=_SHAPES.join(part.fields), rows=part.rows, columns=part.columns,
    ))  # fmt: skip


def store_seal(connection: Connection, operation: int, digest: str) -> None:
    """Keep the seal of an operation."""
    connection.execute(OPERATION_SEAL.insert().values(operation=operation, digest=digest))


def brought_rows(connection: Connection, operation: int) -> Iterator[list[Any]]:
    """Yield the steps that a merge brought, each with its changes."""
    steps = connection.execute(
        select(STEP).where(STEP.c.operation == operation).order_by(STEP.c.id)
    )
    for step in steps.all():
        at = step.at.isoformat(timespec="microseconds")
        yield [step.id, step.copy, step.label, step.params, step.actor, at, step.reason]
        changes = select(*BROUGHT.c).where(BROUGHT.c.step == step.id).order_by(BROUGHT.c.ordinal)
        for change in connection.execute(changes):
            yield list(change)


def part_from(row: Any) -> Part:
    """Return a part as it is kept: first, entity, fields, rows, columns."""
    first, entity, fields, rows, columns = row
    return Part(first, entity, tuple(fields.split(_SHAPES)) if fields else (), rows, columns)


def plain_columns(
    converted: Mapping[str, Sequence[Any]], fields: Mapping[str, Field], *, plain: bool
) -> dict[str, Sequence[Any]]:
    """Return columns of new records as plain cells; ``plain`` ones are so but for own fields."""
    found: dict[str, Sequence[Any]] = {}
    for name, column in converted.items():
        if name == OWN:
            found[name] = [sorted_own(text) for text in column]
        elif plain:
            found[name] = column
        else:
            found[name] = [plain_cell(value, fields.get(name)) for value in column]
    return found


def sorted_texts(texts: Sequence[str | None], odd: Collection[int]) -> list[str]:
    """Return origins as ``origins_text`` writes them; only the ``odd`` ones may not be so yet."""
    return [sorted_origins(text) if at in odd else text or "" for at, text in enumerate(texts)]


SEALED = ("ordinal", "entity", "key", "kind", "position", "fields")
"""What the seal covers of a row of the log."""


class Sealing:
    """Seals one operation while it is written."""

    def __init__(self, connection: Connection, row: Mapping[str, Any]) -> None:
        self.operation: int = row["sequence"]
        self._connection = connection
        self._seal = Seal(last_seal(connection), head_of(row))

    def changed(self, columns: Sequence[Sequence[Any]]) -> None:
        """Take rows of the log, given by the columns of ``SEALED``."""
        self._seal.changes(zip(*columns, strict=True))

    def created(
        self,
        first: int,
        entity: str,
        converted: Mapping[str, Sequence[Any]],
        origins: Sequence[str],
    ) -> None:
        """Take new records as the driver took them, by column, with their sorted origins."""
        fields = {field.key: field for field in CATALOGUE[entity]}
        plain = self._connection.dialect.name == "sqlite"
        part = part_of(first, entity, plain_columns(converted, fields, plain=plain), origins)
        self._seal.part(part)
        store_part(self._connection, self.operation, part)

    def finish(self, tick: Tick = unwatched) -> None:
        """Keep the seal; ``tick`` hears how many brought changes are sealed."""
        for row in watched(brought_rows(self._connection, self.operation), tick):
            self._seal.brought(row)
        store_seal(self._connection, self.operation, self._seal.digest())
