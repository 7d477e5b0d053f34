# SPDX-License-Identifier: MIT
"""What every use case is handed from the outside, as protocols: words, time and progress."""

from collections.abc import (
    Callable,
    Iterator,
    Sequence,
)
from datetime import datetime
from typing import Any, Protocol, TypeVar

from workbench.domain.content import Content
from workbench.domain.fields import Catalogue

T = TypeVar("T")
ContentOf = Callable[[], Content]
"""Returns the content that counts in a project now: the shipped one with its own editions."""
CatalogueOf = Callable[[], Catalogue]
"""Returns the fields of the open project as they are now."""


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """The user stopped a long operation."""


class Progress(Protocol):
    """How a long operation reports, and learns that it should stop."""

    def step(self, done: int, total: int) -> None:
        """Report; raise Cancelled if the user asked to stop."""
        ...


class Silent:
    """A progress that nobody watches."""

    def step(self, done: int, total: int) -> None:
        """Ignore the report."""


def tracked(items: Sequence[T], progress: Progress) -> Iterator[T]:
    """Yield the items, reporting after each."""
    for done, item in enumerate(items, start=1):
        yield item
        progress.step(done, len(items))


class Texts(Protocol):
    """Sentences and titles by key, in one language."""

    @property
    def language(self) -> str:
        """Return the language code: zh_CN or en."""
        ...

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return the text of a key with its params filled in; LookupError for an unknown key."""
        ...

    def has(self, key: str) -> bool:
        """Tell whether a key exists."""
        ...

    def everything(self) -> str:
        """Return all texts in one, in which a word of the program's own can be looked up."""
        ...


class Clock(Protocol):
    """The time, handed in so that the rules never ask for it."""

    def now(self) -> datetime:
        """Return the current time with its zone."""
        ...
