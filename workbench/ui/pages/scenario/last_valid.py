# SPDX-License-Identifier: MIT
"""The last result of valid inputs stays in sight while an input is being mended (UX §6)."""

from collections.abc import Iterable
from dataclasses import replace

from workbench.domain.finance.results import Result
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.findings import Level
from workbench.ui.look import theme
from workbench.ui.pages.scenario.figures import Quick, quick_figures
from workbench.ui.texts import language, t
from workbench.ui.widgets.label import Label

_LACKING = "missing_inputs"


class LastValid:
    """Remembers, for each scenario, what it last stated without contradiction."""

    def __init__(self) -> None:
        self._scenarios: dict[str, Scenario] = {}

    def standing(self, key: str, now: Quick) -> Quick:
        """Return the figures to show: those of now, unless an error took their numbers away."""
        if not now.result.failed:
            self._scenarios[key] = now.scenario
        elif key in self._scenarios and _is_stopped(now.result):
            last = replace(self._scenarios[key], around=now.scenario.around)
            found = quick_figures(last, with_terminal=False)
            if not found.result.failed:
                return found
        return now


def _is_stopped(result: Result) -> bool:
    lacking = {reason.code for measure in result.measures for reason in measure.reasons}
    return not result.measures or _LACKING in lacking


class KeptLine(Label):
    """Says that the figures below are those of the last valid inputs; else hidden."""

    def __init__(self) -> None:
        super().__init__("", "caption", tone="danger", wrap=True)
        self.setContentsMargins(0, 0, 0, theme.current().px(2))
        self.hide()

    def show_standing(self, now: Quick, shown: Quick, unread: Iterable[str]) -> None:
        """``unread`` are the inputs in which a text stands that cannot be taken."""
        keys = list(unread)
        if shown is not now:
            errors = (f for f in now.result.findings if f.level is Level.ERROR)
            keys += [found.field.partition("[")[0] for found in errors]
        titles = {item.key: item.field.title(language()) for item in now.scenario.model.inputs}
        names = [titles[key] for key in dict.fromkeys(keys) if key in titles]
        self.setText(t("scenario.kept_result", items=t("scenario.comma").join(names)))
        self.setVisible(bool(names))
