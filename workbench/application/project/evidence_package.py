# SPDX-License-Identifier: MIT
"""The evidence package: a zip of every file behind a report, with an index of whose it is."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from workbench.application.ports import FileState, Progress, Silent, Texts, UnitOfWork
from workbench.application.project.report_evidence import belonging
from workbench.application.stages import Stages
from workbench.application.versions.final_guard import FINAL
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.freezing.snapshot import WITH_LEDGER_EVIDENCE
from workbench.domain.records.ledger import Record

if TYPE_CHECKING:
    from workbench.application.ledger.querying import Querying
    from workbench.application.project.evidencing import Evidencing
    from workbench.application.versions.finalizing import Finalizing

INDEX = "index.csv"
Packed = tuple[str, Iterable[bytes]]
"""A file inside the package: its name there, and its content piece by piece."""
WritePackage = Callable[[str, Iterable[Packed]], None]
"""Writes a zip whole or not at all; OutputError when the place is closed."""
_UNWANTED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
"""What some system refuses in a name, and marks that make it read backwards."""
_LONGEST, _LONGEST_ENDING = 200, 20
"""Bytes: many systems take 255 in a name."""
_COLUMNS = ("file", "name", "kind", "owner", "field", "page", "size", "sha256", "state", "note")


class EvidenceServices(Protocol):
    """What evidence is gathered from."""

    @property
    def querying(self) -> "Querying": ...  # noqa: D102
    @property
    def evidencing(self) -> "Evidencing": ...  # noqa: D102
    @property
    def finalizing(self) -> "Finalizing": ...  # noqa: D102
    def unit_of_work(self) -> UnitOfWork: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class PackedEvidence:
    """Where the package was written, how many files are in it, and how many could not be.

    ``of_final`` says that the files are those of a final assessment as it was frozen;
    ``ledger_of_today`` that those of the ledger are not, as it was frozen by an earlier program.
    """

    path: str
    files: int
    missing: int
    of_final: bool = False
    ledger_of_today: bool = False

    def sentences(self, texts: Texts, name: str) -> list[str]:
        """Return what is said of the package: how many files, of when, and how many are lacking."""
        said = [texts("report_evidence.done", path=name, files=self.files)]
        if self.of_final:
            kind = "of_final_in_part" if self.ledger_of_today else "of_final"
            said.append(texts(f"report_evidence.{kind}"))
        if self.missing:
            said.append(texts("report_evidence.lacking", missing=self.missing))
        return said


class _Bytes:
    """Reports the bytes that are written, so that a large package can be shown and stopped."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total = total
        self._progress = progress
        self._done = 0

    def counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield pieces, telling after each how many bytes there were."""
        for piece in pieces:
            yield piece
            self._done += len(piece)
            self._progress.step(self._done, self._total)


class EvidencePackage:
    """Packs what belongs to one park and, of the checklists, to one assessment."""

    def __init__(self, services: EvidenceServices, write: WritePackage) -> None:
        self._services = services
        self._write = write

    def pack(
        self,
        target: str,
        park_key: str,
        assessment: Record | None,
        texts: Texts,
        progress: Progress | None = None,
    ) -> PackedEvidence:
        """Write the package beside a report; a file that is missing or altered is in the index."""
        final = assessment is not None and assessment.text("status") == FINAL
        rows, whole_ledger = belonging(self._services, park_key, assessment), True
        if final and assessment is not None:
            frozen = self._services.finalizing.frozen(assessment)
            whole_ledger = frozen.snapshot.format >= WITH_LEDGER_EVIDENCE
            today = [] if whole_ledger else [r for r in rows if not r[1].text("assessment")]
            rows = [*today, *belonging(frozen.services, park_key, frozen.assessment)]
        stages = Stages(progress or Silent())
        states = self._services.evidencing.check([row for row, _ in rows], stages.stage(0.5))
        names = {row.key: _name(number, row) for number, (row, _) in enumerate(rows, start=1)}
        whole = [row for row, _ in rows if states[row.key] is FileState.WHOLE]
        lines = [_line(row, owner, states[row.key], names[row.key], texts) for row, owner in rows]
        total = sum(int(row.number("size") or 0) for row in whole)
        written = _Bytes(total, stages.stage(0.5))
        with self._services.unit_of_work() as work:
            contents: Iterator[Packed] = (
                (names[row.key], written.counted(work.files.pieces(row.text("sha256") or "") or ()))
                for row in whole
            )
            self._write(target, _all(lines, contents, texts))
        stages.finish()
        lacking = len(rows) - len(whole)
        return PackedEvidence(target, len(whole), lacking, final, final and not whole_ledger)


def package_path(report: str, texts: Texts) -> str:
    """Return where the package of a report is written: beside it, under its name."""
    path = PurePath(report)
    return str(path.with_name(f"{path.stem}_{texts('report_evidence.suffix')}.zip"))


def _all(
    lines: Sequence[Sequence[str]], contents: Iterator[Packed], texts: Texts
) -> Iterator[Packed]:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([texts(f"report_evidence.{column}") for column in _COLUMNS])
    writer.writerows([[_plain(cell) for cell in line] for line in lines])
    # The mark in front lets spreadsheet programs see that the text is UTF-8.
    yield INDEX, (table.getvalue().encode("utf-8-sig"),)
    yield from contents


def _line(row: Record, owner: Record, state: FileState, name: str, texts: Texts) -> list[str]:
    entity = CATALOGUE[owner.entity]
    field = row.text("owner_field") or ""
    page, size = row.number("page"), row.number("size")
    return [
        name if state is FileState.WHOLE else "",
        row.label,
        entity.title(texts.language),
        owner.text("item") or owner.label,
        entity[field].title(texts.language) if field in entity else field,
        "" if page is None else str(int(page)),
        "" if size is None else str(int(size)),
        row.text("sha256") or "",
        texts(f"report_evidence.state_{state.value}"),
        row.text("note") or "",
    ]


def _name(number: int, row: Record) -> str:
    """Return a name that is unique in the package and that every system can write."""
    path = PurePath(_UNWANTED.sub("_", row.label).strip(" ."))
    stem, ending = _cut(path.stem, _LONGEST), _cut(path.suffix, _LONGEST_ENDING)
    return f"{number:03d}_{stem.strip(' .')}{ending.rstrip(' .')}"


def _cut(text: str, size: int) -> str:
    """Return the first bytes of a text, without half a letter."""
    return text.encode()[:size].decode(errors="ignore")


def _plain(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
