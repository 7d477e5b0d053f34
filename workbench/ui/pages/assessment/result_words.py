# SPDX-License-Identifier: MIT
"""Results in words for the screen: indicator values, bands, rules, ledger cells."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.diagnosis.diagnosing import RuleResult
from workbench.domain.diagnosis.measures import asks_not, measured_in
from workbench.domain.diagnosis.rules import SeverityLevel
from workbench.domain.display import grouped, shown
from workbench.domain.explain import Input, Missing
from workbench.domain.facts.missing_names import missing_name, names_of_missing
from workbench.domain.indicators.indicator import WHY_UNKNOWN, Band, Indicator, IndicatorValue
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.labels import label_key
from workbench.domain.records.ledger import Ledger
from workbench.domain.references import IndicatorReference
from workbench.domain.values import Value
from workbench.ui.texts import language, t, texts_in_use

BAND_TONES = {
    Band.GREEN: "success",
    Band.YELLOW: "warn",
    Band.RED: "danger",
    Band.PENDING: "neutral",
    Band.UNRATED: "neutral",
}
LEVEL_TONES = {
    SeverityLevel.SEVERE: "danger",
    SeverityLevel.MEDIUM: "warn",
    SeverityLevel.LIGHT: "info",
    SeverityLevel.NONE: "neutral",
}


_PREFIXES = {"ctx": "context"}


def band_word(band: Band) -> str:
    """Return a band in words."""
    return t(f"assessment.band_{band.name.lower()}")


def shown_figure(indicator: Indicator, value: Decimal) -> str:
    """Return a value in the unit in which its indicator is shown, with the unit."""
    if indicator.unit == "%":
        return f"{_trimmed(value * 100, indicator.decimals)}%"
    number = _trimmed(value, indicator.decimals)
    return f"{number} {indicator.shown_unit(language())}".strip()


def shown_indicator(value: IndicatorValue) -> str:
    """Return an indicator's value, or 待核."""
    if value.value is None:
        return t("assessment.pending")
    return shown_figure(INDICATORS[value.id], value.value)


def shown_reference(indicator: Indicator, reference: IndicatorReference) -> str:
    """Return a published value, as a range when it has an upper end."""
    words = shown_figure(indicator, reference.value)
    if reference.upper is None:
        return words
    return t("assessment.range", low=words, high=shown_figure(indicator, reference.upper))


def shown_measure(result: RuleResult) -> str:
    """Return what a rule measured, or 待核."""
    value = result.value
    if value is None:
        return t("assessment.pending")
    if isinstance(value, bool):
        return t("ui.yes" if value is not asks_not(result.rule) else "ui.no")
    if isinstance(value, Decimal | int):
        factor, unit = measured_in(result.rule, language())
        return f"{_trimmed(Decimal(value) * factor, 1 if factor > 1 else 2)}{unit}"
    return _plain(value)


def shown_threshold(result: RuleResult) -> str:
    """Return a rule's threshold; a yes-or-no rule has none."""
    threshold = result.rule.threshold
    if threshold is None:
        return "—"
    return f"{_trimmed(threshold * 100, 1)}%" if result.rule.percent else _trimmed(threshold, 2)


def place_name(cell: Input | Missing, ledger: Ledger) -> str:
    """Return a ledger cell in words: record and field."""
    missing = cell if isinstance(cell, Missing) else Missing(cell.entity, cell.key, cell.field)
    return missing_name(missing, ledger, texts_in_use())


def why_unknown(value: IndicatorValue, ledger: Ledger, most: int = 3) -> str:
    """Return why an indicator has no value: what is missing, else what it says itself, or ""."""
    if value.trace.missing:
        return t("assessment.lacks", names=missing_names(value.trace.missing, ledger, most))
    notes = (note for note in value.notes if note.code in WHY_UNKNOWN)
    return t("report.semicolon").join(t(note.text_key, **note.shown) for note in notes)


def missing_names(cells: Sequence[Missing], ledger: Ledger, most: int = 3) -> str:
    """Return what is missing in words, as the report says it, the first of them; rest counted."""
    names = list(names_of_missing(cells, ledger, texts_in_use()))
    words = t("assessment.comma").join(names[:most])
    rest = len(names) - most
    return words + (t("assessment.and_more", n=rest) if rest > 0 else "")


def shown_input(cell: Input) -> str:
    """Return the value of a ledger cell with its unit."""
    if cell.entity not in CATALOGUE or cell.field not in CATALOGUE[cell.entity]:
        return _plain(cell.value)
    field = CATALOGUE[cell.entity][cell.field]
    words = shown(cell.value, field, language())
    return f"{_short(words)} {field.shown_unit}".strip() if field.numeric else words


def target_of(cell: Input | Missing) -> str:
    """Return the link to a ledger cell, or "" when there is no record to go to."""
    if cell.entity not in CATALOGUE or not CATALOGUE[cell.entity].ledger:
        return ""
    return f"{cell.entity}:{cell.key}:{cell.field}" if cell.key else f"new:{cell.entity}"


def condition_name(name: str) -> str:
    """Return a name of a condition in words, such as ``ctx.investor_identified``."""
    entity, field = condition_field(name)
    if entity:
        return CATALOGUE[entity][field].title(language())
    key = label_key("derived", name)
    return t(key) if texts_in_use().has(key) else name


def condition_field(name: str) -> tuple[str, str]:
    """Return the ledger field that a name of a condition means, or two empty texts."""
    head, _, field = name.partition(".")
    entity = _PREFIXES.get(head, head)
    known = entity in CATALOGUE and field in CATALOGUE[entity]
    return (entity, field) if known else ("", "")


def _plain(value: Value) -> str:
    if isinstance(value, Decimal):
        return _trimmed(value, 2)
    if isinstance(value, tuple):
        return t("assessment.comma").join(value)
    if isinstance(value, bool):
        return t("ui.yes" if value else "ui.no")
    return value.isoformat() if isinstance(value, date) else str(value)


def _trimmed(value: Decimal, decimals: int) -> str:
    return _short(grouped(value, decimals))


def _short(words: str) -> str:
    """Return a number without the zeros that say nothing."""
    return words.rstrip("0").rstrip(".") if "." in words else words
