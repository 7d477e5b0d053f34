# SPDX-License-Identifier: MIT
"""The clock of a report: China's, wherever the computer stands, so that two exports agree."""

from datetime import datetime, timedelta, timezone

CHINA_TIME = timezone(timedelta(hours=8))
"""One time for the whole country, without summer time."""


def china_minute(at: datetime) -> str:
    """Return a moment to the minute, as the clocks in China show it."""
    return f"{at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"
