# SPDX-License-Identifier: MIT
"""The portfolio report: every park side by side, with the same figures, bands and unknowns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.domain.figures.land import land_area
from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.space import uses
from workbench.domain.indicators.averages import total
from workbench.domain.indicators.indicator import Band
from workbench.domain.report.model import (
    SUM,
    UNKNOWN,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Paragraph,
    Row,
    Sheet,
    Signature,
    Table,
    Tone,
    ratio,
)
from workbench.domain.report.sections.annexes import record_tables
from workbench.domain.report.sections.cells import figure, mu, wan, words
from workbench.domain.report.sections.front import TOP, path_names, t_unit, worst
from workbench.domain.report.sections.indicators import BAND_TONES, band_text, shown_value
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.sources import log_seal_blocks

STATEMENTS = ("forecast", "unknown", "estimated", "defaults", "law", "purpose")
LONGEST_LABEL = 16
"""Letters of a park's name that a chart has room for."""
_RATED = (Band.RED, Band.YELLOW, Band.GREEN, Band.PENDING)
_BANDS = {band: band.name.lower() for band in _RATED}


@dataclass(frozen=True)
class ParkMaterial:
    """One park of a portfolio: all results about it, and the SHA-256 of what they rest on."""

    material: Material
    digest: str

    @property
    def standing(self) -> tuple[int, int, int, str]:
        """Return by what parks are ranked: most red, then yellow, then least known, then name."""
        m = self.material
        red, yellow, _green, pending = (_count(m, band) for band in _RATED)
        return -red, -yellow, -pending, m.park_name


def portfolio_sheets(
    parks: Sequence[ParkMaterial], compared: Sequence[str], signature: Signature
) -> tuple[Sheet, ...]:
    """Return the sheets after cover and contents; ``compared`` are the indicators shown."""
    ranked = sorted(parks, key=lambda park: park.standing)
    first = ranked[0].material
    scale = [Paragraph(_say(first, "intro", count=len(ranked))), *_scale(ranked)]
    values = [
        Paragraph(_say(first, "ranking")), *_counts(ranked, compared),
        Heading(_say(first, "values")), _values(ranked, compared),
        Heading(_say(first, "bands")), _bands(ranked, compared),
    ]  # fmt: skip
    made = (
        ("scale", scale),
        ("indicators", values),
        ("findings", [_findings(ranked)]),
        ("gaps", list(_gaps(ranked))),
        ("sources", list(_sources(ranked))),
        ("buildings", [*_records(ranked, "building", "A"), signature]),
        ("limits", [*_records(ranked, "encumbrance", "B"), signature]),
    )
    return tuple(_sheet(first, key, blocks) for key, blocks in made)


def _sheet(m: Material, key: str, blocks: Sequence[Block]) -> Sheet:
    title = _say(m, f"sheet.{key}")
    return Sheet(f"portfolio_{key}", title, title, tuple(blocks))


def _say(m: Material, key: str, **params: Any) -> str:
    return m.words(f"report_portfolio.{key}", **params)


def _no(m: Material) -> Column:
    return Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL)


def _park(m: Material) -> Column:
    return Column("park", _say(m, "col.park"), 24)


def _scale(parks: Sequence[ParkMaterial]) -> list[Block]:
    """Return 表1-1 and its chart: what each park has; ratios of the total are recomputed."""
    m = parks[0].material
    areas = ("gfa", "rentable", "let", "vacant")
    columns = (
        _no(m),
        _park(m),
        Column("code", _say(m, "col.code"), 12, ColumnKind.CODE),
        Column("parcels", _say(m, "col.parcels"), 9, ColumnKind.INTEGER, total=SUM),
        Column("land", _say(m, "col.land"), 12, ColumnKind.NUMBER, total=SUM),
        Column("buildings", _say(m, "col.buildings"), 10, ColumnKind.INTEGER, total=SUM),
        *(Column(key, _say(m, f"col.{key}"), 14, ColumnKind.NUMBER, total=SUM) for key in areas),
        Column("occupancy", _say(m, "col.occupancy"), 12, ColumnKind.NUMBER,
               total=ratio("let", "rentable", 100)),
        Column("net", _say(m, "col.net"), 14, ColumnKind.NUMBER, total=SUM),
    )  # fmt: skip
    rows = tuple(_scale_row(number, park.material) for number, park in enumerate(parks, start=1))
    table = Table(
        m.table_no("1-1"), _say(m, "table.scale"), columns, rows, _say(m, "unit.scale"),
        m.say("source.ledger"), total_label=m.say("total"), frozen_columns=2,
    )  # fmt: skip
    drawn = all(cell.number is not None for key in ("let", "vacant") for cell in table.cells(key))
    if not drawn:
        return [table, Paragraph(_say(m, "not_drawn"))]
    chart = Chart(
        ChartKind.STACKED, m.figure_no("1-1"), _say(m, "chart.scale"), table.number,
        _named_by(table), ("let", "vacant"), m.say("axis.m2"),
    )  # fmt: skip
    return [table, chart]


