# SPDX-License-Identifier: MIT
"""Finds what the command palette offers: everything in the project, commands, pages, settings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from workbench.domain.display import shown
from workbench.domain.fields import Field
from workbench.domain.pinyin import readings
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.search.folding import place_in
from workbench.domain.search.index import Found, Match, SearchIndex
from workbench.domain.search.segment import Kind, Segment
from workbench.ui.frame.commands import COMMANDS, Command
from workbench.ui.models.field_cells import unit_title
from workbench.ui.pages import PAGES, PageEntry
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.marked_label import Marked
from workbench.ui.widgets.palette import MOST_HITS, Hit

if TYPE_CHECKING:
    from workbench.application.search.searching import Reason, Searching
    from workbench.ui.context import UiContext

Go = Callable[[str, str], None]
RunCommand = Callable[[str], None]
Beside = Callable[[str, str], None]

_ICONS = {
    "park": "building-2", "parcel": "map-pin", "building": "building-2", "unit": "layers",
    "facility": "factory", "enterprise": "users", "lease": "file-text", "case": "library",
    "pathway": "git-compare", "item": "list-checks", "parameter": "settings",
}  # fmt: skip
# What tells two records of an entity apart at a glance.
_DETAILS = {
    "parcel": ("land_use", "status", "area_cert"),
    "building": ("kind", "use_status", "gfa_cert"),
    "unit": ("area", "status"),
    "facility": ("kind", "status"),
    "enterprise": ("industry_name", "status"),
    "lease": ("end_on", "area"),
    "encumbrance": ("kind", "status"),
}
_SECTIONS = {
    "park": "assets", "parcel": "assets", "building": "assets", "unit": "assets",
    "facility": "assets", "enterprise": "tenants", "lease": "leases", "case": "cases",
    "pathway": "pathways", "item": "items", "parameter": "settings",
}  # fmt: skip
_TARGETS = {
    "case": ("cases", "{key}"),
    "pathway": ("assessment", "pathway:{key}"),
    "item": ("checklist", "{key}"),
    "parameter": ("settings", "parameters"),
}
_SETTINGS = {
    "language": "general", "theme": "general", "zoom": "general", "density": "general",
    "name": "general", "project": "general", "log": "general", "tab_fields": "fields",
    "tab_parameters": "parameters",
}  # fmt: skip
_TITLE = ("title",)


@dataclass(frozen=True, slots=True)
class _Own:
    """One thing of the program itself."""

    kind: str
    key: str
    title: str
    section: str
    icon: str
    shortcut: str
    act: Callable[[], object]


class Finder(QObject):
    """Searches the open project and the program; ``ready`` tells that more is found than before."""

    ready = Signal()

    def __init__(
        self,
        go: Go,
        run_command: RunCommand,
        beside: Beside | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._go = go
        self._run_command = run_command
        self._beside = beside
        self._context: UiContext | None = None
        self._program: dict[tuple[str, str], _Own] = {}
        self._index = SearchIndex()
        self._asked = frozenset[str]()

    def use(self, context: "UiContext | None") -> None:
        """Search this project from now on."""
        self._context = context
        self._asked = frozenset()
        self._program = {(own.kind, own.key): own for own in self._own_things()}
        self._index = SearchIndex()
        for kind in ("command", "page", "setting"):
            rows = [(o.key, (o.title,)) for o in self._program.values() if o.kind == kind]
            self._index.put(Segment(Kind(kind, _TITLE, frozenset(_TITLE)), rows))

    @property
    def searching(self) -> "Searching | None":
        """Return the search over the project."""
        return self._context.services.searching if self._context is not None else None

    @property
    def is_ready(self) -> bool:
        """Tell whether everything can be found already."""
        searching = self.searching
        return self._index.is_warm and not (searching and searching.stale)

    def prepare(self) -> None:
        """Index what is not indexed yet, behind the scenes, and learn to spell."""
        if self._context is None:
            self._index.warm()
            return
        searching, ledger = self._context.services.searching, self._context.services.querying.ledger
        kinds = searching.stale
        if (self.is_ready and searching.index.is_warm) or self._asked:
            return
        self._asked = kinds | {""}
        snapshot = ledger()
        task = self._context.tasks.start(lambda _: _prepared(searching, snapshot, kinds))
        task.succeeded.connect(self._on_prepared)
        task.failed.connect(self._context.shell.show_error)

    @Slot(object)
    def _on_prepared(self, segments: list[Segment]) -> None:
        kinds, self._asked = self._asked - {""}, frozenset()
        if (searching := self.searching) is None:
            return
        searching.take(segments, kinds, warm=True)
        self._index.warm()
        self.ready.emit()

    def search(self, words: str) -> Sequence[Hit]:
        """Return what the words find, best first by section; without words what one may do."""
        if not words.strip():
            return [_own_hit(o) for o in self._program.values() if o.kind != "setting"][:MOST_HITS]
        if not self._program:
            self.use(self._context)
        found = self._index.search(words, MOST_HITS)
        if (searching := self.searching) is not None:
            found += searching.search(words, MOST_HITS)
        best = sorted(found, key=lambda f: f.rank[:3])[:MOST_HITS]
        hits = [hit for item in best if (hit := self._hit(item)) is not None]
        order = list(dict.fromkeys(hit.section for hit in hits))
        return sorted(hits, key=lambda hit: order.index(hit.section))

    def _hit(self, found: Found) -> Hit | None:
        own = self._program.get((found.kind, found.key))
        if own is not None:
            match = found.matches[0]
            return _own_hit(own, _marks(own.title, match.start, match.length), _why(match))
        searching, context = self.searching, self._context
        if searching is None or context is None:
            return None
        title = searching.title(found, language())
        reasons = searching.reasons(found)
        marks = tuple(place for r in reasons if (place := _place(title, r)) is not None)
        unseen = [r for r in reasons if _place(title, r) is None]
        section = t(f"window.section_{_SECTIONS.get(found.kind, 'records')}")
        icon = _ICONS.get(found.kind, "file-text")
        page, target = _TARGETS.get(found.kind, ("ledger", f"{found.kind}:{{key}}"))
        go = partial(self._go, page, target.format(key=found.key))
        record = searching.record(found)
        beside = None
        if record is not None and self._beside is not None:
            beside = partial(self._beside, found.kind, found.key)
        return Hit(
            section,
            title,
            self._detail(found, record),
            self._reason_words(found, reasons, unseen),
            go,
            icon,
            beside=beside,
            marks=marks,
        )

    def _reason_words(
        self, found: Found, reasons: Sequence["Reason"], unseen: Sequence["Reason"]
    ) -> Marked:
        """Return what is not visible in the title: other fields, and letters that are pinyin."""
        from workbench.application.search.words import field_title, snippet

        catalogue = self._context.services.catalogue if self._context else None
        words = Marked()
        for reason in reasons:
            if reason.level.by_pinyin:
                words = words.plus(t("finder.pinyin", word=reason.word))
            if reason in unseen and catalogue is not None:
                title = field_title(found.kind, reason.field, catalogue, texts_in_use())
                text, start, end = snippet(reason)
                words = words.plus(f"{title} {text}", len(title) + 1 + start, len(title) + 1 + end)
        return words

    def _detail(self, found: Found, record: Record | None) -> str:
        if record is None:
            return "" if found.kind != "case" else found.key
        entity = self._context.services.catalogue[record.entity] if self._context else None
        if entity is None:
            return ""
        names = _DETAILS.get(record.entity, ())
        parts = (_shown_part(record, entity[name]) for name in names if name in entity)
        return t("ui.gap").join([entity.title(language()), *filter(None, parts)])

    def _own_things(self) -> Iterator[_Own]:
        yield from (self._command(c) for c in COMMANDS if c.section == "actions" and self._can(c))
        if self._context is not None:
            yield from (self._page(page) for page in PAGES)
        yield from (self._command(c) for c in COMMANDS if c.section == "settings" and self._can(c))
        if self._context is not None:
            for key, tab in _SETTINGS.items():
                go = partial(self._go, "settings", tab)
                title = t(f"settings.{key}")
                yield _Own("setting", key, title, "settings", "settings", "", go)

    def _can(self, command: Command) -> bool:
        return self._context is not None or not command.needs_project

    def _command(self, command: Command) -> _Own:
        run = partial(self._run_command, command.key)
        return _Own(
            "command", command.key, command.title, command.section, command.icon,
            command.shortcut, run,
        )  # fmt: skip

    def _page(self, page: PageEntry) -> _Own:
        go = partial(self._go, page.key, "")
        return _Own("page", page.key, t(page.title_key), "pages", page.icon, page.shortcut, go)


def _prepared(searching: "Searching", ledger: Ledger, kinds: frozenset[str]) -> list[Segment]:
    """Make the segments, and read how their characters are spelled; on the worker's thread."""
    segments = searching.prepare(ledger, kinds)
    for segment in segments:
        for char in segment.alphabet:
            readings(char)
    return segments


def _own_hit(own: _Own, marks: tuple[tuple[int, int], ...] = (), why: Marked | None = None) -> Hit:
    section = t(f"window.section_{own.section}")
    return Hit(
        section, own.title, "", why or Marked(), own.act, own.icon, own.shortcut, marks=marks
    )


def _marks(text: str, start: int, length: int) -> tuple[tuple[int, int], ...]:
    return (place_in(text, start, length),)


def _why(match: Match) -> Marked:
    spelled = match.level.by_pinyin
    return Marked().plus(t("finder.pinyin", word=match.word)) if spelled else Marked()


def _place(title: str, reason: "Reason") -> tuple[int, int] | None:
    """Return where a reason's piece is seen in the title, or None when it is not."""
    at = title.find(reason.text) if reason.text else -1
    return None if at < 0 else (at + reason.start, at + reason.end)


def _shown_part(record: Record, field: Field) -> str:
    """Return a value with its unit, "" when it is not known."""
    text = shown(record.get(field.key), field, language())
    return f"{text} {unit_title(field.shown_unit)}".strip() if text else ""
