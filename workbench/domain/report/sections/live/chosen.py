# SPDX-License-Identifier: MIT
"""Formulas of what is read from the newest record that counts, which may become another one.

A record that has no rival counts while its date allows; among several, 附表E-21 gives each its
order and 附表E-19 and E-20 take the first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbench.domain.records.ledger import Record
from workbench.domain.report.sections.annex_layout import Listing
from workbench.domain.report.sections.links import AS_OF_TABLE
from workbench.domain.report.sections.live.guards import asked_first, plainly
from workbench.domain.workings.choosing import YEAR, Choice

ORDERS = "order_"
"""How the tables of the orders begin."""
NEWEST_YEAR, NEWEST_DAY = "newest_year", "newest_day"
"""By what formulas find what is taken of yearly records, and of those with a day."""
_AS_OF = f"{{{AS_OF_TABLE}!day@1}}"
STEP = 1_000_000
"""More than any year or day; as many rows are told apart within one."""
_MOST = 250
"""MAX takes 255 arguments."""


def order_key(entity: str) -> str:
    """Return by what formulas find the order of an entity's records."""
    return f"{ORDERS}{entity}"


@dataclass(frozen=True, slots=True)
class Order:
    """One column of 附表E-21: what the records of a kind are taken for, and their order."""

    key: str
    sample: Choice
    formulas: dict[str, str]
    """The order of each record by its key, the newest highest, 0 for one that does not count."""
    choices: dict[str, Choice]
    """Among which each is."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One row of 附表E-19 or E-20: a field of the record that a choice takes."""

    number: int
    choice: Choice
    field: str
    row: str
    """In which row of ``span`` the record is, as a formula."""
    span: tuple[int, int]


