# SPDX-License-Identifier: MIT
"""The redaction command: further names to hide, and evidence that names nobody."""

from collections.abc import Sequence
from typing import Any

from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.evidence import evidence_of
from workbench.cli.options import Call
from workbench.cli.output import DONE, print_json, print_table
from workbench.domain.catalogue.redaction import HIDDEN_KINDS
from workbench.domain.records.ledger import Record

Commands = Any
_KINDS = {choice.en.lower(): choice.value for choice in HIDDEN_KINDS}


def declare(commands: Commands, texts: Texts) -> None:
    """Add the command of this room."""
    parser = commands.add_parser("redaction", help=texts("redaction.help.command"))
    parser.add_argument("project", metavar="PROJECT")
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="list|hide|show|enclose|leave-out"
    )
    for name, run in (
        ("list", run_list), ("hide", run_names), ("show", run_names),
        ("enclose", run_files), ("leave-out", run_files),
    ):  # fmt: skip
        action = actions.add_parser(name, help=texts(f"redaction.help.{name.replace('-', '_')}"))
        if run is run_names:
            action.add_argument("names", nargs="+", metavar="NAME")
        if run is run_files:
            action.add_argument("evidence", nargs="+", metavar="EVIDENCE")
        if name == "hide":
            action.add_argument(
                "--kind", choices=sorted(_KINDS), default="person",
                help=texts("redaction.help.kind"),
            )  # fmt: skip
        action.add_argument("--json", action="store_true", help=texts("cli.help.json"))
        action.set_defaults(run=run)


def run_list(call: Call) -> int:
    """Print what a redacted report hides beside the ledger's names, and what it may enclose."""
    services = call.program.open(call.options.project, reading=True)
    _tell(call, services)
    services.close()
    return DONE


def run_names(call: Call) -> int:
    """Put names on the list, or take them off it."""
    services = call.program.open(call.options.project)
    if call.options.action == "hide":
        services.redaction.hide(call.options.names, _KINDS[call.options.kind])
    else:
        services.redaction.show(call.options.names)
    _tell(call, services)
    services.close()
    return DONE


def run_files(call: Call) -> int:
    """Mark evidence as free of names, or take the mark off."""
    services = call.program.open(call.options.project)
    wanted = {evidence_of(services, word).text("sha256") for word in call.options.evidence}
    chosen = {row.text("sha256") for row in _enclosed(services)}
    chosen = chosen | wanted if call.options.action == "enclose" else chosen - wanted
    keys = {row.key for row in services.evidencing.all() if row.text("sha256") in chosen}
    services.redaction.mark(keys)
    _tell(call, services)
    services.close()
    return DONE


def _enclosed(services: Services) -> Sequence[Record]:
    nameless = services.redaction.nameless()
    return [row for row in services.evidencing.all() if row.text("sha256") in nameless]


def _tell(call: Call, services: Services) -> None:
    names, files = services.redaction.names(), _enclosed(services)
    if call.options.json:
        english = {value: word for word, value in _KINDS.items()}
        print_json({
            "names": [{"name": r.label, "kind": english[r.text("kind") or ""]} for r in names],
            "only_alone": services.redaction.only_alone(
                [r.label for r in names], call.texts, services.catalogue
            ),
            "files": [{"key": r.key, "name": r.label, "sha256": r.text("sha256")} for r in files],
        })  # fmt: skip
        return
    t, language = call.texts, call.texts.language
    titles = {choice.value: choice.title(language) for choice in HIDDEN_KINDS}
    rows = [[titles[r.text("kind") or ""], r.label] for r in names]
    rows += [[t("redaction.nameless"), r.label] for r in files]
    if alone := services.redaction.only_alone([r.label for r in names], t, services.catalogue):
        print(t("redaction.only_alone_kept", names=t("report.comma").join(alone)))
    print_table([t("redaction.column_kind"), t("redaction.column_name")], rows)
    print(t("redaction.counts", names=len(names), files=len(files)))
