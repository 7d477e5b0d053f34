# SPDX-License-Identifier: MIT
"""Kills, full disks and concurrent writers on whole projects: each must be as before or after.

Every attempt runs the real command in a child process on a project of its own. Afterwards the
project must verify, hold exactly what it held before or after the command, and no half file may
lie about under a name that somebody would trust.
"""

import os
import random
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.tortures.report import Options, Report
from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Program
from workbench.cli.main import main
from workbench.domain.catalogue import CATALOGUE

KILLS, FULL, WRITERS, EDITS = 240, 120, 4, 40
QUICK = 10
_FILE = 3_000_000
_SENTENCES = (0, 1, 4, 5)
_BEFORE_ANY = 0.002

Content = dict[tuple[str, str], dict[str, object]]
Words = Callable[["Desk"], Sequence[str]]


@dataclass(frozen=True)
class Desk:
    """One project with a copy that was edited elsewhere, a backup, and a file to add."""

    folder: Path

    @property
    def project(self) -> str:
        return str(self.folder / "园.park")

    @property
    def other(self) -> str:
        return str(self.folder / "另一份.park")

    @property
    def backup(self) -> str:
        return str(self.folder / "旧.park")

    @property
    def file(self) -> str:
        return str(self.folder / "权证.pdf")

    @property
    def backups(self) -> Path:
        return self.folder / "备份"


COMMANDS: dict[str, Words] = {
    "edit": lambda desk: ["set", desk.project, "parcel", "L1", "name=改名"],
    "bulk": lambda desk: ["bulk-set", desk.project, "parcel", "note=批量"],
    "undo": lambda desk: ["undo", desk.project],
    "evidence": lambda desk: ["evidence", desk.project, "add", "parcel", "L2", desk.file],
    "merge": lambda desk: ["merge", desk.project, desk.other, "--prefer", "theirs"],
    "backup": lambda desk: ["backup", desk.project, str(desk.backups)],
    "restore": lambda desk: ["restore", desk.backup, desk.project],
}


