# SPDX-License-Identifier: MIT
"""Makes report cells from ledger fields, computed figures and texts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from workbench.domain.display import shown, shown_number
from workbench.domain.facts.missing_names import Words
from workbench.domain.fields import Field, FieldType
from workbench.domain.figures.encumbrances import MORTGAGES
from workbench.domain.figures.land import IDLE
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.report.model import (
    NO_TOTAL,
    NOT_APPLICABLE,
    UNKNOWN,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Tone,
    Total,
)
from workbench.domain.report.sections.money.words import unit_words
from workbench.domain.values import MU_IN_M2, ValueState

WAN = Decimal(10_000)
NUMBERS = frozenset({FieldType.NUMBER, FieldType.AREA, FieldType.MONEY, FieldType.SHARE})
"""The types of fields that are shown as numbers with decimals."""


def words(text: str | None, tone: Tone = Tone.PLAIN) -> Cell:
    """Return a text cell; an empty text is 待核."""
    return Cell(text, tone=tone) if text else UNKNOWN


def optional(text: str) -> Cell:
    """Return a text cell that may be empty."""
    return Cell(text)


def figure(value: Decimal | int | None, per: Decimal | int = 1, formula: str = "") -> Cell:
    """Return a computed number divided into its shown unit; None is 待核."""
    return UNKNOWN if value is None else Cell(Decimal(value) / per, formula=formula)


def share(value: Decimal | None, formula: str = "") -> Cell:
    """Return a fraction as percent."""
    return UNKNOWN if value is None else Cell(value * 100, formula=formula)


def mu(area_m2: Decimal | None) -> Cell:
    """Return an area in 亩."""
    return figure(area_m2, MU_IN_M2)


def wan(money: Decimal | None) -> Cell:
    """Return money in 万元."""
    return figure(money, WAN)


def exact(value: Decimal, state: CellState = CellState.KNOWN, mark: str = "") -> Cell:
    """Return a number with the decimals that it has, at most four."""
    exponent = value.normalize().as_tuple().exponent
    places = min(max(-exponent, 0), 4) if isinstance(exponent, int) else 0
    return Cell(value, state, mark=mark, decimals=places)


def day(value: date | None) -> Cell:
    """Return a date."""
    return UNKNOWN if value is None else Cell(value)


def of_field(record: Record | None, key: str, ledger: Ledger, language: str) -> Cell:
    """Return a field of a record in its shown unit and with its state."""
    if record is None:
        return UNKNOWN
    field = ledger.catalogue[record.entity][key]
    state = record.state(key)
    if state is ValueState.UNKNOWN:
        return NOT_APPLICABLE if _asks_nobody(record, key) else UNKNOWN
    if state is ValueState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    value = record.get(key)
    origin = record.origins.get(key)
    mark = origin.qualifier if origin else ""
    kept = CellState.ESTIMATED if state is ValueState.ESTIMATED else CellState.KNOWN
    if field.type in NUMBERS and isinstance(value, Decimal | int):
        return Cell(shown_number(value, field), kept, mark=mark)
    if isinstance(value, date) or field.type is FieldType.INTEGER:
        return Cell(value, kept, mark=mark)  # type: ignore[arg-type]  # dates and whole numbers
    if field.type is FieldType.REF and isinstance(value, str):
        target = ledger.find(field.target, value)
        return Cell(target.label if target else value)
    text = shown(value, field, language)
    return Cell(f"{mark or '约'}{text}" if kept is CellState.ESTIMATED else text)


def _asks_nobody(record: Record, key: str) -> bool:
    """Tell whether what a record says already leaves a blank field nothing to ask."""
    match record.entity, key:
        case "encumbrance", "mortgagee_consent":
            kind = record.text("kind")
            return kind is not None and kind not in MORTGAGES
        case (("valuation" | "encumbrance"), ("parcel" | "building")):
            other = "building" if key == "parcel" else "parcel"
            return record.text(other) is not None
        case "lease", "terminated_on":
            return record.day("end_on") is not None  # a blank is read as never ended early
        case "parcel", "idle_since":
            status = record.text("status")
            return status is not None and status not in IDLE
    return False


def first_known(cells: Iterable[Cell]) -> Cell:
    """Return the first cell that is known, else 待核."""
    return next((cell for cell in cells if cell.state is not CellState.UNKNOWN), UNKNOWN)


def with_unit_name(field: Field, texts: Words) -> str:
    """Return a field's title with the unit in which its numbers are shown."""
    title = field.title(texts.language)
    if not field.numeric or not field.shown_unit:
        return title
    left, right = "（）" if texts.language.startswith("zh") else (" (", ")")
    return f"{title}{left}{unit_words(field.shown_unit, texts)}{right}"


def column_of(field: Field, texts: Words, *, width: float = 0, total: Total = NO_TOTAL) -> Column:
    """Return the column in which a field is shown, its unit in the title."""
    title = with_unit_name(field, texts)
    kind, natural = _KINDS.get(field.type, (ColumnKind.TEXT, 12))
    kind = _BY_KEY.get(field.key, kind)
    return Column(field.key, title, width or natural, kind, field.decimals, total)


_BY_KEY = {"year": ColumnKind.YEAR, "rank": ColumnKind.ORDINAL}
_KINDS: dict[FieldType, tuple[ColumnKind, float]] = {
    FieldType.TEXT: (ColumnKind.TEXT, 18),
    FieldType.CODE: (ColumnKind.CODE, 18),
    FieldType.NUMBER: (ColumnKind.NUMBER, 10),
    FieldType.INTEGER: (ColumnKind.INTEGER, 8),
    FieldType.AREA: (ColumnKind.NUMBER, 12),
    FieldType.MONEY: (ColumnKind.NUMBER, 13),
    FieldType.SHARE: (ColumnKind.NUMBER, 9),
    FieldType.DATE: (ColumnKind.DATE, 11.5),
    FieldType.BOOL: (ColumnKind.WORD, 8),
    FieldType.CHOICE: (ColumnKind.WORD, 10),
    FieldType.CHOICES: (ColumnKind.TEXT, 14),
    FieldType.TEXTS: (ColumnKind.TEXT, 16),
    FieldType.REF: (ColumnKind.TEXT, 16),
}
