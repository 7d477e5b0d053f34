# SPDX-License-Identifier: MIT
"""Counts words in the annexes: in how many records a field says this, or nothing yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.display import choice_title, shown
from workbench.domain.fields import FieldType
from workbench.domain.records.ledger import Record
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.live.judged import place_of, word_of
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, to_verify
from workbench.domain.values import Value, ValueState

MOST = 20
"""So many records are named one by one; those of a whole park are a range."""


def cells_of(m: Material, records: Sequence[Record], field: str) -> list[str]:
    """Return the cells of a field of some records, a range for all there are, nothing for none."""
    listing = m.annex.get(records[0].entity) if records else None
    table = listing.tables.get(field) if listing is not None else None
    if listing is None or table is None or any(r.key not in listing.rows for r in records):
        return []
    if len(records) > 1 and len(records) == len(listing.records):
        return [column_range(table, field, len(records))]
    return [place_of(m, record, field) for record in records] if len(records) <= MOST else []


def word_cells(m: Material, records: Sequence[Record], field: str) -> list[str]:
    """Return the cells of a field of words; nothing where one is an estimate, which has a mark."""
    marked = any(record.state(field) is ValueState.ESTIMATED for record in records)
    return (
        []
        if marked or not all(word_of(m, r, field) for r in records)
        else cells_of(m, records, field)
    )


def as_written(m: Material, entity: str, field: str, value: Value) -> str:
    """Return a choice or a yes or no as the annex writes it, quoted for a formula."""
    own = m.whole.ledger.catalogue[entity][field]
    if own.type is FieldType.BOOL:
        return quoted(shown(value, own, m.language))
    return quoted(choice_title(str(value), own, m.language))


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some records pass, and of how many that is not known, as formulas."""

    records: int
    passing: str
    unknown: str

    def any(self, m: Material) -> str:
        """Return 是 if one passes, 待核 if that is not known of one, else 否."""
        yes, no = quoted(m.say("yes")), quoted(m.say("no"))
        return f"IF({self.passing}>0,{yes},IF({self.unknown}>0,{to_verify(m)},{no}))"

    def all(self, m: Material) -> str:
        """Return 否 if one does not pass, 待核 if that is not known of one, else 是."""
        yes, no = quoted(m.say("yes")), quoted(m.say("no"))
        failing = f"{self.records}-({self.passing})-({self.unknown})"
        return f"IF({failing}>0,{no},IF({self.unknown}>0,{to_verify(m)},{yes}))"


def joined(counts: Sequence[Count | None]) -> Count | None:
    """Return the count over several fields, None where one of them cannot be counted."""
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return None
    return Count(
        sum(count.records for count in known),
        "+".join(count.passing for count in known),
        "+".join(count.unknown for count in known),
    )


def count_words(
    m: Material,
    records: Sequence[Record],
    field: str,
    passing: Sequence[Value],
    unknown: Sequence[Value] = (),
    *,
    fails: bool = False,
    lacking_passes: bool = False,
) -> Count | None:
    """Count the records whose field says one of ``passing``; ``fails`` counts all the others.

    ``unknown`` are words that say nothing; 不适用 (—) passes with ``lacking_passes``, else it is
    not known.
    """
    cells = word_cells(m, records, field)
    if not cells:
        return None
    entity = records[0].entity

    def count(*words: str) -> str:
        return "+".join(f"COUNTIF({cell},{word})" for word in words for cell in cells)

    named = count(*(as_written(m, entity, field, word) for word in passing))
    silent = [to_verify(m), *(as_written(m, entity, field, word) for word in unknown)]
    blanks = "+".join(f"COUNTBLANK({cell})" for cell in cells)
    open_ = f"{count(*silent)}+{blanks}"
    if not lacking_passes:
        open_ += f"+{count(quoted('—'))}"
    elif not fails:
        named += f"+{count(quoted('—'))}"
    if fails:
        named = f"{len(records)}-({named})-({open_})"
    return Count(len(records), f"({named})", f"({open_})")
