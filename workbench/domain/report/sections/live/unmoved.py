# SPDX-License-Identifier: MIT
"""附表E-22: what decides a figure without standing in its formula, and whether a reader changed it.

A formula follows the numbers and dates that it is made of. Words and dates that only decide what
is counted (the use of a parcel, the kind of a facility) were judged by the program. Each of their
columns is therefore known by a sum, and a figure that asked them is 待核 once that sum has changed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.display import choice_title, shown
from workbench.domain.fields import NUMERIC_TYPES, Field, FieldType
from workbench.domain.report.model import Block, Cell, CellState, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.annex_layout import Listing
from workbench.domain.report.sections.cells import of_field, words
from workbench.domain.report.sections.links import column_part
from workbench.domain.report.sections.live.judged import AS_OF_CELL
from workbench.domain.report.sections.live.references import (
    ROWS_AT_ONCE,
    deciding,
    told_by_rows,
)
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, to_verify
from workbench.domain.workings.numbers import At, Judged, Worded

UNMOVED = "unmoved"
"""By what formulas find the table."""
_INDICATOR = re.compile(r"I-(\d\d)(\*?)")
_OF_TABLE = re.compile(r".*?\d-\d+b? ")
"""How a figure of a table begins."""
_IN_A_ROW, _OF_PARK = 3, 1_000
_EPOCH = date(1899, 12, 30)
"""Day 0 of the dates of a workbook."""
_MOST_WORDS, _MOST_RUNS = 24, 12
"""More different words, or separate runs of rows, make too long a formula."""
_REDACTED = frozenset({FieldType.TEXT, FieldType.TEXTS, FieldType.CODE})
"""Types whose texts may be replaced by codes in a redacted copy: only whether they are there."""
_RIGHTS = {("encumbrance", each) for each in ("kind", "status", "start_on", "end_on")}
_JUDGED_BY: Mapping[str, Set[tuple[str, str]]] = {
    Judged.RUNS: {("lease", each) for each in ("terminated_on", "start_on", "end_on")},
    Judged.IN_FORCE: _RIGHTS,
    Judged.PLEDGED: _RIGHTS,
    Judged.SEIZED: _RIGHTS,
}
"""The fields that the formula of a judgement follows itself, in every record."""
_FLAGS: Mapping[str, str] = {Judged.PLEDGED: "mortgage", Judged.SEIZED: "seizure"}
"""The ledger's own flag that a judgement of an asset follows, of that asset."""
_COUNTED = frozenset({*NUMERIC_TYPES, FieldType.DATE})
_CHOSEN = frozenset({"park_year", "enterprise_year", "valuation", "finance"})
"""Kinds of records of which formulas take the newest that counts (``live/chosen``)."""
Run = tuple[int, int]


_Place = tuple[str, str, tuple[Run, ...], frozenset[str]]


@dataclass(slots=True)
class _Line:
    """One column of an annex, or some of its rows, and the figures that it decides."""

    entity: str
    asked: Field
    runs: tuple[Run, ...]
    alike: frozenset[str] = frozenset()
    """The words that formulas tell apart themselves."""
    figures: dict[str, None] = field(default_factory=dict)


