# SPDX-License-Identifier: MIT
"""The command palette: one field that finds commands, pages, assets, cases and settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.keycap import KeyCap
from workbench.ui.widgets.label import IconLabel, Label, ShortLabel
from workbench.ui.widgets.marked_label import Marked, MarkedLabel, Places
from workbench.ui.widgets.overlay import Overlay
from workbench.ui.widgets.styling import set_style

MOST_HITS = 10
_TOP = 96
_ROW = 36
_HEAD = 30
_PADDING = 16
_KEYS = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down}
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; ``marks`` are the matched pieces of the title, ``why`` the other reasons."""

    section: str
    title: str
    detail: str
    why: Marked
    action: Callable[[], object]
    icon: str = "arrow-right"
    shortcut: str = ""
    beside: Callable[[], object] | None = None
    marks: Places = ()


Search = Callable[[str], Sequence[Hit]]


class _Row(Box):
    """One hit as a line."""

    clicked = Signal(int)

    def __init__(self, hit: Hit, at: int) -> None:
        super().__init__("selectableRow", horizontal=True, margins=(10, 0, 10, 0), spacing=12)
        self._at = at
        self._title = MarkedLabel(hit.title, hit.marks)
        self._icon = IconLabel(hit.icon)
        self._icon.setFixedWidth(theme.current().px(16))
        # a title of two long names must not push the whole list out of the palette
        self._title.setMinimumWidth(min(self._title.sizeHint().width(), theme.current().px(320)))
        self.setFixedHeight(theme.current().px(_ROW))
        self.setAccessibleName(hit.title)
        self.content.addWidget(self._icon)
        self.content.addWidget(self._title)
        if hit.why.text:
            self.content.addWidget(MarkedLabel(hit.why.text, hit.why.places, "hint"))
        self.content.addStretch(1)
        if hit.detail:
            detail = ShortLabel(hit.detail, "hint")
            detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.content.addWidget(detail)
        if hit.shortcut:
            self.content.addWidget(KeyCap(hit.shortcut))

    def set_selected(self, selected: bool) -> None:
        """Mark the line that Enter opens."""
        set_style(self, "selected", "true" if selected else "false")
        self._title.set_role("strong" if selected else "body")
        self._icon.set_tone("accent" if selected else "text2")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self._at)


