# SPDX-License-Identifier: MIT
"""The names by which grading rules speak of one firm, each with its meaning."""

FIRM_NAMES = {
    "firm.land_mu": "land used, own and rented, in 亩",
    "firm.rented_area": "floor area of running leases, ㎡",
    "firm.scale": "规上, 规下 or 个体",
    "firm.industry": "industry",
    "firm.status": "how the firm does",
    "firm.grade": "grade that the ledger states",
    "firm.months_in_park": "whole months since it moved in",
    "firm.hightech": "high-tech firm",
    "firm.srdi": "专精特新",
    "firm.revenue": "revenue of the year, 元",
    "firm.tax": "tax paid in the year, 元",
}