class Unmoved:
    """Collects what decides figures; equal columns are one line."""

    def __init__(self, m: Material) -> None:
        self._m = m
        self._lines: dict[_Place, _Line] = {}
        self._flags: dict[str, dict[str, None]] = defaultdict(dict)

    def guard(
        self,
        formula: str,
        asked: Iterable[At],
        followed: Iterable[At | Worded],
        figure: str,
        more: Sequence[str] = (),
    ) -> str:
        """Return a formula that is 待核 once something changed that it asked and does not follow.

        ``figure`` is what it is called in the table; ``more`` are other signs that it changed.
        """
        every, looked_at = tuple(followed), set(asked)
        known = [each for each in every if isinstance(each, At)]
        worded = [each for each in every if isinstance(each, Worded)]
        judged = {each for at in known for each in _JUDGED_BY.get(at.field, ())}
        own = {At(at.entity, at.key, _FLAGS[at.field]) for at in known if at.field in _FLAGS}
        left = looked_at.difference(known, own, (each.at for each in worded))
        decides = self._by_field(
            at for at in left if (at.entity, at.field) not in judged and at.entity not in _CHOSEN
        )
        if not formula:
            return formula
        words_ = [each for each in decides if not self._is_reference(*each[:2])]
        flags = [self._flag(*each, frozenset(), figure) for each in words_]
        flags += (*self._of_words(worded, figure), *more)
        touched = {at.entity for at in (*looked_at, *known)}
        joined = [(entity, key) for entity, key, _ in decides if self._is_reference(entity, key)]
        flags += self._of_references(dict.fromkeys([*joined, *deciding(self._m, touched)]), figure)
        if any(self._is_dated(*each) for each in words_):
            day = self._m.whole.as_of
            flags.append(f"IF({AS_OF_CELL}=DATE({day.year},{day.month},{day.day}),0,1)")
        self._flags[figure].update(dict.fromkeys(flags))
        return while_0(self._m, flags, formula)

    def common(self, figures: Iterable[str]) -> list[str]:
        """Return what decides every one of some figures, and so what they are all made of."""
        first, *others = (self._flags.get(figure, {}) for figure in figures)
        return [flag for flag in first if all(flag in other for other in others)]

    def moved(self, figures: Iterable[str]) -> list[str]:
        """Return what decides any of some figures."""
        found = (flag for figure in figures for flag in self._flags.get(figure, ()))
        return list(dict.fromkeys(found))

    def keep(self, value: Decimal | bool, asked: Iterable[At], figure: str) -> str:
        """Return a value that no formula makes, 待核 once what it asked changed; "" for nothing."""
        if isinstance(value, bool):
            said = quoted(self._m.say("yes" if value else "no"))
        else:
            said = f"{Decimal(repr(float(value))):f}"
        found = self.guard(said, asked, (), figure)
        return "" if found == said else found

    def references(self, touched: Set[str]) -> list[str]:
        """Return what says that a record of some entities belongs to another one than today.

        Only of what decides a figure anyhow: a table of its own steps is no figure.
        """
        found: list[str] = []
        for entity, key in deciding(self._m, touched):
            known = [e for e in self._lines if e[:2] == (entity, key)]
            found += [self._place(each) for each in known]
        return found

    def lines(self) -> Iterator[_Line]:
        """Yield the lines in the order of their rows."""
        yield from self._lines.values()

    def _field(self, entity: str, key: str) -> Field:
        return self._m.annex[entity].entity[key]

    def _is_dated(self, entity: str, key: str, runs: tuple[Run, ...]) -> bool:
        """Tell whether rows hold a date, which is held against the as-of date."""
        records = self._m.annex[entity].records
        rows = (row for first, last in runs for row in range(first, last + 1))
        is_date = self._field(entity, key).type is FieldType.DATE
        return is_date and any(records[row - 1].day(key) is not None for row in rows)

    def _by_field(self, cells: Iterable[At]) -> list[tuple[str, str, tuple[Run, ...]]]:
        """Return the columns of cells that an annex shows, with the runs of their rows."""
        rows: dict[tuple[str, str], set[int]] = defaultdict(set)
        for at in cells:
            listing = self._m.annex.get(at.entity)
            row = listing.rows.get(at.key) if listing is not None else None
            if listing is not None and row is not None and at.field in listing.tables:
                rows[at.entity, at.field].add(row)
        return [
            (entity, key, self._runs(entity, key, found))
            for (entity, key), found in sorted(rows.items())
        ]

    def _runs(self, entity: str, key: str, rows: set[int]) -> tuple[Run, ...]:
        """Return rows as runs; the whole column for too many, and for words, which none follows."""
        runs: list[Run] = []
        for row in sorted(rows):
            if runs and runs[-1][1] == row - 1:
                runs[-1] = runs[-1][0], row
            else:
                runs.append((row, row))
        is_kept = self._field(entity, key).type in _COUNTED and len(runs) <= _MOST_RUNS
        return tuple(runs) if is_kept else ((1, len(self._m.annex[entity].records)),)

    def _of_words(self, worded: Iterable[Worded], figure: str) -> Iterator[str]:
        """Yield what says that a column has a word that the formulas do not know."""
        alike: dict[tuple[str, str], frozenset[str]] = {}
        for each in worded:
            at, words_ = each.at, frozenset(word for word, _ in each.options)
            alike[at.entity, at.field] = alike.get((at.entity, at.field), words_) & words_
        for (entity, key), words_ in alike.items():
            every = ((1, len(self._m.annex[entity].records)),)
            yield self._flag(entity, key, every, words_, figure)

    def _is_reference(self, entity: str, key: str) -> bool:
        return self._field(entity, key).type is FieldType.REF

    def _of_references(self, pairs: Iterable[tuple[str, str]], figure: str) -> Iterator[str]:
        """Yield what says that a record belongs to another one than when it was written."""
        for entity, key in pairs:
            last = len(self._m.annex[entity].records)
            firsts = range(1, last + 1, ROWS_AT_ONCE)
            runs = [((first, min(first + ROWS_AT_ONCE - 1, last)),) for first in firsts]
            cells = [self._flag(entity, key, run, frozenset(), figure) for run in runs]
            yield cells[0] if len(cells) == 1 else f"SUM({cells[0]}:{cells[-1]})"

    def _flag(
        self, entity: str, key: str, runs: tuple[Run, ...], alike: frozenset[str], figure: str
    ) -> str:
        place = (entity, key, runs, alike)
        line = self._lines.setdefault(place, _Line(entity, self._field(entity, key), runs, alike))
        line.figures[figure] = None
        return self._place(place)

    def _place(self, line: _Place) -> str:
        return f"{{{UNMOVED}!changed@{list(self._lines).index(line) + 1}}}"


