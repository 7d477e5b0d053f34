# SPDX-License-Identifier: MIT
"""Enterprises (企业), leases (租约) and demand leads (需求线索); domain §3.1."""

from workbench.domain.catalogue.declare import (
    ASSESSMENT,
    REQUIRED,
    area,
    choice,
    code,
    day,
    flag,
    integer,
    land,
    money,
    note,
    number,
    pick,
    ref,
    several,
    text,
)
from workbench.domain.catalogue.land import PARK_SYNONYMS
from workbench.domain.fields import Entity

TENANT_SYNONYMS = (
    "承租方 承租人 租户 租户名称 入驻企业 企业名称 租赁单位 对方单位 乙方 客户名称 承租企业 承租单位 承租方名称 承租方姓名 "
    "承租方单位或个人名称 承租单位名称 租赁人 租赁人单位名称 现租户 现承租人 TenantName Lessee 企业全称"
)
CREDIT_SYNONYMS = "统一社会信用代码 社会统一信用代码 信用代码 纳税人识别号 税号"
INDUSTRY_SYNONYMS = (
    "行业 所属行业 行业类别 行业类型 国民经济行业 产业类别 产业类型 产业领域 主营业务 HYLB 行业分类 所属产业 "
)

ROLES = pick("""
产权人 = Title holder
租户 = Tenant
意向方 = Prospect
债权人 = Creditor
运营商 = Operator
平台公司 = Platform company
""")
SCALES = pick("""
规上 = Above threshold | 规模以上 是
规下 = Below threshold | 规模以下 否
个体 = Sole trader
""")
ENTERPRISE_STATUS = pick("""
正常 = Normal | 正常经营 在营
扩产意向 = Wants to expand
停产 = Stopped | 停业
半停产 = Partly stopped
僵尸 = Zombie | 僵尸企业
失联 = Out of contact
破产受理 = Bankruptcy accepted | 破产
""")
GRADES = pick("""
A = A | A类
B = B | B类
C = C | C类
D = D | D类
T = T | T类
不参评 = Not graded
""")
OUT_REASONS = pick("""
政策到期 = Incentives ended
扩张 = Expansion
成本 = Cost
经营困难 = Business trouble
产业链 = Supply chain
搬迁 = Relocation
其他 = Other
""")

ENTERPRISE = Entity(
    "enterprise", "企业", "Enterprise",
    (
        code("credit_code", "统一社会信用代码", "Credit code", syn=CREDIT_SYNONYMS),
        text("name", "企业名称", "Enterprise name", REQUIRED, "单位名称 公司名称 入驻企业 客户名称 名称 企业全称 公司全称 入园企业 单位全称 客户全称 单位详细名称"),
        several("role", "角色", "Roles", ROLES, syn="企业角色"),
        code("industry_code", "行业代码", "Industry code", syn="HYDM"),
        text("industry_name", "行业", "Industry", ASSESSMENT, INDUSTRY_SYNONYMS),
        text("chain_role", "产业链角色", "Chain role", syn="链条环节"),
        choice("scale", "规模", "Scale", SCALES, syn="是否规上 规上企业 是否规上企业用地 规上/规下 是否规模以上 规模以上工业企业"),
        flag("hightech", "高新技术企业", "High-tech", syn="是否高新 高企 国高企业 高新企业 是否国高"),
        flag("srdi", "专精特新", "SRDI", syn="是否专精特新"),
        choice("status", "经营状态", "Status", ENTERPRISE_STATUS, ASSESSMENT, "企业状态 生产经营状况 经营情况 运营状态 生产状态 在营状态 企业现状"),
        choice("grade", "亩均评价", "Per-mu grade", GRADES,
               syn="评价等级 评价类别 评价结果 综合评价类别 综合评价结果 企业类别 等级(ABCD) 评价档次 评价分档 绩效分档 "
                   "亩均评价等级 评价等次 企业分类 亩均等级"),
        day("moved_in_on", "入驻日期", "Moved in", syn="入驻时间 入园时间 入园日期 进驻时间 入园年份 落户时间 入驻年份 入驻年月 "
             "迁入时间 迁入日期"),
        day("moved_out_on", "迁出日期", "Moved out", syn="退出时间 迁出时间 退园时间 搬离时间 搬离日期 搬迁时间 迁离时间 退园日期 离园时间", period_end=True),
        choice("out_reason", "迁出原因", "Left because of", OUT_REASONS, syn="退出原因 搬离原因 搬迁原因 离园原因 退园原因"),
        day("policy_start", "政策起", "Incentives from", syn="优惠起始"),
        day("policy_end", "政策到期", "Incentives until", syn="优惠截止", period_end=True),
        money("subsidy_total", "奖补累计", "Subsidies", syn="补贴金额"),
        area("expansion_need_area", "扩产需求面积", "Expansion need", syn="扩产面积"),
        flag("purchase_intent", "购买意向", "Wants to buy", syn="是否有购买意向"),
        flag("related_party", "关联方", "Related party", syn="是否关联方"),
        note(),
    ),
    identity=(("credit_code",), ("name",)), required_any=("name", "credit_code"),
    hints=("企业", "单位名录"),
)

