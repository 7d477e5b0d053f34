# SPDX-License-Identifier: MIT
"""The scenario command: run a file, print a template, list and run the kept ones."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.options import Call
from workbench.cli.output import DONE, DONE_WITH_ERRORS, print_json, print_table
from workbench.cli.scenario_questions import run_compare, run_sensitivity
from workbench.domain.findings import UsageError

if TYPE_CHECKING:
    from workbench.domain.finance.scenarios import Scenario
    from workbench.domain.finance.simulation_settings import SimulationSettings
    from workbench.domain.records.ledger import Record
    from workbench.domain.values import Value

Commands = Any

_WAN = 10_000


def declare(commands: Commands, texts: Texts) -> None:
    """Add the command; ``scenario template MODEL`` is the one that needs no project."""
    parser = commands.add_parser(
        "scenario",
        help=texts("cli.help.scenario"),
        usage="workbench-cli scenario PROJECT run FILE.toml | list | show NAME\n"
        "       workbench-cli scenario PROJECT link NAME [--pathway P09] [--assessment NAME]\n"
        "       workbench-cli scenario PROJECT compare NAME OTHER\n"
        "       workbench-cli scenario PROJECT sensitivity NAME [--inputs ROWS COLUMNS]\n"
        "       workbench-cli scenario PROJECT export OUT.xlsx [NAME]\n"
        "       workbench-cli scenario template MODEL | models",
    )
    parser.add_argument("words", nargs="+", metavar="PROJECT run FILE | template MODEL")
    parser.add_argument("--monte-carlo", type=int, metavar="N", help=texts("scenarios.help.paths"))
    parser.add_argument("--seed", type=int, metavar="S", help=texts("scenarios.help.seed"))
    parser.add_argument("--inputs", nargs=2, dest="pair", metavar=("ROWS", "COLUMNS"),
                        help=texts("scenarios.help.inputs"))  # fmt: skip
    parser.add_argument("--save", action="store_true", help=texts("scenarios.help.save"))
    parser.add_argument("--pathway", metavar="CODE", help=texts("scenario_link.help.pathway"))
    parser.add_argument("--assessment", metavar="NAME", help=texts("scenario_link.help.assessment"))
    parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    parser.set_defaults(run=run)


def run(call: Call) -> int:
    """Do what the words say; UsageError for anything else."""
    match call.options.words:
        case ["template", model]:
            return run_template(call, model)
        case ["models"]:
            return run_models(call)
        case [project, "run", file]:
            return _with(
                call, project, lambda services: run_file(call, services, file), call.options.save
            )
        case [project, "list"]:
            return _with(call, project, lambda services: run_list(call, services))
        case [project, "export", out, *names] if len(names) < 2:
            return _with(call, project, lambda services: run_export(call, services, out, names))
        case [project, "compare", one, two]:
            return _with(call, project, lambda services: run_compare(call, services, one, two))
        case [project, "sensitivity", name]:
            return _with(call, project, lambda services: run_sensitivity(call, services, name))
        case [project, "show", name]:
            return _with(call, project, lambda services: run_kept(call, services, name))
        case [project, "link", name]:
            return _with(call, project, lambda services: run_link(call, services, name), True)
    raise UsageError("scenarios.usage")


def _with(call: Call, project: str, work: Callable[[Services], int], writing: bool = False) -> int:
    services = call.program.open(project, reading=not writing)
    try:
        return work(services)
    finally:
        services.close()


def run_template(call: Call, model: str) -> int:
    """Print a file to fill in."""
    from workbench.application.money.scenarios import model_of
    from workbench.bootstrap.scenario_files import template

    text = template(model_of(model), call.texts.language)
    if call.options.json:
        print_json({"model": model, "template": text})
    else:
        print(text, end="")
    return DONE


def run_models(call: Call) -> int:
    """Print the models."""
    from workbench.domain.finance.models import MODELS

    language = call.texts.language
    if call.options.json:
        rows = [
            {"model": m.key, "title": m.title(language), "pathways": list(m.pathways)}
            for m in MODELS.values()
        ]
        print_json({"models": rows})
    else:
        heads = [call.texts(f"scenarios.head.{name}") for name in ("model", "title", "pathways")]
        shown = [[m.key, m.title(language), " ".join(m.pathways)] for m in MODELS.values()]
        print_table(heads, shown)
    return DONE


def run_file(call: Call, services: Services, path: str) -> int:
    """Calculate a file's scenario and its variants; keep them with --save."""
    from workbench.bootstrap.scenario_files import read

    name, text = call.program.read_text(path)
    file = read(text, name)
    park = services.querying.park(file.park) if file.park else None
    assets = _asset_keys(services, file.assets)
    as_of = file.as_of or call.program.today()
    scenario = services.scenarios.made(
        file.model.key, file.stated, as_of, park.key if park else "", assets, file.region
    )
    title = file.name or Path(path).stem
    settings = file.simulation
    documents = {title: _document(call, scenario, settings)}
    for variant, changes in file.variants.items():
        documents[variant] = _document(call, scenario.stating(**changes), settings)
    if call.options.save:
        kept = services.scenarios.create(
            title, file.model.key, as_of, park_key=park.key if park else "", assets=assets,
            stated=file.stated, pathway=call.options.pathway or file.pathway,
        )  # fmt: skip
        if settings is not None:
            services.scenarios.keep_simulation(kept, settings)
        for variant, changes in file.variants.items():
            services.scenarios.vary(kept, variant, changes)
    return _show(call, documents, as_of.isoformat())


