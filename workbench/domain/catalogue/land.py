# SPDX-License-Identifier: MIT
"""Land parcels (宗地) and what limits them (权利限制); domain §3.1."""

from workbench.domain.catalogue.declare import (
    ASSESSMENT,
    REQUIRED,
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
    share,
    text,
    texts,
)
from workbench.domain.fields import Entity

CERT_SYNONYMS = (
    "权证号 产权证号 产权证编号 权证编号 权属证号 不动产权证号 不动产权证书号 不动产权证号码 "
    "不动产证号 证号 证书编号 BDCQZH 不动产权证 不动产编号 产权编号 权利证书号 "
)
LOCATION_SYNONYMS = "坐落 坐落位置 座落 位置 四至 地址 资产地址 详细地址 所在位置 ZL 坐落地址 坐落地点 具体位置 具体地址 地理位置 资产坐落 "
PARK_SYNONYMS = (
    "园区 园区名称 所属园区 所在园区 开发区名称 开发区 片区 产业园 园区/项目 所属片区 KFQMC 工业区 工业区名称 工业园区 "
    "工业园区名称 产业园区 产业园区名称 "
)
SEIZURE_SYNONYMS = "查封情况 是否查封 司法冻结 限制信息 查封 是否冻结 CFQK Seized 查封状态 是否被查封 有无查封 "
MORTGAGE_SYNONYMS = "他项权利 他项权利情况 他项权利状况 设押情况 抵押情况 抵押状况 是否抵押 抵押 DYQK Mortgaged 抵押状态 是否已抵押 是否设定抵押 是否抵押受限 有无抵押 "
LITIGATION_SYNONYMS = "有无纠纷 是否存在纠纷 权属纠纷 纠纷情况 有无争议 是否有争议 诉讼情况 涉诉情况 涉法涉诉 权属争议 是否涉诉"

CERT_KINDS = pick("""
不动产权证 = Real-estate certificate | 不动产证
国有土地使用证 = State land-use certificate | 国土证 土地证
无证 = None | 未办证 未办理 无
办理中 = In progress | 在办 正在办理
""")
HOLDER_TYPES = pick("""
国企 = State-owned | 国有 国有企业 国资
民企 = Private | 民营 民营企业 私营
外资 = Foreign | 外商 港澳台
集体 = Collective | 集体企业
行政事业 = Public body | 行政 事业单位 机关
个人 = Person | 自然人
不详 = Not known
""")
RIGHT_TYPES = pick("""
国有建设用地使用权 = State construction land use right | 国有土地使用权
集体经营性建设用地使用权 = Collective commercial land use right | 集体建设用地使用权
其他 = Other
""")
OBTAIN_MODES = pick("""
出让 = Granted | 招拍挂 挂牌出让 拍卖出让 协议出让 有偿出让
划拨 = Allocated | 行政划拨
租赁 = Leased | 国有土地租赁
作价出资 = Contributed as capital | 作价入股 作价出资(入股)
授权经营 = Authorised operation
弹性出让 = Flexible-term grant | 弹性年期出让
先租后让 = Lease, then grant
集体流转 = Collective transfer
不详 = Not known
""")
LAND_USES = pick("""
工业 = Industrial | 工业用地 工矿 M1 M2 M3 一类工业 二类工业 三类工业 工矿仓储用地
仓储 = Warehousing | 仓储用地 物流仓储 物流仓储用地 W1
M0新型产业 = New-type industry (M0) | M0 新型产业用地 新型工业
科研 = Research | 科研用地 科教用地 研发用地
商服 = Commercial | 商业 商业用地 商服用地 商务金融
公用设施 = Utilities | 公用设施用地 市政
住宅 = Residential | 住宅用地 居住 居住用地
混合 = Mixed | 混合用地 综合用地
其他 = Other | 其他用地
""")
PARCEL_STATUS = pick("""
批而未供 = Approved, not supplied | 未供地 未供
供而未用 = Supplied, not built | 未开工 未建 未开发 未动工 未建设 未利用
在建 = Under construction | 建设中
停建 = Stopped | 停工 烂尾
已建成 = Built | 建成 在用 已建 正常使用 已开发 建成投产 已投产
闲置 = Idle | 空置
低效 = Under-used | 低效用地
拟收储 = To be taken back | 拟收回 计划收储 列入收储计划
已收回 = Taken back | 已收储
""")
IDLE_CAUSES = pick("""
企业原因 = Holder | 企业自身原因 自身原因 企业自身 资金不足
政府原因 = Government | 政府因素 政府规划原因 政府方面原因
司法查封 = Seizure
不可抗力 = Force majeure
规划调整 = Plan change
不详 = Not known
""")
LOW_EFF_KINDS = pick("""
停产 = Stopped production
半停产 = Partly stopped
低产出 = Low output
低容积率 = Low FAR
用而不足 = Under-used
违法 = Unlawful
其他 = Other
""")
SOIL_SURVEYS = pick("""
未做 = Not done
已做无污染 = Done, clean
已做需管控 = Done, controls needed
""")

