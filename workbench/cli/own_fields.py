# SPDX-License-Identifier: MIT
"""The fields command: a team's own ledger fields: list, add, change, hide, show, remove."""

import argparse
from dataclasses import replace
from typing import Any

from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.options import Call
from workbench.cli.output import DONE, print_json, print_table
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.records.own_fields import GROUP, TYPES, OwnField

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    fields = commands.add_parser("fields", help=texts("cli.help.fields"))
    fields.add_argument("project", metavar="PROJECT")
    names = ("list", "add", "change", "hide", "show", "remove")
    actions = fields.add_subparsers(dest="action", required=True, metavar="|".join(names))
    runs = (run_list, run_add, run_change, run_hide, run_show, run_remove)
    entities = [entity.key for entity in CATALOGUE.ledger()]
    for name, run in zip(names, runs, strict=True):
        parser = actions.add_parser(name, help=texts(f"cli.help.fields_{name}"))
        optional = {"nargs": "?"} if name == "list" else {}
        parser.add_argument("entity", metavar="ENTITY", choices=entities, **optional)
        if name == "add":
            parser.add_argument("title", metavar="TITLE")
        elif name != "list":
            parser.add_argument("field", metavar="FIELD")
        if name == "hide":
            parser.add_argument("--reason", required=True, help=texts("cli.help.fields_reason"))
        if name in ("add", "change"):
            _declare_words(parser, texts, new=name == "add")
        parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))
        parser.set_defaults(run=run)


def _declare_words(parser: argparse.ArgumentParser, texts: Texts, *, new: bool) -> None:
    kinds = [kind.value for kind in TYPES]
    default = FieldType.TEXT.value if new else None
    parser.add_argument("--type", choices=kinds, default=default, help=" ".join(kinds))
    if not new:
        parser.add_argument("--title", help=texts("cli.help.fields_title"))
    parser.add_argument("--english", metavar="TITLE", help=texts("cli.help.fields_english"))
    parser.add_argument("--unit", help=texts("cli.help.fields_unit"))
    parser.add_argument("--decimals", type=int, metavar="N", help=texts("cli.help.fields_decimals"))
    parser.add_argument(
        "--choice", action="append", metavar="WORD", help=texts("cli.help.fields_choice")
    )
    parser.add_argument(
        "--synonym", action="append", metavar="HEADING", help=texts("cli.help.fields_synonym")
    )
    parser.add_argument("--group", help=texts("cli.help.fields_group"))


def run_list(call: Call) -> int:
    """Print the own fields, hidden ones too."""
    services = call.program.open(call.options.project, reading=True)
    wanted = call.options.entity
    fields = [own for own in services.own_fields.all() if wanted in (None, own.entity)]
    if call.options.json:
        print_json({"fields": [_plain(own) for own in fields]})
    elif fields:
        heads = [call.texts(f"own_fields.col_{name}") for name in _COLUMNS]
        print_table(heads, [_row(own, call.texts) for own in fields])
    else:
        print(call.texts("own_fields.none_yet"))
    services.close()
    return DONE


def run_add(call: Call) -> int:
    """Declare a field."""
    services = call.program.open(call.options.project)
    options = call.options
    own = OwnField(
        options.entity, options.title.strip(), FieldType(options.type), options.english or "",
        options.unit or "", options.decimals, tuple(options.choice or ()),
        tuple(options.synonym or ()), options.group or GROUP,
    )  # fmt: skip
    return _done(call, services, services.own_fields.add(own), "cli.field_added")


def run_change(call: Call) -> int:
    """Change what is named of a field; the rest stays."""
    services = call.program.open(call.options.project)
    options = call.options
    own = services.own_fields.find(options.entity, options.field)
    named = {
        "title": options.title,
        "type": FieldType(options.type) if options.type else None,
        "english": options.english,
        "unit": options.unit,
        "decimals": options.decimals,
        "choices": tuple(options.choice) if options.choice else None,
        "synonyms": tuple(options.synonym) if options.synonym else None,
        "group": options.group,
    }
    wanted = replace(own, **{name: value for name, value in named.items() if value is not None})
    changed = services.own_fields.change(own.code, wanted)
    return _done(call, services, changed, "cli.field_changed")


def run_hide(call: Call) -> int:
    """Take a field out of use; its values stay."""
    services, own = _opened(call)
    services.own_fields.hide(own.entity, own.code, call.options.reason)
    hidden = replace(own, hidden=call.options.reason)
    return _done(call, services, hidden, "cli.field_hidden")


def run_show(call: Call) -> int:
    """Use a hidden field again."""
    services, own = _opened(call)
    services.own_fields.show(own.entity, own.code)
    return _done(call, services, replace(own, hidden=""), "cli.field_shown")


def run_remove(call: Call) -> int:
    """Remove a field without values."""
    services, own = _opened(call)
    services.own_fields.remove(own.entity, own.code)
    return _done(call, services, own, "cli.field_removed")


def _opened(call: Call) -> tuple[Services, OwnField]:
    services = call.program.open(call.options.project)
    return services, services.own_fields.find(call.options.entity, call.options.field)


def _done(call: Call, services: Services, own: OwnField, sentence: str) -> int:
    if call.options.json:
        print_json(_plain(own))
    else:
        entity = CATALOGUE[own.entity].title(call.texts.language)
        print(call.texts(sentence, title=own.title, entity=entity, code=own.code))
    services.close()
    return DONE


_COLUMNS = ("entity", "code", "title", "english", "type", "unit", "state")


def _row(own: OwnField, texts: Texts) -> list[str]:
    field = own.field()
    state = texts("own_fields.hidden_because", reason=own.hidden) if own.hidden else ""
    return [
        CATALOGUE[own.entity].title(texts.language),
        own.code,
        own.title,
        own.english,
        texts(f"own_fields.type.{own.type.value}"),
        field.shown_unit,
        state or texts("own_fields.in_use"),
    ]


def _plain(own: OwnField) -> dict[str, Any]:
    field = own.field()
    return {
        "entity": own.entity,
        "field": own.code,
        "title": own.title,
        "english": own.english or None,
        "type": own.type.value,
        "unit": field.shown_unit or None,
        "decimals": field.decimals if field.numeric else None,
        "choices": [choice.value for choice in field.choices],
        "synonyms": list(own.synonyms),
        "group": own.group,
        "hidden": own.hidden or None,
    }
