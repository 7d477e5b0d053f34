# SPDX-License-Identifier: MIT
"""The user's settings, typed, in one TOML file; each setting is declared here and nowhere else."""

import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from workbench.domain.findings import OutputError

RECENT_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set; ``theme`` is system, light or dark, ``zoom`` a percentage.

    An empty ``backup_folder`` is one beside each project; ``former_files`` is how many files from
    before a restore or a migration stay beside it.
    """

    language: str = "zh_CN"
    theme: str = "system"
    zoom: int = 100
    density: str = "standard"
    actor: str = ""
    recent: tuple[str, ...] = ()
    backup_folder: str = ""
    backup_generations: int = 10
    backup_at_close: bool = True
    former_files: int = 5

    def name_of_user(self) -> str:
        """Return who stands in the change log."""
        return self.actor or _login_name()

    def with_recent(self, project: str) -> "Settings":
        """Return the settings with a project at the head of the recent ones."""
        rest = tuple(item for item in self.recent if item != project)
        return replace(self, recent=(project, *rest)[:RECENT_LIMIT])


class SettingsFile:
    """Reads and writes the settings; a damaged file gives the defaults and is kept beside."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Settings:
        """Return the stored settings; unknown or badly typed entries fall back to defaults."""
        if not self._path.exists():
            return Settings()
        import tomllib

        try:
            data = tomllib.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Settings()
        defaults = asdict(Settings())
        known = {
            name: _typed(data[name], default) for name, default in defaults.items() if name in data
        }
        return Settings(**{name: value for name, value in known.items() if value is not None})

    def save(self, settings: Settings) -> None:
        """Write the settings, whole or not at all; OutputError when the place is closed."""
        lines = [
            f"{field.name} = {_toml(getattr(settings, field.name))}" for field in fields(settings)
        ]
        unfinished = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8")
            os.replace(unfinished, self._path)  # noqa: PTH105 - the atomic rename on every system
        except OSError as error:
            raise OutputError(
                "project.cannot_write", path=str(self._path), reason=error.strerror or ""
            ) from error


def _typed(value: Any, default: Any) -> Any:
    if isinstance(default, tuple):
        return tuple(str(item) for item in value) if isinstance(value, list) else None
    return value if type(value) is type(default) else None


def _toml(value: Any) -> str:
    import json

    # A JSON string, number or list of strings is TOML, too.
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "user"
