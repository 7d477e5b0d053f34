# SPDX-License-Identifier: MIT
"""The program before a project is open: settings, texts, content, and the doors to projects."""

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import locations
from workbench.bootstrap.names import shipped_names
from workbench.bootstrap.services import Services
from workbench.domain.findings import UserError
from workbench.files import disk, folders
from workbench.files.settings import Settings, SettingsFile
from workbench.files.texts import TomlTexts, load_texts
from workbench.locations import as_place

if TYPE_CHECKING:
    from datetime import date, datetime

    from workbench.application.ports import Clock, Progress
    from workbench.application.project.safekeeping import Made, Restored, Safekeeping
    from workbench.domain.content import Content
    from workbench.domain.ranking.choices import RankingChoices
    from workbench.files.drafts import DraftFile


class SystemClock:
    """The computer's clock."""

    def now(self) -> "datetime":
        """Return the current time with its zone."""
        from datetime import datetime

        return datetime.now().astimezone()


class Program:
    """The program before a project is open: settings, texts, content, and the doors to projects."""

    def __init__(self, *, clock: "Clock | None" = None, language: str = "") -> None:
        self.clock: Clock = clock or SystemClock()
        self._settings_file = SettingsFile(folders.home() / "settings.toml")
        self.settings = self._settings_file.load()
        self.language = language or self.settings.language
        self._texts: dict[str, TomlTexts] = {}

    def today(self) -> "date":
        """Return today's date."""
        return self.clock.now().date()

    def drafts(self, project: str) -> "DraftFile":
        """Return where the user's unfinished typing in a project lies between two runs."""
        from workbench.files.drafts import DraftFile

        return DraftFile(folders.home() / "drafts", project)

    def write_pdf(self, workbook: str, progress: "Progress | None" = None) -> str:
        """Write a PDF beside a workbook through LibreOffice; OutputError when it cannot be."""
        from workbench.files.office_pdf import write_pdf

        return write_pdf(workbook, progress)

    def can_write_pdf(self) -> bool:
        """Tell whether LibreOffice is installed."""
        from workbench.files.office_pdf import find_office

        return find_office() is not None

    def texts(self, language: str = "") -> TomlTexts:
        """Return the texts of a language, of the chosen one by default."""
        wanted = language or self.language
        if wanted not in self._texts:
            self._texts[wanted] = load_texts(wanted, locations.resource("translations"))
        return self._texts[wanted]

    @cached_property
    def content(self) -> "Content":
        """Return the cases, pathways, parameters, rules and checklist that are shipped."""
        from workbench.files.content.loading import load_content

        checklist = locations.template("checklists", "revitalization.toml")
        return load_content(locations.seed(""), checklist, shipped_names())

    def change_settings(self, settings: Settings) -> None:
        """Take new settings and keep them."""
        self.settings = settings
        self.language = settings.language
        self._settings_file.save(settings)

    def remember(self, project: str) -> None:
        """Put a project at the head of the recent ones."""
        self.settings = self.settings.with_recent(project)
        with suppress(UserError):  # a closed settings folder is no reason to refuse work
            self._settings_file.save(self.settings)

    def read_decisions(self, path: str) -> "RankingChoices":
        """Return weights, scores and a choice from a TOML file; InputError naming the place."""
        from workbench.files.decision_card import read_decisions

        name, content = disk.read_file(path)
        ranked = [code for code, each in self.content.pathways.items() if each.ranked]
        author = self.settings.name_of_user()
        return read_decisions(disk.decoded(content, name), name, ranked, author)

    def write_text(self, path: str, text: str) -> None:
        """Write a text file, whole or not at all; OutputError when the place is closed."""
        disk.write_text(path, text)

    def read_text(self, path: str) -> tuple[str, str]:
        """Return a text file's name and content; InputError when it cannot be read."""
        name, content = disk.read_file(path)
        return name, disk.decoded(content, name)

    def open(self, project: str, *, dry_run: bool = False, reading: bool = False) -> Services:
        """Open a project; ProjectError for one that is missing, damaged, locked or newer.

        A project of an older edition is brought up to date, but for a dry run only in a copy. One
        on a server, of which no former copy stays, is refused when it is only tried or read.
        """
        from workbench.storage.project_file import is_address, open_project, open_to_try

        former = self.settings.former_files
        untouched = dry_run or (reading and is_address(project))
        engine = open_to_try(project) if untouched else open_project(project, former)
        return Services(self, _absolute(project), engine)

    def create(self, project: str) -> Services:
        """Make an empty project.

        UsageError for a name that is none of a project, OutputError when something is there.
        """
        from workbench.storage.project_file import create_project, refuse_name

        refuse_name(project)
        return Services(self, _absolute(project), create_project(project))

    @cached_property
    def safekeeping(self) -> "Safekeeping":
        """Return verifying, backing up and restoring of project files."""
        from workbench.storage.backups import FileSafekeeping

        return FileSafekeeping()

    def backup_folder(self, project: str) -> str:
        """Return where a project's backups lie: the chosen folder, else one beside the project."""
        chosen = self.settings.backup_folder
        beside = folders.home() if "://" in project else Path(_absolute(project)).parent
        return chosen or str(beside / folders.BACKUPS)

    def back_up(
        self,
        project: str,
        folder: str = "",
        keep: int | None = None,
        progress: "Progress | None" = None,
    ) -> "Made":
        """Write a verified backup; folder and number of generations as set unless they are given.

        ProjectError for a damaged project, OutputError for a closed or full place.
        """
        return self.safekeeping.backup(
            _absolute(project),
            folder or self.backup_folder(project),
            self.clock.now(),
            self.settings.backup_generations if keep is None else keep,
            progress,
        )

    def is_backup_behind(self, services: Services) -> bool:
        """Tell whether a project that has backups was changed after the newest of them."""
        project = services.project
        newest = self.safekeeping.newest_at(_absolute(project), self.backup_folder(project))
        if newest is None:
            return False
        with services.unit_of_work() as work:
            last = next(iter(work.log.recent(1)), None)
        # a backup's name tells seconds of local time
        return (
            last is not None and last.at.astimezone().replace(tzinfo=None, microsecond=0) > newest
        )

    def restore(
        self,
        backup: str,
        project: str,
        *,
        dry_run: bool = False,
        progress: "Progress | None" = None,
    ) -> "Restored":
        """Bring a project back from a backup; errors as ``Safekeeping.restore``."""
        return self.safekeeping.restore(
            backup,
            _absolute(project),
            self.clock.now(),
            dry_run=dry_run,
            asides=self.settings.former_files,
            progress=progress,
        )

    def create_sample(self, project: str, progress: "Progress | None" = None) -> Services:
        """Make a project of the sample park from the shipped ledger; nothing stays if it fails."""
        from workbench.application.ports import Silent
        from workbench.application.project.sampling import fill_sample

        services = self.create(project)
        try:
            fill_sample(services, str(locations.seed("demo_ledger.xlsx")), progress or Silent())
        except BaseException:
            services.close()
            Path(services.project).unlink(missing_ok=True)
            raise
        return services

    def sample_path(self) -> Path:
        """Return where the sample park is kept for the window; its folder exists."""
        path = folders.sample_project()
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def log_path(self) -> Path:
        """Return the log file; its folder exists."""
        path = folders.log_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


MakeProgram = Callable[[], Program]


def _absolute(project: str) -> str:
    return project if "://" in project else str(as_place(project).absolute())
