# SPDX-License-Identifier: MIT
"""Parks (园区), their yearly land figures, and shared facilities (配套设施); domain §3.1."""

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
    text,
    texts,
)
from workbench.domain.fields import Entity

LEVELS = pick("""
国家级 = National | 国家
省级 = Provincial | 省
市级 = Municipal | 市
县级 = County | 县 区级
乡镇级 = Township | 乡镇
其他 = Other
""")
PARK_KINDS = pick("""
经开区 = Economic development zone | 经济技术开发区 经济开发区 国家级经开区
高新区 = High-tech zone | 高新技术产业开发区
海关特殊监管区 = Customs special zone | 综合保税区 保税区 保税港区 出口加工区
特色产业园 = Specialised industry park | 产业园 特色园
标准厂房园 = Standard factory park | 标准厂房
科创/研发办公园 = R&D office park | 科创园 研发园 科技园
物流园 = Logistics park | 物流园区
乡镇工业集中区 = Township industrial area | 工业集中区 乡镇园区
其他 = Other
""")
CITY_TIERS = pick("""
一线 = First tier | 一线城市
新一线 = New first tier | 新一线城市
二线 = Second tier | 二线城市
三四线 = Third/fourth tier | 三线 四线 三四线城市
县城 = County town | 县 县级
""")
ZONE_TYPES = pick("""
工业主导型 = Industry-led | 工业主导
产城融合型 = Industry and city | 产城融合
其他 = Other
""")
MANAGERS = pick("""
管委会 = Park committee
平台公司 = Platform company | 国有平台公司
民营运营商 = Private operator | 民营
合资 = Joint venture
""")

PARK = Entity(
    "park", "园区", "Park",
    (
        code("code", "园区编号", "Park code", REQUIRED, "园区代码 开发区代码 KFQDM"),
        text("name", "园区名称", "Park name", REQUIRED,
             "园区 所属园区 所在园区 开发区名称 开发区 片区 产业园 园区/项目 所属片区 项目名称 KFQMC 工业区 工业区名称 "
             "工业园区 工业园区名称 产业园区 产业园区名称 功能区名称"),
        choice("level", "级别", "Level", LEVELS,
               syn="园区级别 开发区级别 批准级别 审批类型 KFQJB 开发区等级 园区等级 批准层级"),
        choice("kind", "园区类型", "Kind", PARK_KINDS, ASSESSMENT, "开发区类型 类型"),
        text("province", "省", "Province", REQUIRED, "省份 所在省"),
        text("city", "市", "City", REQUIRED, "城市 所在市 所在城市 地市 所在地市 设区市"),
        text("county", "区县", "County", REQUIRED, "县 县区 所在区县 区/县 所在县市区 县市区 所属县区"),
        choice("city_tier", "城市能级", "City tier", CITY_TIERS, ASSESSMENT, "城市等级 城市线级"),
        choice("manager_type", "管理主体", "Manager", MANAGERS, syn="管理机构类型 运营主体类型 运营主体性质"),
        ref("platform_entity", "平台公司", "Platform company", "enterprise",
            syn="运营公司 平台公司名称"),
        flag("gov_ops_separated", "管运分离", "Administration separated", syn="是否管运分离"),
        day("established_on", "设立日期", "Established on", syn="成立时间 批准时间 设立时间 设立年份 批复时间 建园时间 获批时间"),
        texts("lead_industries", "主导产业", "Lead industries", syn="主导产业类别 产业定位 主要产业 特色产业 重点产业 产业方向 首位产业"),
        land("planned_area", "规划面积", "Planned area", syn="核准面积 规划用地面积 园区总面积 批准面积 批复面积 四至范围面积 规划占地面积"),
        land("built_area", "已建成面积", "Built area", syn="已建成面积 建成面积 建成区面积 已开发面积 已开发建设面积"),
        day("policy_package_end", "优惠政策到期", "Incentives end", syn="政策到期日 政策有效期至",
            period_end=True),
        integer("innovation_platforms", "创新平台数", "Innovation platforms", syn="创新平台 科创平台数",
                unit="个"),
        integer("platforms_with_contracts", "有技术合同的平台数", "Platforms with contracts",
                syn="近24月有技术合同的平台数 有成果转化的平台数", unit="个", group="innovation"),
        integer("platforms_without_operator", "无运营合同的平台数", "Platforms without operator",
                syn="未签运营合同的平台数", unit="个", group="innovation"),
        money("innovation_spend_24m", "近24月创新财政投入", "Innovation spend, 24 months",
              syn="创新平台财政投入 创新财政投入", group="innovation"),
        money("innovation_contracts_24m", "近24月平台技术合同额", "Platform contracts, 24 months",
              syn="平台技术合同额", group="innovation"),
        integer("same_industry_nearby", "30公里内同主导产业园区数", "Similar parks within 30 km",
                syn="周边同类园区数", unit="个"),
        choice("zone_type", "集约评价类型", "Land-evaluation type", ZONE_TYPES,
               syn="评价类型 开发区评价类型"),
        integer("digital_platform_mau", "数字平台月活", "Digital platform MAU", syn="平台月活跃用户"),
        text("intro", "园区简介", "Introduction", syn="简介 园区概况"),
        note(),
    ),
    identity=(("code",), ("name",)), required_any=("name", "code"), hints=("园区", "开发区"),
)



