# SPDX-License-Identifier: MIT
"""The leases as a table: beside their fields the status that each has at the as-of date."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from workbench.domain.fields import Choice, Entity, Field, FieldType
from workbench.domain.figures.leases import LeaseStatus, lease_status
from workbench.domain.figures.reading import Reading
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.context import UiContext
from workbench.ui.models.headed_block import ShownFields
from workbench.ui.models.problems import ProblemIndex
from workbench.ui.models.record_table import RecordTable
from workbench.ui.texts import language, t

STATUS = "lease_status"
_BESIDE = "tenant"


class LeaseTable(RecordTable):
    """Every field of the leases, and their status by the rule that forms and figures use."""

    def __init__(self, context: UiContext, entity: Entity, parent: QObject) -> None:
        choices = tuple(
            Choice(status.value, t(f"record_form.lease.{status.name.lower()}"))
            for status in LeaseStatus
        )
        title = t("lease_table.status")
        self._status = Field(STATUS, title, title, FieldType.CHOICE, choices=choices)
        self._as_of = context.as_of
        self._known: dict[str, tuple[Record, Record]] = {}
        super().__init__(context, entity, parent)

    @override
    def fields(self) -> Sequence[Field]:
        every = list(self.entity)
        at = next((n for n, field in enumerate(every, 1) if field.key == _BESIDE), len(every))
        return (*every[:at], self._status, *every[at:])

    @override
    def usual_columns(self) -> tuple[str, ...]:
        usual = super().usual_columns()
        at = usual.index(_BESIDE) + 1 if _BESIDE in usual else len(usual)
        return (*usual[:at], STATUS, *usual[at:])

    @override
    def show_records(
        self, records: Sequence[Record], ledger: Ledger, problems: ProblemIndex
    ) -> None:
        super().show_records(records, ledger, problems)
        if self._as_of != self.context.as_of:
            self._as_of = self.context.as_of
            self._known.clear()
            self.reload()

    @override
    def rows_for(self, field: Field, sources: Sequence[int]) -> list[Record]:
        rows = super().rows_for(field, sources)
        return rows if field.key != STATUS else [self._with_status(lease) for lease in rows]

    def _with_status(self, lease: Record) -> Record:
        """Return a record that holds nothing but the lease's status, found out once."""
        known = self._known.get(lease.key)
        if known is None or known[0] is not lease:
            status = lease_status(Reading({}), lease, self._as_of)
            values = {} if status is None else {STATUS: status.value}
            known = self._known[lease.key] = lease, Record(lease.entity, lease.key, values)
        return known[1]

    @override
    def field_of(self, source: int, column: int) -> str | None:
        name = super().field_of(source, column)
        return None if name == STATUS else name

    @override
    def why_closed(self, source: int, column: int) -> str:
        if self.field_of(source, column) is not None:
            return ""
        entity, title = self.entity.title(language()), self._status.zh
        return t("ledger.refused_computed", entity=entity, column=title)

    @override
    def shown_fields(self, keys: Sequence[str]) -> ShownFields:
        shown = super().shown_fields(keys)
        shown.fields[self.entity.key].pop(STATUS)
        shown.titles.pop(self._status.zh, None)
        return shown
