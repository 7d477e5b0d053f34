# SPDX-License-Identifier: MIT
"""What people changed in the ledger by hand after files were imported, net of what was taken back.

A figure of a final report then differs from the file that it names: whoever signs it must see
which cells, what stood there before, who changed it and when.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.overriding import override
from workbench.domain.records.changes import CellState, ChangeKind, RecordChange

if TYPE_CHECKING:
    from workbench.application.store_ports import Operation, UnitOfWork

Place = tuple[str, str]


@dataclass
class NetChange:
    """What became of one record by hand: cells before and after, or the record itself.

    ``step`` wrote the record last, ``steps`` each of its cells.
    """

    step: "Operation"
    steps: "dict[str, Operation]" = field(default_factory=dict)
    cells: dict[str, tuple[CellState, CellState]] = field(default_factory=dict)
    kind: ChangeKind = ChangeKind.UPDATED
    last: Mapping[str, CellState] = field(default_factory=dict)
    """The cells of a record that was deleted."""


class _LedgerPlaces(Container[Place]):
    @override
    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and CATALOGUE[place[0]].ledger


def hand_edits(work: "UnitOfWork", until: int) -> Mapping[Place, NetChange] | None:
    """Return what was changed by hand since the first import, up to a step of the log.

    None in a project into which nothing was imported: there every cell is by hand.
    """
    steps = {each.sequence: each for each in work.log.all() if each.sequence <= until}
    first = min((number for number, step in steps.items() if step.batch), default=None)
    if first is None:
        return None
    found: dict[Place, NetChange] = {}
    for sequence, change in work.log.steps(first, _LedgerPlaces()):
        step = steps.get(sequence)
        if step is None:
            continue
        if step.batch:
            _imported(found, change)
        else:
            _by_hand(found, change, step)
    return {place: net for place, net in found.items() if _is_left(net)}


def _is_left(net: NetChange) -> bool:
    net.cells = {key: sides for key, sides in net.cells.items() if sides[0] != sides[1]}
    return bool(net.cells) or net.kind is not ChangeKind.UPDATED


def _imported(found: dict[Place, NetChange], change: RecordChange) -> None:
    """Forget what an import wrote over."""
    place = change.entity, change.key
    if change.kind is not ChangeKind.UPDATED:
        found.pop(place, None)
    elif place in found:
        for each in change.fields:
            found[place].cells.pop(each.field, None)


def _by_hand(found: dict[Place, NetChange], change: RecordChange, step: "Operation") -> None:
    place = change.entity, change.key
    net = found.get(place)
    if net is None:
        net = found[place] = NetChange(step)
    net.step = step
    match change.kind:
        case ChangeKind.UPDATED:
            for each in change.fields:
                before = net.cells[each.field][0] if each.field in net.cells else each.old
                net.cells[each.field] = before, each.new
                net.steps[each.field] = step
        case ChangeKind.CREATED if net.kind is ChangeKind.DELETED:  # taken back
            net.kind = ChangeKind.UPDATED
        case ChangeKind.DELETED if net.kind is ChangeKind.CREATED:
            del found[place]
        case ChangeKind.CREATED:
            net.kind = ChangeKind.CREATED
        case ChangeKind.DELETED:
            net.kind, net.last = ChangeKind.DELETED, {e.field: e.old for e in change.fields}
