# SPDX-License-Identifier: MIT
"""The evidence command: list, add, export, check."""

from typing import Any

from workbench.application.ledger.editing import entity_of, field_of
from workbench.application.plain import plain
from workbench.application.ports import Texts
from workbench.application.project.evidencing import Owner
from workbench.application.store_ports import FileState
from workbench.bootstrap import Services
from workbench.cli.finding import find_record
from workbench.cli.options import Call
from workbench.cli.output import (
    DONE,
    DONE_WITH_ERRORS,
    TerminalProgress,
    print_json,
    print_table,
    short_keys,
)
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import UsageError
from workbench.domain.records.ledger import Record

Commands = Any
_SHORTEST = 6


def declare(commands: Commands, texts: Texts) -> None:
    """Add the command of this room."""
    entities = [entity.key for entity in CATALOGUE.ledger()]
    parser = commands.add_parser("evidence", help=texts("evidencing.help.command"))
    parser.add_argument("project", metavar="PROJECT")
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="list|add|export|check|clean"
    )
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
    cleaning = actions.add_parser("clean", help=texts("cleaning.help"))
    cleaning.add_argument("--dry-run", action="store_true", help=texts("cleaning.help_dry_run"))
    cleaning.add_argument("--reason", default="", help=texts("cleaning.help_reason"))
    cleaning.set_defaults(run=run_clean)
    for action in (listing, adding, exporting, checking, cleaning):
        action.add_argument("--json", action="store_true", help=texts("cli.help.json"))


def run_list(call: Call) -> int:
    """Print the evidence of the project, or of one record."""
    services = call.program.open(call.options.project, reading=True)
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
        if known := len(options.files) - len(keys):
            print(call.texts("evidencing.say.known", n=known))
    services.close()
    return DONE


def run_export(call: Call) -> int:
    """Write one piece of evidence to a file."""
    services = call.program.open(call.options.project, reading=True)
    row = evidence_of(services, call.options.evidence)
    progress = TerminalProgress(call.texts("cli.working"))
    services.evidencing.write_copy(row, call.options.out, progress)
    if call.options.json:
        print_json({"path": call.options.out, "sha256": row.text("sha256")})
    else:
        print(call.texts("evidencing.say.written", path=call.options.out))
    services.close()
    return DONE


def run_check(call: Call) -> int:
    """Read every file; exit status 1 when one is missing or altered."""
    services = call.program.open(call.options.project, reading=True)
    rows = services.evidencing.all()
    states = services.evidencing.check(rows, TerminalProgress(call.texts("cli.working")))
    if call.options.json:
        print_json({"evidence": [_plain(r) | {"state": states[r.key].value} for r in rows]})
    else:
        _print(services, rows, states, call.texts)
    services.close()
    whole = all(state is FileState.WHOLE for state in states.values())
    return DONE if whole else DONE_WITH_ERRORS


def run_clean(call: Call) -> int:
    """Remove kept files that nothing needs, after a backup; or say which would go."""
    services = call.program.open(call.options.project, dry_run=call.options.dry_run)
    progress = TerminalProgress(call.texts("cli.working"))
    cleaning, dry_run = services.keeping.cleaning, call.options.dry_run
    found = cleaning.look(progress)
    backup, compacted = None, False
    if found.found and not dry_run:
        backup = call.program.back_up(call.options.project, progress=progress).backup.path
        agreed = [each.sha256 for each in found.found]
        compacted = cleaning.clean(agreed, progress, call.options.reason, backup)
    services.close()
    if call.options.json:
        files = [
            {"sha256": e.sha256, "size": e.size, "name": e.name or None,
             "removed_at": e.removed_at.isoformat(timespec="seconds") if e.removed_at else None,
             "removed_by": e.removed_by or None}
            for e in found.found
        ]  # fmt: skip
        print_json({
            "files": files, "bytes": found.size, "kept_for_undo_and_finals": found.kept,
            "dry_run": dry_run, "removed": backup is not None, "compacted": compacted,
            "backup": backup,
        })  # fmt: skip
        return DONE
    for each in found.found:
        name = each.name or each.sha256[:12]
        at = each.removed_at.astimezone().isoformat(" ", "minutes")[:16] if each.removed_at else "—"
        words = {"name": name, "size": _size(each.size), "at": at, "actor": each.removed_by or "—"}
        print("  " + call.texts("cleaning.line", **words))
    code = "nothing" if not found.found else "would" if dry_run else "done"
    size = _size(found.size)
    print(call.texts(
        f"cleaning.{code}", count=len(found.found), size=size, kept=found.kept, backup=backup or ""
    ))  # fmt: skip
    if backup is not None and not compacted:
        print(call.texts("cleaning.not_compacted"))
    return DONE


def evidence_of(services: Services, wanted: str) -> Record:
    """Return the evidence with a name, a key or the beginning of a key; UsageError without one."""
    long_enough = len(wanted) >= _SHORTEST
    rows = [
        row
        for row in services.evidencing.all()
        if row.key == wanted or row.label == wanted or (long_enough and row.key.startswith(wanted))
    ]
    if len(rows) != 1:
        code = "cli.many_records" if rows else "cli.no_record"
        raise UsageError(code, entity="evidence", key=wanted, count=len(rows))
    return rows[0]


def _size(size: int) -> str:
    mib = 1024 * 1024
    return f"{size / mib:.1f} MB" if size >= mib else f"{max(1, round(size / 1024))} KB"


def _plain(row: Record) -> dict[str, Any]:
    names = ("name", "sha256", "size", "owner_entity", "owner_key", "owner_field", "page", "note")
    return {"key": row.key, **{name: plain(row.get(name)) for name in names}}


def _print(services: Services, rows: Any, states: dict[str, FileState], texts: Texts) -> None:
    columns = ["key", "name", "size", "owner", "note"] + (["state"] if states else [])
    lines, keys = [], short_keys(row.key for row in services.evidencing.all())
    for row in rows:
        owner = services.querying.record(
            row.text("owner_entity") or "", row.text("owner_key") or ""
        )
        field = row.text("owner_field")
        line = [
            keys[row.key],
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
