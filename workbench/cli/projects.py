# SPDX-License-Identifier: MIT
"""Commands on whole projects: demo, new, log, undo."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from workbench.application.naming import step_words
from workbench.application.ports import Texts
from workbench.application.store_ports import Operation
from workbench.bootstrap import Services
from workbench.cli.finding import find_named
from workbench.cli.options import Call
from workbench.cli.output import DONE, TerminalProgress, print_json
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import shown
from workbench.domain.fields import FieldType
from workbench.domain.findings import OutputError, UsageError
from workbench.domain.records.changes import ChangeSet
from workbench.locations import as_place

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    demo = commands.add_parser("demo", help=texts("cli.help.demo"))
    demo.add_argument("folder", metavar="FOLDER")
    _with_json(demo, texts).set_defaults(run=run_demo)
    new = commands.add_parser("new", help=texts("cli.help.new"))
    new.add_argument("project", metavar="PROJECT")
    new.add_argument("--demo", action="store_true", help=texts("cli.help.new_demo"))
    _with_json(new, texts).set_defaults(run=run_new)
    undo = commands.add_parser("undo", help=texts("cli.help.undo"))
    undo.add_argument("project", metavar="PROJECT")
    undo.add_argument("--import", dest="batch", metavar="BATCH", help=texts("cli.help.undo_import"))
    _with_json(undo, texts).set_defaults(run=run_undo)
    log = commands.add_parser("log", help=texts("cli.help.log"))
    log.add_argument("project", metavar="PROJECT")
    log.add_argument("--record", metavar="KEY", help=texts("cli.help.log_record"))
    log.add_argument("--limit", type=int, default=200, help=texts("cli.help.limit"))
    _with_json(log, texts).set_defaults(run=run_log)


def _with_json(parser: argparse.ArgumentParser, texts: Texts) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    return parser


def run_demo(call: Call) -> int:
    """Do the whole main job once, on the sample park."""
    from workbench.application.project.sampling import run_demo as demo

    folder = as_place(call.options.folder).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(folder), reason=reason) from error
    result = demo(call.program, folder, TerminalProgress(call.texts("cli.working")))
    document = {"project": str(result.project), "report": str(result.report)}
    if call.options.json:
        print_json(document)
    else:
        print(call.texts("cli.demo_done", **document))
    return DONE


def run_new(call: Call) -> int:
    """Make an empty or a sample project."""
    project = call.options.project
    if call.options.demo:
        services = call.program.create_sample(project, TerminalProgress(call.texts("cli.working")))
    else:
        services = call.program.create(project)
    if call.options.json:
        print_json({"project": services.project})
    else:
        print(call.texts("cli.created", path=services.project))
    services.close()
    return DONE


def run_undo(call: Call) -> int:
    """Take back the newest operation or one whole import."""
    services = call.program.open(call.options.project)
    step = services.history.next_undo(anybodys=True)
    progress = TerminalProgress(call.texts("cli.working"))
    if call.options.batch:
        changes = services.history.undo_batch(call.options.batch, progress)
    else:
        changes = services.history.undo(progress, anybodys=True)
    label, params = (step.label, step.params) if step else (changes.label, dict(changes.params))
    if call.options.batch:
        label, params = changes.label, dict(changes.params)
    sentence = step_words(label, params, call.texts)
    if call.options.json:
        print_json({"undone": label, "text": sentence, "records": len(changes.records)})
    else:
        print(call.texts("cli.undone", step=sentence, count=len(changes.records)))
    services.close()
    return DONE


def run_log(call: Call) -> int:
    """Print the change log, newest first."""
    wanted, limit = call.options.record, call.options.limit
    if limit < 1:
        raise UsageError("cli.bad_limit", count=limit)
    services = call.program.open(call.options.project, reading=True)
    if wanted is None:
        with services.unit_of_work() as work:
            operations = [
                (operation, work.log.changes(operation.sequence))
                for operation in work.log.recent(limit)
            ]
    else:
        operations = history_of(services, wanted)
        if not operations and (record := find_named(services, wanted)) is not None:
            wanted = record.key
            operations = history_of(services, wanted)
        if not operations:
            raise UsageError("cli.no_history", key=wanted)
    files = {file.id: file.name for file in services.querying.sources()}
    entries = [
        _entry(operation, changes, wanted, call.texts, files)
        for operation, changes in operations[:limit]
    ]
    if call.options.json:
        print_json({"operations": entries})
    else:
        for entry in entries:
            at = datetime.fromisoformat(entry["at"]).astimezone()
            print(f"{at:%Y-%m-%d %H:%M:%S}  {entry['actor']}  {entry['text']}")
            for change in entry["changes"] if wanted else ():
                print(f"    {_in_words(change, services, call.texts)}{_from(change)}")
    services.close()
    return DONE


def history_of(services: Services, key: str) -> list[tuple[Operation, ChangeSet]]:
    """Return what happened to the record with this key, of whatever entity."""
    return [step for entity in CATALOGUE for step in services.querying.history(entity.key, key)]


def _in_words(change: dict[str, Any], services: Services, texts: Texts) -> str:
    """Return a field's old and new value as the grid shows them."""
    entity = services.catalogue[change["entity"]]
    if change["field"] not in entity:
        return f"{change['field']}: {change['old']} → {change['new']}"
    field = entity[change["field"]]
    ledger = services.querying.ledger()

    def said(value: Any) -> str:
        if value is None:
            return texts("ui.unknown")
        if field.type is FieldType.REF:
            target = ledger.find(field.target, str(value))
            return target.label if target is not None else str(value)
        if field.numeric:
            unit = f"ledger.unit.{field.shown_unit}"
            words = texts(unit) if texts.has(unit) else field.shown_unit
            return f"{shown(Decimal(str(value)), field, texts.language)} {words}".strip()
        if isinstance(value, list):
            return texts("assessment.comma").join(value)
        return value if field.type is FieldType.DATE else shown(value, field, texts.language)

    return f"{field.title(texts.language)}: {said(change['old'])} → {said(change['new'])}"


def _from(change: dict[str, Any]) -> str:
    """Return the cell that a value was read from, and what it shows."""
    origin = change["origin"]
    if not origin or not origin["file"]:
        return ""
    cell = f"{origin['column'] or ''}{origin['row']}"
    return f"  ← {origin['file']} {origin['sheet']}!{cell} {origin['raw'] or ''}".rstrip()


def _entry(
    operation: Operation,
    changes: ChangeSet,
    wanted: str | None,
    texts: Texts,
    files: Mapping[str, str],
) -> dict[str, Any]:
    from workbench.application.plain import plain, plain_origin

    return {
        "sequence": operation.sequence,
        "kind": operation.kind,
        "label": operation.label,
        "text": step_words(operation.label, operation.params, texts),
        "actor": operation.actor,
        "at": operation.at.isoformat(timespec="seconds"),
        "reason": operation.reason or None,
        "batch": operation.batch or None,
        "undone": operation.undone,
        "records": len(changes.records),
        "changes": [
            {
                "entity": record.entity,
                "key": record.key,
                "kind": record.kind.value,
                "field": change.field,
                "old": plain(change.old.value),
                "new": plain(change.new.value),
                "origin": plain_origin(change.new.origin, files),
            }
            for record in changes.records
            if wanted is not None and record.key == wanted
            for change in record.fields
        ],
    }
