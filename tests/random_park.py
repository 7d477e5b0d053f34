"""A park drawn at random, in which any cell may be blank, and other values for its cells."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from hypothesis import strategies as st

from tests.builders import a_record
from tests.standards import STANDARDS
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.explain import Input
from workbench.domain.fields import Field, FieldType
from workbench.domain.figures.scope import Scope
from workbench.domain.records.ledger import Ledger, Record

AS_OF = date(2025, 6, 30)
PARAMS = {
    "far_height_double": Decimal(8),
    "ref_tax_per_mu": Decimal("45.27"),
    "ref_invest_per_mu": Decimal("598.95"),
    "collection": Decimal("0.96"),
    "opex_ratio": Decimal("0.18"),
    "property_tax_rent": Decimal("0.12"),
    "valuation_valid_months": Decimal(12),
}
LINKS = {
    "parcel": {"park": "park"},
    "building": {"park": "park", "parcel": "parcel-0"},
    "unit": {"building": "building-0"},
    "lease": {"building": "building-0", "tenant": "enterprise-0"},
    "encumbrance": {"building": "building-0"},
    "valuation": {"building": "building-0"},
    "demand": {"park": "park"},
    "facility": {"park": "park"},
    "park_year": {"park": "park"},
    "enterprise_year": {"enterprise": "enterprise-0"},
    "finance": {"enterprise": "enterprise-0"},
    "context": {"park": "park"},
}
COUNTS = {
    "park": 1, "parcel": 2, "building": 2, "enterprise": 2, "lease": 3, "encumbrance": 2,
    "valuation": 2, "demand": 2, "facility": 2, "park_year": 2, "enterprise_year": 2,
    "finance": 2, "context": 1,
}  # fmt: skip

MANY = ("parcel", "building", "lease", "enterprise", "enterprise_year")


def _value_of(field: Field, random: Random) -> object:
    """A plausible value of a field, so that indicators get past their blanks."""
    match field.type:
        case FieldType.AREA | FieldType.MONEY:
            return Decimal(random.randint(0, 50) * 100)
        case FieldType.NUMBER:
            return Decimal(random.randint(0, 40)) / 2
        case FieldType.INTEGER:
            return Decimal(random.choice([2023, 2024]))
        case FieldType.SHARE:
            return Decimal(random.randint(0, 20)) / 20
        case FieldType.DATE:
            return AS_OF + timedelta(days=random.randint(-1500, 1500))
        case FieldType.BOOL:
            return random.random() < 0.5
        case FieldType.CHOICE:
            return random.choice(field.choices).value
        case FieldType.TEXTS:
            return ("装备制造",)
        case FieldType.CHOICES:
            return (random.choice(field.choices).value,)
        case _:
            return random.choice(["甲", "乙", "装备制造"])


@cache
def fields_of(entity: str) -> tuple[Field, ...]:
    return tuple(f for f in CATALOGUE[entity] if f.type is not FieldType.REF and f.key != "note")


def a_small_park(random: Random, many: int = 0) -> list[Record]:
    """A park in which any cell may be blank; ``many`` rows of what a ledger has many of."""
    known = random.choice([0.5, 0.8, 0.95, 1.0])
    records = []
    for entity, count in COUNTS.items():
        for number in range(max(count, many if entity in MANY else 0)):
            values = {
                field.key: _value_of(field, random)
                for field in fields_of(entity)
                if random.random() < known
            }
            key = "park" if entity == "park" else f"{entity}-{number}"
            records.append(a_record(entity, key, **values, **LINKS.get(entity, {})))
    return records


def scope_of(records: list[Record]) -> Scope:
    return Scope(Ledger.of(records), "park", None, AS_OF, PARAMS, STANDARDS)


def another_value(field: Field, value: object) -> object:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Decimal):
        return value + 1
    if isinstance(value, date):
        return value + timedelta(days=700)
    if isinstance(value, tuple):
        return ["食品"]
    if field.choices:
        words = [choice.value for choice in field.choices]
        return words[(words.index(value) + 1) % len(words)]
    return f"{value}某"


def cells_of(inputs: tuple[Input, ...]) -> set[tuple[str, str, str]]:
    return {(cell.entity, cell.key, cell.field) for cell in inputs}


SEEDS = st.integers(0, 2**32).map(Random)
CELLS_TRIED = 3
