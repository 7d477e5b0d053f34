# SPDX-License-Identifier: MIT
"""What an assessment tells beside its results: scenarios, checklist, evidence, classes of firms."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.bilingual import Bilingual
from workbench.domain.checklist.state import ItemState
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.display import shown_number
from workbench.domain.fields import Field
from workbench.domain.figures.grading import grading_of
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.inputs import ModelInput
from workbench.domain.finance.results import Result
from workbench.domain.finance.settling import Settled
from workbench.domain.records.ledger import Record

KINDS = ("scenario", "grade", "task", "evidence")
Place = tuple[str, str]
"""A kind, and which one of it."""


@dataclass(frozen=True, slots=True)
class Given:
    """An input of a scenario: what it asks, and its value with where that comes from."""

    item: ModelInput
    settled: Settled


@dataclass(frozen=True, slots=True)
class Told:
    """One thing of a kind, as it stands in one assessment.

    It is a ``number`` in the unit of the field ``unit``, or ``said``: text keys, each with what is
    filled in; without a key that is a text key itself. ``inputs`` are what a scenario was computed
    from.
    """

    name: Bilingual = field(compare=False)
    number: Decimal | None = field(default=None, compare=False)
    shown: Decimal | None = None
    """The number as far as it is shown: what changes less is no difference."""
    unit: Field | None = None
    said: tuple[tuple[str, str], ...] = ()
    inputs: Mapping[str, Given] = field(default_factory=dict, compare=False, repr=False)
    owner: str = field(default="", compare=False)
    """The key of the record that it is about."""
    scenario: str = field(default="", compare=False)
    """The name of the scenario whose answer it is."""


def scenario_told(
    identity: str, record: Record, result: Result, items: Iterable[ModelInput]
) -> Iterator[tuple[Place, Told]]:
    """Yield the answers of a scenario; one without a value tells why it has none."""
    name, accounts = record.label, {account.key: account for account in result.accounts}
    inputs = {
        item.key: Given(item, result.settled[item.key])
        for item in items
        if item.key in result.settled
    }
    for measure in result.measures:
        account = accounts.get(measure.account)
        terminal = {None: "", False: "without", True: "with"}[measure.with_terminal]
        title = Bilingual(
            _named(name, measure.field.zh, account.title("zh_CN") if account else "", terminal, 0),
            _named(name, measure.field.en, account.title("en") if account else "", terminal, 1),
        )
        subject = "|".join((identity, measure.account, measure.key, terminal))
        reasons = tuple(("versions.told_no_value", "") for _ in measure.reasons[:1])
        said = () if measure.value is not None else reasons
        shown = None
        if measure.value is not None:
            shown = round(shown_number(measure.value, measure.field), measure.field.decimals)
        told = Told(
            title, measure.value, shown, measure.field, said, inputs, record.key, name
        )  # fmt: skip
        yield ("scenario", subject), told


_TERMINAL = {
    "without": ("不含终值", "without terminal value"),
    "with": ("含终值", "with terminal value"),
}


def _named(name: str, measure: str, account: str, terminal: str, language: int) -> str:
    beside = [part for part in (account, _TERMINAL.get(terminal, ("", ""))[language]) if part]
    comma, colon = ("，", "：") if language == 0 else (", ", ": ")
    return comma.join((f"{name}{colon}{measure}", *beside))  # accounts have brackets of their own


def tasks_told(
    items: Iterable[ChecklistItem], states: Mapping[str, ItemState]
) -> Iterator[tuple[Place, Told]]:
    """Yield the items of a checklist with status, owner, day, evidence and review."""
    for item in items:
        state = states.get(item.id, ItemState(item.id))
        said = [("", state.standing.text_key)]
        if state.owner:
            said.append(("versions.told_owner", state.owner))
        if state.due is not None:
            said.append(("versions.told_due", state.due.isoformat()))
        if state.evidence_count:
            said.append(("versions.told_files", str(state.sound)))
        if state.review is not None:
            said.append(("", state.review.status.text_key))
        name = Bilingual(f"{item.id} {item.title.zh}", f"{item.id} {item.title.en}")
        yield ("task", item.id), Told(name, said=tuple(said))


def grades_told(scope: Scope) -> Iterator[tuple[Place, Told]]:
    """Yield the classes of the firms; one that waits for data is 待核."""
    grading = grading_of(scope, Reading(scope.params))
    for graded in grading.firms if grading is not None else ():
        firm, grade = graded.candidate, graded.grade
        said = ("versions.told_grade", grade) if grade else ("", "versions.unknown")
        name = Bilingual(firm.name, firm.name)
        yield ("grade", firm.name), Told(name, said=(said,), owner=firm.key)


def evidence_told(files: Iterable[tuple[Record, str]]) -> Iterator[tuple[Place, Told]]:
    """Yield the evidence files with what they are evidence of, by that and by their name."""
    for record, owner in files:
        name = Bilingual(f"{record.label}（{owner}）", f"{record.label} ({owner})")
        said = (("versions.told_file", (record.text("sha256") or "")[:12]),)
        yield ("evidence", f"{owner}|{record.label}"), Told(name, said=said)


def changed_inputs(old: Told, new: Told) -> Iterator[tuple[ModelInput, Settled, Settled]]:
    """Yield the inputs of a scenario whose value differs, with both sides."""
    for key, was in old.inputs.items():
        now = new.inputs.get(key)
        if now is not None and was.settled.value != now.settled.value:
            yield now.item, was.settled, now.settled


@dataclass(frozen=True, slots=True)
class InputChange:
    """An input of a scenario before and after; without ``item`` the scenario came or went.

    ``owner`` is the key of the scenario, on the new side where it is there.
    """

    owner: str
    scenario: str
    item: ModelInput | None = None
    old: Settled | None = None
    new: Settled | None = None
    came: bool = False


def input_changes(old: Mapping[Place, Told], new: Mapping[Place, Told]) -> Iterator[InputChange]:
    """Yield the inputs that differ, scenario by scenario, also those that no answer rests on."""
    before, after = _scenarios(old), _scenarios(new)
    for identity in dict.fromkeys((*before, *after)):
        was, now = before.get(identity), after.get(identity)
        if was is not None and now is not None:
            for item, left, right in changed_inputs(was, now):
                yield InputChange(now.owner, now.scenario, item, left, right)
        elif (told := now or was) is not None:
            yield InputChange(told.owner, told.scenario, came=was is None)


def _scenarios(told: Mapping[Place, Told]) -> Mapping[str, Told]:
    """Return one answer of each scenario; all of them have its inputs."""
    found: dict[str, Told] = {}
    for (kind, subject), each in told.items():
        if kind == "scenario":
            found.setdefault(subject.partition("|")[0], each)
    return found


def places(*sides: Mapping[Place, Told]) -> Collection[Place]:
    """Return every place of some sides, by kind and then in the order of the first side."""
    every = dict.fromkeys(place for side in sides for place in side)
    return sorted(every, key=lambda place: KINDS.index(place[0]))
