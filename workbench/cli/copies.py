# SPDX-License-Identifier: MIT
"""The command merge: brings two copies of one project together."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.application.ports import Texts
from workbench.cli.options import Call
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json

if TYPE_CHECKING:
    from workbench.application.project.copies_look import Conflicting
    from workbench.application.project.copies_words import CopyWords
    from workbench.application.project.rechecking import Broken
    from workbench.application.project.reconciling import Merged
    from workbench.domain.reconciling.copies import Stamp
    from workbench.domain.reconciling.differences import Difference

Commands = Any
_SHOWN = 50
"""How many changes the words for people name; the JSON has all."""


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    merge: argparse.ArgumentParser = commands.add_parser("merge", help=texts("copies.help.merge"))
    merge.add_argument("project", metavar="PROJECT")
    merge.add_argument("other", metavar="OTHER")
    merge.add_argument("--dry-run", action="store_true", help=texts("copies.help.dry_run"))
    merge.add_argument("--prefer", choices=("ours", "theirs"), help=texts("copies.help.prefer"))
    merge.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    merge.set_defaults(run=run_merge)


def run_merge(call: Call) -> int:
    """Take over what the other copy has; 1 when conflicts stay open or a rule is broken now."""
    options = call.options
    services = call.program.open(options.project, dry_run=options.dry_run)
    try:
        done = services.keeping.reconciling.merge(
            options.other,
            _name(options.other),
            options.prefer or "",
            dry_run=options.dry_run,
            progress=TerminalProgress(call.texts("cli.working")),
        )
        from workbench.application.project.copies_words import CopyWords

        words = CopyWords(call.texts, services.catalogue, done.comparison.names)
        if options.json:
            print_json(_document(done, services.project, options, words, call.texts))
        else:
            _print(done, options, call.texts, words)
    finally:
        services.close()
    return DONE_WITH_ERRORS if done.open or done.broken else DONE


def _name(other: str) -> str:
    return other.split("@")[-1] if "://" in other else Path(other).name


def _document(
    done: "Merged", project: str, options: argparse.Namespace, words: "CopyWords", texts: Texts
) -> dict[str, Any]:
    from workbench.application.project.copies_look import counted

    return {
        "project": project,
        "other": options.other.split("@")[-1] if "://" in options.other else options.other,
        "dry_run": options.dry_run,
        "written": done.written,
        "operations": done.comparison.news,
        "contributors": list(done.comparison.contributors),
        "counts": dict(counted(done.taken)),
        "changes": [_change(each, words) for each in done.taken],
        "conflicts": [_conflict(each, words) for each in done.comparison.conflicts],
        "open": len(done.open),
        "finals": list(done.comparison.finals),
        "files": done.files,
        "missing_files": list(done.missing),
        "broken": [_broken(each, texts) for each in done.broken] if done.rechecked else None,
    }


def _broken(each: "Broken", texts: Texts) -> dict[str, Any]:
    from workbench.application.project.rechecking import broken_words

    return {
        "entity": each.entity,
        "key": each.key,
        "field": each.field or None,
        "code": each.code,
        "level": each.level.value,
        "text": broken_words(each, texts),
    }


def _change(each: "Difference", words: "CopyWords") -> dict[str, Any]:
    return {
        "entity": each.record.entity,
        "key": each.record.key,
        "label": words.label(each.here or each.record),
        "kind": each.kind.value,
        "field": each.field or None,
        "old": words.plain(each, each.ours.value),
        "new": words.plain(each, each.theirs.value),
        "by": each.theirs_by.actor if each.theirs_by else None,
        "at": _iso(each.theirs_by),
    }


def _conflict(each: "Conflicting", words: "CopyWords") -> dict[str, Any]:
    found = each.difference
    return {
        "entity": found.record.entity,
        "key": found.record.key,
        "label": words.label(found.here or found.record),
        "field": found.field or None,
        "fields": list(found.fields),
        "reason": found.conflict.value,
        "base": words.plain(found, each.base),
        "ours": words.side(found, found.here, found.ours),
        "theirs": words.side(found, found.record, found.theirs),
        "ours_by": found.ours_by.actor if found.ours_by else None,
        "ours_at": _iso(found.ours_by),
        "theirs_by": found.theirs_by.actor if found.theirs_by else None,
        "theirs_at": _iso(found.theirs_by),
    }


def _iso(stamp: "Stamp | None") -> str | None:
    return stamp.at.isoformat(timespec="seconds") if stamp else None


def _print(done: "Merged", options: argparse.Namespace, texts: Texts, words: "CopyWords") -> None:
    from workbench.application.project.copies_look import counted

    for line in done.comparison.contributors:
        print(texts("copies.say.contributor", who=line))
    _print_some([words.change(each) for each in done.taken], texts)
    if done.comparison.conflicts:
        print(texts("copies.say.conflicts", count=len(done.comparison.conflicts)))
        _print_some([words.conflict(each) for each in done.comparison.conflicts], texts)
        print(texts(f"copies.say.{options.prefer or 'kept'}", count=len(done.open)))
    for name in done.comparison.finals:
        print(texts("copies.say.final", name=name))
    for name in done.missing:
        print(texts("copies.say.missing", name=name))
    counts = dict(counted(done.taken))
    if not done.taken and not done.written:
        print(texts("copies.say.nothing"))
    elif options.dry_run:
        print(texts("copies.say.would", files=done.files, **counts))
    else:
        print(texts("copies.say.done", files=done.files, **counts))
    if done.broken:
        from workbench.application.project.rechecking import broken_words

        said = "would_break" if options.dry_run else "broken"
        print(texts(f"copies.say.{said}", count=len(done.broken)))
        _print_some([broken_words(each, texts) for each in done.broken], texts)
    if done.rechecked is False:
        print(texts("copies.say.not_rechecked"))


def _print_some(lines: Sequence[str], texts: Texts) -> None:
    for line in lines[:_SHOWN]:
        print("  " + line)
    if len(lines) > _SHOWN:
        print("  " + texts("copies.say.more", count=len(lines) - _SHOWN))
