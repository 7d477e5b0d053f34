# SPDX-License-Identifier: MIT
"""Annexes A–D (附表): the ledger as it stands, leases, limits, and what the import noticed."""

from collections.abc import Sequence

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Entity, Field, FieldType
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    NO_TOTAL,
    SUM,
    Block,
    Cell,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Paragraph,
    Sheet,
    Table,
)
from workbench.domain.report.sections.annex_layout import SOURCE, laid_out
from workbench.domain.report.sections.cells import column_of, of_field, optional, words
from workbench.domain.report.sections.front import signature
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.origins import source_cell

_LATER = frozenset({"lease", "encumbrance"})
"""Entities with an annex of their own."""
_SUMMED = frozenset({FieldType.AREA, FieldType.MONEY})
_ADDED_UP = frozenset({"parcel", "building", "unit", "facility", "lease", "encumbrance"})
"""Entities whose records stand side by side; those by year or date must not be added up."""


def ledger_annex(m: Material) -> Sheet:
    """Return annex A: every record of the park by entity, every field that anybody filled."""
    blocks: list[Block] = [Paragraph(m.say("annex_a_note"))]
    listed = [each for each in m.annex.values() if each.entity.key not in _LATER]
    for number, each in enumerate(listed, start=1):
        title = each.entity.title(m.language)
        blocks += [
            Heading(m.say("annex_entity", entity=title, count=len(each.records))),
            *record_tables(m, each.entity, each.records, f"A-{number}"),
        ]
    if not listed:
        blocks.append(NotAssessed(m.say("no_ledger")))
    title = m.say("sheet.annex_a")
    return Sheet("annex_a", title, title, (*blocks, signature(m)), annex=True)


def lease_annex(m: Material) -> Sheet:
    """Return annex B: the leases."""
    return _one_entity(m, "lease", m.whole.leases, "annex_b", "B-1")


def limits_annex(m: Material) -> Sheet:
    """Return annex C: the encumbrances."""
    return _one_entity(m, "encumbrance", m.whole.encumbrances, "annex_c", "C-1")


def _one_entity(m: Material, key: str, records: Sequence[Record], sheet: str, number: str) -> Sheet:
    title = m.say(f"sheet.{sheet}")
    blocks: list[Block] = []
    if records:
        blocks += record_tables(m, m.whole.ledger.catalogue[key], records, number)
    else:
        blocks.append(NotAssessed(m.say("no_records", entity=CATALOGUE[key].title(m.language))))
    return Sheet(sheet, title, title, (*blocks, signature(m)), annex=True)


def record_tables(
    m: Material, entity: Entity, records: Sequence[Record], number: str
) -> list[Block]:
    """Return the records as tables of at most a page's width; each repeats what names a record."""
    listing = laid_out(m, entity, records)
    name, parts, alike = listing.name, listing.parts, listing.alike
    empty = [field.title(m.language) for field in listing.empty]
    adds_up = entity.key in _ADDED_UP
    blocks: list[Block] = []
    for place, fields in enumerate(parts, start=1):
        suffix = m.say("part", place=place, count=len(parts)) if len(parts) > 1 else ""
        table_number = m.table_no(f"{number}-{place}" if len(parts) > 1 else number)
        title = f"{entity.title(m.language)}{suffix}"
        notes = [m.say("annex_empty", fields=m.say("comma").join(empty))] if empty else []
        if alike is not None:
            title_of = alike.title(m.language)
            notes.append(m.say("annex_alike", field=title_of, value=m.park_name))
        last = place == len(parts)
        columns = _columns(m, name, fields, adds_up=adds_up)
        if last:
            columns = (*columns, Column("made_from", m.words("report_origins.column"), SOURCE))
        rows = tuple(
            (
                Cell(i),
                *(_cell(m, record, field) for field in _named(name, fields)),
                *((source_cell(m, record),) if last else ()),
            )
            for i, record in enumerate(records, start=1)
        )
        summed = any(column.total is SUM for column in columns)
        blocks.append(
            Table(
                table_number,
                title,
                columns,
                rows,
                source_line=m.say("source.ledger"),
                notes=tuple(notes) if last else (),
                total_label=m.say("total") if summed else "",
                frozen_columns=2,
                records=entity.key,
                key=listing.table(place - 1),
                dense=True,
                targets=tuple(f"ledger|{entity.key}:{record.key}" for record in records),
            )
        )
    return blocks


