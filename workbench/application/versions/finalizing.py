# SPDX-License-Identifier: MIT
"""Assessments from draft to review to final: freezing, proving, comparing, beginning anew."""

import hashlib
import json
import uuid
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from workbench import __version__
from workbench.application.assessment.assessing import AssessmentDraft
from workbench.application.assessment.assessing_named import assess
from workbench.application.assessment.assessments import DRAFT, IN_REVIEW
from workbench.application.ports import Clock, Progress, Texts
from workbench.application.store_ports import NewUnitOfWork, UnitOfWork
from workbench.application.versions.earlier_ledger import last_worked_on, ledger_after
from workbench.application.versions.final_guard import FINAL, MOVING
from workbench.application.versions.freezing import attached_records, formulas
from workbench.application.versions.obstacles import Obstacle, obstacle_text, obstacles_of
from workbench.application.versions.old_basis import with_old_basis
from workbench.application.versions.telling import Reader, TellingServices, told_on
from workbench.domain.checklist import snapshot as checklist_snapshot
from workbench.domain.findings import ProjectError, RefusedError
from workbench.domain.freezing.canonical import digest_of_text
from workbench.domain.freezing.comparing import compare
from workbench.domain.freezing.differences import Comparison, Side
from workbench.domain.freezing.results import Deviation, deviations, results_of
from workbench.domain.freezing.snapshot import FORMAT, Snapshot, part_for, snapshot_of
from workbench.domain.records.changes import ChangeSet, creation, update
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.report.times import CHINA_TIME
from workbench.domain.values import Value

if TYPE_CHECKING:
    from workbench.application.history import History

STEPS = {DRAFT: (IN_REVIEW,), IN_REVIEW: (DRAFT, FINAL), FINAL: ()}
"""From each status, those that may follow."""
_KEPT_SETTINGS = ("organisation", "sample")


class LiveServices(TellingServices, Protocol):
    """The services of the open project."""

    @property
    def history(self) -> "History": ...  # noqa: D102


@dataclass(frozen=True)
class Frozen:
    """A final assessment as it was frozen, and the services that read it."""

    assessment: Record
    snapshot: Snapshot
    services: Any
    draft: AssessmentDraft


@dataclass(frozen=True)
class Proof:
    """Whether a final assessment is unchanged.

    ``digest`` is what is kept, ``computed`` what the snapshot gives now; ``deviations`` are the
    results that this program computes otherwise from the same inputs.
    """

    digest: str
    computed: str
    program: str
    deviations: tuple[Deviation, ...]

    @property
    def whole(self) -> bool:
        """Tell whether the snapshot is the one that was signed."""
        return self.digest == self.computed

    @property
    def proven(self) -> bool:
        """Tell whether the snapshot is whole and gives the same results."""
        return self.whole and not self.deviations


OpenFrozen = Callable[[Snapshot], Any]
"""Returns the project's services over a snapshot."""


