# SPDX-License-Identifier: MIT
"""Writes the next migration: what the tables say now against what the migrations build.

python scripts/new_migration.py "what changes"   then read the file it wrote
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

# this checkout's tables, not those of an installed program
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alembic import command
from alembic.script import ScriptDirectory

from workbench.storage import migrate
from workbench.storage.engine import make_engine


def next_number() -> str:
    """Return the number after the newest migration's, as four digits."""
    script = ScriptDirectory.from_config(migrate.config())
    numbers = [int(revision.revision) for revision in script.walk_revisions()]
    return f"{max(numbers, default=0) + 1:04}"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        migrate.upgrade(engine)
        settings = migrate.config()
        with engine.begin() as connection:
            settings.attributes["connection"] = connection
            command.revision(settings, arguments[0], autogenerate=True, rev_id=next_number())
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
