# SPDX-License-Identifier: MIT
"""Which pathways each encumbrance of an asset blocks, and what would release it.

Asked of the pathways' own expressions: an encumbrance blocks a pathway when a condition comes out
worse (true, unknown, false) with this one alone than without any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.domain.bilingual import Bilingual
from workbench.domain.conditions import Condition, ConditionError
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.encumbrances import SEIZURES, by_rank, is_in_force
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.pathways.pathway import Pathway
from workbench.domain.records.expiries import queue
from workbench.domain.records.ledger import Ledger, Record

_PREFIX = "enc."
_RANK: dict[bool | None, int] = {False: 0, None: 1, True: 2}
_FLAGS = ("seizure", "mortgage", "litigation")


@dataclass(frozen=True, slots=True)
class Blocked:
    """One condition of a pathway that an encumbrance keeps from holding.

    ``certain`` False means that what is not known (待核) keeps it open; ``way_out`` is the code of
    the pathway that can lift it.
    """

    pathway: Pathway
    id: str
    text: Bilingual
    certain: bool
    way_out: str


@dataclass(frozen=True, slots=True)
class Burden:
    """One encumbrance and what it blocks; ``row`` None is a flag of the ledger without a row."""

    row: Record | None
    blocks: tuple[Blocked, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """A condition turned so that True is good: a precondition, or a block that must not be."""

    pathway: Pathway
    id: str
    text: Bilingual
    condition: Condition
    wanted: bool
    way_out: str

    def answer(self, facts: Facts) -> bool | None:
        try:
            truth = self.condition.evaluate(facts.lookup).truth
        except ConditionError:
            return None
        return None if truth is None else truth is self.wanted


def burdens_of(scope: Scope, pathways: Iterable[Pathway]) -> tuple[Burden, ...]:
    """Return every encumbrance in force in a scope of one asset, seizures first in their order.

    A last entry without a row stands for what the ledger only states.
    """
    reading = Reading(scope.params)
    alive = [r for r in scope.encumbrances if is_in_force(reading, r, scope.as_of) is not False]
    questions = [question for pathway in pathways for question in _questions(pathway)]
    small = _neighbourhood(scope)
    free = _facts(scope, _with(small, scope, ()))
    now = _facts(scope, small)
    found: dict[str, list[Blocked]] = {row.key: [] for row in alive}
    stated: list[Blocked] = []
    alone = {row.key: _facts(scope, _with(small, scope, (row,))) for row in alive}
    for question in questions:
        verdict = question.answer(now)
        best = question.answer(free)
        if _RANK[verdict] >= _RANK[best]:
            continue
        answers = ((row.key, question.answer(alone[row.key])) for row in alive)
        guilty = {key: answer for key, answer in answers if _RANK[answer] < _RANK[best]}
        guilty = guilty or _together(question, best, scope, small, alive)
        for key, answer in guilty.items():
            found[key].append(_blocked(question, certain=answer is False))
        if not guilty and verdict is False:
            stated.append(_blocked(question, certain=True))
    burdens = [Burden(row, tuple(found[row.key])) for row in _ordered(alive)]
    return (*burdens, Burden(None, tuple(stated))) if stated else tuple(burdens)


def _questions(pathway: Pathway) -> Iterable[_Question]:
    for need in pathway.preconditions:
        if _asks(need.condition):
            yield _Question(pathway, need.id, need.text, need.condition, True, need.enabled_by)
    for block in pathway.blocks:
        if _asks(block.condition):
            yield _Question(pathway, block.id, block.text, block.condition, False, block.instead)


def _asks(condition: Condition) -> bool:
    return any(name.startswith(_PREFIX) for name in condition.names)


def _blocked(question: _Question, *, certain: bool) -> Blocked:
    return Blocked(question.pathway, question.id, question.text, certain, question.way_out)


def _together(
    question: _Question, best: bool | None, scope: Scope, small: Ledger, alive: Sequence[Record]
) -> dict[str, bool | None]:
    """Return the rows that block only together, such as several queued seizures."""
    found: dict[str, bool | None] = {}
    for kind in dict.fromkeys(row.text("kind") for row in alive):
        same = [row for row in alive if row.text("kind") == kind]
        answer = question.answer(_facts(scope, _with(small, scope, same)))
        if _RANK[answer] < _RANK[best]:
            found |= {row.key: answer for row in same}
    return found


def _neighbourhood(scope: Scope) -> Ledger:
    """Return the few records that the conditions of one asset look at."""
    park = (scope.park,) if scope.park else ()
    answers = scope.ledger.pointing_at("context", "park", scope.park_key)
    return Ledger.of((*park, *scope.parcels, *scope.buildings, *scope.encumbrances, *answers))


def _with(small: Ledger, scope: Scope, rows: Sequence[Record]) -> Ledger:
    """Return the neighbourhood with only these encumbrances and nothing stated beside them."""
    assets = {
        entity: [_unstated(record) for record in records]
        for entity, records in (("parcel", scope.parcels), ("building", scope.buildings))
    }
    return small.with_rows({**assets, "encumbrance": list(rows)})


def _unstated(record: Record) -> Record:
    kept = {name: value for name, value in record.values.items() if name not in _FLAGS}
    return replace(record, values={**kept, **dict.fromkeys(_FLAGS, False)})


def _facts(scope: Scope, ledger: Ledger) -> Facts:
    keys = frozenset(asset.key for asset in scope.assets)
    return Facts(Scope(ledger, scope.park_key, keys, scope.as_of, scope.params), {})


def _ordered(rows: Sequence[Record]) -> list[Record]:
    seizures = [row for row in rows if row.text("kind") in SEIZURES]
    return queue(seizures) + by_rank(row for row in rows if row.text("kind") not in SEIZURES)
