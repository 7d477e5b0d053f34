# SPDX-License-Identifier: MIT
"""What is missing, in words: record and field, parameter, indicator, or a fact to ask for."""

from typing import Any, Protocol

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.explain import Missing
from workbench.domain.facts.lookup import INDICATOR_ENTITY
from workbench.domain.facts.people import FACT
from workbench.domain.figures.reading import PARAMETER
from workbench.domain.labels import label_key
from workbench.domain.records.ledger import Ledger


class Words(Protocol):
    """Sentences by key, in one language."""

    @property
    def language(self) -> str:
        """Return the language."""
        ...

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return a text with its params filled in."""
        ...


def field_title(entity: str, field: str, words: Words) -> str:
    """Return a field's title with its entity, such as 楼栋的可租面积."""
    if entity == PARAMETER:
        return words("diagnosis.missing_parameter", code=field)
    if entity == INDICATOR_ENTITY:
        return words("diagnosis.missing_indicator", id=field)
    if entity == FACT:
        return words(label_key("derived", field))
    declared = CATALOGUE[entity]
    title = declared[field].title(words.language) if field in declared else field
    return words("diagnosis.field", entity=declared.title(words.language), field=title)


def missing_name(missing: Missing, ledger: Ledger, words: Words) -> str:
    """Return what is missing in words, with the record's name where there is one."""
    record = ledger.find(missing.entity, missing.key)
    if record is None:
        return field_title(missing.entity, missing.field, words)
    declared = CATALOGUE[missing.entity]
    title = (
        declared[missing.field].title(words.language)
        if missing.field in declared
        else missing.field
    )
    return words("diagnosis.field", entity=ledger.name_of(record), field=title)
