# SPDX-License-Identifier: MIT
"""The evidence package: a zip of every file behind a report, with an index of whose it is.

Beside a redacted report it is redacted too: files are called by the codes of the report, and only
those are enclosed that somebody marked as free of names.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from workbench.application.ports import Progress, Silent, Texts
from workbench.application.project.report_evidence import Beside, belonging
from workbench.application.stages import Stages
from workbench.application.store_ports import FileState, UnitOfWork
from workbench.application.versions.final_guard import FINAL
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import OutputError
from workbench.domain.freezing.snapshot import WITH_LEDGER_EVIDENCE
from workbench.domain.records.ledger import Record
from workbench.domain.report.redaction.codes import Codes

if TYPE_CHECKING:
    from workbench.application.ledger.querying import Querying
    from workbench.application.project.evidencing import Evidencing
    from workbench.application.project.redaction_scope import RedactionScope
    from workbench.application.versions.finalizing import Finalizing

INDEX = "index.csv"
Packed = tuple[str, Iterable[bytes]]
"""A file inside the package: its name there, and its content piece by piece."""
WritePackage = Callable[[str, Iterable[Packed], Callable[[str], None]], None]
"""Writes a zip whole or not at all, after a check; OutputError when the place is closed."""
NamesLeft = Callable[[str, Codes], Sequence[tuple[str, str]]]
"""Returns where a written zip holds hidden names: the file in it, and the name."""
_UNWANTED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
"""What some system refuses in a name, and marks that make it read backwards."""
_LONGEST, _LONGEST_ENDING = 200, 20
"""Bytes: many systems take 255 in a name."""
_COLUMNS = ("file", "name", "kind", "owner", "field", "page", "size", "sha256", "state", "content",
            "cited", "note")  # fmt: skip
_HARMLESS_ENDING = re.compile(r"\.[a-z0-9]{1,5}")
_MOST_NAMED = 5
_ALONE = Beside()


class EvidenceServices(Protocol):
    """What evidence is gathered from."""

    @property
    def querying(self) -> "Querying": ...  # noqa: D102
    @property
    def evidencing(self) -> "Evidencing": ...  # noqa: D102
    @property
    def redaction(self) -> "RedactionScope": ...  # noqa: D102
    @property
    def finalizing(self) -> "Finalizing": ...  # noqa: D102
    def unit_of_work(self) -> UnitOfWork: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class PackedEvidence:
    """Where the package was written, how many files are in it, and how many could not be.

    ``left_out`` of a redacted one are those that may name somebody. ``of_final`` says that the
    files are those of a final assessment as it was frozen; ``ledger_of_today`` that those of the
    ledger are not, as it was frozen by an earlier program.
    """

    path: str
    files: int
    missing: int
    of_final: bool = False
    ledger_of_today: bool = False
    redacted: bool = False
    left_out: int = 0

    def sentences(self, texts: Texts, name: str) -> list[str]:
        """Return what is said of the package: how many files, of when, and how many are lacking."""
        done = "redacted_done" if self.redacted else "done"
        said = [texts(f"report_evidence.{done}", path=name, files=self.files)]
        if self.left_out:
            said.append(texts("report_evidence.left_out", count=self.left_out))
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file on its way into a package; ``name`` is "" when its content stays outside."""

    row: Record
    owner: Record
    state: FileState
    name: str
    shown: str
    cited: tuple[str, ...]


