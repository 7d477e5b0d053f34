# SPDX-License-Identifier: MIT
"""Figures of ours and of cases in words: numbers with units, and what each figure stands for."""

from decimal import Decimal

from workbench.application.cases.words import shown_amount, shown_fact, standing
from workbench.application.ports import Texts
from workbench.domain.display import grouped
from workbench.domain.matching.comparison import CaseFigure, ComparedLine, Measure
from workbench.domain.values import mu


def number_words(value: Decimal, measure: Measure, texts: Texts) -> str:
    """Return a value with the unit of its measure, as the figures of cases are read."""
    if measure.unit == "%":
        return f"{grouped(value * 100, measure.decimals)}%"
    size = mu(value) if measure.unit == "亩" else value
    return shown_amount(round(size, measure.decimals), measure.unit, texts)


def ours_words(line: ComparedLine, texts: Texts) -> str:
    """Return our figure, or 待核."""
    if line.ours is None:
        return texts("comparison.unknown")
    return number_words(line.ours, line.measure, texts)


def theirs_words(figure: CaseFigure, measure: Measure, texts: Texts) -> tuple[str, str]:
    """Return a figure of a case, and what it stands for: 实际, 规划, 预计, 推算, its base."""
    if figure.value is None or figure.fact is None:
        return texts("comparison.not_said"), ""
    if figure.derived:
        word = texts(f"cases.standing_{figure.status.value}")
        return number_words(figure.value, measure, texts), texts(
            "comparison.derived", standing=word
        )
    base = figure.base.get(texts.language) if figure.base else ""
    parts = (standing(figure.fact, texts), base)
    return shown_fact(figure.fact, texts), texts("matching.comma").join(p for p in parts if p)


def gap_words(line: ComparedLine, texts: Texts) -> str:
    """Return the gap to the nearest reported figure with its sign; 待核 while ours is unknown."""
    if line.gap is not None:
        plus = "+" if line.gap > 0 else ""
        return plus + number_words(line.gap, line.measure, texts)
    return texts("comparison.unknown") if line.measurable else ""
