# SPDX-License-Identifier: MIT
"""What keeps an assessment from becoming final: errors, weights, evidence that is not whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.application.assessment.assessing import AssessmentDraft
from workbench.application.checklist.sheet import ChecklistSheet
from workbench.application.finding_words import finding_text
from workbench.application.ports import Texts
from workbench.domain.checklist.state import ItemStatus
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.findings import Finding, Level
from workbench.domain.records.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps an assessment from becoming final.

    ``finding`` is the ledger's own complaint; ``item`` the checklist item that it is about.
    """

    code: str
    params: Mapping[str, Any]
    finding: Finding | None = None
    item: ChecklistItem | None = None


def obstacles_of(draft: AssessmentDraft, sheet: ChecklistSheet) -> tuple[Obstacle, ...]:
    """Return what must be solved first; evidence counts as it was when the sheet was read."""
    found = [
        Obstacle("finding", {}, finding)
        for finding in draft.findings
        if finding.level is Level.ERROR
    ]
    if draft.ranking.weighed.weights is None:
        judged = draft.ranking.weighed.judged
        ratio = "—" if judged is None else f"{judged.ratio:.3f}"
        found.append(Obstacle("weights", {"cr": ratio}))
    return (*found, *_unsound_evidence(sheet))


def _unsound_evidence(sheet: ChecklistSheet) -> Iterator[Obstacle]:
    """Yield every file that a done item rests on and that is gone or was altered.

    One whole file beside it does not help: what was signed names them all.
    """
    for item in sheet.items:
        if sheet.state(item.id).status is not ItemStatus.DONE:
            continue
        for file in sheet.evidence.get(item.id, ()):
            if state := sheet.unsound.get(file.key):
                yield Obstacle(f"evidence_{state}", {"file": file.label}, item=item)


def obstacle_text(obstacle: Obstacle, ledger: Ledger, texts: Texts) -> str:
    """Return what must be solved, as a sentence with the place."""
    if obstacle.item is not None:
        title = f"{obstacle.item.id} {obstacle.item.title.get(texts.language)}"
        return texts(f"finalizing.obstacle_{obstacle.code}", item=title, **obstacle.params)
    if obstacle.finding is None:
        return texts(f"finalizing.obstacle_{obstacle.code}", **obstacle.params)
    record = ledger.find(obstacle.finding.entity, obstacle.finding.key)
    words = finding_text(obstacle.finding, texts)
    if record is None:
        return words
    return texts("finalizing.at", record=record.label, words=words)
