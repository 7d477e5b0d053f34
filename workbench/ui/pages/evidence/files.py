# SPDX-License-Identifier: MIT
"""Evidence files in the window: attach, open, export, check; all off the window's thread."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QObject,
    QSize,
    Qt,
    QTemporaryDir,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QWidget

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.application.ports import Progress
from workbench.application.project.evidencing import Owner
from workbench.application.store_ports import FileState
from workbench.domain.checklist.state import ItemState
from workbench.domain.findings import UserError
from workbench.domain.pdf_pages import page_count
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.desktop import open_file
from workbench.ui.file_dialogs import choose_target
from workbench.ui.pages.evidence.box import EvidenceBox
from workbench.ui.pages.evidence.note import EvidenceNoteDialog
from workbench.ui.tasks.runner import Task
from workbench.ui.texts import t

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"})
_JPEG_FOLLOWS, _JPEG = b"/DCTDecode", b"\xff\xd8\xff"
_SCANS_LOOKED_AT = 4
"""A letterhead may come before the page that was scanned."""
_PICTURE_SIDE = 96
_READ_AT_ONCE = 8 * 1024 * 1024
"""Larger files are read only when somebody asks for a check: their pages would wait."""


class EvidenceFiles(QObject):
    """What a page does with evidence; copies that were opened go with the page.

    ``pictured`` carries a record key and a small picture; ``checked`` a FileState by record key.
    """

    pictured = Signal(str, QImage)
    counted = Signal(str, int)
    """A record key and the pages of its PDF, 0 where they cannot be said for sure."""
    checked = Signal(object)
    found_bad = Signal(object)
    """FileStates by record key, when a file that is shown turns out missing or altered."""

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._copies = QTemporaryDir()
        self._made: dict[str, QImage] = {}
        """Small pictures by SHA-256, so that a page filled anew reads no file again."""
        self._pages: dict[str, int] = {}

    def serve(self, box: EvidenceBox) -> None:
        """Do what a box asks for with its files; adding and removing is the page's matter."""
        box.open_asked.connect(self.open)
        box.export_asked.connect(self.export)
        box.describe_asked.connect(self.describe)
        box.pictures_wanted.connect(self.picture)
        box.pictures_wanted.connect(self.look)
        self.pictured.connect(box.set_picture)
        self.counted.connect(box.set_pages)
        self.found_bad.connect(box.set_states)

    @Slot(str)
    def describe(self, key: str) -> None:
        """Ask for page and note of a piece of evidence."""
        if (record := self._find(key)) is not None:
            EvidenceNoteDialog(self._context, self._context.shell.dialog_host, record).open()

    def attach_to_item(self, sheet: ChecklistSheet, item_id: str, paths: list[str]) -> None:
        """Copy files into the project as evidence of an item; its status stays as it is."""
        services = self._context.services
        state = sheet.state(item_id)

        def work(progress: Progress) -> ItemState:
            return services.ticking.set_state(sheet.assessment, item_id, state, paths, progress)

        self._context.run(t("evidencing.attaching", n=len(paths)), work)

    def attach(self, owner: Owner, paths: Sequence[str], note: str = "") -> Task:
        """Copy files into the project as evidence of a record or a field; return the task."""
        evidencing = self._context.services.evidencing

        def work(progress: Progress) -> Sequence[str]:
            return evidencing.attach(owner, paths, note, progress=progress)

        return self._context.run(t("evidencing.attaching", n=len(paths)), work)

    @Slot(str)
    def open(self, key: str) -> None:
        """Open a copy of a file; the kept one is never touched."""
        if (record := self._find(key)) is None:
            return
        target = Path(self._copies.filePath(key))
        target.mkdir(exist_ok=True)
        self._copy(record, target / Path(record.label).name, opens=True)

    @Slot(str)
    def export(self, key: str) -> None:
        """Write a copy of a file where the user wants it."""
        if (record := self._find(key)) is None:
            return
        name = Path(record.label).name
        kind = f"{Path(name).suffix[1:].upper()} (*{Path(name).suffix})" if "." in name else ""
        target = choose_target(self._page, t("evidencing.export_file", name=name), name, kind)
        if target:
            self._copy(record, Path(target), opens=False)

    @Slot(str)
    def remove(self, key: str) -> None:
        """Take a piece of evidence away; undo brings it back."""
        try:
            self._context.services.evidencing.detach(key)
        except UserError as error:
            self._context.shell.show_error(error)

    def check(self, evidence: Sequence[Record]) -> None:
        """Read files from end to end and tell whether each is as it was."""
        work = partial(self._context.services.evidencing.check, list(evidence))
        task = self._context.run(t("evidencing.checking", n=len(evidence)), work)
        task.succeeded.connect(self._on_checked)

    @Slot(list)
    def look(self, evidence: Sequence[Record]) -> None:
        """Read small files that are shown, and tell only what is missing or altered."""
        small = [r for r in evidence if (r.number("size") or 0) <= _READ_AT_ONCE]
        if small:
            work = partial(self._context.services.evidencing.check, small)
            self._context.tasks.start(work).succeeded.connect(self._on_looked)

    @Slot(object)
    def _on_looked(self, states: dict[str, FileState]) -> None:
        bad = {key: state for key, state in states.items() if state is not FileState.WHOLE}
        if bad:
            self.found_bad.emit(bad)

    @Slot(list)
    def picture(self, evidence: Sequence[Record]) -> None:
        """Make small pictures of those files that are pictures, or scans kept as a small PDF."""
        services = self._context.services
        for record in evidence:
            suffix = Path(record.label).suffix.lower()
            is_scan = suffix == ".pdf" and (record.number("size") or 0) <= _READ_AT_ONCE
            if suffix not in PICTURES and not is_scan:
                continue
            if (record.text("sha256") or "") in self._made:
                self._show(record)
                continue

            def work(_progress: Progress, record: Record = record) -> tuple[Record, QImage, int]:
                content = services.evidencing.content(record)
                return record, small_picture(content), page_count(content) or 0

            # A picture that cannot be made is no news: the line shows the state of its file.
            self._context.tasks.start(work).succeeded.connect(self._on_pictured)

    @Slot(object)
    def _on_pictured(self, made: tuple[Record, QImage, int]) -> None:
        record, picture, pages = made
        digest = record.text("sha256") or ""
        self._made[digest], self._pages[digest] = picture, pages
        self._show(record)

    def _show(self, record: Record) -> None:
        """Tell what was found out of a file."""
        digest = record.text("sha256") or ""
        self.pictured.emit(record.key, self._made[digest])
        if Path(record.label).suffix.lower() == ".pdf":
            self.counted.emit(record.key, self._pages[digest])

    @Slot(object)
    def _on_checked(self, states: dict[str, FileState]) -> None:
        self.checked.emit(states)
        bad = sum(state is not FileState.WHOLE for state in states.values())
        words = t("evidencing.bad_n", n=bad) if bad else t("evidencing.all_whole", n=len(states))
        self._context.shell.show_toast(words)

    def _copy(self, record: Record, target: Path, *, opens: bool) -> None:
        """Write the content on the worker; what cannot be written is said in words."""
        evidencing = self._context.services.evidencing

        def work(progress: Progress) -> tuple[Path, bool]:
            evidencing.write_copy(record, str(target), progress)
            return target, opens

        task = self._context.run(t("evidencing.copying", name=record.label), work)
        task.succeeded.connect(self._on_copied)

    @Slot(object)
    def _on_copied(self, done: tuple[Path, bool]) -> None:
        target, opens = done
        if not opens:
            self._context.shell.show_toast(t("evidencing.exported", path=str(target)))
        elif not open_file(target):
            self._context.shell.show_toast(t("evidencing.cannot_open", name=target.name))

    def _find(self, key: str) -> Record | None:
        return self._context.services.querying.record("evidence", key)


def small_picture(content: bytes) -> QImage:
    """Return a picture at most 96 pixels high and wide, upright; a null one if it is none.

    Of a PDF it is the scan in it, where it has one: a page that was scanned is a JPEG.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(scan_in(content) if content.startswith(b"%PDF") else content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return _small(buffer)


def _small(buffer: QBuffer) -> QImage:
    """Return the picture in a buffer, made small.

    A call of its own: a reader of TIFF reads once more when it ends, and takes the program down
    when what it reads from ended before it.
    """
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        side = QSize(_PICTURE_SIDE, _PICTURE_SIDE)
        reader.setScaledSize(size.scaled(side, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def scan_in(pdf: bytes) -> bytes:
    """Return the largest of the first JPEGs in a PDF, b"" without any."""
    found: list[bytes] = []
    at = 0
    while len(found) < _SCANS_LOOKED_AT and (at := pdf.find(_JPEG_FOLLOWS, at)) >= 0:
        begin, end = pdf.find(_JPEG, at), pdf.find(b"endstream", at)
        if 0 <= begin < end:
            found.append(pdf[begin:end])
        at += len(_JPEG_FOLLOWS)
    return max(found, key=len, default=b"")
