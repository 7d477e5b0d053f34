# SPDX-License-Identifier: MIT
"""The sheets of a scenario: answers and inputs with their sources, and every line live by year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from workbench.domain.display import shown, shown_number
from workbench.domain.facts.missing_names import Words
from workbench.domain.fields import Field, FieldType
from workbench.domain.finance.inputs import ModelInput, Shape
from workbench.domain.finance.measures import REINVEST_RATE
from workbench.domain.finance.results import Line
from workbench.domain.finance.settling import Provenance, Settled
from workbench.domain.finance.terms import ZERO, Gap, LineAt, Place, Term, gap
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    UNKNOWN,
    Block,
    Cell,
    Column,
    ColumnKind,
    Heading,
    Paragraph,
    Row,
    Sheet,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.money.answers import answers
from workbench.domain.report.sections.money.assumptions import (
    instead_of_ledger,
    with_unit,
)
from workbench.domain.report.sections.money.burdens import burdens
from workbench.domain.report.sections.money.dates import years_formula
from workbench.domain.report.sections.money.formulas import Formulas
from workbench.domain.report.sections.money.head import head
from workbench.domain.report.sections.money.watch import (
    Watch,
    beside,
    followed,
    sums,
    while_frozen,
)
from workbench.domain.report.sections.money.words import (
    DENSE,
    MONEY,
    WORDS,
    Calculated,
    Names,
    Say,
    short,
    titled,
)
from workbench.domain.report.sections.money.years import (
    YearGrid,
    YearRow,
    YearTexts,
    year_tables,
)

_STEP = "step_months"
"""The column of a lease that says after how many months its rent is raised."""
_KINDS = {FieldType.DATE: ColumnKind.DATE}
_BY_YEAR = 2
"""Periods from which on a scenario has a sheet by year."""
MOST_PERIODS = 61
"""As many as a model can have: every year stands in a cell that formulas can name."""


def scenario_sheets(
    found: Calculated,
    number: int,
    texts: Words,
    names: Names | None = None,
    legend: Table | None = None,
) -> list[Sheet]:
    """Return the sheets of one scenario; ``number`` counts the scenarios of the report.

    What goes by year has a sheet of its own: years and words side by side make columns that
    print too small to read. ``names`` may hold the cells of sheets beside these already, and get
    those of these. ``legend`` tells what the columns of the months are.
    """
    say, names = Say(texts), names or Names(number)
    model = found.model
    title = say("title", name=found.name, model=model.title(say.language))
    inputs, series, watch = _inputs(found, names, say)
    lines = _lines(found, names, say)
    answered, flows = answers(found, names, say)
    blocks: list[Block] = [
        *head(found, say), answered, *burdens(found, names, say), watch.table(say),
        Heading(say("inputs")),
    ]  # fmt: skip
    name = say("sheet", number=number, name=short(found.name))
    if found.result.periods < _BY_YEAR:
        everything = (*blocks, *flows, *inputs, *lines)
        return [Sheet("scenario", name, title, everything, annex=True)]
    yearly = say("years_sheet", number=number, name=short(found.name))
    # amounts without years have a long first column, which the years below each other have not
    alone = [block for block in lines if isinstance(block, Table) and not block.frozen_columns]
    lines = [block for block in lines if block not in alone]
    # the longest comes last: there its header repeats, anywhere else it would leave the sheet
    return [
        Sheet("scenario", name, title,
              (*blocks, Paragraph(say("see", sheets=yearly)), *alone,
               *([legend] if legend is not None else []), *reversed(inputs)),
              annex=True),
        Sheet("scenario_years", yearly, say("years_title", title=title),
              (watch.banner(say), *series, *flows, *lines), annex=True),
    ]  # fmt: skip


# ---- inputs


def name_inputs(found: Calculated, names: Names, texts: Words) -> None:
    """Write down in which cell of its scenario's sheet each input stands."""
    _inputs(found, names, Say(texts))


