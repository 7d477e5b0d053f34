"""The report as it prints: its pages, words, links and records (domain §7.2, issue 8 item 7)."""

import pytest

from tests.sample_park import open_sample
from tests.shipped import FixedClock
from workbench.application.ports import Silent
from workbench.application.project.sampling import AS_OF, ASSESSMENT_NAME
from workbench.domain.report.printed import Spot


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The sample park's report, and the same as it prints."""
    from workbench.bootstrap import Program

    program = Program(clock=FixedClock())
    services = open_sample(program, tmp_path_factory.mktemp("printed") / "示例.park")
    park = services.querying.records("park")[0]
    said = program.texts()
    assessment = services.assessments.find(ASSESSMENT_NAME)
    report = services.exporting.build(park.key, AS_OF, said, assessment=assessment)
    book = services.exporting.printed(report, said, Silent())
    yield services, report, book
    services.close()


def test_the_contents_name_the_page_on_which_each_sheet_is_printed(shown):
    """The writer plans pages; cutting what it wrote gives the same ones."""
    _, _, book = shown
    contents = book.sheets[1]
    named = {
        contents.cells[row, 1].words: int(contents.cells[row, 3].words)
        for row in range(3, len(contents.rows) + 1)
        if (row, 3) in contents.cells
    }
    first = {page.sheet.name: page.number for page in book.pages if page.place == 1}
    assert named == first
    assert len(book.pages) > len(book.sheets) > 20


def test_every_row_of_a_sheet_is_on_exactly_one_page_and_fits_on_it(shown):
    _, _, book = shown
    for sheet in book.sheets:
        printed = [row for part in sheet.parts for row in range(part.first, part.last + 1)]
        assert printed == list(range(1, len(sheet.rows) + 1)), sheet.name
        paper = sheet.paper
        room = (paper.height - paper.top - paper.bottom) / paper.scale + 1
        for part in sheet.parts:
            rows = [*part.repeated, *range(part.first, part.last + 1)]
            assert sum(sheet.rows[row - 1].height for row in rows) <= room, (sheet.name, part)
        assert sheet.edges[-1] * paper.scale <= paper.width - paper.left - paper.right + 1


def test_a_formula_shows_our_value_and_leads_to_what_it_reads(shown):
    _, _, book = shown
    sheet = next(s for s in book.sheets if s.name.startswith("7 "))
    led = [c for c in sheet.cells.values() if c.leads_to and c.leads_to.sheet.startswith("7.")]
    assert led
    for cell in led:
        assert book.page_of(cell.leads_to) is not None
        assert not cell.words.startswith("=")
    links = [c for c in book.sheets[1].cells.values() if c.is_link]
    assert [c.leads_to.sheet for c in links] == [s.name for s in book.sheets]


def test_rows_of_the_ledger_lead_to_their_records(shown):
    services, _, book = shown
    sheet = next(s for s in book.sheets if s.name.startswith("附表B"))
    targets = [target.split(":")[1] for target in sheet.opens.values()]
    assert targets[: len(set(targets))] == [r.key for r in services.querying.records("lease")]
    assert all(target.startswith("ledger|lease:") for target in sheet.opens.values())


def test_charts_stand_with_their_tables_and_words_are_found(shown):
    _, report, book = shown
    blocks = [p.chart for s in book.sheets for p in s.pictures]
    assert len(blocks) == sum(type(b).__name__ == "Chart" for s in report.sheets for b in s.blocks)
    hits = book.found("待核")
    assert len(hits) > 20
    assert hits == tuple(sorted(hits, key=lambda s: [x.name for x in book.sheets].index(s.sheet)))
    assert book.page_of(Spot("没有", 1, 1)) is None


def test_a_teams_template_is_shown_with_its_cover(shown, tmp_path):
    services, report, _ = shown
    from workbench import locations
    from workbench.files.texts import load_texts

    said = load_texts("zh_CN", locations.resource("translations"))
    base = str(locations.template("excel", "report_base.xlsx"))
    book = services.exporting.printed(report, said, Silent(), base)
    cover = book.sheets[0]
    assert any(report.cover.title in cell.words for cell in cover.cells.values())
    assert len(cover.parts) == 1
