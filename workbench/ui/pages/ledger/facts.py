# SPDX-License-Identifier: MIT
"""What the detail panel says of a record: groups of values, and their history."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.application.store_ports import OperationKind, SourceFile
from workbench.domain.display import editable, grouped, shown
from workbench.domain.fields import Field, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import Origin, SourceRef, ValueState
from workbench.ui.context import UiContext
from workbench.ui.models.asset_figures import AssetFigures
from workbench.ui.models.field_cells import is_missing, unit_title
from workbench.ui.steps import step_name
from workbench.ui.texts import language, t
from workbench.ui.widgets.key_values import KeyValue

TITLE_GROUPS = frozenset({"title", "tenure", "grant", "limits"})
LETTING_GROUPS = frozenset({"letting", "rent", "term", "arrears"})
_MOST_OPERATIONS = 50


@dataclass(frozen=True, slots=True)
class Section:
    """One headed list of values."""

    title: str
    rows: tuple[KeyValue, ...]


def value_words(record: Record, field: Field, ledger: Ledger) -> str:
    """Return a value with its unit; the four states are told apart in words."""
    value, state = record.get(field.key), record.state(field.key)
    if value is None:
        return t("ledger.not_applicable") if state is ValueState.NOT_APPLICABLE else ""
    if field.type is FieldType.REF:
        target = ledger.find(field.target, value if isinstance(value, str) else None)
        return target.label if target is not None else str(value)
    text = f"{shown(value, field, language())} {unit_title(field.shown_unit)}".strip()
    if field.display_unit == "亩" and (area := record.number(field.key)) is not None:
        text += t("ledger.in_m2", value=grouped(area, 0))
    return t("ledger.estimated", value=text) if state is ValueState.ESTIMATED else text


def name_words(record: Record, ledger: Ledger) -> str:
    """Return a record's name; one that is called by its kind alone, in words of the language."""
    name, entity = ledger.name_of(record), ledger.catalogue[record.entity]
    if "kind" in entity and name == record.text("kind"):
        return shown(name, entity["kind"], language())
    return name


def sections(record: Record, ledger: Ledger, groups: frozenset[str] | None) -> list[Section]:
    """Return the known and the needed values by group; None means every other group."""
    found: dict[str, list[KeyValue]] = {}
    for field in ledger.catalogue[record.entity]:
        special = field.group in TITLE_GROUPS | LETTING_GROUPS
        wanted = field.group in groups if groups is not None else not special
        if wanted and (row := _row(record, field, ledger)):
            found.setdefault(field.group, []).append(row)
    return [Section(t(f"ledger.group.{key}"), tuple(rows)) for key, rows in found.items()]


def _row(record: Record, field: Field, ledger: Ledger) -> KeyValue | None:
    words = value_words(record, field, ledger)
    if words:
        known = field.key if field.key in record.origins else ""
        return KeyValue(field.title(language()), words, source_key=known)
    if is_missing(record, field):
        return KeyValue(field.title(language()), t("ui.missing"), tone="warn")
    return None


def computed(record: Record, figures: AssetFigures) -> Section | None:
    """Return what the rules compute of an asset."""
    percent = {"occupancy": figures.occupancy}
    plain = {
        "floor_area": (figures.floor_area if record.entity == "parcel" else None, "㎡", 0),
        "far": (figures.far, "", 2),
        "vacant": (figures.vacant, "㎡", 0),
        "rent": (figures.rent, "元/㎡·月", 2),
        "years_left": (figures.years_left, "年", 1),
    }
    rows = [
        KeyValue(t(f"ledger.column.{key}"), f"{grouped(share * 100, 1)}%")
        for key, share in percent.items()
        if share is not None
    ]
    rows += [
        KeyValue(t(f"ledger.column.{key}"), f"{grouped(value, places)} {unit_title(unit)}".strip())
        for key, (value, unit, places) in plain.items()
        if value is not None
    ]
    return Section(t("ledger.computed"), tuple(rows)) if rows else None


def source_words(source: SourceRef | None, files: Sequence[SourceFile]) -> str:
    """Return where a value was read: file, sheet, cell."""
    if source is None:
        return ""
    name = next((file.name for file in files if file.id == source.source), source.source)
    return t("ledger.source", file=name, sheet=source.sheet, cell=f"{source.column}{source.row}")


def origin_rows(context: UiContext, record: Record, field: Field) -> list[KeyValue]:
    """Return where a value comes from: source, raw text, and every change since."""
    origin = record.origins.get(field.key)
    rows = []
    if origin is not None:
        place = source_words(origin.source, context.services.querying.sources())
        rows.append(KeyValue(t("ledger.from"), place or t("ledger.typed")))
        if origin.raw:
            rows.append(KeyValue(t("ledger.raw"), origin.raw))
        if origin.unit:
            rows.append(KeyValue(t("ledger.raw_unit"), origin.unit))
    else:
        rows.append(KeyValue(t("ledger.from"), t("ledger.typed")))
    for when, words in history_rows(context, record, field.key):
        rows.append(KeyValue(when, words))
    return rows


def history_rows(context: UiContext, record: Record, only: str = "") -> list[tuple[str, str]]:
    """Return what happened to a record (or one field), newest first, as (when and who, what)."""
    ledger = context.services.querying.ledger()
    entity = ledger.catalogue[record.entity]
    found = []
    entries = context.services.querying.history(record.entity, record.key)
    files = context.services.querying.sources() if only else ()
    for operation, changes in entries[:_MOST_OPERATIONS]:
        lines = []
        for change in changes.records:
            if (change.entity, change.key) != (record.entity, record.key):
                continue
            for item in change.fields:
                if item.field in entity and only in ("", item.field):
                    field = entity[item.field]
                    old, new = (_plain(cell.value, field, ledger) for cell in (item.old, item.new))
                    lines.append(
                        t("ledger.changed_field", field=field.title(language()), old=old, new=new)
                    )
                    if only:
                        lines += _origin_lines(item.new.origin, files)
        if only and not lines:
            continue
        name = step_name(operation.label, operation.params)
        verb = {
            OperationKind.UNDO: t("window.undone", step=name),
            OperationKind.REDO: t("window.redone", step=name),
        }.get(operation.kind, name)
        when = operation.at.astimezone().strftime("%Y-%m-%d %H:%M")
        few = (
            lines if len(lines) <= 3 or only else [*lines[:3], t("ledger.more_n", n=len(lines) - 3)]
        )
        said = [verb, *few]
        if operation.reason:
            said.append(t("ledger.reason_was", reason=operation.reason))
        found.append((t("ledger.by", when=when, who=operation.actor), "\n".join(said)))
    return found


def _origin_lines(origin: Origin | None, files: Sequence[SourceFile]) -> list[str]:
    """Return where a value of the past came from, and how it was written there."""
    if origin is None:
        return []
    place = source_words(origin.source, files)
    raw = t("ledger.raw_was", raw=origin.raw) if origin.raw else ""
    return [words for words in (place, raw) if words]


def _plain(value: object, field: Field, ledger: Ledger) -> str:
    if value is None:
        return "—"
    if field.type is FieldType.REF:
        target = ledger.find(field.target, str(value))
        return target.label if target is not None else str(value)
    if field.choices:
        return shown(value, field, language())  # type: ignore[arg-type]
    text = editable(value, field)  # type: ignore[arg-type]
    return f"{text} {unit_title(field.shown_unit)}".strip() if field.numeric else text
