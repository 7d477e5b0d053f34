# SPDX-License-Identifier: MIT
"""What changed between two versions of an assessment, and why, in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from workbench.application.assessment.explaining import feature_words
from workbench.application.finding_words import finding_text
from workbench.application.money.shown import figure_words, moved_words
from workbench.application.ports import Texts
from workbench.domain.bilingual import Bilingual
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.content import Content
from workbench.domain.diagnosis.measures import measured_words
from workbench.domain.display import choice_title, shown
from workbench.domain.figures.scale import ScaleFigure
from workbench.domain.findings import Finding
from workbench.domain.freezing.differences import (
    CellChange,
    Change,
    Comparison,
    ContentChange,
    Moment,
    Reason,
    Use,
)
from workbench.domain.freezing.let_basis import LET_CODES
from workbench.domain.freezing.told import KINDS, InputChange, Told
from workbench.domain.indicators.indicator import Band
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.labels import label_key
from workbench.domain.parameters import PolicyParam
from workbench.domain.pathways.feasibility import Feasibility
from workbench.domain.report.sections.money.parameters import shown_value_of
from workbench.domain.report.sections.money.words import unit_words
from workbench.domain.report.times import china_minute
from workbench.domain.values import Value, ValueState

_SIDES = ("old", "new")
MOST_NAMES = 8
"""How many results that rest on a cell are named; the rest is counted."""
_LABELS = {
    "scale": lambda code: f"report.scale.{code}",
    "feature": lambda code: label_key("feature", code),
}
"""By what key a result is called that has no entry in the content."""


class VersionWords:
    """Says what changed between two assessments, and why."""

    def __init__(self, texts: Texts, content: Content) -> None:
        self._texts = texts
        self._content = content

    def input(self, change: InputChange) -> str:
        """Return a changed input of a scenario, or one that came or went, as a sentence."""
        old, new = self.moved(change)
        title = change.item.field.title(self._texts.language) if change.item is not None else ""
        key = "versions.input" if title else "versions.whole_scenario"
        return self._texts(key, scenario=change.scenario, name=title, old=old, new=new)

    def moved(self, change: InputChange) -> tuple[str, str]:
        """Return an input of a scenario before and after; a scenario that came or went as such."""
        if change.item is None or change.old is None or change.new is None:
            there = self._texts("versions.scenario_there")
            return ("—", there) if change.came else (there, "—")
        return moved_words(change.item, change.old, change.new, self._texts)

    def moment(self, name: str, moment: Moment) -> str:
        """Return which ledger stands for an assessment that was never final."""
        at = china_minute(moment.at)
        return self._texts("versions.moment", name=name, at=at, step=moment.step)

    def cell(self, cell: CellChange) -> str:
        """Return a changed cell as a sentence."""
        if not cell.field:
            entity = CATALOGUE[cell.entity].title(self._texts.language)
            key = "versions.record_came" if cell.old is None else "versions.record_went"
            return self._texts(key, entity=entity, record=cell.label)
        return self._texts(
            "versions.cell",
            record=cell.label,
            field=self.field_of(cell),
            old=self.before(cell),
            new=self.after(cell),
        )

    def before(self, cell: CellChange) -> str:
        """Return the old value of a cell with its state."""
        if cell.only == "new":
            return "—"
        return cell.named[0] or self._with_state(cell, cell.old, cell.old_state, cell.units[0])

    def after(self, cell: CellChange) -> str:
        """Return the new value of a cell with its state."""
        if cell.only == "old":
            return "—"
        return cell.named[1] or self._with_state(cell, cell.new, cell.new_state, cell.units[1])

    def _with_state(
        self, cell: CellChange, value: Value | None, state: ValueState, unit: str
    ) -> str:
        if state is ValueState.NOT_APPLICABLE:
            return self._texts("versions.not_applicable")
        words = self.value_of(cell, value, unit)
        return (
            self._texts("versions.about", value=words) if state is ValueState.ESTIMATED else words
        )

    def cell_with_use(self, cell: CellChange, comparison: Comparison) -> str:
        """Return a changed cell with what rests on it, in one line."""
        use = self.use(comparison.uses.get(cell.place)).replace(
            "\n", self._texts("report.semicolon")
        )
        return self._texts("versions.cell_with_use", cell=self.cell(cell), use=use)

    def field_of(self, cell: CellChange) -> str:
        """Return the title of the field that changed; "" for a record that came or went."""
        entity = CATALOGUE[cell.entity]
        return (
            entity[cell.field].title(self._texts.language) if cell.field in entity else cell.field
        )

    def value_of(self, cell: CellChange, value: Value | None, beside: str = "") -> str:
        """Return a changed value in the words of its field; one that is not known is —.

        ``beside`` is its unit where another field of the record says that.
        """
        entity = CATALOGUE[cell.entity]
        if cell.field not in entity:
            return "—" if value is None else str(value)
        field, language = entity[cell.field], self._texts.language
        if value is None:
            return self._texts("versions.unknown")
        unit = unit_words(field.shown_unit, self._texts) if field.numeric else ""
        if beside and field.unit_in in entity:
            unit = choice_title(beside, entity[field.unit_in], language)
        return f"{shown(value, field, language)} {unit}".strip()

    def content(self, change: ContentChange) -> str:
        """Return changed content as a sentence."""
        kind = self._texts(f"versions.kind_{change.kind}")
        if change.old == change.new or change.old is None or change.new is None:
            key = "versions.came" if change.old is None else "versions.went"
            if change.old is not None and change.new is not None:
                key = "versions.altered"
            return self._texts(key, kind=kind, subject=change.subject)
        if change.old == change.subject:
            return self._texts("versions.altered", kind=kind, subject=change.subject)
        return self._texts(
            "versions.changed", kind=kind, subject=change.subject, old=change.old, new=change.new
        )

    def entry(self, change: ContentChange) -> str:
        """Return what the changed entry is called: a parameter by its name and code."""
        return self._parameter(change.subject) if change.kind == "parameter" else change.subject

    def _parameter(self, code: str) -> str:
        param = self._policy(code.partition("@")[0])
        if param is None:
            return code
        name = param.name.get(self._texts.language)
        return self._texts("versions.parameter", name=name, code=code)

    def _policy(self, code: str) -> PolicyParam | None:
        return next((each for each in self._content.parameters if each.code == code), None)

    def _parameter_value(self, code: str, value: Any) -> str:
        param = self._policy(code)
        if param is None or not isinstance(value, Decimal):
            return _shown(value)
        return shown_value_of(param, value, self._texts)

    def change(self, change: Change) -> str:
        """Return a changed result as a line."""
        return self._texts(
            "versions.result",
            subject=self.subject(change),
            old=self.result(change, change.old),
            new=self.result(change, change.new),
        )

    def subject(self, change: Change) -> str:
        """Return what a result is about."""
        told = change.new if change.new is not None else change.old
        if isinstance(told, Told):
            return told.name.get(self._texts.language)
        return self.named(change.kind, change.subject)

    def named(self, kind: str, code: str) -> str:
        """Return a result, or a feature of our side, by its kind and subject."""
        language = self._texts.language
        if kind in _LABELS:
            return self._texts(f"versions.of_{kind}", name=self._texts(_LABELS[kind](code)))
        if kind == "finding" or kind in KINDS:
            return self._texts(f"versions.of_{kind}", name=code)
        named: dict[str, Any] = {
            "diagnosis": self._content.diagnosis.types,
            "match": self._content.cases,
            "pathway": self._content.pathways,
            "score": self._content.pathways,
            "rank": self._content.pathways,
        }
        if kind == "indicator":
            return f"{code} {INDICATORS[code].title(language)}"
        entry = named[kind].get(code)
        name = entry.name.get(language) if entry is not None else ""
        return self._texts(f"versions.of_{kind}", code=code, name=name).strip()

    def result(self, change: Change, value: Any) -> str:
        """Return a result before or after the change in words."""
        if value is None:
            return "—"
        if isinstance(value, Told):
            return self.told(value)
        if change.kind == "indicator":
            number, band = value
            shown = self._texts(Band(band).text_key)
            number = self._number(change, number)
            return self._texts("versions.value_band", value=number, band=shown)
        if change.kind == "diagnosis":
            severity, _level, confidence = value
            return self._texts(
                "versions.severity", severity=severity, confidence=f"{confidence:.0%}"
            )
        if change.kind == "match":
            place, similarity, coverage = value
            return self._texts(
                "versions.match", place=place, similarity=f"{similarity:.4f}",
                coverage=f"{coverage:.2f}",
            )  # fmt: skip
        if isinstance(value, Finding):
            return finding_text(value, self._texts)
        if isinstance(value, ScaleFigure):
            return self._size(value)
        if change.kind == "score":
            return f"{value:.2f}"
        if change.kind == "pathway":
            return self._texts(f"assessment.verdict_{Feasibility(value).name.lower()}")
        return str(value)

    def told(self, told: Told) -> str:
        """Return what is told beside the results: a number with its unit, or words."""
        if told.number is not None and told.unit is not None:
            return figure_words(told.number, told.unit, self._texts)
        said = (
            self._texts(key, value=value) if key else self._texts(value) for key, value in told.said
        )
        return self._texts("report.semicolon").join(said) or "—"

    def _size(self, figure: ScaleFigure) -> str:
        if figure.shown is None:
            return self._texts("versions.unknown")
        number = f"{figure.shown:,.{0 if figure.is_count else 2}f}"
        return f"{number} {self._texts(f'report.scale_unit.{figure.key}')}"

    def _number(self, change: Change, value: Decimal | None) -> str:
        if value is None:
            return self._texts("versions.unknown")
        indicator = INDICATORS[change.subject]
        if indicator.unit == "%":
            return f"{value * 100:,.2f}%"
        return f"{value:,.2f} {indicator.shown_unit(self._texts.language)}".strip()

    def reason(self, reason: Reason) -> str:
        """Return one reason as a sentence."""
        if reason.cell is not None:
            return self.cell(reason.cell)
        language = self._texts.language
        if reason.code == "feature":
            return self._feature(reason.params)
        if reason.code == "input":
            item, (left, right) = reason.params["item"], (reason.params[s] for s in _SIDES)
            old, new = moved_words(item, left, right, self._texts)
            name = item.field.title(language)
            return self._texts("versions.because_input", name=name, old=old, new=new)
        if reason.code == "measure":
            return self._measure(reason.params)
        if reason.code in LET_CODES:
            return self._let(reason)
        params = {
            name: value.get(language) if isinstance(value, Bilingual) else _shown(value)
            for name, value in reason.params.items()
        }
        if reason.code == "parameter":
            code = reason.params["code"]
            params = {side: self._parameter_value(code, reason.params[side]) for side in _SIDES}
            params["code"] = self._parameter(code)
        if reason.code == "criterion":
            params["criterion"] = self._texts(reason.params["criterion"])
        return self._texts(f"versions.because_{reason.code}", **params)

    def _let(self, reason: Reason) -> str:
        """Return what counts as let of a building whose leases came or went."""
        building, language = CATALOGUE["building"], self._texts.language
        area, status = reason.params["area"], reason.params["status"]
        of = building["leased_area"]
        return self._texts(
            f"versions.because_{reason.code}",
            building=reason.params["building"],
            area="" if area is None else figure_words(area, of, self._texts),
            status=choice_title(status, building["use_status"], language) if status else "",
        )

    def _measure(self, params: Mapping[str, Any]) -> str:
        """Return how a rule's measured value moved; one of the same value was judged otherwise."""
        id_ = params["id"]
        rule = next((each for each in self._content.diagnosis.rules if each.id == id_), None)
        name = rule.describe(self._texts.language) if rule else ""
        if rule is None or params["old"] == params["new"]:
            return self._texts("versions.judged_otherwise", name=name or id_)
        old, new = (measured_words(params[side], rule, self._texts) for side in _SIDES)
        return self._texts("versions.because_measure", name=name, old=old, new=new)

    def _feature(self, params: Mapping[str, Any]) -> str:
        name, types = params["feature"], self._content.diagnosis.types
        old, new = (
            feature_words(name, params[side], self._texts, types) or self._texts("versions.unknown")
            for side in ("old", "new")
        )
        title = self._texts(label_key("feature", name))
        return self._texts("versions.because_feature", feature=title, old=old, new=new)

    def use(self, use: Use | None) -> str:
        """Return what moved with a changed cell, what stayed or waits, or that nothing reads it."""
        if use is None or use == Use():
            return self._texts("versions.read_by_none")
        parts = [
            self._texts(f"versions.{key}", names=self._names(named), count=len(named))
            for key, named in (
                ("moved", use.moved),
                ("by_others", use.by_others),
                ("stayed", use.stayed),
                ("waiting", use.waiting),
            )
            if named
        ]
        return "\n".join(parts)

    def _names(self, named: Sequence[tuple[str, str]]) -> str:
        comma = self._texts("report.comma")
        names = dict.fromkeys(self.named(kind, subject) for kind, subject in named[:MOST_NAMES])
        shown = comma.join(names)
        if len(named) > MOST_NAMES:
            return self._texts("versions.and_more", names=shown, count=len(named) - MOST_NAMES)
        return shown

    def reasons(self, change: Change) -> Iterable[str]:
        """Yield the reasons of a change as sentences, and how many more there are."""
        for reason in change.reasons:
            yield self.reason(reason)
        if change.more:
            yield self._texts("versions.more", count=change.more)


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{round(value, 4).normalize():f}"
    return "—" if value is None else str(value)
