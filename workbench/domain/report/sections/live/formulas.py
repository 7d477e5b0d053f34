# SPDX-License-Identifier: MIT
"""Writes a number that remembers how it was made as a formula over the cells of the annexes."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from workbench.domain.report.sections.live.guards import Counted, asked_first, needed, to_count
from workbench.domain.values import MU_IN_M2
from workbench.domain.workings.numbers import (
    At,
    Dated,
    Judged,
    Kept,
    Made,
    NotAfter,
    Part,
    Worded,
    of_cell,
)
from workbench.domain.workings.terms import Summand, ratio_of, summands

_JUDGED = frozenset(Judged)
Written = tuple[str, int]
"""A formula and how tightly it holds together."""
SUM_RANK, PRODUCT_RANK, ATOM = 1, 2, 3
FEW = 4
"""So many terms are written out; a longer sum gets a column of its own, one term a row."""
MOST = 120
"""So many terms of a sum within one row are written out at most."""
_NEAR = Decimal("1e-9")
"""How far a number may be off, by its own size, that is still the same."""
_ZERO, _WAN = Decimal(0), Decimal(10_000)
_EXACT = {
    MU_IN_M2: "(2000/3)", MU_IN_M2 / _WAN: "(2000/3/10000)",
    Decimal(365) / 12: "(365/12)", 1 / Decimal(12): "(1/12)", _WAN / 12: "(10000/12)",
}  # fmt: skip
"""How constants are written that no finite decimal is."""


class Role(StrEnum):
    """What a sum is in the formula of a figure."""

    SUM = "sum"
    ABOVE = "above"
    BELOW = "below"
    WEIGHT = "weight"


FindCell = Callable[[At], str | None]
"""Gives the formula of a ledger cell in the unit in which the program counts, or None.

Of what is judged of a record, it gives the cell that says so by 1 or 0.
"""
Cover = Callable[[Kept], str | None]
"""Puts the items of a ratio over what is known into columns; gives the cell of the ratio."""
FindWord = Callable[[Worded, Decimal], str | None]
"""Gives the formula of what a word stands for, today's value first; None where none shows it."""
FindGiven = Callable[[Kept], str | None]
"""Gives the cell of an amount that counts only under a condition, or None."""
InRows = dict[int, tuple[Kept, Written | None]]
"""The formulas of numbers within one row, by their identities: many figures share a number."""
AddUp = Callable[[list[Summand], Role], str | None]
"""Puts a long sum into a column; gives the formula of its total, or None."""


