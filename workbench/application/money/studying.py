# SPDX-License-Identifier: MIT
"""Asks about a kept scenario what its workbook answers: swings, break-evens, table, simulation."""

from workbench.application.money.questions import even_words
from workbench.application.money.report import ScenarioWords, finding_sentence
from workbench.application.ports import Progress, Texts
from workbench.domain.finance.results import Reason
from workbench.domain.finance.scenarios import Scenario, Target
from workbench.domain.finance.sensitivity import (
    Grid,
    Tornado,
    around_base,
    break_even,
    tornado,
    two_way,
)
from workbench.domain.finance.simulation_settings import SimulationSettings
from workbench.domain.report.sections.money.study import Even, Study

_EVENS = 3
_STEPS = 3
_PARTS = 1 + _EVENS


def studied(
    scenario: Scenario, settings: SimulationSettings | None, texts: Texts, progress: Progress
) -> Study | None:
    """Return what a scenario hangs on; None when its first answer is not known.

    Raises Cancelled when ``progress`` does.
    """
    result = scenario.result()
    target = scenario.target(result)
    if target.value(result) is None:
        return None
    evens: list[Even] = []

    def stop() -> bool:
        progress.step(len(evens), _PARTS)
        return False

    found = tornado(scenario, target, cancelled=stop)
    for bar in found.bars[:_EVENS] if target.measure == "npv" else ():
        answer = break_even(scenario, bar.item.key, target, cancelled=stop)
        words = ScenarioWords(scenario.model, texts)
        said = words.reason(answer) if isinstance(answer, Reason) else even_words(answer, texts)
        evens.append(Even(bar.item, answer, said))
    grid = _grid(scenario, found, target)
    if settings is None or not settings.uncertain:
        return Study(target, found, tuple(evens), grid, None)
    from workbench.domain.finance.simulation import simulate

    outcome = simulate(
        scenario, settings.uncertain, settings.correlations,
        paths=settings.paths, seed=settings.seed, progress=lambda n, of: progress.step(n, of),
    )  # fmt: skip
    if isinstance(outcome, tuple):
        refused = tuple(finding_sentence(finding, texts) for finding in outcome)
        return Study(target, found, tuple(evens), grid, None, refused)
    return Study(target, found, tuple(evens), grid, outcome)


def _grid(scenario: Scenario, found: Tornado, target: Target) -> Grid | None:
    """Return the table over the two inputs that matter most."""
    keys = [bar.item.key for bar in found.bars][:2]
    if len(keys) < 2:
        return None
    rows, columns = (around_base(scenario, key, _STEPS) for key in keys)
    return two_way(scenario, (keys[0], rows), (keys[1], columns), target)
