# SPDX-License-Identifier: MIT
"""The last step of an import: what was stored, what is left to do, and the way back."""

from collections import Counter
from collections.abc import Mapping

from workbench.application.imports.commit import BatchResult
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.models.asset_columns import ASSET_ENTITIES
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.label import Label


class DoneStep(Box):
    """Says what an import did; ``left`` cells could not be read and wait in the ledger."""

    def __init__(self) -> None:
        super().__init__("surface", margins=(20, 20, 20, 20), spacing=10)
        self._title = Label("", "section", wrap=True)
        self._rows = Label("", "body", wrap=True)
        self._kinds = Label("", "body", wrap=True)
        self._left = Label("", "caption", wrap=True)
        for label in (self._title, self._rows, self._kinds, self._left):
            self.add(label)
        self.add_stretch()

    def show_result(
        self, result: BatchResult, left: int, taken: int, counts: Mapping[str, int]
    ) -> None:
        """Show what became of the rows read, what was stored, and how many values are missing."""
        self._rows.setText(_rows(taken, counts))
        done = t("import_dialog.done_n", n=result.stored)
        self._title.setText(done if result.stored else t("import_dialog.done_nothing"))
        self._kinds.setText(_kinds(result))
        self._left.setText(t("import_dialog.done_left", n=left) if left and result.stored else "")
        self._left.setVisible(bool(self._left.text()))


def undo_import(context: UiContext, result: BatchResult) -> None:
    """Take the whole import back."""

    def tell(_changes: ChangeSet) -> None:
        context.shell.show_toast(t("import_dialog.undone", n=result.stored))

    context.rewinding.undo_batch(result.batch, tell)


def stored_target(result: BatchResult | None) -> str:
    """Return where the ledger shows what was stored: the assets, else what there is most of."""
    if result is None:
        return ""
    counts = Counter(result.created) + Counter(result.updated)
    if not counts or any(entity in counts for entity in ASSET_ENTITIES):
        return "view:all" if counts else ""
    return f"table:{counts.most_common(1)[0][0]}"


def _kinds(result: BatchResult) -> str:
    lines = [
        t(f"import_dialog.{deed}", entity=CATALOGUE[entity].title(language()), n=count)
        for deed, counts in (("created", result.created), ("updated", result.updated))
        for entity, count in counts.items()
    ]
    return "\n".join(lines)


def _rows(taken: int, counts: Mapping[str, int]) -> str:
    """Return the rows read, and the parts that they fall into: the parts add up."""
    read, same, rejected = (counts.get(key, 0) for key in ("read", "same", "rejected"))
    parts = {"taken": taken, "same": same, "kept": read - taken - same - rejected}
    words = [
        t(f"import_dialog.rows_{key}", n=n)
        for key, n in {**parts, "rejected": rejected}.items()
        if n
    ]
    return t("import_dialog.rows_read", n=read, parts=t("import_dialog.semicolon").join(words))
