# SPDX-License-Identifier: MIT
"""The evidence of a record, a field or a checklist item: add, look, note, export, remove."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalMapper, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from workbench.application.store_ports import FileState
from workbench.domain.records.ledger import Record
from workbench.ui.file_dialogs import choose_files
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import Button, IconButton, ShortLink
from workbench.ui.widgets.drop_zone import DropZone
from workbench.ui.widgets.label import IconLabel, Label

_KIB, _MIB = 1024, 1024 * 1024
_SIDE = 40
_LISTED = 40
"""So many files are listed at a time: each is a handful of widgets, and a picture is made of it."""
_Shown = tuple[
    Sequence[Record], Collection[str], Mapping[str, FileState] | None, Mapping[str, str] | None
]


class EvidenceBox(Box):
    """Asks with ``attach_asked`` (paths); the other signals carry a file's record key."""

    attach_asked = Signal(list)
    open_asked = Signal(str)
    export_asked = Signal(str)
    remove_asked = Signal(str)
    describe_asked = Signal(str)
    pictures_wanted = Signal(list)
    """The records shown, when they are others than before."""

    def __init__(self) -> None:
        super().__init__("plain", spacing=8)
        self._shown: object = None
        self._bad: dict[str, FileState] = {}
        self._last: _Shown | None = None
        self._pictures: dict[str, QLabel] = {}
        self._made: dict[str, QPixmap] = {}
        self._hints: dict[str, tuple[Label, Record, str]] = {}
        self._pages: dict[str, int] = {}
        self.zone = DropZone(t("evidencing.drop"), t("evidencing.drop_hint"))
        self.zone.files_dropped.connect(self._on_dropped)
        self.zone.clicked.connect(self.choose)
        self._choose = Button(t("evidencing.choose_files"), icon="folder-open")
        self._choose.clicked.connect(self.choose)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.current().px(6))
        signals = (self.open_asked, self.export_asked, self.remove_asked, self.describe_asked)
        self._mappers = [QSignalMapper(self) for _ in signals]
        for mapper, signal in zip(self._mappers, signals, strict=True):
            mapper.mappedString.connect(signal)
        self.add(self.zone)
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addStretch(1)
        self.add(row)
        self.add(self._list)
        self._listed, self._owner = _LISTED, ""
        self.more = Button("", "link")
        self.more.clicked.connect(self._list_more)
        self.more.hide()
        self.add(self.more)

    def set_evidence(
        self,
        evidence: Sequence[Record],
        missing: Collection[str] = (),
        states: Mapping[str, FileState] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """Show files; ``missing`` holds the keys whose content is not in the project.

        ``states`` is what a check found; ``fields`` are the titles of the fields proven.
        """
        found = {**dict.fromkeys(missing, FileState.MISSING), **self._bad, **(states or {})}
        self._last = evidence, missing, states, fields
        owner = (evidence[0].text("owner_key") or "") if evidence else ""
        if owner != self._owner:
            self._listed, self._owner = _LISTED, owner
        listed = evidence[: self._listed]
        now = [(record.key, dict(record.values), found.get(record.key)) for record in listed]
        left = len(evidence) - len(listed)
        self.more.setText(t("evidencing.more", n=min(left, _LISTED), left=f"{left:,}"))
        self.more.setVisible(left > 0)
        if now == self._shown:
            return
        self._shown = now
        self._pictures, self._hints = {}, {}
        clear_layout(self._list)
        for record in listed:
            field = (fields or {}).get(record.text("owner_field") or "", "")
            self._list.addLayout(self._line(record, found.get(record.key), field))
        if fresh := [record for record in listed if record.key not in self._made]:
            self.pictures_wanted.emit(fresh)

    @Slot()
    def _list_more(self) -> None:
        self._listed += _LISTED
        if self._last is not None:
            self.set_evidence(*self._last)

    @Slot(object)
    def set_states(self, bad: Mapping[str, FileState]) -> None:
        """Show what turned out missing or altered."""
        self._bad |= bad
        if self._last is not None:
            self.set_evidence(*self._last)

    @Slot(str, QImage)
    def set_picture(self, key: str, image: QImage) -> None:
        """Show a small picture of a file."""
        if not image.isNull():
            self._made[key] = QPixmap.fromImage(image)
            self._show_picture(key)

    @Slot(str, int)
    def set_pages(self, key: str, pages: int) -> None:
        """Say how many pages a PDF has, 0 where that is not certain."""
        self._pages[key] = pages
        if key in self._hints:
            hint, record, field = self._hints[key]
            hint.setText(_about(record, field, pages))

    @Slot()
    def choose(self) -> None:
        """Ask for files to attach."""
        if files := choose_files(self, t("evidencing.choose_files")):
            self.attach_asked.emit(list(files))

    def _line(self, record: Record, state: FileState | None, field: str) -> QHBoxLayout:
        """Return one file: picture, name, what it proves, and what can be done with it."""
        px = theme.current().px
        opens, exports, removes, describes = self._mappers
        line = QHBoxLayout()
        line.setSpacing(px(6))
        line.addWidget(self._picture(record), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = ShortLink(record.label, tip=t("evidencing.open_file", name=record.label))
        self._connect(name, opens, record)
        words.addWidget(name)
        hint = Label(_about(record, field, self._pages.get(record.key)), "hint", wrap=True)
        self._hints[record.key] = hint, record, field
        words.addWidget(hint)
        if state is not None and state is not FileState.WHOLE:
            words.addWidget(
                Label(t(f"evidencing.state.{state}"), "caption", tone="danger", wrap=True)
            )
        line.addLayout(words, 1)
        for icon, key, mapper in (
            ("pencil", "evidencing.describe_file", describes),
            ("download", "evidencing.export_file", exports),
            ("trash-2", "evidencing.remove_file", removes),
        ):
            button = IconButton(icon, t(key, name=record.label), compact=True)
            self._connect(button, mapper, record)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _picture(self, record: Record) -> QLabel:
        side = theme.current().px(_SIDE)
        pdf = Path(record.label).suffix.lower() == ".pdf"
        label: QLabel = IconLabel("file-text" if pdf else "file", "text2", 18)
        label.setFixedSize(side, side)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pictures[record.key] = label
        self._show_picture(record.key)
        return label

    def _show_picture(self, key: str) -> None:
        label, made = self._pictures.get(key), self._made.get(key)
        if label is None or made is None:
            return
        ratio = self.devicePixelRatioF()
        side = round(theme.current().px(_SIDE) * ratio)
        fitted = made.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        painter = QPainter(fitted)  # a white page would not be seen on a white ground
        painter.setPen(theme.current().color("borderStrong"))
        painter.drawRect(fitted.rect().adjusted(0, 0, -1, -1))
        painter.end()
        fitted.setDevicePixelRatio(ratio)
        label.setPixmap(fitted)

    def _connect(self, button: Button | IconButton, mapper: QSignalMapper, record: Record) -> None:
        mapper.setMapping(button, record.key)
        button.clicked.connect(mapper.map)

    @Slot(list)
    def _on_dropped(self, files: list[Path]) -> None:
        self.attach_asked.emit([str(path) for path in files])


def _about(record: Record, field: str, pages: int | None) -> str:
    """Return what a file proves, its size, its pages, the page meant, and its note."""
    size, page = record.number("size"), record.number("page")
    many = "" if pages is None else t("evidencing.pages_unknown")
    words = [
        t("evidencing.of_field", field=field) if field else "",
        "" if size is None else shown_size(int(size)),
        t("evidencing.pages_n", n=pages) if pages else many,
        "" if page is None else t("evidencing.page_n", n=int(page)),
        record.text("note") or "",
    ]
    return t("ui.gap").join(filter(None, words))


def shown_size(size: int) -> str:
    """Return a file size in B, KB or MB."""
    if size < _KIB:
        return f"{size} B"
    return f"{size / _KIB:,.0f} KB" if size < _MIB else f"{size / _MIB:,.1f} MB"
