# SPDX-License-Identifier: MIT
"""Commands that keep a project safe: verify, backup, restore."""

import argparse
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.application.ports import Texts
from workbench.application.project.safekeeping import Backup, Trouble, Verification
from workbench.cli.options import Call
from workbench.cli.output import DONE, DONE_WITH_ERRORS, TerminalProgress, print_json, print_table
from workbench.domain.findings import ProjectError, UsageError

Commands = Any
_SEAL = re.compile(r"[0-9a-f]{16,64}")


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    verify = commands.add_parser("verify", help=texts("safekeeping.help.verify"))
    verify.add_argument("project", metavar="PROJECT")
    verify.add_argument("--seal", default="", metavar="SEAL", help=texts("safekeeping.help.seal"))
    _with_json(verify, texts).set_defaults(run=run_verify)
    backup = commands.add_parser("backup", help=texts("safekeeping.help.backup"))
    backup.add_argument("project", metavar="PROJECT")
    backup.add_argument("folder", metavar="FOLDER", nargs="?", default="")
    backup.add_argument("--keep", type=int, metavar="N", help=texts("safekeeping.help.keep"))
    backup.add_argument("--list", action="store_true", help=texts("safekeeping.help.list"))
    _with_json(backup, texts).set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help=texts("safekeeping.help.restore"))
    restore.add_argument("backup", metavar="BACKUP")
    restore.add_argument("project", metavar="PROJECT")
    restore.add_argument("--dry-run", action="store_true", help=texts("safekeeping.help.dry_run"))
    _with_json(restore, texts).set_defaults(run=run_restore)


def _with_json(parser: argparse.ArgumentParser, texts: Texts) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    return parser


def run_verify(call: Call) -> int:
    """Read a whole project; 1 when something in it is missing or altered, 4 when it is damaged.

    With a seal that was written down once, 1 too when the log does not have it.
    """
    asked = _seal(call.options.seal)
    seen = call.program.safekeeping.verify(call.options.project, _progress(call))
    step = next((at for seal, at in seen.seals.items() if seal.startswith(asked)), None)
    if call.options.json:
        document = _document(seen, call.texts)
        print_json(document | {"asked": {"seal": asked, "step": step} if asked else None})
    else:
        _print(seen, call.texts)
        if asked:
            code = "seal_lacking" if step is None else "seal_found"
            print(call.texts(f"safekeeping.say.{code}", seal=asked, step=step))
    if seen.damaged:
        return ProjectError.exit_status
    lacking = bool(asked) and step is None
    return DONE_WITH_ERRORS if lacking or not seen.whole else DONE


def _seal(text: str) -> str:
    """Return a seal as it was typed off a report; UsageError for what cannot be one."""
    asked = "".join(text.split()).lower()
    if text and not _SEAL.fullmatch(asked):
        raise UsageError("safekeeping.bad_seal", seal=text)
    return asked


def run_backup(call: Call) -> int:
    """Write one backup, or list those that there are."""
    keep = call.options.keep
    if keep is not None and keep < 1:
        raise UsageError("safekeeping.bad_keep", count=keep)
    project = call.options.project
    folder = call.options.folder or call.program.backup_folder(project)
    if call.options.list:
        found = call.program.safekeeping.backups(project, folder, _progress(call))
        if call.options.json:
            print_json({"folder": folder, "backups": [_plain(each) for each in found]})
        else:
            _print_list(list(found), folder, call.texts)
        return DONE
    made = call.program.back_up(project, folder, keep, _progress(call))
    if call.options.json:
        document = {"sha256": made.sha256, "removed": list(made.removed)}
        print_json(_plain(made.backup) | document | {"content": _document(
            made.verification, call.texts)})  # fmt: skip
    else:
        size = _size(made.backup.size)
        print(call.texts("safekeeping.say.made", path=made.backup.path, size=size))
        print(f"SHA-256  {made.sha256}")
        for name in made.removed:
            print(call.texts("safekeeping.say.removed", name=name))
        _print(made.verification, call.texts)
    return DONE if made.verification.whole else DONE_WITH_ERRORS


