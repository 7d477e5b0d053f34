# SPDX-License-Identifier: MIT
"""The checklist command beyond list and set: review, comments, forms, packages, editions."""

from collections.abc import Mapping
from typing import Any

from workbench.application.checklist.edition_words import both_wordings, wordings
from workbench.application.checklist.form import all_of
from workbench.application.plain import plain
from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.options import Call
from workbench.cli.output import DONE, DONE_WITH_ERRORS, print_json, print_table
from workbench.domain.checklist.differences import ItemDifference
from workbench.domain.checklist.state import Refusal
from workbench.domain.findings import UsageError
from workbench.domain.records.ledger import Record

Parsers = Any


def declare(actions: Parsers, texts: Texts) -> list[Any]:
    """Add the actions of this room; return their parsers."""
    made = []
    for name, run, options in (
        ("submit", run_review, ("items",)),
        ("accept", run_review, ("items", "note")),
        ("send-back", run_review, ("items", "note")),
        ("comment", run_comment, ("item", "text")),
        ("comments", run_comments, ()),
        ("export-form", run_export_form, ("out",)),
        ("import-form", run_import_form, ("file", "take")),
        ("hand-over", run_hand_over, ("out",)),
        ("open-package", run_open_package, ("file",)),
        ("take-package", run_take_package, ("file", "take", "theirs")),
        ("editions", run_editions, ()),
        ("export-edition", run_export_edition, ("version", "out")),
        ("add-edition", run_add_edition, ("file",)),
        ("move-edition", run_move_edition, ("version", "agree", "take")),
    ):
        parser = actions.add_parser(name, help=texts(f"checklist_work.help.{_key(name)}"))
        for option in options:
            _OPTIONS[option](parser, texts)
        parser.set_defaults(run=run)
        made.append(parser)
    return made


_OPTIONS: dict[str, Any] = {
    "items": lambda p, _t: p.add_argument("items", nargs="+", metavar="ITEM"),
    "item": lambda p, _t: p.add_argument("item", metavar="ITEM"),
    "text": lambda p, _t: p.add_argument("text", metavar="TEXT"),
    "note": lambda p, t: p.add_argument("--note", default="", help=t("checklist_work.help.note")),
    "out": lambda p, _t: p.add_argument("out", metavar="OUT"),
    "file": lambda p, _t: p.add_argument("file", metavar="FILE"),
    "version": lambda p, _t: p.add_argument("version", metavar="VERSION"),
    "agree": lambda p, t: p.add_argument(
        "--agree", action="append", default=[], metavar="ITEM", help=t("checklist_work.help.agree")
    ),
    "theirs": lambda p, t: p.add_argument(
        "--theirs", action="store_true", help=t("checklist_work.help.theirs")
    ),
    "take": lambda p, t: p.add_argument(
        "--take", action="store_true", help=t("checklist_work.help.take")
    ),
}


def _key(name: str) -> str:
    return name.replace("-", "_")


def asked_assessment(call: Call, services: Services) -> Record:
    """Return the assessment that the command names; UsageError without one."""
    if not call.options.assessment:
        raise UsageError("checklist_work.which_assessment")
    return services.assessments.find(call.options.assessment)


def run_review(call: Call) -> int:
    """Hand items in, accept them or send them back."""
    services = call.program.open(call.options.project)
    assessment, items = asked_assessment(call, services), call.options.items
    reviewing = services.checklists.reviewing
    match call.options.action:
        case "submit":
            count = reviewing.submit(assessment, items)
        case "accept":
            count = reviewing.accept(assessment, items, call.options.note)
        case _:
            count = reviewing.send_back(assessment, items, call.options.note)
    _say(call, {"items": items, "changed": count}, "reviewed", count=count)
    services.close()
    return DONE


def run_comment(call: Call) -> int:
    """Say something about an item."""
    services = call.program.open(call.options.project)
    assessment = asked_assessment(call, services)
    said = services.checklists.reviewing.comment(assessment, call.options.item, call.options.text)
    document = {"item": said.item_id, "author": said.author, "at": said.at, "text": said.text}
    _say(call, document, "commented", item=said.item_id)
    services.close()
    return DONE


