# SPDX-License-Identifier: MIT
"""Commands on many or double records: duplicates, combine, bulk-set."""

from typing import Any

from workbench.application.ledger.bulk_editing import BulkPreview
from workbench.application.ledger.editing import entity_of, field_of
from workbench.application.naming import common_words, named_params, reason_words
from workbench.application.ports import Texts
from workbench.cli.finding import find_record
from workbench.cli.options import Call, as_date, pairs
from workbench.cli.output import DONE, DONE_WITH_ERRORS, print_json, short_keys
from workbench.cli.records import matching
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks.registry import sentence_key
from workbench.domain.findings import Finding, Level, RefusedError
from workbench.domain.records.duplicates import MOST_PAIRS, kinds_cut_short

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    entities = [entity.key for entity in CATALOGUE.ledger()]
    finding = commands.add_parser("duplicates", help=texts("merging.help.duplicates"))
    finding.add_argument("project", metavar="PROJECT")
    finding.add_argument(
        "--entity", action="append", default=[], choices=entities, metavar="ENTITY",
        help=texts("merging.help.entity"),
    )  # fmt: skip
    two = ("ENTITY", "FIRST", "SECOND")
    said = finding.add_mutually_exclusive_group()
    said.add_argument("--not-same", nargs=3, metavar=two, help=texts("merging.help.not_same"))
    said.add_argument("--again", nargs=3, metavar=two, help=texts("merging.help.again"))
    finding.add_argument("--reason", default="", help=texts("cli.help.reason"))
    finding.set_defaults(run=run_duplicates)
    merging = commands.add_parser("combine", help=texts("merging.help.merge"))
    merging.add_argument("project", metavar="PROJECT")
    merging.add_argument("entity", metavar="ENTITY", choices=entities)
    merging.add_argument("kept", metavar="KEPT")
    merging.add_argument("other", metavar="OTHER")
    merging.add_argument(
        "--take", action="append", default=[], metavar="FIELD=kept|other",
        help=texts("merging.help.take"),
    )  # fmt: skip
    merging.add_argument("--reason", default="", help=texts("cli.help.reason"))
    merging.set_defaults(run=run_combine)
    bulk = commands.add_parser("bulk-set", help=texts("bulk_editing.help.command"))
    bulk.add_argument("project", metavar="PROJECT")
    bulk.add_argument("entity", metavar="ENTITY", choices=entities)
    bulk.add_argument("values", nargs="+", metavar="FIELD=VALUE")
    bulk.add_argument(
        "--filter", action="append", default=[], metavar="FIELD=VALUE",
        help=texts("bulk_editing.help.where"),
    )  # fmt: skip
    bulk.add_argument("--as-of", metavar="DATE", help=texts("cli.help.as_of"))
    bulk.add_argument("--reason", default="", help=texts("cli.help.reason"))
    bulk.add_argument("--dry-run", action="store_true", help=texts("cli.help.dry_run"))
    bulk.set_defaults(run=run_bulk)
    for parser in (finding, merging, bulk):
        parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))


def run_duplicates(call: Call) -> int:
    """Print the pairs of records that may be one, and why; or remember that two are not."""
    if call.options.not_same or call.options.again:
        return _say_of_pair(call)
    services = call.program.open(call.options.project, reading=True)
    found = services.merging.search(call.options.entity)
    pairs_found = found.pairs
    if call.options.json:
        print_json({"pairs": [
            {"entity": pair.entity,
             "first": {"key": pair.first.key, "name": pair.first.label},
             "second": {"key": pair.second.key, "name": pair.second.label},
             "reasons": [{"kind": r.kind, "value": r.value, "likeness": float(r.likeness)}
                         for r in pair.reasons]}
            for pair in pairs_found
        ], "cut_short": kinds_cut_short(pairs_found), "distinct": len(found.distinct),
            "common": [{"entity": c.entity, "kind": c.kind, "value": c.value, "count": c.count}
                       for c in found.common]})  # fmt: skip
    else:
        ledger = services.querying.ledger()
        kinds = {pair.entity for pair in pairs_found}
        keys = short_keys(record.key for kind in kinds for record in ledger.all(kind))
        for pair in pairs_found:
            title = services.catalogue[pair.entity].title(call.texts.language)
            ends = [f"{record.label} [{keys[record.key]}]" for record in (pair.first, pair.second)]
            print(f"{title}  {ends[0]}  =  {ends[1]}")
            for reason in pair.reasons:
                print("  " + reason_words(reason, call.texts))
        print(call.texts("merging.help.count", count=len(pairs_found)))
        for entity in kinds_cut_short(pairs_found):
            title = services.catalogue[entity].title(call.texts.language)
            print(call.texts("merging.cut_short", kind=title, n=MOST_PAIRS))
        for common in found.common:
            print(common_words(common, services.catalogue, call.texts))
        if found.distinct:
            print(call.texts("merging.to_distinct", n=len(found.distinct)))
    services.close()
    return DONE


