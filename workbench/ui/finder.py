# SPDX-License-Identifier: MIT
"""Finds what the command palette offers: commands, pages, assets, enterprises, cases."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from workbench.bootstrap import Services
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import shown
from workbench.domain.fields import Field
from workbench.domain.ledger import Ledger, Record
from workbench.ui.commands import COMMANDS, Command
from workbench.ui.initials import initials
from workbench.ui.pages import PAGES
from workbench.ui.texts import language, t
from workbench.ui.widgets.palette import MOST_HITS, Hit

Go = Callable[[str, str], None]
RunCommand = Callable[[str], None]

_ASSET_ICONS = {
    "parcel": "map-pin",
    "building": "building-2",
    "facility": "factory",
    "enterprise": "users",
    "lease": "file-text",
}
# What tells two records of an entity apart at a glance.
_DETAILS = {
    "parcel": ("land_use", "status", "area_cert"),
    "building": ("kind", "use_status", "gfa_cert"),
    "facility": ("kind", "status"),
    "enterprise": ("industry_name", "status"),
    "lease": ("end_on", "area"),
}
_PER_SECTION = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: its words in small letters, its initials, and how it shows."""

    words: str
    initials: str
    hit: Hit

    def why(self, wanted: str) -> str | None:
        """Return "" for a plain match, the initials that matched, or None."""
        if wanted in self.words:
            return ""
        return self.initials if wanted.isascii() and wanted in self.initials else None


class Finder:
    """Searches the open project and the program; the ledger's entries are kept per snapshot."""

    def __init__(self, go: Go, run_command: RunCommand) -> None:
        self._go = go
        self._run_command = run_command
        self._services: Services | None = None
        self._ledger: Ledger | None = None
        self._assets: list[Entry] = []
        self._cases: list[Entry] | None = None

    def use(self, services: Services | None) -> None:
        """Search this project from now on."""
        self._services = services
        self._ledger = None
        self._assets = []

    def search(self, words: str) -> Sequence[Hit]:
        """Return what the words find, the program's own things first."""
        wanted = words.casefold().strip()
        sections = (
            self._commands("actions"),
            self._pages(),
            self._records() if wanted else iter(()),
            self._case_entries() if wanted else iter(()),
            self._commands("settings"),
        )
        hits: list[Hit] = []
        for entries in sections:
            hits += _matching(entries, wanted)
        return hits[:MOST_HITS]

    def _commands(self, section: str) -> Iterator[Entry]:
        for command in COMMANDS:
            usable = self._services is not None or not command.needs_project
            if command.section == section and usable:
                yield _entry(command.title, self._command_hit(command))

    def _command_hit(self, command: Command) -> Hit:
        run = partial(self._run_command, command.key)
        section = t(f"window.section_{command.section}")
        return Hit(section, command.title, "", "", run, command.icon, command.shortcut)

    def _pages(self) -> Iterator[Entry]:
        if self._services is None:
            return
        section = t("window.section_pages")
        for page in PAGES:
            title = t(page.title_key)
            go = partial(self._go, page.key, "")
            yield _entry(title, Hit(section, title, "", "", go, page.icon, page.shortcut))

    def _records(self) -> Iterator[Entry]:
        if self._services is None:
            return iter(())
        ledger = self._services.querying.ledger()
        if ledger is not self._ledger:
            self._ledger = ledger
            self._assets = [
                self._record_entry(record)
                for entity in _ASSET_ICONS
                for record in ledger.all(entity)
            ]
        return iter(self._assets)

    def _record_entry(self, record: Record) -> Entry:
        code = record.text("code") or ""
        title = f"{code}  {record.label}" if code and code != record.label else record.label
        entity = CATALOGUE[record.entity]
        parts = (_shown_part(record, entity[name]) for name in _DETAILS[record.entity])
        detail = t("ui.gap").join([entity.title(language()), *filter(None, parts)])
        go = partial(self._go, "ledger", f"{record.entity}:{record.key}")
        section = t("window.section_assets")
        extra = " ".join(filter(None, (record.text(n) for n in ("cert_no", "credit_code"))))
        hit = Hit(section, title, detail, "", go, _ASSET_ICONS[record.entity])
        return Entry(f"{title} {extra}".casefold(), initials(record.label), hit)

    def _case_entries(self) -> Iterator[Entry]:
        if self._cases is None and self._services is not None:
            section = t("window.section_cases")
            self._cases = []
            for case in self._services.content.cases.values():
                name, region = case.name.get(language()), case.region.get(language())
                go = partial(self._go, "cases", case.id)
                hit = Hit(section, name, region, "", go, "library")
                self._cases.append(_entry(f"{case.id} {name} {region}", hit))
        return iter(self._cases or ())


def _entry(words: str, hit: Hit) -> Entry:
    return Entry(words.casefold(), initials(words), hit)


def _matching(entries: Iterator[Entry], wanted: str) -> list[Hit]:
    """Return the first matches of a section; those by name stand before those by initials."""
    plain: list[Hit] = []
    by_initials: list[Hit] = []
    for entry in entries:
        why = entry.why(wanted)
        if why == "":
            plain.append(entry.hit)
        elif why:
            hit = entry.hit
            by_initials.append(
                Hit(
                    hit.section, hit.title, hit.detail, wanted, hit.action, hit.icon, hit.shortcut,
                    hit.beside,
                )
            )  # fmt: skip
        if len(plain) >= _PER_SECTION:
            break
    return (plain + by_initials)[:_PER_SECTION]


def _shown_part(record: Record, field: Field) -> str:
    """Return a value with its unit, "" when it is not known."""
    text = shown(record.get(field.key), field, language())
    return f"{text} {field.shown_unit}".strip() if text else ""