def while_0(m: Material, flags: Sequence[str], formula: str) -> str:
    """Return a formula that is 待核 once one of some flags is up."""
    return f"IF({'+'.join(flags)}>0,{to_verify(m)},{formula})" if flags and formula else formula


def unmoved_tables(m: Material) -> list[Block]:
    """Return 附表E-22; nothing where every figure follows all that it asks."""
    rows = tuple(_row(m, line, number) for number, line in enumerate(m.live.unmoved.lines(), 1))
    if not rows:
        return []
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("entity", m.words("report_unmoved.entity"), 13),
        Column("field", m.words("report_unmoved.field"), 24),
        Column("rows", m.words("report_unmoved.rows"), 14),
        Column("figures", m.words("report_unmoved.figures"), 44),
        Column("was", m.words("report_unmoved.was"), 16, ColumnKind.NUMBER, 4),
        Column("now", m.words("report_unmoved.now"), 16, ColumnKind.NUMBER, 4),
        Column("changed", m.words("report_unmoved.changed"), 9, ColumnKind.INTEGER),
    )
    return [Table(
        m.table_no("E-22"), m.words("report_unmoved.table"), columns, rows,
        source_line=m.say("source.ledger"), notes=(m.words("report_unmoved.note"),),
        key=UNMOVED, dense=True,
    )]  # fmt: skip


def _row(m: Material, line: _Line, number: int) -> Row:
    listing = m.annex[line.entity]
    was, formula = _sum(m, listing, line)
    changed = "IF(ABS({now}-{was})>1E-12*ABS({was})+1E-9,1,0)"
    return (
        Cell(number),
        words(listing.entity.title(m.language)),
        words(line.asked.title(m.language)),
        words(_rows_words(m, listing, line.runs)),
        words(m.say("comma").join(_in_short(list(line.figures)))),
        Cell(was),
        Cell(was, formula=formula),
        Cell(0, formula=changed),
    )


def _in_short(figures: Sequence[str]) -> Iterator[str]:
    """Yield the names of figures: of indicators in a row the first and the last, a table once."""
    indicators = [name for name in figures if _INDICATOR.fullmatch(name)]
    runs: list[list[str]] = []
    for name in indicators:
        if runs and _rank(name) == _rank(runs[-1][-1]) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    for run in runs:
        yield from run if len(run) < _IN_A_ROW else [f"{run[0]}–{run[-1]}"]
    others: dict[str, list[str]] = {}
    for name in figures:
        if not _INDICATOR.fullmatch(name):
            found = _OF_TABLE.match(name)
            others.setdefault(found[0] if found else name, []).append(name)
    for table, names in others.items():
        yield "/".join([names[0], *(name.removeprefix(table) for name in names[1:])])


def _rank(indicator: str) -> int:
    """Return the number of an indicator; those of the whole park have numbers of their own."""
    found = _INDICATOR.fullmatch(indicator)
    return int(found[1]) + (_OF_PARK if found[2] else 0) if found else 0


