# SPDX-License-Identifier: MIT
"""A block copied from Excel or WPS, read by the rules of an import; nothing is stored here.

Rows over existing records become edits (``PastedBlock.edits``); rows beyond them become records
through ``Importing.preview_block``, so that both say what an imported file would say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.application.imports.columns import share_scale
from workbench.application.ledger.editing import CellEdit
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Catalogue, Entity, Field, FieldType
from workbench.domain.parsing.parsed import ParseContext
from workbench.domain.tables.copied.block import from_tsv
from workbench.domain.tables.headings.headers import MOST_LEVELS, Header, find_headers
from workbench.domain.tables.headings.matcher import SURE, HeadingMatcher, matcher_of
from workbench.domain.tables.headings.words import take_apart
from workbench.domain.tables.sheets import RawSheet

_HEADED_WITHIN = 200
"""So many rows tell whether a block has a header; the rest of a large one need not be looked at."""


@dataclass(frozen=True, slots=True)
class PastedBlock:
    """Pasted rows without their header, and what each column means.

    ``fields`` holds "" for a column that means nothing here; ``contexts`` tells how a column is
    read where its heading says so, None where the grid's own unit holds.
    """

    entity: str
    headings: tuple[tuple[str, ...], ...]
    fields: tuple[str, ...]
    contexts: tuple[ParseContext | None, ...]
    rows: tuple[tuple[str, ...], ...]
    catalogue: Catalogue = CATALOGUE

    @property
    def headed(self) -> bool:
        """Tell whether the block brought its own header."""
        return bool(self.headings)

    def edits(self, keys: Sequence[str]) -> list[CellEdit]:
        """Return the edits that write the first rows over these records, in their order."""
        return [
            CellEdit(self.entity, key, field, text, context)
            for key, row in zip(keys, self.rows, strict=False)
            for field, context, text in zip(self.fields, self.contexts, row, strict=False)
            if field
        ]

    def sheet(self, name: str, after: int = 0) -> RawSheet:
        """Return the rows from ``after`` on under one heading row, numbered as in the block."""
        width = max(len(self.fields), *map(len, self.rows), 1)
        head = [self._heading(at) for at in range(width)]
        rows = [[*row, *[""] * (width - len(row))] for row in self.rows[after:]]
        return RawSheet(name, [list[object](row) for row in (head, *rows)], top=len(self.headings))

    def _heading(self, at: int) -> str:
        """Return a heading that reads as the column's field, in the unit that holds for it."""
        field = self.fields[at] if at < len(self.fields) else ""
        if not field:
            levels = [row[at] for row in self.headings if at < len(row) and row[at].strip()]
            return levels[-1] if levels else ""
        declared, context = self.catalogue[self.entity][field], self.contexts[at]
        unit = declared.shown_unit if declared.numeric else ""
        if context is not None:
            unit = context.unit
        return f"{declared.zh}（{unit}）" if unit else declared.zh


def read_block(
    text: str, entity: str, fields: Sequence[str] = (), catalogue: Catalogue = CATALOGUE
) -> PastedBlock:
    """Understand a copied block: cells with quotes and line breaks, and a header if it has one.

    ``fields`` are the grid's columns from the target cell on; a header overrules them. The
    catalogue of the project knows its own fields as well.
    """
    rows = from_tsv(text)
    spec, matcher = catalogue[entity], matcher_of(catalogue)
    if header := _header(rows[:_HEADED_WITHIN], spec, fields, matcher):
        found = matcher.assign(
            entity, {at: take_apart(levels) for at, levels in header.levels.items()}
        )
        width = max(map(len, rows))
        known = tuple(m.field if (m := found.columns.get(at)) else "" for at in range(width))
        body = tuple(map(tuple, rows[header.body :]))
        units = [
            header.units.get(at) or take_apart(header.levels.get(at, ())).unit
            for at in range(width)
        ]
        contexts = tuple(
            _context(spec[field], unit, [row[at] for row in body if at < len(row)])
            if field
            else None
            for at, (field, unit) in enumerate(zip(known, units, strict=True))
        )
        head = tuple(map(tuple, rows[: header.body]))
        return PastedBlock(entity, head, known, contexts, body, catalogue)
    wanted = tuple(fields)
    contexts = (None,) * len(wanted)
    return PastedBlock(entity, (), wanted, contexts, tuple(map(tuple, rows)), catalogue)


def _header(
    rows: Sequence[Sequence[str]], spec: Entity, fields: Sequence[str], matcher: HeadingMatcher
) -> Header | None:
    """Return the block's own header; a first row that may be values is none."""
    if len(rows) < 2:
        return None
    width = max(map(len, rows))
    if width == 1:
        return _single(rows[0][0], spec, fields, matcher)
    square = [list[object]([*row, *[""] * (width - len(row))]) for row in rows]
    headers = find_headers(RawSheet("", square), matcher)
    header = headers[0] if headers else _first_row(rows[0])
    # Above the headings of a copied block stand at most their upper levels.
    if header.first >= MOST_LEVELS or header.body >= len(rows):
        return None
    headings = {at: take_apart(levels) for at, levels in header.levels.items()}
    found = matcher.assign(spec.key, headings).columns
    sure = [match for match in found.values() if match.confidence >= SURE]
    return header if len(sure) >= 2 and len(sure) * 2 >= len(headings) else None


def _first_row(row: Sequence[str]) -> Header:
    """Return the first row as a header, to be judged by what its words mean in the target."""
    return Header(0, 0, 1, {at: (text,) for at, text in enumerate(row) if text.strip()})


def _single(
    text: str, spec: Entity, fields: Sequence[str], matcher: HeadingMatcher
) -> Header | None:
    """Take one column's first cell for its heading only where it names the target column.

    自用 is a heading (自用面积) and a value (使用状态): the target decides.
    """
    heading = take_apart((text,))
    found = matcher.candidates(spec.key, heading) if heading.core else ()
    if not found or not found[0].exact or found[0].field not in fields[:1]:
        return None
    field = spec[found[0].field]
    if any(text.strip() in (choice.value, *choice.synonyms) for choice in field.choices):
        return None
    return Header(0, 0, 1, {0: (text,)})


def _context(field: Field, unit: str, cells: Sequence[str]) -> ParseContext | None:
    """Return how a column with a heading is read, as an import would read it."""
    if field.type is FieldType.SHARE:
        return ParseContext("", share_scale(cells, unit)[0])
    return ParseContext(unit) if unit else None
