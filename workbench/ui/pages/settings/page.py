# SPDX-License-Identifier: MIT
"""The settings page: language, looks, name in the log, where the data lies, policy parameters."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QWidget

from workbench.bootstrap import LANGUAGES, Settings
from workbench.domain.findings import UserError
from workbench.domain.overriding import override
from workbench.ui.context import UiContext
from workbench.ui.desktop import open_folder
from workbench.ui.look import theme
from workbench.ui.pages.page import Page
from workbench.ui.pages.settings.backups_view import BackupsView
from workbench.ui.pages.settings.checklist_view import ChecklistView
from workbench.ui.pages.settings.own_fields_view import OwnFieldsView
from workbench.ui.pages.settings.parameters_view import ParametersView
from workbench.ui.pages.settings.yardsticks_view import YardsticksView
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, ScrollPage
from workbench.ui.widgets.buttons import Button, Segments, Tabs
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label

_THEMES = ("system", "light", "dark")
_DENSITIES = ("compact", "standard", "roomy")
_TABS = ("general", "backups", "fields", "checklist", "yardsticks", "parameters")
_LABEL_WIDTH = 136
_FORM_WIDTH = 720


class SettingsPage(Page):
    """Changes take effect at once; there is nothing to save."""

    KEY = "settings"
    ICON = "settings"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.tabs = Tabs([(key, t(f"settings.tab_{key}")) for key in _TABS])
        self.tabs.chosen.connect(self._on_tab)
        self._stack = QStackedWidget()
        self._first = self._general()
        self._stack.addWidget(self._first)
        head = Box("surface", margins=(24, 10, 24, 10))
        head.add(self.tabs)
        self.column.addWidget(head)
        self.column.addWidget(Hairline())
        self.column.addWidget(self._stack, 1)

    @override
    def show_target(self, target: str) -> None:
        """Show the tab that a link names, such as ``fields`` or ``yardsticks``."""
        self.tabs.set_current(target)
        self._on_tab(self.tabs.current())
        self.tabs.button(self.tabs.current()).setFocus()

    @override
    def leave(self) -> None:
        if self.name.hasFocus():
            self.name.clearFocus()

    @cached_property
    def parameters(self) -> ParametersView:
        """Return the tab of the parameters, made when it is first shown."""
        return ParametersView(self.context)

    @cached_property
    def yardsticks(self) -> YardsticksView:
        """Return the tab of the yardsticks, made when it is first shown."""
        return YardsticksView(self.context)

    @cached_property
    def backups(self) -> BackupsView:
        """Return the tab of the backups, made when it is first shown."""
        return BackupsView(self.context)

    @cached_property
    def checklist(self) -> ChecklistView:
        """Return the tab of the checklist's editions, made when it is first shown."""
        return ChecklistView(self.context)

    @cached_property
    def fields(self) -> OwnFieldsView:
        """Return the tab of the own fields, made when it is first shown."""
        return OwnFieldsView(self.context)

    def _general(self) -> QWidget:
        """Return the settings that belong to the person."""
        page = ScrollPage()
        page.add(self._looks())
        page.add(self._who())
        page.add(self._places())
        for at in range(page.content.count()):
            if (item := page.content.itemAt(at)) and (widget := item.widget()):
                widget.setMaximumWidth(theme.current().px(_FORM_WIDTH))
        page.content.addStretch(1)
        return page

    def _looks(self) -> Card:
        settings = self.context.program.settings
        card = Card(t("settings.looks"), t("settings.looks_text"))
        names = {code: t(f"settings.language_{code.lower()}") for code in LANGUAGES}
        self.language = Segments(list(names.items()), language())
        self.language.chosen.connect(self._on_language)
        self.theme = Segments(
            [(key, t(f"settings.theme_{key}")) for key in _THEMES], settings.theme
        )
        self.theme.chosen.connect(self._on_theme)
        steps = [round(zoom * 100) for zoom in theme.ZOOM_STEPS]
        self.zoom = ChoiceBox(
            t("settings.zoom"), [(str(step), f"{step}%") for step in steps], str(settings.zoom)
        )
        self.zoom.activated.connect(self._on_zoom)
        self.density = Segments(
            [(key, t(f"settings.density_{key}")) for key in _DENSITIES], settings.density
        )
        self.density.chosen.connect(self._on_density)
        rows: list[tuple[str, QWidget]] = [
            (t("settings.language"), self.language),
            (t("settings.theme"), self.theme),
            (t("settings.zoom"), self.zoom),
            (t("settings.density"), self.density),
        ]
        card.add(_form(rows))
        return card

    def _who(self) -> Card:
        settings = self.context.program.settings
        card = Card(t("settings.who"), t("settings.who_text"))
        self.name = QLineEdit(settings.actor)
        self.name.setAccessibleName(t("settings.name"))
        self.name.setPlaceholderText(replace(settings, actor="").name_of_user())
        self.name.editingFinished.connect(self._on_name)
        card.add(_form([(t("settings.name"), self.name)]))
        return card

    def _places(self) -> Card:
        program, project = self.context.program, self.context.services.project
        card = Card(t("settings.places"), t("settings.places_text"))
        rows: list[tuple[str, QWidget]] = []
        places = [("project", project)] if "://" not in project else []
        places.append(("log", str(program.log_path())))
        self._folders = dict(places)
        for key, path in places:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(Label(path, wrap=True, selectable=True), 1)
            button = Button(t("settings.open_folder"), "link")
            button.setAccessibleName(t("settings.open_folder_of", name=t(f"settings.{key}")))
            button.setProperty("place", key)
            button.clicked.connect(self._on_folder)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            rows.append((t(f"settings.{key}"), line))
        card.add(_form(rows))
        return card

    def _change(self, **changes: str | int) -> None:
        """Take over what was changed; the language in use stays unless it is the change."""
        settings: Settings = self.context.program.settings
        wanted = replace(settings, **{"language": language(), **changes})  # type: ignore[arg-type]  # names and types are those of Settings
        if wanted == settings:
            return
        try:
            self.context.shell.change_settings(wanted)
        except UserError as error:
            self.context.shell.show_error(error)

    @Slot(str)
    def _on_language(self, chosen: str) -> None:
        self._change(language=chosen)

    @Slot(str)
    def _on_theme(self, chosen: str) -> None:
        self._change(theme=chosen)

    @Slot()
    def _on_zoom(self) -> None:
        self._change(zoom=int(self.zoom.chosen()))

    @Slot(str)
    def _on_density(self, chosen: str) -> None:
        self._change(density=chosen)

    @Slot()
    def _on_name(self) -> None:
        self._change(actor=self.name.text().strip())

    @Slot()
    def _on_folder(self) -> None:
        key = str(self.sender().property("place"))
        if not open_folder(Path(self._folders[key])):
            self.context.shell.show_toast(t("settings.cannot_open", path=self._folders[key]))

    @Slot(str)
    def _on_tab(self, tab: str) -> None:
        view: QWidget = self._first
        if tab == "parameters":
            view = self.parameters
        elif tab == "backups":
            view = self.backups
        elif tab == "fields":
            view = self.fields
        elif tab == "checklist":
            view = self.checklist
        elif tab == "yardsticks":
            view = self.yardsticks
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)


def _form(rows: list[tuple[str, QWidget]]) -> QWidget:
    """Return labelled lines."""
    px = theme.current().px
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, px(4), 0, 0)
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(12))
    grid.setColumnMinimumWidth(0, px(_LABEL_WIDTH))
    grid.setColumnStretch(1, 1)
    for at, (words, editor) in enumerate(rows):
        label = QLabel(words)
        label.setBuddy(editor)
        top = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label, at, 0, top)
        narrow = isinstance(editor, Segments | ChoiceBox)
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
        grid.addWidget(editor, at, 1, side)
    return holder
