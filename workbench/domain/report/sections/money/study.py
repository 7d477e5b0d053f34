# SPDX-License-Identifier: MIT
"""What a scenario hangs on, as a sheet of its workbook: tornado, break-even, two-way table.

An input moved is a whole calculation of the program, which no workbook can repeat: those results
stand only while no input was changed, and say so afterwards. What is read off them (differences,
spreads, shares) and what stands on the scenario's own sheet are live formulas.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.display import shown_number
from workbench.domain.facts.missing_names import Words
from workbench.domain.finance.inputs import InputValue, ModelInput
from workbench.domain.finance.measures import NPV
from workbench.domain.finance.results import Measure, Reason
from workbench.domain.finance.scenarios import Target
from workbench.domain.finance.sensitivity import Bar, BreakEven, Grid, Tornado
from workbench.domain.finance.swings import stock_of
from workbench.domain.finance.terms import Place
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    UNKNOWN,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Heading,
    Paragraph,
    Row,
    Sheet,
    Table,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.money.answers import answer_rows
from workbench.domain.report.sections.money.assumptions import capital_back, with_unit
from workbench.domain.report.sections.money.watch import while_same
from workbench.domain.report.sections.money.words import (
    WORDS,
    Calculated,
    Names,
    Say,
    party_of,
    short,
    titled,
)

if TYPE_CHECKING:
    from workbench.domain.finance.simulation import Simulation

_WHOLE = Decimal(100)
_MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class Even:
    """How far an input may move, with the sentence that says so."""

    item: ModelInput
    found: BreakEven | Reason
    sentence: str


@dataclass(frozen=True, slots=True)
class Study:
    """What was asked about one answer of a scenario; ``refused`` says why nothing was simulated."""

    target: Target
    tornado: Tornado
    evens: tuple[Even, ...]
    grid: Grid | None
    simulation: "Simulation | None"
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Studied:
    """A scenario on its sheet: its number there, the cells of its names, and its words."""

    found: Calculated
    number: int
    names: Names
    texts: Words

    @property
    def say(self) -> Say:
        """Return the texts of the scenario's sheets."""
        return Say(self.texts)

    def word(self, key: str, /, **params: object) -> str:
        """Return a text of this sheet."""
        return self.texts(f"report_study.{key}", **params)

    def held(self, cell: Cell) -> Cell:
        """Return a cell of the program's working that gives way once an input is changed."""
        return while_same(cell, self.names, self.say)

    def answer(self, measure: Measure) -> str:
        """Return the cell of an answer on the scenario's own sheet."""
        rows = answer_rows(self.found.result)
        at = next(n for n, (each, _) in enumerate(rows, 1) if each is measure)
        return f"{{{self.names.table('answers')}!value@{at}}}"


def study_sheet(study: Study, at: Studied) -> Sheet | None:
    """Return the sheet, or None for a scenario whose answer is not known."""
    from workbench.domain.report.sections.money.chances import chances

    measure = study.target.of(at.found.result)
    if measure is None or measure.value is None:
        return None
    name = _answer_named(measure, at)
    if measure.with_terminal is False:
        name = at.texts("scenario.without_terminal", title=name)
    blocks: list[Block] = [
        Paragraph(at.word("about", answer=name, stale=at.say("stale"))),
        *_of_one_party(at, measure),
        *_capital_back(at, measure),
        *([Paragraph(at.say("before_tax"))] if at.found.model.before_tax else []),
        Heading(at.word("tornado")),
    ]
    blocks += _tornado(study, at, measure)
    blocks += [
        Paragraph(at.texts("scenario.kept_whole", item=item.field.title(at.say.language)))
        for item in study.tornado.kept
    ]
    if study.evens:
        blocks += [Heading(at.word("evens")), _evens(study.evens, at)]
    if study.grid is not None:
        blocks += [Heading(at.word("two_way")), _grid(study.grid, at, measure)]
    blocks += chances(study.simulation, study.refused, at)
    sheet = at.word("sheet", number=at.number, name=short(at.found.name))
    title = at.word("title", name=at.found.name)
    parts = [
        at.word("has_one_way"),
        *([at.word("evens")] if study.evens else []),
        *([at.word("two_way")] if study.grid is not None else []),
        *([at.word("chances")] if study.simulation is not None else []),
    ]
    about = at.texts("report.comma").join(parts)
    return Sheet("scenario_study", sheet, title, tuple(blocks), about=about)


