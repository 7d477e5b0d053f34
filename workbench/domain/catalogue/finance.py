# SPDX-License-Identifier: MIT
"""Platform-company figures (平台公司财务) and what only an assessment knows (路径前提补充)."""

from workbench.domain.catalogue.declare import (
    REQUIRED,
    choice,
    day,
    flag,
    integer,
    money,
    note,
    number,
    pick,
    ref,
    several,
    share,
    text,
)
from workbench.domain.catalogue.land import PARK_SYNONYMS
from workbench.domain.fields import Entity

FINANCE = Entity(
    "finance", "平台公司财务", "Platform finances",
    (
        ref("enterprise", "公司", "Company", "enterprise", REQUIRED, "平台公司 公司名称 单位名称"),
        day("as_of", "时点", "As of", REQUIRED, "报表日期 截止日期 基准日", period_end=True),
        money("total_assets", "资产总额", "Total assets", syn="总资产 资产总计 资产合计"),
        money("total_liabilities", "负债总额", "Total liabilities", syn="总负债 负债合计 负债总计"),
        money("interest_debt", "有息债务", "Interest-bearing debt", syn="有息负债 带息负债 刚性债务"),
        money("due_12m", "一年内到期债务", "Due within 12 months", syn="短期债务 短期有息债务"),
        money("cash", "货币资金", "Cash", syn="现金 货币资金余额"),
        money("revenue", "营业收入", "Revenue", syn="营业总收入 主营业务收入"),
        money("net_profit", "净利润", "Net profit"),
        money("income_tax", "所得税费用", "Income tax", syn="所得税 企业所得税"),
        money("interest_expense", "利息支出", "Interest expense", syn="利息费用"),
        money("op_cashflow", "经营现金流", "Operating cash flow", syn="经营活动现金流净额"),
        money("gov_subsidy", "政府补助", "Subsidies", syn="政府补贴"),
        money("external_guarantee", "对外担保", "Guarantees", syn="对外担保余额"),
        text("rating", "主体评级", "Rating", syn="信用评级"),
        money("restricted_assets", "受限资产", "Restricted assets", syn="受限资产规模"),
        note(),
    ),
    identity=(("enterprise", "as_of"),), required_any=("enterprise", "as_of"), label=("as_of",),
    hints=("财务", "报表"),
)

SOE_APPROVALS = pick("""
党委前置 = Party committee
董事会 = Board
国资委 = State-asset regulator
职代会 = Staff congress
""")

CONTEXT = Entity(
    "context", "路径前提补充", "Pathway inputs",
    (
        ref("park", "园区", "Park", "park", REQUIRED, PARK_SYNONYMS),
        # Without these a row holds for the park and for every assessment of it.
        ref("assessment", "评估", "Assessment", "assessment"),
        ref("parcel", "宗地", "Parcel", "parcel"),
        ref("building", "楼栋", "Building", "building"),
        *(
            flag(key, zh, en)
            for key, zh, en in (
                ("investor_identified", "已有投资方", "Investor identified"),
                ("creditors_agreed", "债权人同意", "Creditors agreed"),
                ("bankruptcy_accepted", "破产已受理", "Bankruptcy accepted"),
                ("criminal_seizure", "涉刑事查封", "Criminal seizure"),
                ("enforcement_case", "已进入执行", "Enforcement case"),
                ("idle_disposed", "闲置已处置", "Idle land disposed"),
                ("low_eff_approved", "低效认定已批准", "Under-use approved"),
                ("in_storage_plan", "已列入收储计划", "In the take-back plan"),
                ("special_bond", "专项债可用", "Special bond"),
                ("plan_unit_approved", "片区策划已批", "Plan unit approved"),
                ("city_has_m0_rule", "当地有M0政策", "City has M0 rule"),
                ("track_checked", "运营商业绩已核", "Operator's record checked"),
                ("unanimous_nonprorata_clause", "全体股东约定非按比例分配",
                 "Unanimous non-pro-rata clause"),
                ("guarantee_clause", "有保底回购条款", "Guarantee clause"),
                ("exit_clause", "有退出条款", "Exit clause"),
                ("fund_filed", "基金已备案", "Fund filed"),
                ("legal_basis_profit", "盈利反哺有依据", "Legal basis: profit"),
                ("legal_basis_land", "土地收益有依据", "Legal basis: land revenue"),
                ("legal_basis_tax", "税收分成有依据", "Legal basis: tax share"),
                ("min_split_ok", "达到最小分割单元", "Minimum split met"),
                ("structure_ok", "结构允许", "Structure allows"),
                ("env_ok", "环保允许", "Environment allows"),
                ("user_pay_covers_cost", "使用者付费可覆盖", "User pay covers cost"),
            )
        ),
        *(
            money(key, zh, en)
            for key, zh, en in (
                ("investor_funds", "投资方资金", "Investor funds"),
                ("debt_total", "债务总额", "Total debt"),
                ("gov_budget", "财政预算", "Government budget"),
                ("soe_budget", "国企自筹", "SOE budget"),
                ("price_agreed", "协商价格", "Agreed price"),
                ("fund_size", "基金规模", "Fund size"),
                ("distributable_cash", "可供分配金额", "Distributable cash"),
            )
        ),
        *(
            share(key, zh, en)
            for key, zh, en in (
                ("owners_consent_ratio", "权利人同意比例", "Owners' consent"),
                ("equity_share", "股权比例", "Equity share"),
                ("distribution_share", "分配比例", "Distribution share"),
                ("fund_return_ratio", "返投比例", "Reinvestment ratio"),
                ("single_tenant_share", "单一租户占比", "Single-tenant share"),
            )
        ),
        text("operator_name", "运营商名称", "Operator"),
        integer("purchase_intents", "购买意向户数", "Purchase intents", unit="家"),
        number("operating_years", "运营年限", "Operating years", unit="年"),
        number("local_rent_market", "当地市场租金", "Local market rent", unit="元/㎡·月"),
        several("soe_approvals", "国资审批", "SOE approvals", SOE_APPROVALS),
        several("goals", "盘活目标", "Goals", pick("""
引入新项目 = New project
化债 = Debt relief
节约指标 = Save land quota
产业升级 = Industrial upgrade
留企扩产 = Keep and expand firms
提升出租 = Raise occupancy
回收资金 = Recover funds
""")),
        choice("finance_band", "资金压力", "Financial pressure", pick("""
高 = High
中 = Medium
低 = Low
"""), syn="债务压力档次"),
        note(),
    ),
    identity=(("park", "assessment", "parcel", "building"),), blanks_tell=True,
    required_any=("park",), label=("park",),
    hints=("路径前提",),
)
