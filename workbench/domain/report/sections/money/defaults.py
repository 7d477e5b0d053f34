# SPDX-License-Identifier: MIT
"""What a scenario takes because nobody chose: methods of tax, ways of repaying, usual numbers."""

from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.display import shown
from workbench.domain.fields import FieldType
from workbench.domain.finance.inputs import AS_OF, ModelInput, ParameterBy
from workbench.domain.finance.settling import Provenance
from workbench.domain.report.sections.money.words import Calculated, Say

_TAXES = frozenset({"vat", "lat", "sale_tax"})
"""The groups of inputs whose choices decide how much tax is taken off."""


def by_default(found: Calculated, say: Say) -> list[str]:
    """Return the sentences on what nobody stated: the choices by name, the numbers counted.

    A rate that hangs on such a choice says what its parameter warns of.
    """
    choices = list(_choices(found))
    numbers = [
        item
        for item, value in _defaults(found)
        if isinstance(value, Decimal | int) and not isinstance(value, bool)
    ]
    told = []
    if choices:
        told.append(say("default_choices", parts=_listed(choices, found, say)))
    told += [
        say("default_rate", name=param.name.get(say.language), note=param.note.get(say.language))
        for item in found.model.inputs
        if isinstance(item.parameter, ParameterBy)
        and item.parameter.key in {choice.key for choice in choices}
        and (param := found.result.settled[item.key].parameter) is not None
        and param.note.get(say.language)
    ]
    if numbers:
        told.append(say("default_numbers", count=len(numbers)))
    return told


def taxed_by_default(found: Calculated, say: Say) -> str:
    """Return a sentence on the choices of tax that nobody made, "" where all were."""
    choices = [item for item in _choices(found) if item.field.group in _TAXES]
    return say("taxed_by_default", parts=_listed(choices, found, say)) if choices else ""


def _defaults(found: Calculated) -> Iterator[tuple[ModelInput, object]]:
    for item in found.model.inputs:
        settled = found.result.settled[item.key]
        dated = item.field.type is FieldType.DATE and item.default == AS_OF
        if settled.provenance is Provenance.DEFAULT and not dated:
            yield item, settled.value


def _choices(found: Calculated) -> Iterator[ModelInput]:
    for item, value in _defaults(found):
        if value is not None and (item.field.choices or item.field.type is FieldType.BOOL):
            yield item


def _listed(choices: list[ModelInput], found: Calculated, say: Say) -> str:
    parts = []
    for item in choices:
        value = found.result.settled[item.key].value
        text = shown(value, item.field, say.language) if not isinstance(value, tuple) else ""
        parts.append(say("default_choice", name=item.field.title(say.language), value=text))
    return say.texts("report.comma").join(parts)
