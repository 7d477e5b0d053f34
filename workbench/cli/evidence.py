# SPDX-License-Identifier: MIT
"""The evidence command: list, add, export, check."""

from typing import Any

from workbench.application.ledger.editing import entity_of, field_of
from workbench.application.plain import plain
from workbench.application.ports import FileState, Texts
from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Services
from workbench.cli.finding import find_record
from workbench.cli.options import Call
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json, print_table
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import UsageError
from workbench.domain.ledger import Record

Commands = Any
_SHORTEST = 6


def declare(commands: Commands, texts: Texts) -> None:
    """Add the command of this room."""
    entities = [entity.key for entity in CATALOGUE.ledger()]
    parser = commands.add_parser("evidence", help=texts("evidencing.help.command"))
    parser.add_argument("project", metavar="PROJECT")
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|add|export|check")
    listing = actions.add_parser("list", help=texts("evidencing.help.list"))
    listing.add_argument(
        "--record", nargs=2, metavar=("ENTITY", "KEY"), help=texts("evidencing.help.record")
    )
    listing.set_defaults(run=run_list)
    adding = actions.add_parser("add", help=texts("evidencing.help.add"))
    adding.add_argument("entity", metavar="ENTITY", choices=entities)
    adding.add_argument("key", metavar="KEY")
    adding.add_argument("files", nargs="+", metavar="FILE")
    adding.add_argument("--field", default="", metavar="FIELD", help=texts("evidencing.help.field"))
    adding.add_argument("--note", default="", metavar="TEXT", help=texts("evidencing.help.note"))
    adding.add_argument("--page", type=int, metavar="N", help=texts("evidencing.help.page"))
    adding.set_defaults(run=run_add)
    exporting = actions.add_parser("export", help=texts("evidencing.help.export"))
    exporting.add_argument("evidence", metavar="EVIDENCE")
    exporting.add_argument("out", metavar="OUT")
    exporting.set_defaults(run=run_export)
    checking = actions.add_parser("check", help=texts("evidencing.help.check"))
    checking.set_defaults(run=run_check)
    for action in (listing, adding, exporting, checking):
        action.add_argument("--json", action="store_true", help=texts("cli.help.json"))


def run_list(call: Call) -> int:
    """Print the evidence of the project, or of one record."""
    services = call.program.open(call.options.project)
    rows = services.evidencing.all()
    if call.options.record:
        entity, word = call.options.record
        owner = find_record(services, entity_of(services.catalogue, entity).key, word)
        rows = services.evidencing.of(entity, owner.key)
    if call.options.json:
        print_json({"evidence": [_plain(row) for row in rows]})
    else:
        _print(services, rows, {}, call.texts)
    services.close()
    return DONE


def run_add(call: Call) -> int:
    """Keep files as evidence of a record or a field."""
    services = call.program.open(call.options.project)
    options = call.options
    if options.field:
        field_of(services.catalogue, options.entity, options.field)
    record = find_record(services, options.entity, options.key)
    keys = services.evidencing.attach(
        Owner(options.entity, record.key, options.field),
        options.files,
        options.note,
        options.page,
        TerminalProgress(call.texts("cli.working")),
    )
    if options.json:
        print_json({"added": list(keys)})
    else:
        print(call.texts("evidencing.say.added", count=len(keys)))
    services.close()
    return DONE


def run_export(call: Call) -> int:
    """Write one piece of evidence to a file."""
    services = call.program.open(call.options.project)
    wanted = call.options.evidence
    long_enough = len(wanted) >= _SHORTEST
    rows = [
        row
        for row in services.evidencing.all()
        if row.key == wanted or row.label == wanted or (long_enough and row.key.startswith(wanted))
    ]
    if len(rows) != 1:
        code = "cli.many_records" if rows else "cli.no_record"
        raise UsageError(code, entity="evidence", key=wanted, count=len(rows))
    progress = TerminalProgress(call.texts("cli.working"))
    services.evidencing.write_copy(rows[0], call.options.out, progress)
    if call.options.json:
        print_json({"path": call.options.out, "sha256": rows[0].text("sha256")})
    else:
        print(call.texts("evidencing.say.written", path=call.options.out))
    services.close()
    return DONE


def run_check(call: Call) -> int:
    """Read every file; exit status 1 when one is missing or altered."""
    services = call.program.open(call.options.project)
    rows = services.evidencing.all()
    states = services.evidencing.check(rows, TerminalProgress(call.texts("cli.working")))
    if call.options.json:
        print_json({"evidence": [_plain(r) | {"state": states[r.key].value} for r in rows]})
    else:
        _print(services, rows, states, call.texts)
    services.close()
    whole = all(state is FileState.WHOLE for state in states.values())
    return DONE if whole else DONE_WITH_ERRORS


def _plain(row: Record) -> dict[str, Any]:
    names = ("name", "sha256", "size", "owner_entity", "owner_key", "owner_field", "page", "note")
    return {"key": row.key, **{name: plain(row.get(name)) for name in names}}


def _print(services: Services, rows: Any, states: dict[str, FileState], texts: Texts) -> None:
    columns = ["key", "name", "size", "owner", "note"] + (["state"] if states else [])
    lines = []
    for row in rows:
        owner = services.querying.record(
            row.text("owner_entity") or "", row.text("owner_key") or ""
        )
        field = row.text("owner_field")
        line = [
            row.key[:8],
            row.label,
            str(row.get("size") or "—"),
            (owner.label if owner else "—") + (f".{field}" if field else ""),
            row.text("note") or "—",
        ]
        if states:
            line.append(texts(f"evidencing.state.{states[row.key]}"))
        lines.append(line)
    print_table([texts(f"evidencing.column.{name}") for name in columns], lines)
    print(texts("evidencing.say.count", count=len(lines)))
