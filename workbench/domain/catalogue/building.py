# SPDX-License-Identifier: MIT
"""Buildings (楼栋), lettable units (单元) and valuations (评估); domain §3.1."""

from workbench.domain.catalogue.declare import (
    ASSESSMENT,
    REQUIRED,
    area,
    choice,
    code,
    day,
    flag,
    integer,
    money,
    note,
    number,
    pick,
    ref,
    share,
    text,
)
from workbench.domain.catalogue.land import (
    CERT_SYNONYMS,
    LITIGATION_SYNONYMS,
    LOCATION_SYNONYMS,
    MORTGAGE_SYNONYMS,
    PARK_SYNONYMS,
    SEIZURE_SYNONYMS,
)
from workbench.domain.fields import Entity

BUILDING_KINDS = pick("""
标准厂房 = Standard factory | 厂房 通用厂房 Factory
定制厂房 = Custom factory
研发办公 = R&D office | 写字楼 商务办公 Office R&D 研发楼 办公楼 科研楼 研发办公楼 综合楼
仓库 = Warehouse | 仓储 仓储物流 物流仓库
宿舍 = Dormitory | 公寓 人才公寓 配套公寓
食堂 = Canteen
商业配套 = Retail | 配套商业 商业
公用设施 = Utilities | 设备房 配电房
其他 = Other
""")
CERT_STATUS = pick("""
已办结 = Registered | 有产权证 已办证 已办理 有证 有 是 已确权 Yes
办理中 = In progress | 在办 正在办理 Pending
未办理 = Not registered | 未办证 无产权证 无证 无 否 No
需重新测绘 = Needs re-survey
历史遗留 = Legacy problem | 有瑕疵 历史遗留问题
""")
ACCEPTANCE = pick("""
通过 = Passed | 已通过 合格 已验收 是 已办理
未通过 = Failed | 不合格
未办 = Not done | 未办理 未验收 否
不适用 = Not applicable
""")
SAFETY_GRADES = pick("""
A = A | A级
B = B | B级
C = C | C级
D = D | D级
未鉴定 = Not surveyed | 未做
""")
STRUCTURES = pick("""
钢混 = Reinforced concrete | 钢筋混凝土 框架 钢混结构 框架结构
砖混 = Brick and concrete | 砖混结构
钢结构 = Steel | 轻钢 钢 钢构
砖木 = Brick and timber
其他 = Other
""")
USE_STATUS = pick("""
自用 = Own use
出租 = Let | Leased 在租 已租 已出租 出租中 整租 满租 全部出租 出租使用 整体出租
部分出租 = Partly let | PartlyLeased 部分在租 部分闲置 部分空置
空置 = Vacant | 闲置 未出租 未租 待租 空闲 全部空置 整体闲置 待出租 招租中 已退租 已腾退 已腾空 暂未出租 尚未出租
出借 = Lent | 借用
被占用 = Occupied by others | 占用
在建 = Under construction
停用 = Out of use
待拆 = To be demolished | 拟拆除
""")