def run_restore(call: Call) -> int:
    """Bring a project back from a backup, or say what would come."""
    options = call.options
    done = call.program.restore(
        options.backup, options.project, dry_run=options.dry_run, progress=_progress(call)
    )
    if options.json:
        print_json({
            "backup": done.backup, "project": done.project, "aside": done.aside or None,
            "dry_run": done.dry_run, "removed": list(done.removed),
            "content": _document(done.verification, call.texts),
        })  # fmt: skip
    else:
        _print(done.verification, call.texts)
        if done.aside:
            code = "would_move" if done.dry_run else "moved"
            print(call.texts(f"safekeeping.say.{code}", old=done.project, new=done.aside))
        for name in done.removed:
            print(call.texts("safekeeping.say.removed_aside", name=name))
        code = "would_restore" if done.dry_run else "restored"
        print(call.texts(f"safekeeping.say.{code}", path=done.project))
    return DONE if done.verification.whole else DONE_WITH_ERRORS


def _progress(call: Call) -> TerminalProgress:
    return TerminalProgress(call.texts("cli.working"))


def _document(seen: Verification, texts: Texts) -> dict[str, Any]:
    return {
        "project": seen.path,
        "whole": seen.whole,
        "damaged": seen.damaged,
        "schema": seen.schema,
        "records": dict(seen.records),
        "contents": {"count": seen.contents, "bytes": seen.content_bytes},
        "frozen_assessments": seen.frozen,
        "operations": seen.operations,
        "newest": seen.newest.isoformat(timespec="seconds") if seen.newest else None,
        "newest_by": seen.newest_by or None,
        "seal": seen.seal or None,
        "unsealed": {"operations": seen.unsealed_operations, "records": seen.unsealed_records},
        "troubles": [asdict(each) | {"text": _words(each, texts)} for each in seen.troubles],
    }


def _print(seen: Verification, texts: Texts) -> None:
    from workbench.domain.catalogue import CATALOGUE

    rows = [
        [CATALOGUE[entity].title(texts.language), str(count)]
        for entity, count in seen.records.items()
        if count
    ]
    if rows:
        print_table([texts("safekeeping.column.kind"), texts("safekeeping.column.count")], rows)
    size = _size(seen.content_bytes)
    print(texts("safekeeping.say.contents", count=seen.contents, size=size, frozen=seen.frozen))
    if seen.newest is not None:
        at = seen.newest.astimezone().isoformat(" ", "minutes")[:16]
        words = {"count": seen.operations, "at": at, "actor": seen.newest_by}
        print(texts("safekeeping.say.newest", **words))
    if seen.seal:
        print(texts("safekeeping.say.seal", seal=seen.seal))
    if seen.unsealed_operations:
        words = {"operations": seen.unsealed_operations, "records": seen.unsealed_records}
        print(texts("safekeeping.say.unsealed", **words))
    if seen.schema < seen.ours:
        print(texts("safekeeping.say.old_schema", theirs=seen.schema, ours=seen.ours))
    for each in seen.troubles:
        print("! " + _words(each, texts))
    state = "damaged" if seen.damaged else "whole" if seen.whole else "findings"
    print(texts(f"safekeeping.say.{state}", path=seen.path, count=len(seen.troubles)))


def _words(trouble: Trouble, texts: Texts) -> str:
    from workbench.application.naming import named_params

    return texts(
        f"safekeeping.trouble.{trouble.code}", **named_params(trouble.params, texts.language)
    )


def _plain(backup: Backup) -> dict[str, Any]:
    return {
        "path": backup.path,
        "at": backup.at.isoformat(timespec="seconds"),
        "size": backup.size,
        "health": backup.health.value,
    }


def _print_list(found: list[Backup], folder: str, texts: Texts) -> None:
    if found:
        heads = [texts(f"safekeeping.column.{name}") for name in ("at", "size", "health", "name")]
        print_table(heads, [
            [each.at.isoformat(" ", "minutes"), _size(each.size),
             texts(f"safekeeping.health.{each.health}"), Path(each.path).name]
            for each in found
        ])  # fmt: skip
    print(texts("safekeeping.say.listed", count=len(found), folder=folder))


def _size(size: int) -> str:
    mib = 1024 * 1024
    return f"{size / mib:.1f} MB" if size >= mib else f"{max(1, round(size / 1024))} KB"
