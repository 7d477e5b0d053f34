# SPDX-License-Identifier: MIT
"""The sheets of a difference report: what changed behind the results, what was compared."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.application.ports import Texts
from workbench.application.project.bound_report import signature
from workbench.application.versions.authors import Authors
from workbench.application.versions.difference_tables import DifferenceTables, by_record
from workbench.application.versions.reporting import VersionWords
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title
from workbench.domain.finance.settling import Provenance, Settled
from workbench.domain.freezing.choices import ChoiceChange
from workbench.domain.freezing.differences import CellChange, Comparison, Side
from workbench.domain.freezing.told import InputChange
from workbench.domain.ranking.weighing import WeightMethod
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Heading,
    Paragraph,
    Sheet,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.times import china_minute

if TYPE_CHECKING:
    from workbench.application.store_ports import Operation

Listed = tuple[Sequence[Column], Sequence[Sequence[Cell]]]
"""The columns and rows of a table."""


_WITH_NOTES = ("inputs", "scenarios")


class DifferencePages(DifferenceTables):
    """Makes the sheets of a difference report that tell what is behind the results."""

    def __init__(
        self, texts: Texts, said: VersionWords, authors: Authors, *, nameless: bool = False
    ) -> None:
        """``nameless`` leaves out who wrote something, for a report without names."""
        super().__init__(texts)
        self._said = said
        self._authors = authors
        self._nameless = nameless

    def behind(self, comparison: Comparison) -> Sheet:
        """Return what changed behind the figures: ledger cells, content, decisions."""
        made = (
            ("inputs", "2-1", self._inputs(comparison)),
            ("scenarios", "2-2", self._scenarios(comparison)),
            ("content", "2-3", self._content(comparison)),
            ("choices", "2-4", self._choices(comparison)),
        )
        blocks: list[Block] = []
        unchanged = []
        for key, number, (columns, rows) in made:
            if not rows:
                unchanged.append(Paragraph(self._say(f"no_{key}")))
                continue
            notes = (self._say(f"note.{key}"),) if key in _WITH_NOTES else ()
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
        for cell, fields in by_record(comparison.cells):
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

    def _scenarios(self, comparison: Comparison) -> Listed:
        """Return the inputs of scenarios that changed, with where they come from."""
        columns = (
            self._column("scenario", 24),
            self._column("input", 24),
            self._column("before", 30),
            self._column("after", 30),
            self._column("origin", 28),
            self._column("author", 18),
        )
        language = self._texts.language
        rows = []
        for each in comparison.inputs:
            title = each.item.field.title(language) if each.item else self._say("whole_scenario")
            old, new = self._said.moved(each)
            rows.append((
                words(each.scenario), words(title), Cell(old), Cell(new),
                Cell(self._origins(each)),
                self._author(self._stated_by(each)),
            ))  # fmt: skip
        return columns, rows

    def _stated_by(self, change: InputChange) -> "Operation | None":
        """Return who stated an input, or wrote the parameters that it is taken from."""
        step = self._authors.of_input(change)
        is_parameter = change.new is not None and change.new.provenance is Provenance.PARAMETER
        return self._authors.of_content("parameter") if is_parameter else step

    def _origins(self, change: InputChange) -> str:
        """Return where an input comes from, on both sides where that differs."""
        sides = [side for side in (change.old, change.new) if side is not None]
        said = dict.fromkeys(self._origin(side) for side in sides)
        return " → ".join(said) or "—"

    def _origin(self, settled: Settled) -> str:
        taken, language = settled.parameter, self._texts.language
        name = taken.name.get(language) if taken is not None else ""
        return self._say(f"origin.{settled.provenance}", name=name)

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
                words(self._said.entry(each)),
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
        at = china_minute(step.at)
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
            step, at = side.moment.step, china_minute(side.moment.at)
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
