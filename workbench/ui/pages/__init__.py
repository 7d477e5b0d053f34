# SPDX-License-Identifier: MIT
"""Which pages the window has; their modules are imported when a page is first opened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its key (texts ``pages.<key>.title``), where its class lives, icon, shortcut."""

    key: str
    module: str
    name: str
    icon: str
    shortcut: str
    at_bottom: bool = False

    @property
    def title_key(self) -> str:
        """Return the text key of the page's name."""
        return f"pages.{self.key}.title"


def _entry(key: str, name: str, icon: str, shortcut: str, *, at_bottom: bool = False) -> PageEntry:
    return PageEntry(key, f"workbench.ui.pages.{key}.page", name, icon, shortcut, at_bottom)


PAGES = (
    _entry("home", "HomePage", "house", "Ctrl+1"),
    _entry("ledger", "LedgerPage", "table-2", "Ctrl+2"),
    _entry("cases", "CasesPage", "library", "Ctrl+3"),
    _entry("assessment", "AssessmentPage", "git-compare", "Ctrl+4"),
    _entry("checklist", "ChecklistPage", "list-checks", "Ctrl+5"),
    _entry("scenario", "ScenarioPage", "calculator", "Ctrl+6"),
    _entry("report", "ReportPage", "file-text", "Ctrl+7"),
    _entry("help", "HelpPage", "circle-help", "F1", at_bottom=True),
    _entry("settings", "SettingsPage", "settings", "Ctrl+,", at_bottom=True),
)
