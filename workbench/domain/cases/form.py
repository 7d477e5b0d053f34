# SPDX-License-Identifier: MIT
"""A case as sections of rows of plain cells: what a form and a sheet ask, and a document from it.

A cell is text; an empty one says nothing. Shares are typed in percent and kept as fractions. The
document is what a TOML card says, and is checked as strictly.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException
from enum import StrEnum
from typing import Any
from unicodedata import normalize

from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import Case, CaseFact, CaseFeatures, ChangeBasis, StatedKind
from workbench.domain.references import OutcomeStatus, Reliability, Source

Row = dict[str, str]
CaseForm = dict[str, list[Row]]
Document = dict[str, Any]
AREA_UNITS = ("亩", "㎡", "公顷", "万㎡")
QUALIFIERS = ("约", "余", ">", "<", "近", "≥", "≤")
FACT_KINDS = (
    "land_area", "far", "gfa", "annual_output", "annual_tax", "tax_per_mu", "investment", "price",
    "appraised_value", "debt", "rent", "occupancy", "jobs", "duration", "other",
)  # fmt: skip
"""What a figure is about: the beginning of its key."""
LISTS = ("borrow", "do_not_copy", "not_stated", "inferred_checks")
"""Sections that hold one sentence per row."""


class CellKind(StrEnum):
    """How a cell is filled in."""

    LINE = "line"
    LONG = "long"
    CHOICE = "choice"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One thing that is asked; a ``translated`` one is two cells, ``…_zh`` and ``…_en``."""

    key: str
    kind: CellKind = CellKind.LINE
    choices: tuple[str, ...] = ()
    translated: bool = False
    required: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the keys of its cells in a row."""
        return (f"{self.key}_zh", f"{self.key}_en") if self.translated else (self.key,)


@dataclass(frozen=True, slots=True)
class FormSection:
    """Rows of the same columns; a ``single`` one has exactly one row."""

    key: str
    columns: tuple[FormColumn, ...]
    single: bool = False

    def blank(self) -> Row:
        """Return a row in which nothing is said yet."""
        row = {cell: "" for column in self.columns for cell in column.cells}
        defaults = {"stated": StatedKind.STATED.value, "status": OutcomeStatus.UNSPECIFIED.value}
        return row | {key: value for key, value in defaults.items() if key in row}


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A mistake at one cell; the sentence is ``case_form.error.<code>``. Rows count from 1."""

    section: str
    row: int
    column: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


def form_sections(
    codes: Mapping[str, Collection[str]], pathways: Iterable[str], distress: Iterable[str]
) -> tuple[FormSection, ...]:
    """Return what is asked of a case; ``codes`` are those that features may take."""
    stated = FormColumn("stated", CellKind.CHOICE, tuple(StatedKind))
    paths = tuple(pathways)
    text = FormColumn("text", CellKind.LONG, translated=True, required=True)

    def coded(name: str, kind: CellKind = CellKind.CHOICE) -> FormColumn:
        return FormColumn(name, kind, tuple(sorted(codes[name])))

    return (
        FormSection("case", (
            FormColumn("id", required=True),
            FormColumn("name", required=True, translated=True),
            FormColumn("region", required=True, translated=True),
            FormColumn("asset", required=True, translated=True),
            FormColumn("pathways", CellKind.SEVERAL, paths),
        ), single=True),
        FormSection("features", (
            FormColumn("distress", CellKind.SEVERAL, tuple(distress)),
            coded("title_state"), coded("asset_kind"),
            FormColumn("scale_value"), FormColumn("scale_unit", CellKind.CHOICE, AREA_UNITS),
            coded("goals", CellKind.SEVERAL), coded("city_tier"), coded("owner_type"),
            coded("finance_band"), coded("plan_constraint"),
        ), single=True),
        FormSection("facts", (
            FormColumn("label", required=True, translated=True),
            FormColumn("kind", CellKind.CHOICE, FACT_KINDS),
            FormColumn("value"), FormColumn("unit"),
            FormColumn("qualifier", CellKind.CHOICE, QUALIFIERS),
            FormColumn("status", CellKind.CHOICE, tuple(OutcomeStatus)), stated,
            FormColumn("basis", CellKind.CHOICE, tuple(ChangeBasis)),
            FormColumn("base", translated=True), FormColumn("scope"),
            FormColumn("before"), FormColumn("part_of"), FormColumn("source"),
            FormColumn("note", translated=True),
        )),
        FormSection("steps", (
            text, FormColumn("on"), FormColumn("pathway", CellKind.CHOICE, paths), stated,
        )),
        FormSection("actors", (
            FormColumn("name", required=True, translated=True),
            FormColumn("role", required=True, translated=True),
            stated,
        )),
        FormSection("mechanisms", (FormColumn("name", required=True, translated=True), stated)),
        FormSection("preconditions", (text, FormColumn("when"), stated)),
        *(FormSection(name, (text,)) for name in LISTS),
        FormSection("sources", (
            FormColumn("id", required=True),
            FormColumn("publisher", required=True, translated=True),
            FormColumn("title", translated=True),
            FormColumn("reliability", CellKind.CHOICE, tuple(Reliability), required=True),
            FormColumn("site"), FormColumn("published"), FormColumn("via"),
        )),
    )  # fmt: skip


