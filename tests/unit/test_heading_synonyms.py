"""Every spelling of domain §3.2 is recognised as its field, by the entity of its sheet."""

import pytest

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.tables.headings import HeadingMatcher, take_apart

MATCHER = HeadingMatcher(CATALOGUE)
SYNONYMS = """
park.name: 园区名称 园区 所属园区 所在园区 开发区名称 开发区 片区 产业园 项目名称 园区/项目 所属片区 KFQMC
parcel.park: 园区名称 园区 所属园区 所在园区 开发区名称 开发区 片区 产业园 园区/项目 所属片区
building.park: 园区名称 园区 所属园区 所在园区 开发区名称 开发区 片区 产业园 园区/项目 所属片区
lease.park: 园区名称 园区 所属园区 所在园区 开发区名称 片区 产业园 园区/项目 所属片区
park.level: 级别 园区级别 开发区级别 批准级别 审批类型 KFQJB
parcel.code: 宗地编号 地块编号 地块编码 宗地号 地号 宗地代码 图斑编号 地块代码 资源编号 宗地预编码 DKBM TBBH
parcel.bdc_unit_no: 不动产单元号 不动产单元代码 单元号 BDCDYH
parcel.name: 地块名称 宗地名称 项目地块 土地名称 DKMC
parcel.location: 坐落 土地坐落 土地位置 地址 资产地址 详细地址 所在位置 座落 位置 四至 ZL TDZL
building.location: 坐落 房屋坐落 地址 资产地址 详细地址 所在位置 座落 位置 ZL
parcel.cert_no: 权证号 产权证号 产权证编号 权证编号 权属证号 不动产权证号 不动产权证书号 不动产权证号码 不动产证号 土地证号 土地证编号 土地使用权证编号 国土证号 地块证号 证号 证书编号 BDCQZH
building.cert_no: 权证号 产权证号 产权证编号 权证编号 权属证号 不动产权证号 不动产权证书号 不动产权证号码 不动产证号 房产证号 房产证编号 房权证号 房屋所有权证编号 证号 证书编号 BDCQZH
parcel.cert_kind: 有无产证 权证情况 产权情况 办证情况 权属情况 是否办证 权证状态 证照情况 是否确权
building.cert_status: 有无产证 权证情况 产权情况 办证情况 权属情况 是否办证 权证状态 证照情况 是否确权
parcel.right_holder: 权利人 产权人 土地使用权人 使用权人 产权单位 权属单位 所有权人 业主 业主单位 不动产权人 产权所有人 资产所属单位 持有主体 权属主体 QLR TDSYQR
building.right_holder: 权利人 产权人 产权单位 权属单位 所有权人 业主 业主单位 不动产权人 产权所有人 资产所属单位 持有主体 权属主体 QLR
parcel.occupier: 使用单位 用地单位 用地单位名称 实际使用人 占用单位 使用人 现使用单位
building.occupier: 使用单位 实际使用人 占用单位 使用人 现使用单位
parcel.obtain_mode: 取得方式 获得方式 土地取得方式 供应方式 供地方式 使用权类型 权利性质 土地性质 土地使用权类型 项目取得方式
parcel.land_use: 土地用途 用途 批准用途 证载用途 地类 土地类型 用地性质 土地使用类型 现状用途 YT
parcel.area_cert: 土地面积 用地面积 占地面积 宗地面积 证载面积 证载土地面积 使用权面积 土地使用权面积 批准面积 出让面积 供地面积 净用地面积 企业用地面积 登记面积 TDMJ
parcel.area_actual: 实际用地面积 实测面积 实际占地 现状面积 勘测面积
parcel.start_on: 起始日期 土地使用起始时间 取得时间 取得日期 出让起始 使用权开始日期
parcel.end_on: 终止日期 土地使用权终止日期 使用权终止日期 使用期限 土地使用期限 到期日 到期时间 使用权截止日期 土地到期日 使用权限至 土地使用结束时间 使用年限至
parcel.term_years: 使用年限 出让年限 土地法定使用年限 批准年限 年限(年)
parcel.remaining_years: 剩余年限 剩余使用年限 剩余使用年期 土地剩余年限 尚可使用年限
parcel.far: 容积率 建筑容积率 现状容积率 RJL
parcel.density: 建筑密度 覆盖率 JZMD
parcel.green: 绿地率 绿化率
building.base_area: 建筑基底面积 基底面积 建筑占地面积 占地面积 JZJDMJ
building.gfa_cert: 建筑面积 建面 房屋建筑面积 证载建筑面积 房屋面积 房本面积 产权面积 登记面积 总建筑面积 JZMJ
building.gfa_actual: 实际建筑面积 实测建筑面积 实有面积 现状建筑面积
building.rentable_area: 可租面积 可出租面积 可供出租面积 计租面积 可招商面积 可用面积 套内面积
building.leased_area: 已租面积 出租面积 在租面积 已出租面积 租赁面积 合同面积
building.vacant_area: 空置面积 未出租面积 闲置面积 剩余面积 可招面积
building.self_use_area: 自用面积
building.lent_area: 外借面积 出借面积 借用面积
building.occupancy: 出租率 入驻率 使用率 在租比率 租赁率
building.vacancy: 空置率 闲置率 空置比例
building.name: 楼栋 楼号 栋号 幢号 建筑物名称 房屋名称 厂房名称 楼宇名称 证载栋号 资产名称 楼栋名称
building.floors_above: 层数 总层数 楼层 所在层/总层 地上层数 所在层数/总层数
building.structure: 结构 建筑结构 房屋结构 结构类型
building.built_on: 建成年代 建成日期 竣工时间 竣工日期 建筑年代 建造年份 完工时间 建成年份
building.floor_height: 层高 净高 檐高
building.floor_load: 承重 楼面荷载 楼板承重
building.power_kva: 供电 供电容量 变压器容量 电容量 配电 KVA
building.original_value: 账面原值 原值 资产原值 入账原值 账面原值（元） 取得价值 购置价值 账面余额 原始成本
building.acc_depreciation: 累计折旧 累计摊销 折旧
building.net_value: 账面净值 净值 账面价值 账面净额 当前净值 账面净值（元） 资产净值
building.impairment: 减值准备 资产减值 跌价准备
valuation.value: 评估价值 评估值 评估总价 评估净值（元） 评估原值（元） 市场价值 估值
valuation.base_date: 评估基准日 评估日期 价值认定时间 评估时点
building.use_status: 使用状态 资产状态 现状 使用状况 当前状态 使用形态 租赁状态 经营状态 利用状况 资产使用现状
parcel.idle_since: 闲置起始日期 闲置时间 停产时间
building.vacant_since: 闲置起始日期 闲置时间 空置时间
building.mortgage: 抵押情况 抵押状况 是否抵押 DYQK
parcel.mortgage: 抵押情况 抵押状况 是否抵押 DYQK
building.seizure: 查封情况 是否查封 司法冻结 限制信息 CFQK
parcel.seizure: 查封情况 是否查封 司法冻结 限制信息 CFQK
encumbrance.holder: 抵押权人
encumbrance.amount: 抵押金额 贷款金额
encumbrance.rank: 抵押顺位
encumbrance.authority: 查封法院
encumbrance.case_no: 案号 他项权证编号
encumbrance.end_on: 查封期限
building.litigation: 诉讼情况 涉诉情况 涉法涉诉 权属争议
lease.contract_no: 合同编号 租赁合同号 合同号 租赁合同编号 纸质合同编号
lease.tenant: 承租方 承租人 租户 租户名称 入驻企业 企业名称 租赁单位 对方单位 乙方 客户名称 承租企业
enterprise.name: 企业名称 入驻企业 客户名称
enterprise.credit_code: 统一社会信用代码 社会统一信用代码 信用代码 纳税人识别号 税号
lease.credit_code: 统一社会信用代码 社会统一信用代码 信用代码 纳税人识别号 税号
lease.area: 租赁面积 承租面积 合同面积 计租面积 出租面积（㎡）
lease.rent_price: 租金单价 租赁单价 单价 月租金单价 租金（元/㎡/月） 平均租金（元/平方米每月） 日租金 合同单价
lease.rent_total: 月租金 年租金 租金总额 年租金（万元） 年合计 年月租金 首年租金
lease.start_on: 起租日 起租日期 租赁开始日期 租期起 合同起始日 计租日
lease.end_on: 到期日 租赁结束日期 租期止 合同到期日 终止日期 截止日期
lease.term_text: 租赁期限 租期 租赁年限 租赁年限/月
lease.free_months: 免租期 免租期(月) 装修免租 优惠期
lease.escalation: 递增率 租金递增 单价递增 递增方式
lease.deposit: 押金 保证金 履约保证金 租赁保证金
lease.receivable_12m: 应收租金 应收
lease.received_12m: 实收租金 已收 回款
lease.arrears: 欠租 欠费 累计欠费 拖欠金额 未收金额
lease.prop_fee: 物业费 物管费 物业费标准 年物业费
enterprise_year.output_value: 总产值 工业总产值 年产值 产值 预期产值（万元）
enterprise_year.revenue: 主营业务收入 营业收入 销售收入 开票收入 总收入
enterprise_year.tax_paid: 税收 税收总额 入库税收 纳税额 税收实际贡献 评价税收 上缴税费 实缴税金 SSZE
enterprise_year.fixed_inv: 固定资产投资 固定资产总额 固定资产投资总额 总投资 实际完成投资 完成投资 WCTZ
park_year.fixed_investment: 固定资产投资 固定资产总额 固定资产投资总额
enterprise_year.employees: 从业人数 员工人数 用工人数 人员规模
enterprise.industry_name: 行业 所属行业 行业类别 行业类型 国民经济行业 产业类别 HYLB
enterprise.industry_code: 行业代码 HYDM
enterprise.scale: 是否规上 规上企业
enterprise.hightech: 是否高新 高企 国高企业
enterprise.srdi: 专精特新
enterprise.grade: 亩均评价 评价等级 综合评价类别 企业类别 等级(ABCD)
parcel.low_eff_kind: 是否低效用地 低效类型 低效类别 DXLB SFDXYD
building.responsible: 责任单位 牵头单位 计划实施单位 责任人 经办人
building.code: 资产编号 资产编码 卡片编号
building.kind: 资产类别 资产类型 资产性质
building.note: 备注 说明 备注说明 其他情况 BZ
parcel.note: 备注 说明 备注说明 其他情况 BZ
lease.note: 备注 说明 备注说明 其他情况 BZ
"""
CASES = [
    (*place.split("."), spelling)
    for line in SYNONYMS.strip().splitlines()
    for place, _, spellings in [line.partition(": ")]
    for spelling in spellings.split()
]


