# SPDX-License-Identifier: MIT
"""Entities and fields as people name them, for sentences that carry their keys."""

from collections.abc import Mapping
from typing import Any

from workbench.domain.catalogue import CATALOGUE


def named_params(params: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return params in which entity and field keys are replaced by their titles."""
    named = dict(params)
    entity = params.get("entity")
    if isinstance(entity, str) and entity in CATALOGUE:
        field = params.get("field")
        if isinstance(field, str) and field in CATALOGUE[entity]:
            named["field"] = CATALOGUE[entity][field].title(language)
        named["entity"] = CATALOGUE[entity].title(language)
    for name in ("holder", "target"):
        other = params.get(name)
        if isinstance(other, str) and other in CATALOGUE:
            named[name] = CATALOGUE[other].title(language)
    return named
