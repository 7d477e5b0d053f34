# SPDX-License-Identifier: MIT
"""Fields that a ledger states in another column: rent units, terms, missing certificates."""

import re
from dataclasses import replace
from decimal import Decimal

from workbench.application.imports.dropped_zeros import settle_months
from workbench.application.imports.from_labels import add_from_labels
from workbench.application.imports.no_houses import forget_empty_kinds
from workbench.application.imports.preview import ColumnData
from workbench.application.imports.rent_units import add_rent_units
from workbench.application.imports.terms import end_by_terms, months_of_periods
from workbench.application.imports.told import add_what_lists_tell
from workbench.domain.fields import Entity, Field
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.choices import is_put_off, match_choice
from workbench.domain.parsing.numbers import prepared
from workbench.domain.parsing.parsed import ParseContext, Parsed, notice
from workbench.domain.parsing.storeys import storeys_in
from workbench.domain.parsing.units import SCALES
from workbench.domain.records.certificates import certificates
from workbench.domain.tables.finder import Table
from workbench.domain.values import Origin, Value, ValueState

_NO_CERTIFICATE = re.compile(
    r"^(?:[未没无暂待尚][^\d第号]{0,8}|(?:正在|在|已申请|申请)?办[理证][^\d第号]{0,6}|正在[^\d第号]{1,8}|"
    r"历史遗留[^\d第号]{0,6}|(?i:pending|in progress|none|no))$"
)
_HELD = frozenset(
    {"有", "是", "已办", "已办理", "已取得", "齐全", "√", "有证", "Yes", "yes", "YES"}
)
"""What a column of certificates says of one that is there without giving its number."""
_PERHAPS_SEVERAL = re.compile(r"[、/;；,，\n和及与]")
_SHORTEST_REMARK = 2

_BOTH_STOREYS = re.compile("地上.{0,3}地下")
_UP_AND_DOWN = re.compile(r"(\d{1,2})[/+](\d{1,2})")
"""9/1 under 层数（地上/地下）."""
_SEIZING = re.compile("机关|法院|查封|冻结")
_COURT = re.compile("法院$|公安局|检察院")
_NAME_AND_AREA = re.compile(
    r"(.*[^\d\s].*?)\s*[(（]\s*((?:约\s*)?[\d,.]+\s*(?:㎡|平方米|平米|平|m2|m²))\s*[)）]"
)
"""汇通物流公司（4000㎡）: a tenant and what it rents."""
_FIGURE = r"\d{1,2}(?:\.\d{1,4})?"
_LIMITS = re.compile(
    rf"(?P<low>{_FIGURE})(?:-|~|—|–|至|(?:≤|<=?)[^\d≤<]{{1,6}}(?:≤|<=?))(?P<high>{_FIGURE})"
    rf"|(?:≥|>=?|不低于|不小于|不少于)(?P<least>{_FIGURE})"
    rf"(?:[且,、;]*(?:≤|<=?|不大于|不高于|不超过)(?P<most>{_FIGURE}))?|(?P<from>{_FIGURE})以上"
)
"""The limits of a planned FAR: 1.0-2.5, 1.0≤FAR≤2.5, ≥1.2."""


def derive(table: Table, spec: Entity, columns: dict[str, ColumnData]) -> None:
    """Add the columns that follow from others, or from the lines above the table."""
    for name, value in table.constants.items():
        origin = Origin(str(value), None, ValueState.KNOWN)
        every = range(len(table.rows))
        columns[name] = ColumnData(
            spec[name], None, "", [value for _ in every], dict.fromkeys(every, origin)
        )
    settle_months(table, list(columns.values()))
    _add_what_cells_say(table, spec, columns)
    for source in ("term_text", "end_on"):
        if source in columns and "start_on" in spec and "end_on" in spec:
            _dates_from(table, columns, source, spec)
    end_by_terms(table, columns)
    if "free_months" in columns and "start_on" in spec:
        months_of_periods(columns["free_months"], spec)
    add_from_labels(table, spec, columns)
    add_what_lists_tell(table, spec, columns)
    if spec.key == "building":
        forget_empty_kinds(table, columns)
    if "cert_no" in columns:
        _clear_remarks(columns["cert_no"])
    for status in ("cert_status", "cert_kind"):
        if "cert_no" in columns and status in spec and status not in columns:
            _certificate_status(table, columns, spec[status])


