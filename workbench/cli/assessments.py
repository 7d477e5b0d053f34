# SPDX-License-Identifier: MIT
"""Saved assessments: list, status, obstacles, verify, diff, new version."""

from typing import Any

from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.options import Call
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json, print_table
from workbench.domain.findings import UsageError

Commands = Any
STATUSES = ("草稿", "复核", "定稿")
MOST_LINES = 40


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    parser = commands.add_parser("assessments", help=texts("cli.help.assessments"))
    parser.add_argument("project", metavar="PROJECT")
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="list|status|obstacles|verify|diff|new-version"
    )
    listing = actions.add_parser("list")
    listing.set_defaults(run=run_list)
    status = actions.add_parser("status")
    status.add_argument("name", metavar="NAME")
    status.add_argument("status", metavar="STATUS", help=" ".join(STATUSES))
    status.add_argument("--reason", default="", help=texts("cli.help.status_reason"))
    status.set_defaults(run=run_status)
    obstacles = actions.add_parser("obstacles")
    obstacles.add_argument("name", metavar="NAME")
    obstacles.set_defaults(run=run_obstacles)
    verify = actions.add_parser("verify")
    verify.add_argument("name", metavar="NAME")
    verify.set_defaults(run=run_verify)
    diff = actions.add_parser("diff")
    diff.add_argument("old", metavar="OLD")
    diff.add_argument("new", metavar="NEW")
    diff.set_defaults(run=run_diff)
    version = actions.add_parser("new-version")
    version.add_argument("name", metavar="NAME")
    version.add_argument("--reason", required=True, help=texts("cli.help.version_reason"))
    version.add_argument("--as", dest="new_name", default="", metavar="NAME")
    version.set_defaults(run=run_new_version)
    for each in (listing, status, obstacles, verify, diff, version):
        each.add_argument("--json", action="store_true", help=texts("cli.help.json"))


def _parks(services: Services) -> dict[str, str]:
    return {park.key: park.label for park in services.querying.records("park")}


def run_list(call: Call) -> int:
    """Print every saved assessment."""
    from workbench.application.versions.documents import assessment_document

    services = call.program.open(call.options.project, reading=True)
    parks = _parks(services)
    found: list[Any] = [assessment_document(r, parks) for r in services.assessments.of_park()]
    if call.options.json:
        print_json({"assessments": found})
    else:
        names = ("name", "park", "as_of", "status", "edition", "digest")
        heads = [call.texts(f"cli.assessments.{name}") for name in names]
        rows = [[str(each[name] or "—")[:40] for name in names] for each in found]
        print_table(heads, rows)
    services.close()
    return DONE


def run_status(call: Call) -> int:
    """Move an assessment to another status; 定稿 freezes it."""
    from workbench.application.versions.documents import assessment_document

    options = call.options
    if options.status not in STATUSES:
        known = " ".join(STATUSES)
        raise UsageError("cli.no_status", status=options.status, known=known)
    services = call.program.open(options.project)
    record = services.finalizing.move(
        services.assessments.find(options.name),
        options.status,
        options.reason,
        TerminalProgress(call.texts("cli.working")),
    )
    document: Any = assessment_document(record, _parks(services))
    if options.json:
        print_json(document)
    else:
        print(call.texts("cli.assessment_moved", name=record.label, status=document["status"]))
        if document["digest"]:
            print(call.texts("cli.assessment_digest", digest=document["digest"]))
    services.close()
    return DONE


def run_obstacles(call: Call) -> int:
    """Print what must be solved before an assessment can be final."""
    services = call.program.open(call.options.project, reading=True)
    record = services.assessments.find(call.options.name)
    progress = TerminalProgress(call.texts("cli.working"))
    draft = services.finalizing.draft(record, progress)
    found = services.finalizing.obstacles(record, draft, progress)
    sentences = [services.finalizing.obstacle_text(each, call.texts) for each in found]
    if call.options.json:
        print_json({"assessment": record.label, "obstacles": sentences})
    else:
        for sentence in sentences:
            print(sentence)
        print(call.texts("cli.obstacles", count=len(sentences)))
    services.close()
    return DONE_WITH_ERRORS if sentences else DONE


def run_verify(call: Call) -> int:
    """Compute a final assessment again and compare."""
    from workbench.application.versions.documents import deviation_words, proof_document

    services = call.program.open(call.options.project, reading=True)
    record = services.assessments.find(call.options.name)
    proof = services.finalizing.prove(record, TerminalProgress(call.texts("cli.working")))
    if call.options.json:
        print_json({"assessment": record.label, **proof_document(proof)})
    else:
        print(call.texts("cli.assessment_digest", digest=proof.digest))
        if not proof.whole:
            print(call.texts("versions.broken", digest=proof.computed))
        elif proof.proven:
            print(call.texts("versions.proven"))
        else:
            print(call.texts("versions.deviates", count=len(proof.deviations),
                             program=proof.program))  # fmt: skip
        for deviation in proof.deviations[:MOST_LINES]:
            print(f"  {deviation_words(deviation, call.texts)}")
    services.close()
    return DONE if proof.proven else DONE_WITH_ERRORS


def run_diff(call: Call) -> int:
    """Print what changed between two assessments of a park, and why."""
    from workbench.application.versions.documents import comparison_document
    from workbench.application.versions.reporting import VersionWords

    services = call.program.open(call.options.project, reading=True)
    old = services.assessments.find(call.options.old)
    new = services.assessments.find(call.options.new)
    comparison = services.finalizing.compare(old, new)
    words = VersionWords(call.texts, services.content)
    if call.options.json:
        print_json({"old": old.label, "new": new.label, **comparison_document(comparison, words)})
    else:
        print(call.texts("versions.between", old=old.label, new=new.label))
        if comparison.moment is not None:
            print(words.moment(old.label, comparison.moment))
        for change in comparison.results:
            print(words.change(change))
            for reason in words.reasons(change):
                print(f"    {reason}")
        cells = [words.cell_with_use(cell, comparison) for cell in comparison.cells]
        _print_some(call.texts("versions.cells", count=len(cells)), cells)
        inputs = [words.input(each) for each in comparison.inputs]
        _print_some(call.texts("versions.inputs", count=len(inputs)), inputs)
        _print_some(call.texts("versions.contents", count=len(comparison.content)),
                    [words.content(each) for each in comparison.content])  # fmt: skip
        if comparison.same:
            print(call.texts("versions.same"))
    services.close()
    return DONE


def _print_some(head: str, lines: list[str]) -> None:
    if lines:
        print(head)
    for line in lines[:MOST_LINES]:
        print(f"  {line}")
    if len(lines) > MOST_LINES:
        print(f"  … {len(lines) - MOST_LINES}")


def run_new_version(call: Call) -> int:
    """Begin the next version of an assessment."""
    from workbench.application.versions.documents import assessment_document

    options = call.options
    services = call.program.open(options.project)
    record = services.finalizing.new_version(
        services.assessments.find(options.name), options.reason, options.new_name
    )
    document = assessment_document(record, _parks(services))
    if options.json:
        print_json(document)
    else:
        print(call.texts("cli.version_begun", name=record.label))
    services.close()
    return DONE
