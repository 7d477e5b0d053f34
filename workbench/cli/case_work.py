# SPDX-License-Identifier: MIT
"""The cases command beyond list and show: deleting, notes, waivers, packs, sheets, nearest."""

from collections.abc import Mapping
from decimal import Decimal, DecimalException
from pathlib import Path
from typing import Any

from workbench.application.assessment.weights_kept import kept_words
from workbench.application.cases.library import LeftOutCase
from workbench.application.cases.notes import CaseNote
from workbench.application.cases.words import contradiction_words
from workbench.application.naming import named_params
from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.options import Call, as_date, asset_of, pairs
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json, print_table
from workbench.domain.findings import UsageError

Parsers = Any
_EXISTING = ("review", "skip", "update")


def declare(actions: Parsers, texts: Texts) -> list[Any]:
    """Add the actions of this room; return their parsers."""
    made = []
    for name, run, options in (
        ("delete", run_delete, ("case",)),
        ("note", run_note, ("case", "text")),
        ("notes", run_notes, ()),
        ("waive", run_waive, ("case", "rule", "facts", "reason")),
        ("unwaive", run_unwaive, ("case", "rule", "facts")),
        ("export-pack", run_export_pack, ("out", "ids", "name")),
        ("import-pack", run_import_pack, ("file", "existing", "dry_run")),
        ("template", run_template, ("out",)),
        ("import-sheet", run_import_sheet, ("file", "existing", "dry_run")),
        ("nearest", run_nearest, ("park", "asset", "as_of", "count")),
        ("weights", run_weights, ("park", "assessment", "set", "reset", "reason")),
    ):
        parser = actions.add_parser(name, help=texts(f"case_work.help.{name.replace('-', '_')}"))
        for option in options:
            flags, more = _OPTIONS[option]
            parser.add_argument(flags, **more)
        parser.set_defaults(run=run)
        made.append(parser)
    return made


_OPTIONS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "case": ("case", {"metavar": "ID"}),
    "text": ("text", {"metavar": "TEXT"}),
    "rule": ("rule", {"metavar": "RULE"}),
    "facts": ("--facts", {"default": "", "metavar": "KEY,KEY"}),
    "reason": ("--reason", {"default": "", "metavar": "TEXT"}),
    "out": ("out", {"metavar": "OUT"}),
    "file": ("file", {"metavar": "FILE"}),
    "ids": ("ids", {"nargs": "*", "metavar": "ID"}),
    "name": ("--name", {"default": "", "metavar": "NAME"}),
    "existing": ("--on-existing", {"default": "review", "choices": _EXISTING}),
    "dry_run": ("--dry-run", {"action": "store_true"}),
    "park": ("--park", {"required": True, "metavar": "CODE"}),
    "asset": ("--asset", {"action": "append", "default": [], "metavar": "CODE"}),
    "as_of": ("--as-of", {"metavar": "DATE"}),
    "count": ("--count", {"type": int, "default": 5, "metavar": "N"}),
    "assessment": ("--assessment", {"default": "", "metavar": "NAME"}),
    "set": ("--set", {"action": "append", "default": [], "metavar": "FEATURE=WEIGHT"}),
    "reset": ("--reset", {"action": "store_true"}),
}


def left_out(each: LeftOutCase, texts: Texts) -> dict[str, str]:
    """Return an own case that cannot be used, with the sentence that says why."""
    complaint = texts(each.complaint.code, **named_params(each.complaint.params, texts.language))
    return {"id": each.id, "name": each.name, "complaint": complaint}


def note(said: CaseNote) -> dict[str, Any]:
    """Return a note as plain data."""
    return {
        "case": said.case_id,
        "text": said.text,
        "author": said.author,
        "on": said.day.isoformat() if said.day else None,
    }


def notes_by_case(services: Services) -> dict[str, list[str]]:
    """Return the words of all notes by case id."""
    found: dict[str, list[str]] = {}
    for said in services.case_work.notes.notes():
        found.setdefault(said.case_id, []).append(said.text)
    return found


def run_delete(call: Call) -> int:
    """Delete an own case; undo brings it back."""
    services = call.program.open(call.options.project)
    services.cases.remove(call.options.case)
    _say(call, {"deleted": call.options.case}, "deleted", code=call.options.case)
    services.close()
    return DONE


