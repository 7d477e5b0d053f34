# SPDX-License-Identifier: MIT
"""What a simulation gave, in a scenario's workbook: how it was made, percentiles, histogram."""

from dataclasses import dataclass
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
from workbench.domain.report.sections.money.draws import (
    PER,
    exact,
    paths_range,
    spreads_of,
    statistics,
)
from workbench.domain.report.sections.money.words import WORDS, titled

if TYPE_CHECKING:
    from workbench.domain.finance.simulation import Simulation, Spread
    from workbench.domain.report.sections.money.study import Studied


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
    from workbench.domain.finance.simulation import PERCENTILES

    known = spreads_of(run)
    titles = ("mean", "deviation", "lowest", *(f"P{point}" for point in PERCENTILES),
              "highest", "below", "without_value")  # fmt: skip
    figures = [statistics(field, spread, at, run.paths) for field, spread in known]
    base = [_base(spread, PER[field.key], at) for field, spread in known]
    rows: list[Row] = [(words(at.word("base")), *base)]
    for title, *cells in zip(titles, *figures, strict=True):
        said = title if title.startswith("P") else at.word(title)
        rows.append((words(said), *cells))
    columns = [Column("title", at.word("col_figure"), 30)]
    for n, (field, _) in enumerate(known):
        width = WORDS if not n else 14
        columns.append(Column(field.key, titled(field, at.say), width, ColumnKind.NUMBER))
    note = at.word("note_spreads" if run.npv.values else "note_not_listed")
    return Table("", at.word("table_spreads"), tuple(columns), tuple(rows),
                 key=at.names.table("spreads"), notes=(note,))  # fmt: skip


def _base(spread: "Spread", per: Decimal, at: "Studied") -> Cell:
    return UNKNOWN if spread.base is None else at.held(Cell(exact(spread.base, per)))


def _written(number: float) -> str:
    """Return a parameter with every digit that was stated, and thousands commas."""
    return f"{Decimal(repr(number)).normalize():,f}"


@dataclass(frozen=True, slots=True)
class _Formulas:
    """The formulas of one class of the histogram."""

    low: str
    high: str
    count: str
    share: str
    so_far: str


def _bin(n: int, npv: "Spread", at: "Studied") -> _Formulas:
    """Return how a class is made of the paths; its bounds and count stand where none are listed."""
    last, span = len(npv.counts), paths_range(npv, at)
    first, end = n == 0, n == last - 1
    share = f"{{count}}/SUM({{count@1}}:{{count@{last}}})*100"
    so_far = "{share}" if first else f"{{so_far@{n}}}+{{share}}"
    low = "" if first else f"{{high@{n}}}"
    if not span:
        return _Formulas(low, "", "", share, so_far)
    high = f"{{low@1}}+(MAX({span})-{{low@1}})*{n + 1}/{last}"
    # the highest path belongs to the last class
    count = f"SUMPRODUCT(({span}>={{low}})*({span}<{'=' if end else ''}{{high}}))"
    return _Formulas(f"MIN({span})" if first else low, f"MAX({span})" if end else high,
                     count, share, so_far)  # fmt: skip


def _histogram(run: "Simulation", at: "Studied") -> list[Block]:
    npv = run.npv
    if len(npv.counts) < 2:
        return []
    key = at.names.table("histogram")
    rows: list[Row] = []
    so_far = Decimal(0)
    for n, (low, high, count) in enumerate(zip(npv.edges, npv.edges[1:], npv.counts, strict=False)):
        share = Decimal(count) / npv.known * 100
        so_far += share
        start, end = (exact(edge, PER[npv.measure]) for edge in (low, high))
        cells = _bin(n, npv, at)
        rows.append((
            words(f"{(start + end) / 2:,.0f}"),
            at.held(Cell(share, formula=cells.share)), at.held(Cell(start, formula=cells.low)),
            at.held(Cell(end, formula=cells.high)), at.held(Cell(count, formula=cells.count)),
            at.held(Cell(so_far, formula=cells.so_far)),
        ))  # fmt: skip
    columns = (
        Column("middle", at.word("col_middle"), 30),
        Column("share", at.word("col_share"), WORDS, ColumnKind.NUMBER),
        Column("low", at.word("col_from"), 14, ColumnKind.NUMBER),
        Column("high", at.word("col_to"), 14, ColumnKind.NUMBER),
        Column("count", at.word("col_count"), 14, ColumnKind.INTEGER),
        Column("so_far", at.word("col_so_far"), 14, ColumnKind.NUMBER),
    )
    table = Table("", at.word("table_histogram"), columns, tuple(rows), key=key,
                  tab=at.texts("report_tabs.histogram"))  # fmt: skip
    title = at.word("chart_histogram", paths=f"{run.paths:,}", seed=run.seed)
    axis = at.word("col_share")
    return [table, Chart(ChartKind.HISTOGRAM, "", title, key, "middle", ("share",), axis)]
