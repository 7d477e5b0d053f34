# SPDX-License-Identifier: MIT
"""What an analyst asks of kept scenarios: what differs, what leads from A to B, what it hangs on.

Plain values with their sentences: money in 元, shares as fractions, unknown is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from workbench.application.money.report import ScenarioWords
from workbench.application.money.shown import (
    figure_words,
    input_title,
    point_words,
    signed_words,
)
from workbench.application.plain import plain
from workbench.application.ports import Texts
from workbench.domain.display import grouped
from workbench.domain.fields import Field, FieldType
from workbench.domain.finance.bridge import Bridge, by_input, by_line
from workbench.domain.finance.inputs import InputValue, ModelInput
from workbench.domain.finance.measures import NPV
from workbench.domain.finance.results import Measure, Reason, Result
from workbench.domain.finance.scenarios import Scenario, Target, side_by_side
from workbench.domain.finance.sensitivity import (
    Bar,
    BreakEven,
    around_base,
    break_even,
    tornado,
    two_way,
)
from workbench.domain.finance.swings import movable
from workbench.domain.findings import UsageError

MOST_EVENS = 5
_STEPS = 3
_SEARCHED = Decimal("1e-9")
Plain = Any


def even_words(even: BreakEven, texts: Texts) -> str:
    """Return a break-even in the analyst's words; "" for one without a share of its base.

    A rate is said by its values: nobody knows what a growth of 3 % less 936 % is. Rounded is to
    the side on which what is said still holds: at the number that is printed the goal is reached.
    """
    field = even.item.field
    way = "falls" if even.difference < 0 else "rises"
    key = f"scenario.may_{way}" if even.fulfilled else f"scenario.must_{way}"
    title = field.title(texts.language)
    if field.type is FieldType.SHARE and not even.series:
        up = even.fulfilled == (even.difference < 0)
        at = _rounded(even.at * 100, 2, ROUND_CEILING if up else ROUND_FLOOR)
        return texts(f"{key}_to", item=title, at=f"{at}%", base=f"{grouped(even.base * 100, 2)}%")
    if even.change is None:
        return ""
    side = ROUND_FLOOR if even.fulfilled else ROUND_CEILING
    return texts(key, item=title, share=_rounded(abs(even.change) * 100, 1, side))


def _rounded(number: Decimal, decimals: int, side: str) -> str:
    exact = number.quantize(_SEARCHED)  # the search is no closer than that
    return grouped(exact.quantize(Decimal(1).scaleb(-decimals), side), decimals)


@dataclass(frozen=True)
class Questions:
    """Answers about one scenario, or two, in one language."""

    texts: Texts

    def compared(self, one: tuple[str, Scenario], two: tuple[str, Scenario]) -> dict[str, Plain]:
        """Return every answer of both side by side, and the steps between their NPV."""
        results = one[1].result(), two[1].result()
        words = ScenarioWords(one[1].model, self.texts), ScenarioWords(two[1].model, self.texts)
        accounts = {
            account.key: account.title(self.texts.language)
            for result in results
            for account in result.accounts
        }
        rows = [
            {
                "measure": row.key,
                "account": row.account,
                "account_title": accounts.get(row.account, ""),
                "with_terminal": row.with_terminal,
                "title": next(m for m in row.measures if m).field.title(self.texts.language),
                "one": plain(row.measures[0].value) if row.measures[0] else None,
                "two": plain(row.measures[1].value) if row.measures[1] else None,
                "one_shown": _shown(row.measures[0], self.texts),
                "two_shown": _shown(row.measures[1], self.texts),
                "one_reason": _reasons(row.measures[0], words[0]),
                "two_reason": _reasons(row.measures[1], words[1]),
            }
            for row in side_by_side(results)
        ]
        return {
            "one": one[0],
            "two": two[0],
            "measures": rows,
            "by_line": self._bridge(by_line(*results), words[0]),
            "by_input": self._bridge(by_input(one[1], two[1]), words[0]),
        }

    def _bridge(self, found: Bridge | Reason, words: ScenarioWords) -> dict[str, Plain]:
        if isinstance(found, Reason):
            return {"reason": {"code": found.code, "text": words.reason(found)}}
        return {
            "start": plain(found.start),
            "start_shown": figure_words(found.start, NPV, self.texts),
            "end": plain(found.end),
            "end_shown": figure_words(found.end, NPV, self.texts),
            "order": found.order.value,
            "steps": [
                {
                    "key": step.field.key,
                    "title": step.field.title(self.texts.language),
                    "change": plain(step.change),
                    "change_shown": signed_words(step.change, NPV, self.texts),
                }
                for step in found.steps
            ],
        }

    def hangs_on(self, name: str, scenario: Scenario, pair: Sequence[str] = ()) -> dict[str, Plain]:
        """Return tornado, break-evens and two-way table of a scenario's first answer.

        ``pair`` are the inputs of rows and columns; without it, those that matter most. UsageError
        for an answer that the model does not give and an input that cannot be moved.
        """
        result = scenario.result()
        target = scenario.target(result)
        measure = target.of(result)
        if measure is None:
            raise UsageError("scenarios.no_answer", name=name)
        found = tornado(scenario, target)
        keys = [bar.item.key for bar in found.bars]
        known = [item.key for item in movable(scenario, result)]
        for key in pair:
            if key not in known:
                raise UsageError("scenarios.not_movable", input=key, known=" ".join(known))
        return {
            "scenario": name,
            "measure": measure.key,
            "title": measure.field.title(self.texts.language),
            "with_terminal": target.with_terminal,
            "base": plain(found.base),
            "base_shown": figure_words(found.base, measure.field, self.texts),
            "tornado": [self._bar(bar, measure.field) for bar in found.bars],
            "kept": [self._kept(item) for item in found.kept],
            "break_even": [self._even(scenario, key, target) for key in keys[:MOST_EVENS]]
            if measure.key == "npv"
            else [],
            "two_way": self._table(scenario, result, tuple(pair) or tuple(keys[:2]), target),
        }

    def _kept(self, item: ModelInput) -> dict[str, Plain]:
        return {
            "input": item.key,
            "title": item.field.title(self.texts.language),
            "text": self.texts("finance.reason.parts_of_whole"),
        }

    def _bar(self, bar: Bar, field: Field) -> dict[str, Plain]:
        return {
            "input": bar.item.key,
            "title": bar.item.field.title(self.texts.language),
            "swing": {"size": plain(bar.swing.size), "relative": bar.swing.relative},
            "low": _value(bar.low),
            "high": _value(bar.high),
            "at_low": plain(bar.at_low),
            "at_high": plain(bar.at_high),
            "at_low_shown": figure_words(bar.at_low, field, self.texts),
            "at_high_shown": figure_words(bar.at_high, field, self.texts),
        }

    def _even(self, scenario: Scenario, key: str, target: Target) -> dict[str, Plain]:
        found = break_even(scenario, key, target)
        title = scenario.model.input(key).field.title(self.texts.language)
        if isinstance(found, Reason):
            text = ScenarioWords(scenario.model, self.texts).reason(found)
            return {"input": key, "title": title, "at": None, "change": None, "text": text}
        return {
            "input": key,
            "title": title,
            "at": plain(found.at),
            "change": plain(found.change),
            "text": even_words(found, self.texts),
        }

    def _table(
        self, scenario: Scenario, result: Result, pair: tuple[str, ...], target: Target
    ) -> dict[str, Plain] | None:
        if len(pair) < 2:
            return None
        rows, columns = (around_base(scenario, key, _STEPS) for key in pair[:2])
        grid = two_way(scenario, (pair[0], rows), (pair[1], columns), target)
        measure = target.of(result)
        fields = [scenario.model.input(key) for key in pair[:2]]
        return {
            "rows": pair[0],
            "columns": pair[1],
            "rows_title": input_title(fields[0], self.texts),
            "columns_title": input_title(fields[1], self.texts),
            "row_words": self._points(fields[0], grid.rows, result),
            "column_words": self._points(fields[1], grid.columns, result),
            "cell_words": [
                [figure_words(cell, measure.field, self.texts) if measure else "—" for cell in line]
                for line in grid.cells
            ],
            "row_values": [_value(value) for value in grid.rows],
            "column_values": [_value(value) for value in grid.columns],
            "cells": [[plain(cell) for cell in line] for line in grid.cells],
        }

    def _points(self, item: ModelInput, values: Sequence[InputValue], result: Result) -> list[str]:
        base = result.settled[item.key].value
        return [point_words(item, value, base, self.texts) for value in values]


def _shown(measure: Measure | None, texts: Texts) -> str:
    return "—" if measure is None else figure_words(measure.value, measure.field, texts)


def _reasons(measure: Measure | None, words: ScenarioWords) -> str:
    """Return why an answer has no number, "" for one that has."""
    return " ".join(map(words.reason, measure.reasons)) if measure else ""


def _value(value: InputValue) -> Plain:
    if isinstance(value, tuple):
        return [_value(entry) for entry in value]  # type: ignore[arg-type]
    return plain(value)