def form_of(case: Case) -> CaseForm:
    """Return a case as a form."""
    labels = {fact.key: fact.label.zh for fact in case.facts}
    return {
        "case": [{"id": case.id, **_both("name", case.name), **_both("region", case.region),
                  **_both("asset", case.asset), "pathways": " ".join(case.pathways)}],
        "features": [_features(case.features)],
        "facts": [_fact(fact, labels) for fact in case.facts],
        "steps": [
            {**_both("text", s.text), "on": s.on, "pathway": s.pathway, "stated": s.stated.value}
            for s in case.steps
        ],
        "actors": [
            {**_both("name", a.name), **_both("role", a.role), "stated": a.stated.value}
            for a in case.actors
        ],
        "mechanisms": [{**_both("name", m.name), "stated": m.stated.value}
                       for m in case.mechanisms],
        "preconditions": [
            {**_both("text", p.text), "when": p.condition.text if p.condition else "",
             "stated": p.stated.value}
            for p in case.preconditions
        ],
        **{name: [_both("text", text) for text in getattr(case, name)] for name in LISTS},
        "sources": [_source(source) for source in sources_of(case)],
    }  # fmt: skip


def sources_of(case: Case) -> list[Source]:
    """Return every source of a case once; one that quotes another stands before it."""
    found: dict[str, Source] = {}

    def add(source: Source) -> None:
        if source.via is not None:
            add(source.via)
        found.setdefault(source.id, source)

    for source in (*case.sources, *(fact.source for fact in case.facts)):
        add(source)
    return list(found.values())


def _both(key: str, text: Bilingual) -> Row:
    """Return both cells of a text; English that only repeats the Chinese is not shown."""
    return {f"{key}_zh": text.zh, f"{key}_en": "" if text.en == text.zh else text.en}


def _features(features: CaseFeatures) -> Row:
    scale = features.scale_m2
    return {
        "distress": " ".join(sorted(features.distress or ())),
        "goals": " ".join(sorted(features.goals or ())),
        "scale_value": "" if scale is None else f"{scale:f}",
        "scale_unit": "" if scale is None else "㎡",
        **{
            name: getattr(features, name) or ""
            for name in ("title_state", "asset_kind", "city_tier", "owner_type", "finance_band",
                         "plan_constraint")
        },
    }  # fmt: skip


def _fact(fact: CaseFact, labels: Mapping[str, str]) -> Row:
    kind = next((k for k in FACT_KINDS if fact.key == k or fact.key.startswith(f"{k}_")), "other")
    return {
        "key": fact.key, **_both("label", fact.label), "kind": kind,
        "value": _shown_value(fact), "unit": fact.unit, "qualifier": fact.qualifier,
        "status": fact.status.value, "stated": fact.stated.value,
        "basis": fact.basis.value if fact.basis else "", **_both("base", fact.base),
        "scope": fact.scope, "before": labels.get(fact.before, fact.before),
        "part_of": labels.get(fact.part_of, fact.part_of), "source": fact.source.id,
        **_both("note", fact.note),
    }  # fmt: skip


def _shown_value(fact: CaseFact) -> str:
    match fact.value:
        case None:
            return ""
        case bool():
            return "是" if fact.value else "否"
        case Decimal():
            shown = fact.value * 100 if fact.unit == "%" else fact.value
            return f"{shown.normalize():f}"
        case _:
            return fact.value


def _source(source: Source) -> Row:
    return {
        "id": source.id, **_both("publisher", source.publisher), **_both("title", source.title),
        "reliability": source.reliability.value, "site": source.site,
        "published": source.published, "via": source.via.id if source.via else "",
    }  # fmt: skip