def _capital_back(at: Studied, measure: Measure) -> list[Block]:
    """Return what the answer is without capital that comes back; all below counts that capital."""
    said = capital_back(at.found, at.say).strip() if measure.key == NPV.key else ""
    return [Paragraph(said, strong=True)] if said else []


def _of_one_party(at: Studied, measure: Measure) -> list[Block]:
    """Say that the others' results were not moved, where they have some of their own."""
    result, language = at.found.result, at.say.language
    party = party_of(result, measure, language)
    others = [each for each in result.accounts if each.title(language) != party]
    if not party or any(each.includes for each in result.accounts):
        return []
    names = at.texts("report.comma").join(each.title(language) for each in others)
    return [Paragraph(at.word("of_one_party", party=party, others=names), strong=True)]


def _answer_named(measure: Measure, at: Studied) -> str:
    """Return the name of an answer, and whose it is where others have one of their own."""
    name = titled(measure.field, at.say)
    party = party_of(at.found.result, measure, at.say.language)
    return at.word("answer_of", party=party, answer=name) if party else name


def _tornado(study: Study, at: Studied, measure: Measure) -> list[Block]:
    base = at.answer(measure)
    rows: list[Row] = []
    known = [b for b in study.tornado.bars if None not in (b.at_low, b.at_high)][:_MOST_BARS]
    start = shown_number(measure.value or Decimal(0), measure.field)
    for bar in known:
        low = shown_number(bar.at_low or Decimal(0), measure.field)
        high = shown_number(bar.at_high or Decimal(0), measure.field)
        rows.append((
            words(bar.item.field.title(at.say.language)),
            words(_swing(bar, at)),
            _held_number(_moved(bar.item, bar.low, at), at),
            _held_number(_moved(bar.item, bar.high, at), at),
            optional(at.say.unit(bar.item.field) or "—"),
            at.held(Cell(low)), at.held(Cell(high)),
            at.held(Cell(low - start, formula=f"{{at_low}}-{base}")),
            at.held(Cell(high - start, formula=f"{{at_high}}-{base}")),
            at.held(Cell(abs(high - low), formula="ABS({at_high}-{at_low})")),
        ))  # fmt: skip
    if not rows:
        return [Paragraph(at.word("nothing_moves"))]
    number = ColumnKind.NUMBER
    columns = (
        Column("title", at.say("col_input"), 30),
        Column("swing", at.word("col_swing"), WORDS),
        Column("low", at.word("col_low"), 14, number),
        Column("high", at.word("col_high"), 14, number),
        Column("unit", at.say("col_unit"), 12, ColumnKind.WORD),
        Column("at_low", at.word("col_at_low"), 14, number),
        Column("at_high", at.word("col_at_high"), 14, number),
        Column("down", at.word("col_down"), 14, number),
        Column("up", at.word("col_up"), 14, number),
        Column("spread", at.word("col_spread"), 14, number),
    )
    name = _answer_named(measure, at)
    key = at.names.table("tornado")
    table = Table("", at.word("table_tornado", answer=name), columns, tuple(rows), key=key,
                  notes=(at.word("note_tornado"),),
                  tab=at.texts("report_tabs.tornado"))  # fmt: skip
    title = at.word("chart_tornado", answer=name)
    axis = at.word("axis_tornado", answer=name)
    chart = Chart(ChartKind.TORNADO, "", title, key, "title", ("down", "up"), axis)
    return [table, chart]


def _swing(bar: Bar, at: Studied) -> str:
    """Return how far an input is moved, and where a limit lets it move less."""
    swing, value = bar.swing, at.found.result.settled[bar.item.key].value
    size = f"{(swing.size * _WHOLE).normalize():f}"
    said = at.texts(f"scenario.swing_{'relative' if swing.relative else 'points'}", size=size)
    for moved, factor, side in ((bar.high, 1, "up"), (bar.low, -1, "down")):
        if moved != swing.apply(value, factor):
            there = stock_of(bar.item, at.found.result.settled)
            key = "kept_stock" if there is not None and side == "up" else f"kept_{side}"
            said = at.word(key, swing=said)
    return said


