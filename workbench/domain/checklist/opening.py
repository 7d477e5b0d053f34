# SPDX-License-Identifier: MIT
"""Which items of a checklist apply to an assessment, and why: pathways, ownership, ledger.

A condition on the ledger closes or opens an item only when it is known to be so: a red line never
vanishes, and no work appears, because a field is blank.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.checklist.template import (
    ALL,
    SOE,
    TRANS,
    TRANSFER_PATHWAYS,
    ChecklistItem,
    Template,
)
from workbench.domain.conditions import Condition, ConditionError, Lookup, Verdict


class Because(StrEnum):
    """Why an item is open or closed; the sentence is ``checklist.because.<value>``."""

    ALWAYS = "always"
    PATHWAYS = "pathways"
    TRANSFER = "transfer"
    STATE_OWNED = "state_owned"
    OWNERSHIP_UNKNOWN = "ownership_unknown"
    LEDGER = "ledger"
    LEDGER_UNKNOWN = "ledger_unknown"
    NOT_IN_LEDGER = "not_in_ledger"
    OTHER_PATHWAYS = "other_pathways"


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether one item applies, and why.

    ``pathways`` are the chosen ones that open it; ``condition`` is the one that decided, with the
    names that it lacks.
    """

    item: ChecklistItem
    open: bool
    because: Because
    pathways: tuple[str, ...] = ()
    condition: Condition | None = None
    missing: tuple[str, ...] = ()


def openings(
    template: Template,
    pathways: Collection[str],
    state_owned: bool | None,
    lookup: Lookup | None = None,
) -> tuple[Opening, ...]:
    """Return every item of the template, in its order, with whether it applies and why.

    ``lookup`` gives the values of the names of conditions; without it nothing is known. An
    ownership that is not known keeps the state-asset items.
    """
    known = lookup or _nothing
    return tuple(_opening(item, pathways, state_owned, known) for item in template.items)


def applicable(
    template: Template,
    pathways: Collection[str],
    state_owned: bool | None,
    lookup: Lookup | None = None,
) -> tuple[ChecklistItem, ...]:
    """Return the items that apply, in template order."""
    found = openings(template, pathways, state_owned, lookup)
    return tuple(opening.item for opening in found if opening.open)


def _nothing(_name: str) -> None:
    return None


def _opening(
    item: ChecklistItem, pathways: Collection[str], state_owned: bool | None, lookup: Lookup
) -> Opening:
    if item.when is not None:
        verdict = _verdict(item.when, lookup)
        if verdict.truth is False:
            return Opening(item, False, Because.NOT_IN_LEDGER, condition=item.when)
    because = next(_reasons(item, pathways, state_owned), None)
    if because is not None:
        chosen = tuple(code for code in item.paths if code in pathways)
        if item.when is not None and verdict.truth is None:
            return Opening(
                item, True, Because.LEDGER_UNKNOWN, chosen, item.when, verdict.missing
            )  # fmt: skip
        return Opening(item, True, because, chosen, item.when)
    if item.opens is not None and _verdict(item.opens, lookup).truth is True:
        return Opening(item, True, Because.LEDGER, condition=item.opens)
    return Opening(item, False, Because.OTHER_PATHWAYS, condition=item.opens)


def _reasons(
    item: ChecklistItem, pathways: Collection[str], state_owned: bool | None
) -> Iterator[Because]:
    """Yield what opens an item, the plainest reason first."""
    if ALL in item.paths:
        yield Because.ALWAYS
    if any(code in item.paths for code in pathways):
        yield Because.PATHWAYS
    if TRANS in item.paths and TRANSFER_PATHWAYS.intersection(pathways):
        yield Because.TRANSFER
    if SOE in item.paths and state_owned is not False:
        yield Because.STATE_OWNED if state_owned else Because.OWNERSHIP_UNKNOWN


def _verdict(condition: Condition, lookup: Lookup) -> Verdict:
    """Return the verdict; a value that the condition cannot use leaves it unknown."""
    try:
        return condition.evaluate(lookup)
    except ConditionError:
        return Verdict(None, condition.ordered_names, {})


def blocked_by(
    items: Collection[ChecklistItem], added: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """Return, per item, the items that must be done first: the template's and the analyst's own.

    Items that do not apply block nothing.
    """
    here = {item.id for item in items}
    return {
        item.id: tuple(
            dict.fromkeys(
                other
                for other in (*item.blocked_by, *added.get(item.id, ()))
                if other in here and other != item.id
            )
        )
        for item in items
    }


def cycle(blocks: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the ids of a circle of items that wait for each other, in its order, or nothing."""
    done: set[str] = set()
    for start in sorted(blocks):
        path: list[str] = []
        waiting = [(start, iter(sorted(blocks.get(start, ()))))]
        path.append(start)
        while waiting:
            at, others = waiting[-1]
            following = next(others, None)
            if following is None:
                waiting.pop()
                path.pop()
                done.add(at)
            elif following in path:
                return tuple(path[path.index(following) :])
            elif following not in done:
                path.append(following)
                waiting.append((following, iter(sorted(blocks.get(following, ())))))
    return ()
