# SPDX-License-Identifier: MIT
"""Figures per year in a table of firms or parks: 2023年产值 beside the name becomes a record.

A ledger puts the years side by side, in headings or in the title; the ledger model keeps one record
per firm and year.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.domain.fields import Catalogue, Entity, Field, FieldType
from workbench.domain.parsing.standing import Standing, standing
from workbench.domain.tables.headings.matcher import HeadingMatcher, Match
from workbench.domain.tables.headings.words import YEAR_WORD, Heading
from workbench.domain.tables.headings.year_lines import is_year_name
from workbench.domain.tables.rows import Reason
from workbench.domain.tables.table import Column, RejectedRow, Table

YEAR = "year"
_SURE = 0.85
_FIRM, _LAND = "enterprise", "parcel"
_FIRMS = re.compile("企业|公司|用地单位")
_NAMED = ("name", "code", "credit_code")
_NOT_TOLD = frozenset({"name", "code", "note", "role"})
"""Fields of a firm that a column of a yearly table does not tell."""
_PART = re.compile(
    r"[上下]半年|[一二三四1-4]季度?|q[1-4]|(?<!\d)\d{1,2}[-—–~至到]\d{1,2}月|前[一二三四五六七八九十\d]+个?[月季]|"
    r"年0?(?:[1-9]|1[01])月|截[至止]",
    re.I,
)
_WHOLE = re.compile(
    r"(?<!\d)0?1[-—–~至到]12月|年12月|四季度末|截[至止](?:\d{4}年)?(?:12月|年?[底末])"
)
_ACHIEVED = re.compile("^(?:全年|0?1[-—–~至到]12月份?|末)?(?:实际|实际完成|完成)?(?=.)")
"""What 2024年1-12月实际产值 says beside its year and its figure."""
_ESTIMATED_YEAR = re.compile(r"^(?:19|20)\d\d\s*[efpEFP]$")
"""2025E, as analysts write a forecast."""


def year_in(text: str) -> int | None:
    """Return the whole year that a title or heading gives figures of.

    None for none, several, a part of one (2024年1-9月), or a year that is only foreseen.
    """
    years = set(YEAR_WORD.findall(text))
    return int(years.pop()) if len(years) == 1 and not why_no_year(text) else None


def year_named(text: str) -> bool:
    """Tell whether a heading names a year at all."""
    return YEAR_WORD.search(text) is not None


def why_no_year(text: str) -> str:
    """Return why a text names no year of figures that there are: forecast, part_of_year, or ""."""
    if standing(text) is Standing.FORECAST or _ESTIMATED_YEAR.match(text.strip()):
        return "forecast"
    return "part_of_year" if _PART.search(_WHOLE.sub("", text)) else ""


def leave_years_open(table: Table) -> None:
    """Take none of several years' figures for the one that a record keeps: 年租金 2023, 2024, 2025.

    A person may choose one; records of years are made of them where the ledger keeps such.
    """
    for columns in by_years(table.columns).values():
        for column in columns:
            if not column.chosen:
                column.match = None


def by_years(columns: Iterable[Column]) -> dict[str, list[Column]]:
    """Return the columns that give several years' figures of one thing, by what that is."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        if column.heading.parent and is_year_name(column.heading.core):
            found.setdefault(column.heading.parent, []).append(column)
    return {what: years for what, years in found.items() if len(years) > 1}


def yearly_tables(table: Table, catalogue: Catalogue, matcher: HeadingMatcher) -> Iterator[Table]:
    """Yield a table per year for the columns that the entity itself has no field for.

    A year stands in the heading, else in the title. The new tables share the rows and the naming
    column of the given one.
    """
    spec, link = _yearly(catalogue, table.entity)
    name = next((c for c in table.columns if c.match and c.match.field in _NAMED), None)
    if spec is None and (firm := _firm_of_land(table)) is not None:
        (spec, link), name = _yearly(catalogue, _FIRM), firm
    if spec is None or link is None or name is None:
        return
    titled = _year_above(table)
    by_year: dict[int, list[Column]] = {}
    for column in table.columns:
        if column.match is not None or column.numbers_rows or why_no_year(column.heading.text):
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
            runner_up="", constants={YEAR: year}, borrowed=frozenset({name.position}),
        )  # fmt: skip


def _firm_of_land(table: Table) -> Column | None:
    """Return the column of the firms of a list of land, whose figures of years stand beside it."""
    columns = table.by_field()
    firms = (columns.get(field) for field in ("occupier", "right_holder"))
    called = (column for column in firms if column and _FIRMS.search(column.heading.core))
    return next(called, None) if table.entity == _LAND else None


