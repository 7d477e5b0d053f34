# SPDX-License-Identifier: MIT
"""Names the steps of the change log in words."""

from collections.abc import Mapping

from workbench.application.naming import named_params
from workbench.ui.texts import language, t, texts_in_use


def step_name(label: str, params: Mapping[str, str]) -> str:
    """Return what an operation did, such as "修改楼栋名称"; an unknown label stands for itself."""
    if not texts_in_use().has(label):
        return label
    named = named_params(params, language())
    # The table names its steps with {n} and {column}; the log keeps count and field.
    named.setdefault("n", named.get("count", ""))
    named.setdefault("column", named.get("field", ""))
    return t(label, **named)