def _inputs(found: Calculated, names: Names, say: Say) -> tuple[list[Block], list[Block], Watch]:
    """Return the tables of the inputs, those of values by year, and what watches over changes."""
    used = [
        (item, settled)
        for item in found.model.inputs
        if (settled := found.result.settled[item.key]).provenance is not Provenance.UNUSED
    ]
    series = [pair for pair in used if pair[0].shape is Shape.SERIES and pair[1].value]
    yearly = _series(series, names, say) if series else []
    tables: list[Block] = [
        _rows(item, settled, names, say)
        for item, settled in used
        if item.shape is Shape.TABLE and settled.value
    ]
    watch = Watch(names)
    blocks: list[Block] = [_singles(found, used, watch, say)]
    if found.result.periods < _BY_YEAR:
        blocks, yearly = [*blocks, *yearly], []
    return [*blocks, *tables], yearly, watch


def _singles(
    found: Calculated, used: Sequence[tuple[ModelInput, Settled]], watch: Watch, say: Say
) -> Table:
    rows: list[Row] = []
    names, live = watch.names, followed(found.result)
    table = names.table("inputs")
    for item, settled in used:
        if item.shape is not Shape.SINGLE:
            continue
        value = settled.value
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            cell = Cell(shown_number(value, item.field), decimals=_places(item.field, value))
            names.inputs[Place(item.key)] = (f"{table}!value@{len(rows) + 1}", item.field)
        elif value is None or isinstance(value, tuple):
            # a blank rate of reinvestment is an answer: MIRR then reinvests at the discount rate
            blank_says = value is None and item.key == REINVEST_RATE.key
            cell = words(say("as_discounted")) if blank_says else UNKNOWN
        elif isinstance(value, date):
            cell = Cell(value)
            names.inputs[Place(item.key)] = (f"{table}!value@{len(rows) + 1}", item.field)
        else:
            cell = optional(shown(value, item.field, say.language))
        rows.append(
            (
                words(item.field.title(say.language)),
                optional(_source(settled, say) + _instead(item, settled, say)),
                # not the words of the source: LibreOffice breaks no text that leads on
                replace(cell, link=_ground(settled, names)),
                optional(say.unit(item.field) or "—"),
                *beside(cell),
            )
        )
        is_live = Place(item.key) in live and not item.structural
        (watch.followed if is_live else watch.frozen).append(len(rows))
    checks = sums(found, used, names, say, live)
    for each in checks:
        rows.append(each.row(say))
        (watch.followed if each.is_followed else watch.frozen).append(len(rows))
    columns = (
        Column("title", say("col_input"), 30),
        Column("source", say("col_source"), WORDS),
        Column("value", say("col_value"), 16, ColumnKind.NUMBER),
        Column("unit", say("col_unit"), 12, ColumnKind.WORD),
        Column("used", say("col_used"), 14, ColumnKind.NUMBER),
        Column("changed", say("col_changed"), 9, ColumnKind.NUMBER),
    )
    notes = (say("note_checks"),) if checks else ()
    return Table("", say("table_inputs"), columns, tuple(rows), notes=notes, key=table, dense=True)


def _places(field_: Field, value: Decimal | int) -> int:
    """Return enough decimals to show the number as it is, at most six."""
    exponent = Decimal(shown_number(value, field_)).normalize().as_tuple().exponent
    return min(max(-exponent, 0), 6) if isinstance(exponent, int) else field_.decimals


def _source(settled: Settled, say: Say) -> str:
    if settled.parameter is not None:
        source = settled.parameter.cite(say.language)
        return say(
            "from_parameter", code=settled.parameter.code, source=source,
            name=settled.parameter.name.get(say.language),
        )  # fmt: skip
    cells = len(settled.trace.inputs) if settled.trace is not None else 0
    of = f"from_{settled.provenance.value}"
    if settled.provenance is Provenance.LEDGER and not cells:
        of = "from_ledger_alone"  # a choice that follows from what records there are, not a cell
    return say(of, n=cells)


