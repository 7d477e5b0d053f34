# SPDX-License-Identifier: MIT
"""The report command."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.application.ports import Texts
from workbench.application.project.evidence_package import PackedEvidence, package_path
from workbench.cli.options import LANGUAGE_WORDS, Call, as_date
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json
from workbench.domain.findings import Level, UsageError

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    report = commands.add_parser("report", help=texts("cli.help.report"))
    report.add_argument("project", metavar="PROJECT")
    report.add_argument("out", metavar="OUT.xlsx")
    report.add_argument("--park", required=True, metavar="CODE", help=texts("cli.help.park"))
    report.add_argument("--as-of", metavar="DATE", help=texts("cli.help.as_of"))
    report.add_argument("--assessment", metavar="NAME", help=texts("cli.help.assessment"))
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


def run_report(call: Call) -> int:
    """Write the assessment workbook."""
    options = call.options
    if options.redact and options.evidence:
        raise UsageError("report_redact.with_evidence")
    services = call.program.open(options.project)
    park = services.querying.park(call.options.park)
    assessment = None
    if call.options.assessment:
        assessment = services.assessments.find(call.options.assessment)
        if assessment.text("park") != park.key:
            raise UsageError("assessing.other_park", name=assessment.label, park=call.options.park)
    as_of = as_date(call.options.as_of) if call.options.as_of else None
    if as_of is None:
        as_of = (assessment and assessment.day("as_of")) or call.program.today()
    texts = call.texts
    if call.options.report_language:
        texts = call.program.texts(LANGUAGE_WORDS[call.options.report_language])
    said: Sequence[str] = ()
    if options.template:
        said = services.exporting.template_says(options.template, call.texts)
        print(*said, sep="\n", file=sys.stderr)
    result = services.exporting.export(
        call.options.out,
        park.key,
        as_of,
        texts,
        assessment=assessment,
        progress=TerminalProgress(call.texts("cli.working")),
        redact=options.redact,
        template=options.template,
    )
    packed = None
    if options.evidence:
        beside = package_path(options.out, texts)
        packed = services.evidence_package.pack(beside, park.key, assessment, texts)
    pdf = call.program.write_pdf(options.out) if options.pdf else None
    if options.json:
        print_json(
            {
                "path": str(result.path),
                "park": park.label,
                "as_of": as_of.isoformat(),
                "checked": asdict(result.checked),
                "template": said,
                "pdf": pdf,
                "redacted": options.redact,
                "evidence": packed and asdict(packed),
            }
        )
    else:
        print(call.texts("cli.report_done", path=str(Path(result.path))))
        print(call.texts("report_proof.done", **asdict(result.checked)))
        if pdf:
            print(call.texts("report_pdf.done", path=pdf))
        _say_packed(packed, call.texts)
    services.close()
    errors = any(finding.level is Level.ERROR for finding in result.findings)
    return DONE_WITH_ERRORS if errors else DONE


def _say_packed(packed: PackedEvidence | None, texts: Texts) -> None:
    if packed is None:
        return
    print(texts("report_evidence.done", path=packed.path, files=packed.files))
    if packed.missing:
        print(texts("report_evidence.lacking", missing=packed.missing))
