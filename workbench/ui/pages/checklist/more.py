# SPDX-License-Identifier: MIT
"""The menu 更多 of the checklist: forms filled in offline, packages for a colleague, editions."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from workbench.application.checklist.form import FilledForm
from workbench.application.checklist.handing_over import NewPackage, Returned
from workbench.application.ports import Progress
from workbench.domain.checklist.handover import Handover
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.file_dialogs import choose_file, choose_target
from workbench.ui.pages.checklist.differences import DifferencesDialog
from workbench.ui.pages.checklist.editions import EditionsDialog
from workbench.ui.pages.checklist.package import PackageDialog
from workbench.ui.pages.checklist.plan import PlanDialog
from workbench.ui.texts import language, t
from workbench.ui.widgets.buttons import Button

EXCEL = "Excel (*.xlsx)"
PACKAGE_SUFFIX = ".handover"


class MoreMenu(QObject):
    """Files are read and written on the worker thread; nothing is taken before it was seen.

    ``item_asked`` wants an item of the plan to be shown.
    """

    item_asked = Signal(str)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._assessment: Record | None = None
        self.button = Button(t("checklist_more.more"), icon="ellipsis")
        self.button.clicked.connect(self._on_more)

    def work_on(self, assessment: Record | None) -> None:
        """Work on this assessment from now on."""
        self._assessment = assessment

    def menu(self) -> QMenu:
        """Return the menu; what needs an assessment is not offered without one."""
        menu = QMenu(self.button)
        for name, act, needs in (
            ("plan", self.plan, True),
            ("", None, False),
            ("export_form", self.export_form, True),
            ("import_form", self.import_form, True),
            ("", None, False),
            ("hand_over", self.hand_over, True),
            ("take_package", self.take_package, False),
            ("", None, False),
            ("editions", self.editions, False),
        ):
            if act is None:
                menu.addSeparator()
                continue
            action = menu.addAction(t(f"checklist_more.{name}"))
            action.triggered.connect(act)
            action.setEnabled(self._assessment is not None or not needs)
        return menu

    @Slot()
    def plan(self) -> None:
        """Show the due dates over time."""
        if self._assessment is not None:
            sheet = self._context.services.ticking.sheet(self._assessment)
            today = self._context.program.today()
            dialog = PlanDialog(self._context.shell.dialog_host, sheet, today)
            dialog.item_asked.connect(self.item_asked)
            dialog.open()

    @Slot()
    def export_form(self) -> None:
        """Write the sheet that is filled in offline."""
        path, assessment = self._target("export_form", ".xlsx", EXCEL), self._assessment
        if not path or assessment is None:
            return
        forms, texts = (
            self._context.services.checklists.forms,
            self._context.program.texts(language()),
        )

        def work(_progress: Progress) -> int:
            return forms.write(assessment, path, texts)

        task = self._context.run(t("checklist_more.writing"), work)
        task.succeeded.connect(partial(self._on_written, path))

    def _on_written(self, path: str, count: int) -> None:
        said = t("checklist_work.form_written", path=path, count=count)
        self._context.shell.show_toast(said)

    @Slot()
    def import_form(self) -> None:
        """Read a filled-in sheet and show what it says differently."""
        path = choose_file(self.button, t("checklist_more.import_form"), EXCEL)
        assessment = self._assessment
        if not path or assessment is None:
            return
        forms = self._context.services.checklists.forms

        def work(_progress: Progress) -> FilledForm:
            return forms.look(assessment, path)

        task = self._context.run(t("checklist_more.reading"), work)
        task.succeeded.connect(partial(self._on_form, assessment))

    def _on_form(self, assessment: Record, form: FilledForm) -> None:
        dialog = DifferencesDialog(self._context.shell.dialog_host, t("checklist_more.form_title"))
        problems = [t(f"checklist_form.{p.code}", row=p.row, text=p.text) for p in form.problems]
        dialog.set_differences(form.differences, form.refused, problems=problems)

        def take(chosen: frozenset[tuple[str, str]], _files: object, _comments: bool) -> None:
            forms = self._context.services.checklists.forms
            task = self._context.run(
                t("checklist_more.taking"), lambda _progress: forms.take(assessment, form, chosen)
            )
            task.succeeded.connect(partial(self._on_taken, dialog))

        dialog.take_asked.connect(take)
        dialog.open()

    def _on_taken(self, dialog: DifferencesDialog, count: int) -> None:
        dialog.close_dialog()
        self._context.shell.show_toast(t("checklist_work.taken", count=count))

    @Slot()
    def hand_over(self) -> None:
        """Write a package with items, evidence and comments."""
        kind = f"{t('checklist_more.package')} (*{PACKAGE_SUFFIX})"
        path, assessment = self._target("hand_over", PACKAGE_SUFFIX, kind), self._assessment
        if not path or assessment is None:
            return
        handing = self._context.services.checklists.handing_over

        def work(_progress: Progress) -> Handover:
            return handing.hand_over(assessment, path)

        task = self._context.run(t("checklist_more.writing"), work)
        task.succeeded.connect(partial(self._on_handed_over, path))

    def _on_handed_over(self, path: str, package: Handover) -> None:
        counts = {
            "items": len(package.states),
            "files": len(package.files),
            "comments": len(package.comments),
        }
        self._context.shell.show_toast(t("checklist_work.handed_over", path=path, **counts))

    @Slot()
    def take_package(self) -> None:
        """Read a package: show its differences, or begin work on it when it is new here."""
        kind = f"{t('checklist_more.package')} (*{PACKAGE_SUFFIX})"
        path = choose_file(self.button, t("checklist_more.take_package"), kind)
        if not path:
            return
        handing = self._context.services.checklists.handing_over

        def work(_progress: Progress) -> Returned | NewPackage:
            seen = handing.look(path)
            return handing.preview(path) if seen is None else seen

        task = self._context.run(t("checklist_more.reading"), work)
        task.succeeded.connect(partial(self._on_package, path))

    def _on_package(self, path: str, seen: Returned | NewPackage) -> None:
        if isinstance(seen, NewPackage):
            preview = PackageDialog(self._context.shell.dialog_host, seen)
            preview.agreed.connect(partial(self._open_package, path))
            preview.open()
            return
        title = t("checklist_more.package_title", name=seen.assessment.label)
        dialog = DifferencesDialog(self._context.shell.dialog_host, title)
        dialog.set_differences(
            seen.differences, seen.refused, files=seen.files, comments=len(seen.comments)
        )

        def take(chosen: frozenset[tuple[str, str]], files: frozenset[str], comments: bool) -> None:
            handing = self._context.services.checklists.handing_over
            task = self._context.run(
                t("checklist_more.taking"),
                lambda _progress: handing.take(path, chosen, files, comments=comments),
            )
            task.succeeded.connect(partial(self._on_taken, dialog))

        dialog.take_asked.connect(take)
        dialog.open()

    def _open_package(self, path: str) -> None:
        """Begin work on a package that was seen."""
        handing = self._context.services.checklists.handing_over
        task = self._context.run(t("checklist_more.taking"), lambda _progress: handing.open(path))
        task.succeeded.connect(self._on_opened)

    @Slot(object)
    def _on_opened(self, assessment: Record) -> None:
        if park := assessment.text("park"):
            self._context.choose_park(park)
        self._context.choose_assessment(assessment.key)
        said = t("checklist_work.package_opened", name=assessment.label)
        self._context.shell.show_toast(said, t("ui.undo"), self._undo)

    def _undo(self) -> None:
        self._context.rewinding.undo()

    @Slot()
    def editions(self) -> None:
        """Show the editions of the checklist."""
        EditionsDialog(self._context, self._assessment).open()

    def _target(self, name: str, suffix: str, kind: str) -> str:
        """Ask where a file is written; the suffix is added when it is missing."""
        label = self._assessment.label if self._assessment else ""
        title = t(f"checklist_more.{name}")
        path = choose_target(self.button, title, f"{label}{suffix}", kind)
        return f"{path}{suffix}" if path and not Path(path).suffix else path

    @Slot()
    def _on_more(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