def _rows_words(m: Material, listing: Listing, runs: Sequence[Run]) -> str:
    if runs == ((1, len(listing.records)),):
        return m.words("report_unmoved.every_row")
    ends = (f"{first}–{last}" if last > first else f"{first}" for first, last in runs)
    return m.say("comma").join(ends)


def _sum(m: Material, listing: Listing, line: _Line) -> tuple[Decimal, str]:
    """Return the sum by which rows are known today, each weighed by its number, and its formula."""
    if line.asked.type is FieldType.REF:
        rows = (row for first, last in line.runs for row in range(first, last + 1))
        told, by_rows = told_by_rows(m, listing, line.asked.key, rows)
        return Decimal(told), by_rows
    cells = {
        row: of_field(listing.records[row - 1], line.asked.key, m.whole.ledger, m.language)
        for first, last in line.runs
        for row in range(first, last + 1)
    }
    spans = [_Span(listing.tables[line.asked.key], line.asked.key, *run) for run in line.runs]
    if line.asked.type in _COUNTED:
        found_ = ((row, _number(cell)) for row, cell in cells.items())
        counted = {row: amount for row, amount in found_ if amount is not None}
        amounts = sum((row * (amount + 1) for row, amount in counted.items()), Decimal(0))
        return amounts, "+".join(each.counted() for each in spans)
    texts = {row: _text(m, cell) for row, cell in cells.items()}
    listed = sorted({m.say("to_verify"), "—", *_said(m, line.asked)})
    found = sorted(set(texts.values()))
    total, parts = 0, list[str]()
    if line.asked.type in _REDACTED or not set(found) <= set(listed) or len(found) > _MOST_WORDS:
        total = sum((row for row, text in texts.items() if text != m.say("to_verify")), 0)
        parts = [each.there(to_verify(m)) for each in spans]
        found = [] if line.asked.type in _REDACTED else listed
    titles = [choice_title(word, line.asked, m.language) for word in sorted(line.alike)]
    found = [*titles, *(word for word in found if word not in titles)]
    for number, word in enumerate(found[:_MOST_WORDS], start=1):
        weight = 1 if word in titles else number
        total += weight * sum(row for row, text in texts.items() if text == word)
        parts += [f"{weight}*{each.saying(quoted(word))}" for each in spans]
    return Decimal(total), "+".join(parts)


def _said(m: Material, asked: Field) -> Iterator[str]:
    """Yield what a field may say: any other word is a person's own and stands in no formula."""
    if asked.type is FieldType.BOOL:
        yield from (shown(truth, asked, m.language) for truth in (True, False))
    yield from (choice.title(m.language) for choice in asked.choices)


@dataclass(frozen=True, slots=True)
class _Span:
    """Some rows of a column of an annex in formulas."""

    table: str
    key: str
    first: int
    last: int

    @property
    def cells(self) -> str:
        return column_part(self.table, self.key, self.first, self.last)

    @property
    def weights(self) -> str:
        """Return the numbers of the rows."""
        top = f"{{{self.table}!{self.key}@{self.first}}}"
        return f"(ROW({self.cells})-ROW({top})+{self.first})"

    def counted(self) -> str:
        """Return the sum of the numbers and of 1 for each: a blank is no 0."""
        return (
            f"SUMPRODUCT({self.cells},{self.weights})"
            f"+SUMPRODUCT(ISNUMBER({self.cells})*{self.weights})"
        )

    def saying(self, word: str) -> str:
        return f"SUMPRODUCT(({self.cells}={word})*{self.weights})"

    def there(self, unknown: str) -> str:
        return f'SUMPRODUCT(({self.cells}<>"")*({self.cells}<>{unknown})*{self.weights})'


def _number(cell: Cell) -> Decimal | None:
    """Return a number or the number of a day as a workbook counts it, None for words."""
    if isinstance(cell.value, date):
        return Decimal((cell.value - _EPOCH).days)
    return cell.number


def _text(m: Material, cell: Cell) -> str:
    if cell.state is CellState.UNKNOWN:
        return m.say("to_verify")
    return "—" if cell.state is CellState.NOT_APPLICABLE else str(cell.value)
