# SPDX-License-Identifier: MIT
"""The line that says which park the rows belong to where the file does not say it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCompleter, QLineEdit

from workbench.domain.tables.context import park_in
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.label import Label


class ParkLine(Box):
    """Proposes what the files' names say, else the one park that there is; a person may overrule.

    Without a park a row is in no park's overview and assessment, so this is asked before reading.
    """

    def __init__(self, parks: Sequence[str]) -> None:
        super().__init__(horizontal=True, spacing=8)
        self._parks = tuple(parks)
        self._proposed = ""
        self._by_file_name = False
        title = t("import_dialog.park")
        label = Label(title, "caption")
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(t("import_dialog.park_blank"))
        self.line.setMinimumWidth(theme.current().px(260))
        self.line.setCompleter(QCompleter(list(self._parks), self.line))
        self.line.textChanged.connect(self._show_what)
        label.setBuddy(self.line)
        self._what = Label("", "hint")
        self.content.addWidget(label)
        self.content.addWidget(self.line)
        self.content.addWidget(self._what, 1)
        self.propose(())

    def park(self) -> str:
        """Return the park's name, or "" to leave rows without one as they are."""
        return self.line.text().strip()

    def chosen(self) -> str:
        """Return the park that a person or the project names; "" where the files shall say it.

        A file's title may give in full what its name shortens.
        """
        park = self.park()
        return "" if self._by_file_name and park == self._proposed else park

    def propose(self, files: Sequence[str]) -> None:
        """Fill in what these files are probably about, unless a person wrote something."""
        if self.line.text() != self._proposed:
            return
        named = {park_in(Path(path).stem) for path in files}
        self._by_file_name = any(named)
        if len(named) > 1:
            self._proposed = ""  # each file's own name counts
        else:
            only = self._parks[0] if len(self._parks) == 1 else ""
            self._proposed = next(iter(named), "") or only
        self.line.setText(self._proposed)
        self._show_what()

    @Slot()
    def _show_what(self) -> None:
        park = self.park()
        if not park:
            self._what.setText("")
        else:
            known = park in self._parks
            self._what.setText(t(f"import_dialog.park_{'known' if known else 'new'}"))
