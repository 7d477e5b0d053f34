# SPDX-License-Identifier: MIT
"""What the sheets of one workbook share while it is written."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.application.ports import Texts
from workbench.domain.report.model import Chart, Report
from workbench.excel import page
from workbench.excel.house.lines import put_lines
from workbench.excel.house.style import OURS, HouseStyle
from workbench.excel.measure import text_width
from workbench.excel.styles import Styles
from workbench.excel.table_places import TablePlace, Waiting
from workbench.excel.tables import Formulas
from workbench.excel.xlsx_package import SHEET_PARTS

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_IN_LINE = 68.0
"""Half of a page's width in the letters of a header, less what stands in its middle."""


@dataclass(frozen=True, slots=True)
class ChartSpot:
    """A chart that waits until its table is written, and the room that is kept for it."""

    sheet: "Worksheet"
    chart: Chart
    row: int
    column: int
    size: tuple[float, float]


@dataclass
class Frame:
    """One workbook in the making: report, styles, and where everything was written."""

    workbook: "Workbook"
    report: Report
    texts: Texts
    styles: Styles
    house: HouseStyle = OURS
    words: dict[str, str] = field(default_factory=dict)
    """What stands in the places of headers and footers; without it the places stay."""
    tables: dict[str, TablePlace] = field(default_factory=dict)
    places: list[TablePlace] = field(default_factory=list)
    """Every table that was written, in order."""
    charts: list[ChartSpot] = field(default_factory=list)
    formulas: dict[str, Formulas] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    chapters: dict[str, str] = field(default_factory=dict)
    """The name of the report's sheet that each worksheet is, or is a part of."""
    pages: list[tuple[str, str, int]] = field(default_factory=list)
    """Worksheet name, title and number of pages, in order."""

    def formulas_of(self, sheet: "Worksheet") -> Formulas:
        """Return the values of the formulas of a worksheet, to be filled."""
        return self.formulas.setdefault(sheet.title, {})

    def formulas_by_part(self) -> dict[str, Formulas]:
        """Return the values of all formulas by the part of the package that holds them."""
        return {
            f"{SHEET_PARTS}{number}.xml": self.formulas.get(sheet.title, {})
            for number, sheet in enumerate(self.workbook.worksheets, start=1)
        }

    def set_up(self, sheet: "Worksheet", *, cover: bool = False, part: str = "") -> None:
        """Give a worksheet its page, header and footer; ``part`` stands before the title there."""
        texts, words = self.texts, in_a_line(self.words)
        if part and words:
            words = in_a_line({**words, "title": f"{part}　{words['title']}"})
        page.set_up(
            sheet,
            left="{title}",
            center="{status}",
            right=texts("report.header_as_of", date="{as_of}"),
            footer=texts("report.footer_pages"),
            footer_left=texts(
                "report.footer_left", edition="{edition}", parameter_set="{parameter_set}"
            ),
            words=self._said_with_version(words),
        )
        lines = self.house.cover_lines if cover else self.house.lines
        if "edition" not in lines.places:
            words = self._said_with_version(words)
        put_lines(sheet, lines, words)

    def _said_with_version(self, words: dict[str, str]) -> dict[str, str]:
        """Return the words with the version beside 定稿: a loose page of a final tells which."""
        if not (self.report.is_final and words):
            return words
        said = self.texts("report.header_status", status=words["status"], edition=words["edition"])
        return {**words, "status": said}


def in_a_line(words: dict[str, str]) -> dict[str, str]:
    """Return the words with a title that leaves room for what stands in the middle of a line."""
    title = words.get("title", "")
    if text_width(title) <= LONGEST_IN_LINE:
        return words
    kept = title
    while text_width(kept) > LONGEST_IN_LINE - 2:
        kept = kept[:-1]
    return {**words, "title": f"{kept}…"}


def words_of(report: Report) -> dict[str, str]:
    """Return what stands in the places of headers, footers and a team's cover."""
    return {
        "title": report.title,
        "status": report.status,
        "as_of": report.as_of.isoformat(),
        "edition": str(report.edition),
        "parameter_set": report.parameter_set,
    }


def cover_words(report: Report) -> dict[str, str]:
    """Return what stands in the places of a team's cover that are filled more than once."""
    cover = report.cover
    own = {"title": cover.title, "draft": cover.draft_notice, "notice": cover.notice}
    return {**words_of(report), **own}
