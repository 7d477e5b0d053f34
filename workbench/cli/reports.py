# SPDX-License-Identifier: MIT
"""The report command: one park, single assets, many parks, or what changed between versions."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, TypeVar

from workbench.application.ports import Texts
from workbench.application.project.evidence_package import package_path
from workbench.bootstrap import Services
from workbench.cli.options import LANGUAGE_WORDS, Call, as_date, asset_of
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json
from workbench.domain.findings import Level, OutputError, UsageError
from workbench.domain.records.ledger import Record
from workbench.domain.report.proof import Checked

Commands = Any
T = TypeVar("T")


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    report: ArgumentParser = commands.add_parser("report", help=texts("cli.help.report"))
    report.add_argument("project", metavar="PROJECT")
    report.add_argument("out", metavar="OUT.xlsx")
    report.add_argument(
        "--park", action="append", default=[], metavar="CODE", help=texts("cli.help.park")
    )
    report.add_argument("--portfolio", action="store_true", help=texts("report_portfolio.option"))
    report.add_argument(
        "--asset", action="append", default=[], metavar="CODE", help=texts("cli.help.asset")
    )
    report.add_argument("--as-of", metavar="DATE", help=texts("cli.help.as_of"))
    report.add_argument("--assessment", metavar="NAME", help=texts("cli.help.assessment"))
    report.add_argument("--against", metavar="NAME", help=texts("report_difference.against"))
    report.add_argument(
        "--language",
        dest="report_language",
        choices=sorted(LANGUAGE_WORDS),
        help=texts("cli.help.report_language"),
    )
    report.add_argument("--template", default="", metavar="FILE", help=texts("report_style.help"))
    report.add_argument("--redact", action="store_true", help=texts("report_redact.help"))
    report.add_argument("--evidence", action="store_true", help=texts("report_evidence.help"))
    report.add_argument("--pdf", action="store_true", help=texts("report_pdf.help"))
    report.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    report.set_defaults(run=run_report)


@dataclass
class _Made:
    """What was written, for people and for the JSON document."""

    path: str
    checked: Checked
    errors: bool
    facts: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    failures: list[OutputError] = field(default_factory=list)
    """What could not be written beside the workbook, which itself is whole."""


def run_report(call: Call) -> int:
    """Write the workbook that the options ask for, and what belongs beside it."""
    _refuse_contradictions(call)
    services = call.program.open(call.options.project, reading=True)
    texts = call.texts
    if call.options.report_language:
        texts = call.program.texts(LANGUAGE_WORDS[call.options.report_language])
    said: Sequence[str] = ()
    if call.options.template:
        said = services.exporting.template_says(call.options.template, call.texts)
        print(*said, sep="\n", file=sys.stderr)
    made = _kind(call)(call, services, texts)
    pdf = None
    if call.options.pdf:
        pdf = _beside(made, lambda: services.reports.write_pdf(call.options.out))
        done = [call.texts("report_pdf.done", path=pdf)] if pdf else []
        made.lines += done or services.reports.old_pdf(call.options.out, call.texts)
    _tell(call, made, {"template": said, "pdf": pdf, "redacted": call.options.redact})
    services.close()
    if made.failures:
        raise made.failures[0]
    return DONE_WITH_ERRORS if made.errors else DONE


def _refuse_contradictions(call: Call) -> None:
    options = call.options
    if options.against and not options.assessment:
        raise UsageError("report_difference.needs_assessment")
    if not options.park and not options.portfolio:
        raise UsageError("report_kinds.no_park")
    for first, second in _CONTRADICTIONS:
        if getattr(options, first) and getattr(options, second):
            raise UsageError("report_kinds.not_together", first=first, second=second)


_CONTRADICTIONS = (
    ("portfolio", "assessment"),
    ("portfolio", "asset"),
    ("portfolio", "evidence"),
    ("assessment", "asset"),
    ("against", "evidence"),
)
"""Options that ask for different reports."""


def _kind(call: Call) -> "Callable[[Call, Services, Texts], _Made]":
    options = call.options
    if options.portfolio or len(options.park) > 1:
        for name in ("assessment", "asset", "evidence"):
            if getattr(options, name):
                raise UsageError("report_kinds.not_together", first="portfolio", second=name)
        return _portfolio
    return _difference if options.against else _report


def _report(call: Call, services: Services, texts: Texts) -> _Made:
    options = call.options
    park, assessment = _chosen(call, services)
    assets = [asset_of(services, wanted) for wanted in options.asset]
    for asset in assets:
        of = services.querying.ledger().park_of(asset)
        if of is None or of.key != park.key:
            raise UsageError("report_kinds.other_park", asset=asset.label, park=park.label)
    as_of = _as_of(call, assessment)
    result = services.exporting.export(
        options.out,
        park.key,
        as_of,
        texts,
        assessment=assessment,
        progress=TerminalProgress(call.texts("cli.working")),
        redact=options.redact,
        template=options.template,
        assets=[asset.key for asset in assets],
        with_package=options.evidence,
    )
    errors = any(finding.level is Level.ERROR for finding in result.findings)
    facts: dict[str, Any] = {
        "kind": "park",
        "park": park.label,
        "assets": [asset.label for asset in assets],
        "as_of": as_of.isoformat(),
        "evidence": None,
    }
    made = _Made(result.path, result.checked, errors, facts)
    if options.evidence:
        beside = package_path(options.out, texts)
        packed = _beside(
            made,
            lambda: services.evidence_package.pack(
                beside, park.key, assessment, texts, beside=result.beside
            ),
        )
        if packed is not None:
            facts["evidence"] = asdict(packed)
            made.lines += packed.sentences(call.texts, packed.path)
    return made


def _portfolio(call: Call, services: Services, texts: Texts) -> _Made:
    options = call.options
    portfolio = services.reports.portfolio
    as_of = _as_of(call, None)
    result = portfolio.export(
        options.out,
        portfolio.parks(options.park),
        as_of,
        texts,
        progress=TerminalProgress(call.texts("cli.working")),
        redact=options.redact,
        template=options.template,
    )
    facts = {"kind": "portfolio", "parks": result.parks, "as_of": as_of.isoformat()}
    return _Made(result.path, result.checked, bool(result.errors), facts)


def _difference(call: Call, services: Services, texts: Texts) -> _Made:
    options = call.options
    park, assessment = _chosen(call, services)
    assert assessment is not None
    old = services.assessments.find(options.against)
    result = services.reports.difference.export(
        options.out,
        old,
        assessment,
        texts,
        progress=TerminalProgress(call.texts("cli.working")),
        redact=options.redact,
        template=options.template,
    )
    facts = {
        "kind": "difference",
        "park": park.label,
        "old": old.label,
        "new": assessment.label,
        **result.counts,
    }
    lines = [call.texts("report_difference.summary", **result.counts)]
    return _Made(result.path, result.checked, False, facts, lines)


def _chosen(call: Call, services: Services) -> tuple[Record, Record | None]:
    wanted = call.options.park[0]
    park = services.querying.park(wanted)
    if not call.options.assessment:
        return park, None
    assessment = services.assessments.find(call.options.assessment)
    if assessment.text("park") != park.key:
        raise UsageError("report.other_park", name=assessment.label, park=park.label)
    return park, assessment


def _as_of(call: Call, assessment: Record | None) -> date:
    if call.options.as_of:
        return as_date(call.options.as_of)
    return (assessment and assessment.day("as_of")) or call.program.today()


def _beside(made: _Made, write: Callable[[], T]) -> T | None:
    """Write what belongs beside a workbook; that it failed is said after the workbook is told."""
    try:
        return write()
    except OutputError as error:
        made.failures.append(error)
        return None


def _tell(call: Call, made: _Made, more: dict[str, Any]) -> None:
    if call.options.json:
        checked = asdict(made.checked)
        print_json({"path": made.path, **made.facts, "checked": checked, **more})
        return
    print(call.texts("cli.report_done", path=made.path))
    print(call.texts("report_proof.done", **asdict(made.checked)))
    for line in made.lines:
        print(line)
