# SPDX-License-Identifier: MIT
"""One sheet per scenario: inputs with their sources, every line live, the answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from workbench.domain.display import shown, shown_number
from workbench.domain.facts.missing_names import Words
from workbench.domain.fields import Field
from workbench.domain.finance.inputs import ModelInput, Shape
from workbench.domain.finance.model import Model
from workbench.domain.finance.results import Line, Measure, Result
from workbench.domain.finance.settling import Provenance, Settled
from workbench.domain.finance.terms import ZERO, LineAt, Place, Term
from workbench.domain.report import (
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
from workbench.domain.report_sections.cells import optional, words
from workbench.domain.report_sections.money_formulas import Formulas

MOST_PERIODS = 40


@dataclass(frozen=True)
class Say:
    """The texts of the room ``report_money`` in the language of the report."""

    texts: Words

    @property
    def language(self) -> str:
        """Return the language code."""
        return self.texts.language

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return a text with its params filled in."""
        return self.texts(f"report_money.{key}", **params)


@dataclass(frozen=True)
class Calculated:
    """A scenario as the report shows it: its name, the base's name, findings in sentences."""

    name: str
    model: Model
    result: Result
    base: str = ""
    sentences: tuple[str, ...] = ()
    reasons: dict[tuple[str, str, bool | None], str] = field(default_factory=dict)


@dataclass
class _Names:
    """Which cell stands for which input and line of one scenario."""

    number: int
    inputs: dict[Place, tuple[str, Field]] = field(default_factory=dict)
    lines: dict[LineAt, tuple[str, Field]] = field(default_factory=dict)

    def table(self, kind: str) -> str:
        """Return the name of one of the scenario's tables."""
        return f"money{self.number}_{kind}"


def scenario_sheet(found: Calculated, number: int, texts: Words) -> Sheet:
    """Return the sheet of one scenario; ``number`` counts the scenarios of the report."""
    say, names = Say(texts), _Names(number)
    model = found.model
    title = say("title", name=found.name, model=model.title(say.language))
    blocks: list[Block] = [Paragraph(say("basis", set=found.result.parameter_set))]
    if found.base:
        blocks.append(Paragraph(say("variant", base=found.base)))
    blocks += [Paragraph(sentence, strong=True) for sentence in found.sentences]
    blocks.append(Heading(say("answers")))
    blocks.append(_answers(found, names, say))
    blocks.append(Heading(say("inputs")))
    blocks += _inputs(found, names, say)
    blocks.append(Heading(say("lines")))
    blocks += _lines(found, names, say)
    name = say("sheet", number=number, name=_short(found.name))
    return Sheet("scenario", name, title, tuple(blocks))


def _short(name: str) -> str:
    return name[:16]


# ---- inputs


def _inputs(found: Calculated, names: _Names, say: Say) -> list[Block]:
    used = [
        (item, settled)
        for item in found.model.inputs
        if (settled := found.result.settled[item.key]).provenance is not Provenance.UNUSED
    ]
    blocks: list[Block] = [_singles(used, names, say)]
    series = [pair for pair in used if pair[0].shape is Shape.SERIES and pair[1].value]
    if series:
        blocks.append(_series(series, names, say))
    for item, settled in used:
        if item.shape is Shape.TABLE and settled.value:
            blocks.append(_rows(item, settled, names, say))
    return blocks


def _singles(used: Sequence[tuple[ModelInput, Settled]], names: _Names, say: Say) -> Table:
    rows: list[Row] = []
    table = names.table("inputs")
    for item, settled in used:
        if item.shape is not Shape.SINGLE:
            continue
        value = settled.value
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            cell = Cell(shown_number(value, item.field), decimals=_places(item.field, value))
            names.inputs[Place(item.key)] = (f"{table}!value@{len(rows) + 1}", item.field)
        elif value is None or isinstance(value, tuple):
            cell = UNKNOWN
        else:
            cell = optional(shown(value, item.field, say.language))
        rows.append(
            (
                words(item.field.title(say.language)),
                cell,
                optional(item.field.shown_unit or "—"),
                optional(_source(settled, say)),
            )
        )
    columns = (
        Column("title", say("col_input"), 30),
        Column("value", say("col_value"), 16, ColumnKind.NUMBER),
        Column("unit", say("col_unit"), 12, ColumnKind.WORD),
        Column("source", say("col_source"), 44),
    )
    return Table("", say("table_inputs"), columns, tuple(rows), key=table)