ENTERPRISE_YEAR = Entity(
    "enterprise_year", "企业年度", "Enterprise year",
    (
        ref("enterprise", "企业", "Enterprise", "enterprise", REQUIRED, "企业名称 单位名称 公司名称 企业全称 单位详细名称"),
        integer("year", "年度", "Year", REQUIRED, "年份 评价年度"),
        land("land_area_used", "用地面积", "Land used", syn="企业用地面积 占地面积 评价用地面积 实际用地面积 占用土地面积"),
        money("output_value", "产值", "Output", syn="总产值 工业总产值 年产值 预期产值"),
        money("added_value", "增加值", "Added value", syn="工业增加值 年增加值"),
        money("revenue", "营业收入", "Revenue", syn="主营业务收入 销售收入 开票收入 总收入 营业总收入 企业总收入 主营业收入 营收 销售额 开票销售 "
             "销售总额 营业额"),
        money("tax_paid", "实缴税收", "Tax paid",
              syn="税收 税收总额 税收收入 入库税收 纳税额 税收实际贡献 评价税收 上缴税费 实缴税金 SSZE 入库税金 实缴税费 "
                  "净入库税收 本年实缴税金"),
        money("profit", "利润", "Profit", syn="利润总额 净利润"),
        money("fixed_inv", "固定资产投资", "Fixed investment",
              syn="固定资产总额 总投资 实际完成投资 完成投资 WCTZ 本年固定资产投资 固投"),
        money("tech_inv", "技改投资", "Technical investment", syn="技术改造投资"),
        money("rd_exp", "研发费用", "R&D expense", syn="研发投入 研发经费 研发经费支出 R&D经费支出 研发支出 R&D投入 研究与试验发展经费 "
             "R&D经费 R&D费用 R&D支出 研究开发费用"),
        number("energy_tce", "能耗", "Energy", unit="吨标煤", syn="综合能耗 总能耗 能源消费总量 能耗总量 综合能源消费量 能源消耗 能源消耗总量 用能"),
        text("emission", "排放", "Emission", syn="污染物排放"),
        integer("employees", "从业人数", "Employees", unit="人",
                syn="员工人数 用工人数 企业人数 人员规模 职工人数 年平均职工人数 平均职工人数 平均用工人数 年职工人数 从业人员 "
                    "期末从业人员 就业人数 在职人数 社保人数 员工数 职工数 用工 用工数 员工数量 员工总数 职工总数 在岗人数 在岗职工"),
        money("tech_contract_amount", "技术合同额", "Technology contracts", syn="技术合同成交额"),
        note(),
    ),
    identity=(("enterprise", "year"),), required_any=("enterprise", "year"), label=("year",),
    hints=("企业年度", "亩均", "经济指标"),
)

