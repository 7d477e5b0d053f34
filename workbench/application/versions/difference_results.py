# SPDX-License-Identifier: MIT
"""The results of a difference report: numbers with their change, judgements, each with causes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.application.ports import Texts
from workbench.application.versions.difference_tables import DifferenceTables, by_record
from workbench.application.versions.reporting import VersionWords
from workbench.domain.display import shown_number
from workbench.domain.figures.scale import ScaleFigure
from workbench.domain.freezing.differences import Change, Comparison
from workbench.domain.freezing.let_basis import LET_CODES
from workbench.domain.freezing.told import Told
from workbench.domain.indicators.indicator import IndicatorValue
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.report.model import (
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    NotAssessed,
    Paragraph,
    Sheet,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.indicators import (
    scaled,
)
from workbench.domain.report.sections.money.words import unit_words
from workbench.domain.report.sections.qualified import (
    bounded,
    marks_explained,
)

_CLASSES = {
    "cell": "input", "ledger": "input", "feature": "input", "measure": "input",
    "precondition": "input", "formula": "formula", "parameter": "parameter",
    "standard": "parameter", "weights": "decision", "scores": "scores", "criterion": "scores",
    "others": "scores", "rule": "content", "case": "content", "pathway": "content",
    "ranking": "content", "input": "scenario", "told": "checklist",
    **dict.fromkeys(LET_CODES, "input"), "date": "basis", "scope": "basis", "elsewhere": "program",
}  # fmt: skip
"""What a reader calls the cause of a reason, by its code."""
_NUMBERS = ("scale", "indicator", "score", "scenario")
"""The kinds of results that are numbers; of the others there is no difference, only two texts."""
_BETWEEN = ("measure", "precondition", "feature")
"""What something else moved: a cause only where nothing behind it is named."""


class DifferenceResults(DifferenceTables):
    """Makes the sheet of the results that changed."""

    def __init__(
        self, texts: Texts, said: VersionWords, indicators: Sequence[Mapping[str, IndicatorValue]]
    ) -> None:
        """Take the indicators of both sides, whose notes say which are a part or a bound."""
        super().__init__(texts)
        self._said, self._indicators = said, indicators

    def results(self, comparison: Comparison, old: str, *, is_sample: bool = False) -> Sheet:
        """Return the figures that changed: old, new, difference, cause; say so of invented data."""
        counts = {
            "results": len(comparison.results),
            "inputs": sum(1 for _ in by_record(comparison.cells)),  # the rows of 表2-1
            "scenarios": len(comparison.inputs),
            "content": len(comparison.content),
        }
        invented = self._texts("report.sample_note")
        opening: list[Block] = [Paragraph(invented, strong=True)] if is_sample else []
        opening.append(Paragraph(self._say("summary", **counts)))
        if comparison.results:
            opening.append(Paragraph(self._by_kind(comparison.results)))
        if comparison.choices:
            opening.append(Paragraph(self._say("chosen", count=len(comparison.choices))))
        if comparison.moment is not None:
            opening.append(Paragraph(self._said.moment(old, comparison.moment), strong=True))
        if not comparison.results:
            key = "no_results" if comparison.same else "results_stay"
            return self._sheet("results", [*opening, NotAssessed(self._say(key))])
        columns = (
            self._column("kind", 10, ColumnKind.WORD),
            self._column("figure", 34),
            self._column("old", 22, ColumnKind.NUMBER),
            self._column("new", 22, ColumnKind.NUMBER),
            self._column("change", 12, ColumnKind.NUMBER),
            self._column("percent", 9, ColumnKind.NUMBER),
            self._column("unit", 9, ColumnKind.WORD),
            self._column("cause", 14, ColumnKind.WORD),
            self._column("why", 62),
        )
        numbers = [self._result(change) for change in comparison.results if _counts(change)]
        judged = [self._verdict(change) for change in comparison.results if not _counts(change)]
        causes = self._causes_note(comparison)
        notes = (self._say("note.results"), *causes, *marks_explained(self._texts, numbers))
        tables = [
            self._table("1-1", "results", columns, numbers, notes),
            self._table("1-2", "verdicts", self._verdict_columns(), judged, causes),
        ]
        if numbers and judged:  # its long words would stretch the columns of the numbers
            tables[1] = replace(tables[1], apart=True, tab=self._say("tab.verdicts"))
        return self._sheet("results", [*opening, *(table for table in tables if table.rows)])

    def _causes_note(self, comparison: Comparison) -> tuple[str, ...]:
        """Return how the cells that are named as causes were found."""
        if not comparison.cells:
            return ()
        return (self._say("note.tried" if comparison.are_tried else "note.read"),)

    def _by_kind(self, results: Iterable[Change]) -> str:
        """Return how many results of each kind changed."""
        counted = Counter(change.kind for change in results)
        comma = self._texts("report.comma")
        return self._say("by_kind", kinds=comma.join(
            self._say("of_kind", kind=self._say(f"kind.{kind}"), count=count)
            for kind, count in counted.items()
        ))  # fmt: skip

    def _verdict_columns(self) -> Sequence[Column]:
        return (
            self._column("kind", 10, ColumnKind.WORD),
            self._column("verdict", 30),
            self._column("old", 38),
            self._column("new", 38),
            self._column("cause", 14, ColumnKind.WORD),
            self._column("why", 60),
        )

    def _verdict(self, change: Change) -> tuple[Cell, ...]:
        """Return a result in words, which no difference can be taken of."""
        kind = self._say(f"kind.{change.kind}")
        missing = self._say("not_raised") if change.kind == "finding" else "—"
        old, new = (
            optional(missing) if side is None else words(self._said.result(change, side))
            for side in (change.old, change.new)
        )
        return (words(kind), words(self._said.subject(change)), old, new, *self._why(change))

    def _why(self, change: Change) -> tuple[Cell, Cell]:
        """Return the kinds of the causes of a change, and the causes."""
        codes = [reason.code for reason in change.reasons]
        behind = [code for code in codes if code not in _BETWEEN] or codes
        classes = dict.fromkeys(_CLASSES[code] for code in behind)
        cause = self._texts("report.comma").join(self._say(f"cause.{each}") for each in classes)
        return words(cause), words("\n".join(self._causes(change)))

    def _causes(self, change: Change) -> Iterator[str]:
        """Yield the reasons as sentences; the inputs of a scenario by name only, as 表2-2 has them.

        A scenario has dozens of answers, and each of its changed inputs moves most of them.
        """
        inputs = [reason for reason in change.reasons if reason.code == "input"]
        others = tuple(reason for reason in change.reasons if reason.code != "input")
        yield from self._said.reasons(replace(change, reasons=others))
        if inputs:
            items = (reason.params["item"].field.title(self._texts.language) for reason in inputs)
            yield self._say(
                "inputs_of",
                scenario=inputs[0].params["scenario"],
                inputs=self._texts("report.comma").join(items),
            )

    def _result(self, change: Change) -> tuple[Cell, ...]:
        old, new, difference, unit = self._values(change)
        kind = self._say(f"kind.{change.kind}")
        return (words(kind), words(self._said.subject(change)), old, new, difference,
                self._percent(old, new), optional(unit), *self._why(change))  # fmt: skip

    def _values(self, change: Change) -> tuple[Cell, Cell, Cell, str]:
        """Return old and new, and for what is a number their difference."""
        sides = (change.old, change.new)
        match change.kind:
            case "scale":
                unit = self._texts(f"report.scale_unit.{change.subject}")
                return self._difference([_size(side) for side in sides], unit)
            case "score":
                return self._difference([_points(side) for side in sides], self._say("points"))
            case "indicator":
                indicator = INDICATORS[change.subject]
                found = (values.get(change.subject) for values in self._indicators)
                cells = [
                    bounded(_number(side, indicator.unit), value) if value else UNKNOWN
                    for side, value in zip(sides, found, strict=True)
                ]
                return self._difference(cells, indicator.shown_unit(self._texts.language) or "—")
            case _:
                return self._answers(change)

    def _answers(self, change: Change) -> tuple[Cell, Cell, Cell, str]:
        """Return an answer of a scenario on both sides; all of them are forecasts."""
        told = [side for side in (change.old, change.new) if side is not None]
        of = told[0].unit
        cells = [
            Cell(shown_number(side.number, of), CellState.FORECAST, decimals=of.decimals)
            if side is not None and side.number is not None
            else Cell(self._said.result(change, side))
            for side in (change.old, change.new)
        ]
        return self._difference(cells, unit_words(of.shown_unit, self._texts) or "—")

    def _difference(self, cells: Sequence[Cell], unit: str) -> tuple[Cell, Cell, Cell, str]:
        left, right = (cell.number for cell in cells)
        if left is None or right is None:
            found = "lost" if right is None and left is not None else "found"
            same = left is None and right is None
            return cells[0], cells[1], Cell("—" if same else self._say(found)), unit
        formula = self._where_known("{new}-{old}")
        decimals = cells[0].decimals
        difference = Cell(right - left, _change_of(cells), formula=formula, decimals=decimals)
        return cells[0], cells[1], difference, unit

    def _where_known(self, formula: str) -> str:
        """Return a formula that is 待核 unless both sides are numbers: unknown is never 0."""
        return f'IF(COUNT({{old}},{{new}})<2,"{self._texts("report.to_verify")}",{formula})'

    def _percent(self, old: Cell, new: Cell) -> Cell:
        """Return by how much of the old value a number changed (%); — where there is no base."""
        left, right = old.number, new.number
        if left is None or right is None:
            return Cell("—")
        share = "({new}-{old})/ABS({old})*100"
        formula = self._where_known(f'IF({{old}}=0,"—",{share})')
        if not left:
            return Cell("—", formula=formula)
        return Cell((right - left) / abs(left) * 100, _change_of((old, new)), formula=formula)


def _counts(change: Change) -> bool:
    """Tell whether a result is a number on either side."""
    sides = (change.old, change.new)
    told = [side for side in sides if isinstance(side, Told)]
    return change.kind in _NUMBERS and not (told and all(side.number is None for side in told))


def _change_of(cells: Iterable[Cell]) -> CellState:
    """Return what a change is: of forecasts, parts or estimates one of these too."""
    cells = tuple(cells)
    if any(cell.state is CellState.FORECAST for cell in cells):
        return CellState.FORECAST
    is_part = any(cell.state is CellState.PARTIAL or cell.mark for cell in cells)
    if is_part:
        return CellState.PARTIAL
    is_estimate = any(cell.state is CellState.ESTIMATED for cell in cells)
    return CellState.ESTIMATED if is_estimate else CellState.KNOWN


def _size(figure: ScaleFigure) -> Cell:
    if figure.shown is None:
        return UNKNOWN
    return Cell(figure.shown, decimals=0 if figure.is_count else None)


def _points(value: float | None) -> Cell:
    return UNKNOWN if value is None else Cell(Decimal(str(value)))


def _number(value: tuple[Decimal | None, str] | None, unit: str) -> Cell:
    if value is None or value[0] is None:
        return UNKNOWN
    return Cell(scaled(value[0], unit))
