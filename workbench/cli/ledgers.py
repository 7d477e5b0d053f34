# SPDX-License-Identifier: MIT
"""The command export-ledger."""

from typing import Any

from workbench.application.ledger.cut_words import cut_sentence
from workbench.application.ports import Texts
from workbench.cli.options import Call
from workbench.cli.output import DONE, TerminalProgress, print_json

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    writing = commands.add_parser("export-ledger", help=texts("cli.help.export_ledger"))
    writing.add_argument("project", metavar="PROJECT")
    writing.add_argument("out", metavar="OUT.xlsx")
    writing.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    writing.set_defaults(run=run_export_ledger)


def run_export_ledger(call: Call) -> int:
    """Write the whole ledger as a workbook that import takes back."""
    services = call.program.open(call.options.project, reading=True)
    progress = TerminalProgress(call.texts("cli.working"))
    done = services.exporting.export_ledger(call.options.out, call.texts, progress)
    if call.options.json:
        print_json({"path": call.options.out, "records": done.records, "cut": done.cut})
    else:
        print(call.texts("cli.ledger_done", path=call.options.out, count=done.records))
        if done.cut:
            print(cut_sentence(done, call.texts))
    services.close()
    return DONE
