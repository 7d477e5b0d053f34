# SPDX-License-Identifier: MIT
"""What is done with an open project as a whole: other copies of it, and the files it keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.domain.findings import UsageError
from workbench.locations import as_place

if TYPE_CHECKING:
    from workbench.application.project.cleaning import Cleaning
    from workbench.application.project.rechecking import Rechecking
    from workbench.application.project.reconciling import Reconciling
    from workbench.application.store_ports import NewUnitOfWork
    from workbench.bootstrap.services import Services


class KeepingServices:
    """The project as a whole."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    @cached_property
    def reconciling(self) -> "Reconciling":
        """Return comparing with another copy of the project, and taking over what it has."""
        from workbench.application.project.reconciling import Reconciling

        return Reconciling(
            self._services.unit_of_work,
            self._services.history,
            self._reading,
            self._services.own_fields.catalogue,
            self._rechecking,
            self._trial,
        )

    @contextmanager
    def _trial(self) -> "Iterator[Reconciling | None]":
        """Open the project so that what is written is taken back; None where that cannot be."""
        from workbench.bootstrap.services import Services
        from workbench.storage.project_file import open_for_trial

        with open_for_trial(self._services.project) as engine:
            if engine is None:
                yield None
            else:
                tried = Services(self._services.program, self._services.project, engine)
                yield tried.keeping.reconciling

    def _rechecking(self) -> "Rechecking":
        """Return what checks a project again after a merge."""
        from workbench.application.project.rechecking import Rechecking

        services = self._services
        return Rechecking(
            services.unit_of_work,
            services.querying.ledger,
            lambda: services.assessing.setting(None),
            services.ticking.sheet,
            services.editions.findings,
        )

    @cached_property
    def cleaning(self) -> "Cleaning":
        """Return the removal of kept files that nothing needs."""
        from workbench.application.project.cleaning import Cleaning

        program = self._services.program
        return Cleaning(
            self._services.unit_of_work,
            self._services.history,
            program.clock,
            lambda: program.settings.name_of_user(),
            self._services.compact,
        )

    @contextmanager
    def _reading(self, project: str) -> "Iterator[NewUnitOfWork]":
        """Open another project so that nothing in it can change."""
        from workbench.bootstrap.services import Services
        from workbench.storage.project_file import open_to_read

        if _same(project, self._services.project):
            raise UsageError("copies.same_file", path=project.split("@")[-1])
        with open_to_read(project) as engine:
            yield Services(self._services.program, project, engine).unit_of_work


def _same(one: str, other: str) -> bool:
    if "://" in one or "://" in other:
        return one == other
    first, second = as_place(one), as_place(other)
    return first.absolute() == second.absolute() or (
        first.exists() and second.exists() and first.samefile(second)
    )
