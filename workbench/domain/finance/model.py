# SPDX-License-Identifier: MIT
"""A financial model: what it asks for, whose money it follows, and how it is calculated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.building import Book, UnbuildableError, Values
from workbench.domain.finance.inputs import InputValue, ModelInput
from workbench.domain.finance.results import Measures, Result
from workbench.domain.finance.settling import Settled, Suggestion, Surroundings, settle
from workbench.domain.findings import Finding, Level

Build = Callable[[Values], Book]
"""The arithmetic of a model: never branches on a term's value."""
FromLedger = Callable[["LedgerInputs"], None]
Remark = Callable[[Scope, Reading], Finding | None]
"""Says of a figure of the ledger what its number alone does not tell, None for nothing."""


class LedgerInputs:
    """Collects what a ledger says about a model's inputs, each with the cells behind it."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.found: dict[str, Suggestion] = {}

    def gives(self, key: str) -> bool:
        """Tell whether the ledger gives a value for an input."""
        return key in self.found and self.found[key].value is not None

    def suggest(
        self, key: str, figure: Callable[[Scope, Reading], InputValue], remark: Remark | None = None
    ) -> None:
        """Take a figure of the scope for an input; an unknown one is no suggestion.

        What a remark says is kept with the figure, also where there is none: it may say why.
        """
        reading = Reading(self._scope.params, self._scope.shared)
        value = figure(self._scope, reading)
        aside = Reading(self._scope.params, self._scope.shared)
        told = remark(self._scope, aside) if remark is not None else None
        if value is not None or told is not None:
            told = told and replace(told, field=key)
            self.found[key] = Suggestion(value, reading.trace("finance.from_ledger"), told)


@dataclass(frozen=True, slots=True)
class Model:
    """One financial model.

    ``pathways`` are the codes of the pathways it tests. ``perspective`` is not stored: the first
    account of the book is the scenario's own point of view.
    """

    key: str
    zh: str
    en: str
    pathways: tuple[str, ...]
    inputs: tuple[ModelInput, ...]
    build: Build
    from_ledger: FromLedger | None = None
    answers: tuple[str, ...] = ("npv", "irr")
    """The measures of the own account that matter, the first one most."""
    before_tax: bool = False
    """Whether its flows bear neither income tax nor VAT, so that every answer is before them."""
    disposes: bool = False
    """Whether its assets go to another owner, so that what encumbers them must be told."""

    def title(self, language: str) -> str:
        """Return the title in a language."""
        return self.zh if language.startswith("zh") else self.en

    def input(self, key: str) -> ModelInput:
        """Return an input's declaration; raises KeyError."""
        for item in self.inputs:
            if item.key == key:
                return item
        raise KeyError(key)

    def suggestions(self, scope: Scope) -> Mapping[str, Suggestion]:
        """Return what the ledger gives for the inputs, by key."""
        collected = LedgerInputs(scope)
        if self.from_ledger is not None:
            self.from_ledger(collected)
        return collected.found


def calculate(model: Model, stated: Mapping[str, InputValue], around: Surroundings) -> Result:
    """Return a model's result from the analyst's values and their surroundings.

    Nothing is raised for bad values: each is a finding at its field, and what depends on it is
    unknown, with the reason.
    """
    settled, findings = settle(model.inputs, stated, around)
    return build(model, settled, findings, around.parameters.id)


def build(
    model: Model,
    settled: Mapping[str, Settled],
    findings: tuple[Finding, ...],
    parameter_set: str,
) -> Result:
    """Return the result of inputs that are settled already.

    An error is a value that cannot stand: it counts as unknown, one that contradicts another too,
    so that no number hangs on it. A condition that is not met (the plan's FAR, an appraisal, the
    terms of a REIT) is a warning beside the numbers.
    """
    book = _book(model, settled)
    made = (*findings, *book.findings)
    if book.impossible_inputs:
        settled = dict(settled)
        for key in book.impossible_inputs:
            settled[key] = replace(settled[key], value=None, refused=settled[key].value)
        book = _book(model, settled)
    located = tuple(replace(item, entity="scenario", key=model.key) for item in made)
    return Result(
        model.key, settled, tuple(book.lines), tuple(book.accounts), book.periods,
        Measures(book.asked), located, parameter_set,
    )  # fmt: skip


def _book(model: Model, settled: Mapping[str, Settled]) -> Book:
    try:
        return model.build(Values(model.inputs, settled))
    except UnbuildableError as lacking:
        book = Book(0)
        book.finding("cannot_build", Level.ERROR, lacking.key)
        return book
