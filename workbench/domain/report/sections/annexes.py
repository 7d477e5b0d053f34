# SPDX-License-Identifier: MIT
"""Annexes A–D (附表): the ledger as it stands, leases, limits, and what the import noticed."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Field, FieldType
from workbench.domain.findings import Finding
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
    Row,
    Sheet,
    Table,
)
from workbench.domain.report.sections.annex_layout import SOURCE, Listing
from workbench.domain.report.sections.cells import column_of, of_field, optional, words
from workbench.domain.report.sections.checked import nothing_found
from workbench.domain.report.sections.front import signature
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.origins import source_cell
from workbench.domain.report.sections.scope_texts import background_note

_LATER = frozenset({"lease", "encumbrance"})
"""Entities with an annex of their own."""
_SUMMED = frozenset({FieldType.AREA, FieldType.MONEY})
_ADDED_UP = frozenset({"parcel", "building", "unit", "facility", "lease", "encumbrance"})
"""Entities whose records stand side by side; those by year or date must not be added up."""
_MIXED = frozenset({"lease", "encumbrance"})
"""Of these, records that no longer count are added up with those that do."""


def ledger_annex(m: Material) -> Sheet:
    """Return annex A: every record of the park by entity, every field that anybody filled."""
    blocks: list[Block] = [*background_note(m, annex=True), Paragraph(m.say("annex_a_note"))]
    listed = [each for each in m.annex.values() if each.entity.key not in _LATER]
    for number, each in enumerate(listed, start=1):
        title = each.entity.title(m.language)
        blocks += [
            Heading(m.say("annex_entity", entity=title, count=len(each.records))),
            *record_tables(m, each, f"A-{number}"),
        ]
    if not listed:
        blocks.append(NotAssessed(m.say("no_ledger")))
    title = m.say("sheet.annex_a")
    return Sheet("annex_a", title, title, (*blocks, signature(m)), annex=True)


def lease_annex(m: Material) -> Sheet:
    """Return annex B: the leases."""
    return _one_entity(m, "lease", "annex_b", "B-1")


def limits_annex(m: Material) -> Sheet:
    """Return annex C: the encumbrances."""
    return _one_entity(m, "encumbrance", "annex_c", "C-1")


def _one_entity(m: Material, key: str, sheet: str, number: str) -> Sheet:
    title = m.say(f"sheet.{sheet}")
    listing = m.annex.get(key)
    blocks: list[Block] = [*background_note(m, annex=True)]
    if listing is not None:
        blocks += record_tables(m, listing, number)
    else:
        blocks.append(NotAssessed(m.say("no_records", entity=CATALOGUE[key].title(m.language))))
    return Sheet(sheet, title, title, (*blocks, signature(m)), annex=True)


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands behind the number of each record in a table, and that number."""

    columns: tuple[Column, ...]
    cells: Sequence[Row]
    numbers: Sequence[int]


def record_tables(
    m: Material, listing: Listing, number: str, lead: Lead | None = None
) -> list[Table]:
    """Return the records as tables of at most a page's width; each repeats what names a record."""
    entity = listing.entity
    count = len(listing.parts)
    tables = []
    for place in range(1, count + 1):
        suffix = m.say("part", place=place, count=count) if count > 1 else ""
        columns, rows = _part(m, listing, place, lead)
        summed = any(column.total is SUM for column in columns)
        tables.append(
            Table(
                m.table_no(f"{number}-{place}" if count > 1 else number),
                f"{entity.title(m.language)}{suffix}",
                columns,
                rows,
                source_line=m.say("source.ledger"),
                notes=(
                    *(_notes(m, listing) if place == count else ()),
                    *(_of_sums(m, entity.key) if summed else ()),
                ),
                total_label=m.say("total") if summed else "",
                frozen_columns=2 if lead is None else 2 + len(lead.columns),
                records=entity.key,
                key=listing.table(place - 1),
                dense=True,
                targets=tuple(f"ledger|{entity.key}:{r.key}" for r in listing.records),
            )
        )
    return tables


def _part(
    m: Material, listing: Listing, place: int, lead: Lead | None
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return the columns and rows of one of the tables; the last says where each is from."""
    fields, last = listing.fields(place - 1), place == len(listing.parts)
    columns = _columns(m, fields, adds_up=listing.entity.key in _ADDED_UP)
    if last:
        columns = (*columns, Column("made_from", m.words("report_origins.column"), SOURCE))
    own = tuple(
        (
            Cell(i if lead is None else lead.numbers[i - 1]),
            *(_cell(m, record, field) for field in fields),
            *((source_cell(m, record),) if last else ()),
        )
        for i, record in enumerate(listing.records, start=1)
    )
    if lead is None:
        return columns, own
    rows = tuple((row[0], *led, *row[1:]) for led, row in zip(lead.cells, own, strict=True))
    return (columns[0], *lead.columns, *columns[1:]), rows


def _notes(m: Material, listing: Listing) -> tuple[str, ...]:
    """Say which fields nobody filled in, and which one is the same in every row."""
    notes = []
    if listing.empty:
        empty = m.say("comma").join(field.title(m.language) for field in listing.empty)
        notes.append(m.say("annex_empty", fields=empty))
    if listing.alike is not None:
        title = listing.alike.title(m.language)
        notes.append(m.say("annex_alike", field=title, value=m.park_name))
    return tuple(notes)


def _of_sums(m: Material, entity: str) -> tuple[str, ...]:
    """Say what the total of a column adds up that does not belong together."""
    return (m.say(f"note.sum_{entity}"),) if entity in _MIXED else ()


def _columns(m: Material, fields: Sequence[Field], *, adds_up: bool) -> tuple[Column, ...]:
    columns = [Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL)]
    for field in fields:
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
    blocks: list[Block] = [*background_note(m, annex=True), _files(m)]
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
        Column("sha256", t("col.sha256"), 76, ColumnKind.CODE),
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
        return [Paragraph(t("no_cells_noticed" if m.files else "no_cells_typed"))]
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


def _rule_name(m: Material, finding: Finding) -> str:
    """Return what a rule is called in words: nobody knows what V06 is about."""
    return m.words(f"import_rules.{finding.code[:3]}")


def _rules(m: Material) -> list[Block]:
    t = m.say
    if not m.findings:
        return [Paragraph(nothing_found(m))]
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
                words(t("rule_text", code=finding.code, name=_rule_name(m, finding), text=text)),
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
