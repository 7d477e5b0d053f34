# SPDX-License-Identifier: MIT
"""Prices of land rights by their years: tenure adjustment and capitalised income; E9, T19."""

from workbench.domain.finance.terms import ONE, Term


def worth_factor(rate: Term, years: Term) -> Term:
    """Return 1 − (1 + r)⁻ⁿ: the part of a perpetual right that n years are."""
    return ONE - ONE / (ONE + rate) ** years


def tenure_factor(rate: Term, years: Term, full_years: Term) -> Term:
    """Return K = [1 − (1 + r)⁻ⁿ] ÷ [1 − (1 + r)⁻ᴺ], the year adjustment of a base price; E9."""
    return worth_factor(rate, years) / worth_factor(rate, full_years)


def capitalised(income: Term, rate: Term, years: Term | None) -> Term:
    """Return V = A/Y · [1 − (1 + Y)⁻ⁿ], for ever without years; T19."""
    perpetual = income / rate
    return perpetual if years is None else perpetual * worth_factor(rate, years)


def net_income(price: Term, rate: Term, years: Term) -> Term:
    """Return the yearly net income A that a price of a right of n years implies; T19."""
    return price * rate / worth_factor(rate, years)
