# SPDX-License-Identifier: MIT
"""Records that may be one thing written twice, and why each pair is suspected (V17, V18, V29)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from workbench.domain.checks.credit_codes import is_valid_credit_code
from workbench.domain.checks.similar_names import NameIndex, core_name
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


_Found = dict[tuple[str, str], list[Reason]]


def duplicate_pairs(ledger: Ledger, entities: Iterable[str] = ()) -> list[DuplicatePair]:
    """Return every suspected pair: by entity and ledger order, the strongest reason first."""
    pairs: list[DuplicatePair] = []
    for entity in entities or _SEARCHES:
        found: _Found = defaultdict(list)
        rows = in_order(ledger.all(entity))
        by_key = {row.key: (at, row) for at, row in enumerate(rows)}
        for search in _SEARCHES.get(entity, ()):
            for one, other, reason in search(rows):
                first, second = sorted((one, other), key=lambda key: by_key[key][0])
                found[first, second].append(reason)
        order = sorted(found, key=lambda pair: (by_key[pair[0]][0], by_key[pair[1]][0]))
        pairs += [DuplicatePair(by_key[a][1], by_key[b][1], tuple(found[a, b])) for a, b in order]
    return pairs


_Hit = tuple[str, str, Reason]
_Search = Callable[[tuple[Record, ...]], Iterator[_Hit]]


def _same(field: str, kind: str, normal: Callable[[str], Iterable[str]]) -> _Search:
    """Return the search for records that hold the same identity in a field."""

    def search(rows: tuple[Record, ...]) -> Iterator[_Hit]:
        holders: dict[str, list[Record]] = defaultdict(list)
        for row in rows:
            for value in dict.fromkeys(normal(row.text(field) or "")):
                if value:
                    holders[value].append(row)
        for value, alike in holders.items():
            if len(alike) <= _MOST_ALIKE_FIELD:
                for one, other in combinations(alike, 2):
                    yield one.key, other.key, Reason(kind, value)

    return search


def _plain(text: str) -> Iterable[str]:
    return [certificate_key(text).upper()]


def _certificates(text: str) -> Iterable[str]:
    return [certificate_key(part) for part in certificates(text)]


def _alike_firms(rows: tuple[Record, ...]) -> Iterator[_Hit]:
    """Yield firms whose names are at least 90 % alike; two valid credit codes settle it."""
    yield from _alike(rows, _never_with_two_codes)


def _alike_assets(rows: tuple[Record, ...]) -> Iterator[_Hit]:
    """Yield assets of one park with names alike; 1#厂房 and 2#厂房 are two: numbers must agree."""
    groups: dict[tuple[str, tuple[str, ...]], list[Record]] = defaultdict(list)
    for row in rows:
        name = row.text("name")
        if name:
            numbers = tuple(_NUMBERS.findall(core_name(name)))
            groups[row.text("park") or "", numbers].append(row)
    for group in groups.values():
        if 1 < len(group) <= _MOST_ALIKE_FIELD:
            yield from _alike(tuple(group), _not_on_two_parcels)


def _alike(rows: tuple[Record, ...], possible: Callable[[Record, Record], bool]) -> Iterator[_Hit]:
    from rapidfuzz import fuzz

    by_key = {row.key: row for row in rows}
    names = {row.key: row.text("name") or "" for row in rows}
    index = NameIndex(names.items())
    for row in rows:
        for key in index.alike(row.key, names[row.key]) if names[row.key] else ():
            if row.key < key and possible(row, by_key[key]):
                score = fuzz.ratio(core_name(names[row.key]), core_name(names[key]))
                value = f"{names[row.key]} ≈ {names[key]}"
                yield row.key, key, Reason("name", value, Decimal(round(score)) / 100)


def _never_with_two_codes(one: Record, other: Record) -> bool:
    codes = [one.text("credit_code"), other.text("credit_code")]
    valid = {code for code in codes if code and is_valid_credit_code(code)}
    return len(valid) < 2


def _not_on_two_parcels(one: Record, other: Record) -> bool:
    homes = {home for row in (one, other) if (home := row.text("parcel"))}
    return len(homes) < 2


_SEARCHES: dict[str, tuple[_Search, ...]] = {
    "parcel": (
        _same("cert_no", "certificate", _certificates),
        _same("bdc_unit_no", "unit_no", _plain),
        _alike_assets,
    ),
    "building": (_alike_assets,),
    "enterprise": (_same("credit_code", "credit_code", _plain), _alike_firms),
    "lease": (_same("contract_no", "contract", _plain),),
    "valuation": (_same("report_no", "report", _plain),),
}
"""What is compared per entity. Buildings of one estate often share one certificate: no reason."""