def run_list(call: Call, services: Services) -> int:
    """Print the kept scenarios."""
    records = services.scenarios.all()
    names = {record.key: record.label for record in records}
    assessments = {record.key: record.label for record in services.assessments.of_park()}
    rows = [
        {
            "name": r.label,
            "model": r.get("model"),
            "as_of": str(r.get("as_of")),
            "base": names.get(r.text("base") or ""),
            "pathway": r.text("pathway"),
            "assessment": assessments.get(r.text("assessment") or ""),
        }
        for r in records
    ]
    if call.options.json:
        print_json({"scenarios": rows})
    else:
        heads = [call.texts(f"scenarios.head.{name}") for name in ("name", "model", "day", "base")]
        heads += [call.texts(f"scenario_link.{name}") for name in ("pathway", "assessment")]
        print_table(heads, [[str(v or "—") for v in row.values()] for row in rows])
    return DONE


def run_link(call: Call, services: Services, name: str) -> int:
    """Say which pathway of which assessment a kept scenario scores; a word of "" unlinks it."""
    options = call.options
    changes: dict[str, Value | None] = {}
    if options.pathway is not None:
        changes["pathway"] = options.pathway or None
    if options.assessment is not None:
        wanted = options.assessment
        changes["assessment"] = services.assessments.find(wanted).key if wanted else None
    if not changes:
        raise UsageError("scenario_link.nothing_said")
    record = services.scenarios.link(services.scenarios.find(name), changes)
    return _print_link(call, services, record)


def _print_link(call: Call, services: Services, record: "Record") -> int:
    from workbench.application.money.scenarios import pathways_of

    key = record.text("assessment")
    assessment = services.assessments.find(key).label if key else None
    scored = list(pathways_of(record))
    if call.options.json:
        print_json({"name": record.label, "pathway": record.text("pathway"),
                    "assessment": assessment, "scores": scored})  # fmt: skip
    else:
        kept = assessment or call.texts("scenario_link.any")
        codes = " ".join(scored) or "—"
        print(
            call.texts("scenario_link.linked", name=record.label, pathways=codes, assessment=kept)
        )
    return DONE


def run_export(call: Call, services: Services, out: str, names: list[str]) -> int:
    """Write all scenarios, or one with its variants, as a workbook with live formulas."""
    kept = services.scenarios
    records = list(kept.all())
    if names:
        record = kept.find(names[0])
        records = [record, *kept.variants(record)]
    park = next((r.text("park") for r in records if r.text("park")), None)
    named = services.querying.ledger().find("park", park)
    count = services.reports.scenarios.export(
        records, out, call.texts, named.label if named else ""
    )  # fmt: skip
    if call.options.json:
        print_json({"path": out, "scenarios": count})
    else:
        print(call.texts("scenarios.exported", count=count, path=out))
    return DONE


def run_kept(call: Call, services: Services, name: str) -> int:
    """Calculate a kept scenario and its variants."""
    record = services.scenarios.find(name)
    kept = services.scenarios
    documents = {
        item.label: _document(call, kept.scenario(item), kept.simulation(item))
        for item in (record, *kept.variants(record))
    }
    return _show(call, documents, str(record.get("as_of")))


