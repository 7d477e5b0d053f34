# SPDX-License-Identifier: MIT
"""A pasted block that brought its own headings, over the records that it goes to.

In a table of several kinds of record each row is read by the fields of its own kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.application.ledger.editing import CellEdit
from workbench.application.ledger.pasting import PastedBlock, read_block
from workbench.domain.fields import Catalogue
from workbench.domain.records.ledger import Record
from workbench.domain.tables.copied.block import from_tsv, to_tsv


@dataclass(frozen=True, slots=True)
class ShownFields:
    """What a table shows: by kind of record the fields by the key of their column.

    ``titles`` are the words over its columns with their keys, ``targets`` the keys of the columns
    from the target cell on.
    """

    catalogue: Catalogue
    fields: Mapping[str, dict[str, str]]
    titles: dict[str, str]
    targets: Sequence[str]


class HeadedBlock:
    """What a block with headings says of each record."""

    def __init__(self, shown: ShownFields, blocks: Mapping[str, PastedBlock], text: str) -> None:
        self._blocks = blocks
        self._columns = {
            entity: {name: key for key, name in fields.items()}
            for entity, fields in shown.fields.items()
        }
        self._first = next(iter(blocks.values()))
        self.headings = _lowest(from_tsv(text)[: len(self._first.headings)])
        self._known = {
            at: self._columns[entity][name]
            for entity, block in blocks.items()
            for at, name in enumerate(block.fields)
            if name in self._columns[entity]
        }
        """The column of each place in the block, by any kind of record that has it."""

    @property
    def unknown(self) -> list[str]:
        """Return the headings that name no column of the table."""
        named = enumerate(self.headings)
        return [heading for at, heading in named if heading and at not in self._known]

    def rows_after(self, count: int) -> list[Sequence[str]]:
        """Return the rows below so many records under their headings, [] when there are none."""
        rows = self._first.rows[count:]
        return [*self._first.headings, *rows] if rows else []

    @property
    def heading_rows(self) -> int:
        """Return how many rows the headings take."""
        return len(self._first.headings)

    def edits(self, row: int, record: Record) -> list[tuple[str, CellEdit | str]]:
        """Return what one row writes over a record, by column.

        A heading instead of an edit stands for a value that this kind of record does not have. A
        gap is a gap, not an order to clear.
        """
        if row >= len(self._first.rows):
            return []
        block, columns = self._blocks.get(record.entity), self._columns[record.entity]
        found: list[tuple[str, CellEdit | str]] = []
        for at, text in enumerate(self._first.rows[row]):
            if at not in self._known or not text.strip():
                continue
            name = block.fields[at] if block is not None else ""
            if block is None or name not in columns:
                found.append((self._known[at], self.headings[at]))
                continue
            edit = CellEdit(record.entity, record.key, name, text, block.contexts[at])
            found.append((columns[name], edit))
        return found


def read_headed(text: str, shown: ShownFields) -> HeadedBlock | None:
    """Read a block by its own headings, None when it has none that the table knows."""
    blocks = {
        entity: read_block(
            _in_words_of(entity, text, shown),
            entity,
            [fields.get(key, "") for key in shown.targets],
            shown.catalogue,
        )
        for entity, fields in shown.fields.items()
    }
    headed = {entity: block for entity, block in blocks.items() if block.headed}
    most = max((len(block.headings) for block in headed.values()), default=0)
    alike = {entity: block for entity, block in headed.items() if len(block.headings) == most}
    return HeadedBlock(shown, alike, text) if alike else None


def _lowest(levels: Sequence[Sequence[str]]) -> list[str]:
    """Return the lowest words over each column."""
    width = max(map(len, levels))
    columns = [[row[at].strip() for row in levels if at < len(row)] for at in range(width)]
    return [next((word for word in reversed(words) if word), "") for words in columns]


def _in_words_of(entity: str, text: str, shown: ShownFields) -> str:
    """Return the text with the table's own words in its first row replaced by those of fields."""
    end = text.find("\n")
    rows = from_tsv(text[:end]) if end > 0 else []
    if len(rows) != 1:
        return text

    def name(word: str) -> str:
        own = shown.fields[entity].get(shown.titles.get(word.strip(), ""))
        return shown.catalogue[entity][own].zh if own else word

    renamed = [name(word) for word in rows[0]]
    return text if renamed == rows[0] else f"{to_tsv([renamed])}\r\n{text[end + 1 :]}"