def _named_by(table: Table) -> str:
    """Return the column that names the parks in a chart: their numbers where names are long."""
    longest = max(len(str(cell.value or "")) for cell in table.cells("park"))
    return "park" if longest <= LONGEST_LABEL else "no"


def _scale_row(number: int, m: Material) -> Row:
    scope = m.whole
    found = [use for use in uses(scope, m.reading) if use.is_rentable]
    land = total(land_area(m.reading, parcel) for parcel in scope.parcels)
    gfa = total(floor_area(m.reading, building) for building in scope.buildings)
    sums = [total(getattr(use, name) for use in found) for name in ("rentable", "let", "vacant")]
    net = total(building.number("net_value") for building in scope.buildings)
    rentable, let = sums[0], sums[1]
    occupied = None if not rentable or let is None else let / rentable * 100
    return (
        Cell(number),
        words(m.park_name),
        words(scope.park.text("code") if scope.park else None),
        Cell(len(scope.parcels)),
        mu(land) if scope.parcels else UNKNOWN,
        Cell(len(scope.buildings)),
        figure(gfa) if scope.buildings else UNKNOWN,
        *(figure(value) if found else UNKNOWN for value in sums),
        figure(occupied, formula="{let}/{rentable}*100") if found else UNKNOWN,
        wan(net) if scope.buildings else UNKNOWN,
    )


def _count(m: Material, band: Band) -> int:
    return sum(value.band is band for value in m.indicators.values())


def _counts(parks: Sequence[ParkMaterial], compared: Sequence[str]) -> list[Block]:
    """Return 表2-1 and its chart: in how many of all indicators each park is in which band."""
    m = parks[0].material
    columns = (
        _no(m),
        _park(m),
        *(Column(key, band_text(m, band), 8, ColumnKind.INTEGER) for band, key in _BANDS.items()),
    )
    rows = tuple(
        (Cell(n), words(p.material.park_name), *(Cell(_count(p.material, b)) for b in _RATED))
        for n, p in enumerate(parks, start=1)
    )
    number = m.table_no("2-1")
    table = Table(
        number, _say(m, "table.counts"), columns, rows, _say(m, "unit.counts"),
        m.say("source.indicators"), notes=(_say(m, "note.compared", count=len(compared)),),
    )  # fmt: skip
    chart = Chart(
        ChartKind.STACKED, m.figure_no("2-1"), _say(m, "chart.counts"), number, _named_by(table),
        tuple(_BANDS.values()), _say(m, "axis.indicators"),
    )  # fmt: skip
    return [table, chart]


def _compared(m: Material, compared: Sequence[str], kind: ColumnKind) -> tuple[Column, ...]:
    titles = {id_: shown_value(m, m.indicators[id_])[:2] for id_ in compared}
    number = kind is ColumnKind.NUMBER
    return tuple(
        Column(id_, t_unit(m, f"{id_} {name}", unit if number else ""), 13, kind)
        for id_, (name, unit) in titles.items()
    )


def _values(parks: Sequence[ParkMaterial], compared: Sequence[str]) -> Table:
    """Return 表2-2: the compared indicators of each park."""
    m = parks[0].material
    rows = tuple(
        (
            Cell(n),
            words(park.material.park_name),
            *(shown_value(park.material, park.material.indicators[id_])[2] for id_ in compared),
        )
        for n, park in enumerate(parks, start=1)
    )
    columns = (_no(m), _park(m), *_compared(m, compared, ColumnKind.NUMBER))
    return Table(
        m.table_no("2-2"), _say(m, "table.values"), columns, rows, _say(m, "unit.values"),
        m.say("source.indicators"), frozen_columns=2,
    )  # fmt: skip


def _bands(parks: Sequence[ParkMaterial], compared: Sequence[str]) -> Table:
    """Return 表2-3: the bands of the compared indicators in words."""
    m = parks[0].material
    rows = []
    for n, park in enumerate(parks, start=1):
        bands = [park.material.indicators[id_].band for id_ in compared]
        cells = [Cell(band_text(m, band), tone=BAND_TONES[band]) for band in bands]
        rows.append((Cell(n), words(park.material.park_name), *cells))
    columns = (_no(m), _park(m), *_compared(m, compared, ColumnKind.WORD))
    return Table(
        m.table_no("2-3"), _say(m, "table.bands"), columns, tuple(rows),
        source_line=m.say("source.indicators"), frozen_columns=2,
    )  # fmt: skip