def _places(field_: Field, value: Decimal | int) -> int:
    """Return enough decimals to show the number as it is, at most six."""
    exponent = Decimal(shown_number(value, field_)).normalize().as_tuple().exponent
    return min(max(-exponent, 0), 6) if isinstance(exponent, int) else field_.decimals


def _source(settled: Settled, say: Say) -> str:
    if settled.parameter is not None:
        source = settled.parameter.source.cite(say.language)
        return say("from_parameter", code=settled.parameter.code, source=source)
    cells = len(settled.trace.inputs) if settled.trace is not None else 0
    return say(f"from_{settled.provenance.value}", n=cells)


def _series(series: Sequence[tuple[ModelInput, Settled]], names: _Names, say: Say) -> Table:
    table = names.table("series")
    first = min(item.first for item, _ in series)
    last = max(item.first + len(_entries(settled)) - 1 for item, settled in series)
    rows: list[Row] = []
    for item, settled in series:
        cells: dict[int, Cell] = {}
        for at, entry in enumerate(_entries(settled), start=item.first):
            cells[at] = UNKNOWN if entry is None else Cell(shown_number(entry, item.field))
            names.inputs[Place(item.key, at)] = (f"{table}!y{at}@{len(rows) + 1}", item.field)
        title = item.field.title(say.language)
        unit = item.field.shown_unit
        years = tuple(cells.get(year, NOT_APPLICABLE) for year in range(first, last + 1))
        rows.append((words(f"{title}（{unit}）" if unit else title), *years))
    columns = (
        Column("title", say("col_input"), 30),
        *(_year(year, say) for year in range(first, last + 1)),
    )
    return Table("", say("table_series"), columns, tuple(rows), key=table, frozen_columns=1)


def _entries(settled: Settled) -> tuple[Decimal | None, ...]:
    value = settled.value
    if not isinstance(value, tuple):
        return ()
    return tuple(entry if isinstance(entry, Decimal) else None for entry in value)


def _rows(item: ModelInput, settled: Settled, names: _Names, say: Say) -> Table:
    table = names.table(item.key)
    rows: list[Row] = []
    for number, row in enumerate(settled.value if isinstance(settled.value, tuple) else (), 1):
        cells = []
        for column in item.columns:
            value = row.get(column.key) if not isinstance(row, Decimal) and row else None
            if isinstance(value, Decimal | int) and not isinstance(value, bool):
                cells.append(Cell(shown_number(value, column.field), decimals=4))
                place = Place(item.key, number, column.key)
                names.inputs[place] = (f"{table}!{column.key}@{number}", column.field)
            else:
                text = "—" if value is None else shown(value, column.field, say.language)
                cells.append(optional(text))
        rows.append(tuple(cells))
    columns = tuple(
        Column(c.key, _with_unit(c.field, say.language), 16,
               ColumnKind.NUMBER if c.field.numeric else ColumnKind.TEXT)
        for c in item.columns
    )  # fmt: skip
    return Table("", item.field.title(say.language), columns, tuple(rows), key=table)


def _with_unit(field_: Field, language: str) -> str:
    title = field_.title(language)
    return f"{title}（{field_.shown_unit}）" if field_.shown_unit else title


# ---- lines