def run_comments(call: Call) -> int:
    """Print what was said, oldest first."""
    services = call.program.open(call.options.project, reading=True)
    said = services.checklists.reviewing.comments(asked_assessment(call, services))
    if call.options.json:
        print_json(
            {
                "comments": [
                    {"item": c.item_id, "author": c.author, "at": c.at, "text": c.text}
                    for c in said
                ]
            }
        )
    else:
        heads = [call.texts(f"checklist_work.head.{n}") for n in ("item", "author", "at", "text")]
        print_table(heads, [[c.item_id, c.author, c.at, c.text] for c in said])
    services.close()
    return DONE


def run_export_form(call: Call) -> int:
    """Write the checklist as a sheet to be filled in."""
    services = call.program.open(call.options.project, reading=True)
    assessment = asked_assessment(call, services)
    count = services.checklists.forms.write(assessment, call.options.out, call.texts)
    document = {"path": call.options.out, "items": count}
    _say(call, document, "form_written", path=call.options.out, count=count)
    services.close()
    return DONE


def run_import_form(call: Call) -> int:
    """Print what a filled-in form says differently; take it with --take."""
    services = call.program.open(call.options.project)
    assessment = asked_assessment(call, services)
    forms = services.checklists.forms
    form = forms.look(assessment, call.options.file)
    chosen = {c for c in all_of(form.differences) if c[0] not in form.refused}
    taken = forms.take(assessment, form, chosen) if call.options.take else 0
    problems = [
        call.texts(f"checklist_form.{p.code}", row=p.row, text=p.text) for p in form.problems
    ]
    refused = {
        item: call.texts(reason.text_key, **reason.params) for item, reason in form.refused.items()
    }
    document = {**_differences(form.differences), "refused": refused, "problems": problems}
    _print(call, document, form.differences, [*refused.values(), *problems], taken)
    services.close()
    return DONE_WITH_ERRORS if problems or refused else DONE


def run_hand_over(call: Call) -> int:
    """Write a package for a colleague."""
    services = call.program.open(call.options.project, reading=True)
    assessment = asked_assessment(call, services)
    package = services.checklists.handing_over.hand_over(assessment, call.options.out)
    document = {
        "path": call.options.out,
        "items": len(package.states),
        "files": len(package.files),
        "comments": len(package.comments),
    }
    _say(call, document, "handed_over", **document)
    services.close()
    return DONE


def run_open_package(call: Call) -> int:
    """Begin work on a package in this project."""
    services = call.program.open(call.options.project)
    assessment = services.checklists.handing_over.open(call.options.file)
    _say(call, {"assessment": assessment.label}, "package_opened", name=assessment.label)
    services.close()
    return DONE


def run_take_package(call: Call) -> int:
    """Print what a package that came back says differently; take it with --take."""
    services = call.program.open(call.options.project)
    handing = services.checklists.handing_over
    seen = handing.look(call.options.file)
    if seen is None:
        raise UsageError("checklist_work.not_ours", file=call.options.file)
    files = {file.sha256 for file in seen.files}
    left = [d for d in seen.differences if _is_left(d, seen.refused, call.options.theirs)]
    taken = 0
    if call.options.take:
        chosen = all_of([d for d in seen.differences if d not in left])
        taken = handing.take(call.options.file, chosen, files)
    lines = [call.texts("checklist_work.new_file", item=f.item_id, name=f.name) for f in seen.files]
    document = {
        **_differences(seen.differences),
        "files": [{"item": f.item_id, "name": f.name, "sha256": f.sha256} for f in seen.files],
        "comments": len(seen.comments),
        "left": [{"item": d.item_id, "field": d.field} for d in left],
    }
    lines += [
        call.texts("checklist_work.left", item=d.item_id, field=call.texts(_field(d))) for d in left
    ]
    _print(call, document, seen.differences, lines, taken)
    services.close()
    return DONE_WITH_ERRORS if left else DONE


def _is_left(difference: ItemDifference, refused: Mapping[str, Refusal], theirs: bool) -> bool:
    """Tell whether a difference is not taken: both sides changed it, or the rules forbid it."""
    return difference.item_id in refused or (difference.conflict and not theirs)


def _field(difference: ItemDifference) -> str:
    return f"checklist_work.field.{difference.field}"


