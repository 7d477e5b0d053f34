# SPDX-License-Identifier: MIT
"""What rests on a changed ledger cell: the results that moved with it, and those that did not."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from workbench.domain.cases.case import FEATURES
from workbench.domain.explain import Input, Missing
from workbench.domain.freezing.differences import CellChange, Change, Side, Use
from workbench.domain.freezing.reasons import place_of
from workbench.domain.freezing.trials import Trials

_Place = tuple[str, str, str]
_Named = tuple[str, str]


def uses_of(
    old: Side,
    new: Side,
    cells: Collection[CellChange],
    results: Collection[Change],
    trials: Trials,
) -> dict[_Place, Use]:
    """Return, for every changed cell, what reads it on either side; "" for a whole record.

    ``results`` name all their reasons: a cell moved what names it, nothing else.
    """
    if not cells:
        return {}
    caused = _caused(cells, results)
    behind = _behind(old, new, caused)
    features, waiting = _features(old, new), _waiting(old) & _waiting(new)
    moved = {(change.kind, change.subject) for change in results} | features
    found = {}
    for cell in cells:
        readers, named = behind[cell.place], set(caused[cell.place])
        if trials.are_made:
            named |= {each for each in features if trials.moves(cell, *each)}
        else:
            named = moved & readers.keys()
        found[cell.place] = _use(readers, named, moved, waiting)
    return found


def _caused(
    cells: Collection[CellChange], results: Iterable[Change]
) -> dict[_Place, dict[_Named, None]]:
    """Return the results that name each changed cell as a reason."""
    caused: dict[_Place, dict[_Named, None]] = {cell.place: {} for cell in cells}
    for change in results:
        for reason in change.reasons:
            if reason.cell is not None and reason.cell.place in caused:
                caused[reason.cell.place][change.kind, change.subject] = None
    return caused


def _behind(
    old: Side, new: Side, caused: Mapping[_Place, Mapping[_Named, None]]
) -> dict[_Place, dict[_Named, None]]:
    """Return what reads each changed cell on either side, and what names it as a reason."""
    behind: dict[_Place, dict[_Named, None]] = {place: {} for place in caused}
    for side in (old, new):
        for named, read in _readers(side):
            for place in {place_of(cell) for cell in read} & behind.keys():
                behind[place][named] = None
    for place, named_by in caused.items():
        behind[place].update(named_by)
    for entity, key, field in [place for place in behind if place[2]]:
        if (entity, key, "") in behind:
            behind[entity, key, ""].update(behind[entity, key, field])
    return behind


def _features(old: Side, new: Side) -> set[_Named]:
    """Return the features of our side that changed, by which cases are matched."""
    sides = (old.found.target.features, new.found.target.features)
    return {("feature", n) for n in FEATURES if getattr(sides[0], n) != getattr(sides[1], n)}


def _waiting(side: Side) -> set[_Named]:
    """Return the figures of a side of which nobody knows the value."""
    sizes = {("scale", key) for key, figure in side.scale.items() if figure.value is None}
    values = side.found.indicators.items()
    return sizes | {("indicator", id_) for id_, found in values if found.value is None}


def _use(
    readers: Iterable[_Named],
    caused: Collection[_Named],
    moved: Collection[_Named],
    waiting: Collection[_Named],
) -> Use:
    every = tuple(readers)
    others = [each for each in every if each not in caused]
    still = [each for each in others if each not in moved]
    return Use(
        tuple(each for each in every if each in caused),
        tuple(each for each in still if each not in waiting),
        tuple(each for each in still if each in waiting),
        tuple(each for each in others if each in moved),
    )


def _readers(side: Side) -> Iterator[tuple[_Named, Iterable[Input | Missing]]]:
    """Yield every result of a side by kind and subject, with the cells that it read."""
    yield from _figures(side)
    yield from _judgements(side)


def _figures(side: Side) -> Iterator[tuple[_Named, Iterable[Input | Missing]]]:
    found = side.found
    for key, figure in side.scale.items():
        yield ("scale", key), (*figure.trace.inputs, *figure.trace.missing)
    for id_, value in found.indicators.items():
        yield ("indicator", id_), (*value.trace.inputs, *value.trace.missing)
    for name in FEATURES:
        target = found.target
        yield ("feature", name), (*target.inputs.get(name, ()), *target.missing.get(name, ()))


def _judgements(side: Side) -> Iterator[tuple[_Named, Iterable[Input | Missing]]]:
    found = side.found
    for distress in found.distresses:
        for rule in distress.rules:
            yield ("diagnosis", distress.type.code), (*rule.inputs, *rule.missing)
    for check in found.pathways:
        for condition in (*check.preconditions, *check.blocks):
            yield ("pathway", check.pathway.code), (*condition.inputs, *condition.missing)
    for placing in found.ranking.placings:
        for score in placing.scores.values():
            yield ("score", placing.code), (*score.trace.inputs, *score.trace.missing)
