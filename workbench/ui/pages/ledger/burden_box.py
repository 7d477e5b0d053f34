# SPDX-License-Identifier: MIT
"""What burdens an asset, in its order, until when, what each blocks, and what releases it."""

from workbench.domain.display import choice_title
from workbench.domain.figures.encumbrances import DISPUTES, MORTGAGES, SEIZURES
from workbench.domain.pathways.blocking import Blocked, Burden
from workbench.domain.records.expiries import Expiry, ExpiryStage, expiry_of
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill

STAGE_TONES = {
    ExpiryStage.OVERDUE: "danger",
    ExpiryStage.WITHIN_30: "danger",
    ExpiryStage.WITHIN_90: "warn",
    ExpiryStage.WITHIN_180: "info",
    ExpiryStage.NO_DATE: "warn",
    ExpiryStage.LATER: "neutral",
}
_GROUPS = (("seizure", SEIZURES), ("mortgage", MORTGAGES), ("dispute", DISPUTES))


class BurdenBox(Box):
    """Shows the burdens of one parcel or building."""

    def __init__(self, context: UiContext, asset: Record) -> None:
        super().__init__("plain", spacing=12)
        self._context = context
        self.burdens = context.services.encumbrances.blocks(asset, context.as_of)
        for burden in self.burdens:
            self.add(self._one(burden))

    def _one(self, burden: Burden) -> Box:
        box = Box(spacing=3)
        row = burden.row
        if row is None:
            box.add(Label(t("encumbrances.stated_only"), "strong", tone="warn", wrap=True))
        else:
            box.add(Label(kind_words(row), "strong", wrap=True))
            expiry = expiry_of(self._context.services.querying.ledger(), row, self._context.as_of)
            if expiry is not None:
                pills = Flow(6)
                for words, tone in expiry_pills(expiry):
                    pills.add(Pill(words, tone))
                box.add(pills)
        for certain in (True, False):
            blocked = [item for item in burden.blocks if item.certain is certain]
            if blocked:
                title = t("encumbrances.blocks" if certain else "encumbrances.blocks_maybe")
                box.add(Label(title, "caption", tone="danger" if certain else "warn"))
                for words in self._blocked(blocked):
                    box.add(Label(words, "caption", wrap=True))
        if not burden.blocks:
            box.add(Label(t("encumbrances.blocks_nothing"), "caption"))
        if row is not None:
            box.add(Label(release_words(row), "hint", wrap=True))
        return box

    def _blocked(self, items: list[Blocked]) -> list[str]:
        """Return one line per way out: the pathways that are blocked, and what to do first."""
        mark = t("assessment.comma")
        by_way: dict[str, list[str]] = {}
        for item in items:
            name = f"{item.pathway.code} {item.pathway.name.get(language())}"
            names = by_way.setdefault(item.way_out, [])
            if name not in names:
                names.append(name)
        lines = []
        for code, names in by_way.items():
            lines.append(mark.join(names))
            if way := self._context.services.content.pathways.get(code):
                name = way.name.get(language())
                lines.append(t("encumbrances.solve", code=way.code, name=name))
        return lines


def kind_words(row: Record) -> str:
    """Return kind, court or holder, and number of an encumbrance."""
    from workbench.domain.catalogue import CATALOGUE

    kind = choice_title(row.text("kind") or "", CATALOGUE["encumbrance"]["kind"], language())
    who = row.text("authority") or row.text("holder") or ""
    return t("ui.gap").join(filter(None, (kind, who, row.text("case_no") or "")))


def expiry_pills(expiry: Expiry) -> list[tuple[str, str]]:
    """Return order, rank and days left as pills."""
    pills = []
    if expiry.order is not None:
        first = expiry.order == 1
        words = t("encumbrances.first") if first else t("encumbrances.queued", n=expiry.order - 1)
        pills.append((words, "danger" if first else "warn"))
    elif (rank := expiry.row.number("rank")) is not None:
        pills.append((t("encumbrances.rank", n=int(rank)), "neutral"))
    pills.append((days_words(expiry), STAGE_TONES[expiry.stage]))
    if expiry.renewal:
        pills.append((t("encumbrances.renewal"), "danger"))
    return pills


def days_words(expiry: Expiry) -> str:
    """Return how many days an encumbrance has left, or is overdue."""
    if expiry.days is None:
        return t("encumbrances.no_end")
    if expiry.days == 0:
        return t("encumbrances.today")
    key = "encumbrances.days_left" if expiry.days > 0 else "encumbrances.days_over"
    return t(key, n=abs(expiry.days))


def release_words(row: Record) -> str:
    """Return what releases an encumbrance: its own condition, and the usual way."""
    kind = row.text("kind")
    group = next((name for name, kinds in _GROUPS if kind in kinds), "other")
    condition = row.text("release_condition")
    usual = t(f"encumbrances.how.{group}")
    if not condition:
        return usual
    return t("ui.gap").join((t("encumbrances.release", text=condition), usual))
