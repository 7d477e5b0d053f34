# SPDX-License-Identifier: MIT
"""What a cross-check is: a rule with an id, the records it looks at, and what it may ask."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Any

from workbench.domain.checks.similar_names import NameIndex
from workbench.domain.display import grouped
from workbench.domain.figures.leases import is_active
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope, in_order
from workbench.domain.findings import Finding, Level
from workbench.domain.records.certificates import certificate_key, certificates
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.tables.watching import Tick, unwatched, watched
from workbench.domain.values import mu

VARIANT = "variant"
PER_MU_FIELDS = ("output_value", "tax_paid")
_FEWEST_FIRMS = 3
_WAN = Decimal(10000)


@dataclass(frozen=True)
class CheckContext:
    """The ledger around a record, the as-of date and the policy parameters."""

    ledger: Ledger
    as_of: date
    params: Mapping[str, Decimal]
    tick: Tick = field(default=unwatched, compare=False)
    """Hears how far an index is that takes a while; it may raise to stop the work."""

    def borrow(self, other: "CheckContext | None") -> None:
        """Use what another context indexed of a slightly older ledger; without one, no index.

        A single record of a huge ledger is then checked at once; who looks for records alike must
        go through the whole ledger later.
        """
        empty = {"firm_names": NameIndex(())}
        for name in ("parcels_by_certificate", "parcels_by_holder", "by_name", "firm_names",
                     "medians"):  # fmt: skip
            if other is None:
                self.__dict__[name] = empty.get(name, {})
            elif name in other.__dict__:
                self.__dict__[name] = other.__dict__[name]

    @property
    def reading(self) -> Reading:
        """Return a fresh reader; checks keep no trace."""
        return Reading(self.params)

    def scope_of(self, record: Record) -> Scope:
        """Return the scope of one asset, for the rules that indicators share with checks."""
        park = self.ledger.park_of(record)
        key = park.key if park else ""
        return Scope(self.ledger, key, frozenset({record.key}), self.as_of, self.params)

    def leases_of(self, building: Record) -> Records:
        """Return the leases of a building, directly or through its units."""
        if not self.ledger.all("lease"):
            return ()
        rows = list(self.ledger.pointing_at("lease", "building", building.key))
        for unit in self.ledger.pointing_at("unit", "building", building.key):
            rows += [
                lease
                for lease in self.ledger.pointing_at("lease", "unit", unit.key)
                if lease.text("building") is None
            ]
        return in_order(rows)

    def running(self, leases: Iterable[Record]) -> list[Record]:
        """Return the leases that run at the as-of date."""
        return [x for x in in_order(leases) if is_active(self.reading, x, self.as_of)]

    @cached_property
    def parcels_by_certificate(self) -> Mapping[str, list[Record]]:
        """Return the parcels by certificate number, written alike."""
        found: dict[str, list[Record]] = {}
        for parcel in watched(in_order(self.ledger.all("parcel")), self.tick):
            for number in certificates(parcel.text("cert_no") or ""):
                found.setdefault(certificate_key(number), []).append(parcel)
        return found

    @cached_property
    def parcels_by_holder(self) -> Mapping[str, list[Record]]:
        """Return the parcels by the name of their right holder."""
        found: dict[str, list[Record]] = {}
        for parcel in watched(in_order(self.ledger.all("parcel")), self.tick):
            if holder := parcel.text("right_holder"):
                found.setdefault(holder, []).append(parcel)
        return found

    @cached_property
    def by_name(self) -> Mapping[tuple[str, str, str], list[Record]]:
        """Return who shares (entity, park, name) or (entity, "", unit number) with another."""
        found: dict[tuple[str, str, str], list[Record]] = {}
        for entity in ("parcel", "building"):
            for record in watched(self.ledger.all(entity), self.tick):
                park, name = record.text("park"), record.text("name")
                if park and name:
                    found.setdefault((entity, park, name), []).append(record)
                if unit := record.text("bdc_unit_no"):
                    found.setdefault((entity, "", unit), []).append(record)
        return {key: list(in_order(rows)) for key, rows in found.items() if len(rows) > 1}

    @cached_property
    def perhaps_seized(self) -> frozenset[str]:
        """Return the keys of parcels and buildings that a flag or a row may put under seizure."""
        assets = (row for entity in ("parcel", "building") for row in self.ledger.all(entity))
        flagged = {asset.key for asset in assets if asset.values.get("seizure")}
        rows = self.ledger.all("encumbrance")
        named = {row.text(field) for row in rows for field in ("parcel", "building")}
        return frozenset(flagged | {key for key in named if key})

    @cached_property
    def firm_names(self) -> NameIndex:
        """Return the firms by the likeness of their names."""
        firms = watched(self.ledger.all("enterprise"), self.tick)
        return NameIndex((firm.key, firm.text("name") or "") for firm in firms)

    @cached_property
    def medians(self) -> Mapping[tuple[str, Decimal | None], Decimal]:
        """Return the median output and tax per 亩 (万元) of each year with three firms or more."""
        found: dict[tuple[str, Decimal | None], list[Decimal]] = {}
        for row in watched(self.ledger.all("enterprise_year"), self.tick):
            for name in PER_MU_FIELDS:
                if (value := per_mu(row, name)) is not None:
                    found.setdefault((name, row.number("year")), []).append(value)
        return {key: median(v) for key, v in found.items() if len(v) >= _FEWEST_FIRMS}

    def buildings_on(self, parcel: Record) -> Records:
        """Return the buildings of a parcel."""
        return in_order(self.ledger.pointing_at("building", "parcel", parcel.key))


def per_mu(row: Record, field: str) -> Decimal | None:
    """Return a firm's yearly figure in 万元 per 亩 of land used, or None."""
    amount, land = row.number(field), row.number("land_area_used")
    return None if amount is None or not land else amount / _WAN / mu(land)


