# SPDX-License-Identifier: MIT
"""One canonical form of everything that an assessment found, and the digest over it.

The form is JSON with sorted keys and without spaces. Decimals are plain texts without trailing
zeros, dates ISO texts, sets sorted; content (a case, a rule, a pathway) stands by its id, because
its text is frozen beside the results. The many cells behind a figure stand as their number and a
digest over them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import Case
from workbench.domain.conditions import Condition
from workbench.domain.diagnosis.rules import DiagnosisRule, DistressType
from workbench.domain.explain import Input, Missing
from workbench.domain.pathways.pathway import Bundle, Pathway
from workbench.domain.records.ledger import Record
from workbench.domain.references import IndicatorReference, Source
from workbench.domain.report.risks import Risk
from workbench.domain.standards.dimensions import Dimension
from workbench.domain.standards.grading import GradeScheme
from workbench.domain.standards.intensity import IntensityScheme

_BY_NAME: dict[type, str] = {
    Bilingual: "zh",
    Bundle: "code",
    Case: "id",
    Condition: "text",
    DiagnosisRule: "id",
    Dimension: "id",
    DistressType: "code",
    GradeScheme: "id",
    IndicatorReference: "indicator",
    IntensityScheme: "id",
    Pathway: "code",
    Record: "key",
    Risk: "id",
    Source: "id",
}
"""What stands by its id or its Chinese text instead of by all that it holds."""


def canonical(value: Any) -> Any:
    """Return a value as JSON understands it, the same for equal values; TypeError for others."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case Decimal():
            return plain_number(value)
        case Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(canonical(key)): canonical(item) for key, item in value.items()}
        case set() | frozenset():
            return sorted((canonical(item) for item in value), key=canonical_text)
        case tuple() | list():
            return _listed(value)
        case _:
            return _of_dataclass(value)


def _of_dataclass(value: Any) -> Any:
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"no canonical form: {type(value).__name__}")
    name = _BY_NAME.get(type(value))
    if name is not None:
        return canonical(getattr(value, name))
    shown = (f.name for f in fields(value) if f.init and not f.name.startswith("_"))
    return {name: canonical(getattr(value, name)) for name in shown}


def plain_number(value: Decimal) -> str:
    """Return a decimal as text that is the same for 0.050 and 0.05."""
    return f"{value.normalize():f}" if value else "0"


def _listed(values: tuple[Any, ...] | list[Any]) -> Any:
    if values and isinstance(values[0], Input | Missing):
        return {"cells": len(values), "digest": digest_of_cells(values)}
    return [canonical(item) for item in values]


def digest_of_cells(cells: Iterable[Input | Missing]) -> str:
    """Return the SHA-256 of ledger cells, in any order, with their values where they have one."""
    lines = sorted(_cell_line(cell) for cell in cells)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _cell_line(cell: Input | Missing) -> str:
    place = f"{cell.entity}\t{cell.key}\t{cell.field}"
    if isinstance(cell, Missing):
        return place
    value = cell.value
    shown = plain_number(value) if isinstance(value, Decimal) else str(value)
    return f"{place}\t{shown}"


def canonical_text(document: Any) -> str:
    """Return a canonical document as text."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
