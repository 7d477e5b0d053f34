# SPDX-License-Identifier: MIT
"""The overview (总览): key figures of the park, what needs attention, where it stands."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.overriding import override
from workbench.ui.context import UiContext
from workbench.ui.frame.welcome import BeginPage
from workbench.ui.look import theme
from workbench.ui.models.park_state import park_state
from workbench.ui.pages.checklist.due_card import DueCard
from workbench.ui.pages.day_edit import DayEdit
from workbench.ui.pages.home.expiries_card import ExpiriesCard, ExpiriesDialog
from workbench.ui.pages.home.figures import EXPLAINED, Figure, HomeFigures, Task, Tile, home_figures
from workbench.ui.pages.home.progress_card import ProgressCard
from workbench.ui.pages.page import Page
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts.bars import HBar, StackedBar
from workbench.ui.widgets.charts.chart import plain
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Figure as BigNumber
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.target_link import TargetLink

_SHOWN_TASKS = 5


class TileBox(Box):
    """One key figure; a click leads to the assets behind it."""

    followed = Signal(str)

    def __init__(self, tile: Tile) -> None:
        super().__init__(margins=(16, 12, 16, 12), spacing=2)
        self._target = tile.target
        self.add(Label(tile.title, "caption", wrap=True))
        self.add(BigNumber(tile.number, tile.unit))
        self.add(Label(tile.note, "caption", tone=tile.tone, wrap=True))
        self.content.addStretch(1)
        words = t("home.tile", title=tile.title, number=tile.number, unit=tile.unit)
        self.setAccessibleName(words)
        if tile.target:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            explained = tile.target.startswith(EXPLAINED)
            self.setToolTip(t("home.show_grounds" if explained else "home.show_assets"))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._target:
            self.followed.emit(self._target)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._target and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.followed.emit(self._target)
        else:
            super().keyPressEvent(event)


class HomePage(Page):
    """Computed anew after every change, while it is shown; nothing on it is invented."""

    KEY = "home"
    ICON = "house"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._stale = True
        self._computing: QObject | None = None
        self._begin = BeginPage(t("ledger.begin"), t("ledger.begin_text"))
        self._begin.hide_sample()
        self._begin.import_clicked.connect(self._import)
        self._begin.new_clicked.connect(self._new)
        self._begin.add_privacy(t("window.private_at", path=context.services.project))
        self._scroll = ScrollPage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._begin)
        self.column.addWidget(self._stack)
        self._title = Label("", "title")
        self._subtitle = Label("", "caption")
        self.as_of = DayEdit(t("home.as_of"))
        self.as_of.setFixedWidth(theme.current().px(120))
        self.as_of.day_changed.connect(self._on_day)
        self.as_of.refused.connect(self._on_refused)
        self._scroll.add(self._head())
        self._content = Box(spacing=16)
        self._scroll.add(self._content)
        self._scroll.content.addStretch(1)
        import_button = Button(t("ledger.import"), icon="upload", shortcut="Ctrl+I")
        import_button.clicked.connect(self._import)
        new_button = Button(t("ledger.new_asset"), "primary", icon="plus", shortcut="Ctrl+N")
        new_button.clicked.connect(self._new)
        self._actions: list[QWidget] = [import_button, new_button]
        self.figures = HomeFigures()
        for signal in (context.changed, context.park_chosen, context.as_of_chosen):
            signal.connect(self._on_changed)
        self._show_head()

    @override
    def top_actions(self) -> list[QWidget]:
        return self._actions

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.recalculate()

    def recalculate(self) -> None:
        """Compute the overview on the worker thread; the newest request wins."""
        self._stale = False
        self._show_head()
        state = park_state(self.context)
        if state.scope is None:
            return
        work = partial(home_figures, self.context.services, state)
        self._computing = self.context.run(t("home.computing"), work)
        self._computing.succeeded.connect(self._on_figures)

    @Slot(object)
    def _on_figures(self, figures: HomeFigures) -> None:
        if self.sender() is self._computing:
            self.figures = figures
            self._show_figures()

    @Slot()
    def _on_changed(self) -> None:
        if self.isVisible():
            self.recalculate()
        else:
            self._stale = True

    # ---- parts

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(theme.current().px(2))
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        row.addLayout(words, 1)
        label = Label(t("home.as_of"), "caption")
        label.setBuddy(self.as_of)
        row.addWidget(label)
        row.addWidget(self.as_of)
        return row

    def _show_head(self) -> None:
        state = park_state(self.context)
        park = self.context.park
        empty = not any(True for _ in state.ledger)
        self._stack.setCurrentWidget(self._begin if empty else self._scroll)
        self._title.setText(park.label if park is not None else t("window.new_park"))
        count = t("home.assets_n", n=state.asset_count())
        parts = [t("home.data_until", day=self.context.as_of), count]
        if self.context.services.querying.setting("sample"):
            parts.append(t("home.sample"))
        self._subtitle.setText(t("ui.gap").join(parts))
        self.as_of.set_day(self.context.as_of)

    def _show_figures(self) -> None:
        """Lay out tiles, tasks and charts anew."""
        clear_layout(self._content.content)
        self._content.add(self._tiles())
        progress = ProgressCard(self.figures.steps)
        progress.followed.connect(self._on_step)
        self._content.add(progress)
        charts = {key: self._chart(key, figure) for key, figure in self.figures.charts.items()}
        first = QHBoxLayout()
        first.setSpacing(theme.current().px(16))
        first.addWidget(charts["occupancy"], 100)
        first.addWidget(self._tasks(), 72)
        second = QHBoxLayout()
        second.setSpacing(theme.current().px(16))
        for key in ("vacancy", "expiry", "land"):
            second.addWidget(charts[key], 1)
        self._content.add(first)
        ends = ExpiriesCard(self.context, self.figures.expiries)
        ends.target_asked.connect(self._on_target)
        ends.all_asked.connect(self._on_ends)
        self._content.add(ends)
        due = DueCard(self.figures.due)
        due.item_asked.connect(self._on_item)
        due.all_asked.connect(self._on_checklist)
        self._content.add(due)
        self._content.add(second)

    def _tiles(self) -> Card:
        card = Card(margins=(0, 0, 0, 0))
        grid = QGridLayout()
        grid.setSpacing(0)
        for at, tile in enumerate(self.figures.tiles):
            box = TileBox(tile)
            box.followed.connect(self._on_target)
            if at:
                grid.addWidget(Hairline(vertical=True), 0, 2 * at - 1)
            grid.addWidget(box, 0, 2 * at)
            grid.setColumnStretch(2 * at, 1)
        card.content.addLayout(grid)
        return card

    def _tasks(self) -> Card:
        tasks = self.figures.tasks
        everything = Button(t("home.all_n", n=self.figures.tasks_in_all), "link")
        everything.clicked.connect(self._on_all)
        subtitle = t("home.todo_order") if tasks else t("home.nothing_to_do")
        card = Card(t("home.todo"), subtitle, actions=[everything])
        everything.setVisible(bool(tasks))  # before it lies in the card it would be a window
        for at, task in enumerate(tasks[:_SHOWN_TASKS]):
            if at:
                card.add(Hairline())
            card.content.addLayout(self._task(task))
        card.content.addStretch(1)
        return card

    def _task(self, task: Task) -> QHBoxLayout:
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(IconLabel(task.icon, task.tone, 15), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(task.title, wrap=True))
        words.addWidget(Label(task.detail, "hint"))
        row.addLayout(words, 1)
        link = TargetLink(task.act, task.target, name=f"{task.act} {task.title}")
        link.followed.connect(self._on_target)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _chart(self, key: str, figure: Figure) -> Card:
        card = Card(figure.title, figure.subtitle)
        if figure.parts or figure.unknown:
            card.add(StackedBar(figure.title, figure.parts, fmt=plain, unknown=figure.unknown))
        elif figure.bars:
            maximum = 100.0 if key == "occupancy" else None
            card.add(HBar(figure.title, figure.bars, fmt=plain, maximum=maximum))
        else:
            card.add(Label(t(f"home.no_{key}"), "caption", wrap=True))
        card.content.addStretch(1)
        return card

    # ---- doing

    @Slot(str)
    def _on_target(self, target: str) -> None:
        """Go to the grounds of a computed figure, else to the assets behind it."""
        place = "assessment" if target.startswith(EXPLAINED) else "ledger"
        self.context.shell.go(place, target)

    @Slot(str)
    def _on_step(self, place: str) -> None:
        page, _, target = place.partition("|")
        self.context.shell.go(page, target)

    @Slot()
    def _on_ends(self) -> None:
        dialog = ExpiriesDialog(self.context, self.context.shell.dialog_host)
        dialog.target_asked.connect(self._on_target)
        dialog.open()

    @Slot(str)
    def _on_item(self, target: str) -> None:
        assessment, _, item = target.partition(":")
        self.context.choose_assessment(assessment)
        self.context.shell.go("checklist", item)

    @Slot()
    def _on_checklist(self) -> None:
        self.context.shell.go("checklist")

    @Slot()
    def _on_all(self) -> None:
        self.context.shell.go("ledger", "view:problems")

    @Slot()
    def _import(self) -> None:
        self.context.shell.go("ledger", "import")

    @Slot()
    def _new(self) -> None:
        self.context.shell.go("ledger", "new")

    @Slot(object)
    def _on_day(self, day: object) -> None:
        self.context.choose_as_of(day or self.context.program.today())  # type: ignore[arg-type]

    @Slot(str)
    def _on_refused(self, text: str) -> None:
        self.context.shell.show_toast(t("home.bad_day", text=text))
