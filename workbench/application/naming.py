# SPDX-License-Identifier: MIT
"""Entities and fields as people name them, for sentences that carry their keys."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from workbench.application.ports import Texts
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checklist.state import ItemStatus
from workbench.domain.display import UNKNOWN, UNKNOWN_EN, shown
from workbench.domain.fields import Catalogue, Field

if TYPE_CHECKING:  # the window's first picture must not wait for the checks
    from workbench.domain.records.duplicates import CommonValue, Reason


_LISTS = frozenset({"contracts", "names", "others", "parts"})
"""Params in which a rule has joined names with the mark of Chinese lists."""


def listed(words: Iterable[str], language: str) -> str:
    """Return words as one list, with the separator of the language."""
    return ("、" if language.startswith("zh") else ", ").join(words)


def _relisted(params: Mapping[str, Any], language: str) -> dict[str, str]:
    lists = ((name, params[name]) for name in _LISTS & params.keys())
    return {name: listed(v.split("、"), language) for name, v in lists if isinstance(v, str)}


def named_params(params: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return params in which entity and field keys are replaced by their titles."""
    named = dict(params) | _relisted(params, language)
    if not language.startswith("zh"):
        named |= {k.removesuffix("_en"): v for k, v in params.items() if k.endswith("_en")}
    entity = params.get("entity")
    if isinstance(entity, str) and entity in CATALOGUE:
        field = params.get("field")
        if isinstance(field, str) and field in CATALOGUE[entity]:
            declared = CATALOGUE[entity][field]
            named["field"] = declared.title(language)
            for name in ("expected", "found"):
                if name in params:
                    named[name] = value_words(params[name], declared, language)
            titles = {choice.value: choice.title(language) for choice in declared.choices}
            named |= {k: titles[v] for k, v in params.items() if isinstance(v, str) and v in titles}
        if isinstance(fields := params.get("fields"), list | tuple):
            named["fields"] = listed((_title(entity, f, language) for f in fields), language)
        named["entity"] = CATALOGUE[entity].title(language)
    for name in ("holder", "target"):
        other = params.get(name)
        if isinstance(other, str) and other in CATALOGUE:
            named[name] = CATALOGUE[other].title(language)
    return named


def _title(entity: str, field: str, language: str) -> str:
    declared = CATALOGUE[entity]
    return declared[field].title(language) if field in declared else field


def value_words(value: Any, field: Field, language: str) -> str:
    """Return a normalized value as it is shown, with its unit; unknown is said, never left out."""
    if value is None:
        return UNKNOWN if language.startswith("zh") else UNKNOWN_EN
    unit = field.shown_unit if field.numeric else ""
    return f"{shown(value, field, language)} {unit}".strip()


def step_words(label: str, params: Mapping[str, Any], texts: Texts) -> str:
    """Return what an operation did, such as "修改楼栋名称"; an unknown label stands for itself."""
    if not texts.has(label):
        return label
    named = named_params(params, texts.language)
    # The table names its steps with {n} and {column}; the log keeps count and field.
    named.setdefault("n", named.get("count", ""))
    named.setdefault("column", named.get("field", ""))
    if named.get("status") in set(ItemStatus):
        named["status"] = texts(ItemStatus(named["status"]).text_key)
    return texts(label, **named)


def reason_words(reason: "Reason", texts: Texts) -> str:
    """Return why two records may be one."""
    percent = round(reason.likeness * 100)
    return texts(f"merging.reason.{reason.kind}", value=reason.value, percent=percent)


def common_words(common: "CommonValue", catalogue: Catalogue, texts: Texts) -> str:
    """Return that a value is shared by too many records to be compared by it."""
    kind = catalogue[common.entity].title(texts.language)
    what = texts(f"merging.compared.{common.kind}")
    return texts("merging.common", kind=kind, what=what, value=common.value, n=common.count)
