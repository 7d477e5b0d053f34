# SPDX-License-Identifier: MIT
"""Sheets 3 and 5 of a portfolio: problems and pathways, and the sources."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.domain.findings import Finding
from workbench.domain.indicators.indicator import Band
from workbench.domain.ranking.wording import (
    closeness_sentence,
    override_sentence,
    provisional_sentence,
    vikor_sentence,
)
from workbench.domain.report.model import (
    UNKNOWN,
    Block,
    Cell,
    Column,
    ColumnKind,
    Paragraph,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.front import TOP, named_by, path_names, worst
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.chapter import first_text
from workbench.domain.report.sections.portfolio.annexes import Annexes, record_count
from workbench.domain.report.sections.portfolio.compared import COUNTS
from workbench.domain.report.sections.portfolio.parks import (
    BANDS,
    ParkMaterial,
    band_count,
    no_column,
    park_cell,
    park_column,
    say,
    short_cell,
)
from workbench.domain.report.sections.sealed import log_seal_blocks
from workbench.domain.report.sections.sources import headings

_RIVALS = 3
"""How many pathways that may pass the first are named for each park."""
STATEMENTS = ("forecast", "unknown", "estimated", "defaults", "law", "purpose")


def findings_table(parks: Sequence[Material]) -> Table:
    """Return 表3-1: the three most severe problems of each park, and its first pathway."""
    m = parks[0]
    columns = (
        no_column(m),
        park_column(m),
        Column("problems", say(m, "col.problems"), 60),
        Column("pathway", say(m, "col.pathway"), 62),
        Column("pending", say(m, "col.pending"), 10, ColumnKind.INTEGER),
        Column("errors", say(m, "col.errors"), 10, ColumnKind.INTEGER),
    )
    rows = tuple(
        (
            Cell(n),
            short_cell(park),
            Cell(_problems(park)),
            _pathway(park),
            Cell(
                band_count(park, Band.PENDING),
                formula=f"{{{COUNTS}!{BANDS[Band.PENDING]}@{n}}}",
            ),
            Cell(len(park.errors), tone=Tone.BAD if park.errors else Tone.PLAIN),
        )
        for n, park in enumerate(parks, start=1)
    )
    return Table(
        m.table_no("3-1"), say(m, "table.findings"), columns, rows,
        source_line=say(m, "source.findings"), notes=(say(m, "note.findings"),),
        frozen_columns=2,
    )  # fmt: skip


def errors_blocks(parks: Sequence[Material]) -> Iterator[Table]:
    """Yield 表3-3, each error of a ledger that keeps the report a draft, where there is one."""
    m = parks[0]
    columns = (no_column(m), park_column(m), Column("error", say(m, "col.errors"), 100))
    rows = tuple(
        (Cell(at), short_cell(park), words(_error(park, finding, text)))
        for at, park in enumerate(parks, start=1)
        for finding, text in park.errors
    )
    if rows:
        yield Table(
            m.table_no("3-3"), say(m, "table.errors"), columns, rows,
            source_line=m.say("source.ledger"), frozen_columns=2, dense=True,
        )  # fmt: skip


def _error(m: Material, finding: Finding, text: str) -> str:
    record = m.whole.ledger.find(finding.entity, finding.key)
    return m.say("of_record", name=m.name_of(record), text=text) if record else text


def _problems(m: Material) -> str:
    if m.is_bare:  # that no rule fired says nothing of a park of which nothing is known
        return say(m, "not_assessed")
    lines = (
        say(
            m, "problem", code=each.type.code, name=m.text(each.type.name),
            level=m.label(each.level), severity=each.severity,
            rules=m.say("semicolon").join(r.rule.describe(m.language) for r in each.triggered),
        )
        for each in worst(m)[:TOP]
    )  # fmt: skip
    return "\n".join(lines) or m.say("no_problems")


def _pathway(m: Material) -> Cell:
    """Return the first pathway, or the one that a person chose, and what speaks for it."""
    ranking = m.ranking
    if ranking is None or ranking.weighed.problem is not None or not ranking.recommended:
        return UNKNOWN
    if not m.whole.assets:  # scores of what nobody described would only look like an assessment
        return UNKNOWN
    why = (
        first_text(m, ranking).strip(),
        provisional_sentence(ranking, m.words, _RIVALS, named_by(m)),
        closeness_sentence(ranking, m.words),
        vikor_sentence(ranking, m.words),
        override_sentence(ranking, m.words),
    )
    chosen = () if ranking.override is None else (path_names(m, (ranking.recommended,)),)
    return Cell("\n".join([*chosen, *filter(None, why)]))


def judged(m: Material, key: str) -> Paragraph:
    """Return what a chapter says of its tables that no formula follows."""
    as_of = m.scope.as_of.isoformat()
    return Paragraph(m.say("judged.line", what=say(m, f"judged.{key}"), as_of=as_of))


def sources_blocks(ranked: Sequence[ParkMaterial], annexes: Annexes | None) -> Iterator[Block]:
    """Yield the statements, the editions, and what each park was computed from."""
    m = ranked[0].material
    numbered = headings(m)
    yield numbered(m.say("statements"))
    for key in STATEMENTS:
        yield Paragraph(m.say(f"statement.{key}"), strong=key == "forecast")
    if seal := log_seal_blocks(m):
        yield numbered(m.say("log_seal"))
        yield from seal
    yield numbered(say(m, "editions"))
    yield Paragraph(say(m, "edition_line", set=m.content.parameters.id, edition=m.content.edition))
    files = m.say("comma").join(file.name for file in m.files) or m.say("no_files")
    yield Paragraph(say(m, "files", files=files))
    columns = (
        no_column(m), park_column(m), Column("as_of", say(m, "col.as_of"), 12, ColumnKind.DATE),
        Column("records", say(m, "col.records"), 10, ColumnKind.INTEGER),
        Column("digest", say(m, "col.digest"), 80, ColumnKind.CODE),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(n),
            park_cell(park.material),
            Cell(park.material.scope.as_of),
            Cell(record_count(park.material)),
            words(park.digest),
        )
        for n, park in enumerate(ranked, start=1)
    )
    yield Table(
        m.table_no("5-1"), say(m, "table.basis"), columns, rows,
        source_line=m.say("source.ledger"), notes=(say(m, "note.digest"),),
    )  # fmt: skip
    if annexes is not None:
        yield numbered(say(m, "parameters"))
        yield replace(annexes.parameters, number=m.table_no("5-2"))