def _instead(item: ModelInput, settled: Settled, say: Say) -> str:
    """Say what the ledger has where an analyst stated another amount, "" where they agree."""
    found = instead_of_ledger(settled)
    return "" if found is None else say("instead_of_ledger", value=with_unit(found, item, say))


def _ground(settled: Settled, names: Names) -> str:
    """Return where an input leads to, "" in a workbook without annexes."""
    return names.grounds.of(settled) if names.grounds is not None else ""


def _series(series: Sequence[tuple[ModelInput, Settled]], names: Names, say: Say) -> list[Block]:
    last = max(item.first + len(_entries(settled)) - 1 for item, settled in series)
    grid = YearGrid(names.table("series"), last + 1, lines=len(series))
    rows: list[YearRow] = []
    for row, (item, settled) in enumerate(series, start=1):
        cells: dict[int, Cell] = {}
        for at, entry in enumerate(_entries(settled), start=item.first):
            cells[at] = UNKNOWN if entry is None else Cell(shown_number(entry, item.field))
            names.inputs[Place(item.key, at)] = (grid.year(row, at), item.field)
        years = tuple(cells.get(year, NOT_APPLICABLE) for year in range(last + 1))
        unit = optional(say.unit(item.field) or "—")
        rows.append(YearRow(words(item.field.title(say.language)), unit, years))
    sources = dict.fromkeys(_source(settled, say) for _, settled in series)
    source = say("source_input", source=say.texts("report.semicolon").join(sources))
    link = next((found for _, settled in series if (found := _ground(settled, names))), "")
    texts = YearTexts(
        say("table_series"), say("col_unit"), source=source, item="col_input", link=link
    )
    return list(year_tables(grid, rows, texts, say, totals=False))


def _entries(settled: Settled) -> tuple[Decimal | None, ...]:
    value = settled.value
    if not isinstance(value, tuple):
        return ()
    return tuple(entry if isinstance(entry, Decimal) else None for entry in value)


def _rows(item: ModelInput, settled: Settled, names: Names, say: Say) -> Table:
    table = names.table(item.key)
    rows: list[Row] = []
    for number, row in enumerate(settled.value if isinstance(settled.value, tuple) else (), 1):
        cells = []
        for column in item.columns:
            value = row.get(column.key) if not isinstance(row, Decimal) and row else None
            if isinstance(value, Decimal | int) and not isinstance(value, bool):
                cells.append(
                    Cell(shown_number(value, column.field), decimals=_places(column.field, value))
                )
                place = Place(item.key, number, column.key)
                names.inputs[place] = (f"{table}!{column.key}@{number}", column.field)
            elif isinstance(value, date):
                cells.append(Cell(value))
            else:
                text = "—" if value is None else shown(value, column.field, say.language)
                cells.append(replace(optional(text), link=_lease_row(item, column, text, names)))
        rows.append(tuple(cells))
    columns = tuple(
        Column(c.key, titled(c.field, say), 16,
               _KINDS.get(c.field.type, ColumnKind.NUMBER if c.field.numeric else ColumnKind.TEXT))
        for c in item.columns
    )  # fmt: skip
    source = say("source_input", source=_source(settled, say))
    notes = (say("note_no_step"),) if _lacks_steps(item, settled) else ()
    return Table(
        "", item.field.title(say.language), columns, tuple(rows), source_line=source, notes=notes,
        key=table, dense=True, source_link=_ground(settled, names),
    )  # fmt: skip


def _lacks_steps(item: ModelInput, settled: Settled) -> bool:
    """Tell whether leases of the ledger count without rent steps: it may say nothing of them."""
    rows = settled.value if isinstance(settled.value, tuple) else ()
    steps = [row.get(_STEP) for row in rows if not isinstance(row, Decimal) and row]
    is_ledger = settled.provenance is Provenance.LEDGER
    return is_ledger and any(c.key == _STEP for c in item.columns) and 0 in steps


def _lease_row(item: ModelInput, column: ModelInput, text: str, names: Names) -> str:
    """Return where the name of a lease leads to; other words lead nowhere."""
    is_name = item.key == "leases" and column.key == "name"
    return names.grounds.lease(text) if is_name and names.grounds is not None else ""