BUILDING = Entity(
    "building", "楼栋", "Building",
    (
        code("code", "楼栋编号", "Building code", REQUIRED,
             "资产编号 资产编码 卡片编号 房屋编号 楼栋编码 房产编号 厂房编号 楼宇编号 建筑物编号 "
             "仓库编号 押品编号 抵押物编号 Code BuildingNo AssetNo 建筑编码 建筑编号 房屋编码 房产编码 楼宇编码 厂房代码 财产编号 资产代码 档案号 "
             "房屋档案号 资产档案号 楼栋代号"),
        ref("park", "所属园区", "Park", "park", syn=PARK_SYNONYMS),
        ref("parcel", "所在宗地", "Parcel", "parcel", REQUIRED,
            "所在地块 所属宗地 宗地编号 地块 宗地 地块名称 土地编号"),
        text("name", "楼栋名称", "Building name", REQUIRED,
             "楼栋 楼宇 楼号 栋号 幢号 建筑物名称 房屋名称 厂房名称 楼宇名称 证载栋号 资产名称 名称 项目名称 Building Name "
             "建筑名称 仓库名称 房产名称 物业名称 标的名称 标的物名称 PropertyName 单体名称 大厦名称 押品名称 抵押物名称 标的物 物业 物业项目 Asset AssetName"),
        choice("kind", "类型", "Kind", BUILDING_KINDS, ASSESSMENT,
               "Use PropertyType 房屋类型 建筑类型 资产类别 资产类型 资产分类 资产分类名称 房屋用途 建筑用途 现状用途 实际用途 "
               "资产性质 仓库类型 物业类型 建筑物类型 房屋类别 用房类型 房屋性质 建筑功能 使用功能 规划用途 证载用途 押品类型 抵押物类型 业态 物业业态"),
        text("location", "坐落", "Location", syn=
                "房屋坐落 存放地点 存放位置  建筑地址 房屋地址 房产坐落 物业地址 BuildingAddress PropertyAddress Address "
                "标的坐落 门牌 门牌号 " + LOCATION_SYNONYMS),
        area("gfa_actual", "实际建筑面积", "Actual floor area", REQUIRED,
             "实测建筑面积 实有面积 现状建筑面积 实际面积 实测面积 测绘建筑面积 实际建面 竣工测绘面积", group="area"),
        area("gfa_cert", "证载建筑面积", "Certified floor area",
             syn="建筑面积 建面 房屋建筑面积 房屋面积 房本面积 权证面积 产证面积 证书面积 产权面积 登记面积 总建筑面积 面积 "
                 "JZMJ GFA GrossFloorArea GFA 证载面积 房产面积 建物面积 建筑总面积 总建面 BuildingArea FloorArea 资产面积 "
                 "楼面面积 总楼面面积 "
             "房产证面积 房权证面积 房屋产权面积 不动产证面积 不动产权证面积 总面积",
             group="area"),
        area("rentable_area", "可租面积", "Rentable area", ASSESSMENT,
             "可出租面积 可供出租面积 计租面积 可招商面积 可用面积 套内面积 "
             "LeasableArea LettableArea 可租赁面积 可供租赁面积 RentableBuildingArea NetRentableArea NLA RBA 可租 可出租 "
             "可对外出租面积 可租建筑面积 可经营面积 计租建筑面积 可出租建筑面积 "
             "招租面积 拟租面积 拟出租面积 待招租面积 招商面积", group="area"),
        area("leased_area", "已租面积（填报）", "Let area (stated)",
             syn="LetArea 已租面积 已出租面积 出租面积 在租面积 租赁面积 合同面积 已租 已出租 出租 在租 OccupiedArea "
                 "LeasedArea 现租面积 实租面积 出租建筑面积 已出租建筑面积 已签约面积 在租建筑面积 已入驻面积 已招商面积", group="letting",
             check_only=True),
        area("vacant_area", "空置面积（填报）", "Vacant area (stated)",
             syn="空置面积 未出租面积 闲置面积 剩余面积 可招面积 空置 未出租 待租 未租面积 待租面积 待出租面积 空闲面积 "
                 "VacantArea AvailableArea 空置建筑面积 闲置建筑面积 剩余可租面积 空余面积 剩余可招商面积 闲置",
                 group="letting", check_only=True),
        share("occupancy", "出租率（填报）", "Occupancy (stated)",
              syn="出租率 入驻率 使用率 在租比率 租赁率 OccupancyRate Occupancy 去化率 出租比例 租用率 平均出租率", group="letting", check_only=True),
        share("vacancy", "空置率（填报）", "Vacancy (stated)", syn="空置率 闲置率 空置比例 VacancyRate",
              group="letting", check_only=True),
        area("self_use_area", "自用面积", "Own-use area", syn="自用 自用建筑面积 在用面积", group="letting"),
        area("lent_area", "出借面积", "Lent area", syn="外借面积 借用面积", group="letting"),
        day("vacant_since", "空置起始日期", "Vacant since",
            syn="闲置起始 闲置起始日期 闲置时间 空置时间 停产时间 空置开始时间 闲置开始时间 空置日期 闲置日期 空置自 闲置自 "
                "空置起 停用时间", group="letting"),
        choice("use_status", "使用状态", "Use status", USE_STATUS, ASSESSMENT,
               "资产状态 现状 使用现状 使用状况 当前状态 使用形态 租赁状态 经营状态 利用状况 资产使用现状 状态 使用情况 "
               "房屋状态 房屋现状 房屋使用状况 BuildingStatus 出租情况 运营状态 出租状态 租售状态 租控状态 "
             "目前状况 目前状态 当前状况 目前使用状况 目前使用情况 是否空置 是否闲置 是否出租 是否已出租 是否自用 是否停用",
               group="letting"),
        area("base_area", "基底面积", "Footprint",
             syn="建筑基底面积 建筑占地面积 占地面积 JZJDMJ", group="area"),
        integer("floors_above", "地上层数", "Floors above ground", unit="层",
                syn="层数 总层数 楼层 所在层/总层 所在层数/总层数 楼层数 地上楼层数 NumberOfStories NumberOfFloors Stories",
                    group="structure"),
        integer("floors_below", "地下层数", "Floors below ground", unit="层", group="structure"),
        number("floor_height", "层高", "Storey height", unit="m", syn="净高 檐高 标准层高 首层层高 CeilingHeight ClearHeight", group="structure"),
        number("floor_load", "楼面荷载", "Floor load", unit="kN/㎡", syn="承重 楼板承重 荷载 楼板荷载 地面荷载 承载力",
               group="structure"),
        choice("structure", "结构", "Structure", STRUCTURES, syn="建筑结构 房屋结构 结构类型",
               group="structure"),
        day("built_on", "建成日期", "Built on",
            syn="建成年代 建成时间 建成年月 建造时间 建造日期 竣工时间 竣工日期 建筑年代 建造年份 "
            "完工时间 建成年份 竣工 Completed Built YearBuilt Completion YearOfCompletion 建筑完成日期 房屋竣工时间 建造年代 CompletionDate 建设年份 建设时间 "
            "建筑年份 落成年份 落成日期 "
             "建设年代 建设年月",
            group="structure"),
        code("cert_no", "权证号", "Certificate no.",
             syn=CERT_SYNONYMS + " 房产证号 房产证编号 房权证号 房屋所有权证编号", group="title"),
        choice("cert_status", "权证状态", "Certificate status", CERT_STATUS, ASSESSMENT,
               "有无产证 权属证明 权证情况 产权情况 办证情况 权属情况 是否办证 证照情况 是否确权 产权 是否有产权证 "
               "是否有权属证明 有无权属证明 是否取得产权证 有无权证 证件情况 办证状态 是否有证 产证办理情况 证照办理情况 "
               "产权证办理情况 产权办理情况 有无产权证 有无不动产权证",
               group="title"),
        text("right_holder", "权利人", "Right holder",
             syn="产权人 产权单位 权属单位 所有权人 业主 业主单位 产权所有人 资产所属单位 持有主体 "
             "权属主体 QLR 不动产权人 房屋所有权人 房屋权利人 产权持有单位 资产权属单位 OwnerName Owner 权属人 产权所属 "
             "产权归属 权属企业 产权方 所属公司 产权公司", group="title"),
        text("occupier", "实际使用单位", "Occupier",
             syn="使用单位 实际使用人 占用单位 使用人 现使用单位 使用方 实际使用方 利用方", group="title"),
        *(
            choice(f"{key}_accept", f"{zh}验收", f"{en} acceptance", ACCEPTANCE, ASSESSMENT, syn,
                   group="title")
            for key, zh, en, syn in (
                ("planning", "规划", "Planning", "规划核实 规划验收情况"),
                ("fire", "消防", "Fire", "消防验收情况 消防手续 消防备案 消防备案情况"),
                ("completion", "竣工", "Completion", "竣工备案 竣工验收情况"),
            )
        ),
        choice("safety_grade", "安全鉴定等级", "Safety grade", SAFETY_GRADES,
               syn="房屋安全等级 鉴定等级 鉴定结果", group="structure"),
        money("original_value", "账面原值", "Original value",
              syn="原值 资产原值 入账原值 取得价值 购置价值 账面余额 原始成本 入账价值 账面原价 原价 建造成本 购建成本", group="book"),
        money("acc_depreciation", "累计折旧", "Depreciation", syn="累计摊销 折旧", group="book"),
        money("impairment", "减值准备", "Impairment", syn="资产减值 跌价准备 计提减值", group="book"),
        money("net_value", "账面净值", "Net book value",
              syn="净值 账面价值 账面净额 当前净值 资产净值 BookValue NetBookValue NBV 账面净价 账面余值", group="book"),
        money("opex_12m", "近12月运营成本", "Operating cost, 12 months",
              syn="年运营成本 运营成本 物业维修保险管理费", group="book"),
        money("holding_taxes_12m", "近12月房产税和土地使用税", "Holding taxes, 12 months",
              syn="持有税费 房产税及土地使用税", group="book"),
        day("revived_on", "盘活日期", "Revived on", syn="盘活时间 完成盘活时间", group="book"),
        money("revival_income", "盘活年增收益", "Added yearly income",
              syn="盘活后年增收益 年新增收益 盘活收益 年盘活收益", group="book"),
        integer("power_kva", "供电容量", "Power supply", unit="kVA",
                syn="供电 电力 电力容量 用电容量 配电容量 供电能力 电力配置 变压器 变压器容量 电容量 配电 KVA", group="structure"),
        integer("elevators", "电梯数", "Lifts", unit="部", syn="电梯 电梯数量 货梯 货梯数量", group="structure"),
        number("crane_t", "行车吨位", "Crane", unit="t", syn="行车 起重", group="structure"),
        text("env_quota", "环保指标", "Emission quota", syn="排污指标 环评", group="structure"),
        flag("subsidy_clawback", "奖补需退回", "Subsidy clawback", syn="是否涉及退补",
             group="title"),
        flag("seizure", "是否查封（填报）", "Seized (stated)", syn=SEIZURE_SYNONYMS, group="limits"),
        flag("mortgage", "是否抵押（填报）", "Mortgaged (stated)", syn=MORTGAGE_SYNONYMS,
             group="limits"),
        flag("litigation", "是否涉诉（填报）", "In dispute (stated)", syn=LITIGATION_SYNONYMS,
             group="limits"),
        text("responsible", "责任人", "Responsible", syn="责任单位 牵头单位 经办人 管理单位 计划实施单位",
             group="note"),
        note(),
    ),
    identity=(("code",), ("park", "name"), ("parcel", "name")), required_any=("name", "code"),
    named_by=("location",),
    hints=("房屋", "楼栋", "厂房", "房产", "建筑"),
)

