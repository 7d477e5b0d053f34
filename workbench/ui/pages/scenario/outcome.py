# SPDX-License-Identifier: MIT
"""What a simulation gave: the chance of a loss, percentiles, histogram, and what drives it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.domain.display import grouped
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.charts.columns import Columns
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

if TYPE_CHECKING:
    from workbench.domain.finance.simulation import Simulation, Spread

_WAN = 10_000
_SHOWN = (5, 25, 50, 75, 95)
_CLIPPED = 0.001


class SimulationOutcome(Box):
    """Hidden while there is nothing to show."""

    def __init__(self) -> None:
        super().__init__("plain", spacing=8)
        self.words = Label("", "caption", wrap=True, selectable=True)
        self.chart = Columns(t("scenario.simulation"), height=220)
        columns = (
            Column(t("scenario.answer"), 150),
            Column(t("scenario.mean"), right=True),
            Column(t("scenario.deviation"), right=True),
            *(Column(f"P{point}", right=True) for point in _SHOWN),
            Column(t("scenario.below_zero"), right=True),
        )
        self.table = ReadTable(t("scenario.percentiles"), columns)
        self.drivers = Label("", "caption", wrap=True, selectable=True)
        self._axes = Label(t("scenario.histogram_axes"), "hint", wrap=True)
        for each in (self.words, self._axes, self.chart, self.table, self.drivers):
            self.add(each)
        self.hide()

    def clear(self) -> None:
        """Take the last outcome away."""
        self.words.setText("")
        self.hide()

    def show_run(self, run: "Simulation", wanted: int, left_out: Sequence[str] = ()) -> None:
        """Show what came out of how many paths ``wanted``; ``left_out`` are titles of inputs."""
        npv = run.npv
        points = dict(zip(_percentiles(), npv.percentiles, strict=True))
        words = t(
            "scenario.simulated",
            paths=f"{run.paths:,}",
            seed=run.seed,
            loss=f"{run.loss:.1%}",
            low=_shown(points[5] / _WAN, 0),
            middle=_shown(points[50] / _WAN, 0),
            high=_shown(points[95] / _WAN, 0),
        )
        self.words.setText("\n".join([words, *_remarks(run, wanted, left_out)]))
        middles = [(a + b) / 2 / _WAN for a, b in zip(npv.edges, npv.edges[1:], strict=False)]
        self.chart.set_columns(middles, npv.counts, split=0.0)
        self.chart.set_title(t("scenario.simulated_title", loss=f"{run.loss:.1%}"))
        rows = [_row(npv, t("scenario.npv_wan"), _money)]
        if run.irr is not None:
            rows.append(_row(run.irr, t("scenario.irr_percent"), _percent))
        self.table.set_rows(rows)
        names = t("scenario.comma").join(
            f"{driver.item.field.title(language())} {_signed(driver.rank)}"
            for driver in run.drivers
        )
        self.drivers.setText(t("scenario.drivers", items=names) if names else "")
        self.drivers.setVisible(bool(names))
        self.show()


def _remarks(run: "Simulation", wanted: int, left_out: Sequence[str]) -> list[str]:
    """Return what to know before the numbers are believed."""
    found = []
    if run.cancelled:
        found.append(t("scenario.run_cancelled", paths=f"{run.paths:,}", wanted=f"{wanted:,}"))
    elif run.paths < wanted:
        found.append(t("scenario.run_going_on", paths=f"{run.paths:,}", wanted=f"{wanted:,}"))
    if run.left_out:
        found.append(t("scenario.left_out", items=t("scenario.comma").join(left_out)))
    if run.clipped > _CLIPPED:
        found.append(t("scenario.clipped", share=f"{run.clipped:.1%}"))
    if run.irr is not None and (open_ := run.irr.unknown + run.irr.ambiguous):
        found.append(t("scenario.irr_open", n=f"{open_:,}"))
    return found


def _row(spread: "Spread", title: str, write: Callable[[float], str]) -> Row:
    points = dict(zip(_percentiles(), spread.percentiles, strict=True))
    cells = [title, write(spread.mean), write(spread.deviation)]
    cells += [write(points[point]) for point in _SHOWN]
    return Row(spread.measure, tuple(map(Cell, (*cells, f"{spread.below:.1%}"))))


def _money(number: float) -> str:
    return _shown(number / _WAN, 1)


def _percent(number: float) -> str:
    return _shown(number * 100, 2)


def _shown(number: float, decimals: int) -> str:
    return grouped(Decimal(repr(number)), decimals)


def _percentiles() -> tuple[int, ...]:
    from workbench.domain.finance.simulation import PERCENTILES

    return PERCENTILES


def _signed(share: float) -> str:
    """Return a correlation with its sign; the minus sign is U+2212."""
    return f"{share:+.2f}".replace("-", "−")
