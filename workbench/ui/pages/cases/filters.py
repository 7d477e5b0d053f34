# SPDX-License-Identifier: MIT
"""Which cases are shown: words to look for, and filters that stand as chips."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from workbench.application.cases.search import case_haystack, case_province, case_statuses
from workbench.application.cases.words import shown_code
from workbench.domain.cases.case import Case, StatedKind
from workbench.domain.content import Content
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, FilterChip
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.search_box import SearchBox

_KINDS = ("asset_kind", "pathway", "distress", "goals", "region", "status", "has")
_MOST_OFFERED = 40
_HAS = ("money", "seizure", "forecast")
_MONEY = ("万元", "亿元", "万元/亩")


class CaseFilters(Box):
    """A search field and chips; ``changed`` when other cases are wanted."""

    changed = Signal()

    def __init__(self, content: Content) -> None:
        super().__init__("surface", margins=(16, 12, 16, 10), spacing=8)
        self._content = content
        self._cases: tuple[Case, ...] = ()
        self._haystacks: dict[str, str] = {}
        self._said: Mapping[str, Collection[str]] = {}
        self._chosen: list[str] = []
        self.search = SearchBox(t("cases.search"))
        self.search.searched.connect(self._on_searched)
        self._chips = Flow()
        self._add = Button(t("cases.add_filter"), "chipAdd", icon="plus")
        self._add.clicked.connect(self._on_add)
        self.add(self.search)
        self.add(self._chips)
        self._words = ""
        self._show_chips()

    def set_cases(
        self, cases: Iterable[Case], notes: Mapping[str, Collection[str]] | None = None
    ) -> None:
        """Offer filters that fit these cases; ``notes`` are words beside them that are searched."""
        self._cases = tuple(cases)
        self._said = notes or {}
        self._haystacks = {}

    def accepts(self, case: Case) -> bool:
        """Tell whether a case fits every word and every filter."""
        words = self._words.casefold().split()
        return all(word in self._haystack(case) for word in words) and all(
            _fits(case, *chosen.split(":", 1)) for chosen in self._chosen
        )

    def _haystack(self, case: Case) -> str:
        """Return the words of a case, put together when they are first looked through."""
        found = self._haystacks.get(case.id)
        if found is None:
            said = self._said.get(case.id, ())
            found = self._haystacks[case.id] = case_haystack(case, self._content, said)
        return found

    def chosen(self) -> tuple[str, ...]:
        """Return the filters in use, such as ``pathway:P01``."""
        return tuple(self._chosen)

    def add_filter(self, key: str) -> None:
        """Filter by one thing more."""
        if key not in self._chosen:
            self._chosen.append(key)
            self._show_chips()
            self.changed.emit()

    @Slot(str)
    def remove_filter(self, key: str) -> None:
        """Take one filter away."""
        if key in self._chosen:
            self._chosen.remove(key)
            self._show_chips()
            self.changed.emit()

    def clear(self) -> None:
        """Show every case again."""
        self._chosen = []
        self._words = ""
        self.search.clear()
        self._show_chips()
        self.changed.emit()

    def menu(self) -> QMenu:
        """Return the menu of filters that would leave at least one case."""
        menu = QMenu(self)
        for kind in _KINDS:
            keys = self._offered(kind)
            if not keys:
                continue
            part = menu.addMenu(t(f"cases.filter_{kind}"))
            for key in keys:
                action = QAction(self._label(key), part)
                action.setData(key)
                part.addAction(action)
        menu.triggered.connect(self._on_picked)
        return menu

    def _offered(self, kind: str) -> list[str]:
        """Return the filters of a kind that fit some of the cases shown now."""
        shown = [case for case in self._cases if self.accepts(case)]
        codes = {code for case in shown for code in _codes(case, kind)}
        free = [code for code in sorted(codes) if f"{kind}:{code}" not in self._chosen]
        return [f"{kind}:{code}" for code in free[:_MOST_OFFERED]]

    def _label(self, key: str) -> str:
        kind, code = key.split(":", 1)
        if kind == "has":
            return t(f"cases.has_{code}")
        if kind == "status":
            return t(f"content.outcome_status.{code}")
        if kind == "region":
            named = (case_province(case) for case in self._cases)
            return next((each.get(language()) for each in named if each.zh == code), code)
        if kind == "pathway":
            return f"{code} {self._content.pathways[code].name.get(language())}"
        if kind == "distress":
            return f"{code} {self._content.diagnosis.types[code].name.get(language())}"
        return shown_code(kind, code, texts_in_use())

    def _show_chips(self) -> None:
        self._add.setParent(self)
        self._chips.clear()
        for key in self._chosen:
            chip = FilterChip(key, self._label(key))
            chip.removed.connect(self.remove_filter)
            self._chips.add(chip)
        self._chips.add(self._add)
        self._add.show()

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._words = words
        self.changed.emit()

    @Slot()
    def _on_add(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    @Slot(QAction)
    def _on_picked(self, action: QAction) -> None:
        self.add_filter(str(action.data()))


def _fits(case: Case, kind: str, code: str) -> bool:
    return code in _codes(case, kind)


def _codes(case: Case, kind: str) -> Collection[str]:
    """Return everything by which a case can be filtered in one way."""
    if kind == "pathway":
        return case.pathways
    if kind == "region":
        return (province,) if (province := case_province(case).zh) else ()
    if kind == "status":
        return case_statuses(case)
    if kind == "has":
        return [code for code in _HAS if _has(case, code)]
    value = getattr(case.features, kind)
    if value is None:
        return ()
    return value if isinstance(value, frozenset) else (value,)


def _has(case: Case, code: str) -> bool:
    known = [fact for fact in case.facts if fact.stated is not StatedKind.NOT_STATED]
    if code == "money":
        return any(fact.unit in _MONEY for fact in known)
    if code == "forecast":
        return any(fact.status.value == "forecast" for fact in known)
    return case.features.title_state == "seized"