# ---- lines


def name_lines(found: Calculated, names: Names) -> tuple[list[Line], YearGrid]:
    """Write down in which cell of its scenario's sheet each line stands; return the lines there."""
    lines = [line for line in found.result.lines if not line.monthly]
    names.unlisted = frozenset(
        line.key
        for line in found.result.lines
        if line.monthly and LineAt(line.key, 0) not in names.lines
    )
    periods = min(found.result.periods, MOST_PERIODS)
    alone = tuple(line.single or periods < _BY_YEAR for line in lines)
    grid = YearGrid(names.table("lines"), periods, alone, alone.count(False))
    for row, line in enumerate(lines, start=1):
        total = names.totals[line.key] = grid.total(row)
        if alone[row - 1]:
            names.lines[LineAt(line.key)] = (total, line.field)
            names.lines[LineAt(line.key, 0)] = (total, line.field)
            continue
        for period in range(periods):
            names.lines[LineAt(line.key, period)] = (grid.year(row, period), line.field)
    return lines, grid


def _lines(found: Calculated, names: Names, say: Say) -> list[Block]:
    lines, grid = name_lines(found, names)
    formulas = Formulas(names.inputs.get, names.lines.get, names.unlisted)
    rows = [
        _line(line, found, formulas, names, (grid, row), say)
        for row, line in enumerate(lines, start=1)
    ]
    texts = YearTexts(say("table_lines"), say("col_account"), say("unit_lines"), say("source"),
                      link=f"{names.table('inputs')}@1")  # fmt: skip
    blocks: list[Block] = [*year_tables(grid, rows, texts, say, totals=True)]
    if names.unlisted:
        blocks.append(Paragraph(say("monthly")))
    return blocks


def _line(
    line: Line,
    found: Calculated,
    formulas: Formulas,
    names: Names,
    at: tuple[YearGrid, int],
    say: Say,
) -> YearRow:
    grid, row = at
    accounts = {account.key: account.title(say.language) for account in found.result.accounts}
    tone = Tone.STRONG if line.sign else Tone.PLAIN
    # nearly all are money: the unit above the table says so, and names stay in one line
    is_money = line.field.shown_unit == MONEY
    title = words(line.field.title(say.language) if is_money else titled(line.field, say), tone)
    account = optional(accounts.get(line.account, "—") if line.sign else "—")
    if grid.periods < _BY_YEAR or line.single:
        cell = _amount(line.amounts[0], line.field, formulas)
        if by_dates := cell.number is not None and years_formula(line, found, names):
            cell = replace(cell, formula=by_dates)
        return YearRow(title, account, (), cell)
    # what NPV and IRR read has to be a number in every year: Excel leaves words out and shifts
    dense = line.key.startswith(DENSE)
    nothing = while_frozen(Cell(Decimal(0)), names, say) if dense else NOT_APPLICABLE
    cells = tuple(_amount(a, line.field, formulas, nothing) for a in line.amounts[: grid.periods])
    return YearRow(title, account, cells, _total(line, grid.span(row)))


def _total(line: Line, span: str) -> Cell:
    """Return the sum over the periods, live; a ratio or a factor has none."""
    if not line.sign or line.total is None:
        return NOT_APPLICABLE if line.total is not None or not line.sign else UNKNOWN
    return Cell(shown_number(line.total, line.field), formula=f"SUM({span})")


def _amount(
    amount: Term, field_: Field, formulas: Formulas, nothing: Cell = NOT_APPLICABLE
) -> Cell:
    if amount is ZERO:
        return nothing
    if amount.value is None:
        # a question that does not arise, such as the coverage of a year without debt, is no gap
        if gap(amount) != Gap():
            return UNKNOWN
        return replace(NOT_APPLICABLE, formula=formulas.of(amount, field_))
    return Cell(shown_number(amount.value, field_), formula=formulas.of(amount, field_))
