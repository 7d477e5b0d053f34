"""Ledger records for tests: say only what the test is about, the rest stays unknown."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import Origin, Value, ValueState

_numbers = count(1)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def a_value(value: Any) -> Value:
    """Write 0.5, "2025-06-30", ["a", "b"] or a record; get a Decimal, date, tuple or key."""
    if isinstance(value, Record):
        return value.key
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, list):
        return tuple(value)
    return value


def a_record(entity: str, key: str = "", **values: Any) -> Record:
    """A record of any entity; fields given as None stay unknown."""
    known = {name: a_value(value) for name, value in values.items() if value is not None}
    number = next(_numbers)
    return Record(entity, key or f"{entity}-{number}", known, position=number)


def a_park(key: str = "park", **values: Any) -> Record:
    """A park (园区) with code and name."""
    return a_record("park", key, **{"code": "P-01", "name": "示例园区"} | values)


def a_parcel(key: str = "", *, park: Any = "park", **values: Any) -> Record:
    """A parcel (宗地) of the park."""
    return a_record("parcel", key, park=park, **values)


def a_building(key: str = "", *, park: Any = "park", **values: Any) -> Record:
    """A building (楼栋) of the park."""
    return a_record("building", key, park=park, **values)


def a_unit(key: str = "", **values: Any) -> Record:
    """A unit (单元) of a building."""
    return a_record("unit", key, **values)


def a_lease(key: str = "", **values: Any) -> Record:
    """A lease (租约); point it at building, unit or park."""
    return a_record("lease", key, **values)


def an_encumbrance(key: str = "", **values: Any) -> Record:
    """An encumbrance (权利限制); point it at parcel or building."""
    return a_record("encumbrance", key, **values)


def a_valuation(key: str = "", **values: Any) -> Record:
    """A valuation (评估) of a parcel or building."""
    return a_record("valuation", key, **values)


def an_enterprise(key: str = "", **values: Any) -> Record:
    """An enterprise (企业)."""
    return a_record("enterprise", key, **values)


def an_enterprise_year(key: str = "", **values: Any) -> Record:
    """One year of an enterprise (企业年度)."""
    return a_record("enterprise_year", key, **values)


def a_park_year(key: str = "", *, park: Any = "park", **values: Any) -> Record:
    """One year of the park (园区年度)."""
    return a_record("park_year", key, park=park, **values)


def a_finance(key: str = "", **values: Any) -> Record:
    """A balance snapshot of the platform company (平台公司财务)."""
    return a_record("finance", key, **values)


def a_demand(key: str = "", **values: Any) -> Record:
    """A demand lead (需求线索)."""
    return a_record("demand", key, **values)


def a_context(key: str = "", **values: Any) -> Record:
    """What the analyst adds about pathways (路径前提补充)."""
    return a_record("context", key, **values)


def a_ledger(*records: Record | Iterable[Record]) -> Ledger:
    """A ledger of these records, lists of records allowed."""
    flat: list[Record] = []
    for item in records:
        flat.extend([item] if isinstance(item, Record) else item)
    return Ledger.of(flat)


def with_values(record: Record, **values: Any) -> Record:
    """The same record with some fields changed; None makes a field unknown."""
    kept = {name: value for name, value in record.values.items() if name not in values}
    known = {name: a_value(value) for name, value in values.items() if value is not None}
    return replace(record, values=kept | known)


def not_applicable(record: Record, *fields: str) -> Record:
    """The same record with some fields marked 不适用."""
    origins = {name: Origin("不适用", state=ValueState.NOT_APPLICABLE) for name in fields}
    kept = {name: value for name, value in record.values.items() if name not in fields}
    return replace(record, values=kept, origins={**record.origins, **origins})


def estimated(record: Record, *fields: str, qualifier: str = "约") -> Record:
    """The same record with some fields marked as estimates (约)."""
    origins = {name: Origin(state=ValueState.ESTIMATED, qualifier=qualifier) for name in fields}
    return replace(record, origins={**record.origins, **origins})
