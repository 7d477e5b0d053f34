# SPDX-License-Identifier: MIT
"""What is done with the case library beside reading it: notes, packs, forms, nearest cases."""

from functools import cached_property
from typing import TYPE_CHECKING

from workbench.bootstrap.names import shipped_names

if TYPE_CHECKING:
    from workbench.application.assessment.nearest_cases import NearestCases
    from workbench.application.cases.forms import CaseForms
    from workbench.application.cases.notes import CaseNotes
    from workbench.application.cases.packs import CasePacks
    from workbench.application.cases.sheets import CaseSheets
    from workbench.bootstrap.services import Services
    from workbench.domain.cases.case import Case
    from workbench.domain.cases.form import Document, FormProblem


class CaseServices:
    """The case library of one open project, beside reading it."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    def _person(self) -> str:
        return self._services.program.settings.name_of_user()

    def _read_card(self, text: str, name: str) -> "Case":
        from workbench.files.content.loading import read_own_case

        return read_own_case(text, name, self._services.content, shipped_names())

    @cached_property
    def notes(self) -> "CaseNotes":
        """Return the notes and waivers beside cases."""
        from workbench.application.cases.notes import CaseNotes

        return CaseNotes(
            self._services.unit_of_work,
            self._services.history,
            self._services.cases,
            self._services.program.clock,
            self._person,
        )

    @cached_property
    def packs(self) -> "CasePacks":
        """Return the packs of cases."""
        from workbench.application.cases.packs import CasePacks

        return CasePacks(
            self._services.cases,
            lambda: self._services.content.cases.keys(),
            self._read_card,
            self._services.program.clock,
            self._person,
        )

    @cached_property
    def forms(self) -> "CaseForms":
        """Return own cases as forms."""
        from workbench.application.cases.forms import CaseForms, at_cells, placed_problem
        from workbench.files.case_document import document_card, document_problems

        def problems(document: "Document") -> "list[FormProblem]":
            content = self._services.content
            found = []
            for each in document_problems(document, content, shipped_names()):
                more = {k: str(v) for k, v in each.error.params.items()
                        if k not in ("file", "entry", "field")}  # fmt: skip
                code = each.error.code.removeprefix("content.error.")
                placed = placed_problem(each.section, each.row, each.key, code, **more)
                found.append(at_cells(placed, self.forms.sections()))
            return found

        return CaseForms(
            self._services.cases, self._services.editions.current, problems, document_card
        )

    @cached_property
    def sheets(self) -> "CaseSheets":
        """Return own cases from a workbook."""
        from workbench.application.cases.sheets import CaseSheets
        from workbench.excel.reading.reader import ExcelReader
        from workbench.excel.writer import WorkbookWriter

        return CaseSheets(
            self.forms,
            self._services.cases,
            self._services.editions.current,
            WorkbookWriter(self._services.own_files.refuse),
            ExcelReader(),
            self._services.program.texts,
            self._services.program.clock,
        )

    @cached_property
    def nearest(self) -> "NearestCases":
        """Return the nearest cases of many assets at once."""
        from workbench.application.assessment.nearest_cases import NearestCases

        return NearestCases(
            self._services.assessing, self._services.cases, self._services.match_weighing.weights
        )
