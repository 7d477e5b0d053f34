"""Scenarios kept in a project and run from files; golden numbers of domain §5e."""

import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from workbench.cli.main import main
from workbench.domain.findings import RefusedError, UsageError

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
    live = openpyxl.load_workbook(target)
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
    assert float(vat) == pytest.approx(words["增值税（万元）"][2], rel=1e-9)


def test_nothing_to_export_is_said(services, tmp_path):
    texts = services.program.texts("zh_CN")
    with pytest.raises(UsageError):
        services.reports.scenarios.export([], str(tmp_path / "x.xlsx"), texts)
    assert not (tmp_path / "x.xlsx").exists()
