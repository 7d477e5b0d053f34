# SPDX-License-Identifier: MIT
"""Commands on ledger records: list, set."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from workbench.application.finding_words import finding_text
from workbench.application.ledger.editing import (
    CellEdit,
    EditOutcome,
    entity_of,
    field_of,
    read_text,
)
from workbench.application.plain import plain_origin, plain_record
from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.finding import find_record
from workbench.cli.options import Call, asset_of, pairs
from workbench.cli.output import DONE, DONE_WITH_ERRORS, print_json, print_table, short_keys
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.condition_names import CONTEXT_ENTITY
from workbench.domain.display import shown, state_mark
from workbench.domain.fields import Entity, Field, FieldType, Need
from workbench.domain.findings import Finding, Level, RefusedError, UsageError
from workbench.domain.parsing.choices import OTHER
from workbench.domain.records.ledger import Ledger, Record

Commands = Any
SHOWN_COLUMNS = 8
_ROUNDING = Decimal("0.000001")
"""What is kept of a number: 50 亩 is a third of a square metre more than any decimal says."""


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    entities = [entity.key for entity in CATALOGUE.ledger()]
    listing = commands.add_parser("list", help=texts("cli.help.list"))
    listing.add_argument("project", metavar="PROJECT")
    listing.add_argument("entity", metavar="ENTITY", choices=entities, help=" ".join(entities))
    by_field = texts("cli.help.filter")
    listing.add_argument(
        "--filter", action="append", default=[], metavar="FIELD=VALUE", help=by_field
    )
    listing.add_argument("--origins", action="store_true", help=texts("cli.help.origins"))
    listing.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    listing.set_defaults(run=run_list)
    setting = commands.add_parser("set", help=texts("cli.help.set"))
    setting.add_argument("project", metavar="PROJECT")
    setting.add_argument("entity", metavar="ENTITY", choices=entities)
    setting.add_argument("key", metavar="KEY")
    setting.add_argument("values", nargs="+", metavar="FIELD=VALUE")
    setting.add_argument("--reason", default="", help=texts("cli.help.reason"))
    setting.add_argument("--assessment", metavar="NAME", help=texts("cli.help.set_assessment"))
    setting.add_argument("--asset", metavar="CODE", help=texts("cli.help.set_asset"))
    setting.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    setting.set_defaults(run=run_set)


def run_list(call: Call) -> int:
    """Print the records of an entity."""
    services = call.program.open(call.options.project, reading=True)
    catalogue = services.catalogue
    entity = entity_of(catalogue, call.options.entity)
    ledger = services.querying.ledger()
    wanted = pairs(call.options.filter)
    for name in wanted:
        field_of(catalogue, entity.key, name)
    language = call.texts.language
    records = matching(ledger, entity, wanted)
    if call.options.json:
        rows: list[dict[str, Any]] = [
            {"key": r.key, "values": plain_record(r, entity, ledger)} for r in records
        ]
        if call.options.origins:
            files = {file.id: file.name for file in services.querying.sources()}
            for row, record in zip(rows, records, strict=True):
                row["origins"] = {
                    name: plain_origin(origin, files) for name, origin in record.origins.items()
                }
        print_json({"entity": entity.key, "records": rows})
    else:
        columns = _columns(entity, records)
        heads = [call.texts("cli.key"), *(_head(field, language) for field in columns)]
        keys = short_keys(record.key for record in ledger.all(entity.key))
        print_table(
            heads,
            [
                [keys[record.key], *(_cell(record, field, ledger, language) for field in columns)]
                for record in records
            ],
        )
        print(call.texts("cli.count", count=len(records), entity=entity.title(language)))
    services.close()
    return DONE


def run_set(call: Call) -> int:
    """Edit a record through the same checks as the grid; all fields or none."""
    services = call.program.open(call.options.project)
    catalogue = services.catalogue
    entity = entity_of(catalogue, call.options.entity)
    values = pairs(call.options.values)
    for name in values:
        field_of(catalogue, entity.key, name)
    if entity.key == CONTEXT_ENTITY:
        return _run_answers(call, services, values)
    record = find_record(services, entity.key, call.options.key)
    edits = [CellEdit(entity.key, record.key, name, text) for name, text in values.items()]
    # Read everything first: a command either does all that it says, or nothing.
    refused = services.editing.check_cells(edits)
    if refused:
        finding = refused[0].finding
        raise RefusedError(finding.code, **finding.params)
    broken = services.bulk_editing.preview(entity.key, [record.key], values).broken
    outcome = services.editing.edit_cells(edits, reason=call.options.reason)
    return _print_set(call, services, entity, record, outcome, broken)


def _print_set(
    call: Call,
    services: Services,
    entity: Entity,
    record: Record,
    outcome: EditOutcome,
    broken: Sequence[Finding] = (),
) -> int:
    """Print what a record holds now; ``broken`` is what the checks say of it that is new."""
    ledger = services.querying.ledger()
    after = ledger.find(entity.key, record.key) or record
    said = [(finding, finding_text(finding, call.texts)) for finding in broken]
    if call.options.json:
        findings = [
            {"code": f.code, "level": f.level.value, "field": f.field or None, "message": words}
            for f, words in said
        ]
        print_json({"entity": entity.key, "key": record.key, "changed": outcome.changed,
                    "values": plain_record(after, entity, ledger),
                    "findings": findings})  # fmt: skip
    else:
        name = ledger.name_of(after)
        print(call.texts("cli.set_done", name=name, count=outcome.changed))
        for finding, words in said:
            print(f"  {finding.code}  {words}")
    services.close()
    errors = any(finding.level is Level.ERROR for finding in broken)
    return DONE_WITH_ERRORS if errors else DONE


def _run_answers(call: Call, services: Services, values: dict[str, str]) -> int:
    """Keep pathway inputs: KEY is a record's key, or a park whose inputs are begun if need be."""
    from workbench.application.assessment.answering import ENTITY, place_of

    wanted, options = call.options.key, call.options
    entity = entity_of(services.catalogue, ENTITY)
    known = next((r for r in services.querying.records(ENTITY) if r.key == wanted), None)
    if known is not None:
        edits = [CellEdit(ENTITY, known.key, name, text) for name, text in values.items()]
        if refused := services.editing.check_cells(edits):
            raise RefusedError(refused[0].finding.code, **refused[0].finding.params)
        outcome = services.editing.edit_cells(edits, reason=options.reason)
        return _print_set(call, services, entity, known, outcome)
    park = services.querying.park(wanted)
    assessment = services.assessments.find(options.assessment).key if options.assessment else ""
    assets = [asset_of(services, options.asset)] if options.asset else []
    place = place_of(park.key, assessment, assets)
    outcome = services.answering.answer(place, values, options.reason)
    kept = services.answering.record(place)
    return _print_set(call, services, entity, kept or park, outcome)


