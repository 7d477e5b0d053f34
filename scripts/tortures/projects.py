# SPDX-License-Identifier: MIT
"""Kills, full disks, cancelling and concurrent writers on whole projects: as before or after.

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
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scripts.tortures.report import Options, Report
from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Program
from workbench.cli.__main__ import INTERRUPTED
from workbench.cli.main import main
from workbench.cli.output import TerminalProgress
from workbench.domain.catalogue import CATALOGUE

KILLS, FULL, CANCELS, WRITERS, EDITS = 240, 120, 120, 4, 40
QUICK = 10
_FILE = 3_000_000
_SENTENCES = (0, 1, 4, 5)
_STEPS = 60
"""Up to how many reports a command makes before it is cancelled."""
_APART = frozenset({"merged_copy", "cleaned_files"})
"""Records that say when something was done, which is another time in every run."""
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
    def table(self) -> str:
        return str(self.folder / "台账.csv")

    @property
    def out(self) -> Path:
        return self.folder / "写出.xlsx"

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
    "clean": lambda desk: ["evidence", desk.project, "clean"],
    "import": lambda desk: ["import", desk.project, desk.table],
    "export": lambda desk: ["export-ledger", desk.project, str(desk.out)],
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
        one = _Trials(report, options, model, {what: after[what][0] for what in COMMANDS}, folder)
        names = list(COMMANDS)
        for number in range(KILLS // share):
            what = names[number % len(names)]
            one.run("kill", what, seconds=after[what][1] * rng.random() * 1.1)
        for number in range(FULL // share):
            what = names[number % len(names)]
            one.run("full", what, room=rng.randrange(4096, Path(model.project).stat().st_size))
        for number in range(CANCELS // share):
            one.run("cancel", names[number % len(names)], steps=rng.randrange(1, _STEPS))
        _writers(report, model, folder / "writers", EDITS // share)
    return report


def _model(folder: Path) -> Desk:
    folder.mkdir(parents=True)
    desk = Desk(folder)
    program = Program()
    services = program.create(desk.project)
    park = services.editing.add("park", {"code": "P", "name": "柳溪园"})
    old = folder / "旧照片.jpg"  # out of undo's reach once the parcels are there
    old.write_bytes(os.urandom(_FILE // 3))
    [key] = services.evidencing.attach(Owner("park", park), [str(old)])
    services.evidencing.detach(key)
    for number in range(1, 200):
        values = {"code": f"L{number}", "name": f"{number}号地", "park": "柳溪园"}
        services.editing.add("parcel", values)
    Path(desk.file).write_bytes(os.urandom(_FILE))
    rows = "\n".join(f"柳溪二园,{n}号厂房,F{n},{1000 + n}" for n in range(400))
    head = "园区名称,厂房名称,楼栋编号,建筑面积（㎡）"
    Path(desk.table).write_text(f"{head}\n{rows}\n", encoding="utf-8")
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


def _run(words: Sequence[str], seconds: float = 0, room: int = 0, steps: int = 0) -> int | None:
    """Run a command in a child, killed after some time; return its status, None when killed.

    ``room`` is the largest file that it can write, ``steps`` after how many reports it is stopped.
    """
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
            if steps:
                _stop_after(steps)
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
            if entity.key not in _APART
            for record in work.records.all(entity.key)
        }
        found["contents", ""] = dict(work.files.sizes())
    services.close()
    return found


def _named(key: str, values: Mapping[str, object]) -> str:
    """Return a name that a new record has in every run."""
    return str(values.get("name") or key)


def _told(values: Mapping[str, object]) -> dict[str, object]:
    """Return what a record says, without the keys that are new in every run."""
    return {k: v for k, v in values.items() if k != "owner_key"}


@dataclass
class _Trials:
    """Runs disturbed commands, each on a project of its own."""

    report: Report
    options: Options
    model: Desk
    after: Mapping[str, Content]
    folder: Path

    def run(
        self, how: str, what: str, *, seconds: float = 0, room: int = 0, steps: int = 0
    ) -> None:
        desk = _copy(self.model, self.folder / "desk")
        status = _run(COMMANDS[what](desk), seconds, room, steps)
        loss = _loss(desk, self.before, self.after[what], status)
        report = self.report
        report.take(not loss, f"{how} {what}: {loss} (status {status})")
        ended = "killed" if status is None else f"status_{status}"
        report.notes[ended] = report.notes.get(ended, 0) + 1
        if loss and self.options.keep:
            kept = self.options.keep / f"{report.tried}"
            shutil.copytree(desk.folder, kept, dirs_exist_ok=True)

    @cached_property
    def before(self) -> Content:
        return _content(self.model.project)


def _stop_after(steps: int) -> None:
    """Let the command's progress say that the person wants to stop, after some reports."""
    left = [steps]

    def step(_self: TerminalProgress, _done: int, _total: int) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise KeyboardInterrupt  # as Ctrl+C in the middle of it

    TerminalProgress.step = step  # type: ignore[method-assign]  # this child ends with the command


def _loss(desk: Desk, before: Content, after: Content, status: int | None) -> str:
    """Return what was lost, "" for nothing."""
    if status is not None and status not in (*_SENTENCES, INTERRUPTED):
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
    if desk.out.exists() and not _is_whole(desk.out):
        return "half a workbook"
    for backup in keeper.backups(desk.project, str(desk.backups)):
        if not keeper.verify(backup.path).whole:
            return f"half a backup: {backup.name}"
    return ""


def _is_whole(workbook: Path) -> bool:
    if not zipfile.is_zipfile(workbook):
        return False
    with zipfile.ZipFile(workbook) as parts:
        return parts.testzip() is None


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
