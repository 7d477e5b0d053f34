# SPDX-License-Identifier: MIT
"""What a person answered to the findings of an import, to take back or to give once more."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from workbench.application.imports.fixes import CellProblem, correct, leave_as_is, problems
from workbench.application.imports.preview import (
    Difference,
    Outcome,
    Preview,
    TablePlace,
    TablePreview,
)
from workbench.application.imports.table_findings import (
    TableFinding,
    acknowledge,
    table_findings,
)
from workbench.domain.parsing.parsed import Problem
from workbench.domain.values import Origin, Value

Item = CellProblem | TableFinding
_Key = TypeVar("_Key")
_Held = TypeVar("_Held")


@dataclass(frozen=True, slots=True)
class _Finding:
    """Which finding was answered: it is the same in another reading when all of this is.

    A number that was typed for a column of 亩 is no answer once the column is read as ㎡.
    """

    place: TablePlace
    row: str
    column: str
    unit: str
    code: str
    raw: str


@dataclass(frozen=True, slots=True)
class _RowBefore:
    """What a row held before one cell of it was answered."""

    table: TablePreview
    index: int
    field: str
    cell: tuple[Value | None, Origin | None, tuple[Problem, ...] | None] | None
    """Value, origin and problems; None where the table had no such column."""
    row_problems: tuple[tuple[str, Problem], ...]
    dismissed: tuple[Problem, ...]
    unread: Value | None
    differences: tuple[Difference, ...] | None
    outcome: Outcome

    def restore(self) -> None:
        """Put it all back."""
        table, index = self.table, self.index
        if self.cell is None:
            table.columns.pop(self.field, None)
        else:
            data = table.columns[self.field]
            data.values[index], origin, found = self.cell
            _put(data.origins, index, origin)
            _put(data.problems, index, found)
        _put(table.row_problems, index, list(self.row_problems) or None)
        _put(table.dismissed, index, self.dismissed or None)
        _put(table.unread, (index, self.field), self.unread)
        _put(table.differences, index, self.differences)
        table.outcomes[index] = self.outcome


@dataclass(frozen=True, slots=True)
class _TableBefore:
    """What was said about a table before one finding of it was answered."""

    table: TablePreview
    problems: tuple[tuple[str, Problem], ...]
    acknowledged: frozenset[tuple[str, str, str]]

    def restore(self) -> None:
        """Put it all back."""
        self.table.problems[:] = self.problems
        self.table.acknowledged.clear()
        self.table.acknowledged.update(self.acknowledged)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One finding and its answer: a text for the cell, None to leave it as it is."""

    finding: _Finding
    text: str | None
    before: _RowBefore | _TableBefore


class Answers:
    """The answers to one reading, newest last; each step was one deed of the person."""

    def __init__(self) -> None:
        self._steps: list[tuple[_Answer, ...]] = []

    def __len__(self) -> int:
        return len(self._steps)

    def give(self, item: CellProblem, text: str) -> bool:
        """Give a cell another value; False when the text cannot be read either."""
        return self._add(filter(None, [_corrected(item, text)]))

    def leave(self, item: Item) -> None:
        """Take a finding off the list; what it is about stays as it was read."""
        self._add([_left(item)])

    def take_suggestions(self, preview: Preview) -> None:
        """Take every suggestion that there is, as one step."""
        places = [place for place in problems(preview) if place.suggestion]
        self._add([made for place in places if (made := _corrected(place, place.suggestion))])

    def take_back(self) -> list[tuple[TablePreview, int]]:
        """Undo the newest step; return the rows whose cells are as before."""
        answers = self._steps.pop() if self._steps else ()
        for answer in reversed(answers):
            answer.before.restore()
        rows = (answer.before for answer in answers)
        return [(row.table, row.index) for row in rows if isinstance(row, _RowBefore)]

    def again(self, preview: Preview, check: Callable[[], None]) -> "Answers":
        """Return the answers that hold for another reading, once they are given to it.

        ``check`` looks at the rows anew: it finds what is only wrong with an answer in place.
        """
        found = Answers()
        waiting = list(self._steps)
        while waiting:
            items = _by_finding(preview)
            rest, given = [], len(found)
            for step in waiting:
                found._add(_given(step, items))
                rest.append(tuple(answer for answer in step if answer.finding not in items))
            if len(found) == given:
                break
            check()
            waiting = [step for step in rest if step]
        return found

    def _add(self, answers: Iterable[_Answer]) -> bool:
        step = tuple(answers)
        if step:
            self._steps.append(step)
        return bool(step)


def _by_finding(preview: Preview) -> dict[_Finding, Item]:
    """Return the findings of a reading; two that nothing tells apart are asked about anew."""
    items: list[Item] = [*table_findings(preview), *problems(preview)]
    every = [(_known(item), item) for item in items]
    times = Counter(finding for finding, _ in every)
    return {finding: item for finding, item in every if times[finding] == 1}


def _known(item: Item) -> _Finding:
    """Return what tells a finding from all others, in any reading."""
    if isinstance(item, TableFinding):
        return _Finding(
            item.table.known_by, item.row, item.address, "", item.problem.code, repr(item.problem)
        )
    row = str(item.table.row_number(item.index))
    unit = item.unit if item.declared is not None else ""
    return _Finding(item.table.known_by, row, item.field, unit, item.problem.code, item.raw)


def _given(step: Iterable[_Answer], items: dict[_Finding, Item]) -> Iterator[_Answer]:
    """Give the answers of a step to the findings that another reading has too."""
    for answer in step:
        item = items.get(answer.finding)
        if item is not None and answer.text is None:
            yield _left(item)
        elif isinstance(item, CellProblem) and (made := _corrected(item, answer.text or "")):
            yield made


def _corrected(item: CellProblem, text: str) -> _Answer | None:
    finding, before = _known(item), _row_before(item)
    return _Answer(finding, text, before) if correct(item, text) else None


def _left(item: Item) -> _Answer:
    if isinstance(item, TableFinding):
        table = item.table
        before = _TableBefore(table, tuple(table.problems), frozenset(table.acknowledged))
        answer = _Answer(_known(item), None, before)
        acknowledge(item)
        return answer
    made = _Answer(_known(item), None, _row_before(item))
    leave_as_is(item)
    return made


def _row_before(item: CellProblem) -> _RowBefore:
    table, index, name = item.table, item.index, item.field
    data = table.columns.get(name)
    cell = None
    if data is not None:
        cell = (data.values[index], data.origins.get(index), data.problems.get(index))
    return _RowBefore(
        table, index, name, cell, tuple(table.row_problems.get(index, ())),
        table.dismissed.get(index, ()), table.unread.get((index, name)),
        table.differences.get(index), table.outcomes[index],
    )  # fmt: skip


def _put(known: dict[_Key, _Held], key: _Key, held: _Held | None) -> None:
    """Set an entry, or take it away where there was none."""
    if held is None:
        known.pop(key, None)
    else:
        known[key] = held
