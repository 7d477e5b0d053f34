# SPDX-License-Identifier: MIT
"""Who kept the weights that count, when, and why."""

from dataclasses import dataclass
from datetime import datetime

from workbench.application.ports import Texts
from workbench.application.store_ports import UnitOfWork
from workbench.domain.records.ledger import Record


@dataclass(frozen=True, slots=True)
class WeightsKept:
    """Who kept weights, when and with what reason; ``at`` is None where no log tells it."""

    author: str
    at: datetime | None
    reason: str


def weights_kept(record: Record | None, work: UnitOfWork) -> WeightsKept | None:
    """Return who kept a record of weights last; None for no record: the shipped ones count."""
    if record is None:
        return None
    last = next(iter(work.log.of_record(record.entity, record.key)), None)
    operation = last[0] if last else None
    author = record.text("author") or (operation.actor if operation else "")
    return WeightsKept(author, operation.at if operation else None, record.text("reason") or "")


def kept_words(kept: WeightsKept | None, texts: Texts) -> str:
    """Return who kept the weights, when and why, as a sentence; for None that nobody did."""
    if kept is None:
        return texts("weights_kept.nobody")
    when = kept.at.astimezone().strftime("%Y-%m-%d %H:%M") if kept.at else "—"
    words = texts("weights_kept.by", author=kept.author or "—", when=when)
    return words + texts("weights_kept.reason", reason=kept.reason) if kept.reason else words