UNIT = Entity(
    "unit", "单元", "Unit",
    (
        ref("building", "所在楼栋", "Building", "building", REQUIRED, "楼栋 楼号 楼栋名称 所属楼栋 "
             "楼宇 楼宇名称 栋号 幢号 楼栋号"),
        code("unit_no", "单元号", "Unit no.", REQUIRED, "房号 单元 单元编号 房间号 室号 房间编号 房间编码 Suite 铺号 房源编号"),
        text("floor", "楼层", "Floor", syn="所在楼层 层"),
        area("area", "面积", "Area", REQUIRED, "建筑面积 单元面积 房间面积 可租面积 计租面积 "
             "使用面积 套内面积 房屋面积 室内面积 出租面积 租赁面积 空置面积 待租面积 闲置面积"),
        flag("rentable", "可租", "Rentable", syn="是否可租"),
        number("asking_rent", "挂牌租金", "Asking rent", unit="元/㎡·月", syn="招租价格 报价 招租底价 招租单价 挂牌价 挂牌单价 租金报价 招商价格 参考租金 租金底价 出租底价 拟租价格 拟出租价格 租金指导价 指导租金 挂网价 "
               "对外报价"),
        note(),
    ),
    identity=(("building", "unit_no"),), required_any=("unit_no",), label=("unit_no",),
    hints=("单元", "房间", "房源", "租控", "房态", "销控"),
)

