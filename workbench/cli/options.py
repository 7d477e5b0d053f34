# SPDX-License-Identifier: MIT
"""What every command is given, and how its words become values."""

import argparse
from dataclasses import dataclass
from datetime import date

from workbench.application.ports import Texts
from workbench.bootstrap import Program, Services
from workbench.domain.findings import UsageError
from workbench.domain.parsing.written_dates import FIRST_YEAR, LAST_YEAR
from workbench.domain.records.ledger import Record

ASSET_ENTITIES = ("parcel", "building", "facility")
LANGUAGE_WORDS = {"zh": "zh_CN", "zh_CN": "zh_CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Call:
    """One command as it was called."""

    program: Program
    texts: Texts
    options: argparse.Namespace


def as_date(text: str) -> date:
    """Read a date of the form 2026-06-30, in the years that a ledger takes and Excel can show."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("cli.bad_date", text=text) from error
    if not FIRST_YEAR < day.year <= LAST_YEAR:
        raise UsageError("cli.far_date", text=text, first=FIRST_YEAR + 1, last=LAST_YEAR)
    return day


def pairs(words: list[str]) -> dict[str, str]:
    """Read FIELD=VALUE words; UsageError for other words, and for a name that comes twice."""
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise UsageError("cli.bad_pair", text=word)
        if name in found:
            raise UsageError("cli.named_twice", text=name)
        found[name] = value
    return found


def asset_of(services: Services, wanted: str) -> Record:
    """Return the asset with this code, name or key; UsageError naming some that there are."""
    known = []
    for entity in ASSET_ENTITIES:
        for record in services.querying.records(entity):
            if wanted in (record.get("code"), record.get("name"), record.key):
                return record
            known.append(str(record.get("code") or record.label))
    raise UsageError("cli.no_asset", asset=wanted, known=" ".join(known[:20]))
