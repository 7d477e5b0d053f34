# SPDX-License-Identifier: MIT
"""All use cases on one open project, each made when it is first asked for."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.bootstrap.names import shipped_names
from workbench.bootstrap.open_project import OpenProject
from workbench.files import disk

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from workbench.application.assessment.answering import Answering
    from workbench.application.assessment.assessing import AssessingService
    from workbench.application.assessment.assessments import Assessments
    from workbench.application.assessment.content_editions import ContentEditions
    from workbench.application.assessment.deciding import Deciding
    from workbench.application.assessment.match_weighing import MatchWeighing
    from workbench.application.cases.library import CaseLibrary
    from workbench.application.checklist.ticking import Ticking
    from workbench.application.imports.checks import ImportChecks
    from workbench.application.imports.importing import Importing
    from workbench.application.imports.originals import Originals
    from workbench.application.ledger.bulk_editing import BulkEditing
    from workbench.application.ledger.editing import Editing
    from workbench.application.ledger.encumbrances import Encumbrances
    from workbench.application.ledger.merging import Merging
    from workbench.application.ledger.own_fields import OwnFields
    from workbench.application.ledger.querying import Querying
    from workbench.application.ledger.row_inserting import RowInserting
    from workbench.application.ledger.saved_views import SavedViews
    from workbench.application.ledger.splitting import Splitting
    from workbench.application.money.scenarios import Scenarios
    from workbench.application.project.evidence_package import EvidencePackage
    from workbench.application.project.evidencing import Evidencing
    from workbench.application.project.exporting import Exporting
    from workbench.application.project.own_files import OwnFiles
    from workbench.application.project.redaction_scope import RedactionScope
    from workbench.application.search.searching import Searching
    from workbench.application.versions.finalizing import Finalizing
    from workbench.bootstrap.case_services import CaseServices
    from workbench.bootstrap.checklist_services import ChecklistServices
    from workbench.bootstrap.keeping_services import KeepingServices
    from workbench.bootstrap.report_services import ReportServices
    from workbench.domain.cases.case import Case
    from workbench.domain.conditions import Lookup
    from workbench.domain.content import Content
    from workbench.domain.fields import Catalogue
    from workbench.domain.figures.scope import Scope
    from workbench.domain.records.ledger import Record


class Services(OpenProject):
    """All use cases on one open project."""

    @property
    def content(self) -> "Content":
        """Return cases, pathways, parameters, rules and checklist, with the project's own ones."""
        return self.editions.current()

    def shipped_content(self) -> "Content":
        """Return the content without the project's own editions."""
        return self.program.content

    @cached_property
    def editions(self) -> "ContentEditions":
        """Return the project's own editions of rules, parameters and standards."""
        from workbench.application.assessment.content_editions import ContentEditions
        from workbench.files.content.editing import EntryEditor
        from workbench.files.content.loading import EDITABLE, content_of

        shipped = self.shipped_content()

        def read(bodies: Mapping[str, str]) -> "Content":
            return content_of({**shipped.texts, **bodies}, shipped_names())

        return ContentEditions(
            self.unit_of_work, self.history, shipped, read, EDITABLE, EntryEditor()
        )

    @cached_property
    def row_inserting(self) -> "RowInserting":
        """Return inserting of blank rows."""
        from workbench.application.ledger.row_inserting import RowInserting

        return RowInserting(self.history)

    @cached_property
    def saved_views(self) -> "SavedViews":
        """Return the team's own views of the ledger tables."""
        from workbench.application.ledger.saved_views import SavedViews

        return SavedViews(self.unit_of_work, self.history)

    @cached_property
    def own_fields(self) -> "OwnFields":
        """Return the team's own fields, and the catalogue that has them."""
        from workbench.application.ledger.own_fields import OwnFields

        return OwnFields(self.unit_of_work, self.history)

    @property
    def catalogue(self) -> "Catalogue":
        """Return every ledger field of this project, its own ones too."""
        return self.own_fields.catalogue()

    @cached_property
    def querying(self) -> "Querying":
        """Return the read models."""
        from workbench.application.ledger.querying import Querying

        return Querying(self.unit_of_work, self.history, self.own_fields.catalogue)

    @cached_property
    def editing(self) -> "Editing":
        """Return editing of records."""
        from workbench.application.ledger.editing import Editing

        return Editing(self.unit_of_work, self.history, self.own_fields.catalogue)

    @cached_property
    def importing(self) -> "Importing":
        """Return the import of ledgers."""
        from workbench.application.imports.importing import Importing
        from workbench.excel.reading.reader import ExcelReader

        own = self.own_fields.catalogue
        return Importing(self.unit_of_work, self.history, ExcelReader(), own)

    @cached_property
    def import_checks(self) -> "ImportChecks":
        """Return the cross-checks of rows that are not stored yet."""
        from workbench.application.imports.checks import ImportChecks

        def parameters(day: "date") -> "Mapping[str, Decimal]":
            return self.content.parameters.numbers(as_of=day)

        return ImportChecks(self.querying.ledger, parameters)

    @cached_property
    def assessing(self) -> "AssessingService":
        """Return indicators, diagnosis and matching."""
        from workbench.application.assessment.assessing import AssessingService, MatchingSetting

        own = self.own_fields.catalogue
        return AssessingService(
            self.unit_of_work,
            self.editions.current,
            self.program.clock,
            own,
            self.editions.findings,
            MatchingSetting(self.cases, self.match_weighing.weights),
        )

    @cached_property
    def assessments(self) -> "Assessments":
        """Return the named assessments."""
        from workbench.application.assessment.assessments import Assessments

        return Assessments(
            self.unit_of_work,
            self.history,
            self.editions.current,
            lambda: self.checklists.editions.current(),
        )

    @cached_property
    def deciding(self) -> "Deciding":
        """Return weights, scores and choices about the ranking of pathways."""
        from workbench.application.assessment.deciding import Deciding

        return Deciding(
            self.unit_of_work,
            self.history,
            self.editions.current,
            lambda: self.program.settings.name_of_user(),
        )

    @cached_property
    def answering(self) -> "Answering":
        """Return the answers to what preconditions ask beside the ledger."""
        from workbench.application.assessment.answering import Answering

        return Answering(self.unit_of_work, self.editing)

    @cached_property
    def cases(self) -> "CaseLibrary":
        """Return the case library."""
        from workbench.application.cases.library import CaseLibrary
        from workbench.files.case_card import case_card

        return CaseLibrary(
            self.unit_of_work, self.history, self.editions.current, self._read_card, case_card
        )

    def _read_card(self, text: str, name: str) -> "Case":
        from workbench.files.content.loading import read_own_case

        return read_own_case(text, name, self.content, shipped_names())

    @cached_property
    def case_work(self) -> "CaseServices":
        """Return what is done with the case library beside reading it."""
        from workbench.bootstrap.case_services import CaseServices

        return CaseServices(self)

    @cached_property
    def match_weighing(self) -> "MatchWeighing":
        """Return the weights by which cases are compared."""
        from workbench.application.assessment.match_weighing import MatchWeighing

        return MatchWeighing(
            self.unit_of_work,
            self.history,
            self.editions.current,
            lambda: self.program.settings.name_of_user(),
        )

    @cached_property
    def splitting(self) -> "Splitting":
        """Return splitting and joining parcels."""
        from workbench.application.ledger.splitting import Splitting

        return Splitting(
            self.unit_of_work, self.history, self.querying, self.assessing, self.content
        )

    @cached_property
    def encumbrances(self) -> "Encumbrances":
        """Return what burdens the assets, by date and by what it blocks."""
        from workbench.application.ledger.encumbrances import Encumbrances

        return Encumbrances(self.querying, self.assessing, self.content, self.program.clock)

    @cached_property
    def merging(self) -> "Merging":
        """Return finding and merging duplicates."""
        from workbench.application.ledger.merging import Merging

        return Merging(self.unit_of_work, self.history, self.querying)

    @cached_property
    def bulk_editing(self) -> "BulkEditing":
        """Return editing many records at once."""
        from workbench.application.ledger.bulk_editing import BulkEditing

        return BulkEditing(self.editing, self.querying, self.assessing)

    @cached_property
    def evidencing(self) -> "Evidencing":
        """Return the files that prove records, fields and checklist items."""
        from workbench.application.project.evidencing import Evidencing

        return Evidencing(self.unit_of_work, self.history, disk.DiskFile, disk.write_pieces)

    @cached_property
    def own_files(self) -> "OwnFiles":
        """Return what keeps imported ledgers and evidence from being written over."""
        from workbench.application.project.own_files import OwnFiles

        return OwnFiles(self.unit_of_work, disk.digest_of)

    @cached_property
    def originals(self) -> "Originals":
        """Return the imported files as they came."""
        from workbench.application.imports.originals import Originals

        return Originals(self.unit_of_work, disk.write_pieces)

    @cached_property
    def searching(self) -> "Searching":
        """Return the search over everything in the project."""
        from workbench.application.search.searching import Searching

        return Searching(
            self.querying,
            self.history,
            self.editions.current,
            self.cases.all,
            lambda: self.case_work.notes.by_case(),
            self.own_fields.catalogue,
        )

    @cached_property
    def ticking(self) -> "Ticking":
        """Return the checklist."""
        from workbench.application.checklist.ticking import Ticking

        return Ticking(self.unit_of_work, self.history, self.evidencing, self.ledger_facts)

    @cached_property
    def scenarios(self) -> "Scenarios":
        """Return the financial scenarios."""
        from workbench.application.money.scenarios import Scenarios

        def scope_of(park: str, assets: Collection[str], as_of: "date") -> "Scope":
            return self.assessing.scope(park, assets, as_of, self.querying.ledger())

        def region_of(park: str) -> str:
            record = self.querying.ledger().find("park", park)
            return self.assessing.region(record) if record else ""

        return Scenarios(
            self.unit_of_work, self.history, self.editions.current, scope_of, region_of
        )

    @cached_property
    def checklists(self) -> "ChecklistServices":
        """Return what is done with a checklist beside ticking."""
        from workbench.bootstrap.checklist_services import ChecklistServices

        return ChecklistServices(self)

    @cached_property
    def keeping(self) -> "KeepingServices":
        """Return what is done with the project as a whole: other copies, kept files."""
        from workbench.bootstrap.keeping_services import KeepingServices

        return KeepingServices(self)

    @cached_property
    def reports(self) -> "ReportServices":
        """Return the reports that are not about one assessment: many parks, differences."""
        from workbench.bootstrap.report_services import ReportServices

        return ReportServices(self)

    def ledger_facts(self, assessment: "Record") -> "Lookup":
        """Return what the ledger says on the assets of an assessment, by names of conditions."""
        from workbench.domain.facts.lookup import Facts

        ledger, park = self.querying.ledger(), assessment.text("park") or ""
        if ledger.find("park", park) is None:
            return lambda _name: None
        assets = assessment.get("assets")
        keys = [
            key
            for key in (assets if isinstance(assets, tuple) else ())
            if any(ledger.find(kind, key) for kind in ("parcel", "building", "facility"))
        ]
        scope = self.assessing.scope(park, keys, assessment.day("as_of"), ledger)
        return Facts(scope, {}).lookup

    @cached_property
    def exporting(self) -> "Exporting":
        """Return the report and the ledger workbook."""
        from workbench.application.project.exporting import Exporting
        from workbench.excel.writer import WorkbookWriter

        return Exporting(self, WorkbookWriter(self.own_files.refuse), self.program.clock)

    @cached_property
    def evidence_package(self) -> "EvidencePackage":
        """Return what packs the evidence behind a report."""
        from workbench.application.project.evidence_package import EvidencePackage
        from workbench.files.package_secrecy import names_left
        from workbench.files.packages import write_package

        return EvidencePackage(self, self.own_files.guarding(write_package), names_left)

    @cached_property
    def redaction(self) -> "RedactionScope":
        """Return what a person adds to a redaction: further names, files without names."""
        from workbench.application.project.redaction_scope import RedactionScope

        return RedactionScope(self.unit_of_work, self.history, self.evidencing)

    @cached_property
    def finalizing(self) -> "Finalizing":
        """Return the way of an assessment to its final form, and the proof of it."""
        from workbench.application.versions.finalizing import Finalizing
        from workbench.bootstrap.frozen import FrozenServices

        return Finalizing(
            self,
            self.unit_of_work,
            self.program.clock,
            lambda: self.program.settings.name_of_user(),
            self.program.texts,
            lambda snapshot: FrozenServices(self, self._engine, snapshot),
        )
