# SPDX-License-Identifier: MIT
"""What another copy of the project says differently, taken row by row; conflicts stand first."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.application.project.copies_look import Comparison, Conflicting
from workbench.application.project.copies_words import CopyWords
from workbench.domain.reconciling.copies import Cell as Place
from workbench.domain.reconciling.differences import Difference
from workbench.domain.records.changes import CellState, ChangeKind
from workbench.ui.pages.checklist.choice import Choice, ChoiceTable
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column

_TOGETHER = 50
"""More new records of one kind than this are taken or left as one row."""


class CopiesDialog(Dialog):
    """``take_asked`` carries the (entity, key, field) of everything that is taken.

    What only the other copy has is taken unless it is left; a conflict is left unless it is taken.
    """

    take_asked = Signal(object)

    def __init__(self, host: QWidget, found: Comparison, words: CopyWords) -> None:
        super().__init__(host, t("copies.title", name=found.other), width=1040, height=640)
        self._words = words
        self._rows: dict[str, tuple[Place, ...]] = {}
        columns = [
            Column(t("copies.head.record"), share=3),
            Column(t("copies.head.field"), 132),
            Column(t("copies.head.ours"), share=3),
            Column(t("copies.head.theirs"), share=4),
        ]
        words_of_choice = t("copies.take"), t("copies.keep")
        self.table = ChoiceTable(t("copies.differences"), columns, words_of_choice)
        every, none = Button(t("copies.take_all"), "link"), Button(t("copies.leave_all"), "link")
        every.clicked.connect(self._on_all)
        none.clicked.connect(self._on_none)
        row = QHBoxLayout()
        row.addWidget(Label(_head(found), "caption", wrap=True), 1)
        row.addWidget(every)
        row.addWidget(none)
        self.body.addLayout(row)
        for name in found.finals:
            self.body.addWidget(Label(t("copies.say.final", name=name), "caption", tone="warn"))
        self.body.addWidget(self.table, 1)
        self.add_cancel()
        self.apply = self.add_button("", "primary")
        self.apply.clicked.connect(self._on_apply)
        self.table.choice_changed.connect(self._on_changed)
        self._show(found)

    def _show(self, found: Comparison) -> None:
        conflicts = {each.difference.cell for each in found.conflicts}
        choices = [self._conflict(each) for each in found.conflicts]
        plain = [each for each in found.differences if each.cell not in conflicts]
        large = _large(plain)
        offered: set[str] = set()
        for entity, some in large.items():
            choice = self._group(entity, some)
            choices.append(choice)
            offered.add(choice.key)
        for each in plain:
            if each.kind is ChangeKind.CREATED and each.record.entity in large:
                continue
            choice = self._plain(each)
            choices.append(choice)
            offered.add(choice.key)
        self.table.set_choices(choices, offered)

    def _keep(self, key: str, cells: tuple[Place, ...]) -> str:
        self._rows[key] = cells
        return key

    def _conflict(self, found: Conflicting) -> Choice:
        each, words = found.difference, self._words
        why = words.why(each)
        if each.field:
            base = words.value(each, CellState(found.base))
            why = t("copies.why_base", why=why, base=base)
        if each.fields:
            ours, theirs = words.summary(each, each.here), words.summary(each, each.record)
        else:
            ours = words.value(each, each.ours) if each.field else t(_here(each))
            theirs = words.value(each, each.theirs) if each.field else t(_there(each))
        key = self._keep("\t".join(each.cell), (each.cell,))
        return Choice(
            key,
            (
                Cell(words.record(each), why, "warn"),
                Cell(words.field(each)),
                Cell(ours, words.stamp(each.ours_by)),
                Cell(theirs, words.stamp(each.theirs_by), strong=True),
            ),
            offered=each.takeable,
        )

    def _plain(self, each: Difference) -> Choice:
        words = self._words
        ours = words.value(each, each.ours) if each.field else "—"
        theirs = words.value(each, each.theirs) if each.field else words.field(each)
        key = self._keep("\t".join(each.cell), (each.cell,))
        return Choice(
            key,
            (
                Cell(words.record(each)),
                Cell(words.field(each)),
                Cell(ours, tone="text2"),
                Cell(theirs, words.stamp(each.theirs_by)),
            ),
        )

    def _group(self, entity: str, some: Sequence[Difference]) -> Choice:
        words = self._words
        key = self._keep(f"group\t{entity}", tuple(each.cell for each in some))
        first = words.label(some[0].record)
        kind = words.kind(some[0])
        return Choice(
            key,
            (
                Cell(t("copies.group", kind=kind, count=len(some)), t("copies.first", name=first)),
                Cell(words.field(some[0])),
                Cell("—", tone="text2"),
                Cell(words.field(some[0]), words.stamp(some[-1].theirs_by)),
            ),
        )

    @Slot()
    def _on_changed(self) -> None:
        self.apply.set_text(t("copies.merge_n", n=len(self.cells())))

    @Slot()
    def _on_all(self) -> None:
        self.table.take_all(True)

    @Slot()
    def _on_none(self) -> None:
        self.table.take_all(False)

    @Slot()
    def _on_apply(self) -> None:
        self.apply.setEnabled(False)
        self.take_asked.emit(self.cells())

    def cells(self) -> frozenset[Place]:
        """Return what is taken."""
        return frozenset(cell for key in self.table.taken() for cell in self._rows[key])


def _large(plain: Collection[Difference]) -> Mapping[str, list[Difference]]:
    """Return the new records of the kinds that have too many to be shown one by one."""
    found: dict[str, list[Difference]] = {}
    for each in plain:
        if each.kind is ChangeKind.CREATED:
            found.setdefault(each.record.entity, []).append(each)
    return {entity: some for entity, some in found.items() if len(some) > _TOGETHER}


def _head(found: Comparison) -> str:
    lines = [t("copies.say.contributor", who=who) for who in found.contributors]
    lines.append(t("copies.found", n=len(found.differences), conflicts=len(found.conflicts)))
    return "\n".join(lines)


def _here(each: Difference) -> str:
    return "copies.side.deleted" if each.kind is ChangeKind.CREATED else "copies.side.kept"


def _there(each: Difference) -> str:
    return "copies.side.deleted" if each.kind is ChangeKind.DELETED else "copies.side.changed"
