# SPDX-License-Identifier: MIT
"""The tables: one per entity, built from the field catalogue, and the ones around them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import TypeEngine

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import SCALE, Catalogue, Entity, Field, FieldType
from workbench.storage.own_values import OWN
from workbench.storage.types import ExactDecimal, OwnValues, Words

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can alter it on SQLite."""


def _type(field: Field) -> TypeEngine[Any]:
    if field.type in SCALE:
        return ExactDecimal(SCALE[field.type])
    match field.type:
        case FieldType.INTEGER:
            return BigInteger()
        case FieldType.DATE:
            return Date()
        case FieldType.BOOL:
            return Boolean()
        case FieldType.CHOICES | FieldType.TEXTS:
            return Words()
        case _:
            return String()


def _column(field: Field) -> Column[Any]:
    if field.type is FieldType.REF:
        target = ForeignKey(f"{field.target}.key", deferrable=True, initially="DEFERRED")
        return Column(field.key, String(36), target, index=True)
    return Column(field.key, _type(field))


def entity_table(entity: Entity, metadata: MetaData) -> Table:
    """Build the table of an entity: its fields, and what every record has beside them."""
    return Table(
        entity.key,
        metadata,
        Column("key", String(36), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("created_at", DateTime, nullable=False),
        Column("created_by", String, nullable=False),
        Column("updated_at", DateTime, nullable=False),
        Column("updated_by", String, nullable=False),
        Column("batch", String(36)),
        Column("origins", String),
        *([Column(OWN, OwnValues())] if entity.ledger else ()),
        *(_column(field) for field in entity if not field.own),
    )


def _seals(metadata: MetaData) -> None:
    """Add the digests by which the log is followed back; older operations have none."""
    Table(
        "operation_seal",
        metadata,
        Column("operation", Integer, ForeignKey("operation.sequence"), primary_key=True),
        Column("digest", String(64), nullable=False),
    )
    Table(
        "creation_seal",
        metadata,
        Column("operation", Integer, ForeignKey("operation.sequence"), primary_key=True),
        Column("first", Integer, primary_key=True, autoincrement=False),
        Column("entity", String, nullable=False),
        Column("fields", String, nullable=False),
        Column("rows", LargeBinary, nullable=False),
        Column("columns", LargeBinary, nullable=False),
    )


def _brought(metadata: MetaData) -> None:
    """Add the steps of other copies behind what merges took: who entered it there, and when."""
    Table(
        "brought_step",
        metadata,
        Column("id", String(36), primary_key=True),
        Column("operation", Integer, ForeignKey("operation.sequence"), nullable=False),
        Column("copy", String, nullable=False),
        Column("label", String, nullable=False),
        Column("params", String, nullable=False),
        Column("actor", String, nullable=False),
        Column("at", DateTime, nullable=False),
        Column("reason", String, nullable=False),
    )
    Table(
        "brought_change",
        metadata,
        Column("step", String(36), ForeignKey("brought_step.id"), primary_key=True),
        Column("ordinal", Integer, primary_key=True, autoincrement=False),
        Column("entity", String, nullable=False),
        Column("key", String(36), nullable=False),
        Column("kind", String(8), nullable=False),
        Column("fields", String, nullable=False),
        Index("ix_brought_change_record", "entity", "key"),
    )


def build(catalogue: Catalogue) -> tuple[MetaData, Mapping[str, Table]]:
    """Build every table of a project from a catalogue."""
    metadata = MetaData(naming_convention=NAMING)
    entities = {entity.key: entity_table(entity, metadata) for entity in catalogue}
    Table(
        "operation",
        metadata,
        Column("sequence", Integer, primary_key=True, autoincrement=True),
        Column("id", String(36), nullable=False, unique=True),
        Column("kind", String(8), nullable=False),
        Column("label", String, nullable=False),
        Column("params", String, nullable=False),
        Column("actor", String, nullable=False),
        Column("at", DateTime, nullable=False),
        Column("reason", String, nullable=False),
        Column("batch", String(36), nullable=False, index=True),
        Column("undone", Boolean, nullable=False),
        Column("target", Integer, ForeignKey("operation.sequence")),
    )
    Table(
        "change",
        metadata,
        Column("operation", Integer, ForeignKey("operation.sequence"), primary_key=True),
        Column("ordinal", Integer, primary_key=True, autoincrement=False),
        Column("entity", String, nullable=False),
        Column("key", String(36), nullable=False),
        Column("kind", String(8), nullable=False),
        Column("position", BigInteger),
        Column("fields", String, nullable=False),
        Index("ix_change_record", "entity", "key"),
    )
    _seals(metadata)
    _brought(metadata)
    Table(
        "source_file",
        metadata,
        Column("id", String(36), primary_key=True),
        Column("name", String, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("batch", String(36), nullable=False),
        Column("added_at", DateTime, nullable=False),
    )
    Table(
        "blob",
        metadata,
        Column("sha256", String(64), primary_key=True),
        Column("content", LargeBinary, nullable=False),
    )
    Table(
        "blob_piece",  # a large file, so that nobody ever holds it whole
        metadata,
        Column("sha256", String(64), primary_key=True),
        Column("ordinal", Integer, primary_key=True, autoincrement=False),
        Column("content", LargeBinary, nullable=False),
    )
    Table(
        "setting",
        metadata,
        Column("name", String, primary_key=True),
        Column("value", String, nullable=False),
    )
    return metadata, entities


METADATA, ENTITY_TABLES = build(CATALOGUE)
