# SPDX-License-Identifier: MIT
"""Everything that the sheets of a report are made from."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbench.domain.bilingual import Bilingual
from workbench.domain.checklist.opening import Opening
from workbench.domain.checklist.state import ItemState, States
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.content import Content
from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.display import choice_title
from workbench.domain.explain import Missing
from workbench.domain.facts.lookup import Facts
from workbench.domain.facts.missing_names import Words, lacks_record, names_of_missing
from workbench.domain.fields import FieldType
from workbench.domain.figures.grading import grading_of
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.indicator import WHY_UNKNOWN, IndicatorValue
from workbench.domain.indicators.intensity import intensity
from workbench.domain.labels import Labelled
from workbench.domain.matching.similarity import CaseMatch, Feature
from workbench.domain.pathways.feasibility import PathwayCheck
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.records.ledger import Record
from workbench.domain.records.log_seal import LogSeal
from workbench.domain.report.sections.estimates import Cells, estimated_cells
from workbench.domain.report.sections.noticed import Noticed, noticed
from workbench.domain.standards.grading import Grading
from workbench.domain.standards.intensity import IntensityScore
from workbench.domain.workings.keeping import KeepingReading

if TYPE_CHECKING:
    from workbench.domain.report.sections.annex_layout import Listing
    from workbench.domain.report.sections.live.figures import Live
    from workbench.domain.report.sections.money.words import Calculated
    from workbench.domain.report.sections.steps.asked import AskedFacts

_OF_ENDED_LEASES = frozenset({"I-18", "I-21"})
"""The indicators that count leases which have ended too."""
AMOUNTS = frozenset(
    {FieldType.NUMBER, FieldType.AREA, FieldType.MONEY, FieldType.SHARE, FieldType.DATE}
)
"""The types of fields that formulas count."""
FeatureWords = Callable[[str, Feature | None], str | None]
"""One side of a feature in words; None when it is not known."""
MatchSentences = Callable[[CaseMatch], Sequence[str]]
"""A match in sentences: how near, why, why not, what we lack, what to take and to leave."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The checklist of the assessment: what applies, and how far each item has come."""

    items: tuple[ChecklistItem, ...]
    states: States
    pathways: tuple[str, ...]
    version: str
    openings: tuple[Opening, ...] = ()
    """Every item of the edition with why it applies or does not."""

    def state(self, item_id: str) -> ItemState:
        """Return an item's state; one that nobody touched is 待核."""
        return self.states.get(item_id, ItemState(item_id))


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file that the ledger was read from; ``id`` is what the origins of cells name."""

    id: str
    name: str
    sha256: str
    size: int
    batch: str


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file of evidence: whose it is, its SHA-256, who added it when; lost content is told."""

    kind: str
    owner: str
    field: str
    name: str
    sha256: str
    size: int
    by: str
    at: datetime | None
    is_lost: bool = False
    target: str = ""
    """Where the program shows what it is evidence of, as ``page|target``."""
    key: str = ""
    is_altered: bool = False
    """Whether its content is no longer the one whose SHA-256 was kept; known after a reading."""
    cited: tuple[str, ...] = ()
    """The indicators that were computed from what it proves, or the table of its item."""


@dataclass(frozen=True, slots=True)
class Step:
    """The last step on a record: who, when, and whether it was an import."""

    by: str
    at: datetime
    imported: bool


@dataclass(frozen=True, slots=True)
class LedgerEdit:
    """A cell that somebody changed by hand after the import: before, after, who, when and why.

    One row tells of a record that was added or deleted; ``park`` is where a deleted one lay.
    """

    entity: str
    key: str
    label: str
    field: str
    old: str
    new: str
    by: str
    at: str
    reason: str = ""
    whole: bool = False
    park: str | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """What proves a final assessment: the SHA-256 over all that was frozen, when and by whom.

    ``whole`` says that the snapshot still has this SHA-256; ``deviations`` counts the results
    that this program computes otherwise from it.
    """

    digest: str
    on: date | None
    by: str
    whole: bool = True
    deviations: int = 0


