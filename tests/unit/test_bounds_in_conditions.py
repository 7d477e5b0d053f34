"""A condition on what is only a bound is decided where the bound decides it, else open."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import a_building, a_lease, a_ledger, a_park
from tests.report_rig import report_of, table_of
from tests.shipped import content, texts
from workbench.domain.conditions import AtLeast, AtMost, parse
from workbench.domain.diagnosis.diagnosing import diagnose
from workbench.domain.facts.lookup import Facts
from workbench.domain.facts.missing_names import names_of_missing
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.registry import evaluate_all

AS_OF = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("text", "bound", "value", "truth"),
    [
        ("x < 0.5", AtMost, "0.4", True),
        ("x < 0.5", AtMost, "0.5", None),
        ("x <= 0.5", AtMost, "0.5", True),
        ("x > 18", AtMost, "18", False),
        ("x > 18", AtMost, "19", None),
        ("x >= 18", AtMost, "17", False),
        ("18 < x", AtMost, "19", None),
        ("18 < x", AtMost, "18", False),
        ("x == 18", AtMost, "18", None),
        ("x < 0.5", AtLeast, "0.5", False),
        ("x < 0.5", AtLeast, "0.4", None),
        ("x > 18", AtLeast, "19", True),
        ("0.5 > x", AtLeast, "0.5", False),
        ("not x < 0.5", AtMost, "0.6", None),
        ("-x < 0", AtMost, "1", None),
        ("x * 2 < 1", AtMost, "0.1", None),
    ],
)
def test_only_what_a_bound_decides_is_known(text, bound, value, truth):
    verdict = parse(text).evaluate({"x": bound(value)}.get)
    assert verdict.truth is truth
    assert verdict.missing == (() if truth is not None else ("x",))


def vacant(since):
    """A building whose time vacant is known to be at most that since a date."""
    building = a_building("B", name="甲楼", rentable_area=100, self_use_area=0, lent_area=0,
                          vacant_since=since)  # fmt: skip
    lease = a_lease(building="B", area=101, start_on="2020-01-01", end_on="2025-05-30")
    return a_park(), building, lease


def rule(records, id_="D1-3"):
    ledger = a_ledger(*records)
    scope = Scope(ledger, "park", None, AS_OF, {})
    found = diagnose(content().diagnosis, Facts(scope, evaluate_all(scope, {})))
    return next(r for d in found for r in d.rules if r.rule.id == id_), ledger


@pytest.mark.parametrize(("since", "truth"), [("2020-06-30", None), ("2025-01-31", False)])
def test_vacant_for_at_most_so_long_is_not_known_to_be_too_long(since, truth):
    """It counted as vacant for 60 months although nobody knows how much shorter it is."""
    result, ledger = rule(vacant(since))
    assert result.truth is truth
    assert result.value > 0
    assert type(result.value) is Decimal
    said = [] if truth is False else ["指标 I-04 的确切值（只知上限或下限）"]
    assert list(names_of_missing(result.missing, ledger, texts("zh_CN"))) == said


def test_the_formula_of_a_rule_knows_that_it_asks_a_bound():
    rows = table_of(report_of(*vacant("2020-06-30"), as_of=AS_OF), "annex_e", "表E-7").rows
    [hit] = [row[4] for row in rows if row[1].value.startswith("平均空置时长")]
    assert hit.value is None
    assert hit.formula.count("待核") == 2