def _add_what_cells_say(table: Table, spec: Entity, columns: dict[str, ColumnData]) -> None:
    """Add the columns that stand in the cells of others: units, periods, storeys below ground."""
    if "capacity" in columns and "capacity_unit" in spec and "capacity_unit" not in columns:
        columns["capacity_unit"] = _units_of(columns["capacity"], spec["capacity_unit"])
    if "rent_unit" in spec:
        add_rent_units(spec, columns, table.context.rent_unit)
    if "tenant" in columns and "area" in spec:
        _areas_beside_tenants(columns, spec["area"])
    if "floors_above" in columns and "floors_below" in spec and "floors_below" not in columns:
        _storeys_below(table, columns, spec["floors_below"])
    if "plan_far_max" in columns and "plan_far_min" not in columns:
        _lowest_far(table, columns, spec["plan_far_min"])
    if "holder" in columns and "authority" in spec and "authority" not in columns:
        _courts_among_holders(columns, spec["authority"])


def _units_of(amounts: ColumnData, field: Field) -> ColumnData:
    """Return the unit that each amount states, without the 万 that is in the amount already."""
    data = ColumnData(field, None, "", [None] * len(amounts.values))
    for index, value in enumerate(amounts.values):
        origin = amounts.origins.get(index)
        unit = (origin.unit if origin is not None else amounts.unit) or ""
        scale = next((own for own in SCALES if unit.startswith(own)), "")
        if value is not None and (bare := unit.removeprefix(scale)):
            raw = (origin.raw if origin is not None else None) or unit
            at = raw.lower().find(bare)  # as the clerk writes it: kVA
            data.values[index] = raw[at : at + len(bare)] if at >= 0 else bare
            data.origins[index] = Origin(raw)
    return data


def _courts_among_holders(columns: dict[str, ColumnData], field: Field) -> None:
    """Take the courts under 权利人/法院 for what they are: they seize, they lend nothing."""
    holders = columns["holder"]
    if holders.column is None or not _SEIZING.search(holders.column.heading.text):
        return
    data = ColumnData(field, holders.column, "", [None] * len(holders.values))
    for index, value in enumerate(holders.values):
        if isinstance(value, str) and _COURT.search(value):
            data.values[index], holders.values[index] = value, None
    if any(data.values):
        columns[field.key] = data


def _areas_beside_tenants(columns: dict[str, ColumnData], field: Field) -> None:
    """Take the area of 汇通物流公司（4000㎡） for what is let, and the rest for the tenant.

    An area that has its own column stays; then the name alone is taken out.
    """
    tenants = columns["tenant"]
    found = {
        index: both
        for index, value in enumerate(tenants.values)
        if isinstance(value, str) and (both := _NAME_AND_AREA.fullmatch(value))
    }
    if not found:
        return
    count = len(tenants.values)
    areas = columns.setdefault(field.key, ColumnData(field, None, "", [None] * count))
    for index, both in found.items():
        whole = both[0]
        tenants.values[index] = both[1]
        tenants.origins[index] = Origin(whole)
        if areas.values[index] is None:
            read = parse(field, both[2])
            areas.values[index] = read.value
            areas.origins[index] = Origin(whole)
            areas.problems[index] = (notice("area_beside_tenant", text=whole),)


def _storeys_below(table: Table, columns: dict[str, ColumnData], field: Field) -> None:
    """Take the storeys below ground of 地上3/地下1 from the one column that has both."""
    column = columns["floors_above"].column
    if column is None:
        return
    data = ColumnData(field, None, "", [None] * len(table.rows))
    both = _BOTH_STOREYS.search(column.heading.text) is not None
    for index, (_, row) in enumerate(table.rows):
        cell = row[column.position]
        storeys = storeys_in(prepared(cell)) if isinstance(cell, str) else None
        if both and isinstance(cell, str) and (told := _UP_AND_DOWN.fullmatch(prepared(cell))):
            storeys = int(told[1]), int(told[2])
            columns["floors_above"].values[index] = storeys[0]
            columns["floors_above"].origins[index] = Origin(cell)
            columns["floors_above"].problems.pop(index, None)
        if storeys and storeys[1] is not None:
            data.values[index] = storeys[1]
            data.origins[index] = Origin(str(cell))
    if any(value is not None for value in data.values):
        columns[field.key] = data


