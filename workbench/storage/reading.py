# SPDX-License-Identifier: MIT
"""Turns rows into records: one, some by their keys, or a whole entity kept in little memory."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Double, Table, cast, func, null, select

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import SCALE, Field
from workbench.domain.records.changes import ChangeKind
from workbench.domain.records.ledger import Record
from workbench.domain.records.ledger_proof import FieldTotal
from workbench.domain.records.packing import NeighbourValues, PackedValues, Shape
from workbench.domain.values import Origin, Value
from workbench.storage.kept_cells import Cells
from workbench.storage.kept_origins import Block, StoredOrigins
from workbench.storage.own_values import OWN, decode_own
from workbench.storage.tables import ENTITY_TABLES, METADATA

CHANGE = METADATA.tables["change"]
KEYS_AT_ONCE = 500
"""How many keys one statement names; SQLite allows 32,766 and plans long lists slowly."""
_ROWS_AT_ONCE = 1024
_MANY = 10_000
_FEW = 5_000
"""Of so few records every value is opened at once: an assessment asks for each a hundred times."""
_BESIDE = 5
_NO_ORIGINS: Mapping[str, Origin] = {}
_worded: dict[tuple[str, str, tuple[str, ...]], str] = {}
"""Statements that read whole entities, by database, entity and fields."""


class SqlRecords:
    """Reads records as frozen values."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, entity: str) -> Sequence[Record]:
        """Return every record of an entity in ledger order."""
        count = self.count(entity)
        fields = self._filled(entity) if count > _MANY else None
        records = self._packed(entity, fields=fields)
        return [_opened(record) for record in records] if count <= _FEW else list(records)

    def each(self, entity: str, *, lasting: bool = False) -> Iterator[Record]:
        """Yield every record of an entity in ledger order.

        Not ``lasting`` ones are for a caller that lets them go again: they take far more room.
        """
        fields = self._filled(entity) if self.count(entity) > _MANY else None
        return self._packed(entity, fields=fields, lasting=lasting)

    def _filled(self, entity: str) -> Sequence[Field]:
        """Return the fields of which any record knows a value: the others need no room."""
        table, declared = ENTITY_TABLES[entity], CATALOGUE[entity].fields
        counts = [func.count(table.c[field.key]) for field in declared]
        row = self._connection.execute(select(*counts)).one()
        return [field for field, count in zip(declared, row, strict=True) if count]

    def first(self, entity: str, count: int) -> Sequence[Record]:
        """Return the first records of an entity in ledger order."""
        return list(self._packed(entity, count=count))

    def some(
        self, entity: str, keys: Collection[str], *, lasting: bool = False
    ) -> dict[str, Record]:
        """Return the records with these keys, by key; those that are gone are left out.

        ``lasting`` ones are for a caller that holds very many: they take far less room.
        """
        key = ENTITY_TABLES[entity].c.key
        found: dict[str, Record] = {}
        for part in in_parts(keys):
            found |= {r.key: r for r in self._packed(entity, key.in_(part), lasting=lasting)}
        return found

    def get(self, entity: str, key: str) -> Record | None:
        """Return one record, or None."""
        table = ENTITY_TABLES[entity]
        row = self._connection.execute(_select(table).where(table.c.key == key)).first()
        return None if row is None else _record(entity, _names(entity), row)

    def created(self, entity: str, sequence: int) -> Iterator[Record]:
        """Yield the records that an operation created and that are still there."""
        table = ENTITY_TABLES[entity]
        keys = select(CHANGE.c.key).where(
            CHANGE.c.operation == sequence,
            CHANGE.c.entity == entity,
            CHANGE.c.kind == ChangeKind.CREATED.value,
        )
        names = _names(entity)
        rows = self._connection.execute(_select(table).where(table.c.key.in_(keys)))
        return (_record(entity, names, row) for row in rows)

    def count(self, entity: str) -> int:
        """Return how many records an entity has."""
        table = ENTITY_TABLES[entity]
        return self._connection.execute(select(func.count()).select_from(table)).scalar_one()

    def totals(self, entity: str) -> Mapping[str, FieldTotal]:
        """Return the totals of every shipped field of an entity, counted by the database."""
        table, declared = ENTITY_TABLES[entity], CATALOGUE[entity].fields
        numeric = [field for field in declared if field.numeric]
        counts = [func.count(table.c[field.key]) for field in declared]
        # As floats: the sum of scaled integers may not fit into one.
        sums = [func.sum(cast(table.c[field.key], Double)) for field in numeric]
        row = self._connection.execute(select(*counts, *sums)).one()
        scaled = self._connection.dialect.name == "sqlite"
        found = {}
        for field, total in zip(numeric, row[len(counts) :], strict=True):
            unit = 10 ** SCALE.get(field.type, 0) if scaled else 1
            found[field.key] = float(total or 0) / unit
        return {
            field.key: FieldTotal(known, found.get(field.key, 0.0))
            for field, known in zip(declared, row, strict=False)
        }

    def last_position(self, entity: str) -> int:
        """Return the highest position in ledger order, 0 for an empty entity."""
        table = ENTITY_TABLES[entity]
        return self._connection.execute(select(func.max(table.c.position))).scalar() or 0

    def _packed(
        self,
        entity: str,
        wanted: ColumnElement[bool] | None = None,
        count: int | None = None,
        fields: Sequence[Field] | None = None,
        *,
        lasting: bool = True,
    ) -> Iterator[Record]:
        """Yield records in ledger order whose cells stay as the driver gave them.

        The origins of ``lasting`` ones are compressed: those of others are soon asked for.
        """
        table, shape = ENTITY_TABLES[entity], _shape(entity)
        if fields is not None:
            shape = Shape(fields, shape)
        dialect = self._connection.dialect
        if wanted is None and count is None:
            text = _whole(entity, shape.names, dialect)
        else:
            query = _in_order(table, shape.names)
            query = query if wanted is None else query.where(wanted)
            text = _text(query if count is None else query.limit(count), dialect)
        result = self._connection.exec_driver_sql(text)
        cells = Cells(shape.fields, plain=dialect.name == "sqlite")
        many = fields is not None and lasting
        own: dict[str | None, Mapping[str, Value]] = {None: {}}
        block = Block()
        while rows := result.fetchmany(_ROWS_AT_ONCE):
            columns = cells.columns([row[_BESIDE:] for row in rows]) if many else ()
            for at, row in enumerate(rows):
                if (text := row[4]) not in own:
                    own[text] = decode_own(text)
                values = (
                    NeighbourValues(shape, columns, at, own[text])
                    if many
                    else PackedValues(shape, cells.of(row[_BESIDE:]), own[text])
                )
                keep = block.add if lasting else StoredOrigins
                origins = keep(row[3]) if row[3] else _NO_ORIGINS
                yield Record(entity, row[0], values, origins, row[1], row[2])
                if block.full:
                    block.close()
                    block = Block()
            cells.give_up()
        block.close()