VALUATION_METHODS = pick("""
市场 = Market | 市场法 比较法 市场比较法
收益 = Income | 收益法 收益还原法
成本 = Cost | 成本法 重置成本法
假设开发 = Residual | 假设开发法 剩余法
基准地价 = Base land price | 基准地价法 基准地价系数修正法
""")

VALUATION = Entity(
    "valuation", "评估", "Valuation",
    (
        ref("parcel", "宗地", "Parcel", "parcel", REQUIRED, "宗地编号 地块"),
        ref("building", "楼栋", "Building", "building", REQUIRED, "楼栋名称 房屋名称"),
        day("base_date", "评估基准日", "Base date", REQUIRED,
            "评估日期 价值认定时间 评估时点 价值时点 估价时点 估价基准日 估值时点 估值日期 估值基准日 评估基准时间"),
        money("value", "评估价值", "Value", REQUIRED,
              "评估值 评估总价 评估净值 评估原值 市场价值 估值 评估价 评估价值净值 评估金额 评估总值 评估结果 市场评估价 "
             "资产估值 资产评估值 资产评估价值 估值金额 评估市值 评估现值"),
        choice("method", "评估方法", "Method", VALUATION_METHODS, syn="方法 估价方法"),
        text("agency", "评估机构", "Agency", syn="评估单位 估价机构 评估公司 评估事务所"),
        code("report_no", "报告编号", "Report no.", syn="评估报告号 报告文号 估价报告编号 评估报告文号"),
        day("valid_to", "有效期至", "Valid to", syn="报告有效期", period_end=True),
        flag("filed", "已备案", "Filed", syn="是否备案 评估备案 "
             "备案情况 备案状态 是否已备案"),
        note(),
    ),
    # One report may value many assets: its number tells only together with which.
    identity=(
        ("building", "report_no"), ("parcel", "report_no"),
        ("building", "base_date"), ("parcel", "base_date"), ("report_no", "value"),
    ),
    required_any=("value", "report_no", "base_date"), label=("report_no",), hints=("评估",),
)
