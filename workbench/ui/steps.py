# SPDX-License-Identifier: MIT
"""Names the steps of the change log in words."""

from collections.abc import Mapping

from workbench.application.naming import step_words
from workbench.ui.texts import texts_in_use


def step_name(label: str, params: Mapping[str, str]) -> str:
    """Return what an operation did, such as "修改楼栋名称"; an unknown label stands for itself."""
    return step_words(label, params, texts_in_use())
