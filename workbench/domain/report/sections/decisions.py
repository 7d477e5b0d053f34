# SPDX-License-Identifier: MIT
"""The end of the summary: how far the checklist is, and what is asked of those who decide."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from workbench.domain.checklist.state import closing, completion
from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.report.model import Block, Paragraph
from workbench.domain.report.sections.material import Material

_MOST = 3
"""So many things are asked for at most, beside the weights that nobody has confirmed."""


def checklist_text(m: Material) -> str:
    """Say how far the checklist has come and how many red lines are open."""
    if m.checklist is None:
        return m.say("no_checklist")
    items, states = m.checklist.items, m.checklist.states
    share_done: Decimal | None = completion(items, states)
    red = [item for item in items if item.red_line]
    open_ = len(closing(items, states))
    return m.say(
        "checklist_state",
        total=len(items),
        percent="—" if share_done is None else f"{share_done * 100:.1f}",
        red=len(red),
        open=open_,
        veto=m.say("veto") if open_ else "",
    )


def decisions(m: Material, found: Sequence[Distress]) -> list[Block]:
    """Return what those who decide are asked for, as far as the data says.

    ``found`` are the most severe problems.
    """
    t = m.say
    asked: list[str] = []
    if found:
        names = t("comma").join(m.text(each.type.name) for each in found)
        asked.append(t("decide.paths", problems=names))
    if m.errors:
        asked.append(t("decide.data", errors=len(m.errors), **_pending(m)))
    elif m.to_supply:
        asked.append(t("decide.pending", **_pending(m)))
    if m.checklist is None:
        asked.append(t("decide.checklist_start"))
    elif closed := closing(m.checklist.items, m.checklist.states):
        asked.append(t("decide.red_lines", count=len(closed)))
    asked = asked[:_MOST]
    if m.rests_on_start:
        asked.append(t("decide.weights"))
    return [
        Paragraph(t("list_item", place=place, text=text))
        for place, text in enumerate(asked, start=1)
    ]


def _pending(m: Material) -> dict[str, Any]:
    """Return how many indicators wait, for how many data can be supplied, and the rest."""
    pending = sum(value.value is None for value in m.indicators.values())
    rest = pending - m.to_supply
    told = m.say("decide.rest", count=rest) if rest else ""
    return {"pending": pending, "supply": m.to_supply, "rest": told}
