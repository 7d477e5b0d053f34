# SPDX-License-Identifier: MIT
"""The inputs of one part of a divided parcel."""

from decimal import Decimal

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from workbench.application.ledger.editing import CellEdit, read_text
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import RefusedError
from workbench.domain.parcels.parts import Part
from workbench.ui.texts import t


class PartLine:
    """The inputs of one part."""

    def __init__(
        self, number: int, code: str, name: str = "", area: str = "", transfers: bool = False
    ) -> None:
        self.code, self.name, self.area = QLineEdit(code), QLineEdit(name), QLineEdit(area)
        self.transfers = QCheckBox()
        self.transfers.setChecked(transfers)
        titles = ("code", "name", "area", "transfers")
        for editor, title in zip(self.editors(), titles, strict=True):
            editor.setAccessibleName(
                t("splitting.part_input", n=number, what=t(f"splitting.input.{title}"))
            )
        self.area.setPlaceholderText(t("splitting.rest"))

    def editors(self) -> tuple[QWidget, ...]:
        """Return the inputs in order."""
        return self.code, self.name, self.area, self.transfers

    def typed(self) -> tuple[str, str, str, bool]:
        """Return the words as they stand, for inputs made anew."""
        transfers = self.transfers.isChecked()
        return self.code.text(), self.name.text(), self.area.text(), transfers

    def part(self, buildings: tuple[str, ...]) -> Part:
        """Return what was typed; RefusedError when the area cannot be read."""
        code = self.code.text().strip()
        text = self.area.text().strip()
        area = read_area(text) if text else None
        name = self.name.text().strip()
        return Part(code, name, area, buildings, self.transfers.isChecked())


def read_area(text: str) -> Decimal:
    """Read an area as the grid does; RefusedError when it cannot be read."""
    field = CATALOGUE["parcel"]["area_cert"]
    state, finding = read_text(CellEdit("parcel", "", field.key, text), field)
    if isinstance(state.value, Decimal):
        return state.value
    if finding is not None:
        raise RefusedError(finding.code, **finding.params)
    raise RefusedError("splitting.bad_area", text=text)
