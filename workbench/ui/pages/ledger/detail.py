# SPDX-License-Identifier: MIT
"""The panel right of the tables: everything about the current record."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalMapper, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.application.project.evidencing import Owner
from workbench.application.store_ports import FileState
from workbench.domain.fields import Entity
from workbench.domain.findings import Finding, Level
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.models.field_cells import completeness
from workbench.ui.models.park_state import ParkState
from workbench.ui.models.problems import finding_text
from workbench.ui.models.record_draft import derived_rows
from workbench.ui.models.tones import STATUS_FIELDS, tone_of
from workbench.ui.pages.evidence.box import EvidenceBox
from workbench.ui.pages.evidence.files import EvidenceFiles
from workbench.ui.pages.ledger.burden_box import BurdenBox
from workbench.ui.pages.ledger.facts import (
    LETTING_GROUPS,
    TITLE_GROUPS,
    Section,
    computed,
    history_rows,
    name_words,
    sections,
    value_words,
)
from workbench.ui.pages.ledger.origin_dialog import show_origin
from workbench.ui.pages.ledger.record_actions import RecordActions
from workbench.ui.pages.ledger.related import Related, related
from workbench.ui.texts import language, t
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.drop_zone import dropped_files
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.folding_tabs import FoldingTabs
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.key_values import KeyValue, KeyValues
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.ring import Ring
from workbench.ui.widgets.target_link import TargetLink

WIDTH = 332
_ASSETS = frozenset({"parcel", "building", "facility"})
_TITLED = _ASSETS - {"facility"}
"""What is always asked for its title and its leases."""
_GROUPS = {"overview": None, "title": TITLE_GROUPS, "letting": LETTING_GROUPS}
_MOST_PROBLEMS = 3


class DetailPanel(Box):
    """Shows one record; ``target_asked`` carries ``entity:key:field`` of a link."""

    target_asked = Signal(str)
    action_asked = Signal(str)
    """Carries what is to be done with the record: a key of ``RecordActions``."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("panel")
        self.context = context
        self._record: Record | None = None
        self._state: ParkState | None = None
        self._fix = ""
        px = theme.current().px
        self.setFixedWidth(px(WIDTH))
        self.setAccessibleName(t("ledger.detail"))
        self.setAcceptDrops(True)
        head = Box(margins=(16, 12, 16, 8), spacing=4)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self._kind = Label("", "caption")
        self._name = Label("", "section", wrap=True, selectable=True)
        words.addWidget(self._kind)
        words.addWidget(self._name)
        self._ring = Ring(None)
        row.addLayout(words, 1)
        row.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        head.content.addLayout(row)
        self._pills = Flow(6)
        head.add(self._pills)
        self._actions = Flow(4)
        self._mapper = QSignalMapper(self)
        self._mapper.mappedString.connect(self.action_asked)
        head.add(self._actions)
        self.tabs = FoldingTabs(
            [(key, t(f"ledger.tab.{key}")) for key in (*_GROUPS, "sources", "log")]
        )
        self.tabs.chosen.connect(self._fill)
        head.add(self.tabs)
        self.add(head)
        self.add(Hairline())
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = Box("surface", margins=(16, 12, 16, 16), spacing=12)
        scroll.setWidget(self._body)
        self.add(scroll, 1)
        self._files = EvidenceFiles(context, self)
        self._files.checked.connect(self._on_checked)
        self._states: dict[str, FileState] = {}
        self.show_record(None, None)

    def show_record(self, record: Record | None, state: ParkState | None) -> None:
        """Show another record, or the same one after a change."""
        self._record, self._state = record, state
        self._fill_head()
        self._fill()

    def record(self) -> Record | None:
        """Return the record shown."""
        return self._record

    def _fill_head(self) -> None:
        record = self._record
        self._pills.clear()
        self._actions.clear()
        self.tabs.setVisible(record is not None)
        self._ring.setVisible(record is not None)
        if record is None:
            self._kind.setText("")
            self._name.setText(t("ledger.nothing_chosen"))
            return
        entity = self._entity(record)
        code = record.text("code") or ""
        self._kind.setText(t("ui.gap").join(filter(None, (code, entity.title(language())))))
        state = self._state
        self._name.setText(name_words(record, state.ledger) if state else record.label)
        self._ring.set_percent(completeness(record, entity))
        for button in ("title", "letting"):
            shown = record.entity in _TITLED or bool(self._sections(record, button))
            self.tabs.offer(button, offered=shown)
            if not shown and self.tabs.current() == button:
                self.tabs.set_current("overview")
        self._add_pills(record)
        for key, icon, words in RecordActions.of(record):
            act = Button(words, "ghost", icon=icon)
            self._mapper.setMapping(act, key)
            act.clicked.connect(self._mapper.map)
            self._actions.add(act)

    def _entity(self, record: Record) -> Entity:
        return self.context.services.catalogue[record.entity]

    def _add_pills(self, record: Record) -> None:
        entity = self._entity(record)
        figures = self._state.figures_of(record) if self._state else None
        for name in figures.burdens if figures else ():
            tone = "danger" if name == "seizure" else "warn"
            self._pills.add(Pill(t(f"ledger.burden.{name}"), tone))
        for name in sorted(STATUS_FIELDS):
            if name in entity and record.get(name) is not None and self._state is not None:
                words = value_words(record, entity[name], self._state.ledger)
                self._pills.add(Pill(words, tone_of(record.get(name))))

    def _sections(self, record: Record, tab: str) -> list[Section]:
        if self._state is None:
            return []
        return sections(record, self._state.ledger, _GROUPS[tab])

    @Slot()
    def _fill(self) -> None:
        """Show the chosen tab."""
        clear_layout(self._body.content)
        record, state = self._record, self._state
        if record is None or state is None:
            self._body.add(Label(t("ledger.choose_row"), "caption", wrap=True))
            self._body.add_stretch()
            return
        tab = self.tabs.current()
        if tab in _GROUPS:
            self._fill_values(record, state, tab)
        elif tab == "sources":
            self._fill_evidence(record)
            self._fill_sources(record)
        else:
            self._add_history(record, t("ledger.no_history"))
            self._add_predecessors(record, state)
        self._body.add_stretch()

    def _fill_values(self, record: Record, state: ParkState, tab: str) -> None:
        if tab == "overview":
            self._add_problems(state.problems.of_record(record.entity, record.key))
            if section := self._computed(record, state):
                self._add_section(section)
        for section in self._sections(record, tab):
            self._add_section(section)
        if tab == "title" and record.entity in ("parcel", "building"):
            self._add_burdens(record)
        links = related(record, state.ledger, tab, self.context.as_of)
        if links:
            self._add_links(links)
        if self._body.content.count() == 0:
            self._body.add(Label(t(f"ledger.empty_{tab}"), "caption", wrap=True))

    def _computed(self, record: Record, state: ParkState) -> Section | None:
        """Return what the rules compute; of assets the state has it ready."""
        if record.entity in _ASSETS:
            return computed(record, state.figures_of(record))
        park = state.ledger.park_of(record)
        day, params = self.context.services.assessing.setting(park, self.context.as_of)
        rows = derived_rows(record, state.ledger, day, params)
        return Section(t("ledger.computed"), tuple(rows)) if rows else None

    def _add_problems(self, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        tone = "danger" if findings[0].level is Level.ERROR else "warn"
        words = [finding_text(finding) for finding in findings[:_MOST_PROBLEMS]]
        if len(findings) > _MOST_PROBLEMS:
            words.append(t("ledger.more_n", n=len(findings) - _MOST_PROBLEMS))
        first = findings[0]
        banner = Banner(
            "\n".join(words),
            tone,
            title=t("ledger.problems_n", n=len(findings)),
            link=t("ledger.go_fix"),
        )
        self._fix = f"{first.entity}:{first.key}:{first.field}"
        banner.link_clicked.connect(self._on_fix)
        self._body.add(banner)

    def _add_section(self, section: Section) -> None:
        if self._body.content.count():
            self._body.add(Hairline())
        self._body.add(Label(section.title, "strong"))
        values = KeyValues(section.rows)
        values.source_asked.connect(self._show_source)
        self._body.add(values)

    def _add_links(self, links: list[Related]) -> None:
        if self._body.content.count():
            self._body.add(Hairline())
        self._body.add(Label(t("ledger.related"), "strong"))
        for item in links:
            box = Box(spacing=0)
            target = f"{item.entity}:{item.key}:"
            link = TargetLink(item.title, target, name=f"{item.title} {item.detail}")
            link.followed.connect(self.target_asked)
            box.add(link)
            box.add(Label(item.detail, "hint", wrap=True))
            self._body.add(box)

    def _add_burdens(self, record: Record) -> None:
        """Say what each encumbrance blocks and what releases it."""
        box = BurdenBox(self.context, record)
        if box.burdens:
            self._body.add(Hairline())
            self._body.add(Label(t("encumbrances.heading"), "strong"))
            self._body.add(box)

    def _add_predecessors(self, record: Record, state: ParkState) -> None:
        """Show the records that became this one, as they were when they ended."""
        for parent in self.context.services.querying.predecessors(record.entity, record.key):
            rows = [
                KeyValue(field.title(language()), words)
                for field in self._entity(parent)
                if (words := value_words(parent, field, state.ledger))
            ]
            self._add_section(Section(t("ledger.predecessor", name=parent.label), tuple(rows)))

    def _fill_evidence(self, record: Record) -> None:
        """Show the files that prove the record and its fields."""
        evidencing = self.context.services.evidencing
        rows = evidencing.of(record.entity, record.key)
        self.evidence = EvidenceBox()
        self._files.serve(self.evidence)
        self.evidence.attach_asked.connect(self._on_attach)
        self.evidence.remove_asked.connect(self._files.remove)
        titles = {field.key: field.title(language()) for field in self._entity(record)}
        self.evidence.set_evidence(rows, evidencing.missing(rows), self._states, titles)
        self._body.add(self.evidence)
        if rows:
            check = Button(t("evidencing.check_all"), "link")
            check.clicked.connect(self._on_check)
            self._body.add(check)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by page from wherever the focus is: a long history has nothing to Tab to."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if (step := steps.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
            return
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())
        event.accept()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._record is not None and dropped_files(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Take files that are dropped anywhere on the panel as evidence of the record."""
        if files := dropped_files(event):
            event.acceptProposedAction()
            self.tabs.set_current("sources")
            self._fill()
            self._on_attach(files)

    @Slot(list)
    def _on_attach(self, paths: list[str]) -> None:
        if self._record is not None:
            self._files.attach(Owner(self._record.entity, self._record.key), paths)

    @Slot()
    def _on_check(self) -> None:
        if (record := self._record) is not None:
            self._files.check(self.context.services.evidencing.of(record.entity, record.key))

    @Slot(object)
    def _on_checked(self, states: dict[str, FileState]) -> None:
        self._states |= states
        self._fill()

    def _fill_sources(self, record: Record) -> None:
        """List the files and rows that the record was read from."""
        files = {file.id: file.name for file in self.context.services.querying.sources()}
        places: dict[tuple[str, str, int], int] = {}
        for origin in record.origins.values():
            if origin.source is not None:
                place = (origin.source.source, origin.source.sheet, origin.source.row)
                places[place] = places.get(place, 0) + 1
        if not places:
            self._body.add(Hairline())
            self._body.add(Label(t("ledger.empty_sources"), "caption", wrap=True))
            return
        rows = [
            KeyValue(
                files.get(source, source),
                t("ledger.source_row", sheet=sheet, row=row, n=count),
            )
            for (source, sheet, row), count in places.items()
        ]
        self._add_section(Section(t("ledger.source_files"), tuple(rows)))

    def _add_history(self, record: Record, empty: str) -> None:
        rows = [KeyValue(when, words) for when, words in history_rows(self.context, record)]
        if rows:
            self._body.add(KeyValues(rows))
        else:
            self._body.add(Label(empty, "caption", wrap=True))

    @Slot()
    def _on_fix(self) -> None:
        self.target_asked.emit(self._fix)

    @Slot(str)
    def _show_source(self, name: str) -> None:
        """Show where a value comes from."""
        if self._record is not None:
            show_origin(self.context, self._record, self._entity(self._record)[name])

    def first_focus(self) -> QWidget:
        """Return what F4 moves the focus to."""
        return self.tabs.button(self.tabs.current())