def document_of(form: CaseForm, version: int = 1) -> tuple[Document, list[FormProblem]]:
    """Return the document of a form, and what cannot be read in it at all."""
    problems: list[FormProblem] = []
    head, said = form["case"][0], form["features"][0]
    sources = [
        _kept(
            {
                **_texts(row, "publisher", "title"),
                **_plain(row, "id", "reliability", "site", "published", "via"),
            }
        )
        for row in form["sources"]
    ]
    case: Document = {
        **_plain(head, "id"),
        **_texts(head, "name", "region", "asset"),
        "version": version,
        "sources": [row["id"].strip() for row in form["sources"] if row["id"].strip()],
        "pathways": head["pathways"].split(),
        "features": _said_features(said, problems),
        "facts": _said_facts(form["facts"], problems),
        "steps": [_kept({**_texts(r, "text"), **_plain(r, "on", "pathway", "stated")})
                  for r in form["steps"]],
        "actors": [_kept({**_texts(r, "name", "role"), **_plain(r, "stated")})
                   for r in form["actors"]],
        "mechanisms": [_kept({**_texts(r, "name"), **_plain(r, "stated")})
                       for r in form["mechanisms"]],
        "preconditions": [_kept({**_texts(r, "text"), **_plain(r, "when", "stated")})
                          for r in form["preconditions"]],
        **{name: [_text(row, "text") for row in form[name]] for name in LISTS},
    }  # fmt: skip
    return {"source": sources, "case": [case]}, problems


def _plain(row: Row, *keys: str) -> Document:
    return {key: row[key].strip() for key in keys if row.get(key, "").strip()}


def _text(row: Row, key: str) -> Document:
    zh, en = row.get(f"{key}_zh", "").strip(), row.get(f"{key}_en", "").strip()
    return {"zh": zh, "en": en} if en else {"zh": zh}


def _texts(row: Row, *keys: str) -> Document:
    """Return texts; one without any word is left out, so that its absence is complained of."""
    found = {key: _text(row, key) for key in keys}
    return {key: text for key, text in found.items() if any(text.values())}


def _kept(document: Document) -> Document:
    return {key: value for key, value in document.items() if value not in ("", [])}


def read_number(text: str) -> Decimal | None:
    """Return a number as people type it (full-width digits, commas); None for what is none."""
    plain = normalize("NFKC", text).replace(",", "").strip()
    try:
        value = Decimal(plain)
    except DecimalException:
        return None
    return value if value.is_finite() else None


def _said_features(row: Row, problems: list[FormProblem]) -> Document:
    features: Document = {
        name: codes for name in ("distress", "goals") if (codes := row[name].split())
    }
    features |= _plain(
        row, "title_state", "asset_kind", "city_tier", "owner_type", "finance_band",
        "plan_constraint",
    )  # fmt: skip
    typed = row["scale_value"].strip()
    if typed:
        value = read_number(typed)
        if value is None:
            problems.append(FormProblem("features", 1, "scale_value", "number", {"value": typed}))
        else:
            features["scale"] = {"value": value, "unit": row["scale_unit"].strip()}
    return features


def _said_facts(rows: Sequence[Row], problems: list[FormProblem]) -> list[Document]:
    keys = _keys(rows)
    by_label = {row["label_zh"].strip(): key for row, key in zip(rows, keys, strict=True)}
    facts = []
    for place, (row, key) in enumerate(zip(rows, keys, strict=True), start=1):
        fact = {
            "key": key,
            **_texts(row, "label", "base", "note"),
            **_plain(row, "unit", "qualifier", "status", "stated", "basis", "scope", "source"),
        }
        value = _said_value(row, place, problems)
        if value is not None:
            fact["value"] = value
        for name in ("before", "part_of"):
            wanted = row[name].strip()
            if not wanted:
                continue
            if wanted in by_label and by_label[wanted] != key:
                fact[name] = by_label[wanted]
            else:
                known = "、".join(label for label in by_label if label)
                params = {"value": wanted, "known": known}
                problems.append(FormProblem("facts", place, name, "no_fact", params))
        facts.append(_kept(fact))
    return facts


def _said_value(row: Row, place: int, problems: list[FormProblem]) -> Decimal | str | bool | None:
    typed, unit = row["value"].strip(), row["unit"].strip()
    if not typed:
        return None
    if typed in ("是", "否") and not unit:
        return typed == "是"
    value = read_number(typed.removesuffix("%") if unit == "%" else typed)
    if value is not None:
        return value / 100 if unit == "%" else value
    if unit:
        params = {"value": typed, "unit": unit}
        problems.append(FormProblem("facts", place, "value", "number_unit", params))
    return typed


def _keys(rows: Sequence[Row]) -> list[str]:
    """Return the key of each figure: the one it has, or the next free one of its kind."""
    keys: list[str] = []
    given = {row.get("key", "") for row in rows}
    for row in rows:
        kind = row["kind"].strip() or "other"
        own = row.get("key", "")
        fits = kind == "other" or own == kind or own.startswith(f"{kind}_")
        if own and fits and own not in keys:
            keys.append(own)
            continue
        at = 1
        while (key := kind if at == 1 else f"{kind}_{at}") in given or key in keys:
            at += 1
        keys.append(key)
    return keys
