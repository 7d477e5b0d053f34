# SPDX-License-Identifier: MIT
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.any_text import any_text
from workbench.domain.conditions import Condition, ConditionError, parse

TRUTHS = st.sampled_from([True, False, None])


def truth(text, **values):
    return parse(text).evaluate(values.get).truth


def lookup(values):
    return lambda name: values.get(name)


def test_names_numbers_and_reading_order():
    condition = parse("I_06 < 0.6 or I_07 > 0.5 and parcel.obtain_mode in ['出让', '弹性出让']")
    assert condition.ordered_names == ("I_06", "I_07", "parcel.obtain_mode")
    assert condition.names == {"I_06", "I_07", "parcel.obtain_mode"}
    assert condition.numbers == (Decimal("0.6"), Decimal("0.5"))
    assert parse("x > -15").numbers == (Decimal("-15"),)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("a < 0.60", {"a": Decimal("0.59")}, True),
        ("a < 0.60", {"a": Decimal("0.60")}, False),
        ("a == 0.3", {"a": Decimal("0.1") + Decimal("0.2")}, True),  # exact, no binary floats
        ("a > 0 and b", {"a": 3, "b": False}, False),
        ("a != '划拨'", {"a": "出让"}, True),
        ("a not in ['划拨', '不详']", {"a": "划拨"}, False),
        ("0 < a <= 3", {"a": 3}, True),
        ("a * 2 - b / 4 >= 1.5 + c", {"a": 1, "b": 2, "c": 0}, True),
        ("a == false", {"a": False}, True),
        ("a < b", {"a": date(2025, 1, 1), "b": date(2025, 6, 30)}, True),
    ],
)
def test_known_values_decide(text, values, expected):
    verdict = parse(text).evaluate(lookup(values))
    assert verdict.truth is expected
    assert verdict.missing == ()
    assert set(verdict.used) == set(values)


@pytest.mark.parametrize(
    ("text", "values", "expected", "missing"),
    [
        ("a and b", {"a": False}, False, ()),
        ("a and b", {"a": True}, None, ("b",)),
        ("a or b", {"a": True}, True, ()),
        ("a or b", {}, None, ("a", "b")),
        ("not a", {}, None, ("a",)),
        ("a > 0", {}, None, ("a",)),
        ("a > 0", {"a": 0}, False, ()),  # zero is a value, not an absence
        ("a + b > 0", {"a": 1}, None, ("b",)),
        ("a in ['x', 'y']", {}, None, ("a",)),
        ("a < b < c", {"a": 3, "b": 1}, False, ()),
        ("a < b < c", {"a": 1, "b": 3}, None, ("c",)),
        ("a / b > 1", {"a": 1, "b": 0}, None, ("b",)),
        ("(a or b) and c", {"c": False}, False, ()),
    ],
)
def test_unknown_stays_unknown_and_is_named(text, values, expected, missing):
    verdict = parse(text).evaluate(lookup(values))
    assert (verdict.truth, verdict.missing) == (expected, missing)


@given(TRUTHS, TRUTHS, TRUTHS)
def test_kleene_laws(a, b, c):
    def law(left, right):
        assert truth(left, a=a, b=b, c=c) is truth(right, a=a, b=b, c=c)

    law("a and b", "b and a")
    law("a or b", "b or a")
    law("a and (b and c)", "(a and b) and c")
    law("a and (b or c)", "(a and b) or (a and c)")
    law("not (a and b)", "not a or not b")
    law("not (a or b)", "not a and not b")
    law("not not a", "a")
    law("a or (a and b)", "a")


_TEXTS = st.recursive(
    st.sampled_from(["a", "b", "c", "x > 1", "x < y"]),
    lambda inner: st.one_of(
        inner.map(lambda t: f"not ({t})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda p: f"({p[0]}) {p[1]} ({p[2]})"
        ),
    ),
    max_leaves=6,
)
_VALUES = st.fixed_dictionaries(
    dict.fromkeys("abc", TRUTHS) | {n: st.sampled_from([None, 0, 1, 2]) for n in "xy"}
)


@given(_TEXTS, _VALUES, _VALUES)
def test_learning_a_missing_value_never_flips_a_known_verdict(text, values, more):
    condition = parse(text)
    before = condition.evaluate(values.get)
    learned = {name: more[name] if value is None else value for name, value in values.items()}
    after = condition.evaluate(learned.get)
    if before.truth is not None:
        assert after.truth is before.truth
    assert (before.truth is None) == bool(before.missing)
    assert all(values[name] is None for name in before.missing)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "syntax", 1),
        ("a <", "syntax", 4),
        ("a > 3x", "syntax", 5),
        ("1e3 < a", "syntax", 1),
        ("a and f(b)", "not_allowed", 7),
        ("__import__('os')", "not_allowed", 1),
        ("a.b.c", "not_allowed", 1),
        ("a[0] > 1", "not_allowed", 1),
        ("a in b", "not_allowed", 6),
        ("a in []", "not_allowed", 6),
        ("(lambda: a)()", "not_allowed", 1),
        ("a == '\\x41'", "not_allowed", 7),
        ("a + b", "wrong_kind", 1),
        ("a and 1", "wrong_kind", 7),
        ("a == '出让' and b()", "not_allowed", 15),  # characters, not UTF-8 bytes
        ("  a and 1", "wrong_kind", 9),
        ("a " + "and a " * 80, "too_long", 401),
    ],
)
def test_invalid_conditions_name_the_place(text, code, position):
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.position) == (code, position)


@pytest.mark.parametrize(
    ("text", "values"),
    [("a > 1", {"a": "出让"}), ("a == 1", {"a": True}), ("a", {"a": 1}), ("-a > 1", {"a": "x"})],
)
def test_values_of_the_wrong_kind_are_refused(text, values):
    with pytest.raises(ConditionError, match="wrong_kind"):
        parse(text).evaluate(lookup(values))


@given(any_text(max_size=60))
def test_any_text_parses_or_is_refused_with_a_position_inside_it(text):
    try:
        place = 1 if isinstance(parse(text), Condition) else 0
    except ConditionError as error:
        place = error.position
    assert 1 <= place <= len(text) + 1