PARCEL = Entity(
    "parcel", "宗地", "Parcel",
    (
        code("code", "宗地编号", "Parcel code", REQUIRED,
             "地块编号 地块编码 宗地号 地号 宗地代码 图斑编号 地块代码 资源编号 宗地预编码 资产编号 "
             "DKBM TBBH 地块索引号 宗地索引号 土地编号 土地编码 地块号 宗地统一编码 ParcelNo PlotNo 地块代号 地块标识"),
        ref("park", "所属园区", "Park", "park", REQUIRED, PARK_SYNONYMS),
        text("name", "宗地名称", "Parcel name", syn=
                "地块名称 地块 项目地块 土地名称 资产名称 名称 DKMC 项目名称 项目用地名称 标的物 标的物名称 标的名称 ParcelName PlotName"),
        text("location", "坐落", "Location", REQUIRED,
                "土地坐落 土地位置 地块坐落 地块位置 宗地坐落 TDZL 宗地位置 项目位置 项目地点 建设地点 用地位置 所在地  "
                "Address " + LOCATION_SYNONYMS),
        code("bdc_unit_no", "不动产单元号", "Real-estate unit no.",
             syn="不动产单元代码 单元号 BDCDYH", group="title"),
        code("cert_no", "权证号", "Certificate no.", ASSESSMENT,
             CERT_SYNONYMS + " 土地证号 土地证编号 土地使用权证编号 土地使用权证号 土地使用证号 国土证号 地块证号 土地权证编号 "
                             "土地权证号 国有土地使用证号 国有土地使用权证号 证件号", group="title"),
        choice("cert_kind", "权证种类", "Certificate kind", CERT_KINDS,
               syn="有无产证 权证情况 产权情况 办证情况 权属情况 是否办证 权证状态 证照情况 是否确权",
               group="title"),
        text("right_holder", "权利人", "Right holder", REQUIRED,
             "产权人 土地使用权人 土地使用者 使用权人 产权单位 权属单位 所有权人 业主 业主单位 不动产权人 "
             "产权所有人 资产所属单位 持有主体 权属主体 受让人 土地受让人 受让单位 QLR TDSYQR 土地权利人 国有建设用地使用权人 "
             "竞得人 竞得单位 投资主体 权属人 产权归属 所属公司 产权主体 权属企业 持有单位 Owner OwnerName "
             "Holder LandHolder TitleHolder 原土地使用权人 原权利人 原使用权人 原土地使用者 原产权人 原产权单位 受让方", group="title"),
        choice("holder_type", "权利人性质", "Holder type", HOLDER_TYPES, REQUIRED,
               "产权人性质 企业性质 单位性质 权利人类型", group="title"),
        choice("right_type", "权利类型", "Right type", RIGHT_TYPES, REQUIRED, "权利种类",
               group="title"),
        text("occupier", "实际使用单位", "Occupier",
             syn="使用单位 用地单位 用地单位名称 用地企业 实际使用人 占用单位 使用人 现使用单位 "
             "企业名称 使用方 实际使用方 用地者 用地主体 用地企业名称", group="title"),
        texts("derived_from", "来源宗地", "Derived from", syn="母宗地 原宗地 分割前宗地 合并前宗地",
              group="title"),
        choice("obtain_mode", "取得方式", "Obtained by", OBTAIN_MODES, ASSESSMENT,
               "获得方式 土地取得方式 供应方式 供地方式 使用权类型 权利性质 土地性质 土地使用权类型 "
               "项目取得方式 出让方式 使用权取得方式 获取方式 取得途径 土地来源 用地方式 供地类型", group="title"),
        choice("land_use", "土地用途", "Land use", LAND_USES, REQUIRED,
               "用途 批准用途 证载用途 地类 土地类型 用地性质 土地使用类型 现状用途 YT 用途分类 宗地用途 登记用途 证载土地用途 "
               "规划用途证载 使用权用途 土地使用性质"),
        choice("plan_use", "规划用途", "Planned use", LAND_USES, syn="规划用地性质 规划性质 控规用途 规划土地用途 规划用地类型", group="plan"),
        land("area_cert", "证载面积", "Certified area", ASSESSMENT,
             "土地面积 用地面积 占地面积 宗地面积 证载土地面积 使用权面积 土地使用权面积 批准面积 "
             "出让面积 供地面积 供应面积 权证面积 产证面积 证书面积 红线面积 净用地面积 企业用地面积 登记面积 用地规模 面积 "
             "TDMJ 土地总面积 权属面积 发证面积 证上面积 总面积 总用地面积 Area LandArea SiteArea PlotArea 证上亩数 "
             "土地证面积 国土证面积 土地使用证面积 土地使用权证面积 不动产证面积 不动产权证面积 收回面积 收储面积 拟收储面积 "
             "收购面积", group="area"),
        land("area_actual", "实测面积", "Surveyed area",
             syn="实际用地面积 实际占地 现状面积 勘测面积 实际占地面积 实测土地面积 实测用地面积 实际使用面积 实际土地面积 "
                 "测绘面积 实有面积 实际占用 实际占用面积 实占面积", group="area"),
        land("structures_area", "构筑物占地面积", "Land under structures", syn="构筑物用地面积",
             group="area"),
        land("yards_area", "露天堆场占地面积", "Open yards", syn="堆场面积 露天堆场面积 堆场占地面积",
             group="area"),
        land("living_land", "行政办公及生活设施用地", "Living and office land",
             syn="行政办公及生活服务设施用地面积 配套用地面积", group="area"),
        day("start_on", "起始日期", "Right starts", ASSESSMENT,
            "土地使用起始时间 取得时间 取得日期 出让起始 使用权开始日期 起 土地取得时间 土地取得日期 使用权起始日期 "
            "土地使用权起始日期 出让起始日期 出让日期 取得土地时间 使用期起 StartDate GrantedOn GrantDate DateGranted Acquired", group="tenure"),
        day("end_on", "终止日期", "Right ends", ASSESSMENT,
            "土地使用权终止日期 使用权终止日期 出让截止日 出让截止日期 出让终止日 出让终止日期 出让到期日 使用期限 "
            "土地使用期限 到期日 到期时间 使用权截止日期 使用权起止日期 使用权起止时间 "
            "土地到期日 使用权限至 土地使用结束时间 使用年限至 止 使用权到期日 使用权到期日期 使用权到期时间 使用权终止日 "
            "土地使用权到期日 土地使用权终止日 土地使用终止日期 终止日 使用期止 终止年限 ExpiryDate EndDate ExpiresOn Expires Expiry "
             "使用到期 土地到期 使用权到期 使用期至 期限至", period_end=True, group="tenure"),
        number("term_years", "使用年限", "Term", unit="年", decimals=1,
               syn="出让年限 土地法定使用年限 批准年限 年限 准用年限 土地使用年限 土地出让年限 使用权年限 土地使用年期 出让年期",
                   group="tenure"),
        number("remaining_years", "剩余年限（填报）", "Remaining years (stated)", unit="年", decimals=1,
               syn="剩余年限 剩余使用年限 剩余使用年期 土地剩余年限 尚可使用年限 尚可使用年期 剩余使用期限 剩余年期 尚余年限", group="tenure",
               check_only=True),
        money("grant_price", "出让价款", "Grant price",
              syn="出让金 土地出让金 成交价 土地价款 出让价 成交价款 取得价款 土地取得价款 成交价格 成交总价 土地成交价 "
                  "土地成交价格 土地出让价款 出让总价 土地成本 取得价格 土地取得价格 购地价款 取得成本 取得金额 LandPremium GrantPrice Price", group="grant"),
        share("price_paid_ratio", "价款缴清比例", "Price paid", syn="缴款比例 出让金缴纳比例",
              group="grant"),
        money("net_value", "土地账面净值", "Net book value", syn="土地净值 土地使用权净值 账面净值 账面价值",
              group="grant"),
        code("grant_contract_no", "出让合同编号", "Grant contract no.",
             syn="出让合同号 土地出让合同编号", group="grant"),
        day("agreed_start_on", "约定开工日期", "Agreed start", syn="约定动工时间 合同约定开工时间 约定动工日期 合同约定动工时间 合同约定开工日期 合同约定动工日期 应动工时间 "
             "应开工时间 应开工日期 应动工日期 约定开工 最晚开工时间 合同开工 合同开工时间 合同开工日期",
            group="grant"),
        day("agreed_complete_on", "约定竣工日期", "Agreed completion", syn="约定竣工时间 合同约定竣工时间 合同约定竣工日期 应竣工时间 "
             "应竣工日期 约定竣工 最晚竣工时间 合同竣工 合同竣工时间 合同竣工日期",
            period_end=True, group="grant"),
        day("actual_start_on", "实际开工日期", "Actual start", syn="实际开工时间 实际动工时间 开工时间 动工日期 实际开工 实际动工",
            group="grant"),
        day("actual_complete_on", "实际竣工日期", "Actual completion", syn="实际竣工时间 实际竣工",
            group="grant"),
        share("dev_area_ratio", "已开发面积比例", "Developed share", syn="开发建设面积比例",
              group="grant"),
        share("invest_ratio", "已投资比例", "Invested share", syn="投资完成比例 已投资额占比",
              group="grant"),
        number("agreed_invest_per_mu", "约定投资强度", "Agreed investment", unit="万元/亩",
               syn="合同投资强度 投资强度(≥万元/亩) 规划投资强度 规划固定资产投资强度 约定固定资产投资强度 投资强度要求", group="grant"),
        number("agreed_output_per_mu", "约定亩均产值", "Agreed output", unit="万元/亩",
               syn="合同亩均产值", group="grant"),
        number("agreed_tax_per_mu", "约定亩均税收", "Agreed tax", unit="万元/亩", syn="合同亩均税收 约定税收强度 合同税收强度",
               group="grant"),
        number("far", "现状容积率（填报）", "Plot ratio (stated)", syn="容积率 建筑容积率 现状容积率 RJL PlotRatio FAR",
               group="plan", check_only=True),
        share("density", "建筑密度（填报）", "Density (stated)", syn="建筑密度 密度 覆盖率 JZMD", group="plan",
              check_only=True),
        share("green", "绿地率（填报）", "Green share (stated)", syn="绿地率 绿化率", group="plan",
              check_only=True),
        number("plan_far_min", "规划容积率下限", "Planned plot ratio, min", syn="容积率下限 约定容积率下限 PlannedFAR,Min", group="plan"),
        number("plan_far_max", "规划容积率上限", "Planned plot ratio, max", syn="规划容积率 PlannedFAR,Max 容积率上限 约定容积率上限 约定容积率 合同容积率 控规容积率 规划条件容积率 最大容积率",
               group="plan"),
        share("plan_density_max", "规划建筑密度上限", "Planned density, max", syn="建筑密度上限 规划建筑密度 规划密度",
              group="plan"),
        number("plan_height_max", "规划限高", "Planned height, max", unit="m", syn="限高 建筑限高 规划建筑限高 规划建筑高度 建筑高度上限 建筑高度控制",
               group="plan"),
        share("plan_green_max", "规划绿地率上限", "Planned green, max", syn="绿地率上限 规划绿地率",
              group="plan"),
        choice("status", "宗地状态", "Status", PARCEL_STATUS, ASSESSMENT,
               "土地状态 利用状况 利用状态 现状 使用现状 使用状况 使用状态 资产状态 开发状态 开发情况 开发利用情况 建设情况 "
               "建设状态 开工情况 动工情况 土地现状 用地现状 开发建设情况 开发建设状态 土地使用现状 土地使用状况 土地利用状况 "
               "用地状态 地块状态 目前状态 "
             "建设进度 工程进度 开发进度 项目进度 建设进展 开发建设进度 地块状况 土地利用现状 投产情况 投产状态 投产状况 "
             "开工投产情况 开竣工情况 状态 是否闲置 是否闲置土地 是否建成", group="use"),
        day("idle_since", "闲置起始日期", "Idle since", syn="闲置时间 闲置开始时间 停产时间 闲置起点 停工时间 闲置起始年月", group="use"),
        choice("idle_cause", "闲置原因", "Idle because of", IDLE_CAUSES, syn="闲置成因 闲置类型 闲置原因类型 闲置主要原因 未开发原因 未利用原因", group="use"),
        choice("low_eff_kind", "低效类型", "Under-use kind", LOW_EFF_KINDS,
               syn="低效类别 是否低效用地 DXLB SFDXYD", group="use"),
        day("revived_on", "盘活日期", "Revived on", syn="盘活时间 完成盘活时间", group="use"),
        money("revival_income", "盘活年增收益", "Added yearly income",
              syn="盘活后年增收益 年新增收益", group="use"),
        flag("split_allowed", "允许分割转让", "May be split", syn="是否允许分割", group="use"),
        share("self_hold_ratio", "自持比例", "Self-hold share", syn="自持要求", group="use"),
        flag("shape_regular", "形状规整", "Regular shape", syn="是否规整", group="use"),
        land("adjacent_unsupplied_area", "周边批而未供面积", "Adjacent unsupplied land",
             syn="相邻未供地面积 周边零星地面积", group="use"),
        choice("soil_survey", "土壤调查", "Soil survey", SOIL_SURVEYS, syn="土壤污染状况调查",
               group="use"),
        flag("in_red_line", "涉及红线", "Inside a red line", syn="是否涉及生态红线 是否占永农",
             group="use"),
        number("base_land_price", "基准地价", "Base land price", unit="元/㎡", syn="基准地价(元/㎡)",
               group="plan"),
        flag("seizure", "是否查封（填报）", "Seized (stated)", syn=SEIZURE_SYNONYMS, group="limits"),
        flag("mortgage", "是否抵押（填报）", "Mortgaged (stated)", syn=MORTGAGE_SYNONYMS,
             group="limits"),
        flag("litigation", "是否涉诉（填报）", "In dispute (stated)", syn=LITIGATION_SYNONYMS,
             group="limits"),
        note(),
    ),
    identity=(("code",), ("bdc_unit_no",), ("park", "name")), required_any=("name", "code"),
    named_by=("location",),
    hints=("土地", "宗地", "地块", "用地"),
)

