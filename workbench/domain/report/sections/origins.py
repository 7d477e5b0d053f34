# SPDX-License-Identifier: MIT
"""Where each record of the annexes comes from: a row of an imported file, or who typed it when."""

from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Cell
from workbench.domain.report.sections.cells import optional
from workbench.domain.report.sections.material import Material

_NAMED = 3


def source_cell(m: Material, record: Record) -> Cell:
    """Return file (by its number in 附表D-1), sheet and row, and who changed or typed it when."""
    t = m.words
    parts = []
    source = next((o.source for o in record.origins.values() if o and o.source), None)
    if source is not None:
        number = next((i for i, f in enumerate(m.files, start=1) if f.id == source.source), "—")
        row = source.row
        parts.append(t("report_origins.row", file=number, sheet=source.sheet, row=row))
    step = m.steps.get((record.entity, record.key))
    if step is not None and (source is None or not step.imported):
        key = "report_origins.typed" if source is None else "report_origins.changed"
        at = step.at.astimezone(m.created.tzinfo)
        key = key if step.by else f"{key}_unnamed"
        parts.append(t(key, by=step.by, at=f"{at:%Y-%m-%d %H:%M}") + _fields(m, record))
    return optional(m.say("semicolon").join(parts) or "—")


def _fields(m: Material, record: Record) -> str:
    """Name the cells of a record that were changed by hand: they are not the file's any more."""
    fields = m.edited_fields.get((record.entity, record.key), ())
    if not fields:
        return ""
    named = m.say("comma").join(fields[:_NAMED])
    more = m.say("and_more", count=len(fields) - _NAMED) if len(fields) > _NAMED else ""
    return m.words("report_origins.fields", fields=named + more)