def _lines(found: Calculated, names: _Names, say: Say) -> list[Block]:
    lines = [line for line in found.result.lines if not line.monthly]
    periods = min(found.result.periods, MOST_PERIODS)
    table = names.table("lines")
    for row, line in enumerate(lines, start=1):
        alone = line.single or periods < 2
        if alone:
            names.lines[LineAt(line.key)] = (f"{table}!total@{row}", line.field)
            names.lines[LineAt(line.key, 0)] = (f"{table}!total@{row}", line.field)
        for period in range(0 if alone else periods):
            names.lines[LineAt(line.key, period)] = (f"{table}!y{period}@{row}", line.field)
    formulas = Formulas(names.inputs.get, names.lines.get)
    rows = tuple(_line(line, found, formulas, periods, say) for line in lines)
    columns = (
        Column("title", say("col_line"), 30),
        Column("account", say("col_account"), 16, ColumnKind.WORD),
        Column("total", say("col_total"), 15, ColumnKind.NUMBER),
        *(_year(year, say) for year in range(periods if periods > 1 else 0)),
    )
    blocks: list[Block] = [
        Table("", say("table_lines"), columns, rows, say("unit"), say("source"),
              frozen_columns=1, key=table)
    ]  # fmt: skip
    if any(line.monthly for line in found.result.lines):
        blocks.append(Paragraph(say("monthly")))
    return blocks


def _year(year: int, say: Say) -> Column:
    return Column(f"y{year}", say("col_year", year=year), 12, ColumnKind.NUMBER)


def _line(line: Line, found: Calculated, formulas: Formulas, periods: int, say: Say) -> Row:
    accounts = {account.key: account.title(say.language) for account in found.result.accounts}
    tone = Tone.STRONG if line.sign else Tone.PLAIN
    title = words(_with_unit(line.field, say.language), tone)
    account = optional(accounts.get(line.account, "—") if line.sign else "—")
    if periods < 2 or line.single:
        amount = line.amounts[0]
        blank = (NOT_APPLICABLE,) * (periods if periods > 1 else 0)
        return (title, account, _amount(amount, line.field, formulas), *blank)
    cells = tuple(
        _amount(amount, line.field, formulas) for amount in line.amounts[:periods]
    )  # fmt: skip
    return (title, account, _total(line, periods), *cells)


def _total(line: Line, periods: int) -> Cell:
    """Return the sum over the periods, live; a ratio or a factor has none."""
    if not line.sign or line.total is None:
        return NOT_APPLICABLE if line.total is not None or not line.sign else UNKNOWN
    value = shown_number(line.total, line.field)
    return Cell(value, formula=f"SUM({{y0}}:{{y{periods - 1}}})")


def _amount(amount: Term, field_: Field, formulas: Formulas) -> Cell:
    if amount is ZERO:
        return NOT_APPLICABLE
    if amount.value is None:
        return UNKNOWN
    return Cell(shown_number(amount.value, field_), formula=formulas.of(amount, field_))


# ---- answers


def _answers(found: Calculated, names: _Names, say: Say) -> Table:
    columns = (
        Column("title", say("col_answer"), 30),
        Column("account", say("col_account"), 16, ColumnKind.WORD),
        Column("ending", say("col_ending"), 14, ColumnKind.WORD),
        Column("value", say("col_value"), 16, ColumnKind.NUMBER),
        Column("unit", say("col_unit"), 12, ColumnKind.WORD),
        Column("reason", say("col_reason"), 40),
    )
    rows = tuple(_answer(measure, found, say) for measure in found.result.measures)
    return Table("", say("table_answers"), columns, rows, key=names.table("answers"))


def _answer(measure: Measure, found: Calculated, say: Say) -> Row:
    accounts = {account.key: account.title(say.language) for account in found.result.accounts}
    ending = {True: say("ends_true"), False: say("ends_false"), None: "—"}[measure.with_terminal]
    value = UNKNOWN
    if measure.value is not None:
        value = Cell(shown_number(measure.value, measure.field))
    reason = found.reasons.get((measure.key, measure.account, measure.with_terminal), "")
    return (
        words(measure.field.title(say.language)),
        optional(accounts.get(measure.account, "—")),
        optional(ending),
        value,
        optional(measure.field.shown_unit or "—"),
        optional(reason or "—"),
    )