ENCUMBRANCE_KINDS = pick("""
抵押 = Mortgage | 一般抵押 有财产担保债权 担保债权 抵押借款 抵押贷款 借款抵押 贷款抵押 抵押担保
最高额抵押 = Maximum mortgage
查封 = Seizure | 司法查封 首封 首次查封 首轮查封 首先查封 正式查封
轮候查封 = Queued seizure | 轮候 轮封
预查封 = Advance seizure
冻结 = Freeze | 司法冻结
异议登记 = Objection
预告登记 = Advance notice
地役权 = Easement
诉讼 = Litigation | 涉诉
欠税 = Unpaid tax | 税款债权 税收债权
工程款优先权 = Builder's priority
职工债权 = Employee claims | 职工工资债权 劳动债权
租赁占用 = Occupied by lease
行政限制 = Administrative limit
自持限制 = Self-hold limit
""")
ENCUMBRANCE_STATUS = pick("""
有效 = In force | 生效 未解除 未解封 未解押 在押 在封 未注销 未涂销 未撤销 已续封
已解除 = Released | 解除 注销 已注销 涂销 已涂销 撤销 已撤销 已解封 已解押
到期未续 = Expired, not renewed
不详 = Not known
""")
CONSENTS = pick("""
同意 = Agreed
不同意 = Refused
未征询 = Not asked
无需 = Not needed
""")

