"""A window's doors for tests: what a page says and where it wants to go is written down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QWidget

from workbench.bootstrap import Settings


@dataclass
class FakeShell:
    """Implements ``workbench.ui.context.Shell`` without a window."""

    host: QWidget
    toasts: list[str] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    watched: list[str] = field(default_factory=list)
    went: list[tuple[str, str]] = field(default_factory=list)
    selections: list[str] = field(default_factory=list)
    actions: list[Callable[[], Any] | None] = field(default_factory=list)
    settings: list[Settings] = field(default_factory=list)

    restored: list[str] = field(default_factory=list)

    def restore_backup(self, backup: str) -> None:
        self.restored.append(backup)

    @property
    def dialog_host(self) -> QWidget:
        return self.host

    def change_settings(self, settings: Settings) -> None:
        self.settings.append(settings)

    def show_toast(
        self, text: str, action: str = "", on_action: Callable[[], Any] | None = None
    ) -> None:
        self.toasts.append(text)
        self.actions.append(on_action)

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)

    def watch(self, task: Any, name: str) -> None:
        self.watched.append(name)

    def go(self, page: str, target: str = "") -> None:
        self.went.append((page, target))

    def show_selection(self, text: str) -> None:
        self.selections.append(text)