def run_note(call: Call) -> int:
    """Keep a note beside a case."""
    services = call.program.open(call.options.project)
    said = services.case_work.notes.add(call.options.case, call.options.text)
    _say(call, note(said), "noted", code=said.case_id)
    services.close()
    return DONE


def run_notes(call: Call) -> int:
    """Print every note beside a case."""
    services = call.program.open(call.options.project, reading=True)
    said = [note(each) for each in services.case_work.notes.notes()]
    if call.options.json:
        print_json({"notes": said})
    else:
        for each in said:
            print(each["case"], call.texts("case_work.note_line", **each))
    services.close()
    return DONE


def run_waive(call: Call) -> int:
    """Let a contradiction stand, with a reason."""
    services = call.program.open(call.options.project)
    notes, case = services.case_work.notes, call.options.case
    found = notes.contradiction(case, call.options.rule, _facts(call))
    notes.waive(case, found, call.options.reason)
    document = {"case": case, "rule": found.code, "facts": [*found.facts]}
    _say(call, document, "waived", code=case, text=contradiction_words(found, call.texts))
    services.close()
    return DONE


def run_unwaive(call: Call) -> int:
    """Take a waiver back."""
    services = call.program.open(call.options.project)
    notes, case = services.case_work.notes, call.options.case
    found = notes.contradiction(case, call.options.rule, _facts(call))
    notes.unwaive(case, found)
    document = {"case": case, "rule": found.code, "facts": [*found.facts]}
    _say(call, document, "unwaived", code=case)
    services.close()
    return DONE


def _facts(call: Call) -> tuple[str, ...]:
    return tuple(key for key in call.options.facts.split(",") if key)


def run_export_pack(call: Call) -> int:
    """Write own cases as one file with version and checksums."""
    services = call.program.open(call.options.project, reading=True)
    name = call.options.name or Path(call.options.out).stem
    text, count = services.case_work.packs.pack(name, call.options.ids)
    call.program.write_text(call.options.out, text)
    document = {"path": call.options.out, "cases": count}
    _say(call, document, "packed", count=count, path=call.options.out)
    services.close()
    return DONE


def run_import_pack(call: Call) -> int:
    """Show what a pack brings, and take it unless it is a dry run."""
    from workbench.application.cases.packs import states_taken

    services = call.program.open(call.options.project, dry_run=call.options.dry_run)
    name, text = call.program.read_text(call.options.file)
    packs = services.case_work.packs
    preview = packs.look(text, name)
    states = states_taken(call.options.on_existing)
    wanted = [line.packed.id for line in preview.lines if line.state in states]
    taken = 0 if call.options.dry_run else packs.take(preview, wanted)
    if call.options.json:
        cases = [
            {"id": line.packed.id, "name": line.packed.name, "version": line.packed.version,
             "ours": line.ours, "outcome": line.state.value}
            for line in preview.lines
        ]  # fmt: skip
        counts = {state.value: n for state, n in preview.counts().items()}
        print_json(
            {"pack": preview.pack.name, "counts": counts, "cases": cases, "taken": taken}
        )  # fmt: skip
    else:
        for line in preview.lines:
            state = call.texts(f"case_packs.state.{line.state.value}")
            print(f"{line.packed.id}  {line.packed.name}  {state}")
            if line.complaint is not None:
                params = named_params(line.complaint.params, call.texts.language)
                print(f"  ! {call.texts(line.complaint.code, **params)}")
        print(call.texts("case_work.taken", count=taken))
    services.close()
    return DONE


def run_template(call: Call) -> int:
    """Write blank case sheets."""
    services = call.program.open(call.options.project, reading=True)
    services.case_work.sheets.write(call.options.out, call.texts)
    _say(call, {"path": call.options.out}, "template_written", path=call.options.out)
    services.close()
    return DONE


def run_import_sheet(call: Call) -> int:
    """Read a filled workbook and take its cases: all of them or none."""
    services = call.program.open(call.options.project, dry_run=call.options.dry_run)
    sheets = services.case_work.sheets
    read = sheets.look(call.options.file, call.texts)
    if call.options.dry_run or read.problems:
        if not call.options.json:
            for problem in read.problems:
                print(f"{problem.sheet} {problem.cell}  {problem.words}")
        taken = 0 if call.options.dry_run else sheets.take(read)
    else:
        taken = sheets.take(read, update=call.options.on_existing == "update")
    document = {
        "cases": [{"id": code, "known": code in read.known} for code in read.forms],
        "problems": [{"sheet": p.sheet, "cell": p.cell, "text": p.words} for p in read.problems],
        "taken": taken,
    }
    _say(call, document, "taken", count=taken)
    services.close()
    return DONE_WITH_ERRORS if read.problems else DONE


