# SPDX-License-Identifier: MIT
"""Scenarios as a workbook of their own, whose live formulas recompute to our numbers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from workbench.application.money.report import shown_scenario
from workbench.application.money.studying import studied
from workbench.application.ports import Clock, ContentOf, Progress, Silent, Texts
from workbench.domain.findings import UsageError
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Cell, Cover, Report, Sheet, Signature
from workbench.domain.report.proof import Checked
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.money.draws import draws_sheet
from workbench.domain.report.sections.money.months import months_legend, months_of, months_sheet
from workbench.domain.report.sections.money.parameters import parameters_sheet
from workbench.domain.report.sections.money.scenario import scenario_sheets
from workbench.domain.report.sections.money.study import Studied, Study, study_sheet
from workbench.domain.report.sections.money.words import Calculated, Names, Say
from workbench.domain.report.times import CHINA_TIME

if TYPE_CHECKING:
    from workbench.application.money.scenarios import Scenarios


_SIGNING = ("made", "checked", "approved", "on")


class WriteReport(Protocol):
    """Writes a report, whole or not at all; OutputError when the place cannot be written."""

    def write(self, report: Report, target: str, texts: Texts, progress: Progress) -> Checked:
        """Write it."""
        ...


class ScenarioExporting:
    """Writes scenarios with their inputs, sources, lines and answers."""

    def __init__(
        self, scenarios: "Scenarios", content: ContentOf, writer: WriteReport, clock: Clock
    ) -> None:
        self._scenarios = scenarios
        self._content = content
        self._writer = writer
        self._clock = clock

    def export(
        self,
        records: Sequence[Record],
        target: str,
        texts: Texts,
        park_name: str = "",
        progress: Progress | None = None,
    ) -> int:
        """Write scenarios, each on a sheet; return how many. UsageError when there are none."""
        if not records:
            raise UsageError("scenarios.nothing_to_export")
        names = {record.key: record.label for record in self._scenarios.all()}
        told = progress or Silent()
        found = [
            shown_scenario(self._scenarios, r, names.get(r.text("base") or "", ""), texts)
            for r in records
        ]
        studies = [
            studied(self._scenarios.scenario(r), self._scenarios.simulation(r), texts, told)
            for r in records
        ]
        as_of = records[0].day("as_of") or self._clock.now().date()
        shown = list(zip(found, studies, strict=True))
        report = self._report(shown, as_of, texts, park_name)
        self._writer.write(report, target, texts, told)
        return len(found)

    def _report(
        self, shown: Sequence[tuple[Calculated, Study | None]], as_of: date, texts: Texts,
        park_name: str,
    ) -> Report:  # fmt: skip
        found = [calculated for calculated, _ in shown]
        say, created = Say(texts), self._clock.now().astimezone(CHINA_TIME)
        title = say("workbook", name=found[0].name if len(found) == 1 else park_name or "—")
        content = self._content()
        facts = (
            (texts("report.cover.as_of"), Cell(as_of)),
            (texts("report.cover.park"), words(park_name or "—")),
            (say("count"), Cell(len(found))),
            (texts("report.cover.created"), Cell(created.date())),
            (say("parameter_set"), words(content.parameters.id)),
        )
        roles = tuple(
            texts(f"report.sign.{role}") for role in ("made", "checked", "approved", "on")
        )
        front = [
            Sheet(key, texts(f"report.sheet.{key}"), texts(f"report.sheet.{key}"), ())
            for key in ("cover", "contents")
        ]
        sheets = [
            sheet
            for n, (each, study) in enumerate(shown, start=1)
            for sheet in _sheets(each, study, n, texts)
        ]
        sheets.append(parameters_sheet(found, as_of, texts))
        return Report(
            title=title,
            park_name=park_name or title,
            as_of=as_of,
            edition=1,
            status=say("status"),
            is_draft=True,
            parameter_set=content.parameters.id,
            content_edition=content.edition,
            language=texts.language,
            created=created,
            cover=Cover(
                title, facts, say("basis", set=content.parameters.id), "", Signature(roles)
            ),
            sheets=(*front, *sheets),
        )


def _sheets(found: Calculated, study: Study | None, number: int, texts: Texts) -> Iterator[Sheet]:
    """Yield the sheet of a scenario, that of its months, and what it hangs on."""
    names = Names(number, lines=dict(months_of(found, number)))
    legend = months_legend(found, names, texts)
    yield from scenario_sheets(found, number, texts, names, legend)
    months = months_sheet(found, number, names, texts)
    if months is not None:
        yield months
    if study is not None:
        studied_ = Studied(found, number, names, texts)
        sheets = (study_sheet(study, studied_), draws_sheet(study.simulation, studied_))
        yield from (sheet for sheet in sheets if sheet is not None)
