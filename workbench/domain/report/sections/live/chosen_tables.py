# SPDX-License-Identifier: MIT
"""附表E-19 to E-21: what is taken of the newest records, and in which order these count."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from workbench.domain.report.model import (
    BLANK,
    UNKNOWN,
    Block,
    Cell,
    Column,
    ColumnKind,
    Row,
    Table,
)
from workbench.domain.report.sections.cells import NUMBERS, of_field, with_unit_name, words
from workbench.domain.report.sections.links import ledger_cell, to_record
from workbench.domain.report.sections.live.chosen import (
    NEWEST_DAY,
    NEWEST_YEAR,
    STEP,
    Order,
    Pick,
    order_key,
)
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.workings.choosing import YEAR, Choice

_EPOCH = date(1899, 12, 30)
_NUMBERS = {"park_year": 1, "enterprise_year": 2, "finance": 3, "valuation": 4}
"""The entities of which the newest record counts, in the order of their tables."""


def chosen_tables(m: Material) -> list[Block]:
    """Return what is taken and the orders behind it; nothing where no record has a rival."""
    return [*_taken_tables(m), *_order_tables(m)]


def _taken_tables(m: Material) -> Iterator[Table]:
    t = m.words
    for key, number, kind in (
        (NEWEST_YEAR, "E-19", ColumnKind.YEAR), (NEWEST_DAY, "E-20", ColumnKind.DATE),
    ):  # fmt: skip
        picks = list(m.live.chosen.picks[key].values())
        if not picks:
            continue
        columns = (
            Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
            Column("name", t("report_chosen.owner"), 24),
            Column("field", t("report_chosen.field"), 30),
            Column("row", t("report_chosen.row"), 9, ColumnKind.ORDINAL),
            Column("when", t(f"report_chosen.{key}"), 13, kind),
            Column("value", m.say("col.value"), 15, ColumnKind.NUMBER),
        )
        rows = tuple(_taken(m, pick) for pick in picks)
        yield Table(
            m.table_no(number), t(f"report_chosen.table_{key}"), columns, rows,
            source_line=m.say("source.ledger"), notes=(t("report_chosen.note_taken"),),
            key=key, dense=True,
        )  # fmt: skip


def _taken(m: Material, pick: Pick) -> Row:
    choice, unknown = pick.choice, f'"{m.say("to_verify")}"'
    listing = m.annex[choice.entity]
    record, owner = choice.taken(m.whole.as_of), choice.owner
    of = m.whole.ledger.find(owner.entity, owner.key)
    row, when, value = UNKNOWN, UNKNOWN, UNKNOWN
    if record is not None:
        row = Cell(listing.rows[record.key] - pick.span[0] + 1)
        when = of_field(record, choice.by, m.whole.ledger, m.language)
        value = of_field(record, pick.field, m.whole.ledger, m.language)
    field = listing.entity[pick.field]
    dates, values = (_span(m, pick, each) for each in (choice.by, pick.field))
    found, known = f"INDEX({values},{{row}})", f"COUNT(INDEX({values},{{row}}))=0"
    if field.type not in NUMBERS:
        known = f'{found}=""'
    taken = found if pick.field in choice.needed else f"IF({known},{unknown},{found})"
    decided = m.live.unmoved.references({choice.entity})
    return (
        Cell(pick.number),
        to_record(words(m.name_of(of) if of is not None else m.park_name), record, m)
        if record is not None
        else words(m.name_of(of) if of is not None else m.park_name),
        words(with_unit_name(field, m.words)),
        _live(row, while_0(m, decided, f"IFERROR({pick.row},{unknown})")),
        _live(when, f"IF(COUNT({{row}})=0,{unknown},INDEX({dates},{{row}}))"),
        _live(value, f"IF(COUNT({{row}})=0,{unknown},{taken})"),
    )


def _live(cell: Cell, formula: str) -> Cell:
    return Cell(cell.value, cell.state, formula)


def _span(m: Material, pick: Pick, field: str) -> str:
    table = m.annex[pick.choice.entity].tables[field]
    first, last = pick.span
    return f"{{{table}!{field}@{first}}}:{{{table}!{field}@{last}}}"


def _order_tables(m: Material) -> Iterator[Table]:
    for entity, number in _NUMBERS.items():
        orders = list(m.live.chosen.orders.get(entity, {}).values())
        if orders:
            yield _order_table(m, entity, f"E-21-{number}", orders)


def _order_table(m: Material, entity: str, number: str, orders: list[Order]) -> Table:
    t, listing = m.words, m.annex[entity]
    title, by = listing.entity.title(m.language), listing.entity[orders[0].sample.by]
    kind = ColumnKind.YEAR if by.key == YEAR else ColumnKind.DATE
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", title, 24),
        Column("when", by.title(m.language), 12, kind),
        *(Column(o.key, _title(m, o.sample), 14, ColumnKind.NUMBER, 6) for o in orders),
    )
    rows = tuple(
        (
            to_record(Cell(at), record, m),
            words(m.name_of(record)),
            ledger_cell(record, by.key, m),
            *(_order(m, o, record.key) for o in orders),
        )
        for at, record in enumerate(listing.records, start=1)
    )
    return Table(
        m.table_no(number), t("report_chosen.table_order", entity=title), columns, rows,
        source_line=m.say("source.ledger"), notes=(t("report_chosen.note_order"),),
        frozen_columns=2, key=order_key(entity), dense=True, tab=title,
    )  # fmt: skip


def _order(m: Material, order: Order, key: str) -> Cell:
    formula = order.formulas.get(key)
    if formula is None:
        return BLANK
    rank = order.choices[key].rank(key, m.whole.as_of)
    if rank is None:
        return Cell(Decimal(0), formula=formula)
    preferred, when, _ = rank
    day = Decimal((when - _EPOCH).days) if isinstance(when, date) else when
    last = len(order.sample.preferred) - 1
    place = Decimal(m.live.chosen.rank(order.sample.entity, key)) / STEP
    return Cell(day + place + (last + preferred) * STEP, formula=formula)


def _title(m: Material, choice: Choice) -> str:
    """Return for what the order is: what a record must say, and what goes before."""
    entity, comma = m.annex[choice.entity].entity, m.say("comma")

    def named(fields: tuple[str, ...]) -> str:
        return comma.join(entity[field].title(m.language) for field in fields)

    key = "by_year" if choice.by == YEAR else "lasting" if choice.lasting else "by_day"
    parts = [m.words(f"report_chosen.{key}")]
    if choice.needed:
        parts.append(m.words("report_chosen.needed", fields=named(choice.needed)))
    if any(choice.preferred):
        sets = m.words("report_chosen.or").join(named(f) for f in choice.preferred if f)
        parts.append(m.words("report_chosen.preferred", fields=sets))
    return m.say("semicolon").join(parts)
