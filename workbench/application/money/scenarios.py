# SPDX-License-Identifier: MIT
"""Financial scenarios of a project: kept, varied, calculated, compared."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from workbench.application.history import History
from workbench.application.ports import ContentOf
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.inputs import InputValue
from workbench.domain.finance.model import Model
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.results import Result
from workbench.domain.finance.scenarios import Differences, Scenario, Stated, differences
from workbench.domain.finance.settling import Suggestion, Surroundings
from workbench.domain.finance.simulation_settings import (
    SimulationSettings,
    settings_from_text,
    settings_to_text,
)
from workbench.domain.finance.stating import from_text, to_text
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.parameters import NATIONWIDE
from workbench.domain.records.changes import ChangeSet, RecordChange, creation, update
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import deletion
from workbench.domain.values import Value

ENTITY = "scenario"
ScopeOf = Callable[[str, Collection[str], date], Scope]
"""Returns what an assessment of a park and some assets (none: all) looks at on a day."""
RegionOf = Callable[[str], str]
"""Returns the smallest region of a park that has parameters of its own, else ""."""


class Scenarios:
    """Keeps scenarios as records; every change is one undoable step."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        content: ContentOf,
        scope_of: ScopeOf,
        region_of: RegionOf,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._content = content
        self._scope_of = scope_of
        self._region_of = region_of

    def all(self, park_key: str | None = None) -> Sequence[Record]:
        """Return the scenarios of a park and those of none, or all of them, oldest first."""
        with self._unit_of_work() as work:
            found = work.records.all(ENTITY)
        return [r for r in found if park_key is None or r.text("park") in (park_key, None)]

    def find(self, wanted: str) -> Record:
        """Return the scenario with this name or key; UsageError naming those there are."""
        for record in (everything := self.all()):
            if wanted in (record.get("name"), record.key):
                return record
        known = "、".join(record.label for record in everything)
        raise UsageError("scenarios.no_such_scenario", name=wanted, known=known or "—")

    def create(
        self,
        name: str,
        model_key: str,
        as_of: date,
        *,
        park_key: str = "",
        assets: Sequence[str] = (),
        stated: Stated | None = None,
        assessment_key: str = "",
        pathway: str = "",
    ) -> Record:
        """Keep a new scenario; RefusedError for a taken name, UsageError for no such pathway."""
        model = model_of(model_key)
        self._check_pathway(pathway)
        values: dict[str, Value | None] = {
            "name": self._free(name),
            "model": model.key,
            "park": park_key or None,
            "assets": tuple(assets) or None,
            "as_of": as_of,
            "assessment": assessment_key or None,
            "pathway": pathway or None,
            "stated": to_text(stated or {}),
        }
        return self._create(values)

    def vary(self, base: Record, name: str, changes: Stated | None = None) -> Record:
        """Keep a variant of a scenario, as its differences only; of a variant, beside it."""
        root = self._root(base)
        stated = self.stated(base) | dict(changes or {})
        kept = differences(self.stated(root), stated)
        values: dict[str, Value | None] = {
            name_: root.get(name_) for name_ in (
                "model", "park", "assets", "as_of", "assessment", "pathway",
            )
        }  # fmt: skip
        values |= {"name": self._free(name), "base": root.key, **_kept(kept)}
        return self._create(values)

    def state(self, record: Record, changes: Mapping[str, InputValue]) -> Record:
        """State some inputs otherwise; a value of None states that it is not known."""
        return self._restate(record, self.stated(record) | dict(changes))

    def leave(self, record: Record, keys: Collection[str]) -> Record:
        """Leave some inputs to ledger, parameter or default again."""
        stated = {key: v for key, v in self.stated(record).items() if key not in keys}
        return self._restate(record, stated)

    def change(self, record: Record, values: Mapping[str, Value | None]) -> Record:
        """Change name, scope, day, assessment, pathway, simulation or note of a scenario."""
        self._check_pathway(values.get("pathway"))
        wanted = values.get("name")
        if isinstance(wanted, str) and wanted != record.get("name"):
            self._free(wanted)
        return self._update(record, values)

    def link(self, record: Record, links: Mapping[str, Value | None]) -> Record:
        """Say which ``pathway`` of which ``assessment`` a scenario scores; of a variant, its base.

        None leaves the pathway to the model, the assessment open. UsageError for no such pathway.
        """
        self._check_pathway(links.get("pathway"))
        root = self._root(record)
        family = (root, *self.variants(root))
        found = [update(ENTITY, each.key, each.values, links) for each in family]
        changes = tuple(change for change in found if change is not None)
        self._history.do(ChangeSet("scenario_link.link", changes, {"name": root.label}))
        return self.find(record.key)

    def remove(self, record: Record) -> None:
        """Delete a scenario with its variants, in one step that names the pathways it scored."""
        doomed = [r for r in self.all() if r.text("base") == record.key]
        changes = tuple(deletion(item) for item in (*doomed, record))
        params = {"name": record.label}
        label = "scenarios.remove"
        if scored := scored_by(record):
            label = "scenarios.remove_scoring"
            params["pathways"] = " ".join(scored)
        self._history.do(ChangeSet(label, changes, params))

    def variants(self, record: Record) -> Sequence[Record]:
        """Return the variants of a scenario, oldest first."""
        return [r for r in self.all() if r.text("base") == record.key]

    def stated(self, record: Record) -> dict[str, InputValue]:
        """Return all that a scenario states, a variant's base included."""
        model = model_of(record.text("model") or "")
        own = from_text(model.inputs, record.text("stated") or "")
        base = self._base(record)
        if base is None:
            return own
        dropped = record.get("dropped")
        kept = Differences(own, frozenset(dropped if isinstance(dropped, tuple) else ()))
        return kept.on(self.stated(base))

    def differs(self, record: Record) -> frozenset[str]:
        """Return the keys of the inputs that a variant has otherwise than its base."""
        base = self._base(record)
        if base is None:
            return frozenset()
        kept = differences(self.stated(base), self.stated(record))
        return frozenset(kept.stated) | kept.dropped

    def simulation(self, record: Record) -> SimulationSettings | None:
        """Return how a scenario is simulated: its own settings, else those of its base."""
        own = settings_from_text(record.text("simulation") or "")
        base = self._base(record)
        return self.simulation(base) if own is None and base is not None else own

    def keep_simulation(self, record: Record, settings: SimulationSettings) -> Record:
        """Keep how a scenario is simulated; the same settings change nothing."""
        if settings == self.simulation(record):
            return record
        return self._update(record, {"simulation": settings_to_text(settings)})

    def scenario(self, record: Record) -> Scenario:
        """Return a stored scenario in its surroundings: ledger, parameters, day."""
        return self.made(
            record.text("model") or "",
            self.stated(record),
            record.day("as_of"),
            record.text("park") or "",
            assets if isinstance(assets := record.get("assets"), tuple) else (),
        )

    def result(self, record: Record) -> Result:
        """Return the result of a stored scenario."""
        return self.scenario(record).result()

    def scope(self, record: Record) -> Scope | None:
        """Return what of the ledger a stored scenario looks at, None for one of no park."""
        park_key, as_of, assets = record.text("park"), record.day("as_of"), record.get("assets")
        if not park_key or as_of is None:
            return None
        return self._scope_of(park_key, assets if isinstance(assets, tuple) else (), as_of)

    def made(
        self,
        model_key: str,
        stated: Stated,
        as_of: date | None,
        park_key: str = "",
        assets: Collection[str] = (),
        region: str = "",
    ) -> Scenario:
        """Return a scenario that is not kept; UsageError for an unknown model, park or asset."""
        model = model_of(model_key)
        if as_of is None:
            raise UsageError("scenarios.no_day", model=model_key)
        ledger: Mapping[str, Suggestion] = {}
        if park_key:
            ledger = model.suggestions(self._scope_of(park_key, assets, as_of))
            region = region or self._region_of(park_key)
        around = Surroundings(self._content().parameters, as_of, region or NATIONWIDE, ledger)
        return Scenario(model, dict(stated), around)

    def _restate(self, record: Record, stated: Stated) -> Record:
        base = self._base(record)
        if base is None:
            return self._update(record, {"stated": to_text(stated)})
        return self._update(record, _kept(differences(self.stated(base), stated)))

    def _update(self, record: Record, values: Mapping[str, Value | None]) -> Record:
        change = update(ENTITY, record.key, record.values, values)
        if change is not None:
            self._do("scenarios.change", change, record.label)
        return self.find(record.key)

    def _create(self, values: Mapping[str, Value | None]) -> Record:
        key = str(uuid.uuid4())
        self._do("scenarios.create", creation(ENTITY, key, values), str(values["name"]))
        return self.find(key)

    def _do(self, label: str, change: RecordChange, name: str) -> None:
        self._history.do(ChangeSet(label, (change,), {"name": name}))

    def _free(self, name: str) -> str:
        wanted = name.strip()
        if not wanted:
            raise RefusedError("scenarios.no_name")
        if any(record.get("name") == wanted for record in self.all()):
            raise RefusedError("scenarios.name_taken", name=wanted)
        return wanted

    def _check_pathway(self, code: Value | None) -> None:
        """Refuse a pathway that the content does not have: it would score nothing, in silence."""
        known = self._content().pathways
        if code and code not in known:
            raise UsageError("assessing.no_such_pathway", code=code, known=" ".join(known))

    def _base(self, record: Record) -> Record | None:
        key = record.text("base")
        return self.find(key) if key else None

    def _root(self, record: Record) -> Record:
        return self._base(record) or record


def model_of(key: str) -> Model:
    """Return a model; UsageError naming those there are."""
    if key not in MODELS:
        raise UsageError("scenarios.no_such_model", model=key, known=" ".join(MODELS))
    return MODELS[key]


def pathways_of(record: Record) -> tuple[str, ...]:
    """Return the pathways that a scenario scores: the one it names, else those of its model."""
    named = record.text("pathway")
    return (named,) if named else model_of(record.text("model") or "").pathways


def scored_by(record: Record) -> tuple[str, ...]:
    """Return the pathways whose scores rest on a scenario; a variant scores none."""
    return () if record.text("base") else pathways_of(record)


def _kept(differing: Differences) -> dict[str, Value | None]:
    return {
        "stated": to_text(differing.stated),
        "dropped": tuple(sorted(differing.dropped)) or None,
    }
