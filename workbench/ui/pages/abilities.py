# SPDX-License-Identifier: MIT
"""What some pages can do and others cannot; the window asks before it passes a key on."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget


@runtime_checkable
class HasDetailPane(Protocol):
    """Pages whose detail panel is a pane of its own for F6."""

    def detail_pane(self) -> QWidget | None:
        """Return the panel, None while it is hidden."""


@runtime_checkable
class HasDetail(Protocol):
    """A page with a detail panel at its right."""

    def toggle_detail(self) -> None:
        """Show or hide the detail panel."""
        ...

    def focus_detail(self) -> None:
        """Show the detail panel and move the focus into it."""
        ...


@runtime_checkable
class HasProblems(Protocol):
    """A page that can walk through the problems of what it shows."""

    def next_problem(self) -> None:
        """Show the next problem."""
        ...


@runtime_checkable
class Recalculates(Protocol):
    """A page whose figures are computed on request."""

    def recalculate(self) -> None:
        """Compute again and show the result."""
        ...


@runtime_checkable
class HasDensity(Protocol):
    """A page with tables whose row height is a setting."""

    def set_density(self, density: str) -> None:
        """Show rows as compact, standard or roomy."""
        ...
