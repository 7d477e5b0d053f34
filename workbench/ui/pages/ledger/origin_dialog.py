# SPDX-License-Identifier: MIT
"""Where the value of a field comes from, and every change of it since."""

from workbench.domain.fields import Field
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.pages.ledger.facts import origin_rows
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import ScrollPage
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.key_values import KeyValues


def show_origin(context: UiContext, record: Record, field: Field) -> Dialog:
    """Open the dialog that answers for one value: file, sheet, cell, raw text, who, when."""
    title = t("ledger.origin_of", field=field.title(language()))
    dialog = Dialog(context.shell.dialog_host, title, width=560)
    page = ScrollPage("surface", margins=(0, 0, 8, 0))
    page.add(KeyValues(origin_rows(context, record, field), label_width=150))
    page.content.addStretch(1)
    page.setMinimumHeight(200)
    dialog.body.addWidget(page, 1)
    dialog.add_button(t("ui.close"), "primary").clicked.connect(dialog.close_dialog)
    dialog.open()
    return dialog
