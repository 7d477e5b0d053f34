"""Scenarios kept in a project and run from files; golden numbers of domain §5e."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from tests.read_quickly import load_workbook
from workbench.cli.main import main
from workbench.domain.finance.models import MODELS
from workbench.domain.findings import RefusedError, UsageError
from workbench.files.scenario_file import scenario_template

AS_OF = date(2025, 6, 30)
E1 = """
model = "transfer"
name = "3栋厂房转让"
as_of = 2025-06-30

[inputs]
price = "1341万元"
net_book = 7_000_000
replacement_cost = "1250万"
newness = "75%"
land_paid = 1_500_000
appraisal_fee = 50_000
exchange_fee = 100_000

[[variant]]
name = "一般计税"
inputs = { vat_method = "一般计税" }
"""


@pytest.fixture
def cli(tmp_path, capsys):
    project = str(tmp_path / "测算.park")
    assert main(["new", project]) == 0
    capsys.readouterr()

    def run(*words):
        status = main(["scenario", project, *words, "--json"])
        printed = capsys.readouterr()
        return status, json.loads(printed.out) if printed.out else printed.err

    return run


def written(tmp_path, text):
    path = tmp_path / "方案.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def measure(document, key, **more):
    return next(
        m["value"]
        for m in document["measures"]
        if m["measure"] == key and all(m[k] == v for k, v in more.items())
    )


def test_e1_comes_out_of_a_file_with_every_tax_line_and_its_parameter(cli, tmp_path):
    status, found = cli("run", written(tmp_path, E1))
    assert status == 0
    first, variant = found["scenarios"]
    assert measure(first, "net_proceeds") == pytest.approx(10_763_700, abs=100)
    lines = {line["line"]: line for line in first["lines"]}
    assert lines["vat"]["total"] == pytest.approx(638_571.43, abs=100)
    assert lines["lat"]["total"] == pytest.approx(532_862.0, abs=100)
    assert lines["cit"]["total"] == pytest.approx(1_254_584.0, abs=100)
    assert lines["deed"]["charge"]["parameter"] == "deed_tax"
    assert measure(variant, "net_proceeds") < measure(first, "net_proceeds")
    assert {p["code"] for p in first["parameters"]} >= {"vat_simple_rate", "cit_rate"}


def test_a_bad_value_is_a_finding_at_its_field_and_prints_no_number(cli, tmp_path):
    status, found = cli("run", written(tmp_path, E1.replace('"1341万元"', "-5")))
    assert status == 1
    [first, _] = found["scenarios"]
    assert ("below_open", "price") in {(f["code"], f["field"]) for f in first["findings"]}
    assert measure(first, "net_proceeds") is None


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('model = "transfer"', 'model = "sell"', "sell"),
        ("net_book", "netbook", "netbook"),
        ('"1250万"', '"不少"', "replacement_cost"),
        ("as_of = 2025-06-30", 'as_of = "昨天"', "as_of"),
        ("[inputs]", "[input]", "input"),
    ],
)
def test_a_spoiled_file_is_one_sentence(tmp_path, capsys, old, new, named):
    project = str(tmp_path / "测算.park")
    main(["new", project])
    capsys.readouterr()
    status = main(["scenario", project, "run", written(tmp_path, E1.replace(old, new))])
    error = capsys.readouterr().err
    assert status == 3
    assert "方案.toml" in error
    assert named in error
    assert error.count("\n") == 1


def test_every_template_is_read_back_and_asks_for_every_input(cli, tmp_path, capsys):
    main(["scenario", "models", "--json"])
    models = [row["model"] for row in json.loads(capsys.readouterr().out)["models"]]
    assert {"transfer", "lease_up", "joint_venture", "three_source"} <= set(models)
    for model in models:
        assert main(["scenario", "template", model]) == 0
        text = capsys.readouterr().out
        status, found = cli("run", written(tmp_path, text))
        assert status in (0, 1)
        [document] = found["scenarios"]
        assert all(f"# {key} = " in text for key in document["inputs"])


def test_a_simulation_is_made_of_the_file_and_repeats_with_its_seed(cli, tmp_path):
    text = (
        E1
        + """
[simulation]
paths = 400
[[simulation.uncertain]]
input = "price"
distribution = "triangular"
applies = "factor"
low = 0.8
mode = 1.0
high = 1.1
"""
    )
    path = written(tmp_path, text)
    _, first = cli("run", path, "--monte-carlo", "300", "--seed", "7")
    _, second = cli("run", path, "--monte-carlo", "300", "--seed", "7")
    assert first == second
    run = first["scenarios"][0]["simulation"]
    assert (run["paths"], run["seed"]) == (300, 7)
    assert run["npv"]["percentiles"]["5"] < run["npv"]["percentiles"]["95"]


def test_a_simulation_without_uncertain_inputs_says_so(cli, tmp_path):
    status, error = cli("run", written(tmp_path, E1), "--monte-carlo", "10")
    assert status == 2
    assert "[simulation]" in error


LETTING = """
model = "lease_up"
name = "招租"
as_of = 2025-06-30