class CommandPalette(QFrame):
    """Opened over the window with ``open``; ``search`` is asked at every change of the words."""

    closed = Signal()

    def __init__(self, host: QWidget, search: Search) -> None:
        super().__init__()
        self._host = host
        self._search = search
        self._hits: list[Hit] = []
        self._rows: list[_Row] = []
        self._at = 0
        px = theme.current().px
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(min(px(600), host.window().width() - px(32)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Hairline())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list = Box("surface", margins=(8, 6, 8, 8))
        self._scroll.setWidget(self._list)
        column.addWidget(self._scroll)
        column.addWidget(Hairline())
        column.addLayout(self._foot())
        self._overlay = Overlay(host, self, top=_TOP)
        self._overlay.closed.connect(self.closed)
        self._show_hits("")

    def open(self) -> None:
        """Show with the cursor in the field."""
        self._overlay.open()
        self._input.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def refresh(self) -> None:
        """Search again, because more can be found now; the chosen hit stays chosen."""
        chosen = self.selected()
        self._show_hits(self._input.text())
        titles = [(hit.section, hit.title) for hit in self._hits]
        if chosen is not None and (chosen.section, chosen.title) in titles:
            self._select(titles.index((chosen.section, chosen.title)))
        self.set_busy("")

    def set_busy(self, words: str) -> None:
        """Say at the foot that not everything can be found yet; "" takes it away."""
        self._busy.setText(words)

    def hits(self) -> Sequence[Hit]:
        """Return what is found now, in the order shown."""
        return tuple(self._hits)

    def selected(self) -> Hit | None:
        """Return what Enter would open."""
        return self._hits[self._at] if self._hits else None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._input and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if watched is self._input and isinstance(event, QKeyEvent):
            if self._composing and event.key() in _KEYS:
                return True  # they belong to the input method's list of candidates
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Move, open or close; text keys stay with the field."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._select(self._at + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(beside=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self._overlay.close_overlay()
        else:
            return False
        return True

    def _head(self) -> QHBoxLayout:
        """Return the row with the field."""
        px = theme.current().px
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(12), 0)
        row.addWidget(IconLabel("search", "text3", 18))
        self._input = QLineEdit()
        self._input.setObjectName("paletteInput")
        self._input.setPlaceholderText(t("ui.palette_hint"))
        self._input.setAccessibleName(t("ui.palette"))
        self._input.textChanged.connect(self._show_hits)
        self._composing = False
        self._input.installEventFilter(self)
        row.addWidget(self._input)
        row.addWidget(KeyCap("Esc"))
        return row

    def _foot(self) -> QHBoxLayout:
        """Return the row that explains the keys."""
        px = theme.current().px
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(7), px(16), px(7))
        row.setSpacing(px(6))
        for keys, word in (
            ("↑↓", "ui.palette_select"),
            ("Enter", "ui.palette_open"),
            ("Ctrl+Enter", "ui.palette_beside"),
        ):
            row.addWidget(KeyCap(keys))
            row.addWidget(Label(t(word), "hint"))
            row.addSpacing(px(10))
        row.addStretch(1)
        self._busy = Label("", "hint")
        row.addWidget(self._busy)
        self._count = Label("", "hint")
        row.addWidget(self._count)
        return row

    @Slot(str)
    def _show_hits(self, words: str) -> None:
        """Ask the search and list the first hits by section."""
        self._hits = list(self._search(words.strip()))[:MOST_HITS]
        self._at = 0
        self._rows = []
        clear_layout(self._list.content)
        section = ""
        height = _PADDING
        for at, hit in enumerate(self._hits):
            if hit.section != section:
                section = hit.section
                head = Label(section, "hint")
                head.setContentsMargins(theme.current().px(10), 0, 0, 0)
                head.setFixedHeight(theme.current().px(_HEAD))
                self._list.content.addWidget(head)
                height += _HEAD
            row = _Row(hit, at)
            row.clicked.connect(self._on_clicked)
            self._rows.append(row)
            self._list.content.addWidget(row)
            height += _ROW
        if not self._hits:
            none = Label(t("ui.palette_nothing", words=words.strip()), "caption", wrap=True)
            none.setContentsMargins(theme.current().px(10), 0, 0, 0)
            none.setFixedHeight(theme.current().px(2 * _HEAD))
            self._list.content.addWidget(none)
            height += 2 * _HEAD
        many = len(self._hits) == MOST_HITS
        self._count.setText(t("ui.results_first" if many else "ui.results_n", n=len(self._hits)))
        self._list.content.addStretch(1)
        self._select(0)
        self._scroll.setFixedHeight(min(theme.current().px(height), self._room()))
        self.adjustSize()

    def _room(self) -> int:
        """Return how high the list may be in this window."""
        px = theme.current().px
        return max(px(120), self._host.window().height() - px(_TOP + 120))

    def _select(self, at: int) -> None:
        """Mark a hit, going round at both ends."""
        if not self._rows:
            return
        self._at = at % len(self._rows)
        for number, row in enumerate(self._rows):
            row.set_selected(number == self._at)
        self._scroll.ensureWidgetVisible(self._rows[self._at], 0, theme.current().px(40))
        self._input.setAccessibleDescription(self._hits[self._at].title)

    def _run(self, *, beside: bool) -> None:
        """Close, then act, so that the action finds the window as it was."""
        hit = self.selected()
        if hit is None:
            return
        self._overlay.close_overlay()
        if beside and hit.beside is not None:
            hit.beside()
        else:
            hit.action()

    @Slot(int)
    def _on_clicked(self, at: int) -> None:
        self._select(at)
        self._run(beside=False)
