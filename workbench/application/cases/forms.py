# SPDX-License-Identifier: MIT
"""Own cases written in a form: opened, checked cell by cell, kept as one undoable step."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from workbench.application.cases.library import CaseLibrary
from workbench.application.ports import Texts
from workbench.domain.cases.case import Case, CaseOrigin, ChangeBasis, StatedKind
from workbench.domain.cases.form import (
    LISTS,
    CaseForm,
    Document,
    FormColumn,
    FormProblem,
    FormSection,
    document_of,
    form_of,
    form_sections,
)
from workbench.domain.content import Content
from workbench.domain.findings import RefusedError
from workbench.domain.labels import label_key
from workbench.domain.references import OutcomeStatus, Reliability

ProblemsOf = Callable[[Document], Sequence[FormProblem]]
CardOf = Callable[[Document], str]
_ENUMS = {
    "stated": StatedKind, "status": OutcomeStatus, "basis": ChangeBasis,
    "reliability": Reliability,
}  # fmt: skip


class FormRefusedError(RefusedError):
    """A form has mistakes; each stands at its cell."""

    def __init__(self, problems: Sequence[FormProblem]) -> None:
        super().__init__("case_form.refused", count=len(problems))
        self.problems = tuple(problems)


class CaseForms:
    """Opens and keeps own cases as forms."""

    def __init__(
        self,
        library: CaseLibrary,
        content: Callable[[], Content],
        problems_of: ProblemsOf,
        card_of: CardOf,
    ) -> None:
        self._library = library
        self._content = content
        self._problems_of = problems_of
        self._card_of = card_of

    def sections(self) -> tuple[FormSection, ...]:
        """Return what is asked of a case."""
        content = self._content()
        return form_sections(content.features.codes, content.pathways, content.diagnosis.types)

    def blank(self) -> CaseForm:
        """Return an empty form with the next free id, and room for one source."""
        form: CaseForm = {
            section.key: [section.blank()] if section.single or section.key == "sources" else []
            for section in self.sections()
        }
        form["case"][0]["id"] = self._library.free_id()
        form["sources"][0] |= {"id": "s1"}
        return form

    def open(self, case_id: str) -> CaseForm:
        """Return an own case as a form; RefusedError for a shipped one."""
        case = self._library.find(case_id)
        if case.origin is not CaseOrigin.OWN:
            raise RefusedError("case_form.shipped", code=case_id)
        return form_of(case)

    def check(self, form: CaseForm, replaces: str = "") -> tuple[FormProblem, ...]:
        """Return every mistake of a form; ``replaces`` is the id of the case that it was."""
        document, unread = document_of(form)
        found = [*unread, *self._problems_of(document)]
        code = form["case"][0]["id"].strip()
        if code != replaces and (code in self._library.cards() or code in self._content().cases):
            found.append(FormProblem("case", 1, "id", "taken", {"value": code}))
        seen: dict[tuple[str, int, str], FormProblem] = {}
        for problem in found:
            seen.setdefault((problem.section, problem.row, problem.column), problem)
        return tuple(seen.values())

    def card(self, form: CaseForm, replaces: str = "") -> str:
        """Return the card of a form without mistakes, one version further than what it replaces."""
        before = self._library.all().get(replaces) if replaces else None
        return self._card_of(document_of(form, before.version + 1 if before else 1)[0])

    def keep(self, form: CaseForm, replaces: str = "") -> Case:
        """Add the case of a form, or replace the one that it was; FormRefusedError otherwise."""
        problems = self.check(form, replaces)
        if problems:
            raise FormRefusedError(problems)
        before = self._library.all().get(replaces) if replaces else None
        document, _ = document_of(form, before.version + 1 if before else 1)
        if before is not None:
            case, same = document["case"][0], document_of(form, before.version)[0]
            if self._card_of(same) == self._card_of(
                document_of(form_of(before), before.version)[0]
            ):
                raise RefusedError("cases.same_card", code=before.id)
            case["waivers"] = [
                {"code": w.code, "reason": {"zh": w.reason.zh, "en": w.reason.en},
                 "facts": [*w.facts], "author": w.author, "day": w.day}
                for w in self._library.waived_in_card(before.id)
            ]  # fmt: skip
        return self._library.rewrite(self._card_of(document), form["case"][0]["id"], replaces)


def problem_words(problem: FormProblem, texts: Texts) -> str:
    """Return a mistake as a sentence."""
    key = f"case_form.error.{problem.code}"
    if not texts.has(key):
        key = "case_form.error.other"
    return texts(key, **{"value": "", "known": "", **problem.params})


def column_title(section: FormSection, column: FormColumn, texts: Texts) -> str:
    """Return what a cell asks, in words."""
    own = f"case_form.column.{section.key}_{column.key}"
    return texts(own if texts.has(own) else f"case_form.column.{column.key}")


def choice_words(column: FormColumn, code: str, content: Content, texts: Texts) -> str:
    """Return a choice in words, with its code where people know it by that."""
    if column.key in _ENUMS:
        return texts(_ENUMS[column.key](code).text_key)
    if code in content.pathways:
        return f"{code} {content.pathways[code].name.get(texts.language)}"
    if code in content.diagnosis.types:
        return f"{code} {content.diagnosis.types[code].name.get(texts.language)}"
    for key in (label_key(column.key, code), f"case_form.kind.{code}"):
        if texts.has(key):
            return texts(key)
    return code


def placed_problem(section: str, row: int, key: str, code: str, **params: str) -> FormProblem:
    """Return a complaint about a document at the cell of the form that it came from."""
    name, _, place = key.partition("[")
    if name in LISTS:
        return FormProblem(name, int(place.rstrip("]") or 1), "text_zh", code, params)
    if section == "" and name == "sources":
        return FormProblem("sources", 0, "id", "no_source", params)
    if section == "features" and name in ("value", "unit"):
        return FormProblem("features", 1, f"scale_{name}", code, params)
    if name == "key":
        return FormProblem(section, row, "label_zh", code, params)
    return FormProblem(section or "case", row, name, code, params)


def at_cells(problem: FormProblem, sections: Sequence[FormSection]) -> FormProblem:
    """Return a problem at an existing cell: of a translated text the Chinese one."""
    for section in sections:
        for column in section.columns:
            if section.key == problem.section and column.key == problem.column:
                return replace(problem, column=column.cells[0])
    return problem
