# SPDX-License-Identifier: MIT
"""Differences between two copies of a project in words: which record and field, who and when."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.application.imports.words import unit_words
from workbench.application.naming import value_words
from workbench.application.plain import Plain, plain
from workbench.application.ports import Texts
from workbench.domain.display import UNKNOWN, UNKNOWN_EN
from workbench.domain.fields import Catalogue, FieldType
from workbench.domain.records.changes import CellState
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import cell
from workbench.domain.values import ValueState

if TYPE_CHECKING:
    from workbench.application.project.copies_look import Conflicting
    from workbench.domain.reconciling.copies import Stamp
    from workbench.domain.reconciling.differences import Difference
    from workbench.domain.values import Value


class CopyWords:
    """Says what differs; ``names`` are the labels of records that differing fields refer to."""

    def __init__(self, texts: Texts, catalogue: Catalogue, names: Mapping[str, str]) -> None:
        self._texts = texts
        self._catalogue = catalogue
        self._names = names

    def label(self, record: Record) -> str:
        """Return what a person calls a record."""
        told = [record.text(name) for name in self._catalogue[record.entity].label]
        return next((each for each in told if each), record.label)

    def kind(self, each: "Difference") -> str:
        """Return the kind of a record."""
        return self._catalogue[each.record.entity].title(self._texts.language)

    def record(self, each: "Difference") -> str:
        """Return the kind and name of a record."""
        return self._texts(
            "copies.record", kind=self.kind(each), name=self.label(each.here or each.record)
        )

    def field(self, each: "Difference") -> str:
        """Return the title of a field, or what happened to the record as a whole."""
        entity = self._catalogue[each.record.entity]
        if each.field in entity:
            return entity[each.field].title(self._texts.language)
        if each.fields:
            return self._texts("copies.as_one")
        return each.field or self._texts(f"copies.kind.{each.kind}")

    def value(self, each: "Difference", state: CellState) -> str:
        """Return one side of a difference as it is read; unknown is said."""
        language = self._texts.language
        kind = state.origin.state if state.origin is not None else ValueState.KNOWN
        if state.value is None:
            if kind is ValueState.NOT_APPLICABLE:
                return self._texts("copies.not_applicable")
            return UNKNOWN if language.startswith("zh") else UNKNOWN_EN
        words = self._known(each, state.value, language)
        return (
            self._texts("copies.estimated", value=words) if kind is ValueState.ESTIMATED else words
        )

    def _known(self, each: "Difference", value: "Value", language: str) -> str:
        entity = self._catalogue[each.record.entity]
        named = self._named(each, value)
        if each.field not in entity or named != value:
            return str(named)
        field = entity[each.field]
        number = value_words(value, field, language)
        unit = field.shown_unit if field.numeric else ""
        return number.removesuffix(unit) + unit_words(unit, self._texts) if unit else number

    def summary(self, each: "Difference", record: Record | None) -> str:
        """Return the differing fields of a record that is taken or left as a whole."""
        if record is None:
            return ""
        parts = []
        for name in each.fields:
            one = replace(each, field=name)
            value = self.value(one, cell(record, name))
            parts.append(self._texts("copies.part", field=self.field(one), value=value))
        return self._texts("assessment.comma").join(parts)

    def side(self, each: "Difference", record: Record | None, state: CellState) -> Plain:
        """Return one side of a conflict for JSON; of a whole record its differing fields."""
        if not each.fields or record is None:
            return self.plain(each, state.value)
        return {
            name: self.plain(replace(each, field=name), record.get(name)) for name in each.fields
        }

    def plain(self, each: "Difference", value: "Value | None") -> Plain:
        """Return a value for JSON; a reference is named as people name it."""
        return plain(self._named(each, value))

    def stamp(self, stamp: "Stamp | None") -> str:
        """Return who wrote something and when; "" when nobody did since the copies parted."""
        if stamp is None:
            return self._texts("copies.untouched")
        at = stamp.at.astimezone().isoformat(" ", "minutes")[:16]
        return self._texts("copies.stamp", actor=stamp.actor, at=at)

    def why(self, each: "Difference") -> str:
        """Return why a person must decide."""
        return self._texts(f"copies.why.{each.conflict}")

    def change(self, each: "Difference") -> str:
        """Return a difference that is taken as one line."""
        words = {"record": self.record(each), "field": self.field(each),
                 "by": self.stamp(each.theirs_by)}  # fmt: skip
        if not each.field:
            return self._texts("copies.whole", **words)
        sides = {"old": self.value(each, each.ours), "new": self.value(each, each.theirs)}
        return self._texts("copies.change", **words, **sides)

    def conflict(self, found: "Conflicting") -> str:
        """Return a conflict as one line: before, here, there, who and when."""
        each = found.difference
        words = {
            "record": self.record(each), "field": self.field(each), "why": self.why(each),
            "ours_by": self.stamp(each.ours_by), "theirs_by": self.stamp(each.theirs_by),
        }  # fmt: skip
        if each.fields:
            sides = {
                "ours": self.summary(each, each.here), "theirs": self.summary(each, each.record)
            }  # fmt: skip
            return self._texts("copies.conflict_as_one", **words, **sides)
        if not each.field:
            return self._texts("copies.whole_conflict", **words)
        sides = {
            "base": self.value(each, CellState(found.base)),
            "ours": self.value(each, each.ours),
            "theirs": self.value(each, each.theirs),
        }
        return self._texts("copies.conflict", **words, **sides)

    def _named(self, each: "Difference", value: "Value | None") -> "Value | None":
        entity = self._catalogue[each.record.entity]
        refers = each.field in entity and entity[each.field].type is FieldType.REF
        return self._names.get(value, value) if refers and isinstance(value, str) else value
