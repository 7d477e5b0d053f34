# SPDX-License-Identifier: MIT
"""The sheets of a portfolio report, in order."""

from collections.abc import Iterator, Sequence

from workbench.domain.report.model import Block, Paragraph, Sheet, Signature, Table
from workbench.domain.report.sections.annex_layout import laid_out_together
from workbench.domain.report.sections.finishing import led_of_parks
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.portfolio.annexes import (
    MOST_RECORDS,
    Annexes,
    record_count,
    records_of,
)
from workbench.domain.report.sections.portfolio.compared import compared_blocks
from workbench.domain.report.sections.portfolio.gaps import gaps_blocks
from workbench.domain.report.sections.portfolio.joining import BESIDE
from workbench.domain.report.sections.portfolio.money import money_blocks
from workbench.domain.report.sections.portfolio.parks import ParkMaterial, say
from workbench.domain.report.sections.portfolio.scale import scale_blocks
from workbench.domain.report.sections.portfolio.told import (
    errors_blocks,
    findings_table,
    judged,
    sources_blocks,
)
from workbench.domain.report.sections.tabs import tabbed

Named = Iterator[tuple[str, Sequence[Block]]]


def is_live(parks: Sequence[Material]) -> bool:
    """Tell whether a portfolio is small enough to show every record and count in formulas."""
    return sum(map(record_count, parks)) <= MOST_RECORDS


def portfolio_sheets(
    parks: Sequence[ParkMaterial], compared: Sequence[str], signature: Signature
) -> tuple[Sheet, ...]:
    """Return the sheets after cover and contents; ``compared`` are the indicators shown."""
    ranked = sorted(parks, key=lambda park: park.standing)
    own = [park.material for park in ranked]
    annexes = Annexes(own) if is_live(own) else None
    sheets = [*_chapters(ranked, compared, annexes)]
    annex = _annexes(annexes) if annexes is not None else _lists(own)
    sheets += [(key, (*blocks, signature)) for key, blocks in annex]
    named = [_sheet(own[0], key, blocks) for key, blocks in sheets]
    return led_of_parks(tabbed(named, own[0], of_parks=True), own[0])


def _sheet(m: Material, key: str, blocks: Sequence[Block]) -> Sheet:
    title = say(m, f"sheet.{key}")
    return Sheet(f"portfolio_{key}", title, title, tuple(blocks), annex=key.startswith("annex"))


def _chapters(
    ranked: Sequence[ParkMaterial], compared: Sequence[str], annexes: Annexes | None
) -> Named:
    own = [park.material for park in ranked]
    m = own[0]
    opening = [Paragraph(say(m, "intro", count=len(own)))]
    if annexes is None:
        count = sum(map(record_count, own))
        text = say(m, "too_many", count=f"{count:,}", most=f"{MOST_RECORDS:,}")
        opening.append(Paragraph(text, strong=True))
    yield "scale", [*opening, *scale_blocks(own, annexes)]
    yield "indicators", compared_blocks(own, compared, annexes)
    yield "findings", [
        findings_table(own), *money_blocks(own), *errors_blocks(own), judged(m, "findings"),
    ]  # fmt: skip
    gaps = [*gaps_blocks(own)]
    lists = [judged(m, "gaps")] if any(isinstance(block, Table) for block in gaps) else []
    yield "gaps", [*gaps, *lists]
    yield "sources", [*sources_blocks(ranked, annexes)]


def _annexes(annexes: Annexes) -> Named:
    yield "annex_a", annexes.ledger()
    yield "annex_b", annexes.records("lease", "B-1")
    yield "annex_c", annexes.records("encumbrance", "C-1")
    yield "annex_e", [*annexes.calculation()]


def _lists(parks: Sequence[Material]) -> Named:
    """Yield the two lists of a portfolio that is too large for all records."""
    catalogue = parks[0].whole.ledger.catalogue
    for key, entity, number in (("annex_a", "building", "A-1"), ("annex_c", "encumbrance", "C-1")):
        listing = laid_out_together(parks, catalogue[entity], BESIDE)
        yield key, records_of(parks, listing, entity, number)
