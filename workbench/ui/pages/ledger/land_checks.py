# SPDX-License-Identifier: MIT
"""How the requirements of new land are shown: met, not met, or 待核, with value and limit."""

from collections.abc import Iterable
from decimal import Decimal

from workbench.application.ledger.splitting import MinimumRule
from workbench.domain.display import grouped
from workbench.domain.parcels.limits import LimitCheck
from workbench.domain.values import mu
from workbench.ui.texts import language, t
from workbench.ui.widgets.read_table import Cell

TONES = {True: "success", False: "danger", None: "warn"}
WORDS = {True: "yes", False: "no", None: "unknown"}
_PERCENT = frozenset({"density_max", "self_hold"})


def verdict(check: LimitCheck) -> str:
    """Return a requirement with its verdict, value and limit."""
    parts = [t(f"splitting.rule.{check.rule}"), t(f"splitting.truth.{WORDS[check.truth]}")]
    if check.limit is not None and check.value is not None:
        value, limit = (_number(check.rule, number) for number in (check.value, check.limit))
        parts.append(t("splitting.of", value=value, limit=limit))
    elif check.limit is None and check.rule not in ("fire_access",) and check.value is not None:
        parts.append(t("splitting.no_limit"))
    return t("ui.gap").join(parts)


def verdict_cell(checks: Iterable[LimitCheck]) -> Cell:
    """Return one cell: the worst verdict as a word, the requirements below it."""
    checks = tuple(checks)
    truths = {check.truth for check in checks}
    worst = False if False in truths else None if None in truths else True
    words = "\n".join(verdict(check) for check in checks)
    return Cell(t(f"splitting.truth.{WORDS[worst]}"), words, TONES[worst], pill=True)


def ratio_cell(value: Decimal | None, *, percent: bool = False) -> Cell:
    """Return a ratio, 待核 when it is not known."""
    if value is None:
        return Cell(t("splitting.truth.unknown"), tone="warn")
    return Cell(f"{grouped(value * 100, 1)}%" if percent else grouped(value, 2))


def minimum_words(rule: MinimumRule) -> str:
    """Return the local minimum area and its source, or that it is not kept, and who has one."""
    if rule.here is not None and isinstance(rule.here.value, Decimal):
        words = f"{grouped(mu(rule.here.value), 2)} {t('ledger.unit.亩')}"
        source = rule.here.source.cite(language())
        return t("splitting.minimum_here", region=rule.here.region, area=words, source=source)
    others = t("import_dialog.semicolon").join(
        f"{param.region} {grouped(mu(param.value), 2)} {t('ledger.unit.亩')}"
        for param in rule.elsewhere
        if isinstance(param.value, Decimal)
    )
    return t("splitting.minimum_unknown", others=others or "—")


def fields_words(names: Iterable[str], titles: dict[str, str]) -> str:
    """Return the titles of fields in one line."""
    return t("assessment.comma").join(titles[name] for name in names)


def _number(rule: str, number: Decimal) -> str:
    if rule in _PERCENT:
        return f"{grouped(number * 100, 1)}%"
    if rule == "min_land":
        return f"{grouped(mu(number), 2)} {t('ledger.unit.亩')}"
    return grouped(number, 2)
