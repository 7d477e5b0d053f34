"""The JSON of ``indicators`` and ``assess`` to the letter of the contract, bit for bit the same."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_building, a_lease, a_ledger, a_park
from tests.indicator_probes import AS_OF, income
from tests.random_park import a_small_park
from workbench.application.assessment.assess_report import assess_report, indicators_report
from workbench.application.assessment.assessing import AssessingService, AssessmentOptions
from workbench.bootstrap import Program
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.choices import RankingChoices
from workbench.domain.ranking.weighing import Weighting, WeightMethod

PROJECT_ROOT = Path(__file__).resolve().parents[2]
NUMBER, TEXT, FLAG = (int, float), (str,), (bool,)
NOTHING = type(None)
CELL = {"entity": TEXT, "key": TEXT, "field": TEXT}
VALUE = (int, float, str, bool, list)
INDICATORS_SHAPE = {
    "park": TEXT, "as_of": TEXT,
    "indicators": [{
        "id": TEXT, "name": TEXT, "value": (*NUMBER, NOTHING), "unit": TEXT,
        "band": ("绿", "黄", "红", "待核", None), "missing": [CELL],
        "reference": ({"value": (*NUMBER, NOTHING), "source": TEXT}, None), "formula": TEXT,
        "inputs": [CELL | {"value": VALUE}],
    }],
}  # fmt: skip
ASSESS_SHAPE = {
    "diagnosis": [{
        "type": tuple(f"D{n}" for n in range(1, 11)), "severity": (int,),
        "level": ("重", "中", "轻", "无"), "confidence": NUMBER,
        "rules": [{"id": TEXT, "text": TEXT, "true": (*FLAG, NOTHING), "value": (*VALUE, NOTHING),
                   "threshold": NUMBER, "points": (int,), "missing": [CELL]}],
    }],
    "matches": [{
        "case": TEXT, "similarity": NUMBER, "coverage": NUMBER,
        "features": [{"name": TEXT, "ours": (*TEXT, NOTHING), "theirs": (*TEXT, NOTHING),
                      "score": (*NUMBER, NOTHING), "weight": NUMBER}],
        "borrow": [TEXT], "do_not_copy": [TEXT], "not_stated": [TEXT],
    }],
    "pathways": [{
        "code": tuple(f"P{n:02}" for n in range(22)),
        "feasible": ("可行", "不可行", "暂不具备", "待核"),
        "preconditions": [{"text": TEXT, "result": (*FLAG, NOTHING), "evidence": TEXT,
                           "missing": [CELL]}],
        "scores": (dict,), "weighted": (*NUMBER, NOTHING), "topsis": (*NUMBER, NOTHING),
        "rank": (int, NOTHING),
    }],
    "weights": {"method": ("AHP", "手工", "熵权"), "cr": (*NUMBER, NOTHING), "values": (dict,)},
    "robustness": {"label": ("稳健", "较稳健", "不稳健", None), "flips": [(dict,)]},
}  # fmt: skip
"""The contract: names, types, and the words that a value may be."""


def complaints(value, shape, place="$"):
    """Yield where a document is not what the contract says; further names are allowed."""
    if isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{place} is no list"
            return
        for at, item in enumerate(value):
            yield from complaints(item, shape[0], f"{place}[{at}]")
    elif isinstance(shape, dict):
        if not isinstance(value, dict):
            yield f"{place} is no object"
            return
        for name, inner in shape.items():
            if name in value:
                yield from complaints(value[name], inner, f"{place}.{name}")
            else:
                yield f"{place}.{name} is missing"
    elif value is None or isinstance(value, dict):
        nested = [each for each in shape if isinstance(each, dict)]
        if value is not None and nested:
            yield from complaints(value, nested[0], place)
        elif value is None and not {None, NOTHING} & set(map(_plain, shape)):
            yield f"{place} is null"
        elif value is not None and dict not in shape:
            yield f"{place} is an object"
    elif isinstance(shape[0], str):
        if value not in shape:
            yield f"{place} is {value!r}"
    elif not isinstance(value, tuple(s for s in shape if isinstance(s, type))) or (
        isinstance(value, bool) and bool not in shape
    ):
        yield f"{place} is {value!r}"


def _plain(each):
    return "{}" if isinstance(each, dict) else each


@pytest.fixture(scope="module")
def program():
    return Program()


@pytest.fixture(scope="module")
def assessing(program):
    content = program.content
    return AssessingService(None, lambda: content, program.clock)


def documents(program, assessing, records, assets=None):
    draft = assessing.run("park", assets, AS_OF, ledger=a_ledger(records))
    texts = program.texts("zh_CN")
    return (
        json.loads(json.dumps(indicators_report(draft.scope, draft.indicators, texts))),
        json.loads(json.dumps(assess_report(draft, texts))),
    )


def test_the_checker_sees_what_is_wrong():
    right = {"label": None, "flips": [{}]}
    assert list(complaints(right, ASSESS_SHAPE["robustness"])) == []
    for wrong in (None, {"label": "稳", "flips": []}, {"flips": []}, {"label": None, "flips": [1]}):
        assert list(complaints(wrong, ASSESS_SHAPE["robustness"]))
    assert list(complaints(True, NUMBER))
    assert list(complaints(None, TEXT))
    assert list(complaints({"value": 1}, INDICATORS_SHAPE["indicators"][0]["reference"]))


@pytest.mark.parametrize("seed", range(10))
def test_both_documents_have_the_names_and_types_of_the_contract(program, assessing, seed):
    records = a_small_park(Random(seed)) if seed else [a_park()]
    indicators, assessed = documents(program, assessing, records)
    assert list(complaints(indicators, INDICATORS_SHAPE)) == []
    assert list(complaints(assessed, ASSESS_SHAPE)) == []
    assert [item["id"] for item in indicators["indicators"]] == list(INDICATORS)
    assert len(assessed["diagnosis"]) == 10
    assert len(assessed["pathways"]) == 22
    ranks = sorted(p["rank"] for p in assessed["pathways"] if p["rank"])
    assert ranks[:1] == [1]
    for item in indicators["indicators"]:
        assert (item["value"] is None) <= (item["band"] == "待核")


def test_every_name_beyond_the_contract_is_documented(program, assessing):
    guide = (PROJECT_ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    said = set(re.findall(r"[a-z_]+", guide))
    indicators, assessed = documents(program, assessing, a_small_park(Random(3)))
    names = set(indicators) | set(indicators["indicators"][0]) | set(assessed)
    for kind in ("diagnosis", "matches", "pathways"):
        names |= set(assessed[kind][0]) | set(assessed[kind][-1])
    names |= set(assessed["matches"][0]["features"][0]) | set(assessed["robustness"])
    names |= set(assessed["pathways"][1]["preconditions"][0]) | set(assessed["weights"])
    contract = set(re.findall(r"'([a-z_]+)'", f"{INDICATORS_SHAPE}{ASSESS_SHAPE}"))
    assert names - contract - said == set()


def test_money_is_in_yuan_and_a_yield_keeps_the_unit_of_its_name(program, assessing):
    """Contract: area in ㎡, money in 元, shares as fractions; §4: 万元/亩."""
    document, _ = documents(program, assessing, income(80_000, net_value=10**6))
    found = {item["id"]: (item["value"], item["unit"]) for item in document["indicators"]}
    assert found["I-45"] == (80_000, "元")
    assert found["I-46"] == (0.08, "%")
    assert {found[id_][1] for id_ in ("I-11", "I-12", "I-13")} == {"万元/亩"}
    assert "万元" not in {unit for _, unit in found.values()}


@settings(max_examples=max(8, settings.default.max_examples // 30), deadline=None)
@given(st.integers(0, 2**32).map(Random))
def test_any_order_of_records_gives_the_same_bytes(program, assessing, random):
    records = a_small_park(random)
    before = json.dumps(documents(program, assessing, records))
    random.shuffle(records)
    assert json.dumps(documents(program, assessing, records)) == before


WITH_SEED = """
import json, random
from tests.builders import a_ledger
from tests.indicator_probes import AS_OF
from tests.random_park import a_small_park
from workbench.application.assessment.assess_report import assess_report, indicators_report
from workbench.application.assessment.assessing import AssessingService, AssessmentOptions
from workbench.bootstrap import Program
program = Program()
content = program.content
service = AssessingService(None, lambda: content, program.clock)
for seed in (3, 5, 8):
    draft = service.run("park", None, AS_OF, ledger=a_ledger(a_small_park(random.Random(seed))))
    texts = program.texts("zh_CN")
    print(json.dumps(assess_report(draft, texts)))
    print(json.dumps(indicators_report(draft.scope, draft.indicators, texts)))
