# SPDX-License-Identifier: MIT
"""How far a park has come on the way from ledger to report, and what comes next."""

from dataclasses import dataclass

from workbench.application.versions.final_guard import FINAL
from workbench.bootstrap import Services
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title
from workbench.domain.records.ledger import Record
from workbench.ui.models.park_state import ParkState
from workbench.ui.texts import language, t


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where it stands in words, what to do when it is not done, and where."""

    key: str
    done: bool
    words: str
    act: str
    page: str
    target: str = ""


def steps(services: Services, state: ParkState, park: str) -> tuple[Step, ...]:
    """Return the six steps of a park in the order of the work."""
    known = services.assessments.of_park(park)
    newest = known[-1] if known else None
    return (
        _ledger(state),
        _problems(state),
        _assessment(newest),
        _checklist(services, newest),
        _scenarios(len(services.scenarios.all(park))),
        _report(newest),
    )


def next_step(found: tuple[Step, ...]) -> Step | None:
    """Return the first step that is not done, or None."""
    return next((step for step in found if not step.done), None)


def _ledger(state: ParkState) -> Step:
    count = state.asset_count()
    words = t("home.assets_n", n=count) if count else t("home_progress.no_assets")
    target = "view:all" if count else "import"
    return Step("ledger", count > 0, words, t("home_progress.do_ledger"), "ledger", target)


def _problems(state: ParkState) -> Step:
    errors = state.problems.errors()
    warnings = len(state.problems.findings) - errors
    words = t("home.problem_note", errors=errors, warnings=warnings)
    act = t("home_progress.do_problems", n=errors)
    return Step("problems", not errors, words, act, "ledger", "view:problems")


def _assessment(newest: Record | None) -> Step:
    words = t("home_progress.no_assessment")
    if newest is not None:
        words = t("home_progress.assessment", name=newest.label, status=_status(newest))
    act = t("home_progress.do_assessment")
    return Step("assessment", newest is not None, words, act, "assessment")


def _checklist(services: Services, newest: Record | None) -> Step:
    if newest is None:
        return Step("checklist", False, t("home_progress.first_assessment"), "", "checklist")
    whole = services.ticking.sheet(newest).whole()
    asked = whole.total - whole.not_applicable
    words = t("home_progress.items", done=whole.done, all=asked)
    act = t("home_progress.do_checklist", n=asked - whole.done)
    return Step("checklist", whole.done >= asked, words, act, "checklist")


def _scenarios(count: int) -> Step:
    words = t("home_progress.scenarios", n=count) if count else t("home_progress.no_scenario")
    return Step("scenario", count > 0, words, t("home_progress.do_scenario"), "scenario")


def _report(newest: Record | None) -> Step:
    final = newest is not None and newest.text("status") == FINAL
    if final:
        words = t("home_progress.final")
    else:
        words = t(f"home_progress.{'draft' if newest else 'first_assessment'}")
    return Step("report", final, words, t("home_progress.do_report"), "report")


def _status(assessment: Record) -> str:
    field = CATALOGUE["assessment"]["status"]
    status = assessment.text("status")
    return choice_title(status, field, language()) if status else ""