def _named(name: Field | None, fields: Sequence[Field]) -> Sequence[Field]:
    return fields if name is None else [name, *fields]


def _columns(
    m: Material, name: Field | None, fields: Sequence[Field], *, adds_up: bool
) -> tuple[Column, ...]:
    columns = [Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL)]
    for field in _named(name, fields):
        is_summed = adds_up and field.type in _SUMMED and not field.check_only
        total = SUM if is_summed else NO_TOTAL
        columns.append(column_of(field, m.words, total=total))
    return tuple(columns)


def _cell(m: Material, record: Record, field: Field) -> Cell:
    return of_field(record, field.key, m.whole.ledger, m.language)


def import_annex(m: Material) -> Sheet:
    """Return annex D: files read, cells that were not taken as they stood, rules that complain."""
    t = m.say
    title = t("sheet.annex_d")
    blocks: list[Block] = [_files(m)]
    blocks += [Heading(t("cells_noticed")), *_cells(m)]
    blocks += [Heading(t("rules_noticed")), *_rules(m)]
    return Sheet("annex_d", title, title, (*blocks, signature(m)), annex=True)


def _files(m: Material) -> Block:
    t = m.say
    if not m.files:
        return NotAssessed(t("no_files_imported"))
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", t("col.file"), 30),
        Column("size", t("col.size"), 16, ColumnKind.INTEGER),
        Column("batch", t("col.batch"), 24, ColumnKind.CODE),
        Column("sha", t("col.sha256"), 76, ColumnKind.CODE),
    )
    rows = tuple(
        (Cell(i), words(file.name), Cell(file.size), words(file.batch), words(file.sha256))
        for i, file in enumerate(m.files, start=1)
    )
    return Table(m.table_no("D-1"), t("table.files"), columns, rows, t("unit.bytes"), dense=True)


def _cells(m: Material) -> list[Block]:
    """Return 附表D-2: every cell that was estimated, set aside or could not be read."""
    t = m.say
    rows = tuple(
        (
            Cell(i),
            words(issue.record),
            optional(issue.place or "—"),
            words(issue.field),
            words(
                t(
                    "cell_taken",
                    file=m.text_of_file(issue.file) or t("typed"),
                    raw=issue.raw,
                    taken=t(f"taken.{issue.kind}"),
                )
            ),
        )
        for i, issue in enumerate(m.noticed, start=1)
    )
    if not rows:
        return [Paragraph(t("no_cells_noticed"))]
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("record", t("col.record"), 30),
        Column("place", t("col.place"), 16),
        Column("field", t("col.field"), 24),
        Column("taken", t("col.taken"), 76),
    )
    return [
        Table(
            m.table_no("D-2"),
            t("table.cells"),
            columns,
            rows,
            source_line=t("source.import"),
            dense=True,
        )
    ]


def _rules(m: Material) -> list[Block]:
    t = m.say
    if not m.findings:
        return [Paragraph(t("no_findings"))]
    columns = (
        Column("no", t("col.no"), 5, ColumnKind.ORDINAL),
        Column("record", t("col.record"), 30),
        Column("level", t("col.level"), 16, ColumnKind.WORD),
        Column("field", t("col.field"), 24),
        Column("text", t("col.rule_text"), 76),
    )
    rows = []
    for i, (finding, text) in enumerate(zip(m.findings, m.finding_texts, strict=True), start=1):
        record = m.whole.ledger.find(finding.entity, finding.key)
        title = ""
        if finding.entity in CATALOGUE and finding.field in CATALOGUE[finding.entity]:
            title = CATALOGUE[finding.entity][finding.field].title(m.language)
        rows.append(
            (
                Cell(i),
                words(m.name_of(record) if record else "—"),
                words(t(f"level.{finding.level.name.lower()}")),
                words(title or "—"),
                words(t("rule_text", code=finding.code, text=text)),
            )
        )
    return [
        Table(
            m.table_no("D-3"),
            t("table.rules"),
            columns,
            tuple(rows),
            source_line=t("source.checks"),
            dense=True,
        )
    ]
