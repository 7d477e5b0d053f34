# SPDX-License-Identifier: MIT
"""Sheet 5, the benchmarks (对标分析): the three nearest cases, feature by feature, with sources.

A forecast of a case stays a forecast here, contradictions of a case are printed beside it, and
what its source does not say is listed.
"""

from decimal import Decimal

from workbench.domain.cases.case import CaseFact, ChangeBasis, StatedKind
from workbench.domain.cases.contradictions import PER_MU, contradictions
from workbench.domain.display import grouped
from workbench.domain.labels import label_key
from workbench.domain.matching.features import COUNTED_LEVELS
from workbench.domain.matching.similarity import CaseMatch
from workbench.domain.references import OutcomeStatus
from workbench.domain.report.model import (
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Heading,
    NotAssessed,
    Paragraph,
    Sheet,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import exact, optional, words
from workbench.domain.report.sections.links import publication_link
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.words import unit_words
from workbench.domain.report.sections.order_checks import order_check
from workbench.domain.report.sections.qualified import (
    rests_on_company,
)
from workbench.domain.report.sections.scope_texts import ours_title, scope_note
from workbench.domain.report.sections.steps.features import (
    COMPARED,
    coverage_cell,
    founded_cell,
    score_cell,
    similarity_cell,
    standing_cell,
    weight_cell,
)

SHOWN = 3
MATCHES = "matches"
_OF_CONTEXT = ("goals", "finance_band")
"""The features that are entered for a park, or for one of its assets."""


def benchmarks_sheet(m: Material) -> Sheet:
    """Return sheet 5."""
    t = m.say
    title = t("sheet.benchmarks")
    if not m.matches:
        return Sheet(
            "benchmarks",
            title,
            title,
            (NotAssessed(t("no_matches" if m.is_bare else "no_likeness")),),
        )
    cases = ranking(m)
    compared = sum(match.comparable for match in m.matches[:COMPARED])
    blocks: list[Block] = [*scope_note(m), Paragraph(t("match_method")), cases]
    blocks += order_check(m, cases, "standing", compared)
    blocks.append(
        Chart(
            ChartKind.HBAR,
            m.figure_no("5-1"),
            t("chart.matches"),
            MATCHES,
            "case",
            ("similarity", "coverage"),
            maximum=1,
        )
    )
    for place, match in enumerate(m.matches[:SHOWN], start=1):
        blocks += case_blocks(m, match, place)
    return Sheet("benchmarks", title, title, tuple(blocks))


def ranking(m: Material) -> Table:
    """Return the cases by similarity × coverage."""
    t = m.say
    columns = (
        Column("case", t("col.case"), 36),
        Column("region", t("col.region"), 34),
        Column("paths", t("col.paths_used"), 34),
        Column("similarity", t("col.similarity"), 18, ColumnKind.NUMBER, 4),
        Column("coverage", t("col.coverage"), 12, ColumnKind.NUMBER, 4),
        Column("standing", t("col.standing"), 12, ColumnKind.NUMBER, 4),
        Column("founded", t("col.founded"), 12, ColumnKind.WORD),
    )
    rows = tuple(
        (
            words(f"{match.case.id} {m.text(match.case.name)}"),
            words(m.text(match.case.region)),
            words(t("comma").join(match.case.pathways) or t("not_stated")),
            similarity_cell(m, match, place),
            coverage_cell(m, match, place),
            standing_cell(m, match),
            founded_cell(m, match),
        )
        for place, match in enumerate(m.matches[:COMPARED], start=1)
    )
    return Table(
        m.table_no("5-0"), t("table.matches"), columns, rows,
        source_line=t("source.matching"), key=MATCHES,
    )  # fmt: skip


def case_blocks(m: Material, match: CaseMatch, place: int) -> list[Block]:
    """Return one case: why it is near, where it differs, what to borrow, what is not said."""
    t, case = m.say, match.case
    name = f"{case.id} {m.text(case.name)}"
    blocks: list[Block] = [Heading(name), Paragraph("\n".join(m.match_sentences(match)))]
    blocks.append(features_table(m, match, place))
    blocks += [Paragraph(text, strong=True) for text in contradiction_texts(m, match)]
    if case.inferred_checks:
        checks = [t("bullet", text=m.text(text)) for text in case.inferred_checks]
        blocks.append(Paragraph("\n".join([t("our_checks"), *checks])))
    if case.facts:
        blocks.append(facts_table(m, match, place))
    sources = t("semicolon").join(source.cite(m.language) for source in case.sources)
    blocks.append(Paragraph(t("case_sources", sources=sources)))
    return blocks


def features_table(m: Material, match: CaseMatch, place: int) -> Table:
    """Return 表5-1 to 表5-3 对标: feature, ours, theirs, score, weight."""
    t = m.say
    columns = (
        Column("feature", t("col.feature"), 36),
        Column("ours", ours_title(m), 34),
        Column("theirs", t("col.case_value"), 34),
        Column("score", t("col.score"), 18, ColumnKind.NUMBER, 2),
        Column("weight", t("col.weight"), 12, ColumnKind.NUMBER, 2),
    )
    rows = tuple(
        (
            words(m.words(label_key("feature", feature.name))),
            words(m.feature_words(feature.name, feature.ours)),
            words(m.feature_words(feature.name, feature.theirs) or t("not_stated")),
            score_cell(feature, place, row),
            weight_cell(feature, row),
        )
        for row, feature in enumerate(match.features, start=1)
    )
    return Table(
        m.table_no(f"5-{place}"),
        t("table.features", case=m.text(match.case.name)),
        columns,
        rows,
        source_line=t("source.matching"),
        notes=(t("note.score"), *_of_others(m, match)),
        tab=m.words("report_tabs.case", id=match.case.id),
    )


def _of_others(m: Material, match: CaseMatch) -> tuple[str, ...]:
    """Say which features of single assets are those of their park or of its platform company."""
    if m.scope.whole_park:
        return ()
    t, known = m.say, {each.name for each in match.features if each.ours is not None}
    asked = ((name, m.scope.context_for(name)) for name in _OF_CONTEXT if name in known)
    of_park = [
        m.words(label_key("feature", name))
        for name, row in asked
        if row is not None and not (row.text("parcel") or row.text("building"))
    ]
    notes = [t("note.features_of_park", names=t("comma").join(of_park))] if of_park else []
    types = [
        f"{each.type.code} {m.text(each.type.name)}"
        for each in m.distresses
        if each.level in COUNTED_LEVELS and rests_on_company(m, each.triggered)
    ]
    if types and "distress" in known:
        notes.append(t("note.features_of_company", names=t("comma").join(types)))
    return tuple(notes)


def contradiction_texts(m: Material, match: CaseMatch) -> list[str]:
    """Return the contradictions between the figures of a case, in words."""
    texts = []
    for found in contradictions(match.case):
        params = {name: grouped(value, 2) for name, value in found.params.items()}
        params |= {name: m.text(text) for name, text in (found.words or {}).items()}
        key = "outlier" if found.code == PER_MU else "contradiction"
        said = m.words(f"content.contradiction.{found.code}", **params)
        texts.append(m.say(key, text=said))
        if waiver := found.waiver:
            by = f"{waiver.author} {waiver.day or ''}".strip() or "—"
            reason = m.text(waiver.reason)
            texts.append(m.words("content.contradiction.waived", reason=reason, by=by))
    return texts


def facts_table(m: Material, match: CaseMatch, place: int) -> Table:
    """Return the figures of a case, each with its standing: stated or not, achieved or forecast."""
    t = m.say
    columns = (
        Column("fact", t("col.fact"), 36),
        Column("base", t("col.base"), 34),
        Column("standing", t("col.stated"), 34),
        Column("value", t("col.value"), 18, ColumnKind.NUMBER),
        Column("unit", t("col.unit"), 12, ColumnKind.WORD),
    )
    rows = tuple(_fact(m, fact) for fact in match.case.facts)
    return Table(
        m.table_no(f"5-{place}b"),
        t("table.facts", case=m.text(match.case.name)),
        columns,
        rows,
        source_line=t("source.case", case=match.case.id),
        source_link=publication_link(m, match.case.sources),
        notes=(t("note.forecast"),),
        tab=m.words("report_tabs.figures", id=match.case.id),
    )


def _fact(m: Material, fact: CaseFact) -> tuple[Cell, ...]:
    t = m.say
    remarks = [text for text in (m.text(fact.base), m.text(fact.note)) if text]
    if fact.basis is ChangeBasis.UNSTATED:
        remarks.append(t("basis_unstated"))
    standing = m.label(fact.stated)
    if fact.stated is not StatedKind.NOT_STATED and fact.status is OutcomeStatus.UNSPECIFIED:
        standing = t("standing_open", stated=standing)
    elif fact.stated is not StatedKind.NOT_STATED:
        standing = t("standing", stated=standing, status=m.label(fact.status))
    return (
        words(m.text(fact.label)),
        optional(t("semicolon").join(remarks) or "—"),
        Cell(standing, tone=status_tone(fact.status)),
        fact_value(m, fact),
        optional(unit_words(fact.unit, m.words) or "—"),
    )


def status_tone(status: OutcomeStatus) -> Tone:
    """Return how the status of an outcome stands out: what has not happened is never plain."""
    return Tone.STRONG if status in (OutcomeStatus.FORECAST, OutcomeStatus.PLANNED) else Tone.PLAIN


def fact_value(m: Material, fact: CaseFact) -> Cell:
    """Return a fact's value; a forecast carries its badge, a qualifier its mark."""
    if fact.value is None:
        return UNKNOWN
    if isinstance(fact.value, bool):
        return words(m.say("yes" if fact.value else "no"))
    if not isinstance(fact.value, Decimal):
        return Cell(fact.value)
    state = CellState.KNOWN
    if fact.status is OutcomeStatus.FORECAST:
        state = CellState.FORECAST
    elif fact.qualifier:
        state = CellState.ESTIMATED
    return exact(fact.value * (100 if fact.unit == "%" else 1), state, fact.qualifier)