RENT_UNITS = pick("""
元/㎡·月 = CNY/㎡·month | 元/㎡/月 元/平方米·月 元/平方米/月 元/平方米每月 元/平米/月 元/m2·月 元/㎡.月 rmb/sqm/month cny/sqm/month
元/㎡·天 = CNY/㎡·day | 元/㎡/天 元/平方米·天 元/平方米/天 元/平米/天 元/m2·天 元/㎡·日 元/㎡/日 rmb/sqm/day cny/sqm/day
元/㎡·年 = CNY/㎡·year | 元/㎡/年 元/平方米·年 元/平方米/年 元/平米/年
元/月 = CNY/month
元/年 = CNY/year
万元/年 = CNY 10k/year
""")
PAY_CYCLES = pick("""
月 = Month | 月付 按月
季 = Quarter | 季付 按季 季度
半年 = Half-year | 半年付
年 = Year | 年付 按年
一次性 = Once | 一次付清
""")
LEASE_MODES = pick("""
公开招租 = Public tender | 公开招标 进场交易
协议 = Agreement | 协议出租
置换 = Swap
免租 = Rent-free
出借 = Lent
""")

LEASE = Entity(
    "lease", "租约", "Lease",
    (
        code("contract_no", "合同编号", "Contract no.", REQUIRED,
             "租赁合同号 合同号 合同ID 租赁合同编号 纸质合同编号 协议编号 租约编号 租约号 合约号 合约编号 "
             "LeaseNo LeaseNumber ContractNo AgreementNo"),
        ref("park", "所属园区", "Park", "park", syn=PARK_SYNONYMS),
        ref("building", "楼栋", "Building", "building", REQUIRED, "楼栋名称 楼号 楼座 所在楼栋 房屋名称 资产名称 标的名称 租用厂房 租赁厂房"),
        ref("unit", "所在单元", "Unit", "unit", syn="单元编号 房间号 Suite"),
        text("location", "租赁部位", "Let space",
             syn="房号/楼栋 楼栋/房号 楼号/房号 楼栋房号 楼栋及房号 栋/房号 租用位置 标的 租赁位置 房号 租赁标的 单元 坐落 租赁地址 租赁物业 承租物业 租赁房屋 房源 房源名称 "
                 "租赁标的物 租赁物 租赁物名称 承租位置 房屋位置 出租位置 承租部位 铺位号 出租房屋 承租房屋 出租部位 房屋坐落 "
                 "标的坐落 物业位置 "
             "仓库号 仓位 仓位号 库房号 库号 仓号 库位 场地位置 承租场所 摊位号 工位号 工位编号 工位 所租物业 所租房屋 所租厂房 所租位置 所在位置 所处位置 具体位置 位置 "
             "门牌号 门牌 门面号 商铺号 物业地址 物业名称及地址 物业名称及位置"),
        ref("tenant", "承租方", "Tenant", "enterprise", REQUIRED, TENANT_SYNONYMS + " 乙方（承租人） 承租公司 入驻单位 租赁企业 租赁户名 客户 入住企业 入住单位 签约客户 入驻客户 使用客户 客户全称 租客 租客名称 承租客户 承租主体 "
             "租赁方 租用方 租用单位 租用人 入驻团队 入驻项目 入驻团队名称 入驻商户 商户名称 商户 使用企业 现使用企业"),
        code("credit_code", "承租方信用代码", "Tenant credit code", syn=CREDIT_SYNONYMS),
        text("industry", "行业", "Industry", syn=INDUSTRY_SYNONYMS + " 产业方向 产业类型 经营业态 经营内容"),
        area("area", "租赁面积", "Let area", REQUIRED,
             "Area 承租面积 合同面积 计租面积 出租面积 租用面积 面积 租赁建筑面积 出租建筑面积 LeasedArea"),
        number("rent_price", "租金单价", "Rent", REQUIRED,
               "租赁单价 单价 月租金单价 租金 租金标准 月租金标准 租金价格 租赁价格 平均租金 日租金 合同单价 合同租金单价 "
               "日租金单价 出租单价 出租价格 BaseRent 成交价格 成交租金 成交单价 "
             "签约价 签约单价 签约租金 合同租金 成交价 原租金 原租金单价 原租金标准 现租金 现租金单价", group="rent", unit_in="rent_unit"),
        choice("rent_unit", "租金单位", "Rent unit", RENT_UNITS, REQUIRED,
               "计租单位 单价单位 计价单位 租金计价单位 计价方式 计租方式", group="rent"),
        money("rent_total", "租金总额（填报）", "Total rent (stated)",
              syn="月租金 年租金 年合计 年月租金 首年租金 年租金总额 月租金总额 年度租金 合同年租金 月应收租金 月费用 月租费 年租费 "
             "MonthlyRent AnnualRent YearlyRent 月租 年租 现月租 现月租金 现年租金", group="rent",
              check_only=True, display_unit="元"),
        choice("rent_total_period", "总额周期", "Total per", pick("月 = Month\n年 = Year"),
               group="rent", check_only=True),
        flag("tax_included", "含税", "Tax included", syn="是否含税", group="rent"),
        number("prop_fee", "物业费", "Service charge", unit="元/㎡·月",
               syn="物管费 物业费标准 年物业费 物业费单价 物业管理费 物业管理费单价 物业服务费", group="rent"),
        day("start_on", "起租日", "Starts", REQUIRED,
            "起租日期 租赁开始日期 租期起 合同起始日 合同生效日 起始日期 计租日 起 开始 StartDate CommencementDate LeaseStart "
            "租赁起始日 租赁起始日期 租赁起始时间 租赁开始时间 合同开始日期 合同起始日期 开始日期 开始时间 起始时间 计租起始日 "
            "计租开始日期 LeaseCommencement LeaseStartDate LeaseCommencementDate 生效日期 合约起始日 租约起始日 "
            "合同开始 租赁开始 租约开始 起租 起租时间 起租年月 入住时间 入住日期", group="term"),
        day("end_on", "到期日", "Ends", REQUIRED,
            "租赁结束日期 租期止 合同到期日 合同终止日 租赁终止日 止租日 终止日期 截止日期 止 结束 EndDate ExpiryDate LeaseEnd "
            "租赁终止日期 租赁终止时间 租赁截止日期 租赁结束时间 租赁到期日 租赁到期日期 合同终止日期 合同截止日期 "
            "合同结束日期 合同到期日期 到期日期 到期时间 结束日期 结束时间 截止时间 终止时间 LeaseExpiry LeaseExpiration "
            "LeaseEndDate LeaseExpirationDate 到租日期 失效日期 租赁止 合同止 届满日期 租赁届满日 "
            "合同终 租约止 合同到期 租约到期 租赁到期 止租 止租时间 到期年月", period_end=True, group="term"),
        text("term_text", "租赁期限", "Term (text)",
             syn="租期 租赁年限 租赁年限/月 合同起止时间 租赁期间 起止日期 合同期限 "
                 "合同期 租赁起止时间 租赁起止日期 合同起止日期 起止时间 起止期限 LeaseTerm 租赁时间 起止年月 合同有效期 租约期限 合同租期 "
             "原合同期 原租期 原合同期限 原租赁期限 租期起止 租期起止日期 租期起止时间 合同期起止", group="term"),
        number("free_months", "免租期", "Rent-free", unit="月", decimals=1,
               syn="免租期(月) 装修免租 优惠期 免租月数 免租时间 装修期 装修免租期", group="term"),
        text("escalation", "租金递增", "Escalation",
             syn="递增率 单价递增 递增方式 递增间隔（月） 递增幅度 租金递增率 AnnualEscalation 递增情况 租金涨幅 递增约定 "
                 "租金调整 租金增长 递增条款 租金递增情况 ", group="rent"),
        money("deposit", "押金", "Deposit", syn=
                "保证金 履约保证金 租赁保证金 押金金额 租赁押金 合同履行保证金 合同履约保证金 实收押金 实收保证金 "
                "实收履约保证金 SecurityDeposit 履约金 押金保证金",
              display_unit="元", group="rent"),
        choice("pay_cycle", "支付周期", "Pay cycle", PAY_CYCLES, syn=
                "付款方式 缴费周期 缴费方式 支付方式 缴租方式 租金支付方式 收租周期 付款周期 租金缴纳方式 缴租周期 付租方式 "
                "交租周期 支付频率 收费周期 缴纳方式 结算方式 收取方式 租金收取方式 租金收缴方式 租金支付周期 租金结算方式 租金缴纳周期",
               group="rent"),
        choice("lease_mode", "出租方式", "Mode", LEASE_MODES, syn="招租方式 租赁方式 出租形式 招商方式 出租类型 租赁形式 交易方式 竞租方式"),
        code("approval_no", "批准文号", "Approval no.", syn="审批文号"),
        flag("filed", "已备案", "Filed", syn="是否备案 租赁备案 "
             "备案情况 备案状态 合同备案 合同备案情况"),
        flag("sublease", "转租", "Sublease", syn="是否转租"),
        flag("related_party", "关联方", "Related party", syn="是否关联方 是否为关联方 是否关联"),
        flag("first_refusal_waived", "已放弃优先购买权", "First refusal waived",
             syn="优先购买权放弃"),
        money("receivable_12m", "近12月应收", "Receivable, 12 months", syn="应收租金 应收 应缴租金 应收金额 应缴金额 年应收租金",
              display_unit="元", group="arrears"),
        money("received_12m", "近12月实收", "Received, 12 months", syn=
                "实收租金 已收 回款 实收 实缴租金 已缴租金 已收租金 已收金额 实收金额 实缴金额 已缴金额 到账租金 年实收租金 "
                "到账金额",
              display_unit="元", group="arrears"),
        money("arrears", "欠租", "Arrears", syn=
                "欠费 欠缴 累计欠费 拖欠金额 未收金额 欠缴金额 欠缴租金 欠租金额 拖欠租金 未收租金 未缴租金 尚欠租金 逾期金额 "
                "欠款金额 应收未收 年末欠租 逾期租金 应收租金余额 应收账款余额 租金余额 滞纳欠款 "
                "尾欠 尚欠 欠租额 欠缴额 未收款 应收余额 期末应收租金 期末应收 年末应收租金 期末欠租 欠付租金",
              display_unit="元", group="arrears"),
        day("arrears_since", "欠租起始", "Arrears since", syn="欠租起始日 欠租起始日期 欠租起始月份 欠租开始时间 欠缴起始 欠缴起始日 欠缴起始月份 欠缴起始时间 欠费起始 欠费起始日 "
            "欠费起始时间 欠费起始月份 欠租时间起", group="arrears"),
        day("terminated_on", "实际终止日", "Terminated on", syn="退租日期 解约日期 退租时间 提前终止日期",
            period_end=True, group="term"),
        note(),
    ),
    identity=(("contract_no",), ("building", "tenant", "start_on"), ("tenant", "start_on", "area")),
    required_any=("contract_no", "tenant"), label=("contract_no",), hints=("租赁", "租约", "合同", "出租"),
)