class Finalizing:
    """Moves assessments on, freezes them, and proves what was frozen."""

    def __init__(
        self,
        services: LiveServices,
        unit_of_work: NewUnitOfWork,
        clock: Clock,
        author: Callable[[], str],
        texts: Callable[[], Texts],
        open_frozen: OpenFrozen,
    ) -> None:
        self._services = services
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._author = author
        self._texts = texts
        self._open_frozen = open_frozen
        self._known: dict[str, Frozen] = {}

    def draft(self, assessment: Record, progress: Progress | None = None) -> AssessmentDraft:
        """Return the assessment as the project stands, or as it was frozen."""
        if assessment.text("status") == FINAL:
            return self.frozen(assessment, progress).draft
        return self._computed(assessment, progress)

    def _computed(
        self, assessment: Record, progress: Progress | None = None, ledger: Ledger | None = None
    ) -> AssessmentDraft:
        as_of = assessment.day("as_of") or self._clock.now().date()
        return assess(self._services, _park(assessment), as_of, assessment, progress, ledger=ledger)

    def obstacles(
        self, assessment: Record, draft: AssessmentDraft, progress: Progress | None = None
    ) -> tuple[Obstacle, ...]:
        """Return what must be solved before an assessment can be final; evidence is read for it."""
        sheet = self._services.ticking.checked_sheet(assessment, progress)
        return obstacles_of(draft, sheet)

    def move(
        self,
        assessment: Record,
        status: str,
        reason: str = "",
        progress: Progress | None = None,
    ) -> Record:
        """Move an assessment to 草稿, 复核 or 定稿.

        RefusedError for a step that may not follow, for going back without a reason, and for 定稿
        while something must be solved; the message counts and names the first.
        """
        now = assessment.text("status") or DRAFT
        if status not in STEPS.get(now, ()):
            allowed = "、".join(STEPS.get(now, ())) or "—"
            raise RefusedError("finalizing.no_step", old=now, new=status, allowed=allowed)
        values: dict[str, Value | None] = {"status": status, "reason": reason.strip() or None}
        if status == DRAFT and not reason.strip():
            raise RefusedError("finalizing.reason_needed")
        if status == FINAL:
            return self._finalize(assessment, values, progress)
        params = {"name": assessment.label, "status": status}
        change = update("assessment", assessment.key, assessment.values, values)
        if change is not None:
            self._services.history.do(ChangeSet(MOVING, (change,), params, reason.strip()))
        return self._again(assessment)

    def _finalize(
        self, assessment: Record, values: dict[str, Value | None], progress: Progress | None
    ) -> Record:
        draft = self._computed(assessment, progress)
        if obstacles := self.obstacles(assessment, draft, progress):
            first = self.obstacle_text(obstacles[0], self._texts())
            raise RefusedError("finalizing.obstacles", count=len(obstacles), first=first)
        snapshot = self._snapshot(assessment, draft)
        text = snapshot.text()
        blob = zlib.compress(text.encode(), 6)
        values |= {
            "digest": digest_of_text(text),
            "finalized_on": self._clock.now().astimezone(CHINA_TIME).date(),
            "finalized_by": self._author(),
            "parameter_set": draft.parameter_set,
            "content_edition": draft.content_edition,
        }
        values["frozen"] = hashlib.sha256(blob).hexdigest()
        change = update("assessment", assessment.key, assessment.values, values)
        if change is not None:
            params = {"name": assessment.label, "digest": str(values["digest"])[:12]}
            self._services.history.do(
                ChangeSet("finalizing.finalize", (change,), params),
                prepare=lambda work: _keep(blob, work),
            )
        return self._again(assessment)

    def obstacle_text(self, obstacle: Obstacle, texts: Texts) -> str:
        """Return what must be solved, as a sentence with the place."""
        return obstacle_text(obstacle, self._services.querying.ledger(), texts)

    def _snapshot(self, assessment: Record, draft: AssessmentDraft) -> Snapshot:
        with self._unit_of_work() as work:
            part = draft.scope.ledger.within(draft.scope.park_key)
            attached = attached_records(work, assessment, part)
            files = [_file(source) for source in work.files.sources()]
            settings = {
                name: value for name in _KEPT_SETTINGS if (value := work.setting(name)) is not None
            }
        return Snapshot(
            program=__version__,
            assessment={"key": assessment.key, "name": assessment.label,
                        "as_of": draft.scope.as_of.isoformat(), "park": draft.park.label},
            ledger=part_for(draft.scope.ledger, draft.scope.park_key),
            content=self._services.content.texts,
            own_cases={},
            attached=attached,
            files=files,
            settings=settings,
            formulas=formulas(self._texts()),
            results=results_of(draft),
        )  # fmt: skip

    def frozen(self, assessment: Record, progress: Progress | None = None) -> Frozen:
        """Return a final assessment as it was frozen; ProjectError when its snapshot is gone."""
        sha256 = assessment.text("frozen") or ""
        known = self._known.get(sha256)
        if known is not None:
            return known
        snapshot = self._read(assessment)
        services = self._open_frozen(snapshot)
        record = _as_frozen(assessment, snapshot)
        as_of = date.fromisoformat(snapshot.assessment["as_of"])
        draft = assess(services, _park(record), as_of, record, progress)
        found = self._known[sha256] = Frozen(record, snapshot, services, draft)
        return found

    def _read(self, assessment: Record) -> Snapshot:
        with self._unit_of_work() as work:
            blob = work.files.get(assessment.text("frozen") or "")
        if blob is None:
            raise ProjectError("finalizing.no_snapshot", name=assessment.label)
        try:
            text = zlib.decompress(blob).decode()
            document = json.loads(text)
            if document["format"] > FORMAT:
                raise ProjectError("finalizing.newer_snapshot", name=assessment.label)
            return snapshot_of(document, text)
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            raise ProjectError("finalizing.bad_snapshot", name=assessment.label) from error

    def prove(self, assessment: Record, progress: Progress | None = None) -> Proof:
        """Compute a final assessment again from what was frozen; RefusedError for another."""
        if assessment.text("status") != FINAL:
            raise RefusedError("finalizing.not_final", name=assessment.label)
        frozen = self.frozen(assessment, progress)
        results = json.loads(json.dumps(results_of(frozen.draft)))
        return Proof(
            assessment.text("digest") or "",
            frozen.snapshot.digest(),
            frozen.snapshot.program,
            tuple(deviations(dict(frozen.snapshot.results), results)),
        )

    def sides(
        self, old: Record, new: Record, progress: Progress | None = None
    ) -> tuple[Side, Side]:
        """Return both sides of a comparison: as frozen, or as the project stands.

        An old one that was never final reads the ledger of when it was last worked on.
        RefusedError when the two are of different parks.
        """
        self.refuse_other_parks(old, new)
        earlier = self._earlier(old, new, progress) or self._side(old, progress)
        readers = self._reader(old), self._reader(new)
        told = told_on(readers, (earlier, self._side(new, progress)))
        return with_old_basis(readers[1], told)

    def _reader(self, assessment: Record) -> Reader:
        if assessment.text("status") != FINAL:
            return self._services, assessment
        frozen = self.frozen(assessment)
        return frozen.services, frozen.assessment

    def _side(self, assessment: Record, progress: Progress | None = None) -> Side:
        if assessment.text("status") == FINAL:
            frozen = self.frozen(assessment, progress)
            return Side(frozen.draft, frozen.services.content, frozen.snapshot.formulas)
        now = formulas(self._texts())
        return Side(self._computed(assessment, progress), self._services.content, now)

    def _earlier(self, old: Record, new: Record, progress: Progress | None) -> Side | None:
        """Return the old side where it is not final; None when it is, or is not the earlier one."""
        if old.text("status") == FINAL:
            return None
        with self._unit_of_work() as work:
            moment = last_worked_on(work, old, new)
            if moment is None:
                return None
            ledger = ledger_after(work, self._services.querying.ledger(), moment.step)
        draft = self._computed(old, progress, ledger)
        return Side(draft, self._services.content, formulas(self._texts()), moment)

    def compare(self, old: Record, new: Record, progress: Progress | None = None) -> Comparison:
        """Return what changed from one assessment of a park to another, and why."""
        return compare(*self.sides(old, new, progress))

    def refuse_other_parks(self, old: Record, new: Record) -> None:
        """Raise RefusedError when two assessments are of different parks."""
        if old.text("park") != new.text("park"):
            raise RefusedError("finalizing.other_park", old=old.label, new=new.label)

    def new_version(self, assessment: Record, reason: str, name: str = "") -> Record:
        """Begin the next version, choices and checklist go on; RefusedError without a reason."""
        if not reason.strip():
            raise RefusedError("finalizing.reason_needed")
        template = self._services.content.checklist
        edition = int(assessment.number("edition") or 1) + 1
        key = str(uuid.uuid4())
        values: dict[str, Value | None] = {
            **{field: assessment.get(field) for field in ("park", "as_of", "assets", "pathways")},
            "name": self._free_name(name.strip() or f"{_base_name(assessment)} V{edition}"),
            "status": DRAFT,
            "edition": edition,
            "previous": assessment.key,
            "reason": reason.strip(),
            "parameter_set": self._services.content.parameters.id,
            "content_edition": self._services.content.edition,
            "template_version": template.version,
            "template": checklist_snapshot.to_text(template),
        }
        with self._unit_of_work() as work:
            attached = attached_records(work, assessment)
            attached[ANSWERS] = work.records.all(ANSWERS)
        carried = _carried(attached, assessment.key, key, edition)
        records = (creation("assessment", key, values), *carried)
        params = {"name": str(values["name"]), "reason": reason.strip()}
        self._services.history.do(ChangeSet("finalizing.new_version", records, params))
        known = {name: value for name, value in values.items() if value is not None}
        return Record("assessment", key, known)

    def _free_name(self, name: str) -> str:
        with self._unit_of_work() as work:
            taken = {record.get("name") for record in work.records.all("assessment")}
        if name in taken:
            raise RefusedError("assessing.name_taken", name=name)
        return name

    def _again(self, assessment: Record) -> Record:
        with self._unit_of_work() as work:
            return work.records.get("assessment", assessment.key) or assessment