def _findings(parks: Sequence[ParkMaterial]) -> Table:
    """Return 表3-1: the three most severe problems of each park, and its first pathway."""
    m = parks[0].material
    columns = (
        _no(m),
        _park(m),
        Column("problems", _say(m, "col.problems"), 60),
        Column("pathway", _say(m, "col.pathway"), 34),
        Column("pending", _say(m, "col.pending"), 10, ColumnKind.INTEGER),
        Column("errors", _say(m, "col.errors"), 10, ColumnKind.INTEGER),
    )
    rows = tuple(
        (
            Cell(n),
            words(park.material.park_name),
            Cell(_problems(park.material)),
            _pathway(park.material),
            Cell(_count(park.material, Band.PENDING)),
            Cell(len(park.material.errors), tone=Tone.BAD if park.material.errors else Tone.PLAIN),
        )
        for n, park in enumerate(parks, start=1)
    )
    return Table(
        m.table_no("3-1"), _say(m, "table.findings"), columns, rows,
        source_line=_say(m, "source.findings"), notes=(_say(m, "note.findings"),),
        frozen_columns=2,
    )  # fmt: skip


def _problems(m: Material) -> str:
    lines = (
        _say(
            m, "problem", code=each.type.code, name=m.text(each.type.name),
            level=m.label(each.level), severity=each.severity,
        )
        for each in worst(m)[:TOP]
    )  # fmt: skip
    return "\n".join(lines) or m.say("no_problems")


def _pathway(m: Material) -> Cell:
    ranking = m.ranking
    if ranking is None or ranking.weighed.problem is not None or not ranking.recommended:
        return UNKNOWN
    return Cell(path_names(m, (ranking.recommended,)))


def _gaps(parks: Sequence[ParkMaterial]) -> Iterator[Block]:
    """Yield 表4-1: what is not known, by park and indicator, with the cells that lack."""
    m = parks[0].material
    columns = (_no(m), _park(m), Column("name", m.say("col.indicator"), 34),
               Column("missing", m.say("col.missing"), 60))  # fmt: skip
    rows: list[Row] = []
    for park in parks:
        own = park.material
        for value in own.indicators.values():
            if value.value is not None:
                continue
            name, _, _ = shown_value(own, value)
            missing = own.missing_names(value.trace.missing, 5) if value.trace.missing else ""
            rows.append((Cell(len(rows) + 1), words(own.park_name), words(f"{value.id} {name}"),
                         words(missing or m.say("no_base"))))  # fmt: skip
    if not rows:
        yield NotAssessed(_say(m, "no_gaps"))
        return
    yield Paragraph(_say(m, "gaps", count=len(rows)))
    yield Table(
        m.table_no("4-1"), _say(m, "table.gaps"), columns, tuple(rows), dense=True,
        source_line=m.say("source.indicators"), frozen_columns=2,
    )  # fmt: skip


def _sources(parks: Sequence[ParkMaterial]) -> Iterator[Block]:
    """Yield the statements, the editions, and what each park was computed from."""
    m = parks[0].material
    yield Heading(m.say("statements"))
    for key in STATEMENTS:
        yield Paragraph(m.say(f"statement.{key}"), strong=key == "forecast")
    yield from log_seal_blocks(m)
    yield Heading(_say(m, "editions"))
    yield Paragraph(_say(m, "edition_line", set=m.content.parameters.id, edition=m.content.edition))
    files = m.say("comma").join(file.name for file in m.files) or m.say("no_files")
    yield Paragraph(_say(m, "files", files=files))
    columns = (
        _no(m), _park(m), Column("as_of", _say(m, "col.as_of"), 12, ColumnKind.DATE),
        Column("records", _say(m, "col.records"), 10, ColumnKind.INTEGER),
        Column("digest", _say(m, "col.digest"), 72, ColumnKind.CODE),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(n),
            words(park.material.park_name),
            Cell(park.material.scope.as_of),
            Cell(sum(1 for _ in park.material.whole.ledger.within(park.material.whole.park_key))),
            words(park.digest),
        )
        for n, park in enumerate(parks, start=1)
    )
    yield Table(
        m.table_no("5-1"), _say(m, "table.basis"), columns, rows,
        source_line=m.say("source.ledger"), notes=(_say(m, "note.digest"),),
    )  # fmt: skip


def _records(parks: Sequence[ParkMaterial], entity: str, number: str) -> list[Block]:
    """Return every record of an entity in all parks."""
    m = parks[0].material
    declared = m.whole.ledger.catalogue[entity]
    found = [
        record
        for park in sorted(parks, key=lambda park: park.material.park_name)
        for record in park.material.whole.ledger.within(park.material.whole.park_key).all(entity)
    ]
    if not found:
        return [NotAssessed(m.say("no_records", entity=declared.title(m.language)))]
    return record_tables(m, declared, found, f"{number}-1")
