# SPDX-License-Identifier: MIT
"""Records that may be one thing written twice, and why each pair is suspected (V17, V18, V29)."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice, product

from workbench.domain.checks.credit_codes import is_valid_credit_code
from workbench.domain.checks.similar_names import LONGEST_NAME, NameIndex, core_name
from workbench.domain.figures.scope import in_order
from workbench.domain.records.certificates import certificate_key, certificates
from workbench.domain.records.ledger import Ledger, Record

_NUMBERS = re.compile(r"\d+|[一二三四五六七八九十]+|[A-Za-z]+")
_MOST_ALIKE_FIELD = 60
"""A value that so many records share is a filler ("无", "待补"), not an identity."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two records may be one.

    ``certificate``, ``unit_no``, ``credit_code``, ``contract``, ``report``: the same ``value``;
    ``name``: alike by ``likeness``, 0–1.
    """

    kind: str
    value: str
    likeness: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two records of one entity, in ledger order, and every reason that was found."""

    first: Record
    second: Record
    reasons: tuple[Reason, ...]

    @property
    def entity(self) -> str:
        """Return what kind of records they are."""
        return self.first.entity


@dataclass(frozen=True, slots=True)
class CommonValue:
    """A value that so many records of an entity share that they were not compared by it."""

    entity: str
    kind: str
    value: str
    count: int


def common_values(ledger: Ledger, entities: Iterable[str] = ()) -> list[CommonValue]:
    """Return the values that too many records share to say that they are one, as 待补 or 无."""
    found = []
    for entity in [each for each in entities or _SEARCHES if each in _SEARCHES]:
        for field, kind, normal in _COMPARED[entity]:
            counts = Counter(
                value
                for record in ledger.all(entity)
                for value in dict.fromkeys(normal(record.text(field) or ""))
                if value
            )
            found += [
                CommonValue(entity, kind, value, n)
                for value, n in counts.most_common()
                if n > _MOST_ALIKE_FIELD
            ]
    return found


Watch = Callable[[int, int], object]
"""Hears how many of all records were looked at; it may raise to stop the search."""
MOST_PAIRS = 10_000
"""So many pairs of one kind are found at most: nobody looks through more, and who imported a ledger
twice takes the import back."""
_TOLD_EVERY = 200


def duplicate_pairs(
    ledger: Ledger, entities: Iterable[str] = (), watch: Watch | None = None
) -> list[DuplicatePair]:
    """Return the suspected pairs: by entity and ledger order, the strongest reason first.

    Of one entity the first ``MOST_PAIRS`` in each way of searching are found.
    """
    searched = [(each, ledger.all(each)) for each in entities or _SEARCHES if each in _SEARCHES]
    walk = _Walk(sum(len(rows) * len(_SEARCHES[entity]) for entity, rows in searched), watch)
    pairs: list[DuplicatePair] = []
    for entity, unordered in searched:
        rows = in_order(unordered)
        places = {row.key: at for at, row in enumerate(rows)}
        found: dict[tuple[int, int], list[Reason]] = {}
        for search in _SEARCHES[entity]:
            for one, other, reason in islice(search(rows, walk), MOST_PAIRS):
                a, b = places[one.key], places[other.key]
                found.setdefault((min(a, b), max(a, b)), []).append(reason)
        pairs += [
            DuplicatePair(rows[a], rows[b], tuple(found[a, b]))
            for a, b in sorted(found)[:MOST_PAIRS]
        ]
    return pairs


def kinds_cut_short(pairs: Iterable[DuplicatePair]) -> list[str]:
    """Return the entities of which there may be more pairs than these."""
    return [entity for entity, n in Counter(p.entity for p in pairs).items() if n >= MOST_PAIRS]


class _Walk:
    """Goes through records and tells how far it is, over all searches."""

    def __init__(self, total: int, watch: Watch | None) -> None:
        self._total, self._watch, self._done = total, watch, 0

    def __call__(self, rows: Iterable[Record]) -> Iterator[Record]:
        for row in rows:
            if self._watch is not None and self._done % _TOLD_EVERY == 0:
                self._watch(self._done, self._total)
            self._done += 1
            yield row


_Hit = tuple[Record, Record, Reason]
_Search = Callable[[Sequence[Record], _Walk], Iterator[_Hit]]


def _same(
    field: str, kind: str, normal: Callable[[str], Iterable[str]],
    may_be: Callable[[Record, Record], bool] | None = None,
) -> _Search:  # fmt: skip
    """Return the search for records that hold the same identity in a field, and may be one."""

    def search(rows: Sequence[Record], walk: _Walk) -> Iterator[_Hit]:
        holders: dict[str, list[Record]] = defaultdict(list)
        for row in walk(rows):
            for value in dict.fromkeys(normal(row.text(field) or "")):
                if value:
                    holders[value].append(row)
        for value, alike in holders.items():
            if len(alike) <= _MOST_ALIKE_FIELD:
                for one, other in combinations(alike, 2):
                    if may_be is None or may_be(one, other):
                        yield one, other, Reason(kind, value)

    return search


