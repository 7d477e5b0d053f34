# SPDX-License-Identifier: MIT
"""Figures per year in a table of firms or parks: 2023年产值 beside the name becomes a record.

A ledger puts the years side by side, in headings or in the title; the ledger model keeps one record
per firm and year.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.domain.fields import Catalogue, Entity, Field, FieldType
from workbench.domain.tables.heading_words import Heading
from workbench.domain.tables.headings import HeadingMatcher, Match
from workbench.domain.tables.table import Column, Table

YEAR = "year"
_SURE = 0.85
_NAMED = ("name", "code", "credit_code")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度|年)")


def year_in(text: str) -> int | None:
    """Return the year that a title or heading names, or None for none or several."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def yearly_tables(table: Table, catalogue: Catalogue, matcher: HeadingMatcher) -> Iterator[Table]:
    """Yield a table per year for the columns that the entity itself has no field for.

    A year stands in the heading, else in the title. The new tables share the rows and the naming
    column of the given one.
    """
    spec, link = _yearly(catalogue, table.entity)
    name = next((c for c in table.columns if c.match and c.match.field in _NAMED), None)
    if spec is None or link is None or name is None:
        return
    titled = year_in(table.context.label) or year_in(table.context.title)
    by_year: dict[int, list[Column]] = {}
    for column in table.columns:
        if column.match is not None or column.numbers_rows:
            continue
        year = year_in(column.heading.text) or titled
        match = _match(spec, column.heading, matcher)
        if year is None or match is None:
            continue
        columns = by_year.setdefault(year, [])
        if all(other.match and other.match.field != match.field for other in columns):
            columns.append(replace(column, match=match))
            column.elsewhere = True
    borrowed = replace(name, match=Match(link.key, 1.0, exact=True))
    for year, columns in sorted(by_year.items()):
        places = [column.position for column in columns]
        rows = [
            (number, row)
            for number, row in table.rows
            if any(row[place] not in ("", None) for place in places)
        ]
        yield replace(
            table, entity=spec.key, columns=[*columns, borrowed], rows=rows, rejected=[],
            total=None, runner_up="", constants={YEAR: year}, borrowed=frozenset({name.position}),
        )  # fmt: skip


def settle_year(table: Table, spec: Entity) -> None:
    """Take the year of a yearly table without a column for it from its title."""
    if YEAR not in spec or YEAR not in spec.required_any or YEAR in table.by_field():
        return
    if year := year_in(table.context.label) or year_in(table.context.title):
        table.constants = {YEAR: year}


def _yearly(catalogue: Catalogue, entity: str) -> tuple[Entity | None, Field | None]:
    """Return the entity that keeps figures of another per year, and the field that links them."""
    for spec in catalogue.ledger():
        for identity in spec.identity:
            if len(identity) != 2 or YEAR not in identity:
                continue
            link = spec[next(name for name in identity if name != YEAR)]
            if link.target == entity:
                return spec, link
    return None, None


def _match(spec: Entity, heading: Heading, matcher: HeadingMatcher) -> Match | None:
    """Return the yearly figure that a heading without its year means."""
    bare = replace(heading, core=_YEAR.sub("", heading.core).strip("_-"), parent="")
    found = matcher.candidates(spec.key, bare) if bare.core else ()
    if not found or found[0].confidence < _SURE:
        return None
    kind = spec[found[0].field].type
    return None if kind in (FieldType.TEXT, FieldType.REF, FieldType.DATE) else found[0]