class FormulaWriter:
    """Writes formulas; one that names a cell that no sheet shows is not written at all."""

    def __init__(
        self,
        find: FindCell,
        add_up: AddUp,
        find_given: FindGiven = lambda _given: None,
        cover: Cover = lambda _ratio: None,
        find_word: FindWord = lambda _word, _value: None,
        in_rows: InRows | None = None,
        counted: Counted = MappingProxyType({}),
    ) -> None:
        """``in_rows`` is what writers of the same cells have written so far.

        ``counted`` says how many numbers are behind the totals and ranges that ``add_up`` gives.
        """
        self._find = find
        self._add_up = add_up
        self._cover = cover
        self._find_given = find_given
        self._find_word = find_word
        self._in_rows: InRows = {} if in_rows is None else in_rows
        self._counted = counted

    def of(self, number: Decimal | None) -> str:
        """Return a figure's formula, "" when it was not made of cells or one is not shown."""
        if not isinstance(number, Kept):
            return ""
        found = self._write(number, Role.SUM)
        return found[0] if found else ""

    def in_a_row(self, summands: list[Summand]) -> str | None:
        """Return the formula of one row's part of a sum."""
        found = self._sum(summands, None)
        return found[0] if found else None

    def _write(self, part: Part, role: Role | None) -> Written | None:
        """Write a part; without a ``role`` it stands in one row, where sums are written out."""
        if isinstance(part, Kept):
            return self._kept(part, role) if role is not None else self._in_one_row(part)
        if isinstance(part, Decimal):
            return constant(part), ATOM
        return None

    def _in_one_row(self, number: Kept) -> Written | None:
        before = self._in_rows.get(id(number))
        if before is None:
            before = self._in_rows[id(number)] = number, self._kept(number, None)
        return before[1]

    def _kept(self, number: Kept, role: Role | None) -> Written | None:
        match number.made:
            case Made.CELL | Made.PARAMETER | Made.BY_WORD | Made.ABOVE:
                return self._cell(number)
            case Made.DAYS | Made.MONTHS:
                return self._time(number)
            case Made.ADD | Made.SUBTRACT:
                return self._sum(list(summands(number)), role)
            case Made.ROUND:
                found = self._write(number.parts[0], role)
                return (f"ROUND({found[0]},{number.parts[1]})", ATOM) if found else None
            case Made.NOT_BELOW_0 | Made.NOT_ABOVE_1:
                found = self._write(number.parts[0], role)
                limit = "MAX(0" if number.made is Made.NOT_BELOW_0 else "MIN(1"
                return (f"{limit},{found[0]})", ATOM) if found else None
            case Made.GIVEN:
                return self._given(number, role)
            case Made.COVERED:
                return self._covered(number, role)
            case Made.EITHER:
                return self._either(number, role)
            case Made.STANDS:
                return self._standing(number, role)
            case _:
                return self._product(number, role)

    def _cell(self, number: Kept) -> Written | None:
        if number.made in (Made.BY_WORD, Made.ABOVE):
            return self._judged_alone(number)
        [at] = number.parts
        found = self._find(at) if isinstance(at, At) else None
        if found is None and number.made is Made.PARAMETER:
            return _plain(number), ATOM
        if found is None:
            return None
        return found, PRODUCT_RANK if set(found) & {"*", "/"} else ATOM

    def _given(self, number: Kept, role: Role | None) -> Written | None:
        """Write what counts only under a condition: a date's in place, another in a column."""
        condition, amount = number.parts
        if not isinstance(condition, NotAfter):
            if role is not None:
                return self._sum([Summand(number)], role)
            cell = self._find_given(number)
            return (cell, ATOM) if cell else None
        first, second = self._day(condition.first), self._day(condition.second)
        found = self._write(amount, role)
        if first is None or second is None or found is None:
            return None
        return f"IF({first}<={second},{found[0]},0)", ATOM

    def _either(self, number: Kept, role: Role | None) -> Written | None:
        """Write the first of several numbers that is known; a blank without a cell is left out."""
        found = "NA()"
        for part in reversed(number.parts):
            written = self._write(self._blank(part), role)
            if written is None and isinstance(part, At):
                continue
            if written is None:
                return None
            names, asked = needed(written[0]), asked_first(written[0])
            may_fail = "NA()" in asked or "/" in asked
            if not names and not may_fail:
                found = asked
                continue
            if names:
                cells, numbers = to_count(names, self._counted)
                known = f"COUNT({asked_first(cells)})={numbers}"
                asked = f"IF({known},{asked},{'NA()' if may_fail else found})"
            found = f"IFERROR({asked},{found})" if may_fail else asked
        return found, ATOM

    def _standing(self, number: Kept, role: Role | None) -> Written | None:
        """Write a number that is not known once what a judgement rests on is another."""
        found = self._write(number.parts[0], role)
        same: list[str] = []
        for cell in number.parts[1:]:
            written = self._write(cell, role)
            if written is None or not isinstance(cell, Decimal):
                return None
            same.append(f"ABS({written[0]}-{_plain(Decimal(cell))})<={_plain(abs(cell) * _NEAR)}")
        return (f"IF(AND({','.join(same)}),{found[0]},NA())", ATOM) if found else None

    def _judged_alone(self, number: Kept) -> Written:
        """Write what one cell decides; as it is today where no sheet shows that cell."""
        asked, *limits = number.parts
        found = None
        if isinstance(asked, Worded):
            found = self._find_word(asked, number)
        elif isinstance(asked, At) and (cell := self._find(asked)) is not None:
            limit = self._write(limits[0], None)
            if limit is not None:
                found = f'COUNTIF({asked_first(cell)},">"&{_within(limit, ATOM)})'
        return found or constant(number), ATOM

    @staticmethod
    def _blank(part: Part) -> Part:
        return of_cell(_ZERO, part) if isinstance(part, At) else part

    def _covered(self, number: Kept, role: Role | None) -> Written | None:
        """Write a ratio by its table, where it cannot as one of which everything is known."""
        cell = self._cover(number) if role is not None else None
        if cell is not None:
            return cell, ATOM
        ratio = ratio_of(number)
        return self._write(ratio, role) if ratio is not None else None

    def _time(self, number: Kept) -> Written | None:
        start, end = (self._day(part) for part in number.parts)
        if start is None or end is None:
            return None
        if number.made is Made.DAYS:
            return f"{end}-{start}", SUM_RANK
        whole = f"(YEAR({end})-YEAR({start}))*12+MONTH({end})-MONTH({start})"
        return f"{whole}-IF(DAY({end})<DAY({start}),1,0)", SUM_RANK

    def _day(self, part: Part) -> str | None:
        if isinstance(part, Dated):
            cell = self._find(part.at)
            return f"EDATE({cell},{part.months})" if cell and part.months else cell
        return f"DATE({part.year},{part.month},{part.day})" if isinstance(part, date) else None

    def _product(self, number: Kept, role: Role | None) -> Written | None:
        is_ratio = number.made is Made.DIVIDE
        before, after = number.parts
        if _is_one(after):
            return self._write(before, role)
        if _is_one(before) and not is_ratio:
            return self._write(after, role)
        roles = (role, role)
        if role is not None and is_ratio:
            roles = (Role.ABOVE, Role.BELOW)
        left, right = (self._write(p, r) for p, r in zip(number.parts, roles, strict=True))
        if left is None or right is None:
            return None
        first = _within(left, PRODUCT_RANK)
        second = _within(right, PRODUCT_RANK + is_ratio)
        return f"{first}{number.made.value}{second}", PRODUCT_RANK

    def _sum(self, terms: list[Summand], role: Role | None) -> Written | None:
        cells = [each for each in terms if isinstance(each.term, Kept)]
        plain = [each for each in terms if not isinstance(each.term, Kept)]
        fixed = sum((-e.term if e.negative else e.term for e in plain), Decimal(0))
        if role is not None and (
            len(cells) > FEW or any(_judged(each) is not None for each in cells)
        ):
            found = self._added_up(cells, role)
        elif len(cells) > MOST:
            return None
        else:
            found = self._written_out(cells, role)
        if found is None or not fixed:
            return found
        if fixed < 0:
            return f"{found[0]}-{_plain(-fixed)}", SUM_RANK
        sign = "" if found[0].startswith("-") else "+"
        return f"{_plain(fixed)}{sign}{found[0]}", SUM_RANK

    def _added_up(self, terms: list[Summand], role: Role) -> Written | None:
        """Put the terms of single records into columns; a product of sums has columns in it."""
        apart = [each for each in terms if _holds_judged(each) and self.in_a_row([each]) is None]
        alone = [each for each in terms if each not in apart]
        added = self._add_up(alone, role) if alone else ""
        rest = self._written_out(apart, role) if apart else ("", ATOM)
        if added is None or rest is None:
            return None
        if not apart:
            return added, SUM_RANK if "+" in added else PRODUCT_RANK
        joined = f"+{added}" if added else ""
        return f"{rest[0]}{joined}", SUM_RANK

    def _written_out(self, terms: list[Summand], role: Role | None) -> Written | None:
        texts: list[str] = []
        rank = ATOM
        for each in terms:
            found = self._write(each.term, role)
            if found is None:
                return None
            text, rank = _within(found, SUM_RANK + each.negative), found[1]
            sign = "-" if each.negative else "+" if texts else ""
            texts.append(f"{sign}{text}")
        if not texts:
            return "0", ATOM
        return "".join(texts), rank if len(texts) == 1 and not terms[0].negative else SUM_RANK


