# SPDX-License-Identifier: MIT
"""One open project: its transactions, its history, its file; the use cases build on it."""

from functools import cached_property
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from workbench.application.history import History
    from workbench.application.store_ports import UnitOfWork
    from workbench.bootstrap.program import Program


class OpenProject:
    """One open project."""

    def __init__(self, program: "Program", project: str, engine: "Engine") -> None:
        self.program = program
        self.project = project
        self._engine = engine
        self._hurried: int | None = None
        self._own: set[str] = set()
        """The ids of the operations that were written here; all others are somebody else's."""

    def unit_of_work(self, *, writing: bool = False) -> "UnitOfWork":
        """Open a transaction."""
        from workbench.storage.unit_of_work import SqlUnitOfWork

        actor = self.program.settings.name_of_user()
        return SqlUnitOfWork(
            self._engine,
            self.program.clock,
            actor,
            writing=writing,
            hurried=self._hurried == get_ident(),
            written=self._own.add,
        )

    def hurry_here(self) -> None:
        """Let this thread, the window's, not wait seconds for others who write to the project."""
        self._hurried = get_ident()

    @property
    def name(self) -> str:
        """Return what a person calls the project: its file name."""
        return Path(self.project).name if "://" not in self.project else self.project

    @cached_property
    def history(self) -> "History":
        """Return doing, undo and redo."""
        from workbench.application.history import History

        return History(self.unit_of_work, lambda: self.program.settings.name_of_user(), self._own)

    def compact(self) -> bool:
        """Give the free room of the project's file back; False when it stays with the file."""
        from workbench.storage.engine import compact

        return compact(self._engine)

    def close(self) -> None:
        """Let go of the project's file; work that still waits is cancelled."""
        from workbench.storage.engine import close_for_good

        close_for_good(self._engine)
