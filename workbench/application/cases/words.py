# SPDX-License-Identifier: MIT
"""Figures and features of cases in words: value with unit, 性质 (standing), source, codes."""

from decimal import Decimal

from workbench.application.ports import Texts
from workbench.domain.cases.case import FACTORS, Case, CaseFact, StatedKind
from workbench.domain.cases.contradictions import Contradiction
from workbench.domain.display import grouped
from workbench.domain.labels import label_key
from workbench.domain.references import Source
from workbench.domain.values import mu

_QUALIFIERS = {">": "over", "≥": "at_least", "≤": "at_most", "<": "under", "近": "near"}
_AFTER = {"余": "odd"}
_FINE = 2
_FINE_NUMBERS = frozenset({"far", "implied_mu", "stated_mu", "per_mu", "part", "whole"})


def short_name(case: Case, texts: Texts) -> str:
    """Return a case's id and place, short enough for a legend."""
    place = case.name.get(texts.language).replace("：", ":").partition(":")[0]
    return f"{case.id} {place}"


def standing(fact: CaseFact, texts: Texts) -> str:
    """Return what a figure stands for: 实际, 规划, 预计, 推算, 未说明 or 缺失."""
    if fact.stated is StatedKind.NOT_STATED:
        return texts("cases.standing_missing")
    if fact.stated is StatedKind.INFERRED:
        return texts("cases.standing_inferred")
    return texts(f"cases.standing_{fact.status.value}")


def shown_fact(fact: CaseFact, texts: Texts) -> str:
    """Return a figure as people read it, such as "超 4 亿元" or "200 余个"."""
    if fact.stated is StatedKind.NOT_STATED or fact.value is None:
        return texts("cases.not_disclosed")
    if isinstance(fact.value, bool):
        return texts("ui.yes" if fact.value else "ui.no")
    if isinstance(fact.value, str):
        return fact.value
    words = _with_unit(fact.value, fact.unit, fact.qualifier, texts)
    if fact.basis is not None:
        words += texts("cases.basis", basis=texts(fact.basis.text_key))
    return words


def shown_source(source: Source, texts: Texts) -> tuple[str, str]:
    """Return who says it, and through whom we know it, "" when from the source itself."""
    said = source.publisher.get(texts.language)
    if source.via is None:
        return said, ""
    return said, texts("cases.quoted", via=source.via.publisher.get(texts.language))


def contradiction_words(found: Contradiction, texts: Texts) -> str:
    """Return what does not agree as one sentence with its numbers."""
    shown = {
        name: grouped(value, _FINE if name in _FINE_NUMBERS else 0)
        for name, value in found.params.items()
    }
    named = {name: text.get(texts.language) for name, text in (found.words or {}).items()}
    return texts(f"content.contradiction.{found.code}", **shown, **named)


def waiver_words(found: Contradiction, texts: Texts) -> str:
    """Return why it may stand, and who said so when; "" while nobody has."""
    waiver = found.waiver
    if waiver is None:
        return ""
    by = f"{waiver.author} {waiver.day or ''}".strip() or "—"
    reason = waiver.reason.get(texts.language)
    return texts("content.contradiction.waived", reason=reason, by=by)


def shown_code(feature: str, code: str, texts: Texts) -> str:
    """Return the label of one code; a distress type or an unknown code stands for itself."""
    key = label_key(feature, code)
    return texts(key) if texts.has(key) else code


def shown_area(area_m2: Decimal, texts: Texts) -> str:
    """Return a land area in 亩."""
    return texts("cases.in_mu", value=_plain(mu(area_m2)))


def shown_amount(value: Decimal, unit: str, texts: Texts) -> str:
    """Return a number of ours as the figures of cases are read."""
    return _with_unit(value, unit, "", texts)


def _with_unit(value: Decimal, unit: str, qualifier: str, texts: Texts) -> str:
    number, shown_unit = _number_and_unit(value, unit, texts)
    if qualifier in _AFTER:
        return texts("cases.odd", number=number, unit=shown_unit).strip()
    gap = "" if not shown_unit or shown_unit == "㎡" else " "
    words = f"{number}{gap}{shown_unit}"
    if qualifier in _QUALIFIERS:
        return texts(f"cases.{_QUALIFIERS[qualifier]}", number=words)
    return f"{qualifier} {words}".strip()


def _number_and_unit(value: Decimal, unit: str, texts: Texts) -> tuple[str, str]:
    if unit == "%":
        return f"{_plain(value * 100)}%", ""
    if unit in _YUAN and not texts.language.startswith("zh"):
        yuan = value * FACTORS.get(unit, FACTORS["万元"])
        for size, key in _SIZES:
            if yuan >= size or key == "yuan":
                return _plain(yuan / size), texts(f"cases.{key}{_YUAN[unit]}")
    return _plain(value), unit_words(unit, texts)


def unit_words(unit: str, texts: Texts) -> str:
    """Return a unit in the language of the texts; Chinese ones are kept in Chinese."""
    if texts.language.startswith("zh") or not unit:
        return unit
    key = f"cases.unit_{_UNITS.get(unit, '')}"
    return texts(key) if texts.has(key) else unit


_UNITS = {
    "亩": "mu", "个": "n", "家": "firms", "栋": "buildings", "宗": "parcels", "天": "days",
    "件": "cases", "次": "times",
    "年": "years", "元/㎡·月": "rent",
}  # fmt: skip
_YUAN = {"万元": "", "亿元": "", "万元/亩": "_mu"}
_SIZES = (
    (Decimal(10) ** 9, "billion_yuan"),
    (Decimal(10) ** 6, "million_yuan"),
    (Decimal(1), "yuan"),
)


def _plain(value: Decimal) -> str:
    """Return a number with commas and only the decimals it has."""
    shown = grouped(value, 2)
    return shown.rstrip("0").rstrip(".")