def torture(options: Options) -> Report:
    report = Report("projects")
    rng = random.Random(options.seed)
    share = QUICK if options.quick else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["WORKBENCH_HOME"] = str(folder / "home")
        model = _model(folder / "model")
        after = {what: _after(model, folder / "after", words) for what, words in COMMANDS.items()}
        for number in range(KILLS // share):
            what = list(COMMANDS)[number % len(COMMANDS)]
            limit = after[what][1] * rng.random() * 1.1
            _one(
                report,
                options,
                f"kill {what}",
                model,
                after[what][0],
                folder,
                COMMANDS[what],
                limit,
            )
        for number in range(FULL // share):
            what = list(COMMANDS)[number % len(COMMANDS)]
            room = rng.randrange(4096, 2 * Path(model.project).stat().st_size)
            _one(
                report,
                options,
                f"full {what}",
                model,
                after[what][0],
                folder,
                COMMANDS[what],
                0,
                room,
            )
        _writers(report, model, folder / "writers", EDITS // share)
    return report


def _model(folder: Path) -> Desk:
    folder.mkdir(parents=True)
    desk = Desk(folder)
    program = Program()
    services = program.create(desk.project)
    park = services.editing.add("park", {"code": "P", "name": "柳溪园"})
    for number in range(1, 200):
        values = {"code": f"L{number}", "name": f"{number}号地", "park": "柳溪园"}
        services.editing.add("parcel", values)
    Path(desk.file).write_bytes(os.urandom(_FILE))
    first = folder / "照片.jpg"
    first.write_bytes(os.urandom(_FILE // 3))
    services.evidencing.attach(Owner("park", park), [str(first)])
    services.close()
    shutil.copyfile(desk.project, desk.backup)
    shutil.copyfile(desk.project, desk.other)
    theirs = program.open(desk.other)
    added = theirs.editing.add("parcel", {"code": "N1", "name": "新地", "park": "柳溪园"})
    theirs.evidencing.attach(Owner("parcel", added), [desk.file])
    theirs.close()
    ours = program.open(desk.project)
    ours.editing.edit("park", park, "name", "柳溪二园")
    ours.close()
    return desk


def _copy(model: Desk, folder: Path) -> Desk:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(model.folder, folder)
    return Desk(folder)


def _after(model: Desk, folder: Path, words: Words) -> tuple[Content, float]:
    """Return what a project holds after a command that nothing disturbs, and how long it takes."""
    desk = _copy(model, folder)
    began = time.perf_counter()
    _run(words(desk))
    took = time.perf_counter() - began
    return _content(desk.project), took


def _run(words: Sequence[str], seconds: float = 0, room: int = 0) -> int | None:
    """Run a command in a child, killed after some time; return its status, None when killed."""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            if room:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            status = main(list(words))
        finally:
            os._exit(status)
    if seconds:
        time.sleep(max(_BEFORE_ANY, seconds))
        os.kill(child, signal.SIGKILL)
    _, ended = os.waitpid(child, 0)
    return os.WEXITSTATUS(ended) if os.WIFEXITED(ended) else None


def _content(project: str) -> Content:
    services = Program().open(project)
    with services.unit_of_work() as work:
        found: Content = {
            (entity.key, _named(record.key, record.values)): _told(record.values)
            for entity in CATALOGUE
            if entity.key != "merged_copy"
            for record in work.records.all(entity.key)
        }
    services.close()
    return found


def _named(key: str, values: Mapping[str, object]) -> str:
    """Return a name that a new record has in every run."""
    return str(values.get("name") or key)


def _told(values: Mapping[str, object]) -> dict[str, object]:
    """Return what a record says, without the keys that are new in every run."""
    return {k: v for k, v in values.items() if k != "owner_key"}


def _one(
    report: Report,
    options: Options,
    what: str,
    model: Desk,
    after: Content,
    folder: Path,
    words: Words,
    seconds: float,
    room: int = 0,
) -> None:
    desk = _copy(model, folder / "desk")
    before = _content(model.project)
    status = _run(words(desk), seconds, room)
    loss = _loss(desk, before, after, status)
    report.take(not loss, f"{what}: {loss} (status {status})")
    ended = "killed" if status is None else f"status_{status}"
    report.notes[ended] = report.notes.get(ended, 0) + 1
    if loss and options.keep:
        shutil.copytree(desk.folder, options.keep / f"{report.tried}", dirs_exist_ok=True)


def _loss(desk: Desk, before: Content, after: Content, status: int | None) -> str:
    """Return what was lost, "" for nothing."""
    if status is not None and status not in _SENTENCES:
        return "no sentence"
    keeper = Program().safekeeping
    if not Path(desk.project).exists():
        return "the project is gone"
    if not keeper.verify(desk.project).whole:
        return "the project does not verify"
    held = _content(desk.project)
    if held not in (before, after):
        return "neither before nor after"
    if status in (0, 1) and held != after:
        return "said done and was not"
    for backup in keeper.backups(desk.project, str(desk.backups)):
        if not keeper.verify(backup.path).whole:
            return f"half a backup: {backup.name}"
    return ""


def _writers(report: Report, model: Desk, folder: Path, edits: int) -> None:
    """Let several processes edit one project at once; every edit must be there at the end."""
    desk = _copy(model, folder)
    children = []
    for writer in range(WRITERS):
        child = os.fork()
        if child == 0:
            failed = 70
            try:
                silent = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silent, 1)
                os.dup2(silent, 2)
                failed = sum(
                    main(
                        [
                            "set",
                            desk.project,
                            "parcel",
                            f"L{1 + writer + WRITERS * n}",
                            f"note={writer}-{n}",
                        ]
                    )
                    != 0
                    for n in range(edits)
                )
            finally:
                os._exit(min(failed, 99))
        children.append(child)
    failures = [os.WEXITSTATUS(os.waitpid(child, 0)[1]) for child in children]
    held = _content(desk.project)
    for writer in range(WRITERS):
        for number in range(edits):
            told = held["parcel", f"{1 + writer + WRITERS * number}号地"].get("note")
            report.take(told == f"{writer}-{number}", f"writer {writer}: edit {number} is {told}")
    report.take(not any(failures), f"writers refused: {failures}")
    whole = Program().safekeeping.verify(desk.project).whole
    report.take(whole, "the project does not verify after concurrent writers")
