"""§3.4: looking at many records rule by rule finds what looking at each record finds."""

import random
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_ledger
from tests.unit.test_checks import AS_OF, FAULTS, PARAMS
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks.registry import CHECKS, complaints, complaints_in_bulk, sentence_key
from workbench.domain.checks.rules import CheckContext
from workbench.domain.fields import Field, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import Origin, Value, ValueState

NUMBERS = ("-1", "0", "0.2", "0.5", "0.97", "1", "3", "12", "100", "106", "90000000")
CODES = ("91350100M000100Y43", "91350100M000100Y44", "皖（2024）第1号", "皖(2024)第1号")
NAMES = ("云湖智能装备有限公司", "云湖智能装备股份公司", "东港物流公司", "1#厂房")


FIELDS = {entity.key: tuple(entity) for entity in CATALOGUE.ledger()}


def a_value(field: Field, dice: random.Random) -> Value:
    """Return a value that makes rules fire often, and often not."""
    match field.type:
        case FieldType.CHOICE:
            return dice.choice(field.choices).value
        case FieldType.BOOL:
            return dice.random() < 0.5
        case FieldType.DATE:
            return AS_OF + timedelta(days=dice.randrange(-25_000, 4_000))
        case FieldType.INTEGER:
            return dice.choice((0, 1, 2, 2023, 2024))
        case FieldType.REF:
            return f"{field.target}-{dice.randrange(4)}"
        case FieldType.CODE:
            return dice.choice(CODES)
        case FieldType.CHOICES | FieldType.TEXTS:
            return ("甲",)
        case _ if field.numeric:
            return Decimal(dice.choice(NUMBERS))
        case _:
            return dice.choice(NAMES)


def a_random_ledger(dice: random.Random) -> Ledger:
    """Return a ledger of every entity; a column is there for all rows, for some or for none."""
    records = []
    for entity in CATALOGUE.ledger():
        share = {field.key: dice.choice((0.0, 0.5, 1.0)) for field in FIELDS[entity.key]}
        for number in range(dice.choice((0, 1, 4))):
            values = {
                f.key: a_value(f, dice) for f in FIELDS[entity.key] if dice.random() < share[f.key]
            }
            kept = (
                {"holder": Origin("不适用", state=ValueState.NOT_APPLICABLE)}
                if dice.random() < 0.2
                else {}
            )
            key = f"{entity.key}-{number}"
            records.append(Record(entity.key, key, values, kept, position=dice.randrange(3)))
    return Ledger.of(records)


@given(st.integers(0, 2**32))
def test_in_bulk_the_same_is_found_in_the_same_order(seed):
    ledger = a_random_ledger(random.Random(seed))
    one_by_one, in_bulk = (CheckContext(ledger, AS_OF, PARAMS) for _ in "12")
    for entity in CATALOGUE.ledger():
        rows = ledger.all(entity.key)
        theirs = [finding for row in rows for finding in complaints(one_by_one, row)]
        assert [f for _, own in complaints_in_bulk(in_bulk, rows) for f in own] == theirs


def found_in_bulk(records):
    ledger = a_ledger(*records)
    context = CheckContext(ledger, AS_OF, PARAMS)
    return {
        (sentence_key(finding).removeprefix("checks."), finding.field)
        for entity in CATALOGUE.ledger()
        for _, own in complaints_in_bulk(context, ledger.all(entity.key))
        for finding in own
    }


def test_in_bulk_each_fault_is_found_too():
    assert [
        (code, field)
        for code, field, records in FAULTS
        if (code, field) not in found_in_bulk(records)
    ] == []


def test_a_rule_needs_fields_that_its_entities_have():
    assert [
        (rule.id, entity, name)
        for rule in CHECKS
        for entity in rule.entities
        for group in rule.needs
        for name in group
        if name not in CATALOGUE[entity]
    ] == []
    assert [rule.id for rule in CHECKS if rule.beside and rule.beside not in CATALOGUE] == []


def test_a_rule_without_its_column_is_not_run():
    rule = next(rule for rule in CHECKS if rule.id == "V12")
    rows = [Record("building", "b", {"original_value": Decimal(1)})]
    context = CheckContext(Ledger.of(rows), AS_OF, PARAMS)
    assert not rule.worth_a_look(context, rows, {"original_value"})
    assert not rule.worth_a_look(context, rows, {"original_value", "net_value"})
