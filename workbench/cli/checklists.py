# SPDX-License-Identifier: MIT
"""The checklist command: list, set, and what ``checklist_work`` adds."""

from typing import Any

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.application.ports import Texts
from workbench.cli import checklist_work
from workbench.cli.checklist_work import asked_assessment
from workbench.cli.options import Call, as_date
from workbench.cli.output import DONE, print_json, print_table
from workbench.domain.checklist.because import because_words
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.findings import UsageError

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    checklist = commands.add_parser("checklist", help=texts("cli.help.checklist"))
    checklist.add_argument("project", metavar="PROJECT")
    checklist.add_argument("--assessment", metavar="NAME", help=texts("cli.help.assessment"))
    actions = checklist.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help=texts("checklist_work.help.list"))
    listing.set_defaults(run=run_list)
    setting = actions.add_parser("set", help=texts("checklist_work.help.set"))
    setting.add_argument("item", metavar="ITEM")
    setting.add_argument("status", metavar="STATUS", help=" ".join(ItemStatus))
    setting.add_argument(
        "--evidence", action="append", default=[], metavar="FILE", help=texts("cli.help.evidence")
    )
    setting.add_argument("--reason", help=texts("cli.help.item_reason"))
    setting.add_argument("--owner", help=texts("cli.help.owner"))
    setting.add_argument("--due", metavar="DATE", help=texts("cli.help.due"))
    setting.add_argument("--after", action="append", metavar="ITEM", help=texts("cli.help.after"))
    setting.set_defaults(run=run_set)
    for parser in (listing, setting, *checklist_work.declare(actions, texts)):
        parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))


def run_list(call: Call) -> int:
    """Print the items that apply, with their states and the stages' gates."""
    services = call.program.open(call.options.project, reading=True)
    sheet = services.ticking.checked_sheet(asked_assessment(call, services))
    if call.options.json:
        print_json(_document(sheet, call.texts))
    else:
        _print(sheet, call.texts)
    services.close()
    return DONE


def run_set(call: Call) -> int:
    """Set one item's state; what is not named stays as it is."""
    services = call.program.open(call.options.project)
    options = call.options
    assessment = asked_assessment(call, services)
    known = services.ticking.sheet(assessment).state(options.item)
    wanted = ItemState(
        options.item,
        _status(options.status),
        reason=known.reason if options.reason is None else options.reason,
        owner=known.owner if options.owner is None else options.owner,
        due=as_date(options.due) if options.due else known.due,
        note=known.note,
        blocked_by=known.blocked_by if options.after is None else tuple(options.after),
        review=known.review,
    )
    state = services.ticking.set_state(assessment, options.item, wanted, options.evidence)
    if options.json:
        print_json(_state(state))
    else:
        status = call.texts(state.standing.text_key)
        print(call.texts("cli.status_set", item=state.item_id, status=status))
    services.close()
    return DONE


def _status(text: str) -> ItemStatus:
    try:
        return ItemStatus(text)
    except ValueError as error:
        raise UsageError("cli.no_status", status=text, known=" ".join(ItemStatus)) from error


def _state(state: ItemState) -> dict[str, Any]:
    return {
        "item": state.item_id,
        "status": state.status.value,
        "counts_as": state.standing.value,
        "evidence": state.evidence_count,
        "evidence_lost": state.unsound,
        "reason": state.reason or None,
        "owner": state.owner or None,
        "due": state.due.isoformat() if state.due else None,
        "note": state.note or None,
        "waits_for": list(state.blocked_by),
        "review": state.review.status.value if state.review else None,
        "reviewer": (state.review.reviewer or None) if state.review else None,
    }


def _document(sheet: ChecklistSheet, texts: Texts) -> dict[str, Any]:
    completion = sheet.completion()
    return {
        "assessment": sheet.assessment.label,
        "template_version": sheet.template.version,
        "pathways": list(sheet.pathways),
        "completion": None if completion is None else float(completion),
        "stages": [
            {
                "stage": stage.stage.value,
                "items": stage.total,
                "done": stage.done,
                "completion": None if stage.completion is None else float(stage.completion),
                "gate_open": stage.is_open,
                "closed_by": list(stage.closed_by),
            }
            for stage in sheet.stages()
        ],
        "items": [
            {
                **_state(sheet.state(item.id)),
                "title": item.title.get(texts.language),
                "stage": item.stage.value,
                "red_line": item.red_line,
                "weight": item.weight,
                "because": opening.because.value,
                "why": because_words(opening, texts),
                "waits_for": list(sheet.blocked_by[item.id]),
            }
            for opening in sheet.openings
            if opening.open
            for item in (opening.item,)
        ],
        "closed": [
            {
                "item": opening.item.id,
                "because": opening.because.value,
                "condition": opening.condition.text if opening.condition else None,
                "why": because_words(opening, texts),
            }
            for opening in sheet.openings
            if not opening.open
        ],
    }


def _print(sheet: ChecklistSheet, texts: Texts) -> None:
    heads = [
        texts(f"cli.list.{name}")
        for name in ("item", "title", "status", "evidence", "owner", "due")
    ]
    rows = []
    for item in sheet.items:
        state = sheet.state(item.id)
        mark = texts("cli.list.red_line") if item.red_line else ""
        rows.append(
            [
                f"{item.id} {mark}".strip(),
                item.title.get(texts.language),
                texts(state.standing.text_key),
                _evidence(state, texts),
                state.owner or "—",
                state.due.isoformat() if state.due else "—",
            ]
        )
    print_table(heads, rows)
    completion = sheet.completion()
    if completion is not None:
        print(texts("cli.list.completion", percent=f"{completion * 100:.1f}"))
    for stage in sheet.stages():
        if not stage.is_open:
            items = texts("assessment.comma").join(stage.closed_by)
            print(texts("cli.list.gate", stage=texts(stage.stage.text_key), items=items))
    closed = sum(not opening.open for opening in sheet.openings)
    if closed:
        print(texts("cli.list.closed", count=closed))


def _evidence(state: ItemState, texts: Texts) -> str:
    """Return how many files an item has, and how many of them are no evidence any more."""
    count = str(state.evidence_count)
    return texts("cli.list.lost", count=count, bad=state.unsound) if state.unsound else count
