# SPDX-License-Identifier: MIT
"""Commands that compute: indicators, assess."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from workbench.application.assessment.assessments import assets_of
from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.labels import band_label, severity_label
from workbench.cli.options import Call, as_date, asset_of
from workbench.cli.output import (
    DONE,
    DONE_WITH_ERRORS,
    TerminalProgress,
    print_json,
    print_table,
)
from workbench.cli.rankings import print_ranking
from workbench.domain.facts.missing_names import kinds_of_missing
from workbench.domain.findings import Level, UsageError
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.records.ledger import Record

Commands = Any


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
    assess.add_argument("--assessment", metavar="NAME", help=texts("cli.help.assess_as"))
    assess.add_argument("--decisions", metavar="FILE.toml", help=texts("cli.help.decisions"))


def run_indicators(call: Call) -> int:
    """Print every indicator: value or what is missing, band, reference."""
    from workbench.application.assessment.assess_report import counted, indicators_report

    services = call.program.open(call.options.project, reading=True)
    park = services.querying.park(call.options.park)
    as_of = as_date(call.options.as_of) if call.options.as_of else None
    scope, values = services.assessing.indicators(park.key, as_of)
    document: Any = indicators_report(scope, values, call.texts)
    findings = services.assessing.ledger_findings(scope)
    document["ledger_findings"] = counted(findings)
    if call.options.json:
        print_json(document)
    else:
        print(call.texts("cli.assessed", park=park.label, as_of=document["as_of"]))
        heads = [call.texts(f"cli.indicator.{name}") for name in ("id", "name", "value", "band")]
        print_table(heads, [_indicator_row(item, call.texts) for item in document["indicators"]])
        _print_scores(document, call.texts)
        _print_ledger_findings(document, call.texts)
    services.close()
    errors = any(finding.level is Level.ERROR for finding in findings)
    return DONE_WITH_ERRORS if errors else DONE


def _print_ledger_findings(document: dict[str, Any], texts: Texts) -> None:
    """Print how many findings the ledger has, which is why the exit status may be 1."""
    counts = document["ledger_findings"]
    if any(counts.values()):
        print(texts("cli.ledger_findings", errors=counts["E"], warnings=counts["W"]))


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
        fields = {(m["entity"], m["field"], not m["key"]): None for m in item["missing"]}
        names = kinds_of_missing(fields, texts)
        shown = texts("cli.unknown_missing", fields=texts("report.comma").join(names[:4]) or "—")
    elif item["unit"] == "%":
        shown = f"{value * 100:,.2f} %"
    else:
        declared = INDICATORS[item["id"]]
        factor = 10_000 if item["unit"] != declared.unit else 1  # money is in 元 in the document
        shown = f"{value / factor:,.2f} {declared.shown_unit(texts.language)}"
    band = band_label(item["band"], texts) if item["band"] else "—"
    return [item["id"], item["name"], shown, band]


def run_assess(call: Call) -> int:
    """Diagnose, match and rank; with --save keep the assessment under a name."""
    from workbench.application.assessment.assess_report import assess_report
    from workbench.application.assessment.assessing_named import options_for
    from workbench.domain.ranking.choices import UNDECIDED

    services = call.program.open(call.options.project, reading=not call.options.save)
    park = services.querying.park(call.options.park)
    named = _named(services, call.options.assessment, park)
    decided = (
        call.program.read_decisions(call.options.decisions) if call.options.decisions else UNDECIDED
    )
    assets = [asset_of(services, code).key for code in call.options.asset]
    assets = assets or (sorted(assets_of(named)) if named else [])
    as_of = _as_of(call, named)
    key = named.key if named else ""
    options = options_for(services, park.key, key, assets)
    options = replace(options, choices=decided.over(options.choices))
    progress = TerminalProgress(call.texts("cli.working"))
    draft = services.assessing.run(park.key, assets or None, as_of, options, progress)
    document: Any = assess_report(draft, call.texts)
    if call.options.save:
        assessment = services.assessments.start(call.options.save, park.key, as_of, assets=assets)
        services.deciding.keep_all(park.key, assessment.key, decided)
        stored = json.dumps(document, ensure_ascii=False)
        services.assessments.keep_result(assessment, stored, as_of)
        document["assessment"] = {"name": assessment.label, "key": assessment.key}
    if call.options.json:
        print_json(document)
    else:
        _print_assessment(document, call)
    services.close()
    errors = any(finding.level is Level.ERROR for finding in draft.findings)
    return DONE_WITH_ERRORS if errors or draft.ranking.weighed.problem else DONE


def _named(services: Services, name: str | None, park: Record) -> Record | None:
    """Return the assessment of this park that is asked for; UsageError otherwise."""
    if not name:
        return None
    found = services.assessments.find(name)
    if found.text("park") != park.key:
        raise UsageError("report.other_park", name=found.label, park=park.label)
    return found


def _as_of(call: Call, named: Record | None) -> date:
    """Return the date that is asked for, else the assessment's, else today."""
    if call.options.as_of:
        return as_date(call.options.as_of)
    return (named.day("as_of") if named else None) or call.program.today()


def _print_assessment(document: dict[str, Any], call: Call) -> None:
    texts = call.texts
    print(texts("cli.assessed", park=document["park"], as_of=document["as_of"]))
    for distress in document["diagnosis"]:
        print(f"{distress['type']} {distress['name']}  {_severity(distress, texts)}")
        for rule in distress["rules"]:
            if rule["true"]:
                print(f"    +{rule['points']}  {rule['text']}")
    for match in document["matches"][:3]:
        line = texts(
            "cli.similarity",
            similarity=f"{match['similarity']:.4f}" if match["coverage"] else "—",
            coverage=f"{match['coverage']:.2f}",
        )
        thin = "" if match["well_founded"] else f"  {texts('assessment.not_founded')}"
        print(f"{match['case']} {match['name']}  {line}{thin}")
    print_ranking(document, texts)
    for finding in document["findings"]:
        print(f"{finding['code']}  {finding['text']}")
    _print_ledger_findings(document, texts)
    if "assessment" in document:
        print(texts("cli.saved", name=document["assessment"]["name"]))


def _severity(distress: dict[str, Any], texts: Texts) -> str:
    """Return level, severity and confidence in words; where no rule could be decided, 待核."""
    if not distress["confidence"]:
        return texts("cli.severity_unknown")
    words = texts(
        "cli.severity",
        severity=distress["severity"],
        confidence=f"{distress['confidence']:.2f}",
    )
    return f"{severity_label(distress['level'], texts)}  {words}"