def _keep(blob: bytes, work: UnitOfWork) -> None:
    work.files.put(blob)


def _park(assessment: Record) -> str:
    return assessment.text("park") or ""


def _file(source: Any) -> dict[str, Any]:
    return {
        "id": source.id, "name": source.name, "sha256": source.sha256, "size": source.size,
        "batch": source.batch,
    }  # fmt: skip


def _as_frozen(assessment: Record, snapshot: Snapshot) -> Record:
    """Return the assessment record with the values that were frozen, and its status of today."""
    rows: Sequence[Record] = snapshot.attached.get("assessment", ())
    kept = next((row for row in rows if row.key == assessment.key), assessment)
    return Record("assessment", kept.key, {**assessment.values, **kept.values,
                                           "status": FINAL})  # fmt: skip


def _base_name(assessment: Record) -> str:
    name, _, version = assessment.label.rpartition(" V")
    return name if name and version.isdigit() else assessment.label


ANSWERS, SCENARIO = "context", "scenario"
_COPIED = (
    "checklist_item", "criteria_weights", "pathway_score", "pathway_choice", ANSWERS, SCENARIO,
    "evidence",
)  # fmt: skip


def _carried(
    attached: Mapping[str, Sequence[Record]], old: str, new: str, edition: int
) -> list[Any]:
    """Return copies of checklist, decisions, answers and scenarios, for the new version."""
    keys: dict[str, str] = {}
    copies = []
    for entity in _COPIED:
        for record in attached.get(entity, ()):
            values: dict[str, Value | None] = dict(record.values)
            if entity == "evidence":
                owner = keys.get(record.text("owner_key") or "")
                if owner is None:
                    continue
                values["owner_key"] = owner
            elif record.text("assessment") != old:
                continue
            else:
                values["assessment"] = new
            if entity == SCENARIO:  # names are unique, and a variant hangs on its base's copy
                values["name"] = f"{record.label} V{edition}"
                base = record.text("base") or ""
                values["base"] = keys.get(base, base) or None
            keys[record.key] = str(uuid.uuid4())
            copies.append(creation(entity, keys[record.key], values))
    return copies
