# SPDX-License-Identifier: MIT
"""What keeps a figure from being read as more than it is: bounds, parts, figures of others."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from workbench.domain.diagnosis.diagnosing import RuleResult
from workbench.domain.indicators.indicator import (
    LOWER_BOUNDS,
    UPPER_BOUNDS,
    IndicatorValue,
    Note,
)
from workbench.domain.report.model import Cell, CellState, Row
from workbench.domain.report.sections.material import Material

_COVERAGE, _FIRMS = "coverage", frozenset({"by_firms", "by_firms_of_assets"})
_ESTIMATED = "estimated_costs"
_OF_PARCELS = ("whole_parcels", "parcel_mortgage")
"""Notes that say that a figure of single assets counts what is their parcels'."""
_OF_COMPANY = frozenset({"company_not_holder", "company_holder_unknown", "company_accounts"})
"""Notes that say that a figure is of the whole platform company, not of the assets alone."""
_PARK_FACTS = ("park.", "demand.", "facility.any", "facility.beds", "innovation.")
_PARK_INDICATORS = frozenset({"I_28", "I_29", "I_49", "I_50"})
"""What is asked of the park although single assets are assessed: its leads, its facilities."""
_PARTS = frozenset({
    _COVERAGE, "land_without_value", "termless", "termless_share", "land_not_held",
    "unmeasured_not_held", "other_uses",
})  # fmt: skip
"""Notes that say that a value is over a part of the assets, because others have no such value."""
_QUALIFYING = (
    LOWER_BOUNDS | _PARTS | _FIRMS | _OF_COMPANY
    | {"no_yardstick", _ESTIMATED, "ledger_costs", *_OF_PARCELS, "with_highest_tax"}
    | {"park_leads", "completeness", "given_up_later", "one_date"}
)  # fmt: skip
"""Notes without which a value would be read as more than it is; that on firms if some lack."""


def bounded(cell: Cell, value: IndicatorValue) -> Cell:
    """Return the cell of an indicator, marked ≥ or ≤ for a bound and * for a part of the whole."""
    if value.value is None:
        return cell
    if any(note.code in LOWER_BOUNDS for note in value.notes):
        return replace(cell, state=CellState.ESTIMATED, mark="≥")
    if any(note.code == _ESTIMATED for note in value.notes):
        return replace(cell, state=CellState.ESTIMATED)
    is_part = any(note.code in _PARTS or _leaves_out_firms(note) for note in value.notes)
    if is_part:
        return replace(cell, state=CellState.PARTIAL)
    if any(note.code in UPPER_BOUNDS for note in value.notes):
        return replace(cell, state=CellState.ESTIMATED, mark="≤")
    return cell


def _leaves_out_firms(note: Note) -> bool:
    return note.code in _FIRMS and note.params["count"] < note.params["of"]


def qualifies(note: Note) -> bool:
    """Tell whether a value would be read as more than it is without a note."""
    return _leaves_out_firms(note) if note.code in _FIRMS else note.code in _QUALIFYING


def marks_explained(words_: Callable[[str], str], rows: Iterable[Row]) -> tuple[str, ...]:
    """Return what the marks beside the indicators of a table mean, nothing where none has one."""
    cells = [cell for row in rows for cell in row]
    marked = any(cell.state is CellState.PARTIAL or cell.mark in ("≥", "≤") for cell in cells)
    return (words_("report.note.marked"),) if marked else ()


def of_company(value: IndicatorValue) -> Note | None:
    """Return the note that a value is of the platform company, not of the assets alone."""
    return next((note for note in value.notes if note.code in _OF_COMPANY), None)


def company_remark(m: Material, ids: Iterable[str]) -> tuple[str, ...]:
    """Return whose accounts some indicators are from, where single assets are assessed."""
    found = {id_: note for id_ in ids if (note := of_company(m.indicators[id_]))}
    for note in found.values():
        remark = m.words(note.text_key, **note.shown)
        return (m.say("of_company_note", ids=m.say("comma").join(found), remark=remark),)
    return ()


def parcels_remark(m: Material, ids: Iterable[str]) -> tuple[str, ...]:
    """Return which indicators of single assets count what is their whole parcels'."""
    named = tuple(ids)
    remarks: list[str] = []
    for code in _OF_PARCELS:
        notes = {id_: n for id_ in named for n in m.indicators[id_].notes if n.code == code}
        for note in [*notes.values()][:1]:
            remark = m.words(note.text_key, **note.shown)
            remarks.append(m.say("of_company_note", ids=m.say("comma").join(notes), remark=remark))
    return tuple(remarks)


def rests_on_company(m: Material, results: Iterable[RuleResult]) -> bool:
    """Tell whether rules on single assets asked accounts of the whole platform company."""
    names = (name for result in results for name in result.rule.condition.ordered_names)
    values = (m.indicators.get(name.replace("_", "-")) for name in names)
    return any(value is not None and of_company(value) for value in values)


def basis_of(m: Material, results: Iterable[RuleResult]) -> str:
    """Return what rules on single assets asked of others: the platform company, the whole park."""
    every = tuple(results)
    company = m.say("of_company_rules") if rests_on_company(m, every) else ""
    return company + (m.say("of_park_rules") if _rests_on_park(m, every) else "")


def _rests_on_park(m: Material, results: Iterable[RuleResult]) -> bool:
    """Tell whether rules on single assets asked what the ledger knows of their park alone."""
    if m.scope.whole_park:
        return False
    names = (name for result in results for name in result.rule.condition.ordered_names)
    return any(name.startswith(_PARK_FACTS) or name in _PARK_INDICATORS for name in names)
