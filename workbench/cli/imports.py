# SPDX-License-Identifier: MIT
"""The command import: read, show, store; every choice of the window has an option here."""

import argparse
import re
from typing import Any

from workbench.application.imports.attached import ATTACHMENTS, choices_for
from workbench.application.imports.choices import ImportOptions, OnExisting, Spot
from workbench.application.imports.preview import Preview, TablePreview
from workbench.application.imports.words import (
    column_title,
    ignored_sentence,
    problem_sentence,
)
from workbench.application.ports import Texts
from workbench.cli.options import Call, as_date, pairs
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json
from workbench.domain.display import grouped, shown_number
from workbench.domain.fields import Catalogue
from workbench.domain.findings import Level, UsageError
from workbench.domain.parsing.asset_words import HOUSE, LAND
from workbench.domain.tables.rows import Reason

Commands = Any
_MOST_LINES = 200
_MOST_ROWS = 20
_NO_LOSS = frozenset(
    {Reason.SUBTOTAL, Reason.TOTAL, Reason.REPEATED_HEADER, Reason.FOOTNOTE, Reason.GROUP_LABEL}
)
"""So many findings of a table are printed; all of them go into --json and --problems."""
_ROWS = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
_COLUMN = re.compile(r"(?P<sheet>.+):(?P<address>[A-Za-z]{1,3}\d{0,7}(?:/\d)?)")


def declare(commands: Commands, texts: Texts) -> None:
    """Add the command."""
    reading = commands.add_parser("import", help=texts("cli.help.import"))
    reading.add_argument("project", metavar="PROJECT")
    reading.add_argument("files", nargs="+", metavar="FILE")
    _repeatable(reading, texts, "sheet", "NAME")
    reading.add_argument(
        "--on-existing",
        choices=[choice.value for choice in OnExisting],
        default=OnExisting.REVIEW.value,
        help=texts("cli.help.on_existing"),
    )
    _repeatable(reading, texts, "accept", "FIELD")
    _repeatable(reading, texts, "keep", "FIELD")
    _repeatable(reading, texts, "entity", "SHEET=ENTITY")
    _repeatable(reading, texts, "header", "SHEET=ROW[-ROW]")
    _repeatable(reading, texts, "column", "SHEET:COLUMN=FIELD")
    _repeatable(reading, texts, "unit", "SHEET:COLUMN=UNIT")
    _repeatable(reading, texts, "every", "SHEET:FIELD=VALUE")
    _repeatable(reading, texts, "row", "SHEET:ROW=parcel|building")
    reading.add_argument("--park", default="", metavar="NAME", help=texts("cli.help.import_park"))
    reading.add_argument("--as-of", type=as_date, metavar="DATE", help=texts("cli.help.as_of"))
    for name in ("take-suggestions", "afresh", "dry-run"):
        reading.add_argument(
            f"--{name}", action="store_true", help=texts(f"cli.help.{name.replace('-', '_')}")
        )
    reading.add_argument("--problems", metavar="OUT.xlsx", help=texts("cli.help.problems"))
    reading.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    reading.set_defaults(run=run_import)


def _repeatable(parser: argparse.ArgumentParser, texts: Texts, name: str, metavar: str) -> None:
    parser.add_argument(
        f"--{name}", action="append", default=[], metavar=metavar,
        help=texts(f"cli.help.import_{name}" if name != "sheet" else "cli.help.sheet"),
    )  # fmt: skip


def run_import(call: Call) -> int:
    """Read ledgers and, unless it is a trial, store what is accepted."""
    services = call.program.open(call.options.project, dry_run=call.options.dry_run)
    options = _options(call.options, services.catalogue)
    progress = TerminalProgress(call.texts("cli.working"))
    preview = services.importing.preview(call.options.files, options, progress)
    as_of = call.options.as_of or call.program.today()
    services.import_checks.check(preview, as_of, progress)
    if call.options.take_suggestions:
        from workbench.application.imports.fixes import take_suggestions

        take_suggestions(preview)
        services.import_checks.check(preview, as_of, progress)
    if call.options.problems:
        services.exporting.export_problems(preview, call.options.problems, call.texts)
    stored = 0
    if not call.options.dry_run:
        stored = services.importing.commit(preview, progress=progress).stored
    if call.options.json:
        from workbench.application.imports.report import import_report

        print_json(import_report(preview, call.texts))
    else:
        _print(preview, call, stored=stored > 0)
    services.close()
    return DONE_WITH_ERRORS if _has_errors(preview) else DONE


def _options(chosen: argparse.Namespace, catalogue: Catalogue) -> ImportOptions:
    """Return what the command line settles; UsageError for a word that means nothing."""
    for field in (*chosen.accept, *chosen.keep):
        _known(field, {f.key for entity in catalogue.ledger() for f in entity}, "cli.no_field")
    entities = pairs(chosen.entity)
    for entity in entities.values():
        _known(entity, {spec.key for spec in catalogue.ledger()}, "cli.no_entity")
    columns = {_spot(word): field for word, field in _settings(chosen.column).items()}
    carried = {key for entity in ATTACHMENTS for key, _, _ in choices_for(entity)}
    for field in filter(None, columns.values()):
        known = {f.key for entity in catalogue.ledger() for f in entity}
        _known(field, known | carried, "cli.no_field")
    return ImportOptions(
        sheets=tuple(chosen.sheet),
        on_existing=OnExisting(chosen.on_existing),
        park=chosen.park,
        entities={("", sheet, 0, ""): entity for sheet, entity in entities.items()},
        columns=columns,
        units={_spot(word): unit for word, unit in _settings(chosen.unit).items()},
        headers={("", sheet): _rows(rows) for sheet, rows in pairs(chosen.header).items()},
        every=dict(
            _said_of_all(word, text, catalogue) for word, text in _settings(chosen.every).items()
        ),
        rows=dict(_said_of_row(word, text) for word, text in _settings(chosen.row).items()),
        accept=frozenset(chosen.accept),
        keep=frozenset(chosen.keep),
        remembered=not chosen.afresh,
    )