def _with_noun(title: str, syn: str) -> str:
    """Return the synonyms of an area whose heading may say 面积 or not."""
    return syn if title.endswith("面积") else f"{syn} {title}面积"


PARK_YEAR = Entity(
    "park_year", "园区年度", "Park year",
    (
        ref("park", "园区", "Park", "park", REQUIRED, "园区名称 开发区 开发区名称"),
        integer("year", "年度", "Year", REQUIRED, "年份 评价年度 统计年度"),
        *(
            land(key, zh, en, syn=_with_noun(zh, syn), display_unit="公顷", group="land")
            for key, zh, en, syn in (
                ("total_land", "土地总面积", "Total land", "评价范围面积 评价范围土地总面积 开发区总面积 土地面积 园区面积"),
                ("planned_construction_land", "规划建设用地", "Planned construction land", ""),
                ("unbuildable_land", "不可建设土地", "Unbuildable land", "不可建设用地"),
                ("supply_ready_land", "已达到供地条件土地", "Supply-ready land", "达到供地条件 达到供地条件土地 达到供地条件土地面积"),
                ("supplied_land", "已供应国有建设用地", "Supplied land", "已供应土地 D"),
                ("built_land", "已建成城镇建设用地", "Built land", "已建成土地 已建成面积 建成面积 建成区面积 A"),
                ("industrial_land", "工矿仓储用地", "Industrial land", "工业用地面积 A2"),
                ("residential_land", "住宅用地", "Residential land", "A1"),
                ("ready_unsupplied", "已达供地条件未供应", "Ready, unsupplied",
                 "尚可供应土地面积 尚可供应土地 B21"),
                ("approved_unsupplied", "批而未供", "Approved, unsupplied", "批而未供面积"),
                ("idle_land", "闲置土地面积", "Idle land", "G"),
                ("ext_total_land", "发展方向区土地总面积", "Extension: total land", ""),
                ("ext_unbuildable_land", "发展方向区不可建设土地", "Extension: unbuildable", ""),
                ("ext_supply_ready_land", "发展方向区已达到供地条件土地", "Extension: supply-ready",
                 ""),
            )
        ),
        *(
            land(key, zh, en, syn=syn, display_unit="万㎡", group="building")
            for key, zh, en, syn in (
                ("gfa_total", "总建筑面积", "Total floor area", ""),
                ("base_area_total", "建筑基底总面积", "Total footprint", "总基底面积"),
                ("ind_gfa", "工业用地建筑面积", "Industrial floor area", "工矿仓储建筑面积 工矿仓储用地上的总建筑面积 工矿仓储用地建筑面积 工矿仓储用地总建筑面积"),
                ("ind_base_area", "工业用地基底面积", "Industrial footprint", "含堆场基底面积 工矿仓储用地上的建筑基底总面积 工矿仓储用地基底面积 工矿仓储用地建筑基底面积"),
            )
        ),
        money("fixed_investment", "固定资产投资", "Fixed investment",
              syn="固定资产总额 固定资产投资总额 累计固定资产投资 工业企业固定资产投资总额 "
              "工业(物流)企业固定资产投资总额 固投", group="economy"),
        money("industrial_output", "工业总产值", "Industrial output", syn="总产值 年产值 产值 工业企业总产值",
              group="economy"),
        money("tax_total", "税收总额", "Total tax", syn="二三产税收 二三产业税收 二三产业税收总额 第二三产业税收总额 税收收入 税收", group="economy"),
        money("industrial_tax", "工业税收", "Industrial tax", syn="工矿仓储税收 工业企业税收 工业(物流)企业税收 工业企业税收总额 工业(物流)企业税收总额 工业税收总额", group="economy"),
        integer("enterprises", "企业数", "Enterprises", syn="企业总数 入驻企业数 入驻企业数量", unit="家",
                group="economy"),
        integer("high_tech_count", "高新企业数", "High-tech firms", syn="高企数 高新技术企业数 高新技术企业数量", unit="家",
                group="economy"),
        integer("resident_pop", "常住人口", "Residents", syn="人口", unit="人", group="economy"),
        note(),
    ),
    identity=(("park", "year"),), required_any=("year",), label=("year",),
    hints=("集约", "年度", "统计"),
)

