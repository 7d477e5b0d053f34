# SPDX-License-Identifier: MIT
"""The originals command: the imported files, and a copy of one as it was read."""

from typing import Any

from workbench.application.ports import Texts
from workbench.cli.options import Call
from workbench.cli.output import DONE, print_json, print_table

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the command of this room."""
    parser = commands.add_parser("originals", help=texts("originals.help.command"))
    parser.add_argument("project", metavar="PROJECT")
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|export")
    listing = actions.add_parser("list", help=texts("originals.help.list"))
    listing.set_defaults(run=run_list)
    exporting = actions.add_parser("export", help=texts("originals.help.export"))
    exporting.add_argument("file", metavar="FILE", help=texts("originals.help.file"))
    exporting.add_argument("out", metavar="OUT")
    exporting.set_defaults(run=run_export)
    for action in (listing, exporting):
        action.add_argument("--json", action="store_true", help=texts("cli.help.json"))


def run_list(call: Call) -> int:
    """Print the imported files that the project keeps."""
    services = call.program.open(call.options.project, reading=True)
    rows = services.originals.all()
    if call.options.json:
        print_json({"originals": [
            {"file": row.name, "sha256": row.sha256, "bytes": row.size, "batch": row.batch}
            for row in rows
        ]})  # fmt: skip
    else:
        heads = [call.texts(f"originals.{name}") for name in ("file", "bytes", "sha256", "batch")]
        print_table(heads, [[row.name, f"{row.size:,}", row.sha256, row.batch] for row in rows])
    services.close()
    return DONE


def run_export(call: Call) -> int:
    """Write an imported file as it was read."""
    services = call.program.open(call.options.project, reading=True)
    source = services.originals.find(call.options.file)
    services.originals.write_copy(source, call.options.out)
    if call.options.json:
        print_json({"path": call.options.out, "file": source.name, "sha256": source.sha256})
    else:
        print(call.texts("originals.written", name=source.name, path=call.options.out))
    services.close()
    return DONE