def _opened(record: Record) -> Record:
    values = record.values
    return replace(record, values=values.opened()) if isinstance(values, PackedValues) else record


def in_parts(keys: Collection[str]) -> Iterator[list[str]]:
    """Yield keys in parts that one statement can name."""
    left = iter(keys)
    while part := list(islice(left, KEYS_AT_ONCE)):
        yield part


def _names(entity: str) -> list[str]:
    return [field.key for field in CATALOGUE[entity]]


@cache
def _shape(entity: str) -> Shape:
    return Shape(CATALOGUE[entity].fields)


def _select(table: Table, names: Sequence[str] | None = None) -> Any:
    fields = [table.c[name] for name in (_names(table.name) if names is None else names)]
    own = table.c[OWN] if OWN in table.c else null().label(OWN)
    return select(table.c.key, table.c.version, table.c.position, table.c.origins, own, *fields)


def _in_order(table: Table, names: Sequence[str]) -> Any:
    return _select(table, names).order_by(table.c.position, table.c.key)


def _whole(entity: str, names: tuple[str, ...], dialect: Dialect) -> str:
    """Return the statement that reads an entity; wording one takes longer than reading a few."""
    wanted = (dialect.name, entity, names)
    if wanted not in _worded:
        _worded[wanted] = _text(_in_order(ENTITY_TABLES[entity], names), dialect)
    return _worded[wanted]


def _text(query: Any, dialect: Dialect) -> str:
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _record(entity: str, names: Sequence[str], row: Sequence[Any]) -> Record:
    key, version, position, origins, own, *cells = row
    values = {name: value for name, value in zip(names, cells, strict=True) if value is not None}
    values |= own or {}
    stored = StoredOrigins(origins) if origins else _NO_ORIGINS
    return Record(entity, key, values, stored, version, position)
