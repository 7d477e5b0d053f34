# SPDX-License-Identifier: MIT
"""The difference report: which figures changed from one assessment to another, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workbench.application.collection import unsearched
from workbench.application.ports import Clock, ContentOf, Progress, Silent, Texts
from workbench.application.project.bound_report import Binding, bound, signature
from workbench.application.report_ports import ReportWriter
from workbench.application.versions.final_guard import FINAL
from workbench.application.versions.reporting import VersionWords
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title, shown_number
from workbench.domain.figures.scale import ScaleFigure
from workbench.domain.freezing.comparing import compare
from workbench.domain.freezing.differences import Change, Comparison, Side
from workbench.domain.indicators.registry import INDICATORS
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
    Report,
    Row,
    Sheet,
    Table,
)
from workbench.domain.report.proof import Checked
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.indicators import scaled
from workbench.domain.report.sections.money.words import unit_words

if TYPE_CHECKING:
    from workbench.application.ledger.querying import Querying
    from workbench.application.project.exporting import Exporting
    from workbench.application.versions.finalizing import Finalizing

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


@dataclass(frozen=True, slots=True)
class DifferenceResult:
    """Where a difference report was written, how much differs, and what was counted in it."""

    path: str
    report: Report
    results: int
    inputs: int
    content: int
    checked: Checked


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A report as it was built, what stands for each name, and what was compared."""

    report: Report
    codes: Codes | None
    comparison: Comparison


class DifferenceExporting:
    """Compares two assessments of a park and writes what differs."""

    def __init__(
        self, finalizing: "Finalizing", querying: "Querying", exporting: "Exporting",
        content: ContentOf, writer: ReportWriter, clock: Clock,
    ) -> None:  # fmt: skip
        self._finalizing = finalizing
        self._querying = querying
        self._exporting = exporting
        self._content = content
        self._writer = writer
        self._clock = clock

    def suggested_name(self, old: Record, new: Record, texts: Texts) -> str:
        """Return a file name that names both versions."""
        park = self._querying.record("park", new.text("park") or "")
        parts = (park.label if park else "", texts("report_difference.file"), old.label, new.label)
        return "_".join("".join(c for c in part if c not in '\\/:*?"<>|')[:40] for part in parts
                        if part) + ".xlsx"  # fmt: skip

    def build(
        self, old: Record, new: Record, texts: Texts, *, progress: Progress | None = None,
        redact: bool = False,
    ) -> Report:  # fmt: skip
        """Return the content of the report; RefusedError when the two are of different parks."""
        return self._gather(old, new, texts, progress or Silent(), redact=redact).report

    @unsearched()
    def export(
        self, target: str, old: Record, new: Record, texts: Texts, *,
        progress: Progress | None = None, redact: bool = False, template: str = "",
    ) -> DifferenceResult:  # fmt: skip
        """Write the report; OutputError when the place cannot be written, with nothing changed.

        RefusedError when the two are of different parks.
        """
        watched = progress or Silent()
        found = self._gather(old, new, texts, watched, redact=redact)
        checked = self._writer.write(
            found.report, target, texts, watched, (), template, found.codes
        )
        comparison = found.comparison
        return DifferenceResult(
            target, found.report, len(comparison.results), len(comparison.cells),
            len(comparison.content), checked,
        )  # fmt: skip

    def _gather(
        self, old: Record, new: Record, texts: Texts, progress: Progress, *, redact: bool
    ) -> _Gathered:
        sides = self._finalizing.sides(old, new, progress)
        comparison = compare(*sides)
        report = self._report(old, new, sides, comparison, texts)
        codes = None
        if redact:
            ledgers = [side.found.scope.ledger for side in sides]
            kept = (report.park_name,)
            frozen = [
                self._finalizing.frozen(record).services
                for record in (old, new)
                if record.text("status") == FINAL
            ]
            report, codes = self._exporting.without_names(report, ledgers, kept, texts, *frozen)
        return _Gathered(report, codes, comparison)

    def _report(
        self, old: Record, new: Record, sides: tuple[Side, Side], comparison: Comparison,
        texts: Texts,
    ) -> Report:  # fmt: skip
        park = sides[1].found.scope.park
        name = park.label if park else new.text("park") or ""
        pages = _Pages(texts, VersionWords(texts, self._content()))
        sheets = (
            pages.results(comparison, old.label),
            pages.inputs(comparison),
            pages.content(comparison),
            pages.basis((old, new), sides),
        )
        facts = (
            (texts("report.cover.park"), words(name)),
            (texts("report_difference.old"), words(old.label)),
            (texts("report_difference.new"), words(new.label)),
            (texts("report.cover.secrecy"), words("")),
        )
        binding = Binding(
            texts("report_difference.title", park=name), name, sides[1].found.scope.as_of,
            texts("report_difference.status"), texts("report.cover.notice"),
        )  # fmt: skip
        return bound(binding, facts, sheets, self._content(), texts, self._clock.now())


class _Pages:
    """Makes the sheets of a difference report."""

    def __init__(self, texts: Texts, said: VersionWords) -> None:
        self._texts = texts
        self._said = said

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
        if comparison.moment is not None:
            opening.append(Paragraph(self._said.moment(old, comparison.moment), strong=True))
        if not comparison.results:
            key = "results_stay" if comparison.cells or comparison.content else "no_results"
            return self._sheet("results", [*opening, NotAssessed(self._say(key))])
        columns = (
            self._column("kind", 12, ColumnKind.WORD),
            self._column("figure", 32),
            self._column("old", 24, ColumnKind.NUMBER),
            self._column("new", 24, ColumnKind.NUMBER),
            self._column("change", 12, ColumnKind.NUMBER),
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
                optional(unit), words(cause), words(why))  # fmt: skip

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
            return cells[0], cells[1], Cell("—"), unit
        difference = Cell(right - left, formula="{new}-{old}", decimals=cells[0].decimals)
        return cells[0], cells[1], difference, unit

    def inputs(self, comparison: Comparison) -> Sheet:
        """Return the ledger cells that changed."""
        if not comparison.cells:
            return self._sheet("inputs", [NotAssessed(self._say("no_inputs"))])
        columns = (
            self._column("entity", 12, ColumnKind.WORD),
            self._column("record", 26),
            self._column("field", 22),
            self._column("before", 26),
            self._column("after", 26),
            self._column("effect", 62),
        )
        language = self._texts.language
        rows = (
            (
                words(CATALOGUE[cell.entity].title(language)),
                words(cell.label),
                words(self._said.field_of(cell) or self._say("whole_record")),
                Cell(self._said.before(cell)),
                Cell(self._said.after(cell)),
                words(self._said.use(comparison.uses.get(cell.place))),
            )
            for cell in comparison.cells
        )
        return self._sheet("inputs", [self._table("2-1", "inputs", columns, rows)])

    def content(self, comparison: Comparison) -> Sheet:
        """Return the parameters, rules, standards, cases and pathways that changed."""
        if not comparison.content:
            return self._sheet("content", [NotAssessed(self._say("no_content"))])
        columns = (
            self._column("sort", 12, ColumnKind.WORD),
            self._column("subject", 34),
            self._column("before", 54),
            self._column("after", 54),
        )
        rows = (
            (
                words(self._texts(f"versions.kind_{each.kind}")),
                words(each.subject),
                Cell(self._side(each.old, each.subject)),
                Cell(self._side(each.new, each.subject)),
            )
            for each in comparison.content
        )
        return self._sheet("content", [self._table("3-1", "content", columns, rows)])

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
            self._table("4-1", "basis", columns, rows),
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