[inputs]
years = 3
area = 20000
rent = 15
base_occupancy = 0.45
occupancy = [0.6, 0.7, 0.8]
capex = "90万元"

[[variant]]
name = "租金低"
inputs = { rent = 14, discount_rate = 0.1 }

[simulation]
paths = 200
seed = 5
[[simulation.uncertain]]
input = "rent"
distribution = "pert"
low = 12
mode = 15
high = 17
[[simulation.uncertain]]
input = "capex"
distribution = "lognormal"
mean = 900_000
deviation = 90_000
[[simulation.correlation]]
inputs = ["rent", "capex"]
rank = 0.4
"""


@pytest.fixture
def kept_letting(cli, tmp_path):
    status, _ = cli("run", written(tmp_path, LETTING), "--save")
    assert status == 0
    return cli


def test_what_leads_from_a_to_b_adds_up_by_line_and_by_input(kept_letting):
    status, found = kept_letting("compare", "招租", "租金低")
    assert status == 0
    npv = next(row for row in found["measures"] if row["measure"] == "npv")
    for key, order in (("by_line", "rate_first"), ("by_input", "declared")):
        bridge = found[key]
        assert bridge["order"] == order
        assert bridge["start"] == pytest.approx(npv["one"])
        assert bridge["end"] == pytest.approx(npv["two"])
        steps = sum(step["change"] for step in bridge["steps"])
        assert bridge["start"] + steps == pytest.approx(bridge["end"])
    assert {step["key"] for step in found["by_input"]["steps"]} == {"rent", "discount_rate"}


def test_scenarios_that_have_no_answer_cannot_be_compared_and_say_so(cli, tmp_path):
    cli("run", written(tmp_path, 'model = "lease_up"\nname = "空"\nas_of = 2025-06-30'), "--save")
    status, found = cli("compare", "空", "空")
    assert status == 0
    assert found["by_line"]["reason"]["text"].startswith("两个方案中有算不出来的结果")


def test_the_command_line_tells_what_a_scenario_hangs_on(kept_letting):
    status, found = kept_letting("sensitivity", "招租", "--inputs", "rent", "capex")
    assert status == 0
    assert found["measure"] == "npv"
    spreads = [abs(bar["at_high"] - bar["at_low"]) for bar in found["tornado"]]
    assert spreads == sorted(spreads, reverse=True)
    table = found["two_way"]
    assert (table["rows"], table["columns"]) == ("rent", "capex")
    assert table["cells"][3][3] == pytest.approx(found["base"])
    assert any("净现值" in even["text"] for even in found["break_even"])
    status, error = kept_letting("sensitivity", "招租", "--inputs", "rent", "nothing")
    assert status == 2
    assert "nothing" in error


def test_a_kept_simulation_is_run_again_by_name_with_its_own_seed(kept_letting):
    _, found = kept_letting("show", "招租")
    run = found["scenarios"][0]["simulation"]
    assert (run["paths"], run["seed"]) == (200, 5)
    assert run["correlations"] == [{"inputs": ["rent", "capex"], "rank": 0.4}]
    assert [item["distribution"] for item in run["uncertain"]] == ["pert", "lognormal"]
    # a variant is simulated as its base is
    assert found["scenarios"][1]["simulation"]["seed"] == 5


def test_the_parameters_used_are_told_with_their_standing(kept_letting):
    _, found = kept_letting("show", "招租")
    used = {item["code"]: item for item in found["scenarios"][0]["parameters"]}
    assert used["property_tax_rent"]["shown"] == "12%"
    assert used["property_tax_rent"]["standing"] == "unverified"


@pytest.mark.parametrize("model", list(MODELS))
def test_the_template_of_every_model_can_be_run_and_its_examples_can_be_read(cli, tmp_path, model):
    blank = scenario_template(MODELS[model], "zh_CN")
    status, found = cli("run", written(tmp_path, blank))
    assert status in (0, 1)
    filled = re.sub(r"^# ([a-z_]+ = .*)$", r"\1", blank.partition("# [simulation]")[0],
                    flags=re.MULTILINE)  # fmt: skip
    filled = re.sub(r"^(park|assets) = .*$", "", filled, flags=re.MULTILINE)
    status, found = cli("run", written(tmp_path, filled))
    assert status in (0, 1), found


STATED = {"price": Decimal(13_410_000), "net_book": Decimal(7_000_000)}


class TestKept:
    @pytest.fixture
    def base(self, services):
        return services.scenarios.create("转让", "transfer", AS_OF, stated=STATED)

    def test_a_variant_keeps_its_differences_only_and_follows_its_base(self, services, base):
        kept = services.scenarios
        variant = kept.vary(base, "低价", {"price": Decimal(12_000_000)})
        assert json.loads(variant.text("stated")) == {"price": "12000000"}
        kept.state(base, {"net_book": Decimal(6_000_000)})
        assert kept.stated(variant) == {
            "price": Decimal(12_000_000), "net_book": Decimal(6_000_000),
        }  # fmt: skip
        variant = kept.leave(kept.find("低价"), ["price", "net_book"])
        assert kept.stated(variant) == {}
        assert variant.get("dropped") == ("net_book", "price")

    def test_unknown_stays_unknown_and_is_not_zero(self, services, base):
        changed = services.scenarios.state(base, {"net_book": None})
        assert services.scenarios.stated(changed)["net_book"] is None
        measure = services.scenarios.result(changed).measure("net_proceeds")
        assert measure.value is None
        assert measure.reasons[0].code == "missing_inputs"

    def test_every_change_is_one_step_back(self, services, base):
        services.scenarios.state(base, {"price": Decimal(1)})
        services.history.undo()
        assert services.scenarios.stated(services.scenarios.find("转让")) == STATED
        services.scenarios.vary(base, "低价")
        services.scenarios.remove(services.scenarios.find("转让"))
        assert services.scenarios.all() == []
        services.history.undo()
        assert [r.label for r in services.scenarios.all()] == ["转让", "低价"]

    def test_a_name_is_given_once_and_an_unknown_one_is_told(self, services, base):
        with pytest.raises(RefusedError):
            services.scenarios.create("转让", "transfer", AS_OF)
        with pytest.raises(UsageError) as unknown:
            services.scenarios.find("别的")
        assert "转让" in unknown.value.params["known"]

    def test_the_ledger_gives_what_it_knows_with_its_cells(self, services):
        park = services.editing.add("park", {"code": "K1", "name": "河东园"})
        services.editing.add(
            "building", {"code": "B1", "park": park, "name": "一号楼", "net_value": "700"}
        )
        record = services.scenarios.create("台账", "transfer", AS_OF, park_key=park)
        settled = services.scenarios.result(record).settled["net_book"]
        assert (settled.value, settled.provenance.value) == (Decimal(7_000_000), "ledger")
        assert [cell.field for cell in settled.trace.inputs] == ["net_value"]


def test_the_workbook_of_scenarios_is_live_and_every_reader_sees_our_values(services, tmp_path):
    kept = services.scenarios
    base = kept.create("转让", "transfer", AS_OF, stated=STATED)
    kept.vary(base, "低价", {"price": Decimal(12_000_000)})
    target = tmp_path / "测算.xlsx"
    texts = services.program.texts("zh_CN")
    assert services.reports.scenarios.export(kept.all(), str(target), texts) == 2
    live = load_workbook(target)
    sheets = [name for name in live.sheetnames if name.startswith("7.")]
    assert sheets[0] == "7.1 转让"
    formulas = [
        cell for row in live["7.1 转让"].iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert len(formulas) > 10
    seen = (
        CalamineWorkbook.from_path(str(target))
        .get_sheet_by_name("7.1 转让")
        .to_python(skip_empty_area=False)
    )
    result = kept.result(base)
    words = {row[0]: row for row in seen if row and isinstance(row[0], str)}
    vat = result.line("vat").amounts[0].value / 10_000
    assert float(vat) == pytest.approx(words["增值税"][2], rel=1e-9)


def test_nothing_to_export_is_said(services, tmp_path):
    texts = services.program.texts("zh_CN")
    with pytest.raises(UsageError):
        services.reports.scenarios.export([], str(tmp_path / "x.xlsx"), texts)
    assert not (tmp_path / "x.xlsx").exists()


def test_printed_answers_say_whose_they_are_and_why_one_is_not_there(tmp_path, capsys):
    project, file = str(tmp_path / "账.park"), tmp_path / "方案.toml"
    file.write_text(
        'model = "lease_up"\nname = "招租"\nas_of = 2026-06-30\n[inputs]\narea = 20000\nrent = 15\n'
        "occupancy = [0.6, 0.72, 0.82, 0.88, 0.9]\nbase_occupancy = 0.45\ncapex = 9000000\n"
        '[[variant]]\nname = "租金高"\ninputs = { rent = 18 }\n',
        encoding="utf-8",
    )
    assert main(["new", project]) == 0
    assert main(["scenario", project, "run", str(file), "--save"]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"净现值 +项目（相对不行动） +不含终值 +−221\.81 万元", printed)
    assert re.search(r"净现值 +自有资金 +不含终值", printed)
    assert main(["scenario", project, "compare", "招租", "租金高"]) == 0
    assert re.search(
        r"动态回收期 +项目（相对不行动） +不含终值 +测算期内没有收回。", capsys.readouterr().out
    )
    assert main(["scenario", project, "sensitivity", "招租", "--inputs", "rent", "capex"]) == 0
    printed = capsys.readouterr().out
    assert "现行市场租金（元/㎡·月） \\ 改造投入（期初）（万元）" in printed
    assert "15.00 ●" in printed, "the base is marked, in the unit that is shown"


def test_a_value_that_cannot_be_read_says_how_one_is_written(cli, tmp_path):
    text = E1.replace('price = "1341万元"', 'price = "很多"')
    status, said = cli("run", written(tmp_path, text))
    assert status == 3
    assert "price" in said
    assert '"12万元"' in said
