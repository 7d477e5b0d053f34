# SPDX-License-Identifier: MIT
"""The cells that people changed by hand after an import, in the words of a report."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.application.versions.reporting import VersionWords
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.freezing.differences import CellChange
from workbench.domain.records.changes import CellState, ChangeKind
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.report.sections.material import LedgerEdit
from workbench.domain.report.times import china_minute
from workbench.domain.values import ValueState

if TYPE_CHECKING:
    from workbench.application.ports import Texts
    from workbench.application.store_ports import Operation
    from workbench.application.versions.hand_edits import NetChange, Place


def edits_told(
    edits: "Mapping[Place, NetChange]", ledger: Ledger, said: VersionWords, texts: "Texts"
) -> Sequence[LedgerEdit]:
    """Return the changes in words, in the order of the ledger's entities and of the log."""
    order = {entity.key: at for at, entity in enumerate(CATALOGUE.ledger())}
    placed = sorted(edits.items(), key=lambda each: (order[each[0][0]], each[1].step.sequence))
    return [told for place, net in placed for told in _told(place, net, ledger, said, texts)]


def _told(
    place: "Place", net: "NetChange", ledger: Ledger, said: VersionWords, texts: "Texts"
) -> Iterator[LedgerEdit]:
    entity, key = place
    record = ledger.find(entity, key)
    last = _signed(net.step)
    if net.kind is ChangeKind.DELETED:
        values = {name: cell.value for name, cell in net.last.items() if cell.value is not None}
        record = Record(entity, key, values)
        old = _filled(record, net.last, ledger, said, texts)
        gone = texts("versions.whole_record")
        park = ledger.park_of(record)
        yield LedgerEdit(
            entity, key, ledger.name_of(record), gone, old, texts("versions.deleted"), *last,
            whole=True, park=park.key if park is not None else "",
        )  # fmt: skip
        return
    if record is None:
        return
    name = ledger.name_of(record)
    if net.kind is ChangeKind.CREATED:
        cells = {
            each: CellState(value, record.origins.get(each))
            for each, value in record.values.items()
        }
        filled = _filled(record, cells, ledger, said, texts)
        whole, made = texts("versions.whole_record"), texts("versions.by_hand", fields=filled)
        yield LedgerEdit(entity, key, name, whole, "—", made, *last, whole=True)
        return
    for field_key, sides in net.cells.items():
        cell = _cell(record, field_key, sides, ledger)
        yield LedgerEdit(
            entity, key, name, said.field_of(cell), said.before(cell), said.after(cell),
            *_signed(net.steps.get(field_key, net.step)),
        )  # fmt: skip


def _signed(step: "Operation") -> tuple[str, str, str]:
    """Return who took a step, when, and the reason that was given."""
    return step.actor, china_minute(step.at), step.reason


def _filled(
    record: Record,
    cells: "Mapping[str, CellState]",
    ledger: Ledger,
    said: VersionWords,
    texts: "Texts",
) -> str:
    """Return the fields of a whole record with what they say, but for the park it lies in."""
    told = [
        _cell(record, each.key, (cells[each.key], CellState()), ledger)
        for each in CATALOGUE[record.entity]
        if each.key in cells and each.key != "park"
    ]
    return texts("report.semicolon").join(
        texts("versions.field_value", name=said.field_of(cell), value=said.before(cell))
        for cell in told
    )


def _cell(
    record: Record, name: str, sides: tuple[CellState, CellState], ledger: Ledger
) -> CellChange:
    """Return a cell before and after, with what its references name and the unit beside it."""
    entity = CATALOGUE[record.entity]
    target = entity[name].target if name in entity else ""
    beside = entity[name].unit_in if name in entity else ""
    unit = (record.text(beside) if beside else None) or ""
    return CellChange(
        record.entity, record.key, record.label, name, sides[0].value, sides[1].value,
        _state(sides[0]), _state(sides[1]),
        (_named(sides[0], target, ledger), _named(sides[1], target, ledger)),
        units=(unit, unit),
    )  # fmt: skip


def _state(cell: CellState) -> ValueState:
    state = cell.origin.state if cell.origin is not None else ValueState.KNOWN
    if cell.value is not None:
        estimated = state is ValueState.ESTIMATED
        return ValueState.ESTIMATED if estimated else ValueState.KNOWN
    is_none = state is ValueState.NOT_APPLICABLE
    return ValueState.NOT_APPLICABLE if is_none else ValueState.UNKNOWN


def _named(cell: CellState, target: str, ledger: Ledger) -> str:
    if not target or not isinstance(cell.value, str):
        return ""
    found = ledger.find(target, cell.value)
    return cell.value if found is None else ledger.name_of(found)
