# SPDX-License-Identifier: MIT
"""The sheets of a difference report: figures, what changed behind them, what was compared."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workbench.application.ports import Texts
from workbench.application.project.bound_report import signature
from workbench.application.versions.authors import Authors
from workbench.application.versions.reporting import VersionWords
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title, shown_number
from workbench.domain.figures.scale import ScaleFigure
from workbench.domain.freezing.choices import ChoiceChange
from workbench.domain.freezing.differences import CellChange, Change, Comparison, Side
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.ranking.weighing import WeightMethod
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Paragraph,
    Row,
    Sheet,
    Table,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.indicators import scaled
from workbench.domain.report.sections.money.words import unit_words
from workbench.domain.report.times import CHINA_TIME

if TYPE_CHECKING:
    from workbench.application.store_ports import Operation

_CLASSES = {
    "cell": "input", "ledger": "input", "feature": "input", "measure": "input",
    "precondition": "input", "formula": "formula", "parameter": "parameter",
    "standard": "parameter", "weights": "decision", "scores": "scores", "criterion": "scores",
    "others": "scores", "rule": "content", "case": "content", "pathway": "content",
    "ranking": "content", "input": "scenario", "told": "checklist",
    "date": "basis", "scope": "basis", "elsewhere": "program",
}  # fmt: skip
"""What a reader calls the cause of a reason, by its code."""
_BETWEEN = ("measure", "precondition", "feature")
"""What something else moved: a cause only where nothing behind it is named."""
Listed = tuple[Sequence[Column], Sequence[Sequence[Cell]]]
"""The columns and rows of a table."""


class DifferencePages:
    """Makes the sheets of a difference report."""

    def __init__(
        self, texts: Texts, said: VersionWords, authors: Authors, *, nameless: bool = False
    ) -> None:
        """``nameless`` leaves out who wrote something, for a report without names."""
        self._texts = texts
        self._said = said
        self._authors = authors
        self._nameless = nameless

    def _say(self, key: str, **params: Any) -> str:
        return self._texts(f"report_difference.{key}", **params)

    def _column(self, key: str, width: float, kind: ColumnKind = ColumnKind.TEXT) -> Column:
        return Column(key, self._say(f"col.{key}"), width, kind)

    def _sheet(self, key: str, blocks: Iterable[Block]) -> Sheet:
        title = self._say(f"sheet.{key}")
        return Sheet(f"difference_{key}", title, title, tuple(blocks))

    def _table(
        self, number: str, key: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]],
        notes: tuple[str, ...] = (),
    ) -> Table:  # fmt: skip
        no = Column("no", self._texts("report.col.no"), 5, ColumnKind.ORDINAL)
        numbered: tuple[Row, ...] = tuple((Cell(n), *row) for n, row in enumerate(rows, start=1))
        return Table(
            self._texts("report.table_no", id=number), self._say(f"table.{key}"), (no, *columns),
            numbered, source_line=self._say(f"source.{key}"), notes=notes, frozen_columns=2,
        )  # fmt: skip

    def results(self, comparison: Comparison, old: str) -> Sheet:
        """Return the figures that changed: old, new, difference, cause."""
        counts = {"results": len(comparison.results), "inputs": len(comparison.cells),
                  "content": len(comparison.content)}  # fmt: skip
        opening: list[Block] = [Paragraph(self._say("summary", **counts))]
        if comparison.choices:
            opening.append(Paragraph(self._say("chosen", count=len(comparison.choices))))
        if comparison.moment is not None:
            opening.append(Paragraph(self._said.moment(old, comparison.moment), strong=True))
        if not comparison.results:
            key = "no_results" if comparison.same else "results_stay"
            return self._sheet("results", [*opening, NotAssessed(self._say(key))])
        columns = (
            self._column("kind", 10, ColumnKind.WORD),
            self._column("figure", 30),
            self._column("old", 22, ColumnKind.NUMBER),
            self._column("new", 22, ColumnKind.NUMBER),
            self._column("change", 12, ColumnKind.NUMBER),
            self._column("percent", 9, ColumnKind.NUMBER),
            self._column("unit", 9, ColumnKind.WORD),
            self._column("cause", 14, ColumnKind.WORD),
            self._column("why", 54),
        )
        rows = (self._result(change) for change in comparison.results)
        table = self._table("1-1", "results", columns, rows, (self._say("note.results"),))
        return self._sheet("results", [*opening, table])

    def _result(self, change: Change) -> tuple[Cell, ...]:
        codes = [reason.code for reason in change.reasons]
        behind = [code for code in codes if code not in _BETWEEN] or codes
        classes = dict.fromkeys(_CLASSES[code] for code in behind)
        cause = self._texts("report.comma").join(self._say(f"cause.{each}") for each in classes)
        why = "\n".join(self._said.reasons(change))
        old, new, difference, unit = self._values(change)
        kind = self._say(f"kind.{change.kind}")
        return (words(kind), words(self._said.subject(change)), old, new, difference,
                self._percent(old, new), optional(unit), words(cause), words(why))  # fmt: skip

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
                cells = [_number(side, indicator.unit) for side in sides]
                return self._difference(cells, indicator.shown_unit(self._texts.language) or "—")
            case "scenario":
                return self._answers(change)
            case _:
                old, new = (Cell(self._said.result(change, side)) for side in sides)
                return old, new, Cell("—"), "—"

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
        difference = Cell(right - left, formula=formula, decimals=cells[0].decimals)
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
        return Cell((right - left) / abs(left) * 100 if left else "—", formula=formula)

    def behind(self, comparison: Comparison) -> Sheet:
        """Return what changed behind the figures: ledger cells, content, decisions."""
        made = (
            ("inputs", "2-1", self._inputs(comparison)),
            ("content", "2-2", self._content(comparison)),
            ("choices", "2-3", self._choices(comparison)),
        )
        blocks: list[Block] = []
        unchanged = []
        for key, number, (columns, rows) in made:
            if not rows:
                unchanged.append(Paragraph(self._say(f"no_{key}")))
                continue
            notes = (self._say("note.authors"),) if key == "inputs" else ()
            blocks.append(self._table(number, key, columns, rows, notes))
        return self._sheet("behind", [*unchanged, *blocks])

    def _inputs(self, comparison: Comparison) -> Listed:
        """Return the ledger cells that changed, with what rests on them and who wrote them."""
        columns = (
            self._column("entity", 10, ColumnKind.WORD),
            self._column("record", 24),
            self._column("field", 20),
            self._column("before", 22),
            self._column("after", 22),
            self._column("effect", 52),
            self._column("author", 18),
        )
        language = self._texts.language
        rows = []
        for cell, fields in _by_record(comparison.cells):
            before, after = (
                "\n".join(self._field(each, side) for each in fields if each.only == side)
                for side in ("old", "new")
            )
            rows.append((
                words(CATALOGUE[cell.entity].title(language)),
                words(cell.label),
                words(self._said.field_of(cell) or self._say("whole_record")),
                Cell(before or self._said.before(cell)),
                Cell(after or self._said.after(cell)),
                words(self._said.use(comparison.uses.get(cell.place))),
                self._author(self._authors.cells.get(cell.place)),
            ))  # fmt: skip
        return columns, rows

    def _field(self, cell: CellChange, side: str) -> str:
        """Return a field of a record that came or went, with its value."""
        value = self._said.before(cell) if side == "old" else self._said.after(cell)
        return self._say("field", name=self._said.field_of(cell), value=value)

    def _content(self, comparison: Comparison) -> Listed:
        """Return the parameters, rules, standards, cases and pathways that changed."""
        columns = (
            self._column("sort", 10, ColumnKind.WORD),
            self._column("subject", 30),
            self._column("before", 46),
            self._column("after", 46),
            self._column("author", 28),
        )
        rows = [
            (
                words(self._texts(f"versions.kind_{each.kind}")),
                words(each.subject),
                Cell(self._side(each.old, each.subject)),
                Cell(self._side(each.new, each.subject)),
                self._author(self._authors.of_content(each.kind), shipped=True),
            )
            for each in comparison.content
        ]
        return columns, rows

    def _choices(self, comparison: Comparison) -> Listed:
        """Return what people decided otherwise about the ranking."""
        columns = (
            self._column("sort", 12, ColumnKind.WORD),
            self._column("subject", 34),
            self._column("before", 24),
            self._column("after", 24),
            self._column("reason", 40),
            self._column("author", 22),
        )
        rows = [
            (
                words(self._say(f"choice.{each.kind}")),
                words(self._choice_subject(each)),
                Cell(self._choice(each, each.old)),
                Cell(self._choice(each, each.new)),
                optional(each.reason or "—"),
                self._author(self._authors.of_choice(each)),
            )
            for each in comparison.choices
        ]
        return columns, rows

    def _choice(self, choice: ChoiceChange, value: str | Decimal | None) -> str:
        """Return a decision in words; nobody's is the product's own."""
        if value is None:
            return self._say("undecided")
        match choice.kind:
            case "method":
                return self._texts(WeightMethod(str(value)).text_key)
            case "weight":
                return f"{Decimal(value) * 100:.2f}%"
            case "override":
                return self._said.named("rank", str(value))
            case _:
                return f"{value} {self._say('points')}"

    def _choice_subject(self, choice: ChoiceChange) -> str:
        named = [self._said.named("rank", choice.pathway)] if choice.pathway else []
        if choice.criterion is not None:
            named.append(self._texts(choice.criterion.text_key))
        return self._texts("report.comma").join(named) or self._say("of_all")

    def _author(self, step: "Operation | None", *, shipped: bool = False) -> Cell:
        """Return who wrote something, when and why; without a step that is not known."""
        if step is None:
            return Cell(self._say("shipped")) if shipped else Cell("—")
        at = f"{step.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"
        if self._nameless:
            return words(at)
        reason = step.reason or step.params.get("reason", "")
        return words("\n".join(each for each in (step.actor, at, reason) if each))

    def _side(self, value: str | None, subject: str) -> str:
        if value is None:
            return "—"
        return self._say("has_other_text") if value == subject else value

    def basis(self, records: Sequence[Record], sides: Sequence[Side]) -> Sheet:
        """Return what was compared with what, and the statements."""
        columns = (
            self._column("what", 26),
            self._column("before", 60),
            self._column("after", 60),
        )
        pairs = [self._facts(record, side) for record, side in zip(records, sides, strict=True)]
        rows = ((words(self._say(f"fact.{key}")), pairs[0][key], pairs[1][key]) for key in pairs[0])
        statements = [Paragraph(self._texts(f"report.statement.{key}"), strong=key == "forecast")
                      for key in ("forecast", "unknown", "estimated", "purpose")]  # fmt: skip
        blocks: list[Block] = [
            self._table("3-1", "basis", columns, rows),
            Heading(self._texts("report.statements")),
            *statements,
            signature(self._texts),
        ]
        return self._sheet("basis", blocks)

    def _ledger(self, record: Record, side: Side) -> str:
        """Return of which moment the ledger of a side is."""
        if side.moment is not None:
            step, at = side.moment.step, f"{side.moment.at:%Y-%m-%d %H:%M}"
            return self._say("ledger_of_step", at=at, step=step)
        final = record.text("digest") is not None
        return self._say("ledger_frozen" if final else "ledger_of_today")

    def _status(self, record: Record) -> str | None:
        status = record.text("status")
        field = CATALOGUE["assessment"]["status"]
        return status and choice_title(status, field, self._texts.language)

    def _pathways(self, record: Record) -> str:
        """Return the pathways that the checklist of an assessment is made for."""
        chosen = record.get("pathways")
        codes = chosen if isinstance(chosen, tuple) else ()
        named = (self._said.named("rank", str(code)) for code in codes)
        return self._texts("report.comma").join(named) or self._say("none_chosen")

    def _facts(self, record: Record, side: Side) -> dict[str, Cell]:
        scope, content = side.found.scope, side.content
        assets = [asset.label for asset in scope.assets if asset.key in (scope.asset_keys or ())]
        named = self._texts("report.comma").join(assets) or self._texts("report.scope_park")
        edition = record.number("edition")
        return {
            "name": words(record.label),
            "edition": words(str(int(edition)) if edition is not None else None),
            "status": words(self._status(record)),
            "reason": optional(record.text("reason") or "—"),
            "as_of": words(scope.as_of.isoformat()),
            "scope": words(named),
            "pathways": words(self._pathways(record)),
            "ledger": words(self._ledger(record, side)),
            "parameters": words(content.parameters.id),
            "content": words(content.edition),
            "digest": words(record.text("digest") or self._say("no_digest")),
        }


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


def _by_record(
    cells: Iterable[CellChange],
) -> Iterator[tuple[CellChange, Sequence[CellChange]]]:
    """Yield each changed cell; a record that came or went once, with its fields."""
    whole: dict[tuple[str, str], list[CellChange]] = {}
    for cell in cells:
        if cell.only and cell.field:
            whole.setdefault((cell.entity, cell.key), []).append(cell)
    for cell in cells:
        if not (cell.only and cell.field):
            yield cell, whole.get((cell.entity, cell.key), ()) if not cell.field else ()