def whose_years(table: Table, catalogue: Catalogue, matcher: HeadingMatcher) -> Iterator[Table]:
    """Yield the firms of a table of yearly figures that tells more of them: trade, grade.

    Only the rows of the last year tell what a firm is now.
    """
    years = table.by_field().get(YEAR)
    references = catalogue[table.entity].references()
    link = next((field for field in references if _is_yearly(table, field, catalogue)), None)
    name = table.by_field().get(link.key) if link else None
    if years is None or link is None or name is None:
        return
    spec = catalogue[link.target]
    open_columns = {c.position: c.heading for c in table.columns if c.match is None}
    told = {
        at: match
        for at, match in matcher.assign(spec.key, open_columns).columns.items()
        if match.exact and not spec[match.field].numeric and match.field not in _NOT_TOLD
    }
    if not told:
        return
    columns = []
    for column in table.columns:
        if column.position in told:
            columns.append(replace(column, match=told[column.position]))
            column.elsewhere = True
    last = max((str(row[years.position]) for _, row in table.rows), default="")
    rows = [row for row in table.rows if str(row[1][years.position]) == last]
    borrowed = replace(name, match=Match("name", 1.0, exact=True))
    yield replace(
        table, entity=spec.key, columns=[*columns, borrowed], rows=rows, rejected=[],
        runner_up="", constants={}, borrowed=frozenset({name.position}), total=None, subtotals=[],
    )  # fmt: skip


def _is_yearly(table: Table, link: Field, catalogue: Catalogue) -> bool:
    """Tell whether a table keeps one record per year of what a reference names."""
    spec = catalogue[table.entity]
    return (link.key, YEAR) in spec.identity and "name" in catalogue[link.target]


def listed_by(
    entity: str, headings: Mapping[int, Heading], texts: Sequence[str], catalogue: Catalogue,
    matcher: HeadingMatcher,
) -> str:  # fmt: skip
    """Return whom a list of one year's figures is about, where it says more of them, else "".

    A list of firms with their trade, grade and the figures of the year in its title is one of
    firms, and so is one with several years' figures of each beside one another; ``texts`` are the
    lines above it and the sheet's name.
    """
    spec = catalogue[entity]
    if YEAR not in spec.required_any:
        return ""
    several = len({year for h in headings.values() if (year := year_in(h.text))}) > 1
    if not several and not any(map(year_in, texts)):
        return ""
    link = next((field for field in spec.references() if (field.key, YEAR) in spec.identity), None)
    if link is None or YEAR in {m.field for m in matcher.assign(entity, headings).columns.values()}:
        return ""
    found = matcher.assign(link.target, headings).columns.values()
    told = {match.field for match in found if match.exact}
    return link.target if told & set(_NAMED) and (several or told - set(_NAMED)) else ""


def settle_year(table: Table, spec: Entity) -> None:
    """Take the year of a yearly table without a column for it from its title."""
    if YEAR not in spec or YEAR not in spec.required_any or YEAR in table.by_field():
        return
    if year := _year_above(table):
        table.constants = {YEAR: year}


def _year_above(table: Table) -> int | None:
    """Return the year that the lines above a table or the sheet's name give its figures of."""
    context = table.context
    return year_in(context.label) or year_in(context.title) or year_in(table.sheet.name)


def leave_foreseen_out(table: Table, spec: Entity) -> None:
    """Take the rows of 2025年预计 and 2024年1-9月 out of a yearly table: neither was a year's."""
    column = table.by_field().get(YEAR)
    if column is None or YEAR not in spec.required_any:
        return
    kept = []
    for number, row in table.rows:
        cell = row[column.position]
        why = why_no_year(cell) if isinstance(cell, str) and re.search(r"\d{4}", cell) else ""
        if why:
            table.rejected.append(RejectedRow(number, Reason.UNREADABLE, str(cell).strip(), why))
        else:
            kept.append((number, row))
    table.rows = kept


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
    core = _ACHIEVED.sub("", YEAR_WORD.sub("", heading.core)).strip("_-")
    parent = YEAR_WORD.sub("", heading.parent).strip("_-")
    if not core:  # 税收 above, 2023年 and 2024年 below
        core, parent = parent, ""
    bare = replace(heading, core=core, parent=parent)
    found = matcher.candidates(spec.key, bare) if bare.core else ()
    if not found or found[0].confidence < _SURE:
        return None
    kind = spec[found[0].field].type
    return None if kind in (FieldType.TEXT, FieldType.REF, FieldType.DATE) else found[0]
