# SPDX-License-Identifier: MIT
"""The yardsticks of a project: list, show, set one entry, add one, load a file, reset."""

from typing import Any

from workbench.application.assessment.content_editions import fingerprint
from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.options import Call, pairs
from workbench.cli.output import DONE, print_json, print_table

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    content = commands.add_parser("content", help=texts("cli.help.content"))
    content.add_argument("project", metavar="PROJECT")
    actions = content.add_subparsers(
        dest="action", required=True, metavar="list|show|set|add|remove|load|reset"
    )
    parsers = {name: actions.add_parser(name) for name, *_ in _ACTIONS}
    for name, run, *arguments in _ACTIONS:
        parser = parsers[name]
        for argument in arguments:
            metavar, key, many = _ARGUMENTS[argument]
            parser.add_argument(
                argument, metavar=metavar, nargs="+" if many else None, help=texts(key)
            )
        if name not in ("list", "show"):
            parser.add_argument("--reason", required=True, help=texts("cli.help.content_reason"))
        parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))
        parser.set_defaults(run=run)


def run_list(call: Call) -> int:
    """Print the editable files: shipped or own edition, and why."""
    services = call.program.open(call.options.project, reading=True)
    document = [_file(services, file) for file in services.editions.editable]
    if call.options.json:
        print_json({"files": document, "edition": services.content.edition})
    else:
        heads = [call.texts(f"cli.content.{name}") for name in ("file", "edition", "reason")]
        print_table(heads, [_row(each, call.texts) for each in document])
    for left_out in services.editions.left_out():
        error = left_out.complaint
        said = call.texts(error.code, **error.params)
        print(call.texts("content_editions.left_out", file=left_out.file, complaint=said))
    services.close()
    return DONE


def _file(services: Services, file: str) -> dict[str, Any]:
    record = services.editions.own().get(file)
    edition = record.number("edition") if record else None
    return {
        "file": file,
        "own": record is not None,
        "edition": None if edition is None else int(edition),
        "reason": record.text("reason") if record else None,
        "sha256": fingerprint(services.editions.text(file)),
    }


def _row(each: dict[str, Any], texts: Texts) -> list[str]:
    edition = texts("cli.content.shipped")
    if each["own"]:
        edition = texts("cli.content.own", edition=each["edition"])
    return [each["file"], edition, each["reason"] or "—"]


def run_show(call: Call) -> int:
    """Print the text of a file as it counts."""
    services = call.program.open(call.options.project, reading=True)
    text = services.editions.text(call.options.file)
    if call.options.json:
        print_json({**_file(services, call.options.file), "text": text})
    else:
        print(text, end="")
    services.close()
    return DONE


def run_set(call: Call) -> int:
    """Change some keys of one entry."""
    options = call.options
    services = call.program.open(options.project)
    values = pairs(options.values)
    services.editions.change_entry(options.file, options.entry, values, options.reason)
    return _done(services, call)


def run_add(call: Call) -> int:
    """Add one entry."""
    options = call.options
    services = call.program.open(options.project)
    services.editions.add_entry(options.file, pairs(options.values), options.reason)
    return _done(services, call)


def run_remove(call: Call) -> int:
    """Take one entry away."""
    options = call.options
    services = call.program.open(options.project)
    services.editions.remove_entry(options.file, options.entry, options.reason)
    return _done(services, call)


def run_load(call: Call) -> int:
    """Keep a whole file, whose name says which one it is."""
    options = call.options
    services = call.program.open(options.project)
    _, text = call.program.read_text(options.path)
    services.editions.keep(options.file, text, options.reason)
    return _done(services, call)


def run_reset(call: Call) -> int:
    """Go back to the shipped edition."""
    options = call.options
    services = call.program.open(options.project)
    services.editions.reset(options.file, options.reason)
    if options.json:
        print_json(_file(services, options.file))
    else:
        print(call.texts("cli.content_reset", file=options.file))
    services.close()
    return DONE


def _done(services: Services, call: Call) -> int:
    document = _file(services, call.options.file)
    if call.options.json:
        print_json(document)
    else:
        print(call.texts("cli.content_kept", **document))
    services.close()
    return DONE


_ACTIONS: tuple[tuple[Any, ...], ...] = (
    ("list", run_list),
    ("show", run_show, "file"),
    ("set", run_set, "file", "entry", "values"),
    ("add", run_add, "file", "values"),
    ("remove", run_remove, "file", "entry"),
    ("load", run_load, "file", "path"),
    ("reset", run_reset, "file"),
)
"""Each action with what runs it and its arguments in order."""
_ARGUMENTS = {
    "file": ("FILE", "cli.help.content_file", False),
    "entry": ("ENTRY", "cli.help.content_entry", False),
    "values": ("KEY=VALUE", "cli.help.content_pairs", True),
    "path": ("PATH.toml", "cli.help.content_file", False),
}
