# SPDX-License-Identifier: MIT
"""What is done with a checklist: review, editions, handing over, filling in offline."""

from functools import cached_property
from typing import TYPE_CHECKING

from workbench.bootstrap.names import shipped_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.application.checklist.edition_forms import Document, EditionForms
    from workbench.application.checklist.editions import ChecklistEditions
    from workbench.application.checklist.form import ChecklistForms
    from workbench.application.checklist.handing_over import HandingOver
    from workbench.application.checklist.reviewing import Reviewing
    from workbench.bootstrap.services import Services
    from workbench.domain.checklist.template import Template
    from workbench.domain.findings import InputError


class ChecklistServices:
    """The checklist of one open project, beside ticking."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    @cached_property
    def reviewing(self) -> "Reviewing":
        """Return the review of checklist items and what is said of them."""
        from workbench.application.checklist.reviewing import Reviewing

        program = self._services.program

        def person() -> str:
            return program.settings.name_of_user()

        return Reviewing(
            self._services.unit_of_work,
            self._services.history,
            self._services.ticking,
            program.clock,
            person,
        )

    @cached_property
    def editions(self) -> "ChecklistEditions":
        """Return the editions of the checklist."""
        from workbench.application.checklist.editions import ChecklistEditions
        from workbench.files.content.checklist import checklist_text
        from workbench.files.content.loading import read_own_checklist

        def read(text: str, file: str) -> "Template":
            return read_own_checklist(text, file, self._services.content, shipped_names())

        return ChecklistEditions(
            self._services.unit_of_work,
            self._services.history,
            self._services.content.checklist,
            read,
            checklist_text,
        )

    @cached_property
    def edition_forms(self) -> "EditionForms":
        """Return writing an edition in a form."""
        from workbench.application.checklist.edition_forms import EditionForms
        from workbench.files.content.loading import checklist_complaints, own_checklist

        content = self._services.content

        def read(document: "Document", file: str) -> "Template":
            return own_checklist(document, file, content, shipped_names())

        def complaints(document: "Document", file: str) -> "Sequence[InputError]":
            return checklist_complaints(document, file, content, shipped_names())

        return EditionForms(self._services.unit_of_work, self.editions, read, complaints)

    @cached_property
    def handing_over(self) -> "HandingOver":
        """Return handing a checklist to a colleague, and taking it back."""
        from workbench.application.checklist.handing_over import HandingOver
        from workbench.files.handover_file import read_handover, write_handover

        return HandingOver(
            self._services.unit_of_work,
            self._services.history,
            self._services.ticking,
            self._services.own_files.guarding(write_handover),
            read_handover,
        )

    @cached_property
    def forms(self) -> "ChecklistForms":
        """Return the checklist as a sheet that is filled in offline."""
        from workbench.application.checklist.form import ChecklistForms
        from workbench.excel.reading.reader import ExcelReader
        from workbench.excel.writer import WorkbookWriter

        return ChecklistForms(
            self._services.unit_of_work,
            self._services.history,
            self._services.ticking,
            WorkbookWriter(self._services.own_files.refuse),
            ExcelReader(),
            self._services.program.texts,
            self._services.program.clock,
        )
