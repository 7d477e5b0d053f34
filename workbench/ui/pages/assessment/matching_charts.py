# SPDX-License-Identifier: MIT
"""The asset against the compared cases as pictures: six dimensions, likeness, nearest cases."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.application.cases.words import short_name
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.labels import label_key
from workbench.domain.matching.comparison import reported
from workbench.domain.matching.similarity import CaseMatch
from workbench.domain.standards.dimensions import TOP, Dimension, DimensionScore, score
from workbench.ui.pages.assessment.result_words import shown_figure
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Segments
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts.bars import Group, GroupedBars
from workbench.ui.widgets.charts.radar import Radar, RadarSeries
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessmentDraft

_CHARTED = 8
_NAMED = 2
SCORES, LIKENESS = "scores", "likeness"


class NearestCard(Card):
    """The nearest cases as bars of similarity and coverage."""

    def __init__(self) -> None:
        super().__init__(t("assessment.nearest"), t("assessment.nearest_text"))
        series = (t("assessment.similarity"), t("assessment.coverage"))
        self._bars = GroupedBars(t("assessment.nearest"), series, [], fmt=_percent, maximum=1.0)
        self.add(self._bars)
        self.add_stretch()

    def set_matches(self, matches: Sequence[CaseMatch]) -> None:
        """Show the first matches; the title names the nearest."""
        texts = texts_in_use()
        known = [match for match in matches[:_CHARTED] if match.comparable]
        self._bars.set_groups(
            [Group(short_name(m.case, texts), (m.similarity, m.coverage)) for m in known]
        )
        title = t("assessment.nothing_alike" if matches else "assessment.nearest")
        if known:
            name, share = known[0].case.name.get(language()), f"{known[0].standing:.0%}"
            title = t("assessment.nearest_finding", name=name, percent=share)
        self.set_title(title, t("assessment.nearest_text"))


class DimensionsTable(ReadTable):
    """Our score of each dimension, that of the best case, and the indicators behind it."""

    def __init__(self) -> None:
        columns = (
            Column(t("dimensions.axis"), share=2),
            Column(t("comparison.ours"), width=84, right=True),
            Column(t("dimensions.best"), width=96, right=True),
            Column(t("dimensions.grounds"), share=8),
        )
        super().__init__(t("dimensions.grounds_title"), columns, opens=True)
        self._scores: Sequence[DimensionScore] = ()

    def set_scores(
        self, ours: Sequence[DimensionScore], theirs: Sequence[Sequence[DimensionScore]]
    ) -> None:
        """Show our scores beside the best of those of the cases."""
        self._scores = ours
        rows = []
        for at, own in enumerate(ours):
            others = [scored[at].score for scored in theirs]
            known = [other for other in others if other is not None]
            rows.append(_row(own, max(known, default=None)))
        self.set_rows(rows)

    def indicator(self, key: str) -> str:
        """Return the first indicator of a dimension, "" for an unknown one."""
        axes = (each.dimension for each in self._scores if each.dimension.id == key)
        return next((axis.items[0].indicator for axis in axes), "")


class RadarCard(Card):
    """Six dimensions scored 0–5, or likeness by feature; ``table`` shows what scores rest on."""

    def __init__(self, table: DimensionsTable) -> None:
        super().__init__(t("dimensions.title"), t("dimensions.text"))
        self.table = table
        self._draft: AssessmentDraft | None = None
        self._dimensions: Sequence[Dimension] = ()
        self._ours: Sequence[DimensionScore] = ()
        self.views = Segments(
            [(SCORES, t("dimensions.title")), (LIKENESS, t("assessment.alike"))], SCORES
        )
        self.views.chosen.connect(self._show)
        row = QHBoxLayout()
        row.addWidget(self.views)
        row.addStretch(1)
        self.add(row)
        self.scores = Radar(t("dimensions.title"), (), (), top=float(TOP), fmt=_points)
        self.likeness = Radar(
            t("assessment.alike"), (), (), top=1.0, rings=4, fmt=_percent, gap_note=False
        )
        self._note = Label("", "caption", wrap=True)
        for part in (self.scores, self.likeness, self._note):
            self.add(part)
        self.add_stretch()
        self._show()

    def set_draft(self, draft: "AssessmentDraft") -> None:
        """Take the asset whose dimensions are shown from the next comparison on."""
        self._draft = draft
        self._dimensions = draft.scope.standards.dimensions

    def set_compared(self, compared: Sequence[CaseMatch]) -> None:
        """Show the asset against these cases."""
        texts = texts_in_use()
        features = compared[0].features if compared else ()
        self.likeness.set_series(
            [t(label_key("feature", f.name)) for f in features],
            [RadarSeries(short_name(m.case, texts), [f.score for f in m.features])
             for m in compared],
        )  # fmt: skip
        self._show_scores(compared)
        self._show()

    def _show_scores(self, compared: Sequence[CaseMatch]) -> None:
        if self._draft is None:
            return
        values = {id_: found.value for id_, found in self._draft.indicators.items()}
        ours = [score(each, values) for each in self._dimensions]
        self._ours = ours
        said = [reported(match.case) for match in compared]
        theirs = [[score(each, values) for each in self._dimensions] for values in said]
        texts, lang = texts_in_use(), language()
        names = [each.name.get(lang) for each in self._dimensions]
        series = [RadarSeries(t("comparison.ours"), _line(ours))]
        series += [
            RadarSeries(short_name(match.case, texts), _line(scored))
            for match, scored in zip(compared, theirs, strict=True)
        ]
        self.scores.set_series(names, series if names else ())
        self.table.set_scores(ours, theirs)

    @Slot()
    def _show(self) -> None:
        """Show one of the two pictures; an edition without dimensions has only likeness."""
        self.views.setVisible(bool(self._dimensions))
        scored = bool(self._dimensions) and self.views.current() == SCORES
        self.scores.setVisible(scored)
        self.likeness.setVisible(not scored)
        self._note.setVisible(not scored)
        self._note.setText("" if scored else t("dimensions.likeness_note"))
        if scored:
            self.set_title(self._finding(), t("dimensions.text"))
        else:
            self.set_title(t("assessment.alike"), t("dimensions.likeness_text"))

    def _finding(self) -> str:
        """Return the weakest dimensions in words, or what the picture measures."""
        known = [(each.score, each.dimension) for each in self._ours if each.score is not None]
        lowest = sorted(known, key=lambda pair: pair[0])[:_NAMED]
        if len(lowest) < _NAMED:
            return t("dimensions.title")
        names = t("assessment.comma").join(axis.name.get(language()) for _, axis in lowest)
        return t("dimensions.finding", names=names)


class MatchingCharts(Box):
    """The pictures side by side, and below them what the scores of the dimensions rest on."""

    indicator_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("plain", spacing=16)
        self.dimensions = DimensionsTable()
        self.nearest, self.radar = NearestCard(), RadarCard(self.dimensions)
        pictures = Box("plain", horizontal=True, spacing=16)
        pictures.add(self.radar, 1)
        pictures.add(self.nearest, 1)
        self._grounds = Card(t("dimensions.grounds_title"), t("dimensions.cases_note"))
        self._grounds.add(self.dimensions)
        self.dimensions.row_opened.connect(self._on_row)
        self.add(pictures)
        self.add(self._grounds)

    def set_draft(self, draft: "AssessmentDraft") -> None:
        """Take the asset; what was frozen before there were dimensions shows none."""
        self.radar.set_draft(draft)
        self._grounds.setVisible(bool(draft.scope.standards.dimensions))

    @Slot(str)
    def _on_row(self, key: str) -> None:
        if id_ := self.dimensions.indicator(key):
            self.indicator_asked.emit(id_)


def _line(scored: Sequence[DimensionScore]) -> list[float | None]:
    return [None if each.score is None else float(each.score) for each in scored]


def _row(own: DimensionScore, best: Decimal | None) -> Row:
    comma = t("assessment.comma")
    parts = [
        t("dimensions.part", id=item.indicator, name=INDICATORS[item.indicator].title(language()),
          value=shown_figure(INDICATORS[item.indicator], value), score=_points(float(points)))
        for item, value, points in own.parts
    ]  # fmt: skip
    missing = comma.join(f"{id_} {INDICATORS[id_].title(language())}" for id_ in own.missing)
    ours = "—" if own.score is None else _points(float(own.score))
    return Row(
        own.dimension.id,
        (
            Cell(own.dimension.name.get(language()), strong=True),
            Cell(ours, strong=own.score is not None),
            Cell("—" if best is None else _points(float(best)), tone="text2"),
            Cell(
                comma.join(parts),
                detail=t("dimensions.missing", names=missing) if missing else "",
            ),
        ),
    )


def _points(value: float) -> str:
    return f"{value:.1f}"


def _percent(share: float) -> str:
    return f"{share:.0%}"