def _settings(words: list[str]) -> dict[str, str]:
    """Read SHEET:COLUMN=VALUE words; an empty value leaves the column out."""
    found = {}
    for word in words:
        name, sign, value = word.rpartition("=")
        if not sign:
            raise UsageError("cli.bad_pair", text=word)
        found[name] = value
    return found


def _spot(word: str) -> tuple[str, str, int, str]:
    match = _COLUMN.fullmatch(word)
    if match is None:
        raise UsageError("cli.bad_column", text=word)
    return "", match["sheet"], 0, match["address"].upper()


def _said_of_all(word: str, text: str, catalogue: Catalogue) -> tuple[Spot, str]:
    """Read 权利限制:kind=抵押: a field of choices and one of them."""
    sheet, mark, key = word.rpartition(":")
    if not mark:
        raise UsageError("cli.bad_every", text=word)
    fields = [spec[key] for spec in catalogue.ledger() if key in spec and spec[key].choices]
    keys = {field.key for spec in catalogue.ledger() for field in spec if field.choices}
    _known(key, keys, "cli.no_field")
    values = {choice.value for field in fields for choice in field.choices}
    if text not in values:
        raise UsageError("cli.no_choice", field=key, text=text, known=" ".join(sorted(values)))
    return ("", sheet, 0, key), text


def _said_of_row(word: str, entity: str) -> tuple[tuple[str, str, int], str]:
    sheet, mark, row = word.rpartition(":")
    if not mark or not _ROWS.fullmatch(row):
        raise UsageError("cli.bad_row", text=word)
    _known(entity, {LAND, HOUSE}, "cli.no_entity")
    return ("", sheet, _rows(row)[0]), entity


def _rows(text: str) -> tuple[int, int]:
    match = _ROWS.fullmatch(text)
    if match is None or int(match[1]) < 1:
        raise UsageError("cli.bad_rows", text=text)
    first = int(match[1])
    return first, max(first, int(match[2] or first))


def _known(word: str, known: set[str], code: str) -> None:
    if word not in known:
        raise UsageError(code, text=word, known=" ".join(sorted(known)))


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
            _print_table(table, call.texts)
        for ignored in file.ignored:
            print("  " + ignored_sentence(ignored, call.texts))
    if call.options.dry_run:
        print(call.texts("cli.import_dry"))
    elif stored:
        print(call.texts("cli.import_done", batch=preview.batch))
    else:
        print(call.texts("cli.import_nothing"))


def _print_table(table: TablePreview, texts: Texts) -> None:
    entity = table.spec
    sheet = table.place[0]
    title = entity.title(texts.language)
    print("  " + texts("cli.import_counts", sheet=sheet, entity=title, **table.counts()))
    if table.remembered:
        print("    " + texts("cli.import_remembered"))
    for total in table.totals:
        if not total.agrees:
            field = entity[total.field]
            stated, computed = (
                f"{grouped(shown_number(figure, field), 2)} {field.shown_unit}"
                for figure in (total.stated, total.computed)
            )
            name = field.title(texts.language)
            words = texts("cli.import_total", field=name, stated=stated, computed=computed)
            print("    " + words)
    for line in (*_on_whole_table(table, texts), *_rows_left_out(table, texts)):
        print("    " + line)
    _print_findings(table, texts)


def _on_whole_table(table: TablePreview, texts: Texts) -> list[str]:
    """Say what concerns a whole column or table: nothing is left out unseen.

    A 合计 that differs is printed with the control totals.
    """
    lines = []
    for letter, problem in table.problems:
        words = problem_sentence(problem, texts)
        if letter and "row" not in problem.params:
            words = texts("cli.import_column", column=letter, message=words)
        if problem.code != "V28W":
            lines.append(words)
    return lines


def _rows_left_out(table: TablePreview, texts: Texts) -> list[str]:
    """Say of the rows that a person may miss which are not imported, and why; sums are no loss."""
    rows: dict[Reason, list[str]] = {}
    for rejected in table.rejected:
        if rejected.reason not in _NO_LOSS:
            rows.setdefault(rejected.reason, []).append(str(rejected.row))
    lines = []
    for reason, numbers in rows.items():
        shown = texts("report.comma").join(numbers[:_MOST_ROWS])
        if len(numbers) > _MOST_ROWS:
            shown += f" … (+{len(numbers) - _MOST_ROWS})"
        why = texts(f"importing.reason.{reason}")
        lines.append(texts("cli.import_rows_left_out", rows=shown, reason=why))
    return lines


def _print_findings(table: TablePreview, texts: Texts) -> None:
    printed = left = 0
    for index in table.kept():
        for name, problem in table.findings(index):
            if problem.level is Level.INFO or not table.concerns(index, name):
                continue
            if printed >= _MOST_LINES:
                left += 1
                continue
            printed += 1
            words = texts(
                "cli.import_finding",
                sheet=table.place[0],
                row=table.row_number(index),
                field=column_title(table, name, texts),
                message=problem_sentence(problem, texts, table.entity, name),
            )
            if problem.suggestion:
                words = texts("cli.import_suggestion", message=words, value=problem.suggestion)
            print("    " + words)
    if left:
        print("    " + texts("cli.import_more", count=left))