def _asset_keys(services: Services, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of assets named by key, code or name; UsageError for an unknown one."""
    ledger, keys = services.querying.ledger(), []
    for word in wanted:
        found = next(
            (
                record.key
                for entity in ("parcel", "building", "facility")
                for record in ledger.all(entity)
                if word in (record.key, record.get("code"), record.get("name"))
            ),
            None,
        )
        if found is None:
            raise UsageError("scenarios.no_such_asset", asset=word)
        keys.append(found)
    return tuple(keys)


def _document(
    call: Call, scenario: "Scenario", settings: "SimulationSettings | None"
) -> dict[str, Any]:
    from workbench.application.money.report import ScenarioWords

    words = ScenarioWords(scenario.model, call.texts)
    document = words.result(scenario.result())
    if call.options.monte_carlo is None and settings is None:
        return document
    if settings is None:
        raise UsageError("scenarios.nothing_uncertain")
    from workbench.domain.finance.simulation import Simulation, simulate

    paths = settings.paths if call.options.monte_carlo is None else call.options.monte_carlo
    seed = settings.seed if call.options.seed is None else call.options.seed
    outcome = simulate(
        scenario, settings.uncertain, settings.correlations, paths=paths, seed=seed
    )  # fmt: skip
    if isinstance(outcome, Simulation):
        document["simulation"] = words.simulation(outcome)
    else:
        document["findings"] += [words.finding(found) for found in outcome]
        document["simulation"] = None
    return document


def _show(call: Call, documents: Mapping[str, dict[str, Any]], as_of: str) -> int:
    if call.options.json:
        rows = [{"name": name, **document} for name, document in documents.items()]
        print_json({"as_of": as_of, "scenarios": rows})
    else:
        for name, document in documents.items():
            _print(call, name, document)
    levels = {found["level"] for document in documents.values() for found in document["findings"]}
    return DONE_WITH_ERRORS if "error" in levels or "E" in levels else DONE


def _print(call: Call, name: str, document: dict[str, Any]) -> None:
    texts = call.texts
    print(f"{name}  {document['title']}")
    heads = [texts(f"scenarios.head.{head}") for head in ("measure", "terminal", "value")]
    heads.insert(1, texts("report_money.col_account"))
    accounts = {account["account"]: account["title"] for account in document["accounts"]}
    rows: list[list[str]] = []
    for measure in document["measures"]:
        with_terminal = measure["with_terminal"]
        mark = "" if with_terminal is None else texts(f"scenarios.terminal_{with_terminal}".lower())
        reasons = " ".join(reason["text"] for reason in measure["reasons"])
        value = reasons if measure["value"] is None else measure["shown"]
        account = accounts.get(measure["account"], "—")
        rows.append([measure["title"], account, mark, value or texts("scenarios.unknown")])
    print_table(heads, rows)
    heads = [texts(f"scenarios.head.{head}") for head in ("line", "amount", "formula")]
    rows = [[line["title"], line["shown"], line["formula"]] for line in document["lines"]]
    print_table(heads, rows)
    for found in document["findings"]:
        if found["code"] == "parameter_unverified":
            continue  # the table of parameters says it
        place = " ".join(filter(None, (found["title"], found["field"])))
        print(f"{found['level']}  {place}  {found['text']}")
    _print_parameters(call, document)
    if run := document.get("simulation"):
        points = "  ".join(f"P{p} {v / _WAN:,.2f}" for p, v in run["npv"]["percentiles"].items())
        print(texts("scenarios.simulated", paths=run["paths"], seed=run["seed"],
                    loss=f"{run['loss_probability']:.1%}", points=points))  # fmt: skip
        if run["left_out"]:
            titles = [item["title"] for item in run["left_out"]]
            print(texts("scenario.left_out", items=texts("scenario.comma").join(titles)))


def _print_parameters(call: Call, document: dict[str, Any]) -> None:
    """Print the parameters used with region, dates, source and standing."""
    texts = call.texts
    columns = ("parameter", "amount_of", "region", "from", "until", "standing", "source")
    rows = [
        [
            f"{used['code']}  {used['name']['zh' if texts.language.startswith('zh') else 'en']}",
            used["shown"],
            used["region"] or texts("report_money.nationwide"),
            used["effective_from"] or "—",
            used["effective_to"] or "—",
            texts(f"report_money.standing_{used['standing']}"),
            used["cited"],
        ]
        for used in document["parameters"]
    ]
    if rows:
        print(texts("scenarios.parameter_set", set=document["parameter_set"]))
        print_table([texts(f"scenarios.head.{name}") for name in columns], rows)
