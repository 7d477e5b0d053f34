# SPDX-License-Identifier: MIT
"""Binds sheets that are no assessment of one park into a report with cover and contents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workbench.application.ports import Texts
from workbench.domain.content import Content
from workbench.domain.report.model import Cell, Cover, Report, Sheet, Signature
from workbench.domain.report.times import CHINA_TIME

_SIGNING = ("made", "checked", "approved", "on")
Facts = Sequence[tuple[str, Cell]]


@dataclass(frozen=True)
class Binding:
    """What the cover of such a report says beside its facts."""

    title: str
    subject: str
    as_of: date
    status: str
    notice: str
    draft_notice: str = ""
    edition: int = 1


def signature(texts: Texts) -> Signature:
    """Return the row in which people sign."""
    return Signature(tuple(texts(f"report.sign.{role}") for role in _SIGNING))


def bound(
    binding: Binding, facts: Facts, sheets: Sequence[Sheet], content: Content, texts: Texts,
    created: datetime,
) -> Report:  # fmt: skip
    """Return the report; the cover names the parameter set and when it was made."""
    front = [
        Sheet(key, texts(f"report.sheet.{key}"), texts(f"report.sheet.{key}"), ())
        for key in ("cover", "contents")
    ]
    created = created.astimezone(CHINA_TIME)
    whole = (
        (texts("report.cover.as_of"), Cell(binding.as_of)),
        *facts,
        (texts("report.cover.created"), Cell(created.date())),
        (texts("report.cover.parameters"), Cell(texts(
            "report.cover.parameters_value", id=content.parameters.id, edition=content.edition
        ))),
    )  # fmt: skip
    return Report(
        title=binding.title,
        park_name=binding.subject,
        as_of=binding.as_of,
        edition=binding.edition,
        status=binding.status,
        is_draft=True,
        parameter_set=content.parameters.id,
        content_edition=content.edition,
        language=texts.language,
        created=created,
        cover=Cover(binding.title, whole, binding.notice, binding.draft_notice, signature(texts)),
        sheets=(*front, *sheets),
    )
