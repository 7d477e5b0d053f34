# SPDX-License-Identifier: MIT
"""The annexes of a portfolio: the records of all parks, and how their figures are counted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.report.model import Block, Cell, Heading, NotAssessed, Paragraph, Table
from workbench.domain.report.sections.annex_layout import Listing, laid_out_together, told_count
from workbench.domain.report.sections.annexes import record_tables
from workbench.domain.report.sections.calculation import land_table, space_table, traces_table
from workbench.domain.report.sections.indicators import indicators_table
from workbench.domain.report.sections.links import CALC_SPACE, INDICATORS, TRACES
from workbench.domain.report.sections.live.bands import bands_table
from workbench.domain.report.sections.live.burdens import burden_tables
from workbench.domain.report.sections.live.chosen import ORDERS
from workbench.domain.report.sections.live.chosen_tables import chosen_tables
from workbench.domain.report.sections.live.coverage import coverage_tables
from workbench.domain.report.sections.live.judged import as_of_table
from workbench.domain.report.sections.live.running import leases_table
from workbench.domain.report.sections.live.tables import working_tables
from workbench.domain.report.sections.live.unmoved import unmoved_tables
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.chapter import parameters_table
from workbench.domain.report.sections.portfolio.joining import BESIDE, Joining, lead_of
from workbench.domain.report.sections.portfolio.parks import say
from workbench.domain.report.sections.portfolio.unregistered import (
    UNREGISTERED,
    unregistered_table,
)
from workbench.domain.report.sections.steps.completeness import completeness_table
from workbench.domain.report.sections.steps.overlap import industries_table
from workbench.domain.report.sections.steps.title_points import title_points_table

MOST_RECORDS = 3_000
"""Records of all parks together up to which a portfolio shows them and counts in formulas."""
_SHOWN = ("id", "name", "ours", "unit", "reference", "band", "rows")
"""The columns of the indicators that are shown; the others are in each park's own report."""
_LATER = frozenset({"lease", "encumbrance"})
_WORKING = "working_"
_BY_TITLE = (_WORKING, ORDERS)
"""How tables are called whose columns are told apart by what they say: each park has its own."""


def record_count(m: Material) -> int:
    """Return how many records a park has; firms that it has nothing to do with are not its own."""
    return told_count(m)


def records_of(
    parks: Sequence[Material], listing: Listing | None, key: str, number: str
) -> list[Block]:
    """Return the records of one entity of all parks, or that there are none."""
    m = parks[0]
    if listing is None:
        title = CATALOGUE[key].title(m.language)
        return [NotAssessed(m.say("no_records", entity=title))]
    return [*record_tables(m, listing, number, lead_of(parks, listing))]


class Annexes:
    """The joined tables of all parks, and the formulas of a park's figures over them."""

    def __init__(self, parks: Sequence[Material]) -> None:
        """``parks`` stand in the order of their numbers."""
        self._m, self._parks = parks[0], parks
        found = {
            entity.key: laid_out_together(parks, entity, BESIDE)
            for entity in self._m.whole.ledger.catalogue.ledger()
        }
        self.listings: dict[str, Listing] = {key: each for key, each in found.items() if each}
        self._joining = Joining(parks, self.listings)
        self.as_of = self._joining.share(as_of_table(self._m))
        self.parameters = self._joining.share(parameters_table(self._m))
        self._names: dict[str, None] = {}
        for at, m in enumerate(parks):
            for table in _tables(m):
                self._names[table.name] = None
                self._joining.add(at, table, by_title=table.name.startswith(_BY_TITLE))

    def counted(self, park: int, table: str, column: str, value: int | str) -> Cell:
        """Return in how many rows of a park in a joined table a column holds a value."""
        return self._joining.counted(park, table, column, value)

    def scale(self, park: int, m: Material, key: str) -> str:
        """Return the formula of a figure of a park's scale, "" for none."""
        return self._joining.formula(park, m.live.scale(key))

    def indicator(self, park: int, m: Material, id_: str, column: str) -> str:
        """Return where an indicator of a park stands, in one of the columns shown."""
        row = list(m.indicators).index(id_) + 1
        return self._joining.place(park, INDICATORS, column, row)

    def without_record(self, flag: str) -> str:
        """Return what adds how many assets of a row's park are burdened without a record."""
        return self._joining.added(UNREGISTERED, flag)

    def first_row(self, park: int, table: str) -> str:
        """Return the link to the first row of a park in a joined table, "" for none."""
        return self._joining.link(park, f"{table}@1")

    def records(self, entity: str, number: str) -> list[Block]:
        """Return the records of one entity of all parks."""
        return records_of(self._parks, self.listings.get(entity), entity, number)

    def ledger(self) -> list[Block]:
        """Return annex A: every record but leases and encumbrances, entity by entity."""
        m = self._m
        blocks: list[Block] = [Paragraph(say(m, "annex_a")), Paragraph(say(m, "note.rows_added"))]
        keys = [key for key in self.listings if key not in _LATER]
        for number, key in enumerate(keys, start=1):
            title, count = CATALOGUE[key].title(m.language), len(self.listings[key].records)
            heading = Heading(m.say("annex_entity", entity=title, count=count))
            blocks += [heading, *self.records(key, f"A-{number}")]
        return blocks

    def calculation(self) -> Iterator[Block]:
        """Yield annex E: what the figures of all parks are counted from."""
        m = self._m
        yield Paragraph(say(m, "annex_e"))
        yield self.as_of
        yield Heading(m.say("all_indicators"))
        for table in self._joined([INDICATORS], "E-16", _SHOWN):
            notes = (say(m, "note.indicators"), m.say("note.marked"))
            yield replace(table, title=say(m, "table.indicators"), unit_line="", notes=notes)
        yield Heading(m.say("calc_traces"))
        for table in self._joined([TRACES]):
            yield replace(table, apart=True)  # beside 表E-0 the numbers of the parks stretch
        counted = [name for name in self._names if name not in (INDICATORS, TRACES)]
        working = [name for name in counted if name.startswith(_WORKING)]
        yield Heading(say(m, "counted"))
        rows_added = say(m, "note.rows_added")
        for table in self._joined([name for name in counted if name not in working]):
            is_space = table.name == CALC_SPACE
            yield replace(table, notes=(*table.notes, rows_added)) if is_space else table
        if working:
            yield Heading(m.words("report_workings.heading"))
        for place, name in enumerate(working, start=1):
            yield from self._joined([name], f"E-6-{place}" if len(working) > 1 else "E-6")

    def _joined(
        self, names: Sequence[str], number: str = "", only: Sequence[str] = ()
    ) -> Iterator[Table]:
        for name in names:
            table = self._joining.table(name, number and self._m.table_no(number), only)
            if table is not None:
                yield table


def _tables(m: Material) -> Iterator[Table]:
    """Yield the tables of a park from which its figures are counted, as in its own report."""
    yield indicators_table(m)
    yield traces_table(m, park_at="where.annex_a")
    yield space_table(m)
    yield land_table(m)
    yield leases_table(m)
    yield from (t for t in (title_points_table(m), completeness_table(m), industries_table(m)) if t)
    yield from (block for block in burden_tables(m) if isinstance(block, Table))
    if (unregistered := unregistered_table(m)) is not None:
        yield unregistered
    yield from working_tables(m)
    yield from (block for block in coverage_tables(m) if isinstance(block, Table))
    yield replace(bands_table(m), notes=(say(m, "note.bands_annex"),))
    yield from (block for block in chosen_tables(m) if isinstance(block, Table))
    yield from (block for block in unmoved_tables(m) if isinstance(block, Table))
