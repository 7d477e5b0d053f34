# SPDX-License-Identifier: MIT
"""What the fixed Chinese codes of a JSON document are called in the language of the terminal."""

from workbench.application.ports import Texts
from workbench.domain.diagnosis.rules import SeverityLevel
from workbench.domain.indicators.indicator import Band
from workbench.domain.pathways.feasibility import Feasibility
from workbench.domain.ranking.robustness import Robustness


def band_label(code: str, texts: Texts) -> str:
    """Return the label of a band: 绿, 黄, 红, 待核, 不评."""
    return texts(Band(code).text_key)


def verdict_label(code: str, texts: Texts) -> str:
    """Return the label of what a pathway's preconditions come to: 可行, 暂不具备, 不可行, 待核."""
    return texts(f"assessment.verdict_{Feasibility(code).name.lower()}")


def robustness_label(code: str, texts: Texts) -> str:
    """Return the label of how firm a ranking is: 稳健, 较稳健, 不稳健."""
    return texts(f"ranking.{Robustness(code).name.lower()}")


def severity_label(code: str, texts: Texts) -> str:
    """Return the label of how serious a type of distress is: 重, 中, 轻, 无."""
    return texts(next(level for level in SeverityLevel if level.code == code).text_key)
