# SPDX-License-Identifier: MIT
"""The sheets of the assessment report, in the order of domain §7.1."""

from collections.abc import Iterator

from workbench.domain.ranking.wording import problem_sentence
from workbench.domain.report.model import Report, Sheet
from workbench.domain.report.sections.annexes import (
    import_annex,
    lease_annex,
    ledger_annex,
    limits_annex,
)
from workbench.domain.report.sections.assets import assets_sheet
from workbench.domain.report.sections.benchmarks import benchmarks_sheet
from workbench.domain.report.sections.calculation import calculation_annex
from workbench.domain.report.sections.finishing import finished
from workbench.domain.report.sections.front import cover, summary_sheet
from workbench.domain.report.sections.indicators import indicators_sheet
from workbench.domain.report.sections.known import told
from workbench.domain.report.sections.material import (
    Checklist,
    EvidenceFile,
    ImportedFile,
    Material,
    Seal,
    Step,
)
from workbench.domain.report.sections.money.chapter import finance_sheet
from workbench.domain.report.sections.money.grounds import Grounds
from workbench.domain.report.sections.money.months import (
    fits_report,
    months_legend,
    months_of,
    months_sheet,
)
from workbench.domain.report.sections.money.scenario import scenario_sheets
from workbench.domain.report.sections.money.words import Calculated, Names
from workbench.domain.report.sections.pathways.chapter import pathways_sheet
from workbench.domain.report.sections.scope_texts import title_of
from workbench.domain.report.sections.sources import sources_sheet
from workbench.domain.report.sections.tasks import checklist_sheet, risks_sheet
from workbench.domain.report.sections.troubles import diagnosis_sheet

__all__ = [
    "DRAFT",
    "Calculated",
    "Checklist",
    "EvidenceFile",
    "ImportedFile",
    "Material",
    "Seal",
    "Step",
    "build",
]

DRAFT = "草稿"
SHEETS = (
    summary_sheet,
    assets_sheet,
    indicators_sheet,
    diagnosis_sheet,
    benchmarks_sheet,
    pathways_sheet,
    finance_sheet,
    checklist_sheet,
    risks_sheet,
    sources_sheet,
    ledger_annex,
    lease_annex,
    limits_annex,
    import_annex,
    calculation_annex,
)
"""The sheets after cover and contents."""


def build(material: Material) -> Report:
    """Return the report; errors in the ledger keep it a draft whatever status it claims."""
    material = told(material)
    say = material.say
    ranked = material.ranking is None or material.ranking.weighed.problem is None
    is_draft = material.status == DRAFT or bool(material.errors) or not ranked
    status = say(f"status.{'draft' if is_draft else _STATUS[material.status]}")
    front = (
        Sheet("cover", say("sheet.cover"), say("sheet.cover"), ()),
        Sheet("contents", say("sheet.contents"), say("sheet.contents"), ()),
    )
    report = Report(
        title=title_of(material),
        park_name=material.park_name,
        as_of=material.scope.as_of,
        edition=material.edition,
        status=status,
        is_draft=is_draft,
        is_final=material.seal is not None and not is_draft,
        parameter_set=material.content.parameters.id,
        content_edition=material.content.edition,
        language=material.language,
        created=material.created,
        cover=cover(material, status, is_draft=is_draft),
        sheets=(*front, *finished(tuple(_sheets(material)), material)),
        open_items=_open_items(material),
    )
    material.let_go()
    return report


def _sheets(m: Material) -> Iterator[Sheet]:
    """Yield the chapters and annexes, then the calculation of every scenario line by line."""
    yield from (sheet(m) for sheet in SHEETS)
    grounds = Grounds(m)
    for number, found in enumerate(m.scenarios, start=1):
        by_month = fits_report(found)
        lines = dict(months_of(found, number)) if by_month else {}
        names = Names(number, lines=lines, grounds=grounds)
        legend = months_legend(found, names, m.words) if by_month else None
        yield from scenario_sheets(found, number, m.words, names, legend)
        months = months_sheet(found, number, names, m.words) if by_month else None
        if months is not None:
            yield months


_STATUS = {"复核": "review", "定稿": "final"}


def _open_items(m: Material) -> tuple[str, ...]:
    """Return what must be settled before the report can be final."""
    items = [text for _, text in m.errors]
    if m.ranking is not None and (problem := m.ranking.weighed.problem):
        items.append(problem_sentence(problem, m.words))
    if m.rests_on_start:
        items.append(m.say("open_weights"))
    pending = sum(value.value is None for value in m.indicators.values())
    if pending:
        items.append(m.say("open_indicators", count=pending))
    if spoiled := sum(file.is_lost or file.is_altered for file in m.evidence):
        items.append(m.say("open_evidence", count=spoiled))
    if m.checklist is None:
        items.append(m.say("open_checklist"))
    return tuple(items)
