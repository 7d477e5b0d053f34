# SPDX-License-Identifier: MIT
"""Named assessments: park, as-of date, chosen pathways, the checklist edition, stored results."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date

from workbench.application.history import History
from workbench.application.ports import ContentOf
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.checklist import snapshot
from workbench.domain.checklist.template import Template
from workbench.domain.content import Content
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.records.changes import ChangeSet, creation, update
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value

DRAFT, IN_REVIEW = "草稿", "复核"


def assets_of(assessment: Record) -> frozenset[str]:
    """Return the keys of the assets that an assessment looks at; none means the whole park."""
    assets = assessment.get("assets")
    return frozenset(assets) if isinstance(assets, tuple) else frozenset()


def is_open(assessment: Record) -> bool:
    """Tell whether an assessment may still change: no digest was put on it."""
    return not assessment.text("digest")


class Assessments:
    """Keeps named assessments in the project."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        content: ContentOf,
        edition: Callable[[], Template],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._content_of = content
        self._edition = edition

    @property
    def _content(self) -> Content:
        return self._content_of()

    def of_park(self, park_key: str | None = None) -> Sequence[Record]:
        """Return the assessments of a park, or of all, oldest first."""
        with self._unit_of_work() as work:
            found = work.records.all("assessment")
        return [r for r in found if park_key is None or r.text("park") == park_key]

    def find(self, wanted: str) -> Record:
        """Return the assessment with this name, key or SHA-256; UsageError naming those there are.

        By the SHA-256 that a final report prints it is found where its name is redacted.
        """
        everything = self.of_park()
        for record in everything:
            if wanted and wanted in (record.get("name"), record.key, record.text("digest")):
                return record
        known = "、".join(str(record.get("name")) for record in everything)
        raise UsageError("assessing.no_such_assessment", name=wanted, known=known or "—")

    def start(
        self,
        name: str,
        park_key: str,
        as_of: date,
        pathways: Sequence[str] = (),
        assets: Sequence[str] = (),
    ) -> Record:
        """Begin an assessment with today's checklist edition; RefusedError for a name in use."""
        if any(record.get("name") == name for record in self.of_park()):
            raise RefusedError("assessing.name_taken", name=name)
        self._check_pathways(pathways)
        template = self._edition()
        values: dict[str, Value] = {
            "name": name,
            "park": park_key,
            "as_of": as_of,
            "status": DRAFT,
            "edition": 1,
            "pathways": tuple(pathways),
            "assets": tuple(assets),
            "parameter_set": self._content.parameters.id,
            "content_edition": self._content.edition,
            "template_version": template.version,
            "template": snapshot.to_text(template),
        }
        key = str(uuid.uuid4())
        created = creation("assessment", key, values)
        self._history.do(ChangeSet("assessing.start", (created,), {"name": name}))
        return Record("assessment", key, values)

    def choose_pathways(self, assessment: Record, pathways: Sequence[str]) -> None:
        """Choose the pathways of an assessment; they decide which checklist items apply."""
        self._check_pathways(pathways)
        self._change(assessment, "assessing.choose_pathways", {"pathways": tuple(pathways)})

    def keep_result(self, assessment: Record, result: str, as_of: date) -> None:
        """Keep a computed result (JSON text) with the assessment."""
        values: dict[str, Value] = {
            "result": result,
            "as_of": as_of,
            "parameter_set": self._content.parameters.id,
            "content_edition": self._content.edition,
        }
        self._change(assessment, "assessing.keep_result", values)

    def _change(self, assessment: Record, label: str, values: dict[str, Value]) -> None:
        change = update("assessment", assessment.key, assessment.values, values)
        if change is not None:
            self._history.do(ChangeSet(label, (change,), {"name": assessment.label}))

    def _check_pathways(self, pathways: Sequence[str]) -> None:
        unknown = [code for code in pathways if code not in self._content.pathways]
        if unknown:
            known = " ".join(self._content.pathways)
            raise UsageError("assessing.no_such_pathway", code=" ".join(unknown), known=known)
