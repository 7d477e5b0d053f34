# SPDX-License-Identifier: MIT
"""The fields of a column filter for between: two numbers in the shown unit, or two dates."""

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.grid.protocol import ColumnFilter, GridColumn
from workbench.ui.widgets.styling import set_style

_PERCENT = 100
Bound = Decimal | date | None


class Bounds(QWidget):
    """Two fields; ``entered`` tells that Enter was pressed in one."""

    entered = Signal()

    def __init__(self, column: GridColumn, before: ColumnFilter) -> None:
        super().__init__()
        self._column = column
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(4))
        self.fields: list[QLineEdit] = []
        dates = column.kind == "date"
        low, high = ("ui.filter_from", "ui.filter_to") if dates else ("ui.filter_min",
                                                                      "ui.filter_max")  # fmt: skip
        for key, value in ((low, before.minimum), (high, before.maximum)):
            field = QLineEdit(self._shown(value))
            field.setPlaceholderText(t(key))
            field.setAccessibleName(f"{column.title} {t(key)}")
            field.returnPressed.connect(self.entered)
            self.fields.append(field)
            row.addWidget(field)

    def read(self) -> tuple[Bound, Bound] | None:
        """Return both bounds, or None when one cannot be read; its field then says why."""
        found: list[Bound] = []
        for at, field in enumerate(self.fields):
            text = field.text().strip()
            try:
                found.append(self._bound(text, end=at == 1) if text else None)
            except (InvalidOperation, ValueError):
                dates = self._column.kind == "date"
                set_style(field, "state", "error")
                field.setToolTip(
                    t("ui.filter_bad_date" if dates else "ui.filter_bad_number", value=text)
                )
                field.setFocus()
                return None
        return found[0], found[1]

    def _bound(self, text: str, *, end: bool) -> Decimal | date:
        """Return a bound in the column's unit; a month or a year ends with its last day."""
        if self._column.kind == "date":
            read = parse(Field("day", "", "", FieldType.DATE, period_end=end), text).value
            if not isinstance(read, date):
                raise ValueError(text)
            return read
        plain = text.replace(",", "").replace("，", "").replace("%", "").replace("−", "-")
        value = Decimal(plain)
        return value / _PERCENT if self._column.kind == "bar" else value

    def _shown(self, value: Decimal | date | None) -> str:
        """Return a bound as it is typed."""
        if value is None:
            return ""
        if isinstance(value, date):
            return value.isoformat()
        return f"{value * _PERCENT if self._column.kind == 'bar' else value:f}"