@dataclass(frozen=True)
class Material:
    """The ledger of one park at a date, all results about it, and who reports."""

    words: Words
    scope: Scope
    whole: Scope
    """The whole park, the same as ``scope`` unless single assets are assessed."""
    content: Content
    indicators: Mapping[str, IndicatorValue]
    park_indicators: Mapping[str, IndicatorValue]
    distresses: Sequence[Distress]
    matches: Sequence[CaseMatch]
    pathways: Sequence[PathwayCheck]
    ranking: Ranking | None
    feature_words: FeatureWords
    match_sentences: MatchSentences
    checklist: Checklist | None
    findings: Sequence[Finding]
    finding_texts: Sequence[str]
    files: Sequence[ImportedFile]
    number: str
    edition: int
    status: str
    created: datetime
    assessment: str = ""
    author: str = ""
    is_sample: bool = False
    seal: Seal | None = None
    log_seal: LogSeal | None = None
    """The seal of the project's change log: of a final, at the step that closed it."""
    scenarios: "Sequence[Calculated]" = ()
    evidence: Sequence[EvidenceFile] = ()
    steps: Mapping[tuple[str, str], Step] = field(default_factory=dict)
    """The last step on each record, by entity and key."""
    edits: Sequence[LedgerEdit] | None = None
    """What was changed by hand after the first import; None for a draft, or without any import."""
    called: str = ""
    """What the park is called where its own name does not tell it from another; else ""."""

    @property
    def language(self) -> str:
        """Return the language of the report."""
        return self.words.language

    def say(self, key: str, **params: Any) -> str:
        """Return a text of the room ``report``."""
        return self.words(f"report.{key}", **params)

    def table_no(self, number: str) -> str:
        """Return the number of a table in the language of the report, such as 表2-1."""
        return self.say("table_no", id=number)

    def figure_no(self, number: str) -> str:
        """Return the number of a figure in the language of the report."""
        return self.say("figure_no", id=number)

    def text(self, bilingual: Bilingual) -> str:
        """Return a text of the content in the language of the report."""
        return bilingual.get(self.language)

    def label(self, labelled: Labelled) -> str:
        """Return the label of a code."""
        return self.words(labelled.text_key)

    @cached_property
    def edited_fields(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Return the titles of the cells that were changed by hand, by record; of a final only."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for each in self.edits or ():
            if not each.whole:
                place = each.entity, each.key
                found[place] = (*found.get(place, ()), each.field)
        return found

    @cached_property
    def reading(self) -> Reading:
        """Return one reader for the figures that the report shows outside the indicators.

        Its numbers know their cells, so that each can be shown as a live formula.
        """
        return KeepingReading(self.scope.params)

    @cached_property
    def estimates(self) -> Cells:
        """Return which numbers of the ledger are estimates."""
        return estimated_cells(self.whole.ledger)

    @cached_property
    def intensity(self) -> IntensityScore | None:
        """Return how intensively the park's land is used, or None."""
        found = intensity(self.scope, self.reading)
        return found[0] if found else None

    @cached_property
    def grading(self) -> Grading | None:
        """Return the grades of the firms by the scheme of the region, or None without one."""
        return grading_of(self.scope, self.reading)

    @cached_property
    def annex(self) -> "Mapping[str, Listing]":
        """Return how the records of the park stand in the annexes, by entity."""
        from workbench.domain.report.sections.annex_layout import listings  # made of this

        return listings(self)

    @cached_property
    def is_bare(self) -> bool:
        """Tell whether nothing can be said of the park: only names, or a few lone facts."""
        from workbench.domain.report.sections.known import nothing_known  # made of this

        return nothing_known(self)

    @property
    def rests_on_content(self) -> bool:
        """Tell whether anything is computed that rests on parameters or quotes a publication."""
        return bool(self.scenarios) or not self.is_bare

    @property
    def rests_on_start(self) -> bool:
        """Tell whether pathways are ranked by the starting weights, which nobody has confirmed."""
        ranking = self.ranking
        if ranking is None or ranking.first is None:
            return False
        return ranking.weighed.problem is None and not ranking.weighed.weighting.own

    @property
    def recorded(self) -> "Sequence[Listing]":
        """Return the listings of everything but the park itself."""
        return [listing for entity, listing in self.annex.items() if entity != "park"]

    @cached_property
    def asked(self) -> Mapping[str, Set[str]]:
        """Return by entity the amounts and dates that an indicator of the park lacks."""
        found: dict[str, set[str]] = {}
        catalogue = self.scope.ledger.catalogue
        for value in self.park_indicators.values():
            for each in value.trace.missing:
                if not each.key or each.entity not in catalogue:
                    continue
                if catalogue[each.entity][each.field].type in AMOUNTS:
                    found.setdefault(each.entity, set()).add(each.field)
        return found

    @cached_property
    def live(self) -> "Live":
        """Return the figures of this report as formulas over its annexes."""
        from workbench.domain.report.sections.live.figures import Live  # made of this

        return Live(self)

    @cached_property
    def facts(self) -> Facts:
        """Return what conditions ask of the assessed assets."""
        return Facts(self.scope, self.indicators)

    @cached_property
    def asked_facts(self) -> "AskedFacts":
        """Return the facts that the pathways ask for, with the cells that show them."""
        from workbench.domain.report.sections.steps.asked import AskedFacts  # made of this

        return AskedFacts(self)

    @cached_property
    def noticed(self) -> Sequence[Noticed]:
        """Return the cells of the park's ledger that the import did not take as they stood."""
        return list(noticed(self.scope.ledger.within(self.scope.park_key), self.language))

    def let_go(self) -> None:
        """Forget what was worked out for a report that is made; it would hold itself for good.

        Of a large park that is a million objects, which a search would have to walk through.
        """
        live = vars(self).pop("live", None)
        if live is not None:
            vars(live).clear()
        for name, made in vars(type(self)).items():
            if isinstance(made, cached_property):
                vars(self).pop(name, None)

    def text_of_file(self, source: str) -> str:
        """Return the name of an imported file by its id."""
        return next((file.name for file in self.files if file.id == source), source)

    def name_of(self, record: Record) -> str:
        """Return what a person calls a record; one without a name by what it belongs to."""
        ledger = self.scope.ledger
        name = ledger.name_of(record)
        if name != record.text("kind"):
            return name
        # two mortgages without numbers are told apart by what they lie on
        entity = ledger.catalogue[record.entity]
        fields = [field for field in entity.references() if field.target != "park"]
        on = [ledger.find(field.target, record.text(field.key)) for field in fields]
        kind = choice_title(name, entity["kind"], self.language)
        return " ".join([kind, *(target.label for target in on if target)])

    @property
    def park_name(self) -> str:
        """Return the name of the park."""
        if self.called:
            return self.called
        park = self.scope.park
        return park.label if park else self.scope.park_key

    @property
    def errors(self) -> list[tuple[Finding, str]]:
        """Return the findings that keep the report a draft, with their sentences."""
        pairs = zip(self.findings, self.finding_texts, strict=True)
        return [(finding, text) for finding, text in pairs if finding.level is Level.ERROR]

    def why_unknown(self, value: IndicatorValue, limit: int) -> str:
        """Return why an indicator has no value: what is missing, else what it says itself.

        Where nothing is let no lease can be missing: the building is known to be empty.
        """
        if self.is_unlet(value):
            return self.say("nothing_let")
        if value.trace.missing:
            names = self.missing_names(value.trace.missing, limit)
            past = value.id in _OF_ENDED_LEASES and self._lacks_leases(value)
            return self.say("nothing_let_yet", names=names) if past else names
        notes = (note for note in value.notes if note.code in WHY_UNKNOWN)
        return self.say("semicolon").join(self.words(n.text_key, **n.shown) for n in notes)

    @property
    def to_supply(self) -> int:
        """Return how many indicators have no value that data could give."""
        return sum(
            value.value is None and bool(value.trace.missing) and not self.is_unlet(value)
            for value in self.indicators.values()
        )

    def is_unlet(self, value: IndicatorValue) -> bool:
        """Tell whether an indicator lacks a lease although what is assessed is known as unlet."""
        return value.id not in _OF_ENDED_LEASES and self._lacks_leases(value)

    def _lacks_leases(self, value: IndicatorValue) -> bool:
        let, asked = self.indicators.get("I-01"), value.trace.missing
        unlet = let is not None and let.value == 0 and not let.trace.missing
        return unlet and any(lacks_record(each) and each.entity == "lease" for each in asked)

    def missing_names(self, missing: Sequence[Missing], limit: int = 6) -> str:
        """Return the first missing cells in words, grouped by field, and how many more."""
        names = list(names_of_missing(missing, self.scope.ledger, self.words))
        if len(names) > limit:
            more = self.say("and_more", count=len(names) - limit)
            return self.say("comma").join(names[:limit]) + more
        return self.say("comma").join(names)
