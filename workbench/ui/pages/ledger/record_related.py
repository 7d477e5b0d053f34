# SPDX-License-Identifier: MIT
"""The records that belong to one, with a way to each and a way to add one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.neighbourhood import CHILDREN
from workbench.ui.context import UiContext
from workbench.ui.pages.ledger.facts import name_words
from workbench.ui.pages.ledger.related import related_records, related_words
from workbench.ui.texts import inside_sentence, language, t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.target_link import TargetLink

ADDABLE = {
    **CHILDREN,
    "park": (("parcel", "park"), ("facility", "park")),
    "enterprise": (
        ("lease", "tenant"),
        ("enterprise_year", "enterprise"),
        ("demand", "enterprise"),
    ),
}
_MOST = 8


class RelatedBox(Box):
    """Emits ``target_asked`` (``entity:key:``) and ``new_asked`` (entity, references)."""

    target_asked = Signal(str)
    new_asked = Signal(str, dict)

    def __init__(self, context: UiContext) -> None:
        super().__init__("plain", spacing=8)
        self._context = context

    def show_record(self, record: Record, ledger: Ledger) -> None:
        """Show the records round one."""
        clear_layout(self.content)
        for entity, reference in ADDABLE.get(record.entity, ()):
            rows = ledger.pointing_at(entity, reference, record.key)
            self._add_kind(entity, reference, record, list(rows), ledger)

    def _add_kind(
        self, entity: str, reference: str, record: Record, rows: list[Record], ledger: Ledger
    ) -> None:
        title = ledger.catalogue[entity].title(language())
        head = QHBoxLayout()
        head.addWidget(Label(f"{title}  {len(rows)}", "strong"), 1)
        add = IconButton("plus", t("ledger.new_of", entity=inside_sentence(title)), compact=True)
        preset = {reference: record.key}
        if entity == "lease" and record.entity == "unit" and (home := record.text("building")):
            preset["building"] = home
        add.clicked.connect(partial(self._on_new, entity, preset))
        as_of = self._context.as_of
        head.addWidget(add)
        self.add(head)
        for row in related_records(rows, as_of)[:_MOST]:
            words = related_words(row, ledger, as_of)
            name = name_words(row, ledger)
            link = TargetLink(name, f"{entity}:{row.key}:", name=f"{title} {name}")
            link.followed.connect(self.target_asked)
            one = Box(spacing=0)
            one.add(link)
            if words:
                one.add(Label(words, "hint", wrap=True))
            self.add(one)
        if len(rows) > _MOST:
            self.add(Label(t("ledger.more_n", n=len(rows) - _MOST), "hint"))

    def _on_new(self, entity: str, preset: dict[str, str], _checked: bool = False) -> None:
        self.new_asked.emit(entity, preset)
