# SPDX-License-Identifier: MIT
"""The project's services over the snapshot of a final assessment."""

from sqlalchemy import Engine

from workbench.application.store_ports import UnitOfWork
from workbench.application.versions.frozen_work import FrozenWork
from workbench.bootstrap.names import shipped_names
from workbench.bootstrap.services import Services
from workbench.domain.content import Content
from workbench.domain.freezing.snapshot import Snapshot
from workbench.domain.overriding import override
from workbench.files.content.loading import content_of


class FrozenServices(Services):
    """The same use cases on the snapshot of a final assessment; nothing can be written."""

    def __init__(self, live: Services, engine: Engine, snapshot: Snapshot) -> None:
        super().__init__(live.program, live.project, engine)
        self._live = live
        self._snapshot = snapshot

    @override
    def unit_of_work(self, *, writing: bool = False) -> UnitOfWork:
        """Open the snapshot."""
        return FrozenWork(self._snapshot, self._live.unit_of_work)

    @override
    def shipped_content(self) -> Content:
        """Return the content that was frozen, with the project's own editions in it."""
        return content_of(self._snapshot.content, shipped_names())
