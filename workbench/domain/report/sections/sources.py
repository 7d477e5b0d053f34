# SPDX-License-Identifier: MIT
"""Sheet 10, sources and statements (数据来源与声明)."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from workbench.domain.display import grouped
from workbench.domain.references import MarketReference, OutcomeStatus
from workbench.domain.report.model import (
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Heading,
    Paragraph,
    Sheet,
    Table,
)
from workbench.domain.report.sections.benchmarks import status_tone
from workbench.domain.report.sections.cells import exact, optional, words
from workbench.domain.report.sections.checked import checks_ran, nothing_found
from workbench.domain.report.sections.evidence import evidence_blocks
from workbench.domain.report.sections.indicators import shown_value
from workbench.domain.report.sections.links import PUBLICATIONS
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.words import unit_words
from workbench.domain.report.sections.sealed import edit_blocks, log_seal_blocks, seal_blocks

CLASSES = ("ledger", "indicators", "diagnosis", "cases", "references", "parameters", "checklist")
STATEMENTS = ("forecast", "unknown", "estimated", "defaults", "law", "seed", "purpose")
_OF_CONTENT = ("law", "seed")
"""Statements on parameters and publications, where the report has any."""

_ALIKE = 3
"""Errors of one kind that are told one by one; all of them are in annex D."""
ONE, _HUNDRED_MILLION = Decimal(1), Decimal(100_000_000)


def sources_sheet(m: Material) -> Sheet:
    """Return sheet 10."""
    t = m.say
    title = t("sheet.sources")
    said = [
        Paragraph(t(f"statement.{key}"), strong=key == "forecast")
        for key in STATEMENTS
        if key not in _OF_CONTENT or m.rests_on_content
    ]
    parts: list[tuple[str, Sequence[Block]]] = [
        ("statements", said),
        ("seal", seal_blocks(m)),
        ("log_seal", log_seal_blocks(m)),
        ("edits", edit_blocks(m)),
        ("number_classes", classes(m)),
        ("open_items", findings_blocks(m)),
        ("open_data", (pending_table(m),)),
    ]
    if m.rests_on_content:
        parts += [("market", (market_table(m),)), ("publications", (publications_table(m),))]
    if m.rests_on_content or m.evidence:
        parts.append(("evidence", evidence_blocks(m)))
    return Sheet("sources", title, title, tuple(_numbered(m, parts)))


def _numbered(m: Material, parts: Sequence[tuple[str, Sequence[Block]]]) -> Iterator[Block]:
    """Yield the parts that say something under headings that are numbered without a gap."""
    numbered = headings(m)
    for key, blocks in parts:
        if blocks:
            yield numbered(m.say(key))
            yield from blocks


def headings(m: Material) -> Callable[[str], Heading]:
    """Return what makes the headings of a sheet, each with the next number."""
    numbers = iter(m.say("section_numbers").split())
    return lambda title: Heading(m.say("section", number=next(numbers), title=title))


def classes(m: Material) -> list[Block]:
    """Say where each class of numbers comes from."""
    t = m.say
    params = {
        "files": t("comma").join(file.name for file in m.files),
        "parameter_set": m.content.parameters.id,
        "edition": m.content.edition,
        "version": m.checklist.version if m.checklist else t("none"),
    }
    there = {
        "indicators": not m.is_bare,
        "diagnosis": bool(m.distresses),
        "cases": bool(m.matches),
        "references": m.rests_on_content,
        "parameters": m.rests_on_content,
        "checklist": m.checklist is not None,
    }
    ledger = "ledger_edited" if m.edited_fields else "ledger"
    told = {"ledger": ledger if m.files else "ledger_by_hand"}
    return [
        Paragraph(
            t(
                "class_line",
                name=t(f"class.{key}"),
                source=t(f"class_source.{told.get(key, key)}", **params),
            )
        )
        for key in CLASSES
        if there.get(key, True)
    ]


def pending_table(m: Material) -> Table:
    """Return 表10-1: what is not known, by indicator, with the cells that lack."""
    t = m.say
    columns = (Column("name", t("col.indicator"), 30), Column("missing", t("col.why_pending"), 62))
    rows = []
    for value in m.indicators.values():
        if value.value is not None:
            continue
        name, _, _ = shown_value(m, value)
        rows.append((words(f"{value.id} {name}"), words(m.why_unknown(value, 5) or t("no_base"))))
    return Table(
        m.table_no("10-1"),
        t("table.pending"),
        columns,
        tuple(rows),
        source_line=t("source.indicators"),
        notes=(t("note.pending"),),
        dense=True,
    )


def findings_blocks(m: Material) -> list[Block]:
    """Return what keeps the report a draft, some of each kind, and how many reminders there are."""
    t = m.say
    errors = m.errors
    if not m.findings:
        return [Paragraph(nothing_found(m))]
    text = t("findings_count", errors=len(errors), others=len(m.findings) - len(errors))
    blocks: list[Block] = [Paragraph(text + checks_ran(m), strong=bool(errors))]
    alike: dict[str, list[str]] = {}
    for finding, said in errors:
        record = m.whole.ledger.find(finding.entity, finding.key)
        named = t("of_record", name=m.name_of(record), text=said) if record else said
        alike.setdefault(finding.code, []).append(named)
    listed = [each for told in alike.values() for each in _shortened(m, told)]
    blocks += [Paragraph(t("list_item", place=i, text=each)) for i, each in enumerate(listed, 1)]
    return blocks


def _shortened(m: Material, told: Sequence[str]) -> Sequence[str]:
    """Return the first errors of one kind, and how many more of them there are."""
    if len(told) <= _ALIKE + 1:
        return told
    return [*told[:_ALIKE], m.say("more_alike", count=len(told) - _ALIKE)]


def market_table(m: Material) -> Table:
    """Return 表10-2: the market figures of the seed article, with whom it cites."""
    t = m.say
    columns = (
        Column("statement", t("col.statement"), 30),
        Column("source", t("col.source"), 62),
        Column("value", t("col.value"), 18, ColumnKind.NUMBER),
        Column("unit", t("col.unit"), 8, ColumnKind.WORD),
        Column("period", t("col.when"), 14),
        Column("status", t("col.outcome"), 10, ColumnKind.WORD),
        Column("caveat", t("col.caveat"), 34),
    )
    rows = tuple(_market(m, reference) for reference in m.content.market)
    return Table(
        m.table_no("10-2"),
        t("table.market"),
        columns,
        rows,
        source_line=t("source.seed"),
        notes=(t("note.market"),),
        apart=True,
        dense=True,
    )


def _market(m: Material, reference: MarketReference) -> tuple[Cell, ...]:
    return (
        words(f"{reference.id} {m.text(reference.statement)}"),
        words(reference.source.cite(m.language)),
        _market_value(m, reference),
        optional(unit_words(_shown_in(reference)[0], m.words) or "—"),
        words(m.text(reference.period)),
        Cell(m.label(reference.status), tone=status_tone(reference.status)),
        optional(m.text(reference.caveat) or "—"),
    )


def _market_value(m: Material, reference: MarketReference) -> Cell:
    if reference.value is None:
        return Cell("—")
    _, per = _shown_in(reference)
    low = reference.value / per
    is_forecast = reference.status is OutcomeStatus.FORECAST
    if reference.upper is not None:
        mark = m.say("forecast_mark") if is_forecast else ""
        return Cell(f"{_bare(low)}–{_bare(reference.upper / per)}{mark}")
    state = CellState.KNOWN
    if is_forecast:
        state = CellState.FORECAST
    elif reference.qualifier:
        state = CellState.ESTIMATED
    return exact(low, state, reference.qualifier)


def _shown_in(reference: MarketReference) -> tuple[str, Decimal]:
    """Return the unit in which a market figure is printed, and how much one of it is."""
    if reference.unit == "%":
        return "%", Decimal("0.01")
    large = reference.value is not None and reference.value >= _HUNDRED_MILLION
    return ("亿㎡", _HUNDRED_MILLION) if large and reference.unit == "㎡" else (reference.unit, ONE)


def _bare(number: Decimal) -> str:
    """Return a number with the decimals that it has."""
    return grouped(number, 2).rstrip("0").rstrip(".")


def publications_table(m: Material) -> Table:
    """Return 表10-3: every publication that is quoted, with how far it carries."""
    t = m.say
    columns = (
        Column("publisher", t("col.publisher"), 34),
        Column("source", t("col.publication"), 114),
        Column("reliability", t("col.reliability"), 23, ColumnKind.WORD),
    )
    rows = tuple(
        (
            words(m.text(source.publisher)),
            words(source.cite(m.language)),
            words(m.label(source.reliability)),
        )
        for source in m.content.sources.values()
    )
    return Table(
        m.table_no("10-3"), t("table.publications"), columns, rows, key=PUBLICATIONS,
        apart=True, dense=True,
    )  # fmt: skip