def matching(ledger: Ledger, entity: Entity, wanted: Mapping[str, str]) -> list[Record]:
    """Return the records of an entity whose fields have the wanted values.

    Values are read as the grid reads them, so 50亩 finds 33333.33 ㎡; RefusedError for a number, a
    date or a choice that cannot be read.
    """
    tests = [_test(entity, entity[name], text, ledger) for name, text in wanted.items()]
    return [record for record in ledger.all(entity.key) if all(test(record) for test in tests)]


def _test(entity: Entity, field: Field, text: str, ledger: Ledger) -> Callable[[Record], bool]:
    """Return what tells whether a record has the value that is written."""
    if not text:
        return lambda record: record.get(field.key) is None
    if field.type is FieldType.REF:
        return lambda record: _leads_to(record, field, text, ledger)
    cell, problem = read_text(CellEdit(entity.key, "", field.key, text), field)
    other = cell.value == OTHER and text not in (OTHER, shown(OTHER, field, "en"))
    if field.choices and (problem is not None or other):  # a typing mistake must not find nothing
        known = " ".join(choice.value for choice in field.choices)
        raise UsageError(
            "cli.no_choice", entity=entity.key, field=field.key, text=text, known=known
        )
    closed = field.numeric or field.type in (FieldType.DATE, FieldType.BOOL)
    if cell.value is None and problem is not None and closed:
        raise RefusedError(problem.code, **problem.params)
    read = cell.value

    def same(record: Record) -> bool:
        value = record.get(field.key)
        if value is None:
            return False
        if isinstance(value, Decimal) and isinstance(read, Decimal):
            return abs(value - read) < _ROUNDING
        return value == read or text in (str(value), shown(value, field))

    return same


def _leads_to(record: Record, field: Field, text: str, ledger: Ledger) -> bool:
    value = record.get(field.key)
    target = ledger.find(field.target, str(value)) if value is not None else None
    return value is not None and text in (value, target and target.label,
                                          target and target.get("code"))  # fmt: skip


def _columns(entity: Entity, records: Sequence[Record]) -> list[Field]:
    """Return what is shown of records: what is needed, what tells them apart, what they say."""
    needed = [field for field in entity if field.need is Need.REQUIRED]
    known_by = [entity[name] for names in entity.identity for name in names]
    rest = [field for field in entity if field.need is Need.ASSESSMENT]
    said = [f for f in entity if any(record.get(f.key) is not None for record in records)]
    usual = list({f.key: f for f in (*needed, *known_by, *rest, *said) if not f.own}.values())
    return usual[:SHOWN_COLUMNS] + [field for field in entity if field.own]


def _head(field: Field, language: str) -> str:
    title = field.title(language)
    return f"{title}({field.shown_unit})" if field.shown_unit else title


def _cell(record: Record, field: Field, ledger: Ledger, language: str) -> str:
    value = record.get(field.key)
    if field.type is FieldType.REF and isinstance(value, str):
        target = ledger.find(field.target, value)
        return target.label if target else value
    return shown(value, field, language) or state_mark(record.state(field.key), language)
