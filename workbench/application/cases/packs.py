# SPDX-License-Identifier: MIT
"""Case packs: own cases handed to others as one file, and taken from one after a look at it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from workbench.application.cases.library import CaseLibrary, ReadCard
from workbench.application.ports import Clock
from workbench.domain.cases.case import Case
from workbench.domain.cases.pack import (
    CasePack,
    PackedCase,
    PackError,
    PackState,
    pack_of,
    pack_text,
)
from workbench.domain.findings import InputError, RefusedError, UsageError

TAKEN = frozenset({PackState.NEW, PackState.CHANGED})
"""What can be taken from a pack."""


@dataclass(frozen=True, slots=True)
class PackLine:
    """One case of a pack beside the library; ``complaint`` for a card that cannot be read."""

    packed: PackedCase
    state: PackState
    ours: int | None = None
    """The version that the library has."""
    complaint: InputError | None = None


@dataclass(frozen=True, slots=True)
class PackPreview:
    """A pack as it would be taken; nothing is written yet."""

    pack: CasePack
    lines: tuple[PackLine, ...]

    def counts(self) -> Mapping[PackState, int]:
        """Return how many cases there are of each state."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in PackState}


class CasePacks:
    """Writes packs and takes them."""

    def __init__(
        self,
        library: CaseLibrary,
        shipped: Callable[[], Collection[str]],
        read_card: ReadCard,
        clock: Clock,
        author: Callable[[], str],
    ) -> None:
        self._library = library
        self._shipped = shipped
        self._read_card = read_card
        self._clock = clock
        self._author = author

    def pack(self, name: str, ids: Sequence[str] = ()) -> tuple[str, int]:
        """Return the text of a pack of own cases (all by default), and how many it holds.

        UsageError for an unknown id; RefusedError for a shipped case, and when there are none.
        """
        shipped = self._shipped()
        for code in ids:
            if code in shipped:
                raise RefusedError("case_packs.shipped", code=code)
        chosen = [self._library.find(code) for code in dict.fromkeys(ids)] or self._library.own()
        if not chosen:
            raise RefusedError("case_packs.none")
        cards = self._library.cards()
        cases = tuple(PackedCase(c.id, c.name.zh, c.version, cards[c.id]) for c in chosen)
        day = self._clock.now().date().isoformat()
        return pack_text(CasePack(name, self._author(), day, cases)), len(cases)

    def look(self, text: str, name: str) -> PackPreview:
        """Return what a pack would bring; InputError when it is damaged, altered or none."""
        try:
            pack = pack_of(text)
        except PackError as error:
            raise InputError(f"case_packs.{error.what}", name=name, **error.params) from error
        known, shipped = self._library.all(), self._shipped()
        cards = self._library.cards()
        lines = (self._line(case, known.get(case.id), cards, shipped) for case in pack.cases)
        return PackPreview(pack, tuple(lines))

    def take(self, preview: PackPreview, ids: Collection[str] | None = None) -> int:
        """Take the new and changed cases (or the chosen of them) as one step; return how many."""
        lines = [
            line
            for line in preview.lines
            if line.state in TAKEN and (ids is None or line.packed.id in ids)
        ]
        cards = [(line.packed.card, line.packed.id) for line in lines]
        return self._library.add_all(cards, "case_packs.take", preview.pack.name)

    def _line(
        self,
        packed: PackedCase,
        ours: Case | None,
        cards: Mapping[str, str],
        shipped: Collection[str],
    ) -> PackLine:
        if packed.id in shipped:
            return PackLine(packed, PackState.SHIPPED)
        try:
            case = self._read_card(packed.card, packed.id)
        except InputError as error:
            return PackLine(packed, PackState.SPOILED, complaint=error)
        if case.id != packed.id:
            complaint = InputError("case_packs.other_id", code=packed.id, inside=case.id)
            return PackLine(packed, PackState.SPOILED, complaint=complaint)
        if packed.id not in cards:
            return PackLine(packed, PackState.NEW)
        state = PackState.SAME if cards[packed.id] == packed.card else PackState.CHANGED
        return PackLine(packed, state, ours.version if ours else None)


def states_taken(existing: str) -> frozenset[PackState]:
    """Return what ``review``/``skip`` (new cases only) or ``update`` takes; else UsageError."""
    if existing not in ("review", "skip", "update"):
        raise UsageError("case_packs.existing", value=existing)
    return TAKEN if existing == "update" else frozenset({PackState.NEW})
