# SPDX-License-Identifier: MIT
"""Exports: the assessment report, and the whole ledger as a workbook that import takes back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from workbench.application.assessment.assessing import AssessmentDraft
from workbench.application.assessment.assessing_named import assess
from workbench.application.assessment.explaining import feature_words, match_sentences
from workbench.application.collection import unsearched
from workbench.application.finding_words import finding_text
from workbench.application.money.report import calculated
from workbench.application.ports import Clock, Progress, Silent, Texts
from workbench.application.project.coded_words import (
    CodedWords,
    scenario_codes,
    vocabulary,
    without_free_names,
)
from workbench.application.project.report_evidence import Beside, evidence_files
from workbench.application.project.report_facts import (
    checklist_of,
    edition_of,
    edits_of,
    file_name,
    imported_of,
    number_of,
    seal_of,
    steps_of,
)
from workbench.application.project.sampling import SAMPLE_SETTING
from workbench.application.report_ports import WorkbookDoor
from workbench.application.store_ports import NewUnitOfWork
from workbench.application.versions.final_guard import FINAL
from workbench.application.versions.final_words import FinalWords
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.content import Content
from workbench.domain.fields import Catalogue
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import Finding, RefusedError
from workbench.domain.indicators.indicator import by_indicator
from workbench.domain.indicators.registry import evaluate_all
from workbench.domain.matching.similarity import CaseMatch, Feature
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.ledger_proof import LedgerExport
from workbench.domain.report.model import Report
from workbench.domain.report.printed import PrintedBook
from workbench.domain.report.proof import Checked, record_counts
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.redaction.naming import codes_of
from workbench.domain.report.redaction.redacting import redacted
from workbench.domain.report.sections import DRAFT, EvidenceFile, Material, Seal, build
from workbench.domain.report.sections.portfolio.parks import ParkMaterial
from workbench.domain.report.times import CHINA_TIME

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessingService
    from workbench.application.assessment.deciding import Deciding
    from workbench.application.cases.library import CaseLibrary
    from workbench.application.checklist.ticking import Ticking
    from workbench.application.imports.commit import Decisions
    from workbench.application.imports.preview import Preview
    from workbench.application.ledger.querying import Querying
    from workbench.application.money.scenarios import Scenarios
    from workbench.application.project.evidencing import Evidencing
    from workbench.application.project.redaction_scope import RedactionScope
    from workbench.application.versions.finalizing import Finalizing

ORGANISATION_SETTING = "organisation"
TEMPLATE_SETTING = "report_template"
_STEPS = 3
_NAMING = tuple(entity.key for entity in CATALOGUE if not entity.ledger)
"""The program's own records: most name whoever wrote them."""


class ProjectServices(Protocol):
    """What a report is gathered from."""

    @property
    def content(self) -> Content: ...  # noqa: D102
    @property
    def querying(self) -> "Querying": ...  # noqa: D102
    @property
    def assessing(self) -> "AssessingService": ...  # noqa: D102
    @property
    def ticking(self) -> "Ticking": ...  # noqa: D102
    @property
    def cases(self) -> "CaseLibrary": ...  # noqa: D102
    @property
    def deciding(self) -> "Deciding": ...  # noqa: D102
    @property
    def evidencing(self) -> "Evidencing": ...  # noqa: D102
    @property
    def scenarios(self) -> "Scenarios": ...  # noqa: D102


class OpenProject(ProjectServices, Protocol):
    """The open project, which can also show what was frozen."""

    @property
    def redaction(self) -> "RedactionScope": ...  # noqa: D102
    @property
    def finalizing(self) -> "Finalizing": ...  # noqa: D102
    @property
    def unit_of_work(self) -> NewUnitOfWork: ...  # noqa: D102
    @property
    def catalogue(self) -> Catalogue: ...  # noqa: D102


Hidden = tuple[Report, Codes]
"""A report without names, and what stands for each."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A report as it was built, and what it was built from."""

    report: Report
    findings: tuple[Finding, ...]
    whole: Scope
    services: ProjectServices
    evidence: Sequence[EvidenceFile]


@dataclass(frozen=True, slots=True)
class ExportResult:
    """Where a report was written, what the ledger checks found, and what is still open."""

    path: str
    report: Report
    findings: tuple[Finding, ...]
    open_items: tuple[str, ...]
    checked: Checked
    beside: Beside
    """What its evidence package needs to know of it."""


