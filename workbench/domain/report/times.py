# SPDX-License-Identifier: MIT
"""The clock of a report: China's, wherever the computer stands, so that two exports agree."""

from datetime import timedelta, timezone

CHINA_TIME = timezone(timedelta(hours=8))
"""One time for the whole country, without summer time."""
