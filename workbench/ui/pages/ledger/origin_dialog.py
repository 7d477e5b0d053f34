# SPDX-License-Identifier: MIT
"""Where the value of a field comes from, and every change of it since."""

from pathlib import Path

from PySide6.QtCore import Slot

from workbench.application.ports import Progress
from workbench.application.store_ports import SourceFile
from workbench.domain.fields import Field
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.file_dialogs import choose_target
from workbench.ui.pages.ledger.facts import origin_rows
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import ScrollPage
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.key_values import KeyValues


class OriginDialog(Dialog):
    """Answers for one value: file, sheet, cell, raw text, who, when; gives the file itself back."""

    def __init__(self, context: UiContext, record: Record, field: Field) -> None:
        title = t("ledger.origin_of", field=field.title(language()))
        super().__init__(context.shell.dialog_host, title, width=560)
        self._context = context
        self._source = _source_of(context, record, field)
        page = ScrollPage("surface", margins=(0, 0, 8, 0))
        page.add(KeyValues(origin_rows(context, record, field), label_width=150))
        page.content.addStretch(1)
        page.setMinimumHeight(200)
        self.body.addWidget(page, 1)
        if self._source is not None:
            self.add_button(t("originals.save")).clicked.connect(self._on_save)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)

    @Slot()
    def _on_save(self) -> None:
        """Write the imported file, as it came, where the user wants it."""
        source = self._source
        if source is None:
            return
        suffix = Path(source.name).suffix
        kind = f"{suffix[1:].upper()} (*{suffix})" if suffix else ""
        target = choose_target(self, t("originals.save"), source.name, kind)
        if not target:
            return
        originals = self._context.services.originals

        def work(_progress: Progress) -> str:
            originals.write_copy(source, target)
            return t("originals.written", name=source.name, path=target)

        task = self._context.run(t("originals.saving", name=source.name), work)
        task.succeeded.connect(self._on_saved)

    @Slot(object)
    def _on_saved(self, said: str) -> None:
        self._context.shell.show_toast(said)


def show_origin(context: UiContext, record: Record, field: Field) -> OriginDialog:
    """Open the dialog that answers for one value."""
    dialog = OriginDialog(context, record, field)
    dialog.open()
    return dialog


def _source_of(context: UiContext, record: Record, field: Field) -> SourceFile | None:
    """Return the imported file that a value was read from, None when it was typed."""
    origin = record.origins.get(field.key)
    if origin is None or origin.source is None:
        return None
    files = context.services.querying.sources()
    return next((file for file in files if file.id == origin.source.source), None)
