# SPDX-License-Identifier: MIT
"""The policy parameters in use: value, validity, region, source, and whether anybody checked."""

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.domain.display import grouped
from workbench.domain.findings import UserError
from workbench.domain.parameters import Bracket, PolicyParam
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages.settings.yardstick_dialogs import EntryDialog
from workbench.ui.texts import language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Segments
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row
from workbench.ui.widgets.search_box import SearchBox

FILE = "parameters.toml"


class ParametersView(Box):
    """Lists every parameter; those of other days than the as-of date are marked.

    Opening one says who checked it, when and against what, or puts another value in its place.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__("surface")
        self._context = context
        self._words = ""
        px = theme.current().px
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(12), px(24), px(12))
        head.setSpacing(px(12))
        self.search = SearchBox(t("settings.search_parameters"))
        self.search.searched.connect(self._on_searched)
        self.search.setMaximumWidth(px(320))
        self.shown = Segments(
            [(key, t(f"settings.show_{key}")) for key in ("all", "unverified")], "all"
        )
        self.shown.chosen.connect(self._show)
        self._count = Label("", "caption", wrap=True)
        head.addWidget(self.search, 1)
        head.addWidget(self.shown)
        head.addWidget(self._count, 2)
        self.table = ReadTable(
            t("settings.tab_parameters"),
            (
                Column(t("settings.parameter"), share=4),
                Column(t("settings.value"), share=2, right=True),
                Column(t("settings.region"), width=96),
                Column(t("settings.validity"), width=132),
                Column(t("settings.source"), share=4),
                Column(t("settings.checked"), width=112),
            ),
            fits=False,
            opens=True,
        )
        self.table.row_opened.connect(self._on_opened)
        context.changed.connect(self._on_changed)
        context.as_of_chosen.connect(self._show)
        self.add(head)
        self.add(Hairline())
        sheet = Box("surface", margins=(14, 0, 0, 0))
        sheet.add(self.table)
        self.add(sheet, 1)
        self._show()

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._words = words.casefold()
        self._show()

    @Slot()
    def _show(self) -> None:
        lang = language()
        only_unverified = self.shown.current() == "unverified"
        rows = []
        parameters = self._context.services.content.parameters
        for param in parameters:
            text = f"{param.code} {param.name.zh} {param.name.en} {param.cite(lang)}"
            if self._words in text.casefold() and not (only_unverified and param.verified_on):
                rows.append(self._row(parameter_name(param), param))
        self.table.set_rows(rows)
        self._count.setText(
            t(
                "settings.parameters_n",
                n=len(rows),
                unverified=len(parameters.unverified()),
                id=parameters.id,
            )
        )

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if any(change.entity == "content_file" for change in changes.records):
            self._show()

    @Slot(str)
    def _on_opened(self, entry: str) -> None:
        """Ask for the check of a value; today and this user are filled in, and can be replaced."""
        services = self._context.services
        param = next(p for p in services.content.parameters if parameter_name(p) == entry)
        values = parameter_values(param)
        program = self._context.program
        suggested = {} if param.verified_on else {
            "verified_on": program.clock.now().date().isoformat(),
            "verified_by": program.settings.name_of_user(),
        }  # fmt: skip
        title = t("yardsticks.check", name=param.name.get(language()))
        dialog = EntryDialog(self._context.shell.dialog_host, title, values, suggested)
        KeptTyping(self._context, dialog, f"parameter:{entry}")
        dialog.asked.connect(partial(self._keep, dialog, entry))
        dialog.open()

    def _keep(self, dialog: EntryDialog, entry: str, values: dict[str, str], reason: str) -> None:
        try:
            self._context.services.editions.change_entry(FILE, entry, values, reason)
        except UserError as error:
            dialog.refuse(sentence(error))
            return
        dialog.close_dialog()

    def _row(self, key: str, param: PolicyParam) -> Row:
        lang = language()
        note = param.note.get(lang)
        detail = f"{param.code}  {note}" if note else param.code
        return Row(
            key,
            (
                Cell(param.name.get(lang), detail=detail),
                Cell(shown_parameter(param), strong=True),
                Cell(param.region or t("settings.nationwide"), tone="text2"),
                self._validity(param),
                Cell(param.cite(lang), tone="text2"),
                _checked(param),
            ),
        )

    def _validity(self, param: PolicyParam) -> Cell:
        start, end = param.effective_from, param.effective_to
        words = " – ".join(day.isoformat() if day else "…" for day in (start, end))
        if not (start or end):
            words = t("settings.no_dates")
        if param.expired(self._context.as_of):
            return Cell(words, tone="danger", detail=t("settings.expired"))
        if not param.in_force(self._context.as_of):
            return Cell(words, tone="warn", detail=t("settings.not_yet"))
        return Cell(words, tone="text2")


def parameter_name(param: PolicyParam) -> str:
    """Return the name of a value of a parameter: code, region and day, without empty ends."""
    since = param.effective_from.isoformat() if param.effective_from else ""
    return "@".join((param.code, param.region, since)).rstrip("@")


def parameter_values(param: PolicyParam) -> dict[str, str]:
    """Return what can be changed of a value, as text; brackets are changed in the whole file."""
    values = {}
    if isinstance(param.value, Decimal):
        values["value"] = f"{param.value.normalize():f}"
    for key in ("effective_from", "effective_to", "verified_on"):
        day = getattr(param, key)
        values[key] = day.isoformat() if day else ""
    return values | {
        "verified_by": param.verified_by,
        "checked_against": param.checked_against,
        "source": param.source.id,
    }


def shown_parameter(param: PolicyParam) -> str:
    """Return a value with its unit; brackets as one line each."""
    if isinstance(param.value, Decimal):
        return _with_unit(param.value, param.unit)
    return "\n".join(_shown_bracket(bracket) for bracket in param.value)


def _shown_bracket(bracket: Bracket) -> str:
    upto, rate, deduction = bracket
    limit = t("settings.bracket_rest") if upto is None else f"≤{_trimmed(upto * 100)}%"
    return t(
        "settings.bracket",
        limit=limit,
        rate=f"{_trimmed(rate * 100)}%",
        deduction=f"{_trimmed(deduction * 100)}%",
    )


def _with_unit(value: Decimal, unit: str) -> str:
    if unit == "%":
        return f"{_trimmed(value * 100)}%"
    return f"{_trimmed(value)} {unit_title(unit)}".strip()


def _trimmed(value: Decimal) -> str:
    shown = grouped(value, 4)
    return shown.rstrip("0").rstrip(".")


def _checked(param: PolicyParam) -> Cell:
    if param.verified_on is not None:
        detail = f"{param.verified_on.isoformat()} {param.verified_by}".rstrip()
        return Cell(t("settings.verified"), detail=detail, tone="success", pill=True)
    detail = t("settings.varies") if param.varies else ""
    return Cell(t("settings.unverified"), detail=detail, tone="warn", pill=True)
