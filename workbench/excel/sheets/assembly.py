# SPDX-License-Identifier: MIT
"""Puts the worksheets of a report together, in order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.application.ports import Progress, Texts
from workbench.domain.report.model import Report, Sheet
from workbench.excel.charts import add_chart
from workbench.excel.house.cover import write_house_cover
from workbench.excel.house.style import OURS, HouseStyle
from workbench.excel.proofreading import Written
from workbench.excel.sheets.body import BodySheet
from workbench.excel.sheets.contents import page_starts, write_contents
from workbench.excel.sheets.cover import write_cover
from workbench.excel.sheets.frame import Frame, words_of
from workbench.excel.sheets.plan import Plan, plans
from workbench.excel.styles import Styles

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

COVER, CONTENTS = "cover", "contents"
SCENARIO = "scenario"
"""How the keys of all sheets of a scenario begin."""
PARAMETERS = "scenario_parameters"
"""The sheet of what all scenarios rest on, which is no forecast."""


def assemble(
    workbook: "Workbook",
    report: Report,
    texts: Texts,
    progress: Progress,
    house: HouseStyle = OURS,
) -> Written:
    """Fill a new workbook; return what was written, with the values of its formulas."""
    frame = fill(workbook, report, texts, progress, house)
    return Written(workbook, frame.places, frame.formulas_by_part(), len(frame.charts))


def fill(
    workbook: "Workbook",
    report: Report,
    texts: Texts,
    progress: Progress,
    house: HouseStyle = OURS,
) -> Frame:
    """Fill a new workbook; return where everything was written."""
    styles = Styles(workbook, report.language, house)
    frame = Frame(workbook, report, texts, styles, house, words_of(report))
    workbook.loaded_theme = house.theme.content if house.theme is not None else None
    if house.palette:
        vars(workbook)["_colors"] = list(house.palette)
    while workbook.worksheets:
        workbook.remove(workbook.worksheets[0])
    _describe(workbook, report)
    planned = [(s, plans(s, texts, house.letters, house.words)) for s in report.sheets]
    count = sum(len(own) for _, own in planned)
    annexes = _behind(planned)
    about = {
        plan.name: _about(plan, texts) if at == 0 else plan.sheet.title
        for _, own in planned
        for at, plan in enumerate(own)
    }
    contents_pages = 1 + len(page_starts(about.values(), bool(annexes)))
    for done, (chapter, plan) in enumerate(
        ((s.name, plan) for s, own in planned for plan in own), start=1
    ):
        sheet = workbook.create_sheet(plan.name)
        frame.chapters[plan.name] = chapter
        frame.set_up(sheet, cover=plan.sheet.key == COVER, part=_part_of(plan, chapter, texts))
        pages = contents_pages if plan.sheet.key == CONTENTS else _write(frame, plan)
        frame.pages.append((plan.name, plan.sheet.title, pages))
        progress.step(done, count)
    workbook.worksheets[0].sheet_view.tabSelected = True
    _contents(frame, about, annexes)
    for each in frame.waiting:
        each.settle(frame.tables)
    for spot in frame.charts:
        place = frame.tables[spot.chart.table]
        add_chart(
            spot.sheet, workbook[place.sheet], spot.chart, place, spot.row, spot.column, spot.size
        )
    return frame


def _behind(planned: Sequence[tuple[Sheet, Sequence[Plan]]]) -> set[str]:
    """Return the worksheets behind the last chapter; none where chapters stand among annexes."""
    kinds = [sheet.annex for sheet, _ in planned]
    if kinds != sorted(kinds):
        return set()
    return {plan.name for sheet, own in planned if sheet.annex for plan in own}


def _describe(workbook: "Workbook", report: Report) -> None:
    properties = workbook.properties
    properties.title = report.title
    properties.creator = report.park_name
    properties.version = str(report.edition)
    properties.description = f"{report.parameter_set} / {report.content_edition}"


def _write(frame: Frame, plan: Plan) -> int:
    sheet = frame.workbook[plan.name]
    if plan.sheet.key == COVER:
        if frame.house.cover is not None:
            return write_house_cover(frame, sheet, frame.house.cover)
        return write_cover(frame, sheet)
    return BodySheet(frame, sheet, plan).write()


def _contents(frame: Frame, about: dict[str, str], annexes: set[str]) -> None:
    for sheet in frame.report.sheets:
        if sheet.key == CONTENTS:
            write_contents(frame, frame.workbook[sheet.name], sheet.title, about, annexes)


def _part_of(plan: Plan, chapter: str, texts: Texts) -> str:
    """Return what stands in the head of every page of a scenario, whose name its title alone has.

    A long table repeats its header on the pages that follow, and not the title. A table that left
    its ``chapter`` is called by both.
    """
    if not plan.sheet.key.startswith(SCENARIO) or plan.sheet.key == PARAMETERS:
        return ""
    name = plan.name
    if not name.startswith(chapter):
        name = texts("report.of_record", name=chapter, text=name.partition(" ")[2])
    forecast = texts("report.scenario_part", sheet="").strip()
    return name if forecast in name else texts("report.scenario_part", sheet=name)


def _about(plan: Plan, texts: Texts) -> str:
    return plan.sheet.about or texts(f"report.about.{plan.sheet.key}")
