# SPDX-License-Identifier: MIT
"""Reads one TOML table strictly: every key is fetched by kind, and every mistake has a place."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, DecimalException
from pathlib import Path
from typing import Any, TypeVar

from workbench.domain.bilingual import NO_TEXT, Bilingual
from workbench.domain.conditions import Condition, ConditionError, parse
from workbench.domain.findings import InputError
from workbench.domain.labels import Labelled

T = TypeVar("T")
E = TypeVar("E", bound=Labelled)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
"""Where the library says that a mistake is."""


class ContentError(InputError):
    """A content file is not valid; the sentence names file, entry, key and remedy.

    ``code`` is the text key ``content.error.<what>``.
    """

    def __init__(self, what: str, file: str, entry: str = "", key: str = "", **more: Any) -> None:
        super().__init__(
            f"content.error.{what}", file=file, entry=entry or file, field=key or "-", **more
        )


def read_text(path: Path) -> str:
    """Return the text of a file; raises ContentError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ContentError("unreadable", path.name, reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ContentError("encoding", path.name) from error


def parse_toml(raw: bytes, file: str) -> dict[str, Any]:
    """Return the table written in TOML text; raises ContentError with the place of the mistake."""
    try:
        return tomllib.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise ContentError("encoding", file) from error
    except tomllib.TOMLDecodeError as error:
        if at := _PLACE.search(str(error)):
            raise ContentError("syntax_at", file, line=at[1], column=at[2]) from error
        raise ContentError("syntax", file, reason=str(error)) from error
    except (DecimalException, RecursionError) as error:
        raise ContentError("syntax", file, reason=type(error).__name__) from error


class Names:
    """Which names a condition may use."""

    def __init__(self, is_known: Callable[[str], bool]) -> None:
        self._is_known = is_known

    def unknown(self, condition: Condition) -> str | None:
        """Return the first name that nothing gives a value to, or None."""
        return next((n for n in condition.ordered_names if not self._is_known(n)), None)


class Table:
    """One entry of a content file; ``done`` refuses keys that nobody asked for."""

    def __init__(
        self, values: Mapping[str, Any], file: str, entry: str, *, one_language: bool = False
    ) -> None:
        """Hold an entry; with ``one_language`` an English text may be missing: Chinese stands."""
        self.values = values
        self.file = file
        self.entry = entry
        self.one_language = one_language
        self._asked: set[str] = set()

    def refuse(self, error: ContentError) -> None:
        """Take a complaint about this entry: here by raising it."""
        raise error

    def error(self, what: str, key: str, **more: Any) -> ContentError:
        """Return the complaint about one key of this entry."""
        return ContentError(what, self.file, self.entry, key, **more)

    @contextmanager
    def closing(self) -> Iterator["Table"]:
        """Read inside; a key that was not asked for by the end is refused."""
        yield self
        for key in self.values:
            if key not in self._asked:
                known = "、".join(sorted(self._asked))
                self.refuse(self.error("unknown_key", key, known=known))

    def has(self, key: str) -> bool:
        """Tell whether the entry has a key."""
        return key in self.values

    def raw(self, key: str) -> Any:
        """Return a value as TOML gives it, or None."""
        self._asked.add(key)
        return self.values.get(key)

    def _of(self, key: str, kinds: type[T] | tuple[type[T], ...], expected: str) -> T:
        value = self.raw(key)
        if value is None:
            raise self.error("missing", key)
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            raise self.error("wrong_kind", key, expected=expected, value=str(value)[:60])
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without default it must be there and not blank."""
        if default is not None and key not in self.values:
            self._asked.add(key)
            return default
        value = self._of(key, str, "text")
        if default is None and not value.strip():
            raise self.error("missing", key)
        return value

    def bilingual(self, key: str, *, optional: bool = False) -> Bilingual:
        """Return a text in both languages."""
        if optional and key not in self.values:
            self._asked.add(key)
            return NO_TEXT
        return self._both(self._of(key, dict, "{ zh, en }"), key, blank=optional)

    def bilinguals(self, key: str) -> tuple[Bilingual, ...]:
        """Return a list of texts in both languages, possibly none."""
        items = self._list(key)
        for item in items:
            if not isinstance(item, dict):
                raise self.error("wrong_kind", key, expected="{ zh, en }", value=str(item)[:60])
        return tuple(
            self._both(item, f"{key}[{place}]", blank=False)
            for place, item in enumerate(items, start=1)
        )

    def _both(self, value: Mapping[str, Any], key: str, *, blank: bool) -> Bilingual:
        zh, en = value.get("zh"), value.get("en")
        if self.one_language and isinstance(zh, str) and not en:
            value, en = {"zh": zh, "en": zh}, zh
        if not isinstance(zh, str) or not isinstance(en, str) or set(value) != {"zh", "en"}:
            raise self.error("not_bilingual", key)
        if not blank and not (zh.strip() and en.strip()):
            raise self.error("not_bilingual", key)
        return Bilingual(zh, en)

    def number(self, key: str) -> Decimal:
        """Return a number exactly as written; ``"1/3"`` is a fraction."""
        value = self.raw(key)
        if isinstance(value, str) and value.count("/") == 1:
            try:
                over, under = (Decimal(part.strip()) for part in value.split("/"))
                return over / under
            except DecimalException as error:
                raise self.error("wrong_kind", key, expected="a/b", value=value[:60]) from error
        given = value if isinstance(value, Decimal) else Decimal(self._of(key, int, "number"))
        if not given.is_finite():
            raise self.error("wrong_kind", key, expected="number", value=str(given))
        return given

    def optional_number(self, key: str) -> Decimal | None:
        """Return a number, or None when the key is absent."""
        self._asked.add(key)
        return self.number(key) if key in self.values else None

    def integer(self, key: str, low: int, high: int) -> int:
        """Return a whole number between two limits, both included."""
        value = self._of(key, int, "whole number")
        if not low <= value <= high:
            raise self.error("range", key, low=low, high=high, value=value)
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; absent is false."""
        return self._of(key, bool, "true/false") if key in self.values else bool(self.raw(key))

    def day(self, key: str) -> date | None:
        """Return a date, or None when the key is absent."""
        self._asked.add(key)
        return self._of(key, date, "2026-01-31") if key in self.values else None

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Return a member of an enumeration."""
        if default is not None and key not in self.values:
            self._asked.add(key)
            return default
        return self._member(kind, self._of(key, str, "text"), key)

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Return members of an enumeration."""
        return tuple(self._member(kind, text, key) for text in self.texts(key))

    def _member(self, kind: type[E], text: str, key: str) -> E:
        try:
            return kind(text)
        except ValueError as error:
            raise self.not_among(key, text, [member.value for member in kind]) from error

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, possibly none."""
        items = self._list(key)
        for item in items:
            if not isinstance(item, str):
                raise self.error("wrong_kind", key, expected="text", value=str(item)[:60])
        return tuple(items)

    def references(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Return a list of codes that must exist."""
        for code in (codes := self.texts(key)):
            if code not in known:
                raise self.not_among(key, code, known)
        return codes

    def reference(self, key: str, known: Mapping[str, T]) -> T:
        """Return what a code stands for."""
        code = self.text(key)
        if code not in known:
            raise self.not_among(key, code, known)
        return known[code]

    def not_among(self, key: str, value: str, known: Iterable[str]) -> ContentError:
        """Return the complaint that a value is not one of those allowed."""
        listed = list(known)
        shown = "、".join(listed[:12]) + ("…" if len(listed) > 12 else "")
        return self.error("not_among", key, value=value, known=shown)

    def _list(self, key: str) -> list[Any]:
        return self._of(key, list, "[ … ]") if key in self.values else (self.raw(key) or [])

    def tables(self, key: str) -> Iterator["Table"]:
        """Yield the tables of a list, each named after this entry and its place."""
        for place, item in enumerate(self._list(key), start=1):
            if not isinstance(item, dict):
                raise self.error("wrong_kind", key, expected="{ … }", value=str(item)[:60])
            name = item.get("id") or item.get("key") or item.get("code") or place
            yield self._inner(item, f"{self.entry}.{key}[{name}]")

    def table(self, key: str) -> "Table":
        """Return one table."""
        return self._inner(self._of(key, dict, "{ … }"), f"{self.entry}.{key}")

    def _inner(self, values: Mapping[str, Any], entry: str) -> "Table":
        return Table(values, self.file, entry, one_language=self.one_language)

    def condition(self, key: str, names: Names) -> Condition:
        """Return a condition whose every name is known."""
        text = self.text(key)
        try:
            condition = parse(text)
        except ConditionError as error:
            raise self.error(
                f"condition_{error.code}", key, text=text, position=error.position
            ) from error
        if unknown := names.unknown(condition):
            raise self.error("unknown_name", key, name=unknown, text=text)
        return condition


def entries(
    document: Mapping[str, Any], key: str, file: str, id_key: str, *, one_language: bool = False
) -> list[Table]:
    """Return the entries ``[[key]]`` of a file; raises ContentError on a missing or double id."""
    top = Table(document, file, file, one_language=one_language)
    found, seen = [], set()
    for place, entry in enumerate(top.tables(key), start=1):
        named = entry.values.get(id_key)
        entry.entry = named if isinstance(named, str) else f"[[{key}]] {place}"
        if (code := entry.text(id_key)) in seen:
            raise entry.error("duplicate", id_key, value=code)
        seen.add(code)
        found.append(entry)
    if not found:
        raise ContentError("missing", file, file, f"[[{key}]]")
    return found


def only(document: Mapping[str, Any], file: str, *known: str) -> None:
    """Refuse top-level keys that a file does not have."""
    for key in document:
        if key not in known:
            raise ContentError("unknown_key", file, file, key, known="、".join(known))
