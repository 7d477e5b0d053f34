# SPDX-License-Identifier: MIT
"""What a simulation gave, in a scenario's workbook: how it was made, percentiles, histogram."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.report.model import (
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
    Table,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.money.words import WORDS, titled

if TYPE_CHECKING:
    from workbench.domain.finance.simulation import Simulation, Spread
    from workbench.domain.report.sections.money.study import Studied

_MONEY, _SHARE = Decimal(10_000), Decimal("0.01")
_PLACES = 6


def chances(run: "Simulation | None", refused: tuple[str, ...], at: "Studied") -> list[Block]:
    """Return the tables of a simulation, or the sentence why there is none."""
    head = Heading(at.word("chances"))
    if run is None:
        said = " ".join(refused) or at.word("not_simulated")
        return [head, Paragraph(said)]
    loss = f"{run.loss:.1%}"
    made = at.word("made", paths=f"{run.paths:,}", seed=run.seed, loss=loss)
    blocks: list[Block] = [head, Paragraph(made)]
    if run.left_out:
        names = (at.found.model.input(key).field.title(at.say.language) for key in run.left_out)
        joined = at.texts("scenario.comma").join(names)
        blocks.append(Paragraph(at.texts("scenario.left_out", items=joined)))
    return [*blocks, _uncertain(run, at), _spreads(run, at), *_histogram(run, at)]


def _uncertain(run: "Simulation", at: "Studied") -> Table:
    model, language = at.found.model, at.say.language
    rows: list[Row] = []
    for item in run.uncertain:
        numbers = " / ".join(_written(number) for number in item.distribution.parameters)
        kind = at.texts(f"scenario.shape_{item.distribution.kind.value}")
        applies = at.texts(f"scenario.applies_{item.mode.value}")
        said = [applies, at.texts("scenario.yearly")] if item.yearly else [applies]
        rows.append((
            words(model.input(item.key).field.title(language)),
            words(f"{kind}　{numbers}" if language.startswith("zh") else f"{kind}: {numbers}"),
            words(at.texts("scenario.comma").join(said)),
        ))  # fmt: skip
    for pair in run.correlations:
        names = (model.input(key).field.title(language) for key in (pair.first, pair.second))
        title = at.word("together", names=" / ".join(names))
        rows.append((words(title), words(f"{pair.rank:g}"), optional("—")))
    columns = (
        Column("title", at.say("col_input"), 30),
        Column("shape", at.word("col_shape"), WORDS),
        Column("applies", at.word("col_applies"), 14, ColumnKind.WORD),
    )
    return Table("", at.word("table_uncertain"), columns, tuple(rows),
                 key=at.names.table("uncertain"), notes=(at.word("note_uncertain"),))  # fmt: skip


def _spreads(run: "Simulation", at: "Studied") -> Table:
    from workbench.domain.finance.measures import IRR, NPV
    from workbench.domain.finance.simulation import PERCENTILES

    spreads = [(NPV, run.npv, _MONEY), (IRR, run.irr, _SHARE)]
    known = [(field, spread, per) for field, spread, per in spreads if spread is not None]
    rows: list[Row] = []
    facts: list[tuple[str, Sequence[float | None]]] = [
        (at.word("base"), [s.base for _, s, _ in known]),
        (at.word("mean"), [s.mean for _, s, _ in known]),
        (at.word("deviation"), [s.deviation for _, s, _ in known]),
        (at.word("lowest"), [s.lowest for _, s, _ in known]),
        *((f"P{point}", [s.percentiles[n] for _, s, _ in known])
          for n, point in enumerate(PERCENTILES)),
        (at.word("highest"), [s.highest for _, s, _ in known]),
    ]  # fmt: skip
    for title, numbers in facts:
        cells = [_number(n, per) for n, (_, _, per) in zip(numbers, known, strict=True)]
        rows.append((words(title), *cells))
    rows.append((words(at.word("without_value")), *(Cell(_left_out(s)) for _, s, _ in known)))
    columns = [Column("title", at.word("col_figure"), 30)]
    for n, (field, _, _) in enumerate(known):
        width = WORDS if not n else 14
        columns.append(Column(field.key, titled(field, at.say), width, ColumnKind.NUMBER))
    return Table("", at.word("table_spreads"), tuple(columns), tuple(rows),
                 key=at.names.table("spreads"))  # fmt: skip


def _written(number: float) -> str:
    """Return a parameter with every digit that was stated, and thousands commas."""
    return f"{Decimal(repr(number)).normalize():,f}"


def _left_out(spread: "Spread") -> int:
    return spread.unknown + spread.ambiguous


def _number(number: float | None, per: Decimal) -> Cell:
    if number is None:
        return UNKNOWN
    return Cell(round(Decimal(repr(number)) / per, _PLACES))


def _histogram(run: "Simulation", at: "Studied") -> list[Block]:
    npv = run.npv
    if len(npv.counts) < 2:
        return []
    key = at.names.table("histogram")
    rows: list[Row] = []
    last = len(npv.counts)
    for low, high, count in zip(npv.edges, npv.edges[1:], npv.counts, strict=False):
        share = Decimal(count) / npv.known * 100
        start, end = _number(low, _MONEY), _number(high, _MONEY)
        middle = ((start.number or Decimal(0)) + (end.number or Decimal(0))) / 2
        part = Cell(share, formula=f"{{count}}/SUM({{count@1}}:{{count@{last}}})*100")
        rows.append((words(f"{middle:,.0f}"), part, start, end, Cell(count)))
    columns = (
        Column("middle", at.word("col_middle"), 30),
        Column("share", at.word("col_share"), WORDS, ColumnKind.NUMBER),
        Column("low", at.word("col_from"), 14, ColumnKind.NUMBER),
        Column("high", at.word("col_to"), 14, ColumnKind.NUMBER),
        Column("count", at.word("col_count"), 14, ColumnKind.INTEGER),
    )
    table = Table("", at.word("table_histogram"), columns, tuple(rows), key=key)
    title = at.word("chart_histogram", paths=f"{run.paths:,}", seed=run.seed)
    axis = at.word("col_share")
    return [table, Chart(ChartKind.HISTOGRAM, "", title, key, "middle", ("share",), axis)]
