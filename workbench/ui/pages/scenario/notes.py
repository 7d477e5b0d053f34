# SPDX-License-Identifier: MIT
"""What to know before a result is believed: errors at fields, gaps, unverified parameters."""

from workbench.application.money.report import ScenarioWords
from workbench.domain.bilingual import Bilingual
from workbench.domain.finance.results import Result
from workbench.domain.findings import Finding, Level
from workbench.ui.texts import language, t
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label

_UNVERIFIED, _IDLE = "parameter_unverified", "not_counted"
_SUMMED = (_UNVERIFIED, _IDLE)
"""Said once for all inputs."""
_AT_FIELDS = frozenset({"missing", "missing_cell"})


class NotesCard(Card):
    """Errors and gaps by name, then the parameters used, in two paragraphs at most."""

    def __init__(self) -> None:
        super().__init__()
        self._lacking = Label("", "body", tone="danger", wrap=True, selectable=True)
        self._notes = Label("", "caption", wrap=True, selectable=True)
        self.add(self._lacking)
        self.add(self._notes)

    def lacking(self) -> str:
        """Return what stands in the way of results, in words."""
        return self._lacking.text()

    def set_sentence(self, text: str) -> None:
        """Say why there is no result at all."""
        self._lacking.set_tone("danger")
        self._lacking.setText(text)
        self._notes.setText("")
        self._notes.hide()
        self.show()

    def set_result(self, result: Result, words: ScenarioWords) -> None:
        """Show another result's findings; the card hides when there is nothing to say."""
        titles = [_named(f, words) for f in result.findings if f.code in _AT_FIELDS]
        lines = [t("scenario.lacking", items=t("scenario.comma").join(titles))] if titles else []
        errors = [self._sentence(f, words) for f in result.findings if f.level is Level.ERROR]
        lines += errors
        self._lacking.set_tone("danger" if errors else "warn")
        self._lacking.setText("\n".join(lines))
        self._lacking.setVisible(bool(lines))
        notes = [
            self._sentence(f, words)
            for f in result.findings
            if f.level is not Level.ERROR and f.code not in _AT_FIELDS
            and f.code not in _SUMMED
        ]  # fmt: skip
        if idle := [_named(f, words) for f in result.findings if f.code == _IDLE]:
            notes.append(t("scenario.not_counted", items=t("scenario.comma").join(idle)))
        unverified = [f for f in result.findings if f.code == _UNVERIFIED]
        if unverified:
            named = (f.params["name"] for f in unverified)
            names = list(
                dict.fromkeys(n.get(language()) for n in named if isinstance(n, Bilingual))
            )
            words_ = t("scenario.comma").join(names)
            notes.append(t("scenario.unverified", n=len(names), names=words_))
        notes.append(t("scenario.parameter_set", set=result.parameter_set))
        self._notes.setText("\n".join(notes))
        self._notes.show()
        self.show()

    def _sentence(self, finding: Finding, words: ScenarioWords) -> str:
        key = finding.field.partition("[")[0]
        known = {item.key for item in words.model.inputs}
        text = str(words.finding(finding)["text"])
        if key not in known:
            return text
        return t("report_money.at", title=_named(finding, words), sentence=text)


def _named(finding: Finding, words: ScenarioWords) -> str:
    """Return the title of a finding's input; of a table's cell, its row and column too."""
    key, _, rest = finding.field.partition("[")
    item = words.model.input(key)
    title = item.field.title(language())
    number, _, column = rest.partition("].")
    named = next((c.field.title(language()) for c in item.columns if c.key == column), "")
    return t("scenario.cell_named", title=title, row=number, column=named) if named else title