class Chosen:
    """Collects what is taken; the same field of the same choice is written once."""

    def __init__(
        self, listings: Mapping[str, Listing], months: Callable[[str], str | None]
    ) -> None:
        """``months`` gives the cell of a parameter that says how long a record lasts."""
        self._listings = listings
        self._months = months
        self.orders: dict[str, dict[tuple[object, ...], Order]] = {}
        self.picks: dict[str, dict[tuple[str, str], Pick]] = {NEWEST_YEAR: {}, NEWEST_DAY: {}}
        self._rows: dict[str, tuple[str, tuple[int, int]]] = {}
        self._ranks: dict[str, dict[str, int]] = {}

    def value(self, choice: Choice, field: str) -> str | None:
        """Return the cell or formula of a field of the record that counts, None for no column."""
        if not self.shows(choice, field):
            return None
        [first, *others] = choice.rows
        if not others and choice.lasting is None:
            return self._alone(choice, first, field)
        row = self.pick(choice, field)
        return f"{{{row[0]}!value@{row[1]}}}" if row else None

    def shows(self, choice: Choice, field: str) -> bool:
        """Tell whether the annex has all the records of a choice, and this field of them."""
        listing = self._listings.get(choice.entity)
        if listing is None or any(row.key not in listing.rows for row in choice.rows):
            return False
        return field in listing.tables and choice.by in listing.tables

    def pick(self, choice: Choice, field: str) -> tuple[str, int] | None:
        """Return the table and row in which a field of the record that counts stands."""
        table = NEWEST_YEAR if choice.by == YEAR else NEWEST_DAY
        picks, known = self.picks[table], (choice.name, field)
        if known not in picks:
            found = self._rows.get(choice.name) or self._row(choice)
            if found is None:
                return None
            picks[known] = Pick(len(picks) + 1, choice, field, *found)
            self._rows.setdefault(choice.name, (f"{{row@{len(picks)}}}", found[1]))
        return table, picks[known].number

    def _row(self, choice: Choice) -> tuple[str, tuple[int, int]] | None:
        """Return the formula of the row of the record that counts, and the rows among which."""
        listing, order = self._listings[choice.entity], self._order(choice)
        rows = sorted(listing.rows[row.key] for row in choice.rows)
        table, (first, last) = order_key(choice.entity), (rows[0], rows[-1])
        span = f"{{{table}!{order.key}@{first}}}:{{{table}!{order.key}@{last}}}"
        cells = span
        if len(rows) <= last - first:
            cells = ",".join(f"{{{table}!{order.key}@{row}}}" for row in rows)
            if len(rows) > _MOST:
                return None
        return f"IF(MAX({cells})>0,MATCH(MAX({cells}),{span},0),NA())", (first, last)

    def _order(self, choice: Choice) -> Order:
        orders = self.orders.setdefault(choice.entity, {})
        kind = choice.needed, choice.preferred, choice.lasting
        order = orders.get(kind)
        if order is None:
            order = orders[kind] = Order(f"o{len(orders) + 1}", choice, {}, {})
        for row in choice.rows:
            order.formulas[row.key] = self._formula(choice, row)
            order.choices[row.key] = choice
        return order

    def _formula(self, choice: Choice, row: Record) -> str:
        """Return the year or day of a record that counts, a step higher for what is preferred."""
        when = self._place(row, choice.by)
        rank = f"{when}+{self.rank(row.entity, row.key)}/{STEP}"
        known = [self._place(row, field) for field in choice.needed]
        if not all(known):
            return "0"
        found = "0"
        for step, fields in enumerate(reversed(choice.preferred)):
            cells = [self._place(row, field) for field in fields]
            if not all(cells):
                continue
            higher = f"{rank}+{step * STEP}" if step else rank
            asked = f"COUNT({','.join(cells)})={len(cells)}"
            found = f"IF({asked},{higher},{found})" if cells else higher
        asked = ",".join([when, _AS_OF, *known])
        counts = f"IF({self._counts(choice, row)},{found},0)"
        return plainly(f"IFERROR(IF(COUNT({asked})<{len(known) + 2},0,{counts}),0)")

    def _counts(self, choice: Choice, row: Record) -> str:
        """Return whether a record counts on the as-of date."""
        when, tests = self._place(row, choice.by), []
        tests.append(f"{when}<=YEAR({_AS_OF})" if choice.by == YEAR else f"{when}<={_AS_OF}")
        if choice.left is not None and (left := self._cell(choice.left.entity, choice.left.key,
                                                           choice.left.field)):  # fmt: skip
            tests.append(f'COUNTIF({asked_first(left)},"<="&{_AS_OF})=0')
        if choice.lasting is not None:
            months = self._months(choice.lasting.parameter) or choice.lasting.months
            usual = "NA()" if months is None else f"EDATE({when},{months})"
            stated = self._place(row, choice.lasting.field)
            until = f"IF(COUNT({stated})=1,{stated},{usual})" if stated else usual
            tests.append(f"{until}>={_AS_OF}")
        return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"

    def _alone(self, choice: Choice, row: Record, field: str) -> str | None:
        """Return a field of the only record there is, NA() where its date does not allow it.

        When its owner leaves is asked only for what makes a record count: words ask it no more.
        """
        place = self._place(row, field)
        if not place:
            return None
        asked = choice if field in choice.needed else _staying(choice)
        return f"IF({self._counts(asked, row)},{place},NA())"

    def rank(self, entity: str, key: str) -> int:
        """Return the place of a record among all of its kind: of two of one day the last counts."""
        ranks = self._ranks.get(entity)
        if ranks is None:
            keys = sorted(self._listings[entity].rows)
            ranks = self._ranks[entity] = {each: at for at, each in enumerate(keys, start=1)}
        return ranks[key]

    def _place(self, row: Record, field: str) -> str:
        return self._cell(row.entity, row.key, field)

    def _cell(self, entity: str, key: str, field: str) -> str:
        listing = self._listings.get(entity)
        place = listing and listing.place(key, field)
        return f"{{{place}}}" if place else ""


def _staying(choice: Choice) -> Choice:
    return Choice(choice.rows, choice.by, choice.owner, choice.needed, choice.preferred)
