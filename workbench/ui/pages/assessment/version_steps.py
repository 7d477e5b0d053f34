# SPDX-License-Identifier: MIT
"""The steps of a saved assessment: review, final, verify, compare, new version."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from workbench.application.ports import Progress
from workbench.domain.findings import UserError
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import icons
from workbench.ui.pages.assessment.version_dialogs import (
    CompareDialog,
    DifferenceDialog,
    ObstacleDialog,
)
from workbench.ui.texts import t, texts_in_use
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.dialog import Confirmation, Dialog, Notice
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style

if TYPE_CHECKING:
    from workbench.application.versions.finalizing import Proof
    from workbench.application.versions.obstacles import Obstacle
    from workbench.domain.freezing.differences import Comparison

DRAFT, IN_REVIEW, FINAL = "草稿", "复核", "定稿"
_OFFERED = {
    DRAFT: ("review", "compare"),
    IN_REVIEW: ("final", "draft", "compare"),
    FINAL: ("verify", "compare", "version"),
}
_ICONS = {
    "review": "check", "final": "lock", "draft": "undo-2", "verify": "shield-check",
    "compare": "git-compare", "version": "file-plus-2",
}  # fmt: skip


class ReasonDialog(Dialog):
    """Asks why; ``given`` carries the reason, which is never blank."""

    given = Signal(str)

    def __init__(self, host: QWidget, title: str, text: str, act: str) -> None:
        super().__init__(host, title, width=460)
        self.body.addWidget(Label(text, "caption", wrap=True))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("versions.reason"))
        self.reason.setPlaceholderText(t("versions.reason"))
        self.body.addWidget(self.reason)
        self.add_cancel()
        self.add_button(act, "primary").clicked.connect(self._on_act)

    @Slot()
    def _on_act(self) -> None:
        words = self.reason.text().strip()
        set_style(self.reason, "state", "" if words else "error")
        if words:
            self.finish(lambda: self.given.emit(words))


class VersionSteps(QObject):
    """Offers what may follow and does it; ``moved`` carries the assessment as it is then."""

    moved = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def show_menu(self, record: Record, at: QWidget) -> QMenu:
        """Show what may follow the status of an assessment below a button."""
        menu = QMenu(at)
        for step in _OFFERED.get(record.text("status") or DRAFT, ()):
            action = QAction(icons.icon(_ICONS[step]), t(f"versions.step_{step}"), menu)
            action.triggered.connect(self._doing(step, record))
            menu.addAction(action)
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))
        return menu

    def _doing(self, step: str, record: Record) -> Callable[[], None]:
        return lambda: self.take(step, record)

    def take(self, step: str, record: Record) -> None:
        """Take one step of an assessment."""
        steps: dict[str, Callable[[Record], None]] = {
            "review": lambda r: self.move(r, IN_REVIEW),
            "final": self._ask_final,
            "draft": self._ask_back,
            "verify": self._verify,
            "compare": self._ask_other,
            "version": self._ask_version,
        }
        steps[step](record)

    def move(self, record: Record, status: str, reason: str = "") -> None:
        """Move an assessment to another status; what stands against it is listed."""
        if status == DRAFT and not reason:
            self._ask_back(record)
        elif status == FINAL and (record.text("status") or DRAFT) == DRAFT:
            self._context.shell.show_toast(t("versions.review_first"))
        elif status == FINAL:
            self._ask_final(record)
        else:
            try:
                self.moved.emit(self._context.services.finalizing.move(record, status, reason))
            except UserError as error:
                self._context.shell.show_error(error)

    def _move_asked(self, dialog: Dialog, record: Record, reason: str) -> None:
        try:
            self.moved.emit(self._context.services.finalizing.move(record, DRAFT, reason))
        except UserError as error:
            dialog.refuse(sentence(error))

    def _host(self) -> QWidget:
        return self._context.shell.dialog_host

    def _ask_back(self, record: Record) -> None:
        words = t("versions.back_text", name=record.label)
        dialog = ReasonDialog(self._host(), t("versions.step_draft"), words, t("versions.back"))
        KeptTyping(self._context, dialog, f"back:{record.key}")
        dialog.given.connect(lambda reason: self._move_asked(dialog, record, reason))
        dialog.open()

    def _ask_final(self, record: Record) -> None:
        """Look for obstacles off the window's thread, then ask, then freeze."""
        services = self._context.services

        def work(progress: Progress) -> "Sequence[Obstacle]":
            draft = services.finalizing.draft(record, progress)
            return services.finalizing.obstacles(record, draft, progress)

        task = self._context.run(t("versions.checking"), work)
        task.succeeded.connect(lambda found: self._on_obstacles(record, found))

    def _on_obstacles(self, record: Record, found: "Sequence[Obstacle]") -> None:
        if found:
            words = [
                (self._context.services.finalizing.obstacle_text(each, texts_in_use()), each)
                for each in found
            ]
            dialog = ObstacleDialog(self._host(), words)
            dialog.target_asked.connect(self._on_target)
            dialog.item_asked.connect(lambda item: self._on_item(record, item))
            dialog.open()
            return
        Confirmation(
            self._host(),
            t("versions.step_final"),
            t("versions.final_text", name=record.label),
            t("versions.final_now"),
            lambda: self._finalize(record),
        ).open()

    def _on_target(self, target: str) -> None:
        self._context.shell.go("ledger", target)

    def _on_item(self, record: Record, item: str) -> None:
        self._context.choose_assessment(record.key)
        self._context.shell.go("checklist", item)

    def _finalize(self, record: Record) -> None:
        services = self._context.services

        def work(progress: Progress) -> Record:
            return services.finalizing.move(record, FINAL, "", progress)

        task = self._context.run(t("versions.finalizing"), work)
        task.succeeded.connect(self._on_final)

    def _on_final(self, record: Record) -> None:
        digest = (record.text("digest") or "")[:12]
        self._context.shell.show_toast(t("versions.final_done", name=record.label, digest=digest))
        self.moved.emit(record)

    def _verify(self, record: Record) -> None:
        services = self._context.services

        def work(progress: Progress) -> "Proof":
            return services.finalizing.prove(record, progress)

        task = self._context.run(t("versions.verifying"), work)
        task.succeeded.connect(self._on_proof)

    def _on_proof(self, proof: "Proof") -> None:
        words = t("versions.proven")
        if not proof.whole:
            words = t("versions.broken", digest=proof.computed)
        elif not proof.proven:
            words = t("versions.deviates", count=len(proof.deviations), program=proof.program)
        digest = t("versions.digest", digest=proof.digest)
        Notice(self._host(), t("versions.step_verify"), f"{words}\n\n{digest}").open()

    def _ask_other(self, record: Record) -> None:
        known = self._context.services.assessments.of_park(record.text("park"))
        others = [other for other in known if other.key != record.key]
        if not others:
            self._context.shell.show_toast(t("versions.nothing_to_compare"))
            return
        dialog = CompareDialog(self._host(), record, others)
        dialog.chosen.connect(lambda key: self._compare(record, key))
        dialog.open()

    def _compare(self, record: Record, key: str) -> None:
        services = self._context.services
        other = services.querying.record("assessment", key)
        if other is None:
            return
        old, new = sorted((record, other), key=lambda r: (r.number("edition") or 0, r.position))

        def work(progress: Progress) -> "Comparison":
            return services.finalizing.compare(old, new, progress)

        def done(found: "Comparison") -> None:
            DifferenceDialog(self._host(), old, new, found, services.content).open()

        task = self._context.run(t("versions.comparing"), work)
        task.succeeded.connect(done)

    def _ask_version(self, record: Record) -> None:
        words = t("versions.version_text", name=record.label)
        act = t("versions.begin")
        dialog = ReasonDialog(self._host(), t("versions.step_version"), words, act)
        KeptTyping(self._context, dialog, f"version:{record.key}")
        dialog.given.connect(lambda reason: self._begin(dialog, record, reason))
        dialog.open()

    def _begin(self, dialog: Dialog, record: Record, reason: str) -> None:
        try:
            begun = self._context.services.finalizing.new_version(record, reason)
        except UserError as error:
            dialog.refuse(sentence(error))
            return
        self._context.choose_assessment(begun.key)
        self._context.shell.show_toast(t("versions.begun", name=begun.label))
        self.moved.emit(begun)


def status_words(record: Record | None) -> tuple[str, str]:
    """Return the status of an assessment as a word and as a tone."""
    status = (record.text("status") if record else None) or DRAFT
    tones: dict[str, str] = {DRAFT: "", IN_REVIEW: "info", FINAL: "success"}
    return t(f"versions.status_{_KEYS[status]}"), tones[status]


_KEYS: dict[str, Any] = {DRAFT: "draft", IN_REVIEW: "review", FINAL: "final"}
