# SPDX-License-Identifier: MIT
"""Commands on ledgers: import, export-ledger."""

from typing import Any

from workbench.application.import_preview import ImportOptions, OnExisting, Preview, TablePreview
from workbench.application.ports import Texts
from workbench.cli.options import Call
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json
from workbench.domain.display import grouped
from workbench.domain.fields import Catalogue
from workbench.domain.findings import Level

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    reading = commands.add_parser("import", help=texts("cli.help.import"))
    reading.add_argument("project", metavar="PROJECT")
    reading.add_argument("files", nargs="+", metavar="FILE")
    reading.add_argument(
        "--sheet", action="append", default=[], metavar="NAME", help=texts("cli.help.sheet")
    )
    reading.add_argument(
        "--on-existing",
        choices=[choice.value for choice in OnExisting],
        default=OnExisting.REVIEW.value,
        help=texts("cli.help.on_existing"),
    )
    reading.add_argument("--dry-run", action="store_true", help=texts("cli.help.dry_run"))
    reading.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    reading.set_defaults(run=run_import)
    writing = commands.add_parser("export-ledger", help=texts("cli.help.export_ledger"))
    writing.add_argument("project", metavar="PROJECT")
    writing.add_argument("out", metavar="OUT.xlsx")
    writing.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    writing.set_defaults(run=run_export_ledger)


def run_import(call: Call) -> int:
    """Read ledgers and, unless it is a trial, store what is accepted."""
    services = call.program.open(call.options.project)
    options = ImportOptions(
        sheets=tuple(call.options.sheet), on_existing=OnExisting(call.options.on_existing)
    )
    progress = TerminalProgress(call.texts("cli.working"))
    preview = services.importing.preview(call.options.files, options, progress)
    stored = 0
    if not call.options.dry_run:
        stored = services.importing.commit(preview, progress=progress).stored
    if call.options.json:
        from workbench.application.import_report import import_report

        print_json(import_report(preview, call.texts))
    else:
        _print(preview, call, stored=stored > 0)
    services.close()
    return DONE_WITH_ERRORS if _has_errors(preview) else DONE


def run_export_ledger(call: Call) -> int:
    """Write the whole ledger as a workbook that import takes back."""
    services = call.program.open(call.options.project)
    progress = TerminalProgress(call.texts("cli.working"))
    count = services.exporting.export_ledger(call.options.out, call.texts, progress)
    if call.options.json:
        print_json({"path": call.options.out, "records": count})
    else:
        print(call.texts("cli.ledger_done", path=call.options.out, count=count))
    services.close()
    return DONE


def _has_errors(preview: Preview) -> bool:
    return any(
        problem.level is Level.ERROR
        for table in preview.tables()
        for index in table.kept()
        for _field, problem in table.findings(index)
    )


def _print(preview: Preview, call: Call, *, stored: bool) -> None:
    for file in preview.files:
        print(file.name)
        for table in file.tables:
            _print_table(table, preview.catalogue, call.texts)
        for ignored in file.ignored:
            reason = call.texts(f"importing.ignored.{ignored.reason}")
            print("  " + call.texts("cli.ignored_sheet", sheet=ignored.sheet, reason=reason))
    if call.options.dry_run:
        print(call.texts("cli.import_dry"))
    elif stored:
        print(call.texts("cli.import_done", batch=preview.batch))
    else:
        print(call.texts("cli.import_nothing"))


def _print_table(table: TablePreview, catalogue: Catalogue, texts: Texts) -> None:
    entity = catalogue[table.entity]
    sheet = table.place[0]
    title = entity.title(texts.language)
    print("  " + texts("cli.import_counts", sheet=sheet, entity=title, **table.counts()))
    for total in table.totals:
        if not total.agrees:
            field = entity[total.field]
            print(
                "    "
                + texts(
                    "cli.import_total",
                    field=field.title(texts.language),
                    stated=grouped(total.stated, 2),
                    computed=grouped(total.computed, 2),
                )
            )
    for index in table.kept():
        for name, problem in table.findings(index):
            if problem.level is Level.INFO:
                continue
            field_title = entity[name].title(texts.language) if name in entity else ""
            print(
                "    "
                + texts(
                    "cli.import_finding",
                    sheet=sheet,
                    row=table.row_number(index),
                    field=field_title,
                    message=texts(f"importing.{problem.code}", **problem.params),
                )
            )
