# SPDX-License-Identifier: MIT
"""Figures of ours and of cases in words: numbers with units, and what each figure stands for."""

from decimal import Decimal

from workbench.application.cases.words import shown_fact, standing
from workbench.application.ports import Texts
from workbench.domain.comparison import CaseFigure, ComparedLine, Measure
from workbench.domain.display import FACTORS, grouped

_AREAS = frozenset({"亩", "㎡"})


def measure_words(measure: Measure, texts: Texts) -> str:
    """Return the label of a measure with its unit."""
    label = texts(measure.text_key)
    unit = "" if measure.unit == "%" else measure.unit
    return f"{label} {unit}".strip() if texts.language.startswith("zh") else label


def number_words(value: Decimal, measure: Measure, *, sign: bool = False) -> str:
    """Return a value in the unit of its measure; with ``sign`` a rise is marked too."""
    factor = FACTORS[measure.unit] if measure.unit in _AREAS or measure.unit == "%" else Decimal(1)
    shown = grouped(value / factor, measure.decimals)
    mark = "%" if measure.unit == "%" and not sign else ""
    plus = "+" if sign and value > 0 else ""
    return f"{plus}{shown}{mark}"


def ours_words(line: ComparedLine, texts: Texts) -> str:
    """Return our figure, or 待核."""
    if line.ours is None:
        return texts("comparison.unknown")
    return number_words(line.ours, line.measure)


def theirs_words(figure: CaseFigure, measure: Measure, texts: Texts) -> tuple[str, str]:
    """Return a figure of a case, and what it stands for: 实际, 规划, 预计, 推算, its base."""
    if figure.value is None or figure.fact is None:
        return texts("comparison.not_said"), ""
    if figure.derived:
        word = texts(f"cases.standing_{figure.status.value}")
        return number_words(figure.value, measure), texts("comparison.derived", standing=word)
    base = figure.base.get(texts.language) if figure.base else ""
    parts = (standing(figure.fact, texts), base)
    return shown_fact(figure.fact, texts), texts("matching.comma").join(p for p in parts if p)


def gap_words(line: ComparedLine, texts: Texts) -> str:
    """Return the gap to the nearest reported figure with its sign; 待核 while ours is unknown."""
    if line.gap is not None:
        return number_words(line.gap, line.measure, sign=True)
    return texts("comparison.unknown") if line.measurable else ""
