# SPDX-License-Identifier: MIT
"""Commands that compute: indicators, assess."""

import json
from typing import Any

from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.options import Call, as_date
from workbench.cli.output import (
    DONE,
    DONE_WITH_ERRORS,
    TerminalProgress,
    print_json,
    print_table,
)
from workbench.domain.facts.missing_names import field_title
from workbench.domain.findings import Level, UsageError
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.ledger import Record

Commands = Any
ASSET_ENTITIES = ("parcel", "building", "facility")


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    indicators = commands.add_parser("indicators", help=texts("cli.help.indicators"))
    indicators.set_defaults(run=run_indicators)
    assess = commands.add_parser("assess", help=texts("cli.help.assess"))
    assess.set_defaults(run=run_assess)
    for parser in (indicators, assess):
        parser.add_argument("project", metavar="PROJECT")
        parser.add_argument("--park", required=True, metavar="CODE", help=texts("cli.help.park"))
        parser.add_argument("--as-of", metavar="DATE", help=texts("cli.help.as_of"))
        parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    assess.add_argument(
        "--asset", action="append", default=[], metavar="CODE", help=texts("cli.help.asset")
    )
    assess.add_argument("--save", metavar="NAME", help=texts("cli.help.save"))


def run_indicators(call: Call) -> int:
    """Print every indicator: value or what is missing, band, reference."""
    from workbench.application.assess_report import indicators_report

    services = call.program.open(call.options.project)
    park = services.querying.park(call.options.park)
    as_of = as_date(call.options.as_of) if call.options.as_of else None
    scope, values = services.assessing.indicators(park.key, as_of)
    document: Any = indicators_report(scope, values, call.texts)
    if call.options.json:
        print_json(document)
    else:
        print(call.texts("cli.assessed", park=park.label, as_of=document["as_of"]))
        heads = [call.texts(f"cli.indicator.{name}") for name in ("id", "name", "value", "band")]
        print_table(heads, [_indicator_row(item, call.texts) for item in document["indicators"]])
        _print_scores(document, call.texts)
    services.close()
    return DONE


def _print_scores(document: dict[str, Any], texts: Texts) -> None:
    """Print the goals of the land-use score, and how many firms have each grade."""
    if score := document["land_use_score"]:
        goals = [f"{goal['code']} {goal['score']:.2f}" for goal in score["goals"]]
        print(texts("cli.land_use_score", total=f"{score['total']:.2f}", tier=score["tier"],
                    goals=texts("report.comma").join(goals)))  # fmt: skip
    grading = document["grading"]
    if grading and any(grading["counts"].values()):
        counts = [f"{name} {count}" for name, count in grading["counts"].items()]
        print(texts("cli.grading", scheme=grading["name"],
                    counts=texts("report.comma").join(counts)))  # fmt: skip


def _indicator_row(item: dict[str, Any], texts: Texts) -> list[str]:
    value = item["value"]
    if value is None:
        fields = {(m["entity"], m["field"]): None for m in item["missing"]}
        names = [field_title(entity, field, texts) for entity, field in fields]
        shown = texts("cli.unknown_missing", fields=texts("report.comma").join(names[:4]) or "—")
    elif item["unit"] == "%":
        shown = f"{value * 100:,.2f} %"
    else:
        unit = INDICATORS[item["id"]].shown_unit(texts.language)
        shown = f"{value:,.2f} {unit}"
    return [item["id"], item["name"], shown, item["band"] or "—"]


def run_assess(call: Call) -> int:
    """Diagnose and match; with --save keep the assessment under a name."""
    from workbench.application.assess_report import assess_report

    services = call.program.open(call.options.project)
    park = services.querying.park(call.options.park)
    as_of = as_date(call.options.as_of) if call.options.as_of else call.program.today()
    assets = [_asset(services, code) for code in call.options.asset]
    draft = services.assessing.run(
        park.key,
        [asset.key for asset in assets] or None,
        as_of,
        progress=TerminalProgress(call.texts("cli.working")),
    )
    document: Any = assess_report(draft, call.texts)
    if call.options.save:
        assessment = services.assessments.start(
            call.options.save, park.key, as_of, assets=[asset.key for asset in assets]
        )
        stored = json.dumps(document, ensure_ascii=False)
        services.assessments.keep_result(assessment, stored, as_of)
        document["assessment"] = {"name": assessment.label, "key": assessment.key}
    if call.options.json:
        print_json(document)
    else:
        _print_assessment(document, call)
    services.close()
    errors = any(finding.level is Level.ERROR for finding in draft.findings)
    return DONE_WITH_ERRORS if errors else DONE


def _asset(services: Services, wanted: str) -> Record:
    known = []
    for entity in ASSET_ENTITIES:
        for record in services.querying.records(entity):
            if wanted in (record.get("code"), record.get("name"), record.key):
                return record
            known.append(str(record.get("code") or record.label))
    raise UsageError("cli.no_asset", asset=wanted, known=" ".join(known[:20]))


def _print_assessment(document: dict[str, Any], call: Call) -> None:
    texts = call.texts
    print(texts("cli.assessed", park=document["park"], as_of=document["as_of"]))
    for distress in document["diagnosis"]:
        line = texts(
            "cli.severity",
            severity=distress["severity"],
            confidence=f"{distress['confidence']:.2f}",
        )
        print(f"{distress['type']} {distress['name']}  {distress['level']}  {line}")
        for rule in distress["rules"]:
            if rule["true"]:
                print(f"    +{rule['points']}  {rule['text']}")
    for match in document["matches"][:3]:
        line = texts(
            "cli.similarity",
            similarity=f"{match['similarity']:.4f}",
            coverage=f"{match['coverage']:.2f}",
        )
        print(f"{match['case']} {match['name']}  {line}")
    for pathway in document["pathways"]:
        print(f"{pathway['code']} {pathway['name']}  {pathway['feasible']}")
    print(texts("cli.nothing_yet"))
    if "assessment" in document:
        print(texts("cli.saved", name=document["assessment"]["name"]))
