# SPDX-License-Identifier: MIT
"""From a sheet's cells to tables: which rows and columns belong together and what they are about.

A table knows its entity, its columns with field, unit and confidence, the rows that may become
records, and every other row with the reason why it does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.domain.fields import Catalogue, Entity
from workbench.domain.parsing.traditional import simplified
from workbench.domain.tables.body import fill_merges_down, read_rows, shape_of
from workbench.domain.tables.cards import CardSheet, card_above, read_cards
from workbench.domain.tables.context import Context, read_context, with_units_below
from workbench.domain.tables.contradicted import take_back_guesses
from workbench.domain.tables.headings.headers import (
    Header,
    find_headers,
    find_loose_header,
    find_wide_header,
    header_at,
)
from workbench.domain.tables.headings.matcher import ColumnMap, HeadingMatcher, Match
from workbench.domain.tables.headings.months import name_months
from workbench.domain.tables.headings.words import Heading, take_apart
from workbench.domain.tables.headings.year_lines import name_years
from workbench.domain.tables.indicator_lists import PERIODS, read_indicator_list
from workbench.domain.tables.keys import (
    DOUBTFUL,
    nameless,
    naming_column,
    settle_key,
    settle_numbering,
)
from workbench.domain.tables.letters import column_letter
from workbench.domain.tables.mixed import parted
from workbench.domain.tables.neighbours import (
    end_above,
    lines_between,
    printed_again,
    repeats_after,
    same_headings,
)
from workbench.domain.tables.plans import settle_plans
from workbench.domain.tables.rows import Reason, RowReader
from workbench.domain.tables.shared_columns import names_of_parts, part_columns
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.tables.table import Column, RejectedRow, Table, park_of
from workbench.domain.tables.told_by_cells import propose_fields
from workbench.domain.tables.told_by_rows import told_by_rows
from workbench.domain.tables.told_by_title import (
    rooms_told,
    settle_by_cells,
    told_by_title,
)
from workbench.domain.tables.unit_lines import Units, units_in_name
from workbench.domain.tables.units_beside import (
    take_counters,
    take_units_from_comments,
    units_above,
)
from workbench.domain.tables.watching import Tick, unwatched
from workbench.domain.tables.years import (
    leave_foreseen_out,
    leave_years_open,
    listed_by,
    settle_year,
    whose_years,
    year_named,
    yearly_tables,
)  # fmt: skip

__all__ = ["Column", "RejectedRow", "Table", "TableFinder", "park_of"]

_HINT_WEIGHT = 2.5
_FEWEST_COLUMNS = 2
_UNSETTLED = "building"
"""What a table is taken for whose headings say nothing."""
_OF_A_YEAR = "park_year"
"""What a list of figures tells of that names nothing: the park of its title, in the year of it."""


class TableFinder:
    """Finds the tables of a sheet with the headings of a catalogue."""

    def __init__(self, catalogue: Catalogue, matcher: HeadingMatcher) -> None:
        self._catalogue = catalogue
        self._matcher = matcher

    def find(self, sheet: RawSheet, entity: str = "", tick: Tick = unwatched) -> list[Table]:
        """Return the tables of a sheet, top to bottom and left to right; none for no header."""
        name_months(sheet, self._matcher.is_heading)
        name_years(sheet)
        if listed := self._listed(sheet, entity):
            return listed
        headers = find_headers(sheet, self._matcher, tick)
        if not headers and (wide := find_wide_header(sheet, self._matcher)):
            headers = [wide]
        if not headers:
            if other := read_cards(sheet, self._matcher):
                return self._turned(other, entity)
            if loose := find_loose_header(sheet, self._matcher):
                headers = [loose]
        tables: list[Table] = []
        context, start = Context().with_units(units_in_name(sheet.name)), 0
        if headers and (above := card_above(sheet, headers[0].first, self._matcher)):
            context = read_context(lines_between(sheet, 0, above.begins), context)
            tables += self._named(self._turned(above, entity))
            start = above.ends
        return tables + self._below(sheet, headers, entity, context, start, tick)

    def _listed(self, sheet: RawSheet, entity: str) -> list[Table]:
        """Return the tables of a sheet that lists indicators, one to a line."""
        for key, period in PERIODS.items():
            if listed := read_indicator_list(sheet, self._matcher, period):
                periodic = self._turned(listed, entity)
                if any(key in table.by_field() for table in periodic):
                    return periodic
        if listed := read_indicator_list(sheet, self._matcher, ""):
            told = self._named(self._turned(listed, entity))
            return told or [t for t in self._turned(listed, entity or _OF_A_YEAR) if t.constants]
        return []

    def _below(
        self, sheet: RawSheet, headers: Sequence[Header], entity: str, context: Context,
        start: int = 0, tick: Tick = unwatched,
    ) -> list[Table]:  # fmt: skip
        """Return the tables below headers; the lines from ``start`` on say what they are about."""
        tables: list[Table] = []
        index = 0
        while index < len(headers):
            header = headers[index]
            context = read_context(lines_between(sheet, start, header.first), context)
            following = self._next_table(sheet, headers, index)
            stop = (
                end_above(sheet, headers[following].first)
                if following < len(headers)
                else (len(sheet.rows))
            )
            tables += self._tables_of(sheet, header, stop, context, entity, tick)
            start, index = stop, following
        return tables

    def under(self, sheet: RawSheet, first: int, last: int, entity: str = "") -> list[Table]:
        """Return the tables below a header that is known; positions in ``sheet.rows``.

        Headings that mean nothing to the catalogue make one table, for a person to settle.
        """
        name_months(sheet, self._matcher.is_heading)
        name_years(sheet)
        header = header_at(sheet, first, last)
        context = read_context(
            lines_between(sheet, 0, first), Context().with_units(units_in_name(sheet.name))
        )
        tables = list(self._tables_of(sheet, header, len(sheet.rows), context, entity))
        if not tables and header.levels:
            headings = {at: take_apart(levels) for at, levels in header.levels.items()}
            blank = ColumnMap(entity or _UNSETTLED, {}, 0.0)
            tables = [self._table(sheet, header, context, headings, (blank, ""))]
            self._fill(tables[0], header, len(sheet.rows))
        return tables

    def _turned(self, other: CardSheet, entity: str) -> list[Table]:
        """Return the tables of a sheet whose headings stand beside their values."""
        laid, words = other.sheet, self._matcher
        headers = find_headers(laid, words)
        if not headers and (one := find_wide_header(laid, words) or find_loose_header(laid, words)):
            headers = [one]
        tables = self._below(laid, headers, entity, Context())
        for table in tables:
            table.places = [other.places(number) for number, _ in table.rows]
            table.rows = [(other.row_number(number), row) for number, row in table.rows]
            table.rejected = [replace(r, row=other.row_number(r.row)) for r in table.rejected]
            table.header_rows = (other.header_row,)
            for column in table.columns:
                column.letter, row = other.first(column.stands_at)
                column.cell = f"{column.letter}{row}"
            table.parks = {}
        return tables

    def _named(self, tables: Sequence[Table]) -> list[Table]:
        """Return the tables of which something names the records."""
        return [
            table
            for table in tables
            if table.by_field().keys() & {*self._catalogue[table.entity].required_any}
        ]

    def _next_table(self, sheet: RawSheet, headers: Sequence[Header], index: int) -> int:
        """Return the next header that is not this one printed again without a title of its own."""
        here = headers[index].levels
        for following in range(index + 1, len(headers)):
            other = headers[following]
            if not same_headings(here, other.levels):
                return following
            top = end_above(sheet, other.first)
            titles = [text for text in lines_between(sheet, top, other.first) if text.strip()]
            first = headers[index].first
            if titles and not printed_again(titles, lines_between(sheet, 0, first)):
                return following
        return len(headers)

    def _tables_of(
        self, sheet: RawSheet, header: Header, stop: int, context: Context, entity: str,
        tick: Tick = unwatched,
    ) -> Iterator[Table]:  # fmt: skip
        """Yield the tables that share one header row: side by side, or just one."""
        headings = {position: take_apart(levels) for position, levels in header.levels.items()}
        for position, unit in header.units.items():
            if position in headings and not headings[position].unit:
                headings[position] = replace(headings[position], unit=unit)
        take_units_from_comments(sheet, header, headings)
        take_counters(sheet.rows[header.body : stop], headings)
        hints = simplified(f"{context.label} {context.title} {sheet.name}")
        runs = self._runs(headings)
        for run in runs:
            above = units_above(sheet, header, run) if len(runs) > 1 else Units()
            part = {position: headings[position] for position in run}
            best = self._best(part, hints, context.label, entity)
            if best is not None and not entity:
                lines = (context.label, context.title, sheet.name)
                told = (best[0].entity, part, lines, self._catalogue, self._matcher)
                other = listed_by(*told) or told_by_title(*told)
                best = self._best(part, hints, context.label, other) if other else best
            if best is not None:
                table = self._table(sheet, header, context.with_units(above), part, best)
                settle_key(table, self._catalogue[table.entity], self._matcher)
                self._fill(table, header, stop, tick)
                if not entity and (named := self._naming_more(table, header, part, stop, hints)):
                    table = named
                elif (kept := self._told_by_cells(table, header, part, best, stop)) is not None:
                    table = kept
                notes = (row.text for row in table.rejected if row.reason is Reason.FOOTNOTE)
                table.context = with_units_below(table.context, notes)
                settle_numbering(table, self._catalogue[table.entity])
                part_columns(table, self._catalogue[table.entity], self._matcher)
                take_back_guesses(table, self._catalogue[table.entity])
                settle_by_cells(table, self._catalogue[table.entity], self._matcher)
                leave_years_open(table)
                settle_year(table, self._catalogue[table.entity])
                leave_foreseen_out(table, self._catalogue[table.entity])
                settle_plans(table, self._catalogue[table.entity], self._matcher)
                propose_fields(table, self._catalogue[table.entity])
                fill_merges_down(table, self._catalogue[table.entity])  # of what was settled since
                others = () if entity else parted(table, self._catalogue, self._matcher)
                yield from (table, *others)
                yield from yearly_tables(table, self._catalogue, self._matcher)
                yield from whose_years(table, self._catalogue, self._matcher)

    def _naming_more(
        self, table: Table, header: Header, part: Mapping[int, Heading], stop: int, hints: str
    ) -> Table | None:
        """Return the table as another kind of record, if the rows tell or only that takes them.

        Where each row names its building and some have no tenant, the rows are buildings.
        """
        asked = (table, part, self._catalogue, self._matcher)
        other = told_by_rows(*asked)
        told = other or rooms_told(table.entity, part, self._catalogue, self._matcher)
        second = told or table.runner_up
        if not second or not (other or nameless(table, self._catalogue[table.entity])):
            return None
        best = self._best(part, hints, table.context.label, second)
        if best is None or (not told and len(best[0].columns) < len(table.by_field())):
            return None
        made = self._table(table.sheet, header, table.context, part, (best[0], table.entity))
        settle_key(made, self._catalogue[made.entity], self._matcher)
        self._fill(made, header, stop)
        left = nameless(made, self._catalogue[made.entity])
        return None if left and not other else made

    def _told_by_cells(
        self, table: Table, header: Header, part: Mapping[int, Heading],
        best: tuple[ColumnMap, str], stop: int,
    ) -> Table | None:  # fmt: skip
        """Return a table without a key as one that is keyed by the texts of its rows."""
        spec, rows = self._catalogue[table.entity], table.sheet.rows[header.body : stop]
        found = naming_column(table, spec, self._matcher, rows)
        if found is None:
            return None
        place, field = found
        again = self._table(table.sheet, header, table.context, part, best)
        column = next(column for column in again.columns if column.position == place)
        column.match = Match(field, DOUBTFUL, exact=False)
        self._fill(again, header, stop)
        return again

    def _fill(self, table: Table, header: Header, stop: int, tick: Tick = unwatched) -> None:
        """Sort the rows below the header into records and rejected rows."""
        spec = self._catalogue[table.entity]
        shape = shape_of(table.sheet, table, spec, header)
        read_rows(table, header.body, stop, RowReader(shape), tick)
        fill_merges_down(table, spec)

    def _runs(self, headings: Mapping[int, Heading]) -> list[list[int]]:
        """Split columns into tables that stand side by side."""
        positions = sorted(headings)
        repeated = repeats_after(positions, headings)
        if repeated:
            return [positions[i : i + repeated] for i in range(0, len(positions), repeated)]
        runs: list[list[int]] = []
        for position in positions:
            if runs and position == runs[-1][-1] + 1:
                runs[-1].append(position)
            else:
                runs.append([position])
        if len(runs) == 1 or not all(self._stands_alone(run, runs, headings) for run in runs):
            return [positions]
        return runs

    def _stands_alone(
        self, run: Sequence[int], runs: Sequence[Sequence[int]], headings: Mapping[int, Heading]
    ) -> bool:
        part = {position: headings[position] for position in run}
        best = self._best(part, "", "", "")
        if best is None:
            return False
        keys = {
            position: match
            for position, match in best[0].columns.items()
            if match.field in self._catalogue[best[0].entity].required_any
        }
        if len(part) > _FEWEST_COLUMNS:
            return bool(keys)
        # Two columns are a table only when a heading stands again beside: no table has it twice.
        beside = {headings[at].core for other in runs if other is not run for at in other}
        return any(m.exact for m in keys.values()) and any(h.core in beside for h in part.values())

    def _best(
        self, headings: Mapping[int, Heading], hints: str, label: str, entity: str
    ) -> tuple[ColumnMap, str] | None:
        """Return the best entity for the headings, and the second best."""
        entities = [self._catalogue[entity]] if entity else self._catalogue.ledger()
        parts = names_of_parts(headings, self._matcher)
        ranked = []
        for spec in entities:
            named = mapped = self._matcher.assign(spec.key, headings)
            if parts:  # 抵押权人/金额 tells what is listed, and is no column of either yet
                named = self._matcher.assign(spec.key, {**headings, **parts})
            if named.columns:
                score = named.score + min(_hint(spec, hints, label), named.score)
                ranked.append((score, len(named.columns), mapped))
        figures = sum(year_named(heading.text) for heading in headings.values())
        ranked.sort(key=lambda p: (p[1] + figures < _FEWEST_COLUMNS, -p[0]))
        if not ranked:
            return None
        score, count, best = ranked[0]
        if count + figures < _FEWEST_COLUMNS and not entity:
            return None
        chosen = ColumnMap(best.entity, best.columns, score)
        return chosen, ranked[1][2].entity if len(ranked) > 1 else ""

    def _table(
        self, sheet: RawSheet, header: Header, context: Context,
        headings: Mapping[int, Heading], best: tuple[ColumnMap, str],
    ) -> Table:  # fmt: skip
        mapped, runner_up = best
        columns = [
            Column(
                position,
                column_letter(position + sheet.left),
                heading,
                heading.unit,
                mapped.columns.get(position),
                position + sheet.left in sheet.hidden_columns,
                position not in mapped.columns and self._matcher.is_index(heading),
            )
            for position, heading in sorted(headings.items())
        ]
        return Table(
            sheet, mapped.entity, columns,
            tuple(range(sheet.top + header.first, sheet.top + header.last + 1)),
            context, score=mapped.score, runner_up=runner_up,
        )  # fmt: skip


def _hint(spec: Entity, hints: str, label: str) -> float:
    """Weigh words in title, section label and sheet name that point at an entity."""
    bonus = 0.0
    for word in (*spec.hints, spec.zh):
        if word in label:
            bonus = max(bonus, _HINT_WEIGHT * 1.5)
        elif word in hints:
            bonus = max(bonus, _HINT_WEIGHT)
    return bonus
