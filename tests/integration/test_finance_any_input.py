"""What holds for every model and any valid inputs; run with the thorough profile to attack it."""

import ast
import math
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.finance_rig import AROUND, plain
from tests.finance_samples import SAMPLES, model_of
from workbench.domain.display import shown_number
from workbench.domain.fields import FieldType
from workbench.domain.finance.bridge import Bridge, by_line, worth_by_line
from workbench.domain.finance.inputs import Shape
from workbench.domain.finance.loans import PER_YEAR
from workbench.domain.finance.model import calculate
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.replay import Program
from workbench.domain.finance.results import holders_of
from workbench.domain.finance.settling import Provenance
from workbench.domain.finance.terms import LineAt, Op, places, walk
from workbench.domain.report.sections.money.formulas import Formulas

FEW = settings(
    max_examples=max(3, settings.default.max_examples // 30),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MODELS_TRIED = [name for name in SAMPLES if not name.startswith("dated_flows by")]
MOST = {FieldType.MONEY: 500_000_000, FieldType.AREA: 1_000_000, FieldType.NUMBER: 5_000,
        FieldType.INTEGER: 12}  # fmt: skip
BASES = {name: {key: plain(v) for key, v in stated.items()} for name, stated in SAMPLES.items()}


@st.composite
def number_for(draw, item):
    """A number inside an input's limits, of a size that analysts write."""
    low, high = item.limits.low, item.limits.high
    if item.field.type is FieldType.SHARE:
        end = Decimal(1) if high is None else min(high, Decimal(1))
        start = Decimal("-0.5") if low is not None and low < 0 else Decimal(0)
        found = draw(st.decimals(start, end, places=4))
    else:
        end = MOST[item.field.type] if high is None else min(int(high), MOST[item.field.type])
        start = int(low or 0)
        places = 0 if item.field.type is FieldType.INTEGER or item.structural else 2
        found = draw(st.decimals(start, max(end, start), places=places))
    if item.limits.open_low and found == low:
        found += Decimal("0.01")
    return found


@st.composite
def value_for(draw, item, years):
    if item.shape is Shape.SERIES:
        return tuple(draw(st.lists(number_for(item), min_size=years, max_size=years)))
    if item.field.type is FieldType.CHOICE:
        return draw(st.sampled_from([choice.value for choice in item.field.choices]))
    if item.field.type is FieldType.BOOL:
        return draw(st.booleans())
    if item.field.type is FieldType.DATE:
        return date(2020, 1, 1) + timedelta(days=draw(st.integers(0, 4000)))
    return draw(number_for(item))


@st.composite
def stated_for(draw, name):
    """The sample of a model with some of its inputs replaced by others that are valid."""
    model, stated = MODELS[model_of(name)], dict(BASES[name])
    changed = draw(st.sets(st.sampled_from([i.key for i in model.inputs]), max_size=6))
    for item in model.inputs:
        if item.key in changed and item.shape is not Shape.TABLE:
            stated[item.key] = draw(value_for(item, 6))
    return stated


def near(found, expected, scale=1.0):
    return math.isclose(float(found), float(expected), rel_tol=1e-9, abs_tol=1e-6 * max(scale, 1))


def money_moved(result):
    amounts = (v for line in result.lines if line.sign for v in line.values if v is not None)
    return sum(abs(float(v)) for v in amounts)


def written(result):
    """Every line's formula as a workbook would have it, beside the number that is shown."""
    inputs, lines, shown = {}, {}, {}
    for line in result.lines:
        for at, amount in enumerate(line.amounts):
            name = f"l{len(lines)}"
            for label in (LineAt(line.key, at), *((LineAt(line.key),) if line.single else ())):
                lines[label] = (name, line.field)
            if amount.value is not None:
                shown[name] = float(shown_number(amount.value, line.field))
    ends = [amount for line in result.lines for amount in line.amounts]
    fields = {item.key: item for item in MODELS[result.model].inputs}
    for item in walk(*ends):
        if item.op is Op.INPUT and item.value is not None and item.label not in inputs:
            declared = fields[item.label.key]
            column = item.label.column
            field = next((c.field for c in declared.columns if c.key == column), declared.field)
            name = f"i{len(inputs)}"
            inputs[item.label] = (name, field)
            shown[name] = float(shown_number(item.value, field))
    formulas = Formulas(inputs.get, lines.get)
    for line in result.lines:
        for amount in line.amounts:
            if amount.value is not None and (text := formulas.of(amount, line.field)):
                yield text, shown, float(shown_number(amount.value, line.field))


class OneBranch(ast.NodeTransformer):
    """IF computes only the branch that it takes, as in a spreadsheet."""

    def visit_Call(self, node):
        self.generic_visit(node)
        return ast.IfExp(*node.args) if node.func.id == "IF" else node


def evaluated(text, shown):
    """A formula's value by the rules of a spreadsheet: ^ is power, ROUND takes halves outward."""
    functions = {
        "MAX": max,
        "MIN": min,
        "ROUND": lambda x, n: math.copysign(math.floor(abs(x) * 10**n + 0.5 + 1e-7) / 10**n, x),
    }
    code = text.replace("^", "**").replace("{", "").replace("}", "")
    tree = ast.fix_missing_locations(OneBranch().visit(ast.parse(code, mode="eval")))
    compiled = compile(tree, "formula", "eval")
    return eval(compiled, {"__builtins__": {}}, functions | shown)  # our own formula


@pytest.mark.parametrize("name", MODELS_TRIED)
@FEW
@given(data=st.data())
def test_answers_lines_bridges_and_replays_agree_whatever_is_entered(name, data):
    model = MODELS[model_of(name)]
    first, second = (data.draw(stated_for(name)) for _ in range(2))
    a, b = calculate(model, first, AROUND), calculate(model, second, AROUND)
    assert all(m.value is not None or m.reasons for m in a.measures)
    own = a.accounts[0].key if a.accounts else ""
    for measure in a.measures:
        if measure.key == "npv" and measure.value is not None and "years" in a.settled:
            worth = worth_by_line(a, measure.account, with_terminal=bool(measure.with_terminal))
            assert near(sum(worth.values()), measure.value, money_moved(a)), measure
    step = by_line(a, b)
    if own and isinstance(step, Bridge):
        assert step.end - step.start == pytest.approx(sum(s.change for s in step.steps))
        goal = worth_by_line(b)
        assert near(step.end, sum(goal.values()), money_moved(b))
    for account in a.accounts:
        _terminal_counts_once(a, account.key)
    _replay_agrees(a)


def _terminal_counts_once(result, account):
    whole, without = (result.flow(account, terminal=t) for t in (True, False))
    holders = holders_of(result.accounts, account)
    for at, (one, other) in enumerate(zip(whole, without, strict=True)):
        ends = [line.amounts[at].value for line in result.lines
                if line.terminal and line.account in holders and not line.monthly]  # fmt: skip
        if None not in (one.value, other.value, *ends):
            assert near(one.value - other.value, sum(ends), money_moved(result))


def _replay_agrees(result):
    ends = [a for line in result.lines for a in line.amounts if a.value is not None]
    varied = places(*ends)
    program = Program(ends, varied)
    values = {item.label: item.value for item in walk(*ends) if item.op is Op.INPUT}
    found = program.run({p: float("nan") if values[p] is None else float(values[p])
                         for p in varied})  # fmt: skip
    scale, grown = money_moved(result), _debt_grown(result)
    if grown > 1e13:
        return  # a schedule in floating point has no digit left: nobody lends so
    close = 0.011 + (1e-9 + 1e-15 * grown) * scale
    for number, end in zip(found, ends, strict=True):
        assert math.isclose(number, end.value, rel_tol=1e-6, abs_tol=close)


def _debt_grown(result):
    """By how much a rounding of the first balance has grown in the last: 36 years at 90 %."""
    rate = result.settled["loan_rate"].value if "loan_rate" in result.settled else None
    if not isinstance(rate, Decimal) or rate <= 0:
        return 1.0
    times = PER_YEAR[result.settled["loan_frequency"].value]
    return (1 + float(rate) / times) ** (times * result.periods)


@pytest.mark.parametrize("name", MODELS_TRIED)
@FEW
@given(data=st.data())
def test_a_workbook_formula_gives_the_number_that_is_shown_whatever_is_entered(name, data):
    result = calculate(MODELS[model_of(name)], data.draw(stated_for(name)), AROUND)
    for text, shown, expected in written(result):
        try:
            found = evaluated(text, shown)
        except (KeyError, NameError):
            continue  # an unknown number stands in no cell, and its formula is not written
        assert math.isclose(found, expected, rel_tol=1e-7, abs_tol=2e-6), text


@pytest.mark.parametrize("name", MODELS_TRIED)
@FEW
@given(data=st.data())
def test_what_is_not_known_takes_numbers_away_and_never_changes_one(name, data):
    """A blank is not 0: an answer is as it was, or it is not there and says what it lacks."""
    model = MODELS[model_of(name)]
    stated = data.draw(stated_for(name))
    before = calculate(model, stated, AROUND)
    needed = [item for item in model.inputs
              if item.needed and item.numeric and before.settled[item.key].value is not None
              and before.settled[item.key].provenance is not Provenance.UNUSED]  # fmt: skip
    item = data.draw(st.sampled_from(needed))
    after = calculate(model, stated | {item.key: None}, AROUND)
    assert any(f.code == "missing" and f.field == item.key for f in after.findings)
    known = {(m.key, m.account, m.with_terminal): m for m in before.measures}
    for measure in after.measures:
        old = known[measure.key, measure.account, measure.with_terminal]
        same = measure.value is None or abs(measure.value - old.value) < Decimal("1e-20")
        assert same, (item.key, measure.key)
        assert measure.value is not None or measure.reasons


def total_of(result, *keys):
    return [sum(values) for values in zip(*(result.line(key).values for key in keys), strict=True)]


@FEW
@given(data=st.data())
def test_the_tax_chain_of_a_sale_balances_on_both_sides(data):
    result = calculate(MODELS["transfer"], data.draw(stated_for("transfer")), AROUND)
    costs, net = [], result.measure("net_proceeds").value
    for line in result.lines:
        if line.account == "seller" and line.sign:
            costs.append(line.values[0] * line.sign if line.values[0] is not None else None)
    if net is not None and None not in costs:
        assert near(sum(costs), net, money_moved(result))
        buyer = [line.values[0] for line in result.lines if line.account == "buyer" and line.sign]
        assert near(sum(buyer), result.measure("buyer_cost").value, money_moved(result))


@pytest.mark.parametrize(
    ("name", "paid", "cash"),
    [
        ("joint_venture", ("soe_dividend", "partner_dividend"), ("distributable",)),
        ("joint_venture in tiers", ("soe_dividend", "partner_dividend"), ("distributable",)),
        ("fund", ("soe_gets", "others_get", "manager_gets"), ("fund_proceeds",)),
    ],
)
@FEW
@given(data=st.data())
def test_a_distribution_pays_out_what_there_is_to_distribute(name, paid, cash, data):
    stated = data.draw(stated_for(name))
    result = calculate(MODELS[model_of(name)], stated, AROUND)
    if result.failed or any(None in result.line(key).values for key in (*paid, *cash)):
        return
    for out, available in zip(total_of(result, *paid), total_of(result, *cash), strict=True):
        assert near(out, available, money_moved(result))