def run_editions(call: Call) -> int:
    """Print the editions of the checklist."""
    services = call.program.open(call.options.project, reading=True)
    editions = services.checklists.editions.all()
    if call.options.json:
        print_json(
            {
                "editions": [
                    {
                        "version": e.template.version,
                        "name": e.name or None,
                        "own": e.own,
                        "items": len(e.template.items),
                    }
                    for e in editions
                ]
            }
        )
    else:
        heads = [call.texts(f"checklist_work.head.{n}") for n in ("version", "name", "count")]
        rows = [
            [
                e.template.version,
                e.name or call.texts("checklist_work.shipped"),
                str(len(e.template.items)),
            ]
            for e in editions
        ]
        print_table(heads, rows)
    services.close()
    return DONE


def run_export_edition(call: Call) -> int:
    """Write an edition as TOML, to be edited under a new version."""
    services = call.program.open(call.options.project, reading=True)
    version, out = call.options.version, call.options.out
    call.program.write_text(out, services.checklists.editions.text(version))
    _say(call, {"version": version, "path": out}, "edition_written", version=version, path=out)
    services.close()
    return DONE


def run_add_edition(call: Call) -> int:
    """Add an edition from TOML."""
    services = call.program.open(call.options.project)
    name, text = call.program.read_text(call.options.file)
    template = services.checklists.editions.add(text, name)
    document = {"version": template.version, "items": len(template.items)}
    _say(call, document, "edition_added", version=template.version, count=len(template.items))
    services.close()
    return DONE


def run_move_edition(call: Call) -> int:
    """Print what another edition would change; move the assessment to it with --take."""
    services = call.program.open(call.options.project)
    assessment, version = asked_assessment(call, services), call.options.version
    editions = services.checklists.editions
    changes = editions.changes(assessment, version)
    document: dict[str, Any] = {
        "added": [item.id for item in changes.added],
        "changed": [
            {
                "item": changed.new.id,
                "differs": list(changed.differs),
                "old": {p: wordings(changed, p, call.texts)[0] for p in changed.differs},
                "new": {p: wordings(changed, p, call.texts)[1] for p in changed.differs},
            }
            for changed in changes.changed
        ],
        "removed": [item.id for item in changes.removed],
        "same": len(changes.same),
        "reordered": [moved.item.id for moved in changes.moved],
        "moved": call.options.take,
    }
    kept = editions.move(assessment, version, call.options.agree) if call.options.take else None
    if call.options.json:
        print_json({**document, "carried": kept})
    else:
        for name in ("added", "removed", "reordered"):
            print(call.texts(f"checklist_work.{name}", items=" ".join(document[name]) or "—"))
        for changed in changes.changed:
            parts = "、".join(call.texts(f"checklist_work.part.{p}") for p in changed.differs)
            print(call.texts("checklist_work.changed", item=changed.new.id, parts=parts))
            old, new = both_wordings(changed, call.texts)
            print(call.texts("checklist_work.wording", old=old, new=new))
        if kept is None:
            print(call.texts("checklist_work.not_taken"))
        else:
            print(call.texts("checklist_work.moved", version=version, count=kept))
    services.close()
    return DONE


def _differences(found: tuple[ItemDifference, ...]) -> dict[str, Any]:
    return {
        "differences": [
            {
                "item": d.item_id,
                "field": d.field,
                "ours": plain(d.ours),
                "theirs": plain(d.theirs),
                "conflict": d.conflict,
            }
            for d in found
        ]
    }


def _print(
    call: Call,
    document: dict[str, Any],
    found: tuple[ItemDifference, ...],
    lines: list[str],
    taken: int,
) -> None:
    if call.options.json:
        print_json({**document, "taken": taken})
        return
    heads = [call.texts(f"checklist_work.head.{n}") for n in ("item", "field", "ours", "theirs")]
    rows = [
        [
            f"{d.item_id} !" if d.conflict else d.item_id,
            call.texts(f"checklist_work.field.{d.field}"),
            str(plain(d.ours) or "—"),
            str(plain(d.theirs) or "—"),
        ]
        for d in found
    ]
    print_table(heads, rows)
    for line in lines:
        print(line)
    key = "taken" if call.options.take else "not_taken"
    print(call.texts(f"checklist_work.{key}", count=taken))


def _say(call: Call, document: dict[str, Any], key: str, **params: Any) -> None:
    if call.options.json:
        print_json(document)
    else:
        print(call.texts(f"checklist_work.{key}", **params))
