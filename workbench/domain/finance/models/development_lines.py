# SPDX-License-Identifier: MIT
"""The lines of a joint development."""

from workbench.domain.catalogue.declare import money, number

PROJECT, EQUITY = "project", "equity"

ACQUISITION = money("acquired", "收储补偿或土地投入", "Compensation or land")
BUILDING = money("construction", "建安投入", "Building")
OTHER = money("other", "前期及其他费用", "Other cost")
WHOLE_COST = money("whole_cost", "总投入", "Whole cost")
UNIT_COST = number("unit_cost", "单位面积总投入", "Whole cost per floor", unit="元/㎡")
SALES = money("sales", "厂房出售", "Sales")
INCOME = money("income", "租金有效毛收入", "Rents")
OPEX = money("opex", "运营支出", "Operating cost")
PROPERTY_TAX = money("tax_property", "房产税", "Property tax")
NOI = money("noi", "净运营收入", "NOI")
SOLD_COST = money("sold_cost", "售出部分成本", "Cost of what is sold")
DSCR = number("dscr", "偿债备付率", "DSCR", unit="倍")
TERMINAL = money("terminal", "残值（自持部分）", "Residual of what is kept")
CALLS = money("equity_calls", "须投入资本金", "Equity called")
CASH = money("equity_cash", "可分配现金", "Cash to distribute")
SOE_TERMINAL = money("soe_terminal", "国企分得残值", "SOE's part of the residual")
PARTNER_TERMINAL = money("partner_terminal", "合作方分得残值", "Partner's part of the residual")
