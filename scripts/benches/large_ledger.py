# SPDX-License-Identifier: MIT
"""A park of many buildings with 30 filled columns each, stored as an import stores them."""

import uuid
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from workbench.bootstrap import Program
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Field, FieldType
from workbench.domain.records.changes import ChangeSet, NewColumn, NewRecords

COLUMNS = 30
_WORDS = ("标准厂房", "研发办公楼", "立体仓库", "人才公寓", "综合车间", "中试基地")
_SMALL = frozenset({"self_use_area", "lent_area"})


def make(path: Path, count: int) -> None:
    """Create a project with ``count`` buildings."""
    services = Program().create(str(path))
    park = services.editing.add("park", {"code": "P1", "name": "测试园区"})
    fields = [f for f in CATALOGUE["building"] if f.type is not FieldType.REF and not f.check_only]
    columns = [NewColumn("park", [park] * count, ["测试园区"] * count, None, "A", {})]
    for at, field in enumerate(fields[: COLUMNS - 1]):
        values = [_value(field, n) for n in range(count)]
        letter = chr(66 + at) if at < 25 else f"A{chr(40 + at)}"
        raws = [str(value) for value in values]
        columns.append(NewColumn(field.key, values, raws, field.shown_unit or None, letter, {}))
    keys = [str(uuid.UUID(int=n + 1)) for n in range(count)]
    rows = list(range(2, count + 2))
    block = NewRecords("building", keys, str(uuid.UUID(int=0)), "楼栋", rows, tuple(columns))
    with services.unit_of_work(writing=True) as work:
        work.apply(ChangeSet("importing.import", (), {}, whole=False), added=[block])
        work.commit()
    services.close()


def _value(field: Field, n: int) -> Any:
    """Return a plausible value; areas fit into each other, so that few checks complain."""
    if field.choices:
        word = field.choices[n % len(field.choices)].value
        return (word,) if field.type is FieldType.CHOICES else word
    match field.type:
        case FieldType.AREA:
            least = 10 if field.key in _SMALL else 800 if field.key == "rentable_area" else 1000
            return (
                Decimal(least + (0 if field.key in _SMALL else n % 9000)) + Decimal(n % 100) / 100
            )
        case FieldType.NUMBER:
            return Decimal(3 + n % 9) + Decimal(n % 10) / 10
        case FieldType.MONEY:
            return Decimal(1_000_000 + (n * 7919) % 90_000_000)
        case FieldType.SHARE:
            return Decimal(n % 101) / 100
        case FieldType.INTEGER:
            return 1 + n % 12
        case FieldType.DATE:
            return date(1990 + n % 30, 1 + n % 12, 1 + n % 28)
        case FieldType.BOOL:
            return n % 3 == 0
        case FieldType.CODE:
            return f"{field.key[:2].upper()}{n:06d}"
        case _:
            return f"{_WORDS[n % len(_WORDS)]}{n}号"
