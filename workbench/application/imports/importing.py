# SPDX-License-Identifier: MIT
"""Importing ledgers: preview (nothing stored), then commit as one operation of one batch."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from workbench.application.collection import paused_collection
from workbench.application.history import History
from workbench.application.imports.asset_names import link_named_assets
from workbench.application.imports.attached import (
    find_attached,
    mention,
    point_at_hosts,
    read_attached,
)
from workbench.application.imports.choices import LEAVE_OUT, ImportOptions, TableChoices
from workbench.application.imports.closed import bar_closed
from workbench.application.imports.columns import read_columns
from workbench.application.imports.commit import BatchResult, Decisions, store
from workbench.application.imports.continued import find_continued
from workbench.application.imports.derived import derive
from workbench.application.imports.from_above import repeat_owners
from workbench.application.imports.hollow import (
    review_hollow_list,
    review_shared_leases,
    review_untold_burdens,
)
from workbench.application.imports.layouts import SETTING, Layouts
from workbench.application.imports.match import Matcher
from workbench.application.imports.no_houses import ask_what_rows_are, review_what_is_no_house
from workbench.application.imports.pointed_at import (
    refuse_missing_columns,
    refuse_missing_sheets,
)
from workbench.application.imports.preview import (
    FilePreview,
    IgnoredSheet,
    Outcome,
    Preview,
    TablePreview,
)
from workbench.application.imports.references import References
from workbench.application.imports.remarks import ask_about_remarks
from workbench.application.imports.resolving import resolve, settle_parks
from workbench.application.imports.said_of_all import say_of_all
from workbench.application.imports.settled_columns import settle_columns
from workbench.application.imports.sheets import (
    is_only_list,
    no_table,
    outside_pivots,
    override,
    why_ignored,
)  # fmt: skip
from workbench.application.imports.stated_twice import compare_twins, find_twins
from workbench.application.imports.to_come import (
    ask_about_named_states,
    review_what_is_to_come,
)
from workbench.application.imports.totals import compare_all_totals
from workbench.application.imports.unread import keep_unread
from workbench.application.ledger.pasting import PastedBlock
from workbench.application.ports import CatalogueOf, Progress, Silent
from workbench.application.stages import Stages
from workbench.application.store_ports import NewUnitOfWork
from workbench.application.versions.final_guard import ASSESSMENT
from workbench.domain.catalogue import shipped
from workbench.domain.fields import Catalogue
from workbench.domain.parsing.parsed import notice, warning
from workbench.domain.records import own_field_sheet
from workbench.domain.records.ledger import Record
from workbench.domain.records.own_fields import OwnField, with_own
from workbench.domain.tables.copied.block import to_tsv
from workbench.domain.tables.finder import Table, TableFinder
from workbench.domain.tables.headings.matcher import matcher_of
from workbench.domain.tables.letters import column_letter
from workbench.domain.tables.sheets import RawSheet, RawWorkbook
from workbench.domain.tables.table import park_of_file, park_on_cover
from workbench.domain.tables.watching import Tick, unwatched, watched

_READING, _UNDERSTANDING = 0.35, 0.35
"""How large a part of a preview is reading the file and finding out what its cells mean."""


class WorkbookReader(Protocol):
    """Reads a workbook file into raw sheets."""

    def read(self, path: str, progress: Progress | None = None) -> RawWorkbook:
        """Return the sheets of a file; InputError says in one sentence why it cannot be read."""
        ...


_Found = tuple[Table, TableChoices, bool]
"""A table, what was chosen for it, and whether that was remembered."""


class Importing:
    """Reads ledgers of any layout, shows what it understood, and stores what was agreed."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        reader: WorkbookReader,
        catalogue: CatalogueOf = shipped,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._reader = reader
        self._catalogue_of = catalogue
        self._know(catalogue())

    def _know(self, catalogue: Catalogue) -> None:
        """Recognise the headings of a catalogue from now on."""
        self._catalogue = catalogue
        self._matcher = matcher_of(catalogue)
        self._finder = TableFinder(catalogue, self._matcher)

    def preview(
        self,
        paths: Sequence[str],
        options: ImportOptions = ImportOptions(),  # noqa: B008 - frozen
        progress: Progress | None = None,
    ) -> Preview:
        """Read files and say what importing them would do; InputError for unreadable ones."""
        with paused_collection():
            return self._preview(paths, options, progress or Silent())

    def _preview(self, paths: Sequence[str], options: ImportOptions, progress: Progress) -> Preview:
        if (catalogue := self._catalogue_of()) is not self._catalogue:
            self._know(catalogue)
        stages, count = Stages(progress), max(len(paths), 1)
        books = [self._reader.read(path, stages.stage(_READING / count)) for path in paths]
        brought = self._brought(books)
        preview = Preview(
            str(uuid.uuid4()), options, [], catalogue=self._catalogue, own_fields=brought
        )
        refuse_missing_sheets(books, options)
        layouts = self._layouts() if options.remembered else Layouts()
        for path, book in zip(paths, books, strict=True):
            stage = stages.stage(_UNDERSTANDING / count)
            preview.files.append(self._understand(path, book, options, layouts, stage))
        refuse_missing_columns(preview)
        self._decide(preview, stages.stage(1 - _READING - _UNDERSTANDING))
        stages.finish()
        return preview

    def _brought(self, books: Sequence[RawWorkbook]) -> tuple[OwnField, ...]:
        """Know the own fields that files declare and the project lacks, for this preview."""
        declared = [
            own
            for book in books
            for sheet in book.sheets
            for own in own_field_sheet.read(sheet) or ()
        ]
        new = tuple(own_field_sheet.missing(declared, self._catalogue))
        if new:
            self._know(with_own(self._catalogue, new))
        return new

    def preview_block(
        self, block: PastedBlock, name: str, *, after: int = 0, park: str = ""
    ) -> Preview:
        """Say what the rows of a pasted block from ``after`` on would become as records.

        ``name`` is what the kept text is called. A column whose heading names no unit is in the
        unit that the grid shows, as in a cell that is typed.
        """
        if block.catalogue is not self._catalogue:
            self._know(block.catalogue)
        sheet = block.sheet(name, after)
        fields = {column_letter(at): field for at, field in enumerate(block.fields, start=1)}
        choices = TableChoices(block.entity, fields)
        content = to_tsv([[str(cell) for cell in row] for row in sheet.rows]).encode()
        options = ImportOptions(park=park)
        preview = Preview(str(uuid.uuid4()), options, [], catalogue=self._catalogue)
        file = FilePreview("", name, content)
        for table in self._finder.under(sheet, 0, 0, block.entity):
            file.tables.append(self._read(name, table, choices, park))
        preview.files.append(file)
        self._decide(preview, Silent())
        return preview

    def commit(
        self,
        preview: Preview,
        decisions: Decisions | None = None,
        progress: Progress | None = None,
    ) -> BatchResult:
        """Store a preview in one transaction, as one undoable operation."""
        with paused_collection():
            return store(
                preview, decisions or Decisions(), self._unit_of_work, self._history,
                progress or Silent(), preview.catalogue,
            )  # fmt: skip

    def _layouts(self) -> Layouts:
        with self._unit_of_work() as work:
            return Layouts.read(work.setting(SETTING))

    def _understand(
        self, path: str, book: RawWorkbook, options: ImportOptions, layouts: Layouts,
        progress: Progress,
    ) -> FilePreview:  # fmt: skip
        """Find the tables of a file and read their columns."""
        file = FilePreview(path, book.name, book.content)
        total, before = 2 * sum(len(sheet.rows) for sheet in book.sheets), 0
        found: list[_Found] = []
        for sheet in book.sheets:

            def tick(rows: int, before: int = before) -> None:
                progress.step(before + rows, total)

            before += len(sheet.rows)
            found += self._tables_on(sheet, file, len(book.sheets), options, layouts, tick)
        found = self._with_only_lists(book, file, found, options, layouts)
        cover = park_on_cover(left.raw for left in file.ignored if left.raw)
        park = options.park or park_of_file(book.name, [table for table, _, _ in found], cover)
        for table, choices, remembered in found:

            def tick_again(rows: int, before: int = before) -> None:
                progress.step(before + rows, total)

            before += len(table.rows)
            preview = self._read(file.name, table, choices, park, tick_again)
            preview.remembered = remembered
            file.tables.append(preview)
        if not file.tables and not (options.sheets or options.tolerant):
            raise no_table(file)
        return file

    def _with_only_lists(
        self, book: RawWorkbook, file: FilePreview, found: list[_Found], options: ImportOptions,
        layouts: Layouts,
    ) -> list[_Found]:  # fmt: skip
        """Return the tables of a file, with a 汇总 sheet's whose records no other sheet has."""
        others = {table.entity for table, _, _ in found}
        for left_out in [sheet for sheet in file.ignored if sheet.reason == "summary"]:
            sheet = left_out.raw
            if sheet is None or sheet.foreign_formulas:
                continue
            tables = self._tables(file.name, sheet, options, layouts)
            if is_only_list(tables, others, self._catalogue):
                file.ignored.remove(left_out)
                found += self._tables_on(sheet, file, 1, options, layouts, unwatched)
        order = [sheet.name for sheet in book.sheets]
        return sorted(found, key=lambda item: order.index(item[0].sheet.name))

    def _tables_on(
        self, sheet: RawSheet, file: FilePreview, sheets: int, options: ImportOptions,
        layouts: Layouts, tick: Tick,
    ) -> Iterator[_Found]:  # fmt: skip
        """Yield the tables of a sheet that are to be read; say of the others why they are not."""
        if own_field_sheet.read(sheet) is not None:
            file.ignored.append(IgnoredSheet(sheet.name, "own_fields", sheet))
            return
        tables = self._tables(file.name, sheet, options, layouts, tick)
        pointed = options.header_rows(file.name, sheet.name) is not None
        reason = "" if pointed else why_ignored(sheet, tables, options, sheets)
        if reason or not tables:
            file.ignored.append(IgnoredSheet(sheet.name, reason or "no_header", sheet))
            return
        if not (options.sheets or pointed):
            tables = outside_pivots(tables)
        for table in tables:
            asked = options.of_table(file.name, sheet.name, table.header_rows[0], table.spot)
            known = layouts.of(table)
            if known is not None and table.part:
                known = replace(known, entity="")  # two kinds of records share the header
            choices = asked.over(known) if known else asked
            if choices.entity == LEAVE_OUT:
                file.ignored.append(IgnoredSheet(sheet.name, "not_chosen", sheet))
            else:
                yield table, choices, known is not None

    def _tables(
        self, file: str, sheet: RawSheet, options: ImportOptions, layouts: Layouts,
        tick: Tick = unwatched,
    ) -> list[Table]:  # fmt: skip
        if options.sheets and sheet.name not in options.sheets:
            return []
        if rows := options.header_rows(file, sheet.name):
            first, last = (min(max(row - sheet.top, 0), len(sheet.rows) - 1) for row in rows)
            return self._finder.under(sheet, first, max(first, last))
        sheet.said_rows = options.rows_of(file, sheet.name)
        tables = self._finder.find(sheet, tick=tick)
        known = any(map(layouts.of, tables))
        if not known and (place := layouts.place(sheet)):
            # A header that is found only because a person once pointed at it.
            return self._finder.under(sheet, *place) or tables
        return tables

    def _read(
        self, file: str, table: Table, choices: TableChoices, park: str, tick: Tick = unwatched
    ) -> TablePreview:
        tick(0)
        override(table, choices, self._matcher, self._catalogue)
        carried = find_attached(table, choices, self._matcher)
        spec = self._catalogue[table.entity]
        tick(0)
        settle_columns(table)
        twins = find_twins(table, spec, self._matcher)
        columns, problems = read_columns(table, spec, choices.units, tick)
        compare_twins(table, twins, columns)
        say_of_all(table, spec, columns, choices.every)
        repeat_owners(table, spec, columns)
        derive(table, spec, columns)
        outcomes = [Outcome.NEW] * len(table.rows)
        preview = TablePreview(file, table, spec, columns, outcomes, list(table.rejected))
        preview.problems = problems
        preview.choices = choices
        hidden = table.sheet.hidden_rows
        if hidden and table.places is None:
            for index, (number, _) in enumerate(table.rows):
                if number in hidden:
                    preview.row_problems[index] = [("", notice("hidden_row", row=str(number)))]
        ask_what_rows_are(preview)
        for note in table.sheet.notes:
            preview.problems.append(("", warning(note)))
        settle_parks(preview, spec, park)
        preview.attached = list(read_attached(preview, carried))
        find_continued(preview)
        return preview

    def _decide(self, preview: Preview, progress: Progress) -> None:
        """Match every row, parents before children, whatever the order of the sheets."""
        tables = list(preview.everything())
        with self._unit_of_work() as work:
            total = sum(len(table.table.rows) for table in tables)
            existing = _Existing(work.records.each, progress, total)
            references = References(self._catalogue, existing.of, existing.tick)
            order = [entity.key for entity in self._catalogue.ledger()]
            # A park names its platform company, so firms, which name nothing, come first.
            order.sort(key=lambda key: any(self._catalogue[key].references()))
            matchers: dict[str, Matcher] = {}
            tables.sort(key=lambda table: order.index(table.entity))
            before = 0
            for table in tables:

                def tick(rows: int, before: int = before) -> None:
                    progress.step(before + rows, total)

                before += len(table.table.rows)
                point_at_hosts(table)
                resolve(table, references, self._catalogue)
                link_named_assets(table, references, self._catalogue)
                matcher = matchers.get(table.entity)
                if matcher is None:
                    spec = self._catalogue[table.entity]
                    stored = existing.of(table.entity)
                    matcher = Matcher(spec, stored, references, preview.options, existing.tick)
                    matchers[table.entity] = matcher
                matcher.take(table, tick)
                keep_unread(table, existing.of(table.entity))
                bar_closed(table, existing.of(ASSESSMENT))
                table.rejected.sort(key=lambda rejected: rejected.row)
                review_what_is_no_house(table)
                review_what_is_to_come(table)
                ask_about_named_states(table)
                review_hollow_list(table, self._catalogue[table.entity])
                review_untold_burdens(table)
                review_shared_leases(table)
                ask_about_remarks(table, tables)
                mention(table)
            compare_all_totals(preview)
            preview.references = references.planned


class _Existing:
    """The records of the project, each entity read once, with progress while it is read."""

    def __init__(
        self, each: Callable[[str], Iterable[Record]], progress: Progress, total: int
    ) -> None:
        self._each = each
        self._progress = progress
        self._total = total
        self._known: dict[str, Sequence[Record]] = {}

    def of(self, entity: str) -> Sequence[Record]:
        """Return the records of an entity."""
        if entity not in self._known:
            self._known[entity] = list(watched(self._each(entity), self.tick))
        return self._known[entity]

    def tick(self, _rows: int) -> None:
        """Say that the records of the project are still being looked at."""
        self._progress.step(0, self._total)
