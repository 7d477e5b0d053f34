# SPDX-License-Identifier: MIT
"""Sheet 4 of a portfolio: what to find out first, over all parks and park by park."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.domain.explain import Missing
from workbench.domain.facts.missing_names import is_of_kind, kind_of_missing, lacks_record
from workbench.domain.indicators.indicator import Band
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    Block,
    Cell,
    Column,
    ColumnKind,
    NotAssessed,
    Paragraph,
    Table,
)
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.indicators import shown_value
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.portfolio.compared import COUNTS
from workbench.domain.report.sections.portfolio.parks import (
    BANDS,
    named_parks,
    no_column,
    park_column,
    say,
    short_cell,
)

_Asked = tuple[str, str, bool]
"""Entity and field, and whether a whole record lacks; "" for what has no record to compute from."""
_NO_RECORD: _Asked = ("", "", False)
_NAMED_INDICATORS, _FIRST = 8, 3
"""How many indicators and fields a row names."""


@dataclass
class _Lack:
    """One kind of data that is not known: in which parks and places, and what waits for it."""

    parks: dict[int, None] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    indicators: dict[str, str] = field(default_factory=dict)
    waiting: int = 0
    """Values of indicators, each of one park."""


def gaps_blocks(parks: Sequence[Material]) -> Iterator[Block]:
    """Yield 表4-1, what lacks by how much waits for it, and 表4-2, what each park has to find."""
    m = parks[0]
    lacks = _lacks(parks)
    if not lacks:
        yield NotAssessed(say(m, "no_gaps"))
        return
    yield Paragraph(_told(parks))
    yield _first_table(parks, lacks)
    yield _parks_table(parks)


def _told(parks: Sequence[Material]) -> str:
    """Return how many values are not known, and how many known ones have no verdict yet.

    The tables of bands count both.
    """
    m, every = parks[0], [value for park in parks for value in park.indicators.values()]
    unknown = sum(value.value is None for value in every)
    unrated = sum(value.value is not None and value.band is Band.PENDING for value in every)
    known = say(m, "gaps_known", count=unrated, all=f"{unknown + unrated:,}") if unrated else ""
    return say(m, "gaps", count=f"{unknown:,}", known=known)


def _lacks(parks: Sequence[Material]) -> dict[_Asked, _Lack]:
    """Return what lacks, first what most values of indicators wait for."""
    found: dict[_Asked, _Lack] = {}
    numbers = _numbers(parks)
    for at, m in enumerate(parks, start=1):
        for value in m.indicators.values():
            if value.value is not None:
                continue
            name = f"{value.id} {shown_value(m, value)[0]}"
            missing = {_asked(each): None for each in value.trace.missing}
            for asked in missing or {_NO_RECORD: None}:
                lack = found.setdefault(asked, _Lack())
                lack.indicators[value.id] = name
                lack.waiting += 1
            for each in value.trace.missing:
                lack = found[_asked(each)]
                lack.parks[_owner(m, each, numbers, at)] = None
                # each park lacks its own facility of a kind
                own = f"{at} {each.of[1]}" if is_of_kind(each) else each.of[1]
                lack.places.add(each.key or own or str(at))
            if not missing:
                found[_NO_RECORD].parks[at] = None
    return dict(sorted(found.items(), key=lambda each: (-each[1].waiting, each[0])))


def _asked(missing: Missing) -> _Asked:
    return missing.entity, missing.field, lacks_record(missing)


def _numbers(parks: Sequence[Material]) -> dict[str, int]:
    return {m.whole.park_key: at for at, m in enumerate(parks, start=1)}


def _owner(m: Material, missing: Missing, numbers: Mapping[str, int], at: int) -> int:
    """Return the number of the park that has to find out: a park is compared with the others too.

    What is of no park here is asked of the park whose indicator waits.
    """
    place = (missing.entity, missing.key) if missing.key else missing.of
    record = m.whole.ledger.find(*place)
    park = m.whole.ledger.park_of(record) if record is not None else None
    return numbers.get(park.key, at) if park is not None else at


def _title(m: Material, asked: _Asked) -> str:
    entity, field_, is_record = asked
    if asked == _NO_RECORD:
        return m.say("no_base")
    return kind_of_missing(entity, field_, m.words, is_record=is_record)


def _first_table(parks: Sequence[Material], lacks: dict[_Asked, _Lack]) -> Table:
    m = parks[0]
    columns = (
        no_column(m),
        Column("missing", m.say("col.missing"), 40),
        Column("waiting", say(m, "col.waiting"), 10, ColumnKind.INTEGER),
        Column("places", say(m, "col.places"), 9, ColumnKind.INTEGER),
        Column("park_count", say(m, "col.park_count"), 9, ColumnKind.INTEGER),
        Column("parks", say(m, "col.park_nos"), 40),
        Column("indicators", m.say("col.indicator"), 64),
    )
    rows = tuple(
        (
            Cell(n),
            words(_title(m, asked)),
            Cell(lack.waiting),
            NOT_APPLICABLE if asked == _NO_RECORD else Cell(len(lack.places)),
            Cell(len(lack.parks)),
            words(named_parks(parks, sorted(lack.parks))),
            words(_some(m, list(lack.indicators.values()), _NAMED_INDICATORS)),
        )
        for n, (asked, lack) in enumerate(lacks.items(), start=1)
    )
    return Table(
        m.table_no("4-1"), say(m, "table.first"), columns, rows, say(m, "unit.counts"),
        m.say("source.indicators"), notes=(say(m, "note.first"),), dense=True, frozen_columns=2,
    )  # fmt: skip


def _some(m: Material, names: Sequence[str], most: int) -> str:
    more = m.say("and_more", count=len(names) - most) if len(names) > most else ""
    return m.say("comma").join(names[:most]) + more


def _parks_table(parks: Sequence[Material]) -> Table:
    m = parks[0]
    columns = (
        no_column(m),
        park_column(m),
        Column("pending", say(m, "col.pending"), 10, ColumnKind.INTEGER),
        Column("places", say(m, "col.places"), 9, ColumnKind.INTEGER),
        Column("missing", say(m, "col.first_missing"), 90),
    )
    rows, numbers = [], _numbers(parks)
    for at, park in enumerate(parks, start=1):
        band = Band.PENDING
        pending = sum(value.band is band for value in park.indicators.values())
        unknown = [value for value in park.indicators.values() if value.value is None]
        own = [
            [each for each in value.trace.missing if _owner(park, each, numbers, at) == at]
            for value in unknown
        ]
        asked = Counter(each for missing in own for each in {_asked(each) for each in missing})
        asked[_NO_RECORD] = sum(not value.trace.missing for value in unknown)
        first = sorted(+asked, key=lambda each: (-asked[each], each))
        told = [say(m, "waits", name=_title(m, each), count=asked[each]) for each in first[:_FIRST]]
        rows.append((
            Cell(at),
            short_cell(park),
            Cell(pending, formula=f"{{{COUNTS}!{BANDS[band]}@{at}}}"),
            Cell(len({each for missing in own for each in missing})),
            Cell(m.say("comma").join(told) or (say(m, "elsewhere") if unknown else "—")),
        ))  # fmt: skip
    return Table(
        m.table_no("4-2"), say(m, "table.gaps"), columns, tuple(rows), say(m, "unit.counts"),
        m.say("source.indicators"), dense=True, frozen_columns=2,
    )  # fmt: skip