def _moved(item: ModelInput, value: InputValue, at: Studied) -> Cell:
    """Return where an input was moved to; a path as the share of its first known entry."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        number = shown_number(value, item.field)
        return Cell(number, decimals=_places(number, item.field.decimals))
    base = at.found.result.settled[item.key].value
    if isinstance(value, tuple) and isinstance(base, tuple):
        for now, before in zip(value, base, strict=False):
            if isinstance(now, Decimal) and isinstance(before, Decimal) and before:
                return optional(at.word("times", share=f"{now / before:.0%}"))
    return UNKNOWN


def _held_number(cell: Cell, at: Studied) -> Cell:
    return at.held(cell) if cell.number is not None else cell


def _places(number: Decimal, usual: int) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(usual, min(-exponent, 4)) if isinstance(exponent, int) else usual


def _evens(evens: Sequence[Even], at: Studied) -> Table:
    rows: list[Row] = []
    for even in evens:
        found = even.found
        title = words(even.item.field.title(at.say.language))
        if isinstance(found, Reason):
            none = (NOT_APPLICABLE,) * 3
            rows.append((title, words(even.sentence), *none, optional("—")))
            continue
        change = None if found.change is None else found.change * _WHOLE
        rows.append((
            title, words(even.sentence or "—"), _base(found, at),
            at.held(_shown(found, found.at)),
            NOT_APPLICABLE if change is None else at.held(Cell(
                change, formula="({at}-{base})/ABS({base})*100", decimals=1
            )),
            optional("%" if found.series else at.say.unit(even.item.field) or "—"),
        ))  # fmt: skip
    columns = (
        Column("title", at.say("col_input"), 30),
        Column("sentence", at.word("col_words"), WORDS),
        Column("base", at.word("col_now"), 14, ColumnKind.NUMBER),
        Column("at", at.word("col_even"), 14, ColumnKind.NUMBER),
        Column("change", at.word("col_change"), 12, ColumnKind.NUMBER),
        Column("unit", at.say("col_unit"), 12, ColumnKind.WORD),
    )
    return Table("", at.word("table_evens"), columns, tuple(rows), key=at.names.table("evens"),
                 notes=(at.word("note_evens"),))  # fmt: skip


def _shown(found: BreakEven, value: Decimal, formula: str = "") -> Cell:
    """Return a value in the unit that is shown; a path as the percentage of itself."""
    number = value * _WHOLE if found.series else shown_number(value, found.item.field)
    return Cell(number, formula=formula, decimals=_places(number, found.item.field.decimals))


def _base(found: BreakEven, at: Studied) -> Cell:
    cell = at.names.inputs.get(Place(found.item.key))
    formula = f"{{{cell[0]}}}" if cell is not None and not found.series else ""
    shown = _shown(found, found.base, formula)
    return shown if formula else at.held(shown)


def _grid(grid: Grid, at: Studied, measure: Measure) -> Table:
    """Return the two-way table; the cell of both present values is the scenario's own answer."""
    settled = at.found.result.settled
    here = (settled[grid.row_input.key].value, settled[grid.column_input.key].value)
    columns = [Column("point", titled(grid.row_input.field, at.say), 30)]
    for n, value in enumerate(grid.columns):
        head = _point(grid.column_input, value, at)
        # the second column of the sheet is wide, for the words of the other tables
        columns.append(Column(f"v{n}", head, WORDS if not n else 14, ColumnKind.NUMBER))
    rows: list[Row] = []
    for value, line in zip(grid.rows, grid.cells, strict=True):
        cells = [
            UNKNOWN if cell is None else at.held(Cell(
                shown_number(cell, measure.field),
                formula=at.answer(measure) if (value, column) == here else "",
            ))
            for cell, column in zip(line, grid.columns, strict=True)
        ]  # fmt: skip
        rows.append((words(_point(grid.row_input, value, at)), *cells))
    title = at.word(
        "table_two_way",
        answer=_answer_named(measure, at),
        rows=titled(grid.row_input.field, at.say),
        columns=titled(grid.column_input.field, at.say),
    )
    return Table("", title, tuple(columns), tuple(rows), key=at.names.table("two_way"),
                 notes=(at.word("note_two_way"), *_bounded(grid, at)),
                 tab=at.texts("report_tabs.two_way"))  # fmt: skip


def _bounded(grid: Grid, at: Studied) -> Iterator[str]:
    """Say of an area that the table goes no further than what there is."""
    settled = at.found.result.settled
    for item in (grid.row_input, grid.column_input):
        if (there := stock_of(item, settled)) is not None:
            value = with_unit(there, item, at.say)
            yield at.word("note_stock", name=item.field.title(at.say.language), value=value)


def _point(item: ModelInput, value: InputValue, at: Studied) -> str:
    cell = _moved(item, value, at)
    text = str(cell.value) if cell.number is None else f"{cell.number.normalize():,f}"
    return f"{text} ●" if value == at.found.result.settled[item.key].value else text
