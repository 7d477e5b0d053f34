# SPDX-License-Identifier: MIT
"""Texts in a scenario's inputs that cannot be read: kept as drafts until they are mended."""

from collections.abc import Iterable

from workbench.domain.finance.inputs import ModelInput
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.texts import language, t


def unread_texts(
    context: UiContext, scenario: Record, inputs: Iterable[ModelInput]
) -> dict[str, str]:
    """Return what was typed into a scenario's inputs and could not be read, by input."""
    found = {}
    for item in inputs:
        draft = context.drafts.get(_place(scenario, item.key))
        if draft is not None and isinstance(draft.state, str):
            found[item.key] = draft.state
    return found


def keep_unread(context: UiContext, scenario: Record, item: ModelInput, text: str) -> None:
    """Keep what was typed into an input; "" when it could be read after all."""
    place = _place(scenario, item.key)
    if text:
        title = item.field.title(language())
        context.drafts.put(
            place, t("drafts.scenario_input", name=scenario.label, field=title), text
        )
    else:
        context.drafts.drop(place)


def _place(scenario: Record, key: str) -> str:
    return f"scenario_input:{scenario.key}:{key}"