ENCUMBRANCE = Entity(
    "encumbrance", "权利限制", "Encumbrance",
    (
        ref("parcel", "宗地", "Parcel", "parcel", REQUIRED, "宗地编号 地块 地块编号 标的宗地"),
        ref("building", "楼栋", "Building", "building", REQUIRED, "楼栋名称 房屋 标的房屋"),
        choice("kind", "限制类型", "Kind", ENCUMBRANCE_KINDS, REQUIRED,
               "类型 债权性质 债权类型 权利限制类型 限制种类 抵押方式 抵押类型 抵押种类 查封类型 查封性质 限制方式 控制措施 保全措施 强制措施 "
               "查封措施 抵押/查封 权利负担类型 限制情形 受限类型 受限原因 负担类型 限制性质 首封/轮候 首封轮候 查封类别"),
        text("holder", "权利人/申请人", "Holder", syn=
                "申请执行人 抵押权人 债权人 原告 权利人 申请人 申请保全人 债权银行 贷款银行 抵押银行 执行申请人 贷款机构 "
                "债权方 金融机构 抵质押权人 质押权人 抵（质）押权人"),
        money("amount", "金额", "Amount", syn="抵押金额 债权数额 查封金额 贷款金额 担保金额 被担保主债权数额 被担保债权数额 担保债权数额 "
              "主债权数额 最高债权额 最高债权数额 标的额 执行标的额 查封标的额 申请标的额 债权金额 担保债权金额 对应债务余额 "
              "债务余额 对应债务金额 受限金额 借款余额 被担保债权金额 主债权金额 最高债权金额 借款金额 执行标的 执行标的金额 "
              "抵押贷款余额 贷款余额 债权本金 融资余额 欠款本息 申请执行标的 担保的主债权 担保主债权"),
        integer("rank", "顺位", "Rank", syn="抵押顺位 轮候顺位 查封顺位 查封顺序 查封轮次 轮候顺序 抵押顺序"),
        text("authority", "机关/法院", "Authority or court", syn="查封法院 法院 执行法院 办理机关 查封机关 执行机关 查封单位 冻结机关 首封法院 保全法院 处置法院 拍卖法院 限制机关"),
        code("case_no", "案号/合同号", "Case or contract no.",
             syn="案号 文号 文书号 法律文书号 他项权证编号 他项权证号 抵押合同号 抵押合同编号 查封文号 查封案号 执行案号 裁定书号 "
             "查封文书 查封文书号 查封裁定 查封裁定书 执行裁定书 登记证明号 不动产登记证明号 不动产证明号 抵押登记证明号 抵押登记号 抵押权证号 登记簿号"),
        day("start_on", "起始日期", "Starts", syn="查封开始日期 查封起始 查封起始日期 查封日期 查封时间 抵押起始 抵押起始日期 抵押登记日期 "
            "抵押登记时间 抵押登记日 抵押日期 登记日期 受限起始日 冻结日期 查封起始时间 查封起始日 债务履行起始时间 "
            "债务履行起始日期 查封登记时间 设立日期 抵押设立日期 设定日期 "
             "立案时间 立案日期 受理时间 受理日期 起诉时间 起"),
        day("end_on", "截止日期", "Ends", syn="查封期限 查封到期日 查封截止 查封截止日期 查封终止日期 抵押到期日 抵押截止日期 抵押期限 "
            "债务履行期限 债务履行期间 债务履行起止时间 受限到期日 受限期限 到期日 查封结束时间 查封结束日期 查封截止时间 "
            "债务履行结束时间 债务履行结束日期 债务履行截止日期 抵押终止日期 抵押止 查封届满日 查封届满日期 届满日期 止 "
            "查封起止时间 查封起止日期 查封期间 抵押起止时间 抵押起止日期 抵押期间",
            period_end=True),
        choice("status", "状态", "Status", ENCUMBRANCE_STATUS, syn=
                "当前状态 目前状态 现状 有效状态 是否解押 是否解封 是否解除 是否已解押 是否已解封 是否已解除 是否注销 "
                "是否已注销 是否涂销 解押情况 解封情况 注销情况 查封状态 抵押状态 是否有效 是否续封 解除状态 现时状态 "
                "当前登记状态 登记状态"),
        choice("mortgagee_consent", "抵押权人意见", "Mortgagee's consent", CONSENTS,
               syn="抵押权人是否同意"),
        flag("criminal_seizure", "涉刑事查封", "Criminal seizure", syn="是否刑事查封"),
        text("release_condition", "解除条件", "Release condition", syn="解封条件 解押条件"),
        note(),
    ),
    # One case may seize several parcels: the number tells only together with what it burdens.
    identity=(
        ("parcel", "case_no", "kind"), ("building", "case_no", "kind"), ("case_no", "kind"),
        ("parcel", "kind", "holder"), ("building", "kind", "holder"),
        ("parcel", "kind", "authority"), ("building", "kind", "authority"),
    ),
    required_any=("kind",), label=("kind", "case_no"),
    hints=("权利限制", "查封", "抵押", "他项权利", "受限资产", "资产受限", "权利负担", "涉诉", "诉讼"),
)
