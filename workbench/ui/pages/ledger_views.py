# SPDX-License-Identifier: MIT
"""The views above a ledger table: named questions to its records, with counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.domain.ledger import Record
from workbench.ui.models.park_state import ParkState

Wanted = Callable[[Record, ParkState], bool]


@dataclass(frozen=True, slots=True)
class View:
    """One view: text key ``ledger.view.<key>``, and which records it lets through."""

    key: str
    wanted: Wanted


def _all(_record: Record, _state: ParkState) -> bool:
    return True


def _idle(record: Record, state: ParkState) -> bool:
    return state.figures_of(record).idle


def _under_used(record: Record, state: ParkState) -> bool:
    return state.figures_of(record).under_used


def _title(record: Record, state: ParkState) -> bool:
    return state.figures_of(record).title_problem


def _missing(record: Record, state: ParkState) -> bool:
    return state.is_missing(record)


def _problems(record: Record, state: ParkState) -> bool:
    return bool(state.problems.of_record(record.entity, record.key))


ALL = View("all", _all)
PROBLEMS = View("problems", _problems)
ASSET_VIEWS: Sequence[View] = (
    ALL,
    View("idle", _idle),
    View("under_used", _under_used),
    View("title", _title),
    View("missing", _missing),
    PROBLEMS,
)
RECORD_VIEWS: Sequence[View] = (ALL, View("missing", _missing), PROBLEMS)