def cells_of(part: Part) -> Iterator[At]:
    """Yield the ledger cells behind a number or a date, in the order of its formula."""
    waiting: list[Part] = [part]
    while waiting:
        each = waiting.pop()
        if isinstance(each, At):
            yield from (each,) if each.entity else ()
        elif isinstance(each, NotAfter):
            waiting.extend((each.second, each.first))
        elif isinstance(each, Dated):
            yield from (each.at,) if each.at.entity else ()
        elif isinstance(each, Kept):
            waiting.extend(reversed(each.parts))


def words_of(number: Decimal) -> Iterator[Worded]:
    """Yield the words that a number asks for what they stand for."""
    waiting: list[Part] = [number]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Worded):
            yield each
        elif isinstance(each, Kept):
            waiting.extend(each.parts)


def _judged(each: Summand) -> Kept | None:
    """Return a term that counts only where a record is judged so, else None."""
    term = each.term
    if not isinstance(term, Kept) or term.made is not Made.GIVEN:
        return None
    return term if isinstance(term.parts[0], At) else None


def _holds_judged(each: Summand) -> bool:
    """Tell whether a term is a product of what counts only where records are judged so."""
    term = each.term
    if not isinstance(term, Kept) or term.made not in (Made.MULTIPLY, Made.DIVIDE):
        return False
    return any(at.field in _JUDGED for at in cells_of(term))


def under(terms: list[Summand]) -> tuple[At | None, list[Summand] | None]:
    """Return the one condition under which all terms count, and what then does.

    Without one the terms are returned as they are; None for them where an amount is not known.
    """
    judged = [_judged(each) for each in terms]
    conditions = {each.parts[0] for each in judged if each is not None}
    if None in judged or len(conditions) != 1:
        return None, terms
    condition, found = conditions.pop(), list[Summand]()
    for each, kept in zip(terms, judged, strict=True):
        amount = kept.parts[1] if kept is not None else None
        if not isinstance(amount, Decimal):
            return condition if isinstance(condition, At) else None, None
        found.append(Summand(amount, each.negative))
    return condition if isinstance(condition, At) else None, found


def _is_one(part: Part) -> bool:
    return part == 1 and not isinstance(part, Kept)


def _within(found: Written, rank: int) -> str:
    text, own = found
    return text if own >= rank and not text.startswith("-") else f"({text})"


def constant(value: Decimal) -> str:
    """Return how a number is written that no cell gives, a third exactly."""
    return _EXACT.get(value) or _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    return f"({text})" if value < 0 else text
