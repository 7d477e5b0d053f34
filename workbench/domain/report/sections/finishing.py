# SPDX-License-Identifier: MIT
"""The last look at a report's sheets: where source lines lead, and which figures are drawn.

A figure that would show nothing, or a single class, is a sentence: a lonely bar or a whole disc
says less than its table. A source line leads to what it names, as far as the report has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.domain.report.model import (
    Block,
    Cell,
    CellState,
    Chart,
    ChartKind,
    Paragraph,
    Sheet,
    Table,
)
from workbench.domain.report.sections.benchmarks import MATCHES
from workbench.domain.report.sections.limits import LIMITS
from workbench.domain.report.sections.links import (
    CALC_LEASES,
    CALC_SPACE,
    IN_FORCE,
    INDICATORS,
    PUBLICATIONS,
    TRACES,
    records_key,
)
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.eigenvector import EIGENVECTOR, WEIGHTS
from workbench.domain.report.sections.pathways.ranking import ORIGINS, SCORES
from workbench.domain.report.sections.pathways.rubric import RUBRIC
from workbench.domain.report.sections.pathways.shifts import LEADS, RESTS, SHIFTS
from workbench.domain.report.sections.risk_register import RISKS
from workbench.domain.report.sections.steps.asked import FACTS
from workbench.domain.report.sections.steps.features import FEATURES
from workbench.domain.report.sections.steps.item_weights import ITEMS
from workbench.domain.report.sections.steps.rules import RULES
from workbench.domain.report.sections.tabs import tabbed

_SINGLE = frozenset({ChartKind.PIE, ChartKind.BAR, ChartKind.HBAR})
"""Kinds whose only bar or slice says nothing that its table does not."""
_NAMED = {
    "report": (
        ("source.leases", records_key("lease")),
        ("source.diagnosis", RULES),
        ("source.indicators", TRACES),
        ("source.references", INDICATORS),
        ("source.matching", FEATURES),
        ("source.pathways", FACTS),
        ("source.checklist", ITEMS),
        ("source.risks", RISKS),
    ),
    "report_portfolio": (("source.annexes", CALC_LEASES), ("source.amounts", IN_FORCE)),
}
"""What the source lines of chapters name, by the room of their words, and by what links find it."""
_LEDGER = ("source.ledger", "source.scale", "source.scale_assets", "source.checks")
_OF_RECORDS = {
    "2-1": "parcel", "2-2": "building", "2-3": "encumbrance", "2-0": "parcel", "3-2": "park_year",
    "3-3": "enterprise_year", "3-4": "enterprise_year", "E-1": "building", "E-2": "parcel",
    "E-10": "building", "E-12": "lease", "E-13": "encumbrance", "E-14": "encumbrance",
}  # fmt: skip
"""Whose annex is meant by the source lines of tables that are made from one kind of record."""
_OF_TABLES = {
    "2-3b": LIMITS, "2-5": CALC_SPACE, "E-5": INDICATORS, "6-2": ORIGINS, "6-3": EIGENVECTOR,
    "6-5": SHIFTS, "6-6": LEADS, "6-7": RUBRIC, "6-8": SCORES, "6-0": SCORES, "6-11": SCORES,
    "6-12": SCORES, "6-13": RESTS, "6-14": RESTS, "6-15": WEIGHTS, "6-17": RISKS, "E-7": FACTS,
    "E-8": MATCHES, "7-5": PUBLICATIONS, "10-2": PUBLICATIONS,
}  # fmt: skip
"""Tables that are made from another."""
_JUDGED = ("summary", "indicators", "diagnosis", "benchmarks", "pathways", "checklist", "risks")
"""Chapters with words, colours and counts that the program judged once."""
_ASSESSED = ("diagnosis", "benchmarks", "pathways")
"""Chapters that have nothing to say of a park of which nothing is recorded."""
_OUTSIDE = ("cover", "contents")
_LEFT_IN_BARE = {"summary": 1, "assets": 1, "sources": 2, "annex_d": 0}
"""Chapters that still say something where nothing is assessed, and in how many tables at most."""
_JUDGED_OF_RECORDS = ("summary", "indicators")
"""Chapters whose judgements are left out where nothing is assessed."""
_ENTITIES = ("building", "parcel", "park")
"""Whose annex is opened by a source line that names the whole ledger, the first that is there."""


def finished(sheets: Sequence[Sheet], m: Material) -> tuple[Sheet, ...]:
    """Return the sheets with links at their source lines and without figures that show nothing."""
    sheets = tabbed(sheets, m)
    leads = _leads(sheets, m)
    return tuple(
        replace(
            sheet,
            blocks=(*(_finished(b, leads, m) for b in sheet.blocks), *judged(sheet, m)),
            about=sheet.about or _about(sheet, m),
        )
        for sheet in sheets
    )


def _about(sheet: Sheet, m: Material) -> str:
    """Return what the contents say of a sheet without its usual content, "" of any other."""
    if sheet.key in _OUTSIDE:
        return ""
    tables = len(list(sheet.tables))
    if m.is_bare and sheet.key in _LEFT_IN_BARE and tables <= _LEFT_IN_BARE[sheet.key]:
        return m.say(f"about_bare.{sheet.key}")
    return "" if tables else m.say("about_bare.nothing")


def led_of_parks(sheets: Sequence[Sheet], m: Material) -> tuple[Sheet, ...]:
    """Return the sheets of a portfolio with links at the source lines of their tables.

    Its chapters number their tables anew, so that only those of its annexes go by their numbers.
    """
    leads = _leads(sheets, m, only="E-")
    return tuple(
        replace(sheet, blocks=tuple(leads.led(b) if isinstance(b, Table) else b
                                    for b in sheet.blocks))
        for sheet in sheets
    )  # fmt: skip


def _leads(sheets: Sequence[Sheet], m: Material, only: str = "") -> "_Leads":
    """Return where source lines lead; ``only`` begins the numbers of tables that go by them."""
    tables = {table.name: table for sheet in sheets for table in sheet.tables}
    named = {m.words(f"{room}.{key}"): name for room, each in _NAMED.items() for key, name in each}
    ledger = next((k for e in _ENTITIES if (k := records_key(e)) in tables), "")
    named |= {m.say(key): ledger for key in _LEDGER}
    wanted = {at: records_key(entity) for at, entity in _OF_RECORDS.items()} | _OF_TABLES
    numbered = {m.table_no(at): key for at, key in wanted.items() if at.startswith(only)}
    numbered[m.table_no("D-2")] = files = m.table_no("D-1")
    return _Leads(tables, named, numbered, files)


def judged(sheet: Sheet, m: Material) -> list[Block]:
    """Return what a chapter says of its judgements that no formula follows; [] for an empty one."""
    if m.is_bare and sheet.key in _ASSESSED:
        return [Paragraph(m.say("bare.chapter"))]
    if m.is_bare and sheet.key in _JUDGED_OF_RECORDS:
        return []
    if sheet.key not in _JUDGED or not any(table.rows for table in sheet.tables):
        return []
    what = m.say(f"judged.{sheet.key}")
    return [Paragraph(m.say("judged.line", what=what, as_of=m.scope.as_of.isoformat()))]


def _finished(block: Block, leads: "_Leads", m: Material) -> Block:
    match block:
        case Chart():
            table = leads.tables.get(block.table)
            said = "" if table is None else undrawn(m, block, table)
            return Paragraph(said) if said else block
        case Table():
            return leads.led(block)
        case _:
            return block


# ---- where source lines lead


@dataclass(frozen=True)
class _Leads:
    """Where source lines lead: by the number of their table, else by their words."""

    tables: Mapping[str, Table]
    by_words: Mapping[str, str]
    by_number: Mapping[str, str]
    files: str
    """The table of imported files, from which the records of the annexes come."""

    def led(self, table: Table) -> Table:
        """Return a table whose source line leads to what it names; never to the table itself."""
        if not table.source_line:
            return table
        link = self._there(table.source_link or self._wanted(table), table.name)
        return table if link == table.source_link else replace(table, source_link=link)

    def _wanted(self, table: Table) -> str:
        if table.records:
            return self.files
        return self.by_number.get(table.number) or self.by_words.get(table.source_line, "")

    def _there(self, link: str, own: str) -> str:
        """Return a link to a row that the report has, else ""."""
        name, _, row = link.partition("@")
        known = self.tables.get(name)
        return f"{name}@{row or 1}" if known is not None and known.rows and name != own else ""


# ---- which figures are drawn


def undrawn(m: Material, chart: Chart, table: Table) -> str:
    """Return the sentence that stands in place of a figure, "" for one that is worth drawing."""
    title = f"{chart.number}　{chart.title}".strip("　")
    where = table.number or table.title
    rows = list(zip(*(table.cells(key) for key in chart.series), strict=True))
    if not any(cell.number for row in rows for cell in row):
        return m.say("undrawn.nothing", figure=title, table=where)
    shown = [
        category
        for category, row in zip(table.cells(chart.categories), rows, strict=True)
        if any(_is_drawn(cell, chart.kind) for cell in row)
    ]
    if all(cell.value == m.say("to_verify") or cell.state is CellState.UNKNOWN for cell in shown):
        column = table.columns[table.place(chart.categories)].title
        return m.say("undrawn.unknown", figure=title, table=where, column=column)
    if len(shown) == 1 and len(chart.series) == 1 and chart.kind in _SINGLE:
        return m.say("undrawn.single", figure=title, table=where, name=shown[0].value)
    return ""


def _is_drawn(cell: Cell, kind: ChartKind) -> bool:
    """Tell whether a number takes room in a figure: a bar of 0 is told, a slice of 0 is not."""
    return bool(cell.number) if kind is ChartKind.PIE else cell.number is not None