Rule = Callable[[CheckContext, Record], Iterable[Finding]]


Screen = Callable[[CheckContext, Sequence[Record]], Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule V01…V35, the entities whose records it looks at, and when it must be silent.

    A record that lacks one of ``needs`` (of a group, all of it) gets no complaint, nor does any
    while the ledger has no record of the entity ``beside``; ``screen`` leaves out further records
    that cannot be complained of. All three only save time on large ledgers: they change no finding.
    """

    id: str
    entities: frozenset[str]
    run: Rule
    needs: tuple[tuple[str, ...], ...] = ()
    beside: str = ""
    screen: Screen | None = None

    def has_material(self, context: CheckContext, records: Sequence[Record]) -> bool:
        """Tell whether at least one of some records has what the rule needs to judge it."""
        if self.beside and not context.ledger.all(self.beside):
            return False
        return any(
            all(any(name in record.values for name in group) for group in self.needs)
            for record in records
        )

    def worth_a_look(
        self, context: CheckContext, records: Sequence[Record], present: Collection[str]
    ) -> Sequence[Record]:
        """Return those of some records that may get a complaint; ``present`` are their fields."""
        if self.beside and not context.ledger.all(self.beside):
            return ()
        for group in self.needs:
            if not (known := [name for name in group if name in present]):
                return ()
            if len(known) == 1:
                name = known[0]
                records = [record for record in records if name in record.values]
        return records if self.screen is None else self.screen(context, records)


def check(
    id_: str,
    entities: str,
    run: Rule,
    needs: str = "",
    beside: str = "",
    screen: Screen | None = None,
) -> Check:
    """Declare a rule; words have spaces between, ``a|b`` in ``needs`` is either of two fields."""
    groups = tuple(tuple(group.split("|")) for group in needs.split())
    return Check(id_, frozenset(entities.split()), run, groups, beside, screen)


def complaint(
    id_: str,
    level: Level,
    record: Record,
    field: str,
    variant: str = "",
    suggestion: str | None = None,
    **params: Any,
) -> Finding:
    """Return a finding of a rule; ``variant`` chooses among the sentences of one code."""
    chosen = {VARIANT: variant} if variant else {}
    code = f"{id_}{level.value}"
    return Finding(code, level, record.entity, record.key, field, params | chosen, suggestion)


def sentence_key(finding: Finding) -> str:
    """Return the text key of a finding's sentence in the room ``checks``."""
    variant = finding.params.get(VARIANT)
    return f"checks.{finding.code}_{variant}" if variant else f"checks.{finding.code}"


def m2(value: Decimal) -> str:
    """Return an area as people read it."""
    return grouped(value, 2)


def percent(value: Decimal) -> str:
    """Return a share in % with two decimals."""
    return grouped(value * 100, 2)


def wan(value: Decimal) -> str:
    """Return money in 万元."""
    return grouped(value / 10000, 2)


def plain_number(value: Decimal) -> str:
    """Return a number with thousands commas, without needless zeros, at most two decimals."""
    return f"{round(value, 2).normalize():,f}"