FACILITY_KINDS = pick("""
道路 = Road
供水 = Water supply | 给水
供电 = Power supply | 变电站 配电 电力
供气 = Gas supply | 燃气 天然气
供热/蒸汽 = Heat or steam | 供热 蒸汽
污水 = Sewage | 污水处理 污水处理厂
雨水 = Storm water
固废 = Solid waste | 固废处理
通信 = Telecom | 通讯
充电桩 = Charging piles
停车 = Parking | 停车场
食堂 = Canteen
宿舍/公寓 = Dormitory or flats | 宿舍 公寓 人才公寓
商业 = Retail | 配套商业
医疗 = Medical
托育 = Childcare
公交站 = Bus stop | 公交
检测平台 = Testing platform | 检测中心
孵化器 = Incubator | 众创空间
会议培训 = Meeting and training | 会议中心 培训中心
物流 = Logistics
""")
FACILITY_STATUS = pick("""
正常 = Working | 运行 在用 运营
不足 = Insufficient | 紧张 缺口
停用 = Stopped | 关停
在建 = Under construction | 建设中
规划 = Planned | 拟建
""")

FACILITY = Entity(
    "facility", "配套设施", "Facility",
    (
        ref("park", "所属园区", "Park", "park", REQUIRED, "园区 园区名称 所在园区"),
        code("code", "设施编号", "Facility code", syn="编号 资产编号"),
        text("name", "设施名称", "Facility name", syn="名称 资产名称 配套名称 配套项目"),
        choice("kind", "设施类别", "Kind", FACILITY_KINDS, REQUIRED, "配套类别 工程类别 公用工程类别 配套种类 设施类型 类别 设施种类 配套类型 设施分类 项目类别"),
        number("capacity", "能力/容量", "Capacity", syn=
                "容量 设计能力 设计规模 设计容量 处理能力 处理规模 规模 建设规模 服务能力 供应能力 建设容量 规模(能力) "
                "设计产能 设计处理能力", unit_in="capacity_unit"),
        text("capacity_unit", "容量单位", "Capacity unit", syn="计量单位 单位 能力单位 规模单位"),
        number("required", "需求量", "Required", syn="应有能力 需求能力 配置标准", unit_in="capacity_unit"),
        number("used", "已用量", "Used", syn=
                "使用量 现状用量 实际用量 已使用 已使用量 已用 现状负荷 实际负荷 现有负荷 当前负荷 已用容量 实际处理量 "
                "实际使用 实际运行负荷 运行负荷 "
             "利用量 实际利用量 现利用量", unit_in="capacity_unit"),
        choice("status", "状态", "Status", FACILITY_STATUS, syn="运行状态 运行情况 使用状态 目前状态 目前情况 建设情况 运营状态 投用情况 工况 运行工况 "
             "现状 设施现状 运行现状"),
        text("operator", "运营单位", "Operator", syn=
                "管理单位 运维单位 运营管理单位 运营主体 管护单位 产权(运营)单位 运营方 运维主体 管理方 运营公司 责任单位 "
                "运行单位 经营单位 经营方 承包单位 运维方 运行方 "
             "管养单位 养护单位"),
        money("annual_cost", "年运行成本", "Annual cost", syn="年成本 年运维费 年运维费用 年运行费 年运行费用 年运营成本 年运营费用 年维护费 年运维成本 年度费用 年费 "
             "年管养费用 年养护费用 年维护费用"),
        text("serves", "服务范围", "Serves", syn="服务对象 服务面 服务区域 覆盖范围 供应范围"),
        note(),
    ),
    identity=(("code",), ("park", "name"), ("park", "kind")), required_any=("name", "kind"),
    label=("name", "kind"), hints=("配套", "设施"),
)