def _say_of_pair(call: Call) -> int:
    """Remember that two records are no duplicates, or forget it."""
    options = call.options
    entity, *words = options.not_same or options.again
    services = call.program.open(options.project)
    entity_of(services.catalogue, entity)
    first, second = (find_record(services, entity, each).key for each in words)
    if options.not_same:
        news = services.merging.mark_distinct(entity, first, second, options.reason)
    else:
        news = services.merging.suspect_again(entity, first, second)
    if options.json:
        print_json({"entity": entity, "first": first, "second": second, "changed": news})
    else:
        print(call.texts(f"merging.help.{'marked' if news else 'already'}"))
    services.close()
    return DONE


def run_combine(call: Call) -> int:
    """Make one record of two."""
    services = call.program.open(call.options.project)
    options = call.options
    kept, other = (find_record(services, options.entity, w) for w in (options.kept, options.other))
    chosen = pairs(options.take)
    for name in chosen:
        field_of(services.catalogue, options.entity, name)
    count = services.merging.merge(options.entity, kept.key, other.key, chosen, options.reason)
    if options.json:
        print_json({"entity": options.entity, "key": kept.key, "gone": other.key, "moved": count})
    else:
        print(call.texts("merging.help.done", count=count, name=kept.label))
    services.close()
    return DONE


def run_bulk(call: Call) -> int:
    """Show what a change to many records would do; write it unless it is a trial."""
    services = call.program.open(call.options.project, dry_run=call.options.dry_run)
    options = call.options
    entity = entity_of(services.catalogue, options.entity)
    values, wanted = pairs(options.values), pairs(options.filter)
    for name in (*values, *wanted):
        field_of(services.catalogue, entity.key, name)
    ledger = services.querying.ledger()
    rows = matching(ledger, entity, wanted)
    keys = [row.key for row in rows]
    as_of = as_date(options.as_of) if options.as_of else None
    preview = services.bulk_editing.preview(entity.key, keys, values, as_of)
    if preview.refused and not options.dry_run:
        finding = preview.refused[0].finding
        raise RefusedError(finding.code, **finding.params)
    if not options.dry_run:
        services.bulk_editing.edit(entity.key, keys, values, options.reason)
    if options.json:
        print_json(_document(preview, written=not options.dry_run))
    else:
        _print(preview, call.texts, written=not options.dry_run)
    services.close()
    errors = any(finding.level is Level.ERROR for finding in preview.broken)
    return DONE_WITH_ERRORS if errors else DONE


def _document(preview: BulkPreview, *, written: bool) -> dict[str, Any]:
    return {
        "rows": preview.total,
        "changed": len(preview.changed),
        "breaking": preview.breaking,
        "unchanged": preview.unchanged,
        "overwritten": preview.overwritten,
        "rules": {code: [f.key for f in found] for code, found in preview.by_rule().items()},
        "refused": [{"key": r.edit.key, "field": r.edit.field, "text": r.edit.text}
                    for r in preview.refused],
        "written": written,
    }  # fmt: skip


def _print(preview: BulkPreview, texts: Texts, *, written: bool) -> None:
    print(texts("bulk_editing.say.summary", total=preview.total, changed=len(preview.changed),
                breaking=preview.breaking, unchanged=preview.unchanged))  # fmt: skip
    if preview.overwritten:
        print(texts("bulk_editing.say.overwritten", n=preview.overwritten))
    for code, found in preview.by_rule().items():
        example = _sentence(found[0], texts)
        print(texts("bulk_editing.say.rule", code=code, n=len(found), example=example))
    for refused in preview.refused[:1]:
        why = texts(refused.finding.code, **named_params(refused.finding.params, texts.language))
        print(texts("bulk_editing.say.refused", text=refused.edit.text, why=why))
    key = "bulk_editing.say.done" if written else "bulk_editing.say.dry"
    print(texts(key, n=len(preview.changed)))


def _sentence(finding: Finding, texts: Texts) -> str:
    params = {"entity": finding.entity, "field": finding.field} | dict(finding.params)
    return texts(sentence_key(finding), **named_params(params, texts.language))
