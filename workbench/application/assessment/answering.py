# SPDX-License-Identifier: MIT
"""The pathway inputs (路径前提补充): answers that no ledger holds, per assessment and asset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.application.ledger.editing import CellEdit, Editing, EditOutcome
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.findings import RefusedError
from workbench.domain.records.ledger import Record

ENTITY = "context"


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """For what an answer holds: a park, and of it an assessment, an asset, both or neither."""

    park: str
    assessment: str = ""
    parcel: str = ""
    building: str = ""

    def holds(self, record: Record) -> bool:
        """Tell whether a record of pathway inputs is that of this place."""
        return (
            record.text("park") == self.park
            and (record.text("assessment") or "") == self.assessment
            and (record.text("parcel") or "") == self.parcel
            and (record.text("building") or "") == self.building
        )


class Answering:
    """Keeps the pathway inputs of a place, in its record or in a new one."""

    def __init__(self, unit_of_work: NewUnitOfWork, editing: Editing) -> None:
        self._unit_of_work = unit_of_work
        self._editing = editing

    def record(self, place: AnswerPlace) -> Record | None:
        """Return the pathway inputs of exactly this place, or None."""
        with self._unit_of_work() as work:
            rows = work.records.all(ENTITY)
        return next((row for row in rows if place.holds(row)), None)

    def answer(
        self, place: AnswerPlace, answers: Mapping[str, str], reason: str = ""
    ) -> EditOutcome:
        """Keep answers by field, all or none; a blank text makes a field unknown again.

        RefusedError when one cannot be read as its field.
        """
        stored = self.record(place)
        if stored is None:
            self._editing.add(ENTITY, {**_texts(place), **answers}, reason)
            return EditOutcome(len(answers))
        edits = [CellEdit(ENTITY, stored.key, field, text) for field, text in answers.items()]
        if refused := self._editing.check_cells(edits):
            finding = refused[0].finding
            raise RefusedError(finding.code, **finding.params)
        return self._editing.edit_cells(edits, "editing.edit_cells", reason)


def place_of(park: str, assessment: str, assets: Sequence[Record]) -> AnswerPlace:
    """Return the place of an answer given while these assets are looked at.

    Only one asset makes an answer its own; for several it holds for all of them.
    """
    only = assets[0] if len(assets) == 1 else None
    return AnswerPlace(
        park,
        assessment,
        only.key if only is not None and only.entity == "parcel" else "",
        only.key if only is not None and only.entity == "building" else "",
    )


def _texts(place: AnswerPlace) -> dict[str, str]:
    texts = {
        "park": place.park,
        "assessment": place.assessment,
        "parcel": place.parcel,
        "building": place.building,
    }
    return {name: key for name, key in texts.items() if key}