class Exporting:
    """Builds reports and writes workbooks."""

    def __init__(self, services: OpenProject, writer: WorkbookDoor, clock: Clock) -> None:
        self._services = services
        self._writer = writer
        self._clock = clock

    def suggested_name(
        self, park_key: str, as_of: date, assessment: Record | None = None,
        assets: Collection[str] = (),
    ) -> str:  # fmt: skip
        """Return 园区名_盘活评估报告_基准日_v版本.xlsx; single assets are named behind the park."""
        return file_name(self._services.querying.ledger(), park_key, assessment, as_of, assets)

    def build(
        self,
        park_key: str,
        as_of: date,
        texts: Texts,
        *,
        assessment: Record | None = None,
        progress: Progress | None = None,
        redact: bool = False,
        assets: Collection[str] = (),
        with_package: bool = False,
    ) -> Report:
        """Return the content of a report; with an assessment, on its assets and its checklist."""
        watched = progress or Silent()
        found = self._gather(park_key, as_of, texts, assessment, watched, assets, redact)
        if not redact:
            return found.report
        return self._hidden(found, texts, with_package=with_package)[0]

    def printed(
        self, report: Report, texts: Texts, progress: Progress | None = None, template: str = ""
    ) -> PrintedBook:
        """Return a report as its workbook prints; InputError when a template is spoiled."""
        return self._writer.printed(report, texts, progress or Silent(), template)

    @unsearched()
    def export(
        self,
        target: str,
        park_key: str,
        as_of: date,
        texts: Texts,
        *,
        assessment: Record | None = None,
        progress: Progress | None = None,
        redact: bool = False,
        template: str = "",
        assets: Collection[str] = (),
        with_package: bool = False,
    ) -> ExportResult:
        """Write the report; OutputError when the place cannot be written, with nothing changed.

        ``redact`` lets codes stand for the names of firms and people; ``assets`` are the keys of
        what is assessed where no assessment says it; a redacted report ``with_package`` says what
        its evidence package leaves out.
        """
        watched = progress or Silent()
        of = (park_key, as_of, texts, assessment, watched, assets, redact)
        found = self._gather(*of, thorough=True)
        report, codes = found.report, None
        if redact:
            report, codes = self._hidden(found, texts, with_package=with_package)
        counts = record_counts(found.whole, texts.language)
        checked = self._writer.write(report, target, texts, watched, counts, template, codes)
        beside = Beside(found.evidence, codes)
        return ExportResult(target, report, found.findings, report.open_items, checked, beside)

    def of_park(self, park_key: str, as_of: date, texts: Texts) -> ParkMaterial:
        """Return what a report of many parks says of one of them, as the ledger stands."""
        draft = assess(self._services, park_key, as_of)
        material = self._material(self._services, draft, texts, None, None)
        return ParkMaterial(material, draft.inputs_digest)

    def export_base(self, target: str, texts: Texts) -> None:
        """Write the report's own look as a workbook to edit and to choose as its template."""
        self._writer.write_base(target, texts, self._clock.now())

    @property
    def template(self) -> str:
        """Return the template that was chosen for this project, "" for the built-in look."""
        return self._services.querying.setting(TEMPLATE_SETTING) or ""

    def keep_template(self, path: str) -> None:
        """Remember with the project which template its reports are written with."""
        with self._services.unit_of_work(writing=True) as work:
            work.set_setting(TEMPLATE_SETTING, path)
            work.commit()

    def template_says(
        self, template: str, texts: Texts, progress: Progress | None = None
    ) -> Sequence[str]:
        """Return what a report takes from a template and what is lost; InputError when spoiled."""
        return self._writer.template_says(template, texts, progress or Silent())

    def without_names(
        self,
        report: Report,
        ledgers: Sequence[Ledger],
        kept: Collection[str],
        texts: Texts,
        *frozen: ProjectServices,
        notes: Sequence[str] = (),
    ) -> Hidden:
        """Return a report with codes for the names of firms and people, and the codes.

        ``kept`` stay.

        ``ledgers`` are all that the report tells of, and ``frozen`` the services of the final
        assessments: who was named then may be named nowhere today. ``notes`` go to the cover.
        """
        doors = dict.fromkeys((self._services, *frozen))
        own = [r for door in doors for entity in _NAMING for r in door.querying.records(entity)]
        common = vocabulary(texts, self._services.catalogue)
        terms = [param.code for param in self._services.content.parameters if "_" in param.code]
        codes = codes_of(ledgers, own, texts, kept, common, terms)
        if listed := len(self._services.redaction.names()):
            notes = (texts("report_redact.added", count=listed), *notes)
        return redacted(report, codes, texts, notes), codes

    def export_ledger(
        self, target: str, texts: Texts, progress: Progress | None = None
    ) -> LedgerExport:
        """Write the whole ledger; return what the file holds."""
        with self._services.unit_of_work() as work:
            return self._writer.write_ledger(
                work.records, self._services.catalogue, target, texts, self._clock.now(),
                progress or Silent(),
            )  # fmt: skip

    def export_problems(
        self, preview: "Preview", target: str, texts: Texts, decisions: "Decisions | None" = None
    ) -> None:
        """Write the problem list of an import; with the decisions, the report of one done.

        OutputError for a place where it cannot be written, or where a file of the import lies.
        """
        from workbench.application.imports.problems import lists_of

        lists, now = lists_of(preview, texts, decisions), self._clock.now()
        self._writer.write_lists(lists, target, texts, now, [f.path for f in preview.files])

    def _hidden(self, found: _Gathered, texts: Texts, *, with_package: bool = False) -> Hidden:
        """Return what was gathered without names."""
        kept, ledgers = (found.report.park_name,), (found.whole.ledger,)
        notes = [self._package_note(found.evidence, texts)] if with_package else []
        return self.without_names(found.report, ledgers, kept, texts, found.services, notes=notes)

    def _package_note(self, evidence: Sequence[EvidenceFile], texts: Texts) -> str:
        """Return what the package beside a redacted report holds, and what it leaves out."""
        if not evidence:
            return ""
        nameless = self._services.redaction.nameless()
        shared = sum(file.sha256 in nameless and not file.is_lost for file in evidence)
        left = len(evidence) - shared
        return texts("report_redact.package", files=len(evidence), shared=shared, left=left)

    def _gather(
        self,
        park_key: str,
        as_of: date,
        texts: Texts,
        assessment: Record | None,
        progress: Progress,
        assets: Collection[str] = (),
        redact: bool = False,
        *,
        thorough: bool = False,
    ) -> _Gathered:
        if assessment is not None and assessment.text("park") != park_key:
            park = self._services.querying.record("park", park_key)
            raise RefusedError(
                "report.other_park", name=assessment.label, park=park.label if park else park_key
            )
        if assessment is not None and assessment.text("status") == FINAL:
            frozen = self._services.finalizing.frozen(assessment)
            proof = self._services.finalizing.prove(assessment)
            services, draft = frozen.services, frozen.draft
            seal = seal_of(assessment, proof)
            assessment, texts = frozen.assessment, FinalWords(texts)
        else:
            services, seal = self._services, None
            draft = assess(services, park_key, as_of, assessment, assets=assets)
        progress.step(1, _STEPS)
        codes: dict[str, str] = {}
        if redact:
            codes = scenario_codes((r.label for r in services.scenarios.all(None)), texts)
            texts = CodedWords(texts, codes)
        material = self._material(services, draft, texts, assessment, seal)
        listed = evidence_files(
            services, self._services.querying, park_key, assessment, texts, draft.indicators,
            thorough=thorough,
        )  # fmt: skip
        material = replace(material, evidence=listed)
        if redact:
            material = without_free_names(material, codes, texts)
        progress.step(2, _STEPS)
        report = build(material)
        progress.step(_STEPS, _STEPS)
        return _Gathered(report, draft.findings, material.whole, services, material.evidence)

    def _material(
        self,
        services: ProjectServices,
        draft: AssessmentDraft,
        texts: Texts,
        assessment: Record | None,
        seal: Seal | None,
    ) -> Material:
        querying, content = services.querying, services.content
        types = {distress.type.code: distress.type for distress in draft.distresses}

        def words_of(name: str, value: Feature | None) -> str | None:
            return feature_words(name, value, texts, types)

        def sentences_of(match: CaseMatch) -> Sequence[str]:
            return match_sentences(match, texts, types)

        whole, park_indicators = draft.scope, draft.indicators
        if not whole.whole_park:
            whole = replace(draft.scope, asset_keys=None)
            park_indicators = evaluate_all(whole, by_indicator(content.indicator_references))
        log = self._services.querying
        log_seal = log.log_seal(assessment if seal else None)
        return Material(
            words=texts,
            scope=draft.scope,
            whole=whole,
            content=content,
            indicators=draft.indicators,
            park_indicators=park_indicators,
            distresses=draft.distresses,
            matches=draft.matches,
            pathways=draft.pathways,
            ranking=draft.ranking,
            feature_words=words_of,
            match_sentences=sentences_of,
            checklist=checklist_of(services, assessment),
            findings=draft.findings,
            finding_texts=[finding_text(finding, texts) for finding in draft.findings],
            files=[imported_of(file) for file in querying.sources()],
            number=number_of(draft.park, draft.scope.as_of, edition_of(assessment)),
            edition=edition_of(assessment),
            status=(assessment.text("status") if assessment else None) or DRAFT,
            created=self._clock.now().astimezone(CHINA_TIME),
            assessment=assessment.label if assessment else "",
            author=querying.setting(ORGANISATION_SETTING) or "",
            is_sample=bool(querying.setting(SAMPLE_SETTING)),
            seal=seal,
            log_seal=log_seal,
            edits=edits_of(log, log_seal if seal else None, whole.ledger, content, texts),
            steps=steps_of(log, log_seal.at if seal and log_seal else None),
            scenarios=calculated(services.scenarios, draft.park.key, assessment, texts),
        )
