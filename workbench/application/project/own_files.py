# SPDX-License-Identifier: MIT
"""The files that a project was made of: nothing that it writes is ever written over one of them."""

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Concatenate, ParamSpec, TypeVar

from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.findings import OutputError

DigestOf = Callable[[str, Collection[int]], str | None]
"""Returns the SHA-256 of the file at a path that has one of some sizes in bytes, or None."""
P = ParamSpec("P")
T = TypeVar("T")


class OwnFiles:
    """Knows imported files and evidence by what is in them, wherever they lie and are called."""

    def __init__(self, unit_of_work: NewUnitOfWork, digest_of: DigestOf) -> None:
        self._unit_of_work = unit_of_work
        self._digest_of = digest_of

    def refuse(self, target: str) -> None:
        """Raise OutputError when an imported ledger or a piece of evidence lies at a target."""
        with self._unit_of_work() as work:
            own: dict[str, tuple[Decimal | int | None, str, str]] = {
                row.text("sha256") or "": (row.number("size"), "report.is_evidence", row.label)
                for row in work.records.all("evidence")
            }
            own |= {s.sha256: (s.size, "report.is_ledger", s.name) for s in work.files.sources()}
        sizes = {int(size) for size, _, _ in own.values() if size is not None}
        if found := own.get(self._digest_of(target, sizes) or "-"):
            _, code, name = found
            raise OutputError(code, path=target, name=name)

    def guarding(self, write: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
        """Return what writes as ``write`` does, but not over such a file."""

        def guarded(target: str, /, *args: P.args, **more: P.kwargs) -> T:
            self.refuse(target)
            return write(target, *args, **more)

        return guarded
