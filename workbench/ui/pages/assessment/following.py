# SPDX-License-Identifier: MIT
"""Takes pathways into the checklist of the chosen assessment, in one step that can be undone."""

from collections.abc import Sequence

from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.texts import t


def followed(context: UiContext) -> tuple[str, ...]:
    """Return the pathways by which the checklist of the chosen assessment goes."""
    key = context.assessment_key
    record = context.services.querying.record("assessment", key) if key else None
    chosen = record.get("pathways") if record else None
    return tuple(map(str, chosen)) if isinstance(chosen, tuple) else ()


def follow(context: UiContext, steps: Sequence[str]) -> None:
    """Add pathways to those by which the assessment's checklist goes; a refusal is shown."""
    services, key = context.services, context.assessment_key
    record = services.querying.record("assessment", key) if key else None
    if record is None:
        context.shell.show_toast(t("pathways.follow_needs_assessment"))
        return
    codes = tuple(dict.fromkeys((*followed(context), *steps)))
    try:
        services.assessments.choose_pathways(record, codes)
    except UserError as error:
        context.shell.show_error(error)
        return
    context.shell.show_toast(t("pathways.follows", paths=" → ".join(codes)))