@pytest.mark.parametrize(("entity", "field", "spelling"), CASES)
def test_section_3_2_spelling_means_its_field(entity, field, spelling):
    found = MATCHER.candidates(entity, take_apart((spelling,)))
    assert found
    assert found[0].field == field
    assert found[0].confidence >= 0.8


@pytest.mark.parametrize("spelling", ["序号", " 序 号 ", "NO.", "行次", "栏次"])
def test_section_3_2_row_numbers_are_never_a_key(spelling):
    assert MATCHER.is_index(take_apart((spelling,)))


@pytest.mark.parametrize(
    ("levels", "entity", "field"),
    [
        (("抵押情况", "抵押权人"), "encumbrance", "holder"),
        (("抵押情况", "抵押金额"), "encumbrance", "amount"),
        (("查封情况", "查封法院"), "encumbrance", "authority"),
        (("查封情况", "案号"), "encumbrance", "case_no"),
        (("土地使用权", "终止日期"), "parcel", "end_on"),
        (("使用期限", "起"), "parcel", "start_on"),
        (("使用期限", "止"), "parcel", "end_on"),
    ],
)
def test_section_3_2_two_level_headings_join(levels, entity, field):
    assert MATCHER.candidates(entity, take_apart(levels))[0].field == field


@pytest.mark.parametrize(
    ("spelling", "core", "unit"),
    [
        ("土地面积（亩）", "土地面积", "亩"),
        ("建筑面积\n(平方米)", "建筑面积", "㎡"),
        ("★ 账面原值（万元）", "账面原值", "万元"),
        ("〔用地面积〕", "用地面积", ""),
        ("1、资产名称", "资产名称", ""),
        ("（三）坐落", "坐落", ""),
        ("租金单价（元/㎡·月）", "租金单价", "元/㎡·月"),
        ("建筑面积：㎡", "建筑面积", "㎡"),
        ("容积率", "容积率", ""),
    ],
)
def test_section_3_3_a_heading_is_cut_into_words_and_unit(spelling, core, unit):
    heading = take_apart((spelling,))
    assert (heading.core or heading.extra, heading.unit) == (core, unit)


def test_section_3_2_the_same_words_mean_another_field_in_another_sheet():
    heading = take_apart(("占地面积",))
    assert MATCHER.candidates("parcel", heading)[0].field == "area_cert"
    assert MATCHER.candidates("building", heading)[0].field == "base_area"
