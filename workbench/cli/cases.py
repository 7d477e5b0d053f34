# SPDX-License-Identifier: MIT
"""The cases command: list, show, add, export; what goes beyond is in ``case_work``."""

from typing import Any

from workbench.application.cases.search import CaseFilter, accepts
from workbench.application.cases.words import (
    contradiction_words,
    shown_fact,
    standing,
    waiver_words,
)
from workbench.application.plain import plain
from workbench.application.ports import Texts
from workbench.cli import case_work
from workbench.cli.options import Call
from workbench.cli.output import DONE, print_json, print_table
from workbench.domain.cases.case import Case, CaseFact
from workbench.domain.cases.contradictions import BeforeAfter, before_after, contradictions

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    cases = commands.add_parser("cases", help=texts("cli.help.cases"))
    cases.add_argument("project", metavar="PROJECT")
    actions = cases.add_subparsers(dest="action", required=True, metavar="ACTION")
    json_help = texts("cli.help.json")
    listing = actions.add_parser("list", help=texts("case_work.help.list"))
    for name in ("text", "pathway", "distress", "region", "status", "origin"):
        listing.add_argument(f"--{name}", default="", help=texts(f"case_work.help.by_{name}"))
    showing = actions.add_parser("show", help=texts("case_work.help.show"))
    showing.add_argument("case", metavar="ID")
    adding = actions.add_parser("add", help=texts("case_work.help.add"))
    adding.add_argument("file", metavar="FILE.toml")
    exporting = actions.add_parser("export", help=texts("case_work.help.export"))
    exporting.add_argument("case", metavar="ID")
    exporting.add_argument("out", metavar="OUT.toml")
    for parser in case_work.declare(actions, texts):
        parser.add_argument("--json", action="store_true", help=json_help)
    for parser, run in (
        (listing, run_list),
        (showing, run_show),
        (adding, run_add),
        (exporting, run_export),
    ):
        parser.add_argument("--json", action="store_true", help=json_help)
        parser.set_defaults(run=run)


def run_list(call: Call) -> int:
    """Print every case."""
    services = call.program.open(call.options.project, reading=True)
    language = call.texts.language
    asked = {name: getattr(call.options, name) for name in CaseFilter.__dataclass_fields__}
    wanted, notes = CaseFilter(**asked), case_work.notes_by_case(services)
    cases = [
        case
        for case in services.cases.all().values()
        if accepts(wanted, case, services.content, notes.get(case.id, ()))
    ]
    if call.options.json:
        left_out = [case_work.left_out(each, call.texts) for each in services.cases.left_out()]
        document = [_head(case, language) for case in cases]
        print_json({"cases": document, "left_out": left_out})
    else:
        rows = [
            [case.id, case.name.get(language), case.region.get(language), " ".join(case.pathways)]
            for case in cases
        ]
        heads = [call.texts(f"cli.case.{name}") for name in ("id", "name", "region", "pathways")]
        print_table(heads, rows)
        for each in services.cases.left_out():
            print(f"! {case_work.left_out(each, call.texts)['complaint']}")
    services.close()
    return DONE


def run_show(call: Call) -> int:
    """Print one case: figures with status and source, what is not stated, contradictions."""
    services = call.program.open(call.options.project, reading=True)
    case = services.cases.find(call.options.case)
    if call.options.json:
        notes = [case_work.note(note) for note in services.case_work.notes.notes(case.id)]
        print_json({**_document(case, call.texts), "notes": notes})
    else:
        _print_case(case, call.texts)
        for note in services.case_work.notes.notes(case.id):
            print(call.texts("case_work.note_line", **case_work.note(note)))
    services.close()
    return DONE


def run_add(call: Call) -> int:
    """Add an own case from its card."""
    services = call.program.open(call.options.project)
    name, text = call.program.read_text(call.options.file)
    case = services.cases.add(text, name)
    if call.options.json:
        print_json(_head(case, call.texts.language))
    else:
        print(call.texts("cli.case_added", code=case.id))
    services.close()
    return DONE


def run_export(call: Call) -> int:
    """Write one case's card."""
    services = call.program.open(call.options.project, reading=True)
    call.program.write_text(call.options.out, services.cases.card(call.options.case))
    if call.options.json:
        print_json({"case": call.options.case, "path": call.options.out})
    else:
        print(call.texts("cli.case_exported", code=call.options.case, path=call.options.out))
    services.close()
    return DONE


def _head(case: Case, language: str) -> dict[str, Any]:
    return {
        "id": case.id,
        "name": case.name.get(language),
        "region": case.region.get(language),
        "origin": case.origin.value,
        "pathways": list(case.pathways),
    }


def _document(case: Case, texts: Texts) -> dict[str, Any]:
    language = texts.language
    return {
        **_head(case, language),
        "facts": [_fact(fact, language) for fact in case.facts],
        "steps": [step.text.get(language) for step in case.steps],
        "before_after": [_pair(pair) for pair in before_after(case)],
        "borrow": [text.get(language) for text in case.borrow],
        "do_not_copy": [text.get(language) for text in case.do_not_copy],
        "not_stated": [text.get(language) for text in case.not_stated],
        "contradictions": [
            {
                "code": found.code,
                "facts": list(found.facts),
                "numbers": {name: float(number) for name, number in found.params.items()},
                "text": contradiction_words(found, texts),
                "waived": found.waived.get(language) if found.waived else None,
            }
            for found in contradictions(case)
        ],
        "sources": [source.cite(language) for source in case.sources],
    }


def _fact(fact: CaseFact, language: str) -> dict[str, Any]:
    return {
        "key": fact.key,
        "label": fact.label.get(language),
        "value": plain(fact.value),
        "unit": fact.unit,
        "qualifier": fact.qualifier,
        "base": fact.base.get(language),
        "stated": fact.stated.value,
        "status": fact.status.value,
        "basis": fact.basis.value if fact.basis else None,
        "source": fact.source.cite(language),
    }


def _pair(pair: BeforeAfter) -> dict[str, Any]:
    return {
        "before": pair.before.key,
        "after": pair.after.key,
        "comparable": pair.comparable,
        "change": plain(pair.change),
        "relative": plain(pair.relative),
    }


def _print_case(case: Case, texts: Texts) -> None:
    language = texts.language
    print(f"{case.id}  {case.name.get(language)}  {case.region.get(language)}")
    heads = [texts(f"cli.case.{name}") for name in ("figure", "value", "base", "kind", "source")]
    rows = []
    for fact in case.facts:
        source = fact.source.cite(language)
        words = [shown_fact(fact, texts), fact.base.get(language), standing(fact, texts)]
        rows.append([fact.label.get(language), *words, source])
    print_table(heads, rows)
    for found in contradictions(case):
        print(
            "  ".join(
                x
                for x in (f"! {contradiction_words(found, texts)}", waiver_words(found, texts))
                if x
            )
        )
    for name, lines in (
        ("steps", tuple(step.text for step in case.steps)),
        ("borrow", case.borrow),
        ("do_not_copy", case.do_not_copy),
        ("not_stated", case.not_stated),
    ):
        if lines:
            print(texts(f"cli.case.{name}"))
            for line in lines:
                print(f"  - {line.get(language)}")
