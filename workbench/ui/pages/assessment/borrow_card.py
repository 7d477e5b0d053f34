# SPDX-License-Identifier: MIT
"""What the compared cases did, first what meets our gravest problem; one click takes it along."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from workbench.application.cases.words import short_name
from workbench.domain.cases.case import Case, CaseStep
from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.diagnosis.rules import SeverityLevel
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessmentDraft
    from workbench.domain.matching.similarity import CaseMatch

_MOST = 12
_ACTION = 2


@dataclass(frozen=True, slots=True)
class _Lesson:
    """A step of a case that belongs to a pathway, and the gravest problem that it is usual for."""

    case: Case
    step: CaseStep
    meets: Distress | None

    @property
    def standing(self) -> tuple[bool, float]:
        """Return by what lessons are ranked: gravest problem first, none last."""
        return self.meets is None, -float(self.meets.severity) if self.meets else 0.0


class BorrowCard(Card):
    """``wanted`` carries the pathway of a step that goes to the checklist.

    ``case_asked`` carries the case of a step that was clicked.
    """

    wanted = Signal(tuple)
    case_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("borrowing.title"), t("borrowing.text"))
        self._steps: dict[str, str] = {}
        self._cases: dict[str, str] = {}
        self._nothing = Label(t("borrowing.nothing"), "caption", wrap=True)
        self.table = ReadTable(
            t("borrowing.title"),
            (
                Column(t("borrowing.step"), share=5),
                Column(t("borrowing.meets"), share=2),
                Column(t("borrowing.checklist"), width=124),
            ),
            opens=True,
        )
        self.table.cell_clicked.connect(self._on_cell)
        self.table.row_entered.connect(self._on_entered)
        self.add(self._nothing)
        self.add(self.table)

    def set_lessons(
        self,
        draft: "AssessmentDraft",
        compared: Sequence["CaseMatch"],
        chosen: Collection[str],
    ) -> None:
        """Show the steps of the compared cases; ``chosen`` pathways are in the checklist."""
        found = [
            _Lesson(match.case, step, _meets(draft, step.pathway))
            for match in compared
            for step in match.case.steps
            if step.pathway
        ]
        lessons = sorted(found, key=lambda lesson: lesson.standing)[:_MOST]
        self._steps = {str(at): lesson.step.pathway for at, lesson in enumerate(lessons)}
        self._cases = {str(at): lesson.case.id for at, lesson in enumerate(lessons)}
        self._nothing.setVisible(not lessons)
        self.table.setVisible(bool(lessons))
        self.table.set_rows([_row(str(at), each, chosen) for at, each in enumerate(lessons)])

    @Slot(str, int)
    def _on_cell(self, key: str, column: int) -> None:
        if column == _ACTION:
            self._on_entered(key)
        elif case_id := self._cases.get(key):
            self.case_asked.emit(case_id)

    @Slot(str)
    def _on_entered(self, key: str) -> None:
        if code := self._steps.get(key):
            self.wanted.emit((code,))


def _meets(draft: "AssessmentDraft", pathway: str) -> Distress | None:
    """Return the gravest problem of ours for which a pathway is usual (domain §5a)."""
    own = [
        distress
        for distress in draft.distresses
        if distress.level is not SeverityLevel.NONE and pathway in distress.type.pathways
    ]
    return max(own, key=lambda distress: distress.severity, default=None)


def _row(key: str, lesson: _Lesson, chosen: Collection[str]) -> Row:
    texts, lang = texts_in_use(), language()
    meets = lesson.meets
    inside = lesson.step.pathway in chosen
    gap = t("borrowing.gap", name=meets.type.name.get(lang), points=meets.severity) if meets else ""
    return Row(
        key,
        (
            Cell(
                lesson.step.text.get(lang),
                detail=f"{short_name(lesson.case, texts)}　{lesson.step.pathway}",
            ),
            Cell(gap, tone="warn", pill=True) if gap else Cell("—", tone="text3"),
            Cell(
                t("borrowing.inside" if inside else "borrowing.take"),
                tone="success" if inside else "info",
                pill=True,
            ),
        ),
    )
