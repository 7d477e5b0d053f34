# SPDX-License-Identifier: MIT
"""Changes single values in the text of a content file and leaves all other lines as they are."""

import re
from collections.abc import Mapping

from workbench.files.content.reading import ContentError, parse_toml

_HEAD = re.compile(r"\s*\[")
_BARE = re.compile(r"(true|false|[+-]?\d[\d_]*(\.\d+)?|\d{4}-\d{2}-\d{2})")


def literal(value: str) -> str:
    """Return a typed value as TOML writes it: numbers, dates, yes/no, { … } bare; else quoted."""
    text = value.strip()
    if _BARE.fullmatch(text) or text.startswith(("{", "[", '"')):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def with_values(
    text: str, file: str, table: str, names: Mapping[str, str], values: Mapping[str, str]
) -> str:
    """Return the text with some keys of one entry changed; an empty value takes a key away.

    ``names`` are the keys that tell the entry of ``[[table]]`` from the others. ContentError when
    there is no such entry.
    """
    lines = text.split("\n")
    start, end = _entry(lines, file, table, names)
    for key, value in values.items():
        at = _line_of(lines, start, end, key)
        new = [f"{key} = {literal(value)}"] if value.strip() else []
        if at is not None:
            lines[at : at + 1] = new
            end += len(new) - 1
        elif new:
            lines[start + 1 : start + 1] = new
            end += 1
    changed = "\n".join(lines)
    parse_toml(changed.encode(), file)
    return changed


def with_entry(text: str, table: str, values: Mapping[str, str]) -> str:
    """Return the text with one more entry of ``[[table]]`` at its end."""
    lines = [f"{key} = {literal(value)}" for key, value in values.items() if value.strip()]
    return "\n".join([text.rstrip("\n"), "", f"[[{table}]]", *lines, ""])


def without_entry(text: str, file: str, table: str, names: Mapping[str, str]) -> str:
    """Return the text without one entry; ContentError when there is no such entry."""
    lines = text.split("\n")
    start, end = _entry(lines, file, table, names)
    del lines[start:end]
    return "\n".join(lines)


def _entry(lines: list[str], file: str, table: str, names: Mapping[str, str]) -> tuple[int, int]:
    """Return the first line of an entry and the line after its last; without names, of a table."""
    head = f"[[{table}]]" if names else f"[{table}]"
    starts = [at for at, line in enumerate(lines) if line.strip() == head]
    for start in starts:
        end = next(
            (at for at in range(start + 1, len(lines)) if _HEAD.match(lines[at])), len(lines)
        )
        if not names:
            return start, end
        body = parse_toml("\n".join(lines[start:end]).encode(), file)[table][0]
        if all(str(body.get(key, "")) == wanted for key, wanted in names.items()):
            return start, end
    entry = " ".join(value for value in names.values() if value)
    known = "、".join(dict.fromkeys(_known(lines, file, head, next(iter(names), ""))))
    raise ContentError("not_among", file, entry, table, value=entry, known=known)


def _known(lines: list[str], file: str, head: str, key: str) -> list[str]:
    document = parse_toml("\n".join(lines).encode(), file)
    return [str(entry.get(key, "")) for entry in document.get(head.strip("[]"), [])]


def _line_of(lines: list[str], start: int, end: int, key: str) -> int | None:
    pattern = re.compile(rf"\s*{re.escape(key)}\s*=")
    return next((at for at in range(start, end) if pattern.match(lines[at])), None)


TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "diagnosis.toml": ("rule", ("id",)),
    "parameters.toml": ("parameter", ("code", "region", "effective_from")),
    "standards.toml": ("intensity", ("id",)),
    "grading.toml": ("scheme", ("id",)),
    "ranking.toml": ("criterion", ("id",)),
}
"""The entries of each editable file, and what tells them apart."""
SINGLE: Mapping[str, tuple[str, ...]] = {
    "ranking.toml": ("bounds", "judgements", "robustness", "tenants"),
}
"""The tables of each editable file that stand there once, each an entry of its own name."""


class EntryEditor:
    """Changes entries named ``D1-1`` or ``deed_tax@安徽省@2026-01-01`` in the text of a file."""

    def changed(self, text: str, file: str, entry: str, values: Mapping[str, str]) -> str:
        """Return the text with some keys of an entry changed."""
        table, names = self._place(file, entry)
        return with_values(text, file, table, names, values)

    def added(self, text: str, file: str, values: Mapping[str, str]) -> str:
        """Return the text with one more entry."""
        return with_entry(text, TABLES[file][0], values)

    def removed(self, text: str, file: str, entry: str) -> str:
        """Return the text without an entry."""
        table, names = self._place(file, entry)
        return without_entry(text, file, table, names)

    @staticmethod
    def _place(file: str, entry: str) -> tuple[str, dict[str, str]]:
        if entry in SINGLE.get(file, ()):
            return entry, {}
        table, keys = TABLES[file]
        parts = entry.split("@")
        parts += [""] * (len(keys) - len(parts))
        return table, dict(zip(keys, parts, strict=False))