def run_nearest(call: Call) -> int:
    """Print the nearest cases of each of a park's assets."""
    services = call.program.open(call.options.project, reading=True)
    park = services.querying.park(call.options.park)
    assets = [asset_of(services, code).key for code in call.options.asset]
    as_of = as_date(call.options.as_of) if call.options.as_of else None
    if call.options.count < 1:
        raise UsageError("case_work.count", value=call.options.count)
    found = services.case_work.nearest.of_park(
        park.key, assets or None, as_of, call.options.count,
        TerminalProgress(call.texts("cli.working")),
    )  # fmt: skip
    language = call.texts.language
    document = [
        {
            "asset": near.asset.text("code") or near.asset.label,
            "name": near.asset.text("name") or near.asset.label,
            "entity": near.asset.entity,
            "cases": [
                {
                    "case": each.case.id,
                    "name": each.case.name.get(language),
                    "similarity": round(each.similarity, 4),
                    "coverage": round(each.coverage, 4),
                    "well_founded": each.well_founded,
                }
                for each in near.cases
            ],
        }
        for near in found
    ]
    if call.options.json:
        print_json({"park": park.label, "assets": document})
    else:
        heads = [call.texts(f"case_work.head.{n}") for n in ("asset", "case", "match", "basis")]
        print_table(heads, [row for each in document for row in _near_rows(each, call.texts)])
    services.close()
    return DONE


def _near_rows(asset: Mapping[str, Any], texts: Texts) -> list[list[str]]:
    rows = []
    for place, case in enumerate(asset["cases"]):
        alike = f"{case['similarity']:.4f}" if case["coverage"] else "—"
        match = f"{alike} × {case['coverage']:.2f}"
        thin = "" if case["well_founded"] else texts("case_work.thin")
        head = f"{asset['asset']} {asset['name']}" if place == 0 else ""
        rows.append([head, f"{case['case']} {case['name']}", match, thin])
    return rows


def run_weights(call: Call) -> int:
    """Print the weights of matching; with --set keep others, with --reset go back."""
    writing = call.options.reset or call.options.set
    services = call.program.open(call.options.project, reading=not writing)
    park = services.querying.park(call.options.park)
    name = call.options.assessment
    key = services.assessments.find(name).key if name else ""
    weighing = services.match_weighing
    if call.options.reset:
        weighing.reset(park.key, key)
    elif call.options.set:
        stated = {name: _weight(name, text) for name, text in pairs(call.options.set).items()}
        weights = {**weighing.weights(park.key, key).values, **stated}
        weighing.weigh(park.key, key, weights, call.options.reason)
    counted, kept = weighing.weights(park.key, key), weighing.kept(park.key, key)
    if call.options.json:
        values = {name: float(weight) for name, weight in counted.values.items()}
        print_json({"weights": values, "own": counted.own, "reason": counted.reason or None,
                    "author": counted.author or None,
                    "at": kept.at.isoformat() if kept and kept.at else None})  # fmt: skip
    else:
        heads = [call.texts("case_work.head.feature"), call.texts("case_work.head.weight")]
        print_table(
            heads,
            [
                [call.texts(f"content.feature.{name}"), f"{weight * 100:.2f}%"]
                for name, weight in counted.values.items()
            ],
        )
        print(kept_words(kept, call.texts))
    services.close()
    return DONE


def _weight(name: str, text: str) -> Decimal:
    """Read 0.22 or 22%."""
    try:
        value = Decimal(text.strip().removesuffix("%"))
    except DecimalException as error:
        raise UsageError("match_weighing.bad_number", name=name, text=text) from error
    if not value.is_finite():
        raise UsageError("match_weighing.bad_number", name=name, text=text)
    return value / 100 if text.strip().endswith("%") else value


def _say(call: Call, document: dict[str, Any], key: str, **params: Any) -> None:
    if call.options.json:
        print_json(document)
    else:
        print(call.texts(f"case_work.{key}", **params))
