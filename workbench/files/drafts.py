# SPDX-License-Identifier: MIT
"""What a user typed and has not kept yet, in one file per project in the user's own folder."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.domain.findings import InputError, OutputError
from workbench.files import disk


class DraftFile:
    """Reads and writes the drafts of one project; a spoiled file is put aside, never guessed at."""

    def __init__(self, folder: Path, project: str) -> None:
        name = hashlib.sha256(project.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        self._path = folder / f"{name}.json"

    def load(self) -> dict[str, Any]:
        """Return the drafts by their place; none when nothing can be read."""
        if not self._path.exists():
            return {}
        try:
            name, content = disk.read_file(str(self._path))
            found = json.loads(disk.decoded(content, name))
        except (InputError, ValueError):
            self._put_aside()
            return {}
        return found if isinstance(found, dict) else {}

    def save(self, drafts: Mapping[str, Any]) -> None:
        """Write the drafts, whole or not at all; OutputError when the place is closed."""
        try:
            if not drafts:
                self._path.unlink(missing_ok=True)
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(
                "project.cannot_write", path=str(self._path), reason=reason
            ) from error
        # in ASCII: half of a character, which may have been typed, has no other form in a file
        disk.write_text(str(self._path), json.dumps(drafts))

    def _put_aside(self) -> None:
        """Keep what cannot be read, for somebody who can."""
        try:
            self._path.replace(self._path.with_suffix(".damaged"))
        except OSError:
            return
