# SPDX-License-Identifier: MIT
"""Cover (封面), contents (目录) and sheet 1, the summary (摘要)."""

from collections.abc import Callable
from dataclasses import replace

from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.diagnosis.rules import SeverityLevel
from workbench.domain.ranking.wording import (
    closeness_sentence,
    provisional_sentence,
    robustness_word,
)
from workbench.domain.report.model import (
    BLANK,
    UNKNOWN,
    Block,
    Cell,
    Column,
    ColumnKind,
    Cover,
    Heading,
    NotAssessed,
    Paragraph,
    Row,
    Sheet,
    Signature,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.decisions import checklist_text, decisions
from workbench.domain.report.sections.indicators import (
    BAND_TONES,
    band_text,
    of_park_live,
    shown_value,
)
from workbench.domain.report.sections.links import INDICATORS, from_indicator
from workbench.domain.report.sections.live.bands import band_formula
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.chapter import key_money
from workbench.domain.report.sections.overfull import overfull
from workbench.domain.report.sections.qualified import (
    basis_of,
    company_remark,
    marks_explained,
    of_company,
    parcels_remark,
)
from workbench.domain.report.sections.scale_cells import scale_cells
from workbench.domain.report.sections.scope_texts import (
    sample_note,
    scope_note,
    scope_text,
    title_of,
)

KEY_INDICATORS = (
    "I-01",
    "I-02",
    "I-06",
    "I-13",
    "I-14",
    "I-15",
    "I-16",
    "I-17",
    "I-18",
    "I-19",
    "I-22",
    "I-42",
)
TOP = 3
_NEEDED = ("parcel", "building", "lease", "encumbrance", "enterprise", "park_year", "finance")
"""What an assessment reads, in the order in which it is best collected."""
SIDE_BY_SIDE = 2
LEVEL_TONES = {
    SeverityLevel.SEVERE: Tone.BAD,
    SeverityLevel.MEDIUM: Tone.FAIR,
    SeverityLevel.LIGHT: Tone.PLAIN,
    SeverityLevel.NONE: Tone.MUTED,
}


def signature(m: Material) -> Signature:
    """Return the row in which people sign."""
    return Signature(tuple(m.say(f"sign.{role}") for role in ("made", "checked", "approved", "on")))


def cover(m: Material, status: str, *, is_draft: bool) -> Cover:
    """Return the cover; what nobody entered is 待核."""
    t = m.say
    facts: tuple[tuple[str, Cell], ...] = (
        (t("cover.number"), words(m.number)),
        (t("cover.edition"), words(t("cover.edition_value", status=status, edition=m.edition))),
        *(((t("cover.assessment"), words(m.assessment)),) if m.assessment else ()),
        (t("cover.as_of"), Cell(m.scope.as_of)),
        (t("cover.park"), words(m.park_name)),
        (t("cover.scope"), words(scope_text(m))),
        (t("cover.organisation"), words(m.author)),
        (t("cover.secrecy"), UNKNOWN),
        (t("cover.created"), Cell(m.created.date())),
        (
            t("cover.parameters"),
            words(
                t("cover.parameters_value", id=m.content.parameters.id, edition=m.content.edition)
            ),
        ),
    )
    if m.seal is not None:
        facts += (
            (t("cover.final_by"), words(t("cover.final_by_value", by=m.seal.by, on=m.seal.on))),
            (t("cover.digest"), words(m.seal.digest)),
        )
    notice = t("sample_note") if m.is_sample else t("cover.notice")
    draft = t("cover.draft", errors=len(m.errors)) if is_draft and m.errors else ""
    if is_draft and not m.errors:
        draft = t("cover.draft_plain")
    return Cover(title_of(m), facts, notice, draft, signature(m))


def summary_sheet(m: Material) -> Sheet:
    """Return sheet 1: one page for those who decide."""
    t = m.say
    blocks: list[Block] = [*sample_note(m), *scope_note(m)]
    if m.is_bare:
        blocks += [scale_table(m), *bare_summary(m)] if m.recorded else bare_summary(m)
    else:
        blocks += [scale_table(m), Heading(t("summary_problems")), *problems(m), key_indicators(m)]
        blocks += [Heading(t("summary_path")), *recommended(m), *key_money(m)]
    blocks += [Heading(t("summary_checklist")), Paragraph(checklist_text(m), strong=True)]
    blocks += [Heading(t("summary_decisions")), *decisions(m, worst(m)[:TOP])]
    return Sheet("summary", t("sheet.summary"), t("sheet.summary"), tuple(blocks), one_page=True)


def bare_summary(m: Material) -> list[Block]:
    """Say of a park of which nothing is recorded what is missing, and what to do."""
    t = m.say
    there = {listing.entity.key: len(listing.records) for listing in m.recorded}
    counts = [
        t("bare.count", entity=each.entity.title(m.language), count=len(each.records))
        for each in m.recorded
    ]
    lead = t("bare.lead_records", records=t("comma").join(counts)) if counts else t("bare.lead")
    blocks: list[Block] = [NotAssessed(lead), Heading(t("bare.missing"))]
    for at, entity in enumerate(_NEEDED, start=1):
        need = t(f"bare.needs.{entity}")
        if entity in there:
            need = t("bare.begun", need=need, count=there[entity])
        blocks.append(Paragraph(t("list_item", place=at, text=need)))
    steps = enumerate(t("bare.steps").strip().splitlines(), start=1)
    blocks.append(Heading(t("bare.next")))
    return blocks + [Paragraph(t("list_item", place=at, text=text)) for at, text in steps]


def side_by_side(
    columns: tuple[tuple[str, str, float, ColumnKind], ...], cells: list[tuple[Cell, ...]]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return columns repeated side by side, and cells filled in across."""
    repeated = tuple(
        Column(f"{key}{part}", title, width, kind)
        for part in range(SIDE_BY_SIDE)
        for key, title, width, kind in columns
    )
    blank = tuple(BLANK for _ in columns)
    padded = [*cells, *[blank] * (-len(cells) % SIDE_BY_SIDE)]
    rows = tuple(
        tuple(cell for part in padded[i : i + SIDE_BY_SIDE] for cell in part)
        for i in range(0, len(padded), SIDE_BY_SIDE)
    )
    return repeated, rows


def scale_table(m: Material) -> Table:
    """Return 表1-1, the scale of the park: two figures per row; of single assets beside it."""
    t = m.say
    if not m.scope.whole_park:
        return _scale_of_assets(m)
    facts = [
        (key, replace(cell, formula=m.live.scale(key)))
        for key, cell in scale_cells(m.whole).items()
    ]
    columns, rows = side_by_side(
        (
            ("item", t("col.item"), 34, ColumnKind.TEXT),
            ("value", t("col.value"), 17, ColumnKind.NUMBER),
            ("unit", t("col.unit"), 10, ColumnKind.WORD),
        ),
        [(words(t(f"scale.{key}")), cell, words(t(f"scale_unit.{key}"))) for key, cell in facts],
    )
    return Table(
        m.table_no("1-1"), t("table.scale"), columns, rows, source_line=t("source.scale"),
        notes=overfull(m),
    )  # fmt: skip


def _scale_of_assets(m: Material) -> Table:
    """Return the scale of the assessed assets, and that of their park."""
    t = m.say
    park = scale_cells(m.whole)
    columns, rows = side_by_side(
        (
            ("item", t("col.item"), 22, ColumnKind.TEXT),
            ("own", t("col.assessed"), 15, ColumnKind.NUMBER),
            ("park", t("col.park"), 15, ColumnKind.NUMBER),
            ("unit", t("col.unit"), 9, ColumnKind.WORD),
        ),
        [
            (
                words(t(f"scale.{key}")),
                replace(own, formula=m.live.scale_of_assets(key)),
                replace(park[key], formula=m.live.scale(key)),
                words(t(f"scale_unit.{key}")),
            )
            for key, own in scale_cells(m.scope).items()
        ],
    )
    return Table(
        m.table_no("1-1"), t("table.scale"), columns, rows, source_line=t("source.scale_assets")
    )


def worst(m: Material) -> list[Distress]:
    """Return the types of distress that were found, the most severe first."""
    found = [each for each in m.distresses if each.level is not SeverityLevel.NONE]
    return sorted(found, key=lambda each: (-each.severity, -each.confidence, each.type.code))


def problems(m: Material) -> list[Block]:
    """Return the three most severe problems, each in a line."""
    t = m.say
    every = worst(m)
    found = every[:TOP]
    if not found:
        return [NotAssessed(t("no_problems" if m.distresses else "no_diagnosis"))]
    left = t("comma").join(f"{each.type.code} {m.text(each.type.name)}" for each in every[TOP:])
    lead = Paragraph(t("problems_more", shown=TOP, count=len(every), names=left))
    more: list[Block] = [lead] if left else []
    return more + [
        Paragraph(
            t(
                "problem_line",
                place=place,
                code=each.type.code,
                name=m.text(each.type.name),
                level=m.label(each.level),
                severity=each.severity,
                confidence=f"{each.confidence * 100:.0f}",
                rules=t("semicolon").join(r.rule.describe(m.language) for r in each.triggered)
                + basis_of(m, each.triggered),
            )
        )
        for place, each in enumerate(found, start=1)
    ]


def path_names(m: Material, codes: tuple[str, ...], limit: int = 9) -> str:
    """Return pathways by code and name."""
    names = [
        f"{code} {m.text(m.content.pathways[code].name)}" if code in m.content.pathways else code
        for code in codes[:limit]
    ]
    return m.say("comma").join(names)


def named_by(m: Material) -> Callable[[str], str]:
    """Return what gives a pathway's code with its name."""
    return lambda code: path_names(m, (code,))


def key_indicators(m: Material) -> Table:
    """Return 表1-2, the indicators that decide, with their bands in words.

    Its columns are as many as those of 表1-1 above, which share their widths: beside the figures
    of single assets units have a column of their own.
    """
    t, shown = m.say, [id_ for id_ in KEY_INDICATORS if id_ in m.indicators]
    if m.scope.whole_park:
        widths = (
            ("name", t("col.indicator"), 34, ColumnKind.TEXT),
            ("value", t("col.value"), 17, ColumnKind.NUMBER),
            ("band", t("col.band"), 10, ColumnKind.WORD),
        )
        columns, rows = side_by_side(widths, [_without_unit(m, id_) for id_ in shown])
    else:
        columns, rows = side_by_side(
            (
                ("name", t("col.indicator"), 22, ColumnKind.TEXT),
                ("value", t("col.value"), 15, ColumnKind.NUMBER),
                ("unit", t("col.unit"), 15, ColumnKind.WORD),
                ("band", t("col.band"), 9, ColumnKind.WORD),
            ),
            [_indicator(m, id_) for id_ in shown],
        )
    return Table(
        m.table_no("1-2"),
        t("table.key_indicators"),
        columns,
        rows,
        source_line=t("source.indicators"),
        notes=(
            *marks_explained(m.words, rows),
            *parcels_remark(m, shown),
            *company_remark(m, shown),
        ),
    )


def _without_unit(m: Material, id_: str) -> tuple[Cell, ...]:
    """Return an indicator with its unit beside its name."""
    name, value, unit, band = _indicator(m, id_)
    named = t_unit(m, str(name.value), "" if unit.value == "—" else str(unit.value))
    return optional(named), value, band


def _indicator(m: Material, id_: str) -> tuple[Cell, Cell, Cell, Cell]:
    """Return an indicator of the assessed assets, or of their park where only that is known."""
    value = m.indicators[id_]
    of_park = value.value is None and m.park_indicators[id_].value is not None
    if of_park:
        value = m.park_indicators[id_]
    name, unit, cell = shown_value(m, value)
    label = f"{id_} {name}"
    if of_park:
        label, cell = m.say("of_park", name=label), of_park_live(m, cell, id_)
    else:
        cell = from_indicator(cell, id_, m)
        label = m.say("of_company", name=label) if of_company(value) else label
    band = Cell(band_text(m, value.band), tone=BAND_TONES[value.band])
    if not of_park and band_formula(m, value):
        row = list(m.indicators).index(id_) + 1
        band = replace(band, formula=f"{{{INDICATORS}!band@{row}}}")
    return optional(label), cell, optional(unit or "—"), band


def t_unit(m: Material, name: str, unit: str) -> str:
    """Return a name with its unit in brackets."""
    return m.say("with_unit", name=name, unit=unit) if unit else name


def recommended(m: Material) -> list[Block]:
    """Return the pathway that came first or that a person chose, with what must be known of it."""
    ranking = m.ranking
    if ranking is None or ranking.weighed.problem is not None or not ranking.recommended:
        return [NotAssessed(path_text(m))]
    code = ranking.recommended
    label = "—" if ranking.robustness is None else robustness_word(ranking.robustness, m.words)
    first = ranking.first.code if ranking.first else ""
    path, why = path_names(m, (code,)), provisional_sentence(ranking, m.words, TOP, named_by(m))
    if code != first:
        name = path_names(m, (first,)) if first else "—"
        text = m.words("report_ranking.summary_chosen", path=path, first=name)
    elif why:
        text = m.words("report_ranking.summary_provisional", why=why)
        return [NotAssessed(text)]
    else:
        text = m.words("report_ranking.summary_first", path=path, label=label)
    found: list[Block] = [Paragraph(text, strong=True)]
    if sentence := closeness_sentence(ranking, m.words):
        found.append(Paragraph(m.words("report_ranking.sentence", text=sentence)))
    return found


def path_text(m: Material) -> str:
    """Say which pathways the diagnosis points at when nothing is ranked."""
    codes = tuple(dict.fromkeys(code for each in worst(m)[:TOP] for code in each.type.pathways))
    if not codes:
        return m.say("no_ranking")
    return m.say("no_ranking_but", paths=path_names(m, codes, 12))
