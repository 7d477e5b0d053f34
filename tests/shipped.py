"""What the program ships, read once in a run, and a day on which to judge by it."""

from datetime import UTC, date, datetime
from functools import cache

from workbench import locations
from workbench.files.content.loading import load_content
from workbench.files.texts import load_texts

AS_OF = date(2025, 6, 30)
NOW = datetime(2026, 6, 30, 8, 0, tzinfo=UTC)


class FixedClock:
    """Always the same moment."""

    def now(self):
        return NOW


@cache
def content():
    checklist = locations.template("checklists", "revitalization.toml")
    return load_content(locations.seed(""), checklist)


@cache
def texts(language="zh_CN"):
    return load_texts(language, locations.resource("translations"))