def _lowest_far(table: Table, columns: dict[str, ColumnData], field: Field) -> None:
    """Take both ends of a planned FAR of 1.0-2.5, and ≥1.2 for the lower one."""
    highest = columns["plan_far_max"]
    column = highest.column
    if column is None:
        return
    lowest = ColumnData(field, None, "", [None] * len(table.rows))
    for index, (_, row) in enumerate(table.rows):
        cell = row[column.position]
        found = _LIMITS.fullmatch(prepared(cell)) if isinstance(cell, str) else None
        if found is None:
            continue
        low, high = found["low"] or found["least"] or found["from"], found["high"] or found["most"]
        lowest.values[index] = Decimal(low)
        highest.values[index] = Decimal(high) if high else None
        lowest.origins[index] = Origin(str(cell))
        state = ValueState.KNOWN if high else ValueState.UNKNOWN
        highest.origins[index] = Origin(str(cell), None, state)
        highest.problems.pop(index, None)
    if any(value is not None for value in lowest.values):
        columns[field.key] = lowest


def _dates_from(table: Table, columns: dict[str, ColumnData], source: str, spec: Entity) -> None:
    """Take both dates of 2020.8.6-2025.8.5 where they have no column of their own."""
    cells = columns[source]
    column = cells.column
    if column is None:
        return
    for name in ("start_on", "end_on"):
        if name == source or (name in columns and columns[name].column is not None):
            continue
        field = spec[name]
        data = columns.get(name) or ColumnData(field, None, "", [None] * len(cells.values))
        wanted = _wants_range if source == "end_on" else _wants_any
        for index, (_, row) in enumerate(table.rows):
            raw = row[column.position]
            if not isinstance(raw, str) or not raw.strip() or data.values[index] is not None:
                continue
            parsed = parse(field, raw, ParseContext())
            if wanted(parsed):
                _put(data, index, parsed)
        columns[name] = data


def _wants_any(_parsed: Parsed) -> bool:
    return True


def _wants_range(parsed: Parsed) -> bool:
    """Take a start from an end column only if the cell clearly holds both dates."""
    return any(problem.code == "date_from_range" for problem in parsed.problems)


def _put(data: ColumnData, index: int, parsed: Parsed) -> None:
    data.values[index] = parsed.value
    data.origins[index] = parsed.origin
    problems = tuple(p for p in parsed.problems if p.code != "date_from_range")
    if problems:
        data.problems[index] = problems


def _clear_remarks(cert: ColumnData) -> None:
    """Take 正在办理 in the certificate column for what it is, and say which cell has several.

    The text of several stays as it is: checks and the search for duplicates take it apart.
    """
    for index, value in enumerate(cert.values):
        if not isinstance(value, str):
            continue
        if value in _HELD or _NO_CERTIFICATE.match(value):
            cert.values[index] = None
            cert.origins[index] = Origin(value, None, ValueState.UNKNOWN)
        elif _PERHAPS_SEVERAL.search(value) and len(found := certificates(value)) > 1:
            said = notice("several_certificates", count=str(len(found)), text="；".join(found))
            cert.problems[index] = (*cert.problems.get(index, ()), said)


def _certificate_status(table: Table, columns: dict[str, ColumnData], field: Field) -> None:
    """Keep what 未办理 in the certificate column says about the certificate's status."""
    cert = columns["cert_no"]
    if cert.column is None:
        return
    data = ColumnData(field, None, "", [None] * len(cert.values))
    for index, value in enumerate(cert.values):
        origin = cert.origins.get(index)
        if value is not None or origin is None or not origin.raw:
            continue
        if len(origin.raw) < _SHORTEST_REMARK and origin.raw not in _HELD:
            continue
        found: Value | None = match_choice(field, origin.raw)[0]
        if found is not None and not is_put_off(field, origin.raw):
            data.values[index] = found
            data.origins[index] = replace(origin, state=ValueState.KNOWN)
    if any(value is not None for value in data.values):
        columns[field.key] = data