DEMAND_STAGES = pick("""
线索 = Lead
洽谈 = Talks
签约 = Signed
落地 = Landed
流失 = Lost
""")

DEMAND = Entity(
    "demand", "需求线索", "Demand lead",
    (
        ref("park", "园区", "Park", "park", syn=PARK_SYNONYMS + " 落户园区 拟落户园区 落地园区 意向园区"),
        ref("enterprise", "企业", "Enterprise", "enterprise", REQUIRED,
            "企业名称 投资方 投资单位 签约企业 拟入驻企业 意向企业 客户名称 意向企业名称 意向客户 意向单位"),
        area("need_area", "需求面积", "Area needed", syn="意向面积 意向租赁面积 拟租面积 需求载体面积 需求厂房面积 厂房需求 厂房需求面积 载体需求面积"),
        text("need_kind", "需求类型", "Kind needed", syn="需求物业类型 意向载体类型 需求载体 需求载体类型"),
        number("budget", "租金预算", "Budget", unit="元/㎡·月", syn="预算 可接受租金 预算租金 预算单价 期望租金"),
        integer("power", "用电需求", "Power needed", unit="kVA", syn="用电"),
        day("due", "需要时间", "Needed by", syn="入驻时间要求 计划入驻时间 拟入驻时间 预计入驻时间 入驻时间 需求时间 期望入驻时间", period_end=True),
        choice("stage", "阶段", "Stage", DEMAND_STAGES, syn="跟进阶段 状态 进展情况 洽谈进展 项目进展 跟进状态 跟进情况 当前进展 对接情况"),
        text("lost_reason", "流失原因", "Lost because of", syn="未成交原因"),
        note(),
    ),
    identity=(("enterprise", "due"),), required_any=("enterprise",), label=("need_kind",),
    hints=("需求", "线索", "招商"),
)