"""


def test_processes_with_different_hash_seeds_print_the_same_bytes():
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WITH_SEED],
            cwd=PROJECT_ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT_ROOT)},
            stdout=subprocess.PIPE,
        )
        for seed in ("1", "77")
    ]
    printed = [process.communicate(timeout=100)[0] for process in running]
    assert printed[0] == printed[1]
    assert printed[0].count(b"\n") == 6


def test_a_single_competitor_has_no_label_but_the_same_shape(program, assessing):
    """Nothing to compare with is null, as every value that is not known."""
    _, assessed = documents(program, assessing, [a_park(), a_building("B"), a_lease(building="B")])
    assert set(assessed["robustness"]) >= {"label", "flips"}


def test_what_is_out_of_date_is_said_with_its_remedy_and_the_rest_goes_on(program, assessing):
    """A parameter without a value at the as-of date: named, and what needs it is 待核."""
    draft = assessing.run("park", None, date(2010, 1, 1), ledger=a_ledger(income(80_000)))
    document = assess_report(draft, program.texts("zh_CN"))
    said = [f["text"] for f in document["findings"] if f["code"] == "K01W"]
    assert said
    assert all("2010-01-01" in text and "评估口径" in text for text in said)
    assert len(document["diagnosis"]) == 10
    assert document["ledger_findings"].keys() == {"E", "W", "I"}


def test_the_remedy_that_the_command_names_makes_the_weights_usable(program, assessing):
    """The worst judgement with the value that mends it: typed in, the ranking stands."""
    judged = dict(program.content.ranking.judgements)
    pair = (Criterion.COMPLIANCE, Criterion.RISK)
    records = a_small_park(Random(5))

    def weighed(value):
        weighting = Weighting(WeightMethod.AHP, judged | {pair: value}, own=True)
        options = AssessmentOptions(choices=RankingChoices(weighting))
        draft = assessing.run("park", None, AS_OF, options, ledger=a_ledger(records))
        return assess_report(draft, program.texts("zh_CN"))

    spoilt = weighed(Fraction(1, 9))
    assert spoilt["weights"]["values"] == {}
    problem = spoilt["weights"]["problem"]
    assert "“合规可行比风险（反向）”从 1/9 改为 2" in problem
    assert {p["rank"] for p in spoilt["pathways"]} == {None}
    assert len(spoilt["diagnosis"]) == 10
    mended = weighed(Fraction(2))
    assert mended["weights"]["problem"] is None
    assert mended["weights"]["cr"] < spoilt["weights"]["cr"]
    assert mended["recommended"]
