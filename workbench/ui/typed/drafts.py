# SPDX-License-Identifier: MIT
"""What was typed and not kept yet, by the place where it was typed; outlives exit and crash."""

from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workbench.domain.findings import UserError
from workbench.domain.overriding import override

_WRITES_AFTER_MS = 700


class DraftKeeper(Protocol):
    """Where drafts lie between two runs."""

    def load(self) -> dict[str, Any]:
        """Return the drafts by their place."""
        ...

    def save(self, drafts: dict[str, Any]) -> None:
        """Write the drafts; OutputError when the place is closed."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed somewhere: the title of the place, the moment, and the state of its fields."""

    title: str
    at: str
    state: Any


class Drafts(QObject):
    """The drafts of one project; they are written a moment after the last key, and at the end."""

    failed = Signal(object)
    """Why the drafts cannot be written; told once."""

    def __init__(
        self, keeper: DraftKeeper, now: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keeper, self._now = keeper, now
        self._drafts: dict[str, Draft] = {}
        for place, found in keeper.load().items():
            if isinstance(found, dict) and {"title", "at", "state"} <= set(found):
                self._drafts[place] = Draft(found["title"], found["at"], found["state"])
        self._told = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_WRITES_AFTER_MS)
        self._clock.timeout.connect(self.write)

    def get(self, place: str) -> Draft | None:
        """Return what was typed at a place and not kept."""
        return self._drafts.get(place)

    def all(self) -> dict[str, Draft]:
        """Return every draft by its place, the oldest first."""
        return dict(self._drafts)

    def put(self, place: str, title: str, state: Any) -> None:
        """Remember what stands at a place now."""
        self._drafts[place] = Draft(title, self._now(), state)
        self._clock.start()

    def drop(self, place: str) -> None:
        """Forget a draft: it was kept for good, or is not wanted."""
        if self._drafts.pop(place, None) is not None:
            self._clock.start()

    def flush(self) -> None:
        """Write at once what waits to be written."""
        if self._clock.isActive():
            self.write()

    @Slot()
    def write(self) -> None:
        """Write the drafts; a place that is closed is told once, the words stay in memory."""
        self._clock.stop()
        written = {
            place: {"title": draft.title, "at": draft.at, "state": draft.state}
            for place, draft in self._drafts.items()
        }
        try:
            self._keeper.save(written)
        except UserError as error:
            if not self._told:
                self._told = True
                self.failed.emit(error)


class DraftWords(MutableMapping[str, str]):
    """The words begun at the places of one kind, such as comments by checklist item."""

    def __init__(self, drafts: Drafts, kind: str, title: str) -> None:
        self._drafts, self._kind, self._title = drafts, f"{kind}:", title

    @override
    def __getitem__(self, place: str) -> str:
        draft = self._drafts.get(self._kind + place)
        if draft is None or not isinstance(draft.state, str):
            raise KeyError(place)
        return draft.state

    @override
    def __setitem__(self, place: str, words: str) -> None:
        self._drafts.put(self._kind + place, self._title, words)

    @override
    def __delitem__(self, place: str) -> None:
        self[place]
        self._drafts.drop(self._kind + place)

    @override
    def __iter__(self) -> Iterator[str]:
        kind = self._kind
        return (place.removeprefix(kind) for place in self._drafts.all() if place.startswith(kind))

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)
