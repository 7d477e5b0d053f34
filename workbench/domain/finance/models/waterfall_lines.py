# SPDX-License-Identifier: MIT
"""The lines that a waterfall's balances and payments stand on."""

from workbench.domain.catalogue.declare import money
from workbench.domain.fields import Field
from workbench.domain.finance.building import Book
from workbench.domain.finance.terms import ZERO
from workbench.domain.finance.waterfall import (
    CAPITAL_PAID,
    CATCH_UP_PAID,
    CATCH_UP_SUM,
    DUE,
    OUTSTANDING,
    OWED,
    PREFERENCE_PAID,
    PREFERENCE_SUM,
    TIER_PAID,
    Payout,
)  # fmt: skip

_LINES = {
    DUE: ("应付优先回报", "Preference due"),
    OUTSTANDING: ("待返还本金", "Capital outstanding"),
    OWED: ("第{}层前收益差额", "Owed before tier {} ends"),
    PREFERENCE_PAID: ("支付优先回报", "Preference paid"),
    CAPITAL_PAID: ("返还本金", "Capital returned"),
    CATCH_UP_PAID: ("追补支付", "Catch-up paid"),
    PREFERENCE_SUM: ("累计优先回报", "Preference paid so far"),
    CATCH_UP_SUM: ("累计追补", "Catch-up paid so far"),
    TIER_PAID: ("第{}层分配", "Paid in tier {}"),
}


_BALANCES = (DUE, OUTSTANDING, OWED, PREFERENCE_SUM, CATCH_UP_SUM)


def write_balances(book: Book, paid: Payout, mark: str = "", *, at_end: bool = False) -> None:
    """Write every balance and payment that a distribution kept; ``mark`` is the one it was given.

    ``at_end`` says that the balance of capital is the one before it comes back at the end.
    """
    for key, terms in paid.kept.items():
        if any(term is not ZERO for term in terms):
            book.flow(_line(key, mark, at_end=at_end), terms, stock=key.startswith(_BALANCES))


def _line(key: str, mark: str, *, at_end: bool) -> Field:
    """Return the field of a waterfall's line."""
    plain = key.removesuffix(mark) if mark else key
    number_ = plain.lstrip("abcdefghijklmnopqrstuvwxyz_")
    zh, en = _LINES[plain.removesuffix(number_)]
    if at_end and plain == OUTSTANDING:
        zh, en = f"{zh}（期末收回前）", f"{en} before it comes back at the end"
    if mark:
        zh, en = f"{zh}（含终值）", f"{en}, with terminal value"
    return money(key, zh.format(number_), en.format(number_))