def _plain(text: str) -> Iterable[str]:
    return [certificate_key(text).upper()]


def _certificates(text: str) -> Iterable[str]:
    return [certificate_key(part) for part in certificates(text)]


_Group = tuple[str, tuple[str, ...]]


def _one_group(_row: Record, _core: str) -> _Group:
    return "", ()


def _park_and_numbers(row: Record, core: str) -> _Group:
    """Keep assets of two parks apart, and 1#厂房 from 2#厂房: their numbers must agree."""
    return row.text("park") or "", tuple(_NUMBERS.findall(core))


def _alike(
    group_of: Callable[[Record, str], _Group], possible: Callable[[Record, Record], bool]
) -> _Search:
    """Return the search for names that are at least 90 % alike within a group.

    Each different name is compared once, however many records have it.
    """

    def search(rows: Sequence[Record], walk: _Walk) -> Iterator[_Hit]:
        groups: dict[_Group, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            if core := _core(row):
                groups[group_of(row, core)][core].append(row)
        indexes = {
            group: NameIndex((core, core) for core in by_core)
            for group, by_core in groups.items()
            if len(by_core) > 1
        }
        done: set[tuple[_Group, str]] = set()
        for row in walk(rows):
            core = _core(row)
            group = group_of(row, core)
            if not core or (group, core) in done:
                continue
            done.add((group, core))
            alike = indexes[group].alike(core, core) if group in indexes else ()
            others = [other for other in alike if (group, other) not in done]
            for one, other in _between(groups[group], core, others):
                if possible(one, other):
                    yield one, other, _name_reason(one, other)

    return search


def _core(row: Record) -> str:
    """Return what is compared of a name; "" for a text too long to be one."""
    name = row.text("name") or ""
    return core_name(name) if len(name) <= LONGEST_NAME else ""


def _between(
    by_core: Mapping[str, Sequence[Record]], core: str, others: Sequence[str]
) -> Iterator[tuple[Record, Record]]:
    """Yield the pairs within the records of one name, and between them and those of others.

    A name that very many records have is a filler, as any other value is.
    """
    here = by_core[core]
    if len(here) > _MOST_ALIKE_FIELD:
        return
    yield from combinations(here, 2)
    for other in others:
        if len(by_core[other]) <= _MOST_ALIKE_FIELD:
            yield from product(here, by_core[other])


def _name_reason(one: Record, other: Record) -> Reason:
    from rapidfuzz import fuzz

    score = fuzz.ratio(_core(one), _core(other))
    value = f"{one.text('name')} ≈ {other.text('name')}"
    return Reason("name", value, Decimal(round(score)) / 100)


def _never_with_two_codes(one: Record, other: Record) -> bool:
    """Tell whether two firms may be one; two valid credit codes settle it."""
    codes = [one.text("credit_code"), other.text("credit_code")]
    valid = {code for code in codes if code and is_valid_credit_code(code)}
    return len(valid) < 2


def _not_on_two_parcels(one: Record, other: Record) -> bool:
    homes = {home for row in (one, other) if (home := row.text("parcel"))}
    return len(homes) < 2


def _of_one_asset(one: Record, other: Record) -> bool:
    """Tell whether two valuations of one report may value the same: a report may hold many."""
    both = [(one.text(field), other.text(field)) for field in ("building", "parcel")]
    stated = [ours == theirs for ours, theirs in both if ours and theirs]
    return bool(stated) and all(stated)


def _names(text: str) -> Iterable[str]:
    return [core_name(text)] if text and len(text) <= LONGEST_NAME else []


_alike_firms = _alike(_one_group, _never_with_two_codes)
_alike_assets = _alike(_park_and_numbers, _not_on_two_parcels)
_NAMED = ("name", "name", _names)
_COMPARED: dict[str, tuple[tuple[str, str, Callable[[str], Iterable[str]]], ...]] = {
    "parcel": (
        ("cert_no", "certificate", _certificates),
        ("bdc_unit_no", "unit_no", _plain),
        _NAMED,
    ),
    "building": (_NAMED,),
    "enterprise": (("credit_code", "credit_code", _plain), _NAMED),
    "lease": (("contract_no", "contract", _plain),),
    "valuation": (("report_no", "report", _plain),),
}
"""What is compared per entity: field, kind of reason, normal form; names also when only alike.

Buildings of one estate often share one certificate: no reason."""
_MAY_BE = {"report": _of_one_asset}
_ALIKE = {"parcel": _alike_assets, "building": _alike_assets, "enterprise": _alike_firms}
_SEARCHES: dict[str, tuple[_Search, ...]] = {
    entity: tuple(
        _ALIKE[entity] if kind == "name" else _same(field, kind, normal, _MAY_BE.get(kind))
        for field, kind, normal in compared
    )
    for entity, compared in _COMPARED.items()
}