class EvidencePackage:
    """Packs what belongs to one park and, of the checklists, to one assessment."""

    def __init__(
        self, services: EvidenceServices, write: WritePackage, names_left: NamesLeft
    ) -> None:
        self._services = services
        self._write = write
        self._names_left = names_left

    def pack(
        self,
        target: str,
        park_key: str,
        assessment: Record | None,
        texts: Texts,
        progress: Progress | None = None,
        beside: Beside = _ALONE,
    ) -> PackedEvidence:
        """Write the package beside a report; a file that is missing or altered is in the index.

        With the codes of a redacted report no name is written: OutputError when one is left.
        """
        final = assessment is not None and assessment.text("status") == FINAL
        rows, whole_ledger = belonging(self._services, park_key, assessment), True
        if final and assessment is not None:
            frozen = self._services.finalizing.frozen(assessment)
            whole_ledger = frozen.snapshot.format >= WITH_LEDGER_EVIDENCE
            today = [] if whole_ledger else [r for r in rows if not r[1].text("assessment")]
            rows = [*today, *belonging(frozen.services, park_key, frozen.assessment)]
        stages = Stages(progress or Silent())
        states = self._services.evidencing.check([row for row, _ in rows], stages.stage(0.5))
        pieces = self._pieces(rows, states, beside, texts)
        enclosed = [piece for piece in pieces if piece.name]
        written = _Bytes(_total(enclosed), stages.stage(0.5))
        with self._services.unit_of_work() as work:
            contents: Iterator[Packed] = (
                (piece.name, written.counted(work.files.pieces(_sha256(piece.row)) or ()))
                for piece in enclosed
            )
            lines = [_line(piece, beside.hidden, texts) for piece in pieces]
            check = partial(self._refuse_names, target, beside.hidden, texts)
            self._write(target, _all(lines, contents, texts), check)
        stages.finish()
        whole = sum(piece.state is FileState.WHOLE for piece in pieces)
        return PackedEvidence(
            target, len(enclosed), len(rows) - whole, final, final and not whole_ledger,
            beside.hidden is not None, whole - len(enclosed),
        )  # fmt: skip

    def _pieces(
        self,
        rows: Sequence[tuple[Record, Record]],
        states: Mapping[str, FileState],
        beside: Beside,
        texts: Texts,
    ) -> list[_Piece]:
        """Return the files with their names in the package: their own, or their codes."""
        listed = {file.key: number for number, file in enumerate(beside.listed, start=1)}
        cited = {file.key: file.cited for file in beside.listed}
        nameless = self._services.redaction.nameless() if beside.hidden else frozenset()
        further, pieces = len(listed), []
        for number, (row, owner) in enumerate(rows, start=1):
            name, shown = _name(number, row), row.label
            encloses = states[row.key] is FileState.WHOLE
            if beside.hidden is not None:
                if (place := listed.get(row.key)) is None:
                    further += 1
                    place = further
                shown = texts("report_redact.evidence", number=f"{place:03d}")
                name = f"{shown}{_ending(row, beside.hidden)}"
                encloses = encloses and _sha256(row) in nameless
            pieces.append(
                _Piece(row, owner, states[row.key], name if encloses else "", shown,
                       cited.get(row.key, ()))
            )  # fmt: skip
        return pieces

    def _refuse_names(self, target: str, hidden: Codes | None, texts: Texts, file: str) -> None:
        if hidden is None or not (found := self._names_left(file, hidden)):
            return
        places = texts("report.comma").join(
            f"{where}（{name}）" for where, name in found[:_MOST_NAMED]
        )
        code = "report_redact.left_in_package"
        raise OutputError(code, path=target, places=places, count=len(found))


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


def _line(piece: _Piece, hidden: Codes | None, texts: Texts) -> list[str]:
    row, owner = piece.row, piece.owner
    entity = CATALOGUE[owner.entity]
    field = row.text("owner_field") or ""
    page, size = row.number("page"), row.number("size")
    own = owner.text("item") or owner.label
    title = entity[field].title(texts.language) if field in entity else field
    note = row.text("note") or ""
    if hidden is not None:
        own, title = hidden(own), hidden(title)
        note = texts("report_redact.withheld") if note else ""
    known = hidden is None or bool(piece.name)  # whoever has the file has its size and hash
    return [
        piece.name,
        piece.shown,
        entity.title(texts.language),
        own,
        title,
        "" if page is None else str(int(page)),
        str(int(size)) if size is not None and known else "",
        _sha256(row) if known else texts("report_redact.withheld"),
        texts(f"report_evidence.state_{piece.state.value}"),
        texts(f"report_evidence.{_content(piece, hidden)}"),
        texts("report.comma").join(piece.cited),
        note,
    ]


def _content(piece: _Piece, hidden: Codes | None) -> str:
    """Return the key of the words that say whether a file is enclosed, and why not."""
    if piece.state is not FileState.WHOLE:
        return "content_none"
    if hidden is None:
        return "content_whole"
    return "content_enclosed" if piece.name else "content_left_out"


def _sha256(row: Record) -> str:
    return row.text("sha256") or ""


def _total(pieces: Iterable[_Piece]) -> int:
    return sum(int(piece.row.number("size") or 0) for piece in pieces)


def _ending(row: Record, hidden: Codes) -> str:
    """Return the ending of a file's name where it is one that nobody is called by."""
    ending = PurePath(row.label).suffix.lower()
    return ending if _HARMLESS_ENDING.fullmatch(ending) and hidden(ending) == ending else ""


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
